//! A reviewer at work: the same rules behind the screens and the commands.

use pingyi::{
    domain::{desk::Refusal, sheet::Status},
    intake::scores,
    store::Access,
    workflow::{
        StepError,
        act::{self, Act},
        error::Class,
        session::Session,
    },
};

use crate::support::{rules::of, stage::Machine};

/// Does the lines of a batch; each must go well.
fn does(machine: &mut Machine, session: &mut Session, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let now = machine.now();
        act::parse(line).and_then(|act| act.perform(session, &now)).unwrap_or_else(|error| panic!("{line}: {error:?}"));
    }
}

fn refused(machine: &mut Machine, session: &mut Session, line: &str) -> StepError {
    let now = machine.now();
    match act::parse(line).and_then(|act| act.perform(session, &now)) {
        Ok(recorded) => panic!("{line}: {recorded:?}"),
        Err(error) => error,
    }
}

#[test]
fn nothing_is_recorded_before_the_pledge_is_accepted() {
    let mut machine = Machine::of("R02");
    machine.opens(&crate::support::stage::package()).unwrap();
    let mut session = machine.session();
    let error = refused(&mut machine, &mut session, "declare sx-0002");
    assert!(matches!(error, StepError::NoPledge));
    assert_eq!(error.class(), Class::No);
    let now = machine.now();
    assert!(session.pledge(&now).unwrap().changed);
    assert!(!session.pledge(&now).unwrap().changed, "once is enough");
    does(&mut machine, &mut session, "declare sx-0002");
}

#[test]
fn a_sheet_is_closed_until_the_conflict_question_is_answered() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    let error = refused(&mut machine, &mut session, "set sx-0002 A1 7");
    assert!(matches!(error, StepError::Refused(Refusal::Undeclared(_))), "{error:?}");
    does(&mut machine, &mut session, "declare sx-0002\nset sx-0002 A1 7");
    assert_eq!(session.desk().sheet(&of("sx-0002")).cell(&of("A1")).value().unwrap().to_string(), "7");
}

#[test]
fn values_are_refused_and_never_bent() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    does(&mut machine, &mut session, "declare sx-0002\nset sx-0002 A1 7");
    for line in [
        "set sx-0002 A1 8.5",
        "set sx-0002 A1 7.3",
        "set sx-0002 A1 7e0",
        "set sx-0002 A1 -0",
        "set sx-0002 A1 -1",
        "set sx-0002 A1 +7",
        "set sx-0002 A1 ７",
        "set sx-0002 A1 7,5",
        "set sx-0002 A1 07",
        "set sx-0002 A1 .5",
        "set sx-0002 A1 NaN",
        "set sx-0002 A1 1000000000000000000000000000000",
        "set sx-0002 Z9 1",
        "set sx-9999 A1 1",
        "set sx-0002 A1",
        "na sx-0002 A1 不涉及",
        "recuse sx-0002 nonsense 理由",
        "frobnicate sx-0002",
    ] {
        refused(&mut machine, &mut session, line);
        assert_eq!(session.desk().sheet(&of("sx-0002")).cell(&of("A1")).value().unwrap().to_string(), "7", "{line}");
    }
}

#[test]
fn a_batch_line_knows_every_act() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    does(
        &mut machine,
        &mut session,
        r"
        declare sx-0002
        set sx-0002 A1 7
        set sx-0002 A1 -
        set sx-0002 A1 6.5
        comment sx-0002 A1 第一行\n第二行 C:\\temp
        comment sx-0002 overall 总体可行
        recuse sx-0003 employment 曾在该园区任职
        decline sx-0008 专业不符
        undo
        redo
        ",
    );
    let sheet = session.desk().sheet(&of("sx-0002"));
    assert_eq!(sheet.comment(&of("A1")), "第一行\n第二行 C:\\temp");
    assert_eq!(sheet.overall, "总体可行");
    assert!(session.desk().sheet(&of("sx-0003")).is_out());
    assert!(session.desk().sheet(&of("sx-0008")).is_out());
}

#[test]
fn undo_goes_on_after_leaving_and_coming_back() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    does(&mut machine, &mut session, "declare sx-0002\nset sx-0002 A1 7\nset sx-0002 A2 6\nset sx-0002 A3 5");
    session.close(&machine.now()).unwrap();
    let mut session = machine.session();
    does(&mut machine, &mut session, "undo\nundo");
    session.close(&machine.now()).unwrap();
    let mut session = machine.session();
    let values = |session: &Session| {
        let sheet = session.desk().sheet(&of("sx-0002"));
        ["A1", "A2", "A3"].map(|id| sheet.cell(&of(id)).value().map(|value| value.to_string()))
    };
    assert_eq!(values(&session), [Some("7".to_owned()), None, None]);
    does(&mut machine, &mut session, "redo\nredo");
    assert_eq!(values(&session), [Some("7".to_owned()), Some("6".to_owned()), Some("5".to_owned())]);
    let now = machine.now();
    assert!(!session.redo(&now).unwrap().changed, "there is nothing left to do again");
}

#[test]
fn a_recused_pair_cannot_be_scored_whoever_asked_for_it() {
    let mut machine = Machine::of("R03");
    let mut session = machine.sits_down();
    let by_office = refused(&mut machine, &mut session, "declare sx-0001");
    assert!(matches!(by_office, StepError::Refused(Refusal::Recused(_))), "{by_office:?}");
    does(&mut machine, &mut session, "recuse sx-0002 other 参与过论证");
    assert!(matches!(refused(&mut machine, &mut session, "set sx-0002 A1 7"), StepError::Refused(Refusal::Out(_))));
}

