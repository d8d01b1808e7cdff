package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// brought is what a pair brings home, as flags or as a JSON file give it. Members go by number or name.
type brought struct {
	Visited string        `json:"visited"` // RFC 3339
	Members []broughtSeen `json:"members"`
	Others  bool          `json:"others_present"` // whoever is not listed was there
	Checks  []broughtItem `json:"checks"`
	Photos  []string      `json:"photos"` // files, relative to the JSON file
	Note    string        `json:"note"`
}

type broughtSeen struct {
	Member      string `json:"member"` // number or name
	Present     bool   `json:"present"`
	Explanation string `json:"explanation"`
}

type broughtItem struct {
	Item   string `json:"item"`
	Result string `json:"result"`
	Note   string `json:"note"`
}

// recordFlags are the flags of visit record; JSON stands for all of them.
type recordFlags struct {
	file, at, note                  string
	present, absent, checks, photos []string
	others                          bool
}

func (c *cli) visitRecord() *cobra.Command {
	var f recordFlags
	cmd := c.step("visit.record", "record ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		what, err := f.brought()
		if err != nil {
			return err
		}
		record, err := c.visitRecordOf(ctx, a, inspections.VisitID(id), what)
		if err != nil {
			return err
		}
		v, err := a.Office.RecordVisit(ctx, by, record)
		if err != nil {
			return err
		}
		absent := 0
		for _, m := range record.Members {
			if !m.Present {
				absent++
			}
		}
		return c.reply(map[string]any{"visit": v, "to_verify": absent}, func() {
			c.say("visit.recorded", "visit", id)
			if absent > 0 {
				c.say("visit.to_verify", "n", absent, "visit", id)
			}
		})
	})
	c.text(cmd, &f.file, "json-file", "", "FILE")
	c.text(cmd, &f.at, "at", "", "TIME")
	c.texts(cmd, &f.present, "present", "MEMBER")
	c.texts(cmd, &f.absent, "absent", "MEMBER[=TEXT]")
	c.toggle(cmd, &f.others, "others-present")
	c.texts(cmd, &f.checks, "check", "ITEM=RESULT[:TEXT]")
	c.texts(cmd, &f.photos, "photo", "FILE")
	c.text(cmd, &f.note, "note", "", "TEXT")
	return cmd
}

// brought puts flags together, or reads the JSON file.
func (f recordFlags) brought() (brought, error) {
	b := brought{Visited: f.at, Others: f.others, Photos: f.photos, Note: f.note}
	if f.file != "" {
		file, err := intake.Load(f.file)
		if err != nil {
			return b, err
		}
		d := json.NewDecoder(bytes.NewReader(file.Data))
		d.DisallowUnknownFields()
		b = brought{}
		if err := d.Decode(&b); err != nil {
			return b, inspections.Fail(inspections.Invalid, "visit.json", "file", f.file, "reason", err.Error()).Because(err)
		}
		for i, photo := range b.Photos {
			if !filepath.IsAbs(photo) {
				b.Photos[i] = filepath.Join(filepath.Dir(f.file), photo)
			}
		}
		return b, nil
	}
	for _, who := range f.present {
		b.Members = append(b.Members, broughtSeen{Member: who, Present: true})
	}
	for _, who := range f.absent {
		who, said, _ := strings.Cut(who, "=")
		b.Members = append(b.Members, broughtSeen{Member: who, Explanation: said})
	}
	for _, check := range f.checks {
		item, rest, ok := strings.Cut(check, "=")
		if !ok {
			return b, wrong("usage.pair", "flag", "--check", "value", check, "form", "ITEM=RESULT[:TEXT]")
		}
		result, note, _ := strings.Cut(rest, ":")
		b.Checks = append(b.Checks, broughtItem{item, result, note})
	}
	return b, nil
}

// visitRecordOf resolves names and reads photos.
func (c *cli) visitRecordOf(ctx context.Context, a *app.App, id inspections.VisitID, b brought) (office.VisitRecord, error) {
	r := office.VisitRecord{Visit: id, Note: b.Note}
	visited, err := timeOf("--at", b.Visited)
	if err != nil {
		return r, err
	}
	r.Visited = calendar.InstantOf(visited)
	team, err := c.posted(ctx, a, id, visited)
	if err != nil {
		return r, err
	}
	for _, m := range b.Members {
		who, err := memberIn(team, m.Member)
		if err != nil {
			return r, err
		}
		r.Members = append(r.Members, office.MemberSeen{Member: who, Present: m.Present, Explanation: m.Explanation})
	}
	for _, m := range team {
		listed := slices.ContainsFunc(r.Members, func(s office.MemberSeen) bool { return s.Member == m.Member })
		if b.Others && !listed {
			r.Members = append(r.Members, office.MemberSeen{Member: m.Member, Present: true})
		}
	}
	for _, item := range b.Checks {
		r.Checks = append(r.Checks, office.CheckMade{Item: item.Item, Result: inspections.CheckResult(item.Result), Note: item.Note})
	}
	for _, path := range b.Photos {
		photo, err := photoOf(path)
		if err != nil {
			return r, err
		}
		r.Photos = append(r.Photos, photo)
	}
	return r, nil
}

// posted lists who is posted to the visit's team on the day.
func (c *cli) posted(ctx context.Context, a *app.App, id inspections.VisitID, day time.Time) ([]postedLine, error) {
	var team []postedLine
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		team = nil
		v, err := tx.Visit(id)
		if inspections.IsNotFound(err) {
			return inspections.Fail(inspections.NotFound, "visit.unknown", "visit", int64(id))
		}
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, p := range roster.PostingsOf(v.Team, calendar.DateOf(day)) {
			m, _ := roster.Member(p.Member)
			team = append(team, postedLine{p.Member, m.Name, p.Role})
		}
		return nil
	})
	return team, err
}

// memberIn finds a member of a team by number or name; who is not of the team goes on by number, for the
// office to refuse.
func memberIn(team []postedLine, text string) (inspections.MemberID, error) {
	var found []inspections.MemberID
	for _, m := range team {
		if m.Name == text || strconv.FormatInt(int64(m.Member), 10) == text {
			found = append(found, m.Member)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			return inspections.MemberID(id), nil
		}
		names := make([]string, len(team))
		for i, m := range team {
			names[i] = m.Name
		}
		return 0, inspections.Fail(inspections.NotFound, "cli.not_of_team", "value", text, "known", names)
	}
	return 0, inspections.Fail(inspections.Conflict, "cli.ambiguous", "flag", "MEMBER", "value", text)
}

// photoOf reads a picture or a scanned paper.
func photoOf(path string) (office.Photo, error) {
	file, err := intake.Load(path)
	if err != nil {
		return office.Photo{}, err
	}
	media := http.DetectContentType(file.Data)
	if !strings.HasPrefix(media, "image/") && media != "application/pdf" {
		return office.Photo{}, inspections.Fail(inspections.Invalid, "visit.photo_type", "file", path)
	}
	return office.Photo{Name: file.Name, Media: media, Data: file.Data}, nil
}
