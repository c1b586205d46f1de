//! The applications of the reviewer: what is open, what is done, what is next.

use ratatui::layout::Rect;

use crate::{
    domain::{
        ids::ApplicationId,
        number::fixed,
        sheet::Status,
        text::Message,
        worklist::{Row, RowState},
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::{View, Work},
        widgets::{field::Field, list::Cursor},
    },
};

/// The order of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Order {
    #[default]
    Reading,
    Id,
    State,
    Total,
}

/// The worklist.
#[derive(Default)]
pub(super) struct Worklist {
    cursor: Cursor,
    order: Order,
    find: Option<Field>,
    shown: Vec<usize>,
    /// What `shown` was made for; made anew only when that changes.
    made_for: Option<(Order, String, usize)>,
}

impl Worklist {
    fn row<'a>(&self, work: &Work<'a>) -> Option<&'a Row> {
        work.index.rows.get(*self.shown.get(self.cursor.at)?)
    }

    /// The rows that are shown, in the order asked for.
    fn arrange(&mut self, view: &View<'_>, work: &Work<'_>) {
        let wanted = self.find.as_ref().map(|field| field.text.to_lowercase()).unwrap_or_default();
        let key = (self.order, wanted, work.desk.entries.len());
        let is_stable = matches!(self.order, Order::Reading | Order::Id);
        let same = |old: &(Order, String, usize)| old.0 == key.0 && old.1 == key.1 && (is_stable || old.2 == key.2);
        if self.made_for.as_ref().is_some_and(same) && !self.shown.is_empty() {
            return;
        }
        let fits = |row: &Row| key.1.is_empty() || describe(view, work, &row.application).to_lowercase().contains(&key.1);
        self.shown = work.index.rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect();
        let row = |at: &usize| work.index.rows.get(*at);
        match self.order {
            Order::Reading => {}
            Order::Id => self.shown.sort_by_key(|at| row(at).map(|row| row.application.clone())),
            Order::State => self.shown.sort_by_key(|at| row(at).map(|row| row.state)),
            Order::Total => self.shown.sort_by_key(|at| std::cmp::Reverse(row(at).and_then(|row| row.running))),
        }
        self.made_for = Some(key);
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

    fn declare(&self, work: &Work<'_>) -> Vec<Effect> {
        self.row(work).map(|row| vec![Effect::Go(Place::Declare(row.application.clone()))]).unwrap_or_default()
    }

    fn withdraw(&self, work: &Work<'_>) -> Vec<Effect> {
        let change = self.row(work).and_then(|row| work.desk.set_status(&row.application, Status::Draft));
        change.map(|change| vec![Effect::Record(change)]).unwrap_or_default()
    }

    fn draw_row(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, line: u16, at: usize, work: &Work<'_>) {
        let Some(row) = self.shown.get(at).and_then(|place| work.index.rows.get(*place)) else { return };
        let is_chosen = at == self.cursor.at;
        let (mark, role) = mark(view, row.state);
        let number = self.cursor.number(at).map_or_else(String::new, |number| number.to_string());
        let state = view.say(&row.state.message());
        let total = row.running.map_or_else(String::new, |points| fixed(points, 2));
        let wide = area.width >= 70;
        let tail = if wide {
            format!("{:>2}/{:<2} {total:>6} {mark:<3} {}", row.answered, row.asked, text::pad(&state, 10))
        } else {
            format!("{total:>6} {mark:<3}")
        };
        let room = usize::from(area.width).saturating_sub(text::width(&tail)).saturating_sub(5);
        let head = text::pad(&describe(view, work, &row.application), room);
        let point = if is_chosen { ">" } else { " " };
        let content = format!("{point}{number:>1} {head} {tail}");
        let style = if is_chosen { view.theme.style(Role::Focus) } else { view.theme.style(role) };
        canvas.bar(area, line, &content, style);
    }

    fn draw_detail(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work<'_>) {
        let Some(row) = self.row(work) else { return };
        let Some(application) = work.application(&row.application) else { return };
        let say = |message: &Message| view.say(message);
        let item = work.package.call.item(&application.item).map(|item| item.title.get(view.language())).unwrap_or_default();
        let mut lines = vec![
            (Role::Title, text::safe_line(application.title.get(view.language()))),
            (Role::Plain, text::safe_line(&application.applicant.name)),
            (Role::Plain, say(&msg!("detail-item", item = text::safe_line(item)))),
            (Role::Plain, say(&row.state.message())),
        ];
        if row.gaps > 0 && !row.state.is_out() {
            lines.push((Role::Warn, say(&msg!("detail-gaps", count = row.gaps))));
        }
        let start = application.narrative.get(view.language()).chars().take(400).collect::<String>();
        lines.push((Role::Muted, text::safe(&start)));
        let wrapped = lines.iter().flat_map(|(role, line)| view.wrap(line, usize::from(area.width)).into_iter().map(|line| (*role, line)));
        for (at, (role, line)) in (0_u16..area.height).zip(wrapped) {
            canvas.line(area, at, &line, view.theme.style(role));
        }
    }
}

