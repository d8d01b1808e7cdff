package casework

import "slices"

// Need says what an act cannot do without, and in which states of its case it may be done.
type Need struct {
	Branch, Second, Answers, Measure, Body, Outcome, Due bool
	States                                               []State
	Outcomes                                             []string // to choose from; none: free words
	Leader                                               bool     // decides something: a leader's signature
	Bodies                                               bool     // the township or unit concerned may do it itself
}

// Outcomes of an opinion or appeal. Words: "outcome."+outcome.
const (
	OutcomeUpheld    = "upheld"
	OutcomePartly    = "partly"
	OutcomeDismissed = "dismissed"
)

var outcomes = []string{OutcomeUpheld, OutcomePartly, OutcomeDismissed}

var needs = map[ActKind]Need{
	ActInvited:    {Branch: true, Due: true, States: []State{Open}},
	ActStatement:  {Branch: true, States: []State{Open}, Bodies: true},
	ActDeclined:   {Branch: true, States: []State{Open}},
	ActTalk:       {Branch: true, Second: true, States: []State{Open}},
	ActFactCheck:  {Branch: true, States: []State{Open}},
	ActOpinion:    {Branch: true, Outcome: true, Outcomes: outcomes, States: []State{Open}},
	ActLighter:    {Branch: true, States: []State{Open}},
	ActHeavier:    {Branch: true, States: []State{Open}},
	ActRecusalAsk: {States: []State{Proposed, Open}, Bodies: true},
	ActRecused:    {Second: true, States: []State{Proposed, Open}, Leader: true},
	ActNamed:      {Measure: true, States: []State{Open, Closed}, Leader: true},
	ActHandover:   {Body: true, States: []State{Open}, Leader: true},
	ActReceipt:    {Answers: true, States: []State{Open}},
	ActProposal:   {Branch: true, Body: true, States: []State{Open}},
	ActNoMeasure:  {Branch: true, States: []State{Open}, Leader: true},
	ActReopened:   {States: []State{Closed}, Leader: true},
	ActExtended:   {Due: true, States: []State{Proposed, Open}, Leader: true},
	ActReply:      {States: []State{Open, Closed}, Bodies: true},
	ActAppeal:     {Measure: true, States: []State{Open, Closed}, Bodies: true},
	ActAppealEnd:  {Answers: true, Outcome: true, Outcomes: outcomes, States: []State{Open, Closed}, Leader: true},
	ActServed:     {Measure: true, States: []State{Open}},
	ActExecuted:   {Measure: true, States: []State{Open}},
	ActReplaced:   {Measure: true, States: []State{Open, Closed}},
	ActOriginal:   {States: []State{Proposed, Open, Closed}},
}

// acted lists the kinds that people record, in the order of a case; what the program records itself,
// the invitations of the start letters, comes by its own.
var acted = []ActKind{
	ActStatement, ActDeclined, ActTalk, ActFactCheck, ActOpinion, ActLighter, ActHeavier, ActRecusalAsk, ActRecused,
	ActServed, ActExecuted, ActReplaced, ActNoMeasure, ActProposal, ActHandover, ActReceipt, ActReply, ActAppeal, ActAppealEnd,
	ActNamed, ActExtended, ActReopened, ActInvited, ActOriginal,
}

// ActKinds lists the kinds of acts in the order of a case.
func ActKinds() []ActKind { return slices.Clone(acted) }

// ActHows lists how what is handed in for a member may have come.
func ActHows() []string { return []string{HowPaper, HowPhone, HowInPerson} }

// Needs gives what an act of a kind needs; false for an unknown kind.
func Needs(k ActKind) (Need, bool) {
	n, ok := needs[k]
	return n, ok
}

// MayNow lists the acts that the state of a case allows, that have something to be about.
func MayNow(w Whole, acts []Act) []ActKind {
	openBranch := slices.ContainsFunc(w.Branches, func(b Branch) bool { return b.State == BranchOpen })
	var list []ActKind
	for _, k := range acted {
		n := needs[k]
		if !hasState(n.States, w.Case.State) || n.Measure && len(w.Measures) == 0 {
			continue
		}
		if n.Branch && k != ActProposal && k != ActNoMeasure && !openBranch {
			continue
		}
		switch k {
		case ActReceipt:
			if len(Awaiting(acts)) == 0 {
				continue
			}
		case ActAppealEnd:
			if len(Appeals(acts)) == 0 {
				continue
			}
		case ActServed, ActExecuted, ActReplaced, ActNamed:
			if len(About(k, w.Measures, acts)) == 0 {
				continue
			}
		}
		list = append(list, k)
	}
	return list
}

// About lists the measures that an act of a kind can be about now.
func About(k ActKind, measures []Measure, acts []Act) []Measure {
	var list []Measure
	for _, m := range measures {
		fits := true
		switch k {
		case ActServed:
			fits = m.Served.IsZero()
		case ActExecuted:
			fits = !m.Served.IsZero() && m.Executed.IsZero()
		case ActReplaced:
			fits = Vacant(m, acts)
		case ActNamed:
			fits = !m.Executed.IsZero() && !Named(acts, m.ID)
		}
		if fits {
			list = append(list, m)
		}
	}
	return list
}
