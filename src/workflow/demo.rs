//! The whole process on the sample call, through the same steps that people take; only the clock and the chance are fixed, so that
//! two runs give the same bytes.

mod panel;
mod province;
mod reports;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{allowed, key::SecretKey, layer::Report, trust::Trust},
    digest,
    domain::{
        ids::PersonCode,
        panel::{Custody, Person, Role},
        text::Message,
        time::Moment,
    },
    intake::scores::{self, ScoreLine},
    msg,
    store::Access,
    workflow::{
        Here, StepError, act,
        enrol::{self, Ask},
        home::Home,
        keys, open, prepare,
        sample::{EVALUATION, Kit, SELECTION},
        session::Session,
        submit,
        table::TableSession,
        verify,
    },
};

/// Seconds between one act and the next, by the demo's clock.
const PACE: i64 = 7;

/// How much of a reviewer's work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// All of it, handed in.
    All,
    /// The first lines, as in the middle of a session.
    Part(usize),
}

/// A demo under way, in one folder: `package/` as the office edits it, `bundles/` as they travel, `homes/` one for each person.
pub struct Stage {
    kit: &'static Kit,
    root: PathBuf,
    clock: Moment,
    /// The package with everybody's key.
    pub package: PathBuf,
    /// The office's key, as reviewers compare it with the notice.
    pub trust: Trust,
    /// The signed result, once there is one.
    pub result: PathBuf,
}

/// The fixed chance of one person: SHA-256 in counter mode over a name.
struct Chance {
    name: String,
    block: u64,
}

impl Chance {
    fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let text = digest::sha256_hex(format!("pingyi demo/{}/{}", self.name, self.block).as_bytes());
            self.block = self.block.saturating_add(1);
            for (place, byte) in chunk.iter_mut().enumerate() {
                let digits = text.get(place.saturating_mul(2)..place.saturating_mul(2).saturating_add(2)).unwrap_or("00");
                *byte = u8::from_str_radix(digits, 16).unwrap_or_default();
            }
        }
    }
}

/// Everything: office, reviewers and panel of two calls, up to the signed results and the reports on them, and the province that puts
/// both together. `tell` hears of each step; every bundle is verified as a stranger would.
///
/// # Errors
/// The step that failed.
pub fn headless(root: &Path, tell: &mut dyn FnMut(&Message)) -> Result<Vec<Report>, StepError> {
    let (selection, mut reports) = process(root, &SELECTION, tell)?;
    let (evaluation, others) = process(&root.join("evaluation"), &EVALUATION, tell)?;
    reports.extend(others);
    let stages = [selection, evaluation];
    for stage in &stages {
        stage.report(&root.join("reports"), tell)?;
    }
    reports.push(province::aggregate(root, &stages, tell)?);
    Ok(reports)
}

/// One call from the package to the signed result.
fn process(root: &Path, kit: &'static Kit, tell: &mut dyn FnMut(&Message)) -> Result<(Stage, Vec<Report>), StepError> {
    let mut stage = Stage::office(root, kit, tell)?;
    let mut reports = vec![verify::verify(&stage.package, Some(&stage.trust))?];
    let bundles = stage.bundles(tell)?;
    for bundle in &bundles {
        reports.push(verify::verify(bundle, Some(&stage.trust))?);
    }
    let mut table = stage.collect(&bundles, tell)?;
    reports.push(stage.conclude(&mut table, tell)?);
    table.close(&stage.clock)?;
    Ok((stage, reports))
}

/// Everything up to the chair's table with all bundles taken in, and whose data folder it lies in.
///
/// # Errors
/// The step that failed.
pub fn table(root: &Path) -> Result<(Home, TableSession), StepError> {
    let mut quiet = |_: &Message| {};
    let mut stage = Stage::office(root, &SELECTION, &mut quiet)?;
    let bundles = stage.bundles(&mut quiet)?;
    let table = stage.collect(&bundles, &mut quiet)?;
    Ok((stage.home(table.chair()), table))
}

