//! An application at the table: how it stands, and everything that the panel may do about it.

use crate::{
    domain::{
        consolidate::{
            derivation::{ApplicationResult, Flag},
            input::GoOn,
            outcome::Outcome,
        },
        correction::Stage,
        ids::ApplicationId,
        table::{act::Act, telling},
    },
    msg,
    tui::{
        action::Action,
        effect::{Ask, Effect, Place},
        paper::{Choice, Paper},
        table::{Seat, TableView, words},
        text,
        theme::Role,
        view::View,
        widgets::{pane::Paragraph, plot},
    },
};

/// An application at the table.
pub(super) struct Case {
    id: ApplicationId,
}

impl Case {
    pub(super) const fn new(id: ApplicationId) -> Self {
        Self { id }
    }

    /// What the members gave, one after the other, and the same as a picture.
    fn scores(&self, view: &View<'_>, table: &TableView<'_>, columns: usize) -> Vec<Paragraph> {
        let Some(case) = table.index.case(&self.id) else { return Vec::new() };
        let seats = table.index.members.iter().zip(&case.seats);
        let one = |seat: &Seat| match seat {
            Seat::Valid(total) => Some(total.to_string()),
            Seat::Out(standing) => Some(view.say(&words::standing(*standing))),
            Seat::Missing => Some(view.say(&msg!("cell-missing"))),
            Seat::Elsewhere => None,
        };
        let given: Vec<String> = seats.filter_map(|(code, seat)| Some(format!("{code} {}", one(seat)?))).collect();
        let numbers: Vec<i64> = case
            .seats
            .iter()
            .filter_map(|seat| match seat {
                Seat::Valid(total) => Some(plot::hundredths(*total)),
                _ => None,
            })
            .collect();
        let (low, high) = plot::range(&numbers);
        let mut lines = vec![(Role::Plain, given.join("   "))];
        if high > low {
            let picture = plot::line(view.glyphs, &numbers, (low, high), columns.saturating_sub(16).clamp(10, 60));
            lines.push((Role::Plain, format!("{} {picture} {}", text::right(&plot::points(low), 6), plot::points(high))));
        }
        lines
    }

    fn flag_choices(&self, table: &TableView<'_>) -> Vec<Choice> {
        let own = table.index.flags.iter().filter(|row| row.application == self.id);
        own.map(|row| {
            let words = msg!("choice-flag")
                .with_message("flag", telling::flag_words(&row.key))
                .with_message("ruling", words::ruling(row.ruling.as_ref()));
            let role = if row.is_open() { Role::Warn } else { Role::Plain };
            Choice { role, ..Choice::go(words, Place::Flag(self.id.clone(), row.key.clone())) }
        })
        .collect()
    }

    fn veto_choices(&self, table: &TableView<'_>) -> Vec<Choice> {
        let one = |veto: &crate::domain::rubric::Veto| {
            let (application, id) = (self.id.clone(), veto.id.clone());
            match table.table().vetoes.get(&(application.clone(), id.clone())) {
                None => Choice::go(msg!("choice-veto", id = veto.id).with_both("text", &veto.text), Place::Ask(Ask::Veto(application, id))),
                Some(found) => {
                    let act = Act::Veto { application, veto: id, before: Some(found.clone()), after: None };
                    Choice {
                        role: Role::Warn,
                        ..Choice::does(msg!("choice-unveto", id = veto.id).with_both("text", &veto.text), Effect::Decide(act))
                    }
                }
            }
        };
        table.package.rubric.vetoes.iter().map(one).collect()
    }

    /// How to go on with too few sheets, where that is the question.
    fn going_on(&self, table: &TableView<'_>, result: &ApplicationResult) -> Vec<Choice> {
        if let Some(before) = table.table().going_on.get(&self.id) {
            let how = if before.how == GoOn::PlainMean { msg!("going-plain") } else { msg!("going-out") };
            let act = Act::GoOn { application: self.id.clone(), before: Some(before.clone()), after: None };
            return vec![Choice::does(msg!("choice-wait").with_message("how", how), Effect::Decide(act))];
        }
        if !matches!(result.outcome, Outcome::Incomplete(_)) {
            return Vec::new();
        }
        let ask = |words, ask| Choice { role: Role::Warn, ..Choice::go(words, Place::Ask(ask)) };
        vec![ask(msg!("choice-plain-mean"), Ask::PlainMean(self.id.clone())), ask(msg!("choice-leave-out"), Ask::LeaveOut(self.id.clone()))]
    }

    fn tie_choices(&self, table: &TableView<'_>) -> Vec<Choice> {
        let row = table.ranked(&self.id).filter(|row| row.tied);
        let Some((_, case)) = row.and_then(|row| Some((row, table.index.case(&self.id)?))) else { return Vec::new() };
        let ask = |words, ask| Choice { role: Role::Warn, ..Choice::go(words, Place::Ask(ask)) };
        vec![ask(msg!("choice-tie-vote"), Ask::TieVote(self.id.clone())), ask(msg!("choice-tie-ruling"), Ask::TieRuling(case.item.clone()))]
    }
}

impl Paper for Case {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-case", application = self.id))
    }

    fn heads(&self, view: &View<'_>, table: &TableView<'_>, columns: usize) -> Vec<Paragraph> {
        let Some(application) = table.application(&self.id) else { return Vec::new() };
        let mut lines = vec![
            (Role::Title, text::safe_line(application.title.get(view.language()))),
            (Role::Plain, text::safe_line(&application.applicant.name)),
        ];
        if let Some((_, result)) = table.result(&self.id) {
            let (role, said) = words::conclusion(&table.package.rubric, result, table.ranked(&self.id));
            lines.push((role, view.say(&said)));
            lines.extend(self.scores(view, table, columns));
            let untrimmed = result.flags.iter().find_map(|flag| match flag {
                Flag::Untrimmed { valid, min_valid } => Some(msg!("flag-untrimmed", valid = valid, min = min_valid)),
                Flag::Deviation(_) => None,
            });
            lines.extend(untrimmed.map(|words| (Role::Warn, view.say(&words))));
        }
        let leaving: Vec<String> =
            table.index.case(&self.id).into_iter().flat_map(|case| table.index.leaving(case)).map(|code| table.name(code)).collect();
        if !leaving.is_empty() {
            lines.push((Role::Bad, view.say(&msg!("case-leaving", names = leaving.join(" ")))));
        }
        lines
    }

    fn choices(&self, _view: &View<'_>, table: &TableView<'_>) -> Vec<Choice> {
        let id = || self.id.clone();
        let mut choices = vec![
            Choice::go(msg!("choice-why"), Place::Why(id())),
            Choice::go(msg!("choice-read"), Place::Read(id())),
            Choice::go(msg!("choice-opinion"), Place::Opinion(id())),
        ];
        choices.extend(self.flag_choices(table));
        let Some((_, result)) = table.result(&self.id).filter(|_| table.index.case(&self.id).is_some_and(|case| case.scored)) else {
            return choices;
        };
        choices.extend(self.going_on(table, result));
        choices.extend(self.tie_choices(table));
        choices.push(Choice::go(msg!("choice-vote"), Place::Ask(Ask::Vote(id()))));
        if table.table().progress.stage == Stage::Consolidated {
            choices.push(Choice::go(msg!("choice-correct"), Place::Ask(Ask::Correct(id()))));
        }
        choices.extend(self.veto_choices(table));
        choices
    }

    fn key(&self, action: Action) -> Option<Place> {
        match action {
            Action::Read => Some(Place::Read(self.id.clone())),
            Action::Comment => Some(Place::Opinion(self.id.clone())),
            _ => None,
        }
    }
}
