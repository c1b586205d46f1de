//! Sheets from paper: the bytes that a result carries, and their digest.

use std::collections::BTreeMap;

use pingyi::{
    digest,
    domain::{
        sheet::{Cell, Declaration},
        table::{
            act::Act,
            paper::{Paper, PaperSheet, Typed},
        },
    },
    store::Access,
    workflow::{StepError, open, paper::canonical, table::TableSession},
};

use crate::support::{
    rules::{of, points},
    stage::{Machine, office, package},
};

/// One sheet with one score and one comment.
fn paper() -> Paper {
    let typed = |by: &str| Typed { by: of(by), digest: format!("entry of {by}") };
    let sheet = PaperSheet {
        application: of("sx-0017"),
        declaration: Declaration::NoConflict,
        cells: BTreeMap::from([(of("A1"), Cell::Scored { value: points("8") })]),
        comments: BTreeMap::from([(of("A1"), "依据可核".to_owned())]),
        overall: "可行".to_owned(),
    };
    let (first, second) = (typed("T01"), typed("T02"));
    let mut paper = Paper {
        reviewer: of("R08"),
        revision: 1,
        supersedes: None,
        digest: String::new(),
        first,
        second,
        control_total: of("8"),
        image: None,
        sheets: vec![sheet],
    };
    paper.digest = digest::sha256_hex(&canonical(&paper));
    paper
}

/// What anybody must be able to write again from the description in `docs/formats.md`.
const BYTES: &str = r#"{
  "reviewer": "R08",
  "revision": 1,
  "supersedes": null,
  "first": {
    "by": "T01",
    "digest": "entry of T01"
  },
  "second": {
    "by": "T02",
    "digest": "entry of T02"
  },
  "control_total": "8",
  "image": null,
  "sheets": [
    {
      "application": "sx-0017",
      "declaration": {
        "answer": "no-conflict"
      },
      "cells": {
        "A1": {
          "state": "scored",
          "value": "8"
        }
      },
      "comments": {
        "A1": "依据可核"
      },
      "overall": "可行"
    }
  ]
}
"#;

#[test]
fn the_bytes_are_those_of_the_description_and_everything_but_the_digest_stands_in_them() {
    let paper = paper();
    assert_eq!(String::from_utf8(canonical(&paper)).unwrap(), BYTES);
    let other = Paper { digest: "0".repeat(64), ..paper.clone() };
    assert_eq!(canonical(&other), canonical(&paper));
    let others = [
        Paper { reviewer: of("R02"), ..paper.clone() },
        Paper { revision: 2, ..paper.clone() },
        Paper { supersedes: Some("x".into()), ..paper.clone() },
        Paper { first: Typed { by: of("OF1"), ..paper.first.clone() }, ..paper.clone() },
        Paper { second: Typed { digest: "x".into(), ..paper.second.clone() }, ..paper.clone() },
        Paper { control_total: of("8.5"), ..paper.clone() },
        Paper { image: Some("x".into()), ..paper.clone() },
        Paper { sheets: Vec::new(), ..paper.clone() },
    ];
    for other in others {
        assert_ne!(canonical(&other), canonical(&paper), "{other:?}");
    }
}

#[test]
fn sheets_that_are_not_what_their_digest_says_never_reach_the_journal() {
    let mut machine = Machine::of("R01");
    let code = machine.code.clone();
    machine.step(|home, here| open::look(home, &package(), Some(&office()))?.accept_at_table(home, &code, here)).unwrap();
    let mut session = TableSession::open(&machine.home, None, Access::Write).unwrap();
    let head = session.store().head().clone();
    let altered = Paper { control_total: of("8.5"), ..paper() };
    let refused = session.record(Act::Paper(altered), &machine.now());
    assert!(matches!(&refused, Err(StepError::PaperAltered { reviewer }) if *reviewer == of("R08")), "{refused:?}");
    let refused = session.record(Act::Paper(paper()), &machine.now());
    assert!(matches!(refused, Err(StepError::Act(_))), "whole, and yet nobody typed it: {refused:?}");
    assert_eq!(session.store().head(), &head);
}
