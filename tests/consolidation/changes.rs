//! What may change after consolidation, who decides on flags, and how a result goes from draft to final.

use std::collections::BTreeMap;

use pingyi::domain::{
    consolidate::input::{ApplicationInput, SheetInput},
    correction::{Correction, CorrectionGround, CorrectionRefusal, Progress, ProgressRefusal, ResultAct, Stage},
    decision::{FlagDecision, FlagRefusal, FlagRuling, Opinion, open_flags},
    deviation::FlagKey,
    rubric::Rubric,
};
use serde_json::json;

use crate::support::{
    panel::{Crit, alone, crit, small_rubric, valid_sheet},
    rules::{of, points},
};

/// `A1` is judged, `A2` is a fact.
fn criteria() -> Vec<Crit> {
    vec![crit("A1", "10", "1"), Crit { kind: "objective".to_owned(), ..crit("A2", "10", "1") }]
}

fn rules() -> Rubric {
    let deviation = json!({ "total_pct": "20", "criterion_pct": "40" });
    small_rubric(&criteria(), json!({ "method": "mean" }), &[("deviation", deviation)])
}

/// R01 is far below the others on A1; R03 scored the fact differently; R02's A1 lies outside the range, as only paper can.
fn sheets() -> Vec<SheetInput> {
    let rows = [("R01", "1", "5"), ("R02", "10.5", "5"), ("R03", "8", "6"), ("R04", "9", "5")];
    let cells = |a1: &str, a2: &str| BTreeMap::from([("A1".to_owned(), a1.to_owned()), ("A2".to_owned(), a2.to_owned())]);
    rows.iter().map(|(code, a1, a2)| valid_sheet(&criteria(), code, &cells(a1, a2))).collect()
}

fn correction(ground: CorrectionGround, reviewer: &str, criterion: Option<&str>, before: &str, after: &str) -> Correction {
    Correction {
        ground,
        application: of("sx-0001"),
        reviewer: of(reviewer),
        criterion: criterion.map(of),
        before: points(before),
        after: points(after),
        by: of("R01"),
        minute: "会议纪要第3条".to_owned(),
    }
}

#[test]
fn a_score_changes_on_four_grounds_only_and_each_must_hold() {
    use CorrectionGround::{Abnormal, Objective, Range, Sum};
    let result = alone(&rules(), sheets());
    let table = [
        (correction(Abnormal, "R01", Some("A1"), "1", "7"), Ok(())),
        (correction(Objective, "R03", Some("A2"), "6", "5"), Ok(())),
        (correction(Range, "R02", Some("A1"), "10.5", "10"), Ok(())),
        (correction(Sum, "R04", None, "13", "14"), Ok(())),
        (correction(Abnormal, "R04", Some("A1"), "9", "8"), Err(CorrectionRefusal::Ground(Abnormal))),
        (correction(Objective, "R04", Some("A1"), "9", "8"), Err(CorrectionRefusal::Ground(Objective))),
        (correction(Range, "R04", Some("A1"), "9", "8"), Err(CorrectionRefusal::Ground(Range))),
        (correction(Sum, "R04", None, "13", "15"), Err(CorrectionRefusal::Ground(Sum))),
        (correction(Sum, "R04", Some("A1"), "9", "8"), Err(CorrectionRefusal::Target)),
        (correction(Abnormal, "R01", None, "6", "8"), Err(CorrectionRefusal::Target)),
        (correction(Abnormal, "R01", Some("Z9"), "1", "7"), Err(CorrectionRefusal::Target)),
        (correction(Abnormal, "R01", Some("A1"), "2", "7"), Err(CorrectionRefusal::Before { found: "1".to_owned() })),
        (correction(Abnormal, "R01", Some("A1"), "1", "1"), Err(CorrectionRefusal::Same)),
        (correction(Abnormal, "R01", Some("A1"), "1", "10.5"), Err(CorrectionRefusal::Range(points("10.5")))),
        (correction(Abnormal, "R01", Some("A1"), "1", "7.3"), Err(CorrectionRefusal::Range(points("7.3")))),
        (correction(Abnormal, "R09", Some("A1"), "1", "7"), Err(CorrectionRefusal::NoSheet(of("R09")))),
    ];
    for (correction, expected) in table {
        assert_eq!(correction.check(&rules(), &result), expected, "{correction:?}");
    }
}

