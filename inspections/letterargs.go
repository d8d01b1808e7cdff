package inspections

import (
	"encoding/json"
	"fmt"

	"anfang.example/inspections/calendar"
)

// NewLetter makes a queued letter as data, for the transaction that causes it. Key is unique per
// county: the same cause writes no second letter. Args is the struct of the kind, by value; see
// [LetterArgs]. The caller sets Created to the transaction's time.
func NewLetter(kind LetterKind, key string, to Party, name, email string, args any) (Letter, error) {
	if key == "" {
		return Letter{}, fmt.Errorf("letter %s: no key", kind)
	}
	want, err := LetterArgs(kind)
	if err != nil {
		return Letter{}, err
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return Letter{}, fmt.Errorf("letter %s: %w", kind, err)
	}
	if got, want := fmt.Sprintf("*%T", args), fmt.Sprintf("%T", want); got != want {
		return Letter{}, fmt.Errorf("letter %s: its arguments are %s, not %s", kind, want[1:], got[1:])
	}
	return Letter{Kind: kind, Key: key, To: to, Name: name, Email: email, Args: raw, State: LetterQueued}, nil
}

// LetterArgs gives a pointer to the empty arguments of a kind, for decoding.
func LetterArgs(kind LetterKind) (any, error) {
	switch kind {
	case LetterGo:
		return new(AssignmentArgs), nil
	case LetterStandbyOver:
		return new(StandbyArgs), nil
	case LetterCancelled:
		return new(CancelArgs), nil
	case LetterFreeze:
		return new(FreezeArgs), nil
	case LetterAlarm:
		return new(AlarmArgs), nil
	case LetterCaseTownship, LetterCaseUnit, LetterCaseMember:
		return new(CaseStartArgs), nil
	case LetterApprove:
		return new(ApproveArgs), nil
	case LetterSignOff:
		return new(SignOffArgs), nil
	case LetterBulletin:
		return new(BulletinArgs), nil
	case LetterAnchor:
		return new(AnchorArgs), nil
	case LetterDigest:
		return new(DigestArgs), nil
	case LetterOwed:
		return new(OwedArgs), nil
	case LetterReceipt, LetterOpinion:
		return new(ReceiptArgs), nil
	case LetterPaper:
		return new(PaperArgs), nil
	case LetterTest:
		return new(TestArgs), nil
	}
	return nil, fmt.Errorf("letter: unknown kind %q", kind)
}

// LetterKinds lists all kinds.
func LetterKinds() []LetterKind {
	return []LetterKind{
		LetterGo, LetterStandbyOver, LetterCancelled, LetterFreeze, LetterAlarm, LetterCaseTownship,
		LetterCaseUnit, LetterCaseMember, LetterApprove, LetterSignOff, LetterBulletin, LetterAnchor, LetterDigest, LetterOwed, LetterReceipt, LetterOpinion, LetterPaper, LetterTest,
	}
}

// StandbyArgs ends a standby (备勤结束): all that those not sent may know is their own slot.
type StandbyArgs struct {
	Start calendar.Instant `json:"start"` // window of the slot
	End   calendar.Instant `json:"end"`
}

// AssignmentArgs sends the pair on a visit (督查任务通知).
type AssignmentArgs struct {
	Start    calendar.Instant `json:"start"` // window of the slot
	End      calendar.Instant `json:"end"`
	Arrive   calendar.Instant `json:"arrive"`
	Visit    VisitID          `json:"visit"`
	Pair     []string         `json:"pair"` // names, the lower id first
	Township string           `json:"township"`
	Village  string           `json:"village"`
	TeamKind TeamKind         `json:"team_kind"`
	Units    []string         `json:"units"`
	Members  []MemberLine     `json:"members"`  // as of the day, head first
	Problems []string         `json:"problems"` // earlier ones not yet put right
	ReportBy calendar.Instant `json:"report_by"`
	Contact  string           `json:"contact"`
	Phone    string           `json:"phone"`
	Plan     string           `json:"plan"` // number of the year's plan on file; may be empty
	Issuer   string           `json:"issuer"`
}

// MemberLine is one line of the list of members.
type MemberLine struct {
	Name string      `json:"name"`
	Unit string      `json:"unit"` // "" not known
	Role PostingRole `json:"role"`
}

// CancelArgs calls off a released visit.
type CancelArgs struct {
	Start  calendar.Instant `json:"start"`
	End    calendar.Instant `json:"end"`
	Arrive calendar.Instant `json:"arrive"`
	Reason string           `json:"reason"`
}

// FreezeArgs tells the leader that the week's book is sealed (督查底册封存告知单).
type FreezeArgs struct {
	Week       calendar.Week    `json:"week"`
	Duty       string           `json:"duty"` // post of the leader, "" not known
	Frozen     calendar.Instant `json:"frozen"`
	Late       bool             `json:"late"`
	Teams      int              `json:"teams"`
	Inspectors int              `json:"inspectors"`
	Hash       string           `json:"hash"`    // 64 hex digits
	Changes    []string         `json:"changes"` // weights or exclusions altered, each approved by two
	Slots      int              `json:"slots"`   // usable slots of the week
	Enough     bool             `json:"enough"`  // they can hold the two
	ExceptBy   calendar.Instant `json:"except_by"`
	CoSeedBy   calendar.Instant `json:"coseed_by"` // zero: too late for one
	Last       *LastWeek        `json:"last,omitempty"`
}

