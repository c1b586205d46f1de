//! The tie-break chain: every step is known, names something that exists, and can still be reached.

use std::collections::BTreeSet;

use crate::{
    domain::{finding::Finding, rubric::Rubric, wording::unknown_advice},
    msg,
};

/// Steps that name nothing further. `lot` always separates, so it ends the chain.
const PLAIN: [&str; 4] = ["untrimmed-mean", "vote", "chair", "lot"];

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    let mut decided = false;
    for (index, step) in rubric.scoring.tie_break.iter().enumerate() {
        let path = format!("scoring.tie_break[{index}]");
        if decided {
            out.push(Finding::error(path.clone(), msg!("err-rubric-after-lot", step = step), msg!("rec-rubric-after-lot")));
        }
        if !seen.insert(step) {
            out.push(Finding::error(path.clone(), msg!("err-rubric-step-twice", step = step), msg!("rec-rubric-step-twice")));
        }
        check_step(rubric, &path, step, out);
        decided |= step == "lot";
    }
}

fn check_step(rubric: &Rubric, path: &str, step: &str, out: &mut Vec<Finding>) {
    if PLAIN.contains(&step) {
        return;
    }
    let known: Vec<&str> = match step.split_once(':') {
        Some(("dimension", _)) => rubric.dimensions.iter().map(|dimension| dimension.id.as_str()).collect(),
        Some(("criterion", _)) => rubric.criteria.iter().map(|criterion| criterion.id.as_str()).collect(),
        _ => {
            let words = ["dimension:ID", "criterion:ID", "untrimmed-mean", "vote", "chair", "lot"];
            out.push(Finding::error(path, msg!("err-rubric-tie-step", step = step), unknown_advice(step, &words)));
            return;
        }
    };
    let named = step.split_once(':').map_or("", |(_, id)| id);
    if !known.contains(&named) {
        out.push(Finding::error(path, msg!("err-rubric-tie-id", id = named), unknown_advice(named, &known)));
    }
}
