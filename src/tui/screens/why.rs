//! Why this rank: every step from the sheets to the place, in sentences made from the one derivation.

use ratatui::layout::Rect;

use crate::{
    domain::{
        consolidate::derivation::{
            AddedUp, ApplicationResult, DimensionLine, Figure, Flag, ItemResult, ShareLine, SheetLine, StandardLine, TotalLine, TrimLine,
            Trimmed,
        },
        ids::ApplicationId,
        number::RoundingMode,
        ranking::{Apart, Ranked},
        rubric::RoundingPoint,
        text::{Language, Message},
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
        widgets::pane::{Pane, Paragraph},
    },
};

/// How many entries, the language, and whether the ranks were tried another way.
type Made = (usize, Language, bool);

/// Why this rank.
pub(super) struct Why {
    id: ApplicationId,
    pane: Pane,
    /// The sentences, and what they were made for.
    made: Option<(Made, Vec<Paragraph>)>,
}

impl Why {
    pub(super) fn new(id: ApplicationId) -> Self {
        Self { id, pane: Pane::default(), made: None }
    }

    fn sentences(&mut self, view: &View<'_>, table: &TableView<'_>) -> Vec<Paragraph> {
        let made = (table.entries().len(), view.language(), table.is_tried());
        if self.made.as_ref().is_none_or(|(before, _)| *before != made) {
            self.made = Some((made, all(view, table, &self.id)));
        }
        self.made.as_ref().map(|(_, lines)| lines.clone()).unwrap_or_default()
    }
}

/// A heading and what stands below it; nothing where nothing does.
fn part(view: &View<'_>, head: Message, lines: Vec<(Role, Message)>) -> Vec<Paragraph> {
    if lines.is_empty() {
        return Vec::new();
    }
    let head = [(Role::Plain, String::new()), (Role::Title, view.say(&head))];
    head.into_iter().chain(lines.into_iter().map(|(role, line)| (role, view.say(&line)))).collect()
}

fn plain(line: Message) -> (Role, Message) {
    (Role::Plain, line)
}

fn all(view: &View<'_>, table: &TableView<'_>, id: &ApplicationId) -> Vec<Paragraph> {
    let Some((item, result)) = table.result(id) else { return vec![(Role::Warn, view.say(&msg!("why-nothing")))] };
    let row = item.ranking.row(id);
    let title = table.application(id).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
    let (role, said) = words::conclusion(&table.package.rubric, result, row);
    let mut out = vec![(Role::Title, title), (role, view.say(&said))];
    out.extend(part(view, msg!("why-sheets"), result.sheets.iter().map(|sheet| sheet_line(table, sheet)).collect()));
    out.extend(part(view, msg!("why-trims"), result.trims.iter().flat_map(trim_lines).collect()));
    out.extend(part(view, msg!("why-total"), result.total.iter().flat_map(|total| total_lines(total, result)).collect()));
    out.extend(part(view, msg!("why-parts"), part_lines(table, result)));
    out.extend(part(view, msg!("why-rank"), rank_lines(table, item, row)));
    out.extend(part(view, msg!("why-flags"), result.flags.iter().map(flag_line).collect()));
    out.extend(part(view, msg!("why-firm"), firm_lines(table, id)));
    out
}

fn sheet_line(table: &TableView<'_>, sheet: &SheetLine) -> (Role, Message) {
    let name = table.name(&sheet.reviewer);
    if !sheet.counts() {
        let words = msg!("why-sheet-out", name = name).with_message("why", words::standing(sheet.standing));
        return (Role::Muted, words);
    }
    let total = figure(&sheet.total);
    let words = match &sheet.standard {
        Some(StandardLine { score, .. }) => msg!("why-sheet-standard", name = name, total = total, score = score),
        None => msg!("why-sheet", name = name, total = total),
    };
    plain(if sheet.weight.is_one() { words } else { msg!("why-weight", weight = sheet.weight.fraction()).with_message("sheet", words) })
}

fn trim_lines(trim: &TrimLine) -> Vec<(Role, Message)> {
    if trim.drops.low == 0 && trim.drops.high == 0 {
        return vec![plain(msg!("why-no-trim"))];
    }
    let of = match &trim.of {
        Trimmed::Sheets => msg!("why-trim-sheets"),
        Trimmed::Dimension(id) => msg!("why-trim-dimension", id = id),
        Trimmed::Criterion(id) => msg!("why-trim-criterion", id = id),
    };
    let head = msg!("why-trim", low = trim.drops.low, high = trim.drops.high, kept = trim.kept.fraction()).with_message("of", of);
    let falls = |share: &&ShareLine| !share.low.is_zero() || !share.high.is_zero();
    let line = |share: &ShareLine| match (share.low.is_zero(), share.high.is_zero()) {
        (false, true) => plain(msg!("why-low", code = share.reviewer, value = share.value, share = share.low.fraction())),
        (true, _) => plain(msg!("why-high", code = share.reviewer, value = share.value, share = share.high.fraction())),
        (false, false) => plain(msg!("why-both", code = share.reviewer, value = share.value)),
    };
    std::iter::once(plain(head)).chain(trim.shares.iter().filter(falls).map(line)).collect()
}

