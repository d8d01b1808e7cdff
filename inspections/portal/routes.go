package portal

import (
	"strings"

	"anfang.example/inspections"
)

// route is one line of the table of who may do what. What is not in it cannot be reached.
type route struct {
	Method string
	Path   string
	Open   bool               // nobody need be signed in
	Roles  []inspections.Role // who may
	Room   string             // key of the entry in the list of rooms, "" none
	Photos bool               // the body may hold pictures or other files
	serve  handler
}

// Sets of roles.
var (
	everyone     = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleInspector, inspections.RoleReviewer, inspections.RoleTownship, inspections.RoleUnit}
	leader       = []inspections.Role{inspections.RoleLeader}
	admins       = []inspections.Role{inspections.RoleAdmin}
	clerks       = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk}
	goers        = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleInspector}
	recorders    = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleInspector}
	visitors     = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleInspector, inspections.RoleReviewer}
	caseRead     = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer, inspections.RoleTownship, inspections.RoleUnit}
	rosterRead   = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer, inspections.RoleTownship, inspections.RoleUnit}
	reportRead   = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer, inspections.RoleTownship}
	reporting    = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleTownship}
	acting       = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleTownship, inspections.RoleUnit}
	caseFileRead = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer}
	leaveRead    = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleTownship, inspections.RoleUnit}
	leaveWrite   = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleTownship, inspections.RoleUnit}
	formRead     = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer, inspections.RoleTownship}
	careRead     = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleReviewer, inspections.RoleUnit}
	weekRead     = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleInspector, inspections.RoleReviewer}
	owing        = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader, inspections.RoleInspector, inspections.RoleTownship, inspections.RoleUnit}
)

