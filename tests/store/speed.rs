//! How long saving and opening take. The figures in docs/storage.md are what these print.

use std::time::{Duration, Instant};

use pingyi::store::{Access, Store};

use super::child;
use crate::support::{
    faults::{Fault, run},
    store::{Place, app, at, crit, now, reviewer, scored},
};

#[test]
#[ignore = "takes minutes; figures count only with --release"]
fn speed_of_saving_and_opening_ten_thousand_entries() {
    measure(10_000, Duration::from_millis(300));
}

#[test]
#[ignore = "takes minutes; figures count only with --release"]
fn speed_of_saving_and_opening_a_hundred_thousand_entries() {
    measure(100_000, Duration::from_millis(1500));
}

/// Saves so many scores, each synced, and opens the store, each time with everything compared.
fn measure(entries: u32, opening: Duration) {
    let place = Place::fresh();
    let mut store = place.open();
    let mut times = Vec::new();
    let begun = Instant::now();
    for number in 0..entries {
        // Two hundred applications with fifty criteria: ten thousand current values.
        let (application, criterion) = (app(number / 50 % 200), crit(number % 50));
        let change = store.desk().set_cell(&application, &criterion, scored(number % 991 + number / 10_000)).unwrap();
        let one = Instant::now();
        store.append(change, None, at(number % 36_000), reviewer()).unwrap();
        times.push(one.elapsed());
    }
    let saving = begun.elapsed();
    let closing = Instant::now();
    store.close(&now()).unwrap();
    let closing = closing.elapsed();
    times.sort();
    let at_most = |share: usize| times[(times.len() - 1) * share / 1000];
    let opened: Vec<Duration> = (0..5).map(|_| time_of_opening(&place, entries)).collect();
    eprintln!(
        "{entries} entries: saved in {saving:.1?}; each p50 {:.2?}, p99 {:.2?}, p99.9 {:.2?}, longest {:.2?}; closed in {closing:.1?}; \
         opened in {opened:.0?}; memory of a program that opens it {}",
        at_most(500),
        at_most(990),
        at_most(999),
        at_most(1000),
        memory(&place)
    );
    assert!(at_most(990) <= Duration::from_millis(20), "99 of 100 changes are saved within 20 ms");
    assert!(opened.iter().min().unwrap() <= &opening, "opening takes at most {opening:?}");
}

fn time_of_opening(place: &Place, entries: u32) -> Duration {
    let begun = Instant::now();
    let (store, report) = Store::open(&place.folder(), Access::Write).unwrap();
    let took = begun.elapsed();
    assert!(report.notes.is_empty());
    assert_eq!(store.head().seq, u64::from(entries));
    took
}

/// The most memory that a program holds that only opens the store.
fn memory(place: &Place) -> String {
    let outcome = run(&child::act(&place.folder(), "open\nmemory\n"), &Fault::None).unwrap();
    outcome.stdout.lines().find_map(|line| line.strip_prefix("memory ")).unwrap_or("unknown").to_owned()
}
