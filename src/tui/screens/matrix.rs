//! Scores of all members on all applications: figures with a shade each, or figures alone; the total or one criterion.

use ratatui::layout::Rect;

use crate::{
    domain::{deviation::FlagKey, exact::Exact, ids::ApplicationId},
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::{Case, Seat, TableView},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, plot, rows},
    },
};

/// Columns of a cell: a figure, its shade, a mark.
const CELL: usize = 7;
/// Columns before the cells at the least: number of the row, application, total, spread.
const LEFT: usize = 31;

/// The order of the rows within an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Order {
    #[default]
    Number,
    Total,
    Spread,
}

/// Scores of all on all.
#[derive(Default)]
pub(super) struct Matrix {
    cursor: Cursor,
    order: Order,
    is_plain: bool,
    /// What is shown: 0 is the total, from 1 the criteria.
    what: usize,
    /// The first member that is shown.
    first: usize,
    rows: Vec<usize>,
    made_for: Option<(usize, Order)>,
    /// Lowest and highest of what is shown, with the number of entries and the criterion they were found for.
    scale: Option<((usize, usize), (i64, i64))>,
}

/// What a cell holds.
enum Shown {
    Blank,
    Value(i64, String, bool),
    Word(crate::domain::text::Message),
}

fn short(standing: crate::domain::consolidate::input::Standing) -> crate::domain::text::Message {
    use crate::domain::consolidate::input::Standing;
    match standing {
        Standing::Valid => msg!("cell-blank"),
        Standing::Recused => msg!("seat-recused"),
        Standing::Declined => msg!("seat-declined"),
        Standing::Void => msg!("seat-void"),
        Standing::Replaced => msg!("seat-replaced"),
    }
}

impl Matrix {
    fn arrange(&mut self, table: &TableView<'_>) {
        let key = (table.entries().len(), self.order);
        if self.made_for == Some(key) {
            return;
        }
        let cases = &table.index.cases;
        let mut rows: Vec<usize> = (0..cases.len()).collect();
        // Items stay together, in the order of the notice, in which the cases stand already.
        let item = |at: &usize| table.package.call.items.iter().position(|item| cases.get(*at).is_some_and(|case| case.item == item.id));
        let figure = |at: &usize| cases.get(*at).and_then(|case| if self.order == Order::Total { case.total } else { case.spread });
        if self.order != Order::Number {
            rows.sort_by_key(|at| (item(at), std::cmp::Reverse(figure(at))));
        }
        (self.rows, self.made_for) = (rows, Some(key));
    }

