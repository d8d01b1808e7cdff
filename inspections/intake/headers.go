package intake

import "strings"

// kind is what a table lists.
type kind string

const (
	kindTownships  kind = "townships"
	kindUnits      kind = "units"
	kindTeams      kind = "teams"
	kindMembers    kind = "members"
	kindInspectors kind = "inspectors"
	kindSignIns    kind = "signins"
	kindLeave      kind = "leave"
	kindDuties     kind = "duties"
	kindDingSign   kind = "dingtalk_sign"  // 签到报表
	kindDingRaw    kind = "dingtalk_raw"   // 原始记录
	kindDingDaily  kind = "dingtalk_daily" // 每日统计
	kindWecomDay   kind = "wecom_daily"    // 上下班打卡_日报, 概况统计与打卡明细
	kindWecomPunch kind = "wecom_punch"    // its 打卡详情
)

// field is what a column holds, whatever its heading says.
type field string

const (
	fTownship   field = "township"
	fCode       field = "township_code"
	fDeputy     field = "deputy"
	fResident   field = "resident"
	fResPhone   field = "resident_phone"
	fPhone      field = "phone"
	fEmail      field = "email"
	fUnit       field = "unit"
	fMainLeader field = "main_leader"
	fInCharge   field = "in_charge"
	fTeamCode   field = "team_code"
	fVillage    field = "village"
	fVillCode   field = "village_code"
	fTeamUnit   field = "team_unit"
	fTeamKind   field = "team_kind"
	fFrom       field = "from"
	fUntil      field = "until"
	fName       field = "name"
	fSex        field = "sex"
	fRole       field = "role"
	fNote       field = "note"
	fHome       field = "home"
	fAvoid      field = "avoid"
	fDay        field = "day"
	fClock      field = "clock"
	fStatus     field = "status"
	fLon        field = "longitude"
	fLat        field = "latitude"
	fPlace      field = "place"
	fLeaveKind  field = "leave_kind"
	fApprover   field = "approver"
	fDept       field = "department"
	fPath       field = "department_path" // from the top down
	fGroup      field = "group"           // what only tells one export from another
	fShift      field = "shift"
	fAccount    field = "account"
	fClock2     field = "clock_leaving"
	fPlaceNote  field = "place_note"
	fOddCount   field = "odd_places"
	fSource     field = "source"
	fDue        field = "clock_due"
	fBody       field = "body"
	fClause     field = "clause"
	fPeriod     field = "period"
	fHow        field = "how"
)

// form is what the headings of a kind of table look like. The first name of a field is the one a
// person is told when the column is missing.
type form struct {
	names    map[field][]string
	required []field         // without them the file is refused
	wanted   []field         // without them it is listed
	instead  map[field]field // a required one may be missing where this other one stands
}

var (
	townshipNames = []string{"乡镇", "乡镇(街道)", "所在乡镇", "乡镇街道", "乡(镇)", "镇(乡)", "乡镇名称", "所属乡镇", "镇街", "镇", "乡", "街镇", "镇街名称", "所在镇", "所在镇街", "驻点乡镇", "派驻乡镇", "派驻镇", "乡镇名", "镇乡", "所属镇街", "驻村乡镇", "帮扶乡镇"}
	villageNames  = []string{"村", "村(社区)", "驻点村名", "驻村", "村名", "所驻村", "驻点村", "村社区", "帮扶村", "驻村名称", "所在村", "行政村", "村居", "派驻村", "驻村点", "驻点", "驻村村名", "村名称", "社区", "所属村", "驻村地点", "帮扶村名", "村级"}
	nameNames     = []string{"姓名", "队员姓名", "工作队员", "工作队员姓名", "人员姓名", "队员", "驻村干部", "驻村干部姓名", "干部姓名", "签到人", "签到人姓名", "人员", "名字", "驻村队员", "驻村队员姓名", "驻村工作队员", "考勤人", "员工姓名"}
	phoneNames    = []string{"手机号码", "联系电话(手机)", "手机", "手机号", "联系电话", "电话", "电话号码", "联系方式", "移动电话", "手机电话", "联系手机", "本人电话", "联系号码", "号码"}
	emailNames    = []string{"电子邮箱", "邮箱", "电子邮件", "email", "e-mail", "电子邮件地址", "邮箱地址", "邮件"}
	noteNames     = []string{"备注", "说明", "备注说明", "其他", "情况说明", "事由", "请假事由"}
	fromNames     = []string{"驻村起始时间", "驻村时间", "驻村起始日期", "进驻时间", "到村时间", "派驻时间", "起始时间", "开始时间", "驻村开始时间", "驻村日期", "到岗时间", "到岗日期", "派驻日期", "入驻时间", "进村时间", "选派时间", "任职时间"}
	untilNames    = []string{"离队时间", "离村时间", "驻村结束时间", "撤离时间", "结束时间", "离队日期", "撤回时间", "离任时间", "离岗时间", "召回时间", "结束日期"}
)

