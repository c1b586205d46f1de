//! Requests of the chair that ask what may not be asked, or that somebody else signs; and answers that go beyond what was asked. All
//! are made with the signer's own key, lists and hashes made to fit.

use std::fs;

use pingyi::{
    bundle::{
        bag,
        layer::{LayerId, State},
        passport::Passport,
        sshsig,
    },
    workflow::verify,
};
use serde_json::{Value, json};

use super::{
    meaning::{JOURNAL, PASSPORT, document, write},
    mutants::Bench,
    take_excerpt,
};
use crate::{
    model::stage,
    support::{
        bundle::{Members, relist, unpack},
        stage::{key, office},
    },
};

const ASKS: &str = "data/request.json";
const CARRIED: &str = "data/request-r1/data.request.json";

#[test]
fn a_request_and_its_answer_are_proved_by_themselves_and_the_offices_key() {
    let not_checked = |path| {
        let report = verify::verify(path, Some(&office())).unwrap();
        assert!(report.passes(), "{:?}", report.errors().collect::<Vec<_>>());
        report.layers.iter().filter(|layer| layer.state == State::NotChecked).map(|layer| layer.id).collect::<Vec<LayerId>>()
    };
    assert_eq!(not_checked(stage::request()), [LayerId::Arithmetic], "in a question there is nothing to add up");
    assert_eq!(not_checked(stage::answer()), []);
    let alone = verify::verify(stage::request(), None).unwrap();
    assert_eq!(alone.state(LayerId::Authority), State::NotChecked, "without the office's key nobody says whose signature it is");
}

#[test]
fn what_may_not_be_asked_is_refused_whoever_signs_it() {
    let mut bench = Bench::small_request();
    let set = |path: &'static str, value: Value| move |request: &mut Value| *request.pointer_mut(path).unwrap() = value;
    let cases: [(&str, &str, Value); 17] = [
        ("the reviewer is on no roster", "/reviewer", json!("R99")),
        ("it is for somebody else than the bundle says", "/reviewer", json!("R04")),
        ("the reviewer is a clerk", "/reviewer", json!("OF1")),
        ("the application is not the reviewer's", "/lines/0/application", json!("sx-0024")),
        ("the office keeps the application from the reviewer", "/lines/0/application", json!("sx-0001")),
        ("there is no such application", "/lines/0/application", json!("sx-0999")),
        ("there is no such criterion", "/lines/0/criteria", json!(["Z9"])),
        ("the criterion is computed", "/lines/0/criteria", json!(["C2"])),
        ("a criterion stands twice", "/lines/0/criteria", json!(["B1", "B1"])),
        ("nothing is said", "/lines/0/text", json!("")),
        ("only blanks are said", "/lines/0/text", json!(" 　")),
        ("far too much is said", "/lines/0/text", json!("字".repeat(4_001))),
        ("another member is named", "/lines/0/text", json!("r04给了18分，请复核")),
        ("nothing is asked", "/lines", json!([])),
        ("it is on no ground of the law", "/lines/0/ground", json!("whim")),
        ("a fact is asked about and none is named", "/lines/0/ground", json!("objective")),
        ("the deadline is no moment", "/deadline", json!("tomorrow")),
    ];
    for (what, path, value) in cases {
        bench.says(ASKS, &[6, 7], what, set(path, value));
    }
    bench.says(ASKS, &[7], "one application stands in two lines", |request| {
        let lines = request["lines"].as_array_mut().unwrap();
        lines.push(lines[0].clone());
    });
    bench.says(ASKS, &[7], "it says more than a request does", |request| request["scores"] = json!(["18", "17.5"]));
    bench.says(ASKS, &[6, 7], "whoever signed stays out of the application", |request| {
        request["lines"][0]["application"] = json!("sx-0009")
    });
    bench.sums_up(20);
}

#[test]
fn a_request_that_states_something_else_about_itself_is_refused() {
    let mut bench = Bench::small_request();
    bench.states(&[6], "it rests on another package", |passport| passport.digests.package = Some("1".repeat(64)));
    bench.states(&[6], "it rests on another rubric", |passport| passport.digests.rubric = Some("1".repeat(64)));
    bench.states(&[6], "it answers another request", |passport| passport.digests.request = Some("1".repeat(64)));
    bench.states(&[6], "it is of another call", |passport| passport.call = "sx-2026-02".parse().unwrap());
    bench.states(&[6], "it is of another panel", |passport| passport.panel = Some("p2".parse().unwrap()));
    bench.states(&[6], "it is of a second round", |passport| passport.round = Some(2));
    bench.states(&[9], "it takes the place of another request", |passport| {
        (passport.revision, passport.supersedes) = (2, Some("1".repeat(64)));
    });
    bench.sums_up(7);
}

/// Signs the request as somebody else, under the name that follows.
fn signed_as(bench: &Bench, role: &str, code: &str) -> Members {
    let mut members = bench.members.clone();
    members.remove(bench.signature).unwrap();
    let mut passport = document(&members, PASSPORT);
    passport["required_signers"] = json!([{ "role": role, "code": code }]);
    write(&mut members, PASSPORT, &passport);
    relist(&mut members);
    let armor = sshsig::sign(&key(code), "pingyi.rescore.v1", &members[bag::TAG_MANIFEST]).unwrap();
    members.insert(format!("signatures/{role}-{}.sig", code.to_lowercase()), armor.into_bytes());
    members
}

