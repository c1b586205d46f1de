//! What follows a recommendation, by worked examples: `record.toml`.

use pingyi::{
    domain::register::{PanelResult, follow_up, record::Record},
    intake,
    workflow::verify,
};
use serde::Deserialize;

use crate::support::{cases::worked, registers, small_panel, stage};

#[derive(Deserialize)]
struct Case {
    what: String,
    /// The record, without its schema.
    record: String,
    /// Where the recommendation sx-0005 stands.
    stage: String,
    /// What is wrong, by place and code.
    #[serde(default)]
    wrong: Vec<String>,
}

/// The small panel's result: sx-0005 is recommended after a vote, sx-0007 is reserve.
fn panels() -> Vec<PanelResult> {
    let opened = verify::open_result(small_panel::result(), Some(&stage::office())).unwrap();
    vec![opened.panel_result("file".to_owned()).unwrap()]
}

#[test]
fn a_recommendation_goes_through_its_stages_and_what_breaks_a_rule_is_told() {
    let panels = panels();
    let winner = panels[0].winners().next().unwrap().1.id.clone();
    for case in worked::<Case>(include_str!("record.toml")) {
        let text = format!("schema = 1\n{}", case.record);
        let (record, _) =
            intake::record::read("record.toml", text.as_bytes()).unwrap_or_else(|problems| panic!("{}: {problems:?}", case.what));
        let stage = serde_json::to_value(follow_up::stage(&record, &panels[0].call.id, &winner)).unwrap();
        let wrong: Vec<String> = follow_up::check(&record, &panels).iter().map(|one| format!("{} {}", one.path, one.what.id)).collect();
        assert_eq!((stage.as_str().unwrap(), wrong), (case.stage.as_str(), case.wrong), "{}", case.what);
    }
}

#[test]
fn a_mistake_in_the_record_is_told_with_line_and_column_and_what_to_do() {
    let text = "schema = 1\n\n[[decision]]\ncall = \"sx-2026-01\"\napplication = \"sx-9999\"\nmeeting = \"1\"\ndate = \"2026-04-01\"\noutcome = \"return\"\nreason = \"材料\"\n";
    let (record, kept) = intake::record::read("record.toml", text.as_bytes()).unwrap();
    let problems = intake::record::place("record.toml", &kept, follow_up::check(&record, &panels())).unwrap();
    let told: Vec<String> = problems.iter().map(|one| format!("{}:{}:{} {}", one.file, one.line, one.column, one.what.id)).collect();
    assert_eq!(told, ["record.toml:5:1 err-record-application"]);
}

#[test]
fn a_newer_record_and_a_misspelt_key_are_refused() {
    let newer = intake::record::read("record.toml", b"schema = 2\n").unwrap().0;
    assert_eq!(follow_up::check(&newer, &[])[0].what.id, "err-schema");
    let misspelt = intake::record::read("record.toml", b"schema = 1\n[[objecton]]\nno = 1\n").unwrap_err();
    assert_eq!(misspelt.len(), 1, "{misspelt:?}");
    assert!(intake::record::read("record.toml", b"\xff").is_err());
}

#[test]
fn a_record_without_anything_in_it_is_sound() {
    let record: Record = toml::from_str("schema = 1").unwrap();
    assert_eq!(follow_up::check(&record, &panels()), []);
    assert!(registers::offices().contains("pingyi.package.v1"));
}