fn total_lines(total: &TotalLine, result: &ApplicationResult) -> Vec<(Role, Message)> {
    let sum = match total.from {
        AddedUp::Sheets => msg!("why-sum-sheets", sum = total.sum, count = result.kept.fraction()),
        AddedUp::Dimensions => msg!("why-sum-dimensions", sum = total.sum),
    };
    let mut lines = vec![plain(sum)];
    if !total.divisor.is_one() {
        lines.push(plain(msg!("why-divided", sum = total.sum, divisor = total.divisor, mean = total.figure.exact.shown())));
    }
    if let Some((_, point)) = &total.figure.rounded {
        lines.push(plain(rounding(point).with("total", total.text())));
    }
    lines
}

fn rounding(point: &RoundingPoint) -> Message {
    match point.mode {
        RoundingMode::HalfUp => msg!("why-half-up", places = point.places),
        _ => msg!("why-rounded", places = point.places),
    }
}

fn part_lines(table: &TableView<'_>, result: &ApplicationResult) -> Vec<(Role, Message)> {
    let mut lines: Vec<(Role, Message)> = result.dimensions.iter().map(|line| dimension_line(table, line)).collect();
    if let Some(pass) = &table.package.rubric.pass {
        lines.push(plain(msg!("why-pass", total = result.total_text(), mark = pass.total)));
    }
    lines
}

fn dimension_line(table: &TableView<'_>, line: &DimensionLine) -> (Role, Message) {
    let title = table.package.rubric.dimension(&line.id).map(|one| one.title.clone()).unwrap_or_default();
    let shown = line.figure.value().shown();
    match line.floor {
        Some(floor) if line.figure.value() < floor => {
            (Role::Warn, msg!("why-below-floor", id = line.id, figure = shown, floor = floor.shown()).with_both("title", &title))
        }
        Some(floor) => plain(msg!("why-floor", id = line.id, figure = shown, floor = floor.shown()).with_both("title", &title)),
        None => plain(msg!("why-dimension", id = line.id, figure = shown).with_both("title", &title)),
    }
}

fn rank_lines(table: &TableView<'_>, item: &ItemResult, row: Option<&Ranked>) -> Vec<(Role, Message)> {
    let Some(row) = row else { return Vec::new() };
    let rubric = &table.package.rubric;
    let at = item.ranking.rows.iter().position(|one| one.id == row.id).unwrap_or_default();
    let above = at.checked_sub(1).and_then(|at| item.ranking.rows.get(at)).map(|row| row.id.to_string()).unwrap_or_default();
    let mut lines = vec![plain(match &row.apart {
        Apart::First => msg!("why-first"),
        Apart::Total => msg!("why-less", above = above),
        Apart::Step(step) => msg!("why-step", above = above).with_message("step", words::step(rubric, step)),
        Apart::Not => msg!("why-same", above = above),
    })];
    let tied: Vec<String> =
        item.ranking.rows.iter().filter(|one| one.rank == row.rank && one.id != row.id).map(|one| one.id.to_string()).collect();
    if row.tied {
        lines.push((Role::Warn, msg!("why-tied", others = tied.join(" "))));
    }
    if let Some(waits) = &row.waits {
        lines.push((Role::Warn, Message::new("why-waits").with_message("step", words::step(rubric, waits))));
    }
    lines
}

fn flag_line(flag: &Flag) -> (Role, Message) {
    match flag {
        Flag::Untrimmed { valid, min_valid } => (Role::Warn, msg!("flag-untrimmed", valid = valid, min = min_valid)),
        Flag::Deviation(flag) => (Role::Warn, flag.text()),
    }
}

fn firm_lines(table: &TableView<'_>, id: &ApplicationId) -> Vec<(Role, Message)> {
    let Some(firm) = table.steadiness().and_then(|steady| steady.of(id)) else { return Vec::new() };
    let (best, worst) = (firm.best.unwrap_or_default(), firm.worst.unwrap_or_default());
    let head = if firm.best.is_none() {
        msg!("why-firm-never")
    } else if firm.is_unstable() {
        msg!("why-firm-unstable", best = best, worst = worst)
    } else {
        msg!("why-firm-same", best = best, worst = worst)
    };
    let moved = firm.otherwise.iter().map(|one| (Role::Muted, Message::new("why-firm-moved").with_message("how", words::variation(one))));
    std::iter::once((Role::Muted, head)).chain(moved).collect()
}

/// A figure with the places of its own rounding.
fn figure(figure: &Figure) -> String {
    match &figure.rounded {
        Some((value, point)) => value.text(point.places),
        None => figure.exact.shown(),
    }
}

impl Screen for Why {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-why", application = self.id))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Chair, Scope::Lists]
    }

    fn wants_trial(&self) -> bool {
        true
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        match action {
            Action::Open | Action::Read => Some(vec![Effect::Go(Place::Case(self.id.clone()))]),
            Action::Comment => Some(vec![Effect::Go(Place::Opinion(self.id.clone()))]),
            action => self.pane.act(action).then(Vec::new),
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let lines = self.sentences(view, &table);
        self.pane.draw(view, canvas, area, lines);
    }
}
