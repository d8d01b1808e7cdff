package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// week is `anfang week`: the sealed week.
func (c *cli) week() *cobra.Command {
	return c.group("week", "week", c.weekFreeze(), c.weekShow(), c.weekVerify(), c.weekCoSeed(), c.weekExcept(), c.weekPlan(), c.weekNoPair(), c.weekBeacon())
}

// weekly makes a command about one week.
func (c *cli) weekly(key, use string, do func(context.Context, *app.App, calendar.Week, []string) error) (*cobra.Command, *string) {
	text := new(string)
	cmd := c.command(key, use, func(ctx context.Context, args []string) error {
		week, err := c.weekOf(*text)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error { return do(ctx, a, week, args) })
	})
	c.text(cmd, text, "week", "", "WEEK")
	return cmd, text
}

// weekFreeze seals a week whose Sunday 18:00 has come; without --week the latest such week.
func (c *cli) weekFreeze() *cobra.Command {
	var text *string
	cmd, text := c.weekly("week.freeze", "freeze", func(ctx context.Context, a *app.App, week calendar.Week, _ []string) error {
		now := a.Now()
		if next := week.Add(1); *text == "" && !now.Before(scheduler.FreezeTime(next)) {
			week = next
		}
		made, err := a.Scheduler.FreezeWeek(ctx, now, week)
		if err != nil {
			return err
		}
		state, err := c.readWeek(ctx, a, week)
		if err != nil {
			return err
		}
		answer := struct {
			Made bool `json:"made"` // false: it was sealed before
			weekState
		}{made, state}
		return c.reply(answer, func() {
			key := "week.sealed"
			if !made {
				key = "week.sealed_before"
			}
			c.say(key, "week", week, "at", c.moment(state.Frozen), "teams", state.Teams, "slots", len(state.Slots), "hash", state.Hash)
		})
	})
	return cmd
}

// weekState is a sealed week as far as the office may see it: what a slot brought only after its window.
type weekState struct {
	Week      string                 `json:"week"`
	Hash      string                 `json:"freeze_hash"`
	Frozen    calendar.Instant       `json:"frozen"`
	Late      bool                   `json:"late"`
	CoSeedBy  string                 `json:"coseed_by"` // "": none was given
	CoSeedAt  calendar.Instant       `json:"coseed_at"`
	Exception *inspections.Exception `json:"exception"`
	Teams     int                    `json:"teams"`
	Limit     string                 `json:"limit"` // whether the aimed number of visits can be reached
	Slots     []slotState            `json:"slots"`
	Completed int                    `json:"random_completed"`
	Visits    []inspections.VisitID  `json:"visits"` // random visits whose window is over

	roster *inspections.Roster
	places map[int]string // of a slot: township and village
}

// slotState is one slot; Outcome is "" until its window is over.
type slotState struct {
	Slot    int                     `json:"slot"`
	Start   calendar.Instant        `json:"start"`
	End     calendar.Instant        `json:"end"`
	Standby []string                `json:"standby"`
	Outcome inspections.SlotOutcome `json:"outcome"`
	Visit   inspections.VisitID     `json:"visit"`
}

// readWeek gathers a sealed week. Error: NotFound "week.not_frozen".
func (c *cli) readWeek(ctx context.Context, a *app.App, week calendar.Week) (weekState, error) {
	var s weekState
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		s = weekState{Week: week.String(), Slots: []slotState{}, Visits: []inspections.VisitID{}, places: map[int]string{}}
		row, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			return inspections.Fail(inspections.NotFound, "week.not_frozen", "week", week.String())
		}
		if err != nil {
			return err
		}
		book, err := draw.ParseFreeze([]byte(row.Body))
		if err != nil {
			return inspections.Fail(inspections.Conflict, "week.hash", "week", week.String()).Because(err)
		}
		s.Hash, s.Frozen, s.Late, s.CoSeedBy, s.CoSeedAt = row.Hash, row.Frozen, row.Late, row.CoSeedBy, row.CoSeedAt
		s.Teams, s.Limit = len(book.Teams), string(book.Limit)
		if e, err := tx.Exception(week); err == nil {
			s.Exception = &e
		} else if !inspections.IsNotFound(err) {
			return err
		}
		if s.roster, err = tx.Roster(); err != nil {
			return err
		}
		return s.readSlots(tx, week, book, c.shown(tx.Now()))
	})
	return s, err
}

