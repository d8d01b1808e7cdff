package intake

import (
	"strings"

	"anfang.example/inspections"
)

// statusWords are the ways ledgers write a status; the first of each is the plain one.
var statusWords = []struct {
	status inspections.SignStatus
	words  []string
}{
	{inspections.SignPresent, []string{"在岗", "在岗在位", "在村", "到岗", "出勤", "已签到", "签到", "正常", "√", "✓", "✔", "☑",
		"在位", "在", "到", "到村", "驻村", "在村在岗", "在岗在村", "正常出勤", "正常在岗", "已签", "已打卡", "打卡", "全勤", "在勤", "上班", "已到", "已到岗", "是"}},
	{inspections.SignLeave, []string{"请假", "假", "休假", "公休", "补休", "调休", "轮休", "年休", "探亲", "已请假", "批假", "准假", "休息请假"}},
	{inspections.SignTravel, []string{"公出", "出差", "公务外出", "因公外出", "外出公务", "开会", "会议", "培训", "学习", "公差", "公务", "因公", "公假", "外出开会", "参会", "外出培训", "出差在外"}},
	{inspections.SignAbsent, []string{"未签到", "未到岗", "缺勤", "缺岗", "旷工", "不在岗", "脱岗", "×", "✗", "✘", "缺席", "未签", "未打卡", "未到", "缺", "否", "无故缺勤", "空岗"}},
}

// leaveWords tell the kind of a leave by a word in it, the more particular first.
var leaveWords = []struct{ word, kind string }{
	{"病", "sick"}, {"事假", "personal"}, {"私事", "personal"}, {"年休", "annual"}, {"年假", "annual"}, {"公休", "annual"},
	{"公出", "travel"}, {"出差", "travel"}, {"公务", "travel"}, {"因公", "travel"}, {"开会", "travel"}, {"会议", "travel"},
	{"培训", "travel"}, {"学习", "travel"},
	{"婚", "other"}, {"产", "other"}, {"丧", "other"}, {"探亲", "other"}, {"护理", "other"}, {"育儿", "other"},
	{"其他", "other"}, {"调休", "other"}, {"补休", "other"}, {"轮休", "other"},
}

// readStatus reads a status; plain is the word it stands for, "" when it is not known. Words such as
// 事假 are a leave and its kind at once.
func readStatus(s string) (status inspections.SignStatus, plain string) {
	s = simple(strings.Trim(squeeze(s), ".。,;、!"))
	for _, one := range []string{s, bracketed.ReplaceAllString(s, "")} {
		for _, group := range statusWords {
			for _, w := range group.words {
				if one == w {
					return group.status, group.words[0]
				}
			}
		}
	}
	if strings.HasSuffix(s, "假") && leaveKind(s) != "" {
		return inspections.SignLeave, "请假"
	}
	return "", ""
}

// leaveKind gives the kind of a leave or duty travel, "" when the words tell none.
func leaveKind(s string) string {
	s = squeeze(s)
	for _, w := range leaveWords {
		if strings.Contains(s, w.word) {
			return w.kind
		}
	}
	if strings.HasSuffix(s, "假") && s != "请假" && s != "假" && s != "休假" {
		return "other"
	}
	return ""
}
