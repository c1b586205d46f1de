//! Whole sessions in a real terminal: `tmux` types and reads. Each journey is a file of steps that a person could follow by hand.
//! Asked for by name, because not every machine has `tmux`: `just journeys`.
//!
//! ```text
//! open                 starts the program          run ARGS        a command of the program, which must succeed
//! keys NAMES           keys by tmux's names        type TEXT       text, as an input method commits it
//! paste TEXT           bracketed paste, \n is a line end             code            the four digits that the screen asks for
//! see TEXT             waits until it is there     gone TEXT       waits until it is not
//! cursor               stands right of the last `type`d text         ended           waits until the program has ended
//! as CODE ARGS         the same on another person's machine          opinions TEXT   writes TEXT into every part of every opinion
//! shot NAME            keeps the screen, when PINGYI_SHOTS names a folder
//! ```

mod guides;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread::sleep,
    time::{Duration, Instant},
};

use pingyi::{
    bundle::{allowed, layer::State},
    workflow::{
        demo::{self, Stage},
        verify,
    },
};
use unicode_width::UnicodeWidthStr;

/// Longest wait for something to appear: a busy machine is slow, a broken program never gets there.
const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal in which the program runs.
struct Terminal {
    name: String,
    size: (u16, u16),
    language: &'static str,
    home: PathBuf,
    /// Where other people's data folders lie.
    homes: PathBuf,
    last: String,
}

impl Terminal {
    fn tmux(&self, arguments: &[&str]) -> Output {
        Command::new("tmux").args(["-L", &self.name]).args(arguments).output().unwrap_or_else(|error| panic!("tmux: {error}"))
    }

    fn open(&self) {
        let (columns, rows) = (self.size.0.to_string(), self.size.1.to_string());
        let program = env!("CARGO_BIN_EXE_pingyi");
        let command = format!("{program} --home '{}' --lang {}; exec sleep 1000", self.home.display(), self.language);
        if self.tmux(&["has-session", "-t", "s"]).status.success() {
            self.tmux(&["respawn-pane", "-k", "-t", "s", &command]);
        } else {
            self.tmux(&["-f", "/dev/null", "new-session", "-d", "-s", "s", "-x", &columns, "-y", &rows, &command]);
            self.tmux(&["set", "-g", "status", "off"]);
        }
    }

    fn screen(&self) -> String {
        String::from_utf8_lossy(&self.tmux(&["capture-pane", "-p", "-t", "s"]).stdout).into_owned()
    }

    /// Waits until `fits` says so of the screen.
    fn wait(&self, step: &str, fits: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if fits(&screen) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{} {:?} {}: {step}\n{screen}", self.name, self.size, self.language);
            sleep(Duration::from_millis(40));
        }
    }

    fn step(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "open" => self.open(),
            "run" => self.run(&self.home, rest),
            "as" => {
                let (code, arguments) = rest.split_once(' ').unwrap();
                self.run(&self.homes.join(code), arguments);
            }
            "opinions" => self.opinions(rest),
            "keys" => {
                for key in rest.split_whitespace() {
                    self.tmux(&["send-keys", "-t", "s", key]);
                    // Keys by hand never come at once; at once they would be a paste.
                    sleep(Duration::from_millis(25));
                }
            }
            "type" => {
                self.tmux(&["send-keys", "-l", "-t", "s", rest]);
                rest.clone_into(&mut self.last);
            }
            "paste" => {
                self.tmux(&["set-buffer", &rest.replace("\\n", "\n")]);
                self.tmux(&["paste-buffer", "-p", "-t", "s"]);
            }
            "code" => {
                let screen = self.screen();
                let code = screen.split_whitespace().find(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
                let code = code.unwrap_or_else(|| panic!("no code on the screen\n{screen}")).to_owned();
                self.tmux(&["send-keys", "-l", "-t", "s", &code]);
            }
            "see" => self.wait(line, |screen| screen.contains(rest)),
            "gone" => self.wait(line, |screen| !screen.contains(rest)),
            "cursor" => self.cursor(),
            "ended" => self.wait(line, |screen| !screen.contains("F1")),
            "shot" => self.keep(rest),
            _ => panic!("not a step: {line}"),
        }
    }

    /// The real cursor stands behind what was typed last, where an input method shows its candidates.
    fn cursor(&self) {
        self.wait("typed text", |screen| screen.contains(&self.last));
        let screen = self.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(&self.last)).unwrap();
        let before = line.split_once(&self.last).unwrap().0;
        let expected = format!("{},{row}", before.width() + self.last.width());
        let found = String::from_utf8_lossy(&self.tmux(&["display", "-p", "-t", "s", "#{cursor_x},#{cursor_y}"]).stdout).trim().to_owned();
        assert_eq!(found, expected, "{screen}");
    }

    /// Goes down the list of opinions, and through the five parts of each.
    fn opinions(&mut self, text: &str) {
        let list = self.screen();
        for row in 0..23 {
            let place = if row == 0 { "keys Home Enter".to_owned() } else { format!("keys Home {}Enter", "Down ".repeat(row)) };
            self.step(&place);
            self.wait("another screen", |screen| screen != list);
            self.step("keys 1");
            for part in 1..=5 {
                // A key that comes while the part before is still being saved would be taken for a paste.
                sleep(Duration::from_millis(150));
                self.step(&format!("type {text}"));
                self.step(&format!("see {text}"));
                sleep(Duration::from_millis(150));
                self.step(if part < 5 { "keys Tab" } else { "keys Escape" });
                sleep(Duration::from_millis(100));
            }
            self.step("keys Escape");
            self.step(&format!("see {}", list.lines().next().unwrap().split_whitespace().next().unwrap()));
        }
    }

    fn run(&self, home: &Path, arguments: &str) {
        let output = Command::new(env!("CARGO_BIN_EXE_pingyi"))
            .args(["--home", home.to_str().unwrap()])
            .args(arguments.split_whitespace())
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn keep(&self, name: &str) {
        if let Some(folder) = std::env::var_os("PINGYI_SHOTS") {
            let (columns, rows) = self.size;
            let file = Path::new(&folder).join(format!("{name}-{columns}x{rows}.{}.txt", self.language));
            fs::write(file, unnamed(&self.screen())).unwrap();
        }
    }
}

