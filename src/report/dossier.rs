//! What a report for people is made from: a result that was verified, with everything that belongs to it. Only the workflow makes one,
//! and only from a bundle that stands in all layers.

use crate::{
    domain::{
        call::Mode,
        change::Entry,
        consolidate::derivation::ItemResult,
        ids::PersonCode,
        package::Package,
        table::{Table, input::Submissions},
        text::{Bilingual, Message},
        time::Moment,
    },
    msg,
};

/// What a report is worth. It stands on every page, on every sheet and in every table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// 正式: everybody whose signature belongs to the result has signed.
    Official,
    /// 草稿: a signature is still to come.
    Draft,
    /// 演练: the result rests on a rehearsal and counts for nothing.
    Rehearsal,
}

impl Mark {
    /// The mark of a result of `mode` to which `awaited` signatures are still to come.
    #[must_use]
    pub const fn of(mode: Mode, awaited: usize) -> Self {
        match (mode, awaited) {
            (Mode::Rehearsal, _) => Self::Rehearsal,
            (Mode::Official, 0) => Self::Official,
            (Mode::Official, _) => Self::Draft,
        }
    }

    /// Stable word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Draft => "draft",
            Self::Rehearsal => "rehearsal",
        }
    }

    /// The mark as it is printed: in both languages at once, because whoever finds a page reads one of them.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::Official => msg!("mark-official"),
            Self::Draft => msg!("mark-draft"),
            Self::Rehearsal => msg!("mark-rehearsal"),
        }
    }
}

/// What every report says about itself, whoever may read it: nothing here names a person.
#[derive(Debug, Clone)]
pub struct Head {
    /// What it is worth.
    pub mark: Mark,
    /// Call, for example `sx-2026-01`.
    pub call: String,
    /// Title of the call.
    pub title: Bilingual,
    /// The office that organises the review.
    pub office: Bilingual,
    /// Panel.
    pub panel: String,
    /// Rubric: title and version.
    pub rubric: Bilingual,
    /// Revision of the result, from 1.
    pub revision: u32,
    /// Name of the bundle, without ending.
    pub bundle: String,
    /// SHA-256 of the bundle's tag manifest, which is what was signed.
    pub digest: String,
    /// When the result was made, by the writer's clock: a claim, and the date of every report on it.
    pub claimed: Moment,
    /// How each layer of the verification came out.
    pub layers: Vec<LayerLine>,
    /// What no verification shows.
    pub not_proved: Vec<Message>,
}

/// A layer of the verification.
#[derive(Debug, Clone)]
pub struct LayerLine {
    /// Number, from 1.
    pub number: u8,
    /// Stable word of the layer.
    pub id: &'static str,
    /// Its name.
    pub name: Message,
    /// Stable word of how it came out.
    pub state: &'static str,
    /// The same for people.
    pub words: Message,
}

/// Somebody who signed the result.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Code.
    pub code: PersonCode,
    /// Fingerprint of the key, as OpenSSH prints it.
    pub fingerprint: String,
    /// The same in groups to read aloud.
    pub groups: String,
}

/// A member of the bundle, for a records officer.
#[derive(Debug, Clone)]
pub struct Member {
    /// Name below the top folder.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: String,
}

/// A verified result with everything in it: for those who may see who gave which score.
pub struct Dossier<'a> {
    /// What every report says about itself.
    pub head: Head,
    /// The package, without attachments.
    pub package: &'a Package,
    /// The table.
    pub table: &'a Table,
    /// Everything recorded at the table, oldest first.
    pub entries: &'a [Entry],
    /// The sheets that count, by reviewer.
    pub given: &'a Submissions,
    /// The figures.
    pub results: &'a [ItemResult],
    /// Who signed.
    pub signers: Vec<Signer>,
    /// Whose signature belongs to it and is still to come.
    pub awaited: Vec<PersonCode>,
    /// What the layers of the verification noted, each with its layer.
    pub notes: Vec<(u8, Message)>,
    /// The bundle's own file, and every member of it.
    pub file: Member,
    /// Members, by name.
    pub members: Vec<Member>,
    /// How stock tools check the bundle.
    pub commands: Vec<String>,
}
