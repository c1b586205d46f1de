//! What the office does to its package folder out of tables and lists: asked for on a form, shown line by line, and done when confirmed.

use crate::{domain::text::Message, msg, tui::theme::Role};

/// One of these things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Applications out of tables.
    Applications,
    /// The roster out of a table.
    Roster,
    /// Attachments by their names.
    Attachments,
    /// Many changes out of one table.
    Changes,
    /// Recusals that the names suggest.
    Recusals,
    /// Who reads what.
    Readers,
    /// Reviewers drawn from a pool.
    Draw,
}

/// All of them, in the order in which an office needs them.
pub const TOOLS: [Tool; 7] =
    [Tool::Applications, Tool::Roster, Tool::Attachments, Tool::Changes, Tool::Recusals, Tool::Readers, Tool::Draw];

impl Tool {
    /// Its name.
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Self::Applications => msg!("tool-applications"),
            Self::Roster => msg!("tool-roster"),
            Self::Attachments => msg!("tool-attachments"),
            Self::Changes => msg!("tool-changes"),
            Self::Recusals => msg!("tool-recusals"),
            Self::Readers => msg!("tool-readers"),
            Self::Draw => msg!("tool-draw"),
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn note(self) -> Message {
        match self {
            Self::Applications => msg!("tool-note-applications"),
            Self::Roster => msg!("tool-note-roster"),
            Self::Attachments => msg!("tool-note-attachments"),
            Self::Changes => msg!("tool-note-changes"),
            Self::Recusals => msg!("tool-note-recusals"),
            Self::Readers => msg!("tool-note-readers"),
            Self::Draw => msg!("tool-note-draw"),
        }
    }

    /// What it asks for, and whether it can do without.
    #[must_use]
    pub fn questions(self) -> Vec<(Message, bool)> {
        match self {
            Self::Applications | Self::Roster | Self::Changes => vec![(msg!("fill-tables"), false)],
            Self::Attachments => vec![(msg!("fill-received"), false)],
            Self::Recusals => Vec::new(),
            Self::Readers => vec![(msg!("fill-per"), true)],
            Self::Draw => vec![
                (msg!("fill-pool"), false),
                (msg!("fill-count"), false),
                (msg!("fill-alternates"), true),
                (msg!("fill-seed"), false),
                (msg!("fill-witness"), false),
            ],
        }
    }
}

/// What is to be done, with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub tool: Tool,
    /// Answers to its questions, in their order.
    pub answers: Vec<String>,
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What.
    pub tool: Tool,
    /// Line by line.
    pub lines: Vec<PlanLine>,
    /// Errors that keep it from being done.
    pub errors: usize,
    /// Files that would be written.
    pub files: usize,
    /// Records that would be replaced, or leave.
    pub replaced: usize,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// How much it matters.
    pub role: Role,
    /// Whether it says more about the line above it.
    pub is_detail: bool,
    /// What it says.
    pub text: Message,
}
