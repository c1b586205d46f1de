//! Votes and panels by worked examples.

use pingyi::domain::{
    call::{PanelRule, Quorum},
    decision::{Ballot, BallotProblem, shortcomings},
    rubric::VoteRule,
};
use serde::Deserialize;

use crate::support::{cases::worked, rules::of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    rule: VoteRule,
    quorum: Option<Quorum>,
    entitled: u32,
    papers: [u32; 4],
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    quorate: bool,
    base: u32,
    needed: u32,
    carried: bool,
}

fn ballot(entitled: u32, papers: [u32; 4]) -> Ballot {
    let [approve, reject, abstain, invalid] = papers;
    Ballot { entitled, present: papers.iter().sum(), approve, reject, abstain, invalid, teller: of("T01"), scrutineer: of("S01") }
}

#[test]
fn a_vote_is_carried_as_the_worked_examples_say() {
    let cases: Vec<Case> = worked(include_str!("votes.toml"));
    let usual: Quorum = toml::from_str("base = \"all\"\nat_least = \"2/3\"").unwrap();
    for case in cases {
        let ballot = ballot(case.entitled, case.papers);
        assert_eq!(ballot.problems(), [], "{}: the example's numbers must fit", case.why);
        let found = ballot.tally(&case.rule, case.quorum.as_ref().unwrap_or(&usual));
        let Expected { quorate, base, needed, carried } = case.expect;
        let expected = (quorate, base, needed, carried);
        assert_eq!((found.quorate, found.base, found.needed, found.carried), expected, "{}", case.why);
    }
}

#[test]
fn numbers_that_do_not_fit_are_all_told() {
    let mut wrong = ballot(3, [2, 1, 1, 0]);
    wrong.abstain = 2;
    wrong.scrutineer = wrong.teller.clone();
    let expected = [
        BallotProblem::TooManyPresent { present: 4, entitled: 3 },
        BallotProblem::Papers { papers: 5, present: 4 },
        BallotProblem::SamePerson(of("T01")),
    ];
    assert_eq!(wrong.problems(), expected);
}

#[test]
fn a_panel_is_judged_by_its_size_its_parity_and_its_experts() {
    let rule: PanelRule = toml::from_str(
        "id = \"p1\"\nmin = 5\nodd = true\nexpert_share = \"2/3\"\nforbid_multiple_of = 3\nquorum = { base = \"all\", at_least = \"2/3\" }",
    )
    .unwrap();
    let table: [(u64, u64, &[&str]); 6] = [
        (5, 4, &[]),
        (7, 5, &[]),
        (5, 3, &["err-panel-experts"]),
        (6, 4, &["err-panel-even", "err-panel-multiple"]),
        (4, 4, &["err-panel-small", "err-panel-even"]),
        (9, 6, &["err-panel-multiple"]),
    ];
    for (size, experts, expected) in table {
        let found: Vec<&str> = shortcomings(&rule, size, experts).iter().map(|(what, _)| what.id).collect();
        assert_eq!(found, expected, "{experts} experts of {size}");
    }
}
