package post

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// pitfalls names, for each point of the list of pitfalls that concerns mail, the tests that hold it.
var pitfalls = map[int][]string{
	7: { // an attachment's Chinese name goes out raw
		"TestPythonReadsTheSame", "TestTheSameLetterGivesTheSameBytes", "TestPostfixTakesOurLetters",
	},
	8:  {"TestNamesWithCommasAndChineseKeepTheirAddress"}, // a Reply-To loses its address, a comma splits a name
	9:  {"TestARefusalLeavesTheOthersDelivered"},          // 200 readers on one line, one refusal for all
	10: {"TestNothingBreaksOutOfAHeader"},                 // header injection
	11: {"TestNothingLeavesInClear"},                      // no STARTTLS, no AUTH
	12: { // a stalled server
		"TestASilentOrBrokenServerIsTold", "TestMoreWaysAServerMisbehaves", "TestAServerThatStopsReadingTheBodyDoesNotHoldUs",
		"TestALetterInDoubtWaitsForAPerson", "TestAnAssignmentLetterInDoubtGoesAgainAtOnce", "TestASilentArchiveDoesNotHoldUs",
	},
	13: { // 4xx and 5xx
		"TestALetterPutOffIsTriedAgainLaterWithTheSameBytes", "TestALetterIsTriedUntilItsClockIsOverAndNoLonger",
		"TestARefusalIsFinalAndShown", "TestLettersToADeadAddressAreStopped", "TestAnOutageCostsFewDialsAndNoLetters",
	},
	14: {"TestLettersTravelOverEveryKindOfSecurity"}, // AUTH LOGIN only
}

func TestEveryPitfallOfMailHasItsTest(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				known[f.Name.Name] = true
			}
		}
	}
	for point := 7; point <= 14; point++ {
		if len(pitfalls[point]) == 0 {
			t.Errorf("point %d has no test", point)
		}
		for _, name := range pitfalls[point] {
			if !known[name] {
				t.Errorf("point %d: there is no %s", point, name)
			}
		}
	}
}
