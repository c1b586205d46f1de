//! Thousands of changed bundles of the sample call: every file, every bit of a signature, with and without the signer's own key
//! (reliability bars 12 and 13). The usual run takes a sample of each; `just mutants` takes far more (`PINGYI_MUTANTS=many`), and
//! `PINGYI_MUTANTS=every` every byte of every file. What was refused, and how often the file was named, is printed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::Command,
};

use pingyi::{
    bundle::{
        bag,
        kind::Kind,
        layer::{LAYERS, LayerId, State},
        passport::Passport,
        sshsig,
    },
    workflow::verify,
};

use super::{findings, target};
use crate::{
    model::stage,
    support::{
        bundle::{Members, pack_as, relist, unpack},
        stage::{key, office, root},
    },
};

const KINDS: [(&str, &str); 5] = [("scores", "R04"), ("package", "OF1"), ("enrol", "R03"), ("rescore", "R01"), ("result", "R01")];

/// How many of everything: 0 in the usual run, 1 for many, 2 for every one.
pub(super) fn effort() -> usize {
    match std::env::var("PINGYI_MUTANTS").as_deref() {
        Ok("many") => 1,
        Ok("every") => 2,
        _ => 0,
    }
}

/// A good bundle taken apart, and what refused its mutants so far.
pub(super) struct Bench {
    pub(super) on: &'static str,
    stem: String,
    pub(super) members: Members,
    pub(super) signature: &'static str,
    namespace: &'static str,
    signer: &'static str,
    folder: tempfile::TempDir,
    refused: usize,
    named: usize,
    layers: BTreeMap<u8, usize>,
    wrong: Vec<String>,
    /// Names under which mutants were written.
    written: BTreeSet<String>,
}

impl Bench {
    pub(super) fn of(on: &'static str) -> Self {
        let (file, signature, namespace) = target(on);
        let signer = KINDS.iter().find(|(kind, _)| *kind == on).unwrap().1;
        Self::at(on, &file, signature, namespace, signer)
    }

    /// The score bundle of the model's small call, which is read in no time.
    pub(super) fn small_scores() -> Self {
        Self::at("small scores", stage::scores(), "signatures/reviewer-r03.sig", "pingyi.scores.v1", "R03")
    }

    /// The chair's request to R03 in the model's small call.
    pub(super) fn small_request() -> Self {
        Self::of("rescore")
    }

    /// The bundle with which R03 answers it.
    pub(super) fn small_answer() -> Self {
        Self::at("small answer", stage::answer(), "signatures/reviewer-r03.sig", "pingyi.scores.v1", "R03")
    }

    /// The package of the model's small call.
    pub(super) fn small_package() -> Self {
        Self::at("small package", stage::package(1), "signatures/office-of1.sig", "pingyi.package.v1", "OF1")
    }

    fn at(on: &'static str, file: &Path, signature: &'static str, namespace: &'static str, signer: &'static str) -> Self {
        let members = unpack(&fs::read(file).unwrap());
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let folder = tempfile::tempdir().unwrap();
        let (refused, named, layers, wrong, written) = Default::default();
        Self { on, stem, members, signature, namespace, signer, folder, refused, named, layers, wrong, written }
    }

    /// Makes the lists of `members` fit, and signs them with the signer's own key.
    pub(super) fn reseal(&self, members: &mut Members) {
        relist(members);
        let armor = sshsig::sign(&key(self.signer), self.namespace, &members[bag::TAG_MANIFEST]).unwrap();
        members.insert(self.signature.to_owned(), armor.into_bytes());
    }

    /// The mutant must be refused first in one of `layers`, and its finding name one of `names`.
    pub(super) fn refuses(&mut self, members: &Members, layers: &[u8], names: &[&str], what: &str) {
        let stem = self.stem.clone();
        self.refuses_as(&stem, members, layers, names, what);
    }

