//! The call notice: its items, its session, its kind.

use crate::{
    domain::{call::Call, finding::Finding, load::file::File, package::Package},
    msg,
};

/// Most candidates that may be named for one item (招标投标法实施条例 §53).
const MOST_CANDIDATES: u32 = 3;

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    let call = &package.call;
    let mut file = File::new("call.toml", out);
    file.check_schema(call.schema);
    if call.kind != package.rubric.kind {
        file.error("rubric", msg!("err-call-rubric-kind"), msg!("rec-call-rubric-kind"));
    }
    if call.session.opens.instant() >= call.session.closes.instant() {
        let what = msg!("err-call-session", opens = &call.session.opens, closes = &call.session.closes);
        file.error("session.closes", what, msg!("rec-call-session"));
    }
    if call.panel.min == 0 {
        file.error("panel.min", msg!("err-call-panel-min"), msg!("rec-call-panel-min"));
    }
    if call.panel.forbid_multiple_of.is_some_and(|divisor| divisor < 2) {
        file.error("panel.forbid_multiple_of", msg!("err-call-multiple"), msg!("rec-call-multiple"));
    }
    check_items(call, &mut file);
    for (index, item) in call.items.iter().enumerate() {
        if !package.applications_of(&item.id).any(|application| package.is_scored(&application.id)) {
            file.note(&format!("item[{index}]"), msg!("note-item-empty", item = &item.id), msg!("rec-item-empty"));
        }
    }
}

fn check_items(call: &Call, file: &mut File) {
    if call.items.is_empty() {
        file.error("item", msg!("err-call-no-item"), msg!("rec-call-no-item"));
    }
    file.check_unique(call.items.iter().enumerate().map(|(index, item)| (format!("item[{index}].id"), item.id.as_str())));
    for (index, item) in call.items.iter().enumerate() {
        if item.winners == 0 {
            file.error(&format!("item[{index}].winners"), msg!("err-item-winners"), msg!("rec-item-winners"));
        }
        if item.winners > item.candidates_max {
            let what = msg!("err-item-candidates", winners = item.winners, candidates = item.candidates_max);
            file.error(&format!("item[{index}].winners"), what, msg!("rec-item-candidates"));
        }
        if item.candidates_max > MOST_CANDIDATES {
            let what = msg!("warn-item-candidates", candidates = item.candidates_max, most = MOST_CANDIDATES);
            file.warning(&format!("item[{index}].candidates_max"), what, msg!("rec-item-many"));
        }
    }
}
