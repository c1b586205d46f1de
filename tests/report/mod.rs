//! Reports on a verified result, in every format and for both audiences, made in memory; `tests/cli/report.rs` has the way from the file.

mod counts;
mod golden;
mod hostile;
mod marks;
mod pages;
mod published;
mod secrets;
mod workbook;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use pingyi::{
    digest,
    domain::{
        change::{Change, Entry},
        consolidate::derivation::ItemResult,
        decision::Opinion,
        desk::Desk,
        package::Package,
        sheet::Status,
        table::{
            Table,
            act::Act,
            input::{self, Submission, Submissions},
        },
        text::{Bilingual, Language, Message},
    },
    report::{
        FORMATS, Format, Made,
        audience::Audience,
        dossier::{Dossier, Head, LayerLine, Mark, Member, Signer},
        notice::{Notice, Publicity},
    },
};

use crate::support::rules::{FULL, entry, of, package, sheet};

pub(super) const MEMBERS: [&str; 5] = ["R01", "R02", "R03", "R04", "R05"];
pub(super) const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

/// A result as it would be after verification: R01 to R05 gave sheets on four applications of two items.
pub(super) struct Case {
    pub(super) package: Package,
    pub(super) table: Table,
    pub(super) given: Submissions,
    pub(super) mark: Mark,
    entries: Vec<Entry>,
}

impl Case {
    pub(super) fn new() -> Self {
        let mut package = package();
        let per_reviewer = ["8.5", "9", "9.5", "8", "10"];
        package.call.title = Bilingual { zh: "示例榜单".to_owned(), en: "Sample call".to_owned() };
        let mut given = Submissions::new();
        for (code, first) in MEMBERS.into_iter().zip(per_reviewer) {
            let mut desk = Desk::default();
            for (at, application) in package.applications.iter().enumerate() {
                let mut cells = FULL;
                cells[0] = ("A1", first);
                cells[4] = ("C1", ["20", "16", "12", "8"][at]);
                desk.sheets.insert(application.id.clone(), pingyi::domain::sheet::Sheet { status: Status::Submitted, ..sheet(&cells) });
            }
            given.insert(of(code), Submission { bundle: format!("digest-{}", code.to_lowercase()), desk });
        }
        Self { package, table: Table::default(), given, mark: Mark::Official, entries: Vec::new() }
    }

    /// Changes the sheet of `reviewer` on `application`.
    pub(super) fn sheet(&mut self, reviewer: &str, application: &str, change: impl FnOnce(&mut pingyi::domain::sheet::Sheet)) {
        change(self.given.get_mut(&of(reviewer)).unwrap().desk.sheets.get_mut(&of(application)).unwrap());
    }

    pub(super) fn records(&mut self, act: Act) {
        assert_eq!(self.table.fold(&act), Ok(()), "{act:?}");
        let seq = u64::try_from(self.entries.len()).unwrap() + 1;
        self.entries.push(entry(seq, "R01", Change::Table(act)));
    }

    pub(super) fn thinks(&mut self, application: &str, after: Opinion) {
        let before = self.table.opinion(&of(application));
        self.records(Act::Opinion { application: of(application), before, after });
    }

    pub(super) fn results(&self) -> Vec<ItemResult> {
        input::results(&self.package, &self.table, &self.given, &digest::sha256).unwrap()
    }

    /// What `look` makes of the dossier.
    pub(super) fn with<T>(&self, look: impl FnOnce(&Dossier<'_>) -> T) -> T {
        let results = self.results();
        let member = |name: &str, size: u64, digit: &str| Member { name: name.to_owned(), size, sha256: digit.repeat(64) };
        look(&Dossier {
            head: self.head(),
            package: &self.package,
            table: &self.table,
            entries: &self.entries,
            given: &self.given,
            results: &results,
            signers: vec![Signer { code: of("R01"), fingerprint: "SHA256:printed".to_owned(), groups: "AAAA-BBBB".to_owned() }],
            awaited: if self.mark == Mark::Draft { vec![of("S01")] } else { Vec::new() },
            notes: Vec::new(),
            file: member("result-sx-2026-01-p1-r1.zip", 4096, "a"),
            members: vec![
                member("data/bundles/scores-sx-2026-01-p1-r03-r1.zip", 100, "b"),
                member("data/results.json", 200, "c"),
                member("signatures/chair-r01.sig", 300, "d"),
            ],
            commands: vec!["ssh-keygen -Y verify -I R01 -n pingyi.result.v1".to_owned()],
        })
    }

    fn head(&self) -> Head {
        let layer = |number| LayerLine {
            number,
            id: "container",
            name: Message::new("layer-name-container"),
            state: "pass",
            words: Message::new("layer-pass"),
        };
        Head {
            mark: self.mark,
            call: self.package.call.id.to_string(),
            title: self.package.call.title.clone(),
            office: self.package.call.office.clone(),
            panel: self.package.call.panel.id.to_string(),
            rubric: self.package.rubric.title.clone(),
            revision: 1,
            bundle: "result-sx-2026-01-p1-r1".to_owned(),
            digest: "0123456789abcdef".repeat(4),
            claimed: of("2026-03-16T14:59:48+08:00"),
            layers: (1..=9).map(layer).collect(),
            not_proved: vec![Message::new("not-proved-who")],
        }
    }

    /// The files of a report by name. A workbook is taken apart: what is in it must be as harmless as the rest.
    pub(super) fn made(&self, format: &Format, public: bool, language: Language) -> Files {
        self.with(|dossier| {
            let notice = Notice::of(dossier, Publicity::default());
            let audience = if public { Audience::Public(&notice) } else { Audience::Internal(dossier) };
            match format.make(&audience, language).unwrap() {
                Made::File { ending: "xlsx", bytes } => parts(&bytes),
                Made::File { ending, bytes } => Files::from([(ending.to_owned(), bytes)]),
                Made::Folder { files, .. } => files.into_iter().collect(),
            }
        })
    }

    /// Every file of every format, for this audience, in both languages, as text.
    pub(super) fn everything(&self, public: bool) -> Vec<(String, String)> {
        let all = FORMATS.iter().flat_map(|format| LANGUAGES.map(|language| (format, language)));
        all.flat_map(|(format, language)| {
            let files = self.made(format, public, language);
            files.into_iter().map(|(name, bytes)| (format!("{} {name} {language:?}", format.id), text(bytes))).collect::<Vec<_>>()
        })
        .collect()
    }

    /// One file of one format, as text, in Chinese.
    pub(super) fn text(&self, format: &str, public: bool, file: &str) -> String {
        text(self.made(Format::find(format).unwrap(), public, Language::Zh)[file].clone())
    }
}

/// Files by name.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

pub(super) fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The members of an archive that is no bundle.
pub(super) fn parts(archive: &[u8]) -> Files {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut member = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// An opinion of which every part says something.
pub(super) fn opinion(text: &str) -> Opinion {
    let part = |name: &str| format!("{name}{text}");
    Opinion {
        overall: part("总体"), strengths: part("优势"), problems: part("问题"), advice: part("建议"), conclusion: part("结论")
    }
}