impl Stage {
    /// The score bundles of all reviewers, who score from the fixed list.
    fn bundles(&mut self, tell: &mut dyn FnMut(&Message)) -> Result<Vec<PathBuf>, StepError> {
        let mut bundles = Vec::new();
        for code in self.reviewers()? {
            let (home, key) = self.reviewer(&code, Share::All, tell)?;
            let exported = self.export(&home, &key)?;
            tell(&msg!("demo-exported", code = code, file = exported.display()));
            bundles.push(exported);
        }
        Ok(bundles)
    }

    /// The office's part: a checked package folder, its own key, enrolment of everybody, two revisions of the package.
    ///
    /// # Errors
    /// The step that failed.
    pub fn office(root: &Path, kit: &'static Kit, tell: &mut dyn FnMut(&Message)) -> Result<Self, StepError> {
        let folder = root.join("package");
        (kit.write)(&folder)?;
        let bundles = made(root.join("bundles"))?;
        let intake = prepare::check(&folder)?;
        let package = intake.package;
        tell(&msg!("demo-checked", applications = package.applications.len(), folder = folder.display()));
        let clock = package.call.session.opens.later(-3 * 24 * 3600).unwrap_or_else(|| package.call.session.opens.clone());
        let clerk: PersonCode = kit.clerk.parse()?;
        let mut stage = Self {
            kit,
            root: root.to_owned(),
            clock,
            package: PathBuf::new(),
            trust: Trust::from_people(Vec::new())?,
            result: PathBuf::new(),
        };

        let requests = made(root.join("enrolment"))?;
        let key = stage.enrol(&package.call, person(&package.roster.people, &clerk)?, &requests)?;
        stage.accept(&folder, &requests)?;
        let first = stage.build(&folder, &bundles, None, &clerk, &key)?;
        tell(&msg!("demo-package", file = first.display()));

        for person in package.roster.people.iter().filter(|person| person.role != Role::Office) {
            stage.enrol(&package.call, person, &requests)?;
        }
        let accepted = stage.accept(&folder, &requests)?;
        tell(&msg!("demo-enrolled", count = accepted));
        stage.package = stage.build(&folder, &bundles, Some(&first), &clerk, &key)?;
        tell(&msg!("demo-package", file = stage.package.display()));

        stage.trust = Trust::pinned(clerk, Role::Office, key.public());
        let list = root.join("office.allowed_signers");
        fs::write(&list, allowed::plain(&stage.trust)).map_err(|source| StepError::io(&list, source))?;
        tell(&msg!("demo-trust", file = list.display(), groups = key.public().groups()));
        stage.clock = package.call.session.opens.clone();
        Ok(stage)
    }

    /// A reviewer's part: opens the package, accepts the pledge, scores from the fixed list.
    ///
    /// # Errors
    /// The step that failed.
    pub fn reviewer(&mut self, code: &PersonCode, share: Share, tell: &mut dyn FnMut(&Message)) -> Result<(Home, SecretKey), StepError> {
        let home = self.home(code);
        let candidate = open::look(&home, &self.package, Some(&self.trust))?;
        let reviewer = candidate.reviewer(&home, None)?;
        let taken = self.act(code, |here| candidate.accept(&home, &reviewer, here))?;
        let mut session = Session::open_at(taken.workspace, Access::Write)?;
        session.pledge(&self.tick())?;
        let count = self.enter(&mut session, self.kit.scores, share)?;
        tell(&msg!("demo-scored", code = code, count = count));
        session.close(&self.clock)?;
        let key = keys::unlock(&home, code, None)?;
        Ok((home, key))
    }

    /// The reviewers of the sample call who have a seat, in roster order.
    ///
    /// # Errors
    /// When the package folder cannot be read.
    pub fn reviewers(&self) -> Result<Vec<PersonCode>, StepError> {
        let intake = prepare::check(&self.root.join("package"))?;
        Ok(intake.package.roster.scoring().map(|person| person.code.clone()).collect())
    }

