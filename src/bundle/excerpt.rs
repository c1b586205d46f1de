//! Some members of a bundle with everything that proves them, so that they can travel inside another bundle: a score bundle
//! carries the call, the rubric and the roster that it rests on, and whoever holds the office's public key can check them there.
//!
//! Member names go flat, with a full stop for every slash, because a bundle has no deeper folders.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    bundle::{
        bag::{self, Manifest},
        inspect::Bag,
        layer::{Findings, LayerId, Report, State},
        name::signer_of,
        passport::{self, Passport},
        sign_check,
        trust::{SignedBy, Trust},
        verified::{MemberError, Verified},
    },
    digest, msg,
};

/// Files of an excerpt, by flat name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// An excerpt whose bytes are listed and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What the whole bundle says about itself.
    pub passport: Passport,
    /// Digest of the whole bundle.
    pub digest: String,
    /// Who signed the whole bundle.
    pub signers: Vec<SignedBy>,
    /// The members that are here, by their names in the whole bundle.
    pub members: BTreeMap<String, Vec<u8>>,
    /// All payload members of the whole bundle with their SHA-256, here or not.
    pub listed: Manifest,
}

/// The flat name of a member.
#[must_use]
pub fn flat(member: &str) -> String {
    member.replace('/', ".")
}

/// Takes the members that `wanted` names out of `bundle`, with its own statement and all proofs.
///
/// # Errors
/// When the bundle cannot be read.
pub fn take(bundle: &mut Verified, wanted: &dyn Fn(&str) -> bool) -> Result<Files, MemberError> {
    let of_proof = [bag::DECLARATION, bag::INFO, bag::MANIFEST, passport::MEMBER];
    let names: Vec<String> =
        bundle.members().map(|(name, _)| name).filter(|name| of_proof.contains(name) || wanted(name)).map(str::to_owned).collect();
    let mut files = Files::new();
    for name in names {
        files.insert(flat(&name), bundle.read(&name)?);
    }
    files.extend(bundle.proofs()?.into_iter().map(|(name, bytes)| (flat(&name), bytes)));
    Ok(files)
}

/// Checks an excerpt: every file is listed and as listed, the lists are signed, and by whom `trust` allows. Without `trust`
/// nobody says whose signatures they are; then the excerpt only shows what its signer signed.
///
/// # Errors
/// The report, where anything is against it. Its layers 1 and 2 stay not checked: an excerpt is not the whole.
pub fn check(files: &Files, trust: Option<&Trust>) -> Result<Excerpt, Box<Report>> {
    let mut report = Report::new("");
    let excerpt = check_layers(files, trust, &mut report);
    let stands = |layer| report.state(layer) == State::Pass;
    let is_signed = stands(LayerId::Integrity) && stands(LayerId::Signatures) && (trust.is_none() || stands(LayerId::Authority));
    match excerpt {
        Some(excerpt) if is_signed => Ok(Excerpt { signers: report.signers, ..excerpt }),
        _ => Err(Box::new(report)),
    }
}

fn check_layers(files: &Files, trust: Option<&Trust>, report: &mut Report) -> Option<Excerpt> {
    let mut found = Findings::default();
    let content = read_content(files, &mut found);
    report.enter(LayerId::Integrity, found, content.is_some());
    let (bag, members) = content?;
    report.kind = Some(bag.passport.kind);
    report.digest = Some(digest::sha256_hex(&bag.signed));
    let armors = files.iter().filter_map(|(name, bytes)| Some((unflat_signature(name)?, bytes.clone()))).collect();
    sign_check::judge(&bag, &armors, trust, report);
    let digest = report.digest.clone().unwrap_or_default();
    Some(Excerpt { passport: bag.passport, digest, signers: Vec::new(), members, listed: bag.manifest })
}

/// `signatures.office-of1.sig` is `signatures/office-of1.sig`.
fn unflat_signature(name: &str) -> Option<String> {
    let member = format!("signatures/{}", name.strip_prefix("signatures.")?);
    signer_of(&member).is_some().then_some(member)
}

fn read_content(files: &Files, found: &mut Findings) -> Option<(Bag, BTreeMap<String, Vec<u8>>)> {
    let signed = files.get(&flat(bag::TAG_MANIFEST));
    let listed = files.get(bag::MANIFEST).and_then(|bytes| bag::read_manifest(bytes).ok());
    let tags = signed.and_then(|bytes| bag::read_manifest(bytes).ok());
    let (Some(signed), Some(manifest), Some(tags)) = (signed, listed, tags) else {
        found.error("excerpt-lists", bag::MANIFEST, msg!("err-excerpt-lists"), msg!("rec-bundle-stop"));
        return None;
    };
    let mut members = BTreeMap::new();
    let mut known = BTreeSet::from([flat(bag::TAG_MANIFEST)]);
    for (name, listed) in tags.iter().chain(&manifest) {
        let Some(bytes) = files.get(&flat(name)) else { continue };
        if digest::sha256_hex(bytes) != *listed {
            found.error("member-altered", name, msg!("err-bundle-altered", member = name), msg!("rec-bundle-stop"));
        }
        known.insert(flat(name));
        if manifest.contains_key(name) {
            members.insert(name.clone(), bytes.clone());
        }
    }
    for name in files.keys().filter(|name| !known.contains(name.as_str()) && unflat_signature(name).is_none()) {
        found.error("member-unlisted", name, msg!("err-bundle-unlisted", member = name), msg!("rec-bundle-stop"));
    }
    // Without the manifest in the signed list, nothing signed says what the members are.
    if !tags.contains_key(bag::MANIFEST) {
        let what = msg!("err-bundle-tag-file-unlisted", member = bag::MANIFEST);
        found.error("tag-file-unlisted", bag::MANIFEST, what, msg!("rec-bundle-stop"));
    }
    let Some(passport) = members.get(passport::MEMBER).and_then(|bytes| Passport::from_bytes(bytes).ok()) else {
        let what = msg!("err-bundle-passport", member = passport::MEMBER);
        found.error("passport-malformed", passport::MEMBER, what, msg!("rec-bundle-again"));
        return None;
    };
    Some((Bag { manifest, tags, signed: signed.clone(), passport }, members))
}
