//! The chair's screens on real files: bundles with signatures, a journal on the disk, figures after every act.

use std::path::Path;

use pingyi::{
    domain::{
        table::act::{Act, Signature},
        time::Moment,
    },
    store::Access,
    tui::{
        acts::Acts,
        app::{App, Terminal},
        settings::Settings,
        shell::{Seat, Senses, Shell},
    },
    workflow::{home::Home, open, table::TableSession},
};

use crate::support::{
    rules::of,
    screens::{picture, press},
    stage::{Machine, office, package, scores},
};

/// A clock that goes on and a chance that stands still.
struct Still(i64);

impl Senses for Still {
    fn now(&self) -> Moment {
        of::<Moment>("2026-03-17T10:00:00+08:00").later(self.0).unwrap()
    }

    fn fill(&mut self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

/// The chair's machine with the package at the table.
fn chair() -> Machine {
    let mut machine = Machine::of("R01");
    let code = machine.code.clone();
    machine.step(|home, here| open::look(home, &package(), Some(&office()))?.accept_at_table(home, &code, here)).unwrap();
    machine
}

fn table(home: &Home) -> TableSession {
    TableSession::open(home, None, Access::Write).unwrap()
}

/// Does something at the table of `machine`, and closes it.
fn at<T>(machine: &Machine, act: impl FnOnce(&mut Shell<'_>) -> T) -> T {
    let mut senses = Still(60);
    let mut shell = Shell::new(&machine.home, &mut senses, Seat::Table(table(&machine.home)));
    let done = act(&mut shell);
    shell.close().unwrap();
    done
}

#[test]
fn a_folder_of_bundles_is_taken_in_and_everything_is_there_the_next_time() {
    let machine = chair();
    let stick = machine.path().join("stick");
    std::fs::create_dir_all(&stick).unwrap();
    for code in ["R01", "R02", "R03", "R04", "R05", "R06", "R07"] {
        std::fs::copy(scores(code), stick.join(scores(code).file_name().unwrap())).unwrap();
    }
    // Other files on the stick are nobody's bundles.
    std::fs::write(stick.join("readme.txt"), "x").unwrap();
    std::fs::copy(package(), stick.join(package().file_name().unwrap())).unwrap();
    let intake = at(&machine, |shell| shell.take_in(&stick).unwrap());
    assert!(intake.taken && intake.lines.len() == 7, "{intake:?}");
    assert!(intake.lines.iter().all(|line| line.verdict.id == "verdict-new" && line.advice.is_none()), "{intake:?}");
    at(&machine, |shell| {
        let table = shell.table().unwrap();
        assert_eq!((table.index.open.awaited.len(), table.index.cases.len(), table.writable), (0, 24, true));
        let total = table.result(&of("sx-0001")).unwrap().1.total_text();
        assert_eq!(total, "92.75", "as worked out by hand");
    });
}

#[test]
fn one_file_that_is_no_score_bundle_keeps_all_back_and_says_why() {
    let machine = chair();
    at(&machine, |shell| {
        let folder = machine.path().join("empty");
        std::fs::create_dir_all(&folder).unwrap();
        assert_eq!(shell.take_in(&folder).unwrap_err().what.id, "err-no-bundles");
        assert!(shell.take_in(Path::new("/nowhere/scores.zip")).is_err());
        let intake = shell.take_in(&package()).unwrap();
        assert!(!intake.taken && !intake.lines[0].is_good && intake.lines[0].advice.is_some(), "{intake:?}");
        assert_eq!(shell.table().unwrap().index.open.awaited.len(), 7);
    });
}

#[test]
fn acts_are_recorded_taken_back_and_made_again_across_sessions() {
    let machine = chair();
    at(&machine, |shell| shell.take_in(&scores("R02")).unwrap());
    let signs = Act::Member { person: of("R02"), before: None, after: Some(Signature::Signed) };
    assert_eq!(at(&machine, |shell| shell.decide(signs).unwrap().id), "did-sign");
    let signed = |machine: &Machine| at(machine, |shell| shell.table().unwrap().table().members.contains_key(&of("R02")));
    assert!(signed(&machine));
    assert_eq!(at(&machine, |shell| shell.undo().unwrap().id), "said-undone");
    assert!(!signed(&machine));
    assert_eq!(at(&machine, |shell| shell.redo().unwrap().id), "said-redone");
    assert!(signed(&machine));
    let stranger = Act::Member { person: of("R99"), before: None, after: Some(Signature::Signed) };
    assert!(at(&machine, |shell| shell.decide(stranger).is_err()), "the rules judge what the screens send");
}

#[test]
fn what_came_in_is_not_taken_back() {
    let machine = chair();
    at(&machine, |shell| shell.take_in(&scores("R02")).unwrap());
    let trouble = at(&machine, |shell| shell.undo().unwrap_err());
    assert_eq!(trouble.what.id, "nothing-to-undo");
}

#[test]
fn the_screens_of_a_table_begin_with_the_board_and_open_attachments_as_signed() {
    let machine = chair();
    at(&machine, |shell| {
        // A machine without a viewer says so; the file lies there all the same.
        let _viewer = shell.view(&of("sx-0002"), "gb-agreement.txt");
        let mut app = App::new(shell, Settings::default(), Terminal { mono: true, narrow: true });
        assert!(picture(&mut app, (80, 24)).0[0].starts_with("组长席"));
        press(&mut app, "2 enter 2 2");
        assert!(picture(&mut app, (80, 24)).0.join("\n").contains("申报"), "the application can be read at the table");
    });
    let viewing = table(&machine.home).workspace().viewing();
    assert_eq!(std::fs::read_dir(viewing).unwrap().count(), 1);
}

#[test]
fn the_chair_opens_the_table_from_the_first_screen() {
    let machine = Machine::of("R01");
    let mut senses = Still(0);
    let mut shell = Shell::new(&machine.home, &mut senses, Seat::Nobody);
    let arrival = shell.look(&package()).unwrap();
    assert_eq!(arrival.chairs.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["R01"], "whose key lies here");
    assert!(shell.table().is_none());
    assert_eq!(shell.preside("R01").unwrap().id, "said-table-open");
    assert!(shell.table().is_some() && shell.work().is_none());
    shell.close().unwrap();
    assert!(table(&machine.home).table().arrived.is_empty());
}

#[test]
fn a_member_who_does_not_preside_is_offered_no_table() {
    let machine = Machine::of("R03");
    let mut senses = Still(0);
    let mut shell = Shell::new(&machine.home, &mut senses, Seat::Nobody);
    assert_eq!(shell.look(&package()).unwrap().chairs, Vec::new());
    assert!(shell.preside("R03").is_err());
}
