//! The result of a panel as a page that prints on A4, with its minutes and places for ink; and the signature page 签字页 alone, which
//! names the bundle that people sign for.

use minijinja::{Value, context};

use crate::{
    domain::{
        change::{Change, Entry},
        consolidate::{
            conclusion,
            derivation::{ApplicationResult, Flag, ItemResult},
        },
        decision::Opinion,
        deviation::DeviationFlag,
        package::Package,
        panel::{Person, Role},
        ranking::Ranked,
        table::{Table, act::Signature, open, telling},
        text::{Language, Message},
    },
    i18n, msg,
    report::page::{self, plain, render},
};

const TEMPLATE: &str = include_str!("resultpage.html");

/// What the page is about.
pub struct Subject<'a> {
    /// The package.
    pub package: &'a Package,
    /// The table.
    pub table: &'a Table,
    /// Everything recorded at the table.
    pub entries: &'a [Entry],
    /// The figures.
    pub results: &'a [ItemResult],
    /// Revision of the result, from 1.
    pub revision: u32,
    /// What the page rests on: SHA-256 of `results.json`, and of the bundle where it is known.
    pub digests: Vec<(Message, String)>,
}

/// The whole page, in the rubric's language of record.
#[must_use]
pub fn html(subject: &Subject<'_>) -> Vec<u8> {
    render(TEMPLATE, Page::of(subject).content(true))
}

/// The signature page alone.
#[must_use]
pub fn signature_page(subject: &Subject<'_>) -> Vec<u8> {
    render(TEMPLATE, Page::of(subject).content(false))
}

struct Page<'a> {
    subject: &'a Subject<'a>,
    language: Language,
}

impl<'a> Page<'a> {
    const fn of(subject: &'a Subject<'a>) -> Self {
        Self { subject, language: subject.package.rubric.record }
    }

    fn say(&self, message: &Message) -> String {
        i18n::text(self.language, message)
    }

    fn content(&self, whole: bool) -> Value {
        let Subject { package, revision, digests, .. } = self.subject;
        let digests: Vec<Value> = digests.iter().map(|(name, digest)| context! { name => self.say(name), digest }).collect();
        let items: Vec<Value> = self.subject.results.iter().filter(|_| whole).map(|item| self.item(item)).collect();
        let opinions: Vec<Value> = self.subject.table.opinions.iter().filter(|_| whole).map(|one| self.opinion(one.0, one.1)).collect();
        let minutes: Vec<Value> = self.subject.entries.iter().filter(|_| whole).filter_map(|entry| self.minute(entry)).collect();
        context! {
            tag => page::tag(self.language), revision, digests, items, opinions, minutes,
            text => self.words(whole), mode => self.say(&page::mode(package.call.mode)), members => self.members(),
            call => format!("{} {}", package.call.id, plain(package.call.title.get(self.language))),
            panel => package.call.panel.id.to_string(),
            rubric => format!("{} {}", plain(package.rubric.title.get(self.language)), plain(&package.rubric.version)),
        }
    }

    fn words(&self, whole: bool) -> Value {
        let title = if whole { msg!("page-result") } else { msg!("page-signature") };
        context! {
            title => self.say(&title), call => self.say(&msg!("sheet-call")), panel => self.say(&msg!("sheet-panel")),
            rubric => self.say(&msg!("sheet-rubric")), revision => self.say(&msg!("page-revision")),
            rank => self.say(&msg!("page-rank")), application => self.say(&msg!("sheet-application")),
            sheets => self.say(&msg!("page-sheets")), total => self.say(&msg!("sheet-total")), outcome => self.say(&msg!("page-outcome")),
            opinions => self.say(&msg!("page-opinions")), minutes => self.say(&msg!("page-minutes")),
            number => self.say(&msg!("page-number")), time => self.say(&msg!("page-time")), writer => self.say(&msg!("page-writer")),
            what => self.say(&msg!("page-what")), signatures => self.say(&msg!("page-signatures")),
            member => self.say(&msg!("page-member")), stand => self.say(&msg!("page-stand")),
            signature => self.say(&msg!("sheet-signature")), date => self.say(&msg!("sheet-date")),
            footer => self.say(&msg!("page-footer")),
        }
    }

    fn item(&self, item: &ItemResult) -> Value {
        let package = self.subject.package;
        let title = package.call.item(&item.id).map(|one| plain(one.title.get(self.language))).unwrap_or_default();
        let ranked = item.ranking.rows.iter().filter_map(|row| Some((item.application(&row.id)?, Some(row))));
        let others = item.applications.iter().filter(|one| item.ranking.row(&one.id).is_none()).map(|one| (one, None));
        let rows: Vec<Value> = ranked.chain(others).map(|(one, row)| self.row(one, row)).collect();
        let mut notes: Vec<String> = item.ranking.lot.iter().map(|lot| self.say(&msg!("page-lot", seed = lot.seed))).collect();
        if conclusion::is_without_winner(&package.rubric, &item.ranking) {
            notes.push(self.say(&msg!("table-no-winner", item = item.id)));
        }
        for application in &item.applications {
            let flags = application.flags.iter().filter_map(Flag::deviation).map(DeviationFlag::text);
            notes.extend(flags.map(|flag| self.say(&msg!("table-flag", application = application.id).with_message("flag", flag))));
        }
        context! { title => format!("{} {title}", item.id), rows, notes }
    }

    fn row(&self, application: &ApplicationResult, row: Option<&Ranked>) -> Value {
        let package = self.subject.package;
        let title = package.application(&application.id).map(|one| plain(one.title.get(self.language))).unwrap_or_default();
        context! {
            rank => row.map(|row| row.rank.to_string()).unwrap_or_default(),
            application => format!("{} {title}", application.id),
            sheets => application.valid.to_string(),
            total => application.total_text(),
            outcome => self.say(&conclusion::words(&package.rubric, application, row)),
        }
    }

    fn opinion(&self, application: &impl std::fmt::Display, opinion: &Opinion) -> Value {
        let part = |(text, name): (&str, Message)| context! { name => self.say(&name), text => plain(text) };
        let parts: Vec<Value> = opinion.parts().into_iter().filter(|(text, _)| !text.trim().is_empty()).map(part).collect();
        context! { application => application.to_string(), parts }
    }

    fn minute(&self, entry: &Entry) -> Option<Value> {
        let Change::Table(act) = &entry.change else { return None };
        let what = plain(&self.say(&telling::act(act)));
        Some(context! { seq => entry.seq.to_string(), time => entry.time.to_string(), writer => entry.writer.to_string(), what })
    }

    fn members(&self) -> Vec<Value> {
        let Subject { package, table, .. } = self.subject;
        let supervises = package.roster.people.iter().filter(|person| person.role == Role::Supervisor);
        let line = |person: &Person| {
            let stand = table.members.get(&person.code).map(Signature::words);
            let stand = stand.map(|stand| plain(&self.say(&stand))).unwrap_or_default();
            context! { who => format!("{} {}", person.code, plain(&person.name)), stand }
        };
        open::sitting(package, table).chain(supervises).map(line).collect()
    }
}
