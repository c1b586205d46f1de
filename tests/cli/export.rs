//! `export scores`: written, read back, verified; kept and recorded here, and the same bytes again where nothing changed.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, SCORES, Stand, call},
    golden::golden,
    path, pingyi,
    tree::Tree,
};

#[test]
fn a_bundle_is_written_whole_and_written_again_it_is_the_same_file() {
    let desk = Desk::at(Stand::Done);
    let stick = desk.path().join("stick");
    let to = path(&stick).to_owned();
    golden("export-scores", &desk.json(&["export", "scores", "--to", &to]), desk.path());
    assert_eq!(Tree::of(&stick).names(), [SCORES], "and nothing else lies on the stick");
    let before = Tree::of(desk.path());
    let again = desk.json(&["export", "scores", "--to", &to]);
    assert_eq!((again["new"].as_bool(), again["revision"].as_u64()), (Some(false), Some(1)));
    before.is_still(desk.path());
    let said = desk.does(&["export", "scores", "--to", &to]);
    assert!(said.starts_with("Score bundle revision 1 is at ") && said.ends_with("the stick may be removed.\n"), "{said}");
    assert!(desk.run_in("zh-CN", &["export", "scores", "--to", &to]).done().ends_with("可以拔出U盘。\n"));
    let other = path(&desk.path().join("second/stick")).to_owned();
    desk.does(&["export", "scores", "--to", &other]);
    assert_eq!(fs::read(desk.path().join("second/stick").join(SCORES)).unwrap(), fs::read(stick.join(SCORES)).unwrap());
    let trust = path(&call().join("office.allowed_signers")).to_owned();
    pingyi(&["verify", path(&stick.join(SCORES)), "--trust", &trust]).done();
}

#[test]
fn a_sheet_that_was_taken_back_and_changed_gives_the_next_revision() {
    let desk = Desk::at(Stand::Done);
    let to = path(&desk.path().join("stick")).to_owned();
    desk.does(&["export", "scores", "--to", &to]);
    desk.does(&["score", "withdraw", "sx-0004"]);
    desk.refuses(&["export", "scores", "--to", &to], Exit::No, "err-sheets-open", &["1 sheets", "sx-0004"]);
    desk.does(&["score", "set", "sx-0004", "A1", "6.5"]);
    desk.does(&["score", "submit"]);
    assert_eq!(desk.json(&["export", "scores", "--to", &to])["revision"], 2);
    assert_eq!(Tree::of(&desk.path().join("stick")).names().len(), 2, "the first one still lies there");
    let journal = desk.does(&["journal", "show"]);
    assert!(journal.contains("signed score bundle revision 1") && journal.contains("signed score bundle revision 2"), "{journal}");
}

#[test]
fn what_keeps_it_from_being_signed_leaves_record_and_folder_as_they_were() {
    let open = Desk::at(Stand::Begun);
    let to = |desk: &Desk| path(&desk.path().join("new/stick")).to_owned();
    open.refuses(&["export", "scores", "--to", &to(&open)], Exit::No, "err-sheets-open", &["3 sheets"]);
    let opened = Desk::at(Stand::Opened);
    opened.refuses(&["export", "scores", "--to", &to(&opened)], Exit::No, "err-no-pledge", &[]);
    let done = Desk::at(Stand::Done);
    let file = done.file("file", "x");
    done.refuses(&["export", "scores", "--to", &file], Exit::BadInput, "err-file", &["file"]);
    done.refuses(&["export", "scores", "--to", &format!("{file}/below")], Exit::BadInput, "err-file", &["below"]);
    fs::create_dir(done.path().join("stick")).unwrap();
    fs::write(done.path().join("stick").join(SCORES), "another file of this name").unwrap();
    let stick = path(&done.path().join("stick")).to_owned();
    done.refuses(&["export", "scores", "--to", &stick], Exit::BadInput, "err-target-exists", &[SCORES]);
    done.does(&["key", "revoke", "--name", "R02"]);
    done.refuses(&["export", "scores", "--to", &to(&done)], Exit::Usage, "err-no-key", &["r02"]);
    done.does(&["key", "new", "--name", "R02", "--no-passphrase"]);
    done.refuses(&["export", "scores", "--to", &to(&done)], Exit::No, "err-not-enrolled", &["R02"]);
}

#[test]
fn a_locked_key_is_opened_by_the_passphrase_in_the_file() {
    let desk = Desk::at(Stand::Done);
    let (good, bad) = (desk.file("good", "correct horse battery staple\n"), desk.file("bad", "wrong horse battery staple\n"));
    desk.does(&["key", "passwd", "--name", "R02", "--new-passphrase-file", &good]);
    let to = path(&desk.path().join("stick")).to_owned();
    let words = |file| ["export", "scores", "--to", &to, "--passphrase-file", file];
    desk.refuses(&words(&bad), Exit::BadInput, "err-key-wrong-passphrase", &[]);
    let none = path(&desk.path().join("none")).to_owned();
    desk.refuses(&words(&none), Exit::BadInput, "err-cannot-read", &["none"]);
    desk.does(&words(&good));
}
