//! `allowed_signers` lists: so that `ssh-keygen -Y verify` can check our signatures, and so that we can check them by such a list.
//!
//! Two lists travel: a plain one that OpenSSH 8.1 reads, and a dated one for OpenSSH 8.7 and later. The role stands as the key's
//! comment, which `ssh-keygen` passes over and we insist on; so does `custody=office` where the office holds the key.

use jiff::{SignedDuration, Timestamp, tz::Offset};

use crate::{
    bundle::{
        key::PublicKey,
        kind::{KINDS, role_id, role_of},
        trust::{Trust, TrustError, Trusted, TrustedKey},
    },
    domain::{
        ids::PersonCode,
        panel::{Custody, Role},
        time::Moment,
    },
};

const OFFICE_HOLDS_IT: &str = "custody=office";

/// The plain list: every key in use, without dates.
#[must_use]
pub fn plain(trust: &Trust) -> String {
    let in_use = |key: &&TrustedKey| key.revoked.is_none();
    lines(trust, |person| person.keys.iter().filter(in_use).map(|key| line(person, key, "")).collect())
}

/// The dated list: every key, those no longer used with their end.
#[must_use]
pub fn dated(trust: &Trust) -> String {
    lines(trust, |person| person.keys.iter().map(|key| line(person, key, &dates(key))).collect())
}

fn lines(trust: &Trust, of: impl Fn(&Trusted) -> Vec<String>) -> String {
    trust.people.iter().flat_map(of).collect()
}

fn line(person: &Trusted, key: &TrustedKey, dates: &str) -> String {
    let namespaces = namespaces(person.role);
    let custody = if key.custody == Custody::Office { format!(" {OFFICE_HOLDS_IT}") } else { String::new() };
    format!("{} namespaces=\"{namespaces}\"{dates} {} {}{custody}\n", person.code, key.public, role_id(person.role))
}

/// What somebody in this role may sign.
fn namespaces(role: Role) -> String {
    let allowed: Vec<&str> = KINDS.into_iter().filter(|kind| kind.may_sign(role)).map(|kind| kind.namespace()).collect();
    allowed.join(",")
}

fn dates(key: &TrustedKey) -> String {
    let after = key.valid_after.as_ref().map(Moment::instant);
    // OpenSSH counts the named second in; a revoked key does not count from its end on.
    let end = key.revoked.as_ref().map(|end| end.instant().saturating_sub(SignedDuration::from_secs(1)).unwrap_or(end.instant()));
    let before = key.valid_before.as_ref().map(Moment::instant).into_iter().chain(end).min();
    let option = |name: &str, at: Option<Timestamp>| at.map(|at| format!(",{name}=\"{}\"", stamp(at))).unwrap_or_default();
    option("valid-after", after) + &option("valid-before", before)
}

fn stamp(at: Timestamp) -> String {
    let utc = Offset::UTC.to_datetime(at);
    format!("{:04}{:02}{:02}{:02}{:02}{:02}Z", utc.year(), utc.month(), utc.day(), utc.hour(), utc.minute(), utc.second())
}

/// Reads a list of this form. Options other than `namespaces`, `valid-after` and `valid-before`, above all `cert-authority`, are
/// refused, as are lines without namespaces: OpenSSH takes those to allow everything.
///
/// # Errors
/// The first line that is not of our form, or two people who cannot be told apart.
pub fn read(text: &str) -> Result<Trust, TrustError> {
    let mut people: Vec<Trusted> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let bad = TrustError::Line { line: at + 1 };
        let one = read_line(line).ok_or_else(|| bad.clone())?;
        match people.iter_mut().find(|person| person.code == one.code) {
            None => people.push(one),
            Some(person) if person.role == one.role => person.keys.extend(one.keys),
            Some(_) => return Err(bad),
        }
    }
    Trust::from_people(people)
}

fn read_line(line: &str) -> Option<Trusted> {
    let mut words = line.split(' ');
    let code: PersonCode = words.next()?.parse().ok()?;
    let mut options = words.next()?.split('"');
    let public: PublicKey = format!("{} {}", words.next()?, words.next()?).parse().ok()?;
    let role = role_of(words.next()?)?;
    let custody = match (words.next(), words.next()) {
        (None, _) => Custody::Own,
        (Some(OFFICE_HOLDS_IT), None) => Custody::Office,
        _ => return None,
    };
    if options.next()? != "namespaces=" || options.next()? != namespaces(role) {
        return None;
    }
    let (mut valid_after, mut valid_before) = (None, None);
    let mut name = options.next()?;
    while !name.is_empty() {
        let slot = match name {
            ",valid-after=" if valid_after.is_none() && valid_before.is_none() => &mut valid_after,
            ",valid-before=" if valid_before.is_none() => &mut valid_before,
            _ => return None,
        };
        *slot = Some(read_stamp(options.next()?)?);
        name = options.next()?;
    }
    let key = TrustedKey { public, custody, valid_after, valid_before, revoked: None };
    options.next().is_none().then(|| Trusted { code, role, keys: vec![key] })
}

fn read_stamp(text: &str) -> Option<Moment> {
    if text.len() != 15 || !text.is_ascii() {
        return None;
    }
    let part = |from: usize, to: usize| text.get(from..to);
    let (day, time) = (part(0, 8)?, part(8, 14)?);
    let written = format!(
        "{}-{}-{}T{}:{}:{}{}",
        day.get(0..4)?,
        day.get(4..6)?,
        day.get(6..8)?,
        time.get(0..2)?,
        time.get(2..4)?,
        time.get(4..6)?,
        part(14, 15)?
    );
    written.parse().ok()
}
