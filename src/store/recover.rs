//! `pingyi recover` and `restore`: the longest chain that anybody can prove becomes the journal. What was there is put aside.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    domain::desk::Desk,
    store::{
        StoreError,
        append::note_head,
        backup,
        chain::Chain,
        files,
        open::{is_opening, lock, read_journal, sled_chain},
    },
};

/// What recovering would do, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoverPlan {
    /// Whose chain is taken: `journal`, `index`, or the path of a backup.
    pub source: String,
    /// Entries in it.
    pub entries: usize,
    /// Entries that the journal itself proves.
    pub journal_entries: usize,
    /// Whether anything has to be done at all.
    pub needed: bool,
    /// What was put aside; empty while it is only a plan.
    pub aside: Vec<PathBuf>,
}

/// Finds the longest chain that the journal, sled or a backup proves, and, with `apply`, makes it the journal.
///
/// # Errors
/// Somebody has it open, nobody can prove anything, or the file system failed; nothing is changed then.
pub fn recover(folder: &Path, more_backups: &[PathBuf], apply: bool) -> Result<RecoverPlan, StoreError> {
    let _lock = lock(folder)?;
    let path = folder.join(files::JOURNAL);
    let journal = read_journal(&path)?;
    let (source, chain) = longest(folder, more_backups, &journal).ok_or_else(|| StoreError::Nothing { path: folder.to_owned() })?;
    let on_disk = fs::read(&path).unwrap_or_default();
    let wrong_head = super::append::noted_head(folder).is_some_and(|noted| !chain.has(&noted));
    let mut plan = RecoverPlan {
        source,
        entries: chain.lines.len(),
        journal_entries: journal.lines.len(),
        needed: on_disk != chain.bytes() || wrong_head,
        aside: Vec::new(),
    };
    if apply {
        replace(folder, &chain, &mut plan)?;
    }
    Ok(plan)
}

/// Puts a backup back, whatever the journal says. What was there is put aside.
///
/// # Errors
/// The file is no proved chain or belongs to another workspace; nothing is changed then.
pub fn restore(folder: &Path, file: &Path, apply: bool) -> Result<RecoverPlan, StoreError> {
    let _lock = lock(folder)?;
    let refused = || StoreError::NotABackup { path: file.to_owned() };
    let chain = backup::verified(file).filter(is_usable).ok_or_else(refused)?;
    let journal = read_journal(&folder.join(files::JOURNAL))?;
    if journal.lines.first().is_some_and(|first| chain.lines.first() != Some(first)) {
        return Err(refused());
    }
    let mut plan = RecoverPlan {
        source: file.display().to_string(),
        entries: chain.lines.len(),
        journal_entries: journal.lines.len(),
        needed: journal.lines != chain.lines,
        aside: Vec::new(),
    };
    if apply {
        set_backups_aside(folder, &chain, &mut plan)?;
        replace(folder, &chain, &mut plan)?;
    }
    Ok(plan)
}

/// The longest proved chain; at equal length the journal's own, then sled's, then the newest backup's.
fn longest(folder: &Path, more_backups: &[PathBuf], journal: &Chain) -> Option<(String, Chain)> {
    let own = ("journal".to_owned(), journal.clone());
    let index = sled_chain(folder).map(|chain| ("index".to_owned(), chain));
    let places = std::iter::once(folder.join(files::BACKUPS)).chain(more_backups.iter().cloned());
    let backups = places
        .flat_map(|place| backup::list(&place))
        .filter_map(|info| Some((info.path.display().to_string(), backup::verified(&info.path)?)));
    let file = fs::read(folder.join(files::JOURNAL)).unwrap_or_default();
    let mut best: Option<(String, Chain)> = None;
    for candidate in std::iter::once(own).chain(index).chain(backups) {
        let candidate = (candidate.0, candidate.1.continued(&file));
        let longer = best.as_ref().is_none_or(|(_, chain)| candidate.1.lines.len() > chain.lines.len());
        if longer && is_usable(&candidate.1) {
            best = Some(candidate);
        }
    }
    best
}

/// A chain that begins a journal of this schema and whose entries follow from each other.
fn is_usable(chain: &Chain) -> bool {
    chain.entries.first().is_some_and(is_opening) && Desk::replay(chain.entries.iter().cloned()).is_ok()
}

/// The old journal is copied aside before the new one takes its name in one step; the index is built anew at the next open.
fn replace(folder: &Path, chain: &Chain, plan: &mut RecoverPlan) -> Result<(), StoreError> {
    let path = folder.join(files::JOURNAL);
    if plan.needed {
        if path.exists() {
            plan.aside.push(files::copy_aside(&path)?);
        }
        files::write_whole(&path, &chain.bytes())?;
    }
    let index = folder.join(files::INDEX);
    if plan.needed && index.exists() {
        plan.aside.push(files::put_aside(&index)?);
    }
    if let Some(head) = chain.head() {
        note_head(folder, &head);
    }
    Ok(())
}

/// Backups that have seen later entries would contradict what was put back on purpose; they go aside with the rest.
fn set_backups_aside(folder: &Path, chain: &Chain, plan: &mut RecoverPlan) -> Result<(), StoreError> {
    let kept = chain.lines.len() as u64;
    for info in backup::list(&folder.join(files::BACKUPS)).into_iter().filter(|info| info.seq >= kept) {
        plan.aside.push(files::put_aside(&info.path)?);
    }
    Ok(())
}
