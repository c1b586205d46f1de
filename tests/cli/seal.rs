//! `export result`, `cosign`, `import` of a result and `verify-diff` where something is wrong, and what they say where all is well.

use std::fs;

use pingyi::cli::Exit;
use serde_json::Value;

use super::{
    Answer,
    conclude::{Desk, RESULT, office},
    path, pingyi, refused,
};
use crate::support::{
    bundle::{pack_as, unpack},
    small_panel,
    stage::root,
};

/// A result of the small panel on a stick, without the signatures that `lacks` names.
fn on_stick(desk: &Desk, lacks: &[&str]) -> String {
    let name = small_panel::result().file_name().unwrap().to_str().unwrap();
    let mut members = unpack(&fs::read(small_panel::result()).unwrap());
    lacks.iter().for_each(|signature| drop(members.remove(&format!("signatures/{signature}.sig")).unwrap()));
    let folder = desk.0.path().join("stick");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), pack_as(name.trim_end_matches(".zip"), &members)).unwrap();
    desk.at(&format!("stick/{name}"))
}

/// Refused, with the desk's own data folder.
#[track_caller]
fn is_refused(desk: &Desk, words: &[&str], exit: Exit, code: &str, says: &[&str]) {
    let home = desk.at("home");
    refused(desk.0.path(), &[&["--home", &home], words].concat(), exit, code, says);
}

#[test]
fn nothing_is_sealed_without_a_table_nor_over_another_file() {
    let reviewer = Desk::of("R06");
    reviewer.says(&["key", "list"]);
    is_refused(&reviewer, &["export", "result", "--check"], Exit::Usage, "err-no-table", &["There is no table yet"]);

    let chair = Desk::ready();
    chair.says(&["export", "result", "--check"]).done();
    fs::create_dir(chair.0.path().join("out")).unwrap();
    fs::write(chair.at(RESULT), "minutes of another day").unwrap();
    let to = chair.at("out");
    is_refused(&chair, &["export", "result", "--to", &to], Exit::BadInput, "err-target-exists", &["other content", RESULT]);
    assert!(chair.says(&["export", "result", "--check"]).done().contains("Nothing is open"), "nothing was signed");
}

#[test]
fn whoever_is_not_asked_to_sign_is_told_so_and_the_file_stays() {
    let desk = Desk::of("OF1");
    let file = on_stick(&desk, &["supervisor-s01"]);
    desk.says(&["key", "list"]);
    is_refused(&desk, &["cosign", &file, "--as", "OF1"], Exit::Usage, "err-not-on-roster", &["OF1", "supervisor"]);
    is_refused(&desk, &["cosign", &file, "--as", "no code"], Exit::Usage, "err-not-an-id", &["no code"]);
    let package = desk.at("stick/package.zip");
    fs::copy(small_panel::package(), &package).unwrap();
    let answer = desk.says(&["cosign", &package, "--as", "OF1"]);
    assert!(answer.exit == Exit::BadInput && !answer.complaints.is_empty(), "a package is no result: {answer:?}");
}

