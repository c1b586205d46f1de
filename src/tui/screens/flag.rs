//! One score the panel must look at: what was found, what everybody gave, and what may be decided.

use crate::{
    domain::{
        decision::FlagRuling,
        deviation::FlagKey,
        exact::Exact,
        ids::{ApplicationId, PersonCode},
        table::{act::Act, telling},
    },
    msg,
    tui::{
        action::Action,
        effect::{Ask, Effect, Place},
        paper::{Choice, Paper},
        table::{FlagRow, TableView, words},
        text,
        theme::Role,
        view::View,
        widgets::{pane::Paragraph, plot},
    },
};

/// One flag.
pub(super) struct Flag {
    id: ApplicationId,
    key: FlagKey,
}

impl Flag {
    pub(super) const fn new(id: ApplicationId, key: FlagKey) -> Self {
        Self { id, key }
    }

    fn row<'a>(&self, table: &TableView<'a>) -> Option<&'a FlagRow> {
        table.index.flags.iter().find(|row| row.application == self.id && row.key == self.key)
    }

    /// What every member whose sheet counts gave where the flag looks: the criterion, or the total.
    fn values<'a>(&self, table: &TableView<'a>) -> Vec<(&'a PersonCode, Exact)> {
        let place = self.key.criterion.as_ref().and_then(|id| table.package.rubric.criteria.iter().position(|one| one.id == *id));
        let Some((_, result)) = table.result(&self.id) else { return Vec::new() };
        let sheets = result.sheets.iter().filter(|sheet| sheet.counts());
        let value = |cells: &[crate::domain::consolidate::derivation::CellLine], total| match place {
            Some(place) => cells.get(place).and_then(|cell| cell.given),
            None => Some(total),
        };
        sheets.filter_map(|sheet| Some((&sheet.reviewer, value(&sheet.cells, sheet.total.value())?))).collect()
    }

    /// What the member wrote where the flag looks.
    fn comment(&self, table: &TableView<'_>) -> Option<String> {
        let sheet = table.given.get(self.key.reviewer.as_ref()?)?.desk.sheet(&self.id);
        let comment = self.key.criterion.as_ref().map_or(sheet.overall.as_str(), |criterion| sheet.comment(criterion));
        (!comment.trim().is_empty()).then(|| text::safe(comment))
    }
}

fn decided(view: &View<'_>, ruling: Option<&FlagRuling>) -> Paragraph {
    let state = view.say(&words::ruling(ruling));
    match ruling {
        None => (Role::Warn, state),
        Some(FlagRuling::Uphold { reason }) => (Role::Ok, format!("{state} {}", text::safe_line(reason))),
        Some(FlagRuling::ReScore { request }) => (Role::Warn, format!("{state} {}", text::safe_line(request))),
        Some(FlagRuling::Void { authority, reason }) => {
            (Role::Ok, format!("{state} {} {}", text::safe_line(authority), text::safe_line(reason)))
        }
    }
}

impl Paper for Flag {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-flag", application = self.id))
    }

    fn heads(&self, view: &View<'_>, table: &TableView<'_>, columns: usize) -> Vec<Paragraph> {
        let row = self.row(table);
        let title = table.application(&self.id).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
        let found = row.and_then(|row| row.found.as_ref()).map_or_else(|| telling::flag_words(&self.key), |flag| flag.text());
        let criterion = self.key.criterion.as_ref().and_then(|id| table.package.rubric.criterion(id));
        let mut lines = vec![(Role::Title, title), (Role::Warn, view.say(&found))];
        lines.extend(criterion.map(|one| {
            let words = msg!("flag-criterion-is", id = one.id, max = one.max).with_both("title", &one.title);
            (Role::Muted, view.say(&words))
        }));
        let values = self.values(table);
        let given: Vec<String> = values
            .iter()
            .map(|(code, value)| format!("{code} {value}{}", if self.key.reviewer.as_ref() == Some(*code) { " <" } else { "" }))
            .collect();
        lines.push((Role::Plain, given.join("   ")));
        let numbers: Vec<i64> = values.iter().map(|(_, value)| plot::hundredths(*value)).collect();
        let (low, high) = plot::range(&numbers);
        if high > low {
            let picture = plot::line(view.glyphs, &numbers, (low, high), columns.saturating_sub(16).clamp(10, 60));
            lines.push((Role::Plain, format!("{} {picture} {}", text::right(&plot::points(low), 6), plot::points(high))));
        }
        lines.extend(self.comment(table).map(|comment| (Role::Plain, view.say(&msg!("flag-comment", text = comment)))));
        lines.push(decided(view, row.and_then(|row| row.ruling.as_ref())));
        lines
    }

    fn choices(&self, _view: &View<'_>, table: &TableView<'_>) -> Vec<Choice> {
        let row = self.row(table);
        let ask = |words, ask| Choice::go(words, Place::Ask(ask));
        let (id, key) = (|| self.id.clone(), || self.key.clone());
        let mut choices = Vec::new();
        if row.is_some_and(|row| row.found.is_some()) {
            choices.push(ask(msg!("choice-uphold"), Ask::Uphold(id(), key())));
            if self.key.reviewer.is_some() {
                choices.push(ask(msg!("choice-rescore"), Ask::ReScore(id(), key())));
                choices.push(ask(msg!("choice-void-sheet"), Ask::VoidSheet(id(), key())));
            }
        }
        if let Some(before) = row.and_then(|row| row.ruling.clone()) {
            let act = Act::Flag { application: id(), flag: key(), before: Some(before), after: None };
            choices.push(Choice::does(msg!("choice-unrule"), Effect::Decide(act)));
        }
        choices.push(Choice::go(msg!("choice-case"), Place::Case(id())));
        choices
    }

    fn key(&self, action: Action) -> Option<Place> {
        match action {
            Action::Read => Some(Place::Case(self.id.clone())),
            Action::Comment => Some(Place::Opinion(self.id.clone())),
            _ => None,
        }
    }
}
