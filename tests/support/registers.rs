//! Results of many panels, good and bad, in a folder as a provincial office finds them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    bundle::{bag, sshsig},
    digest::sha256_file,
    workflow::cores::{each, unwatched},
};
use serde_json::Value;
use tempfile::TempDir;

use super::{
    bundle::{Members, pack_as, relist, unpack},
    small_panel::{self, Small},
    stage::{key, root},
};

/// Good results beside the bad ones.
const GOOD: usize = 3;

/// The list of the office whose packages count.
pub(crate) fn offices() -> String {
    fs::read_to_string(root().join("office.allowed_signers")).unwrap()
}

/// Digest of each file that a register leaves out, and the reason: of those that are sound by themselves, what the register says; of
/// others, what is wrong with the file.
pub(crate) fn left_out(excluded: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let code = |one: &Value| match one["why"].as_str().unwrap() {
        "not-a-result" | "not-verified" => text(&one["code"]),
        why => why.to_owned(),
    };
    excluded.as_array().unwrap().iter().map(|one| (text(&one["sha256"]), code(one))).collect()
}

/// A folder with results, and what each bad one should be called.
pub(crate) struct Inbox {
    folder: TempDir,
    /// File name, and the reason that is expected.
    pub(crate) bad: Vec<(String, &'static str)>,
    /// Good results.
    pub(crate) good: Vec<String>,
}

static INBOX: LazyLock<Inbox> = LazyLock::new(Inbox::make);

/// The folder that all tests read.
pub(crate) fn inbox() -> &'static Inbox {
    &INBOX
}

/// The panel of call number `at`: every call has titles and cost lines of its own, but every third call has one cost line of call 0, and
/// every second one closes a year later.
pub(crate) fn panel(at: usize) -> Small {
    let call = call(at);
    Small::of(&call, "p1", |name, text| of_call(at, &call, name, text))
}

fn call(at: usize) -> String {
    format!("sx-2026-{at:04}")
}

/// What a file of the sample's package folder becomes in call number `at`.
fn of_call(at: usize, call: &str, name: &str, text: String) -> String {
    if name == "call.toml" && !at.is_multiple_of(2) {
        return text.replace("closes = \"2026-", "closes = \"2027-");
    }
    if !name.starts_with("sx-") {
        return text;
    }
    let text = text.replacen("title = { zh = \"", &format!("title = {{ zh = \"{call} "), 1);
    let mut first = true;
    let lines = text.split("[[cost]]\nname = \"");
    let marked = lines.enumerate().map(|(place, part)| match place {
        0 => part.to_owned(),
        _ if std::mem::take(&mut first) && at.is_multiple_of(3) => format!("[[cost]]\nname = \"{part}"),
        _ => format!("[[cost]]\nname = \"{call} {part}"),
    });
    marked.collect()
}

/// The results of so many panels of real size, one file each, in `folder`; those that are there already stay.
pub(crate) fn fill(folder: &Path, panels: usize) -> Vec<String> {
    fs::create_dir_all(folder).unwrap();
    let work = |at: &usize| {
        let name = format!("result-{}-p1-r1.zip", call(*at));
        let file = folder.join(&name);
        if !file.exists() {
            let (call, made) = (call(*at), file.with_extension("part"));
            let panel = Small::of_real_size(&call, "p1", |file, text| of_call(*at, &call, file, text));
            fs::copy(panel.result(), &made).unwrap();
            fs::rename(&made, &file).unwrap();
        }
        Ok(name)
    };
    let (all, mut names) = ((0..panels).collect::<Vec<usize>>(), Vec::new());
    unwatched(|watch| each(&all, watch, &work, &mut |_, name| names.push(name))).unwrap();
    names.sort();
    names
}

