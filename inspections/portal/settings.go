package portal

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

type settingLine struct {
	Key, Value string
	Since      calendar.Date // zero: the default
	Next       *inspections.Setting
}

type settingsView struct {
	Groups []settingGroup
	Write  bool
}

type settingGroup struct {
	Key   string // "portal.settings.group."+Key
	Lines []settingLine
}

// drawSettings touch the draw: who looks at them is recorded.
var drawSettings = []string{inspections.SetLambda, inspections.SetHorizonWeeks, inspections.SetHorizonStart, inspections.SetFirstWeek, inspections.SetBuffer, inspections.SetLead, inspections.SetCompletion, inspections.SetStandby, inspections.SetBeacon}

// settingGroups orders the settings as an office thinks of them.
var settingGroups = []struct {
	key  string
	keys []string
}{
	{"office", []string{inspections.SetIssuer, inspections.SetPrefix, inspections.SetNoticePrefix, inspections.SetLetterPrefix, inspections.SetSigner, inspections.SetSignerDuty, inspections.SetCopyTo, inspections.SetContact, inspections.SetContactPhone}},
	{"limits", []string{inspections.SetDaysMin, inspections.SetLodgingMin, inspections.SetCutOffDay, inspections.SetLeaveTownship, inspections.SetOddMetres, inspections.SetSpotMembers, inspections.SetMinuteDays, inspections.SetMinuteShare, inspections.SetPromptly, inspections.SetAllowance, inspections.SetAllowanceCap}},
	{"bodies", []string{inspections.SetBranchBody, inspections.SetPovertyBody, inspections.SetVillageBody, inspections.SetFinanceBody}},
	{"cases", []string{inspections.SetCaseDays, inspections.SetApproveDays, inspections.SetOpinionDays, inspections.SetReplyDays, inspections.SetReplaceUnit, inspections.SetReplaceCounty, inspections.SetAppealDays, inspections.SetAppealAnswer, inspections.SetCorrectDays, inspections.SetHandoverDays, inspections.SetVerifyDays, inspections.SetFirstDay, inspections.SetCaseStart, inspections.SetOpinionStart, inspections.SetReplaceStart, inspections.SetSelectStart, inspections.SetAppealStart, inspections.SetRemindDays, inspections.SetRaiseDays, inspections.SetHigherUp}},
	{"bulletin", []string{inspections.SetDraftDay, inspections.SetDraftHour, inspections.SetFactCheck, inspections.SetReaderScope, inspections.SetReaderMark, inspections.SetDelivery}},
	{"draw", drawSettings},
	{"post", []string{inspections.SetQuietLeader, inspections.SetQuietClerk, inspections.SetQuietInspector, inspections.SetQuietReviewer, inspections.SetQuietTownship, inspections.SetQuietUnit}},
}

type settingView struct {
	Key     string
	Value   string
	Choices []string // of a setting that has only a few values
	Today   calendar.Date
	History []inspections.Setting
}

// settingList shows what is in force today and what is set for later.
func settingList(x *exchange) (answer, error) {
	if err := x.p.cfg.Office.ReadDraw(x.ctx(), x.actor(), office.ReadSettings, ""); err != nil {
		return answer{}, err
	}
	view := settingsView{Write: x.actor().Is(clerks...)}
	err := x.view(func(tx Tx) error {
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		today := x.now.Date()
		now := inspections.SettingsOn(all, today)
		for _, g := range settingGroups {
			group := settingGroup{Key: g.key}
			for _, key := range g.keys {
				group.Lines = append(group.Lines, settingLineOf(all, key, now[key], today))
			}
			view.Groups = append(view.Groups, group)
		}
		return nil
	})
	return show("settings", x.words.T("portal.settings.title"), view), err
}

func settingLineOf(all []inspections.Setting, key, value string, today calendar.Date) settingLine {
	line := settingLine{Key: key, Value: value}
	for _, s := range historyOf(all, key) {
		if s.From <= today {
			line.Since = s.From
		} else if line.Next == nil {
			line.Next = &s
		}
	}
	return line
}

// historyOf lists what was ever set under a key, by day and record.
func historyOf(all []inspections.Setting, key string) []inspections.Setting {
	var list []inspections.Setting
	for _, s := range all {
		if s.Key == key {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b inspections.Setting) int {
		if a.From != b.From {
			return int(a.From - b.From)
		}
		return a.Recorded.Compare(b.Recorded.Time)
	})
	return list
}

// settingPage shows one setting with its history and the form to change it.
func settingPage(x *exchange) (answer, error) {
	key := x.r.PathValue("key")
	if !slices.Contains(inspections.SettingKeys(), key) {
		return answer{}, noPage()
	}
	if slices.Contains(drawSettings, key) {
		if err := x.p.cfg.Office.ReadDraw(x.ctx(), x.actor(), office.ReadHistory, key); err != nil {
			return answer{}, err
		}
	}
	view := settingView{Key: key, Choices: inspections.Choices(key), Today: x.now.Date()}
	err := x.view(func(tx Tx) error {
		all, err := tx.Settings()
		view.Value, view.History = inspections.SettingsOn(all, view.Today)[key], historyOf(all, key)
		return err
	})
	return show("setting", x.words.Label("setting", key), view), err
}

// settingSet records a dated value; earlier ones stay on record.
func settingSet(x *exchange) (answer, error) {
	f := x.form()
	value, from := f.text("value"), f.date("from", true)
	page := func() (answer, error) { return settingPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	s := inspections.Setting{Key: x.r.PathValue("key"), Value: value, From: from}
	if err := x.p.cfg.Office.ChangeSetting(x.ctx(), x.actor(), s, f.text("reason")); err != nil {
		return x.refused(err, page)
	}
	return goTo("/settings", "setting_set"), nil
}

// help shows the handbook's short form.
func help(x *exchange) (answer, error) {
	return show("help", x.words.T("portal.help.title"), nil), nil
}
