package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Rectification is a line of the ledger 整改台账: a problem, who puts it right by when, the proof, and
// how that was verified. It is closed only when verified.
type Rectification struct {
	ID       inspections.MeasureID `json:"id" db:"id"`
	Case     inspections.CaseID    `json:"case" db:"case_id"`       // 0: without a case
	Finding  inspections.FindingID `json:"finding" db:"finding_id"` // 0: entered by hand
	Party    inspections.Party     `json:"party" db:"-"`
	Problem  string                `json:"problem" db:"problem"`
	Clause   string                `json:"clause" db:"clause"`
	Action   string                `json:"action" db:"action"` // what must be done
	Person   string                `json:"person" db:"person"` // who answers for it
	Times    int                   `json:"times" db:"times"`   // 1: first this year
	Opened   calendar.Instant      `json:"opened" db:"opened_at"`
	Due      calendar.Instant      `json:"due" db:"due_at"`
	Reported calendar.Instant      `json:"reported" db:"reported_at"`
	Proof    string                `json:"proof" db:"proof"`
	ProofSHA string                `json:"proof_sha256" db:"proof_sha256"`
	Visit    inspections.VisitID   `json:"visit" db:"visit_id"` // the follow-up visit, 0: checked otherwise
	Verified calendar.Instant      `json:"verified" db:"verified_at"`
	By       inspections.UserID    `json:"verified_by" db:"verified_by"`
	How      string                `json:"how" db:"how"` // how it was verified
}

// PartyOf gives who puts a finding right: the township or unit it is about, of any other its township.
func PartyOf(f inspections.Finding) inspections.Party {
	if f.Party == inspections.PartyUnit && f.Unit != 0 {
		return inspections.Party{Kind: inspections.PartyUnit, ID: int64(f.Unit)}
	}
	return inspections.Party{Kind: inspections.PartyTownship, ID: int64(f.Township)}
}

// Report keeps what the party says it did. Errors: Conflict, Invalid without proof.
func (r *Rectification) Report(proof, sha string, now calendar.Instant) error {
	if !r.Verified.IsZero() {
		return inspections.Fail(inspections.Conflict, "rectify.closed", "id", int64(r.ID))
	}
	if proof == "" {
		return inspections.Fail(inspections.Invalid, "rectify.proof_missing", "id", int64(r.ID))
	}
	r.Reported, r.Proof, r.ProofSHA = now, proof, sha
	return nil
}

// Verify closes the line. Errors: Conflict when nothing was reported yet or it is closed, Invalid without how.
func (r *Rectification) Verify(by inspections.UserID, how string, visit inspections.VisitID, now calendar.Instant) error {
	switch {
	case !r.Verified.IsZero():
		return inspections.Fail(inspections.Conflict, "rectify.closed", "id", int64(r.ID))
	case r.Reported.IsZero():
		return inspections.Fail(inspections.Conflict, "rectify.not_reported", "id", int64(r.ID))
	case how == "":
		return inspections.Fail(inspections.Invalid, "rectify.how_missing", "id", int64(r.ID))
	}
	r.Verified, r.By, r.How, r.Visit = now, by, how, visit
	return nil
}

// The states of a line of the ledger; words: "rectify_state."+state.
const (
	RectifyOpen     = "open"
	RectifyReported = "reported" // the party says that it is done; nobody has checked
	RectifyOverdue  = "overdue"
	RectifyVerified = "verified"
)

// State says where a line stands at a moment.
func (r *Rectification) State(now calendar.Instant) string {
	switch {
	case !r.Verified.IsZero() && !r.Verified.After(now.Time):
		return RectifyVerified
	case !r.Reported.IsZero() && !r.Reported.After(now.Time):
		return RectifyReported
	case r.Due.Before(now.Time):
		return RectifyOverdue
	}
	return RectifyOpen
}
