//! A result that lies, with all lists made to fit and signed anew by chair and supervisor themselves: what does not follow from the
//! signed sheets is refused in the layer that judges such things, and where it is a number, application and number are named.

use std::fs;

use pingyi::{
    bundle::{
        bag,
        layer::{LAYERS, LayerId, Report, State},
        sshsig,
    },
    domain::text::Language,
    i18n,
};
use serde_json::{Value, json};

use super::{findings, rechain, verify_bytes};
use crate::support::{
    bundle::{Members, pack_as, relist, unpack},
    small_panel,
    stage::key,
};

const NAMESPACE: &str = "pingyi.result.v1";
const JOURNAL: &str = "data/journal.txt";
const RESULTS: &str = "data/results.json";
const SIGNERS: [(&str, &str); 2] = [("signatures/chair-r01.sig", "R01"), ("signatures/supervisor-s01.sig", "S01")];

struct Liar {
    stem: String,
    members: Members,
}

impl Liar {
    fn new() -> Self {
        let file = small_panel::result();
        Self { stem: file.file_stem().unwrap().to_str().unwrap().to_owned(), members: unpack(&fs::read(file).unwrap()) }
    }

    fn judged(&self, members: &Members) -> Report {
        verify_bytes(&format!("{}.zip", self.stem), &pack_as(&self.stem, members))
    }

    /// Everything signed anew by those who signed.
    fn signed(&self, mut members: Members) -> Report {
        relist(&mut members);
        for (member, code) in SIGNERS {
            let armor = sshsig::sign(&key(code), NAMESPACE, &members[bag::TAG_MANIFEST]).unwrap();
            members.insert(member.to_owned(), armor.into_bytes());
        }
        self.judged(&members)
    }

    /// A changed document, signed anew.
    fn says(&self, name: &str, change: impl FnOnce(&mut Value)) -> Report {
        let mut members = self.members.clone();
        let mut value: Value = serde_json::from_slice(&members[name]).unwrap();
        let before = value.clone();
        change(&mut value);
        assert_ne!(value, before);
        members.insert(name.to_owned(), (serde_json::to_string_pretty(&value).unwrap() + "\n").into_bytes());
        self.signed(members)
    }

    /// A changed journal with hashes made right, signed anew.
    fn records(&self, change: impl FnOnce(&mut Vec<String>)) -> Report {
        let mut members = self.members.clone();
        let text = String::from_utf8(members[JOURNAL].clone()).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        change(&mut lines);
        members.insert(JOURNAL.to_owned(), lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes());
        rechain(&mut members);
        self.signed(members)
    }
}

/// Refused first in this layer, and a finding there has this code and names this.
#[track_caller]
fn refused(report: &Report, layer: LayerId, code: &str, names: &str, what: &str) {
    let first = LAYERS.into_iter().find(|layer| report.state(*layer) == State::Fail);
    let found = findings(report);
    assert!(!report.passes(), "{what}: passes");
    assert_eq!(first, Some(layer), "{what}: {found:?}");
    let said: Vec<String> = report.errors().map(|(_, finding)| i18n::text(Language::En, &finding.what)).collect();
    let is_named =
        found.iter().zip(&said).any(|((_, found, member), said)| *found == code && (member.contains(names) || said.contains(names)));
    assert!(is_named, "{what}: {found:?} {said:?}");
}

#[test]
fn the_tools_of_these_tests_sign_a_result_as_the_program_does() {
    let liar = Liar::new();
    let report = liar.signed(liar.members.clone());
    assert_eq!(findings(&report), []);
    assert!(report.layers.iter().all(|layer| layer.state == State::Pass), "{report:#?}");
}

/// Every figure of the results, changed in one digit: the path to it, and the value.
fn figures(value: &Value, path: &str, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| figures(inner, &format!("{path}/{key}"), into)),
        Value::Array(rows) => rows.iter().enumerate().for_each(|(at, inner)| figures(inner, &format!("{path}/{at}"), into)),
        Value::String(text) if text.bytes().any(|byte| byte.is_ascii_digit()) && !path.ends_with("/bundle") => {
            into.push((path.to_owned(), text.clone()));
        }
        Value::Number(number) => into.push((path.to_owned(), number.to_string())),
        _ => {}
    }
}

#[test]
fn a_changed_digit_anywhere_in_the_results_is_refused_by_the_arithmetic_with_application_and_number() {
    let liar = Liar::new();
    let results: Value = serde_json::from_slice(&liar.members[RESULTS]).unwrap();
    let mut all = Vec::new();
    figures(&results["items"], "/items", &mut all);
    assert!(all.len() > 60, "{}", all.len());
    for (path, text) in all.iter().step_by(5) {
        let digit = text.chars().rev().find(char::is_ascii_digit).unwrap();
        let other = if digit == '9' { '8' } else { char::from_digit(digit.to_digit(10).unwrap() + 1, 10).unwrap() };
        let at = text.rfind(digit).unwrap();
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        let report = liar.says(RESULTS, |value| {
            let place = value.pointer_mut(path).unwrap();
            *place = if place.is_number() { json!(changed.parse::<u64>().unwrap()) } else { json!(changed) };
        });
        let application = if path.contains("/applications/0/") { "sx-0005" } else { "sx-0007" };
        let names = if path.contains("/applications/") && !path.ends_with("/id") { application } else { "results.json" };
        refused(&report, LayerId::Arithmetic, "figure-differs", names, path);
        if ["/id", "/reviewer", "/criterion"].iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let said: Vec<String> = report.errors().map(|(_, finding)| i18n::text(Language::En, &finding.what)).collect();
        assert!(said.iter().any(|said| said.contains(&changed) && said.contains(text)), "both numbers are told: {path} {said:?}");
    }
}

