//! Every screen and every state of it worth looking at, by the keys that lead there; and what a cell must never hold.

use pingyi::{
    domain::{
        change::Change,
        correction::CorrectionGround,
        hostile::has_hostile,
        ids::ApplicationId,
        request::{About, Asked, Line, Request},
        sheet::{Cell, Declaration, Status},
        text::Language,
        worklist::RowState,
    },
    tui::{
        acts::Acts,
        app::{App, Terminal},
        settings::{Charset, Settings},
    },
};
use ratatui::{
    buffer::{Buffer, CellWidth},
    layout::Rect,
};

use rust_decimal::Decimal;

use crate::support::{
    rules::of,
    screens::{World, press},
};

/// In which state of the work a place is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// No package was opened yet.
    Bare,
    /// The pledge is still to be accepted.
    Unpledged,
    /// Nothing is scored yet.
    Fresh,
    /// Every application was answered for, so that signing is next.
    Done,
    /// At the chair's table; one bundle has not come yet.
    Awaiting,
    /// At the chair's table, everything taken in.
    Table,
    /// The bundle was signed, and the chair asks about `A1` and `B2` of `sx-0013`.
    Asked,
}

impl Start {
    pub(crate) fn world(self) -> World {
        match self {
            Self::Awaiting => World::table(&["R07"]),
            Self::Table => World::table(&[]),
            _ => self.prepare(World::sample()),
        }
    }

    /// The same state on another package.
    pub(crate) fn prepare(self, mut world: World) -> World {
        if matches!(self, Self::Awaiting | Self::Table) {
            return Self::world(self);
        }
        world.has_work = self != Self::Bare;
        world.pledged = self != Self::Unpledged;
        if self == Self::Done {
            decline_all(&mut world);
        }
        if self == Self::Asked {
            let asked = asks(&mut world, "请对照申报书第三部分，说明产业需求与城市定位两项为何与其他部分的评分相差较大，并视情调整。");
            world.record(Change::Asked(asked)).unwrap();
        }
        world
    }
}

/// Declines every application, so that nothing is missing.
pub(crate) fn decline_all(world: &mut World) {
    let is_open = |state: RowState| !state.is_out() && state != RowState::Submitted;
    let ids: Vec<_> = world.index.rows.iter().filter(|row| is_open(row.state)).map(|row| row.application.clone()).collect();
    for id in ids {
        let change = world.desk.set_declaration(&id, Some(Declaration::Declined { reason: "时间冲突".to_owned() })).unwrap();
        world.record(change).unwrap();
    }
}

/// Name, state and keys.
pub(crate) type Place = (&'static str, Start, &'static str);

/// Has R02 hand in `sx-0013`, decline everything else and sign; the request of the chair that follows, not taken in yet.
pub(crate) fn asks(world: &mut World, text: &str) -> Asked {
    let id: ApplicationId = of("sx-0013");
    let asked: Vec<_> = world.package.rubric.asked().map(|criterion| (criterion.id.clone(), criterion.max)).collect();
    world.record(world.desk.set_declaration(&id, Some(Declaration::NoConflict)).unwrap()).unwrap();
    for (criterion, max) in asked {
        let halves = (max.get() * Decimal::from(3) / Decimal::from(2)).floor() / Decimal::from(2);
        let cell = Cell::Scored { value: of(&halves.normalize().to_string()) };
        world.record(world.desk.set_cell(&id, &criterion, cell).unwrap()).unwrap();
    }
    world.record(world.desk.set_status(&id, Status::Submitted).unwrap()).unwrap();
    decline_all(world);
    let digest = "5".repeat(64);
    let export = Change::Export { revision: 1, digest: digest.clone(), file: "scores.zip".to_owned(), supersedes: None };
    world.record(export).unwrap();
    let line = Line { application: id, criteria: vec![of("A1"), of("B2")], ground: CorrectionGround::Abnormal, text: text.to_owned() };
    let about = About { revision: 1, digest };
    let request = Request { reviewer: world.reviewer.clone(), about, lines: vec![line], deadline: Some(of("2026-03-17T12:00:00+08:00")) };
    Asked { revision: 1, digest: "6".repeat(64), file: "rescore-sx-2026-01-p1-r02-r1.zip".to_owned(), request }
}

