//! What people wait for: from a key to the bytes of the frame, in a call of 5,000 applications, and the first look at it.
//!
//! Criterion gives the means; the table at the end gives the keys that were slowest, because those are what a person notices.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that fails should stop at once"
)]

#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "builders of the tests, of which a measurement needs a few")]
mod support;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group, criterion_main};
use pingyi::{
    domain::{desk::Desk, package::Package},
    tui::{app::App, view::Index},
};
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

use support::screens::{Look, SMALL, World, crowd, press, with};

/// Applications in the call.
const MANY: usize = 5_000;
/// Keys that are timed one by one.
const KEYS: usize = 2_000;
/// Longest a key may take: a frame of a screen that shows sixty a second.
const FRAME: Duration = Duration::from_millis(16);

/// What is timed: a name, the keys that lead there, and the keys that are pressed again and again.
const WAITS: [(&str, &str, &[&str]); 8] = [
    ("worklist, one down", "", &["down"]),
    ("worklist, a page down", "", &["pagedown"]),
    ("worklist, typing into find", "ctrl-f", &["太", "原", "backspace", "backspace"]),
    ("worklist, a search line", "ctrl-f 主导:企业_分组:城市_排序:-我的分_", &["太", "原", "backspace", "backspace"]),
    ("sheet, a digit and Enter", "enter 1", &["7", "enter", "6", "enter", "up", "up"]),
    ("sheet, a page of the text", "enter 1 f3", &["pagedown", "pageup"]),
    ("own scores, one down", "f7", &["down"]),
    ("palette, one letter", "ctrl-p", &["c", "x", "backspace", "backspace"]),
];

type Window = Terminal<CrosstermBackend<Vec<u8>>>;

/// A window whose bytes go nowhere.
fn window(look: Look) -> Window {
    let area = Rect::new(0, 0, look.size.0, look.size.1);
    Terminal::with_options(CrosstermBackend::new(Vec::new()), TerminalOptions { viewport: Viewport::Fixed(area) }).unwrap()
}

/// Presses a key and writes the frame.
fn stroke(app: &mut App<'_>, window: &mut Window, key: &str) {
    press(app, key);
    window
        .draw(|frame| {
            black_box(app.draw(frame.buffer_mut()));
        })
        .unwrap();
}

fn keys(criterion: &mut Criterion) {
    let package = crowd(MANY);
    for (name, there, strokes) in WAITS {
        with(&mut World::of(package.clone(), "R02"), SMALL, there, |app| {
            let mut window = window(SMALL);
            let mut next = strokes.iter().cycle();
            criterion.bench_function(name, |bench| bench.iter(|| stroke(app, &mut window, next.next().unwrap())));
        });
    }
}

fn opening(criterion: &mut Criterion) {
    for count in [500, MANY] {
        let package = crowd(count);
        let world = World::of(package.clone(), "R02");
        criterion.bench_function(&format!("the list of {count} applications"), |bench| bench.iter(|| list(&package, &world.desk)));
    }
}

fn list(package: &Package, desk: &Desk) -> Index {
    Index::new(black_box(package), black_box(desk))
}

/// Times keys one by one and prints the slowest; stops where one in a hundred misses a frame.
fn slowest(_criterion: &mut Criterion) {
    let package = crowd(MANY);
    println!("\n{MANY} applications, 80x24, {KEYS} keys each: from the key to the bytes of the frame\n");
    println!("{:<32}{:>12}{:>12}{:>12}", "", "median", "p99", "slowest");
    for (name, there, strokes) in WAITS {
        let mut times = with(&mut World::of(package.clone(), "R02"), SMALL, there, |app| {
            let mut window = window(SMALL);
            let timed = strokes.iter().cycle().take(KEYS).map(|key| {
                let begun = Instant::now();
                stroke(app, &mut window, key);
                begun.elapsed()
            });
            timed.collect::<Vec<_>>()
        });
        times.sort();
        let (median, p99, most) = (times[KEYS / 2], times[KEYS * 99 / 100], times[KEYS - 1]);
        println!("{name:<32}{median:>12.2?}{p99:>12.2?}{most:>12.2?}");
        assert!(p99 < FRAME, "{name}: one key in a hundred takes {p99:?}");
    }
}

criterion_group!(benches, keys, opening, slowest);
criterion_main!(benches);
