package storetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// choices are the closed lists that the database checks.
var choices = map[reflect.Type][]string{
	reflect.TypeFor[inspections.TeamKind]():    {"", "poverty", "branch", "village", "unstated"},
	reflect.TypeFor[inspections.PostingRole](): {"", "member", "head"},
	reflect.TypeFor[inspections.SignStatus]():  {"present", "leave", "travel", "absent"},
	reflect.TypeFor[inspections.Approval]():    {"", "unit", "township", "county"},
	reflect.TypeFor[inspections.VisitKind]():   {"random", "manual", "followup"},
	reflect.TypeFor[inspections.VisitState]():  {"released", "completed", "cancelled"},
	reflect.TypeFor[inspections.Presence]():    {"present", "to_verify"},
	reflect.TypeFor[inspections.CheckResult](): {"ok", "problem", "none"},
	reflect.TypeFor[inspections.SlotOutcome](): {"none", "dispatch", "missed", "nopair"},
	reflect.TypeFor[inspections.LetterState](): {"queued", "sending", "accepted", "refused", "unknown"},
	reflect.TypeFor[inspections.IssueState]():  {"draft", "signed", "issued"},
	reflect.TypeFor[inspections.Weighing]():    {"", "adopted", "partly", "rejected"},
	reflect.TypeFor[inspections.FirstDay]():    {"", "next_day", "same_day", "next_workday"},
	reflect.TypeFor[inspections.Role]():        {"admin", "clerk", "leader", "inspector", "reviewer", "township", "unit"},
	reflect.TypeFor[casework.State]():          {"proposed", "refused", "open"},
	reflect.TypeFor[casework.Side]():           {"township", "unit", "member"},
	reflect.TypeFor[casework.BranchState]():    {"awaiting", "open", "concluded", "dropped"},
	reflect.TypeFor[casework.MeasureKind]():    {"talk", "criticism", "admonish", "recall"},
	reflect.TypeFor[inspections.PartyKind]():   {"county", "township", "unit", "team", "member"},
	reflect.TypeFor[inspections.Post]():        {"deputy", "resident", "main_leader", "in_charge", "contact"},
	reflect.TypeFor[inspections.LetterKind]():  {"assignment.go", "alarm", "test"},
}

var hard = []string{
	"", "某镇", "O'Brien \"x\" `y`", "'12:30'", "a::b", "?", "$1 :name @p", "😀👩‍👩‍👧", `%_\ \\ \0`, "line\nbreak\ttab\r\n",
	"1970-01-01", "2025-03-06T01:30:00.000000Z", "NULL", "true", "007", " lead and trail ", "\u202eright to left", "{}", "㐀𠀀",
}

// Text draws what people and machines write: Han, emoji, quotes, and what SQL and sqlx stumble over.
func Text() *rapid.Generator[string] {
	letters := rapid.RuneFrom([]rune("?:'\"$@\\ \n"), unicode.Han, unicode.Latin, unicode.So, unicode.P, unicode.Arabic)
	return rapid.OneOf(rapid.SampledFrom(hard), rapid.StringOfN(letters, 0, 40, -1))
}

// generator fills nouns with values; n is another number in every round, for what must be unique.
type generator struct {
	t *rapid.T
	n int
}

// fill draws every field of *v but those that name other rows: ids stay 0.
func (g *generator) fill(v any) {
	g.value(reflect.ValueOf(v).Elem(), reflect.TypeOf(v).Elem().Name())
}

func (g *generator) value(v reflect.Value, label string) {
	switch v.Interface().(type) {
	case calendar.Instant:
		v.Set(reflect.ValueOf(g.instant(label)))
		return
	case calendar.Date:
		v.SetInt(int64(rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 60_000)).Draw(g.t, label)))
		return
	case json.RawMessage:
		raw := rapid.SampledFrom([]string{"", "{}", `{"a":[1,"某",true,null],"b":"'12:30'::?"}`, `[]`, `"\u0000"`, "0"}).Draw(g.t, label)
		if raw != "" {
			v.SetBytes([]byte(raw))
		}
		return
	}
	if list, closed := choices[v.Type()]; closed {
		v.SetString(rapid.SampledFrom(list).Draw(g.t, label))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			g.value(v.Field(i), label+"."+v.Type().Field(i).Name)
		}
	case reflect.String:
		if label == "Member.Sex" {
			v.SetString(rapid.SampledFrom([]string{"", "m", "f"}).Draw(g.t, label))
			return
		}
		v.SetString(Text().Draw(g.t, label))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(g.t, label))
	case reflect.Int:
		v.SetInt(int64(rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 1<<31-1)).Draw(g.t, label)))
	case reflect.Int64: // an id; of a party it need not exist
		if strings.HasSuffix(label, ".Party.ID") || strings.HasSuffix(label, ".To.ID") {
			v.SetInt(rapid.Int64Range(0, 1<<32-1).Draw(g.t, label))
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(g.t, label)
		if n == 0 {
			return
		}
		list := reflect.MakeSlice(v.Type(), n, n)
		for i := range n {
			g.value(list.Index(i), fmt.Sprintf("%s[%d]", label, i))
		}
		v.Set(list)
	}
}

func (g *generator) instant(label string) calendar.Instant {
	micros := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(1, 4_000_000_000_000_000)).Draw(g.t, label)
	if micros == 0 {
		return calendar.Instant{}
	}
	return calendar.InstantOf(time.UnixMicro(micros))
}

// same compares what was read with what was written.
func (g *generator) same(got, want any) {
	g.t.Helper()
	if !reflect.DeepEqual(got, want) {
		g.t.Fatalf("%T:\n got %+v\nwant %+v", want, got, want)
	}
}

// done stops at an error.
func (g *generator) done(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}
