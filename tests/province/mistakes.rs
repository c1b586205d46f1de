//! Mistakes in the province's record, each told with its line and what is meant: `mistakes.toml`.

use pingyi::intake;
use serde::Deserialize;

#[derive(Deserialize)]
struct Mistakes {
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    what: String,
    record: String,
    /// `line code`, in the order of the file.
    told: Vec<String>,
}

#[test]
fn every_mistake_is_told_at_its_line_and_all_at_once() {
    let mut wrong = Vec::new();
    for mistake in toml::from_str::<Mistakes>(include_str!("mistakes.toml")).unwrap().mistake {
        let text = format!("schema = 1\n{}", mistake.record);
        let problems = intake::record::read("record.toml", text.as_bytes()).err().unwrap_or_default();
        let told: Vec<String> = problems.iter().map(|one| format!("{} {}", one.line, one.what.id)).collect();
        if told != mistake.told {
            wrong.push(format!("{}: {told:?} instead of {:?}", mistake.what, mistake.told));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_problem_has_two_sentences_in_both_languages() {
    use pingyi::domain::text::{Explain, Language};
    for mistake in toml::from_str::<Mistakes>(include_str!("mistakes.toml")).unwrap().mistake {
        let text = format!("schema = 1\n{}", mistake.record);
        for problem in intake::record::read("record.toml", text.as_bytes()).err().unwrap_or_default() {
            for language in [Language::Zh, Language::En] {
                for message in [problem.what(), problem.advice()] {
                    assert!(!pingyi::i18n::text(language, &message).is_empty(), "{}", mistake.what);
                }
            }
        }
    }
}
