package scheduler

import (
	"cmp"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// lateRecord bounds how long after its window a visit may be recorded and still clear its team's flag.
const lateRecord = 400 * 24 * time.Hour

// stateRow fills a slot's row with what was recorded before its cut-off: the visits counted, the flags
// cleared, everybody on standby with their shares. What comes later does not exist for this slot.
func (t *tick) stateRow(tx Tx, row inspections.Freeze, book *draw.Freeze, number int) (draw.Row, error) {
	slot, err := book.Slot(number)
	if err != nil {
		return draw.Row{}, err
	}
	cutOff, err := slot.CutOff(book.LeadMinutes)
	if err != nil {
		return draw.Row{}, err
	}
	r := draw.Row{
		Algorithm: draw.Version, County: book.County, Year: book.Year, Week: book.Week, Slot: number,
		CoSeed: row.CoSeed, Left: book.Left(number), Cleared: []draw.Clearing{},
	}
	if r.Freeze, err = draw.ParseHash(row.Hash); err != nil {
		return r, err
	}
	if r.Beacon, err = beaconOf(tx, book, row.ISOWeek(), number); err != nil {
		return r, err
	}
	week, err := completedIn(tx, row.ISOWeek())
	if err != nil {
		return r, err
	}
	for _, v := range week {
		if v.Recorded.Before(cutOff) {
			r.Counted = append(r.Counted, uint64(v.ID))
		}
	}
	slices.Sort(r.Counted)
	r.Completed = len(r.Counted)
	if r.Cleared, err = cleared(tx, row, book, cutOff); err != nil {
		return r, err
	}
	return r, t.shares(tx, &r, slot, cutOff)
}

// cleared lists the frozen flags that completed random visits took out between freeze and cut-off, by
// team.
func cleared(tx Tx, row inspections.Freeze, book *draw.Freeze, cutOff time.Time) ([]draw.Clearing, error) {
	visits, err := recordedSince(tx, row.Frozen)
	if err != nil {
		return nil, err
	}
	inBag := map[uint64]bool{}
	for _, team := range book.Teams {
		inBag[team.ID] = team.Bag
	}
	list := []draw.Clearing{}
	for _, v := range visits {
		if team := uint64(v.Team); inBag[team] && v.Recorded.Before(cutOff) {
			list = append(list, draw.Clearing{Visit: uint64(v.ID), Team: team})
			inBag[team] = false // the first visit has cleared it
		}
	}
	slices.SortFunc(list, func(a, b draw.Clearing) int { return cmp.Compare(a.Team, b.Team) })
	return list, nil
}

// shares lists everybody on standby with their visits n and standby slots s of the last 26 weeks, and the
// sums N and S over all inspectors.
func (t *tick) shares(tx Tx, r *draw.Row, slot draw.Slot, cutOff time.Time) error {
	visits, err := tx.Visits(inspections.VisitFilter{
		Kind: inspections.VisitRandom, State: inspections.VisitCompleted,
		From: calendar.InstantOf(cutOff.AddDate(0, 0, -7*fairWeeks)), Until: calendar.InstantOf(cutOff),
	})
	if err != nil {
		return err
	}
	went := map[uint64]int{}
	for _, v := range visits {
		if v.Recorded.Before(cutOff) {
			went[uint64(v.First)]++
			went[uint64(v.Second)]++
			r.TotalVisits += 2
		}
	}
	stood, all, err := t.standbyShares(tx, cutOff)
	if err != nil {
		return err
	}
	r.TotalSlots = all
	for _, id := range slot.Standby {
		r.Standby = append(r.Standby, draw.Standby{Inspector: id, Visits: went[id], Slots: stood[id]})
	}
	return nil
}

// pairState fills in who may not go to the drawn team and who went together lately. Team 0 stands for
// an empty slot, which does the same work.
func pairState(tx Tx, r *draw.Row, slot draw.Slot, roster *inspections.Roster, id inspections.TeamID, cutOff time.Time) error {
	day, err := calendar.ParseDate(slot.Date)
	if err != nil {
		return err
	}
	target, err := targetOf(tx, roster, id, day, cutOff)
	if err != nil {
		return err
	}
	away, err := awayOn(tx, day, cutOff)
	if err != nil {
		return err
	}
	var persons []pairing.Person
	seen := map[inspections.VisitID]inspections.Visit{}
	for _, standby := range slot.Standby {
		inspector, _ := roster.Inspector(inspections.InspectorID(standby))
		p := person(standby, inspector, roster, day)
		p.OnLeave = p.OnLeave || away[inspector.ID]
		persons = append(persons, p)
		visits, err := lately(tx, inspections.InspectorID(standby), cutOff)
		if err != nil {
			return err
		}
		for _, v := range visits {
			seen[v.ID] = v
		}
	}
	r.Barred = pairing.Bars(persons, target)
	r.Recent = pairing.RecentPairs(slot.Standby, history(seen, cutOff))
	return nil
}

// lately lists an inspector's completed visits: those of the last 26 weeks or, where these are fewer than
// the six that count, all there ever were. Going over all of them at every slot would cost more with
// every year.
func lately(tx Tx, id inspections.InspectorID, cutOff time.Time) ([]inspections.Visit, error) {
	filter := inspections.VisitFilter{
		Inspector: id, State: inspections.VisitCompleted, From: calendar.InstantOf(cutOff.AddDate(0, 0, -7*fairWeeks)),
	}
	visits, err := tx.Visits(filter)
	if err != nil {
		return nil, err
	}
	before := 0
	for _, v := range visits {
		if v.First != 0 && v.Second != 0 && v.Recorded.Before(cutOff) {
			before++
		}
	}
	if before >= pairing.RecentVisits {
		return visits, nil
	}
	filter.From = calendar.Instant{}
	return tx.Visits(filter)
}

// person says whom an inspector stays away from. Zero ids mean "none" and are left out, since a team
// whose township is not known would otherwise match an inspector whose home is not.
func person(id uint64, i inspections.Inspector, roster *inspections.Roster, day calendar.Date) pairing.Person {
	p := pairing.Person{ID: id, OnLeave: !inspections.Covers(i.From, i.Until, day)}
	if i.Home != 0 {
		p.Townships = []uint64{uint64(roster.Successor(i.Home))} // a home that went up in another is part of it
	}
	for _, unit := range append([]inspections.UnitID{i.OwnUnit}, i.Avoid...) {
		if unit != 0 {
			p.Units = append(p.Units, uint64(unit))
		}
	}
	return p
}

// lastVisitors gives the inspectors of each of a team's last two visits recorded before the cut-off, the
// newest visit last.
func lastVisitors(tx Tx, team inspections.TeamID, cutOff time.Time) ([][]uint64, error) {
	if team == 0 {
		return nil, nil
	}
	visits, err := tx.Visits(inspections.VisitFilter{Team: team, State: inspections.VisitCompleted})
	if err != nil {
		return nil, err
	}
	visits = slices.DeleteFunc(visits, func(v inspections.Visit) bool { return !v.Recorded.Before(cutOff) })
	var pairs [][]uint64
	for _, v := range visits[max(0, len(visits)-2):] {
		pairs = append(pairs, []uint64{uint64(v.First), uint64(v.Second)})
	}
	return pairs, nil
}

// history gives the pairs of visits recorded before the cut-off, oldest first.
func history(seen map[inspections.VisitID]inspections.Visit, cutOff time.Time) []draw.Pair {
	var visits []inspections.Visit
	for _, v := range seen {
		if v.First != 0 && v.Second != 0 && v.Recorded.Before(cutOff) {
			visits = append(visits, v)
		}
	}
	slices.SortFunc(visits, func(a, b inspections.Visit) int {
		return cmp.Or(a.Start.Compare(b.Start.Time), cmp.Compare(a.ID, b.ID))
	})
	pairs := make([]draw.Pair, len(visits))
	for i, v := range visits {
		pairs[i] = draw.MakePair(uint64(v.First), uint64(v.Second))
	}
	return pairs
}

// completedIn lists the completed random visits of a week.
func completedIn(tx Tx, week calendar.Week) ([]inspections.Visit, error) {
	return tx.Visits(inspections.VisitFilter{
		Kind: inspections.VisitRandom, State: inspections.VisitCompleted, Year: week.Year, Week: week.Number,
	})
}

// recordedSince lists the completed random visits recorded after a moment, in the order of their records.
func recordedSince(tx Tx, since calendar.Instant) ([]inspections.Visit, error) {
	visits, err := tx.Visits(inspections.VisitFilter{
		Kind: inspections.VisitRandom, State: inspections.VisitCompleted, From: calendar.InstantOf(since.Add(-lateRecord)),
	})
	if err != nil {
		return nil, err
	}
	visits = slices.DeleteFunc(visits, func(v inspections.Visit) bool { return !v.Recorded.After(since.Time) })
	slices.SortStableFunc(visits, func(a, b inspections.Visit) int {
		return cmp.Or(a.Recorded.Compare(b.Recorded.Time), cmp.Compare(a.ID, b.ID))
	})
	return visits, nil
}
