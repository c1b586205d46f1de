//! Bundles that lie in what they say, everything redone with the signer's own key: lists, signature, and where the journal
//! is touched its hashes too. Each is refused in the layer that judges such things, and names the file or the application.

use pingyi::bundle::passport::Passport;
use serde_json::{Value, json};

use super::{
    mutants::{Bench, places},
    rechain,
};
use crate::support::{bundle::Members, rules::of};

const SHEET: &str = "data/scores/sx-0005.json";
const OUT: &str = "data/scores/sx-0009.json";
const KEPT: &str = "data/scores/sx-0001.json";
pub(super) const JOURNAL: &str = "data/journal.txt";
pub(super) const PASSPORT: &str = "data/bundle.json";

/// Layer 7 says what is possible, layer 8 adds up; what is wrong with both is refused first in 7.
const CONTENT: &[u8] = &[7];
const SUM: &[u8] = &[8];

pub(super) fn document(members: &Members, name: &str) -> Value {
    serde_json::from_slice(&members[name]).unwrap()
}

/// The document as the program writes one.
pub(super) fn write(members: &mut Members, name: &str, value: &Value) {
    members.insert(name.to_owned(), (serde_json::to_string_pretty(value).unwrap() + "\n").into_bytes());
}

impl Bench {
    /// Changes the document `name` and signs everything anew.
    pub(super) fn says(&mut self, name: &str, layers: &[u8], what: &str, change: impl FnOnce(&mut Value)) {
        let mut members = self.members.clone();
        let mut value = document(&members, name);
        let before = value.clone();
        change(&mut value);
        assert_ne!(value, before, "{what} changes nothing");
        write(&mut members, name, &value);
        self.reseal(&mut members);
        self.refuses(&members, layers, &[name], what);
    }

    /// Changes the lines of the journal, makes its hashes right again, and signs everything anew.
    pub(super) fn records(&mut self, names: &[&str], what: &str, change: impl FnOnce(&mut Vec<String>)) {
        let mut members = self.members.clone();
        let text = String::from_utf8(members[JOURNAL].clone()).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let before = lines.clone();
        change(&mut lines);
        assert_ne!(lines, before, "{what} changes nothing");
        members.insert(JOURNAL.to_owned(), lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes());
        rechain(&mut members);
        self.reseal(&mut members);
        self.refuses(&members, &[6, 7], names, what);
    }

    /// Changes the bundle's own statement, gives the file the name that follows from it, and signs everything anew.
    pub(super) fn states(&mut self, layers: &[u8], what: &str, change: impl FnOnce(&mut Passport)) {
        let mut members = self.members.clone();
        let mut passport = Passport::from_bytes(&members[PASSPORT]).unwrap();
        change(&mut passport);
        let bytes = serde_json::to_string_pretty(&passport).unwrap() + "\n";
        assert_ne!(bytes.as_bytes(), members[PASSPORT], "{what} changes nothing");
        members.insert(PASSPORT.to_owned(), bytes.into_bytes());
        self.reseal(&mut members);
        self.refuses_as(passport.name().stem(), &members, layers, &[PASSPORT, "signatures/", JOURNAL, "data/scores/"], what);
    }
}

#[test]
fn a_value_that_no_reviewer_could_have_entered_is_refused_in_every_cell() {
    let mut bench = Bench::small_scores();
    let cells = document(&bench.members, SHEET)["cells"].as_array().unwrap().len();
    assert_eq!(cells, 7, "six asked criteria and one computed");
    let values = ["8.3", "99", "1e1", "-0", "-1", "+8", "８", "8.50", "08", "", "NaN", "0x8", "1_0", "123456789012345678901234567890"];
    for at in 0..cells {
        for value in values {
            bench.says(SHEET, CONTENT, &format!("cell {at} is {value:?}"), |sheet| sheet["cells"][at]["value"] = json!(value));
        }
        bench.says(SHEET, CONTENT, &format!("cell {at} is a bare number"), |sheet| sheet["cells"][at]["value"] = json!(8.5));
        bench.says(SHEET, CONTENT, &format!("cell {at} is missing"), |sheet| drop(sheet["cells"].as_array_mut().unwrap().remove(at)));
        bench.says(SHEET, CONTENT, &format!("cell {at} stands twice"), |sheet| {
            let cells = sheet["cells"].as_array_mut().unwrap();
            cells.push(cells[at].clone());
        });
        bench.says(SHEET, CONTENT, &format!("cell {at} is of a criterion that there is not"), |sheet| {
            sheet["cells"][at]["criterion"] = json!("Z9");
        });
        bench.says(SHEET, CONTENT, &format!("cell {at} is N/A"), |sheet| {
            sheet["cells"][at] = json!({ "criterion": sheet["cells"][at]["criterion"], "state": "na", "reason": "免评" });
        });
        bench.says(SHEET, CONTENT, &format!("cell {at} is blank"), |sheet| sheet["cells"][at]["state"] = json!("blank"));
    }
    bench.sums_up(130);
}

