//! How far the reviewers of a panel were apart.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{
    consolidate::derivation::{ApplicationResult, SheetLine},
    exact::Exact,
    ids::{CallId, PanelId},
    number::RoundingMode,
    register::PanelResult,
};

/// Decimal places of a spread; sheet totals have fewer, unless 不适用 stretched them.
pub const PLACES: u32 = 6;

/// Largest minus smallest total of the valid sheets, in points; `None` below two.
#[must_use]
pub fn of(result: &ApplicationResult) -> Option<String> {
    let totals: Vec<Exact> = result.sheets.iter().filter(|sheet| sheet.counts()).map(SheetLine::used).collect();
    let (low, high) = (totals.iter().min()?, totals.iter().max()?);
    let is_enough = totals.len() > 1;
    let spread = high.minus(*low).and_then(|spread| spread.round(PLACES, RoundingMode::HalfUp)).ok()?;
    is_enough.then(|| spread.to_string())
}

/// The spreads of one panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelSpread {
    /// Call.
    pub call: CallId,
    /// Panel.
    pub panel: PanelId,
    /// Applications with at least two valid sheets.
    pub applications: usize,
    /// Sum of their spreads, in points; a mean would have no last place.
    pub sum: String,
    /// The widest, in points.
    pub widest: String,
}

/// The spreads of each panel, by call and panel.
#[must_use]
pub fn by_panel(panels: &[PanelResult]) -> Vec<PanelSpread> {
    let mut found: BTreeMap<(&CallId, &PanelId), Vec<Exact>> = BTreeMap::new();
    for one in panels {
        let spreads = one.applications().filter_map(|(_, application)| application.spread.as_deref()?.parse().ok());
        found.entry((&one.call.id, &one.panel)).or_default().extend(spreads.map(Exact::of));
    }
    let line = |((call, panel), spreads): ((&CallId, &PanelId), Vec<Exact>)| {
        Some(PanelSpread {
            call: call.clone(),
            panel: panel.clone(),
            applications: spreads.len(),
            sum: Exact::sum(spreads.iter().copied()).ok()?.to_string(),
            widest: spreads.iter().max()?.to_string(),
        })
    };
    found.into_iter().filter_map(line).collect()
}
