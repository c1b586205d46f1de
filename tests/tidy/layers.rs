//! Who may name whom. Inside one crate layers melt unless something says no.

use super::{code, files, none};

/// A layer, and the layers it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("digest", &[]),
    ("quiet", &[]),
    ("domain", &[]),
    ("insight", &["domain"]),
    ("search", &["domain"]),
    ("intake", &["domain", "digest", "quiet"]),
    ("i18n", &["domain"]),
    ("store", &["domain", "digest", "quiet"]),
    ("bundle", &["domain", "digest"]),
    ("report", &["domain", "insight", "i18n"]),
    ("workflow", &["domain", "digest", "insight", "search", "intake", "i18n", "store", "bundle", "report"]),
    ("tui", &["domain", "insight", "search", "i18n", "workflow"]),
    ("cli", &["domain", "digest", "insight", "search", "intake", "i18n", "store", "bundle", "report", "workflow", "tui"]),
];

/// A crate, and the only places that may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("sled", &["src/store/"]),
    ("ratatui", &["src/tui/"]),
    ("crossterm", &["src/tui/"]),
    ("ratatui_textarea", &["src/tui/"]),
    ("unicode_width", &["src/tui/"]),
    ("unicode_segmentation", &["src/tui/"]),
    ("textwrap", &["src/tui/"]),
    ("nucleo_matcher", &["src/tui/"]),
    ("signal_hook", &["src/tui/"]),
    ("opener", &["src/tui/"]),
    // Spreadsheets are archives too; they are unpacked and counted before anything reads them.
    ("zip", &["src/bundle/", "src/intake/sheets/"]),
    ("calamine", &["src/intake/"]),
    ("quick_xml", &["src/intake/"]),
    ("ssh_key", &["src/bundle/"]),
    ("sha2", &["src/digest.rs"]),
    ("csv", &["src/intake/", "src/report/"]),
    ("rust_xlsxwriter", &["src/report/"]),
    ("minijinja", &["src/report/"]),
    ("encoding_rs", &["src/intake/"]),
    ("directories", &["src/cli/"]),
    ("clap", &["src/cli/"]),
    ("getrandom", &["src/cli/"]),
    ("rpassword", &["src/cli/"]),
    ("sys_locale", &["src/cli/"]),
];

#[test]
fn every_layer_looks_down_only() {
    let mut broken = Vec::new();
    for (layer, allowed) in LAYERS {
        for name in files_of(layer) {
            for (line, text) in code(&name) {
                for named in layers_named(&text) {
                    if named != *layer && !allowed.contains(&named) {
                        broken.push(format!("{name}:{line}: {layer} names {named}"));
                    }
                }
            }
        }
    }
    none("layers look down only", &broken);
}

#[test]
fn every_folder_of_the_source_is_a_known_layer() {
    let unknown: Vec<String> = files("src", ".rs")
        .into_iter()
        .filter(|name| !["src/main.rs", "src/lib.rs"].contains(&name.as_str()))
        .filter(|name| !LAYERS.iter().any(|(layer, _)| files_of(layer).contains(name)))
        .collect();
    none("a file outside the house", &unknown);
}

#[test]
fn inside_the_terminal_only_the_shell_names_the_workflow() {
    let broken: Vec<String> = files("src/tui", ".rs")
        .into_iter()
        .filter(|name| name != "src/tui/shell.rs" && !name.starts_with("src/tui/shell/"))
        .filter(|name| code(name).iter().any(|(_, line)| line.contains("crate::workflow") || line.contains("workflow::")))
        .collect();
    none("screens ask, the shell acts", &broken);
}

#[test]
fn screens_never_name_each_other() {
    let screens: Vec<String> = files("src/tui/screens", ".rs");
    let module = |name: &str| {
        let below = name.trim_start_matches("src/tui/screens/").trim_end_matches(".rs");
        below.split('/').next().unwrap_or_default().to_owned()
    };
    let mut broken = Vec::new();
    for name in screens.iter().filter(|name| !name.ends_with("screens/mod.rs")) {
        for (line, text) in code(name) {
            for other in screens.iter().map(|other| module(other)).filter(|other| *other != module(name) && other != "mod") {
                if text.contains(&format!("screens::{other}::")) {
                    broken.push(format!("{name}:{line}: names {other}"));
                }
            }
        }
    }
    none("screens know actions and effects, not each other", &broken);
}

#[test]
fn every_guarded_crate_stays_in_its_folder() {
    let mut broken = Vec::new();
    for name in files("src", ".rs") {
        for (line, text) in code(&name) {
            for (krate, homes) in CRATES {
                let named = text.contains(&format!("{krate}::")) && !preceded(&text, krate);
                if named && !homes.iter().any(|home| name.starts_with(home)) {
                    broken.push(format!("{name}:{line}: names {krate}"));
                }
            }
        }
    }
    none("one crate, one folder", &broken);
}

#[test]
fn the_rules_of_a_panel_know_no_disk_clock_chance_or_float() {
    let forbidden = ["f32", "f64", "std::fs", "std::io", "SystemTime", "Instant", "Timestamp::now", "Zoned::now", "println!", "std::env"];
    let mut broken = Vec::new();
    for name in files("src/domain", ".rs") {
        for (line, text) in code(&name) {
            broken.extend(forbidden.iter().filter(|word| text.contains(**word)).map(|word| format!("{name}:{line}: {word}")));
        }
    }
    none("the domain is a calculator", &broken);
}

/// Whether every `krate::` in `text` is the tail of a longer path or name, such as `crate::bundle::zip::`.
fn preceded(text: &str, krate: &str) -> bool {
    text.match_indices(&format!("{krate}::"))
        .all(|(at, _)| at > 0 && text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

fn files_of(layer: &str) -> Vec<String> {
    files("src", ".rs")
        .into_iter()
        .filter(|name| name.starts_with(&format!("src/{layer}/")) || *name == format!("src/{layer}.rs"))
        .collect()
}

/// The layers that a line of code names: `crate::store::…`, or a name inside `use crate::{store, …}`.
fn layers_named(text: &str) -> Vec<&'static str> {
    let plain = LAYERS
        .iter()
        .map(|(layer, _)| *layer)
        .filter(|layer| text.contains(&format!("crate::{layer}::")) || text.contains(&format!("crate::{layer};")));
    plain.collect()
}
