//! Words for what stands at the table: conclusions, steps of the tie-break chain, standings, rulings, signatures.

use crate::{
    domain::{
        consolidate::{conclusion, derivation::ApplicationResult, input::Standing},
        decision::FlagRuling,
        ranking::Ranked,
        rubric::Rubric,
        table::act::Signature,
        text::Message,
    },
    insight::stability::Variation,
    msg,
    tui::theme::Role,
};

/// A step of the tie-break chain, with the title of what it compares.
#[must_use]
pub fn step(rubric: &Rubric, step: &str) -> Message {
    let dimension = |id: &str| rubric.dimensions.iter().find(|one| one.id.as_str() == id).map(|one| &one.title);
    let criterion = |id: &str| rubric.criteria.iter().find(|one| one.id.as_str() == id).map(|one| &one.title);
    match step.split_once(':') {
        Some(("dimension", id)) => msg!("step-dimension", id = id).with_both("title", dimension(id).unwrap_or(&rubric.title)),
        Some(("criterion", id)) => msg!("step-criterion", id = id).with_both("title", criterion(id).unwrap_or(&rubric.title)),
        _ => match step {
            "vote" => msg!("step-vote"),
            "chair" => msg!("step-chair"),
            "lot" => msg!("step-lot"),
            _ => msg!("step-untrimmed"),
        },
    }
}

/// What became of an application, with its rank and total where it is ranked; and its colour.
#[must_use]
pub fn conclusion(rubric: &Rubric, result: &ApplicationResult, row: Option<&Ranked>) -> (Role, Message) {
    let words = conclusion::words(rubric, result, row);
    match row {
        Some(row) => (Role::Ok, msg!("why-ranked", rank = row.rank, total = result.total_text()).with_message("place", words)),
        None => (Role::Warn, Message::new("why-unranked").with_message("reason", words)),
    }
}

/// Why a sheet does not count, or that it does.
#[must_use]
pub fn standing(standing: Standing) -> Message {
    match standing {
        Standing::Valid => msg!("standing-valid"),
        Standing::Recused => msg!("standing-recused"),
        Standing::Declined => msg!("standing-declined"),
        Standing::Void => msg!("standing-void"),
        Standing::Replaced => msg!("standing-replaced"),
    }
}

/// What the panel decided on a flag; `None` for nothing yet.
#[must_use]
pub fn ruling(ruling: Option<&FlagRuling>) -> Message {
    match ruling {
        None => msg!("ruling-none"),
        Some(FlagRuling::Uphold { .. }) => msg!("ruling-uphold"),
        Some(FlagRuling::ReScore { .. }) => msg!("ruling-rescore"),
        Some(FlagRuling::Void { .. }) => msg!("ruling-void"),
    }
}

/// How a member stands to the report; `None` for nothing said yet.
#[must_use]
pub fn signature(signature: Option<&Signature>) -> Message {
    match signature {
        None => msg!("signature-none"),
        Some(Signature::Signed) => msg!("signature-signed"),
        Some(Signature::Dissent { .. }) => msg!("signature-dissent"),
        Some(Signature::RefusedDeemedAgreement { .. }) => msg!("signature-refused"),
        Some(Signature::Absent) => msg!("signature-absent"),
    }
}

/// Another way to have counted.
#[must_use]
pub fn variation(variation: &Variation) -> Message {
    match variation {
        Variation::Without(code) => msg!("variation-without", code = code),
        Variation::Method("median") => msg!("variation-median"),
        Variation::Method("mean") => msg!("variation-mean"),
        Variation::Method(_) => msg!("variation-trimmed"),
    }
}
