//! The guides show screens as the journeys left them: whoever follows a guide sees the same on the own machine. After a change of a
//! screen, `PINGYI_SHOTS=docs/screens cargo test --test all journeys -- --ignored` keeps the screens anew, and
//! `PINGYI_SHOTS=docs/screens cargo test --test all journeys::guides` puts them into the guides.

use std::{collections::BTreeSet, fs, path::Path};

/// How a block of a guide begins that is a screen; the file follows.
const FENCE: &str = "```text screens/";

/// A text below the repository.
fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines that have something in them: a guide leaves empty ones out.
fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    lines.map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

/// The screens of a guide: which file, and what the guide shows of it.
fn screens(guide: &str) -> Vec<(&str, Vec<&str>)> {
    let screen = |part| {
        let (file, rest) = str::split_once(part, '\n').unwrap();
        (file, lines(rest.lines().take_while(|line| *line != "```")))
    };
    guide.split(FENCE).skip(1).map(screen).collect()
}

/// The guide with its screens as they lie in the docs now, without a second empty line below another.
fn renewed(guide: &str) -> String {
    let mut parts = guide.split(FENCE);
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        let (file, rest) = part.split_once('\n').unwrap();
        let (_, after) = rest.split_once("\n```\n").unwrap();
        let screen = read(&format!("docs/screens/{file}"));
        let mut kept: Vec<&str> = screen.lines().map(str::trim_end).collect();
        kept.dedup_by(|line, before| line.is_empty() && before.is_empty());
        format!("{text}{FENCE}{file}\n{}\n```\n{after}", kept.join("\n").trim_end())
    })
}

#[test]
fn every_guide_shows_screens_of_its_language_as_the_journeys_left_them() {
    for role in ["reviewer", "chair", "office", "province"] {
        for tag in ["zh-CN", "en"] {
            let name = format!("docs/{role}.{tag}.md");
            if std::env::var_os("PINGYI_SHOTS").is_some() {
                fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name), renewed(&read(&name))).unwrap();
            }
            let guide = read(&name);
            let shown = screens(&guide);
            assert!(shown.len() >= 2, "{role}.{tag}: {} screens", shown.len());
            for (file, found) in shown {
                assert!(file.ends_with(&format!(".{tag}.txt")), "{role}.{tag} shows {file}");
                let left = read(&format!("docs/screens/{file}"));
                assert_eq!(found, lines(left.lines()), "{role}.{tag} shows {file} otherwise than the journey left it");
            }
        }
    }
}

#[test]
fn every_screen_in_the_docs_comes_from_a_journey() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journeys");
    let scripts =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|one| one == "keys"));
    let texts: Vec<String> = scripts.map(|path| fs::read_to_string(path).unwrap()).collect();
    let shots: BTreeSet<&str> = texts.iter().flat_map(|text| text.lines()).filter_map(|line| line.strip_prefix("shot ")).collect();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let is_kept = shots
            .iter()
            .any(|shot| file.strip_prefix(shot).is_some_and(|rest| rest.starts_with("-80x24.") || rest.starts_with("-120x40.")));
        assert!(is_kept, "no journey leaves {file}");
    }
}
