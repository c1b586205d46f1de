//! Acts at the table: each names what was before, each has its inverse or none for a reason, and nothing signed stays signed for
//! when it changes.

use pingyi::domain::{
    change::{Change, Entry, Opening},
    decision::{FlagRuling, Opinion},
    desk::Desk,
    deviation::FlagKey,
    table::{
        Table,
        act::{Act, Removal, Sealed, Signature, TieRuling},
    },
};

use crate::support::rules::{Worker, entry, of, package};

fn uphold(reason: &str) -> FlagRuling {
    FlagRuling::Uphold { reason: reason.to_owned() }
}

fn ruling(before: Option<FlagRuling>, after: Option<FlagRuling>) -> Act {
    Act::Flag { application: of("sx-0004"), flag: FlagKey { reviewer: Some(of("R06")), criterion: None }, before, after }
}

fn signs(person: &str, after: Option<Signature>) -> Act {
    Act::Member { person: of(person), before: None, after }
}

/// One of each kind that can be taken back.
fn reversible() -> Vec<Act> {
    let opinion = Opinion { overall: "可行".to_owned(), ..Opinion::default() };
    let order = vec![of("sx-0014"), of("sx-0016")];
    vec![
        ruling(None, Some(uphold("经复核无误"))),
        Act::Remove {
            reviewer: of("R07"),
            before: None,
            after: Some(Removal::Void { authority: "组织单位".into(), reason: "违纪".into() }),
        },
        Act::Veto { application: of("sx-0019"), veto: of("V1"), before: None, after: Some("合同编号相同、金额不同".into()) },
        Act::TieRuling { item: of("t4"), before: None, after: Some(TieRuling { order, reason: "服务面更广".into() }) },
        Act::Opinion { application: of("sx-0001"), before: Opinion::default(), after: opinion },
        signs("R02", Some(Signature::Signed)),
    ]
}

#[test]
fn taking_an_act_back_leaves_the_table_as_it_was() {
    for act in reversible() {
        let mut table = Table::default();
        table.fold(&act).unwrap();
        assert_ne!(table, Table::default(), "{act:?}");
        table.fold(&act.inverse().unwrap()).unwrap();
        assert_eq!(table, Table::default(), "{act:?}");
    }
}

#[test]
fn an_act_that_starts_from_another_state_does_not_fold() {
    let mut table = Table::default();
    table.fold(&ruling(None, Some(uphold("一")))).unwrap();
    assert_eq!(table.fold(&ruling(None, Some(uphold("二")))), Err("before"), "somebody decided in between");
    assert_eq!(table.fold(&ruling(Some(uphold("一")), Some(uphold("二")))), Ok(()));
}

#[test]
fn an_act_reads_back_as_it_was_written() {
    for act in reversible() {
        let change = Change::Table(act);
        let text = serde_json::to_string(&change).unwrap();
        assert!(text.starts_with(r#"{"do":"table","act":""#), "{text}");
        assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), change);
    }
}

#[test]
fn signatures_of_members_fall_when_what_they_signed_changes_and_absence_stays() {
    let mut table = Table::default();
    table.fold(&signs("R02", Some(Signature::Signed))).unwrap();
    table.fold(&signs("R03", Some(Signature::Absent))).unwrap();
    assert_eq!(table.members.len(), 2);
    table.fold(&ruling(None, Some(uphold("经复核无误")))).unwrap();
    assert_eq!(table.members.keys().map(ToString::to_string).collect::<Vec<_>>(), ["R03"]);
}

#[test]
fn after_signing_nothing_comes_in_and_nothing_is_corrected() {
    let mut table = Table::default();
    table.fold(&Act::Consolidate).unwrap();
    let sealed = Sealed { revision: 1, digest: "s".into(), file: "result.zip".into(), supersedes: None };
    table.fold(&Act::Seal(sealed.clone())).unwrap();
    assert_eq!(table.fold(&Act::Consolidate), Err("stage"));
    assert_eq!(table.fold(&Act::Seal(sealed)), Err("stage"), "a result is signed once; later ones need a re-review");
}

/// The opening of a workspace.
fn opening(table: bool) -> Entry {
    let Some(reviewer) = Worker::opens(package(), "R01").desk.opening else { panic!("no opening") };
    entry(0, "R01", Change::Open(Opening { table, ..reviewer }))
}

#[test]
fn a_table_takes_no_scores_and_a_desk_no_decisions() {
    let act = Change::Table(ruling(None, Some(uphold("一"))));
    let pledge = Change::Pledge { digest: "0".repeat(64) };
    for (table, allowed, refused) in [(true, &act, &pledge), (false, &pledge, &act)] {
        let mut desk = Desk::replay([opening(table)]).unwrap();
        desk.apply(entry(1, "R01", allowed.clone())).unwrap();
        assert!(desk.apply(entry(2, "R01", refused.clone())).is_err());
    }
}

#[test]
fn a_desk_written_before_there_were_tables_is_still_a_desk() {
    let Change::Open(desk) = opening(false).change else { panic!("no opening") };
    let text = serde_json::to_string(&desk).unwrap();
    assert!(!text.contains("table"), "old journals and new ones have the same bytes: {text}");
    assert!(!serde_json::from_str::<Opening>(&text).unwrap().table);
}
