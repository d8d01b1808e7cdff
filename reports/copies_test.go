package reports_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

func (p *press) set(t *testing.T, pairs ...string) {
	t.Helper()
	p.do(t, func(tx *store.Tx) error {
		for i := 0; i < len(pairs); i += 2 {
			s := inspections.Setting{Key: pairs[i], Value: pairs[i+1], From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()}
			if err := tx.AddSetting(s); err != nil {
				return err
			}
		}
		return nil
	})
}

// issued drafts and signs March.
func (p *press) issued(t *testing.T) inspections.Issue {
	t.Helper()
	p.visits(t)
	p.now = calendar.NewDate(2025, 4, 6).At(8, 0)
	if _, err := p.Draft(t.Context(), clerk, march); err != nil {
		t.Fatal(err)
	}
	p.now = calendar.NewDate(2025, 4, 9).At(9, 0)
	issue, err := p.SignOff(t.Context(), leader, march)
	if err != nil {
		t.Fatal(err)
	}
	return issue
}

func (p *press) letters(t *testing.T) map[string]inspections.Letter {
	t.Helper()
	found := map[string]inspections.Letter{}
	p.do(t, func(tx *store.Tx) error {
		list, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterBulletin})
		for _, l := range list {
			found[l.Name] = l
		}
		return err
	})
	return found
}

func TestATownshipsCopyShowsItsOwnPart(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	issue := p.issued(t)
	if got := p.letters(t); len(got) != 1 || got[leader.Name].Attach[0].SHA != issue.PDF {
		t.Errorf("with the signature only the leader's letter leaves: got %+v", got)
	}
	if _, err := p.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := p.MakeCopies(t.Context()); n != 0 || err != nil {
		t.Errorf("made again: got %d, %v", n, err)
	}
	list, files, err := p.Copies(t.Context(), march)
	if err != nil || len(list) != 3 {
		t.Fatalf("got %+v, %v", list, err)
	}
	hashes := map[string]bool{}
	for _, c := range list {
		hashes[c.PDF] = true
		from, err := p.Ours(t.Context(), c.PDF)
		if err != nil || from.Number != 1 || c.Scope == inspections.ScopeOwn && from.Reader != c.Name {
			t.Errorf("%s: its copy is not known as ours: %+v, %v", c.Name, from, err)
		}
		if c.Scope == inspections.ScopeAll {
			continue
		}
		var paper struct {
			Head    reports.Head    `json:"head"`
			Figures reports.Figures `json:"figures"`
		}
		if err := json.Unmarshal(files[c.PDF], &paper); err != nil {
			t.Fatal(err)
		}
		for _, problem := range paper.Figures.Problems {
			if problem.Township != c.Name {
				t.Errorf("%s reads of %s", c.Name, problem.Township)
			}
		}
		if s := paper.Figures.Scope; s == nil || s.Problems != 1 || paper.Head.Reader != c.Name || paper.Head.Copy != 0 || paper.Head.Number != 1 {
			t.Errorf("%s: got scope %+v, head %+v", c.Name, s, paper.Head)
		}
		if paper.Figures.Random.N != 2 {
			t.Errorf("%s: the county's sums are missing", c.Name)
		}
	}
	if len(hashes) != 3 || len(p.letters(t)) != 3 {
		t.Errorf("got %d hashes and %d letters, want three of each", len(hashes), len(p.letters(t)))
	}
	p.do(t, func(tx *store.Tx) error {
		records, err := tx.JournalOf("bulletin/2025-03")
		n := 0
		for _, r := range records {
			if r.Kind == "bulletin.copy" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("copies in the journal: got %d, want 2", n)
		}
		return err
	})
}

// TestACopyMadeLaterBearsTheHeadOfItsIssue reads the signed head of the paper and of its copies: it is that of the last record
// before the day of issue, whenever a copy is made.
func TestACopyMadeLaterBearsTheHeadOfItsIssue(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	issue := p.issued(t)
	p.now = p.now.AddDate(0, 0, 2)
	p.do(t, func(tx *store.Tx) error {
		_, err := journal.Append(tx, journal.Entry{Kind: "later", Actor: "anfang", Body: map[string]any{}})
		return err
	})
	if _, err := p.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := ""
	p.do(t, func(tx *store.Tx) error {
		eve, err := tx.JournalBefore(calendar.InstantOf(issue.Issued.Date().Start()))
		want = journal.HeadOf(eve, nil).String()
		return err
	})
	_, files, err := p.Copies(t.Context(), march)
	if err != nil || len(files) != 3 || want == "" {
		t.Fatalf("got %d papers, head %q, %v", len(files), want, err)
	}
	for sha, raw := range files {
		var paper struct {
			Head reports.Head `json:"head"`
		}
		if err := json.Unmarshal(raw, &paper); err != nil || paper.Head.Sealed != want {
			t.Errorf("%s: got head %q (%v), want %q", sha[:8], paper.Head.Sealed, err, want)
		}
	}
}

func TestEveryCopyIsMarkedWhereTheOfficeWantsIt(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.set(t, inspections.SetReaderMark, "on", inspections.SetReaderScope, "all")
	issue := p.issued(t)
	if n, err := p.MakeCopies(t.Context()); err != nil || n != 3 {
		t.Fatalf("got %d, %v, want one for each reader", n, err)
	}
	for name, l := range p.letters(t) {
		if l.Attach[0].SHA == issue.PDF || !strings.Contains(string(l.Args), l.Attach[0].SHA) {
			t.Errorf("%s: got %+v with %s", name, l.Attach, l.Args)
		}
	}
}

func TestAPaperThatDoesNotGoByMailReachesEveryBody(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.set(t, inspections.SetDelivery, inspections.DeliverPortal)
	p.do(t, func(tx *store.Tx) error { // neither address nor sign-in
		u := inspections.Unit{Name: "县水利局"}
		return tx.AddUnit(&u)
	})
	p.issued(t)
	if _, err := p.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, _, err := p.Copies(t.Context(), march)
	if err != nil || len(list) != 4 || list[3].Name != "县水利局" || list[3].PDF == "" {
		t.Errorf("got %+v, %v", list, err)
	}
	for name, l := range p.letters(t) {
		if len(l.Attach) != 0 || !strings.Contains(string(l.Args), `"delivery":"portal"`) {
			t.Errorf("%s: the letter carries the paper: %+v %s", name, l.Attach, l.Args)
		}
	}
	if n := len(p.letters(t)); n != 3 {
		t.Errorf("letters: got %d, want 3", n)
	}
}

// failing renders the issue and no copy.
type failing struct{ plainRenderer }

func (f failing) Bulletin(ctx context.Context, head reports.Head, figures reports.Figures) (reports.Paper, error) {
	if head.Reader != "" {
		return reports.Paper{}, errors.New("no ink")
	}
	return f.plainRenderer.Bulletin(ctx, head, figures)
}

func TestACopyThatCannotBeMadeStaysOwed(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.Render = failing{}
	p.issued(t)
	if _, err := p.MakeCopies(t.Context()); err == nil || !strings.Contains(err.Error(), "no ink") {
		t.Errorf("got %v", err)
	}
	if n := len(p.letters(t)); n != 1 {
		t.Errorf("letters: got %d, want the leader's only", n)
	}
	p.Render = plainRenderer{}
	if n, err := p.MakeCopies(t.Context()); n != 2 || err != nil {
		t.Errorf("made good: got %d, %v", n, err)
	}
}
