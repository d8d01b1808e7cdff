package intake_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/intake"
)

// FuzzReadDutyLines: whatever the file, each obligation is settled once at most, on a day that can be.
func FuzzReadDutyLines(f *testing.F) {
	seed(f, "责任主体,条款,周期,办理日期,办理方式,说明\n便江街道,1.2a,2025-W11,2025-03-11,,例会\n便江街道党委,一·3,2025年3月,3月12日,免报,统一导出\n便江街道,5.3,,2025-03-11,,\n某局,4.1,2025年第1季度,x,,\n")
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	today := calendar.NewDate(2025, 3, 12)
	township := inspections.Party{Kind: inspections.PartyTownship, ID: 1}
	started := calendar.InstantOf(calendar.NewDate(2025, 3, 1).Start())
	open := []duties.Obligation{
		{ID: 1, Kind: "weekly_meeting", Clause: "1.2a", Party: township, Period: "2025-W11", Started: calendar.InstantOf(calendar.NewDate(2025, 3, 10).Start())},
		{ID: 2, Kind: duties.AttendanceForm, Clause: "1.3", Party: township, Period: "2025-03", Started: started},
		{ID: 3, Kind: "task_list", Clause: "4.1", Party: inspections.Party{Kind: inspections.PartyDepartment, ID: 1}, Period: "2025-03", Started: started},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer bounded(t)()
		lines, problems, err := intake.ReadDutyLines([]intake.File{{Name: "a", Data: data}}, r, open, today)
		sound(t, problems, err)
		seen := map[inspections.ObligationID]bool{}
		for _, l := range lines {
			if seen[l.Obligation] || l.Obligation < 1 || l.Obligation > 3 || l.Day > today || l.Day < open[l.Obligation-1].Started.Date() ||
				l.Kind == duties.SubmissionWaived && l.Note == "" {
				t.Fatalf("%+v", l)
			}
			seen[l.Obligation] = true
		}
	})
}