#[test]
fn only_chair_and_deputy_ask() {
    let mut bench = Bench::small_request();
    for (role, code, layers) in [("chair", "R03", &[5]), ("chair", "R02", &[5]), ("deputy", "R01", &[5]), ("supervisor", "S01", &[3])] {
        let members = signed_as(&bench, role, code);
        bench.refuses(&members, layers, &["signatures/", PASSPORT], &format!("{code} signs as {role}"));
    }
    bench.sums_up(4);
}

#[test]
fn nothing_travels_with_a_request_and_nothing_of_the_rules_is_left_out() {
    let mut bench = Bench::small_request();
    let scores = unpack(&fs::read(stage::scores()).unwrap());
    for name in ["data/scores/sx-0005.json", "data/journal.txt", "data/declaration.json"] {
        let mut members = bench.members.clone();
        members.insert(name.to_owned(), scores[name].clone());
        bench.reseal(&mut members);
        bench.refuses(&members, &[7], &[name], &format!("{name} travels along"));
    }
    for name in ["data/package/data.recusals.toml", "data/package/data.assignments.csv", "data/package/data.applications.sx-0005.toml"] {
        let mut members = bench.members.clone();
        members.remove(name).unwrap_or_else(|| panic!("no {name}"));
        bench.reseal(&mut members);
        bench.refuses(&members, &[6], &[name], &format!("without {name}"));
    }
    let mut members = bench.members.clone();
    take_excerpt_of(&mut members, 2);
    bench.reseal(&mut members);
    bench.refuses(&members, &[6], &[PASSPORT], "the rules are those of another package");
    bench.sums_up(7);
}

/// Puts the excerpt of another revision of the small package in the place of the one that is there.
fn take_excerpt_of(members: &mut Members, revision: usize) {
    take_excerpt(members, "data/package/", stage::package(revision).to_str().unwrap());
    // The lists for stock tools are the office's, and equal in all revisions.
    for list in ["allowed_signers", "allowed_signers-dated"] {
        members.insert(list.to_owned(), members[&format!("data/package/{list}")].clone());
    }
}

#[test]
fn an_answer_without_the_request_that_it_answers_is_refused() {
    let mut bench = Bench::small_answer();
    bench.states(&[9], "it says that it answers nothing", |passport| passport.digests.request = None);
    bench.states(&[6], "it answers another request", |passport| passport.digests.request = Some("1".repeat(64)));
    let mut without = bench.members.clone();
    without.retain(|name, _| !name.starts_with("data/request-r1/"));
    bench.reseal(&mut without);
    bench.refuses(&without, &[6], &[PASSPORT, CARRIED], "the request is left out");
    let mut altered = bench.members.clone();
    super::replace(&mut altered, CARRIED, "\"B1\"", "\"A1\"");
    bench.reseal(&mut altered);
    bench.refuses(&altered, &[7], &[CARRIED, "data/request-r1/"], "the request asks something else");
    let mut beside = bench.members.clone();
    beside.insert("data/request-r2/data.request.json".to_owned(), beside[CARRIED].clone());
    bench.reseal(&mut beside);
    bench.refuses(&beside, &[7], &["data/request-r2/"], "a request that nobody took in lies beside it");
    let forged = forged(&bench);
    bench.refuses(&forged, &[6, 7], &["data/request-r1/", PASSPORT], "the reviewer wrote the request");
    bench.sums_up(6);
}

/// The answer with a request in it that the reviewer signed, as if a chair had.
fn forged(bench: &Bench) -> Members {
    let mut members = bench.members.clone();
    let signed = members["data/request-r1/tagmanifest-sha256.txt"].clone();
    let armor = sshsig::sign(&key("R03"), "pingyi.rescore.v1", &signed).unwrap();
    members.insert("data/request-r1/signatures.chair-r01.sig".to_owned(), armor.into_bytes());
    bench.reseal(&mut members);
    members
}

#[test]
fn an_answer_goes_no_further_than_the_question() {
    let mut bench = Bench::small_answer();
    let at = |lines: &[String], word: &str| lines.iter().rposition(|line| line.contains(word)).unwrap_or_else(|| panic!("no {word}"));
    bench.records(&[JOURNAL, "data/scores/"], "a score changes that was not asked about", |lines| {
        let place = at(lines, "\"after\":{\"state\":\"scored\",\"value\":\"17\"}");
        lines[place] = lines[place].replace("\"B1\"", "\"A2\"").replace("\"15.5\"", "\"12\"");
    });
    bench.records(&[JOURNAL, "data/scores/"], "a comment changes that was not asked about", |lines| {
        let place = at(lines, "复核后调整");
        lines[place] = lines[place].replace("\"B1\"", "\"A2\"");
    });
    bench.records(&[JOURNAL, CARRIED], "the record says that more was asked", |lines| {
        let place = at(lines, "\"do\":\"asked\"");
        lines[place] = lines[place].replace("[\"B1\"]", "[]");
    });
    bench.records(&[JOURNAL, CARRIED, "data/"], "the record says that another bundle was asked about", |lines| {
        let place = at(lines, "\"do\":\"asked\"");
        lines[place] = lines[place].replace("\"revision\":1,\"digest\"", "\"revision\":2,\"digest\"");
    });
    bench.sums_up(4);
}

#[test]
fn a_passport_of_a_request_reads_back_as_it_was_written() {
    let bench = Bench::small_request();
    let passport = Passport::from_bytes(&bench.members[PASSPORT]).unwrap();
    assert_eq!(passport.name().file(), "rescore-sx-2026-01-p1-r03-r1.zip");
    assert_eq!((passport.person.unwrap().as_str(), passport.supersedes), ("R03", None));
}
