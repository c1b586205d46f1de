//! How long the search line takes at every key stroke, over 10,000 applications: understanding the line, finding, sorting, grouping.
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
    domain::sheet::{Cell, Declaration},
    search::{evaluate, evaluate::Tree, facts::Facts, parse, scheme::Scheme},
    tui::view::Index,
};

use support::{
    rules::{Worker, of},
    screens::crowd,
};

/// Applications.
const MANY: usize = 10_000;
/// How often a line is timed for the table at the end.
const TIMES: usize = 200;
/// Longest that a line may take: half a frame of a screen that shows sixty a second, because the other half is for drawing.
const HALF_A_FRAME: Duration = Duration::from_millis(8);

/// Lines from light to heavy.
const LINES: [&str; 9] = [
    "",
    "太",
    "training base",
    "-\"没有这几个字\" -另外几个字 -第三",
    "城市:太原、大同 主导:企业",
    "我的分:<60 c:A1>=6 -评语:有",
    "(太原 或 大同 或 长治) -(主导:园区 或 状态:草稿)",
    "排序:-我的分,城市,题目",
    "分组:榜题 分组:城市 分组:主导 排序:-总分,题目",
];

/// A reviewer who has begun every third sheet.
fn desk() -> Worker {
    let mut worker = Worker::opens(crowd(MANY), "R02");
    let ids: Vec<_> = worker.package.applications.iter().step_by(3).map(|application| application.id.clone()).collect();
    for (number, id) in ids.iter().enumerate() {
        let declared = worker.desk.set_declaration(id, Some(Declaration::NoConflict)).unwrap();
        worker.records(declared);
        let value = of(&format!("{}", number % 9));
        let scored = worker.desk.set_cell(id, &of("A1"), Cell::Scored { value }).unwrap();
        worker.records(scored);
    }
    worker
}

fn asked(line: &str, scheme: &Scheme, facts: &[Facts]) -> Tree {
    let query = parse(black_box(line), scheme).unwrap();
    evaluate(&query, facts, 0..facts.len())
}

fn lines(criterion: &mut Criterion) {
    let worker = desk();
    let index = Index::new(&worker.package, &worker.desk);
    let scheme = index.scheme.as_ref().unwrap();
    println!("\n{MANY} applications: from the typed line to the rows, {TIMES} times each\n");
    println!("{:<60}{:>12}{:>12}", "", "median", "p99");
    for line in LINES {
        criterion.bench_function(&format!("search {line:?}"), |bench| bench.iter(|| asked(line, scheme, &index.facts)));
        let mut times: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let begun = Instant::now();
                black_box(asked(line, scheme, &index.facts).lines());
                begun.elapsed()
            })
            .collect();
        times.sort();
        let (median, p99) = (times[TIMES / 2], times[TIMES * 99 / 100]);
        println!("{line:<60}{median:>12.2?}{p99:>12.2?}");
        // The same line does the same work every time, so the median is what it costs; the slowest tell what else the machine did.
        assert!(median < HALF_A_FRAME, "{line}: a key takes {median:?}");
    }
}

fn making(criterion: &mut Criterion) {
    let worker = desk();
    criterion.bench_function(&format!("what a search of {MANY} applications looks at"), |bench| {
        bench.iter(|| Index::new(black_box(&worker.package), black_box(&worker.desk)))
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = lines, making
}
criterion_main!(benches);
