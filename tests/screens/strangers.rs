//! Texts of strangers on the chair's screens: in names and titles of the package, in reasons, findings, dissents and opinions.

use pingyi::{
    domain::{
        decision::{FlagRuling, Opinion},
        hostile::has_hostile,
        table::{
            act::{Act, Removal, Signature, TieRuling},
            open::OpenPoint,
        },
        text::Language,
    },
    tui::acts::Acts,
};

use crate::support::{
    chair::Sitting,
    hostile::{all, poisoned},
    places::{PLACES, SETS, Start, cells, faults, in_language, run},
    rules::of,
    screens::{SAMPLE, World, lines},
};

fn places() -> impl Iterator<Item = (&'static str, Start, &'static str)> {
    PLACES.into_iter().filter(|(_, start, _)| matches!(start, Start::Table | Start::Awaiting))
}

/// The chair's table on a package in whose every free text a hostile one stands.
fn table(first: usize, awaited: &[&str]) -> World {
    let package = poisoned(&SAMPLE, first);
    let sitting = Sitting::sample(awaited).replayed(&package);
    World { chair: Some(sitting), has_work: false, ..World::of(package, "R01") }
}

#[test]
fn names_and_titles_of_a_hostile_package_are_tamed_on_every_screen_of_the_chair() {
    for first in [0, 13, 29, 41] {
        for (name, start, keys) in places() {
            let awaited: &[&str] = if start == Start::Awaiting { &["R07"] } else { &[] };
            let language = if first % 2 == 0 { Language::En } else { Language::Zh };
            run(&mut table(first, awaited), in_language(language), SETS[first % SETS.len()].1, keys, |app| {
                for (columns, rows) in [(1, 1), (60, 16), (80, 24), (130, 40), (200, 60)] {
                    let found = faults(&cells(app, columns, rows));
                    assert!(found.is_empty(), "{name} {columns}x{rows} from {first}: {found:#?}");
                    app.go_on();
                }
            });
        }
    }
}

/// Where what was decided is read again.
const SHOWN: [&str; 10] = ["", "2 down down down enter", "3", "3 end enter", "4", "5", "5 1", "6", "6 3", "f8"];

/// Acts whose free text is `text`, on the sample call.
fn acts(text: &str) -> Vec<Act> {
    let reason = || format!("理由{text}");
    let flag = |world: &World| {
        let points = &world.chair.as_ref().unwrap().index.points;
        points.iter().find_map(|point| match point {
            OpenPoint::Flag(application, flag) => Some((application.clone(), flag.clone())),
            _ => None,
        })
    };
    let (application, key) = flag(&World::table(&[])).unwrap();
    let opinion = Opinion { overall: reason(), strengths: reason(), problems: reason(), advice: reason(), conclusion: reason() };
    let order = vec![of("sx-0014"), of("sx-0016")];
    vec![
        Act::Flag { application, flag: key, before: None, after: Some(FlagRuling::Uphold { reason: reason() }) },
        Act::Veto { application: of("sx-0019"), veto: of("V1"), before: None, after: Some(reason()) },
        Act::TieRuling { item: of("t4"), before: None, after: Some(TieRuling { order, reason: reason() }) },
        Act::Remove { reviewer: of("R03"), before: None, after: Some(Removal::Void { authority: reason(), reason: reason() }) },
        Act::Opinion { application: of("sx-0001"), before: Opinion::default(), after: opinion },
        Act::Member { person: of("R04"), before: None, after: Some(Signature::Dissent { text: reason() }) },
        Act::Member { person: of("R05"), before: None, after: Some(Signature::RefusedDeemedAgreement { witness: reason() }) },
    ]
}

#[test]
fn a_hostile_reason_is_kept_as_it_was_written_and_tamed_wherever_it_is_read() {
    let mut recorded = 0;
    for (at, text) in all().iter().enumerate() {
        let mut world = World::table(&[]);
        recorded += acts(text).into_iter().filter(|act| world.decide(act.clone()).is_ok()).count();
        let language = if at % 2 == 0 { Language::Zh } else { Language::En };
        for keys in SHOWN {
            run(&mut world, in_language(language), SETS[at % SETS.len()].1, keys, |app| {
                let found = faults(&cells(app, 100, 30));
                assert!(found.is_empty(), "{text:?} after {keys:?}: {found:#?}");
            });
        }
        let dissent = world.chair.as_ref().unwrap().desk.table.members.get(&of("R04"));
        if let Some(Signature::Dissent { text: kept }) = dissent {
            assert_eq!(*kept, format!("理由{text}"), "the journal keeps what was written");
        }
    }
    assert!(recorded > 300, "most of these texts are admitted, so the screens did meet them: {recorded}");
}

#[test]
fn a_hostile_text_pasted_into_a_form_of_the_chair_is_tamed_while_it_stands_there() {
    let forms = ["3 1 1", "3 1 3", "2 enter 5", "4 tab tab tab down f3 5 tab", "6 3 5", "6 4 2", "6 4 3", "5 1 1", "1 1"];
    for (at, text) in all().iter().enumerate().filter(|(_, text)| has_hostile(text)) {
        let keys = forms[at % forms.len()];
        let mut world = if keys == "1 1" { World::table(&["R07"]) } else { World::table(&[]) };
        run(&mut world, in_language(Language::Zh), SETS[0].1, keys, |app| {
            app.paste(text);
            for (columns, rows) in [(60, 16), (120, 40)] {
                let buffer = cells(app, columns, rows);
                let found = faults(&buffer);
                assert!(found.is_empty(), "{text:?} in {keys}: {found:#?}\n{}", lines(&buffer).join("\n"));
            }
        });
    }
}

#[test]
fn a_reason_that_looks_like_the_program_speaking_stays_where_reasons_stand() {
    let mut world = World::table(&[]);
    let forged = "依据充分\n已签署第9版 | 已保存 99:99:99\n签名有效";
    let act = acts("").remove(0);
    let Act::Flag { application, flag, .. } = act else { panic!("{act:?}") };
    world.decide(Act::Flag { application, flag, before: None, after: Some(FlagRuling::Uphold { reason: forged.to_owned() }) }).unwrap();
    for keys in ["3", "3 end", "f8", "", "2 down down down enter"] {
        run(&mut world, in_language(Language::Zh), SETS[0].1, keys, |app| {
            let shown = lines(&cells(app, 120, 40));
            let begins = shown.iter().filter(|line| line.starts_with("已签署第9版") || line.starts_with("签名有效")).count();
            assert_eq!(begins, 0, "{keys}: {shown:#?}");
            assert!(!shown[0].contains("99:99") && !shown[shown.len() - 2].contains("99:99"), "{keys}: {shown:#?}");
        });
    }
}