impl Inbox {
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), bad: Vec::new(), good: Vec::new() }
    }

    /// As many good results of real size as `PINGYI_MANY` says, and the same bad ones. They are kept in `PINGYI_MANY_AT`, because
    /// making a thousand takes most of an hour.
    pub(crate) fn of_many() -> Self {
        let wanted = std::env::var("PINGYI_MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(GOOD);
        let mut inbox = Self::empty();
        let kept = std::env::var_os("PINGYI_MANY_AT").map_or_else(|| inbox.path().join("kept"), PathBuf::from);
        inbox.good = fill(&kept, wanted);
        inbox.add_bad();
        for name in &inbox.good {
            let (from, to) = (kept.join(name), inbox.path().join(name));
            fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)).unwrap();
        }
        inbox
    }

    /// Every file in it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    fn make() -> Self {
        let mut inbox = Self::empty();
        for at in 0..GOOD {
            let small = panel(at);
            let name = small.result().file_name().unwrap().to_str().unwrap().to_owned();
            fs::copy(small.result(), inbox.path().join(&name)).unwrap();
            inbox.good.push(name);
        }
        inbox.add_bad();
        inbox
    }

    /// Digest of each bad file, and the reason that is expected.
    pub(crate) fn expected(&self) -> BTreeMap<String, String> {
        let sha256 = |name: &String| sha256_file(&self.path().join(name)).unwrap().0;
        self.bad.iter().map(|(name, code)| (sha256(name), (*code).to_owned())).collect()
    }

    /// Adds a bad file; `expected` is the code that its reason must have.
    fn add(&mut self, name: &str, bytes: &[u8], expected: &'static str) {
        fs::write(self.path().join(name), bytes).unwrap();
        self.bad.push((name.to_owned(), expected));
    }

    fn add_bad(&mut self) {
        let good = fs::read(small_panel::result()).unwrap();
        let stem = "result-sx-2026-01-p1-r1";
        let whole = unpack(&good);
        let lie = |change: &dyn Fn(&mut Members)| {
            let mut members = whole.clone();
            change(&mut members);
            pack_as(stem, &members)
        };
        // Somebody who can make all lists fit, and somebody who even has the keys of chair and supervisor.
        let relisted = |change: &dyn Fn(&mut Members)| {
            lie(&|members| {
                change(members);
                relist(members);
            })
        };
        let resigned = |change: &dyn Fn(&mut Members)| {
            lie(&|members| {
                change(members);
                relist(members);
                for (member, code) in [("signatures/chair-r01.sig", "R01"), ("signatures/supervisor-s01.sig", "S01")] {
                    let armor = sshsig::sign(&key(code), "pingyi.result.v1", &members[bag::TAG_MANIFEST]).unwrap();
                    members.insert(member.to_owned(), armor.into_bytes());
                }
            })
        };
        let edit = |members: &mut Members, name: &str, from: &str, to: &str| super::bundle::replace(members, name, from, to);
        self.add("a-empty.zip", b"", "container-ends");
        self.add("b-noise.zip", &[7; 5000], "container-ends");
        self.add("c-cut.zip", &good[..good.len() / 2], "container-ends");
        self.add("d-text.zip", "这不是压缩包".as_bytes(), "container-ends");
        self.add("e-package.zip", &fs::read(small_panel::package()).unwrap(), "kind-package");
        self.add("f-scores.zip", &fs::read(&small_panel::bundles()[0]).unwrap(), "kind-scores");
        self.add("g-half-signed.zip", &fs::read(panel(7777).half_signed()).unwrap(), "signature-missing");
        self.add("h-member-gone.zip", &lie(&|members| drop(members.remove("data/inputs.json"))), "member-missing");
        self.add("i-member-added.zip", &lie(&|members| drop(members.insert("data/more.json".into(), b"{}\n".to_vec()))), "member-unlisted");
        self.add("j-digit.zip", &lie(&|members| edit(members, "data/results.json", "86.00", "87.00")), "member-altered");
        self.add("k-digit-relisted.zip", &relisted(&|members| edit(members, "data/results.json", "86.00", "87.00")), "signature-invalid");
        self.add("l-digit-resigned.zip", &resigned(&|members| edit(members, "data/results.json", "86.00", "87.00")), "figure-differs");
        self.add("m-no-signature.zip", &lie(&|members| drop(members.remove("signatures/chair-r01.sig"))), "signature-missing");
        self.add(
            "n-opinion-resigned.zip",
            &resigned(&|members| edit(members, "data/opinions/sx-0005.json", "总体可行", "总体优秀")),
            "document-differs",
        );
        self.add(
            "o-scores-swapped.zip",
            &resigned(&|members| {
                let (one, other) = ("data/bundles/scores-sx-2026-01-p1-r02-r1.zip", "data/bundles/scores-sx-2026-01-p1-r03-r1.zip");
                let (first, second) = (members[one].clone(), members[other].clone());
                members.insert(one.to_owned(), second);
                members.insert(other.to_owned(), first);
            }),
            "nested-refused",
        );
        self.add("p-junk-in-front.zip", &[b"MZ".repeat(40), good.clone()].concat(), "container-ends");
        self.add_strangers();
        self.add("t-good-again-cut.zip", &good[..good.len() - 1], "container-ends");
    }

    /// Results that are sound by themselves and still do not count.
    fn add_strangers(&mut self) {
        let rehearsal = Small::of("sx-2026-8001", "p1", |name, text| {
            if name == "call.toml" { text.replace("mode   = \"official\"", "mode   = \"rehearsal\"") } else { text }
        });
        self.add("q-rehearsal.zip", &fs::read(rehearsal.result()).unwrap(), "rehearsal");
        // Two results of one panel of the same revision.
        for (name, score) in [("r-fork-one.zip", "示例一"), ("s-fork-other.zip", "示例二")] {
            let small = Small::of("sx-2026-8002", "p1", move |file, text| {
                if file.starts_with("sx-0005") {
                    text.replacen("title = { zh = \"", &format!("title = {{ zh = \"{score}"), 1)
                } else {
                    text
                }
            });
            self.add(name, &fs::read(small.result()).unwrap(), "forked");
        }
    }
}