// Routes is the whole table.
func Routes() []route {
	return []route{
		{Method: "GET", Path: "/healthz", Open: true, serve: health},
		{Method: "GET", Path: "/static/{name}", Open: true, serve: staticFile},
		{Method: "GET", Path: "/sign-in", Open: true, serve: signInPage},
		{Method: "POST", Path: "/sign-in", Open: true, serve: signIn},
		{Method: "POST", Path: "/sign-out", Roles: everyone, serve: signOut},
		{Method: "GET", Path: "/password", Roles: everyone, serve: passwordPage},
		{Method: "POST", Path: "/password", Roles: everyone, serve: passwordSet},

		{Method: "GET", Path: "/{$}", Roles: everyone, Room: "home", serve: home},
		{Method: "GET", Path: "/visits", Roles: visitors, Room: "visits", serve: visitList},
		{Method: "GET", Path: "/visits/special", Roles: desk, serve: specialPage},
		{Method: "POST", Path: "/visits/special", Roles: desk, serve: specialSend},
		{Method: "GET", Path: "/visits/{id}", Roles: visitors, serve: visitPage},
		{Method: "GET", Path: "/visits/{id}/notice", Roles: visitors, serve: visitNotice},
		{Method: "GET", Path: "/visits/{id}/paper", Roles: visitors, serve: visitPaper},
		{Method: "POST", Path: "/visits/{id}/record", Roles: recorders, Photos: true, serve: visitRecord},
		{Method: "POST", Path: "/visits/{id}/verification", Roles: clerks, serve: visitVerify},
		{Method: "POST", Path: "/visits/{id}/cancellation", Roles: goers, serve: visitCancel},
		{Method: "GET", Path: "/visits/{id}/evidence/{n}", Roles: visitors, serve: visitEvidence},

		{Method: "GET", Path: "/cases", Roles: caseRead, Room: "cases", serve: caseList},
		{Method: "GET", Path: "/cases/count", Roles: caseFileRead, serve: caseCount},
		{Method: "GET", Path: "/cases/kinds", Roles: desk, serve: caseKinds},
		{Method: "POST", Path: "/cases/kinds", Roles: clerks, serve: caseKindSet},
		{Method: "GET", Path: "/cases/{number}", Roles: caseRead, serve: casePage},
		{Method: "POST", Path: "/cases/{number}/approval", Roles: leader, serve: caseApprove},
		{Method: "POST", Path: "/cases/{number}/refusal", Roles: leader, serve: caseRefuse},
		{Method: "POST", Path: "/cases/{number}/branches/{seq}/statement", Roles: desk, serve: caseStatement},
		{Method: "POST", Path: "/cases/{number}/branches/{seq}/unit", Roles: desk, serve: caseUnit},
		{Method: "POST", Path: "/cases/{number}/branches/{seq}/conclusion", Roles: leader, serve: caseConclude},
		{Method: "POST", Path: "/cases/{number}/measures/{measure}/execution", Roles: desk, serve: caseExecute},
		{Method: "POST", Path: "/cases/{number}/branches/{seq}/measures", Roles: leader, serve: measureDecide},
		{Method: "GET", Path: "/cases/{number}/acts/{kind}", Roles: acting, serve: actForm},
		{Method: "POST", Path: "/cases/{number}/acts/{kind}", Roles: acting, Photos: true, serve: actDone},
		{Method: "GET", Path: "/cases/{number}/originals/{n}", Roles: caseFileRead, serve: actScan},
		{Method: "GET", Path: "/cases/{number}/recalls/{measure}", Roles: caseFileRead, serve: recallNotice},
		{Method: "GET", Path: "/cases/{number}/recalls/{measure}/sample", Roles: caseFileRead, serve: recallSample},
		{Method: "POST", Path: "/cases/{number}/recalls/{measure}", Roles: leader, serve: recallSign},
		{Method: "POST", Path: "/cases/{number}/closure", Roles: desk, serve: caseClose},
		{Method: "POST", Path: "/cases/{number}/file", Roles: caseFileRead, serve: caseFile},
		{Method: "POST", Path: "/cases/{number}/papers/{paper...}", Roles: caseRead, serve: casePaper},

		{Method: "GET", Path: "/reports", Roles: reportRead, Room: "reports", serve: reportList},
		{Method: "POST", Path: "/reports", Roles: reporting, Photos: true, serve: reportTake},
		{Method: "GET", Path: "/reports/{id}", Roles: reportRead, serve: reportPage},
		{Method: "GET", Path: "/reports/{id}/original", Roles: reportRead, serve: reportScan},
		{Method: "POST", Path: "/reports/{id}/opinion", Roles: leader, serve: reportAnswer},

		{Method: "GET", Path: "/rectifications", Roles: caseRead, Room: "rectifications", serve: rectificationList},
		{Method: "POST", Path: "/rectifications", Roles: desk, serve: rectificationOpen},
		{Method: "POST", Path: "/rectifications/{id}/report", Roles: leaveRead, Photos: true, serve: rectificationReport},
		{Method: "GET", Path: "/rectifications/{id}/notice", Roles: caseFileRead, serve: rectifyNotice},
		{Method: "GET", Path: "/rectifications/{id}/notice/sample", Roles: caseFileRead, serve: rectifySample},
		{Method: "POST", Path: "/rectifications/{id}/notice", Roles: leader, serve: rectifySign},
		{Method: "POST", Path: "/rectifications/{id}/verification", Roles: desk, serve: rectificationVerify},

		{Method: "GET", Path: "/attendance", Roles: rosterRead, Room: "attendance", serve: attendanceNow},
		{Method: "GET", Path: "/attendance/{month}", Roles: rosterRead, serve: attendanceMonth},
		{Method: "GET", Path: "/attendance/{month}/check", Roles: desk, serve: attendanceCheck},
		{Method: "GET", Path: "/attendance/{month}/form", Roles: formRead, serve: attendanceForm},
		{Method: "GET", Path: "/attendance/{month}/allowance", Roles: desk, serve: allowanceRegister},
		{Method: "GET", Path: "/assessments", Roles: desk, serve: assessmentNow},
		{Method: "GET", Path: "/assessments/{year}", Roles: desk, serve: assessmentPage},
		{Method: "GET", Path: "/assessments/{year}/file", Roles: desk, serve: assessmentFile},
		{Method: "GET", Path: "/assessments/{year}/judgements", Roles: rosterRead, serve: judgedPage},
		{Method: "POST", Path: "/assessments/{year}/opinions", Roles: reporting, serve: opinionRecord},
		{Method: "POST", Path: "/assessments/{year}/grades", Roles: desk, serve: gradeRecord},
		{Method: "GET", Path: "/assessments/{year}/report", Roles: desk, serve: assessmentReport},
		{Method: "GET", Path: "/assessments/{year}/report/sample", Roles: desk, serve: assessmentSample},
		{Method: "POST", Path: "/assessments/{year}/report", Roles: leader, serve: assessmentSign},
		{Method: "GET", Path: "/imports", Roles: clerks, Room: "imports", serve: importsPage},
		{Method: "POST", Path: "/imports", Roles: clerks, Photos: true, serve: importsUpload},
		{Method: "GET", Path: "/imports/preview", Roles: clerks, serve: importPreview},
		{Method: "POST", Path: "/imports/commit", Roles: clerks, serve: importCommit},
		{Method: "GET", Path: "/imports/questions", Roles: clerks, serve: importQuestions},
		{Method: "POST", Path: "/imports/questions/{id}", Roles: clerks, serve: importAnswer},
		{Method: "GET", Path: "/leaves", Roles: leaveRead, Room: "leaves", serve: leaveList},
		{Method: "POST", Path: "/leaves", Roles: leaveWrite, serve: leaveRecord},
		{Method: "GET", Path: "/duties", Roles: owing, Room: "duties", serve: dutyList},
		{Method: "GET", Path: "/owed", Roles: desk, serve: owedPage},
		{Method: "GET", Path: "/owed/table", Roles: desk, serve: owedTable},
		{Method: "GET", Path: "/duties/calendar", Roles: owing, serve: dutyCalendar},
		{Method: "GET", Path: "/duties/table", Roles: owing, serve: dutyTable},
		{Method: "POST", Path: "/duties/told", Roles: leaveWrite, serve: dutyTell},
		{Method: "POST", Path: "/duties/{id}/submission", Roles: leaveWrite, Photos: true, serve: dutySubmit},
		{Method: "GET", Path: "/duties/{id}/paper", Roles: owing, serve: dutyPaper},
		{Method: "GET", Path: "/duties/{id}/receipt", Roles: owing, serve: dutyReceipt},
		{Method: "GET", Path: "/duties/{id}/receipt/pdf", Roles: owing, serve: dutyReceiptPDF},
		{Method: "GET", Path: "/care", Roles: careRead, serve: careList},
		{Method: "GET", Path: "/care/table", Roles: careRead, serve: careTable},
		{Method: "POST", Path: "/members/{id}/care", Roles: clerks, serve: memberCare},
		{Method: "GET", Path: "/tips", Roles: everyone, serve: tipsPage},
		{Method: "POST", Path: "/tips", Roles: clerks, serve: tipPublish},
		{Method: "GET", Path: "/funds", Roles: rosterRead, serve: fundsPage},
		{Method: "GET", Path: "/funds/table", Roles: rosterRead, serve: fundsTable},
		{Method: "POST", Path: "/funds", Roles: clerks, serve: fundRecord},

		{Method: "GET", Path: "/bulletins", Roles: everyone, Room: "bulletins", serve: bulletinList},
		{Method: "GET", Path: "/bulletins/{month}", Roles: everyone, serve: bulletinPage},
		{Method: "GET", Path: "/bulletins/{month}/paper", Roles: everyone, serve: bulletinPDF},
		{Method: "GET", Path: "/bulletins/{month}/extract", Roles: formRead, serve: bulletinExtract},
		{Method: "GET", Path: "/bulletins/{month}/sample", Roles: desk, serve: bulletinSample},
		{Method: "GET", Path: "/bulletins/{month}/results", Roles: desk, serve: bulletinResults},
		{Method: "POST", Path: "/bulletins/{month}/draft", Roles: clerks, serve: bulletinDraft},
		{Method: "POST", Path: "/bulletins/{month}/signature", Roles: leader, serve: bulletinSign},

		{Method: "GET", Path: "/papers", Roles: everyone, Room: "papers", serve: paperList},
		{Method: "GET", Path: "/papers/check", Roles: everyone, serve: paperCheck},
		{Method: "POST", Path: "/papers/check", Roles: everyone, Photos: true, serve: paperCheckFile},
		{Method: "GET", Path: "/papers/issued/{id}", Roles: everyone, serve: issuedPaper},
		{Method: "GET", Path: "/papers/{id}", Roles: everyone, serve: paperPDF},

		{Method: "GET", Path: "/minutes", Roles: desk, serve: minutesPage},
		{Method: "POST", Path: "/minutes", Roles: desk, serve: minutesMake},

		{Method: "GET", Path: "/mail", Roles: clerks, Room: "mail", serve: mailList},
		{Method: "POST", Path: "/mail/{id}/retry", Roles: clerks, serve: mailRetry},
		{Method: "POST", Path: "/mail/{id}/copy", Roles: clerks, serve: mailResend},
		{Method: "POST", Path: "/mail/{id}/arrival", Roles: clerks, serve: mailArrived},
		{Method: "POST", Path: "/mail/stops/{id}/lift", Roles: clerks, serve: mailLift},
		{Method: "GET", Path: "/letters", Roles: everyone, Room: "letters", serve: letterList},
		{Method: "GET", Path: "/letters/{id}", Roles: everyone, serve: letterPage},
		{Method: "GET", Path: "/letters/{id}/paper", Roles: everyone, serve: letterPaper},
		{Method: "POST", Path: "/letters/{id}/receipt", Roles: everyone, serve: letterReceive},
		{Method: "GET", Path: "/roster", Roles: rosterRead, Room: "roster", serve: rosterPage},
		{Method: "GET", Path: "/roster/table", Roles: rosterRead, serve: rosterTable},
		{Method: "GET", Path: "/townships/{id}", Roles: rosterRead, serve: townshipPage},
		{Method: "POST", Path: "/townships/{id}/holders", Roles: clerks, serve: townshipHolder},
		{Method: "POST", Path: "/townships/{id}/lead-unit", Roles: clerks, serve: townshipLead},
		{Method: "POST", Path: "/townships/{id}/county-leader", Roles: clerks, serve: townshipLeader},
		{Method: "POST", Path: "/townships/{id}/merger", Roles: clerks, serve: townshipMerge},
		{Method: "POST", Path: "/townships/{id}/restoration", Roles: clerks, serve: townshipRestore},
		{Method: "POST", Path: "/townships/{id}/name", Roles: clerks, serve: townshipRename},
		{Method: "GET", Path: "/units/{id}", Roles: careRead, serve: unitPage},
		{Method: "POST", Path: "/units/{id}/holders", Roles: clerks, serve: unitHolder},
		{Method: "POST", Path: "/units/{id}/place", Roles: clerks, serve: unitPlace},
		{Method: "POST", Path: "/units/{id}/name", Roles: clerks, serve: unitRename},
		{Method: "GET", Path: "/teams/{id}", Roles: rosterRead, serve: teamPage},
		{Method: "POST", Path: "/teams/{id}/departures", Roles: clerks, serve: teamDepart},
		{Method: "POST", Path: "/teams/{id}/arrivals", Roles: clerks, serve: teamArrive},
		{Method: "POST", Path: "/teams/{id}/head", Roles: clerks, serve: teamHead},
		{Method: "POST", Path: "/teams/{id}/units", Roles: clerks, serve: teamUnits},
		{Method: "POST", Path: "/teams/{id}/villages", Roles: clerks, serve: teamFurther},
		{Method: "POST", Path: "/teams/{id}/villages/end", Roles: clerks, serve: teamUnlink},
		{Method: "POST", Path: "/teams/{id}/merger", Roles: clerks, serve: teamMerge},
		{Method: "POST", Path: "/teams/{id}/name", Roles: clerks, serve: teamRename},
		{Method: "GET", Path: "/members/{id}", Roles: rosterRead, serve: memberPage},
		{Method: "GET", Path: "/members/{id}/erasure", Roles: admins, serve: erasureForm},
		{Method: "POST", Path: "/members/{id}/erasure", Roles: admins, serve: erasureSend},
		{Method: "GET", Path: "/week", Roles: weekRead, Room: "week", serve: weekPage},
		{Method: "POST", Path: "/week/{week}/coseed", Roles: desk, serve: weekCoSeed},
		{Method: "POST", Path: "/week/{week}/beacon", Roles: desk, serve: weekBeacon},
		{Method: "POST", Path: "/week/{week}/exception", Roles: desk, serve: weekExcept},
		{Method: "POST", Path: "/week/{week}/plan", Roles: desk, serve: weekPlan},
		{Method: "GET", Path: "/draw/{week}", Roles: weekRead, serve: drawPage},
		{Method: "GET", Path: "/inspectors", Roles: goers, Room: "inspectors", serve: inspectorList},
		{Method: "POST", Path: "/inspectors/leaves", Roles: goers, serve: inspectorAway},
		{Method: "GET", Path: "/weights", Roles: desk, Room: "weights", serve: weightList},
		{Method: "POST", Path: "/weights/changes", Roles: desk, serve: weightPropose},
		{Method: "POST", Path: "/weights/changes/{id}/decision", Roles: leader, serve: weightDecide},
		{Method: "POST", Path: "/weights/complaints", Roles: desk, serve: weightComplaint},
		{Method: "GET", Path: "/settings", Roles: desk, Room: "settings", serve: settingList},
		{Method: "GET", Path: "/settings/{key}", Roles: clerks, serve: settingPage},
		{Method: "POST", Path: "/settings/{key}", Roles: clerks, serve: settingSet},
		{Method: "GET", Path: "/help", Roles: everyone, Room: "help", serve: help},
		{Method: "GET", Path: "/help/draw", Roles: everyone, serve: drawHelp},
	}
}

// rooms lists the rooms a person may enter, in the order of the table.
func (x *exchange) rooms() []room {
	if x.who.ID == 0 {
		return nil
	}
	var list []room
	for _, rt := range Routes() {
		if rt.Room == "" || !x.actor().Is(rt.Roles...) {
			continue
		}
		path := strings.TrimSuffix(rt.Path, "{$}")
		here := x.r.URL.Path == path || path != "/" && strings.HasPrefix(x.r.URL.Path, path+"/")
		list = append(list, room{Path: path, Key: rt.Room, Here: here})
	}
	return list
}