var headings = map[kind]form{
	kindTownships: {
		names: map[field][]string{
			fTownship: townshipNames,
			fCode:     {"乡镇代码", "区划代码", "行政区划代码", "代码"},
			fDeputy:   {"分管党委副书记", "分管副书记", "党委分管副书记", "分管领导", "分管负责人"},
			fResident: {"驻镇工作队长", "驻镇队长", "驻乡镇工作队长"},
			fResPhone: {"驻镇工作队长电话", "驻镇工作队长手机", "驻镇队长电话", "队长电话"},
			fPhone:    phoneNames, fEmail: emailNames, fNote: noteNames,
		},
		required: []field{fTownship, fDeputy},
		wanted:   []field{fCode, fEmail},
	},
	kindUnits: {
		names: map[field][]string{
			fUnit:       {"单位名称", "帮扶单位", "后盾单位", "派出单位", "单位"},
			fMainLeader: {"党组(党委)书记", "主要领导", "党组书记", "主要负责人", "单位主要领导"},
			fInCharge:   {"分管领导", "分管负责人", "分管领导姓名"},
			fPhone:      phoneNames, fEmail: emailNames, fNote: noteNames,
		},
		required: []field{fUnit, fMainLeader, fInCharge},
		wanted:   []field{fEmail},
	},
	kindTeams: {
		names: map[field][]string{
			fTeamCode: {"编号", "工作队编号", "队伍编号"},
			fTownship: townshipNames, fVillage: villageNames,
			fVillCode: {"村代码", "村区划代码", "行政村代码", "村(社区)代码"},
			fTeamUnit: {"帮扶单位", "后盾单位", "派出单位", "帮扶单位名称", "单位"},
			fTeamKind: {"类型", "队伍类别", "工作队类型", "工作队类别", "类别"},
			fFrom:     fromNames, fUntil: untilNames, fNote: noteNames,
		},
		required: []field{fTownship, fVillage, fTeamUnit},
		wanted:   []field{fVillCode, fTeamKind, fFrom},
	},
	kindMembers: {
		names: map[field][]string{
			fTownship: townshipNames, fVillage: villageNames, fName: nameNames,
			fVillCode: {"村代码", "村区划代码", "行政村代码"},
			fSex:      {"性别"},
			fUnit:     {"派出单位", "工作单位", "所在单位", "单位", "原单位"},
			fTeamUnit: {"后盾单位", "帮扶单位"},
			fTeamKind: {"队伍类别", "工作队类型", "工作队类别", "类型"},
			fRole:     {"职务", "队内职务", "工作队职务", "队内分工"},
			fPhone:    phoneNames, fFrom: fromNames, fUntil: untilNames, fNote: noteNames,
		},
		required: []field{fTownship, fVillage, fName, fUnit, fPhone},
		wanted:   []field{fRole, fFrom},
	},
	kindInspectors: {
		names: map[field][]string{
			fName:  {"姓名", "督查人员", "督查人员姓名", "督查员"},
			fUnit:  {"单位", "工作单位", "所在单位"},
			fPhone: phoneNames, fEmail: emailNames, fNote: noteNames,
			fHome:  {"籍贯乡镇", "籍贯", "户籍乡镇", "家庭所在乡镇"},
			fAvoid: {"需回避单位", "回避单位", "应回避单位"},
		},
		required: []field{fName, fUnit, fPhone, fEmail, fHome, fAvoid},
	},
	kindSignIns: {
		names: map[field][]string{
			fDay:      {"日期", "签到日期", "考勤日期", "年月日", "考勤日", "签到日", "打卡日期", "出勤日期", "登记日期", "日"},
			fTownship: townshipNames, fVillage: villageNames, fName: nameNames, fPhone: phoneNames,
			fClock:  {"签到时间", "时间", "打卡时间", "到岗时间", "签到时刻", "时刻", "签到钟点", "签到具体时间"},
			fStatus: {"状态", "签到状态", "考勤状态", "出勤情况", "在岗情况", "签到情况", "出勤状态", "考勤情况", "是否在岗", "考勤结果", "在岗状态", "签到结果", "当日情况", "当日状态"},
			fLon:    {"经度", "东经", "lng", "lon", "longitude", "gps经度"}, fLat: {"纬度", "北纬", "lat", "latitude", "gps纬度"},
			fPlace: {"地点", "签到地点", "位置", "签到位置", "打卡地点", "地址"}, fNote: noteNames,
		},
		required: []field{fDay, fTownship, fVillage, fName, fPhone, fStatus},
		instead:  map[field]field{fStatus: fClock},
	},
	kindLeave: {
		names: map[field][]string{
			fName: nameNames, fPhone: phoneNames, fTownship: townshipNames, fVillage: villageNames,
			fLeaveKind: {"类别", "请假类别", "请假类型", "假别", "类型"},
			fFrom:      {"起始日期", "开始日期", "请假起始日期", "开始时间", "起始时间"},
			fUntil:     {"结束日期", "截止日期", "请假结束日期", "结束时间", "终止日期"},
			fApprover:  {"批准人", "审批人", "审批领导"},
			fNote:      noteNames,
		},
		required: []field{fName, fPhone, fTownship, fVillage, fLeaveKind, fFrom, fUntil, fApprover},
		instead:  map[field]field{fTownship: fPhone, fVillage: fPhone},
	},
	kindDuties: {
		names: map[field][]string{
			fBody: {"责任主体", "责任单位", "报送单位", "单位", "名称"}, fClause: {"条款", "文件条款", "条款编号"},
			fPeriod: {"周期", "期次", "所属周期", "所属期"}, fDay: {"办理日期", "报送日期", "日期", "完成日期"},
			fHow: {"办理方式", "方式", "办理情况"}, fNote: noteNames,
		},
		required: []field{fBody, fClause, fDay},
	},
	kindDingSign: {
		names: map[field][]string{
			fName: {"姓名"}, fDept: {"部门"}, fPath: {"完整部门"}, fSource: {"签到来源"}, fDay: {"日期"}, fClock: {"时间"},
			fLon: {"经度"}, fLat: {"纬度"}, fPlace: {"地点"}, fPlaceNote: {"详细地址"}, fGroup: {"手机标识"},
		},
		required: []field{fName, fPath, fDay, fClock},
	},
	kindDingRaw: {
		names: map[field][]string{
			fName: {"姓名"}, fGroup: {"考勤组"}, fDept: {"部门"}, fDay: {"考勤日期"}, fDue: {"考勤时间"}, fClock: {"打卡时间"},
			fStatus: {"打卡结果"}, fPlace: {"打卡地址"}, fPlaceNote: {"异常打卡原因"}, fAccount: {"userid"}, fNote: {"打卡备注", "关联的审批单"},
		},
		required: []field{fName, fDept, fDay, fClock, fStatus},
	},
	kindDingDaily: {
		names: map[field][]string{
			fName: {"姓名"}, fGroup: {"考勤组"}, fDept: {"部门"}, fDay: {"日期"}, fShift: {"班次"}, fAccount: {"userid"},
			fClock: {"上班1打卡时间", "上班打卡时间", "打卡时间"}, fClock2: {"下班1打卡时间", "下班打卡时间"},
			fStatus: {"上班1打卡结果", "上班打卡结果", "打卡结果"}, fNote: {"关联的审批单", "审批单"},
		},
		required: []field{fName, fDept, fDay, fClock, fStatus},
	},
	kindWecomDay: {
		names: map[field][]string{
			fDay: {"时间", "日期"}, fName: {"姓名"}, fAccount: {"账号", "帐号"}, fDept: {"部门"}, fGroup: {"所属规则"}, fShift: {"班次"},
			fClock: {"最早"}, fClock2: {"最晚"}, fStatus: {"考勤结果"}, fNote: {"假勤申请"}, fOddCount: {"地点异常"},
		},
		required: []field{fDay, fName, fDept, fClock, fStatus},
	},
	kindWecomPunch: {
		names: map[field][]string{
			fDay: {"日期", "时间"}, fName: {"姓名"}, fAccount: {"账号", "帐号"}, fDept: {"部门"}, fGroup: {"所属规则"}, fShift: {"打卡类型"},
			fDue: {"应打卡时间"}, fClock: {"实际打卡时间"}, fStatus: {"打卡状态"}, fPlace: {"打卡地点"}, fNote: {"假勤申请"},
		},
		required: []field{fDay, fName, fDept, fClock, fStatus},
	},
}

