//! Attacks on real bundles of the sample call, each a record in `attacks.toml`, and attacks on every byte and every file.

mod bytes;
mod generated;
mod history;
mod meaning;
mod mutants;
mod requests;
mod result;

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use pingyi::{
    bundle::{
        bag, excerpt,
        layer::{LAYERS, Report, State},
        passport::Passport,
        sshsig,
    },
    digest::sha256_hex,
    domain::{finding::Severity, text::Language},
    workflow::verify,
};
use serde::Deserialize;

use crate::model::stage;
use crate::support::{
    bundle::{Members, pack_as, relist, unpack},
    stage::{bundle, key, office, package, root, scores},
};

/// One record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attack {
    why: String,
    on: String,
    #[serde(rename = "do")]
    acts: Vec<String>,
    sign: String,
    rename: Option<String>,
    layer: String,
    code: String,
    member: String,
}

#[derive(Debug, Deserialize)]
struct Table {
    attack: Vec<Attack>,
}

fn attacks() -> Vec<Attack> {
    let table: Table = toml::from_str(include_str!("attacks.toml")).unwrap();
    table.attack
}

/// The good bundle of a kind: its file, the member of its signature, and its namespace.
pub(super) fn target(on: &str) -> (PathBuf, &'static str, &'static str) {
    match on {
        "scores" => (scores("R04"), "signatures/reviewer-r04.sig", "pingyi.scores.v1"),
        "package" => (package(), "signatures/office-of1.sig", "pingyi.package.v1"),
        "enrol" => (root().join("enrolment/enrol-sx-2026-01-p1-r03-r1.zip"), "signatures/reviewer-r03.sig", "pingyi.enrol.v1"),
        "result" => (bundle("result-sx-2026-01-p1-r1.zip"), "signatures/chair-r01.sig", "pingyi.result.v1"),
        "rescore" => (stage::request().to_owned(), "signatures/chair-r01.sig", "pingyi.rescore.v1"),
        other => panic!("no bundle {other}"),
    }
}

fn text(members: &Members, name: &str) -> String {
    String::from_utf8(members.get(name).unwrap_or_else(|| panic!("no {name}")).clone()).unwrap()
}

fn replace(members: &mut Members, name: &str, from: &str, to: &str) {
    let text = text(members, name);
    assert!(text.contains(from), "{name} has no {from:?}");
    members.insert(name.to_owned(), text.replacen(from, to, 1).into_bytes());
}

fn act(members: &mut Members, line: &str) {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let parts: Vec<&str> = rest.split('|').collect();
    match (verb, parts.as_slice()) {
        ("replace", [name, from, to]) => replace(members, name, from, to),
        ("remove", [name]) => assert!(members.remove(*name).is_some(), "no {name}"),
        ("add", [name, text]) => drop(members.insert((*name).to_owned(), text.as_bytes().to_vec())),
        ("take", [name, from]) => {
            let (code, member) = from.split_once(' ').unwrap_or((from, name));
            let other = unpack(&fs::read(scores(code)).unwrap());
            members.insert((*name).to_owned(), other[member].clone());
        }
        ("takeall", [folder, file]) => take_excerpt(members, folder, file),
        ("cutline", [name, which]) => {
            let text = text(members, name);
            let mut lines: Vec<&str> = text.lines().collect();
            let at = if *which == "last" { lines.len() - 1 } else { which.parse().unwrap() };
            lines.remove(at);
            members.insert((*name).to_owned(), lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes());
        }
        ("digest", [name]) => {
            let passport = text(members, "data/bundle.json");
            let head = format!("\"{name}\": \"");
            let at = passport.find(&head).unwrap() + head.len();
            let digit = if &passport[at..=at] == "0" { "1" } else { "0" };
            let changed = format!("{}{digit}{}", &passport[..at], &passport[at + 1..]);
            members.insert("data/bundle.json".to_owned(), changed.into_bytes());
        }
        ("height", _) => {
            let mut passport = Passport::from_bytes(&members["data/bundle.json"]).unwrap();
            passport.head.as_mut().unwrap().height -= 1;
            members.insert("data/bundle.json".to_owned(), passport.to_bytes().unwrap());
        }
        ("swapkey", [name, whose, other]) => replace(members, name, &key(whose).public().to_string(), &key(other).public().to_string()),
        ("rechain", _) => rechain(members),
        _ => panic!("not an act: {line}"),
    }
}

/// Puts another package's excerpt in the place of the one that is there.
fn take_excerpt(members: &mut Members, folder: &str, file: &str) {
    members.retain(|name, _| !name.starts_with(folder));
    for (name, bytes) in unpack(&fs::read(bundle(file)).unwrap()) {
        if !name.starts_with("data/attachments/") {
            members.insert(format!("{folder}{}", excerpt::flat(&name)), bytes);
        }
    }
}

