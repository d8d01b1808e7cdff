package portal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

func regexpFind(t testing.TB, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s is not in\n%s", pattern, text)
	}
	return m[len(m)-1]
}

func TestARecordIsRefusedWithWhatIsWrongAndItsValuesKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	path := fmt.Sprintf("/visits/%d/record", id)
	b := w.as("li")
	r := b.post(path, "visited", "2025-03-12T09:45", "m-1", "present", "note", "村部<b>有人").must(t, 422)
	r.has(t, `id="faults"`, `href="#m-2"`, "村部&lt;b&gt;有人", `name="m-1" value="present" checked`)
	r = b.post(path, recordForm("c-lodging", "problem")[4:]...).must(t, 422)
	r.has(t, `href="#visited"`)
	early := recordForm()
	early[1] = "2025-03-12T07:00" // before its release
	b.post(path, early...).must(t, 422).has(t, `href="#visited"`)
	w.as("wu").post(path, recordForm()...).must(t, 404)
	w.as("ling").post(path, recordForm()...).must(t, 403)
}

func TestADoubledRecordIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	b := w.as("li")
	token := regexpFind(t, b.get(fmt.Sprintf("/visits/%d", id)).body, onceField.String())
	form := recordForm("once", token)
	first := b.post(fmt.Sprintf("/visits/%d/record", id), form...).must(t, 303)
	second := b.post(fmt.Sprintf("/visits/%d/record", id), form...).must(t, 303)
	if first.to != second.to {
		t.Errorf("got %q, want %q", second.to, first.to)
	}
	b.post(fmt.Sprintf("/visits/%d/record", id), recordForm()...).must(t, 409)
}

func TestPhotosLoseTheirNotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	b := w.as("li")
	send := func(name string, photo []byte) reply {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		f := recordForm()
		for i := 0; i < len(f); i += 2 {
			if err := form.WriteField(f[i], f[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		part, err := form.CreateFormFile("photos", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(photo); err != nil {
			t.Fatal(err)
		}
		if err := form.Close(); err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequest("POST", fmt.Sprintf("%s/visits/%d/record", w.server.URL, id), &body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", form.FormDataContentType())
		return b.do(req)
	}
	send("坏.jpg", []byte("GIF89a not a picture")).must(t, 422).has(t, "坏.jpg")
	send("../../村部.JPG", photoWithNotes(t)).must(t, 303)

	w.tx(func(tx *store.Tx) error {
		list, err := tx.Evidence(id, 0)
		if err != nil {
			return err
		}
		if len(list) != 1 || list[0].Name != "村部.jpg" || list[0].Media != "image/jpeg" {
			t.Fatalf("got evidence %+v", list)
		}
		if got, want := list[0].Taken.Local().Format("2006-01-02 15:04"), "2025-03-12 09:50"; got != want {
			t.Errorf("taken at %s, want %s", got, want)
		}
		data, err := tx.Blob(list[0].SHA)
		if err != nil {
			return err
		}
		if bytes.Contains(data, []byte("Exif")) || bytes.Contains(data, []byte("SecretPlace")) {
			t.Error("the stored photo still has its notes")
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			return err
		}
		// Orientation 6: the camera lay on its side; 40 × 20 becomes 20 × 40.
		if got := img.Bounds().Size(); got != image.Pt(20, 40) {
			t.Errorf("got size %v, want 20 × 40", got)
		}
		return nil
	})
	r := b.get(fmt.Sprintf("/visits/%d/evidence/1", id)).must(t, 200)
	if got := r.header.Get("Content-Type"); got != "image/jpeg" {
		t.Errorf("got %q", got)
	}
	w.as("wu").get(fmt.Sprintf("/visits/%d/evidence/1", id)).must(t, 404)
}

// photoWithNotes makes a JPEG of 40 × 20 pixels with an EXIF block: orientation, time and a secret.
func photoWithNotes(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for i := range 40 {
		img.Set(i, 10, color.RGBA{200, 0, 0, 255})
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, img, nil); err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = le.AppendUint16(tiff, tag)
		tiff = le.AppendUint16(tiff, kind)
		tiff = le.AppendUint32(tiff, count)
		tiff = le.AppendUint32(tiff, value)
	}
	tiff = le.AppendUint16(tiff, 2)
	entry(0x0112, 3, 1, 6)
	entry(0x0132, 2, 20, 8+2+24+4)
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = append(tiff, "2025:03:12 09:50:00\x00SecretPlace 26.1N 113.1E"...)
	block := append([]byte("Exif\x00\x00"), tiff...)
	out := []byte{0xFF, 0xD8, 0xFF, 0xE1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(block)+2))
	out = append(out, block...)
	return append(out, plain.Bytes()[2:]...)
}

func TestAMissingMemberIsNotAnAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	b := w.as("li")
	b.get("/").must(t, 200).has(t, "提交督查记录", "禾山镇石坡村")
	b.get("/visits").must(t, 200).has(t, "石坡村", "待记录")
	b.post(fmt.Sprintf("/visits/%d/record", id), recordForm()...).must(t, 303)
	page := b.get(fmt.Sprintf("/visits/%d", id)).must(t, 200)
	page.has(t, "不在岗，待核实", "电话称在县城")
	if strings.Contains(page.body, "无故不在岗</span>") {
		t.Error("somebody is blamed before anything was verified")
	}
	lines := []inspections.Attendance{}
	w.tx(func(tx *store.Tx) (err error) {
		lines, err = tx.Attendances(id)
		return err
	})
	if len(lines) != 2 {
		t.Errorf("got %d lines, want 2", len(lines))
	}
}