#[test]
fn a_derivation_that_was_changed_is_refused_by_the_arithmetic() {
    let liar = Liar::new();
    let name = "data/working/sx-0007.json";
    let report = liar.says(name, |working| working["total"]["sum"] = json!("999"));
    refused(&report, LayerId::Arithmetic, "figure-differs", "sx-0007", "the sum of a derivation");
    assert!(report.errors().any(|(_, finding)| i18n::text(Language::En, &finding.what).contains("999")));
}

#[test]
fn documents_that_tell_another_story_than_the_record_are_refused() {
    let liar = Liar::new();
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 4] = [
        ("data/opinions/sx-0005.json", |value| value["conclusion"] = json!("不予推荐")),
        ("data/decisions.json", |value| value["vetoes"] = json!([{ "application": "sx-0007", "veto": "V1", "text": "x" }])),
        ("data/members.json", |value| value["members"][0]["status"] = json!("absent")),
        ("data/inputs.json", |value| value["bundles"][0]["state"] = json!("removed")),
    ];
    for (name, change) in cases {
        refused(&liar.says(name, change), LayerId::Content, "document-differs", name, name);
    }
    for name in ["data/result.html", "data/scores.csv", "data/items.csv"] {
        let mut members = liar.members.clone();
        members.get_mut(name).unwrap().extend_from_slice(b"<!-- -->");
        refused(&liar.signed(members), LayerId::Content, "document-differs", name, name);
    }
}

#[test]
fn a_bundle_left_out_put_in_or_changed_is_refused() {
    let liar = Liar::new();
    let name = liar.members.keys().find(|name| name.starts_with("data/bundles/") && name.contains("r03")).unwrap().clone();
    let mut without = liar.members.clone();
    let inner = without.remove(&name).unwrap();
    refused(&liar.signed(without), LayerId::Content, "entry-refused", "scores-", "a bundle left out");

    let mut changed = liar.members.clone();
    let middle = inner.len() / 2;
    changed.get_mut(&name).unwrap()[middle] ^= 1;
    refused(&liar.signed(changed), LayerId::Content, "nested-refused", &name, "a bundle with a changed byte");

    let stranger = fs::read(crate::support::stage::scores("R06")).unwrap();
    let mut more = liar.members.clone();
    more.insert("data/bundles/scores-sx-2026-01-p1-r06-r1.zip".to_owned(), stranger);
    refused(&liar.signed(more), LayerId::Content, "nested-unknown", "r06", "a bundle of another package");

    let mut beside = liar.members.clone();
    beside.insert("data/notes.txt".to_owned(), b"x".to_vec());
    refused(&liar.signed(beside), LayerId::Content, "sheet-unexpected", "notes.txt", "a file beside");
}

#[test]
fn a_record_that_leaves_something_out_or_puts_something_in_is_refused() {
    let liar = Liar::new();
    let text = String::from_utf8(liar.members[JOURNAL].clone()).unwrap();
    let line_of = |word: &str| text.lines().position(|line| line.contains(word)).unwrap_or_else(|| panic!("no {word}"));
    let renumber = |lines: &mut Vec<String>| {
        for (at, line) in lines.iter_mut().enumerate() {
            let rest = line.split_once('\t').unwrap().1.to_owned();
            *line = format!("{at}\t{rest}");
        }
    };
    for (word, code) in [
        (r#""act":"opinion""#, "point-open"),
        (r#""act":"member""#, "point-open"),
        (r#""act":"consolidate""#, "point-open"),
        (r#""act":"accept""#, "nested-unknown"),
    ] {
        let at = line_of(word);
        let report = liar.records(|lines| {
            lines.remove(at);
            renumber(lines);
        });
        refused(&report, LayerId::Content, code, "", &format!("without {word}"));
    }
    let at = line_of(r#""act":"consolidate""#);
    let report = liar.records(|lines| {
        let line = lines[at].clone();
        lines.insert(at, line);
        renumber(lines);
    });
    refused(&report, LayerId::Content, "journal-misfit", "journal.txt", "put together twice");
    let report = liar.records(|lines| {
        let line = lines[at].replace("\tR01\t", "\tR02\t");
        lines[at] = line;
    });
    refused(&report, LayerId::Content, "entry-writer", "journal.txt", "recorded by somebody else");
}

#[test]
fn a_signature_that_belongs_to_the_result_cannot_be_left_out() {
    let liar = Liar::new();
    for (member, _) in SIGNERS {
        let mut without = liar.members.clone();
        without.remove(member);
        refused(&liar.judged(&without), LayerId::Signatures, "signature-missing", member, member);
    }
    let report = liar.says("data/bundle.json", |passport| {
        passport["required_signers"].as_array_mut().unwrap().retain(|one| one["role"] != "supervisor");
    });
    refused(&report, LayerId::Content, "binding-differs", "bundle.json", "the statement asks for fewer signatures");
}
