//! The files of a package while they are read: which there are, what they hold, and what is wrong with them.

use std::{collections::BTreeMap, io};

use serde::de::DeserializeOwned;

use crate::{
    domain::{finding::Severity, names, text::Message},
    intake::{Problem, document, source::Source, table},
    msg,
};

/// Files whose name is fixed.
const FIXED: [&str; 9] = [
    "assignments.csv",
    "call.toml",
    "pledge.en.md",
    "pledge.zh-CN.md",
    "recusals.toml",
    "reference/codes.toml",
    "reference/existing-bases.toml",
    "reference/industry-map.toml",
    "roster.toml",
];

/// What a file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Fixed,
    Application,
    Attachment,
    /// Left by another program: of no use, and no harm.
    Litter,
    Unknown,
}

fn kind(name: &str) -> Kind {
    let file = name.rsplit('/').next().unwrap_or(name);
    let is_litter = file.starts_with('.')
        || file.starts_with("~$")
        || ["Thumbs.db", "desktop.ini"].contains(&file)
        || [".tmp", ".bak", "~"].iter().any(|end| file.ends_with(end));
    let parts = name.split('/').count();
    match name.split('/').next() {
        _ if is_litter => Kind::Litter,
        _ if FIXED.contains(&name) => Kind::Fixed,
        Some("applications") if parts == 2 && name.ends_with(".toml") => Kind::Application,
        Some("attachments") if parts == 3 => Kind::Attachment,
        _ => Kind::Unknown,
    }
}

pub(super) struct Reader<'a> {
    source: &'a dyn Source,
    names: Vec<String>,
    /// Texts that were read, for the places of later findings.
    pub(super) texts: BTreeMap<String, String>,
    /// Files that could not be understood; what refers to them is no mistake of its own.
    pub(super) broken: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a dyn Source) -> Self {
        let mut reader = Self { source, names: Vec::new(), texts: BTreeMap::new(), broken: Vec::new(), problems: Vec::new() };
        match source.names() {
            Ok(names) => reader.names = names,
            Err(cause) => reader.complain(".", msg!("err-cannot-list", cause = cause), msg!("rec-cannot-list")),
        }
        reader
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    pub(super) fn of_kind(&self, wanted: Kind) -> Vec<String> {
        self.names.iter().filter(|name| kind(name) == wanted).cloned().collect()
    }

    pub(super) fn digest(&self, name: &str) -> io::Result<(u64, String)> {
        self.source.digest(name)
    }

    pub(super) fn shipped(&self, id: &str) -> Option<Vec<u8>> {
        self.source.shipped_rubric(id)
    }

    /// The bytes of a file, or a problem.
    pub(super) fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        match self.source.read(name) {
            Ok(bytes) => Some(bytes),
            Err(cause) => {
                let (what, advice) = match cause.kind() {
                    io::ErrorKind::NotFound => (msg!("err-file-missing", file = name), msg!("rec-file-missing", file = name)),
                    _ => (msg!("err-cannot-read", file = name, cause = cause), msg!("rec-cannot-read")),
                };
                self.complain(name, what, advice);
                None
            }
        }
    }

    /// A text file as it is, or a problem. Without byte order mark, in UTF-8.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.read(name)?;
        let Ok(text) = String::from_utf8(bytes) else {
            self.complain(name, msg!("err-not-utf8", file = name), msg!("rec-not-utf8"));
            return None;
        };
        Some(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n"))
    }

    /// A TOML file as the type that it should be, or problems.
    pub(super) fn toml<T: DeserializeOwned + schemars::JsonSchema>(&mut self, name: &str) -> Option<T> {
        let bytes = self.read(name)?;
        self.toml_of(name, &bytes)
    }

    pub(super) fn toml_of<T: DeserializeOwned + schemars::JsonSchema>(&mut self, name: &str, bytes: &[u8]) -> Option<T> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.complain(name, msg!("err-not-utf8", file = name), msg!("rec-not-utf8"));
            return None;
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read = document::read(name, text);
        self.texts.insert(name.to_owned(), text.to_owned());
        match read {
            Ok(document) => Some(document),
            Err(problems) => {
                self.problems.extend(problems);
                self.broken.push(name.to_owned());
                None
            }
        }
    }

    pub(super) fn bytes_of(&self, name: &str) -> Vec<u8> {
        self.source.read(name).unwrap_or_default()
    }

    pub(super) fn complain(&mut self, file: &str, what: Message, advice: Message) {
        self.problems.push(table::problem(file, 1, 1, what, advice));
    }

    /// Tells of everything that is no part of a package. `rubric` is what the call names, where it could be read.
    pub(super) fn complain_of_strangers(&mut self, rubric: Option<&str>) {
        for name in self.of_kind(Kind::Litter) {
            let mut problem = table::problem(&name, 1, 1, msg!("warn-litter", file = &name), msg!("rec-litter"));
            problem.severity = Severity::Warning;
            self.problems.push(problem);
        }
        for name in self.of_kind(Kind::Unknown) {
            let is_rubric = rubric.map_or(!name.contains('/') && name.ends_with(".toml"), |rubric| rubric == name);
            if !is_rubric {
                let advice = match names::nearest(&name, FIXED.iter().copied()) {
                    Some(near) => msg!("rec-did-you-mean", near = near),
                    None => msg!("rec-stray-file"),
                };
                self.complain(&name, msg!("err-stray-file", file = &name), advice);
            }
        }
        for name in self.source.oddities().unwrap_or_default() {
            self.complain(&name, msg!("err-not-a-file", file = &name), msg!("rec-not-a-file"));
        }
    }

    /// The files that belong to the package.
    pub(super) fn belonging(&self) -> Vec<String> {
        let belongs = |name: &&String| !matches!(kind(name), Kind::Litter);
        self.names.iter().filter(belongs).cloned().collect()
    }

    /// All problems, by file and place.
    pub(super) fn sorted(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems.sort_by(|one, other| (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column)));
        problems
    }
}
