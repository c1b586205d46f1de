//! What a viewer's facts hold, and what they do not.

use pingyi::{
    domain::{compare::TableCell, package::Package, visibility::HIDDEN},
    search::{facts::Facts, keys::KeyId, scheme::Viewer},
};

use super::{CHAIR, OFFICE, REVIEWER, Sight, sight_of};
use crate::support::{
    rules::{Worker, of},
    screens::SAMPLE,
};

fn facts<'a>(sight: &'a Sight, id: &str) -> &'a Facts {
    sight.facts.iter().find(|facts| facts.application.as_str() == id).unwrap_or_else(|| panic!("{id}"))
}

/// The sample call with the applicants' names hidden from reviewers.
fn blind() -> Package {
    let mut package = SAMPLE.clone();
    package.call.blind.applicant = true;
    package
}

#[test]
fn a_reviewers_facts_hold_no_figure_of_anybody_else() {
    for facts in &REVIEWER.facts {
        let others = [facts.mean, facts.spread, facts.sd, facts.rank];
        assert!(others.iter().all(Option::is_none) && facts.tied.is_none(), "{}", facts.application);
        assert!(facts.missing.is_empty() && facts.flags.is_empty(), "{}", facts.application);
        assert_eq!(facts.total, facts.my, "{}: the only total a reviewer sees is the own one", facts.application);
    }
    let codes: Vec<&str> = REVIEWER.scheme.people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(codes, ["R02"], "nobody else's recusals can even be asked for");
}

#[test]
fn an_application_that_nobody_assigned_has_no_facts() {
    assert_eq!(REVIEWER.facts.len(), 19);
    assert!(REVIEWER.facts.iter().all(|facts| facts.application.as_str() != "sx-0009"));
}

#[test]
fn a_computed_criterion_is_found_by_its_computed_points() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    let sight = sight_of(&worker);
    assert_eq!(facts(&sight, "sx-0001").score(5), TableCell::Computed(of("7.5")), "C2 is computed from the record");
    assert_eq!(sight.ids("c:C2=7.5"), ["0001", "0002", "0003", "0004"], "a computed score stands before anything is scored");
    assert_eq!(sight.ids("c:C2=7.5 my:82"), ["0001"]);
}

#[test]
fn not_applicable_is_an_answer_and_no_number() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0002");
    worker.scores("sx-0002", "B1", "na").unwrap();
    worker.scores("sx-0002", "A1", "0").unwrap();
    let sight = sight_of(&worker);
    for (line, expected) in [
        ("c:B1=na", &["0002"][..]),
        ("指标:B1=不适用", &["0002"]),
        ("c:B1", &["0002"]),
        ("c:B1>=0", &[]),
        ("c:B1=none", &["0001", "0003", "0004"]),
        ("c:A1=0", &["0002"]),
        ("c:A1<=0", &["0002"]),
        ("c:A1=none", &["0001", "0003", "0004"]),
    ] {
        assert_eq!(sight.ids(line), expected, "{line}: a true nought, not applicable and blank are three things");
    }
}

#[test]
fn a_sheet_that_stays_out_counts_nowhere_whatever_was_scored_on_it() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0003");
    assert_eq!(sight_of(&worker).ids("c:A1>0"), ["0003"]);
    // The rules want the scores cleared first; a journal from elsewhere may hold them all the same.
    let declined = pingyi::domain::sheet::Declaration::Declined { reason: "时间冲突".to_owned() };
    let change = worker.desk.set_declaration(&of("sx-0003"), Some(declined)).unwrap();
    worker.records(change);
    let sight = sight_of(&worker);
    assert_eq!(sight.ids("c:A1>0"), [""; 0]);
    assert_eq!(sight.ids("my:any"), [""; 0]);
    assert_eq!(sight.ids("state:declined"), ["0003"]);
}

#[test]
fn facts_follow_the_desk() {
    let mut worker = Worker::sits_down();
    assert_eq!(sight_of(&worker).ids("state:undeclared"), ["0001", "0002", "0003", "0004"]);
    worker.fills("sx-0001");
    worker.comments("sx-0001", Some("A1"), "依据充分").unwrap();
    assert_eq!(sight_of(&worker).ids("my:82 评语:充分"), ["0001"]);
    worker.undoes();
    assert_eq!(sight_of(&worker).ids("评语:充分"), [""; 0], "what was undone is not found");
    worker.redoes();
    assert_eq!(sight_of(&worker).ids("评语:充分"), ["0001"]);
}

#[test]
fn where_the_call_hides_applicants_no_word_finds_them_and_no_key_asks_for_them() {
    let worker = Worker::opens(blind(), "R02");
    let sight = sight_of(&worker);
    let name = &worker.package.applications[0].applicant.name;
    assert_eq!(sight.ids(name), [""; 0], "the name is in no text");
    assert_eq!(REVIEWER.ids(name), ["0001"], "and would be found where it is not hidden");
    for line in ["unit:示例", "单位:学院", "sort:unit", "-unit:any"] {
        assert_eq!(
            sight.parse(line).unwrap_err()[0].span.column(),
            if line.starts_with("sort") { 6 } else { 1 + usize::from(line.starts_with('-')) }
        );
    }
    assert_eq!(sight.ids("城市:太原").len(), 4, "the city is not a name");
}

#[test]
fn a_title_that_names_the_applicant_is_hidden_in_the_facts_too() {
    let mut package = blind();
    let name = package.applications[0].applicant.name.clone();
    package.applications[0].title.zh = format!("{name}的实训基地");
    let sight = sight_of(&Worker::opens(package, "R02"));
    let title = facts(&sight, "sx-0001").title.as_str().to_owned();
    assert!(!title.contains(&name) && title.contains(&pingyi::search::fold::folded(HIDDEN)), "{title}");
    assert_eq!(sight.ids(&format!("题目:{name}")), [""; 0]);
}

#[test]
fn the_office_may_ask_for_names_even_in_a_blind_call() {
    let office = pingyi::search::scheme::Scheme::of(&blind(), Viewer::Office);
    let chair = pingyi::search::scheme::Scheme::of(&blind(), Viewer::Chair);
    let unit = pingyi::search::keys::key(KeyId::Unit).unwrap();
    assert!(office.may_use(unit) && !chair.may_use(unit), "the chair scores too, so names are hidden from the chair");
}

#[test]
fn every_fact_of_the_sample_has_its_place_in_the_lists_of_the_scheme() {
    for sight in [&*REVIEWER, &*CHAIR, &*OFFICE] {
        for facts in &sight.facts {
            for key in [KeyId::Item, KeyId::City, KeyId::Mode, KeyId::Applicant, KeyId::Sector] {
                let at = facts.choice(key).unwrap_or_else(|| panic!("{} has no {key:?}", facts.application));
                assert!(at < sight.scheme.choices(key).len());
            }
        }
    }
}

#[test]
fn everything_a_chair_may_see_and_does_not_exist_yet_is_simply_not_there() {
    let blank = facts(&CHAIR, "sx-0020");
    assert!([blank.total, blank.mean, blank.spread, blank.sd, blank.rank, blank.my].iter().all(Option::is_none));
    assert_eq!(CHAIR.ids("id:0020 -mean:any -rank:any -total:any -missing:any -flag:any"), ["0020"]);
}
