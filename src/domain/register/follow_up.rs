//! Where each recommendation stands, from panel to plaque, and what in the record breaks a rule.

use serde::Serialize;

use crate::{
    domain::{
        finding::Finding,
        ids::{ApplicationId, CallId},
        register::{
            ApplicationLine, PanelResult,
            record::{Award, AwardKind, Decision, Ground, Objection, Publicity, Record, Verdict},
        },
        time::Day,
    },
    msg,
};

/// Fewest days of publicity (招标投标法实施条例 §54).
pub const PUBLICITY_DAYS: i32 = 3;
/// Days in which an objection is answered (招标投标法实施条例 §54).
pub const ANSWER_DAYS: i32 = 3;
/// Version of the record's file format.
const SCHEMA: u32 = 1;

/// How far a recommendation has come. The order is that of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// 推荐: the panel recommends it; nothing was made public yet.
    Recommended,
    /// 公示: it was made public.
    Public,
    /// 异议待答复: an objection is not answered; the process pauses.
    Objected,
    /// 异议成立: an objection was right.
    Upheld,
    /// 退回.
    Returned,
    /// 暂缓.
    Deferred,
    /// 同意.
    Approved,
    /// 整改.
    Rectifying,
    /// 培育.
    Cultivated,
    /// 授予 or 授牌.
    Titled,
    /// 落地: contract or task book signed.
    Landed,
}

/// Where the recommendation `application` of `call` stands by `record`.
#[must_use]
pub fn stage(record: &Record, call: &CallId, application: &ApplicationId) -> Stage {
    let is = |one: &CallId, other: &ApplicationId| one == call && other == application;
    let objections = || record.objections.iter().filter(|one| is(&one.call, &one.application));
    if objections().any(|one| one.answer.is_none()) {
        return Stage::Objected;
    }
    if record.landings.iter().any(|one| is(&one.call, &one.application)) {
        return Stage::Landed;
    }
    if let Some(award) = latest(record.awards.iter().filter(|one| is(&one.call, &one.application)), |award| award.date) {
        return match award.kind {
            AwardKind::Grant | AwardKind::Plaque => Stage::Titled,
            AwardKind::Rectify => Stage::Rectifying,
            AwardKind::Cultivate => Stage::Cultivated,
        };
    }
    if let Some(decision) = latest(record.decisions.iter().filter(|one| is(&one.call, &one.application)), |decision| decision.date) {
        return match decision.outcome {
            Verdict::Approve => Stage::Approved,
            Verdict::Return => Stage::Returned,
            Verdict::Defer => Stage::Deferred,
        };
    }
    if objections().any(is_upheld) {
        return Stage::Upheld;
    }
    if record.publicity.iter().any(|one| one.call == *call) { Stage::Public } else { Stage::Recommended }
}

fn is_upheld(objection: &Objection) -> bool {
    objection.ground != Ground::Judgement && objection.answer.as_ref().is_some_and(|answer| answer.upheld)
}

/// The last of these; of one day the one that stands last.
fn latest<'a, T>(lines: impl Iterator<Item = &'a T>, day: impl Fn(&T) -> Day) -> Option<&'a T> {
    lines.max_by_key(|line| day(line))
}

/// Everything in `record` that breaks a rule, over the results that count.
#[must_use]
pub fn check(record: &Record, panels: &[PanelResult]) -> Vec<Finding> {
    let mut check = Check { record, panels, found: Vec::new() };
    if record.schema != SCHEMA {
        check.found.push(Finding::error("schema", msg!("err-schema", found = record.schema, known = SCHEMA), msg!("rec-schema")));
    }
    for (at, one) in record.publicity.iter().enumerate() {
        check.publicity(at, one);
    }
    for (at, one) in record.objections.iter().enumerate() {
        check.objection(at, one);
    }
    for (at, one) in record.decisions.iter().enumerate() {
        check.decision(at, one);
    }
    for (at, one) in record.awards.iter().enumerate() {
        check.award(at, one);
    }
    for (at, one) in record.landings.iter().enumerate() {
        let path = format!("landing[{at}]");
        check.recommended(&path, &one.call, &one.application);
        let is_approved = record.decisions.iter().any(|decision| {
            decision.call == one.call
                && decision.application == one.application
                && decision.outcome == Verdict::Approve
                && decision.date <= one.signed
        });
        if !is_approved {
            check.error(format!("{path}.signed"), msg!("err-record-not-approved", application = one.application), msg!("rec-record-order"));
        }
    }
    check.found
}

struct Check<'a> {
    record: &'a Record,
    panels: &'a [PanelResult],
    found: Vec<Finding>,
}

