package post

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

const (
	hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	pdf  = "%PDF-1.7 not really\n"
)

var pdfSHA = func() string {
	sum := sha256.Sum256([]byte(pdf))
	return hex.EncodeToString(sum[:])
}()

func loadPDF(sha string) ([]byte, error) { return []byte(pdf), nil }

// sampleLetters gives one letter of each kind, and further ones where the words differ.
func sampleLetters(t testing.TB) map[string]inspections.Letter {
	t.Helper()
	at := func(days, hour, minute int) calendar.Instant {
		return calendar.InstantOf(calendar.DateOf(start).Add(days).At(hour, minute))
	}
	day := calendar.DateOf(start)
	caseStart := inspections.CaseStartArgs{
		Number: "2025-003", Addressee: "马田镇", Kind: "absent", Township: "马田镇", Village: "泉塘村", Unit: "县水利局", Member: "李建国",
		FactAt: at(-2, 9, 40), ApproverDuty: "县委组织部分管副部长", ReplyBy: at(3, 17, 30), Due: day.Add(5),
		Handlers: []string{"陈敏", "周立"}, Phone: "0735-5550100", Issuer: "永兴县驻村办", Date: day,
	}
	unitStart, memberStart, external, reported := caseStart, caseStart, caseStart, caseStart
	unitStart.Addressee, memberStart.Addressee = "县水利局", "李建国"
	external.Addressee, external.Unit, external.Member, external.External = "市气象局", "市气象局", "", true
	external.Kind, external.Handlers = "checklist.released", nil
	reported.Source = "report"
	reported.Reported, reported.ReportedWhat = at(-1, 16, 5), "工作队员李建国不在岗的情况"
	freeze := inspections.FreezeArgs{
		Week: calendar.WeekOf(day.Add(7)), Frozen: at(4, 18, 0), Teams: 260, Inspectors: 12, Hash: hash,
		Slots: 14, Enough: true, CoSeedBy: at(4, 24, 0), Last: &inspections.LastWeek{Visits: 3, Met: true},
	}
	tight := freeze
	tight.Late, tight.CoSeedBy, tight.Slots, tight.Enough, tight.ExceptBy = true, calendar.Instant{}, 4, false, at(4, 24, 0)
	tight.Changes, tight.Last = []string{"油麻镇高仓村工作队：权重由1000调为800，事由：上月已整改"}, &inspections.LastWeek{Visits: 1, Reason: "大雪封路"}
	bulletin := newLetter(t, 9, inspections.LetterBulletin, inspections.BulletinArgs{
		Month: calendar.MonthOf(day), Title: "永兴县驻村办关于2025年3月驻村帮扶工作督查情况的通报", Number: "永驻办〔2025〕3号",
		SHA: pdfSHA, JournalSeq: 812, Journal: hash, Issuer: "永兴县驻村办", Date: calendar.NewDate(2025, time.April, 8),
	})
	bulletin.Attach = []inspections.Attachment{{SHA: pdfSHA, Name: "2025年3月驻村帮扶工作督查通报（永驻办〔2025〕3号）.pdf", Media: "application/pdf"}}
	correction := newLetter(t, 10, inspections.LetterBulletin, inspections.BulletinArgs{
		Month: calendar.MonthOf(day), Title: "关于更正永驻办〔2025〕3号通报有关内容的通知", Number: "永驻办〔2025〕4号", Correction: true,
		Issuer: "永兴县驻村办", Date: calendar.NewDate(2025, time.April, 20),
	})
	receipt := inspections.ReceiptArgs{
		Number: "2025-003", Case: "2025-011", Township: "马田镇", Village: "泉塘村", Kind: "absent", How: "phone", At: at(0, 9, 0), Received: at(0, 16, 20),
		Prompt: true, Due: at(3, 24, 0), Issuer: "永兴县驻村办", Phone: "0735-5550100", Date: day,
	}
	lateReceipt, opinion := receipt, receipt
	lateReceipt.Prompt, lateReceipt.Due, lateReceipt.Kind, lateReceipt.How = false, calendar.Instant{}, "not_released", "paper"
	opinion.Opinion = "启动“一案双查”，请于两日内书面说明情况。"
	return map[string]inspections.Letter{
		"assignment.go":            newLetter(t, 1, inspections.LetterGo, sampleAssignment()),
		"assignment.ended":         endedLetter(t, 2),
		"assignment.cancelled":     newLetter(t, 3, inspections.LetterCancelled, inspections.CancelArgs{Start: at(0, 14, 30), End: at(0, 17, 30), Arrive: at(0, 15, 10), Reason: "道路中断"}),
		"week.freeze":              newLetter(t, 4, inspections.LetterFreeze, freeze),
		"week.freeze.tight":        newLetter(t, 5, inspections.LetterFreeze, tight),
		"alarm":                    newLetter(t, 6, inspections.LetterAlarm, inspections.AlarmArgs{Key: "weekly_visits", Params: map[string]string{"week": "2025-W11", "n": "1"}, Clause: "3.4", Due: at(4, 24, 0), Path: "/week"}),
		"alarm.overdue":            newLetter(t, 19, inspections.LetterAlarm, inspections.AlarmArgs{Key: "overdue", Params: map[string]string{"duty": "record_visit", "subject": "visit/7"}, Clause: "3.4", Due: at(0, 24, 0), Path: "/visits/7"}),
		"alarm.no_pair":            newLetter(t, 20, inspections.LetterAlarm, inspections.AlarmArgs{Key: "no_pair", Params: map[string]string{"slot": at(0, 14, 30).Text()}, Clause: "3.4", Path: "/week"}),
		"case.start.township":      newLetter(t, 7, inspections.LetterCaseTownship, caseStart),
		"case.start.reported":      newLetter(t, 14, inspections.LetterCaseTownship, reported),
		"case.start.unit":          newLetter(t, 15, inspections.LetterCaseUnit, unitStart),
		"case.start.unit.outside":  newLetter(t, 16, inspections.LetterCaseUnit, external),
		"case.start.member":        newLetter(t, 17, inspections.LetterCaseMember, memberStart),
		"case.start.unit.report":   newLetter(t, 29, inspections.LetterCaseUnit, from(unitStart, "report", "absent")),
		"case.start.township.hand": newLetter(t, 30, inspections.LetterCaseTownship, unnamed(from(caseStart, "hand", "absent"))),
		"case.start.unit.hand":     newLetter(t, 31, inspections.LetterCaseUnit, from(unitStart, "hand", "commuting")),
		"case.start.township.lax":  newLetter(t, 32, inspections.LetterCaseTownship, unnamed(from(caseStart, "hand", "township_lax"))),
		"case.start.member.report": newLetter(t, 33, inspections.LetterCaseMember, from(memberStart, "report", "absent")),
		"case.start.member.hand":   newLetter(t, 34, inspections.LetterCaseMember, from(memberStart, "hand", "commuting")),
		"case.approve.hand":        newLetter(t, 35, inspections.LetterApprove, inspections.ApproveArgs{Number: "2025-003", Kind: "absent", Source: "hand", Township: "马田镇", Village: "泉塘村", FactAt: at(-2, 9, 40), Due: at(5, 24, 0), Path: "/cases/2025-003"}),
		"case.approve.report":      newLetter(t, 36, inspections.LetterApprove, inspections.ApproveArgs{Number: "2025-003", Kind: "not_released", Source: "report", Township: "马田镇", Village: "泉塘村", Units: []string{"县水利局"}, FactAt: at(-2, 9, 40), Due: at(5, 24, 0), Path: "/cases/2025-003"}),
		"case.approve":             newLetter(t, 8, inspections.LetterApprove, inspections.ApproveArgs{Number: "2025-003", Kind: "absent", Township: "马田镇", Village: "泉塘村", Units: []string{"县水利局", "县气象局"}, FactAt: at(-2, 9, 40), Due: at(5, 24, 0), Path: "/cases/2025-003"}),
		"bulletin.signoff":         newLetter(t, 18, inspections.LetterSignOff, inspections.SignOffArgs{Month: calendar.MonthOf(day), Title: "永兴县驻村办关于2025年3月驻村帮扶工作督查情况的通报", Readers: 41, FactCheckUntil: at(27, 24, 0), Due: at(30, 24, 0), Path: "/bulletins/2025-03"}),
		"bulletin.signoff.again":   newLetter(t, 28, inspections.LetterSignOff, inspections.SignOffArgs{Month: calendar.MonthOf(day), Readers: 41, Due: at(30, 24, 0), Path: "/bulletins/2025-03", Changed: true}),
		"bulletin.issue":           bulletin,
		"bulletin.correction":      correction,
		"draw.anchor":              newLetter(t, 11, inspections.LetterAnchor, inspections.AnchorArgs{Year: 2025, Hex: hash, Issuer: "永兴县驻村办", Date: day}),
		"digest.daily":             newLetter(t, 21, inspections.LetterDigest, inspections.DigestArgs{Township: "马田镇", Day: day, Reported: true, Members: 46, Signed: 40, Leave: 2, Travel: 1, Absent: 3, Missing: []string{"李建国", "何平", "曹旺"}}),
		"digest.daily.none":        newLetter(t, 22, inspections.LetterDigest, inspections.DigestArgs{Township: "马田镇", Day: day, Members: 46, Missing: []string{}}),
		"duty.owed": newLetter(t, 23, inspections.LetterOwed, inspections.OwedArgs{
			Name: "何文静", Day: day, Path: "/", Issuer: "永兴县驻村办", Phone: "0735-5550100",
			Late:    []inspections.OwedLine{{Duty: "case_conclude", Clause: "3.6", About: "case", ID: "2025-003", BodyKind: inspections.PartyCounty, Due: at(-1, 24, 0), First: at(-8, 24, 0)}},
			Today:   []inspections.OwedLine{{Duty: "verify_absence", Clause: "3.4", About: "visit", ID: "7", BodyKind: inspections.PartyCounty, Due: at(0, 24, 0)}},
			Soon:    []inspections.OwedLine{{Duty: "weekly_visits", Clause: "3.4", Period: "2025-W11", BodyKind: inspections.PartyCounty, Due: at(4, 24, 0)}},
			Silent:  []inspections.OwedLine{{Duty: "hear_and_study", Clause: "2.4b", Period: "2025-Q1", Body: "县气象局", BodyKind: inspections.PartyUnit, Due: at(0, 24, 0)}},
			Waiting: []inspections.OwedLine{{Duty: "opinion", Clause: "3.2b", About: "case", ID: "2026-031", BodyKind: inspections.PartyCounty, Waits: "calendar 2027"}},
		}),
		"duty.owed.raised": newLetter(t, 24, inspections.LetterOwed, inspections.OwedArgs{
			Name: "周立新", Day: day, Path: "/",
			Raised: []inspections.OwedLine{{Duty: "rectify", Clause: "1.3", About: "rectify", ID: "4", Body: "马田镇", BodyKind: inspections.PartyTownship, Due: at(-2, 24, 0)}, {Duty: "statement", Clause: "3.6", About: "case", ID: "2025-003", Body: "县水利局", BodyKind: inspections.PartyMember, Due: at(-1, 24, 0)}},
		}),
		"report.receipt":      newLetter(t, 25, inspections.LetterReceipt, receipt),
		"report.receipt.late": newLetter(t, 26, inspections.LetterReceipt, lateReceipt),
		"report.opinion":      newLetter(t, 27, inspections.LetterOpinion, opinion),
		"paper.issue": newLetter(t, 28, inspections.LetterPaper, inspections.PaperArgs{
			Kind: inspections.PaperRectify, Title: "整改通知书", Number: "永驻村办改〔2025〕3号", SHA: hash, JournalSeq: 812, Journal: hash, Issuer: "永兴县驻村办", Date: day, Due: day.Add(10), Path: "/papers",
		}),
		"paper.correction": newLetter(t, 29, inspections.LetterPaper, inspections.PaperArgs{
			Kind: inspections.PaperRecall, Title: "关于商请召回撤换驻村工作队员的函", Number: "永驻村办函〔2025〕2号", Correction: true, SHA: hash, Issuer: "永兴县驻村办", Date: day, Delivery: inspections.DeliverPrint,
		}),
		"test": testLetter(t, 12),
	}
}