// LastWeek says how the week before went.
type LastWeek struct {
	Visits int    `json:"visits"` // completed random visits
	Met    bool   `json:"met"`
	Reason string `json:"reason"`
}

// AlarmArgs tells a named person what needs them now. Key picks the sentence "alarm."+Key; Params fill it.
type AlarmArgs struct {
	Key    string            `json:"key"` // e.g. "weekly_visits"
	Params map[string]string `json:"params"`
	Clause string            `json:"clause"` // "" none
	Due    calendar.Instant  `json:"due"`    // zero: no time
	Path   string            `json:"path"`   // page of the portal, e.g. "/week"; "" none
}

// CaseStartArgs tells one side that a dual investigation starts (启动“一案双查”的通知).
type CaseStartArgs struct {
	Number       string           `json:"number"`    // of the case, "2025-003"
	Addressee    string           `json:"addressee"` // township, unit or member as addressed
	Kind         string           `json:"kind"`      // kind of the finding, e.g. "absent"
	Source       string           `json:"source"`    // of the case: "visit" or "" seen by inspectors, "report" the township's, "hand"
	Township     string           `json:"township"`
	Village      string           `json:"village"`
	Unit         string           `json:"unit"`   // "" still to be named
	Member       string           `json:"member"` // "" no person identified
	FactAt       calendar.Instant `json:"fact_at"`
	Reported     calendar.Instant `json:"reported"` // the township reported by itself; zero: it did not
	ReportedWhat string           `json:"reported_what"`
	ApproverDuty string           `json:"approver_duty"` // post of the approver, as printed
	ReplyBy      calendar.Instant `json:"reply_by"`
	Due          calendar.Date    `json:"due"`
	Handlers     []string         `json:"handlers"`
	Phone        string           `json:"phone"`
	External     bool             `json:"external"` // a unit not under the county: a letter of request (函)
	Issuer       string           `json:"issuer"`
	Date         calendar.Date    `json:"date"`
}

// ApproveArgs asks the approver whether a case may start. It names no person (CASES.md).
type ApproveArgs struct {
	Number   string           `json:"number"`
	Kind     string           `json:"kind"`
	Source   string           `json:"source"` // as in CaseStartArgs
	Township string           `json:"township"`
	Village  string           `json:"village"`
	Units    []string         `json:"units"`
	FactAt   calendar.Instant `json:"fact_at"`
	Due      calendar.Instant `json:"due"`  // end of the week of 3.6
	Path     string           `json:"path"` // page of the portal
}

// SignOffArgs asks the signer to read and sign a draft.
type SignOffArgs struct {
	Month          calendar.Month   `json:"month"`
	Title          string           `json:"title"`
	Readers        int              `json:"readers"` // letters that will leave
	FactCheckUntil calendar.Instant `json:"fact_check_until"`
	Due            calendar.Instant `json:"due"`
	Path           string           `json:"path"`
	Changed        bool             `json:"changed,omitempty"` // a name was taken out of the draft
}

// BulletinArgs goes with an issued paper.
type BulletinArgs struct {
	Month      calendar.Month `json:"month"`
	Title      string         `json:"title"`
	Number     string         `json:"number"` // as printed: 〔2025〕3号 with its prefix
	Correction bool           `json:"correction"`
	SHA        string         `json:"sha256"` // of the attached PDF
	JournalSeq int64          `json:"journal_seq"`
	Journal    string         `json:"journal"` // head of the journal, hex; "" none
	Issuer     string         `json:"issuer"`
	Date       calendar.Date  `json:"date"`
	Delivery   string         `json:"delivery,omitempty"` // how the paper comes: "" with the letter
	Own        bool           `json:"own,omitempty"`      // the copy shows the reader's own part and sums
}

// PaperArgs goes with an issued paper to the body it is addressed to.
type PaperArgs struct {
	Kind       PaperKind     `json:"kind"`
	Title      string        `json:"title"`
	Number     string        `json:"number"` // as printed
	Correction bool          `json:"correction"`
	SHA        string        `json:"sha256"`
	JournalSeq int64         `json:"journal_seq"`
	Journal    string        `json:"journal"` // signed head of the journal; "" none
	Issuer     string        `json:"issuer"`
	Date       calendar.Date `json:"date"`
	Due        calendar.Date `json:"due"`      // last day of what it asks; zero: nothing
	Delivery   string        `json:"delivery"` // how the paper comes: "" with the letter
	Path       string        `json:"path"`     // page of the portal
}

// AnchorArgs publishes the check value of a year's chain (年度校验基准).
type AnchorArgs struct {
	Year   int           `json:"year"`
	Hex    string        `json:"anchor"` // 64 hex digits
	Issuer string        `json:"issuer"`
	Date   calendar.Date `json:"date"`
}

// TestArgs is a letter that only shows that mail works.
type TestArgs struct {
	At     calendar.Instant `json:"at"`
	Issuer string           `json:"issuer"`
}

// DigestArgs tell a township what of a day's sign-ins reached the office on that day (3.7). Without
// Reported the figures mean nothing and are not shown.
type DigestArgs struct {
	Township string        `json:"township"`
	Day      calendar.Date `json:"day"`
	Reported bool          `json:"reported"`
	Members  int           `json:"members"`
	Signed   int           `json:"signed"`
	Leave    int           `json:"leave"`
	Travel   int           `json:"travel"`
	Absent   int           `json:"absent"`
	Missing  []string      `json:"missing"` // names of the absent, the township's own members
}
