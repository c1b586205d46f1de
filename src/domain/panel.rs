//! People: the roster, their roles and keys, who reads what, and who must stay out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        ids::{ApplicationId, PersonCode},
        text::{Bilingual, Message},
        time::{Day, Moment},
    },
    msg,
};

/// `roster.toml`, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Number of this roster, from 1; enrolment and replacement make a new one.
    #[serde(default = "first")]
    pub revision: u32,
    /// People, in the order of the appointment.
    #[serde(rename = "person")]
    pub people: Vec<Person>,
}

const fn first() -> u32 {
    1
}

/// A person on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Code, for example `R01`; the only name in file names and public texts.
    pub code: PersonCode,
    /// Name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Employer now.
    pub employer: String,
    /// Employers within the last three years (政府采购法实施条例 §9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_employers: Vec<String>,
    /// Professional title 职称.
    #[serde(default)]
    pub title: String,
    /// Fields of expertise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Whether the person counts as an expert (技术、经济等方面的专家).
    #[serde(default)]
    pub expert: bool,
    /// Whether the person stands in only when a member falls out.
    #[serde(default)]
    pub alternate: bool,
    /// The member whose place the person took, where one was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<PersonCode>,
    /// Key, filled in by enrolment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// Keys the person no longer uses, each with its end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<RevokedKey>,
}

/// What a person may do (domain reference 1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 工作人员: builds packages; neither scores nor sees drafts.
    Office,
    /// 评审专家: scores own assignments.
    Reviewer,
    /// 专家组组长: scores, consolidates and signs the result.
    Chair,
    /// 副组长: takes over where the chair is recused.
    Deputy,
    /// 监督人员: reads and co-signs.
    Supervisor,
    /// 计票人.
    Teller,
    /// 监票人.
    Scrutineer,
    /// 第三方机构, for performance evaluation.
    ThirdParty,
    /// 省级汇总.
    Province,
}

impl Role {
    /// Whether the role scores applications.
    #[must_use]
    pub const fn scores(self) -> bool {
        matches!(self, Self::Reviewer | Self::Chair | Self::Deputy | Self::ThirdParty)
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::Office => msg!("report-role-office"),
            Self::Reviewer => msg!("report-role-reviewer"),
            Self::Chair => msg!("report-role-chair"),
            Self::Deputy => msg!("report-role-deputy"),
            Self::Supervisor => msg!("report-role-supervisor"),
            Self::Teller => msg!("report-role-teller"),
            Self::Scrutineer => msg!("report-role-scrutineer"),
            Self::ThirdParty => msg!("report-role-third-party"),
            Self::Province => msg!("report-role-province"),
        }
    }
}

/// A public key and who holds the secret half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The public key as one OpenSSH line without comment: `ssh-ed25519 AAAA…`.
    pub public: String,
    /// Who made the key and holds it.
    #[serde(default)]
    pub custody: Custody,
    /// First moment of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_after: Option<Moment>,
    /// Last moment of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_before: Option<Moment>,
}

/// Who made the key and holds it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Custody {
    /// The signer alone (电子签名法 §13).
    #[default]
    Own,
    /// The office; said in every report.
    Office,
}

/// A key that is no longer used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokedKey {
    /// The public key as one OpenSSH line without comment.
    pub public: String,
    /// When it ended; signatures before that stay valid.
    pub since: Moment,
    /// Why.
    pub reason: String,
}

impl Roster {
    /// The person with `code`.
    #[must_use]
    pub fn person(&self, code: &PersonCode) -> Option<&Person> {
        self.people.iter().find(|person| person.code == *code)
    }

    /// The people who score and whose place nobody took, in roster order; alternates only where they stand in for somebody.
    pub fn scoring(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| {
            person.role.scores()
                && (!person.alternate || person.replaces.is_some())
                && !self.people.iter().any(|other| other.replaces.as_ref() == Some(&person.code))
        })
    }
}

/// One line of `assignments.csv`: who reads what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Assignment {
    /// Application.
    pub application: ApplicationId,
    /// Reviewer.
    pub reviewer: PersonCode,
}

/// `recusals.toml`, whole: recusals ordered by the office before scoring, and applicants' objections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recusals {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Recusals.
    #[serde(default, rename = "recusal", skip_serializing_if = "Vec::is_empty")]
    pub recusals: Vec<Recusal>,
}

/// A recusal 回避: this person stays out of this application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    /// Application.
    pub application: ApplicationId,
    /// Person.
    pub person: PersonCode,
    /// Who raised it.
    pub origin: RecusalOrigin,
    /// Ground.
    pub ground: Ground,
    /// The ground in words.
    pub text: String,
    /// What the office decided on an objection; a recusal it ordered itself is always `upheld`.
    #[serde(default)]
    pub decision: RecusalDecision,
    /// Why it was decided so (自科基金条例 §20: with the reason).
    #[serde(default)]
    pub reason: String,
    /// Day of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
}

/// Who raised a recusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecusalOrigin {
    /// The reviewer.
    Own,
    /// The office.
    Office,
    /// The applicant.
    Applicant,
}

/// What the office decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecusalDecision {
    /// The person stays out.
    #[default]
    Upheld,
    /// The person may score.
    Rejected,
}

/// Ground of a recusal (政府采购法实施条例 §9, 国家自然科学基金条例 §20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// Employed by the applicant or a consortium member within three years.
    Employment,
    /// Director or supervisor there within three years.
    Director,
    /// Controlling owner or actual controller.
    Owner,
    /// Spouse, direct line, collateral kin within three generations, or close in-law of the person in charge.
    Kinship,
    /// Same legal entity.
    SameEntity,
    /// Own application in the same or a similar matter.
    OwnApplication,
    /// Near relative of a participant.
    Participant,
    /// Anything else that may impair a fair review.
    Other,
}

/// All grounds in the order in which they are offered.
pub const GROUNDS: [Ground; 8] = [
    Ground::Employment,
    Ground::Director,
    Ground::Owner,
    Ground::Kinship,
    Ground::SameEntity,
    Ground::OwnApplication,
    Ground::Participant,
    Ground::Other,
];

/// The pledge 承诺书 that a reviewer accepts before scoring (自科基金条例 §21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    /// The text in both languages.
    pub text: Bilingual,
}
