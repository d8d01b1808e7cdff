package portal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// notice puts a start notice to a township on record and gives its number.
func (w *world) notice(to inspections.TownshipID, state inspections.LetterState, answer string) inspections.LetterID {
	w.t.Helper()
	var id inspections.LetterID
	w.tx(func(tx *store.Tx) error {
		l, err := inspections.NewLetter(inspections.LetterCaseTownship, fmt.Sprintf("case/%d/%s", to, state), inspections.Party{Kind: inspections.PartyTownship, ID: int64(to)},
			"禾山镇党委", "heshan@example.com", inspections.CaseStartArgs{Number: "2025-007", Addressee: "禾山镇", Kind: "absent", Village: "石坡村", ReplyBy: calendar.InstantOf(tx.Now().Add(72 * time.Hour))})
		if err != nil {
			return err
		}
		l.State, l.Answer, l.Settled = state, answer, tx.Now()
		if _, err := tx.Enqueue(l); err != nil {
			return err
		}
		all, err := tx.Letters(inspections.LetterFilter{Under: l.Key})
		id = all[0].ID
		return err
	})
	return id
}

// copies sends an issue's copies, each with a fate of its own; one that came back was sent to another address.
func (w *world) copies(kind, period string) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) error {
		issue, err := tx.IssueOf(kind, period)
		if err != nil {
			return err
		}
		for n, c := range []struct {
			state          inspections.LetterState
			answer, suffix string
		}{
			{inspections.LetterAccepted, "250 2.0.0 Ok: queued as 4F1C2", ""}, {inspections.LetterQueued, "error.mail.quiet?until=2025-04-11+08%3A00", ""},
			{inspections.LetterRefused, "error.mail.returned?answer=550+5.1.1+User+unknown", ""}, {inspections.LetterAccepted, "250 2.0.0 Ok: queued as 4F1C3", "/again/1"},
			{inspections.LetterQueued, "error.mail.dial_refused?server=smtp.example.com%3A587", ""}, {inspections.LetterUnknown, "error.mail.answer_late?answer=read+tcp%3A+i%2Fo+timeout", ""},
		} {
			reader := n
			if c.suffix != "" {
				reader--
			}
			key := fmt.Sprintf("issue/%d/township/%d%s", issue.ID, reader+1, c.suffix)
			l, err := inspections.NewLetter(inspections.LetterBulletin, key, inspections.Party{Kind: inspections.PartyTownship, ID: int64(reader + 1)},
				fmt.Sprintf("第%d镇党委", reader+1), fmt.Sprintf("township%d%s@example.com", reader+1, strings.ReplaceAll(c.suffix, "/", ".")), inspections.BulletinArgs{Number: "永驻办〔2025〕3号"})
			if err != nil {
				return err
			}
			l.State, l.Answer, l.Settled, l.NextTry, l.Tries = c.state, c.answer, tx.Now(), tx.Now(), 1
			if c.state == inspections.LetterQueued {
				l.Settled = calendar.Instant{}
			}
			if c.suffix != "" {
				first, err := tx.Letters(inspections.LetterFilter{Under: l.Root()})
				if err != nil {
					return err
				}
				l.Replaces = first[0].ID
			}
			if _, err := tx.Enqueue(l); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheResultsOfABulletinCountEachReaderOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	w.copies("bulletin", "2025-03")
	r := w.as("ban").get("/bulletins/2025-03/results").must(t, 200).has(t, "已改发 <small>township3.again.1@example.com</small>").has(t, "改发件，原发往township3@example.com")
	if strings.Contains(r.body, "被退回") {
		t.Error("a reader who was reached is said not to be")
	}
	doubt := ""
	w.tx(func(tx *store.Tx) error {
		list, err := tx.Letters(inspections.LetterFilter{State: inspections.LetterUnknown})
		doubt = fmt.Sprintf("/mail/%d/arrival", list[0].ID)
		return err
	})
	r.has(t, doubt).has(t, `name="month" value="2025-03"`)
	done := w.as("ban").post(doubt, "month", "2025-03").must(t, 303)
	if to := done.header.Get("Location"); !strings.HasPrefix(to, "/bulletins/2025-03/results?") {
		t.Errorf("who worked through the results is sent to %s", to)
	}
}

func TestAReaderOpensAndConfirmsTheirLetter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.notice(heshan, inspections.LetterAccepted, "250")
	page := fmt.Sprintf("/letters/%d", id)
	own := w.as(rolesAndLogins[inspections.RoleTownship])
	own.get("/letters").must(t, 200).has(t, page).has(t, "请确认收到")
	own.get(page).must(t, 200).has(t, "2025-007").has(t, "确认收到")
	clerk := w.as("ban")
	clerk.get(page).must(t, 404)
	clerk.get("/mail").must(t, 200).has(t, "等待收件人确认")
	own.post(page+"/receipt").must(t, 303)
	own.get(page).must(t, 200).has(t, "已确认收到")
	if r := clerk.get("/mail").must(t, 200); strings.Contains(r.body, "等待收件人确认") {
		t.Error("the list still waits for it")
	}
}

func TestTheClerkSettlesLettersThatFailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	doubtful := w.notice(heshan, inspections.LetterUnknown, "timeout")
	w.tx(func(tx *store.Tx) error {
		return tx.AddDeadAddress(&inspections.DeadAddress{Address: "gone@example.com", Letter: doubtful, Answer: "550 5.1.1 no such user", Since: tx.Now()})
	})
	b := w.as("ban")
	b.get("/mail").must(t, 200).has(t, "gone@example.com").has(t, "解除停发").has(t, "已核实送达").has(t, "改发")
	b.post(fmt.Sprintf("/mail/%d/arrival", doubtful)).must(t, 303)
	b.post(fmt.Sprintf("/mail/%d/copy", doubtful), "address", "gone@example.com").must(t, 409).has(t, "停发")
	b.post(fmt.Sprintf("/mail/%d/copy", doubtful), "address", "nobody").must(t, 422)
	b.post(fmt.Sprintf("/mail/%d/copy", doubtful), "address", "new@example.com").must(t, 303)
	b.post("/mail/stops/1/lift").must(t, 303)
	r := b.get("/mail").must(t, 200).has(t, "new@example.com")
	if strings.Contains(r.body, "解除停发") || strings.Contains(r.body, "已核实送达") {
		t.Error("what was settled still asks for a person")
	}
}

func TestWhatLiesInAFolderIsNotSaidToHaveReachedAServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.notice(heshan, inspections.LetterAccepted, "error.mail.dropped?file=000012-case-start-township.eml")
	r := w.as("ban").get("/mail").must(t, 200).has(t, "已存入文件夹，待人寄送").has(t, "000012-case-start-township.eml").has(t, `href="/mail?state=dropped"`)
	if strings.Contains(r.body, "已交本机寄信程序") {
		t.Error("a way that nobody uses is counted")
	}
	if r := w.as("ban").get("/mail?state=accepted").must(t, 200); strings.Contains(r.body, "000012-") {
		t.Error("it is listed as taken by the mail server")
	}
	w.as("ban").get("/mail?state=dropped").must(t, 200).has(t, "000012-")
}

func TestWhatCameBackIsListedWithTheReason(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.notice(heshan, inspections.LetterRefused, "error.mail.returned?answer=550+5.1.1+User+unknown")
	w.tx(func(tx *store.Tx) error {
		return tx.AddDeadAddress(&inspections.DeadAddress{Address: "heshan@example.com", Letter: id, Answer: "error.mail.returned?answer=550+5.1.1+User+unknown", Since: tx.Now()})
	})
	r := w.as("ban").get("/mail?state=returned").must(t, 200).has(t, "已被退回").has(t, "邮件服务器收下后又被退回：550 5.1.1 User unknown").has(t, "改发")
	if strings.Contains(r.body, "error.mail") {
		t.Error("a key is shown to people")
	}
}

