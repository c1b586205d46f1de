//! The draft of an opinion, by worked examples; and what a draft never does.

use pingyi::domain::{
    decision::Opinion,
    desk::Desk,
    panel::Ground,
    sheet::{Cell, Declaration, Status},
    table::{
        Table,
        act::Removal,
        draft::draft,
        input::{Submission, Submissions},
    },
    text::{Bilingual, Language},
};
use serde::Deserialize;

use crate::support::rules::{of, package, points};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    said: Vec<[String; 4]>,
    #[serde(default)]
    overall: String,
    #[serde(default)]
    strengths: String,
    #[serde(default)]
    problems: String,
    removed: Option<String>,
    recused: Option<String>,
    unsubmitted: Option<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// What was handed in on `sx-0001`.
fn given(case: &Case) -> Submissions {
    let mut given = Submissions::new();
    for [reviewer, on, score, words] in &case.said {
        let submission = given.entry(of(reviewer)).or_insert_with(|| Submission { bundle: "b".to_owned(), desk: Desk::default() });
        let sheet = submission.desk.sheets.entry(of("sx-0001")).or_default();
        sheet.declaration = Some(Declaration::NoConflict);
        sheet.status = Status::Submitted;
        if on == "overall" {
            sheet.overall.clone_from(words);
        } else {
            sheet.cells.insert(of(on), Cell::Scored { value: points(score) });
            sheet.comments.insert(of(on), words.clone());
        }
        if case.recused.as_ref() == Some(reviewer) {
            sheet.declaration = Some(Declaration::Conflict { ground: Ground::Other, text: "曾任教".to_owned() });
        }
        if case.unsubmitted.as_ref() == Some(reviewer) {
            sheet.status = Status::Draft;
        }
    }
    given
}

fn titled() -> pingyi::domain::package::Package {
    let mut package = package();
    for (id, zh, en) in [("A1", "方向契合", "Fit"), ("B1", "错位发展", "Niche")] {
        let criterion = package.rubric.criteria.iter_mut().find(|one| one.id.as_str() == id).unwrap();
        criterion.title = Bilingual { zh: zh.to_owned(), en: en.to_owned() };
    }
    package
}

fn drafted(case: &Case, language: Language) -> Opinion {
    let mut table = Table::default();
    if let Some(code) = &case.removed {
        table.removed.insert(of(code), Removal::Void { authority: "监督处".to_owned(), reason: "违纪".to_owned() });
    }
    draft(&titled(), &table, &given(case), &of("sx-0001"), language)
}

#[test]
fn a_draft_says_what_the_reviewers_said_and_not_who() {
    let cases: Cases = toml::from_str(include_str!("draft.toml")).unwrap();
    for case in cases.case {
        let expected = Opinion {
            overall: case.overall.clone(),
            strengths: case.strengths.clone(),
            problems: case.problems.clone(),
            ..Opinion::default()
        };
        assert_eq!(drafted(&case, Language::Zh), expected, "{}", case.why);
    }
}

fn one(words: &str) -> Case {
    Case {
        why: String::new(),
        said: vec![["R02".to_owned(), "A1".to_owned(), "9".to_owned(), words.to_owned()]],
        overall: String::new(),
        strengths: String::new(),
        problems: String::new(),
        removed: None,
        recused: None,
        unsubmitted: None,
    }
}

#[test]
fn the_headings_of_a_draft_are_in_the_language_of_the_screens_and_the_words_as_they_were_written() {
    assert_eq!(drafted(&one("方向准确"), Language::En).strengths, "A1 Fit\n- 方向准确");
}

#[test]
fn a_draft_never_takes_the_place_of_what_the_panel_wrote() {
    let own = Opinion { overall: "评审组意见".to_owned(), strengths: " \n".to_owned(), ..Opinion::default() };
    let draft =
        Opinion { overall: "草稿".to_owned(), strengths: "草稿".to_owned(), problems: "草稿".to_owned(), ..Opinion::default() };
    let both = own.completed_by(&draft);
    assert_eq!((both.overall.as_str(), both.strengths.as_str(), both.problems.as_str()), ("评审组意见", "草稿", "草稿"));
    assert_eq!((both.advice.as_str(), both.conclusion.as_str()), ("", ""), "advice and conclusion are the panel's own");
    assert_eq!(both.completed_by(&draft), both, "a second time changes nothing");
}

#[test]
fn a_draft_that_would_be_too_long_to_record_is_cut_between_two_criteria_and_says_so() {
    let mut case = one(&"长".repeat(2500));
    case.said.push(["R02".to_owned(), "B1".to_owned(), "18".to_owned(), "长".repeat(2500)]);
    let strengths = drafted(&case, Language::Zh).strengths;
    assert!(strengths.chars().count() <= 4000 && strengths.ends_with("长\n..."), "{} characters", strengths.chars().count());
    assert!(!strengths.contains("B1"), "half a criterion would be worse than none");
}
