//! The table of keys, and what is made from it.

use std::collections::BTreeSet;

use pingyi::{
    domain::{
        text::{Explain, Language},
        visibility::{self, Thing},
    },
    i18n,
    search::{
        fold::folded,
        keys::{FORMS, KEYS, Key, Kind, Needs, find},
    },
};

use super::{CHAIR, OFFICE, REVIEWER, Sight};
use crate::tidy::read;

fn viewers() -> [(&'static str, &'static Sight); 3] {
    [("reviewer", &REVIEWER), ("chair", &CHAIR), ("office", &OFFICE)]
}

#[test]
fn no_two_keys_share_a_name_and_every_name_is_written_as_it_is_compared() {
    let mut seen = BTreeSet::new();
    for key in KEYS {
        assert!(!key.en.is_empty() && !key.zh.is_empty(), "{:?}", key.id);
        for name in key.names() {
            assert!(seen.insert(name), "{name} is two keys");
            assert_eq!(folded(name), name, "{name} would never be found");
            assert_eq!(find(name).map(|found| found.id), Some(key.id));
            assert_eq!(find(&name.to_uppercase()).map(|found| found.id), Some(key.id));
        }
    }
}

#[test]
fn every_example_of_the_help_works_for_those_who_may_use_it_and_is_refused_to_the_others() {
    for (name, sight) in viewers() {
        for key in KEYS {
            for example in key.example {
                match sight.parse(example) {
                    Ok(_) => assert!(sight.scheme.may_use(key), "{name}: {example}"),
                    Err(problems) => {
                        assert!(!sight.scheme.may_use(key), "{name}: {example}: {problems:?}");
                        assert_eq!(problems[0].what().id, "err-search-not-yours", "{name}: {example}");
                    }
                }
            }
        }
        for example in FORMS.iter().flat_map(|form| form.example) {
            // The last form shows a key of sheets, which everybody has some of.
            assert!(sight.parse(example).is_ok(), "{name}: {example}");
        }
    }
}

#[test]
fn both_examples_of_a_key_find_the_same() {
    for (name, sight) in viewers() {
        for key in KEYS.iter().filter(|key| sight.scheme.may_use(key)) {
            let [zh, en] = key.example.map(|example| sight.ids(example));
            assert_eq!(zh, en, "{name}: {:?}", key.example);
        }
    }
}

#[test]
fn no_example_shows_an_empty_list_to_everybody() {
    for example in KEYS.iter().flat_map(|key| key.example).chain(FORMS.iter().flat_map(|form| form.example)) {
        let found = viewers().iter().any(|(_, sight)| sight.parse(example).is_ok_and(|query| !sight.find(&query).rows().is_empty()));
        assert!(found, "{example} finds nothing in the sample call: a bad example");
    }
}

#[test]
fn every_key_and_form_is_explained_in_both_languages() {
    for id in KEYS.iter().map(|key| key.help).chain(FORMS.iter().map(|form| form.help)) {
        assert!(i18n::knows(id), "{id}");
    }
    let helps: BTreeSet<&str> = KEYS.iter().map(|key| key.help).collect();
    assert_eq!(helps.len(), KEYS.len(), "two keys with one explanation");
}

#[test]
fn who_may_use_a_key_follows_the_table_of_roles() {
    for (name, sight) in viewers() {
        let role = sight.scheme.viewer.role();
        for key in KEYS {
            let expected = match key.needs {
                Needs::Nothing => true,
                Needs::Names => true,
                Needs::Any(things) => things.iter().any(|thing| visibility::may(role, *thing)),
            };
            assert_eq!(sight.scheme.may_use(key), expected, "{name}: {:?}", key.id);
        }
    }
    let others = |key: &&Key| key.needs == Needs::Any(&[Thing::OthersSheets]);
    assert!(KEYS.iter().filter(others).all(|key| !REVIEWER.scheme.may_use(key)), "a reviewer asks for nothing of others");
    assert_eq!(KEYS.iter().filter(others).count(), 7);
}

#[test]
fn every_key_that_can_sort_or_group_does_and_every_other_says_so() {
    for (name, sight) in viewers() {
        for key in KEYS.iter().filter(|key| sight.scheme.may_use(key)) {
            for shown in [key.en[0], key.zh[0]] {
                let sorts = sight.parse(&format!("sort:{shown}")).is_ok() && sight.parse(&format!("sort:-{shown}")).is_ok();
                assert_eq!(sorts, key.sorts(), "{name}: sort:{shown}");
                assert_eq!(sight.parse(&format!("group:{shown}")).is_ok(), key.groups(), "{name}: group:{shown}");
            }
        }
    }
}

/// A line of the manual's table.
fn row(key: &Key, language: Language) -> String {
    let (own, other) = match language {
        Language::Zh => (key.zh, key.en),
        Language::En => (key.en, key.zh),
    };
    let names = |names: &[&str]| names.iter().map(|name| format!("`{name}:`")).collect::<Vec<_>>().join(" ");
    let who = viewers().iter().filter(|(_, sight)| sight.scheme.may_use(key)).map(|(name, _)| in_words(name, language)).collect::<Vec<_>>();
    let example = key.example[usize::from(language == Language::En)];
    let comma = if language == Language::Zh { "、" } else { ", " };
    format!("| {} | {} | `{example}` | {} | {} |", names(own), names(other), i18n::by_id(language, key.help), who.join(comma))
}

fn in_words(viewer: &str, language: Language) -> &'static str {
    match (viewer, language) {
        ("reviewer", Language::Zh) => "专家",
        ("chair", Language::Zh) => "组长",
        (_, Language::Zh) => "组织单位",
        ("reviewer", Language::En) => "reviewer",
        ("chair", Language::En) => "chair",
        (_, Language::En) => "office",
    }
}

#[test]
fn the_manual_lists_every_key_and_form_as_the_table_has_it() {
    for (file, language) in [("docs/search.zh-CN.md", Language::Zh), ("docs/search.md", Language::En)] {
        let manual = read(file);
        let mut expected: Vec<String> = KEYS.iter().map(|key| row(key, language)).collect();
        let example = |form: &pingyi::search::keys::Form| form.example[usize::from(language == Language::En)];
        expected.extend(FORMS.iter().map(|form| format!("| `{}` | {} |", example(form), i18n::by_id(language, form.help))));
        let missing: Vec<&String> = expected.iter().filter(|line| !manual.lines().any(|own| own == line.as_str())).collect();
        assert!(missing.is_empty(), "{file} lacks\n{}", missing.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"));
        let rows = manual.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(rows, expected.len(), "{file} has rows that no table has");
    }
}

#[test]
fn lists_that_help_shows_only_offer_what_works() {
    for (name, sight) in viewers() {
        for key in sight.scheme.usable().filter(|key| key.kind == Kind::Choice) {
            for choice in sight.scheme.choices(key.id) {
                assert!(sight.parse(&format!("{}:\"{}\"", key.en[0], choice.id)).is_ok(), "{name}: {} {}", key.en[0], choice.id);
            }
        }
    }
}
