package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// attendance is `anfang attendance`: the ledgers' months.
func (c *cli) attendance() *cobra.Command {
	return c.group("attendance", "attendance", c.attendanceMonth(), c.attendanceMember(), c.attendanceForm(),
		c.attendanceAllowance(), c.attendanceCheck(), c.attendanceYear())
}

// memberMonth is one member's month in one team; the names of its keys are a contract. Where the
// township's ledger has not arrived, Reported is false and no figure means anything.
type memberMonth struct {
	Member      string `json:"member"`
	Phone       string `json:"phone"`
	Township    string `json:"township"`
	Village     string `json:"village"`
	VillageCode string `json:"village_code"`
	Signed      int    `json:"signed_days"`
	Leave       int    `json:"leave_days"`
	Travel      int    `json:"travel_days"`
	Absent      int    `json:"absent_workdays"`
	Odd         int    `json:"odd_place_days"`
	Reached     bool   `json:"reached_20"`
	Reported    bool   `json:"reported"`
}

func (c *cli) attendanceMonth() *cobra.Command {
	var text string
	cmd := c.step("attendance.month", "month", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		if err := deskOnly(by); err != nil {
			return err
		}
		month, err := c.monthOf(text)
		if err != nil {
			return err
		}
		members, sums, roster, err := readMonth(ctx, a, month)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"month": month.String(), "members": members}, func() { c.tellMonth(month, sums, roster) })
	})
	c.text(cmd, &text, "month", "", "MONTH")
	return cmd
}

func readMonth(ctx context.Context, a *app.App, month calendar.Month) ([]memberMonth, []attendance.TownshipMonth, *inspections.Roster, error) {
	members := []memberMonth{}
	var sums []attendance.TownshipMonth
	var roster *inspections.Roster
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		members = members[:0]
		var err error
		if roster, err = tx.Roster(); err != nil {
			return err
		}
		roster = roster.On(month.Last())
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		lines, err := attendance.ReadMonth(tx, roster, all, month, a.Calendar)
		if err != nil {
			return err
		}
		sums = attendance.Townships(roster, lines)
		for _, l := range lines {
			members = append(members, nameMonth(roster, l))
		}
		return nil
	})
	return members, sums, roster, err
}

func nameMonth(roster *inspections.Roster, l attendance.MemberMonth) memberMonth {
	member, _ := roster.Member(l.Member)
	team, _ := roster.Team(l.Team)
	township, _ := roster.Township(l.Township)
	return memberMonth{
		Member: member.Name, Phone: member.Phone, Township: township.Name, Village: team.Village, VillageCode: team.VillageCode,
		Signed: l.Signed, Leave: l.Leave, Travel: l.Travel, Absent: l.Absent, Odd: l.Odd, Reached: l.Reached, Reported: l.Reported,
	}
}

// tellMonth writes a line for each township; what was not reported is no zero.
func (c *cli) tellMonth(month calendar.Month, sums []attendance.TownshipMonth, roster *inspections.Roster) {
	fmt.Fprintln(c.out, c.words.Month(month))
	var rows [][]string
	for _, s := range sums {
		township, _ := roster.Township(s.Township)
		row := []string{township.Name, strconv.Itoa(s.Members)}
		if s.Reported {
			row = append(row, strconv.Itoa(s.Reached), strconv.Itoa(s.OnLeave), strconv.Itoa(s.OnTravel), strconv.Itoa(s.AbsentDays), strconv.Itoa(s.OddDays))
		} else {
			row = append(row, c.words.T("word.not_reported"), "", "", "", "")
		}
		rows = append(rows, row)
	}
	c.table([]string{"township", "members", "reached", "on_leave", "on_travel", "absent_days", "odd_days"}, rows)
}
