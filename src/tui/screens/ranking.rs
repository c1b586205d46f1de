//! The ranks of every item, with the lines at which winners and reserve end.

use ratatui::layout::Rect;

use crate::{
    domain::{
        consolidate::{
            conclusion,
            derivation::{ApplicationResult, ItemResult},
        },
        ids::ApplicationId,
        ranking::{Apart, Ranked},
        text::Explain,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::{TableView, words},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// The head of an item, by its place in the notice.
    Head(usize),
    /// A ranked application: item and place in the ranking.
    Ranked(usize, usize),
    /// An application without a rank: item and place among its results.
    Unranked(usize, usize),
    /// Where winners end.
    Winners(u32),
    /// Where the named candidates end.
    Named(u32),
    /// 流榜.
    NoWinner,
}

/// The ranks.
#[derive(Default)]
pub(super) struct Ranking {
    cursor: Cursor,
    lines: Vec<Line>,
    made_for: Option<usize>,
}

const fn is_row(line: &Line) -> bool {
    matches!(line, Line::Ranked(..) | Line::Unranked(..))
}

/// The line at which a number of places ends, once the rows above it are through.
fn boundary(item: &ItemResult, at: usize, places: u32) -> bool {
    let places = usize::try_from(places).unwrap_or(usize::MAX);
    let last = item.ranking.rows.get(at).map(|row| row.rank);
    let next = item.ranking.rows.get(at.saturating_add(1)).map(|row| row.rank);
    // Rows of one rank stand on one side of the line.
    last.is_some_and(|last| last <= places) && next.is_none_or(|next| next > places)
}

fn lines_of(table: &TableView<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (of, item) in table.index.results.iter().enumerate() {
        lines.push(Line::Head(of));
        let call = table.package.call.item(&item.id);
        let (winners, named) = call.map_or((1, 1), |item| (item.winners, item.candidates_max.max(item.winners)));
        let has_places = !table.package.rubric.has_verdicts();
        if conclusion::is_without_winner(&table.package.rubric, &item.ranking) {
            lines.push(Line::NoWinner);
        }
        for at in 0..item.ranking.rows.len() {
            lines.push(Line::Ranked(of, at));
            if has_places && boundary(item, at, winners) {
                lines.push(Line::Winners(winners));
            }
            if has_places && named > winners && boundary(item, at, named) {
                lines.push(Line::Named(named));
            }
        }
        let without = item.applications.iter().enumerate().filter(|(_, one)| item.ranking.row(&one.id).is_none());
        lines.extend(without.map(|(at, _)| Line::Unranked(of, at)));
    }
    lines
}

impl Ranking {
    fn arrange(&mut self, table: &TableView<'_>) {
        let entries = table.entries().len();
        if self.made_for != Some(entries) {
            self.lines = lines_of(table);
            self.made_for = Some(entries);
            self.settle(false);
        }
    }

    /// Moves the cursor off heads and lines: to the row above, or else to the one below.
    fn settle(&mut self, up: bool) {
        let is_row = |at: &usize| self.lines.get(*at).is_some_and(is_row);
        let at = self.cursor.at;
        let above = (0..=at).rev().find(is_row).filter(|_| up);
        self.cursor.at = above.or_else(|| (at..self.lines.len()).find(is_row)).or_else(|| (0..=at).rev().find(is_row)).unwrap_or(at);
    }

    fn chosen(&self, table: &TableView<'_>) -> Option<ApplicationId> {
        match self.lines.get(self.cursor.at)? {
            Line::Ranked(of, at) => Some(table.index.results.get(*of)?.ranking.rows.get(*at)?.id.clone()),
            Line::Unranked(of, at) => Some(table.index.results.get(*of)?.applications.get(*at)?.id.clone()),
            _ => None,
        }
    }

    /// To the first row of the next item, or of the one before.
    fn turn(&mut self, forward: bool) {
        let heads: Vec<usize> = (0..self.lines.len()).filter(|at| matches!(self.lines.get(*at), Some(Line::Head(_)))).collect();
        let here = heads.iter().rposition(|head| *head < self.cursor.at).unwrap_or_default();
        let to = if forward { here.saturating_add(1) } else { here.saturating_sub(1) };
        if let Some(head) = heads.get(to) {
            self.cursor.at = head.saturating_add(1);
            self.settle(false);
        }
    }
}

/// The mark of the unstable band: another way of counting would seat it otherwise.
fn band(view: &View<'_>, table: &TableView<'_>, id: &ApplicationId) -> String {
    let firm = table.steadiness().and_then(|steady| steady.of(id));
    let Some(firm) = firm else { return String::new() };
    let (best, worst) = (firm.best.unwrap_or_default(), firm.worst.unwrap_or_default());
    if firm.is_unstable() { view.say(&msg!("band-unstable", best = best, worst = worst)) } else { view.say(&msg!("band-firm")) }
}

fn name(view: &View<'_>, table: &TableView<'_>, id: &ApplicationId) -> String {
    let title = table.application(id).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
    format!("{id} {title}")
}

fn ranked(view: &View<'_>, table: &TableView<'_>, (row, result): (&Ranked, &ApplicationResult), columns: usize) -> (Role, String) {
    let place = view.say(&conclusion::words(&table.package.rubric, result, Some(row)));
    let apart = match &row.apart {
        Apart::Step(step) => view.say(&msg!("ranking-apart").with_message("step", words::step(&table.package.rubric, step))),
        _ if row.tied => view.say(&msg!("apart-tied")),
        _ => String::new(),
    };
    let band = band(view, table, &row.id);
    let tail = if columns >= 76 {
        format!(
            "{} {:>2}/{:<2} {} {}",
            text::right(&result.total_text(), 7),
            result.kept.fraction(),
            result.valid,
            text::pad(&place, 12),
            text::pad(&band, 12)
        )
    } else {
        format!("{} {}", text::right(&result.total_text(), 7), text::pad(&place, 12))
    };
    let apart = if columns >= 100 { text::pad(&apart, 26) } else { String::new() };
    let room = columns.saturating_sub(text::width(&tail)).saturating_sub(text::width(&apart)).saturating_sub(9);
    let role = if matches!(row.place, crate::domain::ranking::Place::Open(_)) { Role::Warn } else { Role::Plain };
    (role, format!("{:>3} {} {tail} {apart}", row.rank, text::pad(&name(view, table, &row.id), room)))
}

fn content(view: &View<'_>, table: &TableView<'_>, line: &Line, columns: usize) -> (Role, String) {
    let rule = |words: String| {
        let side = view.glyphs.rule().repeat(4);
        (Role::Muted, format!("    {side} {words} {side}"))
    };
    match line {
        Line::Head(of) => {
            let item = table.package.call.items.get(*of);
            let title = item.map(|item| text::safe_line(item.title.get(view.language()))).unwrap_or_default();
            (Role::Title, format!("{} {title}", item.map(|item| item.id.to_string()).unwrap_or_default()))
        }
        Line::Winners(places) => rule(view.say(&msg!("ranking-winners", places = places))),
        Line::Named(places) => rule(view.say(&msg!("ranking-named", places = places))),
        Line::NoWinner => (Role::Warn, format!("    {}", view.say(&msg!("ranking-no-winner")))),
        Line::Ranked(of, at) => {
            let item = table.index.results.get(*of);
            let row = item.and_then(|item| item.ranking.rows.get(*at));
            let pair = row.and_then(|row| Some((row, item?.application(&row.id)?)));
            pair.map(|pair| ranked(view, table, pair, columns)).unwrap_or((Role::Plain, String::new()))
        }
        Line::Unranked(of, at) => {
            let Some(one) = table.index.results.get(*of).and_then(|item| item.applications.get(*at)) else {
                return (Role::Plain, String::new());
            };
            let reason = view.say(&conclusion::words(&table.package.rubric, one, None));
            let room = columns.saturating_sub(text::width(&reason)).saturating_sub(18).max(14);
            (
                Role::Muted,
                format!("  {} {} {} {reason}", "-", text::pad(&name(view, table, &one.id), room), text::right(&one.total_text(), 7)),
            )
        }
    }
}

impl Screen for Ranking {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-ranking"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Chair, Scope::Lists]
    }

    fn wants_trial(&self) -> bool {
        true
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        self.arrange(&table);
        let why = |id: ApplicationId| vec![Effect::Go(Place::Why(id))];
        if self.cursor.act(action, self.lines.len()) {
            let is_picked = matches!(action, Action::Row(_));
            self.settle(matches!(action, Action::Up | Action::PageUp));
            return Some(if is_picked { self.chosen(&table).map(why).unwrap_or_default() } else { Vec::new() });
        }
        let chosen = self.chosen(&table);
        match action {
            Action::Open => Some(chosen.map(why).unwrap_or_default()),
            Action::Read => Some(chosen.map(|id| vec![Effect::Go(Place::Case(id))]).unwrap_or_default()),
            Action::Comment => Some(chosen.map(|id| vec![Effect::Go(Place::Opinion(id))]).unwrap_or_default()),
            Action::Next | Action::Previous => {
                self.turn(action == Action::Next);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        self.arrange(&table);
        let style = |role| view.theme.style(role);
        if let Some((what, advice)) = &table.index.trouble {
            rows::wrapped(view, canvas, area, (0, 4), (Role::Bad, &format!("{} {}", view.say(what), view.say(advice))));
            return;
        }
        let breaches: Vec<String> =
            table.index.breaches.iter().map(|breach| format!("{} {}", view.say(&breach.what()), view.say(&breach.advice()))).collect();
        let (role, head) =
            if breaches.is_empty() { (Role::Muted, view.say(&msg!("ranking-head"))) } else { (Role::Warn, breaches.join(" ")) };
        let row = rows::wrapped(view, canvas, area, (0, 3), (role, &head));
        let list = rows::below(area, row);
        let list = Rect { height: list.height.saturating_sub(1), ..list };
        let columns = usize::from(area.width);
        let lines = &self.lines;
        rows::draw_parted(view, canvas, list, &mut self.cursor, lines.len(), |at| {
            let Some(line) = lines.get(at) else { return (Role::Plain, String::new(), false) };
            let (role, text) = content(view, &table, line, columns);
            (role, text, is_row(line))
        });
        let is_large = table.is_tried() && table.steadiness().is_none();
        let note = if is_large { msg!("ranking-foot-large") } else { msg!("ranking-foot") };
        canvas.line(area, area.height.saturating_sub(1), &view.say(&note), style(Role::Muted));
    }
}
