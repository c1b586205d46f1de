//! From the table to the engine: which sheets count, and what the panel recorded about them.

use std::collections::BTreeMap;

use crate::domain::{
    application::Application,
    call::Item,
    consolidate::{
        derivation::ItemResult,
        input::{ApplicationInput, ItemInput, SheetInput, Source, Standing},
        items,
        trouble::Trouble,
    },
    desk::Desk,
    formal::{self, FormalOutcome},
    ids::{ApplicationId, PersonCode},
    package::Package,
    ranking::{ChairRuling, TieRecord, draw},
    sheet::{Declaration, Sheet, Status},
    table::{Table, act::Removal, seat},
    total::sheet_total,
};

/// What one reviewer handed in: the digest of the bundle or of the paper sheets, and the sheets in it.
#[derive(Debug, Clone)]
pub struct Submission {
    /// SHA-256 of the bundle's tag manifest, or of the canonical entry of sheets from paper.
    pub bundle: String,
    /// The sheets.
    pub desk: Desk,
}

/// The submissions that count, by reviewer.
pub type Submissions = BTreeMap<PersonCode, Submission>;

/// A sheet that should be here and is not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// From whom.
    pub reviewer: PersonCode,
    /// On which application.
    pub application: ApplicationId,
}

/// The present figures of all items, in the order of the notice.
///
/// # Errors
/// [`Trouble`]: nothing is guessed and nothing left out.
pub fn results(
    package: &Package,
    table: &Table,
    given: &Submissions,
    sha256: &dyn Fn(&[u8]) -> [u8; 32],
) -> Result<Vec<ItemResult>, Trouble> {
    let inputs: Vec<ItemInput> = package.call.items.iter().map(|item| item_input(package, table, given, item, sha256)).collect();
    items(&package.rubric, &inputs)
}

/// Sheets that should be here and are not, by reviewer. A member who is out owes none; whoever took the place owes them.
#[must_use]
pub fn missing(package: &Package, table: &Table, given: &Submissions) -> Vec<Missing> {
    let mut found = Vec::new();
    for person in seat::members(package, table) {
        for application in table.owes(package, &person.code) {
            // A bundle has every sheet of its reviewer; what was taken over with a place may come later.
            let own = package.is_assigned(&application.id, &person.code);
            let is_here = |submission: &Submission| own || submission.desk.sheets.contains_key(&application.id);
            if !given.get(&person.code).is_some_and(is_here) {
                found.push(Missing { reviewer: person.code.clone(), application: application.id.clone() });
            }
        }
    }
    found
}

fn item_input(package: &Package, table: &Table, given: &Submissions, item: &Item, sha256: &dyn Fn(&[u8]) -> [u8; 32]) -> ItemInput {
    let applications: Vec<&Application> = package.applications_of(&item.id).collect();
    let bundles = given.values().map(|submission| submission.bundle.as_str());
    let lot = draw(&item.id, bundles, applications.iter().map(|application| &application.id), sha256);
    let votes = |id: &ApplicationId| table.tie_votes.get(id).map(|vote| (id.clone(), vote.votes));
    let chair = table.tie_rulings.get(&item.id).map(|ruling| ChairRuling { order: ruling.order.clone(), reason: ruling.reason.clone() });
    ItemInput {
        id: item.id.clone(),
        winners: item.winners,
        candidates_max: item.candidates_max,
        ties: TieRecord {
            votes: applications.iter().filter_map(|application| votes(&application.id)).collect(),
            chair: chair.into_iter().collect(),
        },
        lot,
        applications: applications.into_iter().map(|application| application_input(package, table, given, application)).collect(),
    }
}

fn application_input(package: &Package, table: &Table, given: &Submissions, application: &Application) -> ApplicationInput {
    let formal = formal::check(&package.rubric, application);
    let failed_gates = if formal.outcome == FormalOutcome::Fail {
        formal.lines.iter().filter(|line| line.outcome == FormalOutcome::Fail).map(|line| line.gate.clone()).collect()
    } else {
        Vec::new()
    };
    let id = &application.id;
    let sheets = given.iter().filter_map(|(reviewer, submission)| sheet_input(package, table, reviewer, submission, application));
    let mut input = ApplicationInput {
        id: id.clone(),
        failed_gates,
        vetoes: table.vetoes.keys().filter(|(application, _)| application == id).map(|(_, veto)| veto.clone()).collect(),
        sheets: sheets.collect(),
        go_on: table.going_on.get(id).map(|going_on| going_on.how),
    };
    for decision in table.decisions().filter(|decision| decision.application == *id) {
        decision.apply(&mut input);
    }
    for correction in table.corrections.iter().filter(|correction| correction.application == *id) {
        correction.apply(&package.rubric, &mut input);
    }
    input
}

/// The sheet of `reviewer` on `application`; `None` where there is none to speak of.
fn sheet_input(
    package: &Package,
    table: &Table,
    reviewer: &PersonCode,
    submission: &Submission,
    application: &Application,
) -> Option<SheetInput> {
    let sheet = submission.desk.sheet(&application.id);
    let standing = standing(package, table, reviewer, application, &sheet)?;
    let total = sheet_total(&package.rubric, application, &sheet);
    let is_paper = table.papers.iter().any(|paper| paper.digest == submission.bundle);
    let source = if is_paper { Source::Paper } else { Source::Signed };
    Some(SheetInput { standing, source, ..SheetInput::of_total(&package.rubric, reviewer.clone(), submission.bundle.clone(), &total) })
}

fn standing(package: &Package, table: &Table, reviewer: &PersonCode, application: &Application, sheet: &Sheet) -> Option<Standing> {
    if !table.sits(package, application, reviewer) {
        return None;
    }
    if package.recusal(&application.id, reviewer).is_some() {
        return Some(Standing::Recused);
    }
    match &sheet.declaration {
        Some(Declaration::Conflict { .. }) => Some(Standing::Recused),
        Some(Declaration::Declined { .. }) => Some(Standing::Declined),
        _ if sheet.status != Status::Submitted => None,
        _ => Some(table.removal(reviewer, &application.item).map_or(Standing::Valid, Removal::standing)),
    }
}
