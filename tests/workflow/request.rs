//! The chair asks for another look at a score, and the reviewer answers: what is written, what is recorded, and what is left when it fails.

use std::fs;

use pingyi::{
    domain::{desk::Refusal, ids::PersonCode, sheet::Status, table::ActRefusal},
    store::{self, Access},
    workflow::{
        StepError, act, answer, collect,
        home::Home,
        request::{self, Question, RequestError},
        session::Session,
        submit,
        table::TableSession,
        verify,
    },
};

use crate::{
    model::stage::{answer as answered, at, here, lay, lay_signed, package, question, request as signed, table},
    support::{
        bundle::unpack,
        rules::of,
        stage::{key, office},
    },
};

fn write(session: &mut TableSession, question: Question, code: &str, to: &std::path::Path) -> Result<request::Written, StepError> {
    here(110, |here| request::write(session, question, &key(code), to, here))
}

#[test]
fn a_request_is_written_once_recorded_and_handed_out_again_as_often_as_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (stick, second) = (folder.path().join("stick"), folder.path().join("second"));
    let mut session = table(&folder.path().join("home"));
    let first = write(&mut session, question(), "R01", &stick).unwrap();
    assert!(first.flags.is_empty(), "one bundle alone differs from nothing; a chair may ask all the same");
    assert!(first.is_new && first.signer == of::<PersonCode>("R01") && first.asked.revision == 1);
    assert_eq!(session.table().asked, [first.asked.clone()]);
    let head = session.store().head().seq;
    let again = write(&mut session, question(), "R01", &second).unwrap();
    assert!(!again.is_new);
    assert_eq!(session.store().head().seq, head, "nothing is recorded twice");
    assert_eq!(fs::read(&first.path).unwrap(), fs::read(&again.path).unwrap());
    assert!(verify::verify(&first.path, Some(&office())).unwrap().passes());
    let other = Question { deadline: None, ..question() };
    let refused = write(&mut session, other, "R01", &second).unwrap_err();
    assert!(matches!(refused, StepError::Act(ActRefusal::Waiting { .. })), "{refused:?}");
}

#[test]
fn a_request_tells_the_reviewer_nothing_but_the_question_and_the_offices_own_words() {
    let members = unpack(&fs::read(signed()).unwrap());
    let of_office = unpack(&fs::read(package(1)).unwrap());
    let own = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/bundle.json", "data/request.json"];
    for (name, bytes) in &members {
        let flat = name.strip_prefix("data/package/").unwrap_or(name);
        let is_of_office = of_office.iter().any(|(member, content)| member.replace('/', ".") == flat && content == bytes);
        assert!(
            is_of_office || own.contains(&name.as_str()) || name.starts_with("signatures/"),
            "{name} is neither the question nor the office's"
        );
    }
    let said = String::from_utf8(members["data/request.json"].clone()).unwrap();
    for code in ["R01", "R02", "R04", "R05", "R06", "R07"] {
        assert!(!said.contains(code), "{code} is named: {said}");
    }
    assert!(!said.contains("15.5"), "the reviewer's own score need not travel either: {said}");
}

#[test]
fn whoever_stays_out_of_an_application_leaves_the_question_to_the_deputy() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = table(&folder.path().join("home"));
    let mut out = question();
    out.lines[0].application = of("sx-0009");
    let refused = write(&mut session, out, "R01", &folder.path().join("stick")).unwrap_err();
    let StepError::Request(RequestError::SignerOut { code, application, others }) = refused else { panic!("{refused:?}") };
    assert_eq!((code.as_str(), application.as_str(), others), ("R01", "sx-0009", vec!["R02".to_owned()]));
    let written = write(&mut session, question(), "R02", &folder.path().join("stick")).unwrap();
    assert_eq!(written.signer.as_str(), "R02", "the deputy may ask at the chair's table");
    let names: Vec<String> = unpack(&fs::read(&written.path).unwrap()).into_keys().filter(|name| name.starts_with("signatures/")).collect();
    assert_eq!(names, ["signatures/deputy-r02.sig"]);
}

#[test]
fn a_request_that_cannot_be_written_leaves_table_and_stick_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("stick");
    let mut session = table(&folder.path().join("home"));
    let head = session.store().head().clone();
    let changed = |change: fn(&mut Question)| {
        let mut question = question();
        change(&mut question);
        question
    };
    let cases: [(Question, &str, &str); 6] = [
        (question(), "R03", "err-ask-not-presiding"),
        (changed(|question| question.reviewer = of("R04")), "R01", "err-ask-no-bundle"),
        (changed(|question| question.lines[0].criteria = vec![of("Z9")]), "R01", "err-request-criterion"),
        (changed(|question| question.lines[0].text = "见R05的评分".to_owned()), "R01", "err-request-names"),
        (changed(|question| question.lines[0].application = of("sx-0024")), "R01", "err-request-assigned"),
        (changed(|question| question.lines[0].application = of("sx-0009")), "R02", "err-request-recused"),
    ];
    for (question, code, says) in cases {
        let refused = write(&mut session, question, code, &stick).unwrap_err();
        assert_eq!(refused.code(), says);
        assert!(!stick.exists(), "{says}: a folder was made");
    }
    fs::create_dir_all(&stick).unwrap();
    fs::write(stick.join("rescore-sx-2026-01-p1-r03-r1.zip"), "another").unwrap();
    let refused = write(&mut session, question(), "R01", &stick).unwrap_err();
    assert!(matches!(refused, StepError::TargetExists { .. }), "{refused:?}");
    assert_eq!(session.store().head(), &head);
    assert!(session.table().asked.is_empty());
}

