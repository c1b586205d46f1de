//! Which file of the package folder is which member of the package bundle, and back.
//!
//! Members are lower case and at most three levels deep, so `attachments/sx-0001/plan.pdf` travels as
//! `data/attachments/sx-0001.plan.pdf` and `pledge.zh-CN.md` as `data/pledge.zh-cn.md`. An identifier has no full stop, so the
//! first one ends it.

use std::{cell::RefCell, io};

use crate::{
    bundle::{
        bag::Manifest,
        excerpt::Excerpt,
        passport::Digests,
        verified::{MemberError, Verified},
    },
    digest,
    domain::{
        ids::{ApplicationId, PersonCode},
        package::Package,
    },
    intake::source::Source,
};

/// Where the payload lies.
const PAYLOAD: &str = "data/";
/// The formal check as it came out when the package was built.
pub const FORMAL_CHECK: &str = "formal-check.json";
const STATEMENT: &str = "bundle.json";
/// Lists of signers for stock tools, in the package and in every score bundle: the plain one, and the one with dates.
pub const SIGNER_LISTS: [&str; 2] = ["allowed_signers", "allowed_signers-dated"];
/// Where a shipped rubric's bytes lie: the call names it by its id, and the bytes that count are these.
pub const SHIPPED_RUBRIC: &str = "rubric.shipped.toml";
const PLEDGES: [(&str, &str); 2] = [("pledge.zh-cn.md", "pledge.zh-CN.md"), ("pledge.en.md", "pledge.en.md")];

/// The member below `data/` that carries `file` of the package folder.
#[must_use]
pub fn member_of(file: &str) -> String {
    if let Some((member, _)) = PLEDGES.iter().find(|(_, name)| *name == file) {
        return (*member).to_owned();
    }
    match file.strip_prefix("attachments/").and_then(|rest| rest.split_once('/')) {
        Some((application, name)) => format!("attachments/{application}.{name}"),
        None => file.to_owned(),
    }
}

/// The file of the package folder that `member`, below `data/`, carries; `None` for what the bundle added itself.
#[must_use]
pub fn file_of(member: &str) -> Option<String> {
    if matches!(member, STATEMENT | FORMAL_CHECK | SHIPPED_RUBRIC) {
        return None;
    }
    if let Some((_, file)) = PLEDGES.iter().find(|(name, _)| *name == member) {
        return Some((*file).to_owned());
    }
    match member.strip_prefix("attachments/").and_then(|rest| rest.split_once('.')) {
        Some((application, name)) => Some(format!("attachments/{application}/{name}")),
        None => Some(member.to_owned()),
    }
}

/// The full member name of an attachment.
#[must_use]
pub fn attachment_member(application: &str, file: &str) -> String {
    format!("{PAYLOAD}attachments/{application}.{file}")
}

/// Whether a member is an attachment.
#[must_use]
pub fn is_attachment(member: &str) -> bool {
    member.starts_with("data/attachments/")
}

/// The application whose record a member carries.
#[must_use]
pub fn application_of(member: &str) -> Option<&str> {
    member.strip_prefix("data/applications/")?.strip_suffix(".toml")
}

/// The applications that a reviewer is to read by the list, whether they passed the formal check or not; all where there is no list.
#[must_use]
pub fn assigned(package: &Package, reviewer: &PersonCode) -> Vec<ApplicationId> {
    if package.assignments.is_empty() {
        return package.applications.iter().map(|application| application.id.clone()).collect();
    }
    package.assignments.iter().filter(|line| line.reviewer == *reviewer).map(|line| line.application.clone()).collect()
}

/// What a package is made of, by digest: what a score bundle says that it rests on.
#[must_use]
pub fn digests(listed: &Manifest) -> Digests {
    let of = |name: &str| listed.get(name).cloned();
    let lines = listed.iter().filter(|(name, _)| application_of(name).is_some()).map(|(name, digest)| format!("{digest}  {name}\n"));
    let applications: String = lines.collect();
    Digests {
        package: None,
        rubric: of("data/rubric.toml").or_else(|| of("data/rubric.shipped.toml")),
        map: of("data/reference/industry-map.toml"),
        roster: of("data/roster.toml"),
        applications: Some(digest::sha256_hex(applications.as_bytes())),
        request: None,
    }
}

/// A verified package bundle, read as the folder it was made from.
pub struct Members<'a>(RefCell<&'a mut Verified>);

impl<'a> Members<'a> {
    /// Reads `bundle`.
    pub const fn new(bundle: &'a mut Verified) -> Self {
        Self(RefCell::new(bundle))
    }

    fn bytes(&self, member: &str) -> io::Result<Vec<u8>> {
        self.0.borrow_mut().read(member).map_err(|error| match error {
            MemberError::Missing { .. } => io::ErrorKind::NotFound.into(),
            MemberError::TooLarge { .. } => io::ErrorKind::FileTooLarge.into(),
            MemberError::Io { cause, .. } => cause,
        })
    }
}

impl Source for Members<'_> {
    fn names(&self) -> io::Result<Vec<String>> {
        let bundle = self.0.borrow();
        let mut names: Vec<String> = bundle.members().filter_map(|(name, _)| file_of(name.strip_prefix(PAYLOAD)?)).collect();
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.bytes(&format!("{PAYLOAD}{}", member_of(name)))
    }

    fn digest(&self, name: &str) -> io::Result<(u64, String)> {
        let member = format!("{PAYLOAD}{}", member_of(name));
        let bundle = self.0.borrow();
        match (bundle.member_size(&member), bundle.member_digest(&member)) {
            (Some(size), Some(digest)) => Ok((size, digest.to_owned())),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn shipped_rubric(&self, _id: &str) -> Option<Vec<u8>> {
        self.bytes(&format!("{PAYLOAD}{SHIPPED_RUBRIC}")).ok()
    }
}

impl Source for Excerpt {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.members.keys().filter_map(|name| file_of(name.strip_prefix(PAYLOAD)?)).collect())
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.members.get(&format!("{PAYLOAD}{}", member_of(name))).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn digest(&self, name: &str) -> io::Result<(u64, String)> {
        let bytes = self.read(name)?;
        Ok((bytes.len() as u64, digest::sha256_hex(&bytes)))
    }

    fn shipped_rubric(&self, _id: &str) -> Option<Vec<u8>> {
        self.members.get(&format!("{PAYLOAD}{SHIPPED_RUBRIC}")).cloned()
    }
}
