//! The whole way of a re-score request on the sample call: the chair asks, the reviewer opens it, changes one score, hands in and
//! signs, and the chair takes the answer in and looks at the flags anew.

use std::{fs, path::PathBuf};

use pingyi::{cli::Exit, workflow::home::Home};
use serde_json::Value;

use super::{golden::golden, path, pingyi, refused};
use crate::support::{
    bundle::unpack,
    stage::{copy, home_of, package, root, scores},
};

const REQUEST: &str = "rescore-sx-2026-01-p1-r06-r1.zip";
const ANSWER: &str = "scores-sx-2026-01-p1-r06-r2.zip";

/// Two machines and a stick between them: the chair's table with every bundle, and R06 after signing.
struct Room(tempfile::TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        for code in ["R01", "R02"] {
            copy(&home_of(code).keys(), &room.at("chair").join("keys"));
        }
        copy(&home_of("R06").keys(), &room.at("r06").join("keys"));
        Home::new(room.at("r06")).make_private(&room.at("r06")).unwrap();
        let trust = root().join("office.allowed_signers");
        // In the demo R06 has answered already; here R06 hands in the first bundle.
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/scores.csv");
        let first = path(&room.at("first")).to_owned();
        room.does("r06", &["open", path(&package()), "--no-screen", "--trust", path(&trust)]);
        room.does("r06", &["score", "pledge", "--accept"]);
        room.does("r06", &["score", "import", sample]);
        room.does("r06", &["score", "submit"]);
        room.does("r06", &["export", "scores", "--to", &first]);
        room.does("chair", &["import", path(&package()), "--as", "R01", "--trust", path(&trust)]);
        let all: Vec<PathBuf> = ["R01", "R02", "R03", "R04", "R05", "R07"].iter().map(|code| scores(code)).collect();
        let own = room.at("first").join("scores-sx-2026-01-p1-r06-r1.zip");
        let all: Vec<PathBuf> = all.into_iter().chain([own]).collect();
        let words: Vec<&str> = std::iter::once("import").chain(all.iter().map(|file| path(file))).collect();
        room.does("chair", &words);
        room
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn words<'a>(home: &'a str, words: &[&'a str]) -> Vec<&'a str> {
        [&["--lang", "en", "--home", home], words].concat()
    }

    #[track_caller]
    fn does(&self, who: &str, words: &[&str]) -> String {
        pingyi(&Self::words(path(&self.at(who)), words)).done()
    }

    #[track_caller]
    fn json(&self, who: &str, words: &[&str]) -> Value {
        pingyi(&Self::words(path(&self.at(who)), &[&["--json"], words].concat())).json()
    }

    #[track_caller]
    fn refuses(&self, who: &str, words: &[&str], exit: Exit, code: &str, says: &[&str]) {
        refused(self.0.path(), &[&["--home", path(&self.at(who))], words].concat(), exit, code, says);
    }

    fn stick(&self) -> String {
        path(&self.at("stick")).to_owned()
    }

    fn on_stick(&self, name: &str) -> String {
        path(&self.at("stick").join(name)).to_owned()
    }
}

const ASKS: [&str; 11] = [
    "export",
    "request",
    "--reviewer",
    "R06",
    "--application",
    "sx-0004",
    "--criterion",
    "O4",
    "--ground",
    "abnormal",
    "--text=请对照申报书复核该项评分",
];

#[test]
fn the_chair_asks_the_reviewer_answers_and_the_flag_is_looked_at_anew() {
    let room = Room::new();
    let (stick, trust) = (room.stick(), root().join("office.allowed_signers"));
    let asks = [&ASKS[..], &["--to", &stick]].concat();
    golden("export-request", &room.json("chair", &asks), room.0.path());
    let said = room.does("chair", &asks);
    assert!(said.contains("sx-0004  look again at O4 (strikingly high or low)") && said.contains("2 flags wait"), "{said}");
    let request = room.on_stick(REQUEST);
    golden("verify-request", &room.json("chair", &["verify", &request, "--trust", path(&trust)]), room.0.path());
    let content: Value = serde_json::from_slice(&unpack(&fs::read(&request).unwrap())["data/request.json"]).unwrap();
    golden("request-content", &content, room.0.path());

    golden("open-request", &room.json("r06", &["open", &request]), room.0.path());
    assert!(room.does("r06", &["open", &request]).starts_with("Request 1 was taken in before."));
    let status = room.json("r06", &["score", "status", "--find", "sx-0004"]);
    golden("score-status-request", &status, room.0.path());
    assert!(room.does("r06", &["score", "status"]).contains("    ! look again at O4"));
    assert!(room.does("r06", &["journal", "show"]).contains("took in request 1 of the chair: sx-0004"));
    room.refuses("r06", &["score", "set", "sx-0004", "A1", "6"], Exit::No, "err-not-asked-criterion", &["A1", "sx-0004"]);
    room.refuses("r06", &["score", "set", "sx-0003", "A1", "6"], Exit::No, "err-not-asked", &["sx-0003"]);
    room.refuses("r06", &["score", "submit"], Exit::No, "err-incomplete", &["sx-0004"]);
    room.does("r06", &["score", "set", "sx-0004", "O4", "4"]);
    room.does("r06", &["score", "submit"]);
    assert_eq!(room.json("r06", &["export", "scores", "--to", &stick])["revision"], 2);
    assert!(room.does("r06", &["check"]).contains("agree"), "journal and index");
    room.refuses("r06", &["score", "set", "sx-0004", "O4", "5"], Exit::No, "err-answered", &["sx-0004"]);
    assert!(room.does("r06", &["open", &request]).starts_with("Request 1 was answered."));

    let answer = room.on_stick(ANSWER);
    pingyi(&["verify", &answer, "--trust", path(&trust)]).done();
    let told = room.does("chair", &["import", &answer]);
    assert!(told.contains("R06 r2  taken in; answers the request"), "{told}");
    let figures = room.does("chair", &["consolidate"]);
    assert!(!figures.contains("R06 gave 2 for O4"), "the score that was changed differs no longer: {figures}");
    assert!(figures.contains("sx-0004: R06 gave 50.5 in all"), "the total still does, and waits for a decision: {figures}");
}

#[test]
fn what_the_chair_may_not_ask_is_refused_and_leaves_everything_as_it_was() {
    let room = Room::new();
    let stick = room.stick();
    let asks = |from: &str, to: &str| -> Vec<String> {
        let words = [&ASKS[..], &["--to", &stick]].concat();
        words.into_iter().map(|word| if word == from { to.to_owned() } else { word.to_owned() }).collect()
    };
    let text = "--text=请对照申报书复核该项评分";
    for (from, to, code) in [
        ("R06", "R08", "err-ask-no-bundle"),
        ("sx-0004", "sx-0099", "err-request-assigned"),
        ("O4", "Z9", "err-request-criterion"),
        (text, "--text= ", "err-request-text"),
        (text, "--text=R03给了4分，请复核", "err-request-names"),
        ("abnormal", "objective", "err-request-fact"),
    ] {
        let words = asks(from, to);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        room.refuses("chair", &words, Exit::No, code, &[]);
    }
    let signed = [&ASKS[..], &["--to", &stick, "--key", "R06"]].concat();
    copy(&home_of("R06").keys(), &room.at("chair").join("keys"));
    room.refuses("chair", &signed, Exit::No, "err-ask-not-presiding", &["R01, R02"]);
    let late = [&ASKS[..], &["--to", &stick, "--deadline", "tomorrow"]].concat();
    room.refuses("chair", &late, Exit::Usage, "err-not-a-moment", &["tomorrow"]);
    assert!(room.json("chair", &[&ASKS[..], &["--to", &stick, "--key", "R02"]].concat())["signer"] == "R02", "the deputy may");
}

#[test]
fn a_request_for_somebody_else_is_not_opened() {
    let room = Room::new();
    room.does("chair", &[&ASKS[..], &["--to", &room.stick()]].concat());
    copy(home_of("R05").root(), &room.at("r05"));
    let request = room.on_stick(REQUEST);
    let answer = pingyi(&["--lang", "en", "--home", path(&room.at("r05")), "open", &request]);
    assert_eq!(answer.exit, Exit::No);
    assert!(answer.complaints.contains("The request is for R06"), "{answer:?}");
}
