//! Codes and the words that stand for them: from the package's own lists, and from those that the policy fixes.

use std::collections::BTreeMap;

use crate::{
    domain::{
        names,
        reference::Code,
        text::{Bilingual, Message},
    },
    intake::{
        columns::{headings, spec::Spec},
        names_nearest,
        package::Frame,
    },
    msg,
};

/// A code and every word that means it.
#[derive(Debug, Clone)]
struct Entry {
    code: String,
    words: Vec<String>,
}

/// The codes that fields may hold, by field.
#[derive(Debug, Clone, Default)]
pub struct Words {
    lists: BTreeMap<String, Vec<Entry>>,
}

/// The list of answers to the formal check, whose headings may be the gates themselves.
const GATE: &str = "compliance.gates[].gate";

impl Words {
    /// The codes that the policy fixes.
    #[must_use]
    pub fn fixed(spec: &Spec) -> Self {
        let mut words = Self::default();
        for path in spec.leaves.keys() {
            let mut list: Vec<Entry> =
                headings::words_of(path).map(|(code, words)| Entry { code: code.to_owned(), words: words.to_vec() }).collect();
            for code in
                spec.words.get(path).into_iter().flatten().filter(|code| !list.iter().any(|entry| entry.code == **code)).collect::<Vec<_>>()
            {
                list.push(Entry { code: code.clone(), words: Vec::new() });
            }
            if !list.is_empty() {
                words.lists.insert(path.clone(), list);
            }
        }
        words
    }

    /// The same with the codes of a package folder.
    #[must_use]
    pub fn with(mut self, frame: &Frame) -> Self {
        let codes = &frame.codes;
        let coded = |list: &[Code]| list.iter().map(|code| entry(&code.code, &code.name)).collect::<Vec<_>>();
        let mut add = |path: &str, list: Vec<Entry>| drop(self.lists.insert(path.to_owned(), list));
        let mut cities: Vec<Entry> = codes.cities.iter().map(|city| entry(&city.code, &city.name)).collect();
        for city in &mut cities {
            // 太原市 is 太原.
            city.words.extend(city.words.clone().iter().map(|name| format!("{name}市")));
        }
        add("applicant.city", cities);
        add("direction.family", coded(&codes.families));
        add("direction.industries", coded(&codes.industries));
        add("direction.strategies", coded(&codes.strategies));
        add("direction.services", coded(&codes.services));
        add("function[].code", coded(&codes.functions));
        add("sharing.audiences", coded(&codes.audiences));
        add("sharing.linked_platforms[].kind", coded(&codes.platforms));
        add("direction.cluster", frame.map.clusters.iter().map(|cluster| entry(cluster.id.as_str(), &cluster.name)).collect());
        let bases: Vec<Entry> = frame.bases.bases.iter().map(|base| entry(base.id.as_str(), &base.name)).collect();
        add("positioning.compared[].base", bases);
        add("item", frame.call.items.iter().map(|item| entry(item.id.as_str(), &item.title)).collect());
        add("self_score[].criterion", frame.rubric.criteria.iter().map(|one| entry(one.id.as_str(), &one.title)).collect());
        add(GATE, frame.rubric.gates.iter().map(|gate| entry(gate.id.as_str(), &gate.text)).collect());
        self
    }

    /// Whether a field is limited to codes.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.lists.contains_key(path)
    }

    /// The code that `word` means in the field `path`.
    ///
    /// # Errors
    /// What to do about a word that none has.
    pub fn code(&self, path: &str, word: &str) -> Result<String, Message> {
        let list = self.lists.get(path).map(Vec::as_slice).unwrap_or_default();
        let is = |entry: &&Entry| names::same_name(&entry.code, word) || entry.words.iter().any(|own| names::same_name(own, word));
        if let Some(entry) = list.iter().find(is) {
            return Ok(entry.code.clone());
        }
        let all = || list.iter().flat_map(|entry| entry.words.iter().chain([&entry.code])).map(String::as_str);
        let few = || list.iter().map(|entry| entry.words.first().unwrap_or(&entry.code).as_str()).collect::<Vec<_>>().join("、");
        Err(match names::nearest(word, all()) {
            _ if list.is_empty() => msg!("rec-no-words"),
            None if list.len() <= 12 => msg!("rec-one-of", words = few()),
            _ => names_nearest(word, all()),
        })
    }

    /// The field of a heading that is a gate, such as `G1`, or speaks of one, such as `G1说明`.
    #[must_use]
    pub fn gate_field(&self, heading: &str) -> Option<String> {
        let plain = names::folded(heading);
        let plain = plain.strip_prefix("compliance.gates.").unwrap_or(&plain);
        let gates = self.lists.get(GATE)?;
        let of = |entry: &Entry| {
            let rest = plain.strip_prefix(&names::folded(&entry.code))?;
            let field = match rest {
                "" | ".state" | "结论" | "state" => "state",
                ".note" | "说明" | "备注" | "note" => "note",
                _ => return None,
            };
            Some(format!("compliance.gates.{}.{field}", entry.code))
        };
        gates.iter().find_map(of)
    }
}

/// A code with its name in both languages, and without what a name explains in brackets.
fn entry(code: &str, name: &Bilingual) -> Entry {
    let mut words = vec![name.zh.clone(), name.en.clone()];
    words.extend([&name.zh, &name.en].into_iter().map(|name| headings::without_unit(name)).filter(|short| !short.is_empty()));
    words.dedup();
    Entry { code: code.to_owned(), words }
}