#[test]
fn a_correction_without_its_minute_is_refused() {
    let result = alone(&rules(), sheets());
    let bare = Correction { minute: " ".to_owned(), ..correction(CorrectionGround::Abnormal, "R01", Some("A1"), "1", "7") };
    assert_eq!(bare.check(&rules(), &result), Err(CorrectionRefusal::Minute));
}

#[test]
fn a_correction_changes_its_one_cell_and_the_result_with_it() {
    let mut input = ApplicationInput::plain(of("sx-0001"), sheets());
    assert_eq!(alone(&rules(), input.sheets.clone()).total_text(), "12.38");
    correction(CorrectionGround::Abnormal, "R01", Some("A1"), "1", "7").apply(&rules(), &mut input);
    let corrected = alone(&rules(), input.sheets.clone());
    assert_eq!(corrected.total_text(), "13.88");
    correction(CorrectionGround::Sum, "R04", None, "13", "14").apply(&rules(), &mut input);
    assert_eq!(alone(&rules(), input.sheets).total_text(), "13.88", "a sum is always that of the cells");
}

fn decision(reviewer: Option<&str>, criterion: Option<&str>, ruling: FlagRuling) -> FlagDecision {
    FlagDecision { application: of("sx-0001"), flag: FlagKey { reviewer: reviewer.map(of), criterion: criterion.map(of) }, ruling }
}

fn uphold() -> FlagRuling {
    FlagRuling::Uphold { reason: "专家说明理由充分".to_owned() }
}

fn void() -> FlagRuling {
    FlagRuling::Void { authority: "省发展改革委".to_owned(), reason: "违反评审纪律".to_owned() }
}

#[test]
fn every_flag_needs_a_decision_and_a_request_to_score_again_is_none() {
    let result = alone(&rules(), sheets());
    let keys: Vec<(Option<String>, Option<String>)> = open_flags(&result, &[])
        .iter()
        .map(|flag| (flag.key().reviewer.map(|code| code.to_string()), flag.key().criterion.map(|id| id.to_string())))
        .collect();
    let key = |reviewer: Option<&str>, criterion: Option<&str>| (reviewer.map(str::to_owned), criterion.map(str::to_owned));
    let expected =
        [key(Some("R01"), None), key(Some("R02"), None), key(Some("R01"), Some("A1")), key(Some("R02"), Some("A1")), key(None, Some("A2"))];
    assert_eq!(keys, expected);
    let all = keys.len();
    let ask = FlagRuling::ReScore { request: "请复核 A1".to_owned() };
    assert_eq!(open_flags(&result, &[decision(Some("R01"), Some("A1"), ask)]).len(), all);
    assert_eq!(open_flags(&result, &[decision(Some("R01"), Some("A1"), uphold())]).len(), all - 1);
    let elsewhere = FlagDecision { application: of("sx-0002"), ..decision(Some("R01"), Some("A1"), uphold()) };
    assert_eq!(open_flags(&result, &[elsewhere]).len(), all, "a decision on another application settles nothing here");
}

#[test]
fn a_decision_names_a_flag_that_is_there_and_says_why() {
    let result = alone(&rules(), sheets());
    let silent = FlagRuling::Uphold { reason: "  ".to_owned() };
    let nobody = FlagRuling::Void { authority: String::new(), reason: "理由".to_owned() };
    let table = [
        (decision(Some("R01"), None, uphold()), Ok(())),
        (decision(Some("R01"), None, void()), Ok(())),
        (decision(None, Some("A2"), uphold()), Ok(())),
        (decision(Some("R04"), None, uphold()), Err(FlagRefusal::NoFlag)),
        (decision(Some("R01"), None, silent), Err(FlagRefusal::NoReason)),
        (decision(Some("R01"), None, nobody), Err(FlagRefusal::NoReason)),
        (decision(None, Some("A2"), void()), Err(FlagRefusal::NobodysSheet)),
    ];
    for (decision, expected) in table {
        assert_eq!(decision.check(&result), expected, "{decision:?}");
    }
}

