//! Headings as offices write them.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{
    domain::{application::Application, names, panel::Person},
    intake::columns::{changes::ChangeLine, spec::Spec},
};

/// `headings.toml`.
#[derive(Debug, Default, Deserialize)]
struct Names {
    ignored: Vec<String>,
    heading: BTreeMap<String, Vec<String>>,
    indicator: BTreeMap<String, Vec<String>>,
    roster: BTreeMap<String, Vec<String>>,
    change: BTreeMap<String, Vec<String>>,
    sheet: BTreeMap<String, Vec<String>>,
    word: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    // The file is part of the program; a test reads it, so a mistake in it does not get this far.
    let mut names: Names = toml::from_str(include_str!("headings.toml")).unwrap_or_default();
    for (indicator, words) in std::mem::take(&mut names.indicator) {
        for (side, shown) in [("target", ["目标", "（目标）"]), ("actual", ["实际", "（实际）"])] {
            let all = words.iter().flat_map(|word| shown.iter().map(move |side| format!("{word}{side}")));
            names.heading.insert(format!("performance.{side}.{indicator}"), all.collect());
        }
    }
    names
});

/// A kind of record that a table can hold: its fields, and the headings under which they are known.
#[derive(Debug)]
pub struct Records {
    /// The fields.
    pub spec: Spec,
    /// Headings by field.
    pub headings: &'static BTreeMap<String, Vec<String>>,
    /// Fields by which a row names its record.
    pub keys: [&'static str; 2],
    /// Fields by the folded form of their names.
    index: BTreeMap<String, Vec<String>>,
}

/// Applications.
pub static APPLICATIONS: LazyLock<Records> = LazyLock::new(|| Records::new(Spec::of::<Application>(), &NAMES.heading, ["id", "title.zh"]));

/// People on the roster. Keys come by enrolment, never by a table.
pub static PEOPLE: LazyLock<Records> = LazyLock::new(|| {
    let mut spec = Spec::of::<Person>();
    spec.leaves.retain(|path, _| !path.starts_with("key.") && !path.starts_with("revoked"));
    Records::new(spec, &NAMES.roster, ["code", "name"])
});

/// Changes to a package folder, a line each.
pub static CHANGES: LazyLock<Records> = LazyLock::new(|| Records::new(Spec::of::<ChangeLine>(), &NAMES.change, ["application", "action"]));

/// Whether nobody expects this heading to be read, such as that of running numbers.
#[must_use]
pub fn is_ignored(heading: &str) -> bool {
    NAMES.ignored.iter().any(|word| names::same_name(word, heading))
}

/// The list whose name a sheet has.
#[must_use]
pub fn list_of_sheet(sheet: &str) -> Option<&'static str> {
    let plain = names::folded(sheet);
    let is_named = |words: &[String]| words.iter().any(|word| names::folded(word) == plain);
    NAMES.sheet.iter().find(|(_, words)| is_named(words)).map(|(list, _)| list.as_str())
}

/// Words for the codes of a field whose list the policy fixes: code, and its words.
pub fn words_of(path: &str) -> impl Iterator<Item = (&'static str, &'static [String])> {
    NAMES.word.get(path).into_iter().flatten().map(|(code, words)| (code.as_str(), words.as_slice()))
}

impl Records {
    fn new(spec: Spec, headings: &'static BTreeMap<String, Vec<String>>, keys: [&'static str; 2]) -> Self {
        let mut index: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in spec.leaves.keys() {
            for name in headings.get(path).into_iter().flatten().chain([path]) {
                let paths = index.entry(names::folded(name)).or_default();
                if !paths.contains(path) {
                    paths.push(path.clone());
                }
            }
        }
        Self { spec, headings, keys, index }
    }

    /// The field that `heading` means in a table of `list` (empty for the records themselves): by its path, or by one of its names.
    #[must_use]
    pub fn field(&self, heading: &str, list: &str) -> Option<&str> {
        let within = |path: &&String| Spec::list_of(path) == list || (!list.is_empty() && path.starts_with(list));
        let known = |name: &str| self.index.get(&names::folded(name)).into_iter().flatten().find(within).map(String::as_str);
        let short = || if list.is_empty() { None } else { known(&format!("{list}.{heading}")) };
        known(heading).or_else(|| known(&without_unit(heading))).or_else(short)
    }

    /// All names of the fields of a list and of the records themselves, for whoever looks for the nearest.
    pub fn known<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a str> {
        let of = move |path: &&String| Spec::list_of(path).is_empty() || Spec::list_of(path) == list;
        let fields = self.spec.leaves.keys().filter(of);
        fields.flat_map(|path| self.headings.get(path).into_iter().flatten().map(String::as_str).chain([path.as_str()]))
    }
}

/// A heading without what stands in brackets at its end: `总投资（万元）` is `总投资`.
#[must_use]
pub fn without_unit(heading: &str) -> String {
    let trimmed = heading.trim();
    let open = trimmed.rfind(['(', '（']).filter(|_| trimmed.ends_with([')', '）']));
    open.and_then(|at| trimmed.get(..at)).unwrap_or(trimmed).trim().to_owned()
}

/// What stands in brackets at the end of a heading.
#[must_use]
pub fn unit_of(heading: &str) -> Option<String> {
    let trimmed = heading.trim();
    let open = trimmed.rfind(['(', '（']).filter(|_| trimmed.ends_with([')', '）']))?;
    let inner = trimmed.get(open..)?.trim_matches(['(', '（', ')', '）']).trim();
    Some(inner.to_owned())
}
