//! Every file of the sample data with bytes flipped, cut, doubled and put in: it is read, or refused with every problem at a place
//! that is in the file. Nothing panics, and what is read is what the changed text says, never what it used to say.

use std::{collections::BTreeMap, io, sync::LazyLock};

use pingyi::{
    digest,
    intake::{
        Problem,
        package::{self, Intake},
        scores,
        source::{Folder, Source},
    },
};
use proptest::{prelude::*, sample::Index};

use crate::tidy::{files, read, root};

/// The sample package in memory.
#[derive(Clone)]
struct Copy(BTreeMap<String, Vec<u8>>);

static SAMPLE: LazyLock<Copy> = LazyLock::new(|| {
    let folder = Folder::new(root().join("sample-data/package"));
    let mut files: BTreeMap<String, Vec<u8>> =
        folder.names().unwrap().into_iter().map(|name| (name.clone(), folder.read(&name).unwrap())).collect();
    // Applications are all read alike; three of them make the test quick.
    let is_kept = |name: &str| ["sx-0001", "sx-0012", "sx-0024"].iter().any(|id| name.contains(id));
    files.retain(|name, _| !(name.starts_with("applications/") || name.starts_with("attachments/")) || is_kept(name));
    let lines = String::from_utf8(files["assignments.csv"].clone()).unwrap();
    let kept: String =
        lines.lines().filter(|line| line.starts_with("application") || is_kept(line)).map(|line| format!("{line}\n")).collect();
    files.insert("assignments.csv".to_owned(), kept.into_bytes());
    Copy(files)
});

impl Source for Copy {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.get(name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn digest(&self, name: &str) -> io::Result<(u64, String)> {
        let bytes = self.read(name)?;
        Ok((bytes.len() as u64, digest::sha256_hex(&bytes)))
    }
}

/// What happens to the bytes of a file.
#[derive(Debug, Clone)]
enum Harm {
    Flip(Index, u8),
    Cut(Index, Index),
    Double(Index, Index),
    Insert(Index, Vec<u8>),
    End(Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let noise = prop_oneof![
        prop::collection::vec(any::<u8>(), 1..6),
        prop::sample::select(vec!["\"", "\n", "[", "]", "= ", "#", "\0", "\r", "\u{202e}", "'''", "-", "0", "，", ",", "\u{feff}"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop_oneof![
        4 => (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Harm::Flip(at, bit)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Harm::Cut(from, to)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Harm::Double(from, to)),
        3 => (any::<Index>(), noise).prop_map(|(at, noise)| Harm::Insert(at, noise)),
        1 => any::<Index>().prop_map(Harm::End),
    ]
}

fn harmed(bytes: &[u8], harm: &Harm) -> Vec<u8> {
    let place = |index: &Index| index.index(bytes.len() + 1);
    let span = |one: &Index, other: &Index| {
        let (one, other) = (place(one), place(other));
        // Short pieces: a file of which half is gone tells little.
        one.min(other)..one.max(other).min(one.min(other) + 60)
    };
    let mut bytes_now = bytes.to_vec();
    match harm {
        Harm::Flip(at, bit) => bytes_now[at.index(bytes.len())] ^= 1 << bit,
        Harm::Cut(from, to) => drop(bytes_now.drain(span(from, to))),
        Harm::Double(from, to) => {
            let span = span(from, to);
            let piece = bytes[span.clone()].to_vec();
            bytes_now.splice(span.end..span.end, piece);
        }
        Harm::Insert(at, noise) => {
            let at = place(at);
            bytes_now.splice(at..at, noise.iter().copied());
        }
        Harm::End(at) => bytes_now.truncate(place(at)),
    }
    bytes_now
}

/// Every problem names a file of the package, or none, and a line that there is.
fn is_placed(source: &Copy, problems: &[Problem]) -> Result<(), TestCaseError> {
    prop_assert!(!problems.is_empty(), "refused without a word");
    for problem in problems {
        let lines = source.0.get(&problem.file).map_or(1, |bytes| 1 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count());
        prop_assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{:?} in a file of {} lines", problem, lines);
    }
    Ok(())
}

/// Everything a package says, as text.
fn said(intake: &Intake) -> String {
    format!("{:?}", intake.package)
}

fn cases() -> u32 {
    std::env::var("PINGYI_MODEL_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_harmed_package_is_read_as_it_stands_or_refused_at_its_places(which in any::<Index>(), harms in prop::collection::vec(harm(), 1..4)) {
        let mut source = SAMPLE.clone();
        let names: Vec<String> = source.0.keys().filter(|name| !name.starts_with("attachments/")).cloned().collect();
        let name = which.get(&names);
        let before = source.0[name].clone();
        let after = harms.iter().fold(before.clone(), |bytes, harm| if bytes.is_empty() { bytes } else { harmed(&bytes, harm) });
        source.0.insert(name.clone(), after.clone());
        match package::read(&source) {
            Err(problems) => is_placed(&source, &problems)?,
            Ok(intake) => {
                // Only text can have changed what is said: the same text says the same, and reading twice says it again.
                let sound = package::read(&*SAMPLE).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
                prop_assert!(before != after || said(&intake) == said(&sound), "{name}: the same bytes say something else");
                prop_assert_eq!(said(&intake), said(&package::read(&source).unwrap()));
            }
        }
    }

    #[test]
    fn a_harmed_table_of_scores_is_read_as_it_stands_or_refused_at_its_places(which in any::<Index>(), harms in prop::collection::vec(harm(), 1..4)) {
        let tables = files("sample-data", ".csv");
        let table = read(&tables[which.index(tables.len())]);
        // A stretch of the table is enough, and quick.
        let bytes: Vec<u8> = table.lines().take(40).map(|line| format!("{line}\n")).collect::<String>().into_bytes();
        let after = harms.iter().fold(bytes, |bytes, harm| if bytes.is_empty() { bytes } else { harmed(&bytes, harm) });
        let source = Copy(BTreeMap::from([("scores.csv".to_owned(), after.clone())]));
        match scores::read("scores.csv", &after) {
            Err(problems) => is_placed(&source, &problems)?,
            Ok(lines) => {
                let text = pingyi::intake::table::decode("scores.csv", &after).unwrap();
                for line in lines {
                    // What a line says stands in the text as it is now.
                    prop_assert!(text.contains(line.application.as_str()), "{:?}", line);
                    if let scores::Says::Scored(criterion, value) = &line.says {
                        let written = |digits: &str| digits.parse() == Ok(*value);
                        prop_assert!(text.contains(criterion.as_str()), "{:?}", line);
                        prop_assert!(text.split(['\n', '\r', ',', ';', '\t', '"']).any(|cell| written(cell.trim())), "{:?} in {:?}", line, text);
                    }
                }
            }
        }
    }
}