func TestALetterSentOnceMoreLeavesOneToLookAt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.notice(heshan, inspections.LetterRefused, "550 5.1.1 no such user")
	w.tx(func(tx *store.Tx) error {
		return tx.AddDeadAddress(&inspections.DeadAddress{Address: "heshan@example.com", Letter: id, Answer: "550 5.1.1 no such user", Since: tx.Now()})
	})
	b := w.as("ban")
	r := b.get("/mail").must(t, 200).has(t, "这个邮箱已停发").has(t, "2025-007")
	if strings.Contains(r.body, "重新发送</button>") {
		t.Error("a button is offered that is refused")
	}
	b.post(fmt.Sprintf("/mail/%d/copy", id), "address", "new@example.com").must(t, 303)
	r = b.get("/mail").must(t, 200).has(t, "已改发 <small>new@example.com</small>").has(t, "改发件，原发往heshan@example.com")
	if strings.Contains(r.body, `class="late">被拒绝`) {
		t.Error("what was sent elsewhere still asks for a person")
	}
	b.get("/mail?state=resent").must(t, 200).has(t, "heshan@example.com")
	b.get("/mail?state=refused").must(t, 200).has(t, "这里将列出")

	w.tx(func(tx *store.Tx) error { // both lie before the reader, and the copy has left
		copies, err := tx.Letters(inspections.LetterFilter{Under: "case/1/refused/again/"})
		if err != nil || len(copies) != 1 {
			t.Fatalf("got %+v, %v", copies, err)
		}
		copies[0].State, copies[0].Settled = inspections.LetterAccepted, tx.Now()
		return tx.SaveLetter(copies[0])
	})
	own := w.as(rolesAndLogins[inspections.RoleTownship])
	b.get("/mail").must(t, 200).has(t, "等待收件人确认")
	own.post(fmt.Sprintf("/letters/%d/receipt", id)).must(t, 303) // the first one, however it came to them
	if r := own.get("/letters").must(t, 200); strings.Contains(r.body, "请确认收到") {
		t.Error("the reader is asked again for the copy")
	}
	if r := b.get("/mail").must(t, 200); strings.Contains(r.body, "等待收件人确认") {
		t.Error("the clerk waits for the copy")
	}
}

func TestALetterThatWaitsSaysWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.notice(heshan, inspections.LetterQueued, "error.mail.dial_refused?server=smtp.example.com%3A587")
	w.as("ban").get("/mail?state=queued").must(t, 200).has(t, "smtp.example.com:587的这个端口没有服务").has(t, "再试）")
}

func TestLettersInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.lived()
	id := w.notice(heshan, inspections.LetterAccepted, "250 2.0.0 OK")
	w.notice(heshan+1, inspections.LetterAccepted, "error.mail.dropped?file=000012-case-start-township.eml")
	w.notice(heshan+2, inspections.LetterAccepted, "error.mail.handed?program=%2Fusr%2Fsbin%2Fsendmail&answer=")
	w.notice(heshan+3, inspections.LetterRefused, "error.mail.returned?answer=550+5.1.1+%3Cheshan%40example.com%3E%3A+User+unknown")
	w.notice(liutang, inspections.LetterUnknown, "read tcp: i/o timeout")
	w.notice(liutang, inspections.LetterRefused, "550 5.1.1 <liutang@example.com>: Recipient address rejected: User unknown in virtual mailbox table")
	w.tx(func(tx *store.Tx) error {
		return tx.AddDeadAddress(&inspections.DeadAddress{Address: "liutang.office.of.the.party.committee@example.com", Letter: id, Answer: "error.mail.returned?answer=550+5.1.1+no+such+user", Since: tx.Now()})
	})
	w.copies("bulletin", "2025-03")
	walk(t, ctx, heard, w, "ban", []string{"/mail", "/bulletins/2025-03/results"})
	walk(t, ctx, heard, w, rolesAndLogins[inspections.RoleTownship], []string{"/letters", fmt.Sprintf("/letters/%d", id)})
}
