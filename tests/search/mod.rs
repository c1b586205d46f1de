//! The search line: worked examples that a chair can read and dispute, and what must hold of every line.
//!
//! `desk.toml` is what the reviewer recorded and `figures.toml` what the chair sees; the other files ask. A case is a `query`, a
//! `viewer` (the reviewer where none is named) and what is expected: the `ids` in their order (`0001` for `sx-0001`), or the
//! `lines` with the heads of groups, or the `columns` at which the line is wrong, with the `errors` and what the first advice `says`.

mod asks;
mod builder;
mod examples;
mod help;
mod lines;
mod problems;

use std::sync::LazyLock;

use pingyi::{
    domain::{
        application::Application,
        panel::{Ground, Recusal, RecusalDecision, RecusalOrigin},
        sheet::Declaration,
        text::Bilingual,
        worklist,
    },
    search::{
        evaluate::{Tree, evaluate},
        facts::Facts,
        parse,
        problem::Problem,
        query::Query,
        scheme::{Choice, Scheme, Viewer},
    },
};
use serde::Deserialize;

use crate::support::{
    rules::{Worker, of},
    screens::SAMPLE,
};

/// A whole sheet of the sample's rubric that wants no comment; 89 points.
pub(crate) const WHOLE: [(&str, &str); 15] = [
    ("A1", "7.5"),
    ("A2", "7"),
    ("A3", "5.5"),
    ("A4", "7"),
    ("B1", "7.5"),
    ("B2", "5"),
    ("B3", "5.5"),
    ("C1", "7"),
    ("C2", "5"),
    ("C3", "4.5"),
    ("C4", "5.5"),
    ("O1", "6"),
    ("O2", "5.5"),
    ("O3", "6"),
    ("O4", "4.5"),
];

