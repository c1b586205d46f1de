//! A change in words, for the journal and for what undo says.

use crate::{
    domain::{
        change::Change,
        ids::CriterionId,
        panel::Ground,
        sheet::{Cell, Declaration, Status},
        table,
        text::Message,
    },
    msg,
};

/// What happened, in one sentence without who and when.
#[must_use]
pub fn change(change: &Change) -> Message {
    match change {
        Change::Open(opening) => msg!("did-open", package = opening.package.get(..12).unwrap_or_default(), revision = opening.revision),
        Change::Revise { revision, .. } => msg!("did-revise", revision = revision),
        Change::Pledge { .. } => msg!("did-pledge"),
        Change::Declare { application, after, .. } => match after {
            None => msg!("did-undeclare", application = application),
            Some(Declaration::NoConflict) => msg!("did-declare", application = application),
            Some(Declaration::Conflict { text, .. }) => msg!("did-recuse", application = application, text = text),
            Some(Declaration::Declined { reason }) => msg!("did-decline", application = application, text = reason),
        },
        Change::Score { application, criterion, before, after } => msg!("did-score", application = application, criterion = criterion)
            .with_message("before", cell(before))
            .with_message("after", cell(after)),
        Change::Comment { application, criterion, after, .. } => {
            let on = criterion.as_ref().map_or(msg!("on-overall"), on_criterion);
            msg!("did-comment", application = application, length = after.chars().count()).with_message("on", on)
        }
        Change::Submit { application, after: Status::Submitted, .. } => msg!("did-submit", application = application),
        Change::Submit { application, after: Status::Draft, .. } => msg!("did-withdraw", application = application),
        Change::Group { changes } => {
            let application = change.application().map(ToString::to_string).unwrap_or_default();
            msg!("did-group", application = application, count = changes.len())
        }
        Change::Asked(asked) => msg!("did-asked", revision = asked.revision, applications = asked.request.applications()),
        Change::Table(act) => table::telling::act(act),
        Change::Export { revision, file, .. } => msg!("did-export", revision = revision, file = file),
    }
}

fn on_criterion(id: &CriterionId) -> Message {
    msg!("on-criterion", criterion = id)
}

/// A cell in words.
#[must_use]
pub fn cell(cell: &Cell) -> Message {
    match cell {
        Cell::Blank => msg!("cell-blank"),
        Cell::Scored { value } => msg!("cell-points", points = value),
        Cell::NotApplicable { .. } => msg!("cell-na"),
    }
}

/// A ground of a recusal in words.
#[must_use]
pub fn ground(ground: Ground) -> Message {
    match ground {
        Ground::Employment => msg!("ground-employment"),
        Ground::Director => msg!("ground-director"),
        Ground::Owner => msg!("ground-owner"),
        Ground::Kinship => msg!("ground-kinship"),
        Ground::SameEntity => msg!("ground-same-entity"),
        Ground::OwnApplication => msg!("ground-own-application"),
        Ground::Participant => msg!("ground-participant"),
        Ground::Other => msg!("ground-other"),
    }
}
