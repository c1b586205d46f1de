//! What the documents of a result say, made in memory from a table's record: who counts and who does not, every decision, every stand.

use std::collections::BTreeMap;

use pingyi::{
    digest,
    domain::{
        change::{Change, Entry},
        decision::{FlagRuling, Opinion},
        desk::Desk,
        deviation::FlagKey,
        package::Package,
        panel::Ground,
        sheet::{Declaration, Status},
        table::{
            Table,
            act::{Act, Arrived, Removal, Signature, TieRuling},
            input::{self, Submission, Submissions},
        },
    },
    workflow::documents::{self, Basis},
};
use serde_json::{Value, json};

use crate::support::rules::{FULL, cell, entry, of, package, sheet};

pub(super) const HEAD: &str = "abcdef";

/// A table in memory: R01 to R05 handed in full sheets.
pub(super) struct Panel {
    pub(super) package: Package,
    pub(super) table: Table,
    entries: Vec<Entry>,
    given: Submissions,
}

fn arrived(reviewer: &str, revision: u32) -> Arrived {
    let stem = |revision: u32| format!("{}-r{revision}", reviewer.to_lowercase());
    Arrived {
        reviewer: of(reviewer),
        revision,
        digest: format!("digest-{}", stem(revision)),
        file: format!("scores-{}.zip", stem(revision)),
        supersedes: (revision > 1).then(|| format!("digest-{}", stem(revision - 1))),
        request: None,
    }
}

impl Panel {
    pub(super) fn new() -> Self {
        let mut panel = Self { package: package(), table: Table::default(), entries: Vec::new(), given: Submissions::new() };
        for code in ["R01", "R02", "R03", "R04", "R05"] {
            panel.records(Act::Accept(arrived(code, 1)));
            panel.hands_in(code, 1);
        }
        panel
    }

    pub(super) fn records(&mut self, act: Act) {
        assert_eq!(self.table.fold(&act), Ok(()), "{act:?}");
        let seq = u64::try_from(self.entries.len()).unwrap() + 1;
        self.entries.push(entry(seq, "R01", Change::Table(act)));
    }

    fn hands_in(&mut self, reviewer: &str, revision: u32) {
        let mut desk = Desk::default();
        for application in &self.package.applications {
            let mut sheet = sheet(&FULL);
            sheet.status = Status::Submitted;
            desk.sheets.insert(application.id.clone(), sheet);
        }
        self.given.insert(of(reviewer), Submission { bundle: arrived(reviewer, revision).digest, desk });
    }