/// The screen without the name of this run's folder, which is another one every time; as wide as before.
fn unnamed(screen: &str) -> String {
    let start = format!("{}/.tmp", std::env::temp_dir().display());
    let mut parts = screen.split(start.as_str());
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + &format!("{:x<1$}", "/media/stick-", start.len() + 6) + part.get(6..).unwrap_or_default())
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// A reviewer's machine before the day begins: a key, and the package on a stick.
fn machine(folder: &Path) -> (PathBuf, PathBuf) {
    let stage = Stage::office(&folder.join("office"), &pingyi::workflow::sample::SELECTION, &mut |_| {}).unwrap();
    let home = folder.join("home");
    let keys = stage.home(&"R02".parse().unwrap()).keys();
    fs::create_dir_all(home.join("keys")).unwrap();
    for entry in fs::read_dir(keys).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, home.join("keys").join(path.file_name().unwrap())).unwrap();
    }
    (home, stage.package)
}

/// Goes through a journey in a window of this size.
fn walk(name: &str, script: &str, language: &'static str, size: (u16, u16)) {
    let folder = tempfile::tempdir().unwrap();
    let (home, package) = machine(folder.path());
    let out = folder.path().join("stick");
    // The application that the reviewer stays out of has no scores.
    let all = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/scores.csv")).unwrap();
    let kept: String = all.lines().filter(|line| !line.starts_with("sx-0018,")).map(|line| format!("{line}\n")).collect();
    let scores = folder.path().join("scores.csv");
    fs::write(&scores, kept).unwrap();
    let name = format!("{name}-{language}-{}", size.0);
    let homes = folder.path().join("office/homes");
    let mut terminal = Terminal { name, size, language, home, homes, last: String::new() };
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let line = line
            .replace("{package}", package.to_str().unwrap())
            .replace("{out}", out.to_str().unwrap())
            .replace("{scores}", scores.to_str().unwrap());
        terminal.step(&line);
    }
    let bundle = out.join("scores-sx-2026-01-p1-r02-r1.zip");
    let trust = folder.path().join("office/office.allowed_signers");
    terminal.run(&terminal.home, &format!("verify {} --trust {}", bundle.display(), trust.display()));
}

