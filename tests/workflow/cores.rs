//! Work on all cores: everything once, a failure ends it, and so does whoever watches.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use pingyi::workflow::{
    StepError,
    cores::{Progress, Watch, each, unwatched},
};

#[test]
fn each_thing_is_done_once_and_told_with_its_place() {
    for count in [0, 1, 2, 7, 500] {
        let mut taken = BTreeSet::new();
        let mut told = Vec::new();
        let mut heard = |progress: Progress| told.push((progress.done, progress.of));
        let mut watch = Watch { told: &mut heard, stop: &AtomicBool::new(false) };
        let things: Vec<usize> = (0..count).collect();
        each(&things, &mut watch, &|thing| Ok(thing * 3), &mut |at, tripled| assert!(tripled == at * 3 && taken.insert(at))).unwrap();
        assert_eq!(taken, (0..count).collect());
        assert_eq!(told, (1..=count).map(|done| (done, count)).collect::<Vec<_>>());
    }
}

#[test]
fn a_failure_is_what_comes_of_it_and_nothing_more_is_begun() {
    let (begun, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = |thing: &u32| {
        begun.fetch_add(1, Ordering::Relaxed);
        if *thing == 3 { Err(StepError::io(Path::new("disk"), std::io::ErrorKind::StorageFull.into())) } else { Ok(()) }
    };
    let things: Vec<u32> = (0..1_000_000).collect();
    let outcome = each(&things, &mut Watch { told: &mut |_| {}, stop: &stop }, &work, &mut |_, ()| {});
    assert_eq!(outcome.unwrap_err().code(), "err-file");
    assert!(begun.load(Ordering::Relaxed) < 1_000_000, "it went on after the failure");
    assert!(!stop.load(Ordering::Relaxed), "the person who watches did not ask for an end");
}

#[test]
fn who_stops_it_is_told_so_even_after_the_last_thing() {
    let stop = AtomicBool::new(false);
    let mut heard = |progress: Progress| stop.store(progress.done == progress.of, Ordering::Relaxed);
    let outcome = each(&[1, 2, 3, 4, 5], &mut Watch { told: &mut heard, stop: &stop }, &|_| Ok(()), &mut |_, ()| {});
    assert_eq!(outcome.unwrap_err().code(), "err-interrupted");
    unwatched(|watch| each(&[1, 2, 3, 4, 5], watch, &|_| Ok(()), &mut |_, ()| {})).unwrap();
}

#[test]
fn the_pace_counts_in_whole_things_and_seconds_and_bears_no_time_at_all() {
    let millis = std::time::Duration::from_millis;
    assert_eq!(Progress { done: 100, of: 1000 }.pace(millis(20_000)), (5, 180));
    assert_eq!(Progress { done: 0, of: 1000 }.pace(millis(20_000)), (0, 0));
    assert_eq!(Progress { done: 1000, of: 1000 }.pace(millis(0)), (1_000_000, 0));
}