#[test]
fn what_failed_the_formal_check_or_was_not_assigned_is_nobodys_to_score() {
    let mut machine = Machine::of("R03");
    let mut session = machine.sits_down();
    for id in ["sx-0022", "sx-0099"] {
        assert!(matches!(refused(&mut machine, &mut session, &format!("declare {id}")), StepError::Refused(_)), "{id}");
    }
    let mut machine = Machine::of("R07");
    let mut session = machine.sits_down();
    assert!(matches!(refused(&mut machine, &mut session, "declare sx-0005"), StepError::Refused(Refusal::NotAssigned(_))));
}

#[test]
fn an_incomplete_sheet_is_not_handed_in_and_a_handed_in_one_is_closed() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    does(&mut machine, &mut session, "declare sx-0002\nset sx-0002 A1 7");
    let error = refused(&mut machine, &mut session, "submit sx-0002");
    assert!(matches!(error, StepError::Refused(Refusal::Incomplete { missing: 14, .. })), "{error:?}");
    for (criterion, value) in
        [("A2", "7"), ("A3", "5"), ("A4", "7"), ("B1", "7"), ("B2", "5"), ("B3", "5"), ("C1", "7"), ("C2", "5"), ("C3", "4"), ("C4", "5")]
    {
        does(&mut machine, &mut session, &format!("set sx-0002 {criterion} {value}"));
    }
    does(&mut machine, &mut session, "set sx-0002 O1 6\nset sx-0002 O2 5\nset sx-0002 O3 6\nset sx-0002 O4 4\nsubmit sx-0002");
    assert!(matches!(refused(&mut machine, &mut session, "set sx-0002 A1 6"), StepError::Refused(Refusal::Submitted(_))));
    does(&mut machine, &mut session, "withdraw sx-0002\nset sx-0002 A1 6");
    assert_eq!(session.desk().sheet(&of("sx-0002")).status, Status::Draft);
}

#[test]
fn one_open_sheet_keeps_every_other_from_being_handed_in_with_it() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    let now = machine.now();
    let rows = pingyi::domain::worklist::rows(session.package(), session.desk());
    let first = rows[0].application.clone();
    does(&mut machine, &mut session, &format!("declare {first}"));
    for criterion in ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "O1", "O2", "O3", "O4"] {
        does(&mut machine, &mut session, &format!("set {first} {criterion} 4"));
        does(&mut machine, &mut session, &format!("comment {first} {criterion} 依据充分"));
    }
    let before = session.desk().next_seq();
    assert!(matches!(session.submit(None, &now), Err(StepError::Refused(_))));
    assert_eq!(session.desk().next_seq(), before, "the complete sheet came first and is still a draft");
    assert_eq!(session.submit(Some(&first), &now).unwrap(), 1);
}

#[test]
fn a_table_of_scores_goes_through_the_same_rules_as_the_keyboard() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    let table = "application,criterion,value,state,reason,comment\n\
                 sx-0002,A1,7.5,,,很好\n\
                 sx-0003,-,employment,recused,近三年任职,\n\
                 sx-0008,-,,declined,专业不符,\n\
                 sx-0002,overall,,comment,,总体可行\n";
    for line in scores::read("t.csv", table.as_bytes()).unwrap() {
        for act in act::of_line(session.desk(), &line) {
            act.perform(&mut session, &machine.now()).unwrap();
        }
    }
    let sheet = session.desk().sheet(&of("sx-0002"));
    assert_eq!((sheet.cell(&of("A1")).value().unwrap().to_string().as_str(), sheet.comment(&of("A1"))), ("7.5", "很好"));
    assert_eq!(sheet.overall, "总体可行");
    assert!(session.desk().sheet(&of("sx-0003")).is_out() && session.desk().sheet(&of("sx-0008")).is_out());
}

#[test]
fn what_changes_nothing_is_not_recorded() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    does(&mut machine, &mut session, "declare sx-0002\nset sx-0002 A1 7");
    let entries = session.desk().entries.len();
    let now = machine.now();
    let again = Act::set("sx-0002", "A1", "7").unwrap().perform(&mut session, &now).unwrap();
    assert!(!again.changed);
    assert_eq!(again.seq as usize, entries - 1, "the number is that of the last durable entry");
    assert_eq!(session.desk().entries.len(), entries);
}

#[test]
fn the_work_can_be_read_beside_an_open_window_and_not_written() {
    let mut machine = Machine::of("R02");
    let mut writer = machine.sits_down();
    does(&mut machine, &mut writer, "declare sx-0002\nset sx-0002 A1 7");
    let mut reader = Session::open(&machine.home, None, Access::Read).unwrap();
    assert_eq!(reader.desk().entries.len(), writer.desk().entries.len());
    assert!(matches!(refused(&mut machine, &mut reader, "set sx-0002 A1 6"), StepError::Store(_)));
    let second = Session::open(&machine.home, None, Access::Write).err().unwrap();
    assert_eq!(second.class(), Class::Store, "{second:?}");
}

#[test]
fn several_workspaces_want_a_name() {
    let mut machine = Machine::of("R02");
    machine.opens(&crate::support::stage::package()).unwrap();
    machine.code = of("R04");
    machine.opens(&crate::support::stage::package()).unwrap();
    let error = Session::open(&machine.home, None, Access::Read).err().unwrap();
    assert!(matches!(&error, StepError::SeveralWorkspaces { names } if names.len() == 2), "{error:?}");
    let named = Session::open(&machine.home, Some("sx-2026-01-p1-r04"), Access::Read).unwrap();
    assert_eq!(named.reviewer().as_str(), "R04");
    assert!(matches!(Session::open(&machine.home, Some("nobody"), Access::Read), Err(StepError::NoSuchWorkspace { .. })));
    assert!(matches!(Session::open(&Machine::bare().home, None, Access::Read), Err(StepError::NoWorkspace)));
}
