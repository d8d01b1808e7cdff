package portal

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// dutiesKept makes what the catalog owes on a day and gives the township's weekly meeting.
func (w *world) dutiesKept() (meeting duties.Obligation) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) error {
		if _, err := office.KeepDuties(tx, duties.Catalog(), tx.Now().Date()); err != nil {
			return err
		}
		list, err := tx.Obligations(duties.Filter{Kind: "weekly_meeting"})
		if err == nil && len(list) == 0 {
			w.t.Fatal("no weekly meeting is owed")
		}
		meeting = list[0]
		return err
	})
	return meeting
}

func TestADutyIsSettledOnItsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 10, 30))
	meeting := w.dutiesKept()
	desk := w.as("ban")
	path := fmt.Sprintf("/duties/%d/submission", meeting.ID)
	desk.get("/duties?party=township").must(t, 200).has(t, path, "近期到期日历", "召开每周工作队员例会")
	desk.get("/duties?party=unit").must(t, 200).lacks(t, path)
	desk.post(path, "kind", "waived").must(t, 422)
	receipt := fmt.Sprintf("/duties/%d/receipt", meeting.ID)
	desk.get(receipt).must(t, 409).has(t, "还没有报送")
	if r := desk.post(path, "kind", "waived", "note", "全镇防汛").must(t, 303); !strings.HasPrefix(r.to, receipt) {
		t.Errorf("got led to %s, want the receipt", r.to)
	}
	desk.get(receipt).must(t, 200).has(t, "报送回执2025-0001", "全镇防汛", receipt+"/pdf")
	desk.get(receipt+"/pdf").must(t, 200)
	desk.get("/duties?state=done").must(t, 200).has(t, receipt)
	own, other := map[int64]string{int64(heshan): "heshan", int64(liutang): "liutang"}, map[int64]string{int64(heshan): "liutang", int64(liutang): "heshan"}
	w.as(own[meeting.Party.ID]).get(receipt).must(t, 200)
	for _, page := range []string{receipt, receipt + "/pdf"} {
		w.as(other[meeting.Party.ID]).get(page).must(t, 404)
	}
	desk.post(path, "kind", "done").must(t, 409)
	w.tx(func(tx *store.Tx) error {
		o, err := tx.Obligation(meeting.ID)
		if o.Open() || o.Reason != "全镇防汛" {
			t.Errorf("got %+v", o)
		}
		return err
	})
	inspector := w.as("li")
	inspector.post(path, "kind", "done").must(t, 403)
}

func TestAPictureOfTheMinutesIsKeptWithTheLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 10, 30))
	meeting := w.dutiesKept()
	var picture, body bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("photos", "minutes.jpg")
	if err != nil {
		t.Fatal(err)
	}
	_, err = part.Write(picture.Bytes())
	if err := errors.Join(err, form.WriteField("kind", "done"), form.WriteField("note", "例会记录"), form.Close()); err != nil {
		t.Fatal(err)
	}
	desk := w.as("ban")
	req, err := http.NewRequest("POST", fmt.Sprintf("%s/duties/%d/submission", w.server.URL, meeting.ID), &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	desk.do(req).must(t, 303)
	path := fmt.Sprintf("/duties/%d/paper", meeting.ID)
	desk.get("/duties?state=done").must(t, 200).has(t, path, "查看材料")
	if got := desk.get(path).must(t, 200); got.header.Get("Content-Type") != "image/jpeg" || got.body[:3] != "\xff\xd8\xff" {
		t.Errorf("got %q", got.header.Get("Content-Type"))
	}
	w.as("heshan").get(path).must(t, 200)
	w.as("liutang").get(path).must(t, 404) // another's
	desk.get(fmt.Sprintf("/duties/%d/paper", meeting.ID+1)).must(t, 404)
}
