package inspections

// Identities are stable per county, below 2³², never reused, and the same after a move between
// databases: the draw hashes them (DRAW.md).
type (
	CountyID     int64 // division code, e.g. 431023
	TownshipID   int64
	UnitID       int64
	TeamID       int64
	MemberID     int64
	PostingID    int64
	HolderID     int64
	InspectorID  int64
	UserID       int64
	VisitID      int64
	EvidenceID   int64
	FindingID    int64
	LeaveID      int64
	ImportID     int64
	CaseID       int64
	MeasureID    int64
	ObligationID int64
	LetterID     int64
	StopID       int64 // of a dead address
	IssueID      int64
	PaperID      int64 // of an issued paper
)

// PartyKind says what sort of body owes or answers.
type PartyKind string

// The parties of the notice (CLAUSES.md).
const (
	PartyCounty    PartyKind = "county"
	PartyTownship  PartyKind = "township"
	PartyUnit      PartyKind = "unit"
	PartyTeam      PartyKind = "team"
	PartyMember    PartyKind = "member"
	PartyInspector PartyKind = "inspector"
	PartyOfficial  PartyKind = "official"
)

// Party names one body or person; ID is 0 for the county office and for a party still to be named.
type Party struct {
	Kind PartyKind `json:"kind" db:"party_kind"`
	ID   int64     `json:"id" db:"party_id"`
}
