//! Whatever is refused, flagged or reported is said in both languages, with every value in its place.

use pingyi::{
    domain::{
        consolidate::{
            METHODS, NoStandard,
            outcome::{Outcome, Unfinished},
            trouble::Trouble,
        },
        correction::{CorrectionGround, CorrectionRefusal, ProgressRefusal, Stage},
        decision::{BallotProblem, FlagRefusal},
        deviation::{DeviationFlag, Distance},
        exact::{Exact, TooLarge},
        ranking::quota::{Breach, Which},
        text::{Explain, Language, Message},
    },
    i18n,
};

use crate::support::rules::{of, points, rubric};

/// Both sentences of anything that explains itself.
fn both(found: &dyn Explain) -> Vec<Message> {
    vec![found.what(), found.advice()]
}

fn troubles() -> Vec<Message> {
    let (application, reviewer) = (of("sx-0001"), of("R01"));
    let all = [
        Trouble::TooLarge { application: Some(of("sx-0001")) },
        Trouble::TooLarge { application: None },
        Trouble::Blank { application: of("sx-0001"), reviewer: of("R01"), criterion: of("A1") },
        Trouble::Hollow { application: of("sx-0001"), reviewer: of("R01") },
        Trouble::SheetTwice { application, reviewer },
        Trouble::ApplicationTwice { application: of("sx-0001") },
        Trouble::OtherRubric { application: of("sx-0001") },
        Trouble::Step { step: "coin".to_owned() },
        Trouble::NoItem,
    ];
    all.iter().flat_map(|one| both(one)).chain(both(&TooLarge)).collect()
}

fn refusals() -> Vec<Message> {
    use CorrectionGround::{Abnormal, Objective, Range, Sum};
    let corrections = [
        CorrectionRefusal::NoSheet(of("R01")),
        CorrectionRefusal::Target,
        CorrectionRefusal::Before { found: "7".to_owned() },
        CorrectionRefusal::Same,
        CorrectionRefusal::Range(points("11")),
        CorrectionRefusal::Minute,
        CorrectionRefusal::Ground(Sum),
        CorrectionRefusal::Ground(Range),
        CorrectionRefusal::Ground(Objective),
        CorrectionRefusal::Ground(Abnormal),
    ];
    let stages = [Stage::Draft, Stage::Consolidated, Stage::Signed, Stage::Published, Stage::Final];
    let progress = stages.into_iter().map(ProgressRefusal::Stage).chain([
        ProgressRefusal::Signed,
        ProgressRefusal::NoObjection,
        ProgressRefusal::OpenObjections,
        ProgressRefusal::NoNotice,
    ]);
    let flags = [FlagRefusal::NoFlag, FlagRefusal::NoReason, FlagRefusal::NobodysSheet];
    let ballots = [
        BallotProblem::TooManyPresent { present: 6, entitled: 5 },
        BallotProblem::Papers { papers: 4, present: 5 },
        BallotProblem::SamePerson(of("T01")),
    ];
    let mut all: Vec<Message> = corrections.iter().flat_map(|one| both(one)).collect();
    all.extend(progress.flat_map(|one| both(&one)));
    all.extend(flags.iter().flat_map(|one| both(one)));
    all.extend(ballots.iter().flat_map(|one| both(one)));
    all
}

fn reports() -> Vec<Message> {
    let outcomes = [
        Outcome::GateFailed(vec![of("G1"), of("G8")]),
        Outcome::Vetoed(vec![of("V1")]),
        Outcome::Incomplete(Unfinished::NoSheet),
        Outcome::Incomplete(Unfinished::TooFew { valid: 3, needed: 5, left_out: false }),
        Outcome::Incomplete(Unfinished::TooFew { valid: 3, needed: 5, left_out: true }),
        Outcome::Incomplete(Unfinished::NoStandard { reviewer: of("R01"), why: NoStandard::TooFew }),
        Outcome::Incomplete(Unfinished::NoStandard { reviewer: of("R01"), why: NoStandard::NoSpread }),
        Outcome::BelowPass { total: "69.50".to_owned(), mark: Exact::whole(70) },
        Outcome::BelowFloor { dimension: of("A"), figure: Exact::whole(20), floor: Exact::whole(24) },
        Outcome::Eligible,
    ];
    let distance = || Distance { reviewer: of("R01"), value: Exact::whole(1), others: Exact::whole(9), limit: Exact::whole(4) };
    let flags = [
        DeviationFlag::Total(distance()),
        DeviationFlag::Criterion(of("A1"), distance()),
        DeviationFlag::Objective { criterion: of("C1"), values: vec![(of("R01"), Some(Exact::whole(4))), (of("R02"), None)] },
    ];
    let breach = |which: Which, soft: bool, tied: bool| Breach {
        which,
        found: 3.into(),
        max: 2.into(),
        soft,
        applications: vec![of("a"), of("b")],
        tied: if tied { vec![of("b")] } else { Vec::new() },
    };
    let breaches = [
        breach(Which::Total, true, false),
        breach(Which::City("140100".to_owned()), false, false),
        breach(Which::Sector("s1".to_owned()), false, true),
        breach(Which::Government, false, false),
    ];
    let mut all: Vec<Message> = outcomes.iter().map(|one| one.reason(&rubric())).collect();
    all.extend(flags.iter().map(DeviationFlag::text));
    all.extend(breaches.iter().flat_map(|one| both(one)));
    all.extend(METHODS.iter().flat_map(|method| [Message::new(method.name), Message::new(method.explained)]));
    all
}

#[test]
fn every_sentence_is_there_in_both_languages_and_takes_up_all_its_values() {
    for message in troubles().into_iter().chain(refusals()).chain(reports()) {
        assert!(i18n::knows(message.id), "{}", message.id);
        for language in [Language::Zh, Language::En] {
            let sentence = i18n::text(language, &message);
            assert!(!sentence.contains('{') && !sentence.contains('}'), "{}: {sentence}", message.id);
            for (name, value) in &message.args {
                if let pingyi::domain::text::Value::Plain(plain) = value {
                    assert!(sentence.contains(plain.as_str()), "{}: {name} is missing in {sentence}", message.id);
                }
            }
        }
    }
}

#[test]
fn what_happened_and_what_to_do_are_two_different_sentences() {
    for pair in troubles().chunks(2).chain(refusals().chunks(2)) {
        let [what, advice] = pair else { panic!("pairs") };
        assert!(what.id.starts_with("err-") && advice.id.starts_with("rec-"), "{} {}", what.id, advice.id);
    }
}

#[test]
fn words_that_stand_in_tables_never_change() {
    let table = [
        (Outcome::GateFailed(Vec::new()), "gate-failed"),
        (Outcome::Vetoed(Vec::new()), "vetoed"),
        (Outcome::Incomplete(Unfinished::NoSheet), "incomplete"),
        (Outcome::BelowPass { total: String::new(), mark: Exact::ONE }, "below-pass-mark"),
        (Outcome::BelowFloor { dimension: of("C"), figure: Exact::ONE, floor: Exact::ONE }, "below-floor:C"),
        (Outcome::Eligible, "eligible"),
    ];
    for (outcome, word) in table {
        assert_eq!(outcome.word(), word);
    }
}
