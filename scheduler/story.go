package scheduler

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// Story tells a week's draws step by step, for people who want to follow one by hand.
type Story struct {
	Week       calendar.Week
	Hash       string // of the sealed book, computed again from its bytes
	HashHolds  bool   // it is the recorded one
	Anchor     string // the year's check value that the links lead back to
	CoSeed     string // as given; "" none
	CoSeedBy   string
	Beacon     string // name of the public beacon; "" none
	Teams      int
	InBag      int // teams not yet visited in this round when the book was sealed
	Weights    int // sum of all weights
	BagPercent int // share of draws from the bag at most
	Buffer     int
	Slots      []SlotStory
}

// SlotStory is one slot of it. Percentages are in 1/100 of a percent.
type SlotStory struct {
	Slot      int
	Start     calendar.Instant
	End       calendar.Instant
	Arrive    calendar.Instant
	Outcome   inspections.SlotOutcome
	Link      string
	LinkHolds bool // hashed on, it gives the check value
	Completed int  // visits of the week recorded before
	Left      int  // slots left, this one included
	Forced    bool // the floor decides: a visit whatever chance says
	Hazard    int  // the threshold: a visit where the number drawn is below it
	Drawn     int  // the number drawn for "is there a visit"
	Bag       int  // threshold for "from the bag"
	BagDrawn  int  // the number drawn for it
	FromBag   bool
	Team      inspections.TeamID // 0 none
	Weight    int                // of the winner
	Entrants  int                // teams that raced
	Pair      []inspections.InspectorID
	Pairs     int  // pairs that raced
	Holds     bool // computed again, everything is as recorded
}

const wholePercent = 10_000

// TellWeek tells the draws of a week whose links are published; it needs nothing but the records. Errors:
// NotFound "week.not_revealed" before that; Conflict "week.hash" for a book that cannot be read.
func TellWeek(row inspections.Freeze, slots []inspections.Slot) (Story, error) {
	week := row.ISOWeek()
	book, err := draw.ParseFreeze([]byte(row.Body))
	hash := draw.FreezeHash([]byte(row.Body)).String()
	if err != nil {
		return Story{}, inspections.Fail(inspections.Conflict, "week.hash", "week", week.String(), "recorded", row.Hash, "computed", hash).Because(err)
	}
	story := Story{
		Week: week, Hash: hash, HashHolds: hash == row.Hash, Anchor: book.Anchor.String(), CoSeed: row.CoSeed, CoSeedBy: row.CoSeedBy,
		Beacon: book.Beacon, Teams: len(book.Teams), BagPercent: share(uint64(book.Alpha), 1<<16), Buffer: book.Buffer,
	}
	for _, team := range book.Teams {
		story.Weights += int(team.Risk)
		if team.Bag {
			story.InBag++
		}
	}
	if len(slots) < len(book.Slots) {
		return Story{}, inspections.Fail(inspections.NotFound, "week.not_revealed", "week", week.String())
	}
	for _, slot := range slots {
		if slot.Link == "" {
			return Story{}, inspections.Fail(inspections.NotFound, "week.not_revealed", "week", week.String())
		}
		one, err := tellSlot(book, row, slot)
		if err != nil {
			return Story{}, err
		}
		story.Slots = append(story.Slots, one)
	}
	return story, nil
}

func tellSlot(book *draw.Freeze, row inspections.Freeze, slot inspections.Slot) (SlotStory, error) {
	s := SlotStory{Slot: slot.Slot, Outcome: slot.Outcome, Link: slot.Link}
	window, err := book.Slot(slot.Slot)
	if err != nil {
		return s, err
	}
	start, end, err := window.Window()
	if err != nil {
		return s, err
	}
	s.Start, s.End = calendar.InstantOf(start), calendar.InstantOf(end)
	var said draw.Row
	if err := json.Unmarshal(slot.Row, &said); err != nil {
		return s, fmt.Errorf("scheduler: row of slot %d: %w", slot.Slot, err)
	}
	arrive, err := window.Arrival(said.Minute)
	if err != nil {
		return s, err
	}
	s.Arrive, s.Completed, s.Left = calendar.InstantOf(arrive), said.Completed, said.Left
	link, err := draw.ParseHash(slot.Link)
	if err != nil {
		return s, err
	}
	s.LinkHolds = draw.VerifyLink(book.Anchor, link, book.Week, slot.Slot) == nil
	s.Holds = s.LinkHolds && draw.VerifyRow(book, said, link, pairing.Pick) == nil
	seed, err := seedOf(book, row, said, draw.Link(link))
	if err != nil {
		return s, err
	}
	s.Forced = draw.Forced(said.Completed, said.Left, book.Buffer)
	s.Hazard, s.Drawn = share(book.Z>>48, 1<<16), share(draw.PRF(seed, draw.DomainSlot, 0)>>48, 1<<16)
	if slot.Outcome != inspections.SlotDispatch && slot.Outcome != inspections.SlotNoPair {
		return s, nil
	}
	s.Team, s.FromBag = inspections.TeamID(said.Team), said.FromBag
	cleared := map[uint64]bool{}
	for _, c := range said.Cleared {
		cleared[c.Team] = true
	}
	var entrants []draw.Entrant
	for _, team := range book.Teams {
		e := draw.Entrant{ID: team.ID, Weight: team.Risk, InBag: team.Bag && !cleared[team.ID]}
		entrants = append(entrants, e)
		if e.Weight > 0 && (!s.FromBag || e.InBag) {
			s.Entrants++
		}
		if team.ID == said.Team {
			s.Weight = int(team.Risk)
		}
	}
	s.Bag, s.BagDrawn = share(draw.BagMix(entrants, book.Alpha), 1<<16), share(draw.PRF(seed, draw.DomainMix, 0)>>48, 1<<16)
	for _, id := range said.Pair {
		s.Pair = append(s.Pair, inspections.InspectorID(id))
	}
	candidates, err := pairing.Candidates(said.PairInput())
	s.Pairs = len(candidates)
	return s, err
}

// seedOf derives the seed of a slot whose link is published.
func seedOf(book *draw.Freeze, row inspections.Freeze, said draw.Row, link draw.Link) (draw.Seed, error) {
	coseed, err := draw.ParseCoSeed(row.CoSeed)
	if err != nil {
		return draw.Seed{}, err
	}
	var salt []byte
	if said.Beacon != "" {
		value, err := draw.ParseHash(said.Beacon)
		if err != nil {
			return draw.Seed{}, err
		}
		salt = value[:]
	}
	return draw.NewSeed(link, coseed, salt, book.Place(said.Slot))
}

// share gives part of whole in 1/100 of a percent.
func share(part, whole uint64) int { return int(part * wholePercent / whole) }
