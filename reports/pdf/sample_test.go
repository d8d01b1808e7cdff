package pdf

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sampleBulletin is an invented bulletin of a few pages.
func sampleBulletin() Document {
	return Document{
		Kind:   Bulletin,
		Meta:   Meta{Created: time.Date(2025, 4, 7, 0, 0, 0, 0, time.UTC), Author: "示范县驻村帮扶工作队管理办公室"},
		Mark:   "示范县驻村帮扶工作队管理办公室文件",
		Number: "示驻村办〔2025〕3号",
		Title:  "示范县驻村帮扶工作队管理办公室|关于2025年3月驻村帮扶工作|督查情况的通报",
		To:     "各乡镇党委，各帮扶单位党组（党委、党总支、党支部）：",
		Body: []Block{
			Para{Text: "按照《关于进一步压实驻村帮扶工作队管理责任的通知》（永组发〔2017〕71号）要求，3月，县驻村办对乡镇党委、帮扶单位和驻村帮扶工作队履职情况进行了督查。现将有关情况通报如下。"},
			Heading{Level: 1, Text: "一、督查开展情况"},
			Para{Text: "3月3日至30日，随机开展暗访督查11次，其中3月3日至9日2次、10日至16日3次、17日至23日3次、24日至30日3次；另开展专项督查1次，不计入随机次数。共到9个乡镇、12个村，涉及工作队12支、帮扶单位14个。随机抽取验证材料见附件4。"},
			Heading{Level: 1, Text: "二、出勤情况"},
			Heading{Level: 2, Text: "（一）总体情况。", RunIn: "截至4月5日，14个乡镇报送了出勤登记表，涉及工作队员312人。其中，驻村满20天的298人，下组入户并住在村里或乡镇政府满12天的260人；请假9人、11人次；经核实无故不在岗5人、5人次。"},
			Heading{Level: 2, Text: "（二）未报送情况。", RunIn: "泉塘镇未按时报送，涉及工作队员21人，出勤情况暂缺。无故不在岗较上月减少2人次——上月数据以县驻村办台账为准……"},
			Table{
				Caption: "表1　各乡镇出勤情况（按行政区划代码排列）", Unit: "单位：人",
				Head: []string{"乡镇", "工作队员", "驻村满20天", "住宿满12天", "请假", "无故不在岗"},
				Columns: []Column{
					{Weight: 3}, {Weight: 2, Align: Center}, {Weight: 2, Align: Center}, {Weight: 2, Align: Center},
					{Weight: 2, Align: Center}, {Weight: 2, Align: Center},
				},
				Rows: [][]string{
					{"城关镇", "24", "24", "20", "1", "0"}, {"马田镇", "30", "29", "25", "0", "1"},
					{"泉塘镇", "未报送", "未报送", "未报送", "未报送", "未报送"}, {"高亭司镇", "22", "22", "18", "2", "0"},
					{"柏林镇", "19", "18", "17", "0", "1"}, {"油麻镇", "27", "26", "暂无数据", "1", "0"},
					{"金龟镇", "20", "20", "19", "1", "0"}, {"樟树镇", "18", "16", "15", "0", "2"},
				},
				Note: "注：没有报送的写“未报送”，不作零计。",
			},
			Heading{Level: 1, Text: "三、发现的主要问题"},
			Para{Text: "本月督查发现并核实问题2个，涉及2个乡镇、2个帮扶单位、2名工作队员。"},
			Heading{Level: 3, Text: "1. ", RunIn: "3月12日15时，督查组到马田镇和平村督查，县供销合作社1名工作队员不在岗。经核实，该同志未履行请假手续，属无故不在岗，系本年度首次，不符合永组发〔2017〕71号文件第一部分第4项规定。"},
			Heading{Level: 3, Text: "2. ", RunIn: "3月20日10时，督查组到樟树镇楼下村督查，县农业农村局1名工作队员不在岗。单位反映该同志当日返县报账。经核查，不予采纳，理由是当日没有公出记录。"},
			Heading{Level: 1, Text: "四、“一案双查”及处理情况"},
			Para{Text: "对2起问题启动“一案双查”，分别对2个乡镇党委、2个帮扶单位党组（党委）进行核查。截至4月5日，办结1起，正在办理1起。按照管理权限，约谈2人、批评教育1人。"},
			Heading{Level: 1, Text: "五、以往问题整改情况"},
			Para{Text: "截至4月5日，此前通报未销号问题3个，本月经核验销号1个，在整改期限内1个，逾期1个。"},
			Heading{Level: 1, Text: "六、工作要求"},
			Para{Text: "请柏林镇党委于4月18日前完成考勤台账整改，并将整改情况书面报送县驻村办。请各帮扶单位于4月20日前核对本单位派驻工作队员名单，名单中的姓名含有生僻字的（如珺、镕、堃、㴪、〇、𬭎、𠮷），请一并注明读音。"},
			Heading{Level: 1, Text: "七、县驻村办履职情况"},
			Para{Text: "本月县驻村办有1项应办事项未按期办理：2月督查通报应于3月6日前印发，实际于3月8日印发，原因是核对事实延期。"},
		},
		AnnexLead: "附件：",
		Annexes: []Annex{
			{Label: "附件1", ListNumber: "1. ", ListName: "问题整改台账", Title: "问题整改台账", Body: []Block{sampleLedger()}},
			{Label: "附件2", ListNumber: "2. ", ListName: "随机抽取验证材料", Title: "随机抽取验证材料", Body: []Block{
				KeyValues{Items: []KeyValue{
					{Key: "年度校验基准", Value: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
					{Key: "日志末端", Value: "第1204条，2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"},
				}},
			}},
		},
		Signature: "示范县驻村帮扶工作队管理办公室", Date: "2025年4月7日",
		Imprint: Imprint{
			CopyLead: "抄送：", CopyTo: "县委、县政府有关领导同志，县委办公室，县政府办公室，县纪委监委，县委组织部，县乡村振兴局。",
			IssuedBy: "示范县驻村帮扶工作队管理办公室", IssuedOn: "2025年4月7日印发",
			Proof: "留痕记录签名校验码（供日后核对）：1204:" + strings.Repeat("2c26b46b68ffc68ff99b453c1d304134", 2) + ":" + strings.Repeat("9f86d081884c7d659a2feaa0c55ad015", 4),
		},
	}
}

func sampleLedger() Table {
	t := Table{Head: []string{"序号", "乡镇", "村", "帮扶单位", "问题", "整改期限", "状态"}}
	for i := range 40 {
		t.Rows = append(t.Rows, []string{
			string(rune('1' + i%9)), "马田镇", "和平村", "县供销合作社联合社", "工作队员不在岗，未履行请假手续，当日没有公出记录", "2025年4月18日", "在期限内",
		})
	}
	return t
}

func sampleCaseFile() Document {
	return Document{
		Kind: Plain,
		Meta: Meta{Created: time.Date(2025, 4, 7, 0, 0, 0, 0, time.UTC)},
		Cover: &Cover{
			Over: "示范县驻村帮扶工作队管理办公室", Title: "“一案双查”|案卷", Number: "示驻村办案〔2025〕1号",
			Items: []KeyValue{
				{Key: "事由", Value: "马田镇和平村驻村帮扶工作队1名工作队员无故不在岗"}, {Key: "乡镇", Value: "马田镇党委"},
				{Key: "帮扶单位", Value: "县供销合作社联合社党组"}, {Key: "启动日期", Value: "2025年3月13日"}, {Key: "办结日期", Value: "2025年3月19日"}, {Key: "密级", Value: "内部资料"},
			},
			Foot: []string{"二〇二五年三月"},
		},
		Title:   "马田镇和平村“一案双查”|核查情况",
		Running: "示驻村办案〔2025〕1号　马田镇和平村",
		Sample:  "样稿", Reader: "仅供张三丰同志核对，编号 0007",
		Body: []Block{
			Heading{Level: 1, Text: "一、基本情况"},
			KeyValues{Ruled: true, Items: []KeyValue{
				{Key: "督查时间", Value: "2025年3月12日15时10分"}, {Key: "督查人员", Value: "李四、王五"}, {Key: "地点", Value: "马田镇和平村村部"},
				{Key: "当时情形", Value: "村部开门，值班村干部在场。工作队员赵六不在村，电话无人接听。15时40分，驻镇工作队长说明该同志当日上午返县。"},
			}},
			Heading{Level: 1, Text: "二、经过"},
			Item{Marker: "（1）", Text: "3月12日16时，向乡镇分管负责同志核对请假、公出手续，没有记录。该情形当场如实记录，不当场定性，不表态处理。"},
			Item{Marker: "（2）", Text: "3月13日，经批准启动“一案双查”。"},
			Table{Caption: "佐证材料", Head: []string{"编号", "名称", "校验码"}, Rows: [][]string{
				{"1", "现场照片2张", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
				{"2", "考勤台账复印件", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"},
			}},
			Heading{Level: 1, Text: "三、结论"},
			Para{Text: "经核查，该同志未履行请假手续，属无故不在岗，系本年度首次。"},
		},
		Signature: "示范县驻村帮扶工作队管理办公室", Date: "2025年3月19日", SealSpace: true,
	}
}

func builtinFaces(t testing.TB) Faces {
	t.Helper()
	faces, err := Resolve(Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return faces
}

func TestLook(t *testing.T) {
	dir := os.Getenv("ANFANG_LOOK")
	if dir == "" {
		t.Skip("set ANFANG_LOOK to a folder to have the sample papers written there")
	}
	letter := sampleBulletin()
	letter.Kind, letter.Mark, letter.Annexes, letter.Body, letter.SealSpace = Letter, "示范县驻村帮扶工作队管理办公室", nil, letter.Body[:4], true
	for name, doc := range map[string]Document{"bulletin": sampleBulletin(), "casefile": sampleCaseFile(), "letter": letter} {
		data, report, err := Render(doc, builtinFaces(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %+v", name, report)
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
