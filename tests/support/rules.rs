//! A small sound package, and short ways to change it and to work on it.
//!
//! Two items; four applications: `sx-0001` and `sx-0002` answer `t1`, `sx-0003` and `sx-0004` answer `t2`. Five scoring members
//! `R01` (chair) to `R05`, one alternate `R06`, office `O01`, supervisor `S01`. Every scoring member reads everything.

use std::{fmt::Debug, str::FromStr};

use pingyi::domain::{
    application::Application,
    call::{Call, Mode},
    change::{Change, Entry, Opening},
    desk::{Desk, Refusal},
    finding::{Finding, Severity},
    ids::{ApplicationId, CriterionId},
    number::Points,
    package::{Attachment, Package},
    panel::{Pledge, Roster},
    reference::{Codes, ExistingBases, IndustryMap},
    rubric::Rubric,
    sheet::{Cell, Declaration, Sheet, Status},
    text::Bilingual,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Anything that is written as text: an id, points, a day, a moment.
pub(crate) fn of<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

pub(crate) fn points(text: &str) -> Points {
    of(text)
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).unwrap()
}

/// Total 100: A 40 (A1 10, A2 2 × 15), B 30 (B1 20, B2 10, both spread N/A), C 30 (C1 20 by fours, N/A is nought; C2 10
/// computed; X1 advisory).
pub(crate) fn rubric() -> Rubric {
    read(include_str!("rules/rubric.toml"))
}

pub(crate) fn call() -> Call {
    read(include_str!("rules/call.toml"))
}

pub(crate) fn roster() -> Roster {
    read(include_str!("rules/roster.toml"))
}

pub(crate) fn codes() -> Codes {
    read(include_str!("rules/codes.toml"))
}

pub(crate) fn map() -> IndustryMap {
    read(include_str!("rules/industry-map.toml"))
}

pub(crate) fn bases() -> ExistingBases {
    read(include_str!("rules/existing-bases.toml"))
}

/// The application `sx-0001` of item `t1`, complete.
pub(crate) fn application() -> Application {
    read(include_str!("rules/application.toml"))
}

/// Another complete application. Its cost lines carry its own id, so that no two applications claim the same one.
pub(crate) fn application_as(id: &str, item: &str) -> Application {
    let mut application = Application { id: of(id), item: of(item), ..application() };
    application.applicant.name = format!("示例学院{id}");
    application.title.zh = format!("示例基地{id}");
    for cost in &mut application.costs {
        cost.name = format!("{}{id}", cost.name);
    }
    application
}

/// The whole package; [`pingyi::domain::load::check`] finds nothing wrong with it.
pub(crate) fn package() -> Package {
    let applications =
        vec![application(), application_as("sx-0002", "t1"), application_as("sx-0003", "t2"), application_as("sx-0004", "t2")];
    let attachment = |application: &Application| Attachment {
        application: application.id.clone(),
        file: "plan.pdf".to_owned(),
        size: 1024,
        sha256: "0".repeat(64),
    };
    Package {
        attachments: applications.iter().map(attachment).collect(),
        call: call(),
        rubric: rubric(),
        roster: roster(),
        assignments: Vec::new(),
        recusals: Vec::new(),
        map: map(),
        bases: bases(),
        codes: codes(),
        applications,
        pledge: Pledge { text: Bilingual { zh: "本人承诺独立评审。".to_owned(), en: "I will review independently.".to_owned() } },
    }
}

