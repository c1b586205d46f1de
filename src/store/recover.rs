//! `pingyi recover` and `restore`: the longest chain that anybody can prove becomes the journal. What was there is put aside.

use std::path::{Path, PathBuf};

use crate::{
    domain::desk::Desk,
    store::{
        StoreError,
        append::{noted_head, write_head},
        backup,
        chain::Chain,
        files,
        open::{is_opening, lock, read_bytes, read_journal, sled_chain},
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
    /// The last entry that another witness has seen, when it is none of those: nobody can prove it any more.
    pub lost: Option<u64>,
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
    files::sweep(folder);
    let journal = read_journal(&path)?;
    let on_disk = read_bytes(&path)?;
    let (source, chain) =
        longest(folder, more_backups, &journal, &on_disk)?.ok_or_else(|| StoreError::Nothing { path: folder.to_owned() })?;
    let missed = noted_head(folder).filter(|noted| !chain.has(noted));
    let mut plan = RecoverPlan {
        source,
        entries: chain.lines.len(),
        journal_entries: journal.lines.len(),
        lost: missed.as_ref().map(|noted| noted.seq),
        needed: on_disk != chain.bytes() || missed.is_some(),
        aside: Vec::new(),
    };
    if apply {
        // The index may be the one that proves the chain: it stays until the journal has it.
        replace_journal(folder, &chain, &mut plan)?;
        set_index_aside(folder, &mut plan)?;
        note_end(folder, &chain)?;
    }
    Ok(plan)
}

/// Puts a backup back, whatever the journal says. What was there is put aside.
///
/// # Errors
/// The file is no proved chain or belongs to another workspace; nothing is changed then.
pub fn restore(folder: &Path, file: &Path, apply: bool) -> Result<RecoverPlan, StoreError> {
    let _lock = lock(folder)?;
    files::sweep(folder);
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
        lost: None,
        needed: journal.lines != chain.lines,
        aside: Vec::new(),
    };
    if apply {
        // Whatever has seen more goes first: left beside the earlier journal, the index would bring the later entries back.
        set_backups_aside(folder, &chain, &mut plan)?;
        set_index_aside(folder, &mut plan)?;
        replace_journal(folder, &chain, &mut plan)?;
        note_end(folder, &chain)?;
    }
    Ok(plan)
}

/// The longest proved chain; at equal length the journal's own, then sled's, then the newest backup's. `file` is the journal as it
/// stands: its lines after a damaged one are good again once another witness proves that one.
fn longest(folder: &Path, more_backups: &[PathBuf], journal: &Chain, file: &[u8]) -> Result<Option<(String, Chain)>, StoreError> {
    let own = ("journal".to_owned(), journal.clone());
    let index = sled_chain(folder)?.map(|chain| ("index".to_owned(), chain));
    let mut candidates: Vec<(String, Chain)> = std::iter::once(own).chain(index).collect();
    for place in std::iter::once(folder.join(files::BACKUPS)).chain(more_backups.iter().cloned()) {
        let found = backup::list(&place)?.into_iter();
        candidates.extend(found.filter_map(|info| Some((info.path.display().to_string(), backup::verified(&info.path)?))));
    }
    let mut best: Option<(String, Chain)> = None;
    for (source, chain) in candidates {
        let chain = chain.continued(file);
        let longer = best.as_ref().is_none_or(|(_, other)| chain.lines.len() > other.lines.len());
        if longer && is_usable(&chain) {
            best = Some((source, chain));
        }
    }
    Ok(best)
}

/// A chain that begins a journal of this schema and whose entries follow from each other.
fn is_usable(chain: &Chain) -> bool {
    chain.entries.first().is_some_and(is_opening) && Desk::replay(chain.entries.iter().cloned()).is_ok()
}

/// The old journal is copied aside before the new one takes its name in one step.
fn replace_journal(folder: &Path, chain: &Chain, plan: &mut RecoverPlan) -> Result<(), StoreError> {
    let path = folder.join(files::JOURNAL);
    if plan.needed {
        if files::exists(&path)? {
            plan.aside.push(files::copy_aside(&path)?);
        }
        files::write_whole(&path, &chain.bytes())?;
    }
    Ok(())
}

/// The index is built anew at the next open.
fn set_index_aside(folder: &Path, plan: &mut RecoverPlan) -> Result<(), StoreError> {
    let index = folder.join(files::INDEX);
    if plan.needed && files::exists(&index)? {
        plan.aside.push(files::put_aside(&index)?);
    }
    Ok(())
}

fn note_end(folder: &Path, chain: &Chain) -> Result<(), StoreError> {
    chain.head().map_or(Ok(()), |head| write_head(folder, &head))
}

/// Backups that have seen later or other entries would contradict what was put back on purpose; they go aside with the rest.
fn set_backups_aside(folder: &Path, chain: &Chain, plan: &mut RecoverPlan) -> Result<(), StoreError> {
    let kept = chain.lines.len() as u64;
    let contradicts = |info: &backup::BackupInfo| info.head.as_ref().map_or(info.seq >= kept, |head| !chain.has(head));
    for info in backup::list(&folder.join(files::BACKUPS))?.into_iter().filter(contradicts) {
        plan.aside.push(files::put_aside(&info.path)?);
    }
    Ok(())
}
