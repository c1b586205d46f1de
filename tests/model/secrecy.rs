//! What a reviewer wrote lies where it belongs and nowhere else, readable by nobody else, whatever mask the shell has; a passphrase
//! lies nowhere; a crash report quotes nothing.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use pingyi::{tui::shell, workflow::home::Home};
use tempfile::TempDir;

use super::stage::package;
use crate::support::stage::{copy, home_of, root};

/// A comment, a reason and a ground that stand nowhere else in the world.
const MARKS: [&str; 3] = ["评语标记七三一九", "理由标记-q7x4", "回避标记 zz81"];
const PASSPHRASE: &str = "correct-horse-battery-staple-42";

/// A machine whose shell hides nothing: umask 0, and a folder for temporary files of its own.
struct Careless {
    folder: TempDir,
}

impl Careless {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        copy(&home_of("R03").keys(), &machine.at("home/keys"));
        fs::create_dir(machine.at("tmp")).unwrap();
        let trust = root().join("office.allowed_signers");
        let file = package(1).to_str().unwrap();
        let taken = machine.runs(&["open", file, "--no-screen", "--trust", trust.to_str().unwrap()]);
        assert!(taken.status.success(), "{}", printed(&taken));
        assert!(machine.runs(&["score", "pledge", "--accept"]).status.success());
        machine
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "umask 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_pingyi"), "--lang", "en", "--home"]);
        command.arg(self.at("home")).args(words);
        command.env("TMPDIR", self.at("tmp")).env("SOURCE_DATE_EPOCH", "1773626400").current_dir(self.folder.path());
        command
    }

    fn runs(&self, words: &[&str]) -> Output {
        self.command(words).stdin(Stdio::null()).output().unwrap()
    }

    /// Does the lines of a batch, and gives back all that was printed.
    fn batch(&self, lines: &str) -> String {
        let mut child =
            self.command(&["score", "batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        printed(&child.wait_with_output().unwrap())
    }
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Everything below a folder, with its mode.
fn walk(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        found.push((entry.path(), entry.metadata().unwrap().permissions().mode() & 0o777));
        if entry.file_type().unwrap().is_dir() {
            found.extend(walk(&entry.path()));
        }
    }
    found
}

/// The files below a folder in which a text stands, in any of the forms that bytes on a disk take.
fn holding(folder: &Path, text: &str) -> Vec<PathBuf> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let forms = [text.as_bytes().to_vec(), wide, escaped.into_bytes()];
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap_or_default();
        forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form))
    };
    walk(folder).into_iter().map(|(path, _)| path).filter(|path| path.is_file()).filter(holds).collect()
}

/// What a session writes: a score, a comment, an N/A, a recusal; something taken back.
fn session() -> String {
    let [comment, reason, ground] = MARKS;
    format!(
        "declare sx-0005\nset sx-0005 A1 8.5\ncomment sx-0005 A1 {comment}\nset sx-0005 A2 12\nset sx-0005 B1 15\nna sx-0005 B2 {reason}\n\
         set sx-0005 C1 16\ncomment sx-0005 overall {comment}\nundo\nrecuse sx-0009 other {ground}\nsubmit sx-0005\n"
    )
}

#[test]
fn what_was_written_stands_in_the_store_and_in_signed_bundles_and_nowhere_else() {
    let machine = Careless::new();
    let said = machine.batch(&session());
    assert_eq!(said.lines().filter(|line| line.starts_with("ok ")).count(), 11, "{said}");
    let mut outputs = vec![said];
    for words in [
        &["score", "status"][..],
        &["backup", "--to", "stick"],
        &["export", "scores", "--to", "out"],
        &["score", "set", "sx-0005", "A1", "9"],
        &["check"],
        &["journal", "verify"],
        &["doctor"],
    ] {
        outputs.push(printed(&machine.runs(words)));
    }
    assert!(machine.at("out").read_dir().unwrap().count() == 1 && machine.at("stick").exists(), "{outputs:?}");
    for mark in MARKS {
        assert!(outputs.iter().all(|text| !text.contains(mark)), "nobody asked to see it: {outputs:?}");
        let places = holding(&machine.at("home"), mark);
        assert!(!places.is_empty(), "it is kept");
        for place in places {
            let inside = place.strip_prefix(machine.at("home")).unwrap().to_string_lossy().into_owned();
            let belongs = ["store/journal", "store/index/", "store/backups/", "sent/"];
            assert!(belongs.iter().any(|part| inside.contains(part)), "{mark} stands in {inside}");
        }
    }
    assert_eq!(walk(&machine.at("tmp")), [], "nothing is left among the temporary files");
}