func (s *weekState) readSlots(tx *store.Tx, week calendar.Week, book *draw.Freeze, now calendar.Instant) error {
	rows, err := tx.Slots(week)
	if err != nil {
		return err
	}
	for _, slot := range book.Slots {
		start, end, err := slot.Window()
		if err != nil {
			return err
		}
		state := slotState{Slot: slot.Number, Start: calendar.InstantOf(start), End: calendar.InstantOf(end), Standby: []string{}}
		for _, id := range slot.Standby {
			inspector, _ := s.roster.Inspector(inspections.InspectorID(id))
			state.Standby = append(state.Standby, inspector.Name)
		}
		// At the release nobody but those on standby is told, the office itself included.
		if slot.Number <= len(rows) && now.After(end) {
			state.Outcome, state.Visit = rows[slot.Number-1].Outcome, rows[slot.Number-1].Visit
		}
		s.Slots = append(s.Slots, state)
	}
	visits, err := tx.Visits(inspections.VisitFilter{Kind: inspections.VisitRandom, Year: week.Year, Week: week.Number})
	if err != nil {
		return err
	}
	for _, v := range visits {
		if v.State == inspections.VisitCompleted {
			s.Completed++
		}
		if now.After(v.End.Time) {
			s.Visits = append(s.Visits, v.ID)
			s.places[v.Slot] = place(s.roster, v.Team)
		}
	}
	return nil
}

// place names a team by township and village.
func place(roster *inspections.Roster, id inspections.TeamID) string {
	team, ok := roster.Team(id)
	if !ok {
		return ""
	}
	township, _ := roster.Township(team.Township)
	return township.Name + team.Village
}

// sealedBy gives the week that is running when it is sealed, else the newest sealed one before it, else the
// next: what somebody means who names no week.
func sealedBy(ctx context.Context, a *app.App, running calendar.Week) (calendar.Week, error) {
	week := running
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		freezes, err := tx.Freezes()
		for _, f := range freezes {
			if !running.Before(f.ISOWeek()) {
				week = f.ISOWeek()
			}
		}
		if len(freezes) > 0 && running.Before(freezes[0].ISOWeek()) {
			week = freezes[0].ISOWeek() // a new county's first, sealed on the Sunday before it
		}
		return err
	})
	return week, err
}

func (c *cli) weekShow() *cobra.Command {
	var text *string
	cmd, text := c.weekly("week.show", "show", func(ctx context.Context, a *app.App, week calendar.Week, _ []string) error {
		if *text == "" {
			var err error
			if week, err = sealedBy(ctx, a, week); err != nil {
				return err
			}
		}
		state, err := c.readWeek(ctx, a, week)
		if err != nil {
			return err
		}
		return c.reply(state, func() { c.tellWeek(week, state) })
	})
	return cmd
}

func (c *cli) tellWeek(week calendar.Week, s weekState) {
	c.say("week.head", "week", week, "span", c.words.Span(week.Monday(), week.Sunday()), "at", c.moment(s.Frozen), "teams", s.Teams, "hash", s.Hash)
	if s.Late {
		c.say("week.late")
	}
	if s.CoSeedBy == "" {
		c.say("week.no_coseed")
	} else {
		c.say("week.has_coseed", "by", s.CoSeedBy, "at", c.moment(s.CoSeedAt))
	}
	if s.Exception != nil {
		c.say("week.exception", "by", s.Exception.By, "reason", s.Exception.Reason)
	}
	var rows [][]string
	for _, slot := range s.Slots {
		outcome := c.words.T("cli.week.open")
		if slot.Outcome != "" {
			outcome = c.words.Label("slot_outcome", slot.Outcome)
		}
		visit := ""
		if slot.Visit != 0 && s.places[slot.Slot] != "" {
			visit = fmt.Sprintf("%d %s", slot.Visit, s.places[slot.Slot])
		}
		rows = append(rows, []string{
			strconv.Itoa(slot.Slot), c.words.Day(slot.Start.Date()), c.words.Clock(slot.Start.Time) + "–" + c.words.Clock(slot.End.Time),
			c.words.Join(slot.Standby), outcome, visit,
		})
	}
	c.table([]string{"slot", "day", "window", "standby", "outcome", "visit"}, rows)
	c.say("week.completed", "n", s.Completed)
}

