//! What became of an application, in the words of its review: 拟揭榜 and 备选 belong to a call, 通过, 授牌 and 优 to the reviews whose
//! rubric gives a verdict by total (四(二), 五(二)).

use crate::{
    domain::{
        consolidate::{
            derivation::ApplicationResult,
            outcome::{self, Outcome},
        },
        ranking::{Place, Ranked, Ranking},
        rubric::{Band, ReviewKind, Rubric},
        text::Message,
    },
    msg,
};

/// The verdict that the total of `result` falls under; `None` where the review has no verdicts, or the total alone does not decide.
fn verdict<'a>(rubric: &'a Rubric, result: &ApplicationResult) -> Option<&'a Band> {
    let total = result.total.as_ref()?.figure.value();
    let decides = matches!(result.outcome, Outcome::Eligible | Outcome::BelowPass { .. });
    outcome::band(rubric, total).filter(|_| decides && rubric.has_verdicts())
}

/// The conclusion 结论 on `result`, whose row is `row` where it is ranked.
#[must_use]
pub fn words(rubric: &Rubric, result: &ApplicationResult, row: Option<&Ranked>) -> Message {
    match (row.map(|row| row.place), verdict(rubric, result)) {
        (Some(Place::Open(_)), _) => msg!("place-open"),
        (Some(_), Some(band)) => Message::new("conclusion-verdict").with_both("band", &band.title),
        (Some(Place::Winner), None) => msg!("place-winner"),
        (Some(Place::Reserve), None) => msg!("place-reserve"),
        (Some(Place::None), None) => msg!("place-ranked"),
        (None, Some(band)) => {
            Message::new("conclusion-verdict-why").with_both("band", &band.title).with_message("reason", result.outcome.reason(rubric))
        }
        (None, None) => result.outcome.reason(rubric),
    }
}

/// Whether the office recommends or announces `result` by its conclusion. A call names winners and reserve; where there are verdicts,
/// everybody is named who does not have the worst one, and every base whose performance was evaluated (结果公开, 五(二)).
#[must_use]
pub fn is_named(rubric: &Rubric, result: &ApplicationResult, row: Option<&Ranked>) -> bool {
    match (rubric.bands.last().filter(|_| rubric.has_verdicts()), rubric.kind) {
        (None, _) => row.is_some_and(|row| matches!(row.place, Place::Winner | Place::Reserve)),
        (Some(_), ReviewKind::Performance) => result.total.is_some(),
        (Some(worst), _) => verdict(rubric, result).is_some_and(|band| band.id != worst.id),
    }
}

/// Whether an item ends without a winner 流榜. Where there are verdicts nobody wins, so nobody is missing.
#[must_use]
pub fn is_without_winner(rubric: &Rubric, ranking: &Ranking) -> bool {
    !rubric.has_verdicts() && ranking.is_without_winner()
}
