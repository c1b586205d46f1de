//! Names: of bundles and of the files in them. Everything outside a short list of characters is refused, never repaired.

use std::{fmt, str::FromStr};

use crate::{
    bundle::kind::{Kind, ROLES, role_id},
    domain::{
        ids::{CallId, PanelId, PersonCode},
        panel::Role,
    },
};

/// Most folders and file name together, below the bundle's top folder.
pub const DEEPEST: usize = 3;
/// Longest single file or folder name, in ASCII characters.
const LONGEST: usize = 120;
/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Name of a bundle without `.zip`; also the name of the top folder inside.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BundleName {
    stem: String,
    kind: Kind,
    revision: u32,
}

/// A text is not the name of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a bundle name: {found:?}")]
pub struct BadName {
    /// What was found.
    pub found: String,
}

impl BundleName {
    /// The name `<kind>-<call>[-<panel>][-<code>]-r<revision>`, lower case.
    #[must_use]
    pub fn new(kind: Kind, call: &CallId, panel: Option<&PanelId>, code: Option<&PersonCode>, revision: u32) -> Self {
        let mut stem = format!("{kind}-{}", call.file_stem());
        for part in [panel.map(PanelId::file_stem), code.map(PersonCode::file_stem)].into_iter().flatten() {
            stem.push('-');
            stem.push_str(&part);
        }
        stem.push_str(&format!("-r{revision}"));
        Self { stem, kind, revision }
    }

    /// The name, without `.zip`.
    #[must_use]
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// The file name, with `.zip`.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.zip", self.stem)
    }

    /// What the name says it carries.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What the name says is its revision.
    #[must_use]
    pub const fn revision(&self) -> u32 {
        self.revision
    }
}

impl fmt::Display for BundleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.stem)
    }
}

impl FromStr for BundleName {
    type Err = BadName;

    /// Reads a name without `.zip`. Which identifier is which cannot be told from the name, because identifiers may have
    /// hyphens; so a name read is compared with one built from the bundle's own statement, never taken apart.
    fn from_str(stem: &str) -> Result<Self, BadName> {
        let bad = || BadName { found: stem.to_owned() };
        let (kind, rest) = stem.split_once('-').ok_or_else(bad)?;
        let kind: Kind = kind.parse().map_err(|_| bad())?;
        let (middle, number) = rest.rsplit_once("-r").ok_or_else(bad)?;
        let revision: u32 = number.parse().map_err(|_| bad())?;
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let middle_is_ours = middle.bytes().next().is_some_and(is_plain) && middle.bytes().all(|byte| is_plain(byte) || byte == b'-');
        let fits = stem.len() <= LONGEST + LONGEST && revision > 0 && revision.to_string() == number;
        if middle_is_ours && fits { Ok(Self { stem: stem.to_owned(), kind, revision }) } else { Err(bad()) }
    }
}

/// Whether `name`, as it stands below the top folder, is one that a bundle may have: ASCII `[a-z0-9._-]`, at most three
/// levels, nothing that any of the usual systems would read differently.
#[must_use]
pub fn is_member_name(name: &str) -> bool {
    let mut levels = 0_usize;
    let all_fit = name.split('/').all(|part| {
        levels += 1;
        is_plain_part(part)
    });
    all_fit && levels <= DEEPEST
}

fn is_plain_part(part: &str) -> bool {
    let is_ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    // A leading dot hides a file, and Windows drops a trailing one: both would make the names on disk differ from ours.
    !part.is_empty()
        && part.len() <= LONGEST
        && part.bytes().all(is_ours)
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !is_device(part)
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part);
    let is_digit = |number: &str| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit());
    DEVICES.contains(&stem) || ["com", "lpt"].iter().any(|port| stem.strip_prefix(port).is_some_and(is_digit))
}

/// The member that holds the signature of the person `code` in `role`.
#[must_use]
pub fn signature_member(role: Role, code: &PersonCode) -> String {
    format!("signatures/{}-{}.sig", role_id(role), code.file_stem())
}

/// Role and lower-case code that a signature's member name states; `None` where it is not such a name.
#[must_use]
pub fn signer_of(member: &str) -> Option<(Role, &str)> {
    let signer = member.strip_prefix("signatures/")?.strip_suffix(".sig")?;
    ROLES.into_iter().find_map(|role| {
        let code = signer.strip_prefix(role_id(role))?.strip_prefix('-')?;
        let is_code = code.parse::<PersonCode>().is_ok_and(|parsed| parsed.file_stem() == code);
        is_code.then_some((role, code))
    })
}
