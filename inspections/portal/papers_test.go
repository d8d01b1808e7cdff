package portal

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

func TestIssuedPapersAreFoundAndEachReaderHasTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	leader := w.as("ling")
	leader.get("/papers").must(t, 200).has(t, "目前还没有")
	leader.post("/bulletins/2025-03/signature", "read", "yes").must(t, 303)
	if _, err := w.press.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	var issue inspections.Issue
	own := map[string]string{}
	w.tx(func(tx *store.Tx) error {
		var err error
		if issue, err = tx.IssueOf("bulletin", "2025-03"); err != nil {
			return err
		}
		copies, err := tx.IssueCopies(issue.ID)
		for _, c := range copies {
			own[c.Name] = c.PDF
		}
		return err
	})
	leader.get("/papers?q=2025年3月+通报&year=2025").must(t, 200).has(t, issue.PDF, "/papers/1")
	leader.get("/papers?q="+issue.PDF[:12]).must(t, 200).has(t, "/papers/1")
	for _, none := range []string{"q=更正", "year=2024", "q=" + strings.Repeat("0", 64)} {
		leader.get("/papers?"+none).must(t, 200).has(t, "没有符合条件的文件")
	}
	w.as("heshan").get("/papers").must(t, 200).has(t, own["禾山镇"])
	if got := w.as("heshan").get("/papers/1").must(t, 200); got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("got %q", got.header.Get("Content-Type"))
	}
	leader.get("/papers/77").must(t, 404)

	leader.get("/papers/check?sha="+strings.ToUpper(own["禾山镇"])).must(t, 200).has(t, "是本办印发的文件", "禾山镇")
	if got := w.as("shui").get("/papers/check?sha="+own["禾山镇"]).must(t, 200); strings.Contains(got.body, "<dd>禾山镇") {
		t.Error("a unit reads whose copy it is")
	}
	leader.get("/papers/check?sha="+strings.Repeat("0", 64)).must(t, 200).has(t, "不是本办印发的文件")
	leader.post("/papers/check").must(t, 422).has(t, "请选择一个PDF文件")
}

func TestAFileIsKnownAsOursOrNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	leader := w.as("ling")
	leader.post("/bulletins/2025-03/signature", "read", "yes").must(t, 303)
	for content, want := range map[string]string{leader.get("/papers/1").must(t, 200).body: "是本办印发的文件", "%PDF-1.7 forged": "不是本办印发的文件"} {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		part, err := form.CreateFormFile("file", "通报.pdf")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := form.Close(); err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequest(http.MethodPost, w.server.URL+"/papers/check", &body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", form.FormDataContentType())
		leader.do(req).must(t, 200).has(t, want)
	}
}

// ordered opens a line of the ledger for Heshan, as the office would.
func (w *world) ordered() inspections.MeasureID {
	w.t.Helper()
	line, err := w.office.OpenRectification(w.t.Context(), inspections.System, casework.Rectification{
		Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(heshan)}, Problem: "考勤台账没有登记", Clause: "1.3", Action: "补登三月台账", Due: calendar.InstantOf(calendar.DateOf(w.now()).Add(9).End()),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return line.ID
}

func TestIssuedNoticesStandInTheArchiveOfTheOfficeAndTheirAddressee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	var leader inspections.User
	w.tx(func(tx *store.Tx) (err error) {
		leader, err = tx.UserByLogin("ling")
		return err
	})
	id := w.ordered()
	first, err := w.press.IssueRectifyOrder(t.Context(), leader.AsActor(), id, "", false, reports.Correcting{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.press.IssueRectifyOrder(t.Context(), leader.AsActor(), id, "", false, reports.Correcting{Replaces: first.ID, Reason: "期限有误"}); err != nil {
		t.Fatal(err)
	}
	for _, login := range []string{"ban", "ling", "ping", "heshan"} {
		b := w.as(login)
		b.get("/papers").must(t, 200).has(t, first.PDF, "青溪县驻村办〔2025〕1号", "已由青溪县驻村办〔2025〕2号更正", "/papers/issued/1", "禾山镇")
		servesPDF(t, b.get("/papers/issued/1"))
	}
	for _, login := range []string{"liutang", "shui", "li"} {
		b := w.as(login)
		b.get("/papers").must(t, 200).lacks(t, first.PDF, "/papers/issued/")
		b.get("/papers/issued/1").must(t, 404)
	}
	clerk := w.as("ban")
	clerk.get("/papers?q=1号+禾山镇").must(t, 200).has(t, first.PDF)
	clerk.get("/papers?q="+first.PDF[:12]+"&year=2025").must(t, 200).has(t, "/papers/issued/1").lacks(t, "/papers/issued/2")
	clerk.get("/papers?q=柳塘乡").must(t, 200).has(t, "没有符合条件的文件")
	clerk.get("/papers/check?sha="+first.PDF).must(t, 200).has(t, "是本办印发的文件", "青溪县驻村办〔2025〕1号", "禾山镇")
	w.as("shui").get("/papers/check?sha="+first.PDF).must(t, 200).has(t, "是本办印发的文件").lacks(t, "禾山镇")
}
