//! The score sheet of one reviewer as a page that prints on A4: what was signed, for people.

use minijinja::{Value, context};

use crate::{
    domain::{
        application::Application,
        desk::Desk,
        ids::PersonCode,
        package::Package,
        rubric::Criterion,
        sheet::{Cell, Declaration, Sheet},
        text::{Language, Message},
        total::{SheetTotal, sheet_total},
        worklist,
    },
    i18n, msg,
    report::page::{self, plain, render},
};

const TEMPLATE: &str = include_str!("scoresheet.html");

/// The page, in the rubric's language of record.
#[must_use]
pub fn html(package: &Package, desk: &Desk, reviewer: &PersonCode) -> Vec<u8> {
    let page = Page { package, language: package.rubric.record };
    render(TEMPLATE, page.content(desk, reviewer))
}

struct Page<'a> {
    package: &'a Package,
    language: Language,
}

impl Page<'_> {
    fn say(&self, message: &Message) -> String {
        i18n::text(self.language, message)
    }

    fn content(&self, desk: &Desk, reviewer: &PersonCode) -> Value {
        let call = &self.package.call;
        let mut ids: Vec<_> = worklist::rows(self.package, desk).into_iter().map(|row| row.application).collect();
        ids.sort();
        let applications = ids.iter().filter_map(|id| self.package.application(id));
        let sheets: Vec<Value> = applications.map(|application| self.sheet(application, &desk.sheet(&application.id), reviewer)).collect();
        let name = self.package.roster.person(reviewer).map(|person| plain(&person.name)).unwrap_or_default();
        context! {
            tag => page::tag(self.language), text => self.words(), mode => self.say(&page::mode(call.mode)), sheets,
            call => format!("{} {}", call.id, plain(call.title.get(self.language))),
            panel => call.panel.id.to_string(),
            rubric => format!("{} {}", plain(self.package.rubric.title.get(self.language)), plain(&self.package.rubric.version)),
            reviewer => context! { code => reviewer.to_string(), name },
        }
    }

    fn words(&self) -> Value {
        context! {
            title => self.say(&msg!("sheet-title")), call => self.say(&msg!("sheet-call")), panel => self.say(&msg!("sheet-panel")),
            rubric => self.say(&msg!("sheet-rubric")), reviewer => self.say(&msg!("sheet-reviewer")),
            summary => self.say(&msg!("sheet-summary")), number => self.say(&msg!("sheet-number")),
            application => self.say(&msg!("sheet-application")), state => self.say(&msg!("sheet-state")),
            total => self.say(&msg!("sheet-total")), criterion => self.say(&msg!("sheet-criterion")), max => self.say(&msg!("sheet-max")),
            score => self.say(&msg!("sheet-score")), comment => self.say(&msg!("sheet-comment")),
            overall => self.say(&msg!("sheet-overall")), signature => self.say(&msg!("sheet-signature")),
            date => self.say(&msg!("sheet-date")), footer => self.say(&msg!("sheet-footer")),
        }
    }

    fn sheet(&self, application: &Application, sheet: &Sheet, reviewer: &PersonCode) -> Value {
        let (state, why) = self.state(application, sheet, reviewer);
        let is_scored = why.is_empty();
        let worked = sheet_total(&self.package.rubric, application, sheet);
        let criteria = self.package.rubric.criteria.iter().filter(|_| is_scored);
        let rows: Vec<Value> = criteria.map(|criterion| self.row(criterion, sheet, &worked)).collect();
        let total = worked.total.filter(|_| is_scored);
        context! {
            id => application.id.to_string(),
            title => plain(application.title.get(self.language)),
            applicant => plain(&application.applicant.name),
            state => self.say(&state), why, rows,
            total => total.map(|total| total.normalize().to_string()).unwrap_or_default(),
            overall => plain(&sheet.overall),
        }
    }

    fn state(&self, application: &Application, sheet: &Sheet, reviewer: &PersonCode) -> (Message, String) {
        match (self.package.recusal(&application.id, reviewer), &sheet.declaration) {
            (Some(recusal), _) => (msg!("row-recused-by-office"), plain(&recusal.text)),
            (None, Some(Declaration::Conflict { text, .. })) => (msg!("row-recused"), plain(text)),
            (None, Some(Declaration::Declined { reason })) => (msg!("row-declined"), plain(reason)),
            (None, _) => (msg!("row-submitted"), String::new()),
        }
    }

    fn row(&self, criterion: &Criterion, sheet: &Sheet, total: &SheetTotal) -> Value {
        let computed = total.dimensions.iter().flat_map(|dimension| &dimension.terms).find(|term| term.criterion == criterion.id);
        let score = match sheet.cell(&criterion.id) {
            Cell::Scored { value } => value.to_string(),
            Cell::NotApplicable { reason } => format!("{} {}", self.say(&msg!("cell-na")), plain(&reason)),
            Cell::Blank => computed.and_then(|term| term.value).map(|value| value.normalize().to_string()).unwrap_or_default(),
        };
        context! {
            criterion => format!("{} {}", criterion.id, plain(criterion.title.get(self.language))),
            max => criterion.max.to_string(), score, comment => plain(sheet.comment(&criterion.id)),
        }
    }
}
