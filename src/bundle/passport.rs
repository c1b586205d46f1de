//! `data/bundle.json`: what a bundle says about itself. Signed like everything below `data/`, and written in one form only.

use serde::{Deserialize, Serialize};

use crate::{
    bundle::{kind::Kind, name::BundleName},
    domain::{
        call::Mode,
        ids::{CallId, ItemId, PanelId, PersonCode},
        panel::Role,
        time::Moment,
    },
};

/// Version of the form below; this program writes and reads 1.
pub const SCHEMA: u32 = 1;
/// Where it lies, below the top folder.
pub const MEMBER: &str = "data/bundle.json";

/// What a bundle says about itself (domain reference 6.8). The fields stand in the file in this order; those that do not
/// apply are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passport {
    /// What it carries.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Version of this form.
    pub schema: u32,
    /// Rehearsal or official.
    pub mode: Mode,
    /// Call.
    pub call: CallId,
    /// Call items it covers; empty where it covers all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemId>,
    /// Panel; an aggregate has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<PanelId>,
    /// Round, from 1, where the call has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// The person it is about, in an enrolment, a score bundle or a re-score request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCode>,
    /// Revision, from 1.
    pub revision: u32,
    /// Digest of the bundle that it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// Where the writer's journal stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
    /// Whose signatures belong to it, so that one taken away is noticed.
    pub required_signers: Vec<Required>,
    /// When it was made, by the writer's clock: a claim.
    pub claimed_time: Moment,
    /// What wrote it.
    pub tool: Tool,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Digests::is_empty")]
    pub digests: Digests,
}

/// Where a journal stood: the last entry, by number and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Hash of the entry.
    pub digest: String,
    /// Its running number.
    pub height: u64,
}

/// A signature that belongs to a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// In which role.
    pub role: Role,
    /// Whose.
    pub code: PersonCode,
}

/// The program that wrote a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Commit it was built from, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

impl Tool {
    /// This program.
    #[must_use]
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), commit: None }
    }
}

/// What a bundle rests on, each as a SHA-256 in 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digests {
    /// The package's digest: of its tag manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The rubric's bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<String>,
    /// The industry map's bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// The roster's bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<String>,
    /// The list of application files with their digests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applications: Option<String>,
    /// The re-score request that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl Digests {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        [&self.package, &self.rubric, &self.map, &self.roster, &self.applications, &self.request].into_iter().flatten()
    }
}

/// Why a statement is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPassport {
    /// Not JSON of this form.
    #[error("{0}")]
    Form(String),
    /// Another version of the form.
    #[error("schema {0}")]
    Schema(u32),
    /// The same content in other bytes: another order, other blanks, a key twice.
    #[error("not in the one form")]
    NotCanonical,
    /// A value that no bundle of ours has: revision 0, a digest that is none, no person where one is needed.
    #[error("impossible value: {0}")]
    Value(&'static str),
}

impl Passport {
    /// The name of the bundle.
    #[must_use]
    pub fn name(&self) -> BundleName {
        BundleName::new(self.kind, &self.call, self.panel.as_ref(), self.person.as_ref(), self.revision)
    }

    /// The bytes of `data/bundle.json`.
    ///
    /// # Errors
    /// When the values cannot stand in a bundle.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BadPassport> {
        self.check()?;
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| BadPassport::Form(error.to_string()))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads `data/bundle.json`.
    ///
    /// # Errors
    /// When it is not of this form, this version and these very bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadPassport> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let form = |error: serde_json::Error| BadPassport::Form(error.to_string());
        let version: Version = serde_json::from_slice(bytes).map_err(form)?;
        if version.schema != SCHEMA {
            return Err(BadPassport::Schema(version.schema));
        }
        let passport: Self = serde_json::from_slice(bytes).map_err(form)?;
        if passport.to_bytes()? == bytes { Ok(passport) } else { Err(BadPassport::NotCanonical) }
    }

    fn check(&self) -> Result<(), BadPassport> {
        let is_digest = |text: &String| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let head = self.head.as_ref().map(|head| &head.digest);
        let once = |at: usize, one: &Required| self.required_signers.iter().take(at).all(|other| other != one);
        let rules = [
            (self.schema == SCHEMA, "schema"),
            (self.revision > 0, "revision"),
            (self.round != Some(0), "round"),
            (!self.kind.signs_for_itself() || self.person.is_some(), "person"),
            (
                !self.kind.signs_for_itself() || self.required_signers.iter().all(|one| Some(&one.code) == self.person.as_ref()),
                "required_signers",
            ),
            (self.supersedes.is_none() || self.revision > 1, "supersedes"),
            (self.digests.all().chain(&self.supersedes).chain(head).all(is_digest), "digest"),
            (!self.required_signers.is_empty(), "required_signers"),
            (self.required_signers.iter().enumerate().all(|(at, one)| once(at, one) && self.kind.may_sign(one.role)), "required_signers"),
            (is_word(&self.tool.name) && is_word(&self.tool.version), "tool"),
        ];
        rules.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, what)| Err(BadPassport::Value(what)))
    }
}

/// Name and version stand in `bag-info.txt`, where a line end would begin another statement.
fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Required {
    /// The signature of `code` in `role`.
    #[must_use]
    pub const fn new(role: Role, code: PersonCode) -> Self {
        Self { role, code }
    }
}