#[derive(Deserialize)]
struct Sheets {
    sheet: Vec<OneSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneSheet {
    application: String,
    #[serde(default)]
    scores: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    comments: std::collections::BTreeMap<String, String>,
    overall: Option<String>,
    conflict: Option<String>,
    declined: Option<String>,
    #[serde(default)]
    full: bool,
    #[serde(default)]
    submitted: bool,
}

#[derive(Deserialize)]
struct AllFigures {
    figures: Vec<Figures>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    application: String,
    total: String,
    mean: String,
    spread: String,
    sd: String,
    rank: String,
    #[serde(default)]
    tied: bool,
    #[serde(default)]
    coi: Vec<String>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    flags: Vec<String>,
}

/// One viewer's whole view: what can be asked, and the facts by number.
pub(crate) struct Sight {
    pub(crate) scheme: Scheme,
    pub(crate) facts: Vec<Facts>,
}

/// The desk of `desk.toml`.
pub(crate) fn worker() -> Worker {
    let mut package = SAMPLE.clone();
    package.recusals.push(Recusal {
        application: of("sx-0024"),
        person: of("R02"),
        origin: RecusalOrigin::Office,
        ground: Ground::Other,
        text: "示例".to_owned(),
        decision: RecusalDecision::Upheld,
        reason: String::new(),
        date: None,
    });
    let mut worker = Worker::opens(package, "R02");
    let sheets: Sheets = toml::from_str(include_str!("desk.toml")).unwrap();
    for sheet in sheets.sheet {
        record(&mut worker, &sheet);
    }
    worker
}

fn record(worker: &mut Worker, sheet: &OneSheet) {
    let id = sheet.application.as_str();
    let declaration = match (&sheet.conflict, &sheet.declined) {
        (Some(text), _) => Declaration::Conflict { ground: Ground::Other, text: text.clone() },
        (None, Some(reason)) => Declaration::Declined { reason: reason.clone() },
        (None, None) => Declaration::NoConflict,
    };
    worker.declares(id, Some(declaration)).unwrap();
    for (criterion, value) in &sheet.scores {
        worker.scores(id, criterion, value).unwrap();
    }
    for (criterion, value) in WHOLE.iter().filter(|_| sheet.full) {
        worker.scores(id, criterion, value).unwrap();
    }
    for (criterion, text) in &sheet.comments {
        worker.comments(id, Some(criterion), text).unwrap();
    }
    if let Some(text) = &sheet.overall {
        worker.comments(id, None, text).unwrap();
    }
    if sheet.submitted {
        worker.submits(id).unwrap();
    }
}

/// What the reviewer R02 sees.
pub(crate) static REVIEWER: LazyLock<Sight> = LazyLock::new(|| sight_of(&worker()));

/// What the reviewer at this desk sees.
pub(crate) fn sight_of(worker: &Worker) -> Sight {
    let (package, desk) = (&worker.package, &worker.desk);
    let scheme = Scheme::of(package, Viewer::Reviewer(desk.opening.as_ref().unwrap().reviewer.clone()));
    let mut rows = worklist::rows(package, desk);
    rows.sort_by(|one, other| one.application.cmp(&other.application));
    let application = |id| package.application(id).unwrap();
    let facts = rows.iter().map(|row| Facts::of_reviewer(package, desk, &scheme, application(&row.application), row)).collect();
    Sight { scheme, facts }
}

/// What the chair sees.
pub(crate) static CHAIR: LazyLock<Sight> = LazyLock::new(|| all_of(Viewer::Chair));
/// What the office sees.
pub(crate) static OFFICE: LazyLock<Sight> = LazyLock::new(|| all_of(Viewer::Office));

fn all_of(viewer: Viewer) -> Sight {
    let mut scheme = Scheme::of(&SAMPLE, viewer);
    let flag = |id: &str, zh: &str, en: &str| Choice::named(id, &Bilingual { zh: zh.to_owned(), en: en.to_owned() });
    scheme.flags = vec![flag("low", "畸低", "unusually low"), flag("high", "畸高", "unusually high")];
    let all: AllFigures = toml::from_str(include_str!("figures.toml")).unwrap();
    let facts = SAMPLE.applications.iter().map(|application| with_figures(&scheme, application, &all.figures)).collect();
    Sight { scheme, facts }
}

fn with_figures(scheme: &Scheme, application: &Application, all: &[Figures]) -> Facts {
    let mut facts = Facts::of(&SAMPLE, scheme, application);
    let Some(figures) = all.iter().find(|figures| figures.application == application.id.as_str()) else { return facts };
    let places = |choices: &[Choice], ids: &[String]| -> Vec<usize> {
        ids.iter().map(|id| choices.iter().position(|choice| choice.id == *id).unwrap_or_else(|| panic!("{id}"))).collect()
    };
    (facts.total, facts.mean, facts.spread) = (Some(of(&figures.total)), Some(of(&figures.mean)), Some(of(&figures.spread)));
    (facts.sd, facts.rank) = (Some(of(&figures.sd)), Some(of(&figures.rank)));
    facts.tied = Some(usize::from(!figures.tied));
    facts.coi = places(&scheme.people, &figures.coi);
    facts.missing = places(&scheme.people, &figures.missing);
    facts.flags = places(&scheme.flags, &figures.flags);
    facts
}

impl Sight {
    /// The view of a viewer by its name in the files.
    pub(crate) fn named(name: &str) -> &'static Self {
        match name {
            "reviewer" => &REVIEWER,
            "chair" => &CHAIR,
            "office" => &OFFICE,
            other => panic!("no viewer {other}"),
        }
    }

    pub(crate) fn parse(&self, line: &str) -> Result<Query, Vec<Problem>> {
        parse(line, &self.scheme)
    }

    /// What a line finds, as a tree.
    pub(crate) fn find(&self, query: &Query) -> Tree {
        evaluate(query, &self.facts, 0..self.facts.len())
    }

    /// What a line finds, by number without `sx-`.
    pub(crate) fn ids(&self, line: &str) -> Vec<String> {
        let query = self.parse(line).unwrap_or_else(|problems| panic!("{line}: {problems:?}"));
        self.names(&self.find(&query).rows())
    }

    pub(crate) fn names(&self, rows: &[usize]) -> Vec<String> {
        rows.iter().map(|at| self.facts[*at].application.as_str().trim_start_matches("sx-").to_owned()).collect()
    }
}