impl Check<'_> {
    fn error(&mut self, path: String, what: crate::domain::text::Message, advice: crate::domain::text::Message) {
        self.found.push(Finding::error(path, what, advice));
    }

    fn line(&self, call: &CallId, application: &ApplicationId) -> Option<&ApplicationLine> {
        let panels = self.panels.iter().filter(|panel| panel.call.id == *call);
        panels.flat_map(PanelResult::applications).map(|(_, line)| line).find(|line| line.id == *application)
    }

    fn publicity(&mut self, at: usize, one: &Publicity) {
        let path = format!("publicity[{at}]");
        if !self.panels.iter().any(|panel| panel.call.id == one.call) {
            self.error(format!("{path}.call"), msg!("err-record-call", call = one.call), msg!("rec-record-call"));
        }
        if self.record.publicity.iter().take(at).any(|other| other.call == one.call) {
            self.error(format!("{path}.call"), msg!("err-record-twice", id = one.call), msg!("rec-record-twice"));
        }
        if days(one.from, one.to) < PUBLICITY_DAYS.saturating_sub(1) {
            let what = msg!("err-record-publicity", from = one.from, to = one.to, days = PUBLICITY_DAYS);
            self.error(format!("{path}.to"), what, msg!("rec-record-publicity"));
        }
        let closes = self.panels.iter().filter(|panel| panel.call.id == one.call).map(|panel| panel.call.closes).max();
        if let Some(closes) = closes.filter(|closes| one.from < *closes) {
            self.error(format!("{path}.from"), msg!("err-record-early", date = one.from, before = closes), msg!("rec-record-order"));
        }
    }

    fn objection(&mut self, at: usize, one: &Objection) {
        let path = format!("objection[{at}]");
        if self.line(&one.call, &one.application).is_none() {
            self.unknown(&path, &one.application);
        }
        if self.record.objections.iter().take(at).any(|other| other.no == one.no) {
            self.error(format!("{path}.no"), msg!("err-record-twice", id = one.no), msg!("rec-record-twice"));
        }
        let period = self.record.publicity.iter().find(|publicity| publicity.call == one.call);
        let is_in_time = period.is_some_and(|period| (period.from..=period.to).contains(&one.received));
        let Some(answer) = &one.answer else { return };
        if answer.upheld && one.ground == Ground::Judgement {
            self.error(format!("{path}.answer.upheld"), msg!("err-record-judgement", no = one.no), msg!("rec-record-judgement"));
        }
        if answer.upheld && !is_in_time {
            self.error(format!("{path}.received"), msg!("err-record-late", no = one.no, date = one.received), msg!("rec-record-late"));
        }
        if answer.date < one.received {
            self.error(
                format!("{path}.answer.date"),
                msg!("err-record-early", date = answer.date, before = one.received),
                msg!("rec-record-order"),
            );
        } else if days(one.received, answer.date) > ANSWER_DAYS {
            let what = msg!("warn-record-answer", no = one.no, days = ANSWER_DAYS);
            self.found.push(Finding::warning(format!("{path}.answer.date"), what, msg!("rec-record-answer")));
        }
    }

    fn decision(&mut self, at: usize, one: &Decision) {
        let path = format!("decision[{at}]");
        self.recommended(&path, &one.call, &one.application);
        let ends = self.record.publicity.iter().find(|publicity| publicity.call == one.call).map(|publicity| publicity.to);
        match ends {
            None if one.outcome == Verdict::Approve => {
                self.error(format!("{path}.date"), msg!("err-record-not-public", application = one.application), msg!("rec-record-order"));
            }
            Some(ends) if one.date <= ends && one.outcome == Verdict::Approve => {
                self.error(format!("{path}.date"), msg!("err-record-early", date = one.date, before = ends), msg!("rec-record-order"));
            }
            _ => {}
        }
        let pauses = |objection: &&Objection| {
            objection.call == one.call
                && objection.application == one.application
                && objection.received <= one.date
                && objection.answer.as_ref().is_none_or(|answer| answer.date > one.date)
        };
        if let Some(objection) = self.record.objections.iter().find(pauses).map(|objection| objection.no) {
            self.error(
                format!("{path}.date"),
                msg!("err-record-paused", application = one.application, no = objection),
                msg!("rec-record-paused"),
            );
        }
        if one.outcome != Verdict::Approve && one.reason.trim().is_empty() {
            self.error(format!("{path}.reason"), msg!("err-record-reason", application = one.application), msg!("rec-record-reason"));
        }
    }

    fn award(&mut self, at: usize, one: &Award) {
        let path = format!("award[{at}]");
        self.recommended(&path, &one.call, &one.application);
        let same = |decision: &&Decision| decision.call == one.call && decision.application == one.application && decision.date <= one.date;
        let last = latest(self.record.decisions.iter().filter(same), |decision| decision.date);
        if one.kind.gives_title() && last.is_none_or(|decision| decision.outcome != Verdict::Approve) {
            self.error(format!("{path}.date"), msg!("err-record-not-approved", application = one.application), msg!("rec-record-order"));
        }
        if one.kind.gives_title() && one.title.trim().is_empty() {
            self.error(format!("{path}.title"), msg!("err-record-title", application = one.application), msg!("rec-record-title"));
        }
        if !one.kind.gives_title() && one.until.is_none_or(|until| until < one.date) {
            self.error(format!("{path}.until"), msg!("err-record-until", application = one.application), msg!("rec-record-until"));
        }
    }

    /// The panel recommends this application, or names it as reserve where a recommended one fell out; nobody else can be decided on.
    fn recommended(&mut self, path: &str, call: &CallId, application: &ApplicationId) {
        let panels = self.panels.iter().filter(|panel| panel.call.id == *call);
        let Some((item, line)) = panels.flat_map(PanelResult::applications).find(|(_, line)| line.id == *application) else {
            return self.unknown(path, application);
        };
        let fell_out = |line: &ApplicationLine| matches!(stage(self.record, call, &line.id), Stage::Returned | Stage::Upheld);
        let moves_up = line.place == "reserve" && item.applications.iter().any(|other| other.is_winner() && fell_out(other));
        if !line.is_winner() && !moves_up {
            let what = msg!("err-record-not-recommended", application = application);
            self.error(format!("{path}.application"), what, msg!("rec-record-not-recommended"));
        }
    }

    fn unknown(&mut self, path: &str, application: &ApplicationId) {
        let what = msg!("err-record-application", application = application);
        self.error(format!("{path}.application"), what, msg!("rec-record-application"));
    }
}

/// Days from `from` to `to`, negative when `to` is earlier.
fn days(from: Day, to: Day) -> i32 {
    from.date().until(to.date()).map_or(0, |span| span.get_days())
}