/// R03, who signed, in a new data folder.
fn reviewer(folder: &std::path::Path) -> Session {
    Session::open(&lay_signed(&folder.join("r03")), None, Access::Write).unwrap()
}

#[test]
fn a_request_that_is_taken_in_opens_its_sheet_once_and_the_store_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = reviewer(folder.path());
    let home = Home::new(folder.path().join("r03"));
    assert_eq!(answer::workspace(&home, signed()).unwrap(), *session.workspace());
    let taken = answer::look(&session, signed()).unwrap().accept(&mut session, &at(200)).unwrap();
    assert!(taken.changed);
    assert_eq!(session.desk().sheet(&of("sx-0005")).status, Status::Draft);
    let again = answer::look(&session, signed()).unwrap().accept(&mut session, &at(201)).unwrap();
    assert!(!again.changed, "the same stick again changes nothing");
    assert!(!session.undo(&at(202)).unwrap().changed, "undo does not take a request back");
    let store = session.workspace().store();
    session.close(&at(203)).unwrap();
    assert!(store::check(&store, &[]).unwrap().sound, "journal and index agree");
    let session = Session::open(&home, None, Access::Read).unwrap();
    assert_eq!(session.desk().open_request().unwrap().request, question_of(&session));
}

fn question_of(session: &Session) -> pingyi::domain::request::Request {
    session.desk().requests[0].asked.request.clone()
}

#[test]
fn a_request_is_refused_where_it_does_not_belong() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = Session::open(&lay(&folder.path().join("fresh")), None, Access::Write).unwrap();
    let refused = answer::look(&fresh, signed()).err().unwrap();
    assert_eq!(refused.code(), "err-no-pledge", "nothing was signed there");
    let nobody = Home::new(folder.path().join("nobody"));
    let refused = answer::workspace(&nobody, signed()).err().unwrap();
    assert!(matches!(refused, StepError::Request(RequestError::NoWork { .. })), "{refused:?}");
    let mut bytes = fs::read(signed()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let altered = folder.path().join(signed().file_name().unwrap());
    fs::write(&altered, bytes).unwrap();
    let session = reviewer(folder.path());
    assert!(matches!(answer::look(&session, &altered).err().unwrap(), StepError::NotVerified(_)));
    assert!(session.desk().requests.is_empty());
}

#[test]
fn an_answer_is_taken_in_even_after_the_scores_were_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = table(&folder.path().join("home"));
    let written = write(&mut session, question(), "R01", &folder.path().join("stick")).unwrap();
    assert_eq!(fs::read(&written.path).unwrap(), fs::read(signed()).unwrap(), "the same table asks in the same bytes");
    session.record(pingyi::domain::table::act::Act::Consolidate, &at(120)).unwrap();
    let lines = collect::collect(&mut session, &[answered().to_owned()], false, &at(400)).unwrap();
    assert!(lines[0].is_good(), "{lines:?}");
    assert_eq!(session.table().current(&of("R03")).unwrap().revision, 2);
    assert_eq!(session.table().waiting_for(&of("R03")), None);
    let value = session.given()[&of::<PersonCode>("R03")].desk.sheet(&of("sx-0005")).cell(&of("B1")).value();
    assert_eq!(value, Some(of("17")), "the new score counts");
}

#[test]
fn a_reviewer_who_stays_by_a_score_says_why_and_signs_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = reviewer(folder.path());
    answer::look(&session, signed()).unwrap().accept(&mut session, &at(200)).unwrap();
    let step = |session: &mut Session, line: &str| act::parse(line).unwrap().perform(session, &at(210));
    let silent = step(&mut session, "submit sx-0005").unwrap_err();
    assert!(matches!(silent, StepError::Refused(Refusal::Incomplete { .. })), "{silent:?}");
    let open = here(211, |here| submit::export(&mut session, &key("R03"), &folder.path().join("out"), here)).unwrap_err();
    assert!(matches!(open, StepError::SheetsOpen { .. }), "an open question keeps the bundle back: {open:?}");
    step(&mut session, "comment sx-0005 B1 材料充分，维持原分").unwrap();
    step(&mut session, "submit sx-0005").unwrap();
    let exported = here(220, |here| submit::export(&mut session, &key("R03"), &folder.path().join("out"), here)).unwrap();
    assert_eq!(exported.revision, 2);
    let report = verify::verify(&exported.path, Some(&office())).unwrap();
    assert!(report.passes(), "{:?}", report.errors().collect::<Vec<_>>());
    let late = step(&mut session, "set sx-0005 B1 12").unwrap_err();
    assert_eq!(late.code(), "err-answered");
}
