//! What the public must not learn is in no byte of any public report, whatever it is: tokens that stand nowhere else are planted, and
//! every format is searched for them, a workbook part by part.

use pingyi::domain::{
    correction::{Correction, CorrectionGround},
    panel::{Ground, Recusal, RecusalDecision, RecusalOrigin},
    sheet::Declaration,
    table::act::{Act, Arrived, Removal, Signature},
};
use proptest::prelude::*;

use super::{Case, MEMBERS, opinion};
use crate::support::rules::of;

/// A result in which every hidden text is a token of its own, and the tokens.
fn planted(seed: &str) -> (Case, Vec<String>) {
    let mut case = Case::new();
    let mut tokens = Vec::new();
    let mut plant = |kind: &str, at: usize| {
        let token = format!("隐{kind}{seed}{at}终");
        tokens.push(token.clone());
        token
    };
    for (at, person) in case.package.roster.people.iter_mut().enumerate() {
        person.name = plant("名", at);
        person.employer = plant("单位", at);
        person.title = plant("职称", at);
    }
    for (at, application) in case.package.applications.iter_mut().enumerate() {
        application.applicant.contact = plant("联系", at);
        application.applicant.legal_rep = plant("法人", at);
    }
    for (at, code) in MEMBERS.iter().enumerate() {
        for (place, id) in ["sx-0001", "sx-0002", "sx-0003", "sx-0004"].iter().enumerate() {
            let sheet = case.given.get_mut(&of(code)).unwrap().desk.sheets.get_mut(&of(id)).unwrap();
            sheet.overall = plant("总评", at * 10 + place);
            sheet.comments.insert(of("A1"), plant("评语", at * 10 + place));
        }
    }
    case.package.recusals.push(Recusal {
        application: of("sx-0004"),
        person: of("R02"),
        origin: RecusalOrigin::Applicant,
        ground: Ground::Other,
        text: plant("回避", 0),
        decision: RecusalDecision::Rejected,
        reason: plant("理由", 0),
        date: None,
    });
    let conflict = Declaration::Conflict { ground: Ground::Kinship, text: plant("冲突", 0) };
    case.sheet("R05", "sx-0003", |sheet| sheet.declaration = Some(conflict));
    let (reason, dissent, minute, veto) = (plant("替换", 0), plant("异议", 0), plant("更正", 0), plant("否决", 0));
    case.records(Act::Accept(Arrived {
        reviewer: of("R04"),
        revision: 1,
        digest: "digest-r04".to_owned(),
        file: plant("文件", 0),
        supersedes: None,
        request: None,
    }));
    case.records(Act::Remove {
        reviewer: of("R04"),
        before: None,
        after: Some(Removal::Replaced { by: of("R06"), reason, items: vec![of("t2")] }),
    });
    case.records(Act::Veto { application: of("sx-0003"), veto: of("V1"), before: None, after: Some(veto) });
    case.records(Act::Member { person: of("R02"), before: None, after: Some(Signature::Dissent { text: dissent }) });
    case.records(Act::Consolidate);
    case.records(Act::Correct(Correction {
        ground: CorrectionGround::Objective,
        application: of("sx-0002"),
        reviewer: of("R03"),
        criterion: Some(of("B1")),
        before: of("18"),
        after: of("17"),
        by: of("R01"),
        minute,
    }));
    let names: Vec<String> = case.package.roster.people.iter().map(|person| person.name.clone()).collect();
    let said = format!("经{}与R03、r04讨论，{}提供了{}；", names[2], names[0], case.package.applications[0].applicant.contact);
    for id in ["sx-0001", "sx-0002", "sx-0003", "sx-0004"] {
        case.thinks(id, opinion(&said));
    }
    (case, tokens)
}

/// Codes of people, as words of their own.
fn codes(case: &Case) -> Vec<String> {
    case.package.roster.people.iter().map(|person| person.code.to_string()).collect()
}

fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    // A cell's address in a workbook, "R2" or so, is no code of ours: those have three characters and stand alone.
    text.match_indices(&word).any(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !joins(text[..at].chars().next_back()) && !joins(text[at + word.len()..].chars().next())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn no_public_report_of_any_format_holds_a_name_a_code_a_comment_or_how_to_reach_anybody(seed in "[a-z]{6}") {
        let (case, tokens) = planted(&seed);
        for (place, text) in case.everything(true) {
            for token in &tokens {
                prop_assert!(!text.contains(token.as_str()), "{place} holds {token}");
            }
            for code in codes(&case) {
                // Sheets of a workbook have cells that are called like codes.
                let is_address = place.contains("xl/worksheets/") || place.contains("xl/styles");
                prop_assert!(is_address || !has_word(&text, &code), "{place} holds the code {code}");
            }
        }
    }
}

#[test]
fn the_same_tokens_are_all_where_they_belong_so_the_search_can_find_something() {
    let (case, tokens) = planted("seed");
    let all = case.everything(false);
    let everywhere: String = all.iter().map(|(_, text)| text.as_str()).collect();
    let told: Vec<&String> = tokens.iter().filter(|token| everywhere.contains(token.as_str())).collect();
    for kind in ["隐名", "隐总评", "隐评语", "隐回避", "隐冲突", "隐异议", "隐更正", "隐否决", "隐替换"] {
        assert!(told.iter().any(|token| token.starts_with(kind)), "{kind} is in no internal report, so the other test looks for nothing");
    }
    assert!(codes(&case).iter().all(|code| has_word(&everywhere, code) || code == "O01" || code == "T01"));
}

#[test]
fn no_public_report_tells_what_a_single_member_gave() {
    let mut case = Case::new();
    // Totals of single sheets that no consolidated figure happens to equal.
    for (code, points) in MEMBERS.iter().zip(["0", "1", "2", "3", "9"]) {
        case.sheet(code, "sx-0001", |sheet| drop(sheet.cells.insert(of("A1"), crate::support::rules::cell(points))));
    }
    let results = case.results();
    let one = results.iter().flat_map(|item| &item.applications).find(|one| one.id.as_str() == "sx-0001").unwrap();
    let published: Vec<String> = results.iter().flat_map(|item| &item.applications).map(|one| one.total_text()).collect();
    let given: Vec<String> = one.sheets.iter().map(|sheet| sheet.total.value().to_string()).collect();
    let hidden: Vec<&String> = given.iter().filter(|total| !published.contains(&format!("{total}0"))).collect();
    assert!(hidden.len() >= 3, "{given:?} {published:?}");
    let internal: String = case.everything(false).into_iter().map(|(_, text)| text).collect();
    for total in hidden {
        assert!(internal.contains(total.as_str()), "{total} is looked for where it is");
        for (place, text) in case.everything(true).iter().filter(|(place, _)| !place.contains("xl/styles") && !place.contains("theme")) {
            // In a page a style may hold any number; text and figures stand between tags.
            let told = text.split(['<', '>', '"', ',', '\n']).any(|part| part.trim() == total.as_str());
            assert!(!told, "{place} tells {total}");
        }
    }
}
