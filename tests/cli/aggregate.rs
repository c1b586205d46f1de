//! `pingyi aggregate` as a provincial office types it.

use std::{fs, path::Path};

use pingyi::cli::Exit;
use serde_json::Value;

use super::{
    conclude::{Desk, office},
    path,
};
use crate::support::registers::inbox;

/// An office with a key and an inbox with these files.
fn desk(files: &[&str]) -> Desk {
    let desk = Desk::of("OF1");
    fs::create_dir(desk.0.path().join("in")).unwrap();
    for name in files {
        fs::copy(inbox().path().join(name), desk.0.path().join("in").join(name)).unwrap();
    }
    desk
}

fn words<'a>(inbox: &'a str, offices: &'a str) -> Vec<&'a str> {
    vec!["aggregate", inbox, "--register", "sx-2026", "--offices", offices]
}

#[test]
fn each_bad_file_is_named_with_its_reason_and_what_to_do_and_the_others_count() {
    let desk = desk(&[&inbox().good[0], "j-digit.zip", "q-rehearsal.zip"]);
    let answer = desk.says(&words(&desk.at("in"), &office())).done();
    assert!(answer.contains("does not verify in layer 3 (member-altered, data/results.json)"), "{answer}");
    assert!(answer.contains("from a rehearsal") && answer.contains("Rehearsals do not count"), "{answer}");
    assert!(answer.contains("3 files: results of 1 panels count, 2 files are wrong"), "{answer}");
}

#[test]
fn a_program_reads_the_same_as_one_document() {
    let desk = desk(&[&inbox().good[0], "e-package.zip"]);
    let document = desk.json(&words(&desk.at("in"), &office()));
    assert_eq!((&document["files"], &document["counted"], &document["recommended"]), (&Value::from(2), &Value::from(1), &Value::from(1)));
    assert_eq!(document["excluded"][0]["why"]["code"], "kind-package");
    assert_eq!(document["excluded"][0]["file"], "e-package.zip");
    assert!(document["excluded"][0]["text"]["zh"].as_str().unwrap().contains("不是结果包"));
    assert_eq!(document["bundle"], Value::Null, "nothing is signed where nobody asked");
}

#[test]
fn signed_it_verifies_with_the_key_alone_and_the_next_one_replaces_it() {
    let desk = desk(&[&inbox().good[0]]);
    let (inbox_at, out, list) = (desk.at("in"), desk.at("out"), desk.at("province.allowed_signers"));
    let offices = office();
    let sign = [words(&inbox_at, &offices), vec!["--to", &out, "--key", "OF1"]].concat();
    let first = desk.json(&sign)["bundle"]["file"].as_str().unwrap().to_owned();
    let members = crate::support::bundle::unpack(&fs::read(&first).unwrap());
    fs::write(&list, &members["allowed_signers"]).unwrap();
    let answer = desk.says(&["verify", &first, "--trust", &list]).done();
    assert_eq!(answer.matches(": PASS").count(), 9, "{answer}");

    fs::copy(inbox().path().join(&inbox().good[1]), desk.0.path().join("in").join(&inbox().good[1])).unwrap();
    let next = desk.json(&[sign, vec!["--supersedes", &first]].concat());
    assert!(next["bundle"]["file"].as_str().unwrap().ends_with("aggregate-sx-2026-r2.zip"), "{next}");
}

#[test]
fn strict_one_bad_file_is_enough_and_nothing_is_written() {
    let desk = desk(&[&inbox().good[0], "a-empty.zip"]);
    let (inbox_at, out, tables) = (desk.at("in"), desk.at("out"), desk.at("tables"));
    let answer = desk.says(&[words(&inbox_at, &office()), vec!["--strict", "--to", &out, "--key", "OF1", "--tables", &tables]].concat());
    assert_eq!(answer.exit, Exit::No, "{answer:?}");
    let left: Vec<_> = fs::read_dir(desk.0.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name == "out" || name == "tables" || name.starts_with(".pingyi")), "{left:?}");
}

#[test]
fn a_wrong_list_of_offices_or_record_is_refused_with_its_line() {
    let desk = desk(&[&inbox().good[0]]);
    let (list, record, inbox_at) = (desk.at("list"), desk.at("record.toml"), desk.at("in"));
    fs::write(&list, "OF1 ssh-ed25519 AAAA\n").unwrap();
    let answer = desk.says(&words(&inbox_at, &list));
    assert!(answer.exit == Exit::BadInput && answer.complaints.contains('1'), "{answer:?}");
    fs::write(&record, "schema = 1\n[[awards]]\n").unwrap();
    let answer = desk.says(&[words(&inbox_at, &office()), vec!["--record", &record]].concat());
    assert!(answer.exit == Exit::BadInput && answer.out.contains("record.toml:2:3"), "{answer:?}");
    let answer = desk.says(&words(&inbox_at, path(Path::new("/nowhere/at/all"))));
    assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
    let answer = desk.says(&words(&desk.at("nothing"), &office()));
    assert!(
        answer.exit == Exit::Done && answer.out.contains("0 panels count"),
        "a path that is not there is named like a bad file: {answer:?}"
    );
}

#[test]
fn what_followed_stands_on_the_public_list() {
    let desk = desk(&[&inbox().good[0]]);
    let (inbox_at, out, record) = (desk.at("in"), desk.at("out"), desk.at("record.toml"));
    let call = "sx-2026-0000";
    fs::write(
        &record,
        format!(
            "schema = 1\n[[publicity]]\ncall = \"{call}\"\nfrom = \"2026-04-01\"\nto = \"2026-04-07\"\nplace = {{ zh = \"省发展改革委网站\", en = \"the commission's site\" }}\ncontact = \"0351-1234567\"\n\
             [[decision]]\ncall = \"{call}\"\napplication = \"sx-0005\"\nmeeting = \"第1次\"\ndate = \"2026-04-10\"\noutcome = \"approve\"\n"
        ),
    )
    .unwrap();
    let offices = office();
    let words = [words(&inbox_at, &offices), vec!["--to", &out, "--key", "OF1", "--record", &record]].concat();
    let file = desk.json(&words)["bundle"]["file"].as_str().unwrap().to_owned();
    let members = crate::support::bundle::unpack(&fs::read(file).unwrap());
    let page = String::from_utf8(members["data/public/recommended.zh-cn.html"].clone()).unwrap();
    for wanted in ["公示期 2026-04-01 至 2026-04-07", "0351-1234567", "联席会议同意", "不作跨组排名"] {
        assert!(page.contains(wanted), "{wanted} is missing: {page}");
    }
    let english = String::from_utf8(members["data/public/recommended.en.html"].clone()).unwrap();
    assert!(english.contains("approved") && english.contains("the commission&#x27;s site"), "{english}");
}
