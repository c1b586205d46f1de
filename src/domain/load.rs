//! Load checks: everything that must hold between the files of a package.

use crate::domain::{finding::Finding, package::Package};

/// Everything wrong with `package`. A path is `file#path`, for example `applications/sx-0007.toml#funding[0].amount`.
#[must_use]
pub fn check(package: &Package) -> Vec<Finding> {
    let _ = package;
    Vec::new()
}
