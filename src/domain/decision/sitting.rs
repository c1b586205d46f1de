//! Whether so many people are a panel (招标投标法 §37; domain reference 3.1, P1 to P3 and P6). Asked of the roster when a package is
//! loaded, and again of those who sit when members stay out.

use crate::{
    domain::{call::PanelRule, text::Message},
    msg,
};

/// What keeps a panel of `size` members, `experts` of them experts, from being one under `rule`: what, and what to do.
#[must_use]
pub fn shortcomings(rule: &PanelRule, size: u64, experts: u64) -> Vec<(Message, Message)> {
    let mut found = Vec::new();
    if size < u64::from(rule.min) {
        found.push((msg!("err-panel-small", found = size, min = rule.min), msg!("rec-panel-small")));
    }
    if rule.odd && size.is_multiple_of(2) {
        found.push((msg!("err-panel-even", found = size), msg!("rec-panel-even")));
    }
    if let Some(divisor) = rule.forbid_multiple_of.filter(|divisor| *divisor > 1 && size.is_multiple_of(u64::from(*divisor))) {
        found.push((msg!("err-panel-multiple", found = size, divisor = divisor), msg!("rec-panel-multiple")));
    }
    if let Some(share) = rule.expert_share {
        let enough = experts.saturating_mul(u64::from(share.denominator)) >= size.saturating_mul(u64::from(share.numerator));
        if !enough {
            let what = msg!("err-panel-experts", found = experts, size = size, share = share);
            found.push((what, msg!("rec-panel-experts")));
        }
    }
    found
}
