//! The disk is full, at twenty-five sizes: refusals have words, everything is readable while it is full, and saving goes on afterwards.

use std::{fs, io, path::Path, process::Command};

use super::desk::{acknowledged, batch, lay, plainly, scores, still_good};

/// A disk of its own, taken away again whatever happens.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn of(place: &'a Path, kib: usize) -> Self {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"]).arg(place).status().unwrap();
        assert!(mounted.success());
        Self(place)
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _gone = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
#[ignore = "needs root and a tmpfs; .ci/run runs it"]
fn on_a_full_disk_of_any_size_every_refusal_has_words_and_nothing_is_lost() {
    let measure = tempfile::tempdir().unwrap();
    lay(measure.path(), 4);
    let taken = fs_size(measure.path()).div_ceil(1024);
    for step in 0..25 {
        let place = tempfile::tempdir().unwrap();
        let disk = Disk::of(place.path(), taken + 600 + step * 24);
        let home = place.path().join("home");
        lay(&home, 4);
        // The rest is taken but for a little, so that it runs full at another place each time.
        let ballast = place.path().join("ballast");
        let _full = io::copy(&mut io::repeat(7), &mut fs::File::create(&ballast).unwrap());
        let length = fs::metadata(&ballast).unwrap().len();
        fs::OpenOptions::new().write(true).open(&ballast).unwrap().set_len(length.saturating_sub(step as u64 * 8192)).unwrap();
        on_it(&home, &ballast).unwrap_or_else(|why| panic!("{} KiB: {why}", taken + 600 + step * 24));
        drop(disk);
    }
}

fn on_it(home: &Path, ballast: &Path) -> Result<(), String> {
    let outcome = plainly(&batch(home, 4, 2_000))?;
    let least = acknowledged(&outcome, 4);
    if outcome.code == Some(0) && least != 2_004 {
        return Err(format!("called done, but only {least} are acknowledged"));
    }
    if outcome.code != Some(0) && outcome.stderr.trim().is_empty() && !outcome.stdout.contains("err ") {
        return Err("refused without a word".to_owned());
    }
    let readable = scores(home)?;
    if readable < least || readable > least + 1 {
        return Err(format!("{readable} scores are readable while it is full, {least} were acknowledged"));
    }
    fs::remove_file(ballast).map_err(|error| error.to_string())?;
    still_good(home, readable, readable).map(|_| ())
}

/// Bytes that a folder takes, in whole pages.
fn fs_size(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { 4096 + fs_size(&path) } else { fs::metadata(&path).unwrap().len().next_multiple_of(4096) as usize })
        .sum()
}
