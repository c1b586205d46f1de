//! What is said of a wrong line, in both languages.

use std::collections::BTreeMap;

use pingyi::{
    domain::text::{Explain, Language},
    i18n,
    search::parse::{DEEPEST, LONGEST},
};

use super::{CHAIR, REVIEWER, Sight};

/// One line for every kind of mistake, with what is said of it.
const SAID: [(&str, &str, &str); 17] = [
    ("cty:太原", "第 1 字：没有“cty”这个查找项。", "Column 1: there is no key \"cty\"."),
    (
        "mean:>80",
        "第 1 字：“平均”涉及其他专家的评分，您只能查看本人评分。",
        "Column 1: mean needs the sheets of all reviewers; you see only your own.",
    ),
    ("city:", "第 6 字：“城市:”后面缺少内容。", "Column 6: something must follow city:"),
    ("my:<a", "第 4 字：“我的分”应为数字，不能是“a”。", "Column 4: my wants a number, not \"a\"."),
    ("my:9-1", "第 4 字：范围的起止颠倒。", "Column 4: the range runs backwards."),
    ("city:北京", "第 6 字：“城市”中没有“北京”。", "Column 6: city has no \"北京\"."),
    ("sort:x", "第 6 字：不能按“x”排序。", "Column 6: the list cannot be sorted by \"x\"."),
    ("group:x", "第 7 字：不能按“x”分组。", "Column 7: the list cannot be grouped by \"x\"."),
    ("-sort:my", "第 2 字：“排序”不能写在括号内或减号后。", "Column 2: sort cannot stand in brackets or after a minus."),
    ("“a", "第 1 字：引号没有结束。", "Column 1: this quote is not closed."),
    ("(a", "第 1 字：括号没有结束。", "Column 1: this bracket is not closed."),
    ("a)", "第 2 字：多余的右括号。", "Column 2: this bracket closes nothing."),
    ("a OR", "第 3 字：“或”的一侧没有内容。", "Column 3: OR has nothing on one side."),
    ("a -", "第 3 字：- 没有对应内容。", "Column 3: - has nothing to it."),
    ("()", "第 1 字：() 没有对应内容。", "Column 1: () has nothing to it."),
    ("c:Z9", "第 3 字：“指标”中没有“z9”。", "Column 3: c has no \"z9\"."),
    ("coi:R07", "第 5 字：“回避”中没有“r07”。", "Column 5: coi has no \"r07\"."),
];

#[test]
fn every_mistake_is_told_with_its_column_in_both_languages() {
    for (line, zh, en) in SAID {
        let problems = REVIEWER.parse(line).unwrap_err();
        let what = problems[0].what();
        assert_eq!(i18n::text(Language::Zh, &what), zh, "{line}");
        assert_eq!(i18n::text(Language::En, &what), en, "{line}");
    }
}

#[test]
fn every_mistake_has_an_advice_in_both_languages_that_leaves_nothing_open() {
    let more = ["sort:comment", "flag:odd", "mean:<", "c:需求", "city:taiyuon", "a:b", "colour:red"];
    for sight in [&*REVIEWER, &*CHAIR] {
        for line in SAID.iter().map(|(line, ..)| *line).chain(more) {
            for problem in sight.parse(line).err().into_iter().flatten() {
                for message in [problem.what(), problem.advice()] {
                    assert!(i18n::knows(message.id), "{}", message.id);
                    for language in [Language::Zh, Language::En] {
                        let said = i18n::text(language, &message);
                        assert!(!said.trim().is_empty() && !said.contains(['{', '}']), "{line}: {said}");
                        assert!(!said.contains("“”") && !said.contains("\"\""), "{line}: a value is missing in {said}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_nearest_key_is_one_that_the_viewer_may_use() {
    let near = |sight: &Sight, line: &str| i18n::text(Language::En, &sight.parse(line).unwrap_err()[0].advice());
    assert!(near(&CHAIR, "sprad:>15").contains("Did you mean spread:"), "{}", near(&CHAIR, "sprad:>15"));
    assert!(!near(&REVIEWER, "sprad:>15").contains("spread"), "a reviewer is not sent to a key that refuses");
    assert!(near(&REVIEWER, "commnt:a").contains("Did you mean comment:"));
    assert!(near(&REVIEWER, "榜提:t1").contains("Did you mean 榜题:"), "the advice is in the language of what was typed");
}

#[test]
fn an_unknown_choice_is_answered_with_the_nearest_or_with_what_there_is() {
    let advice: BTreeMap<&str, &str> = BTreeMap::from([
        ("mode:parc", "Did you mean \"park\"?"),
        ("mode:海外", "Possible: school, enterprise, park"),
        ("state:subbmitted", "Did you mean \"submitted\"?"),
        ("c:Q7", "Possible: A1, A2, A3, A4, B1, B2, B3, C1"),
        ("my:20-10", "Did you mean \"10-20\"?"),
    ]);
    for (line, expected) in advice {
        let problems = REVIEWER.parse(line).unwrap_err();
        assert_eq!(i18n::text(Language::En, &problems[0].advice()), expected, "{line}");
    }
}

#[test]
fn a_line_longer_than_anybody_types_is_refused_where_it_becomes_too_long() {
    assert!(REVIEWER.parse(&"评".repeat(LONGEST)).is_ok());
    let problems = REVIEWER.parse(&"评".repeat(LONGEST + 1)).unwrap_err();
    assert_eq!((problems.len(), problems[0].span.column(), problems[0].what().id), (1, LONGEST + 1, "err-search-too-long"));
}

#[test]
fn brackets_and_minus_signs_go_as_deep_as_they_may_and_no_deeper() {
    for (open, close) in [("(", ")"), ("-", ""), ("-(", ")")] {
        let depth = DEEPEST / open.len();
        let line = format!("{}太原{}", open.repeat(depth), close.repeat(depth));
        assert!(REVIEWER.parse(&line).is_ok(), "{line}");
        let line = format!("{}太原{}", open.repeat(depth + 1), close.repeat(depth + 1));
        let problems = REVIEWER.parse(&line).unwrap_err();
        let ids: Vec<&str> = problems.iter().map(|problem| problem.what().id).collect();
        assert_eq!(ids, ["err-search-too-deep"], "{line}: one complaint, not one for each bracket");
    }
}

#[test]
fn refusing_a_key_says_the_same_whatever_the_applications_hold() {
    let full = super::sight_of(&super::worker());
    let empty = super::sight_of(&crate::support::rules::Worker::opens(crate::support::screens::SAMPLE.clone(), "R02"));
    for line in ["rank:1", "sort:-spread", "mean:>80 太原", "flag:any", "group:tied"] {
        let said = |sight: &Sight| format!("{:?}", sight.parse(line).unwrap_err());
        assert_eq!(said(&full), said(&empty), "{line}");
    }
}