/// Makes the hashes of the journal right again, as somebody can who knows how they are made, and the head in the statement too.
fn rechain(members: &mut Members) {
    let journal = text(members, "data/journal.txt");
    let mut hash = "0".repeat(64);
    let mut lines = String::new();
    let mut height = 0;
    for line in journal.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [seq, _, time, writer, payload, _] = fields.as_slice() else { panic!("{line}") };
        let content = format!("{seq}\t{hash}\t{time}\t{writer}\t{payload}");
        hash = sha256_hex(content.as_bytes());
        lines.push_str(&format!("{content}\t{hash}\n"));
        height = seq.parse().unwrap();
    }
    members.insert("data/journal.txt".to_owned(), lines.into_bytes());
    let mut passport = Passport::from_bytes(&members["data/bundle.json"]).unwrap();
    let head = passport.head.as_mut().unwrap();
    (head.digest, head.height) = (hash, height);
    members.insert("data/bundle.json".to_owned(), passport.to_bytes().unwrap());
}

/// The attacked bundle's bytes, under the name that it has afterwards.
fn carry_out(attack: &Attack) -> (String, Vec<u8>) {
    let (file, signature, namespace) = target(&attack.on);
    let mut members = unpack(&fs::read(&file).unwrap());
    attack.acts.iter().for_each(|line| act(&mut members, line));
    if attack.sign != "none" {
        relist(&mut members);
    }
    let signer = match attack.sign.as_str() {
        "none" | "list" => None,
        "reviewer" => Some("R04"),
        "office" => Some("OF1"),
        code => Some(code),
    };
    if let Some(code) = signer {
        let armor = sshsig::sign(&key(code), namespace, &members[bag::TAG_MANIFEST]).unwrap().into_bytes();
        members.insert(signature.to_owned(), armor);
    }
    let stem = attack.rename.clone().unwrap_or_else(|| file.file_stem().unwrap().to_str().unwrap().to_owned());
    (format!("{stem}.zip"), pack_as(&stem, &members))
}

pub(super) fn verify_bytes(name: &str, bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    verify::verify(&path, Some(&office())).unwrap()
}

/// Layer, code and member of every finding that refuses the bundle.
fn findings(report: &Report) -> Vec<(&'static str, &'static str, String)> {
    report.errors().map(|(layer, finding)| (layer.id(), finding.code, finding.member.clone())).collect()
}

#[test]
fn every_attack_is_refused_at_its_layer_with_its_code_and_member() {
    let mut wrong = Vec::new();
    for attack in attacks() {
        let (name, bytes) = carry_out(&attack);
        let report = verify_bytes(&name, &bytes);
        let found = findings(&report);
        let first = LAYERS.into_iter().find(|layer| report.state(*layer) == State::Fail).map(|layer| layer.id());
        let named =
            found.iter().any(|(layer, code, member)| *layer == attack.layer && *code == attack.code && member.contains(&attack.member));
        if report.passes() || first != Some(attack.layer.as_str()) || !named {
            wrong.push(format!("{}: {found:?}", attack.why));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packing_a_bundle_anew_is_no_attack() {
    for on in ["scores", "package", "enrol", "rescore"] {
        let (file, ..) = target(on);
        let members = unpack(&fs::read(&file).unwrap());
        let name = file.file_name().unwrap().to_str().unwrap();
        let report = verify_bytes(name, &pack_as(file.file_stem().unwrap().to_str().unwrap(), &members));
        assert_eq!(findings(&report), [], "{on}");
    }
}

#[test]
fn an_attack_whose_hashes_are_made_right_with_nothing_changed_is_the_good_bundle() {
    let mut members = unpack(&fs::read(scores("R04")).unwrap());
    let before = members.clone();
    rechain(&mut members);
    relist(&mut members);
    assert_eq!(members, before, "the tools of these tests make what the program makes");
}

#[test]
fn the_command_says_no_and_names_layer_code_and_member() {
    let folder = tempfile::tempdir().unwrap();
    let trust = root().join("office.allowed_signers");
    for attack in attacks().iter().step_by(9) {
        let (name, bytes) = carry_out(attack);
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_pingyi"))
            .args(["--lang", "en", "verify", path.to_str().unwrap(), "--trust", trust.to_str().unwrap()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{}: {said}", attack.why);
        assert!(said.contains(&format!("[{}]", attack.code)) && said.contains(&attack.member), "{}: {said}", attack.why);
        assert!(said.contains("FAIL") && !String::from_utf8_lossy(&output.stderr).contains("panicked"));
    }
}

#[test]
fn every_finding_is_explained_in_both_languages() {
    let mut codes = BTreeMap::new();
    for attack in attacks() {
        let (name, bytes) = carry_out(&attack);
        for layer in verify_bytes(&name, &bytes).layers {
            for finding in layer.findings.into_iter().filter(|finding| finding.severity == Severity::Error) {
                for language in [Language::Zh, Language::En] {
                    let (what, advice) = (pingyi::i18n::text(language, &finding.what), pingyi::i18n::text(language, &finding.advice));
                    assert!(!what.contains('{') && !advice.contains('{') && !what.is_empty() && !advice.is_empty(), "{what} {advice}");
                }
                codes.insert(finding.code, ());
            }
        }
    }
    assert!(codes.len() >= 20, "the attacks reach many findings: {codes:?}");
}
