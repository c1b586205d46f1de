//! Applications, one by one: where they belong, what they must say, when they build.

use std::collections::BTreeSet;

use crate::{
    domain::{
        application::Application,
        finding::Finding,
        load::{
            answers, codes,
            file::{File, application_name},
            money, required,
        },
        package::Package,
        wording::unknown_advice,
    },
    msg,
};

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    check_unique(package, out);
    for application in &package.applications {
        let mut file = File::new(application_name(application), out);
        file.check_schema(application.schema);
        check_place(&mut file, package, application);
        check_schedule(&mut file, application);
        check_compared(&mut file, package, application);
        codes::check_application(&mut file, package, application);
        money::check_application(&mut file, application);
        required::check(&mut file, package.call.kind, application);
        answers::check(&mut file, package, application);
    }
    money::check_twice(package, out);
}

/// Ids that differ only in case would lie in one file.
fn check_unique(package: &Package, out: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for application in &package.applications {
        let name = application_name(application);
        if !seen.insert(application.id.file_stem()) {
            let what = msg!("err-duplicate", id = &application.id, first = &name);
            File::new(name, out).error("id", what, msg!("rec-duplicate"));
        }
    }
}

/// The item exists, the tier is the call's, and the application was there when the session opened.
fn check_place(file: &mut File, package: &Package, application: &Application) {
    let call = &package.call;
    if call.item(&application.item).is_none() {
        let known: Vec<&str> = call.items.iter().map(|item| item.id.as_str()).collect();
        let what = msg!("err-item-unknown", item = &application.item);
        file.error("item", what, unknown_advice(application.item.as_str(), &known));
    }
    if application.tier != call.tier {
        file.error("tier", msg!("err-tier"), msg!("rec-tier"));
    }
    if call.session.opens.day().is_some_and(|opens| application.received > opens) {
        let what = msg!("warn-received-late", received = application.received, opens = &call.session.opens);
        file.warning("received", what, msg!("rec-received-late"));
    }
}

fn check_schedule(file: &mut File, application: &Application) {
    let Some(schedule) = &application.schedule else { return };
    if schedule.start >= schedule.finish {
        let what = msg!("err-schedule", start = schedule.start, finish = schedule.finish);
        file.error("schedule.finish", what, msg!("rec-schedule"));
    }
    for (index, milestone) in schedule.milestones.iter().enumerate() {
        if milestone.date < schedule.start || milestone.date > schedule.finish {
            let what = msg!("warn-milestone", date = milestone.date, start = schedule.start, finish = schedule.finish);
            file.warning(&format!("schedule.milestones[{index}].date"), what, msg!("rec-milestone"));
        }
    }
}

/// Bases compared with by id stand in the registry.
fn check_compared(file: &mut File, package: &Package, application: &Application) {
    let known: Vec<&str> = package.bases.bases.iter().map(|base| base.id.as_str()).collect();
    for (index, compared) in application.positioning.compared.iter().enumerate() {
        if let Some(base) = compared.base.as_ref().filter(|base| !known.contains(&base.as_str())) {
            let what = msg!("err-base-unknown", base = base);
            file.error(&format!("positioning.compared[{index}].base"), what, unknown_advice(base.as_str(), &known));
        }
    }
}
