//! What keeps a result from being signed, by the worked examples of `open.toml`.

use std::collections::BTreeMap;

use pingyi::{
    digest,
    domain::{
        consolidate::derivation::{Block, ItemResult},
        decision::Opinion,
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::{Ground, Person},
        sheet::{Declaration, Sheet, Status},
        table::{
            Table,
            act::{Act, Signature},
            input::{self, Submission, Submissions},
            open::{OpenPoint, breaches, open_points, signers, sitting},
        },
        text::{Explain, Language},
    },
    i18n,
};
use serde::Deserialize;
use serde_json::Value;

use super::paper::office;
use crate::support::{
    cases::worked,
    rules::{FULL, cell, edited, of, sheet},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default = "five")]
    here: Vec<String>,
    #[serde(default)]
    scored: Vec<String>,
    #[serde(default)]
    stays_out: Vec<String>,
    #[serde(default)]
    sets: Vec<Setting>,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    acts: Vec<Act>,
    #[serde(default)]
    acts_late: Vec<Act>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    unsigned: Vec<String>,
    #[serde(default)]
    acts_signed: Vec<Act>,
    #[serde(default = "chair")]
    presides: String,
    open: Vec<String>,
    breaches: Option<Vec<String>>,
    signers: Option<Vec<String>>,
    #[serde(default)]
    arrives: Vec<String>,
    #[serde(default)]
    then: Vec<Act>,
    left: Option<Vec<String>>,
}

/// What a document of the package says otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    on: String,
    at: String,
    to: Value,
}

fn five() -> Vec<String> {
    ["R01", "R02", "R03", "R04", "R05"].map(str::to_owned).to_vec()
}

fn chair() -> String {
    "R01".to_owned()
}

/// The sound package with a teller and a scrutineer, a second alternate, and what the case says otherwise.
fn panel(case: &Case) -> Package {
    let mut package = office();
    let second = package.roster.person(&of("R06")).unwrap().clone();
    package.roster.people.push(Person { code: of("R07"), ..second });
    for Setting { on, at, to } in &case.sets {
        match on.as_str() {
            "call" => package.call = edited(&package.call, at, to.clone()),
            "rubric" => package.rubric = edited(&package.rubric, at, to.clone()),
            "roster" => package.roster = edited(&package.roster, at, to.clone()),
            id => {
                let application = package.applications.iter_mut().find(|one| one.id.as_str() == id).unwrap();
                *application = edited(application, at, to.clone());
            }
        }
    }
    package
}

/// A table with what was handed in.
struct Sitting<'a> {
    case: &'a Case,
    package: Package,
    table: Table,
    given: Submissions,
}

impl<'a> Sitting<'a> {
    fn of(case: &'a Case) -> Self {
        let mut sitting = Self { case, package: panel(case), table: Table::default(), given: Submissions::new() };
        case.here.iter().for_each(|code| sitting.hands_in(code));
        sitting.records(&case.acts.iter().filter(|act| !act.rests_on_figures()).cloned().collect::<Vec<_>>());
        if case.stage != "draft" {
            sitting.records(&[Act::Consolidate]);
            sitting.records(&case.acts.iter().filter(|act| act.rests_on_figures()).cloned().collect::<Vec<_>>());
            let all = sitting.package.applications.iter().map(|one| one.id.clone());
            let scored: Vec<ApplicationId> = all.filter(|id| sitting.package.is_scored(id)).collect();
            for application in scored {
                let after = Opinion {
                    overall: "可行。".into(),
                    strengths: "有基础。".into(),
                    problems: "有不足。".into(),
                    advice: "按意见完善。".into(),
                    conclusion: "按名次处理。".into(),
                };
                sitting.records(&[Act::Opinion { application, before: Opinion::default(), after }]);
            }
            sitting.records(&case.acts_late);
            sitting.sign();
            sitting.records(&case.acts_signed);
        }
        sitting
    }

    /// Every sheet of `reviewer`, full but for what the case says otherwise.
    fn hands_in(&mut self, reviewer: &str) {
        let sheet_on = |application: &str| {
            // The second of each item is a point behind, so that nothing is tied.
            let behind = ["sx-0002", "sx-0004"].contains(&application);
            let mut sheet = sheet(&FULL);
            let mut put = |criterion: &str, text: &str| drop(sheet.cells.insert(of(criterion), cell(text)));
            put("A1", if behind { "7.5" } else { "8.5" });
            for line in &self.case.scored {
                let [who, on, criterion, text] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
                if (who == reviewer || who == "*") && on == application {
                    put(criterion, text);
                }
            }
            sheet.status = Status::Submitted;
            if self.case.stays_out.contains(&format!("{reviewer} {application}")) {
                sheet.declaration = Some(Declaration::Conflict { ground: Ground::Kinship, text: "近亲属".into() });
            }
            sheet
        };
        let mut desk = Desk::default();
        let sheets = self.package.applications.iter().map(|one| (one.id.clone(), sheet_on(one.id.as_str())));
        desk.sheets = sheets.collect::<BTreeMap<ApplicationId, Sheet>>();
        self.given.insert(of(reviewer), Submission { bundle: format!("bundle of {reviewer}"), desk });
    }