#[test]
fn nobody_else_can_read_anything_whatever_the_mask_of_the_shell() {
    let machine = Careless::new();
    fs::set_permissions(machine.at("home"), fs::Permissions::from_mode(0o777)).unwrap();
    machine.batch(&session());
    machine.runs(&["export", "scores", "--to", "out"]);
    machine.runs(&["key", "new", "--name", "X1", "--no-passphrase"]);
    let loose = |paths: Vec<(PathBuf, u32)>| -> Vec<String> {
        let open = paths.into_iter().filter(|(path, mode)| mode & 0o077 != 0 && path.extension().is_none_or(|end| end != "pub"));
        open.map(|(path, mode)| format!("{} {mode:o}", path.display())).collect()
    };
    assert_eq!(loose(walk(&machine.at("home/work"))), Vec::<String>::new());
    assert_eq!(loose(walk(&machine.at("home/keys"))), Vec::<String>::new());
    let bundle = walk(&machine.at("out"));
    assert_eq!(bundle.iter().map(|(_, mode)| *mode).collect::<Vec<_>>(), [0o600], "{bundle:?}");
}

#[test]
fn a_session_that_is_killed_leaves_nothing_open_and_nothing_among_the_temporary_files() {
    let machine = Careless::new();
    let mut child = machine.command(&["score", "batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut pen = child.stdin.take().unwrap();
    for line in session().lines() {
        writeln!(pen, "{line}").unwrap();
        assert!(lines.next().unwrap().unwrap().starts_with("ok "), "{line}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let work = machine.at("home/work");
    let is_shut = |folder: &Path| fs::metadata(folder).unwrap().permissions().mode() & 0o077 == 0;
    for (path, mode) in walk(&work) {
        let behind_a_door = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&work)).any(is_shut);
        assert!(mode & 0o077 == 0 || behind_a_door, "{} {mode:o}", path.display());
    }
    assert_eq!(walk(&machine.at("tmp")), []);
    assert!(printed(&machine.runs(&["score", "list", "--plain"])).contains("sx-0005\tA1\tscored\t8.5"), "and nothing is lost");
}

#[test]
fn a_passphrase_is_neither_kept_nor_shown_not_even_in_a_refusal() {
    let machine = Careless::new();
    let secret = |name: &str, text: &str| {
        let file = machine.at(name);
        fs::write(&file, format!("{text}\n")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (right, wrong, weak) = (secret("right", PASSPHRASE), secret("wrong", "quite-another-passphrase-77"), secret("weak", "geheim7"));
    let steps: [(&[&str], bool); 4] = [
        (&["key", "new", "--name", "X1", "--passphrase-file", &right], true),
        (&["key", "new", "--name", "X2", "--passphrase-file", &weak], false),
        (&["key", "passwd", "--name", "X1", "--passphrase-file", &wrong, "--new-passphrase-file", &right], false),
        (&["key", "new", "--name", "X1", "--passphrase-file", &right], false),
    ];
    for (words, goes_well) in steps {
        let output = machine.runs(words);
        let said = printed(&output);
        assert_eq!(output.status.success(), goes_well, "{words:?}: {said}");
        for text in [PASSPHRASE, "quite-another-passphrase-77", "geheim7"] {
            assert!(!said.contains(text), "{words:?} prints the passphrase");
            assert_eq!(holding(&machine.at("home"), text), Vec::<PathBuf>::new());
            assert_eq!(holding(&machine.at("tmp"), text), Vec::<PathBuf>::new());
        }
    }
}

#[test]
fn a_crash_report_names_the_place_and_quotes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(folder.path().join("home"));
    let faults = [
        (
            "byte index 1 is not a char boundary; it is inside '评' (bytes 0..3) of `评语标记七三一九`",
            "byte index 1 is not a char boundary",
        ),
        ("called `Result::unwrap()` on an `Err` value: Refused(\"理由标记-q7x4\")", "called "),
        ("assertion failed\n  left: \"回避标记 zz81\"", "assertion failed"),
        ("理由标记-q7x4", "pingyi "),
        ("index out of bounds: the len is 3 but the index is 5", "index out of bounds: the len is 3 but the index is 5"),
    ];
    for (words, kept) in faults {
        let path = shell::report_panic(&home, &format!("{words}\nsrc/domain/desk.rs:77:9")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(kept) && text.contains("src/domain/desk.rs:77:9"), "{text}");
        assert!(MARKS.iter().all(|mark| !text.contains(mark)) && text.is_ascii(), "{text}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    }
}
