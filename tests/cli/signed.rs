//! After the result was signed: only how members stand to it and `decide reopen` are recorded; with it, the panel works again.

use std::sync::LazyLock;

use pingyi::cli::Exit;
use serde_json::Value;
use tempfile::TempDir;

use super::{path, pingyi, refused};
use crate::support::{
    small_panel,
    stage::{copy, scores},
};

/// The chair's data folder with a signed result. Tests take copies.
static SIGNED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    small_panel::lay_ready(&folder.path().join("home"));
    let home = folder.path().join("home");
    pingyi(&["--lang", "en", "--home", path(&home), "export", "result", "--to", path(&folder.path().join("out"))]).done();
    folder
});

struct Desk(TempDir);

impl Desk {
    fn signed() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&SIGNED.path().join("home"), &folder.path().join("home"));
        Self(folder)
    }

    fn ready() -> Self {
        let folder = tempfile::tempdir().unwrap();
        small_panel::lay_ready(&folder.path().join("home"));
        Self(folder)
    }

    fn home(&self) -> String {
        path(&self.0.path().join("home")).to_owned()
    }

    fn does(&self, words: &[&str]) -> String {
        pingyi(&[&["--lang", "en", "--home", &self.home()], words].concat()).done()
    }

    fn json(&self, words: &[&str]) -> Value {
        let answer = pingyi(&[&["--lang", "en", "--json", "--home", &self.home()], words].concat());
        assert_eq!(answer.exit, Exit::Done, "{words:?} {answer:?}");
        answer.json()
    }

    #[track_caller]
    fn refuses(&self, words: &[&str], code: &str) {
        refused(self.0.path(), &[&["--home", &self.home()], words].concat(), Exit::No, code, &[]);
    }
}

const BY: [&str; 4] = ["--teller", "T01", "--scrutineer", "T02"];

#[test]
fn nothing_that_the_signed_result_rests_on_is_decided_any_more() {
    let desk = Desk::signed();
    let cases: [&[&str]; 13] = [
        &["decide", "veto", "sx-0005", "V1", "--text", "合同编号相同"],
        &["decide", "veto", "sx-0005", "V1", "--withdraw"],
        &["decide", "remove", "R03", "--authority", "监督处", "--reason", "泄露"],
        &["decide", "replace", "R03", "--by", "R08", "--reason", "因病"],
        &["decide", "bring-back", "R03"],
        &["decide", "tie", "t2", "--order", "sx-0007,sx-0005", "--reason", "服务面更广"],
        &["decide", "tie", "t2", "--withdraw"],
        &["decide", "flag", "sx-0005", "uphold", "--reviewer", "R03", "--reason", "x"],
        &["decide", "go-on", "sx-0005", "leave-out", "--reason", "x"],
        &["opinion", "sx-0005", "--overall", "另有意见。"],
        &["correct", "sx-0005", "R03", "--criterion", "A1", "--ground", "range", "--after", "5", "--minute", "x"],
        &["consolidate", "--close", "--yes"],
        &["vote", "tie", "sx-0005", "--withdraw"],
    ];
    for words in cases {
        desk.refuses(words, "err-progress-signed");
    }
    for words in
        [&["vote", "on", "sx-0005", "--due", "5", "--present", "5", "--approve", "5"][..], &["vote", "tie", "sx-0005", "--votes", "1"]]
    {
        desk.refuses(&[words, &BY].concat(), "err-progress-signed");
    }
}

#[test]
fn a_late_bundle_is_not_taken_in_and_undo_does_not_reach_behind_the_signature() {
    let desk = Desk::signed();
    let late = pingyi(&["--lang", "en", "--home", &desk.home(), "import", path(&scores("R06"))]);
    assert_eq!(late.exit, Exit::No, "{late:?}");
    assert!(!late.out.is_empty() || !late.complaints.is_empty());
    let before = desk.json(&["consolidate"]);
    assert_eq!(desk.does(&["decide", "undo"]), "Nothing changed.\n");
    assert_eq!(desk.json(&["consolidate"]), before);
}

#[test]
fn what_was_decided_can_still_be_read_after_signing_by_everybody_who_asks() {
    let desk = Desk::signed();
    for words in [&["consolidate"][..], &["deviation"], &["opinion", "sx-0005", "--draft"], &["journal", "show"], &["check"]] {
        assert!(!desk.does(words).is_empty(), "{words:?}");
    }
    assert!(desk.does(&["consolidate", "--explain", "sx-0005"]).contains("86"));
}

#[test]
fn how_a_member_stands_to_the_signed_report_is_still_noted() {
    let desk = Desk::signed();
    let told = desk.json(&["decide", "member", "R05", "dissent", "--text", "对名次保留意见"]);
    assert_eq!((told["changed"].as_bool(), told["act"]["after"]["status"].as_str()), (Some(true), Some("dissent")));
    desk.refuses(&["decide", "member", "R05", "dissent"], "err-no-reason");
    desk.refuses(&["decide", "member", "T01", "signed"], "err-act-person");
    assert!(desk.does(&["decide", "member", "R05", "signed"]).contains("R05 signs"));
}

#[test]
fn reopening_needs_a_signed_result_a_notice_and_reasons() {
    let ready = Desk::ready();
    ready.refuses(&["decide", "reopen", "--notice", "晋教函〔2026〕1号", "--reason", "异议成立"], "err-progress-stage");
    let desk = Desk::signed();
    desk.refuses(&["decide", "reopen", "--notice", "", "--reason", "异议成立"], "err-progress-notice");
    desk.refuses(&["decide", "reopen", "--notice", "晋教函〔2026〕1号", "--reason", " "], "err-no-reason");
    super::refused_line(&["decide", "reopen", "--reason", "x"], "This is missing: --notice <TEXT>.");
}

#[test]
fn once_reopened_the_panel_decides_again_and_the_notice_to_the_authority_stays_in_the_journal() {
    let desk = Desk::signed();
    let told = desk.json(&["decide", "reopen", "--notice", "晋教函〔2026〕1号", "--reason", "异议成立"]);
    assert_eq!(told["act"]["act"], "reopen");
    let text = |key: &str| told["text"][key].as_str().unwrap().to_owned();
    assert!(text("zh").contains("经报告主管部门（晋教函〔2026〕1号），原评审组重新评审：异议成立"), "{told}");
    assert!(text("en").contains("The original panel reviews again"), "{told}");
    desk.refuses(&["decide", "reopen", "--notice", "晋教函〔2026〕2号", "--reason", "又一次"], "err-progress-stage");
    assert_eq!(desk.does(&["decide", "undo"]), "Nothing changed.\n", "reopening is never taken back");
    let veto = desk.json(&["decide", "veto", "sx-0005", "V1", "--text", "合同编号相同"]);
    assert_eq!(veto["changed"], true);
    assert_eq!(desk.json(&["consolidate", "--explain", "sx-0005"])["application"]["outcome"], "vetoed");
    assert!(desk.does(&["decide", "undo"]).contains("took back the veto V1 on sx-0005"));
    assert!(desk.does(&["journal", "show"]).contains("晋教函〔2026〕1号"));
}
