//! The import table by the worked examples of `collect.toml`, and what holds for every order in which bundles come.

use pingyi::domain::{
    call::Mode,
    ids::PersonCode,
    package::Package,
    request::{About, Asked, Request},
    table::{
        Table,
        act::{Act, Arrived, Removal, Sealed},
        collect::{Incoming, Verdict, judge},
    },
    text::Explain,
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support::{
    cases::worked,
    rules::{of, package},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default)]
    here: Vec<Bundle>,
    #[serde(default)]
    out: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    asked: Vec<String>,
    next: Bundle,
    verdict: String,
}

#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
struct Bundle {
    name: String,
    #[serde(default = "r03")]
    reviewer: String,
    #[serde(default = "first")]
    revision: u32,
    supersedes: Option<String>,
    request: Option<String>,
    call: Option<String>,
    panel: Option<String>,
    mode: Option<String>,
    round: Option<u32>,
    #[serde(default)]
    differs: Vec<String>,
}

fn r03() -> String {
    "R03".to_owned()
}

const fn first() -> u32 {
    1
}

/// The sample package, with R03 among those who score and an office clerk who does not.
fn panel() -> Package {
    package()
}

impl Bundle {
    fn arrived(&self) -> Arrived {
        Arrived {
            reviewer: of(&self.reviewer),
            revision: self.revision,
            digest: self.name.clone(),
            file: format!("{}.zip", self.name),
            supersedes: self.supersedes.clone(),
            request: self.request.clone(),
        }
    }

    fn incoming(&self, package: &Package) -> Incoming {
        let other = |mode| if mode == Mode::Official { Mode::Rehearsal } else { Mode::Official };
        let known = ["package", "rubric", "applications", "roster", "map"];
        Incoming {
            call: self.call.as_deref().map_or_else(|| package.call.id.clone(), of),
            panel: Some(self.panel.as_deref().map_or_else(|| package.call.panel.id.clone(), of)),
            mode: if self.mode.is_some() { other(package.call.mode) } else { package.call.mode },
            round: self.round,
            bundle: self.arrived(),
            differs: known.into_iter().filter(|part| self.differs.iter().any(|one| one == part)).collect(),
        }
    }
}

/// The table before the next bundle comes.
fn table(case: &Case) -> Table {
    let mut table = Table::default();
    for bundle in &case.here {
        table.fold(&Act::Accept(bundle.arrived())).unwrap();
    }
    let reviewer: PersonCode = of("R03");
    let removal = match case.out.as_str() {
        "void" => Some(Removal::Void { authority: "组织单位".to_owned(), reason: "违反评审纪律".to_owned() }),
        "replaced" => Some(Removal::Replaced { by: of("R02"), reason: "因病".to_owned(), items: Vec::new() }),
        _ => None,
    };
    if removal.is_some() {
        table.fold(&Act::Remove { reviewer: reviewer.clone(), before: None, after: removal }).unwrap();
    }
    if !case.stage.is_empty() {
        table.fold(&Act::Consolidate).unwrap();
    }
    for digest in &case.asked {
        // A request is about the bundle that counts when it is written.
        let current = table.current(&reviewer).unwrap();
        let about = About { revision: current.revision, digest: current.digest.clone() };
        let request = Request { reviewer: reviewer.clone(), about, lines: Vec::new(), deadline: None };
        table.fold(&Act::Ask(Asked { revision: 1, digest: digest.clone(), file: format!("{digest}.zip"), request })).unwrap();
    }
    if case.stage == "signed" {
        let sealed = Sealed { revision: 1, digest: "s".to_owned(), file: "result.zip".to_owned(), supersedes: None };
        table.fold(&Act::Seal(sealed)).unwrap();
    }
    table
}

/// A verdict as the worked examples write it.
fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::New => "new".to_owned(),
        Verdict::Same => "same".to_owned(),
        Verdict::Replaces { earlier, asked: false } => format!("replaces {earlier}"),
        Verdict::Replaces { earlier, asked: true } => format!("answers {earlier}"),
        Verdict::Evidence(_) => "evidence".to_owned(),
        Verdict::Refused(refusal) => refusal.what().id.to_owned(),
    }
}

#[test]
fn every_row_of_the_import_table_gives_its_verdict() {
    let cases: Vec<Case> = worked(include_str!("collect.toml"));
    let package = panel();
    for case in &cases {
        let verdict = judge(&package, &table(case), &case.next.incoming(&package));
        assert_eq!(word(&verdict), case.verdict, "{}", case.why);
    }
}

#[test]
fn every_refusal_says_what_happened_and_what_to_do() {
    let cases: Vec<Case> = worked(include_str!("collect.toml"));
    let package = panel();
    let mut seen = Vec::new();
    for case in &cases {
        if let Verdict::Refused(refusal) = judge(&package, &table(case), &case.next.incoming(&package)) {
            assert!(refusal.what().id.starts_with("err-collect") && refusal.advice().id.starts_with("rec-collect"));
            seen.push(refusal.what().id);
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 8, "every kind of refusal has an example: {seen:?}");
}

#[test]
fn a_conflict_names_both_digests() {
    let package = panel();
    let mut table = Table::default();
    let first = Bundle {
        name: "a".into(),
        reviewer: r03(),
        revision: 1,
        supersedes: None,
        request: None,
        call: None,
        panel: None,
        mode: None,
        round: None,
        differs: vec![],
    };
    table.fold(&Act::Accept(first.arrived())).unwrap();
    let other = Bundle { name: "b".into(), ..first };
    let Verdict::Refused(refusal) = judge(&package, &table, &other.incoming(&package)) else { panic!("it was taken in") };
    let said = format!("{:?}", refusal.what().args);
    assert!(said.contains("\"a\"") && said.contains("\"b\""), "{said}");
}

/// A chain of revisions for each of three reviewers.
fn chains() -> Vec<Bundle> {
    let mut all = Vec::new();
    for (reviewer, length) in [("R01", 3_u32), ("R02", 1), ("R03", 2)] {
        for revision in 1..=length {
            all.push(Bundle {
                name: format!("{reviewer}-{revision}"),
                reviewer: reviewer.to_owned(),
                revision,
                supersedes: (revision > 1).then(|| format!("{reviewer}-{}", revision - 1)),
                request: None,
                call: None,
                panel: None,
                mode: None,
                round: None,
                differs: vec![],
            });
        }
    }
    all
}

proptest! {
    /// Bundles may come one by one in any order and as often as anybody likes; once all have come, what counts is the same.
    #[test]
    fn what_counts_does_not_depend_on_the_order_of_coming(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(), again in 0_usize..6) {
        let (package, bundles) = (panel(), chains());
        let mut table = Table::default();
        // A later revision is refused while the one before is missing; the stick is read again until nothing changes.
        for _ in 0..4 {
            for place in order.iter().chain([&again]) {
                let incoming = bundles[*place].incoming(&package);
                if let Verdict::New | Verdict::Replaces { .. } = judge(&package, &table, &incoming) {
                    table.fold(&Act::Accept(incoming.bundle)).unwrap();
                }
            }
        }
        let current = |code: &str| table.current(&of(code)).unwrap().digest.clone();
        prop_assert_eq!(current("R01"), "R01-3");
        prop_assert_eq!(current("R02"), "R02-1");
        prop_assert_eq!(current("R03"), "R03-2");
        prop_assert_eq!(table.arrived.len(), 6, "earlier revisions are kept, and nothing twice");
    }
}
