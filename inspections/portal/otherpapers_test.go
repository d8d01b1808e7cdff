package portal

import (
	"fmt"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// tell writes what the release writes to those on standby: to the pair of a visit that it goes, or, for id 0, to the same
// two that their standby is over.
func (w *world) tell(id inspections.VisitID) {
	w.t.Helper()
	day := calendar.NewDate(2025, 3, 12)
	start, end := calendar.InstantOf(day.At(8, 30)), calendar.InstantOf(day.At(11, 30))
	w.tx(func(tx *store.Tx) error {
		for i, name := range []string{"李明", "周晓"} {
			kind, args := inspections.LetterStandbyOver, any(inspections.StandbyArgs{Start: start, End: end})
			if id != 0 {
				kind, args = inspections.LetterGo, any(inspections.AssignmentArgs{
					Visit: id, Start: start, End: end, Arrive: calendar.InstantOf(day.At(9, 40)), Pair: []string{"李明", "周晓"}, Township: "禾山镇", Village: "石坡村", Issuer: "青溪县驻村办",
				})
			}
			l, err := inspections.NewLetter(kind, fmt.Sprintf("standby/2025-W11/5/%d", i), inspections.Party{Kind: inspections.PartyInspector, ID: int64(i + 1)}, name, "d@example.com", args)
			if err != nil {
				return err
			}
			l.Created = calendar.InstantOf(day.At(8, 10))
			if _, err := tx.Enqueue(l); err != nil {
				return err
			}
		}
		return nil
	})
}

func servesPDF(t *testing.T, r reply) {
	t.Helper()
	r.must(t, 200)
	if r.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(r.header.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(r.body, "%PDF-") {
		t.Errorf("got %q, %q", r.header.Get("Content-Type"), r.header.Get("Content-Disposition"))
	}
}

func TestTheTaskNoticeIsForItsPairFromTheRelease(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.tell(id)
	notice, paper, nothing := fmt.Sprintf("/visits/%d/notice", id), fmt.Sprintf("/visits/%d/paper", id), fmt.Sprintf("/visits/%d/notice", id+7)
	hidden := func(login string) {
		t.Helper()
		b := w.as(login)
		if got, want := b.get(notice), b.get(nothing); got.status != want.status || got.status != 404 || withoutId(got.body) != withoutId(want.body) {
			t.Errorf("%s reads %d of the visit and %d of none:\n%s", login, got.status, want.status, got.body)
		}
		b.get(paper).must(t, 404)
	}
	w.moveTo(shanghai(12, 8, 9)) // before its release
	for _, login := range []string{"li", "wu", "ban", "ling", "ping"} {
		hidden(login)
	}
	w.moveTo(shanghai(12, 9, 0))
	servesPDF(t, w.as("li").get(notice))
	w.as("li").get(paper).must(t, 409) // nothing is recorded
	w.as("li").get(fmt.Sprintf("/visits/%d", id)).has(t, notice).lacks(t, paper)
	for _, login := range []string{"wu", "ban", "ling", "ping"} {
		hidden(login)
	}
	w.as("heshan").get(notice).must(t, 403) // townships have no room of visits
	w.moveTo(shanghai(12, 12, 0))
	w.record(id, false)
	servesPDF(t, w.as("li").get(paper))
	servesPDF(t, w.as("ban").get(notice))
	w.as("ban").get(fmt.Sprintf("/visits/%d", id)).has(t, notice, paper)
	hidden("wu")
}

// withoutId leaves away the address that the page names for its other language.
func withoutId(body string) string {
	return strings.NewReplacer("/visits/1/", "/visits/8/", "%2Fvisits%2F1%2F", "%2Fvisits%2F8%2F").Replace(body)
}

func TestExtractsYearAndMinutesByRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	const extract = "/bulletins/2025-03/extract"
	w.as("heshan").get(extract).must(t, 404) // a draft
	servesPDF(t, w.as("ban").get(extract+"?township=1"))
	w.as("ban").get("/bulletins/2025-03").must(t, 200).has(t, extract+"?township=1")
	w.as("ban").get(extract+"?township=77").must(t, 404)
	w.as("shui").get(extract+"?township=1").must(t, 403)
	w.as("ling").post("/bulletins/2025-03/signature", "read", "yes").must(t, 303)
	if _, err := w.press.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	heshan := w.as("heshan")
	own := heshan.get(extract)
	servesPDF(t, own)
	if other := heshan.get(extract + "?township=2"); other.body != own.body {
		t.Error("a township asks for another's extract and gets something else than its own")
	}
	heshan.get("/papers").must(t, 200).has(t, extract)
	heshan.get("/bulletins/2025-03").must(t, 200).has(t, extract)
	w.as("shui").get("/papers").must(t, 200).lacks(t, extract)
	servesPDF(t, w.as("ban").get("/assessments/2025/report/sample"))
	w.as("heshan").get("/assessments/2025/report").must(t, 403)

	clerk := w.as("ban")
	clerk.get("/papers").must(t, 200).has(t, "/minutes")
	clerk.post("/minutes", "minutes_title", "专题会议纪要").must(t, 422).has(t, `href="#minutes_text"`, `href="#present"`, `value="专题会议纪要"`)
	servesPDF(t, clerk.post("/minutes", "minutes_title", "专题会议纪要", "minutes_date", "2025-03-14", "minutes_text", "会议研究了台账。\n一、关于台账管理\n补齐。", "present", "王小明、李军"))
	w.as("heshan").get("/minutes").must(t, 403)
}

func TestALetterIsHadAsAPaperByItsReader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.opened()
	w.tell(1)
	var start, go1 inspections.LetterID
	w.tx(func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{})
		for _, l := range letters {
			switch l.Kind {
			case inspections.LetterCaseTownship:
				start = l.ID
			case inspections.LetterGo:
				go1 = l.ID
			}
		}
		return err
	})
	path := fmt.Sprintf("/letters/%d", start)
	w.as("heshan").get(path).must(t, 200).has(t, path+"/paper")
	servesPDF(t, w.as("heshan").get(path+"/paper"))
	servesPDF(t, w.as("ban").get(path+"/paper"))
	w.as("liutang").get(path+"/paper").must(t, 404)
	w.as("shui").get(path+"/paper").must(t, 404)
	for _, login := range []string{"li", "ban", "ling"} { // who goes stands on no paper
		if got := w.as(login).get(fmt.Sprintf("/letters/%d/paper", go1)); got.status == 200 {
			t.Errorf("%s has the letter of an assignment as a paper", login)
		}
	}
}

func TestPaperPagesInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.lived()
	walk(t, ctx, heard, w, "ling", []string{"/minutes", "/visits/1", "/assessments/2025", "/bulletins/2025-03"})
}
