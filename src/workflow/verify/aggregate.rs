//! Layers 6 to 9 of an aggregate: every result in it is verified in all layers by the list of offices that the province signed, and
//! the register is worked out again and compared digit by digit.

use std::{collections::BTreeMap, path::Path, sync::Mutex};

use crate::{
    bundle::{
        allowed,
        layer::{Findings, LayerId, Report},
        passport::MEMBER,
        stage::Staged,
        trust::Trust,
        verified::Verified,
    },
    digest,
    domain::{
        call::Mode,
        finding::Severity,
        register::{Excluded, PanelResult, follow_up, merge, record::Record},
        text::Explain,
    },
    intake, msg,
    workflow::{
        StepError,
        aggregate::{
            AggregateError,
            members::{self, OFFICES, RECORD, REGISTER, RESULTS, Subject as Basis},
        },
        cores::{self, Watch},
        verify::{self, Subject, documents::Derived},
    },
};

const DERIVED: Derived = Derived {
    apart: &[MEMBER, "data/offices.allowed_signers", "data/record.toml", "data/results/"],
    is_figures: |below| below == REGISTER,
    is_page: members::is_page,
};

pub(super) fn verify(subject: &Subject<'_>, first: &Report, file: &Path, watch: &mut Watch<'_>) -> Result<Report, StepError> {
    let mut report = subject.inspect(subject.trust, file)?;
    let Some(mut bundle) = subject.content(first, file)? else { return Ok(report) };
    let (mut binding, mut content, mut arithmetic) = (Findings::default(), Findings::default(), Findings::default());
    let passport = bundle.passport().clone();
    if passport.mode != Mode::Official || passport.panel.is_some() {
        binding.error("binding-differs", MEMBER, msg!("err-binding", what = "mode"), msg!("rec-bundle-stop"));
    }
    let offices = offices(&mut bundle, &mut binding);
    let record = record(&mut bundle, &mut content);
    report.enter(LayerId::Binding, binding, offices.is_some());
    let (Some(offices), Some(record)) = (offices, record) else {
        report.enter(LayerId::Content, content, true);
        return Ok(report);
    };
    let panels = nested(&mut bundle, &offices, &mut content, watch)?;
    let count = panels.len();
    let mut merged = merge(panels);
    if merged.panels.len().saturating_add(merged.excluded.len()) < count {
        // One result under two names counts once, and the second has no business here.
        let member = format!("data/{RESULTS}");
        content.error("nested-unwanted", &member, msg!("err-nested-unknown", member = &member), msg!("rec-bundle-stop"));
    }
    for one in &merged.excluded {
        content.error("nested-unwanted", &format!("data/{RESULTS}{}", one.file), one.why.what(), msg!("rec-bundle-stop"));
    }
    // What was left out is not in the bundle, so which files those were is the office's statement.
    merged.excluded = excluded(&mut bundle, &mut content);
    for finding in follow_up::check(&record, &merged.panels).into_iter().filter(|finding| finding.severity == Severity::Error) {
        content.error("record", &format!("data/{RECORD}"), finding.what, finding.advice);
    }
    let expected = members::derived(&Basis { register: &passport.call, revision: passport.revision, merged: &merged, record: &record })?;
    DERIVED.judge(&mut bundle, &expected, &mut content, &mut arithmetic)?;
    report.enter(LayerId::Content, content, true);
    report.enter(LayerId::Arithmetic, arithmetic, true);
    let mut history = Findings::default();
    if passport.revision > 1 && passport.supersedes.is_none() {
        history.error("supersedes", MEMBER, msg!("err-binding", what = "supersedes"), msg!("rec-bundle-stop"));
    }
    report.enter(LayerId::History, history, true);
    Ok(report)
}

fn offices(bundle: &mut Verified, found: &mut Findings) -> Option<Trust> {
    let member = format!("data/{OFFICES}");
    let bytes = bundle.read(&member).unwrap_or_default();
    let read = std::str::from_utf8(&bytes).ok().map(allowed::read);
    match read {
        Some(Ok(trust)) => Some(trust),
        Some(Err(error)) => {
            found.error("offices", &member, error.what(), error.advice());
            None
        }
        None => {
            found.error("offices", &member, msg!("err-sheet-missing", member = &member), msg!("rec-bundle-stop"));
            None
        }
    }
}

fn record(bundle: &mut Verified, found: &mut Findings) -> Option<Record> {
    let member = format!("data/{RECORD}");
    let bytes = bundle.read(&member).unwrap_or_default();
    match intake::record::read(&member, &bytes) {
        Ok((record, _)) => Some(record),
        Err(problems) => {
            for problem in problems {
                found.error("record", &member, problem.what(), problem.advice());
            }
            None
        }
    }
}

/// The files that the register says were left out.
fn excluded(bundle: &mut Verified, found: &mut Findings) -> Vec<Excluded> {
    #[derive(serde::Deserialize)]
    struct Stated {
        excluded: Vec<Excluded>,
    }
    let member = format!("data/{REGISTER}");
    let bytes = bundle.read(&member).unwrap_or_default();
    match serde_json::from_slice::<Stated>(&bytes) {
        Ok(stated) => stated.excluded,
        Err(_) => {
            found.error("figures-form", &member, msg!("err-sheet-differs", member = &member), msg!("rec-bundle-stop"));
            Vec::new()
        }
    }
}

/// Every result in the bundle, verified in all layers: as many at once as the machine has cores, and no more than that in memory.
fn nested(bundle: &mut Verified, offices: &Trust, found: &mut Findings, watch: &mut Watch<'_>) -> Result<Vec<PanelResult>, StepError> {
    let folder = format!("data/{RESULTS}");
    let names: Vec<String> = bundle.members().map(|(name, _)| name.to_owned()).filter(|name| name.starts_with(&folder)).collect();
    let bundle = Mutex::new(bundle);
    let work = |member: &String| {
        let bytes = bundle.lock().map_err(|_| AggregateError::Interrupted)?.read(member)?;
        match open(member, &bytes, offices) {
            // At fault itself: that is told of this member. Anything else is the machine's.
            Err(fault @ (StepError::NotVerified(_) | StepError::WrongKind { .. })) => Ok(Err(fault)),
            opened => opened.map(Ok),
        }
    };
    let mut looked = BTreeMap::new();
    cores::each(&names, watch, &work, &mut |at, one| drop(looked.insert(at, one)))?;
    let mut panels = Vec::new();
    for (member, looked) in names.iter().zip(looked.into_values()) {
        match looked {
            Ok(Some(result)) => panels.push(result),
            // A result of a call whose session has no end, which no register counts.
            Ok(None) => found.error("nested-unwanted", member, msg!("err-nested-unknown", member = member), msg!("rec-bundle-stop")),
            Err(StepError::NotVerified(report)) => {
                for (layer, finding) in report.errors() {
                    let what = msg!("err-nested", layer = layer.number(), member = finding.member).with_message("why", finding.what());
                    found.error("nested-refused", member, what, finding.advice());
                }
            }
            Err(fault) => found.error("nested-refused", member, fault.what(), fault.advice()),
        }
    }
    Ok(panels)
}

fn open(member: &str, bytes: &[u8], offices: &Trust) -> Result<Option<PanelResult>, StepError> {
    let name = member.rsplit('/').next().unwrap_or_default();
    let staged = Staged::nested(name, bytes, &std::env::temp_dir())?;
    Ok(verify::open_staged(staged, Path::new(name), Some(offices))?.panel_result(digest::sha256_hex(bytes)))
}
