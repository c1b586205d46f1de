//! Who may sign what, and when.

use pingyi::{
    bundle::{
        allowed, bag,
        kind::{KINDS, Kind, ROLES, role_id, role_of},
        layer::{LayerId, Report, State},
        trust::{Trust, TrustError, TrustedKey},
    },
    domain::panel::{Custody, Role, Roster},
};

use crate::support::bundle::*;

/// Signs a bundle of this kind with several people and inspects it.
fn signed(kind: Kind, required: &[(Role, &str)], signers: &[(Role, &str, u8)], trust: &Trust) -> Report {
    // By hand, because the writer writes nothing that lacks a signature.
    let passport = passport(kind, required);
    let stem = passport.name().stem().to_owned();
    let mut members = Members::from([
        ("bagit.txt".to_owned(), bag::DECLARED.to_vec()),
        ("data/bundle.json".to_owned(), passport.to_bytes().unwrap()),
        ("data/note.txt".to_owned(), b"x".to_vec()),
    ]);
    relist(&mut members);
    for (role, code, number) in signers {
        let armor = sign(&members, *number, kind.namespace());
        members.insert(format!("signatures/{}-{}.sig", role_id(*role), code.to_lowercase()), armor);
    }
    inspect_as(&format!("{stem}.zip"), &pack_as(&stem, &members), Some(trust)).report
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.errors().map(|(_, finding)| finding.code).collect()
}

const CHAIR: (Role, &str, u8) = (Role::Chair, "R01", 1);
const SUPERVISOR: (Role, &str, u8) = (Role::Supervisor, "JD01", 102);

#[test]
fn a_result_needs_the_supervisor_whenever_the_roster_has_one_even_if_it_does_not_say_so() {
    let required = [(Role::Chair, "R01")];
    assert_eq!(codes(&signed(Kind::Result, &required, &[CHAIR], &trust())), ["signature-missing"]);
    assert_eq!(codes(&signed(Kind::Result, &required, &[CHAIR, SUPERVISOR], &trust())), [""; 0]);
    let without: Vec<_> = people().into_iter().filter(|person| person.role != Role::Supervisor).collect();
    assert_eq!(codes(&signed(Kind::Result, &required, &[CHAIR], &Trust::from_people(without).unwrap())), [""; 0]);
}

#[test]
fn a_result_signed_by_members_but_not_by_the_chair_is_refused() {
    let required = [(Role::Supervisor, "JD01")];
    let report = signed(Kind::Result, &required, &[(Role::Reviewer, "R04", 4), SUPERVISOR], &trust());
    assert_eq!(codes(&report), ["signature-missing"]);
    let by_deputy = signed(Kind::Result, &required, &[(Role::Deputy, "R02", 2), SUPERVISOR], &trust());
    assert_eq!(codes(&by_deputy), [""; 0]);
}

#[test]
fn a_co_signature_that_the_bundle_announces_is_missed_when_it_is_gone() {
    let required = [(Role::Chair, "R01"), (Role::Reviewer, "R04")];
    assert_eq!(codes(&signed(Kind::Result, &required, &[CHAIR, SUPERVISOR], &trust())), ["signature-missing"]);
}

#[test]
fn a_reviewer_cannot_ask_for_a_second_look_nor_build_a_package() {
    for kind in [Kind::Rescore, Kind::Package, Kind::Aggregate] {
        let right = kind.must_sign()[0][0];
        assert!(passport(kind, &[(right, "R04")]).to_bytes().is_ok());
        let report = signed(kind, &[(right, "R04")], &[(right, "R04", 4)], &trust());
        assert_eq!(codes(&report), ["signer-role"], "whoever calls himself {}", role_id(right));
        for role in ROLES.into_iter().filter(|role| !kind.may_sign(*role)) {
            assert!(passport(kind, &[(role, "R04")]).to_bytes().is_err(), "{kind} by {}", role_id(role));
        }
    }
}

#[test]
fn a_person_whose_key_is_not_known_yet_may_enrol_and_one_with_a_key_in_use_may_not_bring_another() {
    let required = [(Role::Reviewer, "R03")];
    let signer = [(Role::Reviewer, "R03", 33)];
    let mut without_key = people();
    without_key[4].keys.clear();
    let report = signed(Kind::Enrol, &required, &signer, &Trust::from_people(without_key).unwrap());
    assert!(report.passes(), "{report:#?}");
    assert_eq!(report.signers[0].key, Some(key(33).public()));
    assert_eq!(report.signers[0].custody, None);
    assert_eq!(report.layers[4].findings[0].code, "signer-key-new");
    assert_eq!(codes(&signed(Kind::Enrol, &required, &signer, &trust())), ["signer-key"]);
    let mut lost = people();
    lost[4].keys[0].revoked = Some("2026-03-16T08:00:00+08:00".parse().unwrap());
    assert!(signed(Kind::Enrol, &required, &signer, &Trust::from_people(lost).unwrap()).passes());
}