func sampleAssignment() inspections.AssignmentArgs {
	return inspections.AssignmentArgs{
		Start: calendar.InstantOf(start.Add(90 * time.Minute)), End: calendar.InstantOf(start.Add(270 * time.Minute)), Arrive: calendar.InstantOf(start.Add(117 * time.Minute)),
		Visit: 17, Pair: []string{"王小明", "赵丽"}, Township: "马田镇", Village: "泉塘村", TeamKind: inspections.TeamPoverty, Units: []string{"县水利局", "县气象局"},
		Members:  []inspections.MemberLine{{Name: "李建国", Unit: "县水利局", Role: inspections.RoleHead}, {Name: "何平", Unit: "县气象局", Role: inspections.RoleMember}, {Name: "曹旺"}},
		Problems: []string{"2月：考勤工作台账不规范"}, ReportBy: calendar.InstantOf(start.Add(11 * time.Hour)), Contact: "陈敏", Phone: "0735-5550100", Plan: "永督备〔2025〕1号", Issuer: "永兴县驻村办",
	}
}

// from gives the start letter of a case that came another way, about another kind of problem.
func from(a inspections.CaseStartArgs, source, kind string) inspections.CaseStartArgs {
	a.Source, a.Kind = source, kind
	return a
}

// unnamed is the letter where no person and no unit is identified.
func unnamed(a inspections.CaseStartArgs) inspections.CaseStartArgs {
	a.Member, a.Unit = "", ""
	return a
}
