package inspections

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"anfang.example/inspections/calendar"
)

// Setting is one dated value; the newest recorded one whose From has come is in force.
type Setting struct {
	Key      string           `json:"key" db:"key"`
	Value    string           `json:"value" db:"value"`
	From     calendar.Date    `json:"from" db:"from_day"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// The keys of settings. Thresholds of the notice are dated settings, since other counties have others.
const (
	SetIssuer        = "issuer"        // full name of the issuing body; without it papers are samples
	SetPrefix        = "number_prefix" // 机关代字
	SetNoticePrefix  = "notice_prefix" // of notices to one body; "" as number_prefix
	SetLetterPrefix  = "letter_prefix" // of letters 函; "" as number_prefix
	SetSigner        = "signer"        // name of the signing leader
	SetSignerDuty    = "signer_duty"   // post of the approver, as printed
	SetCopyTo        = "copy_to"       // 抄送
	SetContact       = "contact"       // name of the person in charge of a matter
	SetContactPhone  = "contact_phone"
	SetLambda        = "visits_per_week_milli" // expected completed random visits a week, in 1/1000
	SetHorizonWeeks  = "horizon_weeks"
	SetBuffer        = "buffer_slots"
	SetLead          = "lead_minutes"
	SetCompletion    = "completion_ppm" // share of released visits that get completed
	SetStandby       = "standby_per_slot"
	SetDaysMin       = "days_min"    // 1.4a: 20
	SetLodgingMin    = "lodging_min" // 1.4a: 12
	SetCaseDays      = "case_days"   // 3.6: 7
	SetCutOffDay     = "ledger_cutoff_day"
	SetDraftDay      = "draft_day"
	SetDraftHour     = "draft_hour"
	SetFactCheck     = "fact_check_workdays"
	SetAllowance     = "allowance_day_fen"   // 3.5: living allowance for a day signed in, 1/100 yuan; 0: not set
	SetAllowanceCap  = "allowance_days_max"  // 3.5: days of a month that are paid at most
	SetSpotMembers   = "same_spot_members"   // members with the very same coordinates that are no chance
	SetOddMetres     = "odd_place_metres"    // from where the village's others sign in, that is odd
	SetMinuteDays    = "same_minute_days"    // sign-ins of a month at one minute that are no chance
	SetMinuteShare   = "same_minute_share"   // and of the month's sign-ins with a clock, 1/100
	SetLeaveTownship = "leave_township_days" // longest leave a township approves, calendar days; the notice is silent
	SetPromptly      = "promptly_days"       // 1.7, 5.2, 6.4: what "promptly" is taken for, days
	SetBranchBody    = "body_branch"         // 4.1: the department's name today; "" as in the notice
	SetPovertyBody   = "body_poverty"        // 4.2
	SetVillageBody   = "body_village"        // 4.3
	SetFinanceBody   = "body_finance"        // 五
	SetFirstWeek     = "first_week"          // first ISO week in which the floor of two counts
	SetHorizonStart  = "horizon_start"       // ISO week of the first freeze
	SetReaderScope   = "reader_scope"        // own or all: what townships and units are shown of the bulletin
	SetReaderMark    = "reader_mark"         // off or on: the reader's name on every page of their copy
	SetDelivery      = "paper_delivery"      // attach, portal, folder or print
	SetBeacon        = "beacon"              // name of the public beacon, as the sealed books have it; "" none

	// Hours in which letters that can wait are held back, like "22:00-07:00"; "" none.
	SetQuietLeader    = "quiet_leader"
	SetQuietClerk     = "quiet_clerk"
	SetQuietInspector = "quiet_inspector"
	SetQuietReviewer  = "quiet_reviewer"
	SetQuietTownship  = "quiet_township"
	SetQuietUnit      = "quiet_unit"
)

// The keys of the limits of cases, and of who is reminded and told when.
const (
	SetApproveDays   = "approve_workdays"   // an approver's answer to a proposed case; the notice is silent
	SetOpinionDays   = "opinion_workdays"   // 3.2b: 3
	SetReplyDays     = "reply_days"         // for a statement, so that the week of 3.6 can hold it
	SetReplaceUnit   = "replace_days"       // 2.1: 3, from the notice of the recall
	SetReplaceCounty = "select_days"        // 3.1: a week, from receipt
	SetAppealDays    = "appeal_days"        // to appeal, from service; 0: one month, as in the 2019 rules
	SetAppealAnswer  = "appeal_answer_days" // to answer an appeal; 0: one month
	SetCorrectDays   = "correct_days"       // to print what an upheld appeal changes
	SetHandoverDays  = "handover_days"      // for the receipt of a hand-over slip that names no day
	SetVerifyDays    = "verify_days"        // to check an absence against leave and travel; 0: the day of the record
	SetCaseStart     = "case_start"         // 3.6: proposed or approved
	SetOpinionStart  = "opinion_start"      // 3.2b: received or recorded
	SetReplaceStart  = "replace_start"      // 2.1: decided or served
	SetSelectStart   = "select_start"       // 3.1: decided or served
	SetAppealStart   = "appeal_start"       // served or decided
	SetFirstDay      = "clock_first_day"    // next_day, same_day or next_workday, for the clocks of cases
	SetRemindDays    = "remind_days"        // days before the last one that somebody is first reminded
	SetRaiseDays     = "raise_days"         // days after the last one that a higher person is told
	SetHigherUp      = "higher_up"          // login of who is told of what is over; "" the leaders
)

var defaults = map[string]string{
	SetLambda: "4000", SetHorizonWeeks: "104", SetBuffer: "3", SetLead: "90", SetCompletion: "940000",
	SetStandby: "4", SetDaysMin: "20", SetLodgingMin: "12", SetCaseDays: "7", SetCutOffDay: "5",
	SetDraftDay: "6", SetDraftHour: "8", SetFactCheck: "2",
	SetAllowance: "0", SetAllowanceCap: "31", SetPromptly: "7",
	SetSpotMembers: "3", SetOddMetres: "3000", SetMinuteDays: "8", SetMinuteShare: "80", SetLeaveTownship: "3",
	SetBranchBody: "", SetPovertyBody: "", SetVillageBody: "", SetFinanceBody: "",
	SetApproveDays: "1", SetOpinionDays: "3", SetReplyDays: "3", SetReplaceUnit: "3", SetReplaceCounty: "7", SetAppealDays: "0", SetAppealAnswer: "0",
	SetCorrectDays: "7", SetHandoverDays: "30", SetVerifyDays: "0",
	SetCaseStart: string(StartProposed), SetOpinionStart: string(StartReceived), SetReplaceStart: string(StartDecided), SetSelectStart: string(StartDecided),
	SetAppealStart: string(StartServed), SetFirstDay: string(FirstNextDay),
	SetRemindDays: "2", SetRaiseDays: "1", SetHigherUp: "",
	SetIssuer: "", SetPrefix: "", SetNoticePrefix: "", SetLetterPrefix: "", SetSigner: "", SetSignerDuty: "", SetCopyTo: "", SetContact: "",
	SetContactPhone: "", SetFirstWeek: "", SetHorizonStart: "", SetBeacon: "",
	SetQuietLeader: "22:00-07:00", SetQuietClerk: "", SetQuietInspector: "", SetQuietReviewer: "", SetQuietTownship: "", SetQuietUnit: "",
	SetReaderScope: string(ScopeOwn), SetReaderMark: "off", SetDelivery: DeliverAttach,
}

// choices are the values of the settings that have only a few.
var choices = map[string][]string{
	SetReaderScope: {string(ScopeOwn), string(ScopeAll)}, SetReaderMark: {"off", "on"},
	SetCaseStart: {string(StartProposed), string(StartApproved)}, SetOpinionStart: {string(StartReceived), string(StartRecorded)},
	SetReplaceStart: {string(StartDecided), string(StartServed)}, SetSelectStart: {string(StartDecided), string(StartServed)},
	SetAppealStart: {string(StartServed), string(StartDecided)},
	SetFirstDay:    {string(FirstNextDay), string(FirstSameDay), string(FirstNextWorkday)},
	SetDelivery:    {DeliverAttach, DeliverPortal, DeliverFolder, DeliverPrint},
}

// SettingKeys lists the known keys in order.
func SettingKeys() []string {
	keys := make([]string, 0, len(defaults))
	for k := range defaults {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Settings are the values in force on a day.
type Settings map[string]string

// SettingsOn picks from everything ever set what is in force on a day; the rest has its default.
func SettingsOn(all []Setting, day calendar.Date) Settings {
	s := Settings{}
	for k, v := range defaults {
		s[k] = v
	}
	sorted := append([]Setting(nil), all...)
	sort.SliceStable(sorted, func(i, j int) bool {
		if sorted[i].From != sorted[j].From {
			return sorted[i].From < sorted[j].From
		}
		return sorted[i].Recorded.Before(sorted[j].Recorded.Time)
	})
	for _, set := range sorted {
		if set.From <= day {
			s[set.Key] = set.Value
		}
	}
	return s
}

// Int reads a whole number. A value that is none is refused where it is set (CheckSetting), so here it
// falls back to the default.
func (s Settings) Int(key string) int {
	n, err := strconv.Atoi(s[key])
	if err != nil {
		n, _ = strconv.Atoi(defaults[key])
	}
	return n
}

// Official reports whether papers may be official: issuer, number prefix and signer are set.
func (s Settings) Official() bool { return len(s.Missing()) == 0 }

// Missing lists the settings without which nothing official leaves.
func (s Settings) Missing() []string {
	var keys []string
	for _, key := range []string{SetIssuer, SetPrefix, SetSigner} {
		if s[key] == "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// SeriesBulletin counts what bears the office's own prefix: bulletins, corrections, and whatever has no prefix of its own.
const SeriesBulletin = "bulletin"

// Series gives the prefix of a notice's or letter's number, and the series that counts it. One prefix is one series, so that no two
// papers of a year bear the same number.
func (s Settings) Series(letter bool) (prefix, series string) {
	prefix = s[SetNoticePrefix]
	if letter {
		prefix = s[SetLetterPrefix]
	}
	if prefix == "" || prefix == s[SetPrefix] {
		return s[SetPrefix], SeriesBulletin
	}
	return prefix, "paper/" + prefix
}

// phone is what can be dialled: digits with the usual signs between, an extension after 转, several with a comma.
var phone = regexp.MustCompile(`^\+?[0-9\x{FF08}(][0-9\x{FF08}\x{FF09}() -]{3,}[0-9](\x{8F6C}[0-9]+)?([\x{3001},\x{FF0C}/ ]+[0-9\x{FF08}(][0-9\x{FF08}\x{FF09}() -]{3,}[0-9](\x{8F6C}[0-9]+)?)*$`)

// CheckSetting refuses unknown keys and values out of range.
func CheckSetting(key, value string) error {
	def, known := defaults[key]
	if !known {
		return Fail(Invalid, "setting.unknown", "key", key, "known", strings.Join(SettingKeys(), ", "))
	}
	if strings.ContainsAny(value, "\r\n\x00") {
		return Fail(Invalid, "setting.line_break", "key", key)
	}
	if list := choices[key]; list != nil && !slices.Contains(list, value) {
		return Fail(Invalid, "setting.choice", "key", key, "value", value, "choices", strings.Join(list, ", "))
	}
	switch key {
	case SetFirstWeek, SetHorizonStart:
		if value != "" {
			if _, err := calendar.ParseWeek(value); err != nil {
				return Fail(Invalid, "setting.week", "key", key, "value", value)
			}
		}
		return nil
	case SetQuietLeader, SetQuietClerk, SetQuietInspector, SetQuietReviewer, SetQuietTownship, SetQuietUnit:
		if value != "" {
			if _, err := calendar.ParseHours(value); err != nil {
				return Fail(Invalid, "setting.hours", "key", key, "value", value)
			}
		}
		return nil
	}
	if key == SetContactPhone && value != "" && !phone.MatchString(value) {
		return Fail(Invalid, "setting.phone", "key", key, "value", value)
	}
	if _, err := strconv.Atoi(def); err != nil {
		return nil
	}
	limits := map[string][2]int{
		SetLambda: {2000, 28000}, SetHorizonWeeks: {4, 520}, SetBuffer: {0, 10}, SetLead: {0, 480},
		SetCompletion: {100000, 1000000}, SetStandby: {3, 6}, SetDaysMin: {0, 31}, SetLodgingMin: {0, 31},
		SetCaseDays: {1, 365}, SetCutOffDay: {1, 28}, SetDraftDay: {1, 28}, SetDraftHour: {0, 23}, SetFactCheck: {0, 30},
		SetApproveDays: {1, 30}, SetOpinionDays: {1, 30}, SetReplyDays: {1, 30}, SetReplaceUnit: {1, 60}, SetReplaceCounty: {1, 60},
		SetAppealDays: {0, 365}, SetAppealAnswer: {0, 365}, SetRemindDays: {0, 30}, SetRaiseDays: {1, 60},
		SetCorrectDays: {1, 365}, SetHandoverDays: {1, 365}, SetVerifyDays: {0, 30},
		SetSpotMembers: {2, 50}, SetOddMetres: {100, 50_000}, SetMinuteDays: {2, 31}, SetMinuteShare: {1, 100}, SetLeaveTownship: {0, 365},
		SetPromptly: {0, 60}, SetAllowance: {0, 100_000}, SetAllowanceCap: {0, 31},
	}[key]
	n, err := strconv.Atoi(value)
	if err != nil || n < limits[0] || n > limits[1] {
		return Fail(Invalid, "setting.range", "key", key, "value", value, "range", fmt.Sprintf("%d–%d", limits[0], limits[1]))
	}
	return nil
}