// footerWords begin the lines below a table that are no rows of it.
var footerWords = []string{"合计", "总计", "小计", "备注:", "注:", "说明:", "填表人", "制表人", "制表:", "审核人", "填表日期", "填报人", "填报单位", "负责人签字", "单位(盖章)", "共计", "本页", "本日", "累计", "以上", "注意", "审批人", "审核:", "填报时间", "负责人:", "分管领导:", "经办人"}

// fieldOf recognises a heading: as a whole, else without what stands in brackets.
func fieldOf(k kind, heading string) (field, bool) {
	if len(heading) > maxValueBytes {
		return "", false
	}
	h := strings.ToLower(squeeze(heading))
	h = strings.TrimLeft(h, "*")
	if h == "" {
		return "", false
	}
	if f, ok := byHeading[k][h]; ok {
		return f, true
	}
	h = strings.TrimRight(h, ":*")
	if i := strings.IndexByte(h, '('); i > 0 {
		h = h[:i]
	}
	h = simple(h)
	if f, ok := byHeading[k][h]; ok {
		return f, true
	}
	// What stands before 的 says whose it is: 驻村队员的联系电话.
	if i := strings.LastIndex(h, "的"); i >= 0 {
		f, ok := byHeading[k][h[i+len("的"):]]
		return f, ok
	}
	return "", false
}

// byHeading turns the table around once.
var byHeading = func() map[kind]map[string]field {
	all := map[kind]map[string]field{}
	for k, f := range headings {
		all[k] = map[string]field{}
		for name, words := range f.names {
			for _, w := range words {
				all[k][w] = name
			}
		}
	}
	return all
}()
