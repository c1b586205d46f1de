//! The register for people: what stands on which page, in both languages, and that nothing in a name can harm whoever opens it.

use pingyi::{
    domain::{
        register::{
            PanelResult,
            file::RegisterFile,
            follow_up::Stage,
            merge,
            record::{Publicity, Record},
            years::{Indicator, Report},
        },
        text::{Bilingual, Language},
    },
    report::register::{overview, public_list, public_table, stage_words},
};

use super::merge::{Given, result};
use crate::support::{hostile, rules::of};

fn panels(title: &str, applicant: &str) -> Vec<PanelResult> {
    let given = Given {
        bundle: "b1".into(),
        call: "sx-26".into(),
        panel: "p1".into(),
        revision: 1,
        supersedes: None,
        rehearsal: false,
        applications: vec!["a1 140100 central+pilot 500 winner 8.5 设备=120".into(), "a2 140200 north 40 reserve 3 设备=120".into()],
    };
    let mut panel = result(&given);
    panel.call.title = Bilingual { zh: "揭榜遴选".into(), en: "Selection".into() };
    for line in &mut panel.items[0].applications {
        line.title = Bilingual { zh: title.to_owned(), en: title.to_owned() };
        line.applicant = applicant.to_owned();
        line.city_name = Bilingual { zh: "太原".into(), en: "Taiyuan".into() };
        line.family_name = Bilingual { zh: "社会服务".into(), en: "Social services".into() };
    }
    vec![panel]
}

struct Pages {
    internal: [String; 2],
    public: [String; 2],
    list: String,
}

fn pages(panels: Vec<PanelResult>, record: &Record) -> Pages {
    let (merged, register) = (merge(panels), of("sx-2026"));
    let file = RegisterFile::of(&register, 3, &merged, record);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let both = [Language::Zh, Language::En];
    Pages {
        internal: both.map(|language| text(overview(&file, language))),
        public: both.map(|language| text(public_list(&file, record, language))),
        list: text(public_table(&file, Language::Zh).unwrap()),
    }
}

fn record() -> Record {
    let publicity = Publicity {
        call: of("sx-26"),
        from: of("2026-04-01"),
        to: of("2026-04-07"),
        place: Bilingual { zh: "省发展改革委网站".into(), en: "the site".into() },
        contact: "0351-0000000".into(),
    };
    Record { schema: 1, publicity: vec![publicity], ..Record::default() }
}

#[test]
fn the_internal_page_has_every_table_in_both_languages() {
    let pages = pages(panels("实训基地", "示例学院"), &record());
    let wanted = [
        [
            "评审结果汇总",
            "推荐项目",
            "计入的结果",
            "未计入的文件",
            "按市分布",
            "山西中部城市群",
            "产教融合试点城市",
            "按产业门类分布",
            "按榜题分布",
            "超出的限额",
            "重复列支的建设内容",
            "内部资料",
        ]
        .as_slice(),
        [
            "Register of review results",
            "Recommended projects",
            "Results that count",
            "Files that do not count",
            "By city",
            "Central Shanxi cluster",
            "Pilot cities",
            "By sector family",
            "By call item",
            "Quotas that are broken",
            "Cost lines that several applications claim",
            "Internal",
        ]
        .as_slice(),
    ];
    for (page, wanted) in pages.internal.iter().zip(wanted) {
        for words in wanted {
            assert!(page.contains(words), "{words} is missing");
        }
        assert!(page.contains("80.00") && page.contains("8.5"), "totals and spreads stand on the internal page");
    }
}

#[test]
fn the_public_page_has_the_period_the_place_and_whom_to_write_to_and_no_figure_of_a_reviewer() {
    let pages = pages(panels("实训基地", "示例学院"), &record());
    for (page, words) in pages
        .public
        .iter()
        .zip([["公示期 2026-04-01 至 2026-04-07", "省发展改革委网站"], ["made public from 2026-04-01 to 2026-04-07", "at the site"]])
    {
        for wanted in words.iter().chain(&["0351-0000000", "a1", "示例学院"]) {
            assert!(page.contains(wanted), "{wanted} is missing: {page}");
        }
        for hidden in ["80.00", "8.5", "a2", "p1"] {
            assert!(!page.contains(&format!(">{hidden}<")), "{hidden} stands on the public page");
        }
    }
    assert!(!pages.list.contains("80.00") && pages.list.contains("a1") && !pages.list.contains("a2"), "{}", pages.list);
}

