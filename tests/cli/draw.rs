//! `package draw`: lots that a person can work out with sha256sum, nobody whose employer applied, and a draw on record.

use std::{fs, path::Path};

use pingyi::cli::Exit;
use pingyi::digest::sha256_hex;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{path, pingyi, refused, tree::Tree};
use crate::support::stage::copy;

/// P1 works for the applicant of `sx-0006`; P2 is the chair R01 under another code.
const POOL: &str = "专家编号,姓名,工作单位,职称,专业领域,是否专家
P1,甲示例,忻州示例锻造集团有限公司,教授,锻造,是
P2,林示例,示例理工大学,教授,产业经济,是
P3,丙示例,示例大学三,教授,汽车工程,是
P4,丁示例,示例大学四,教授,护理,是
P5,戊示例,示例大学五,教授,材料工程,是
P6,己示例,示例大学六,教授,检测,是
P7,庚示例,示例大学七,教授,托育,是
P8,辛示例,示例大学八,教授,大数据,是
";

/// The sample package without assignments and recusals, which name people who may leave; chair and deputy stay.
struct Office(TempDir);

impl Office {
    fn new(pool: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("package");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/package"), &package);
        fs::remove_file(package.join("assignments.csv")).unwrap();
        fs::remove_file(package.join("recusals.toml")).unwrap();
        fs::write(folder.path().join("pool.csv"), pool).unwrap();
        Self(folder)
    }

    fn words<'a>(&'a self, more: &[&'a str]) -> Vec<String> {
        let (pool, package) = (self.0.path().join("pool.csv"), self.0.path().join("package"));
        let first = ["package", "draw", path(&pool), "--into", path(&package), "--seed", "0417", "--witness", "监督处二人"];
        first.iter().chain(more).map(|word| (*word).to_owned()).collect()
    }

    fn draw(&self, language: &str, more: &[&str]) -> super::Answer {
        let words = self.words(more);
        pingyi(&[language].into_iter().chain(words.iter().map(String::as_str)).collect::<Vec<_>>())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join("package").join(name)).unwrap()
    }
}

/// The order that a person finds by hand: the digest of seed, slash and code of everybody who may be drawn, sorted.
fn by_hand() -> Vec<(String, &'static str)> {
    let mut lots: Vec<_> = ["P3", "P4", "P5", "P6", "P7", "P8"].map(|code| (sha256_hex(format!("0417/{code}").as_bytes()), code)).into();
    lots.sort();
    lots
}

#[test]
fn the_lots_are_those_of_sha256sum_and_whoever_applied_or_sits_already_has_none() {
    let office = Office::new(POOL);
    let before = Tree::of(office.0.path());
    let shown = office.draw("--json", &["--count", "3", "--alternates", "1", "--dry-run"]);
    assert_eq!(shown.exit, Exit::Done, "{shown:?}");
    let shown = shown.json();
    let states = ["drawn", "drawn", "drawn", "alternate", "not-drawn", "not-drawn"];
    let expected: Vec<Value> =
        by_hand().iter().zip(states).map(|((digest, code), state)| json!({ "code": code, "digest": digest, "state": state })).collect();
    assert_eq!(shown["lots"], Value::from(expected));
    let excluded: Vec<&Value> = shown["excluded"].as_array().unwrap().iter().map(|row| &row["code"]).collect();
    assert_eq!(excluded, ["P1", "P2"]);
    let chinese = office.draw("--lang=zh-CN", &["--count", "3", "--replace", "--dry-run"]).done();
    let first = by_hand()[0].1;
    for part in [
        &format!("printf '%s' '0417/{first}' | sha256sum"),
        "P1  不参加抽取：sx-0006 现任职单位“忻州示例锻造集团有限公司”即申报单位",
        "P2  不参加抽取：已在名册任职（R01）",
        "没有写入任何文件",
    ] {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    before.is_still(office.0.path());
}

#[test]
fn who_was_drawn_stands_on_the_roster_behind_those_who_were_appointed_and_the_call_records_the_draw() {
    let office = Office::new(POOL);
    let words = ["--count", "3", "--alternates", "1", "--yes"];
    assert_eq!(office.draw("--json", &words).exit, Exit::No, "reviewers would leave, and nobody said so");
    let done = office.draw("--json", &[&words[..], &["--replace"]].concat());
    assert_eq!((done.exit, &done.json()["done"]), (Exit::Done, &json!(true)), "{done:?}");
    let roster: toml::Value = toml::from_str(&office.read("roster.toml")).unwrap();
    let people: Vec<&toml::Value> = roster["person"].as_array().unwrap().iter().collect();
    let drawn: Vec<&str> = by_hand().iter().map(|(_, code)| *code).take(4).collect();
    let (last, first) = (&people[people.len() - 4..], &people[..people.len() - 4]);
    assert_eq!(last.iter().map(|person| person["code"].as_str().unwrap()).collect::<Vec<_>>(), drawn);
    assert!(first.iter().all(|person| person["role"].as_str() != Some("reviewer")) && first.len() >= 4, "{first:?}");
    let alternates = last.iter().map(|person| person["alternate"].as_bool().unwrap());
    assert_eq!(alternates.collect::<Vec<_>>(), [false, false, false, true]);
    let call: toml::Value = toml::from_str(&office.read("call.toml")).unwrap();
    let draw = &call["panel"]["draw"];
    assert_eq!((draw["seed"].as_str(), draw["witness"].as_str()), (Some("0417"), Some("监督处二人")));
    assert_eq!(draw["pool"].as_str(), Some(sha256_hex(POOL.as_bytes()).as_str()), "which pool it was");
    assert!(office.read("call.toml").starts_with("# 榜单。"), "comments stay");
}

#[test]
fn the_order_of_the_pool_changes_nothing() {
    let mut lines: Vec<&str> = POOL.lines().collect();
    lines[1..].reverse();
    let [one, other] = [POOL.to_owned(), lines.join("\n")].map(|pool| {
        let office = Office::new(&pool);
        office.draw("--json", &["--count", "3", "--dry-run"]).json()["lots"].clone()
    });
    assert_eq!(one, other);
}

#[test]
fn a_pool_that_is_too_small_or_a_panel_that_would_break_its_rule_leaves_everything_as_it_was() {
    let office = Office::new(POOL);
    let words = office.words(&["--count", "7", "--replace", "--yes"]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    refused(office.0.path(), &words, Exit::No, "err-small-pool", &["6 people of the pool may be drawn, 7 are wanted"]);
    let before = Tree::of(office.0.path());
    let even = office.draw("--json", &["--count", "4", "--replace", "--yes"]);
    assert_eq!(even.exit, Exit::BadInput, "two appointed and four drawn are no odd number: {even:?}");
    before.is_still(office.0.path());
}

#[test]
fn a_person_who_stands_in_the_pool_under_two_codes_has_no_second_lot_and_none_at_all_until_that_is_settled() {
    let office = Office::new(&format!("{POOL}P9,丙 示例,示例大学三,教授,汽车工程,是\n"));
    let document = office.draw("--json", &["--count", "3", "--dry-run"]).json();
    let excluded: Vec<&Value> = document["excluded"].as_array().unwrap().iter().map(|row| &row["code"]).collect();
    assert_eq!(excluded, ["P1", "P2", "P3", "P9"]);
    assert_eq!(document["lots"].as_array().unwrap().len(), 5);
}