#[test]
fn a_key_is_judged_at_the_session_and_not_at_the_bundles_own_claim() {
    let mut people = people();
    people[4].keys[0].valid_after = Some("2026-03-16T08:00:00+08:00".parse().unwrap());
    people[4].keys[0].valid_before = Some("2026-03-16T18:00:00+08:00".parse().unwrap());
    let trust = Trust::from_people(people).unwrap();
    let name = format!("{STEM}.zip");
    let by_claim = inspect_as(&name, &good(), Some(&trust)).report;
    assert!(by_claim.passes());
    assert_eq!(by_claim.layers[4].findings[0].code, "signer-time-claimed");
    let at = |text: &str| inspect_as(&name, &good(), Some(&trust.clone().at(text.parse().unwrap()))).report;
    assert!(at("2026-03-16T08:00:00+08:00").passes());
    assert!(at("2026-03-16T18:00:00+08:00").passes());
    assert_eq!(codes(&at("2026-03-16T07:59:59+08:00")), ["signer-window"]);
    assert_eq!(codes(&at("2026-03-16T18:00:01+08:00")), ["signer-window"]);
}

#[test]
fn a_bundle_from_before_its_key_was_revoked_still_counts_and_says_so() {
    let mut people = people();
    people[4].keys[0].revoked = Some("2026-03-16T16:00:00+08:00".parse().unwrap());
    let trust = Trust::from_people(people).unwrap();
    let report = inspect_as(&format!("{STEM}.zip"), &good(), Some(&trust)).report;
    assert!(report.passes());
    assert_eq!(report.layers[4].findings[0].code, "signer-revoked-later");
    let after = trust.at("2026-03-17T09:00:00+08:00".parse().unwrap());
    assert_eq!(codes(&inspect_as(&format!("{STEM}.zip"), &good(), Some(&after)).report), ["signer-revoked"]);
}

#[test]
fn a_bundle_that_claims_a_time_after_the_end_of_its_key_is_refused_even_if_the_session_began_before() {
    let mut people = people();
    people[4].keys[0].revoked = Some("2026-03-16T15:00:00+08:00".parse().unwrap());
    let trust = Trust::from_people(people).unwrap().at("2026-03-16T09:00:00+08:00".parse().unwrap());
    assert_eq!(codes(&inspect_as(&format!("{STEM}.zip"), &good(), Some(&trust)).report), ["signer-revoked"]);
}

#[test]
fn a_key_that_the_office_holds_is_named_as_such() {
    let mut people = people();
    people[4].keys[0].custody = Custody::Office;
    let report = inspect_as(&format!("{STEM}.zip"), &good(), Some(&Trust::from_people(people).unwrap())).report;
    assert!(report.passes());
    assert_eq!(report.signers[0].custody, Some(Custody::Office));
    assert_eq!(report.layers[4].findings[0].code, "signer-custody-office");
}

#[test]
fn one_pinned_key_opens_what_its_holder_signed() {
    let trust = Trust::pinned("R03".parse().unwrap(), Role::Reviewer, key(3).public());
    assert!(inspect_as(&format!("{STEM}.zip"), &good(), Some(&trust)).report.passes());
    let other = Trust::pinned("R03".parse().unwrap(), Role::Reviewer, key(4).public());
    assert_eq!(inspect_as(&format!("{STEM}.zip"), &good(), Some(&other)).report.state(LayerId::Authority), State::Fail);
}

#[test]
fn a_package_opens_by_the_offices_key_alone_and_says_whom_it_did_not_judge() {
    let office = Trust::pinned("GZ01".parse().unwrap(), Role::Office, key(101).public());
    let required = [(Role::Office, "GZ01"), (Role::Supervisor, "JD01")];
    let report = signed(Kind::Package, &required, &[(Role::Office, "GZ01", 101), SUPERVISOR], &office);
    assert!(report.passes(), "{report:#?}");
    assert_eq!(report.signers.iter().map(|signer| signer.state).collect::<Vec<_>>(), [State::Pass, State::NotChecked]);
    assert_eq!(report.layers[4].findings[0].code, "signer-not-judged");
}

#[test]
fn whoever_is_not_judged_cannot_stand_in_for_the_office() {
    let supervisor = Trust::pinned("JD01".parse().unwrap(), Role::Supervisor, key(102).public());
    let required = [(Role::Office, "GZ09"), (Role::Supervisor, "JD01")];
    let report = signed(Kind::Package, &required, &[(Role::Office, "GZ09", 99), SUPERVISOR], &supervisor);
    assert_eq!(report.state(LayerId::Authority), State::NotChecked);
    assert!(!report.passes());
}

#[test]
fn nobody_shares_a_key_or_a_code_that_differs_by_case_only() {
    let mut shared = people();
    shared[5].keys = shared[4].keys.clone();
    assert!(matches!(Trust::from_people(shared), Err(TrustError::Twins { .. })));
    let mut twins = people();
    twins[5].code = "r03".parse().unwrap();
    assert!(matches!(Trust::from_people(twins), Err(TrustError::Twins { .. })));
}

const ROSTER: &str = r#"
schema = 1
[[person]]
code = "R03"
name = "张示例"
role = "reviewer"
employer = "示例大学"
key = { public = "PRESENT", custody = "office", valid_after = "2026-03-01T00:00:00+08:00" }
[[person.revoked]]
public = "EARLIER"
since = "2026-03-01T00:00:00+08:00"
reason = "lost"
[[person]]
code = "R04"
name = "李示例"
role = "chair"
employer = "示例研究院"
"#;