#[test]
fn a_total_that_the_cells_do_not_add_up_to_is_refused_by_the_arithmetic() {
    let mut bench = Bench::small_scores();
    let total = document(&bench.members, SHEET)["total"].as_str().unwrap().to_owned();
    let (whole, _) = total.split_once('.').unwrap_or((&total, ""));
    for other in [format!("{whole}.5"), format!("{whole}.7"), "100".to_owned(), "0".to_owned(), format!("{total}0"), format!("0{total}")] {
        if other != total {
            bench.says(SHEET, SUM, &format!("the total is {other}"), |sheet| sheet["total"] = json!(other));
        }
    }
    bench.says(SHEET, SUM, "the total is missing", |sheet| sheet["total"] = Value::Null);
    bench.says(OUT, CONTENT, "somebody who stays out has a total", |sheet| sheet["total"] = json!("80"));
    bench.sums_up(6);
}

#[test]
fn a_sheet_for_what_is_not_the_reviewers_to_score_is_refused() {
    let mut bench = Bench::small_scores();
    for name in [OUT, KEPT] {
        let id = name.trim_start_matches("data/scores/").trim_end_matches(".json").to_owned();
        bench.says(name, CONTENT, &format!("{name} has the scores of another sheet"), |sheet| {
            *sheet = document(&unchanged(), SHEET);
            sheet["application"] = json!(id);
        });
        bench.says(name, CONTENT, &format!("{name} calls itself scored"), |sheet| sheet["state"] = json!("scored"));
    }
    for state in ["recused", "declined", "withdrawn", ""] {
        bench.says(SHEET, CONTENT, &format!("the scored sheet is {state:?}"), |sheet| sheet["state"] = json!(state));
    }
    for (field, value) in
        [("reviewer", "R05"), ("reviewer", "r03"), ("application", "sx-0009"), ("application", "sx-9999"), ("overall", "好")]
    {
        bench.says(SHEET, CONTENT, &format!("{field} is {value}"), |sheet| sheet[field] = json!(value));
    }
    bench.says(SHEET, CONTENT, "another revision", |sheet| sheet["revision"] = json!(2));
    bench.says(SHEET, CONTENT, "a field that nobody knows", |sheet| sheet["bonus"] = json!("5"));
    bench.says(SHEET, CONTENT, "a comment that was not written", |sheet| sheet["cells"][1]["comment"] = json!("优"));
    for added in ["data/scores/sx-0024.json", "data/scores/sx-0099.json", "data/scores/r03.json", "data/notes.txt", "data/more/scores.json"]
    {
        let mut members = bench.members.clone();
        members.insert(added.to_owned(), members[SHEET].clone());
        bench.reseal(&mut members);
        bench.refuses(&members, CONTENT, &[added], &format!("{added} is put in"));
    }
    for (at, field) in [(0, "answer"), (1, "answer"), (2, "answer"), (0, "application"), (0, "ground")] {
        bench.says("data/declaration.json", CONTENT, &format!("declaration {at} has another {field}"), |all| {
            all["declarations"][at][field] = json!("no-conflict at all");
        });
    }
    bench.says("data/declaration.json", CONTENT, "another pledge", |all| all["pledge"] = json!("0".repeat(64)));
    bench.sums_up(25);
}

fn unchanged() -> Members {
    Bench::small_scores().members
}

#[test]
fn a_statement_about_another_call_person_or_revision_is_refused() {
    let mut bench = Bench::small_scores();
    bench.states(&[6], "another call", |passport| passport.call = of("sx-2027-01"));
    bench.states(&[6], "another panel", |passport| passport.panel = Some(of("p2")));
    bench.states(&[6], "no panel", |passport| passport.panel = None);
    bench.states(&[6], "the other mode", |passport| passport.mode = pingyi::domain::call::Mode::Rehearsal);
    bench.states(&[6], "a second round", |passport| passport.round = Some(2));
    bench.states(&[6], "some items only", |passport| passport.items = vec![of("t1")]);
    bench.states(&[3], "another person, the same signer", |passport| passport.person = Some(of("R05")));
    bench.states(&[4], "another person and signer", |passport| {
        passport.person = Some(of("R05"));
        passport.required_signers[0].code = of("R05");
    });
    bench.states(&[3], "nobody needs to sign", |passport| passport.required_signers.clear());
    bench.states(&[3], "it replaces a bundle, and is the first", |passport| passport.supersedes = Some("1".repeat(64)));
    bench.states(&[7], "a second revision of nothing", |passport| passport.revision = 2);
    bench.states(&[7], "a second revision with an invented predecessor", |passport| {
        passport.revision = 2;
        passport.supersedes = Some("1".repeat(64));
    });
    bench.states(&[7], "no head", |passport| passport.head = None);
    bench.states(&[7], "a lower head", |passport| passport.head.as_mut().unwrap().height -= 1);
    bench.states(&[7], "another head", |passport| passport.head.as_mut().unwrap().digest = "1".repeat(64));
    for field in ["package", "rubric", "map", "roster", "applications"] {
        bench.states(&[6], &format!("another {field}"), |passport| {
            let digests = &mut passport.digests;
            let of_field = match field {
                "package" => &mut digests.package,
                "rubric" => &mut digests.rubric,
                "map" => &mut digests.map,
                "roster" => &mut digests.roster,
                _ => &mut digests.applications,
            };
            *of_field = Some("1".repeat(64));
        });
    }
    bench.states(&[6], "it answers a request that there is not", |passport| passport.digests.request = Some("1".repeat(64)));
    bench.states(&[3], "a newer form", |passport| passport.schema = 2);
    bench.sums_up(20);
}