    fn with<T>(&self, make: impl FnOnce(&Basis<'_>) -> T) -> T {
        let results = input::results(&self.package, &self.table, &self.given, &digest::sha256).unwrap();
        make(&Basis {
            package: &self.package,
            rubric_digest: "rubric",
            table: &self.table,
            entries: &self.entries,
            head: HEAD,
            results: &results,
            revision: 3,
        })
    }

    fn members(&self) -> BTreeMap<String, Vec<u8>> {
        self.with(|basis| documents::members(basis).unwrap())
    }

    pub(super) fn text(&self, member: &str) -> String {
        String::from_utf8(self.members()[member].clone()).unwrap()
    }

    pub(super) fn read(&self, member: &str) -> Value {
        serde_json::from_str(&self.text(member)).unwrap()
    }

    pub(super) fn signature_page(&self) -> String {
        String::from_utf8(self.with(|basis| documents::signature_page(basis, "digest-of-the-bundle"))).unwrap()
    }
}

fn void() -> Option<Removal> {
    Some(Removal::Void { authority: "组织单位".into(), reason: "违反评审纪律".into() })
}

pub(super) fn stands(person: &str, after: Signature) -> Act {
    Act::Member { person: of(person), before: None, after: Some(after) }
}

#[test]
fn every_bundle_that_came_in_is_listed_in_the_order_of_its_coming_with_what_it_counts_for() {
    let mut panel = Panel::new();
    panel.records(Act::Accept(arrived("R03", 2)));
    panel.hands_in("R03", 2);
    panel.records(Act::Remove { reviewer: of("R04"), before: None, after: void() });
    panel.records(Act::Keep(arrived("R04", 2)));
    let inputs = panel.read("inputs.json");
    let told: Vec<String> = inputs["bundles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["reviewer"].as_str().unwrap(), one["revision"], one["state"].as_str().unwrap()))
        .collect();
    let expected = ["R01 1 counts", "R02 1 counts", "R03 1 superseded", "R04 1 removed", "R05 1 counts", "R03 2 counts", "R04 2 evidence"];
    assert_eq!(told, expected);
    assert_eq!(
        inputs["bundles"][5],
        json!({ "reviewer": "R03", "revision": 2, "digest": "digest-r03-r2", "file": "scores-r03-r2.zip",
                "supersedes": "digest-r03-r1", "request": null, "state": "counts" })
    );
    assert_eq!(inputs["paper"], json!([]));
}

#[test]
fn a_member_replaced_in_one_item_still_counts_and_one_replaced_everywhere_does_not() {
    for (items, state) in [(vec![of("t2")], "counts"), (Vec::new(), "removed")] {
        let mut panel = Panel::new();
        let after = Some(Removal::Replaced { by: of("R06"), reason: "因病".into(), items });
        panel.records(Act::Remove { reviewer: of("R05"), before: None, after });
        assert_eq!(panel.read("inputs.json")["bundles"][4]["state"], state);
        let codes: Vec<Value> = panel.read("members.json")["members"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        assert_eq!(codes.contains(&json!("R05")), state == "counts", "{codes:?}");
        assert!(codes.contains(&json!("R06")), "whoever took the place sits");
    }
}

#[test]
fn decisions_are_listed_by_kind_each_with_what_it_is_about_and_its_reason() {
    let mut panel = Panel::new();
    let nothing = json!({ "removed": [], "vetoes": [], "flags": [], "going_on": [], "corrections": [], "requests": [], "tie_votes": [],
                          "tie_rulings": [], "votes": [], "quotas": [] });
    assert_eq!(panel.read("decisions.json"), nothing, "every kind is named, so that nobody looks for it elsewhere");
    panel.records(Act::Remove { reviewer: of("R05"), before: None, after: void() });
    let flag = FlagKey { reviewer: Some(of("R04")), criterion: Some(of("A1")) };
    let after = Some(FlagRuling::Uphold { reason: "依据充分".into() });
    panel.records(Act::Flag { application: of("sx-0002"), flag, before: None, after });
    panel.records(Act::Veto { application: of("sx-0004"), veto: of("V1"), before: None, after: Some("合同编号相同".into()) });
    let after = Some(TieRuling { order: vec![of("sx-0002"), of("sx-0001")], reason: "服务面更广".into() });
    panel.records(Act::TieRuling { item: of("t1"), before: None, after });
    let decisions = panel.read("decisions.json");
    let told = [
        ("removed", json!({ "reviewer": "R05", "how": "void", "authority": "组织单位", "reason": "违反评审纪律" })),
        (
            "flags",
            json!({ "application": "sx-0002", "flag": { "reviewer": "R04", "criterion": "A1" },
                          "ruling": { "ruling": "uphold", "reason": "依据充分" } }),
        ),
        ("vetoes", json!({ "application": "sx-0004", "veto": "V1", "text": "合同编号相同" })),
        ("tie_rulings", json!({ "item": "t1", "order": ["sx-0002", "sx-0001"], "reason": "服务面更广" })),
    ];
    for (kind, one) in told {
        assert_eq!(decisions[kind], json!([one]), "{kind}");
    }
}

#[test]
fn a_quota_that_is_broken_is_told_with_the_winners_that_count_towards_it_soft_or_not() {
    let mut panel = Panel::new();
    panel.package.call = crate::support::rules::edited(&panel.package.call, "quota.total", json!({ "max": 1, "soft": true }));
    for id in ["sx-0002", "sx-0004"] {
        panel.records(Act::Veto { application: of(id), veto: of("V1"), before: None, after: Some("合同编号相同".into()) });
    }
    let expected = json!([{ "code": "err-quota-total", "found": "2", "max": "1", "soft": true, "applications": ["sx-0001", "sx-0003"] }]);
    assert_eq!(panel.read("decisions.json")["quotas"], expected);
}

#[test]
fn every_member_has_a_stand_and_what_was_said_with_it() {
    let mut panel = Panel::new();
    panel.records(stands("R02", Signature::Dissent { text: "不同意 sx-0001 的名次。".into() }));
    panel.records(stands("R03", Signature::RefusedDeemedAgreement { witness: "钱示例".into() }));
    panel.records(stands("R04", Signature::Absent));
    panel.records(stands("R01", Signature::Signed));
    let expected = json!({ "members": [
        { "code": "R01", "role": "chair", "status": "signed" },
        { "code": "R02", "role": "reviewer", "status": "dissent", "text": "不同意 sx-0001 的名次。" },
        { "code": "R03", "role": "reviewer", "status": "refused-deemed-agreement", "witness": "钱示例" },
        { "code": "R04", "role": "reviewer", "status": "absent" },
        { "code": "R05", "role": "reviewer", "status": null },
    ] });
    assert_eq!(panel.read("members.json"), expected);
    let page = panel.text("result.html");
    for words in ["不同意 sx-0001 的名次。", "钱示例", "示例辛"] {
        assert!(page.contains(words), "{words}: a dissent is in the report itself, and the supervisor has a line to sign on");
    }
}

#[test]
fn the_table_of_scores_has_what_counts_and_says_what_does_not_apply() {
    let mut panel = Panel::new();
    let out = panel.given.get_mut(&of("R04")).unwrap().desk.sheets.get_mut(&of("sx-0001")).unwrap();
    out.declaration = Some(Declaration::Conflict { ground: Ground::Kinship, text: "近亲属".into() });
    let other = panel.given.get_mut(&of("R05")).unwrap().desk.sheets.get_mut(&of("sx-0001")).unwrap();
    other.cells.insert(of("B2"), cell("na"));
    other.cells.insert(of("C1"), cell("na"));
    let text = panel.text("scores.csv");
    let of_one: Vec<&str> = text.lines().filter(|line| line.starts_with("sx-0001,R05,")).collect();
    let expected = ["A1,8.5,scored", "A2,12,scored", "B1,18,scored", "B2,,na", "C1,0,scored", "C2,7.5,scored", "X1,4,scored"];
    assert_eq!(of_one, expected.map(|rest| format!("sx-0001,R05,{rest}")), "what is spread is na, what is nought is nought");
    assert!(!text.contains("sx-0001,R04,"), "whoever stays out has no line");
    assert_eq!(text.lines().count(), 1 + 7 * 19);
    assert_eq!(panel.text("items.csv"), "application,item\nsx-0001,t1\nsx-0002,t1\nsx-0003,t2\nsx-0004,t2\n");
}

#[test]
fn an_opinion_is_a_document_of_its_own_and_an_empty_one_is_none() {
    let mut panel = Panel::new();
    let after = Opinion { overall: "可行。".into(), conclusion: "建议揭榜。".into(), ..Opinion::default() };
    panel.records(Act::Opinion { application: of("sx-0003"), before: Opinion::default(), after: after.clone() });
    let whole =
        json!({ "application": "sx-0003", "overall": "可行。", "strengths": "", "problems": "", "advice": "", "conclusion": "建议揭榜。" });
    assert_eq!(panel.read("opinions/sx-0003.json"), whole);
    panel.records(Act::Opinion { application: of("sx-0003"), before: after, after: Opinion::default() });
    assert!(!panel.members().keys().any(|name| name.starts_with("opinions/")), "it was taken back");
}

#[test]
fn the_same_record_gives_the_same_bytes_and_every_document_that_programs_read_is_whole_lines() {
    let panel = Panel::new();
    let members = panel.members();
    assert_eq!(members, Panel::new().members());
    for (name, bytes) in &members {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!((text.ends_with('\n') || name == "result.html") && !text.contains('\r'), "{name}");
        if name.ends_with(".json") {
            assert!(serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object()), "{name}");
        }
    }
    let names: Vec<&str> = members.keys().map(String::as_str).filter(|name| !name.starts_with("working/")).collect();
    assert_eq!(names, ["decisions.json", "inputs.json", "items.csv", "members.json", "result.html", "results.json", "scores.csv"]);
    assert_eq!(members.keys().filter(|name| name.starts_with("working/")).count(), 4);
}
