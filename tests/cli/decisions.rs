//! Every decision of the panel by command: told in both languages and as the journal has it, not recorded twice, taken back by words or
//! by `decide undo`, and made again, with the figures following each time.

use pingyi::cli::Exit;
use serde::Deserialize;
use serde_json::Value;

use super::{Answer, chair::Chair, pingyi, refused, tree::Tree};

/// A decision, how it is taken back in words, its name in the journal, and what is said of it in Chinese and in English.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    words: String,
    back: String,
    act: String,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
struct Decisions {
    decision: Vec<Decision>,
}

fn decisions() -> Vec<Decision> {
    toml::from_str::<Decisions>(include_str!("decisions.toml")).unwrap().decision
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// Everything that follows from the decisions: the figures, and what is still to be decided.
fn figures(chair: &Chair) -> [Value; 2] {
    [chair.json(&["consolidate"]), chair.json(&["deviation"])]
}

fn seq(told: &Value) -> u64 {
    told["seq"].as_u64().unwrap_or_else(|| panic!("{told}"))
}

#[test]
fn every_decision_is_told_in_both_languages_and_once_only_however_often_it_is_given() {
    for Decision { words: line, act, zh, en, .. } in &decisions() {
        let chair = Chair::with_everything();
        let told = chair.json(&words(line));
        assert_eq!((told["changed"].as_bool(), told["act"]["act"].as_str()), (Some(true), Some(act.as_str())), "{line}: {told}");
        let text = |key: &str| told["text"][key].as_str().unwrap_or_default().to_owned();
        assert!(text("zh").contains(zh.as_str()) && text("en").contains(en.as_str()), "{line}: {told}");
        let again = chair.json(&words(line));
        assert_eq!((again["changed"].as_bool(), seq(&again)), (Some(false), seq(&told)), "{line}: {again}");
        assert_eq!(chair.does(&words(line)), "Nothing changed.\n", "{line}");
        let journal = chair.does(&["journal", "show"]);
        assert_eq!(journal.matches(en.as_str()).count(), 1, "{line} stands once in the journal:\n{journal}");
    }
}

#[test]
fn every_decision_is_taken_back_in_words_or_by_undo_and_the_figures_are_those_of_before() {
    // One table for all of them: each leaves it as it was, or the next one finds other figures.
    let chair = Chair::with_everything();
    let before = figures(&chair);
    for Decision { words: line, back, en, .. } in &decisions() {
        let decided = seq(&chair.json(&words(line)));
        let withdrawn = chair.json(&words(back));
        assert_eq!((withdrawn["changed"].as_bool(), seq(&withdrawn)), (Some(true), decided + 1), "{back}: {withdrawn}");
        assert_eq!(figures(&chair), before, "{back}");
        let told = chair.json(&["decide", "undo"]);
        assert!(told["text"]["en"].as_str().unwrap().contains(en.as_str()), "undoing {back:?} decides again: {told}");
        let redone = chair.json(&["decide", "redo"]);
        assert_eq!((&redone["act"], seq(&redone)), (&withdrawn["act"], decided + 3), "{back}: {redone}");
    }
    assert_eq!(figures(&chair), before);
    let journal = chair.does(&["journal", "show"]);
    assert_eq!(journal.lines().count(), 8 + 4 * decisions().len(), "nothing was deleted:\n{journal}");
}

#[test]
fn with_a_journal_that_another_window_writes_every_decision_is_refused_and_reading_goes_on() {
    let chair = Chair::with_everything();
    let home = pingyi::workflow::home::Home::new(chair.path().join("home"));
    let held = pingyi::workflow::table::TableSession::open(&home, None, pingyi::store::Access::Write).unwrap();
    let before = Tree::of(chair.path());
    for Decision { words: line, .. } in decisions().iter().step_by(3) {
        let answers = ["zh-CN", "en"].map(|lang| {
            let folder = chair.home();
            pingyi(&[&["--lang", lang, "--home", &folder, "--json"], &words(line)[..]].concat())
        });
        let [chinese, english]: [Answer; 2] = answers;
        assert!(chinese.exit != Exit::Done && chinese.exit == english.exit, "{line}: {english:?}");
        let error = &english.json()["error"];
        assert_eq!(error["code"], chinese.json()["error"]["code"], "{line}");
        assert!(chinese.complaints != english.complaints && !english.complaints.is_empty(), "{line}: {english:?}");
    }
    assert_eq!(chair.run(&["deviation"]).exit, Exit::No, "reading goes on beside the open window");
    assert!(chair.does(&["consolidate"]).contains("sx-0001"));
    before.is_still(chair.path());
    drop(held);
    chair.does(&words(&decisions()[0].words));
}

#[test]
fn with_no_sheet_left_the_panel_decides_how_to_go_on_and_may_change_its_mind() {
    let chair = Chair::with_everything();
    for code in ["R01", "R02", "R03", "R04", "R05", "R06", "R07"] {
        chair.does(&["decide", "remove", code, "--authority", "监督处", "--reason", "试"]);
    }
    let outcome = || chair.json(&["consolidate", "--explain", "sx-0001"])["application"]["outcome"].clone();
    let before = outcome();
    assert_ne!(before, "eligible");
    let home = chair.home();
    let bare = ["--home", &home, "decide", "go-on", "sx-0001", "leave-out"];
    refused(chair.path(), &bare, Exit::No, "err-no-reason", &[]);
    let told = chair.json(&["decide", "go-on", "sx-0001", "leave-out", "--reason", "无人可评"]);
    assert_eq!(told["act"]["act"], "go-on");
    assert!(told["text"]["zh"].as_str().unwrap().contains("sx-0001 有效评分不足，不参加排名：无人可评"), "{told}");
    let told = chair.json(&["decide", "go-on", "sx-0001", "clear"]);
    assert!(told["text"]["en"].as_str().unwrap().contains("took back how to go on with sx-0001"), "{told}");
    assert_eq!(outcome(), before);
}

#[test]
fn an_opinion_is_taken_back_part_by_part_and_each_step_is_told() {
    let chair = Chair::with_everything();
    chair.does(&["opinion", "sx-0001", "--overall", "基础好。"]);
    chair.does(&["opinion", "sx-0001", "--conclusion", "建议推荐。"]);
    let parts = || {
        let opinion = chair.json(&["opinion", "sx-0001"])["opinion"].clone();
        (opinion["overall"].as_str().unwrap().to_owned(), opinion["conclusion"].as_str().unwrap().to_owned())
    };
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(parts(), pair("基础好。", "建议推荐。"));
    assert!(chair.does(&["decide", "undo"]).contains("changed the opinion on sx-0001"));
    assert_eq!(parts(), pair("基础好。", ""));
    chair.does(&["decide", "redo"]);
    assert_eq!(parts(), pair("基础好。", "建议推荐。"));
    chair.does(&["opinion", "sx-0001", "--overall", ""]);
    assert_eq!(parts(), pair("", "建议推荐。"), "an empty text empties the part");
    let long = "长".repeat(100_000);
    let home = chair.home();
    let answer = pingyi(&["--lang", "en", "--home", &home, "--json", "opinion", "sx-0001", "--advice", &long]);
    assert_eq!(answer.exit, Exit::No, "a text without end is no opinion");
    assert_eq!(parts(), pair("", "建议推荐。"));
}

#[test]
fn a_list_of_flags_is_the_same_in_sentences_and_in_the_document_and_in_both_languages() {
    let chair = Chair::with_everything();
    for Decision { words: line, .. } in &decisions()[1..3] {
        chair.does(&words(line));
    }
    for flags in [&["deviation"][..], &["deviation", "--open"]] {
        let home = chair.home();
        let document = chair.json(flags);
        let rows = document["flags"].as_array().unwrap().clone();
        for (lang, key) in [("zh-CN", "zh"), ("en", "en")] {
            let answer = pingyi(&[&["--lang", lang, "--home", &home], flags].concat());
            let lines: Vec<&str> = answer.out.lines().collect();
            assert_eq!(lines.len(), rows.len() + 1, "{flags:?} {lang}: {answer:?}");
            for (line, row) in lines.iter().zip(&rows) {
                let parts = [&row["application"], &row["text"][key]].map(|part| part.as_str().unwrap());
                assert!(parts.iter().all(|part| line.contains(part)), "{lang}: {parts:?} in {line}");
            }
            let open = rows.iter().filter(|row| row["open"] == true).count();
            assert_eq!(document["open"].as_u64(), Some(open as u64), "{document}");
            assert_eq!(answer.exit, if open == 0 { Exit::Done } else { Exit::No }, "{flags:?}");
        }
    }
}