/// Gives the lines their running numbers again.
fn renumber(lines: &mut [String]) {
    for (number, line) in lines.iter_mut().enumerate() {
        *line = format!("{number}\t{}", line.split_once('\t').unwrap().1);
    }
}

#[test]
fn a_journal_with_an_entry_removed_moved_or_edited_is_refused_however_well_it_is_redone() {
    let mut bench = Bench::small_scores();
    let count = String::from_utf8(bench.members[JOURNAL].clone()).unwrap().lines().count();
    // The entries say where they belong, so whatever no longer follows from them is named: the journal or a sheet.
    let any = [JOURNAL, "data/scores/", "data/declaration.json"];
    for at in 0..count {
        bench.records(&any, &format!("entry {at} removed"), |lines| {
            lines.remove(at);
            renumber(lines);
        });
        bench.records(&any, &format!("entry {at} doubled"), |lines| {
            let twice = lines[at].clone();
            lines.insert(at, twice);
            renumber(lines);
        });
        bench.records(&any, &format!("entry {at} by somebody else"), |lines| {
            lines[at] = lines[at].replace("\tR03\t", "\tR05\t");
        });
    }
    // The question is answered before anything is scored, and nothing follows handing in: these cannot change places.
    for (one, other) in [(0, 1), (1, 2), (2, 3), (3, 4), (count - 3, count - 1)] {
        bench.records(&any, &format!("entries {one} and {other} exchanged"), |lines| {
            lines.swap(one, other);
            renumber(lines);
        });
    }
    for (from, to) in [
        ("\"value\":\"12\"", "\"value\":\"12.5\""),
        ("\"value\":\"12\"", "\"value\":\"12.3\""),
        ("\"value\":\"12\"", "\"value\":\"16\""),
        ("\"value\":\"12\"", "\"value\":12"),
        ("sx-0005\",\"criterion\":\"C1\"", "sx-0024\",\"criterion\":\"C1\""),
        ("\"criterion\":\"C1\"", "\"criterion\":\"C2\""),
        ("总体可行", "总体优秀"),
        ("曾在该单位任职", "没有理由"),
        ("\"after\":\"submitted\"", "\"after\":\"draft\""),
        ("\"revision\":1", "\"revision\":2"),
        ("\"mode\":\"official\"", "\"mode\":\"rehearsal\""),
        ("\"schema\":1", "\"schema\":2"),
        ("\"do\":\"comment\"", "\"do\":\"remark\""),
    ] {
        bench.records(&any, &format!("{from} becomes {to}"), |lines| {
            let at = lines.iter().position(|line| line.contains(from)).unwrap_or_else(|| panic!("no entry has {from}"));
            lines[at] = lines[at].replacen(from, to, 1);
        });
    }
    bench.sums_up(55);
}

#[test]
fn what_the_office_signs_anew_is_refused_where_parts_of_the_package_contradict_each_other() {
    let mut bench = Bench::small_package();
    // A text for people can be changed by whoever may sign it; what other parts rest on cannot.
    let fixed = ["data/formal-check.json", "data/roster.toml", "allowed_signers", "allowed_signers-dated", "data/assignments.csv"];
    let all = bench.members.clone();
    for name in all.keys().filter(|name| fixed.contains(&name.as_str()) || name.starts_with("data/applications")) {
        let mut without = all.clone();
        let content = without.remove(name).unwrap();
        if name != "data/assignments.csv" {
            bench.reseal(&mut without);
            bench.refuses(&without, &[6, 7, 8], &[name, "data/"], &format!("without {name}, signed anew"));
        }
        let mut renamed = all.clone();
        renamed.insert(format!("{name}.copy"), content);
        renamed.remove(name);
        bench.reseal(&mut renamed);
        bench.refuses(&renamed, &[2, 6, 7, 8], &[name, "data/"], &format!("{name} renamed, signed anew"));
    }
    for name in ["allowed_signers", "allowed_signers-dated", "data/formal-check.json"] {
        for at in places(all[name].len()) {
            let mut members = all.clone();
            members.get_mut(name).unwrap()[at] ^= 1;
            bench.reseal(&mut members);
            bench.refuses(&members, &[6, 7, 8], &[name], &format!("{name} byte {at}, signed anew"));
        }
    }
    bench.sums_up(20);
}
