//! Whom we believe: people with their roles and keys, from the roster or from an exported list. A bundle never says by itself
//! whose keys count.

use crate::{
    bundle::{
        key::{KeyError, PublicKey},
        kind::Kind,
        layer::State,
    },
    domain::{
        ids::PersonCode,
        panel::{Custody, Person, Role, Roster},
        text::{Explain, Message},
        time::Moment,
    },
    msg,
};

/// People whose signatures count, and the moment at which their keys are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// People.
    pub people: Vec<Trusted>,
    /// The moment at which keys are judged: the session's, from the signed package. Without one, the bundle's own claimed time
    /// is taken, and the report says so. Never "now": an old bundle does not become false because a key ran out since.
    pub at: Option<Moment>,
    /// Whether other people may rightly sign too, whom this list does not know; their signatures are then not judged.
    pub partial: bool,
    /// Whether signatures that belong to the bundle may still be to come: for whoever signs next. A verifier never allows it.
    pub awaits_more: bool,
}

/// A person whose signature counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trusted {
    /// Code.
    pub code: PersonCode,
    /// Role.
    pub role: Role,
    /// Keys, the present one and earlier ones; empty before enrolment.
    pub keys: Vec<TrustedKey>,
}

/// A key of a person, with the time in which it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedKey {
    /// The key.
    pub public: PublicKey,
    /// Who holds it.
    pub custody: Custody,
    /// First moment.
    pub valid_after: Option<Moment>,
    /// Last moment.
    pub valid_before: Option<Moment>,
    /// When it was revoked; signatures from then on do not count.
    pub revoked: Option<Moment>,
}

/// Somebody who signed a bundle, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy {
    /// Code, as the roster writes it, or as the signature's file name states it where the roster has no such person.
    pub code: PersonCode,
    /// Role that the signature's file name states.
    pub role: Role,
    /// The key that made the signature; none where the signature does not fit.
    pub key: Option<PublicKey>,
    /// Who holds the key, where the roster knows it.
    pub custody: Option<Custody>,
    /// Pass: fits and may sign. Fail: does not. Not checked: fits, but nobody said whose key it is.
    pub state: State,
}

/// A roster or list cannot be used to judge signatures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// A key on the roster is not one.
    #[error("key of {code}: {cause}")]
    Key {
        /// Whose.
        code: String,
        /// Why.
        #[source]
        cause: KeyError,
    },
    /// Two people whose codes differ by case only, or one key that two people hold.
    #[error("{first} and {second} cannot be told apart")]
    Twins {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// A line of a list is not of our form.
    #[error("line {line} of the list")]
    Line {
        /// Line, from 1.
        line: usize,
    },
}

impl Trust {
    /// Everybody on `roster`.
    ///
    /// # Errors
    /// When a key is not one, or two people cannot be told apart.
    pub fn from_roster(roster: &Roster) -> Result<Self, TrustError> {
        let people: Result<Vec<Trusted>, TrustError> = roster.people.iter().map(Trusted::from_person).collect();
        Self::from_people(people?)
    }

    /// These people.
    ///
    /// # Errors
    /// When two people cannot be told apart.
    pub fn from_people(people: Vec<Trusted>) -> Result<Self, TrustError> {
        for (at, one) in people.iter().enumerate() {
            let twin = people.iter().take(at).find(|other| {
                other.code.file_stem() == one.code.file_stem()
                    || other.keys.iter().any(|key| one.keys.iter().any(|mine| mine.public == key.public))
            });
            if let Some(twin) = twin {
                return Err(TrustError::Twins { first: twin.code.to_string(), second: one.code.to_string() });
            }
        }
        Ok(Self { people, at: None, partial: false, awaits_more: false })
    }

    /// One key of one person, after its fingerprint was compared with the printed notice: how a reviewer's program comes to
    /// trust the office before it has a roster.
    #[must_use]
    pub fn pinned(code: PersonCode, role: Role, public: PublicKey) -> Self {
        let key = TrustedKey { public, custody: Custody::Own, valid_after: None, valid_before: None, revoked: None };
        Self { people: vec![Trusted { code, role, keys: vec![key] }], at: None, partial: true, awaits_more: false }
    }

    /// The same people, with keys judged at `at`.
    #[must_use]
    pub fn at(self, at: Moment) -> Self {
        Self { at: Some(at), ..self }
    }

    /// The person whose code reads `stem` in file names.
    #[must_use]
    pub fn person(&self, stem: &str) -> Option<&Trusted> {
        self.people.iter().find(|person| person.code.file_stem() == stem)
    }

    /// Groups of roles of which one each must sign a bundle of `kind`, given who is on the list.
    pub(super) fn required(&self, kind: Kind) -> impl Iterator<Item = &'static [Role]> {
        let exists = |group: &[Role]| self.people.iter().any(|person| group.contains(&person.role));
        kind.must_sign().iter().copied().enumerate().filter(move |(at, group)| *at == 0 || exists(group)).map(|(_, group)| group)
    }
}

impl Trusted {
    fn from_person(person: &Person) -> Result<Self, TrustError> {
        let read = |line: &str| line.parse::<PublicKey>().map_err(|cause| TrustError::Key { code: person.code.to_string(), cause });
        let mut keys = Vec::new();
        if let Some(key) = &person.key {
            let (valid_after, valid_before) = (key.valid_after.clone(), key.valid_before.clone());
            keys.push(TrustedKey { public: read(&key.public)?, custody: key.custody, valid_after, valid_before, revoked: None });
        }
        for old in &person.revoked {
            let revoked = Some(old.since.clone());
            keys.push(TrustedKey { public: read(&old.public)?, custody: Custody::Own, valid_after: None, valid_before: None, revoked });
        }
        // A key that is both in use and revoked is revoked.
        let ended: Vec<PublicKey> = keys.iter().filter(|key| key.revoked.is_some()).map(|key| key.public.clone()).collect();
        keys.retain(|key| key.revoked.is_some() || !ended.contains(&key.public));
        Ok(Self { code: person.code.clone(), role: person.role, keys })
    }
}

impl Explain for TrustError {
    fn what(&self) -> Message {
        match self {
            Self::Key { code, cause } => msg!("err-trust-key", code = code).with_message("cause", cause.what()),
            Self::Twins { first, second } => msg!("err-trust-twins", first = first, second = second),
            Self::Line { line } => msg!("err-trust-line", line = line),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Key { .. } | Self::Twins { .. } => msg!("rec-trust-roster"),
            Self::Line { .. } => msg!("rec-trust-line"),
        }
    }
}