    /// The same for a bundle under another name.
    pub(super) fn refuses_as(&mut self, stem: &str, members: &Members, layers: &[u8], names: &[&str], what: &str) {
        let path = self.folder.path().join(format!("{stem}.zip"));
        fs::write(&path, pack_as(stem, members)).unwrap();
        self.written.insert(stem.to_owned());
        let what = format!("{}: {what}", self.on);
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| verify::verify(&path, Some(&office())))) else {
            self.wrong.push(format!("{what}: panicked"));
            return;
        };
        let report = match outcome {
            Ok(report) => report,
            Err(error) => {
                self.wrong.push(format!("{what}: no report but {error:?}"));
                return;
            }
        };
        let first = LAYERS.into_iter().find(|layer| report.state(*layer) == State::Fail).map(LayerId::number);
        let found = findings(&report);
        let is_named = found.iter().any(|(_, _, member)| names.iter().any(|name| member.contains(name)));
        match first {
            Some(layer) if !report.passes() && layers.contains(&layer) => {
                self.refused += 1;
                self.named += usize::from(is_named);
                *self.layers.entry(layer).or_default() += 1;
            }
            _ => self.wrong.push(format!("{what}: first failing layer {first:?}, not one of {layers:?}: {found:?}")),
        }
        if self.refused % 60 == 1 {
            self.refuses_on_the_command_line(&path, &what);
        }
    }

    /// The same through the program: it says no, with code 1 and the word, and leaves nothing where it copied the bundle to.
    fn refuses_on_the_command_line(&mut self, path: &Path, what: &str) {
        let staging = tempfile::tempdir().unwrap();
        let trust = root().join("office.allowed_signers");
        let mut program = Command::new(env!("CARGO_BIN_EXE_pingyi"));
        program.args(["--lang", "en", "verify"]).arg(path).arg("--trust").arg(trust).env("TMPDIR", staging.path());
        let output = program.output().unwrap();
        let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if output.status.code() != Some(1) || !said.contains("FAIL") || complained.contains("panicked") {
            self.wrong.push(format!("{what}: the program ended with {:?}: {said} {complained}", output.status.code()));
        }
        assert_eq!(files(staging.path()), 0, "{what}: something is left in the staging");
    }

    /// All were refused, at least 95 of 100 named the file, and nothing was left beside the bundle.
    pub(super) fn sums_up(self, least: usize) {
        let Self { on, refused, named, layers, wrong, folder, written, .. } = self;
        eprintln!("{on}: {refused} mutants refused, {named} with the file named; first failing layers {layers:?}");
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), wrong.len() + refused, wrong[..wrong.len().min(20)].join("\n"));
        assert!(named * 100 >= refused * 95, "{on}: the file is named in {named} of {refused}");
        assert!(refused >= least, "{on}: only {refused} mutants");
        assert_eq!(files(folder.path()), written.len(), "nothing is written beside the bundles");
    }
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// First, middle and last byte; of many, ten more between; or all.
pub(super) fn places(length: usize) -> Vec<usize> {
    let mut places: Vec<usize> = match effort() {
        0 => vec![0, length / 2, length - 1],
        1 => (0..13).map(|part| part * (length - 1) / 12).collect(),
        _ => (0..length).collect(),
    };
    places.dedup();
    places
}

/// Of all names, those of this run: every one, or in the usual run of a large bundle one in `step`.
fn names(bench: &Bench, step: usize) -> Vec<String> {
    let step = if effort() == 0 && bench.members.len() > 60 { step } else { 1 };
    bench.members.keys().step_by(step).cloned().collect()
}

/// The layers in which a change to this file is noticed where no key is at hand.
fn layers_of(name: &str) -> &'static [u8] {
    match name {
        bag::MANIFEST | bag::TAG_MANIFEST => &[2, 3],
        _ if name.starts_with("signatures/") => &[4],
        _ => &[3],
    }
}

#[test]
fn a_changed_byte_in_any_file_is_refused_where_it_stands() {
    for (on, _) in KINDS {
        let mut bench = Bench::of(on);
        for name in names(&bench, 4) {
            for at in places(bench.members[&name].len()) {
                let mut members = bench.members.clone();
                members.get_mut(&name).unwrap()[at] ^= 1;
                // A changed list can speak of another file; the list that no longer fits is named then.
                let spoken = [name.as_str(), if name.contains("manifest") { "" } else { name.as_str() }];
                bench.refuses(&members, layers_of(&name), &spoken, &format!("{name} byte {at}"));
            }
        }
        bench.sums_up(9);
    }
}

