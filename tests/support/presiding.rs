//! A chair's table on the sample call, with every bundle taken in; and how everything open is settled in the shortest way.

use std::path::PathBuf;

use pingyi::{
    domain::{
        consolidate::derivation::Block,
        decision::{FlagRuling, Opinion},
        table::{
            act::{Act, Signature, TieVote},
            open::OpenPoint,
        },
    },
    store::Access,
    workflow::{collect, conclude, open, table::TableSession},
};

use super::{
    rules::of,
    stage::{Machine, office, package, scores},
};

/// Reviewers of the sample call who have a seat.
pub(crate) const REVIEWERS: [&str; 7] = ["R01", "R02", "R03", "R04", "R05", "R06", "R07"];

/// A machine with a table on it.
pub(crate) struct Chair {
    pub(crate) machine: Machine,
    pub(crate) session: TableSession,
}

impl Chair {
    /// The table of R01 with the package, and no bundle yet.
    pub(crate) fn seated() -> Self {
        let mut machine = Machine::of("R01");
        let code = machine.code.clone();
        let file = package();
        let taken = machine.step(|home, here| open::look(home, &file, Some(&office()))?.accept_at_table(home, &code, here)).unwrap();
        let session = TableSession::open_at(taken.workspace, Access::Write).unwrap();
        Self { machine, session }
    }

    /// With all seven bundles.
    pub(crate) fn with_bundles() -> Self {
        let mut chair = Self::seated();
        let files: Vec<PathBuf> = REVIEWERS.iter().map(|code| scores(code)).collect();
        let now = chair.machine.now();
        let lines = collect::collect(&mut chair.session, &files, false, &now).unwrap();
        assert!(lines.iter().all(collect::Line::is_good));
        chair
    }

    /// Everything settled, so that the result can be signed.
    pub(crate) fn ready() -> Self {
        let mut chair = Self::with_bundles();
        chair.settles();
        chair
    }

    pub(crate) fn records(&mut self, act: Act) {
        let now = self.machine.now();
        self.session.record(act, &now).unwrap();
    }

    /// Settles everything that is open: flags upheld, ties voted on, opinions of one sentence, everybody signs.
    pub(crate) fn settles(&mut self) {
        // What is settled can open something else: after a vote, another tie.
        for _ in 0..3 {
            for point in self.session.open_points().unwrap() {
                self.settle(point);
            }
        }
        assert_eq!(self.session.open_points().unwrap(), []);
    }

    fn settle(&mut self, point: OpenPoint) {
        match point {
            OpenPoint::Draft => self.records(Act::Consolidate),
            OpenPoint::Flag(application, flag) => {
                let after = Some(FlagRuling::Uphold { reason: "经复核，评分依据充分。".to_owned() });
                self.records(Act::Flag { application, flag, before: None, after });
            }
            OpenPoint::Block(Block::Tie(tie)) => {
                for (at, application) in tie.applications.into_iter().enumerate() {
                    let votes = 5 - u32::try_from(at).unwrap();
                    let vote = TieVote { votes, teller: of("T01"), scrutineer: of("T02") };
                    self.records(Act::TieVote { application, before: None, after: Some(vote) });
                }
            }
            OpenPoint::Opinion(application) => {
                let after = Opinion {
                    overall: "总体可行。".to_owned(),
                    strengths: "产业基础好。".to_owned(),
                    problems: "共享安排不细。".to_owned(),
                    advice: "细化共享安排。".to_owned(),
                    conclusion: "按名次处理。".to_owned(),
                };
                self.records(Act::Opinion { application, before: Opinion::default(), after });
            }
            OpenPoint::Member(person) => self.records(Act::Member { person, before: None, after: Some(Signature::Signed) }),
            point => panic!("nothing settles {point:?}"),
        }
    }

    /// Signs the result into `outbox` beside the machine.
    pub(crate) fn seals(&mut self) -> Result<conclude::Concluded, pingyi::workflow::StepError> {
        let to = self.outbox();
        let key = super::stage::key("R01");
        let session = &mut self.session;
        self.machine.step(|_, here| conclude::seal(session, &key, &to, here))
    }

    pub(crate) fn outbox(&self) -> PathBuf {
        self.machine.path().join("outbox")
    }
}
