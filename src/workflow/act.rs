//! One act on a sheet, whether it came from a command, from a line of a batch or from a table.
//!
//! ```text
//! set APP CRIT VALUE          comment APP CRIT TEXT        na APP CRIT REASON       declare APP
//! recuse APP GROUND TEXT      decline APP REASON           submit APP               withdraw APP        undo   redo
//! ```
//! In texts, `\n` stands for a new line and `\\` for a backslash.

use crate::{
    domain::{
        change::{Change, Entry},
        desk::{Desk, Refusal},
        ids::{ApplicationId, CriterionId},
        number::Points,
        panel::Ground,
        sheet::{Cell, Declaration, Status},
        time::Moment,
    },
    intake::scores::{self, Says, ScoreLine},
    workflow::{
        StepError,
        session::{Recorded, Session},
    },
};

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A cell becomes this.
    Cell(ApplicationId, CriterionId, Cell),
    /// A comment becomes this; `None` for the comment on the whole.
    Comment(ApplicationId, Option<CriterionId>, String),
    /// The conflict question is answered.
    Declare(ApplicationId, Declaration),
    /// A sheet is handed in or taken back.
    Status(ApplicationId, Status),
    /// The last change is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
}

impl Act {
    /// A score; `-` clears the cell.
    ///
    /// # Errors
    /// Something typed is not what it should be.
    pub fn set(application: &str, criterion: &str, value: &str) -> Result<Self, StepError> {
        let cell = match value {
            "-" => Cell::Blank,
            digits => {
                let value: Points = digits.parse().map_err(|why| StepError::NotPoints { found: digits.to_owned(), why })?;
                Cell::Scored { value }
            }
        };
        Ok(Self::Cell(application_id(application)?, criterion_id(criterion)?, cell))
    }

    /// A comment; `overall` is the comment on the whole.
    ///
    /// # Errors
    /// Something typed is not what it should be.
    pub fn comment(application: &str, criterion: &str, text: String) -> Result<Self, StepError> {
        let criterion = if criterion == "overall" { None } else { Some(criterion_id(criterion)?) };
        Ok(Self::Comment(application_id(application)?, criterion, text))
    }

    /// 不适用.
    ///
    /// # Errors
    /// Something typed is not what it should be.
    pub fn na(application: &str, criterion: &str, reason: String) -> Result<Self, StepError> {
        Ok(Self::Cell(application_id(application)?, criterion_id(criterion)?, Cell::NotApplicable { reason }))
    }

    /// 回避.
    ///
    /// # Errors
    /// Something typed is not what it should be.
    pub fn recuse(application: &str, ground: Ground, text: String) -> Result<Self, StepError> {
        Ok(Self::Declare(application_id(application)?, Declaration::Conflict { ground, text }))
    }

    /// Does it; returns only when it is durable.
    ///
    /// # Errors
    /// The rule that refuses it, or why it could not be saved.
    pub fn perform(&self, session: &mut Session, now: &Moment) -> Result<Recorded, StepError> {
        match self {
            Self::Undo => session.undo(now),
            Self::Redo => session.redo(now),
            _ => {
                let change = self.change(session.desk());
                if let (None, Some((application, criterion))) = (&change, self.place()) {
                    // Nothing to change is no answer to somebody who mistyped.
                    session.desk().admit_place(session.package(), application, criterion)?;
                }
                session.record(change, now)
            }
        }
    }

    /// The application, and the criterion where there is one.
    const fn place(&self) -> Option<(&ApplicationId, Option<&CriterionId>)> {
        match self {
            Self::Cell(application, criterion, _) => Some((application, Some(criterion))),
            Self::Comment(application, criterion, _) => Some((application, criterion.as_ref())),
            Self::Declare(application, _) | Self::Status(application, _) => Some((application, None)),
            Self::Undo | Self::Redo => None,
        }
    }

    /// The change that it makes on `desk`; `None` where nothing has to change. What undo and redo do depends on what came before.
    fn change(&self, desk: &Desk) -> Option<Change> {
        match self {
            Self::Undo => desk.undo_step().map(|(change, _)| change),
            Self::Redo => desk.redo_step().map(|(change, _)| change),
            Self::Cell(application, criterion, cell) => desk.set_cell(application, criterion, cell.clone()),
            Self::Comment(application, criterion, text) => desk.set_comment(application, criterion.as_ref(), text),
            Self::Declare(application, declaration) => desk.set_declaration(application, Some(declaration.clone())),
            Self::Status(application, status) => desk.set_status(application, *status),
        }
    }
}

/// An application as typed.
///
/// # Errors
/// It is no identifier.
pub fn application_id(text: &str) -> Result<ApplicationId, StepError> {
    text.parse().map_err(StepError::BadId)
}