fn roster() -> Roster {
    let text = ROSTER.replace("PRESENT", &key(3).public().to_string()).replace("EARLIER", &key(30).public().to_string());
    toml::from_str(&text).unwrap()
}

#[test]
fn a_roster_gives_present_and_earlier_keys() {
    let trust = Trust::from_roster(&roster()).unwrap();
    let person = trust.person("r03").unwrap();
    assert_eq!(person.keys.iter().map(|key| key.revoked.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(person.keys[0].custody, Custody::Office);
    assert!(trust.person("r04").unwrap().keys.is_empty());
    let mut broken = roster();
    broken.people[0].key.as_mut().unwrap().public.push_str(" comment");
    assert!(matches!(Trust::from_roster(&broken), Err(TrustError::Key { .. })));
    let mut both = roster();
    both.people[0].revoked[0].public = key(3).public().to_string();
    assert!(Trust::from_roster(&both).unwrap().person("r03").unwrap().keys.iter().all(|key| key.revoked.is_some()));
}

#[test]
fn the_lists_for_stock_tools_name_code_purposes_key_and_role() {
    let trust = Trust::from_roster(&roster()).unwrap();
    let public = key(3).public();
    let namespaces = "pingyi.enrol.v1,pingyi.scores.v1,pingyi.result.v1";
    assert_eq!(allowed::plain(&trust), format!("R03 namespaces=\"{namespaces}\" {public} reviewer custody=office\n"));
    let dated = allowed::dated(&trust);
    assert!(dated.starts_with(&format!("R03 namespaces=\"{namespaces}\",valid-after=\"20260228160000Z\" {public} ")), "{dated}");
    assert!(dated.contains(",valid-before=\"20260228155959Z\" "), "a revoked key does not count in the second of its end: {dated}");
}

#[test]
fn a_list_that_was_exported_can_be_used_to_verify() {
    for list in [allowed::plain(&trust()), allowed::dated(&trust())] {
        let read = allowed::read(&list).unwrap();
        assert_eq!(read, trust());
        assert!(inspect_as(&format!("{STEM}.zip"), &good(), Some(&read)).report.passes());
    }
    let read = allowed::read(&allowed::dated(&Trust::from_roster(&roster()).unwrap())).unwrap();
    let keys: Vec<&TrustedKey> = read.person("r03").unwrap().keys.iter().collect();
    assert_eq!(keys.len(), 2);
    assert!(keys[1].valid_before.is_some());
}

#[test]
fn a_list_in_any_other_form_is_refused_with_its_line() {
    let good = allowed::plain(&Trust::from_people(vec![person("R03", Role::Reviewer, 3)]).unwrap());
    let line = good.trim_end().to_owned();
    let namespaces = line.split(' ').nth(1).unwrap().to_owned();
    let second = |text: &str| format!("# people\n{text}\n");
    for bad in [
        line.replace(&format!("{namespaces} "), ""),
        line.replace("namespaces", "cert-authority,namespaces"),
        line.replace(&namespaces, &format!("{namespaces},cert-authority")),
        line.replace("pingyi.enrol.v1,", ""),
        line.replace("pingyi.enrol.v1", "git"),
        line.replace("pingyi.enrol.v1", "*"),
        line.replace("R03", "*"),
        line.replace("R03", "R03,R04"),
        line.replace(" reviewer", ""),
        line.replace(" reviewer", " king"),
        line.replace(" reviewer", " chair"),
        line.replace(" reviewer", " reviewer custody=nobody"),
        line.replace(" reviewer", " reviewer custody=office more"),
        line.replace("R03 ", "R03  "),
        line.replace("R03 ", "R03\t"),
        line.replace("ssh-ed25519", "ssh-rsa"),
        line.replace(&namespaces, &format!("{namespaces},valid-after=\"20260301\"")),
        line.replace(&namespaces, &format!("{namespaces},valid-after=\"20261301000000Z\"")),
        line.replace(&namespaces, &format!("{namespaces},valid-before=\"20260301000000Z\",valid-after=\"20260301000000Z\"")),
        format!(" {line}"),
        format!("{line} "),
    ] {
        assert_eq!(allowed::read(&second(&bad)), Err(TrustError::Line { line: 2 }), "{bad}");
    }
    let other_role = allowed::plain(&Trust::from_people(vec![person("R03", Role::Chair, 4)]).unwrap());
    assert_eq!(allowed::read(&format!("{good}{other_role}")), Err(TrustError::Line { line: 2 }));
}

#[test]
fn kinds_and_roles_have_one_name_each() {
    for kind in KINDS {
        assert_eq!(kind.id().parse(), Ok(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        assert_eq!(kind.namespace(), format!("pingyi.{kind}.v1"));
    }
    assert!("other".parse::<Kind>().is_err());
    for role in ROLES {
        assert_eq!(role_of(role_id(role)), Some(role));
        assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role_id(role)));
    }
}