/// Goes through the chair's day, with the bundles of everybody on a stick, up to a result that a stranger verifies in all layers.
fn preside(script: &str, language: &'static str, size: (u16, u16)) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("office");
    // The chair of the demo has a table already; this one begins with a key alone.
    drop(demo::table(&root).unwrap());
    let home = folder.path().join("home");
    fs::create_dir_all(home.join("keys")).unwrap();
    for entry in fs::read_dir(root.join("homes/r01/keys")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, home.join("keys").join(path.file_name().unwrap())).unwrap();
    }
    let (bundles, out) = (root.join("bundles"), folder.path().join("stick"));
    let answer = folder.path().join("answer.csv");
    fs::write(&answer, include_str!("../../sample-data/answer-R06.csv")).unwrap();
    let trust = root.join("office.allowed_signers");
    let package = bundles.join("package-sx-2026-01-p1-r2.zip");
    let name = format!("chair-{language}-{}", size.0);
    let mut terminal = Terminal { name, size, language, home, homes: root.join("homes"), last: String::new() };
    let words = [("{package}", &package), ("{bundles}", &bundles), ("{out}", &out), ("{answer}", &answer), ("{trust}", &trust)];
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let line = words.iter().fold(line.to_owned(), |line, (word, path)| line.replace(word, path.to_str().unwrap()));
        terminal.step(&line);
    }
    let result = out.join("result-sx-2026-01-p1-r1.zip");
    let report = verify::verify(&result, Some(&allowed::read(&fs::read_to_string(&trust).unwrap()).unwrap())).unwrap();
    assert!(report.layers.iter().all(|layer| layer.state == State::Pass), "{report:#?}");
}

/// Goes through the day of office or province on the demo's files, beginning with the key of `code` and nothing else; where its
/// bundle then lies.
fn at_an_end(name: &str, code: &str, script: &str, language: &'static str, size: (u16, u16)) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("demo");
    demo::headless(&root, &mut |_| {}).unwrap();
    let home = folder.path().join("home");
    fs::create_dir_all(home.join("keys")).unwrap();
    for entry in fs::read_dir(root.join("homes").join(code).join("keys")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, home.join("keys").join(path.file_name().unwrap())).unwrap();
    }
    let (out, package) = (folder.path().join("stick"), folder.path().join("package"));
    let words = [("{demo}", &root), ("{out}", &out), ("{package}", &package)];
    let name = format!("{name}-{language}-{}", size.0);
    let mut terminal = Terminal { name, size, language, home, homes: root.join("homes"), last: String::new() };
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let line = words.iter().fold(line.to_owned(), |line, (word, path)| line.replace(word, path.to_str().unwrap()));
        terminal.step(&line);
    }
    let written: Vec<PathBuf> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1, "one bundle and nothing half written: {written:?}");
    let report = verify::verify(&written[0], None).unwrap();
    assert!(report.layers.iter().all(|layer| layer.state != State::Fail), "{report:#?}");
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_province_puts_results_together_in_chinese_in_a_small_window() {
    at_an_end("province", "p01", include_str!("province.zh.keys"), "zh-CN", (80, 24));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_province_puts_results_together_in_english_in_a_large_window() {
    at_an_end("province", "p01", include_str!("province.en.keys"), "en", (120, 40));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn an_office_prepares_and_signs_a_package_in_chinese_in_a_small_window() {
    at_an_end("office", "of1", include_str!("office.zh.keys"), "zh-CN", (80, 24));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn an_office_prepares_and_signs_a_package_in_english_in_a_large_window() {
    at_an_end("office", "of1", include_str!("office.en.keys"), "en", (120, 40));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_chair_gets_through_the_day_in_chinese_in_a_small_window() {
    preside(include_str!("chair.zh.keys"), "zh-CN", (80, 24));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_chair_gets_through_the_day_in_chinese_in_a_large_window() {
    preside(include_str!("chair.zh.keys"), "zh-CN", (120, 40));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_chair_gets_through_the_day_in_english_in_a_small_window() {
    preside(include_str!("chair.en.keys"), "en", (80, 24));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_chair_gets_through_the_day_in_english_in_a_large_window() {
    preside(include_str!("chair.en.keys"), "en", (120, 40));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_reviewer_gets_through_the_day_in_chinese_in_a_small_window() {
    walk("day", include_str!("day.zh.keys"), "zh-CN", (80, 24));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_reviewer_gets_through_the_day_in_chinese_in_a_large_window() {
    walk("day", include_str!("day.zh.keys"), "zh-CN", (120, 40));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_reviewer_gets_through_the_day_in_english_in_a_small_window() {
    walk("day", include_str!("day.en.keys"), "en", (80, 24));
}

#[test]
#[ignore = "needs tmux; just journeys runs it"]
fn a_reviewer_gets_through_the_day_in_english_in_a_large_window() {
    walk("day", include_str!("day.en.keys"), "en", (120, 40));
}