/// A criterion as typed.
///
/// # Errors
/// It is no identifier.
pub fn criterion_id(text: &str) -> Result<CriterionId, StepError> {
    text.parse().map_err(StepError::BadId)
}

/// The act of one line of a batch.
///
/// # Errors
/// It is none of the commands, or something in it is not what it should be.
pub fn parse(line: &str) -> Result<Act, StepError> {
    let bad = || StepError::Command(line.to_owned());
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let two = || rest.split_once(' ').ok_or_else(bad);
    let three = || {
        let (first, rest) = rest.split_once(' ').ok_or_else(bad)?;
        let (second, third) = rest.split_once(' ').unwrap_or((rest, ""));
        Ok::<_, StepError>((first, second, third))
    };
    match verb {
        "set" => three().and_then(|(application, criterion, value)| Act::set(application, criterion, value)),
        "comment" => three().and_then(|(application, criterion, text)| Act::comment(application, criterion, unescape(text))),
        "na" => three().and_then(|(application, criterion, reason)| Act::na(application, criterion, unescape(reason))),
        "declare" => Ok(Act::Declare(application_id(rest)?, Declaration::NoConflict)),
        "recuse" => {
            let (application, ground, text) = three()?;
            let ground = scores::ground(ground).ok_or_else(bad)?;
            Act::recuse(application, ground, unescape(text))
        }
        "decline" => {
            let (application, reason) = two()?;
            Ok(Act::Declare(application_id(application)?, Declaration::Declined { reason: unescape(reason) }))
        }
        "submit" => Ok(Act::Status(application_id(rest)?, Status::Submitted)),
        "withdraw" => Ok(Act::Status(application_id(rest)?, Status::Draft)),
        "undo" => Ok(Act::Undo),
        "redo" => Ok(Act::Redo),
        _ => Err(bad()),
    }
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (c, c == '\\') {
            (_, false) => plain.push(c),
            (_, true) => match characters.next() {
                Some('n') => plain.push('\n'),
                Some('\\') | None => plain.push('\\'),
                Some(other) => plain.extend(['\\', other]),
            },
        }
    }
    plain
}

/// What a table of scores would do.
#[derive(Debug, Default)]
pub struct Trial {
    /// The acts that change something, in order.
    pub acts: Vec<Act>,
    /// Lines that a rule refuses, by their number in the file, and why.
    pub refused: Vec<(usize, StepError)>,
}

/// Does the lines on a copy of the desk, so that a table is taken in whole or not at all. A line that is refused does not keep the
/// others from being tried: whoever mends the table wants to hear of all of them.
#[must_use]
pub fn try_lines(session: &Session, lines: &[ScoreLine], now: &Moment) -> Trial {
    let mut desk = session.desk().clone();
    let mut trial = Trial::default();
    for line in lines {
        for act in of_line(&desk, line) {
            let Some(change) = act.change(&desk) else {
                let unknown = act.place().and_then(|(id, criterion)| desk.admit_place(session.package(), id, criterion).err());
                trial.refused.extend(unknown.map(|refusal| (line.line, refusal.into())));
                continue;
            };
            let entry = Entry { seq: desk.next_seq(), time: now.clone(), writer: session.reviewer().clone(), change, link: None };
            match session.admit(&desk, &entry.change).and_then(|()| desk.apply(entry).map_err(|_| Refusal::Stale.into())) {
                Ok(()) => trial.acts.push(act),
                Err(refusal) => trial.refused.push((line.line, refusal)),
            }
        }
    }
    trial
}

/// The acts of a line of a score table: the conflict question is answered first, where it is still open.
#[must_use]
pub fn of_line(desk: &Desk, line: &ScoreLine) -> Vec<Act> {
    let id = &line.application;
    let mut acts = Vec::new();
    let declare = |declaration| Act::Declare(id.clone(), declaration);
    let is_open = desk.sheet(id).declaration.is_none();
    let (criterion, cell) = match &line.says {
        Says::Recused(ground, text) => return vec![declare(Declaration::Conflict { ground: *ground, text: text.clone() })],
        Says::Declined(reason) => return vec![declare(Declaration::Declined { reason: reason.clone() })],
        Says::Scored(criterion, value) => (Some(criterion), Some(Cell::Scored { value: *value })),
        Says::NotApplicable(criterion, reason) => (Some(criterion), Some(Cell::NotApplicable { reason: reason.clone() })),
        Says::Comment(criterion) => (criterion.as_ref(), None),
    };
    if is_open {
        acts.push(declare(Declaration::NoConflict));
    }
    if let (Some(criterion), Some(cell)) = (criterion, cell) {
        acts.push(Act::Cell(id.clone(), criterion.clone(), cell));
    }
    if !line.comment.is_empty() {
        acts.push(Act::Comment(id.clone(), criterion.cloned(), line.comment.clone()));
    }
    acts
}
