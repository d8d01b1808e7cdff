package inspections_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

func TestALeaveIsApprovedByWhomItsLengthAsksFor(t *testing.T) {
	t.Parallel()
	day := func(n int) calendar.Date { return calendar.NewDate(2025, 3, n) }
	leave := func(id inspections.LeaveID, from, until int, by inspections.Approval) inspections.Leave {
		return inspections.Leave{ID: id, Member: 1, Kind: "sick", From: day(from), Until: day(until), ApprovedBy: by}
	}
	travel := leave(1, 3, 20, inspections.ApprovedByTownship)
	travel.Kind = "travel"
	open := leave(1, 3, 3, inspections.ApprovedByTownship)
	open.Until = 0
	set := []inspections.Setting{{Key: inspections.SetLeaveTownship, Value: "5", From: day(15)}}
	for name, c := range map[string]struct {
		leaves []inspections.Leave
		want   map[inspections.LeaveID]inspections.Approval
	}{
		"three days by the township":            {[]inspections.Leave{leave(1, 3, 5, inspections.ApprovedByTownship)}, nil},
		"three days by the unit alone":          {[]inspections.Leave{leave(1, 3, 5, inspections.ApprovedByUnit)}, map[inspections.LeaveID]inspections.Approval{1: inspections.ApprovedByTownship}},
		"four days by the township":             {[]inspections.Leave{leave(1, 3, 6, inspections.ApprovedByTownship)}, map[inspections.LeaveID]inspections.Approval{1: inspections.ApprovedByCounty}},
		"four days by the county office":        {[]inspections.Leave{leave(1, 3, 6, inspections.ApprovedByCounty)}, nil},
		"nothing told who approved":             {[]inspections.Leave{leave(1, 3, 9, "")}, nil},
		"two short ones that join are one long": {[]inspections.Leave{leave(2, 6, 8, inspections.ApprovedByCounty), leave(1, 3, 5, inspections.ApprovedByTownship)}, map[inspections.LeaveID]inspections.Approval{1: inspections.ApprovedByCounty}},
		"two with a day between":                {[]inspections.Leave{leave(1, 3, 5, inspections.ApprovedByTownship), leave(2, 7, 9, inspections.ApprovedByTownship)}, nil},
		"duty travel is not asked":              {[]inspections.Leave{travel}, nil},
		"one without a last day":                {[]inspections.Leave{open}, map[inspections.LeaveID]inspections.Approval{1: inspections.ApprovedByCounty}},
		"five days after the rule was changed":  {[]inspections.Leave{leave(1, 15, 19, inspections.ApprovedByTownship)}, nil},
		"five days that began before it was":    {[]inspections.Leave{leave(1, 14, 18, inspections.ApprovedByTownship)}, map[inspections.LeaveID]inspections.Approval{1: inspections.ApprovedByCounty}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := inspections.ApprovalsMissed(c.leaves, set)
			if len(got) != len(c.want) || got[1] != c.want[1] {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