/// `document` with the value at `path` (keys and 0-based indices, as in a [`Finding`]) replaced, or removed where `value` is null.
pub(crate) fn edited<T: Serialize + DeserializeOwned>(document: &T, path: &str, value: Value) -> T {
    let mut whole = serde_json::to_value(document).unwrap();
    set(&mut whole, path, value);
    serde_json::from_value(whole).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn set(whole: &mut Value, path: &str, value: Value) {
    let steps: Vec<&str> = path.split(['.', '[', ']']).filter(|step| !step.is_empty()).collect();
    let (last, above) = steps.split_last().unwrap();
    let mut here = whole;
    for step in above {
        here = match step.parse::<usize>() {
            Ok(index) => here.get_mut(index).unwrap_or_else(|| panic!("no {step} in {path}")),
            Err(_) => here.as_object_mut().unwrap().entry(*step).or_insert_with(|| Value::Object(serde_json::Map::new())),
        };
    }
    match (last.parse::<usize>(), here) {
        (Ok(index), Value::Array(entries)) if value.is_null() => drop(entries.remove(index)),
        (Ok(index), Value::Array(entries)) if index == entries.len() => entries.push(value),
        (Ok(index), Value::Array(entries)) => entries[index] = value,
        (_, Value::Object(group)) if value.is_null() => drop(group.remove(*last)),
        (_, Value::Object(group)) => drop(group.insert((*last).to_owned(), value)),
        (_, other) => panic!("{path} ends in {other}"),
    }
}

/// A sheet without conflict: `("A1", "8")` is a score, `("A1", "na")` is N/A.
pub(crate) fn sheet(cells: &[(&str, &str)]) -> Sheet {
    let cells = cells.iter().map(|(criterion, text)| (of(criterion), cell(text))).collect();
    Sheet { declaration: Some(Declaration::NoConflict), cells, ..Sheet::default() }
}

/// The cell that `text` stands for: `na`, an empty text for blank, or points.
pub(crate) fn cell(text: &str) -> Cell {
    match text {
        "" => Cell::Blank,
        "na" => Cell::NotApplicable { reason: "不涉及".to_owned() },
        text => Cell::Scored { value: points(text) },
    }
}

/// A full sheet of the sample rubric: 74.5 points by hand and 7.5 computed, 82 in all.
pub(crate) const FULL: [(&str, &str); 6] = [("A1", "8.5"), ("A2", "12"), ("B1", "18"), ("B2", "8"), ("C1", "16"), ("X1", "4")];

/// The paths of the findings of at least `severity`, sorted, each once.
pub(crate) fn paths(findings: &[Finding], severity: Severity) -> Vec<String> {
    let mut paths: Vec<String> =
        findings.iter().filter(|finding| finding.severity >= severity).map(|finding| finding.path.clone()).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// A reviewer at work: the package, and the desk that grows with every admitted change.
pub(crate) struct Worker {
    pub(crate) package: Package,
    pub(crate) desk: Desk,
}

impl Worker {
    /// `reviewer` has just opened `package`.
    pub(crate) fn opens(package: Package, reviewer: &str) -> Self {
        let opening = Opening {
            schema: 1,
            workspace: "0".repeat(32),
            call: package.call.id.clone(),
            panel: package.call.panel.id.clone(),
            mode: Mode::Rehearsal,
            package: "1".repeat(64),
            revision: 1,
            reviewer: of(reviewer),
            order_seed: "seed".to_owned(),
            table: false,
        };
        let desk = Desk::replay([entry(0, reviewer, Change::Open(opening))]).unwrap();
        Self { package, desk }
    }

    /// `R02` has just opened the sample package.
    pub(crate) fn sits_down() -> Self {
        Self::opens(package(), "R02")
    }

    fn reviewer(&self) -> String {
        self.desk.opening.as_ref().unwrap().reviewer.to_string()
    }

    /// Makes `change` if it is admitted.
    pub(crate) fn does(&mut self, change: Change) -> Result<(), Refusal> {
        self.desk.admit(&self.package, &change)?;
        self.records(change);
        Ok(())
    }

    /// Records `change` without asking whether it is admitted.
    pub(crate) fn records(&mut self, change: Change) {
        let entry = entry(self.desk.next_seq(), &self.reviewer(), change);
        self.desk.apply(entry).unwrap();
    }

    pub(crate) fn declares(&mut self, application: &str, after: Option<Declaration>) -> Result<(), Refusal> {
        let before = self.desk.sheet(&of(application)).declaration;
        self.does(Change::Declare { application: of(application), before, after })
    }

    pub(crate) fn has_no_conflict(&mut self, application: &str) {
        self.declares(application, Some(Declaration::NoConflict)).unwrap();
    }

    /// Sets a cell; see [`cell`] for `text`.
    pub(crate) fn scores(&mut self, application: &str, criterion: &str, text: &str) -> Result<(), Refusal> {
        let change = self.scoring(application, criterion, cell(text));
        self.does(change)
    }

    /// The change that sets a cell, from its present value.
    pub(crate) fn scoring(&self, application: &str, criterion: &str, after: Cell) -> Change {
        let (application, criterion): (ApplicationId, CriterionId) = (of(application), of(criterion));
        let before = self.desk.sheet(&application).cell(&criterion);
        Change::Score { application, criterion, before, after }
    }

    pub(crate) fn comments(&mut self, application: &str, criterion: Option<&str>, after: &str) -> Result<(), Refusal> {
        let sheet = self.desk.sheet(&of(application));
        let criterion: Option<CriterionId> = criterion.map(of);
        let before = criterion.as_ref().map_or(sheet.overall.clone(), |id| sheet.comment(id).to_owned());
        self.does(Change::Comment { application: of(application), criterion, before, after: after.to_owned() })
    }

    pub(crate) fn submits(&mut self, application: &str) -> Result<(), Refusal> {
        let before = self.desk.sheet(&of(application)).status;
        self.does(Change::Submit { application: of(application), before, after: Status::Submitted })
    }

    pub(crate) fn takes_back(&mut self, application: &str) -> Result<(), Refusal> {
        let before = self.desk.sheet(&of(application)).status;
        self.does(Change::Submit { application: of(application), before, after: Status::Draft })
    }

    /// Declares no conflict and fills the whole sheet.
    pub(crate) fn fills(&mut self, application: &str) {
        self.has_no_conflict(application);
        for (criterion, text) in FULL {
            self.scores(application, criterion, text).unwrap();
        }
    }

    /// Takes the last change back; `false` when there is none.
    pub(crate) fn undoes(&mut self) -> bool {
        let step = self.desk.undo_step();
        self.follows(step)
    }

    /// Makes the last undone change again; `false` when there is none.
    pub(crate) fn redoes(&mut self) -> bool {
        let step = self.desk.redo_step();
        self.follows(step)
    }

    fn follows(&mut self, step: Option<(Change, pingyi::domain::change::Link)>) -> bool {
        let Some((change, link)) = step else { return false };
        let entry = Entry { link: Some(link), ..entry(self.desk.next_seq(), &self.reviewer(), change) };
        self.desk.apply(entry).unwrap();
        true
    }
}

/// An entry without link, claimed at the opening of the session.
pub(crate) fn entry(seq: u64, writer: &str, change: Change) -> Entry {
    Entry { seq, time: of("2026-03-16T09:30:00+08:00"), writer: of(writer), change, link: None }
}
