//! Signing the result on the screen: what is open leads to where it is settled, and nothing is signed by a slip of the hand.

use pingyi::{
    domain::{
        consolidate::derivation::Block,
        decision::{FlagRuling, Opinion},
        table::{
            act::{Act, Sealed, Signature, TieVote},
            open::OpenPoint,
        },
        text::Language,
    },
    tui::acts::Acts,
};

use crate::support::{
    rules::of,
    screens::{Look, SMALL, World, picture, press, screen, with},
};

const WIDE: Look = Look { size: (120, 40), ..SMALL };

fn points(world: &World) -> Vec<OpenPoint> {
    world.chair.as_ref().unwrap().index.points.clone()
}

/// Settles `point` in the shortest way.
fn settle(world: &mut World, point: OpenPoint) {
    let uphold = || Some(FlagRuling::Uphold { reason: "评分依据充分。".to_owned() });
    let act = match point {
        OpenPoint::Draft => Act::Consolidate,
        OpenPoint::Flag(application, flag) => Act::Flag { application, flag, before: None, after: uphold() },
        OpenPoint::Block(Block::Tie(tie)) => {
            for (at, application) in tie.applications.into_iter().enumerate() {
                let votes = 5 - u32::try_from(at).unwrap();
                let vote = TieVote { votes, teller: of("T01"), scrutineer: of("T02") };
                world.decide(Act::TieVote { application, before: None, after: Some(vote) }).unwrap();
            }
            return;
        }
        OpenPoint::Opinion(application) => {
            let after = Opinion {
                overall: "总体可行。".to_owned(),
                strengths: "产业基础好。".to_owned(),
                problems: "共享安排不细。".to_owned(),
                advice: "细化共享安排。".to_owned(),
                conclusion: "按名次处理。".to_owned(),
            };
            Act::Opinion { application, before: Opinion::default(), after }
        }
        OpenPoint::Member(person) => Act::Member { person, before: None, after: Some(Signature::Signed) },
        point => panic!("nothing settles {point:?}"),
    };
    world.decide(act).unwrap();
}

/// The sample call's table with everything settled.
fn ready() -> World {
    let mut world = World::table(&[]);
    for point in points(&world) {
        settle(&mut world, point);
    }
    assert_eq!(points(&world), []);
    world
}

/// The same, signed.
fn signed() -> World {
    let mut world = ready();
    let sealed = Sealed { revision: 1, digest: "ab".repeat(32), file: "result-sx-2026-01-p1-r1.zip".to_owned(), supersedes: None };
    world.decide(Act::Seal(sealed)).unwrap();
    world
}

/// The four digits that the question asks for.
fn code(picture: &str) -> String {
    let digits = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut found = picture.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| digits(word) && *word != "2026");
    found.next_back().unwrap_or_else(|| panic!("no digits to type in\n{picture}")).to_owned()
}

#[test]
fn what_is_open_is_listed_in_the_order_of_settling_it_with_what_to_do_below() {
    let mut world = World::table(&["R03"]);
    let count = points(&world).len();
    let shown = screen(&mut world, WIDE, "f9");
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("no {words:?} in\n{shown}"));
    assert!(shown.contains(&format!("尚有 {count} 项未完成")), "{shown}");
    assert!(at("缺少 R03 的评分包") < at("尚未汇总定稿") && at("尚未汇总定稿") < at("sx-0004：R06 的总分"), "{shown}");
    assert!(shown.contains("接收该评委的评分包"), "the first point's advice stands below the list:\n{shown}");
    let next = screen(&mut world, WIDE, "f9 down down");
    assert!(next.contains("维持、复评或作废") && !next.contains("接收该评委的评分包"), "the advice follows the cursor:\n{next}");
}

#[test]
fn every_point_leads_to_the_screen_where_it_is_settled() {
    let places = [
        ("尚未汇总定稿", "评分包"),
        ("sx-0004：R06 的总分", "分歧复核 sx-0004"),
        ("并列 sx-0014", "排名"),
        ("sx-0001 的专家组意见不完整", "评审意见 sx-0001"),
        ("R01 的签字情况", "R01 林示例"),
    ];
    for (point, title) in places {
        let mut world = World::table(&[]);
        let all = points(&world);
        let said = |point: &OpenPoint| pingyi::i18n::text(Language::Zh, &pingyi::domain::text::Explain::what(point));
        let at = all.iter().position(|one| said(one).contains(point)).unwrap_or_else(|| panic!("no point {point:?}"));
        let shown = screen(&mut world, WIDE, &format!("f9 {} enter", "down ".repeat(at)));
        let first = shown.lines().next().unwrap();
        assert!(first.contains(title), "{point} leads to {first:?}, not to {title:?}");
    }
}

#[test]
fn nothing_is_signed_while_something_is_open() {
    let mut world = World::table(&[]);
    let shown = screen(&mut world, WIDE, "f9 f9 f9 1234 enter");
    assert!(world.exported.is_empty(), "{shown}");
    let refused = screen(&mut world, WIDE, "f9 f9");
    assert!(refused.contains("逐项完成后方可签署"), "{refused}");
}

