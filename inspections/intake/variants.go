package intake

import "strings"

// variants maps traditional and variant characters that occur in names of persons and places to the plain
// ones; pairs of runes, the variant first. Only for comparing: what the roster writes stays as it is.
const variants = "張张陳陈黃黄黄黄劉刘楊杨趙赵吳吴孫孙馬马羅罗鄭郑謝谢馮冯鄧邓許许傅傅蘇苏盧卢蔣蒋賈贾葉叶閻阎餘余潘潘戴戴" +
	"鍾钟鐘钟譚谭韋韦鄒邹陸陆顧顾龍龙萬万錢钱湯汤嚴严賴赖龔龚歐欧陽阳聶聂厲厉駱骆鄺邝匡匡呂吕喬乔譚谭肅肃蕭萧" +
	"華华國国軍军麗丽偉伟強强彊强濤涛剛刚輝辉鵬鹏飛飞紅红蘭兰鳳凤雲云輝辉輝辉傑杰榮荣貴贵義义禮礼賢贤慶庆興兴東东" +
	"書书興兴樹树澤泽潔洁靜静靈灵遠远遙遥達达運运連连進进選选際际階阶隨随險险難难雙双離离電电霧雾順顺頌颂預预領领頭头" +
	"願愿風风飄飘養养騰腾驍骁驥骥魯鲁鮮鲜鴻鸿鶴鹤麥麦齊齐齡龄億亿倫伦優优儉俭兒儿內内冊册凱凯劍剑勁劲勛勋勳勋動动務务勝胜" +
	"勵励勻匀區区協协單单衛卫參参吳吴員员喚唤嘯啸團团園园圍围場场堅坚堯尧報报塵尘壽寿夢梦奮奋婁娄孃娘學学寧宁甯宁實实寶宝" +
	"將将專专導导屆届層层嶺岭嶽岳巖岩岡冈島岛峽峡崗岗師师帥帅帶带幫帮庫库廣广廠厂彥彦後后徑径從从復复徵征德德恆恒悅悦愛爱" +
	"愷恺慈慈憲宪懷怀戰战戲戏採采揚扬換换據据擇择攝摄敎教敏敏數数曉晓暉晖曄晔會会條条極极業业楓枫槍枪樂乐標标樓楼樸朴橋桥" +
	"機机櫻樱權权歡欢歲岁歷历氣气漢汉淵渊淸清淨净減减測测渾浑溫温滄沧滿满漁渔潤润潛潜濟济濱滨瀏浏灣湾炤照烏乌無无煥焕煒炜" +
	"燁烨燦灿營营爍烁爲为爾尔獅狮獻献瑋玮瑩莹瑤瑶環环璽玺瓊琼產产畢毕畫画異异疊叠發发盛盛監监盤盘眞真確确磊磊祿禄禎祯種种" +
	"積积穎颖穩稳競竞筆笔節节範范簡简籌筹紀纪約约純纯紹绍終终結结絢绚絲丝統统經经維维綱纲綠绿緒绪緣缘縣县總总績绩繼继續续" +
	"羣群聖圣聞闻聯联聰聪職职肖肖膽胆與与舉举艷艳藝艺荊荆莊庄蓮莲蔭荫薩萨藍蓝蘆芦蘊蕴處处號号術术衝冲補补裝装見见規规視视" +
	"親亲覺觉觀观計计訓训記记設设誌志詠咏詩诗誠诚語语說说調调諒谅諾诺謙谦證证識识議议讓让豐丰豔艳貝贝貞贞負负財财貫贯貽贻" +
	"賀贺資资賓宾質质贊赞車车軒轩輕轻輪轮轉转辦办農农遲迟遷迁鄉乡鄰邻醫医銀银銅铜銘铭鋒锋鋼钢錄录錦锦鎮镇鏡镜鐵铁鑫鑫" +
	"長长門门開开間间閔闵閣阁關关隊队陰阴陣阵陽阳雞鸡韓韩響响項项須须頓顿頻频顏颜顯显飯饭館馆駐驻駿骏魚鱼鳴鸣鵑鹃點点黨党" +
	"峯峰喆哲堃坤昇升陞升犇奔邨村疊叠堦阶埧坝壩坝邊边爐炉衝冲窰窑窯窑灘滩隴陇壠垄壢坜壪湾坵丘冺泯塲场塅段洌冽蹟迹龢和瀧泷"

var plainOf = func() map[rune]rune {
	pairs := []rune(variants)
	m := make(map[rune]rune, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}()

// simple gives a name in plain characters and without the dots within it, for comparing.
func simple(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '·' {
			return -1
		}
		if plain, ok := plainOf[r]; ok {
			return plain
		}
		return r
	}, s)
}

// sameName reports whether two names are the same but for variant characters and the dot within them.
func sameName(a, b string) bool { return a == b || simple(a) == simple(b) }