    fn case<'a>(&self, table: &TableView<'a>, at: usize) -> Option<&'a Case> {
        table.index.cases.get(*self.rows.get(at)?)
    }

    fn chosen(&self, table: &TableView<'_>) -> Option<ApplicationId> {
        self.case(table, self.cursor.at).map(|case| case.application.clone())
    }

    /// What stands in the cell of one member.
    fn shown(&self, table: &TableView<'_>, case: &Case, column: usize) -> Shown {
        match case.seats.get(column) {
            None | Some(Seat::Elsewhere) => Shown::Blank,
            Some(Seat::Missing) => Shown::Word(msg!("cell-missing")),
            Some(Seat::Out(standing)) => Shown::Word(short(*standing)),
            Some(Seat::Valid(total)) => {
                let Some(code) = table.index.members.get(column) else { return Shown::Blank };
                let value = self.value(table, case, column).unwrap_or(*total);
                let criterion = self.what.checked_sub(1).and_then(|at| table.package.rubric.criteria.get(at)).map(|one| &one.id);
                let key = FlagKey { reviewer: Some(code.clone()), criterion: criterion.cloned() };
                let is_flagged = table.index.is_flagged(&case.application, key);
                Shown::Value(plot::hundredths(value), value.to_string(), is_flagged)
            }
        }
    }

    /// The criterion's points where a criterion is shown; `None` for the total and for 不适用.
    fn value(&self, table: &TableView<'_>, case: &Case, column: usize) -> Option<Exact> {
        let at = self.what.checked_sub(1)?;
        let code = table.index.members.get(column)?;
        let (_, result) = table.result(&case.application)?;
        let sheet = result.sheets.iter().find(|sheet| sheet.reviewer == *code)?;
        sheet.cells.get(at).map(|cell| cell.given.unwrap_or(cell.counted))
    }

    /// Lowest and highest of what is shown, so that the shades tell rows apart; looked for once.
    fn scale(&mut self, table: &TableView<'_>) -> (i64, i64) {
        let key = (table.entries().len(), self.what);
        match self.scale {
            Some((found_for, scale)) if found_for == key => scale,
            _ => {
                let scale = self.find_scale(table);
                self.scale = Some((key, scale));
                scale
            }
        }
    }

    fn find_scale(&self, table: &TableView<'_>) -> (i64, i64) {
        let Some(criterion) = self.what.checked_sub(1).and_then(|at| table.package.rubric.criteria.get(at)) else {
            let totals = table.index.cases.iter().flat_map(|case| &case.seats).filter_map(|seat| match seat {
                Seat::Valid(total) => Some(plot::hundredths(*total)),
                _ => None,
            });
            return plot::range(&totals.collect::<Vec<_>>());
        };
        (plot::hundredths(Exact::from(criterion.min)), plot::hundredths(Exact::from(criterion.max)))
    }

    fn line(&self, view: &View<'_>, table: &TableView<'_>, at: usize, (columns, scale): (usize, (i64, i64))) -> (Role, String) {
        let Some(case) = self.case(table, at) else { return (Role::Plain, String::new()) };
        let members = table.index.members.len().saturating_sub(self.first);
        let room = columns.saturating_sub(LEFT).checked_div(CELL).unwrap_or_default().min(members);
        let wide = columns.saturating_sub(LEFT).saturating_sub(room.saturating_mul(CELL));
        let title = table.application(&case.application).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
        let own = format!("{} {}", case.item, case.application);
        // Three letters of a title tell nobody anything.
        let title = if wide < 8 { String::new() } else { title };
        let name = text::pad(&format!("{own} {title}"), wide.saturating_add(12));
        let figure = |value: Option<Exact>, columns| {
            text::right(&value.map(|value| plot::points(plot::hundredths(value))).unwrap_or_default(), columns)
        };
        let cells: String =
            (self.first..self.first.saturating_add(room)).map(|column| self.cell(view, table, (case, column), scale)).collect();
        let role = if case.scored { Role::Plain } else { Role::Muted };
        (role, format!("{name} {} {} {cells}", figure(case.total, 6), figure(case.spread, 7)))
    }

    fn cell(&self, view: &View<'_>, table: &TableView<'_>, (case, column): (&Case, usize), scale: (i64, i64)) -> String {
        match self.shown(table, case, column) {
            Shown::Blank => " ".repeat(CELL),
            Shown::Word(words) => text::right(&view.say(&words), CELL.saturating_sub(1)) + " ",
            Shown::Value(value, figure, is_flagged) => {
                let shade = if self.is_plain { " " } else { plot::shade(view.glyphs, value, scale) };
                let mark = if is_flagged { "!" } else { " " };
                format!("{}{shade}{mark}", text::right(&figure, CELL.saturating_sub(2)))
            }
        }
    }

    fn heads(&self, view: &View<'_>, table: &TableView<'_>, columns: usize) -> String {
        let members = table.index.members.len().saturating_sub(self.first);
        let room = columns.saturating_sub(LEFT).checked_div(CELL).unwrap_or_default().min(members);
        let wide = columns.saturating_sub(LEFT).saturating_sub(room.saturating_mul(CELL));
        let codes = table.index.members.iter().skip(self.first).take(room);
        let codes: String = codes.map(|code| text::right(code.as_str(), CELL.saturating_sub(2)) + "  ").collect();
        let mark = |order| if self.order == order { "-" } else { "" };
        let name = text::pad(&view.say(&msg!("compare-application")), wide.saturating_add(12));
        let total = text::right(&format!("{}{}", view.say(&msg!("matrix-total")), mark(Order::Total)), 6);
        let spread = text::right(&format!("{}{}", view.say(&msg!("flags-spread")), mark(Order::Spread)), 7);
        format!("   {name} {total} {spread} {codes}")
    }

    fn switch(&mut self, table: &TableView<'_>, action: Action) -> Option<Vec<Effect>> {
        let last = table.package.rubric.criteria.len();
        match action {
            Action::Left => self.first = self.first.saturating_sub(1),
            Action::Right => self.first = self.first.saturating_add(1).min(table.index.members.len().saturating_sub(1)),
            Action::Next => self.what = if self.what >= last { 0 } else { self.what.saturating_add(1) },
            Action::Previous => self.what = self.what.checked_sub(1).unwrap_or(last),
            Action::Toggle => self.is_plain = !self.is_plain,
            Action::Sort => {
                self.order = match self.order {
                    Order::Number => Order::Total,
                    Order::Total => Order::Spread,
                    Order::Spread => Order::Number,
                };
                let words = match self.order {
                    Order::Number => msg!("order-id"),
                    Order::Total => msg!("order-total"),
                    Order::Spread => msg!("order-spread"),
                };
                return Some(vec![Effect::Tell(words)]);
            }
            _ => return None,
        }
        Some(Vec::new())
    }
}

impl Screen for Matrix {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-matrix"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Chair, Scope::Tables, Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        self.arrange(&table);
        let case = |id: ApplicationId| vec![Effect::Go(Place::Case(id))];
        if self.cursor.act(action, self.rows.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.chosen(&table).map(case).unwrap_or_default() } else { Vec::new() });
        }
        match action {
            Action::Open | Action::Read => Some(self.chosen(&table).map(case).unwrap_or_default()),
            Action::Comment => Some(self.chosen(&table).map(|id| vec![Effect::Go(Place::Opinion(id))]).unwrap_or_default()),
            action => self.switch(&table, action),
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        self.arrange(&table);
        let style = |role| view.theme.style(role);
        let what = match self.what.checked_sub(1).and_then(|at| table.package.rubric.criteria.get(at)) {
            None => msg!("matrix-of-total", total = table.package.rubric.total),
            Some(one) => msg!("matrix-of-criterion", id = one.id, max = one.max).with_both("title", &one.title),
        };
        canvas.line(area, 0, &view.say(&what), style(Role::Plain));
        let columns = usize::from(area.width);
        canvas.line(area, 1, &self.heads(view, &table, columns), style(Role::Title));
        let list = rows::below(area, 2);
        let list = Rect { height: list.height.saturating_sub(1), ..list };
        let scale = self.scale(&table);
        let mut cursor = self.cursor;
        rows::draw(view, canvas, list, &mut cursor, self.rows.len(), |at| self.line(view, &table, at, (columns, scale)));
        self.cursor = cursor;
        canvas.line(area, area.height.saturating_sub(1), &view.say(&msg!("matrix-foot")), style(Role::Muted));
    }
}
