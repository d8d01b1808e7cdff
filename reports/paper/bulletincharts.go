package paper

import (
	"fmt"

	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
)

// visitsChart shows the random visits of each week against the two; a week below two is not hatched.
func (b *bulletin) visitsChart() []pdf.Block {
	chart := pdf.Chart{
		Line: 2, LineLabel: b.T("bulletin.chart.visits.line"), Note: b.T("bulletin.chart.visits.note"),
	}
	for _, w := range b.f.Weeks {
		if !w.Measured {
			continue
		}
		label := w.Week
		if week, err := calendar.ParseWeek(w.Week); err == nil {
			label = b.T("bulletin.chart.week", "n", week.Number)
		}
		chart.Bars = append(chart.Bars, pdf.Bar{Label: label, Text: b.Value(w.Completed.N), Value: float64(w.Completed.N), Plain: w.Short()})
	}
	if len(chart.Bars) < 2 { // one bar says less than its number
		return nil
	}
	b.pictures++
	chart.Caption = b.T("bulletin.chart.visits", "no", b.pictures)
	return []pdf.Block{chart}
}

// attendanceChart shows how many of each township's members reached the days, in division-code order.
func (b *bulletin) attendanceChart(a reports.AttendanceFigures) []pdf.Block {
	chart := pdf.Chart{Level: true, Note: b.T("bulletin.chart.attendance.note", "days", a.DaysMin)}
	for _, r := range a.Rows {
		bar := pdf.Bar{Label: r.Name, Text: b.T("bulletin.table.missing")}
		if r.Reported {
			bar.Value, bar.Whole, bar.Text = float64(r.Reached), float64(r.Members), fmt.Sprintf("%d/%d", r.Reached, r.Members)
		}
		chart.Bars = append(chart.Bars, bar)
	}
	if len(chart.Bars) < 2 {
		return nil
	}
	b.pictures++
	chart.Caption = b.T("bulletin.chart.attendance", "no", b.pictures, "days", a.DaysMin)
	return []pdf.Block{chart}
}
