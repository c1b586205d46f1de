//! The chair's table in memory: the sample call with the sheets that its reviewers handed in, without a bundle or a signature.

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use pingyi::{
    digest,
    domain::{
        change::{Change, Entry, Link, Opening},
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        sheet::{Cell, Declaration, Sheet, Status},
        table::{
            act::{Act, Arrived},
            input::{Submission, Submissions},
        },
        telling,
        text::Message,
    },
    intake::scores::{self, Says},
    msg,
    tui::{
        acts::{Outcome, Trouble},
        effect::{Intake, IntakeLine},
        table::{TableIndex, TableView},
    },
};

use crate::support::{
    rules::{entry, of},
    screens::SAMPLE,
};

/// What the reviewers of the sample call handed in.
static GIVEN: LazyLock<Submissions> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/scores.csv");
    let lines = scores::read("scores.csv", &std::fs::read(file).unwrap()).unwrap();
    let mut sheets: BTreeMap<PersonCode, BTreeMap<ApplicationId, Sheet>> = BTreeMap::new();
    for line in lines {
        let own = sheets.entry(line.reviewer.unwrap()).or_default().entry(line.application).or_default();
        own.status = Status::Submitted;
        own.declaration.get_or_insert(Declaration::NoConflict);
        let comment = line.comment;
        let on = match line.says {
            Says::Scored(criterion, value) => {
                own.cells.insert(criterion.clone(), Cell::Scored { value });
                Some(criterion)
            }
            Says::NotApplicable(criterion, reason) => {
                own.cells.insert(criterion.clone(), Cell::NotApplicable { reason });
                Some(criterion)
            }
            Says::Comment(on) => on,
            Says::Recused(ground, text) => {
                own.declaration = Some(Declaration::Conflict { ground, text });
                continue;
            }
            Says::Declined(reason) => {
                own.declaration = Some(Declaration::Declined { reason });
                continue;
            }
        };
        match on {
            _ if comment.is_empty() => {}
            Some(criterion) => drop(own.comments.insert(criterion, comment)),
            None => own.overall = comment,
        }
    }
    let submission = |(code, sheets): (PersonCode, _)| {
        let bundle = format!("{:0>64}", code.as_str().to_lowercase().replace('r', "c"));
        let mut desk = Desk::default();
        desk.sheets = sheets;
        (code, Submission { bundle, desk })
    };
    sheets.into_iter().map(submission).collect()
});

/// The table with its figures.
pub(crate) struct Sitting {
    pub(crate) desk: Desk,
    pub(crate) given: Submissions,
    pub(crate) index: TableIndex,
}

fn arrived(code: &PersonCode, submission: &Submission) -> Arrived {
    Arrived {
        reviewer: code.clone(),
        revision: 1,
        digest: submission.bundle.clone(),
        file: format!("scores-{}-r1.zip", code.as_str().to_lowercase()),
        supersedes: None,
        request: None,
    }
}

impl Sitting {
    /// The sample call's table; the bundles of `awaited` have not come yet.
    pub(crate) fn sample(awaited: &[&str]) -> Self {
        let opening = Opening {
            schema: 1,
            workspace: "0".repeat(32),
            call: SAMPLE.call.id.clone(),
            panel: SAMPLE.call.panel.id.clone(),
            mode: SAMPLE.call.mode,
            package: "1234567890abcdef".repeat(4),
            revision: 2,
            reviewer: of("R01"),
            order_seed: "seed".to_owned(),
            table: true,
        };
        let desk = Desk::replay([entry(0, "R01", Change::Open(opening))]).unwrap();
        let mut sitting = Self { desk, given: Submissions::new(), index: TableIndex::default() };
        let here = GIVEN.keys().filter(|code| !awaited.contains(&code.as_str())).cloned().collect::<Vec<_>>();
        here.iter().for_each(|code| sitting.accept(code));
        sitting.refresh(&SAMPLE);
        sitting
    }

    /// The same table from nothing but its journal.
    pub(crate) fn replayed(&self, package: &Package) -> Self {
        let desk = Desk::replay(self.desk.entries.clone()).unwrap();
        let mut sitting = Self { desk, given: self.given.clone(), index: TableIndex::default() };
        sitting.refresh(package);
        sitting
    }

    pub(crate) fn view<'a>(&'a self, package: &'a Package, chair: &'a PersonCode, writable: bool) -> TableView<'a> {
        TableView {
            package,
            desk: &self.desk,
            given: &self.given,
            index: &self.index,
            chair,
            writable,
            outbox: "/outbox",
            sha256: digest::sha256,
        }
    }

    fn refresh(&mut self, package: &Package) {
        self.index = TableIndex::new(package, &self.desk.table, &self.given, &digest::sha256);
    }

    fn accept(&mut self, code: &PersonCode) {
        let submission = GIVEN[code].clone();
        let change = Change::Table(Act::Accept(arrived(code, &submission)));
        self.desk.apply(entry(self.desk.next_seq(), "R01", change)).unwrap();
        self.given.insert(code.clone(), submission);
    }

    /// Records a change and works the figures out anew.
    pub(crate) fn fold(&mut self, package: &Package, change: Change, link: Option<Link>) -> Message {
        let said = telling::change(&change);
        self.desk.apply(Entry { link, ..entry(self.desk.next_seq(), "R01", change) }).unwrap();
        self.refresh(package);
        said
    }

    /// Records an act that the rules admit.
    pub(crate) fn decide(&mut self, package: &Package, act: Act) -> Outcome<Message> {
        self.desk.table.admit(package, &self.index.results, &act).map_err(|refusal| Trouble::of(&refusal))?;
        Ok(self.fold(package, Change::Table(act), None))
    }

    /// Takes in what is awaited; with `bad` in the path one of them is refused, and so none comes in.
    pub(crate) fn take_in(&mut self, package: &Package, path: &Path) -> Outcome<Intake> {
        let path = path.display().to_string();
        if path.contains("empty") {
            return Err(Trouble { what: msg!("err-no-bundles", folder = path), advice: msg!("rec-no-bundles"), unsaved: false });
        }
        let taken = !path.contains("bad");
        let awaited = self.index.open.awaited.clone();
        let line = |(at, code): (usize, &PersonCode)| {
            let is_good = taken || at > 0;
            IntakeLine {
                file: format!("scores-{}-r1.zip", code.as_str().to_lowercase()),
                whose: Some((code.clone(), 1)),
                is_good,
                verdict: if is_good { msg!("verdict-new") } else { msg!("err-collect-stale", known = 2, incoming = 1) },
                advice: (!is_good).then(|| msg!("rec-collect-stale")),
            }
        };
        let lines = awaited.iter().enumerate().map(line).collect();
        if taken {
            awaited.iter().for_each(|code| self.accept(code));
            self.refresh(package);
        }
        Ok(Intake { lines, taken })
    }
}
