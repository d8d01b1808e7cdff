package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/reports/sheet"
)

// monthBook is a month with all that its papers are made of.
type monthBook struct {
	month  calendar.Month
	roster *inspections.Roster
	ledger []inspections.SignIn
	leaves []inspections.Leave
	lines  []attendance.MemberMonth
	set    inspections.Settings
}

func bookOf(tx Tx, x *exchange) (b monthBook, err error) {
	if b.month, err = calendar.ParseMonth(x.r.PathValue("month")); err != nil {
		return b, noPage()
	}
	if b.roster, err = tx.Roster(); err != nil {
		return b, err
	}
	b.roster = b.roster.On(b.month.Last())
	if b.ledger, err = tx.SignIns(b.month.First(), b.month.Last()); err != nil {
		return b, err
	}
	if b.leaves, err = tx.Leaves(b.month.First(), b.month.Last()); err != nil {
		return b, err
	}
	all, err := tx.Settings()
	if err != nil {
		return b, err
	}
	b.set = inspections.SettingsOn(all, b.month.Last())
	b.lines, err = attendance.Month(b.roster, b.ledger, b.leaves, b.month, x.p.cfg.Office.Calendar, b.set)
	return b, err
}

// attendanceForm saves a township's 出勤登记表, or with ?kind=work its 工作实绩月报表, ready to print (1.3).
func attendanceForm(x *exchange) (answer, error) {
	var data []byte
	name := "attendance"
	err := x.view(func(tx Tx) error {
		b, err := bookOf(tx, x)
		if err != nil {
			return err
		}
		town := chosenTownship(x, b.roster)
		if town.ID == 0 {
			return noPage()
		}
		var lines []sheet.MonthLine
		for _, l := range b.lines {
			if l.Township == town.ID {
				lines = append(lines, sheet.MonthLine{MemberMonth: l, Days: attendance.Days(l, b.ledger, b.leaves, b.month)})
			}
		}
		forms := sheet.Forms{Words: x.words, Roster: b.roster}
		print := forms.Attendance
		if x.r.URL.Query().Get("kind") == "work" {
			print, name = forms.Work, "work"
		}
		name += "-" + b.month.String() + "-" + town.Code + ".xlsx"
		data, err = print(town.ID, b.month, lines)
		return err
	})
	return answer{body: data, media: xlsxMedia, name: name}, err
}

// allowanceRegister saves the one register of living allowances (3.5).
func allowanceRegister(x *exchange) (answer, error) {
	var data []byte
	var month calendar.Month
	err := x.view(func(tx Tx) error {
		b, err := bookOf(tx, x)
		if err != nil {
			return err
		}
		month = b.month
		rule, err := attendance.AllowanceRuleOf(b.set)
		if err != nil {
			return err
		}
		register, total := attendance.Allowances(b.lines, rule)
		data, err = sheet.Forms{Words: x.words, Roster: b.roster}.Allowances(b.month, register, rule, total)
		return err
	})
	return answer{body: data, media: xlsxMedia, name: "allowance-" + month.String() + ".xlsx"}, err
}
