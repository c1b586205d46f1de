//! Who reads what, by the worked examples of `assign.toml`, and by every choice there is for small panels.

use std::collections::BTreeMap;

use pingyi::domain::{
    assign::{Question, Shortage, Standing, assign, knows_field, loads},
    ids::{ApplicationId, PersonCode},
    panel::Assignment,
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support::{
    cases::worked,
    rules::{application, call, codes, of, roster},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    applications: Vec<String>,
    reviewers: Vec<String>,
    per: Option<usize>,
    #[serde(default)]
    recused: Vec<String>,
    #[serde(default)]
    suggested: Vec<String>,
    #[serde(default)]
    knows: Vec<String>,
    loads: Option<Vec<usize>>,
    lines: Option<Vec<String>>,
    short: Option<Vec<String>>,
}

impl Case {
    fn question(&self) -> Question {
        let standing = |pair: &String, at: usize| {
            if self.recused.contains(pair) {
                Standing::Recused
            } else if self.suggested.contains(pair) {
                Standing::Suggested
            } else {
                Standing::Free { knows: self.knows.contains(pair), mark: u32::try_from(at).unwrap() }
            }
        };
        let people = |application: &String| {
            let one = |(at, code): (usize, &String)| (of(code), standing(&format!("{application}:{code}"), at));
            self.reviewers.iter().enumerate().map(one).collect()
        };
        Question { applications: self.applications.iter().map(|id| (of(id), people(id))).collect(), per: self.per }
    }
}

fn told(shortage: &Shortage) -> String {
    let list = |codes: &[PersonCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let Shortage { application, wanted, eligible, recused, suggested } = shortage;
    format!("{application}: {eligible} of {wanted}, recused {}, suggested {}", list(recused), list(suggested))
}

#[test]
fn the_worked_examples_of_assignment_come_out_as_a_person_works_them_out() {
    for case in worked::<Case>(include_str!("assign.toml")) {
        let outcome = assign(&case.question());
        let Ok(lines) = &outcome else {
            assert_eq!(Some(outcome.unwrap_err().iter().map(told).collect::<Vec<_>>()), case.short, "{}", case.why);
            continue;
        };
        assert!(case.short.is_none() && (case.loads.is_some() || case.lines.is_some()), "{}", case.why);
        let reviewers: Vec<PersonCode> = case.reviewers.iter().map(|code| of(code)).collect();
        let counted = loads(lines, reviewers.iter());
        let counted: Vec<usize> = reviewers.iter().map(|code| counted[code]).collect();
        let written: Vec<String> = lines.iter().map(|line| format!("{}:{}", line.application, line.reviewer)).collect();
        assert_eq!(case.loads.unwrap_or_else(|| counted.clone()), counted, "{}: {written:?}", case.why);
        assert_eq!(case.lines.unwrap_or_else(|| written.clone()), written, "{}", case.why);
    }
}

/// Up to four applications, four reviewers, one or two readers each.
fn questions() -> impl Strategy<Value = Question> {
    let standing = prop_oneof![
        1 => Just(Standing::Recused),
        1 => Just(Standing::Suggested),
        6 => (any::<bool>(), 0..50_u32).prop_map(|(knows, mark)| Standing::Free { knows, mark }),
    ];
    let rows = (1..5_usize).prop_flat_map(move |count| prop::collection::vec(prop::collection::vec(standing.clone(), count), 1..5_usize));
    (rows, prop_oneof![Just(None), Just(Some(1)), Just(Some(2))]).prop_map(|(rows, per)| {
        let row = |people: &Vec<Standing>| people.iter().enumerate().map(|(at, one)| (of(&format!("R{at}")), *one)).collect();
        let applications = rows.iter().enumerate().map(|(at, people)| (of(&format!("a{at}")), row(people))).collect();
        Question { applications, per }
    })
}

/// Squares of the loads, pairs without knowledge of the field, sum of the marks.
type Cost = (usize, usize, u64);

fn cost(question: &Question, lines: &[Assignment]) -> Cost {
    let mut loads: BTreeMap<&PersonCode, usize> = BTreeMap::new();
    let (mut strangers, mut marks) = (0, 0);
    for line in lines {
        *loads.entry(&line.reviewer).or_default() += 1;
        let Standing::Free { knows, mark } = question.applications[&line.application][&line.reviewer] else {
            panic!("{line:?} is forbidden")
        };
        strangers += usize::from(!knows);
        marks += u64::from(mark);
    }
    (loads.values().map(|load| load * load).sum(), strangers, marks)
}

/// Every choice there is, application by application.
fn every_choice(question: &Question) -> Vec<Vec<Assignment>> {
    let mut choices = vec![Vec::new()];
    for (application, people) in &question.applications {
        let rows = rows_of(application, people, question.per);
        choices = choices.iter().flat_map(|known| rows.iter().map(move |row| [&known[..], &row[..]].concat())).collect();
    }
    choices
}

fn rows_of(application: &ApplicationId, people: &BTreeMap<PersonCode, Standing>, per: Option<usize>) -> Vec<Vec<Assignment>> {
    let free: Vec<&PersonCode> = people.iter().filter(|(_, one)| matches!(one, Standing::Free { .. })).map(|(code, _)| code).collect();
    let wanted = per.unwrap_or(free.len().max(1));
    (0..1_u32 << free.len())
        .filter(|set| set.count_ones() as usize == wanted)
        .map(|set| {
            let chosen = free.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            chosen.map(|(_, code)| Assignment { application: application.clone(), reviewer: (*code).clone() }).collect()
        })
        .collect()
}

proptest! {
    #[test]
    fn no_choice_is_more_even_or_then_knows_more_than_the_one_that_is_taken(question in questions()) {
        let best = every_choice(&question).iter().map(|lines| cost(&question, lines)).min();
        match assign(&question) {
            Err(shortages) => prop_assert!(best.is_none() && !shortages.is_empty(), "{shortages:?}"),
            Ok(lines) => {
                prop_assert_eq!(Some(cost(&question, &lines)), best);
                for (id, people) in &question.applications {
                    let readers = lines.iter().filter(|line| line.application == *id).count();
                    let free = people.values().filter(|one| matches!(one, Standing::Free { .. })).count();
                    prop_assert_eq!(readers, question.per.unwrap_or(free));
                }
            }
        }
    }

    #[test]
    fn without_recusals_nobody_reads_two_more_than_another(applications in 1..25_usize, reviewers in 1..8_usize, per in 1..8_usize, marks in any::<u32>()) {
        prop_assume!(per <= reviewers);
        let free = |seed: usize| Standing::Free { knows: seed.is_multiple_of(3), mark: marks.rotate_left(u32::try_from(seed % 32).unwrap()) };
        let people = |row: usize| (0..reviewers).map(|at| (of(&format!("R{at}")), free(row * 7 + at))).collect();
        let question = Question { applications: (0..applications).map(|at| (of(&format!("a{at}")), people(at))).collect(), per: Some(per) };
        let lines = assign(&question).unwrap();
        let codes: Vec<PersonCode> = (0..reviewers).map(|at| of(&format!("R{at}"))).collect();
        let counts = loads(&lines, codes.iter());
        prop_assert!(counts.values().max().unwrap() - counts.values().min().unwrap() <= 1, "{counts:?}");
    }
}

#[test]
fn a_reviewer_knows_the_field_by_a_word_of_the_call_item_or_the_industry_and_not_by_a_word_that_every_field_has() {
    let (mut application, mut call, codes) = (application(), call(), codes());
    let item = call.items.iter_mut().find(|item| item.id == application.item).unwrap();
    item.title.zh = "智能网联新能源汽车工程".to_owned();
    item.title.en = "Connected electric vehicles".to_owned();
    let industry = codes.industries[0].clone();
    application.direction.industries = vec![industry.code.clone()];
    for (fields, expected) in [
        (vec!["汽车工程"], true),
        (vec!["护理", "新能源"], true),
        (vec!["VEHICLES and roads"], true),
        (vec![industry.name.zh.as_str()], true),
        (vec!["化学工程"], false),
        (vec!["智能系统"], false),
        (vec!["护理"], false),
        (vec!["new and old"], false),
        (vec![], false),
    ] {
        let mut person = roster().people[0].clone();
        person.fields = fields.iter().map(|field| (*field).to_owned()).collect();
        assert_eq!(knows_field(&person, &application, &call, &codes), expected, "{fields:?}");
    }
}
