//! What is published: the recommended and the reserve, nobody else, without names in the panel's words, and with places for what the
//! office has still to say.

use pingyi::{
    domain::{decision::Opinion, table::act::Act, text::Language},
    report::{
        Format, Made,
        audience::Audience,
        notice::{Notice, Publicity},
    },
};
use serde_json::{Value, json};

use super::{Case, opinion, text};
use crate::support::rules::of;

fn document(case: &Case) -> Value {
    serde_json::from_str(&case.text("json", true, "json")).unwrap()
}

fn named(case: &Case) -> Vec<String> {
    let lines = document(case)["recommended"].as_array().unwrap().clone();
    lines.iter().map(|line| format!("{} {}", line["application"].as_str().unwrap_or("-"), line["place"]["zh"].as_str().unwrap())).collect()
}

#[test]
fn who_is_recommended_or_in_reserve_is_named_and_who_is_out_is_not() {
    let mut case = Case::new();
    assert_eq!(named(&case), ["sx-0001 拟揭榜", "sx-0002 备选", "sx-0003 拟揭榜", "sx-0004 备选"]);
    case.records(Act::Veto { application: of("sx-0002"), veto: of("V1"), before: None, after: Some("合同编号相同".to_owned()) });
    assert_eq!(named(&case), ["sx-0001 拟揭榜", "sx-0003 拟揭榜", "sx-0004 备选"]);
    assert!(case.everything(true).iter().all(|(_, text)| !text.contains("sx-0002")), "nobody is shown as having failed");
    for id in ["sx-0003", "sx-0004"] {
        case.records(Act::Veto { application: of(id), veto: of("V1"), before: None, after: Some("合同编号相同".to_owned()) });
    }
    assert_eq!(named(&case), ["sx-0001 拟揭榜", "- 本榜题流榜"], "an item without a winner is published as one");
}

#[test]
fn the_call_says_how_many_are_in_reserve() {
    let mut case = Case::new();
    case.package.call.items[0].candidates_max = 1;
    assert_eq!(named(&case), ["sx-0001 拟揭榜", "sx-0003 拟揭榜", "sx-0004 备选"]);
}

#[test]
fn names_and_codes_in_the_panels_words_are_withheld_and_nothing_else() {
    let cases = [
        ("示例甲认为可行。", "×××认为可行。"),
        ("R01、r02和R03都认为可行。", "×××、×××和×××都认为可行。"),
        ("设备型号R012、XR01与R01A不变。", "设备型号R012、XR01与R01A不变。"),
        ("请联系0354-0000000。", "请联系×××。"),
        ("示例法人到会说明。", "×××到会说明。"),
        ("监督人员示例辛在场。", "监督人员×××在场。"),
        ("产业链条完整。", "产业链条完整。"),
    ];
    for (said, published) in cases {
        let mut case = Case::new();
        case.thinks("sx-0001", Opinion { overall: said.to_owned(), ..Opinion::default() });
        let opinions = document(&case)["opinions"].clone();
        assert_eq!(opinions[0]["text"], json!(published), "{said}");
        assert_eq!(opinions.as_array().unwrap().len(), 1, "parts that say nothing are left out");
        assert!(case.text("json", false, "json").contains(said), "inside it is kept to the letter");
    }
}

#[test]
fn a_contact_that_says_nobody_withholds_no_word() {
    let mut case = Case::new();
    case.package.applications[0].applicant.contact = "无".to_owned();
    case.thinks("sx-0001", Opinion { overall: "无重大问题。".to_owned(), ..Opinion::default() });
    assert_eq!(document(&case)["opinions"][0]["text"], json!("无重大问题。"));
}

#[test]
fn an_opinion_on_whoever_is_not_named_is_not_published() {
    let mut case = Case::new();
    case.records(Act::Veto { application: of("sx-0002"), veto: of("V1"), before: None, after: Some("合同编号相同".to_owned()) });
    for id in ["sx-0001", "sx-0002"] {
        case.thinks(id, opinion(&format!("评{id}")));
    }
    let all: String = case.everything(true).into_iter().map(|(_, text)| text).collect();
    assert!(all.contains("评sx-0001") && !all.contains("评sx-0002"));
}

/// The public page with this publicity.
fn page(publicity: Publicity, language: Language) -> String {
    Case::new().with(|dossier| {
        let notice = Notice::of(dossier, publicity);
        match Format::find("html").unwrap().make(&Audience::Public(&notice), language).unwrap() {
            Made::File { bytes, .. } => text(bytes),
            Made::Folder { .. } => panic!("a page is one file"),
        }
    })
}

#[test]
fn what_the_office_says_about_the_publicity_is_printed_and_the_rest_is_a_blank_to_fill_in() {
    let blanks = |page: &str| page.matches("class=\"fill\"").count();
    for language in super::LANGUAGES {
        let empty = page(Publicity::default(), language);
        assert_eq!(blanks(&empty), 3);
        let from = Some(of("2026-03-23"));
        let part = page(Publicity { from, ..Publicity::default() }, language);
        assert!(blanks(&part) == 2 && part.contains("2026-03-23"));
        let contact = Some("示例厅 <0351-0000000>".to_owned());
        let full = page(Publicity { from, until: Some(of("2026-03-27")), contact }, language);
        assert!(blanks(&full) == 0 && full.contains("2026-03-27") && full.contains("&lt;0351-0000000&gt;"), "{full}");
    }
}

#[test]
fn the_public_page_has_its_four_parts_and_no_sheet_comment_or_signature() {
    let mut case = Case::new();
    case.thinks("sx-0001", opinion("。"));
    let page = case.text("html", true, "html");
    let headings: Vec<&str> =
        page.split("<h2").skip(1).map(|part| part.split("</h2>").next().unwrap().rsplit('>').next().unwrap()).collect();
    assert_eq!(headings, ["推荐名单", "公示与异议", "专家组意见", "核验摘要"]);
    for words in ["签字", "R01", "ssh-keygen", "示例甲", "svg"] {
        assert!(!page.split("</style>").nth(1).unwrap().contains(words), "{words}");
    }
}

#[test]
fn the_public_list_for_the_archive_has_the_bundle_alone() {
    let case = Case::new();
    let (inside, outside) = (case.text("archive", false, "archive.csv"), case.text("archive", true, "archive.csv"));
    let numbers = |text: &str| text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(numbers(&inside), ["1", "2", "3", "4"], "running numbers have no gaps");
    assert_eq!(numbers(&outside), ["1"]);
    assert!(inside.contains("评审专家评分包") && inside.contains("电子签名") && !outside.contains("scores-"));
}
