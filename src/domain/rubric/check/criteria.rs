//! Each criterion by itself: its range can be reached on its step, and its rules fit its kind.

use crate::{
    domain::{
        finding::Finding,
        rubric::{CommentRule, Criterion, CriterionKind, NotApplicablePolicy, Rubric},
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    if rubric.step.get().is_zero() {
        out.push(Finding::error("step", msg!("err-rubric-step"), msg!("rec-rubric-step")));
    }
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        let path = format!("criterion[{index}]");
        check_range(rubric, &path, criterion, out);
        check_policy(rubric, &path, criterion, out);
        if let Some(rule) = &criterion.comment {
            check_comment(&path, rule, out);
        }
    }
}

/// A reviewer can give the smallest and the largest score: both lie on the step, counted from nought.
fn check_range(rubric: &Rubric, path: &str, criterion: &Criterion, out: &mut Vec<Finding>) {
    let (min, max, step) = (criterion.min, criterion.max, rubric.step_of(criterion));
    if max.get().is_zero() {
        out.push(Finding::error(format!("{path}.max"), msg!("err-rubric-max", criterion = &criterion.id), msg!("rec-rubric-max")));
    }
    if min > max {
        let what = msg!("err-rubric-min", min = min, max = max);
        out.push(Finding::error(format!("{path}.min"), what, msg!("rec-rubric-min")));
    }
    if criterion.weight.get().is_zero() {
        out.push(Finding::error(format!("{path}.weight"), msg!("err-rubric-weight"), msg!("rec-rubric-weight")));
    }
    if criterion.kind == CriterionKind::Formula {
        return;
    }
    if criterion.step.is_some_and(|step| step.get().is_zero()) {
        out.push(Finding::error(format!("{path}.step"), msg!("err-rubric-step"), msg!("rec-rubric-step")));
    }
    for (key, bound) in [("max", max), ("min", min)] {
        if !bound.is_on_step(step) {
            let what = msg!("err-rubric-off-step", found = bound, step = step);
            out.push(Finding::error(format!("{path}.{key}"), what, msg!("rec-rubric-off-step")));
        }
    }
}

fn check_policy(rubric: &Rubric, path: &str, criterion: &Criterion, out: &mut Vec<Finding>) {
    if criterion.kind == CriterionKind::Formula && criterion.na != NotApplicablePolicy::Forbid {
        out.push(Finding::error(format!("{path}.na"), msg!("err-rubric-na-formula"), msg!("rec-rubric-na-formula")));
    }
    if criterion.na != NotApplicablePolicy::Redistribute || rubric.dimension(&criterion.dimension).is_none() {
        return;
    }
    let mut others =
        rubric.criteria_of(&criterion.dimension).filter(|other| other.id != criterion.id && !other.advisory && !criterion.advisory);
    if others.next().is_none() {
        out.push(Finding::error(format!("{path}.na"), msg!("err-rubric-na-alone"), msg!("rec-rubric-na-alone")));
    }
}

fn check_comment(path: &str, rule: &CommentRule, out: &mut Vec<Finding>) {
    let shares = [("below", rule.below), ("above", rule.above)];
    for (key, share) in shares {
        if let Some(share) = share {
            super::check_share(&format!("{path}.comment.{key}"), share.get(), out);
        }
    }
    if let (Some(below), Some(above)) = (rule.below, rule.above)
        && below >= above
    {
        let what = msg!("err-rubric-comment", below = below, above = above);
        out.push(Finding::error(format!("{path}.comment"), what, msg!("rec-rubric-comment")));
    }
}
