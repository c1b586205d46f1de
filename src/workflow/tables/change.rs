//! Many small changes out of one table: fields of applications, recusals that the office orders, who reads what. They are shown first,
//! and made as a unit or not at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    domain::{
        application::Application,
        finding::Finding,
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::{Assignment, Ground, Recusal, RecusalDecision, RecusalOrigin},
        time::Day,
    },
    intake::{
        self,
        columns::{
            APPLICATIONS, CHANGES, Words,
            changes::{Action, Line, Refusal, changed},
        },
        names_nearest,
        package::Frame,
        sheets::{Place, Remark},
        source::Folder,
    },
    msg,
    workflow::{
        StepError, files,
        office::{assign, conflicts},
        tables::{FieldChange, Order, Preview, RecordView, State, difference, grids, plan, run_checks, understand},
    },
};

/// What making the changes of a table would do. `today` is the day on which the office orders its recusals.
///
/// # Errors
/// When a file or the package folder cannot be read at all; what is wrong inside the table is part of the preview.
pub fn preview(order: &Order<'_>, today: Option<Day>) -> Result<Preview, StepError> {
    let folder = order.into;
    files::must_be_folder(folder)?;
    let package = intake::package::assemble(&Folder::new(folder.to_owned()), &mut |_| false).map_err(StepError::Problems)?.package;
    let mut preview = Preview::default();
    let grids = grids(order, &mut preview)?;
    let own = Words::fixed(&CHANGES.spec);
    let sheets = understand(order, &grids, &CHANGES, &own, &mut preview)?;
    let mut work = Work {
        words: Words::fixed(&APPLICATIONS.spec).with(&Frame::of(&package)),
        readers: readers(&package),
        package: &package,
        today,
        applications: BTreeMap::new(),
        set: BTreeMap::new(),
        recusals: Vec::new(),
    };
    for sheet in &sheets {
        for row in &sheet.rows {
            let line = Line::new(sheet, row, &own);
            match work.take(&line) {
                Ok(view) => preview.records.push(view),
                Err(remark) => preview.remarks.push(*remark),
            }
        }
    }
    work.plan(folder, &mut preview)?;
    let of = |finding: &Finding| work.set.get(&finding.path).map(|(_, place)| place.clone());
    run_checks(&mut preview, folder, &of);
    Ok(preview)
}

/// Who reads what now, line by line; without `assignments.csv` everybody reads everything, and that is written out.
fn readers(package: &Package) -> Vec<Assignment> {
    if !package.assignments.is_empty() {
        return package.assignments.clone();
    }
    let scored = package.applications.iter().filter(|application| package.is_scored(&application.id));
    let line =
        |application: &Application, reviewer: &PersonCode| Assignment { application: application.id.clone(), reviewer: reviewer.clone() };
    scored.flat_map(|application| package.roster.scoring().map(move |person| line(application, &person.code))).collect()
}

/// The package while the rows are gone through.
struct Work<'a> {
    package: &'a Package,
    words: Words,
    today: Option<Day>,
    /// Applications that change, as they would be.
    applications: BTreeMap<ApplicationId, Application>,
    /// Fields that were set, as the checks name them: the value in words, and the cell it comes from.
    set: BTreeMap<String, (String, Place)>,
    recusals: Vec<Recusal>,
    readers: Vec<Assignment>,
}

/// What is wrong with a row, at its cell.
type Refused = Box<Remark>;

fn refused(place: Place, (what, advice): Refusal) -> Refused {
    Box::new(Remark::error(place, what, advice))
}

