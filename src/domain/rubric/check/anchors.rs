//! Levels cover 0 to 100 % of a criterion, best first, without gap or overlap.
//!
//! Each level runs from its own share up to the next higher one, so three things prove it: the shares fall, none is above
//! 100 %, and the last is 0 %.

use rust_decimal::Decimal;

use crate::{
    domain::{
        finding::Finding,
        rubric::{Criterion, CriterionKind, Rubric},
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        check_criterion(&format!("criterion[{index}].anchors"), criterion, out);
    }
}

fn check_criterion(path: &str, criterion: &Criterion, out: &mut Vec<Finding>) {
    let Some(last) = criterion.anchors.last() else {
        // A fact or a computed figure needs no levels; a judgement does.
        if criterion.kind == CriterionKind::Subjective {
            out.push(Finding::error(path, msg!("err-rubric-no-anchors", criterion = &criterion.id), msg!("rec-rubric-no-anchors")));
        }
        return;
    };
    for (level, (upper, lower)) in criterion.anchors.iter().zip(criterion.anchors.iter().skip(1)).enumerate() {
        if lower.from >= upper.from {
            let what = msg!("err-rubric-anchor-order", found = lower.from, above = upper.from);
            out.push(Finding::error(format!("{path}[{}].from", level.saturating_add(1)), what, msg!("rec-rubric-anchor-order")));
        }
    }
    for (level, anchor) in criterion.anchors.iter().enumerate() {
        super::check_share(&format!("{path}[{level}].from"), anchor.from.get(), out);
    }
    if last.from.get() != Decimal::ZERO {
        let at = format!("{path}[{}].from", criterion.anchors.len().saturating_sub(1));
        out.push(Finding::error(at, msg!("err-rubric-anchor-gap", found = last.from), msg!("rec-rubric-anchor-gap")));
    }
}
