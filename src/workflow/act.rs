//! One act on a sheet, whether it came from a command, from a line of a batch or from a table.
//!
//! ```text
//! set APP CRIT VALUE          comment APP CRIT TEXT        na APP CRIT REASON       declare APP
//! recuse APP GROUND TEXT      decline APP REASON           submit APP               withdraw APP        undo   redo
//! ```
//! In texts, `\n` stands for a new line and `\\` for a backslash.

use crate::{
    domain::{
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
        let change = match self {
            Self::Undo => return session.undo(now),
            Self::Redo => return session.redo(now),
            Self::Cell(application, criterion, cell) => session.desk().set_cell(application, criterion, cell.clone()),
            Self::Comment(application, criterion, text) => session.desk().set_comment(application, criterion.as_ref(), text),
            Self::Declare(application, declaration) => session.desk().set_declaration(application, Some(declaration.clone())),
            Self::Status(application, status) => session.desk().set_status(application, *status),
        };
        session.record(change, now)
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

/// The acts of a line of a score table: the conflict question is answered first, where it is still open.
#[must_use]
pub fn of_line(session: &Session, line: &ScoreLine) -> Vec<Act> {
    let id = &line.application;
    let mut acts = Vec::new();
    let declare = |declaration| Act::Declare(id.clone(), declaration);
    let is_open = session.desk().sheet(id).declaration.is_none();
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