pub(crate) const PLACES: [Place; 80] = [
    ("welcome", Start::Bare, ""),
    ("welcome, path", Start::Bare, "1 /stick"),
    ("gather", Start::Bare, "4 /stick/结果 tab /stick/offices.allowed_signers tab sx-2026"),
    ("gather, working", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait"),
    ("register", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait wait"),
    ("register, recommended", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait wait tab down"),
    ("register, excluded", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait wait 2"),
    ("register, empty", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait wait 3"),
    ("register, popup", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait wait f9 tab tab tab geheim enter 3 1"),
    ("register, signed", Start::Bare, "4 /in tab /offices tab sx-2026 tab enter wait wait f9 f9 3 1 5 9 enter wait wait wait"),
    ("new folder", Start::Bare, "3 /stick/package"),
    ("office", Start::Bare, "2 /stick/package enter wait"),
    ("office, wrong", Start::Bare, "2 /stick/wrong enter wait"),
    ("problems", Start::Bare, "2 /stick/wrong enter wait 1"),
    ("formal", Start::Bare, "2 /stick/package enter wait 2"),
    ("people", Start::Bare, "2 /stick/package enter wait 3"),
    ("workshop", Start::Bare, "2 /stick/package enter wait 6 down"),
    ("workshop, form", Start::Bare, "2 /stick/package enter wait 6 7 /stick/pool.xlsx tab 5 tab tab 20260312-0417-8842"),
    ("plan", Start::Bare, "2 /stick/package enter wait 6 1 /stick/申报.xlsx enter wait"),
    ("plan, wrong", Start::Bare, "2 /stick/package enter wait 6 4 /stick/wrong.csv enter wait"),
    ("plan, popup", Start::Bare, "2 /stick/package enter wait 6 1 /stick/申报.xlsx enter wait enter"),
    ("build, popup", Start::Bare, "2 /stick/package enter wait 5 tab tab tab geheim enter"),
    ("arrival", Start::Bare, "1 /stick/package.zip enter"),
    ("pledge", Start::Unpledged, ""),
    ("worklist", Start::Fresh, ""),
    ("worklist, finding", Start::Fresh, "ctrl-f 实训"),
    ("declare", Start::Fresh, "ctrl-f sx-0006 enter"),
    ("declare, reason", Start::Fresh, "ctrl-f sx-0013 enter 2 曾任教"),
    ("sheet", Start::Fresh, "ctrl-f sx-0013 enter 1 7 . 5 enter 4 enter 9 enter"),
    ("sheet, typing", Start::Fresh, "ctrl-f sx-0013 enter 1 7 ."),
    ("sheet, end", Start::Fresh, "ctrl-f sx-0013 enter 1 end"),
    ("comment", Start::Fresh, "ctrl-f sx-0013 enter 1 f2 评审意见 enter 第二行"),
    ("read, words", Start::Fresh, "ctrl-f sx-0013 f3"),
    ("read, figures", Start::Fresh, "ctrl-f sx-0004 f3 2"),
    ("read, money", Start::Fresh, "ctrl-f sx-0004 f3 3"),
    ("read, near", Start::Fresh, "ctrl-f sx-0020 f3 4"),
    ("read, files", Start::Fresh, "ctrl-f sx-0019 f3 5"),
    ("reading beside the form", Start::Fresh, "ctrl-f sx-0013 enter 1 f3"),
    ("compare", Start::Fresh, "ctrl-f sx-0013 enter 1 7 enter 6 enter f7 right"),
    ("check", Start::Fresh, "f5"),
    ("export", Start::Done, "f9 enter"),
    ("export, popup", Start::Done, "f9 enter enter enter 1 2"),
    ("journal", Start::Fresh, "ctrl-f sx-0013 enter 1 7 enter 6 enter ctrl-z f8"),
    ("help", Start::Fresh, "ctrl-f sx-0013 enter 1 f1"),
    ("palette", Start::Fresh, "ctrl-p 对"),
    ("worklist, asked", Start::Asked, "ctrl-f sx-0013 enter esc"),
    ("sheet, asked", Start::Asked, "ctrl-f sx-0013 enter"),
    ("open-file", Start::Fresh, "ctrl-o /stick"),
    ("arrival, request", Start::Fresh, "ctrl-o /stick/rescore.zip enter"),
    ("settings", Start::Fresh, "f12"),
    ("board", Start::Awaiting, ""),
    ("board, all here", Start::Table, ""),
    ("bundles", Start::Awaiting, "1"),
    ("bundles, path", Start::Awaiting, "1 1 /stick"),
    ("bundles, working", Start::Awaiting, "1 1 /stick enter"),
    ("bundles, popup", Start::Table, "1 2"),
    ("intake", Start::Awaiting, "1 1 /stick enter down"),
    ("intake, refused", Start::Awaiting, "1 1 /stick/bad.zip enter down"),
    ("matrix", Start::Awaiting, "2"),
    ("matrix, criterion", Start::Table, "2 tab f4 f4 space"),
    ("flags", Start::Table, "3"),
    ("flag", Start::Table, "3 1"),
    ("flag, fact", Start::Table, "3 end enter"),
    ("ranking", Start::Table, "4"),
    ("why", Start::Table, "4 enter"),
    ("why, tied", Start::Table, "4 tab tab tab down down enter"),
    ("case", Start::Table, "2 down down down enter"),
    ("opinions", Start::Table, "5"),
    ("opinion", Start::Table, "5 1 6"),
    ("opinion, writing", Start::Table, "5 1 1 总体可行。 enter 建议支持"),
    ("members", Start::Table, "6"),
    ("member", Start::Table, "6 2"),
    ("form, reason", Start::Table, "3 1 1 经评审组复核，评分有依据"),
    ("form, vote", Start::Table, "5 1 7 7 tab 7 tab 6"),
    ("form, tie", Start::Table, "4 tab tab tab down f3 5"),
    ("form, correction", Start::Table, "1 2 right enter esc 2 down down down enter 7"),
    ("meeting", Start::Table, "7"),
    ("meeting, leaving", Start::Table, "7 down down enter"),
    ("statistics", Start::Table, "8"),
    ("map", Start::Table, "9 down"),
];

/// How a window may look, beyond its size.
pub(crate) const SETS: [(Charset, Terminal); 4] = [
    (Charset::Unicode, Terminal { mono: false, narrow: true }),
    (Charset::Ascii, Terminal { mono: false, narrow: true }),
    (Charset::Unicode, Terminal { mono: true, narrow: true }),
    (Charset::Auto, Terminal { mono: true, narrow: false }),
];

/// Runs `keys` with these settings and hands the app to `then`.
pub(crate) fn run<T>(world: &mut dyn Acts, settings: Settings, terminal: Terminal, keys: &str, then: impl FnOnce(&mut App<'_>) -> T) -> T {
    let mut app = App::new(world, settings, terminal);
    press(&mut app, keys);
    then(&mut app)
}

pub(crate) fn in_language(language: Language) -> Settings {
    Settings { language, ..Settings::default() }
}

/// The cells as they are drawn now.
pub(crate) fn cells(app: &mut App<'_>, columns: u16, rows: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = app.draw(&mut buffer);
    assert!(cursor.is_none_or(|cursor| cursor.x < columns && cursor.y < rows), "{cursor:?} outside {columns}x{rows}");
    buffer
}

/// What is wrong with the cells: something that a terminal would obey, or a wide character without its other half.
pub(crate) fn faults(buffer: &Buffer) -> Vec<String> {
    let area = *buffer.area();
    let mut found = Vec::new();
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let cell = &buffer[(x, y)];
            let columns = cell.cell_width().max(1);
            if has_hostile(cell.symbol()) {
                found.push(format!("{x},{y}: {:?} is no text", cell.symbol()));
            }
            let marks = cell.symbol().chars().filter(|c| unicode_width::UnicodeWidthChar::width(*c) == Some(0)).count();
            if marks > 4 {
                found.push(format!("{x},{y}: {marks} marks on one character"));
            }
            let behind = x.saturating_add(1)..x.saturating_add(columns);
            if behind.end > area.width {
                found.push(format!("{x},{y}: {:?} does not fit", cell.symbol()));
            } else if behind.clone().any(|x| buffer[(x, y)].symbol() != " ") {
                found.push(format!("{x},{y}: half of {:?} is written over", cell.symbol()));
            }
            x = x.saturating_add(columns);
        }
    }
    found
}
