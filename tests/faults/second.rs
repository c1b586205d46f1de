//! Two windows on one desk, and a medium that cannot be written.

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::desk::{batch, begun, lay, pingyi, plainly, scores, still_good, store};
use crate::support::faults::full;

#[test]
fn a_second_window_is_refused_within_a_second_and_told_who_has_the_desk() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path(), 0);
    let act = pingyi(home.path(), &["score", "batch"]);
    let mut first = Command::new(&act.program);
    first.args(&act.args).envs(act.env.iter().cloned());
    let mut child = first.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for round in 0..if full() { 100 } else { 6 } {
        let line = batch(home.path(), round, 1).stdin;
        stdin.write_all(line.as_bytes()).unwrap();
        assert_eq!(answers.next().unwrap().unwrap(), format!("ok {}", begun() + round));
        let begun_at = Instant::now();
        let second = plainly(&batch(home.path(), round + 1, 1)).unwrap();
        assert!(begun_at.elapsed() < Duration::from_secs(1), "{:?}", begun_at.elapsed());
        assert!(second.code != Some(0) && second.acknowledged.is_empty(), "{second:?}");
        assert!(second.stderr.contains("lock"), "the refusal names the lock: {}", second.stderr);
        // Looking is possible beside it.
        assert_eq!(scores(home.path()), Ok(round + 1));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
    let count = scores(home.path()).unwrap();
    still_good(home.path(), count, count).unwrap();
}

#[test]
fn on_a_medium_that_cannot_be_written_everything_can_be_read() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path(), 9);
    let folder = store(home.path());
    for path in [folder.join("index"), folder.join("backups"), folder.clone()] {
        fs::set_permissions(&path, Permissions::from_mode(0o500)).unwrap();
    }
    let looked = scores(home.path());
    let refused = plainly(&batch(home.path(), 9, 1)).unwrap();
    for path in [folder.clone(), folder.join("index"), folder.join("backups")] {
        fs::set_permissions(&path, Permissions::from_mode(0o700)).unwrap();
    }
    assert_eq!(looked, Ok(9));
    // Whoever may write anywhere, as an administrator may, is not refused.
    assert!(refused.code == Some(0) || !refused.stderr.is_empty(), "{refused:?}");
}
