//! The record inside a score bundle: an unbroken chain, of this person, on this package, in which every step was allowed.

use crate::{
    bundle::{layer::Findings, passport::Passport},
    domain::{
        change::{Change, Entry},
        desk::{Desk, Refusal},
        package::Package,
        text::Explain,
    },
    msg,
    store::{SCHEMA, Tail, read_chain},
    workflow::{held::pledge_digest, verify::must_equal},
};

/// Where it lies.
pub(crate) const MEMBER: &str = "data/journal.txt";

/// Reads the record and judges every entry; `None` where it cannot be read to its end. `revision` is that of `package`.
pub(crate) fn read(bytes: &[u8], passport: &Passport, package: &Package, revision: u32, found: &mut Findings) -> Option<Desk> {
    let chain = read_chain(bytes);
    let stated = passport.head.as_ref().map(|head| (head.height, head.digest.clone()));
    if chain.tail != Tail::Clean || chain.head().map(|head| (head.seq, head.hash)) != stated {
        found.error("journal-chain", MEMBER, msg!("err-journal-chain"), msg!("rec-bundle-stop"));
        return None;
    }
    let desk = replay(chain.entries, package, found)?;
    let opening = desk.opening.as_ref()?;
    if opening.schema > SCHEMA {
        let what = msg!("err-store-newer", found = opening.schema, known = SCHEMA);
        found.error("journal-newer", MEMBER, what, msg!("rec-store-newer"));
    }
    must_equal(found, MEMBER, "revision", &desk.package_revision, &revision);
    must_equal(found, MEMBER, "call", &opening.call, &passport.call);
    must_equal(found, MEMBER, "panel", &Some(&opening.panel), &passport.panel.as_ref());
    must_equal(found, MEMBER, "mode", &opening.mode, &passport.mode);
    must_equal(found, MEMBER, "reviewer", &Some(&opening.reviewer), &passport.person.as_ref());
    must_equal(found, MEMBER, "package", &Some(&desk.package), &passport.digests.package.as_ref());
    if desk.pledge != Some(pledge_digest(package)) {
        found.error("pledge-missing", MEMBER, msg!("err-no-pledge"), msg!("rec-sheet-missing"));
    }
    Some(desk)
}

/// Folds the entries in, each judged by the rules in the state that those before it left.
fn replay(entries: Vec<Entry>, package: &Package, found: &mut Findings) -> Option<Desk> {
    let mut desk = Desk::default();
    for entry in entries {
        let opening = match &entry.change {
            Change::Open(opening) => Some(opening),
            _ => desk.opening.as_ref(),
        };
        let reviewer = opening.map(|opening| opening.reviewer.clone());
        if reviewer.is_some_and(|reviewer| reviewer != entry.writer) {
            found.error("entry-writer", MEMBER, msg!("err-entry-writer", seq = entry.seq, code = entry.writer), msg!("rec-bundle-stop"));
        }
        if let Some(refusal) = refused(&desk, package, &entry.change) {
            let what = msg!("err-entry-refused", seq = entry.seq).with_message("why", refusal.what());
            found.error("entry-refused", MEMBER, what, msg!("rec-bundle-stop"));
        }
        if let Err(misfit) = desk.apply(entry) {
            let what = msg!("err-store-misfit", seq = misfit.seq, why = misfit.why);
            found.error("journal-misfit", MEMBER, what, msg!("rec-bundle-stop"));
            return None;
        }
    }
    Some(desk)
}

/// Why an entry was not allowed. Nothing but the opening comes before the pledge. Assignments and recusals may have changed with
/// a later revision of the package; what counts of them is the last state, which is judged sheet by sheet.
fn refused(desk: &Desk, package: &Package, change: &Change) -> Option<Refusal> {
    let needs_no_pledge = matches!(change, Change::Open(_) | Change::Revise { .. } | Change::Pledge { .. });
    if desk.pledge.is_none() && !needs_no_pledge {
        return Some(Refusal::Stale);
    }
    desk.admit(package, change).err().filter(|refusal| !matches!(refusal, Refusal::NotAssigned(_) | Refusal::Recused(_)))
}
