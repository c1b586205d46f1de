//! A package that this machine holds: verified when it was taken in, and known by its digest since.

use std::path::Path;

use crate::{
    bundle::verified::Verified,
    digest,
    domain::{package::Package, text::Language},
    intake,
    workflow::{StepError, layout::Members},
};

/// A package and the bundle it came in.
pub struct Held {
    package: Package,
    bundle: Verified,
}

impl Held {
    /// Opens the package at `path`, whose digest the journal names.
    ///
    /// # Errors
    /// When it is not there, or not the bytes that were taken in.
    pub fn load(path: &Path, digest: &str) -> Result<Self, StepError> {
        Self::of(Verified::known(path, digest).map_err(StepError::NotVerified)?)
    }

    /// Reads a verified package.
    ///
    /// # Errors
    /// When its content is no sound package.
    pub fn of(mut bundle: Verified) -> Result<Self, StepError> {
        let intake = intake::package::read(&Members::new(&mut bundle)).map_err(StepError::Problems)?;
        Ok(Self { package: intake.package, bundle })
    }

    /// The package.
    #[must_use]
    pub const fn package(&self) -> &Package {
        &self.package
    }

    /// The bundle it came in.
    #[must_use]
    pub const fn bundle(&self) -> &Verified {
        &self.bundle
    }

    /// The bundle it came in, to read from.
    pub const fn bundle_mut(&mut self) -> &mut Verified {
        &mut self.bundle
    }

    /// Digest of the pledge.
    #[must_use]
    pub fn pledge_digest(&self) -> String {
        pledge_digest(&self.package)
    }
}

/// SHA-256 of the pledge in both languages, a line feed between them: what a reviewer accepts is both, whichever was on the screen.
#[must_use]
pub fn pledge_digest(package: &Package) -> String {
    let text = &package.pledge.text;
    digest::sha256_hex(format!("{}\n{}", text.get(Language::Zh), text.get(Language::En)).as_bytes())
}
