//! Findings of the domain at their places in the files.

use crate::{
    domain::{
        finding::Finding,
        text::{Message, Value},
    },
    intake::{
        Problem,
        package::{Positions, files::Reader},
        table,
        tree::Tree,
    },
};

/// Findings that only say that something is not there.
const OF_ABSENCE: [&str; 2] = ["err-application-unknown", "err-attachment-stray"];

impl Reader<'_> {
    /// Adds `findings`, each at its place. What only follows from a file that could not be read is left out: it is told of already.
    pub(super) fn place(&mut self, findings: Vec<Finding>, positions: &Option<Positions>) {
        for finding in findings.into_iter().filter(|finding| !self.follows_from_broken(finding)).collect::<Vec<_>>() {
            let problem = self.placed(finding, positions.as_ref());
            self.problems.push(problem);
        }
    }

    fn follows_from_broken(&self, finding: &Finding) -> bool {
        let names_it =
            |stem: &str| finding.what.args.iter().any(|(_, value)| matches!(value, Value::Plain(text) if text.eq_ignore_ascii_case(stem)));
        let mut stems = self.broken.iter().filter_map(|name| name.strip_prefix("applications/")?.strip_suffix(".toml"));
        OF_ABSENCE.contains(&finding.what.id) && stems.any(names_it)
    }

    fn placed(&self, finding: Finding, positions: Option<&Positions>) -> Problem {
        let (file, path) = finding.path.split_once('#').unwrap_or((finding.path.as_str(), ""));
        if let Some(problem) = positions.filter(|_| file == "assignments.csv").and_then(|positions| positions.place(path, &finding)) {
            return problem;
        }
        let text = self.texts.get(file).map(String::as_str);
        match text.map(|text| Tree::parse(file, text)) {
            Some(Ok(tree)) => tree.place(Finding { path: path.to_owned(), ..finding }),
            _ => {
                let problem = table::problem(file, 1, 1, finding.what, finding.advice);
                Problem { severity: finding.severity, ..problem }
            }
        }
    }

    /// A problem of its own at a key of a TOML file that was read.
    pub(super) fn complain_at(&mut self, file: &str, key: &str, what: Message, advice: Message) {
        let problem = self.placed(Finding::error(format!("{file}#{key}"), what, advice), None);
        self.problems.push(problem);
    }
}

impl Positions {
    /// The place of a path such as `[3].reviewer`.
    fn place(&self, path: &str, finding: &Finding) -> Option<Problem> {
        let (index, column) = path.strip_prefix('[')?.split_once(']')?;
        let row = self.table.rows.get(*self.rows.get(index.parse::<usize>().ok()?)?)?;
        let problem = self.table.problem(row, column.trim_start_matches('.'), finding.what.clone(), finding.advice.clone());
        Some(Problem { severity: finding.severity, ..problem })
    }
}
