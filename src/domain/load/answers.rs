//! What an application answers to the rubric: gates, own scores, and the figures that formulas need.

use std::collections::BTreeSet;

use crate::{
    domain::{
        application::{Application, Record},
        formula,
        load::file::File,
        package::Package,
        rubric::{Criterion, CriterionKind, Rubric},
        text::Explain,
        wording::unknown_advice,
    },
    msg,
};

pub(super) fn check(file: &mut File, package: &Package, application: &Application) {
    check_gates(file, &package.rubric, application);
    check_self_scores(file, &package.rubric, application);
    if package.is_scored(&application.id) {
        check_figures(file, &package.rubric, application);
    }
}

fn check_gates(file: &mut File, rubric: &Rubric, application: &Application) {
    let known: Vec<&str> = rubric.gates.iter().map(|gate| gate.id.as_str()).collect();
    for gate in application.compliance.gates.keys().filter(|gate| !known.contains(&gate.as_str())) {
        file.error(&format!("compliance.gates.{gate}"), msg!("err-gate-unknown", gate = gate), unknown_advice(gate, &known));
    }
}

fn check_self_scores(file: &mut File, rubric: &Rubric, application: &Application) {
    let known: Vec<&str> = rubric.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for (index, score) in application.self_scores.iter().enumerate() {
        let path = format!("self_score[{index}]");
        if !seen.insert(&score.criterion) {
            file.error(&format!("{path}.criterion"), msg!("err-self-twice", criterion = &score.criterion), msg!("rec-self-twice"));
        }
        let Some(criterion) = rubric.criteria.iter().find(|criterion| criterion.id.as_str() == score.criterion) else {
            let what = msg!("err-self-criterion", criterion = &score.criterion);
            file.error(&format!("{path}.criterion"), what, unknown_advice(&score.criterion, &known));
            continue;
        };
        if score.value < criterion.min || score.value > criterion.max {
            let what = msg!("err-out-of-range", criterion = &criterion.id, value = score.value, min = criterion.min, max = criterion.max);
            file.error(&format!("{path}.value"), what, msg!("rec-out-of-range", min = criterion.min, max = criterion.max));
        } else if criterion.kind != CriterionKind::Formula && !score.value.is_on_step(rubric.step_of(criterion)) {
            let step = rubric.step_of(criterion);
            let what = msg!("err-off-step", criterion = &criterion.id, value = score.value, step = step);
            file.error(&format!("{path}.value"), what, msg!("rec-off-step", step = step));
        }
    }
}

/// A computed criterion without its figures would leave every sheet open for ever.
fn check_figures(file: &mut File, rubric: &Rubric, application: &Application) {
    let record = Record::of(application);
    let computed = rubric.criteria.iter().filter(|criterion: &&Criterion| criterion.formula.is_some() && !criterion.advisory);
    for criterion in computed {
        if let Err(missing) = formula::compute_from(criterion, &record) {
            file.error(missing.field().unwrap_or_default(), missing.what(), missing.advice());
        }
    }
}
