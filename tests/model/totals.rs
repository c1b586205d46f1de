//! Sheet totals under random rubrics against exact fractions. The oracle reads the rule (weights, N/A, formulas) from plain
//! figures of its own; a rubric of the program is made from the same figures.

use pingyi::domain::{
    application::Application,
    number::Points,
    rubric::{Criterion, CriterionKind, Formula, FormulaBand, NotApplicablePolicy, Rubric},
    sheet::{Cell, Declaration, Sheet},
    total::{SheetTotal, sheet_total},
};
use proptest::prelude::*;

use super::fraction::Fraction;
use crate::support::rules::{application, edited, of, points, rubric};

/// What stands in a cell; figures in halves of a point.
#[derive(Debug, Clone, Copy)]
enum Mark {
    Blank,
    Halves(u32),
    NotApplicable,
}

/// A criterion as the oracle has it; figures in halves of a point.
#[derive(Debug, Clone)]
struct Line {
    max: u32,
    /// In quarters.
    weight: u32,
    policy: NotApplicablePolicy,
    advisory: bool,
    computed: Option<Rule>,
    mark: Mark,
}

/// A computed criterion.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Points for each visit, in hundredths.
    Each(u32),
    /// The share of the target; at most `cap` percent count, and nothing below `zero_below` percent.
    Rate { cap: u32, zero_below: u32, places: u32 },
    /// All points from so many visits on, else none.
    Bands(u32),
}

fn line() -> impl Strategy<Value = Line> {
    let policy = prop_oneof![
        1 => Just(NotApplicablePolicy::Forbid),
        1 => Just(NotApplicablePolicy::Zero),
        2 => Just(NotApplicablePolicy::Redistribute)
    ];
    let rule = prop_oneof![
        (1..200_u32).prop_map(Rule::Each),
        (50..130_u32, 0..60_u32, 0..=3_u32).prop_map(|(cap, zero_below, places)| Rule::Rate { cap, zero_below, places }),
        (1..4_000_u32).prop_map(Rule::Bands),
    ];
    let mark = prop_oneof![1 => Just(Mark::Blank), 12 => (0..200_u32).prop_map(Mark::Halves), 5 => Just(Mark::NotApplicable)];
    (1..60_u32, 1..14_u32, policy, prop::bool::weighted(0.1), prop::option::weighted(0.15, rule), mark).prop_map(
        |(max, weight, policy, advisory, computed, mark)| {
            let mark = if let Mark::Halves(value) = mark { Mark::Halves(value % (max + 1)) } else { mark };
            Line { max, weight, policy, advisory, computed, mark }
        },
    )
}

fn halves(value: u32) -> Fraction {
    Fraction::new(value.into(), 2)
}

impl Line {
    fn weight(&self) -> Fraction {
        Fraction::new(self.weight.into(), 4)
    }

    fn is_na(&self) -> bool {
        self.computed.is_none() && matches!(self.mark, Mark::NotApplicable)
    }

    /// The value, where there is one; `visits` and `target` are what the application states.
    fn value(&self, visits: u32, target: u32) -> Option<Fraction> {
        let most = halves(self.max);
        match (self.computed, self.mark) {
            (Some(Rule::Each(each)), _) => Some(Fraction::whole(visits.into()).times(Fraction::new(each.into(), 100)).half_up(2).min(most)),
            (Some(Rule::Rate { cap, zero_below, places }), _) => {
                let rate = Fraction::new(visits.into(), target.into());
                let counted = match rate.cmp(Fraction::new(zero_below.into(), 100)) {
                    std::cmp::Ordering::Less => Fraction::NOUGHT,
                    _ => rate.min(Fraction::new(cap.into(), 100)),
                };
                Some(most.times(counted).half_up(places).min(most))
            }
            (Some(Rule::Bands(from)), _) => Some(if visits >= from { most } else { Fraction::NOUGHT }),
            (None, Mark::Halves(value)) => Some(halves(value)),
            (None, Mark::NotApplicable) if self.policy == NotApplicablePolicy::Zero => Some(Fraction::NOUGHT),
            (None, _) => None,
        }
    }
}

/// The largest figure a dimension can reach, as the rubric's author writes it.
fn reach(lines: &[Line]) -> Fraction {
    let counted = lines.iter().filter(|line| !line.advisory);
    counted.fold(Fraction::NOUGHT, |sum, line| sum.plus(line.weight().times(halves(line.max))))
}