impl Work<'_> {
    /// Takes one row in; says what it changes.
    fn take(&mut self, line: &Line<'_>) -> Result<RecordView, Refused> {
        let at = |column: &str| line.place(column);
        let action = line.code::<Action>("action").map_err(|refusal| refused(at("action"), refusal))?;
        let action = action.ok_or_else(|| refused(at("action"), (msg!("err-change-no-action"), msg!("rec-change-no-action"))))?;
        let application = self.application(line).map_err(|refusal| refused(at("application"), refusal))?;
        let changes = match action {
            Action::Set => self.set(line, &application)?,
            Action::Recuse => self.recuse(line, &application)?,
            Action::Assign | Action::Unassign => self.assign(line, &application, action)?,
        };
        let state = if changes.is_empty() { State::Unchanged } else { State::Changed(changes) };
        let (id, name) = (application.id.to_string(), application.title.zh.clone());
        Ok(RecordView { id, name, assigned: false, place: at("application"), state })
    }

    /// The application that a row names, with what earlier rows changed.
    fn application(&self, line: &Line<'_>) -> Result<Application, Refusal> {
        let found = line.shown("application");
        let known = self.package.applications.iter().find(|known| known.id.file_stem() == found.to_lowercase());
        let unknown = || {
            let advice = names_nearest(&found, self.package.applications.iter().map(|known| known.id.as_str()));
            (msg!("err-no-application", application = found), advice)
        };
        let known = known.ok_or_else(unknown)?;
        Ok(self.applications.get(&known.id).unwrap_or(known).clone())
    }

    /// The person that a row names, who must be one of those who score.
    fn person(&self, line: &Line<'_>) -> Result<PersonCode, Refused> {
        let found = line.shown("person");
        let known = self.package.roster.scoring().find(|known| known.code.file_stem() == found.to_lowercase());
        let unknown = || {
            let advice = names_nearest(&found, self.package.roster.scoring().map(|known| known.code.as_str()));
            refused(line.place("person"), (msg!("err-change-person", found = found), advice))
        };
        known.map(|known| known.code.clone()).ok_or_else(unknown)
    }

    fn set(&mut self, line: &Line<'_>, application: &Application) -> Result<Vec<FieldChange>, Refused> {
        let field = line.field().map_err(|refusal| refused(line.place("field"), refusal))?;
        let place = line.place("value");
        let value = line.value(field, &self.words).map_err(|refusal| refused(place.clone(), refusal))?;
        let key = format!("applications/{}.toml#{field}", application.id.file_stem());
        let shown = line.shown("value");
        if let Some((before, first)) = self.set.get(&key).filter(|(before, _)| *before != shown) {
            let what = msg!("err-cell-differs", found = shown, before = before, first = first.cell());
            return Err(refused(place, (what, msg!("rec-cell-differs"))));
        }
        let after = changed(application, field, value)
            .map_err(|error| refused(place.clone(), (msg!("err-row-unreadable", found = error), msg!("rec-row-unreadable"))))?;
        let changes = difference::between(Some(application), &after);
        self.set.insert(key, (shown, place));
        if !changes.is_empty() {
            self.applications.insert(after.id.clone(), after);
        }
        Ok(changes)
    }

    fn recuse(&mut self, line: &Line<'_>, application: &Application) -> Result<Vec<FieldChange>, Refused> {
        let person = self.person(line)?;
        let ground = line.code::<Ground>("ground").map_err(|refusal| refused(line.place("ground"), refusal))?;
        let text = line.shown("reason");
        if text.is_empty() {
            return Err(refused(line.place("reason"), (msg!("err-change-no-reason"), msg!("rec-change-no-reason"))));
        }
        let is_ordered = self.package.recusal(&application.id, &person).is_some()
            || self.recusals.iter().any(|known| known.application == application.id && known.person == person);
        if is_ordered {
            return Ok(Vec::new());
        }
        let (path, after) = (format!("recusals.toml {person}"), text.clone());
        self.recusals.push(Recusal {
            application: application.id.clone(),
            person,
            origin: RecusalOrigin::Office,
            ground: ground.unwrap_or(Ground::Other),
            text,
            decision: RecusalDecision::Upheld,
            reason: String::new(),
            date: self.today,
        });
        Ok(vec![FieldChange { path, before: String::new(), after }])
    }

    fn assign(&mut self, line: &Line<'_>, application: &Application, action: Action) -> Result<Vec<FieldChange>, Refused> {
        let reviewer = self.person(line)?;
        let pair = Assignment { application: application.id.clone(), reviewer };
        let place = self.readers.iter().position(|known| *known == pair);
        let path = format!("assignments.csv {}", pair.reviewer);
        let (none, reads) = (String::new, pair.reviewer.to_string());
        match (action, place) {
            (Action::Unassign, Some(at)) => {
                self.readers.remove(at);
                Ok(vec![FieldChange { path, before: reads, after: none() }])
            }
            (Action::Assign, None) => {
                self.readers.push(pair);
                Ok(vec![FieldChange { path, before: none(), after: reads }])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Plans every file that the changes touch.
    fn plan(&mut self, folder: &Path, preview: &mut Preview) -> Result<(), StepError> {
        for application in self.applications.values() {
            let before = plan::application_present(folder, application)?;
            preview.planned.push(plan::application_file(folder, application, before));
        }
        if !self.recusals.is_empty() {
            preview.planned.push(conflicts::with(folder, &self.recusals)?);
        }
        let set = |lines: &[Assignment]| lines.iter().cloned().collect::<BTreeSet<_>>();
        if set(&self.readers) != set(&readers(self.package)) {
            preview.planned.push(assign::with(folder, &self.readers)?);
        }
        Ok(())
    }
}