#[test]
fn a_changed_byte_with_lists_that_fit_again_is_refused_by_the_signature() {
    for (on, _) in KINDS {
        let mut bench = Bench::of(on);
        for name in names(&bench, 6).into_iter().filter(|name| name.starts_with("data/")) {
            let mut members = bench.members.clone();
            let middle = members[&name].len() / 2;
            members.get_mut(&name).unwrap()[middle] ^= 1;
            relist(&mut members);
            let signature = bench.signature;
            bench.refuses(&members, &[3, 4], &[signature, &name], &format!("{name}, lists made to fit"));
        }
        bench.sums_up(2);
    }
}

#[test]
fn every_bit_of_every_signature_counts() {
    for (on, _) in KINDS {
        let mut bench = Bench::of(on);
        let bits = bench.members[bench.signature].len() * 8;
        let step = [if on == "enrol" { 7 } else { 41 }, 1, 1][effort()];
        for bit in (0..bits).step_by(step) {
            let mut members = bench.members.clone();
            members.get_mut(bench.signature).unwrap()[bit / 8] ^= 1 << (bit % 8);
            let signature = bench.signature;
            bench.refuses(&members, &[4], &[signature], &format!("bit {bit} of the armor"));
        }
        bench.sums_up(50);
    }
}

#[test]
fn no_file_can_be_taken_away_renamed_put_beside_or_exchanged() {
    for (on, _) in KINDS {
        let mut bench = Bench::of(on);
        let all = names(&bench, 3);
        for (name, next) in all.iter().zip(all.iter().cycle().skip(1)) {
            let is_proof = name.starts_with("signatures/");
            let mut without = bench.members.clone();
            let content = without.remove(name).unwrap();
            bench.refuses(&without, if is_proof { &[4] } else { &[2] }, &[name], &format!("without {name}"));
            let mut renamed = without;
            renamed.insert(format!("{name}x"), content.clone());
            bench.refuses(&renamed, &[2], &[name], &format!("{name} renamed"));
            let mut beside = bench.members.clone();
            beside.insert(format!("{name}.copy"), content.clone());
            bench.refuses(&beside, &[2], &[&format!("{name}.copy")], &format!("{name} doubled"));
            let mut exchanged = bench.members.clone();
            exchanged.insert(name.clone(), bench.members[next].clone());
            exchanged.insert(next.clone(), content);
            if exchanged != bench.members {
                // Two signatures under each other's names are good signatures of the same list; that neither is of whom it says is
                // a question of who may sign what.
                let layers: &[u8] = if is_proof && next.starts_with("signatures/") { &[5] } else { &[2, 3, 4] };
                bench.refuses(&exchanged, layers, &[name, next, "manifest"], &format!("{name} and {next} exchanged"));
            }
        }
        bench.sums_up(20);
    }
}

#[test]
fn a_changed_byte_that_the_signer_signs_anew_is_refused_by_what_the_file_says() {
    for mut bench in [Bench::small_scores(), Bench::of("enrol"), Bench::small_request(), Bench::small_answer()] {
        // A person's name and device in an enrolment are what the person says, and a question is what the chair asks; `attacks.toml`
        // changes code and key, and `requests.rs` what must not be asked.
        let is_said = |name: &str| name == "data/enrol.json" || name == "data/request.json";
        let is_judged = |name: &String| (name.starts_with("data/") || name.starts_with("allowed")) && !is_said(name);
        for name in names(&bench, 1).into_iter().filter(is_judged) {
            for at in places(bench.members[&name].len()) {
                let mut members = bench.members.clone();
                members.get_mut(&name).unwrap()[at] ^= 1;
                if is_only_claimed(&bench.members[&name], &members[&name]) {
                    continue;
                }
                bench.reseal(&mut members);
                bench.refuses(&members, &[3, 4, 5, 6, 7, 8, 9], &[&name], &format!("{name} byte {at}, signed anew"));
            }
        }
        bench.sums_up(2);
    }
}

/// Whether two statements of a bundle differ only in what is the signer's to claim: the time of the clock, and the program; in a request
/// also the head of the chair's journal, which does not travel with it.
fn is_only_claimed(good: &[u8], changed: &[u8]) -> bool {
    match (Passport::from_bytes(good), Passport::from_bytes(changed)) {
        (Ok(good), Ok(changed)) => {
            let head = if good.kind == Kind::Rescore { good.head.clone() } else { changed.head.clone() };
            Passport { claimed_time: good.claimed_time.clone(), tool: good.tool.clone(), head, ..changed } == good
        }
        _ => false,
    }
}
