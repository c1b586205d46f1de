//! Tables that every format of a report prints alike: a workbook has one sheet for each, a folder one CSV file, a JSON document one list.

use crate::{
    domain::text::{Bilingual, Language, Message},
    i18n,
    report::page::plain,
};

/// A table of a report.
#[derive(Debug, Clone)]
pub struct Table {
    /// Stable name.
    pub id: &'static str,
    /// Title for people.
    pub title: Message,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Stable name.
    pub id: String,
    /// Heading for people.
    pub heading: Cell,
    /// Width in a workbook, in digits of the usual font; a Chinese character takes two.
    pub width: u16,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text that is the same in every language, as it came from a file.
    Text(String),
    /// A text of a file that exists in both languages.
    Both(Bilingual),
    /// Words of the program.
    Say(Message),
    /// A number as it was worked out, with its decimal places: the very text of `results.json`.
    Figure(String),
}

impl Table {
    /// A table without rows yet. Each column has its stable name, its heading and its width.
    #[must_use]
    pub fn new(id: &'static str, title: Message, columns: Vec<(&str, Message, u16)>) -> Self {
        let column = |(id, heading, width): (&str, Message, u16)| Column { id: id.to_owned(), heading: Cell::Say(heading), width };
        Self { id, title, columns: columns.into_iter().map(column).collect(), rows: Vec::new() }
    }

    /// The same table with these rows.
    #[must_use]
    pub fn with(self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        Self { rows: rows.into_iter().collect(), ..self }
    }
}

impl Cell {
    /// A text, or nothing where it is empty.
    #[must_use]
    pub fn text(text: &(impl ToString + ?Sized)) -> Self {
        let text = text.to_string();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A number, or nothing.
    #[must_use]
    pub fn figure(figure: Option<impl ToString>) -> Self {
        figure.map_or(Self::Empty, |figure| Self::Figure(figure.to_string()))
    }

    /// A text of both languages, or nothing.
    #[must_use]
    pub fn both(text: Option<&Bilingual>) -> Self {
        text.map_or(Self::Empty, |text| Self::Both(text.clone()))
    }

    /// What is printed, with every hidden character made visible.
    #[must_use]
    pub fn print(&self, language: Language) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Figure(text) => plain(text),
            Self::Both(both) => plain(both.get(language)),
            Self::Say(message) => plain(&i18n::text(language, message)),
        }
    }

    /// Whether it stands at the right, digits below digits.
    #[must_use]
    pub const fn is_figure(&self) -> bool {
        matches!(self, Self::Figure(_))
    }
}