/// The subtotal by scoring rule 2; `None` where a counted cell is open or nothing is left to spread over.
fn subtotal(lines: &[Line], visits: u32, target: u32) -> Option<Fraction> {
    let counted: Vec<&Line> = lines.iter().filter(|line| !line.advisory).collect();
    let is_out = |line: &&&Line| line.is_na() && line.policy == NotApplicablePolicy::Redistribute;
    let kept: Vec<&Line> = counted.iter().filter(|line| !is_out(line)).copied().collect();
    let mut sum = Fraction::NOUGHT;
    for line in &kept {
        sum = sum.plus(line.weight().times(line.value(visits, target)?));
    }
    if kept.len() == counted.len() {
        return Some(sum);
    }
    if counted.iter().all(|line| line.is_na()) {
        return None;
    }
    let left = kept.iter().fold(Fraction::NOUGHT, |sum, line| sum.plus(line.weight().times(halves(line.max))));
    Some(reach(lines).times(sum).over(left))
}

/// A figure in hundredths as a rubric file writes it.
fn written(hundredths: u32) -> Points {
    points(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

fn formula(rule: Rule, max: u32) -> Formula {
    let rate = matches!(rule, Rule::Rate { .. });
    let plain = Formula {
        actual: "sharing.actuals.visits".to_owned(),
        target: rate.then(|| "sharing.targets.visits".to_owned()),
        cap: None,
        zero_below: None,
        each: None,
        bands: Vec::new(),
        places: 2,
    };
    match rule {
        Rule::Each(each) => Formula { each: Some(written(each)), ..plain },
        Rule::Rate { cap, zero_below, places } => {
            Formula { cap: Some(of(&format!("{cap}%"))), zero_below: Some(of(&format!("{zero_below}%"))), places, ..plain }
        }
        Rule::Bands(from) => {
            let band = |from: u32, points| FormulaBand { from: of(&from.to_string()), points };
            Formula { bands: vec![band(from, written(max * 50)), band(0, Points::ZERO)], ..plain }
        }
    }
}

/// The same figures as a rubric and a sheet of the program.
fn made(dimensions: &[Vec<Line>]) -> (Rubric, Sheet) {
    let mut rubric = rubric();
    let (dimension, criterion) = (rubric.dimensions[0].clone(), rubric.criteria[0].clone());
    (rubric.dimensions, rubric.criteria) = Default::default();
    let mut sheet = Sheet { declaration: Some(Declaration::NoConflict), ..Sheet::default() };
    for (place, lines) in dimensions.iter().enumerate() {
        let id = of(&format!("D{place}"));
        // Weights are quarters and maxima halves, so eighths come up, which points cannot hold.
        let most = Points::exact(
            lines.iter().filter(|line| !line.advisory).map(|line| written(line.weight * 25).get() * written(line.max * 50).get()).sum(),
        );
        rubric.dimensions.push(pingyi::domain::rubric::Dimension { id, max: most.unwrap(), ..dimension.clone() });
        for (at, line) in lines.iter().enumerate() {
            let id = format!("D{place}-{at}");
            rubric.criteria.push(Criterion {
                id: of(&id),
                dimension: of(&format!("D{place}")),
                max: written(line.max * 50),
                weight: written(line.weight * 25),
                na: line.policy,
                advisory: line.advisory,
                kind: if line.computed.is_some() { CriterionKind::Formula } else { CriterionKind::Subjective },
                formula: line.computed.map(|rule| formula(rule, line.max)),
                ..criterion.clone()
            });
            match line.mark {
                Mark::Halves(value) => drop(sheet.cells.insert(of(&id), Cell::Scored { value: written(value * 50) })),
                Mark::NotApplicable => drop(sheet.cells.insert(of(&id), Cell::NotApplicable { reason: "不涉及".to_owned() })),
                Mark::Blank => {}
            }
        }
    }
    (rubric, sheet)
}

fn stating(visits: u32, target: u32) -> Application {
    let application = edited(&application(), "sharing.actuals.visits", visits.to_string().into());
    edited(&application, "sharing.targets.visits", target.to_string().into())
}

fn total(dimensions: &[Vec<Line>], visits: u32, target: u32) -> SheetTotal {
    let (rubric, sheet) = made(dimensions);
    sheet_total(&rubric, &stating(visits, target), &sheet)
}

fn cases() -> u32 {
    std::env::var("PINGYI_MODEL_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(600)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_total_is_the_exact_fraction(
        dimensions in prop::collection::vec(prop::collection::vec(line(), 1..6), 1..5),
        visits in 0..6_000_u32,
        target in 1..6_000_u32,
    ) {
        let found = total(&dimensions, visits, target);
        let mut sum = Some(Fraction::NOUGHT);
        for (lines, part) in dimensions.iter().zip(&found.dimensions) {
            let expected = subtotal(lines, visits, target);
            if let Some(expected) = expected {
                prop_assert!(expected.is(part.subtotal), "{:?}: {:?} is not {}", part.id, expected, part.subtotal);
            }
            sum = sum.zip(expected).map(|(sum, part)| sum.plus(part));
        }
        match (sum, found.total) {
            (Some(sum), Some(total)) => prop_assert!(sum.is(total), "{:?} is not {}", sum, total),
            (None, None) => {}
            (expected, found) => prop_assert!(false, "the oracle says {:?}, the program {:?}", expected, found),
        }
    }
}
