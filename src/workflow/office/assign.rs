//! Who reads what, worked out and written to `assignments.csv`; the seed stands in the call, so that anybody can repeat it.

use std::{collections::BTreeMap, path::Path};

use crate::{
    digest::sha256,
    domain::{
        assign::{self, Question, Shortage, Standing, loads},
        call::{Assigned, Call},
        conflict,
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::Assignment,
    },
    workflow::{
        StepError,
        office::{checked, planned, record, text_of, write},
        prepare,
        tables::plan::Planned,
    },
};

/// The file of the assignments.
const FILE: &str = "assignments.csv";

/// What is asked.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// Package folder.
    pub folder: &'a Path,
    /// Readers of each application; everybody who may where nothing is said.
    pub per: Option<u32>,
    /// What breaks ties; the call's id where nothing is said.
    pub seed: Option<&'a str>,
    /// Whether suggested conflicts do not count.
    pub ignore_suggested: bool,
}

/// What would be written.
#[derive(Debug)]
pub struct Preview {
    /// How it was worked out.
    pub assigned: Assigned,
    /// Everybody who scores, with the number of applications now and then, in roster order.
    pub loads: Vec<(PersonCode, usize, usize)>,
    /// Applications whose readers change: who comes, and who goes.
    pub changes: Vec<(ApplicationId, Vec<PersonCode>, Vec<PersonCode>)>,
    /// Number of pairs of application and reader.
    pub pairs: usize,
    /// Pairs in which the reader does not know the field.
    pub strangers: usize,
    /// Applications that nobody reads, because they failed the formal check.
    pub unscored: Vec<ApplicationId>,
    planned: Vec<Planned>,
}

impl Preview {
    /// Number of files that would be written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.planned.len()
    }

    /// Writes what the preview shows.
    ///
    /// # Errors
    /// When the folder changed since, or cannot be written; every file is then as before.
    pub fn take_in(&self, folder: &Path) -> Result<(), StepError> {
        write(folder, &self.planned).map(drop)
    }
}

/// Works out who reads what. Where some application cannot have its readers, the answer is who lacks whom.
///
/// # Errors
/// When the folder is not sound, now or with these assignments.
pub fn preview(order: &Order<'_>) -> Result<Result<Preview, Vec<Shortage>>, StepError> {
    let package = prepare::check(order.folder)?.package;
    let seed = order.seed.unwrap_or(package.call.id.as_str()).to_owned();
    let assigned = Assigned { seed, per: order.per, ignore_suggested: order.ignore_suggested };
    let question = question(&package, &assigned);
    let lines = match assign::assign(&question) {
        Ok(lines) => lines,
        Err(shortages) => return Ok(Err(shortages)),
    };
    let planned = plan(order.folder, &package, &assigned, &lines)?;
    checked(order.folder, &planned)?;
    let knows = |line: &&Assignment| {
        let standing = question.applications.get(&line.application).and_then(|people| people.get(&line.reviewer));
        matches!(standing, Some(Standing::Free { knows: false, .. }))
    };
    let is_unscored = |id: &ApplicationId| !package.is_scored(id);
    Ok(Ok(Preview {
        assigned,
        loads: load_lines(&package, &lines),
        changes: changes(&package, &lines),
        pairs: lines.len(),
        strangers: lines.iter().filter(knows).count(),
        unscored: package.applications.iter().map(|application| application.id.clone()).filter(is_unscored).collect(),
        planned,
    }))
}

/// The question that a package asks: everybody who scores, every application that is scored.
fn question(package: &Package, assigned: &Assigned) -> Question {
    let mut suggested: Vec<(&ApplicationId, &PersonCode)> = Vec::new();
    if !assigned.ignore_suggested {
        suggested.extend(conflict::undecided(package).into_iter().map(|one| (&one.application.id, &one.person.code)));
    }
    let mut applications = BTreeMap::new();
    for application in package.applications.iter().filter(|application| package.is_scored(&application.id)) {
        let mut people = BTreeMap::new();
        for person in package.roster.scoring() {
            let standing = if package.recusal(&application.id, &person.code).is_some() {
                Standing::Recused
            } else if suggested.contains(&(&application.id, &person.code)) {
                Standing::Suggested
            } else {
                let knows = assign::knows_field(person, application, &package.call, &package.codes);
                Standing::Free { knows, mark: mark(&assigned.seed, &application.id, &person.code) }
            };
            people.insert(person.code.clone(), standing);
        }
        applications.insert(application.id.clone(), people);
    }
    Question { applications, per: assigned.per.map(|per| per as usize) }
}

/// The first four bytes, as a number, of the SHA-256 of seed, application and reviewer with a slash between them.
fn mark(seed: &str, application: &ApplicationId, reviewer: &PersonCode) -> u32 {
    let digest = sha256(format!("{seed}/{application}/{reviewer}").as_bytes());
    digest.iter().take(4).fold(0, |mark, byte| (mark << 8) | u32::from(*byte))
}

/// The files that would be written: those whose content differs.
fn plan(folder: &Path, package: &Package, assigned: &Assigned, lines: &[Assignment]) -> Result<Vec<Planned>, StepError> {
    let mut call: Call = package.call.clone();
    call.panel.assigned = Some(assigned.clone());
    let (call_before, call_text) = text_of(folder, "call.toml", "")?;
    let call_text = if package.call == call { call_text } else { record::in_panel(&call_text, "assigned", &value(assigned), &call)? };
    let mut files = vec![with(folder, lines)?, planned(folder, "call.toml", call_before, call_text)];
    files.retain(|file| file.before.as_ref() != Some(&file.bytes));
    Ok(files)
}

/// `assignments.csv` with these lines.
///
/// # Errors
/// When the file that is there cannot be read.
pub(in crate::workflow) fn with(folder: &Path, lines: &[Assignment]) -> Result<Planned, StepError> {
    let mut text = String::from("application,reviewer\n");
    for line in lines {
        text.push_str(&format!("{},{}\n", line.application, line.reviewer));
    }
    let (before, _) = text_of(folder, FILE, "")?;
    Ok(planned(folder, FILE, before, text))
}

fn value(assigned: &Assigned) -> String {
    let mut parts = vec![format!("seed = {}", toml::Value::from(assigned.seed.as_str()))];
    parts.extend(assigned.per.map(|per| format!("per = {per}")));
    parts.extend(assigned.ignore_suggested.then(|| "ignore_suggested = true".to_owned()));
    format!("{{ {} }}", parts.join(", "))
}

fn load_lines(package: &Package, lines: &[Assignment]) -> Vec<(PersonCode, usize, usize)> {
    let then = loads(lines, package.roster.scoring().map(|person| &person.code));
    let row = |code: &PersonCode| (code.clone(), package.assigned_to(code).len(), then.get(code).copied().unwrap_or_default());
    package.roster.scoring().map(|person| row(&person.code)).collect()
}

fn changes(package: &Package, lines: &[Assignment]) -> Vec<(ApplicationId, Vec<PersonCode>, Vec<PersonCode>)> {
    let mut found = Vec::new();
    for application in &package.applications {
        let (mut come, mut go) = (Vec::new(), Vec::new());
        for person in package.roster.scoring() {
            let now = package.is_assigned(&application.id, &person.code);
            let then = lines.iter().any(|line| line.application == application.id && line.reviewer == person.code);
            match (now, then) {
                (false, true) => come.push(person.code.clone()),
                (true, false) => go.push(person.code.clone()),
                _ => {}
            }
        }
        if !(come.is_empty() && go.is_empty()) {
            found.push((application.id.clone(), come, go));
        }
    }
    found
}
