//! The page for those who may see everything: its parts, its pictures, and how it breaks over sheets of paper.

use pingyi::{
    domain::{
        consolidate::input::GoOn,
        decision::{Ballot, FlagRuling},
        deviation::FlagKey,
        panel::Ground,
        sheet::Declaration,
        table::act::{Act, GoingOn, Removal, Signature, TieRuling, TieVote},
        text::Language,
    },
    report::Format,
};

use super::{Case, LANGUAGES, opinion, text};
use crate::support::rules::{cell, of};

fn page(case: &Case, language: Language) -> String {
    text(case.made(Format::find("html").unwrap(), false, language)["html"].clone())
}

/// The part of a page under this heading.
fn part<'a>(page: &'a str, heading: &str) -> &'a str {
    let parts = page.split("<h2").find(|part| part.split("</h2>").next().unwrap().ends_with(heading));
    parts.unwrap_or_else(|| panic!("no part {heading}"))
}

#[test]
fn the_page_has_all_its_parts_in_their_order_in_both_languages() {
    let zh = [
        "评分汇总表",
        "评分分布",
        "推荐名单",
        "专家组意见",
        "各评审专家评分表",
        "回避",
        "偏差处理、表决与其他决定",
        "更正",
        "评审结果签字页",
        "核验摘要",
    ];
    let en = [
        "Scores and ranks",
        "Spread of the scores",
        "Recommended applications",
        "Opinions of the panel",
        "Score sheets of the reviewers",
        "Recusals",
        "Deviations, votes and other decisions",
        "Corrections",
    ];
    for (language, headings) in [(Language::Zh, &zh[..]), (Language::En, &en[..])] {
        let page = page(&Case::new(), language);
        let found: Vec<&str> =
            page.split("<h2").skip(1).map(|part| part.split("</h2>").next().unwrap().rsplit('>').next().unwrap()).collect();
        for (heading, found) in headings.iter().zip(&found) {
            if language == Language::Zh {
                assert_eq!(heading, found);
            } else {
                assert!(!found.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{found} is not English");
            }
        }
        assert_eq!(found.len(), 10, "{found:?}");
    }
}

#[test]
fn the_line_of_the_quota_stands_below_the_last_winner_and_says_how_many_win() {
    let page = page(&Case::new(), Language::Zh);
    let summary = part(&page, "评分汇总表");
    for (item, winner, next) in [("t1", "sx-0001", "sx-0002"), ("t2", "sx-0003", "sx-0004")] {
        let section = summary.split("<section").find(|section| section.contains(&format!("<h3>{item} "))).unwrap();
        let at = |word: &str| section.find(word).unwrap_or_else(|| panic!("{word} in {section}"));
        assert!(at(winner) < at("class=\"cut\"") && at("class=\"cut\"") < at(next), "{item}");
        assert!(section.contains("以上 1 项为拟揭榜"), "the line says in words what it means");
        assert_eq!(section.matches("class=\"won\"").count(), 1);
    }
}

#[test]
fn five_sheets_are_drawn_as_a_box_and_fewer_as_strokes_with_the_figures_beside_them() {
    let mut case = Case::new();
    case.sheet("R05", "sx-0004", |sheet| sheet.declaration = Some(Declaration::Declined { reason: "时间不够".to_owned() }));
    let page = page(&case, Language::Zh);
    let spread = part(&page, "评分分布");
    let row = |id: &str| spread.split("<tr>").find(|row| row.contains(&format!("<td>{id} "))).unwrap().to_owned();
    let (boxed, strokes) = (row("sx-0001"), row("sx-0004"));
    assert!(boxed.contains("class=\"rest\"") && boxed.contains("<td class=\"n\">5</td>"), "{boxed}");
    assert!(
        boxed.contains("<td class=\"n\">85.5</td><td class=\"n\">86.5</td><td class=\"n\">87.5</td>"),
        "lowest, middle, highest: {boxed}"
    );
    assert!(!strokes.contains("class=\"rest\"") && strokes.matches("class=\"mid\"").count() == 4, "{strokes}");
    assert!(strokes.contains("<td class=\"n\">74.25</td>"), "the middle of four lies between two: {strokes}");
}

#[test]
fn a_sheet_shows_each_score_with_its_comment_and_says_when_it_does_not_count() {
    let mut case = Case::new();
    case.sheet("R02", "sx-0001", |sheet| {
        sheet.comments.insert(of("A1"), "第一行\n第二行".to_owned());
        sheet.overall = "总的看可行".to_owned();
        sheet.cells.insert(of("B2"), cell("na"));
    });
    case.sheet("R03", "sx-0001", |sheet| {
        sheet.declaration = Some(Declaration::Conflict { ground: Ground::Kinship, text: "近亲属".to_owned() });
    });
    let page = page(&case, Language::Zh);
    let sheets = part(&page, "各评审专家评分表");
    let of_one =
        |code: &str| sheets.split("<section").find(|one| one.contains(&format!("<h3>{code} ")) && one.contains("· sx-0001 ")).unwrap();
    let (given, out) = (of_one("R02"), of_one("R03"));
    for words in ["R02 示例乙", "第一行\n第二行", "总的看可行", "不适用", "<td class=\"n words\">9</td>"] {
        assert!(given.contains(words), "{words}: {given}");
    }
    assert!(out.contains("回避") && !out.contains("<table"), "no scores of a member who stayed out: {out}");
    assert!(part(&page, "回避").contains("近亲属"), "the ground is told where recusals are listed");
}

#[test]
fn every_kind_of_decision_stands_on_the_page_in_words() {
    let mut case = Case::new();
    case.records(Act::Remove {
        reviewer: of("R05"),
        before: None,
        after: Some(Removal::Replaced { by: of("R06"), reason: "因病".to_owned(), items: vec![of("t2")] }),
    });
    case.records(Act::Veto { application: of("sx-0004"), veto: of("V1"), before: None, after: Some("合同编号相同".to_owned()) });
    let flag = FlagKey { reviewer: Some(of("R04")), criterion: Some(of("A1")) };
    let after = Some(FlagRuling::Uphold { reason: "依据充分".to_owned() });
    case.records(Act::Flag { application: of("sx-0002"), flag, before: None, after });
    let after = Some(GoingOn { how: GoOn::PlainMean, reason: "到会人数不足".to_owned() });
    case.records(Act::GoOn { application: of("sx-0003"), before: None, after });
    let vote = TieVote { votes: 4, teller: of("R02"), scrutineer: of("R03") };
    case.records(Act::TieVote { application: of("sx-0001"), before: None, after: Some(vote) });
    let ruling = TieRuling { order: vec![of("sx-0002"), of("sx-0001")], reason: "服务面更广".to_owned() };
    case.records(Act::TieRuling { item: of("t1"), before: None, after: Some(ruling) });
    let ballot =
        Ballot { entitled: 5, present: 5, approve: 4, reject: 1, abstain: 0, invalid: 0, teller: of("R02"), scrutineer: of("R03") };
    case.records(Act::Vote { application: of("sx-0001"), before: None, after: Some(ballot) });
    let page = page(&case, Language::Zh);
    let decisions = part(&page, "偏差处理、表决与其他决定");
    for words in ["因病", "合同编号相同", "依据充分", "到会人数不足", "服务面更广", "同意 4"] {
        assert!(decisions.contains(words), "{words}: {decisions}");
    }
    assert_eq!(case.text("csv", false, "10-journal.csv").lines().count(), 1 + 7, "each of them is in the journal too");
}

#[test]
fn the_page_for_ink_has_the_digest_a_place_for_everybody_and_what_a_dissenter_said() {
    let mut case = Case::new();
    case.records(Act::Member { person: of("R02"), before: None, after: Some(Signature::Dissent { text: "不同意名次".to_owned() }) });
    let page = page(&case, Language::Zh);
    let signing = part(&page, "评审结果签字页");
    for words in ["示例甲", "示例戊", "示例辛", "监督人员", "不同意名次", &"0123456789abcdef".repeat(4)] {
        assert!(signing.contains(words), "{words}: {signing}");
    }
    assert!(!signing.contains("示例庚"), "the office signs no result");
}

#[test]
fn the_verification_says_what_it_does_not_show_and_how_stock_tools_check() {
    let page = page(&Case::new(), Language::Zh);
    let told = part(&page, "核验摘要");
    for words in ["9 容器", "不能证明", "SHA256:printed", "AAAA-BBBB", "ssh-keygen -Y verify", "第 1 至 4 层"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn what_nobody_did_is_said_to_be_nothing_so_that_no_table_looks_forgotten() {
    for (language, none) in [(Language::Zh, "<p>无。</p>"), (Language::En, "<p>None.</p>")] {
        assert_eq!(page(&Case::new(), language).matches(none).count(), 3, "recusals, decisions, corrections");
    }
}

#[test]
fn it_is_black_on_white_and_breaks_before_its_large_parts() {
    for language in LANGUAGES {
        let mut case = Case::new();
        case.thinks("sx-0001", opinion("。"));
        let page = page(&case, language);
        let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let colours: Vec<&str> = style.split('#').skip(1).map(|rest| &rest[..3]).collect();
        let is_grey = |colour: &&str| colour.chars().all(|c| colour.starts_with(c));
        assert!(colours.iter().all(is_grey), "{colours:?}");
        assert!(style.contains("size: A4") && page.matches("<h2 class=\"page\">").count() == 5);
    }
}
