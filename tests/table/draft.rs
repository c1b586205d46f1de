//! The draft of an opinion: what members wrote, sorted, without who wrote it.

use pingyi::domain::{
    decision::{Opinion, Remark, draft},
    text::Language,
};

use crate::support::rules::{of, points, rubric};

const NAMES: [&str; 4] = ["示例甲", "示例乙", "R01", "R02"];

fn drafted(language: Language, remarks: &[(&str, &str, &str)]) -> Opinion {
    let remark = |(criterion, given, text): &(&str, &str, &str)| Remark {
        criterion: (!criterion.is_empty()).then(|| of(criterion)),
        given: (!given.is_empty()).then(|| points(given)),
        text: (*text).to_owned(),
    };
    let mut rubric = rubric();
    rubric.record = language;
    draft(&rubric, &NAMES.map(str::to_owned), &remarks.iter().map(remark).collect::<Vec<_>>())
}

#[test]
fn a_sentence_goes_where_it_says_itself_that_it_belongs() {
    // What was written on the whole; then overall, strengths, problems, advice.
    let cases = [
        ("基础扎实。", ["基础扎实。", "", "", ""]),
        ("优势：基础扎实。问题：开放不足。建议：补充计划。", ["", "基础扎实。", "开放不足。", "补充计划。"]),
        ("基础扎实，但开放不足。", ["基础扎实。", "", "开放不足。", ""]),
        ("不足是开放时间短；建议每周开放三天", ["", "", "开放时间短。", "建议每周开放三天。"]),
        ("我认为，基础扎实。", ["基础扎实。", "", "", ""]),
        ("从现场角度看，基础扎实。", ["基础扎实。", "", "", ""]),
        ("与示例乙所说相同，R01 也提到开放不足。", ["与有关专家所说相同，有关专家 也提到开放不足。", "", "", ""]),
    ];
    for (text, expect) in cases {
        let found = drafted(Language::Zh, &[("", "", text)]);
        assert_eq!([found.overall, found.strengths, found.problems, found.advice], expect, "{text}");
    }
}

#[test]
fn a_comment_on_a_criterion_is_praise_from_three_quarters_of_the_points_and_a_problem_below() {
    for (given, expect) in [("10", true), ("7.5", true), ("7", false), ("0", false)] {
        let found = drafted(Language::Zh, &[("A1", given, "与榜题一致")]);
        let line = "A1 方向契合：与榜题一致。";
        assert_eq!((found.strengths == line, found.problems == line), (expect, !expect), "{given}: {found:?}");
    }
    let advice = drafted(Language::Zh, &[("A1", "9", "建议补充依据")]).advice;
    assert_eq!(advice, "A1 方向契合：建议补充依据。", "what is said outranks what was given");
}

#[test]
fn the_order_of_members_changes_nothing_and_what_several_wrote_stands_once() {
    let remarks = [("A1", "9", "依据充分"), ("A1", "9", "对应明确"), ("A1", "8", "依据充分"), ("A2", "3", "缺口不清"), ("", "", "可行")];
    let mut backwards = remarks;
    backwards.reverse();
    let found = drafted(Language::Zh, &remarks);
    assert_eq!(found, drafted(Language::Zh, &backwards));
    assert_eq!(found.strengths.matches("依据充分").count(), 1);
    assert_eq!(found.problems, "A2 急需与缺口：缺口不清。");
}

#[test]
fn the_draft_is_in_the_language_of_record_and_leaves_the_conclusion_to_the_panel() {
    let found = drafted(
        Language::En,
        &[("A1", "9", "I think the fit is clear."), ("", "", "Sound basis. Advice: open longer. R02 should decide.")],
    );
    assert_eq!(found.strengths, "A1 Fit: the fit is clear.");
    assert_eq!(found.overall, "Sound basis.");
    assert_eq!(found.advice, "a member should decide; open longer.");
    assert_eq!(found.conclusion, "");
    assert_eq!(drafted(Language::En, &[]), Opinion::default(), "nobody wrote anything, so there is nothing to draft");
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
