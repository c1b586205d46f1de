//! Rubric files: the shipped ones are sound, and mistakes are found all at once, each at its line and column.

use pingyi::{
    domain::text::{Language, Value},
    i18n,
    intake::{
        rubric::read,
        schema::{SCHEMAS, find},
    },
};
use proptest::prelude::*;

use crate::tidy::{files, read as read_file};

fn selection() -> String {
    read_file("rubrics/selection.toml")
}

/// Line, column and message of every problem.
fn problems(text: &str) -> Vec<(usize, usize, &'static str)> {
    read("rubric.toml", text).unwrap_err().into_iter().map(|problem| (problem.line, problem.column, problem.what.id)).collect()
}

/// The place of `needle` in `text`, from 1, in characters.
fn place(text: &str, needle: &str) -> (usize, usize) {
    let at = text.find(needle).unwrap_or_else(|| panic!("no {needle}"));
    let before = &text[..at];
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1)
}

#[test]
fn every_shipped_rubric_is_sound() {
    let shipped = files("rubrics", ".toml");
    assert!(!shipped.is_empty());
    for name in shipped {
        let (rubric, warnings) = read(&name, &read_file(&name)).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(warnings, [], "{name}");
        assert_eq!(format!("rubrics/{}.toml", rubric.id), name);
    }
}

#[test]
fn the_selection_rubric_has_the_fifteen_criteria_and_eight_gates_of_the_domain_reference() {
    let (rubric, _) = read("selection", &selection()).unwrap();
    let ids: Vec<&str> = rubric.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
    assert_eq!(ids, ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "O1", "O2", "O3", "O4"]);
    let maxima: Vec<String> = rubric.criteria.iter().map(|criterion| criterion.max.to_string()).collect();
    assert_eq!(maxima, ["8", "8", "6", "8", "8", "6", "6", "8", "6", "5", "6", "7", "6", "7", "5"]);
    assert_eq!(rubric.gates.len(), 8);
    assert_eq!(rubric.scoring.tie_break, ["dimension:A", "criterion:B1", "dimension:C", "vote", "chair", "lot"]);
}

#[test]
fn ten_planted_mistakes_are_ten_findings_each_at_its_place() {
    let text = selection();
    let planted = [
        ("schema  = 1", "schemer = 1", "schemer", "err-unknown-key"),
        ("total   = \"100\"", "total   = 100", "100\nstep", "err-number-unquoted"),
        ("step    = \"0.5\"", "step    = \"5e-1\"", "\"5e-1\"", "err-not-a-number"),
        ("low = 1,", "low = \"one\",", "\"one\"", "err-wrong-type"),
        ("scope = \"total\"", "scope = \"totl\"", "\"totl\"", "err-unknown-word"),
        ("total = \"70\"", "total = \"７０\"", "\"７０\"", "err-not-a-number"),
        ("total_pct     = \"20\"", "total_pct     = \"-0\"", "\"-0\"", "err-not-a-number"),
        (
            "when    = { lead_mode = \"park\" }\noutcome = \"fail\"",
            "when    = { lead_mode = \"park\" }\noutcome = \"maybe\"",
            "\"maybe\"",
            "err-unknown-word",
        ),
        ("floor_pct = \"60\"\nclause    = [\"一(二)3\"]", "floor = \"60\"\nclause    = [\"一(二)3\"]", "floor = ", "err-unknown-key"),
        (
            "below = \"60%\", above = \"95%\" }\nanchors   = [\n  { from = \"90%\", text = { zh = \"选址",
            "below = \"60\", above = \"95%\" }\nanchors   = [\n  { from = \"90%\", text = { zh = \"选址",
            "\"60\", above",
            "err-not-a-percent",
        ),
    ];
    let mut broken = text;
    for (sound, mistake, _, _) in &planted {
        assert_eq!(broken.matches(sound).count(), 1, "{sound}");
        broken = broken.replace(sound, mistake);
    }
    let mut expected: Vec<(usize, usize, &str)> = planted
        .iter()
        .map(|(_, _, needle, id)| {
            let (line, column) = place(&broken, needle);
            (line, column, *id)
        })
        .collect();
    // The key that was misspelt is missed as well, at the top of the file.
    expected.push((1, 1, "err-missing-key"));
    expected.sort_unstable();
    let mut found = problems(&broken);
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_mistake_in_the_sums_is_found_at_the_dimension() {
    let text = selection().replacen("max       = \"30\"", "max       = \"31\"", 1);
    let (line, column) = place(&text, "max       = \"31\"");
    assert!(problems(&text).contains(&(line, column, "err-rubric-dimension-sum")), "{:?}", problems(&text));
}

#[test]
fn columns_count_characters_so_that_chinese_text_before_a_mistake_does_not_shift_it() {
    let text = selection().replace("en = \"Selection rubric for industry-education integration bases (open call)\" }", "english = \"x\" }");
    let (line, column) = place(&text, "english = ");
    assert!(problems(&text).contains(&(line, column, "err-unknown-key")));
}

#[test]
fn a_misspelt_key_gets_the_nearest_known_one() {
    let text = selection().replacen("floor_pct", "flor_pct", 1);
    let problem = read("rubric.toml", &text).unwrap_err().remove(0);
    assert_eq!(problem.advice.args, [("near", Value::Plain("floor_pct".to_owned()))]);
    assert_eq!(i18n::text(Language::Zh, &problem.advice), "是否应为“floor_pct”？");
}

#[test]
fn text_that_is_no_toml_is_refused_at_its_place() {
    let found = problems("schema = 1\nid = \"x\ntitle = 2\n");
    assert_eq!(found.first().map(|(line, _, id)| (*line, *id)), Some((2, "err-not-toml")));
}

#[test]
fn a_huge_file_and_a_deep_file_are_refused_without_harm() {
    assert_eq!(problems(&"#".repeat(5 * 1024 * 1024)), [(1, 1, "err-file-too-large")]);
    let deep = format!("a = {}{}", "[".repeat(4000), "]".repeat(4000));
    assert!(read("rubric.toml", &deep).is_err());
}

#[test]
fn the_schema_beside_the_rubrics_is_the_one_made_from_the_types() {
    assert_eq!(read_file("rubrics/rubric.schema.json"), find("rubric").unwrap().text(), "write it anew: pingyi schema rubric");
}

#[test]
fn every_schema_is_closed_so_that_a_misspelt_key_is_an_error() {
    for entry in &SCHEMAS {
        let schema: serde_json::Value = serde_json::from_str(&entry.text()).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{}", entry.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_the_reader_panic(noise in ".{0,200}", at in 0_usize..12_000) {
        let mut text = selection();
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, &noise);
        let _ = read("rubric.toml", &text);
        let _ = read("rubric.toml", &noise);
    }
}
