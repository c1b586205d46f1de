//! 平均分: the sum of all valid sheets, divided by their weights.
//!
//! Source: 政府采购货物和服务招标投标管理办法 (Order 87) §55: members score independently and the scores are consolidated 汇总. The mean
//! is their sum on the scale of one sheet, so that it can be compared with the maximum of the rubric.

use crate::domain::{
    consolidate::{Drops, MethodEntry},
    rubric::{Method, Trim},
};

pub(super) const METHOD: MethodEntry =
    MethodEntry { method: Method::Mean, id: "mean", name: "method-mean", explained: "method-mean-how", falls, divides: true };

const fn falls(_values: usize, _trim: Option<&Trim>) -> Drops {
    Drops { low: 0, high: 0 }
}
