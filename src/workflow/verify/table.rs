//! The table's record inside a result: an unbroken chain in which every act was allowed when it was done, judged over the figures that
//! the signed sheets gave at that moment.

use std::collections::BTreeMap;

use crate::{
    bundle::{layer::Findings, passport::Passport},
    digest,
    domain::{
        change::{Change, Entry},
        desk::Desk,
        package::Package,
        table::{
            act::{Act, Arrived},
            collect::{Incoming, Verdict, judge},
            input::{self, Submission, Submissions},
        },
        text::{Explain, Message},
    },
    msg,
    store::{SCHEMA, Tail, read_chain},
    workflow::{paper, verify::must_equal},
};

/// Where it lies.
pub(super) const MEMBER: &str = "data/journal.txt";

/// A bundle that lies in the result, with what it holds.
pub(super) struct Nested {
    /// Where it lies.
    pub(super) member: String,
    /// What the import table asks about it.
    pub(super) incoming: Incoming,
    /// The sheets; `None` where the bundle does not stand.
    pub(super) submission: Option<Submission>,
}

/// Every bundle that lies in the result, by digest.
#[derive(Default)]
pub(super) struct Inside {
    /// Score bundles.
    pub(super) scores: BTreeMap<String, Nested>,
    /// Requests to score again, with where they lie.
    pub(super) requests: BTreeMap<String, String>,
}

/// The record, replayed.
pub(super) struct Replayed {
    /// Everything recorded.
    pub(super) desk: Desk,
    /// The sheets that count at the end.
    pub(super) given: Submissions,
    /// Hash of the last entry.
    pub(super) head: String,
}

/// Reads the record and judges every entry; `None` where it cannot be read to its end.
pub(super) fn read(bytes: &[u8], passport: &Passport, package: &Package, nested: &Inside, found: &mut Findings) -> Option<Replayed> {
    let chain = read_chain(bytes);
    let stated = passport.head.as_ref().map(|head| (head.height, head.digest.clone()));
    let head = chain.head().map(|head| (head.seq, head.hash));
    if chain.tail != Tail::Clean || head != stated {
        found.error("journal-chain", MEMBER, msg!("err-journal-chain"), msg!("rec-bundle-stop"));
        return None;
    }
    let mut replay = Replay { package, nested, desk: Desk::default(), given: Submissions::new() };
    for entry in chain.entries {
        replay.judge(&entry, found);
        if let Err(misfit) = replay.take(entry) {
            let what = msg!("err-store-misfit", seq = misfit.seq, why = misfit.why);
            found.error("journal-misfit", MEMBER, what, msg!("rec-bundle-stop"));
            return None;
        }
    }
    let Replay { desk, given, .. } = replay;
    let opening = desk.opening.clone().filter(|opening| opening.table)?;
    if opening.schema > SCHEMA {
        let what = msg!("err-store-newer", found = opening.schema, known = SCHEMA);
        found.error("journal-newer", MEMBER, what, msg!("rec-store-newer"));
    }
    must_equal(found, MEMBER, "call", &opening.call, &passport.call);
    must_equal(found, MEMBER, "panel", &Some(&opening.panel), &passport.panel.as_ref());
    must_equal(found, MEMBER, "mode", &opening.mode, &passport.mode);
    must_equal(found, MEMBER, "package", &Some(&desk.package), &passport.digests.package.as_ref());
    Some(Replayed { desk, given, head: head.map(|(_, hash)| hash).unwrap_or_default() })
}

struct Replay<'a> {
    package: &'a Package,
    nested: &'a Inside,
    desk: Desk,
    given: Submissions,
}

impl Replay<'_> {
    /// Judges an entry in the state that those before it left.
    fn judge(&self, entry: &Entry, found: &mut Findings) {
        let opening = match &entry.change {
            Change::Open(opening) => Some(opening),
            _ => self.desk.opening.as_ref(),
        };
        if opening.is_some_and(|opening| opening.reviewer != entry.writer) {
            found.error("entry-writer", MEMBER, msg!("err-entry-writer", seq = entry.seq, code = entry.writer), msg!("rec-bundle-stop"));
        }
        // What takes an act back was judged when the act was.
        let Change::Table(act) = &entry.change else { return };
        if entry.link.is_none()
            && let Err(why) = self.admit(act)
        {
            let what = msg!("err-entry-refused", seq = entry.seq).with_message("why", why);
            found.error("entry-refused", MEMBER, what, msg!("rec-bundle-stop"));
        }
    }

    fn admit(&self, act: &Act) -> Result<(), Message> {
        match act {
            Act::Accept(bundle) => self.admit_bundle(bundle, |verdict| matches!(verdict, Verdict::New | Verdict::Replaces { .. })),
            Act::Keep(bundle) => self.admit_bundle(bundle, |verdict| matches!(verdict, Verdict::Evidence(_))),
            Act::Ask(asked) if !self.nested.requests.contains_key(&asked.digest) => {
                Err(msg!("err-nested-missing", digest = asked.digest, file = asked.file))
            }
            Act::Paper(paper) if digest::sha256_hex(&paper::canonical(paper)) != paper.digest => {
                Err(msg!("err-paper-altered", reviewer = paper.reviewer))
            }
            act => {
                let results = if act.rests_on_figures() {
                    let results = input::results(self.package, &self.desk.table, &self.given, &digest::sha256);
                    results.map_err(|trouble| trouble.what())?
                } else {
                    Vec::new()
                };
                self.desk.table.admit(self.package, &results, act).map_err(|refusal| refusal.what())
            }
        }
    }

    /// A bundle was taken in rightly, and is the one that lies here.
    fn admit_bundle(&self, bundle: &Arrived, fits: impl Fn(&Verdict) -> bool) -> Result<(), Message> {
        let missing = || msg!("err-nested-missing", digest = bundle.digest, file = bundle.file);
        let nested = self.nested.scores.get(&bundle.digest).ok_or_else(missing)?;
        // The file name is what the stick called it; everything else stands in the bundle.
        if (Arrived { file: bundle.file.clone(), ..nested.incoming.bundle.clone() }) != *bundle {
            return Err(missing());
        }
        match judge(self.package, &self.desk.table, &nested.incoming) {
            verdict if fits(&verdict) => Ok(()),
            Verdict::Refused(refusal) => Err(refusal.what()),
            _ => Err(msg!("err-nested-verdict", file = bundle.file)),
        }
    }

    fn take(&mut self, entry: Entry) -> Result<(), crate::domain::desk::Misfit> {
        let came = match &entry.change {
            Change::Table(Act::Accept(bundle)) => {
                let submission = self.nested.scores.get(&bundle.digest).and_then(|nested| nested.submission.clone());
                submission.map(|submission| (bundle.reviewer.clone(), submission))
            }
            Change::Table(Act::Paper(paper)) => {
                Some((paper.reviewer.clone(), Submission { desk: paper.desk(), bundle: paper.digest.clone() }))
            }
            _ => None,
        };
        self.desk.apply(entry)?;
        self.given.extend(came);
        Ok(())
    }
}
