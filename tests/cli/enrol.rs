//! `enrol request|accept|revoke`.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand, small_package},
    golden::golden,
    path,
    tree::Tree,
};

/// A machine with the key of R02, the package folder of an office that has nobody's key yet, and a folder for requests.
fn machine() -> Desk {
    let desk = Desk::at(Stand::Arrived);
    small_package(&desk.path().join("package"));
    fs::create_dir(desk.path().join("out")).unwrap();
    desk
}

const BEFORE: &str = "1773400000";

fn request<'a>(code: &'a str, to: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let words = ["enrol", "request", "--call", "sx-2026-01", "--panel", "p1", "--code", code, "--person", "赵示例", "--to", to];
    [&words, more].concat()
}

#[test]
fn a_request_is_written_taken_into_the_roster_once_and_can_be_ended() {
    let desk = machine();
    let place = |name: &str| path(&desk.path().join(name)).to_owned();
    let (out, folder) = (place("out"), place("package"));
    let words = [request("R02", &out, &["--role", "deputy", "--device", "笔记本"]), vec!["--json"]].concat();
    let asked = desk.program(&words).env("SOURCE_DATE_EPOCH", BEFORE).run().json();
    golden("enrol-request", &asked, desk.path());
    let file = asked["file"].as_str().unwrap();
    assert!(file.ends_with("enrol-sx-2026-01-p1-r02-r1.zip"), "{file}");
    let still = Tree::of(&desk.path().join("out"));
    assert_eq!(desk.program(&words).env("SOURCE_DATE_EPOCH", BEFORE).run().json(), asked, "asked twice, the same bytes");
    still.is_still(&desk.path().join("out"));

    let accept = |json: &[&str]| {
        let words = [json, &["enrol", "accept", &folder, file]].concat();
        desk.program(&words).env("SOURCE_DATE_EPOCH", "1773403600").run()
    };
    golden("enrol-accept", &accept(&["--json"]).json(), desk.path());
    let roster = fs::read_to_string(desk.path().join("package/roster.toml")).unwrap();
    assert!(roster.contains("revision = 2") && roster.contains("ssh-ed25519 "), "{roster}");
    let still = Tree::of(&desk.path().join("package"));
    assert_eq!(accept(&[]).done(), "R02 was enrolled before.\n");
    still.is_still(&desk.path().join("package"));

    let revoke = ["enrol", "revoke", &folder, "--code", "R02", "--reason", "笔记本遗失"];
    golden("enrol-revoke", &desk.json(&revoke), desk.path());
    let roster = fs::read_to_string(desk.path().join("package/roster.toml")).unwrap();
    assert!(roster.contains("revision = 3") && roster.contains("笔记本遗失"), "{roster}");
    desk.refuses(&revoke, Exit::No, "err-not-enrolled", &["R02"]);
}

#[test]
fn the_groups_for_the_sign_in_sheet_are_those_of_the_key() {
    let desk = machine();
    let out = path(&desk.path().join("out")).to_owned();
    let groups = desk.json(&["key", "show", "--name", "R02"])[0]["groups"].as_str().unwrap().to_owned();
    for (lang, begins) in [("zh-CN", "请将密钥指纹抄写在签到表上："), ("en", "Write your key's groups on the sign-in sheet: ")]
    {
        let words = [vec!["--lang", lang], request("R02", &out, &["--role", "deputy"])].concat();
        let said = desk.program(&words).run().done();
        assert!(said.lines().any(|line| line == format!("{begins}{groups}")), "{said}");
    }
}

#[test]
fn a_request_that_cannot_be_made_is_refused_and_writes_nothing() {
    let desk = machine();
    let place = |name: &str| path(&desk.path().join(name)).to_owned();
    let (out, none) = (place("out"), place("package/call.toml/none"));
    let refuses = |words: Vec<&str>, exit, code: &str, says: &str| desk.refuses(&words, exit, code, &[says]);
    refuses(request("R05", &out, &[]), Exit::Usage, "err-no-key", "r05");
    refuses(request("R/5", &out, &[]), Exit::Usage, "err-not-an-id", "R/5");
    refuses(request("R02", &out, &["--role", "queen"]), Exit::Usage, "err-no-role", "chair");
    refuses(request("R02", &none, &[]), Exit::BadInput, "err-file", "none");
    let bad_call = ["enrol", "request", "--call", "a b", "--panel", "p1", "--code", "R02", "--person", "x", "--to", &out];
    refuses(bad_call.to_vec(), Exit::Usage, "err-not-an-id", "a b");
}

#[test]
fn all_requests_are_taken_in_or_none() {
    let desk = machine();
    let place = |name: &str| path(&desk.path().join(name)).to_owned();
    let (out, folder) = (place("out"), place("package"));
    desk.does(&["key", "new", "--name", "R77", "--no-passphrase"]);
    desk.does(&["key", "new", "--name", "R04", "--no-passphrase"]);
    let ask = |code, more: &[&str]| {
        let words = [request(code, &out, more), vec!["--json"]].concat();
        desk.program(&words).env("SOURCE_DATE_EPOCH", BEFORE).run().json()["file"].as_str().unwrap().to_owned()
    };
    let good = ask("R02", &["--role", "deputy"]);
    let nobody = ask("R77", &[]);
    let rehearsal = ask("R04", &["--rehearsal", "--office-custody"]);
    let rubbish = desk.file("rubbish.zip", "PK");
    let before = Tree::of(desk.path());
    for (bad, exit, code) in [
        (&nobody, Exit::No, "err-not-verified"),
        (&rehearsal, Exit::No, "err-other-package"),
        (&rubbish, Exit::No, "err-not-verified"),
        (&place("none.zip"), Exit::BadInput, "err-stage-read"),
    ] {
        let answer = desk.program(&["--json", "enrol", "accept", &folder, &good, bad]).env("SOURCE_DATE_EPOCH", BEFORE).run();
        assert_eq!((answer.exit, answer.json()["error"]["code"].as_str().unwrap()), (exit, code), "{answer:?}");
        before.is_still(desk.path());
    }
    let late = desk.program(&["--json", "enrol", "accept", &folder, &good]).env("SOURCE_DATE_EPOCH", "1774000000").run();
    assert_eq!((late.exit, late.json()["error"]["code"].as_str().unwrap()), (Exit::No, "err-session-over"));
    before.is_still(desk.path());
}

#[test]
fn a_key_of_somebody_who_is_not_there_cannot_be_ended() {
    let desk = machine();
    let folder = path(&desk.path().join("package")).to_owned();
    let none = path(&desk.path().join("none")).to_owned();
    let revoke = |folder, code| ["enrol", "revoke", folder, "--code", code, "--reason", "x"];
    desk.refuses(&revoke(&folder, "R77"), Exit::Usage, "err-not-on-roster", &["R77"]);
    desk.refuses(&revoke(&folder, "R02"), Exit::No, "err-not-enrolled", &["R02"]);
    desk.refuses(&revoke(&folder, "R 2"), Exit::Usage, "err-not-an-id", &["R 2"]);
    desk.refuses(&revoke(&none, "R02"), Exit::BadInput, "err-file", &["none"]);
}
