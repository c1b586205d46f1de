//! Where findings go, and which file they are in.

use crate::domain::{application::Application, call::Call, finding::Finding, text::Message};

/// Version of the file formats that this program reads and writes.
pub(super) const SCHEMA: u32 = 1;

/// One file of the package folder while it is checked.
pub(super) struct File<'a> {
    name: String,
    out: &'a mut Vec<Finding>,
}

impl<'a> File<'a> {
    pub(super) fn new(name: impl Into<String>, out: &'a mut Vec<Finding>) -> Self {
        Self { name: name.into(), out }
    }

    pub(super) fn error(&mut self, path: &str, what: Message, advice: Message) {
        self.out.push(Finding::error(format!("{}#{path}", self.name), what, advice));
    }

    pub(super) fn warning(&mut self, path: &str, what: Message, advice: Message) {
        self.out.push(Finding::warning(format!("{}#{path}", self.name), what, advice));
    }

    pub(super) fn note(&mut self, path: &str, what: Message, advice: Message) {
        self.out.push(Finding::note(format!("{}#{path}", self.name), what, advice));
    }

    /// The version of the file is ours.
    pub(super) fn check_schema(&mut self, found: u32) {
        if found != SCHEMA {
            self.error("schema", crate::msg!("err-schema", found = found, known = SCHEMA), crate::msg!("rec-schema"));
        }
    }

    /// No id stands twice; ids that differ only in case count as equal, because file names do.
    pub(super) fn check_unique<'b>(&mut self, ids: impl Iterator<Item = (String, &'b str)>) {
        let mut seen = std::collections::BTreeMap::new();
        for (path, id) in ids {
            match seen.get(&id.to_ascii_lowercase()) {
                Some(first) => self.error(&path, crate::msg!("err-duplicate", id = id, first = first), crate::msg!("rec-duplicate")),
                None => drop(seen.insert(id.to_ascii_lowercase(), path)),
            }
        }
    }
}

/// Name of the file an application stands in.
pub(super) fn application_name(application: &Application) -> String {
    format!("applications/{}.toml", application.id.file_stem())
}

/// Name of the rubric's file: one in the package folder, or a shipped one.
pub(super) fn rubric_name(call: &Call) -> String {
    if call.rubric.ends_with(".toml") { call.rubric.clone() } else { format!("rubrics/{}.toml", call.rubric) }
}
