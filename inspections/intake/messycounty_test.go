package intake_test

import (
	"fmt"
	"math/rand/v2"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// messyCounty is an invented county with everything that is true of it in one month.
type messyCounty struct {
	rng     *rand.Rand
	month   calendar.Month
	roster  *inspections.Roster
	days    map[trueDay]inspections.SignStatus
	place   map[inspections.TeamID][2]float64
	records []record // the ledger as it ought to be, by day and place
}

type trueDay struct {
	member inspections.MemberID
	day    calendar.Date
}

type record struct {
	trueDay
	team          inspections.TeamID
	township      string
	village, name string
	phone, clock  string
	status        inspections.SignStatus
	lat, lon      float64
}

var (
	messyTownships = []string{"临江镇", "白石乡", "青山街道", "龙潭镇", "新桥镇", "万华乡"}
	messyVillages  = []string{"上坪村", "下坪村", "坪上村", "新村", "新华村", "新华社区", "大岭村", "岭脚村", "石板桥村", "黄泥塘村", "河东社区", "长冲村"}
	messySurnames  = []string{"张", "陈", "刘", "黄", "欧阳", "龙", "谢", "邓", "许", "罗", "马", "叶"}
	messyGiven     = []string{"伟", "国庆", "丽华", "建军", "晓东", "志强", "兰", "永红", "子豪", "文静", "明", "凤英", "书林", "光辉"}
)

// newMessyCounty makes a county of some 160 members; homonyms in a village, people without a number on the
// roster, people who come and leave within the month, and names with a middle dot are among them.
func newMessyCounty(seed uint64) *messyCounty {
	c := &messyCounty{
		rng: rand.New(rand.NewPCG(seed, 5)), month: calendar.Month{Year: 2024, Month: 5}, roster: &inspections.Roster{},
		days: map[trueDay]inspections.SignStatus{}, place: map[inspections.TeamID][2]float64{},
	}
	c.roster.Units = []inspections.Unit{{ID: 1, Name: "县林业局"}, {ID: 2, Name: "县人力资源和社会保障局"}}
	for i, name := range messyTownships {
		id := inspections.TownshipID(i + 1)
		c.roster.Townships = append(c.roster.Townships, inspections.Township{ID: id, Code: fmt.Sprintf("530122%03d", 100+i), Name: name})
		for _, j := range c.rng.Perm(len(messyVillages))[:9] {
			team := inspections.TeamID(len(c.roster.Teams) + 1)
			c.roster.Teams = append(c.roster.Teams, inspections.Team{ID: team, Township: id, Village: messyVillages[j], From: calendar.NewDate(2023, 6, 1)})
			c.place[team] = [2]float64{24.5 + float64(team)/20, 102.3 + float64(team)/25}
			for range 3 {
				c.join(team)
			}
		}
	}
	c.live()
	return c
}

func (c *messyCounty) join(team inspections.TeamID) {
	pick := func(list []string) string { return list[c.rng.IntN(len(list))] }
	m := inspections.Member{
		ID: inspections.MemberID(len(c.roster.Members) + 1), Name: pick(messySurnames) + pick(messyGiven),
		Phone: fmt.Sprintf("1%d%09d", 3+c.rng.IntN(7), 100000000+len(c.roster.Members)*7919),
	}
	p := inspections.Posting{ID: inspections.PostingID(m.ID), Member: m.ID, Team: team, Unit: 1, From: calendar.NewDate(2023, 6, 1)}
	switch c.rng.IntN(20) {
	case 0:
		m.Name = "买买提·艾力" + pick([]string{"江", "木", "提"})
	case 1:
		m.Phone = "" // the roster lacks it
	case 2:
		p.From = c.month.First().Add(c.rng.IntN(20))
	case 3:
		p.Until = c.month.First().Add(5 + c.rng.IntN(20))
	case 4: // a homonym of the one before
		if n := len(c.roster.Members); n > 0 {
			m.Name = c.roster.Members[n-1].Name
		}
	}
	c.roster.Members = append(c.roster.Members, m)
	c.roster.Postings = append(c.roster.Postings, p)
}

// live fills the month: who was there, on leave, on duty travel, or not there at all.
func (c *messyCounty) live() {
	village := map[inspections.TeamID]inspections.Team{}
	for _, t := range c.roster.Teams {
		village[t.ID] = t
	}
	for d := c.month.First(); d <= c.month.Last(); d = d.Add(1) {
		for i, p := range c.roster.Postings {
			if !inspections.Covers(p.From, p.Until, d) {
				continue
			}
			t, m := village[p.Team], c.roster.Members[i]
			township, _ := c.roster.Township(t.Township)
			r := record{trueDay: trueDay{m.ID, d}, team: t.ID, township: township.Name, village: t.Village, name: m.Name, phone: m.Phone, status: inspections.SignPresent}
			if r.phone == "" {
				r.phone = fmt.Sprintf("1990000%04d", int(m.ID)) // the ledger knows it
			}
			switch n := c.rng.IntN(100); {
			case n < 10:
				continue // a day off: no row
			case n < 14:
				r.status = inspections.SignLeave
			case n < 17:
				r.status = inspections.SignTravel
			case n < 18:
				r.status = inspections.SignAbsent
			default:
				r.clock = fmt.Sprintf("%02d:%02d:%02d", 7+c.rng.IntN(2), c.rng.IntN(60), c.rng.IntN(60))
				at := c.place[t.ID]
				r.lat, r.lon = at[0]+c.rng.Float64()/200, at[1]+c.rng.Float64()/200
			}
			c.days[r.trueDay] = r.status
			c.records = append(c.records, r)
		}
	}
}
