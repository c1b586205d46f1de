//! The points add up: criteria to their dimension, dimensions to the total.

use rust_decimal::Decimal;

use crate::{
    domain::{
        finding::Finding,
        rubric::{Dimension, Rubric},
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    for (index, dimension) in rubric.dimensions.iter().enumerate() {
        check_dimension(rubric, index, dimension, out);
    }
    let sum: Decimal = rubric.dimensions.iter().map(|dimension| dimension.max.get()).sum();
    if sum != rubric.total.get() {
        out.push(Finding::error("total", msg!("err-rubric-total", found = rubric.total, sum = sum), msg!("rec-rubric-total")));
    }
    if rubric.total.get().is_zero() {
        out.push(Finding::error("total", msg!("err-rubric-nought"), msg!("rec-rubric-nought")));
    }
    check_pass(rubric, out);
    check_bands(rubric, out);
}

fn check_dimension(rubric: &Rubric, index: usize, dimension: &Dimension, out: &mut Vec<Finding>) {
    let counted = rubric.criteria_of(&dimension.id).filter(|criterion| !criterion.advisory);
    let sum: Decimal = counted.map(|criterion| criterion.weight.get() * criterion.max.get()).sum();
    if sum != dimension.max.get() {
        let what = msg!("err-rubric-dimension-sum", dimension = &dimension.id, found = dimension.max, sum = sum.normalize());
        out.push(Finding::error(format!("dimension[{index}].max"), what, msg!("rec-rubric-dimension-sum")));
    }
    if let Some(floor) = dimension.floor_pct {
        super::check_share(&format!("dimension[{index}].floor_pct"), floor.get(), out);
    }
}

fn check_pass(rubric: &Rubric, out: &mut Vec<Finding>) {
    if let Some(pass) = &rubric.pass
        && pass.total > rubric.total
    {
        let what = msg!("err-rubric-pass", found = pass.total, total = rubric.total);
        out.push(Finding::error("pass.total", what, msg!("rec-rubric-pass")));
    }
}

fn check_bands(rubric: &Rubric, out: &mut Vec<Finding>) {
    for (index, band) in rubric.bands.iter().enumerate() {
        let path = format!("band[{index}].from");
        if band.from > rubric.total {
            let what = msg!("err-rubric-band-high", found = band.from, total = rubric.total);
            out.push(Finding::error(path.clone(), what, msg!("rec-rubric-band-high")));
        }
        let above = index.checked_sub(1).and_then(|before| rubric.bands.get(before));
        if let Some(above) = above.filter(|above| above.from <= band.from) {
            let what = msg!("err-rubric-band-order", found = band.from, above = above.from);
            out.push(Finding::error(path, what, msg!("rec-rubric-band-order")));
        }
    }
}
