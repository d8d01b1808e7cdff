package simulate

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// county is no real one: its number is higher than any division code.
const county inspections.CountyID = 990000

// firstYear is the ISO year a run begins with. Weeks go on from there without a break, so that horizons,
// chains and years of 53 weeks follow each other as they do in an office.
const firstYear = 2017

// since is the day before which everybody was in place.
var since = calendar.NewDate(firstYear-1, time.January, 1)

// newRoster lays out townships of about thirteen teams, six at least. Every inspector has a home township and every third
// works for an aid unit, so that conflicts arise as they do in a county.
func newRoster(o Options) *inspections.Roster {
	roster := &inspections.Roster{}
	townships := max(min(o.Teams, 6), o.Teams/13)
	for i := range townships {
		roster.Townships = append(roster.Townships, inspections.Township{ID: inspections.TownshipID(i + 1), Name: fmt.Sprintf("T%d", i+1)})
	}
	units := max(1, o.Teams/4)
	for i := range units {
		roster.Units = append(roster.Units, inspections.Unit{ID: inspections.UnitID(i + 1), Name: fmt.Sprintf("U%d", i+1)})
	}
	for i := range o.Teams {
		id := inspections.TeamID(i + 1)
		roster.Teams = append(roster.Teams, inspections.Team{
			ID: id, Township: inspections.TownshipID(i%townships + 1), Village: fmt.Sprintf("V%d", i+1), Kind: inspections.TeamPoverty, From: since,
		})
		roster.TeamUnits = append(roster.TeamUnits, inspections.TeamUnit{Team: id, Unit: inspections.UnitID(i%units + 1), From: since})
	}
	for i := range o.Inspectors {
		inspector := inspections.Inspector{
			ID: inspections.InspectorID(i + 1), Name: fmt.Sprintf("I%d", i+1), Email: fmt.Sprintf("i%d@example.com", i+1),
			Home: inspections.TownshipID(i%townships + 1), From: since,
		}
		if i%3 == 0 {
			inspector.OwnUnit = inspections.UnitID(i%units + 1)
		}
		roster.Inspectors = append(roster.Inspectors, inspector)
	}
	return roster
}

// newUsers are those whom alarms and notes go to.
func newUsers() []inspections.User {
	return []inspections.User{
		{ID: 1, Login: "leader", Name: "L", Role: inspections.RoleLeader, Email: "leader@example.com"},
		{ID: 2, Login: "clerk", Name: "C", Role: inspections.RoleClerk, Email: "clerk@example.com"},
	}
}

// newSettings are what the options ask of an office.
func newSettings(o Options, recorded calendar.Instant) []inspections.Setting {
	set := func(key string, value int) inspections.Setting {
		return inspections.Setting{Key: key, Value: fmt.Sprint(value), From: since, Recorded: recorded}
	}
	return []inspections.Setting{
		set(inspections.SetLambda, o.PerWeekMilli), set(inspections.SetHorizonWeeks, o.HorizonWeeks),
		set(inspections.SetCompletion, o.completionPPM()),
	}
}

// keys is the key ring of a run: chains made from its number, and each link walked to once only. It asks
// the real [scheduler.Keyring], which refuses a link before its cut-off on the run's clock.
type keys struct {
	scheduler.Keyring
	mu   sync.Mutex
	week [2]int // of the links below
	link [draw.MaxSlots + 1]draw.Link
	have [draw.MaxSlots + 1]bool
}

func newKeys(seed uint64, clock func() time.Time) *keys {
	return &keys{Keyring: scheduler.Keyring{Wall: clock, Chain: func(isoYear int) (draw.Chain, error) {
		return draw.NewChain(digest("anfang/simulate/chain", seed, uint64(isoYear))), nil
	}}}
}

// Link is that of the key ring; the links of the week asked for last are remembered.
func (k *keys) Link(isoYear, week, slot int, cutOff time.Time) (draw.Link, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if at := [2]int{isoYear, week}; k.week != at {
		k.week, k.have = at, [draw.MaxSlots + 1]bool{}
	}
	if slot >= 1 && slot <= draw.MaxSlots && k.have[slot] {
		return k.link[slot], nil
	}
	link, err := k.Keyring.Link(isoYear, week, slot, cutOff)
	if err == nil {
		k.link[slot], k.have[slot] = link, true
	}
	return link, err
}

// digest makes 32 bytes from a tag and numbers.
func digest(tag string, numbers ...uint64) [32]byte {
	b := []byte(tag)
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	return sha256.Sum256(b)
}