#[test]
fn the_result_is_signed_after_folder_passphrase_and_four_digits_and_not_before() {
    let mut world = ready();
    let form = screen(&mut world, WIDE, "f9");
    assert!(form.contains("各项已完成") && form.contains("/outbox"), "{form}");
    // The digits come from the screen, as a person would read them.
    let question = screen(&mut world, WIDE, "f9 enter 口令 enter");
    let code = code(&question);
    assert!(question.contains("签署评审结果") && question.contains("只能由原评审组重新评审"), "{question}");
    for (keys, why) in [
        ("f9 enter 口令 enter enter", "Enter alone is no answer"),
        ("f9 enter 口令 enter 0000 enter", "other digits"),
        ("f9 enter 口令 enter esc", "Esc is no"),
    ] {
        screen(&mut world, WIDE, keys);
        assert!(world.exported.is_empty(), "{why}");
    }
    let done = with(&mut world, WIDE, &format!("f9 enter 口令 enter {code} enter"), |app| {
        app.go_on();
        picture(app, WIDE.size).0.join("\n")
    });
    assert!(done.contains("S01"), "who has still to sign is told: {done}");
    assert_eq!(world.exported, ["/outbox"].map(std::path::PathBuf::from));
}

#[test]
fn the_folder_can_be_changed_and_the_passphrase_is_never_shown() {
    let mut world = ready();
    let keys = format!("f9 {} /stick tab geheim", "backspace ".repeat(12));
    let shown = screen(&mut world, WIDE, &keys);
    assert!(shown.contains("/stick") && !shown.contains("geheim") && shown.contains("******"), "{shown}");
    let back = screen(&mut world, WIDE, &format!("{keys} tab x"));
    assert!(back.contains("/stickx"), "Tab goes back to the folder:\n{back}");
}

#[test]
fn after_signing_the_screen_shows_the_digest_and_the_result_can_be_written_once_more() {
    let mut world = signed();
    let shown = screen(&mut world, WIDE, "f9");
    assert!(shown.contains("第 1 版结果已签署") && shown.contains(&"ab".repeat(32)), "{shown}");
    let question = screen(&mut world, WIDE, "f9 enter 口令 enter");
    let code = code(&question);
    with(&mut world, WIDE, &format!("f9 enter 口令 enter {code} enter"), |app| app.go_on());
    assert_eq!(world.exported.len(), 1);
    let board = screen(&mut world, WIDE, "");
    assert!(board.contains("第 1 版已签署"), "{board}");
}

#[test]
fn the_board_and_the_members_lead_to_signing() {
    for keys in ["f9", "6 f9", "end enter"] {
        let mut world = ready();
        let shown = screen(&mut world, WIDE, keys);
        assert!(shown.starts_with("签署结果"), "{keys}:\n{shown}");
    }
    let board = screen(&mut ready(), WIDE, "");
    assert!(board.contains("可以签署（F9）"), "{board}");
}

#[test]
fn members_are_called_to_sign_only_while_their_signatures_are_awaited() {
    let board = |world: &mut World| screen(world, SMALL, "");
    assert!(!board(&mut signed()).contains("可请成员签署"), "everybody has signed");
    let mut world = ready();
    assert!(!board(&mut world).contains("可请成员签署"), "everybody has signed");
    world.decide(Act::Member { person: of("R02"), before: Some(Signature::Signed), after: None }).unwrap();
    assert!(board(&mut world).contains("可请成员签署"));
}

#[test]
fn signing_fits_every_window_in_both_languages() {
    for (name, world) in [("open", World::table(&[])), ("ready", ready()), ("signed", signed())] {
        let mut world = world;
        for language in [Language::Zh, Language::En] {
            for size in [(120, 40), (80, 24), (60, 16)] {
                let look = Look { language, size, ..SMALL };
                let shown = screen(&mut world, look, "f9");
                let columns = shown.lines().map(pingyi::tui::text::width).max().unwrap();
                assert!(columns <= usize::from(size.0), "{name} {size:?}: {columns} columns");
                let words = if language == Language::Zh { "签署结果" } else { "Sign the result" };
                assert!(shown.starts_with(words), "{name} {size:?}:\n{shown}");
            }
        }
    }
}

#[test]
fn a_reviewer_is_asked_to_look_again_by_text_folder_and_passphrase_of_the_chairs_key() {
    let mut world = World::table(&[]);
    let form = screen(&mut world, WIDE, "3 1 2 请逐项复核 tab");
    assert!(form.contains("/outbox") && form.contains("组长密钥口令"), "{form}");
    let shown = screen(&mut world, WIDE, "3 1 2 请逐项复核 tab tab geheim");
    assert!(!shown.contains("geheim"), "{shown}");
    let before = world.chair.as_ref().unwrap().desk.entries.len();
    let done = screen(&mut world, WIDE, "3 1 2 请逐项复核 tab tab geheim tab");
    assert!(done.contains("已请 R06 复评"), "{done}");
    assert_eq!(world.exported, ["/outbox"].map(std::path::PathBuf::from));
    assert_eq!(world.chair.as_ref().unwrap().desk.entries.len(), before, "the request records itself, not the form");
}

#[test]
fn a_fact_that_was_scored_differently_is_nobodys_sheet_alone_so_nobody_is_asked() {
    let mut world = World::table(&[]);
    let shown = screen(&mut world, WIDE, "3 end enter");
    assert!(shown.contains("客观指标") && !shown.contains("请该专家复核"), "{shown}");
}

#[test]
fn in_a_second_window_nothing_can_be_signed_by_mistake() {
    let mut world = ready();
    world.full = true;
    with(&mut world, WIDE, "f9 enter", |app| press(app, "esc esc"));
    assert!(world.exported.is_empty());
}