#[test]
fn a_void_sheet_leaves_the_result_and_an_upheld_one_stays() {
    let mut input = ApplicationInput::plain(of("sx-0001"), sheets());
    decision(Some("R01"), None, uphold()).apply(&mut input);
    assert_eq!(alone(&rules(), input.sheets.clone()).valid, 4);
    decision(Some("R01"), None, void()).apply(&mut input);
    let found = alone(&rules(), input.sheets);
    assert_eq!((found.valid, found.total_text()), (3, "14.50".to_owned()));
    assert_eq!(found.sheets.iter().filter(|sheet| !sheet.counts()).count(), 1, "the derivation still names the void sheet");
}

fn re_review() -> ResultAct {
    ResultAct::ReReview { notice: "晋发改函〔2026〕1号".to_owned(), supersedes: "ab".repeat(32) }
}

fn through(acts: &[ResultAct]) -> Result<Progress, ProgressRefusal> {
    acts.iter().try_fold(Progress::default(), |progress, act| progress.after(act))
}

#[test]
fn a_result_goes_from_draft_to_final_step_by_step() {
    use ResultAct::{Answer, Consolidate, Correct, Finish, Import, Object, Publish, Sign};
    let whole = [Import, Import, Consolidate, Correct, Sign, Publish, Object, Answer, Finish];
    let stages: Vec<Stage> = (1..=whole.len()).map(|count| through(&whole[..count]).unwrap().stage).collect();
    let expected = {
        use Stage::{Consolidated, Draft, Final, Published, Signed};
        [Draft, Draft, Consolidated, Consolidated, Signed, Published, Published, Published, Final]
    };
    assert_eq!(stages, expected);
}

#[test]
fn what_comes_out_of_order_is_refused_by_name() {
    use ResultAct::{Answer, Consolidate, Correct, Finish, Import, Object, Publish, Sign};
    let signed = [Consolidate, Sign];
    let published = [Consolidate, Sign, Publish];
    let table: [(&[ResultAct], ResultAct, ProgressRefusal); 13] = [
        (&[], Sign, ProgressRefusal::Stage(Stage::Draft)),
        (&[], Correct, ProgressRefusal::Stage(Stage::Draft)),
        (&[Consolidate], Import, ProgressRefusal::Stage(Stage::Consolidated)),
        (&[Consolidate], Publish, ProgressRefusal::Stage(Stage::Consolidated)),
        (&[Consolidate], re_review(), ProgressRefusal::Stage(Stage::Consolidated)),
        (&signed, Correct, ProgressRefusal::Signed),
        (&signed, Import, ProgressRefusal::Stage(Stage::Signed)),
        (&signed, Finish, ProgressRefusal::Stage(Stage::Signed)),
        (&published, Correct, ProgressRefusal::Signed),
        (&published, re_review(), ProgressRefusal::NoObjection),
        (&published, Answer, ProgressRefusal::NoObjection),
        (&[Consolidate, Sign, Publish, Object], Finish, ProgressRefusal::OpenObjections),
        (&[Consolidate, Sign, Publish, Finish], Object, ProgressRefusal::Stage(Stage::Final)),
    ];
    for (before, act, refusal) in table {
        assert_eq!(through(before).unwrap().after(&act), Err(refusal), "{act:?} after {before:?}");
    }
}

#[test]
fn a_re_review_makes_a_new_result_that_names_the_old_one() {
    use ResultAct::{Consolidate, Object, Publish, Sign};
    for before in [&[Consolidate, Sign][..], &[Consolidate, Sign, Publish, Object]] {
        let again = through(before).unwrap().after(&re_review()).unwrap();
        assert_eq!((again.stage, again.re_reviews, again.supersedes), (Stage::Consolidated, 1, Some("ab".repeat(32))));
    }
    let silent = ResultAct::ReReview { notice: " ".to_owned(), supersedes: "ab".to_owned() };
    assert_eq!(through(&[Consolidate, Sign]).unwrap().after(&silent), Err(ProgressRefusal::NoNotice));
}

#[test]
fn an_opinion_says_which_parts_are_missing() {
    let opinion =
        Opinion { overall: "总体较好".to_owned(), conclusion: "推荐".to_owned(), problems: " ".to_owned(), ..Opinion::default() };
    let missing: Vec<&str> = opinion.missing().iter().map(|name| name.id).collect();
    assert_eq!(missing, ["opinion-strengths", "opinion-problems", "opinion-advice"]);
}