    /// Records acts that the rules admit.
    fn records(&mut self, acts: &[Act]) {
        for act in acts {
            let judged = self.table.admit(&self.package, &self.results(), act);
            assert_eq!(judged, Ok(()), "{}: {act:?}", self.case.why);
            assert_eq!(self.table.fold(act), Ok(()), "{}: {act:?}", self.case.why);
        }
    }

    /// Everybody who sits signs, but for those who are absent or keep silent.
    fn sign(&mut self) {
        let sit: Vec<PersonCode> = sitting(&self.package, &self.table).map(|person| person.code.clone()).collect();
        let named = |list: &[String], code: &PersonCode| list.iter().any(|one| one == code.as_str());
        for person in sit.into_iter().filter(|code| !named(&self.case.unsigned, code)) {
            let after = if named(&self.case.absent, &person) { Signature::Absent } else { Signature::Signed };
            let before = self.table.members.get(&person).cloned();
            self.records(&[Act::Member { person, before, after: Some(after) }]);
        }
        // Whoever was not there and sits no more was not there all the same.
        for code in &self.case.absent {
            self.table.members.insert(of(code), Signature::Absent);
        }
    }

    fn results(&self) -> Vec<ItemResult> {
        input::results(&self.package, &self.table, &self.given, &digest::sha256).unwrap()
    }

    fn points(&self) -> Vec<OpenPoint> {
        open_points(&self.package, &self.table, &self.given, &self.results())
    }

    fn open(&self) -> Vec<String> {
        self.points().iter().map(word).collect()
    }
}

/// An open point as the worked examples write it.
fn word(point: &OpenPoint) -> String {
    match point {
        OpenPoint::Draft => "draft".to_owned(),
        OpenPoint::Signed => "signed".to_owned(),
        OpenPoint::Bundle(code) => format!("bundle {code}"),
        OpenPoint::Panel(what, _) => format!("panel {}", what.id),
        OpenPoint::Quorum { present, sitting } => format!("quorum {present}/{sitting}"),
        OpenPoint::Flag(application, flag) => {
            let reviewer = flag.reviewer.as_ref().map_or("-", PersonCode::as_str);
            let criterion = flag.criterion.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
            format!("flag {application} {reviewer}{criterion}")
        }
        OpenPoint::Block(Block::Tie(tie)) => {
            format!("tie {}", tie.applications.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
        OpenPoint::Block(Block::TooFew { application, .. } | Block::NoStandard { application, .. }) => format!("block {application}"),
        OpenPoint::Quota(breach) => format!("quota {}", breach.what().id),
        OpenPoint::Opinion(application) => format!("opinion {application}"),
        OpenPoint::Vote(application) => format!("vote {application}"),
        OpenPoint::Member(code) => format!("member {code}"),
    }
}

fn cases() -> Vec<Case> {
    worked::<Case>(include_str!("open.toml"))
}

#[test]
fn what_is_open_is_open_in_the_order_of_settling_it_and_goes_when_it_is_settled() {
    for case in cases() {
        let mut sitting = Sitting::of(&case);
        assert_eq!(sitting.open(), case.open, "{}", case.why);
        if let Some(left) = &case.left {
            case.arrives.iter().for_each(|code| sitting.hands_in(code));
            sitting.records(&case.then);
            sitting.sign();
            assert_eq!(sitting.open(), *left, "{}: afterwards", case.why);
        }
    }
}

#[test]
fn quotas_are_told_even_where_they_bind_nobody() {
    for case in cases() {
        let Some(expected) = &case.breaches else { continue };
        let sitting = Sitting::of(&case);
        let found: Vec<String> = breaches(&sitting.package, &sitting.results()).iter().map(|one| one.what().id.to_owned()).collect();
        assert_eq!(found, *expected, "{}", case.why);
    }
}

#[test]
fn whoever_answers_for_the_result_signs_it() {
    for case in cases() {
        let Some(expected) = &case.signers else { continue };
        let sitting = Sitting::of(&case);
        let found = signers(&sitting.package, &sitting.given, &of(&case.presides));
        let found: Vec<String> = found.into_iter().map(|(_, code)| code.to_string()).collect();
        assert_eq!(found, *expected, "{}", case.why);
    }
}

#[test]
fn every_open_point_says_what_to_do_in_both_languages() {
    let mut kinds = Vec::new();
    for case in cases() {
        for point in Sitting::of(&case).points() {
            for language in [Language::Zh, Language::En] {
                let [what, advice] = [point.what(), point.advice()].map(|message| i18n::text(language, &message));
                assert!(!what.is_empty() && !advice.is_empty() && what != advice, "{}: {point:?}", case.why);
                assert!(!what.contains('{') && !advice.contains('{'), "a value is missing: {what} {advice}");
            }
            kinds.push(word(&point).split(' ').next().unwrap().to_owned());
        }
    }
    kinds.sort();
    kinds.dedup();
    let all = ["bundle", "draft", "flag", "member", "opinion", "panel", "quorum", "quota", "signed", "tie", "vote"];
    assert_eq!(kinds, all, "an example of each");
}
