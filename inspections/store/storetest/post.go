package storetest

import (
	"fmt"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

func postRoundTrips(t *testing.T, db Database) {
	s := db(t, County, nil)
	var letter inspections.LetterID
	rounds(t, s, func(g *generator, tx *store.Tx) {
		var stop inspections.DeadAddress
		var receipt inspections.Receipt
		var back inspections.Returned
		g.fill(&stop)
		g.fill(&receipt)
		g.fill(&back)
		_, err := tx.Enqueue(inspections.Letter{Key: string(rune('a' + g.n))})
		g.done(err)
		letter++
		stop.Letter, receipt.Letter, back.Letter = letter, letter, letter
		back.Notice = fmt.Sprintf("%064x", letter)
		stop.Lifted = tx.Now() // two stops in force of one address cannot stand
		g.done(first(tx.AddDeadAddress(&stop), tx.AddReceipt(receipt)))
		got, err := tx.Receipt(letter)
		g.done(err)
		g.same(got, receipt)
		g.done(tx.AddReturned(back))
		told, err := tx.Returned(back.Notice, letter)
		g.done(err)
		g.same(told, back)
		given, err := tx.Receipts()
		g.done(err)
		g.same(last(given), receipt)
		for range 2 {
			stops, err := tx.DeadAddresses()
			g.done(err)
			g.same(last(stops), stop)
			stop.LiftedBy = "clerk/1"
			g.done(tx.SaveDeadAddress(stop))
		}
	})
}

func postRules(t *testing.T, db Database) {
	s := db(t, County, nil)
	stop := inspections.DeadAddress{Address: "gone@example.com", Since: moment(1)}
	back := inspections.Returned{Notice: strings.Repeat("a", 64), Letter: 1, Status: "5.1.1", Read: moment(3)}
	write(t, s, func(tx *store.Tx) error {
		for _, l := range []inspections.Letter{
			{Key: "issue/1/township/1", To: inspections.Party{Kind: inspections.PartyTownship, ID: 1}},
			{Key: "issue/1/township/1/again/1", To: inspections.Party{Kind: inspections.PartyTownship, ID: 1}},
			{Key: "issue/10/unit/1", To: inspections.Party{Kind: inspections.PartyUnit, ID: 1}},
			{Key: "issues", MessageID: "<a@example.com>", Settled: moment(5)},
		} {
			if _, err := tx.Enqueue(l); err != nil {
				return err
			}
		}
		return first(tx.AddDeadAddress(&stop), tx.AddReceipt(inspections.Receipt{Letter: 1, User: 7, At: moment(2)}), tx.AddReturned(back))
	})
	view(t, s, func(tx *store.Tx) error {
		for _, c := range []struct {
			filter inspections.LetterFilter
			want   []int64
		}{
			{inspections.LetterFilter{Under: "issue/1/"}, []int64{1, 2}},
			{inspections.LetterFilter{Under: "issue/"}, []int64{1, 2, 3}},
			{inspections.LetterFilter{To: inspections.Party{Kind: inspections.PartyTownship, ID: 1}}, []int64{1, 2}},
			{inspections.LetterFilter{To: inspections.Party{Kind: inspections.PartyUnit, ID: 2}}, []int64{}},
			{inspections.LetterFilter{Message: "<a@example.com>"}, []int64{4}},
			{inspections.LetterFilter{Message: "<b@example.com>"}, []int64{}},
			{inspections.LetterFilter{Settled: moment(5)}, []int64{4}},
			{inspections.LetterFilter{Settled: moment(6)}, []int64{}},
		} {
			list, err := tx.Letters(c.filter)
			if err != nil {
				return err
			}
			equal(t, ids(list, func(v inspections.Letter) inspections.LetterID { return v.ID }), c.want)
		}
		found, err := tx.DeadAddress("Gone@Example.com")
		equal(t, found, stop)
		return err
	})
	refuse(t, s, inspections.Conflict, "store.duplicate", func(tx *store.Tx) error {
		return tx.AddDeadAddress(&inspections.DeadAddress{Address: stop.Address})
	})
	refuse(t, s, inspections.Conflict, "store.duplicate", func(tx *store.Tx) error {
		return tx.AddReceipt(inspections.Receipt{Letter: 1, User: 8})
	})
	refuse(t, s, inspections.NotFound, "store.not_found", func(tx *store.Tx) error {
		return tx.SaveDeadAddress(inspections.DeadAddress{ID: 99})
	})
	refuse(t, s, inspections.NotFound, "store.not_found", func(tx *store.Tx) error {
		_, err := tx.Receipt(2)
		return err
	})
	refuse(t, s, inspections.Conflict, "store.duplicate", func(tx *store.Tx) error { return tx.AddReturned(back) })
	refuse(t, s, inspections.NotFound, "store.not_found", func(tx *store.Tx) error {
		_, err := tx.Returned(back.Notice, 2)
		return err
	})
	stop.Lifted = calendar.InstantOf(Now())
	write(t, s, func(tx *store.Tx) error {
		again := inspections.DeadAddress{Address: stop.Address}
		return first(tx.SaveDeadAddress(stop), tx.AddDeadAddress(&again)) // after it was lifted it may be stopped anew
	})
}