    /// The data folder of a person.
    #[must_use]
    pub fn home(&self, code: &PersonCode) -> Home {
        Home::new(self.root.join("homes").join(code.file_stem()))
    }

    /// Enters what a table of scores says of this reviewer, and hands it in where that is all.
    fn enter(&mut self, session: &mut Session, table: &str, share: Share) -> Result<usize, StepError> {
        let lines = scores::read("scores.csv", table.as_bytes()).map_err(StepError::Problems)?;
        let is_mine = |line: &ScoreLine| line.reviewer.as_ref() == Some(session.reviewer());
        let mine: Vec<ScoreLine> = lines.into_iter().filter(is_mine).collect();
        let wanted = match share {
            Share::All => mine.len(),
            Share::Part(lines) => lines,
        };
        let mut count = 0_usize;
        for line in mine.iter().take(wanted) {
            for act in act::of_line(session.desk(), line) {
                act.perform(session, &self.tick())?;
                count = count.saturating_add(1);
            }
        }
        if share == Share::All {
            session.submit(None, &self.tick())?;
        }
        Ok(count)
    }

    fn export(&mut self, home: &Home, key: &SecretKey) -> Result<PathBuf, StepError> {
        let mut session = Session::open(home, None, Access::Write)?;
        let to = self.root.join("bundles");
        let code = session.reviewer().clone();
        let exported = self.act(&code, |here| submit::export(&mut session, key, &to, here))?;
        session.close(&self.clock)?;
        Ok(exported.path)
    }

    fn enrol(&mut self, call: &crate::domain::call::Call, person: &Person, to: &Path) -> Result<SecretKey, StepError> {
        let home = self.home(&person.code);
        self.act(&person.code, |here| keys::create(&home, &person.code, None, here))?;
        let key = keys::unlock(&home, &person.code, None)?;
        let ask = Ask {
            call: call.id.clone(),
            panel: call.panel.id.clone(),
            mode: call.mode,
            code: person.code.clone(),
            role: person.role,
            name: person.name.clone(),
            device: "demo".to_owned(),
            custody: Custody::Own,
            to,
        };
        self.act(&person.code, |here| enrol::request(&ask, &key, here))?;
        Ok(key)
    }

    /// Accepts every request that lies in the folder, and returns how many people have a key now.
    fn accept(&mut self, folder: &Path, requests: &Path) -> Result<usize, StepError> {
        let entries = fs::read_dir(requests).map_err(|source| StepError::io(requests, source))?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        let clerk: PersonCode = self.kit.clerk.parse()?;
        Ok(self.act(&clerk, |here| enrol::accept(folder, &files, here))?.len())
    }

    fn build(
        &mut self,
        folder: &Path,
        to: &Path,
        supersedes: Option<&Path>,
        code: &PersonCode,
        key: &SecretKey,
    ) -> Result<PathBuf, StepError> {
        let order = prepare::Order { folder, to, supersedes, code, key };
        Ok(self.act(code, |here| prepare::build(&order, here))?.path)
    }

    /// Takes a step at the demo's next moment, with the chance of `code`.
    fn act<T>(&mut self, code: &PersonCode, step: impl FnOnce(&mut Here<'_>) -> Result<T, StepError>) -> Result<T, StepError> {
        let now = self.tick();
        let mut chance = Chance { name: format!("{code}/{now}"), block: 0 };
        step(&mut Here { now, entropy: &mut |buffer| chance.fill(buffer) })
    }

    fn tick(&mut self) -> Moment {
        self.clock = self.clock.later(PACE).unwrap_or_else(|| self.clock.clone());
        self.clock.clone()
    }
}

fn made(folder: PathBuf) -> Result<PathBuf, StepError> {
    fs::create_dir_all(&folder).map_err(|source| StepError::io(&folder, source))?;
    Ok(folder)
}

fn person<'a>(people: &'a [Person], code: &PersonCode) -> Result<&'a Person, StepError> {
    let missing = || StepError::NotOnRoster { code: code.to_string(), role: "office" };
    people.iter().find(|person| person.code == *code).ok_or_else(missing)
}
