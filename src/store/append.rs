//! Saving: journal first, synced; then the index. Only after the sync is anybody told "saved".

use std::{
    io::{self, Seek, SeekFrom, Write},
    path::Path,
};

use crate::{
    domain::{
        change::{Change, Entry, Link, Seq},
        desk::Desk,
        ids::PersonCode,
        time::Moment,
    },
    store::{
        Pen, Store, StoreError,
        chain::{self, Head},
        files, views,
    },
};

impl Store {
    /// Records a change. Returns only when it is durable in the journal.
    ///
    /// # Errors
    /// [`StoreError::NotSaved`] when it could not be made durable: nothing of it is stored then, the desk shows what is, and the
    /// store accepts nothing more until [`Store::reopen`].
    pub fn append(&mut self, change: Change, link: Option<Link>, time: Moment, writer: PersonCode) -> Result<Seq, StoreError> {
        let pen = self.pen.as_mut().ok_or(StoreError::ReadOnly)?;
        if pen.blocked {
            return Err(StoreError::Blocked);
        }
        let entry = Entry { seq: self.desk.next_seq(), time, writer, change, link };
        let (line, hash) = chain::encode(&entry, Some(&self.head.hash))?;
        let before = views::touched(&self.desk, &entry.change);
        self.desk.apply(entry.clone())?;
        if let Err(source) = pen.write(&line) {
            pen.blocked = true;
            self.desk = without_last(&self.desk)?;
            return Err(StoreError::NotSaved { source });
        }
        self.head = Head { seq: entry.seq, hash };
        let after = views::touched(&self.desk, &entry.change);
        let added = pen.index.as_ref().map(|index| index.add(&line, &self.head, &before, &after));
        if matches!(added, Some(Err(_))) {
            // The journal has the entry, so it is saved; sled is set aside and rebuilt at the next open.
            pen.index = None;
        }
        note_head(&self.folder, &self.head);
        if pen.backups.is_due(&entry.time) {
            // The entry is saved. A backup that fails is tried again, and one that fails at the end of the session is reported.
            let _tried_again_later = pen.backups.run(&self.folder, &self.head, &entry.time);
        }
        Ok(entry.seq)
    }

    /// Closes the store, with a backup where anything was recorded since the last one.
    ///
    /// # Errors
    /// Why the backup could not be written; every recorded change is durable all the same.
    pub fn close(self, now: &Moment) -> Result<(), StoreError> {
        let Some(mut pen) = self.pen else { return Ok(()) };
        // sled first: its destructor syncs, and the lock must outlast it.
        pen.index = None;
        if pen.blocked { Ok(()) } else { pen.backups.finish(&self.folder, &self.head, now) }
    }
}

impl Pen {
    /// Appends one line and syncs it; on any failure takes it back.
    fn write(&mut self, line: &str) -> io::Result<()> {
        let outcome = self.try_write(line);
        if outcome.is_err() {
            // What is left of the line, if this fails too, is a torn tail that the next open cuts off.
            let _taken_back = self.journal.set_len(self.length).and_then(|()| self.journal.sync_data());
        }
        outcome
    }

    fn try_write(&mut self, line: &str) -> io::Result<()> {
        self.journal.seek(SeekFrom::Start(self.length))?;
        let mut bytes = line.as_bytes().to_vec();
        bytes.push(b'\n');
        self.journal.write_all(&bytes)?;
        self.journal.sync_data()?;
        self.length = self.length.saturating_add(bytes.len() as u64);
        self.backups.count(&bytes);
        Ok(())
    }
}

/// The desk as it was before its last entry.
fn without_last(desk: &Desk) -> Result<Desk, StoreError> {
    let (_, earlier) = desk.entries.split_last().ok_or(StoreError::Blocked)?;
    Ok(Desk::replay(earlier.iter().cloned())?)
}

/// Leaves the number of the last entry beside the journal, so that a reader who cannot open sled notices a journal cut short.
/// While a session runs it may lag, so failing to write it is no failure.
pub(super) fn note_head(folder: &Path, head: &Head) {
    let _advisory = write_head(folder, head);
}

/// As [`note_head`], for whoever puts another journal in place: there the old note would contradict it.
pub(super) fn write_head(folder: &Path, head: &Head) -> Result<(), StoreError> {
    let text = format!("{:020} {}\n", head.seq, head.hash);
    let path = folder.join(files::HEAD);
    let write = || -> io::Result<()> {
        let mut file = files::private_file().write(true).create(true).truncate(false).open(&path)?;
        file.write_all(text.as_bytes())?;
        file.set_len(text.len() as u64)
    };
    write().map_err(|source| StoreError::io(&path, source))
}

/// The head that was noted last, where it can be read.
pub(super) fn noted_head(folder: &Path) -> Option<Head> {
    let text = std::fs::read_to_string(folder.join(files::HEAD)).ok()?;
    let (seq, hash) = text.trim_end().split_once(' ')?;
    let whole = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then_some(Head { seq: seq.parse().ok()?, hash: hash.to_owned() })
}
