//! Documents that follow from what a bundle holds: made anew and compared, figures digit by digit.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    bundle::{layer::Findings, passport::Tool, verified::Verified},
    msg,
    workflow::{StepError, documents::WORKING, verify::figures},
};

/// Which members of a bundle follow from the others.
pub(super) struct Derived {
    /// Members, and folders with their stroke, that do not.
    pub(super) apart: &'static [&'static str],
    /// Whether a member, named below `data/`, holds figures.
    pub(super) is_figures: fn(&str) -> bool,
    /// Whether a member is a page, which another version of the program may lay out in another way.
    pub(super) is_page: fn(&str) -> bool,
}

impl Derived {
    /// Every document says what follows, and none is missing or left over.
    pub(super) fn judge(
        &self,
        bundle: &mut Verified,
        expected: &BTreeMap<String, Vec<u8>>,
        content: &mut Findings,
        arithmetic: &mut Findings,
    ) -> Result<(), StepError> {
        let is_apart = |name: &str| self.apart.iter().any(|one| name == *one || (one.ends_with('/') && name.starts_with(one)));
        let is_ours = |name: &&str| name.starts_with("data/") && !is_apart(name);
        let here: Vec<String> = bundle.members().map(|(name, _)| name).filter(is_ours).map(str::to_owned).collect();
        for name in expected.keys().map(|name| format!("data/{name}")).filter(|name| !here.contains(name)) {
            content.error("document-missing", &name, msg!("err-sheet-missing", member = &name), msg!("rec-bundle-stop"));
        }
        for name in here {
            let bytes = bundle.read(&name)?;
            let below = name.strip_prefix("data/").unwrap_or_default();
            let Some(wanted) = expected.get(below) else {
                content.error("sheet-unexpected", &name, msg!("err-sheet-unexpected", member = &name), msg!("rec-bundle-stop"));
                continue;
            };
            if bytes == *wanted {
                continue;
            }
            let version = &bundle.passport().tool.version;
            if (self.is_figures)(below) {
                judge_figures(&name, &bytes, wanted, arithmetic);
            } else if (self.is_page)(below) && *version != Tool::this().version {
                content.note("page-not-compared", &name, msg!("note-page-version", version = version), msg!("rec-page-version"));
            } else {
                content.error("document-differs", &name, msg!("err-sheet-differs", member = &name), msg!("rec-bundle-stop"));
            }
        }
        Ok(())
    }
}

/// Which number is not the one that follows from the signed sheets.
fn judge_figures(name: &str, bytes: &[u8], wanted: &[u8], found: &mut Findings) {
    let (stated, worked) = (serde_json::from_slice::<Value>(bytes), serde_json::from_slice::<Value>(wanted));
    let differences = match (stated, worked) {
        (Ok(stated), Ok(worked)) => figures::differences(&stated, &worked),
        _ => Vec::new(),
    };
    if differences.is_empty() {
        found.error("figures-form", name, msg!("err-sheet-differs", member = name), msg!("rec-bundle-stop"));
    }
    let of_file = name.strip_prefix(&format!("data/{WORKING}")).and_then(|rest| rest.strip_suffix(".json"));
    for one in differences {
        let application = one.application.as_deref().or(of_file).unwrap_or("-");
        let what = msg!("err-figure-differs", application = application, place = one.place, stated = one.stated, found = one.found);
        found.error("figure-differs", name, what, msg!("rec-figure-differs"));
    }
}
