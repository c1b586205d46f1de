//! Who reads what, and who must not: assignments, recusals, and the conflicts nobody has spoken of yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        application::Application,
        conflict,
        finding::Finding,
        ids::{ApplicationId, PersonCode},
        load::file::{File, application_name, rubric_name},
        package::Package,
        panel::{Recusal, RecusalDecision, RecusalOrigin},
        wording::unknown_advice,
    },
    msg,
};

/// Most reviewers that an applicant may object to (国家自然科学基金条例 §20).
const MOST_OBJECTIONS: usize = 3;

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    check_assignments(package, &mut File::new("assignments.csv", out));
    check_recusals(package, &mut File::new("recusals.toml", out));
    check_weights(package, &mut File::new(rubric_name(&package.call), out));
    check_readers(package, out);
    check_conflicts(package, &mut File::new("roster.toml", out));
}

fn check_assignments(package: &Package, file: &mut File) {
    let mut seen = BTreeSet::new();
    for (index, line) in package.assignments.iter().enumerate() {
        check_application(package, file, &format!("[{index}].application"), &line.application);
        check_reader(package, file, &format!("[{index}].reviewer"), &line.reviewer);
        if !seen.insert(line) {
            let what = msg!("err-assignment-twice", application = &line.application, reviewer = &line.reviewer);
            file.error(&format!("[{index}]"), what, msg!("rec-assignment-twice"));
        }
    }
}

fn check_application(package: &Package, file: &mut File, path: &str, id: &ApplicationId) {
    if package.application(id).is_none() {
        let known: Vec<&str> = package.applications.iter().map(|application| application.id.as_str()).collect();
        file.error(path, msg!("err-application-unknown", application = id), unknown_advice(id.as_str(), &known));
    }
}

fn check_person(package: &Package, file: &mut File, path: &str, code: &PersonCode) -> bool {
    let found = package.roster.person(code).is_some();
    if !found {
        let known: Vec<&str> = package.roster.people.iter().map(|person| person.code.as_str()).collect();
        file.error(path, msg!("err-person-unknown", code = code), unknown_advice(code.as_str(), &known));
    }
    found
}

/// Who is to read is on the roster, scores, and still has the seat.
fn check_reader(package: &Package, file: &mut File, path: &str, code: &PersonCode) {
    if check_person(package, file, path, code) && !package.roster.scoring().any(|person| person.code == *code) {
        file.error(path, msg!("err-reader-role", code = code), msg!("rec-reader-role"));
    }
}

fn check_recusals(package: &Package, file: &mut File) {
    let mut pairs: BTreeMap<(&ApplicationId, &PersonCode), usize> = BTreeMap::new();
    let mut objections: BTreeMap<&ApplicationId, usize> = BTreeMap::new();
    for (index, recusal) in package.recusals.iter().enumerate() {
        let path = format!("recusal[{index}]");
        check_application(package, file, &format!("{path}.application"), &recusal.application);
        check_person(package, file, &format!("{path}.person"), &recusal.person);
        check_words(file, &path, recusal);
        if let Some(first) = pairs.insert((&recusal.application, &recusal.person), index) {
            let what =
                msg!("err-recusal-twice", application = &recusal.application, code = &recusal.person, first = format!("recusal[{first}]"));
            file.error(&path, what, msg!("rec-recusal-twice"));
        }
        if recusal.origin == RecusalOrigin::Applicant {
            let count = objections.entry(&recusal.application).or_default();
            *count = count.saturating_add(1);
            if *count > MOST_OBJECTIONS {
                let what = msg!("err-objections", application = &recusal.application, most = MOST_OBJECTIONS);
                file.error(&path, what, msg!("rec-objections"));
            }
        }
    }
}

/// The ground is put in words, and a refusal says why (自科基金条例 §20).
fn check_words(file: &mut File, path: &str, recusal: &Recusal) {
    if recusal.text.trim().is_empty() {
        file.error(&format!("{path}.text"), msg!("err-recusal-text"), msg!("rec-recusal-text"));
    }
    if recusal.decision != RecusalDecision::Rejected {
        return;
    }
    if recusal.reason.trim().is_empty() {
        file.error(&format!("{path}.reason"), msg!("err-recusal-reason"), msg!("rec-recusal-reason"));
    }
    if recusal.origin != RecusalOrigin::Applicant {
        file.error(&format!("{path}.decision"), msg!("err-recusal-own-rejected"), msg!("rec-recusal-own-rejected"));
    }
}

fn check_weights(package: &Package, file: &mut File) {
    let codes: Vec<&str> = package.roster.people.iter().map(|person| person.code.as_str()).collect();
    for code in package.rubric.scoring.reviewer_weight.keys().filter(|code| !codes.contains(&code.as_str())) {
        let path = format!("scoring.reviewer_weight.{code}");
        file.error(&path, msg!("err-person-unknown", code = code), unknown_advice(code, &codes));
    }
}

/// Somebody reads every application that is scored; below the trimming's minimum the office should know in good time.
fn check_readers(package: &Package, out: &mut Vec<Finding>) {
    let wanted = package.rubric.scoring.trim.as_ref().map_or(0, |trim| trim.min_valid as usize);
    let mut readers: BTreeMap<&ApplicationId, usize> = BTreeMap::new();
    for person in package.roster.scoring() {
        let reads = |application: &&Application| package.recusal(&application.id, &person.code).is_none();
        for application in package.assigned_to(&person.code).into_iter().filter(reads) {
            *readers.entry(&application.id).or_default() += 1;
        }
    }
    for application in package.applications.iter().filter(|application| package.is_scored(&application.id)) {
        let mut file = File::new(application_name(application), out);
        let found = readers.get(&application.id).copied().unwrap_or_default();
        if found == 0 {
            file.error("id", msg!("err-no-reader", application = &application.id), msg!("rec-no-reader"));
        } else if found < wanted {
            let what = msg!("warn-few-readers", application = &application.id, found = found, wanted = wanted);
            file.warning("id", what, msg!("rec-few-readers"));
        }
    }
}

/// An employer that is the applicant, and nobody has recused or decided anything about the pair.
fn check_conflicts(package: &Package, file: &mut File) {
    for (index, person) in package.roster.people.iter().enumerate().filter(|(_, person)| person.role.scores()) {
        for application in package.assigned_to(&person.code) {
            let decided = |recusal: &&Recusal| recusal.application == application.id && recusal.person == person.code;
            if package.recusals.iter().any(|recusal| decided(&recusal)) {
                continue;
            }
            for suggestion in conflict::suggest(person, application) {
                let what = msg!("warn-conflict", code = &person.code, application = &application.id).with_message("why", suggestion.why);
                file.warning(&format!("person[{index}].employer"), what, msg!("rec-conflict"));
            }
        }
    }
}
