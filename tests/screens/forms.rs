//! Forms of the panel: what is typed becomes exactly one act, or a refusal in words and nothing.

use pingyi::domain::{change::Change, table::act::Act};
use serde::Deserialize;

use crate::support::{
    chair::Sitting,
    rules::of,
    screens::{Look, SMALL, World, picture, press, with},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    keys: String,
    act: Option<String>,
    refused: Option<String>,
}

#[derive(Deserialize)]
struct Forms {
    form: Vec<Form>,
}

const WIDE: Look = Look { size: (120, 40), ..SMALL };

fn chair(world: &World) -> &Sitting {
    world.chair.as_ref().unwrap()
}

/// The last act at the table, as the journal writes it; nothing where only bundles came in.
fn last(world: &World) -> Option<String> {
    let mut acts = chair(world).desk.entries.iter().filter_map(|entry| match &entry.change {
        Change::Table(Act::Accept(_)) => None,
        Change::Table(act) => Some(serde_json::to_string(act).unwrap()),
        _ => None,
    });
    acts.next_back()
}

#[test]
fn what_is_typed_into_a_form_is_what_the_journal_holds() {
    let forms: Forms = toml::from_str(include_str!("forms.toml")).unwrap();
    let mut wrong = Vec::new();
    for form in forms.form {
        let mut world = World::table(&[]);
        let picture = with(&mut world, WIDE, &form.keys, |app| picture(app, WIDE.size).0.join("\n"));
        let status = picture.lines().rev().nth(1).unwrap_or_default().to_owned();
        match (&form.act, &form.refused) {
            (Some(act), None) if last(&world).as_ref() == Some(act) => {}
            (None, Some(words)) if status.contains(words.as_str()) && last(&world).is_none_or(|act| act.contains("consolidate")) => {}
            _ => wrong.push(format!("{}: {:?}\n{picture}", form.name, last(&world))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_refused_form_keeps_what_was_typed_for_another_try() {
    let mut world = World::table(&[]);
    with(&mut world, WIDE, "2 enter 4 6 tab 6 tab 5 tab 0 tab 0 tab 0 tab tab tab", |app| {
        let before = picture(app, WIDE.size).0.join("\n");
        assert!(before.contains("表决：sx-0001") && before.contains("T01 冯示例"), "{before}");
        // Back to the votes against, one more.
        press(app, "backtab backtab backtab backtab backspace 1 ctrl-s");
        let after = picture(app, WIDE.size).0;
        assert!(after[0].starts_with("项目 sx-0001"), "{after:#?}");
    });
    assert_eq!(chair(&world).desk.table.votes[&of("sx-0001")].reject, 1);
}

#[test]
fn a_form_opens_with_what_was_decided_before() {
    let mut world = World::table(&[]);
    with(&mut world, WIDE, "2 enter 4 6 tab 6 tab 6 tab 0 tab 0 tab 0 tab tab tab", |_| ());
    with(&mut world, WIDE, "6 4 2 资金未落实 tab", |_| ());
    for (keys, shown) in [("2 enter 4", "T02 褚示例"), ("6 4 2", "资金未落实")] {
        let picture = with(&mut world, WIDE, keys, |app| picture(app, WIDE.size).0.join("\n"));
        assert!(picture.contains(shown), "{keys}: {picture}");
    }
    let entries = chair(&world).desk.entries.len();
    with(&mut world, WIDE, "2 enter 4 esc", |app| {
        assert!(picture(app, WIDE.size).0[0].starts_with("项目 sx-0001"), "what was not changed is left without a question");
    });
    assert_eq!(chair(&world).desk.entries.len(), entries);
}

#[test]
fn the_arrows_choose_and_move_between_fields_where_no_text_takes_them() {
    with(&mut World::table(&[]), WIDE, "2 enter 4 6 down 6 down 6", |app| {
        let row = |app: &mut pingyi::tui::app::App<'_>, words: &str| {
            picture(app, WIDE.size).0.into_iter().find(|line| line.trim_start_matches(['>', ' ']).starts_with(words)).unwrap_or_default()
        };
        assert!(row(app, "同意").starts_with(">同意"), "{}", row(app, "同意"));
        press(app, "up up up");
        assert!(row(app, "应到").starts_with(">应到"), "the first field is the end");
        press(app, "down down down down down down right");
        assert!(row(app, "计票人").contains("T02 褚示例"), "{}", row(app, "计票人"));
        press(app, "left left");
        assert!(!row(app, "计票人").contains("T02"), "{}", row(app, "计票人"));
    });
}

#[test]
fn two_votes_on_a_tie_part_it_and_the_board_says_so() {
    let mut world = World::table(&[]);
    assert_eq!(chair(&world).index.open.ties, 1);
    with(&mut world, WIDE, "4 tab tab tab down f3 4 2 tab tab tab", |_| ());
    assert_eq!(chair(&world).index.open.ties, 1, "one vote parts nobody");
    with(&mut world, WIDE, "4 tab tab tab down down f3 4 5 tab tab tab", |_| ());
    let item = chair(&world).index.results.iter().find(|item| item.id.as_str() == "t4").unwrap();
    let order: Vec<&str> = item.ranking.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!((chair(&world).index.open.ties, order), (0, vec!["sx-0013", "sx-0016", "sx-0014"]));
    let why = with(&mut world, WIDE, "4 tab tab tab down down enter", |app| picture(app, WIDE.size).0.join("\n"));
    assert!(why.contains("与 sx-0016 总分相同，凭 评审组表决 排在其后"), "{why}");
}

#[test]
fn a_member_who_is_replaced_no_longer_counts_and_no_longer_signs() {
    let mut world = World::table(&[]);
    with(&mut world, WIDE, "6 7 6 left tab tab 突发疾病 tab", |_| ());
    let index = &chair(&world).index;
    assert_eq!(index.open.awaited, [of("R08")], "the one who takes over starts again");
    assert!(index.members.contains(&of("R07")) && index.members.contains(&of("R08")));
    let matrix = with(&mut world, WIDE, "2", |app| picture(app, WIDE.size).0.join("\n"));
    assert!(matrix.contains("更换") && matrix.contains("R08"), "{matrix}");
    let members = with(&mut world, WIDE, "6", |app| picture(app, WIDE.size).0.join("\n"));
    assert!(members.contains("R08") && members.lines().any(|line| line.contains("R07") && line.contains("已更换或作废")), "{members}");
}
