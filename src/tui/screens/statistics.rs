//! How the reviewers scored and how far they agree. Advisory 仅供参考: nothing here changes a result.

use ratatui::layout::Rect;

use crate::{
    domain::{exact::Exact, text::Message},
    insight::{
        agreement::{self, Line},
        describe::{self, Reviewer, Scale},
        estimate::Estimate,
        leniency,
        ratings::Ratings,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        screen::{Canvas, Screen},
        table::{Seat, TableView},
        text,
        theme::Role,
        view::View,
        widgets::pane::{Pane, Paragraph},
    },
};

/// The coefficients that are shown, of all that are computed: those a panel may be asked for.
const SHOWN: [(&str, fn() -> Message); 4] = [
    ("icc_2_1", || msg!("stat-icc-single")),
    ("icc_2_k", || msg!("stat-icc-mean")),
    ("alpha_interval", || msg!("stat-alpha")),
    ("kendall_w_ties", || msg!("stat-kendall")),
];

/// How the reviewers scored.
#[derive(Default)]
pub(super) struct Statistics {
    pane: Pane,
    made: Option<(usize, crate::domain::text::Language, Vec<Paragraph>)>,
}

fn ratings(table: &TableView<'_>) -> Ratings {
    let cell = |seat: &Seat| match seat {
        Seat::Valid(total) => total.decimal().ok(),
        Seat::Elsewhere | Seat::Missing | Seat::Out(_) => None,
    };
    let rows: Vec<Vec<_>> = table.index.cases.iter().map(|case| case.seats.iter().map(cell).collect()).collect();
    // Every row has a cell for every member and totals are finite, so this is a table.
    Ratings::exact(&rows).unwrap_or_default()
}

fn number(value: Exact) -> f64 {
    value.decimal().ok().and_then(|value| value.to_string().parse().ok()).unwrap_or_default()
}

/// A figure in so many columns, or a dash where there is none.
fn figure(value: &Estimate, places: usize) -> String {
    text::right(&value.as_ref().map_or_else(|_| "-".to_owned(), |value| format!("{value:.places$}")), 8)
}

fn reviewers(view: &View<'_>, table: &TableView<'_>, ratings: &Ratings) -> Vec<Paragraph> {
    let scale = Scale { lowest: 0.0, highest: number(table.package.rubric.total.into()) };
    let effects = leniency::leniency(ratings);
    let head = [msg!("stat-mean"), msg!("stat-sd"), msg!("stat-use"), msg!("stat-against"), msg!("stat-lenient")];
    let head: String = head.iter().map(|words| text::right(&view.say(words), 8)).collect();
    let mut out = vec![(
        Role::Title,
        format!("{}{}{head}", text::pad(&view.say(&msg!("stat-reviewer")), 12), text::right(&view.say(&msg!("stat-sheets")), 6)),
    )];
    for (at, (code, one)) in table.index.members.iter().zip(describe::reviewers(ratings, scale)).enumerate() {
        let effect = effects.as_ref().ok().and_then(|found| found.reviewers.get(at).copied().flatten());
        let lenient = effect.map_or_else(|| "-".to_owned(), |effect| format!("{:+.2}", effect.leniency));
        let Reviewer { n, mean, sd, scale_use, deviation, .. } = &one;
        let figures = [figure(mean, 2), figure(sd, 2), figure(scale_use, 2), figure(deviation, 2), text::right(&lenient, 8)].concat();
        out.push((Role::Plain, format!("{}{}{figures}", text::pad(&table.name(code), 12), text::right(&n.to_string(), 6))));
    }
    if let Err(why) = effects {
        out.push((Role::Muted, view.say(&Message::new("stat-no-leniency").with_message("why", why.message()))));
    }
    out
}

fn coefficient(view: &View<'_>, line: &Line, words: Message) -> Paragraph {
    let value = match &line.value {
        Ok(value) => format!("{value:.3}"),
        Err(why) => view.say(&why.message()),
    };
    (Role::Plain, format!("{} {value}  {}", text::pad(&view.say(&words), 36), view.say(&line.basis.message())))
}

fn all(view: &View<'_>, table: &TableView<'_>) -> Vec<Paragraph> {
    let ratings = ratings(table);
    let mut out = vec![(Role::Warn, view.say(&msg!("stat-advisory"))), (Role::Plain, String::new())];
    out.extend(reviewers(view, table, &ratings));
    out.push((Role::Muted, view.say(&msg!("stat-explain"))));
    out.push((Role::Plain, String::new()));
    out.push((Role::Title, view.say(&msg!("stat-agreement"))));
    let lines = agreement::agreement(&ratings);
    let shown = SHOWN.iter().filter_map(|(id, words)| Some(coefficient(view, lines.iter().find(|line| line.id == *id)?, words())));
    out.extend(shown);
    out
}

impl Screen for Statistics {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-statistics"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        self.pane.act(action).then(Vec::new)
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let key = (table.entries().len(), view.language());
        if self.made.as_ref().is_none_or(|made| (made.0, made.1) != key) {
            self.made = Some((key.0, key.1, all(view, &table)));
        }
        let lines = self.made.as_ref().map(|(_, _, lines)| lines.clone()).unwrap_or_default();
        self.pane.draw(view, canvas, area, lines);
    }
}