/// Id, title and city of an application, as lists show it.
fn describe(view: &View<'_>, work: &Work<'_>, id: &ApplicationId) -> String {
    let Some(application) = work.application(id) else { return id.to_string() };
    let city = work.package.codes.city(&application.applicant.city).map(|city| city.name.get(view.language())).unwrap_or_default();
    format!("{id} {city} {}", text::safe_line(application.title.get(view.language())))
}

/// Mark and meaning of a state.
const fn mark(view: &View<'_>, state: RowState) -> (&'static str, Role) {
    match state {
        RowState::Submitted => (view.glyphs.done(), Role::Ok),
        RowState::Complete => (view.glyphs.open(), Role::Warn),
        RowState::Undeclared | RowState::Draft => ("", Role::Plain),
        RowState::Recused | RowState::RecusedByOffice | RowState::Declined => (view.glyphs.out(), Role::Muted),
    }
}

impl Screen for Worklist {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-worklist"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Worklist, Scope::Tables, Scope::Lists]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const FINDING: [Hint; 3] =
            [(Action::Open, || msg!("key-open")), (Action::Down, || msg!("hint-choose")), (Action::Back, || msg!("hint-stop-finding"))];
        self.find.is_some().then_some(&FINDING)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        self.arrange(view, &work);
        if self.cursor.act(action, self.shown.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open(&work) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.open(&work)),
            Action::Read => Some(self.row(&work).map(|row| vec![Effect::Go(Place::Read(row.application.clone()))]).unwrap_or_default()),
            Action::Declare => Some(self.declare(&work)),
            Action::Withdraw => Some(self.withdraw(&work)),
            Action::Find => {
                self.find = Some(self.find.take().unwrap_or_default());
                Some(Vec::new())
            }
            Action::Back if self.find.is_some() => {
                self.find = None;
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
        let field = self.find.as_mut()?;
        if field.key(key) {
            self.cursor = Cursor::default();
            return Some(Vec::new());
        }
        None
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        Some(self.find.as_mut()?.paste(text).effects())
    }

    fn why_not(&self, view: &View<'_>, action: Action) -> Option<Message> {
        let row = view.work.and_then(|work| self.row(&work));
        let is_submitted = row.is_some_and(|row| row.state == RowState::Submitted);
        (action == Action::Withdraw && !is_submitted).then(|| msg!("why-not-submitted"))
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        self.arrange(view, &work);
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
        let mut list = Rect { y: area.y.saturating_add(2), height: area.height.saturating_sub(2), ..area };
        if let Some(field) = &self.find {
            let label = view.say(&msg!("find-label"));
            canvas.line(area, 1, &label, view.theme.style(Role::Key));
            let shift = u16::try_from(text::width(&label)).unwrap_or_default().saturating_add(1);
            let place =
                Rect { x: area.x.saturating_add(shift), y: area.y.saturating_add(1), width: area.width.saturating_sub(shift), height: 1 };
            field.draw(view, canvas, place);
        }
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
        if self.shown.is_empty() {
            canvas.line(list, 0, &view.say(&msg!("worklist-empty")), view.theme.style(Role::Muted));
        }
        let visible = self.cursor.visible(list, self.shown.len());
        for (line, at) in (0_u16..).zip(visible) {
            self.draw_row(view, canvas, list, line, at, &work);
        }
    }
}
