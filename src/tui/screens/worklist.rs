//! The applications of the reviewer: what is open, what is done, what is next.

mod draw;
mod find;

use ratatui::layout::Rect;

use crate::{
    domain::{
        sheet::Status,
        text::Message,
        worklist::{Row, RowState},
    },
    msg,
    search::{
        evaluate::{self, Tree},
        keys::KeyId,
        query::Query,
    },
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::{View, Work},
        widgets::list::Cursor,
    },
};

use find::Find;

/// The order of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Order {
    #[default]
    Reading,
    Id,
    State,
    Total,
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// The head of a group: how deep, by what, which one, of how many.
    Head(usize, KeyId, Option<usize>, usize),
    /// A row of the worklist.
    Row(usize),
}

/// The worklist.
#[derive(Default)]
pub(super) struct Worklist {
    cursor: Cursor,
    order: Order,
    find: Option<Find>,
    lines: Vec<Line>,
    /// What `lines` was made for; made anew only when that changes.
    made_for: Option<(Order, Query, usize)>,
}

impl Worklist {
    fn row<'a>(&self, work: &Work<'a>) -> Option<&'a Row> {
        match self.lines.get(self.cursor.at)? {
            Line::Row(at) => work.index.rows.get(*at),
            Line::Head(..) => None,
        }
    }

    /// The rows that are shown, in the order asked for.
    fn arrange(&mut self, work: &Work<'_>) {
        if let Some(find) = &mut self.find {
            find.understand(work);
        }
        let query = self.find.as_ref().map(|find| &find.query);
        let everything = Query::default();
        let query = query.unwrap_or(&everything);
        let same = |old: &(Order, Query, usize)| old.0 == self.order && old.1 == *query && old.2 == work.desk.entries.len();
        if self.made_for.as_ref().is_some_and(same) {
            return;
        }
        let rows = &work.index.rows;
        let row = |at: &usize| rows.get(*at);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        match self.order {
            Order::Reading => {}
            Order::Id => order.sort_by_key(|at| row(at).map(|row| &row.application)),
            Order::State => order.sort_by_key(|at| row(at).map(|row| row.state)),
            Order::Total => order.sort_by_key(|at| std::cmp::Reverse(row(at).and_then(|row| row.running))),
        }
        self.lines = lines_of(&evaluate::evaluate(query, &work.index.facts, order));
        self.made_for = Some((self.order, query.clone(), work.desk.entries.len()));
        self.settle(false);
    }

    /// Moves the cursor off the head of a group: to the row above, or else to the one below.
    fn settle(&mut self, up: bool) {
        let is_row = |at: &usize| matches!(self.lines.get(*at), Some(Line::Row(_)));
        let at = self.cursor.at;
        let above = (0..=at).rev().find(is_row).filter(|_| up);
        self.cursor.at = above.or_else(|| (at..self.lines.len()).find(is_row)).unwrap_or(at);
    }

    /// The lines that fit into `area`, the chosen one among them, and the heads right above it as far as there is room.
    fn visible(&mut self, area: Rect) -> std::ops::Range<usize> {
        let at = self.cursor.at;
        let heads = self.lines.iter().take(at).rev().take_while(|line| matches!(line, Line::Head(..))).count();
        self.cursor.at = at.saturating_sub(heads);
        self.cursor.visible(area, self.lines.len());
        self.cursor.at = at;
        self.cursor.visible(area, self.lines.len())
    }

    fn open(&self, work: &Work<'_>) -> Vec<Effect> {
        let Some(row) = self.row(work) else { return Vec::new() };
        let id = row.application.clone();
        vec![Effect::Go(match row.state {
            _ if !work.pledged => Place::Pledge,
            RowState::Undeclared => Place::Declare(id),
            RowState::Recused | RowState::Declined | RowState::RecusedByOffice => Place::Read(id),
            RowState::Draft | RowState::Complete | RowState::Submitted => Place::Sheet(id, None),
        })]
    }

    /// Another line was typed: the first that fits is chosen.
    fn start_over(&mut self) -> Vec<Effect> {
        self.cursor = Cursor::default();
        self.made_for = None;
        Vec::new()
    }

    fn declare(&self, work: &Work<'_>) -> Vec<Effect> {
        self.row(work).map(|row| vec![Effect::Go(Place::Declare(row.application.clone()))]).unwrap_or_default()
    }

    fn withdraw(&self, work: &Work<'_>) -> Vec<Effect> {
        let change = self.row(work).and_then(|row| work.desk.set_status(&row.application, Status::Draft));
        change.map(|change| vec![Effect::Record(change)]).unwrap_or_default()
    }
}