#[test]
fn a_supervisor_is_not_made_to_sign_what_does_not_verify() {
    let desk = Desk::of("S01");
    let file = on_stick(&desk, &["supervisor-s01"]);
    desk.says(&["key", "list"]);
    let wrong = desk.at("wrong.allowed_signers");
    let trust = fs::read_to_string(office()).unwrap();
    let other = fs::read_to_string(root().join("homes/r03/keys/r03.pub")).ok();
    let own = |line: &str| line.split_whitespace().position(|word| word.starts_with("ssh-ed25519")).unwrap();
    if let Some(other) = other {
        let line = trust.lines().find(|line| line.contains("ssh-ed25519")).unwrap();
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let at = own(line);
        words[at + 1] = other.split_whitespace().nth(1).unwrap();
        fs::write(&wrong, words.join(" ") + "\n").unwrap();
        is_refused(&desk, &["cosign", &file, "--as", "S01", "--trust", &wrong], Exit::No, "err-not-verified", &["does not verify"]);
    }
    let mut members = unpack(&fs::read(&file).unwrap());
    let members_json = String::from_utf8(members["data/members.json"].clone()).unwrap();
    members.insert("data/members.json".to_owned(), members_json.replacen("signed", "absent", 1).into_bytes());
    fs::write(&file, pack_as("result-sx-2026-01-p1-r1", &members)).unwrap();
    let before = fs::read(&file).unwrap();
    let answer = desk.says(&["cosign", &file, "--as", "S01", "--trust", &office()]);
    assert!(answer.exit == Exit::No && format!("{}{}", answer.out, answer.complaints).contains("data/members.json"), "{answer:?}");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn the_end_of_the_work_is_told_in_both_languages_in_the_order_in_which_it_is_done() {
    let chair = Desk::ready();
    let to = chair.at("out");
    let said = chair.says(&["export", "result", "--to", &to]).done();
    let at = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    let order = ["Result signed: ", "signature-page.html", "Still to co-sign: S01 (supervisor)"].map(at);
    assert!(order.is_sorted(), "{said}");
    let home = chair.at("home");
    let again = pingyi(&["--lang", "zh-CN", "--home", &home, "export", "result", "--to", &to]).done();
    assert!(again.contains("S01") && again.contains("pingyi cosign"), "{again}");

    let supervisor = Desk::of("S01");
    let copy = supervisor.at("here.zip");
    fs::copy(chair.at(RESULT), &copy).unwrap();
    let said = supervisor.says(&["cosign", &copy, "--as", "S01", "--trust", &office(), "--to", &supervisor.at("out")]).done();
    assert!(supervisor.0.path().join(RESULT).exists(), "whatever the file was called on the way, it has its own name again");
    assert!(said.contains("the digest is as before") && said.contains("All signatures that belong to it are there."), "{said}");

    // The result of another table, though of the same call, panel and revision.
    let stranger = root().join("bundles/result-sx-2026-01-p1-r1.zip");
    let answer = chair.json(&["import", path(&stranger)]);
    let code = answer["error"]["code"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(["err-other-result", "err-not-verified"].contains(&code), "{answer}");
    let taken = chair.says(&["import", &supervisor.at(RESULT)]).done();
    assert!(taken.contains("S01"), "{taken}");
    let journal = chair.says(&["journal", "show"]);
    assert!(journal.exit != Exit::Done || journal.out.contains("S01"), "the record says who signed: {journal:?}");
}

#[test]
fn a_result_is_taken_back_only_where_one_was_signed() {
    let chair = Desk::ready();
    let file = on_stick(&chair, &[]);
    chair.says(&["export", "result", "--check"]).done();
    is_refused(&chair, &["import", &file], Exit::No, "err-other-result", &["signed here last"]);
}

#[test]
fn a_comparison_says_what_it_rests_on_and_refuses_what_does_not_verify() {
    let desk = Desk::of("R06");
    desk.says(&["key", "list"]);
    let whole = path(small_panel::result()).to_owned();
    let same = desk.says(&["verify-diff", &whole, &whole, "--trust", &office()]).done();
    assert!(same.contains("nothing vanished, 0 figures changed"), "{same}");
    let half = on_stick(&desk, &["supervisor-s01"]);
    is_refused(&desk, &["verify-diff", &whole, &half, "--trust", &office()], Exit::No, "err-not-verified", &["does not verify"]);
    let other = path(&root().join("bundles/result-sx-2026-01-p1-r1.zip")).to_owned();
    let document = desk.json(&["verify-diff", &whole, &other, "--trust", &office()]);
    assert_eq!(document["follows"], false);
    let codes: Vec<&str> = document["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"err-diff-record") && codes.contains(&"err-diff-vanished"), "{codes:?}");
    let change = &document["changes"][0];
    assert!(["application", "place", "old", "new"].iter().all(|key| change.get(key).is_some()), "{change}");
    let chinese: Answer = pingyi(&["--lang", "zh-CN", "--home", &desk.at("home"), "verify-diff", &whole, &other, "--trust", &office()]);
    assert!(chinese.exit == Exit::No && chinese.out.contains("sx-0005") && !chinese.out.contains("figures"), "{chinese:?}");
}

#[test]
fn the_derivations_in_a_result_are_what_the_table_explains() {
    let chair = Desk::ready();
    let members = unpack(&fs::read(small_panel::result()).unwrap());
    for id in ["sx-0005", "sx-0007"] {
        let told = chair.json(&["consolidate", "--explain", id]);
        let written: Value = serde_json::from_slice(&members[&format!("data/working/{id}.json")]).unwrap();
        assert_eq!((&told["application"]["id"], &told["derivation"]), (&Value::from(id), &written));
    }
    let figures = chair.json(&["consolidate"]);
    let written: Value = serde_json::from_slice(&members["data/results.json"]).unwrap();
    assert_eq!(figures["items"], written["items"], "what the table shows is what is signed");
}
