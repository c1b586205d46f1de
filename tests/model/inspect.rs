//! The desk held against the model: every sheet, every earlier value, and what holds whatever was done.

use std::collections::BTreeMap;

use pingyi::domain::{
    desk::{Desk, PastValue},
    ids::ApplicationId,
    panel::Ground,
    sheet::{Cell, Declaration, Sheet, Status},
};

use super::{
    acts::{Act, Answer},
    paper::{Mark, Page, Paper},
    stage::at,
};
use crate::support::rules::{of, points};

/// The answer as the program has it.
pub(super) fn declaration(answer: Answer) -> Option<Declaration> {
    match answer {
        Answer::Open => None,
        Answer::Free => Some(Declaration::NoConflict),
        Answer::Conflict(words) => Some(Declaration::Conflict { ground: Ground::Employment, text: words.to_owned() }),
        Answer::Declined(words) => Some(Declaration::Declined { reason: words.to_owned() }),
    }
}

fn cell(mark: Mark) -> Cell {
    match mark {
        Mark::Points(text) => Cell::Scored { value: points(text) },
        Mark::NotApplicable(reason) => Cell::NotApplicable { reason: reason.to_owned() },
    }
}

fn sheet(page: &Page) -> Sheet {
    let comments = page.comments.iter().filter(|(id, _)| **id != "overall");
    Sheet {
        declaration: page.answer.and_then(declaration),
        cells: page.marks.iter().map(|(id, mark)| (of(id), cell(*mark))).collect(),
        comments: comments.map(|(id, text)| (of(id), text.clone())).collect(),
        overall: page.comments.get("overall").cloned().unwrap_or_default(),
        status: if page.handed_in { Status::Submitted } else { Status::Draft },
    }
}

/// Fails where the desk is another than the model's, or breaks what always holds. `act` is what was done last.
pub(super) fn agree(desk: &Desk, paper: &Paper, act: &Act) {
    let expected: BTreeMap<ApplicationId, Sheet> = paper.pages.iter().map(|(id, page)| (of(id), sheet(page))).collect();
    assert_eq!(desk.sheets, expected, "after {act:?}: the program's sheets are left");
    assert_eq!(desk.next_seq(), paper.next, "after {act:?}");
    assert_eq!((desk.pledge.is_some(), desk.package_revision as usize), (paper.pledged, paper.revision), "after {act:?}");
    let signed: Vec<(u64, String)> = desk.exports.iter().map(|export| (export.seq, export.digest.clone())).collect();
    assert_eq!(signed, paper.signed, "after {act:?}");
    assert_eq!(&Desk::replay(desk.entries.clone()).unwrap(), desk, "after {act:?}: what is shown is the fold of what is written");
    for (id, sheet) in &desk.sheets {
        let may_have_scores = sheet.declaration == Some(Declaration::NoConflict);
        assert!(may_have_scores || sheet.cells.is_empty(), "after {act:?}: {id} has scores and no declaration that allows them");
    }
    every_earlier_value_is_shown(desk, paper);
}

fn every_earlier_value_is_shown(desk: &Desk, paper: &Paper) {
    for ((application, criterion), values) in &paper.past {
        let found = desk.cell_history(&of(application), &of(criterion));
        let plain = |past: &PastValue| (past.seq, past.time.clone(), past.writer.to_string(), past.cell.clone());
        let expected = values.iter().map(|(entry, second, mark)| (*entry, at(*second), "R03".to_owned(), mark.map_or(Cell::Blank, cell)));
        assert_eq!(found.iter().map(plain).collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{application} {criterion}: who, when, what");
    }
}