func (c *cli) weekVerify() *cobra.Command {
	var text *string
	cmd, text := c.weekly("week.verify", "verify", func(ctx context.Context, a *app.App, week calendar.Week, _ []string) error {
		if *text == "" {
			var err error
			if week, err = sealedBy(ctx, a, week); err != nil {
				return err
			}
		}
		check, err := a.Scheduler.VerifyWeek(ctx, c.shown(calendar.InstantOf(a.Now())), week)
		if err != nil {
			return err
		}
		err = c.reply(check, func() {
			drawn, sealed := 0, 0
			for _, slot := range check.Slots {
				switch {
				case slot.Fault != "":
					c.say("week.fault", "slot", slot.Slot, "field", slot.Fault)
				case slot.Drawn:
					drawn++
				default:
					sealed++
				}
			}
			c.say("week.verified", "week", week, "hash", check.Hash, "drawn", drawn, "sealed", sealed, "open", check.Open)
		})
		if err == nil && !check.Sound {
			err = inspections.Fail(inspections.Conflict, "week.unsound", "week", week.String())
		}
		return err
	})
	return cmd
}

func (c *cli) weekCoSeed() *cobra.Command {
	var text, by string
	cmd := c.step("week.coseed", "coseed TEXT", func(ctx context.Context, a *app.App, actor inspections.Actor, args []string) error {
		week, err := c.needWeek(text)
		if err != nil {
			return err
		}
		giver, err := signedBy(by, actor)
		if err != nil {
			return err
		}
		if err := a.Scheduler.AddCoSeed(ctx, actor, week, args[0], giver); err != nil {
			return err
		}
		return c.reply(map[string]any{"week": week.String(), "by": giver}, func() { c.say("week.coseed", "week", week, "by", giver) })
	})
	c.text(cmd, &text, "week", "", "WEEK")
	c.text(cmd, &by, "by", "", "NAME")
	return cmd
}

func (c *cli) weekExcept() *cobra.Command {
	var text, by, reason string
	cmd := c.step("week.except", "except", func(ctx context.Context, a *app.App, actor inspections.Actor, _ []string) error {
		week, err := c.needWeek(text)
		if err != nil {
			return err
		}
		signer, err := signedBy(by, actor)
		if err != nil {
			return err
		}
		if err := a.Scheduler.AddException(ctx, actor, week, reason, signer); err != nil {
			return err
		}
		return c.reply(map[string]any{"week": week.String(), "by": signer, "reason": reason}, func() {
			c.say("week.excepted", "week", week, "by", signer)
		})
	})
	c.text(cmd, &text, "week", "", "WEEK")
	c.text(cmd, &reason, "reason", "", "TEXT")
	c.text(cmd, &by, "by", "", "NAME")
	return cmd
}

// needWeek reads a week that must be named: these steps cannot be taken back.
func (c *cli) needWeek(text string) (calendar.Week, error) { return c.needWeekFlag("--week", text) }

func (c *cli) needWeekFlag(flag, text string) (calendar.Week, error) {
	if text == "" {
		return calendar.Week{}, wrong("usage.needed", "flag", flag)
	}
	return c.weekOf(text)
}

// signedBy names who gave or signed: who is told, else the person of --as.
func signedBy(by string, actor inspections.Actor) (string, error) {
	if by == "" && actor == operator {
		return "", wrong("usage.needed", "flag", "--by")
	}
	if by == "" {
		by = actor.Name
	}
	return by, nil
}
