//! The reviewer's worklist: one row per assigned application, in reading order.

use rust_decimal::Decimal;

use crate::domain::{
    desk::Desk,
    ids::{ApplicationId, PersonCode},
    package::Package,
    sheet::{Declaration, Status},
    total,
};

/// One row of the worklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Application.
    pub application: ApplicationId,
    /// State in one word.
    pub state: RowState,
    /// Running total, in points; `None` where nothing is scored.
    pub running: Option<Decimal>,
    /// Answered criteria.
    pub answered: usize,
    /// Asked criteria.
    pub asked: usize,
    /// Open points that block submission.
    pub gaps: usize,
}

/// State of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowState {
    /// The conflict question is open.
    Undeclared,
    /// Nothing or something is scored.
    Draft,
    /// Everything is there; not handed in.
    Complete,
    /// Handed in.
    Submitted,
    /// 回避, by own declaration.
    Recused,
    /// 回避, ordered by the office.
    RecusedByOffice,
    /// Declined.
    Declined,
}

/// The rows of the desk's reviewer, in the reading order of the workspace. Applications that failed the formal check are not on it.
#[must_use]
pub fn rows(package: &Package, desk: &Desk) -> Vec<Row> {
    let Some(opening) = &desk.opening else { return Vec::new() };
    let order = reading_order(package, &opening.reviewer, &opening.order_seed);
    order.iter().filter_map(|id| row(package, desk, &opening.reviewer, id)).collect()
}

fn row(package: &Package, desk: &Desk, reviewer: &PersonCode, id: &ApplicationId) -> Option<Row> {
    let application = package.application(id)?;
    let sheet = desk.sheet(id);
    let total = total::sheet_total(&package.rubric, application, &sheet);
    let gaps = desk.blocking(package, id).len();
    let state = match &sheet.declaration {
        _ if package.recusal(id, reviewer).is_some() => RowState::RecusedByOffice,
        None => RowState::Undeclared,
        Some(Declaration::Conflict { .. }) => RowState::Recused,
        Some(Declaration::Declined { .. }) => RowState::Declined,
        Some(Declaration::NoConflict) if sheet.status == Status::Submitted => RowState::Submitted,
        Some(Declaration::NoConflict) if gaps == 0 => RowState::Complete,
        Some(Declaration::NoConflict) => RowState::Draft,
    };
    let running = (total.answered > 0).then_some(total.running);
    Some(Row { application: id.clone(), state, running, answered: total.answered, asked: total.asked, gaps })
}

/// The applications of `reviewer` in reading order: by id, or shuffled by `seed` where the call says so, so that no application
/// is the last one on every tired reviewer's list. The same seed gives the same order for ever.
#[must_use]
pub fn reading_order(package: &Package, reviewer: &PersonCode, seed: &str) -> Vec<ApplicationId> {
    let assigned = package.applications.iter().filter(|application| package.is_assigned(&application.id, reviewer));
    let mut order: Vec<ApplicationId> = assigned.map(|application| application.id.clone()).collect();
    order.sort();
    if package.call.blind.shuffle_order {
        shuffle(&mut order, &format!("{seed}/{reviewer}"));
    }
    order
}

/// Fisher and Yates' shuffle (Durstenfeld 1964, Algorithm 235), driven by splitmix64 (Steele, Lea, Flood 2014).
fn shuffle(order: &mut [ApplicationId], seed: &str) {
    let mut state = fnv1a(seed);
    for last in (1..order.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        let chosen = usize::try_from(mixed(state) % bound).unwrap_or(last);
        order.swap(last, chosen);
    }
}

fn mixed(state: u64) -> u64 {
    let first = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let second = (first ^ (first >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    second ^ (second >> 31)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): turns the recorded seed into a number.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}