#[test]
fn a_page_says_none_where_there_is_nothing_and_loads_nothing() {
    let pages = pages(Vec::new(), &Record { schema: 1, ..Record::default() });
    assert!(pages.internal[0].contains("<p>无</p>") && pages.internal[1].contains("<p>none</p>"));
    for page in pages.internal.iter().chain(&pages.public) {
        assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:") && !page.contains("src="), "{page}");
        assert!(page.contains("default-src &#x27;none&#x27;") || page.contains("default-src 'none'"));
    }
}

#[test]
fn evaluations_stand_year_by_year_with_their_indicators_in_words() {
    let mut panels = panels("示例基地", "示例学院");
    panels[0].call.kind = pingyi::domain::rubric::ReviewKind::Performance;
    let report = Report {
        base: of("b01"),
        year: 2025,
        band: Some(Bilingual { zh: "优".into(), en: "Excellent".into() }),
        indicators: [("trainees".to_owned(), Indicator { target: Some("9000".into()), actual: Some("9360".into()) })].into(),
    };
    panels[0].items[0].applications[0].report = Some(report);
    let pages = pages(panels, &Record { schema: 1, ..Record::default() });
    for (page, wanted) in
        pages.internal.iter().zip([["各基地逐年绩效", "优", "实训人次"], ["Performance of each base by year", "Excellent", "Trainees"]])
    {
        for words in wanted.iter().chain(&["9360", "9000", "2025"]) {
            assert!(page.contains(words), "{words} is missing");
        }
    }
}

#[test]
fn every_stage_has_words_in_both_languages() {
    let stages = [
        (Stage::Recommended, "已推荐"),
        (Stage::Public, "公示中或已公示"),
        (Stage::Objected, "异议待答复"),
        (Stage::Upheld, "异议成立"),
        (Stage::Returned, "退回"),
        (Stage::Deferred, "暂缓"),
        (Stage::Approved, "联席会议同意"),
        (Stage::Rectifying, "整改"),
        (Stage::Cultivated, "培育"),
        (Stage::Titled, "已授予"),
        (Stage::Landed, "已落地"),
    ];
    for (stage, words) in stages {
        assert_eq!(pingyi::i18n::text(Language::Zh, &stage_words(stage)), words);
        assert!(!pingyi::i18n::text(Language::En, &stage_words(stage)).is_empty());
    }
}

#[test]
fn no_name_harms_whoever_opens_a_page_or_a_list() {
    let long = "长".repeat(10_000);
    let more = [
        "=HYPERLINK(\"http://x\")",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "＝1+1",
        "<script>alert(1)</script>",
        "\"><img src=x>",
        "{{ 7 * 7 }}",
        long.as_str(),
    ];
    for name in hostile::all().into_iter().chain(more.map(str::to_owned)) {
        let pages = pages(panels(&name, &name), &record());
        for page in pages.internal.iter().chain(&pages.public) {
            assert!(!page.contains("<script>alert") && !page.contains("<img src=x>") && !page.contains(">49<"), "{name:?}");
            let harmful =
                page.chars().find(|c| c.is_control() && *c != '\n' || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
            assert_eq!(harmful, None, "{name:?}");
        }
        let mut reader = csv::ReaderBuilder::new().from_reader(pages.list.as_bytes());
        for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']), "{name:?}: {cell}");
        }
    }
}

#[test]
fn the_list_for_a_spreadsheet_begins_with_the_mark_that_chinese_excel_needs() {
    let pages = pages(panels("实训基地", "示例学院"), &record());
    assert!(pages.list.starts_with('\u{feff}'));
    assert!(pages.list.contains("\r\n"));
    let headings = pages.list.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
    assert_eq!(headings, "榜单,榜题,项目编号,项目名称,申报单位,所在市,进展");
}
