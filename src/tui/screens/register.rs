//! Results of many panels put together: a list of its tables, and each table with the chosen row in full below it.

use ratatui::layout::Rect;

use crate::{
    domain::text::Language,
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Form, Place},
        ends::{Grid, Job, Register},
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// Columns that a cell keeps however narrow the window is.
const LEAST: usize = 6;
/// Columns before a row's own: the mark and the number.
const MARK: usize = 3;

/// Results put together.
#[derive(Default)]
pub(super) struct RegisterScreen {
    /// 0 is the list of tables; then the tables.
    page: usize,
    contents: Cursor,
    cursor: Cursor,
}

impl RegisterScreen {
    /// Turns to the page before or after.
    fn turn(&mut self, register: &Register, forward: bool) {
        let pages = register.grids.len().saturating_add(1);
        let step = if forward { 1 } else { pages.saturating_sub(1) };
        self.show(self.page.saturating_add(step).checked_rem(pages).unwrap_or_default());
    }

    fn show(&mut self, page: usize) {
        self.page = page;
        self.cursor = Cursor::default();
    }

    fn grid<'a>(&self, register: &'a Register) -> Option<&'a Grid> {
        register.grids.get(self.page.checked_sub(1)?)
    }
}

/// How many columns each column of `grid` gets in so many; those behind the last are left to the row in full.
fn fit(grid: &Grid, language: Language, columns: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = grid.widths(language).to_vec();
    let total = |widths: &[usize]| widths.iter().fold(widths.len().saturating_sub(1), |sum, width| sum.saturating_add(*width));
    while total(&widths) > columns {
        let widest = widths.iter().copied().max().unwrap_or_default();
        if widest <= LEAST.saturating_mul(2) && widths.len() > 3 {
            widths.pop();
            continue;
        }
        match widths.iter_mut().rev().find(|width| **width == widest) {
            Some(width) if widest > LEAST => *width = widest.saturating_sub(1),
            _ => break,
        }
    }
    widths
}

fn line(cells: impl Iterator<Item = (String, bool)>, widths: &[usize]) -> String {
    let cell = |((words, is_figure), width): ((String, bool), &usize)| {
        let words = text::safe_line(&words);
        if is_figure { text::right(&text::cut(&words, *width), *width) } else { text::pad(&words, *width) }
    };
    cells.zip(widths).map(cell).collect::<Vec<_>>().join(" ")
}

/// The row `at` in full: every cell with its heading, and what is to be done about it.
fn in_full(view: &View<'_>, grid: &Grid, at: usize, columns: usize) -> Vec<(Role, String)> {
    let language = view.language();
    let row = grid.rows.get(at).map(Vec::as_slice).unwrap_or_default();
    let pairs = row.iter().zip(&grid.heads).filter(|(cell, _)| !cell.get(language).is_empty());
    let words = pairs.map(|(cell, (head, _))| view.say(&msg!("register-cell").with_both("head", head).with_both("cell", cell)));
    let words = text::safe_line(&words.collect::<Vec<_>>().join("   "));
    let advice = grid.advice.get(at).map(|advice| text::safe_line(&view.say(advice))).unwrap_or_default();
    let lines = |role: Role, text: &str| view.wrap(text, columns).into_iter().map(move |line| (role, line)).collect::<Vec<_>>();
    let mut all = lines(Role::Plain, &words);
    if !advice.is_empty() {
        all.extend(lines(Role::Warn, &advice));
    }
    all
}