impl Screen for Worklist {
    fn title(&self, view: &View<'_>) -> String {
        let title = view.say(&msg!("screen-worklist"));
        match self.find.as_ref().map(|find| find.field.text.trim()).filter(|line| !line.is_empty()) {
            Some(line) => view.say(&msg!("worklist-title", title = title, query = text::safe_line(line))),
            None => title,
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.find.is_some() {
            &[Scope::Finding, Scope::Worklist, Scope::Tables, Scope::Lists]
        } else {
            &[Scope::Worklist, Scope::Tables, Scope::Lists]
        }
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const FINDING: [Hint; 3] =
            [(Action::Open, || msg!("key-open")), (Action::Down, || msg!("hint-choose")), (Action::Back, || msg!("hint-stop-finding"))];
        self.find.is_some().then_some(&FINDING)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        self.arrange(&work);
        if self.cursor.act(action, self.lines.len()) {
            self.settle(matches!(action, Action::Up | Action::PageUp));
            return Some(if matches!(action, Action::Row(_)) { self.open(&work) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.open(&work)),
            Action::Read => Some(self.row(&work).map(|row| vec![Effect::Go(Place::Read(row.application.clone()))]).unwrap_or_default()),
            Action::Declare => Some(self.declare(&work)),
            Action::Withdraw => Some(self.withdraw(&work)),
            Action::OpenFile => Some(vec![Effect::Go(Place::OpenFile)]),
            Action::Find => {
                self.find.get_or_insert_with(|| Find::from(self.cursor));
                Some(Vec::new())
            }
            Action::Back if self.find.is_some() => {
                self.cursor = self.find.take().map(|find| find.back).unwrap_or_default();
                Some(Vec::new())
            }
            Action::Sort => {
                self.order = match self.order {
                    Order::Reading => Order::Id,
                    Order::Id => Order::State,
                    Order::State => Order::Total,
                    Order::Total => Order::Reading,
                };
                let words = match self.order {
                    Order::Reading => msg!("order-reading"),
                    Order::Id => msg!("order-id"),
                    Order::State => msg!("order-state"),
                    Order::Total => msg!("order-total"),
                };
                Some(vec![Effect::Tell(words)])
            }
            _ => None,
        }
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let is_typed = self.find.as_mut()?.field.key(key);
        is_typed.then(|| self.start_over())
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let pasted = self.find.as_mut()?.field.paste(text);
        let mut effects = self.start_over();
        effects.extend(pasted.effects());
        Some(effects)
    }

    fn why_not(&self, view: &View<'_>, action: Action) -> Option<Message> {
        let row = view.work.and_then(|work| self.row(&work));
        let is_submitted = row.is_some_and(|row| row.state == RowState::Submitted);
        (action == Action::Withdraw && !is_submitted).then(|| msg!("why-not-submitted"))
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        self.arrange(&work);
        let progress = work.index.progress;
        let done = progress.submitted.saturating_add(progress.out);
        let share = view.glyphs.share(done, progress.assigned, 20);
        let head = view.say(&msg!(
            "worklist-head",
            done = done,
            assigned = progress.assigned,
            answered = progress.answered,
            asked = progress.asked
        ));
        canvas.line(area, 0, &format!("{share} {head}"), view.theme.style(Role::Title));
        let found = self.lines.iter().filter(|line| matches!(line, Line::Row(_))).count();
        let below = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        let finding = self.find.as_ref().map_or(0, |find| find.draw(view, canvas, below, found, progress.assigned));
        let rest = Rect { y: below.y.saturating_add(finding), height: below.height.saturating_sub(finding), ..below };
        // Head and list are apart by what is sought, what is asked, or an empty line.
        let used = finding.saturating_add(self.draw_request(view, canvas, rest, &work)).max(1);
        let mut list = Rect { y: below.y.saturating_add(used), height: below.height.saturating_sub(used), ..below };
        if area.width >= 110 {
            list.width = area.width.saturating_mul(3) / 5;
            let left = list.right().saturating_add(2);
            for row in 0..list.height {
                canvas.put(list, list.width.saturating_sub(1), row, view.glyphs.bar(), view.theme.style(Role::Muted));
            }
            let detail = Rect { x: left, width: area.right().saturating_sub(left), ..list };
            list.width = list.width.saturating_sub(2);
            self.draw_detail(view, canvas, detail, &work);
        }
        if self.lines.is_empty() {
            let is_asked = self.find.as_ref().is_some_and(|find| find.query != Query::default());
            let words = if is_asked { msg!("worklist-none") } else { msg!("worklist-empty") };
            canvas.line(list, 0, &view.say(&words), view.theme.style(Role::Warn));
        }
        let visible = self.visible(list);
        for (line, at) in (0_u16..).zip(visible) {
            self.draw_row(view, canvas, list, line, at, &work);
        }
    }
}

fn lines_of(tree: &Tree) -> Vec<Line> {
    let line = |line| match line {
        evaluate::Line::Head(depth, branch) => Line::Head(depth, branch.key, branch.which, branch.count),
        evaluate::Line::Row(at) => Line::Row(at),
    };
    tree.lines().into_iter().map(line).collect()
}
