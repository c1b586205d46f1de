//! The province's part of the demo: the results of both panels put together, signed, and written as tables.

use std::{fs, path::Path};

use crate::{
    bundle::{allowed, layer::Report, trust::Trust},
    domain::{
        ids::{CallId, PersonCode},
        text::Message,
    },
    msg,
    workflow::{
        Here, StepError,
        aggregate::{self, Order, Signing},
        cores,
        demo::{Chance, Stage},
        home::Home,
        keys, verify,
    },
};

/// The person of the provincial office who signs.
const CODE: &str = "P01";
/// Name of the register.
const REGISTER: &str = "sx-2026";

/// Puts the results of `stages` together.
pub(super) fn aggregate(root: &Path, stages: &[Stage], tell: &mut dyn FnMut(&Message)) -> Result<Report, StepError> {
    let (register, code): (CallId, PersonCode) = (REGISTER.parse()?, CODE.parse()?);
    let people = stages.iter().flat_map(|stage| stage.trust.people.clone()).collect();
    let offices = allowed::plain(&Trust::from_people(people)?);
    let list = root.join("offices.allowed_signers");
    fs::write(&list, &offices).map_err(|source| StepError::io(&list, source))?;
    let files: Vec<_> = stages.iter().map(|stage| stage.result.clone()).collect();
    let tables = root.join("tables");
    let order = Order {
        register: &register,
        files: &files,
        offices: &offices,
        record: None,
        strict: true,
        supersedes: None,
        tables: Some(&tables),
    };
    let found = cores::unwatched(|watch| aggregate::put_together(&order, watch))?;
    let home = Home::new(root.join("homes").join(code.file_stem()));
    let last = stages.last().ok_or(StepError::NoTable)?;
    let now = last.clock.later(24 * 3600).unwrap_or_else(|| last.clock.clone());
    let mut chance = Chance { name: format!("{CODE}/{now}"), block: 0 };
    let mut here = Here { now, entropy: &mut |buffer| chance.fill(buffer) };
    keys::create(&home, &code, None, &mut here)?;
    let key = keys::unlock(&home, &code, None)?;
    let signing = Signing { to: root, code: &code, key: &key };
    let written = cores::unwatched(|watch| aggregate::sign(&found, &order, &signing, &here.now, watch))?;
    tell(&msg!("demo-aggregated", panels = found.merged.panels.len(), file = written.path.display()));
    let province = Trust::pinned(code, crate::domain::panel::Role::Province, key.public());
    let list = root.join("province.allowed_signers");
    fs::write(&list, allowed::plain(&province)).map_err(|source| StepError::io(&list, source))?;
    verify::verify(&written.path, Some(&province))
}