fn draw_grid(view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, grid: &Grid, cursor: &mut Cursor) {
    let language = view.language();
    let columns = usize::from(area.width);
    let widths = fit(grid, language, columns.saturating_sub(MARK));
    let heads = grid.heads.iter().map(|(head, is_figure)| (head.get(language).to_owned(), *is_figure));
    canvas.line(area, 0, &format!("{}{}", " ".repeat(MARK), line(heads, &widths)), view.theme.style(Role::Muted));
    if grid.rows.is_empty() {
        canvas.line(area, 2, &format!("   {}", view.say(&msg!("register-none"))), view.theme.style(Role::Plain));
        return;
    }
    let full = in_full(view, grid, cursor.at, columns);
    // A long row takes what it needs; heading, rule and two rows stay. A short one leaves the list as it is, so that it does not jump.
    let needed = u16::try_from(full.len()).unwrap_or(u16::MAX).max(area.height / 3);
    let below = needed.min(area.height.saturating_sub(4));
    let list = rows::below(area, 1);
    let list = Rect { height: list.height.saturating_sub(below.saturating_add(1)), ..list };
    rows::draw(view, canvas, list, cursor, grid.rows.len(), |at| {
        let cells = grid.rows.get(at).map(Vec::as_slice).unwrap_or_default();
        let cells = cells.iter().zip(&grid.heads).map(|(cell, (_, is_figure))| (cell.get(language).to_owned(), *is_figure));
        (if grid.advice.is_empty() { Role::Plain } else { Role::Warn }, line(cells, &widths))
    });
    let rest = rows::below(area, area.height.saturating_sub(below.saturating_add(1)));
    canvas.line(rest, 0, &view.glyphs.rule().repeat(columns), view.theme.style(Role::Muted));
    for (row, (role, words)) in (1_u16..).zip(full.iter().take(usize::from(below))) {
        canvas.line(rest, row, words, view.theme.style(*role));
    }
}

impl Screen for RegisterScreen {
    fn title(&self, view: &View<'_>) -> String {
        let name = view.register.map(|register| register.name.as_str()).unwrap_or_default();
        view.say(&msg!("screen-register", name = name))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const REGISTER: [Hint; 4] = [
            (Action::Next, || msg!("hint-next-table")),
            (Action::Back, || msg!("key-back")),
            (Action::Check, || msg!("hint-gather-again")),
            (Action::Sign, || msg!("key-sign")),
        ];
        Some(&REGISTER)
    }

    fn offers(&self, action: Action) -> bool {
        matches!(action, Action::Check | Action::Sign)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let register = view.register?;
        match action {
            Action::Next | Action::Right => self.turn(register, true),
            Action::Previous | Action::Left => self.turn(register, false),
            Action::Check => return Some(vec![Effect::Begin(Box::new(Job::GatherAgain))]),
            Action::Sign => return Some(vec![Effect::Go(Place::Fill(Form::SignRegister))]),
            Action::Back if self.page > 0 => self.show(0),
            Action::Open if self.page == 0 => self.show(self.contents.at.saturating_add(1)),
            Action::Open => {}
            action if self.page == 0 => {
                if !self.contents.act(action, register.grids.len()) {
                    return None;
                }
                if matches!(action, Action::Row(_)) {
                    self.show(self.contents.at.saturating_add(1));
                }
            }
            action => {
                let length = self.grid(register).map_or(0, |grid| grid.rows.len());
                if !self.cursor.act(action, length) {
                    return None;
                }
            }
        }
        Some(Vec::new())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(register) = view.register else { return };
        let Register { files, counted, bad, winners, .. } = register;
        let words = msg!("say-register", files = files, counted = counted, bad = bad, winners = winners);
        let role = if *bad == 0 { Role::Ok } else { Role::Warn };
        let row = rows::wrapped(view, canvas, area, (0, 2), (role, &view.say(&words)));
        let pages = register.grids.len();
        let Some(grid) = self.grid(register) else {
            rows::wrapped(view, canvas, area, (row, 2), (Role::Muted, &view.say(&msg!("register-no-ranking"))));
            let list = rows::below(area, row.saturating_add(2));
            rows::draw(view, canvas, list, &mut self.contents, pages, |at| {
                let Some(grid) = register.grids.get(at) else { return (Role::Plain, String::new()) };
                let role = match (grid.rows.is_empty(), grid.advice.is_empty()) {
                    (true, _) => Role::Muted,
                    (false, true) => Role::Plain,
                    (false, false) => Role::Warn,
                };
                let mark = if role == Role::Warn { view.glyphs.open() } else { "" };
                let room = usize::from(area.width).saturating_sub(16).min(64);
                let title = text::pad(&view.say(&grid.title), room);
                (role, format!("{title} {} {}", text::pad(mark, 3), text::right(&grid.rows.len().to_string(), 5)))
            });
            return;
        };
        let title = msg!("register-table", at = self.page, of = pages, rows = grid.rows.len());
        canvas.line(area, row, &format!("{} {}", view.say(&title), view.say(&grid.title)), view.theme.style(Role::Title));
        draw_grid(view, canvas, rows::below(area, row.saturating_add(1)), grid, &mut self.cursor);
    }
}
