//! The meeting: in which order applications are discussed, who leaves the room before each, and how long one is discussed.

use ratatui::layout::Rect;

use crate::{
    domain::ids::{ApplicationId, PersonCode},
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        screen::{Canvas, Screen},
        table::{Case, TableView},
        text,
        theme::Role,
        view::View,
        widgets::{
            list::Cursor,
            popup::{Answer, Popup},
            rows,
        },
    },
};

/// Seconds of a day.
const DAY: u32 = 86_400;

/// The order of discussion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Order {
    /// Where the panel differs most comes first.
    #[default]
    Spread,
    /// The best first.
    Total,
    /// Those for which the same members leave, one after the other, so that doors open seldom.
    Recusals,
}

/// The meeting.
#[derive(Default)]
pub(super) struct Meeting {
    cursor: Cursor,
    order: Order,
    rows: Vec<usize>,
    made_for: Option<(usize, Order)>,
    /// What is discussed now, and since when.
    now: Option<(ApplicationId, u32)>,
    popup: Option<Popup>,
}

fn leaving<'a>(table: &TableView<'a>, case: &'a Case) -> Vec<&'a PersonCode> {
    table.index.leaving(case).collect()
}

fn names(table: &TableView<'_>, case: &Case) -> String {
    leaving(table, case).into_iter().map(|code| table.name(code)).collect::<Vec<_>>().join(" ")
}

impl Meeting {
    fn arrange(&mut self, table: &TableView<'_>) {
        let key = (table.entries().len(), self.order);
        if self.made_for == Some(key) {
            return;
        }
        let cases = &table.index.cases;
        let case = |at: &usize| cases.get(*at);
        let mut order: Vec<usize> = (0..cases.len()).filter(|at| case(at).is_some_and(|case| case.scored)).collect();
        match self.order {
            Order::Spread => order.sort_by_key(|at| std::cmp::Reverse(case(at).and_then(|case| case.spread))),
            Order::Total => order.sort_by_key(|at| std::cmp::Reverse(case(at).and_then(|case| case.total))),
            Order::Recusals => order.sort_by_key(|at| case(at).map(|case| leaving(table, case))),
        }
        (self.rows, self.made_for) = (order, Some(key));
    }

    fn case<'a>(&self, table: &TableView<'a>, at: usize) -> Option<&'a Case> {
        table.index.cases.get(*self.rows.get(at)?)
    }

    /// Calls the chosen application up: whoever must leave is asked to first. Once more opens it.
    fn call(&mut self, view: &View<'_>, table: &TableView<'_>) -> Vec<Effect> {
        let Some(case) = self.case(table, self.cursor.at) else { return Vec::new() };
        if self.now.as_ref().is_some_and(|(id, _)| *id == case.application) {
            return vec![Effect::Go(Place::Case(case.application.clone()))];
        }
        let names = names(table, case);
        if names.is_empty() {
            self.now = Some((case.application.clone(), view.seconds));
            return Vec::new();
        }
        let title = msg!("meeting-leave", application = case.application);
        self.popup = Some(Popup::new(title, msg!("meeting-leave-names", names = names), msg!("meeting-left")));
        Vec::new()
    }

    fn head(&self, view: &View<'_>, table: &TableView<'_>) -> (Role, String) {
        let Some((id, since)) = &self.now else { return (Role::Muted, view.say(&msg!("meeting-hint"))) };
        // A discussion over midnight goes on counting.
        let passed = view.seconds.saturating_add(DAY).saturating_sub(*since).checked_rem(DAY).unwrap_or_default();
        let time = format!("{:02}:{:02}", passed / 60, passed % 60);
        let out = table.index.case(id).map(|case| names(table, case)).unwrap_or_default();
        let out = if out.is_empty() { view.say(&msg!("meeting-nobody")) } else { out };
        (Role::Ok, view.say(&msg!("meeting-now", application = id, time = time, out = out)))
    }
}

fn line(view: &View<'_>, table: &TableView<'_>, case: &Case, columns: usize) -> (Role, String) {
    let title = table.application(&case.application).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
    let figure = |value: Option<crate::domain::exact::Exact>| text::right(&value.map(|value| value.to_string()).unwrap_or_default(), 7);
    let out: Vec<String> = leaving(table, case).iter().map(ToString::to_string).collect();
    let (role, out) =
        if out.is_empty() { (Role::Plain, String::new()) } else { (Role::Warn, view.say(&msg!("meeting-out", codes = out.join(" ")))) };
    let tail = format!("{} {} {}", figure(case.total), figure(case.spread), text::pad(&out, 16));
    let room = columns.saturating_sub(text::width(&tail)).saturating_sub(4);
    (role, format!("{} {tail}", text::pad(&format!("{} {title}", case.application), room)))
}

impl Screen for Meeting {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-meeting"))
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.popup.is_some() { &[] } else { &[Scope::Chair, Scope::Tables, Scope::Lists] }
    }

    fn is_counting(&self) -> bool {
        self.now.is_some()
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        self.arrange(&table);
        if self.cursor.act(action, self.rows.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.call(view, &table) } else { Vec::new() });
        }
        let chosen = self.case(&table, self.cursor.at).map(|case| case.application.clone());
        match action {
            Action::Open => Some(self.call(view, &table)),
            Action::Read => Some(chosen.map(|id| vec![Effect::Go(Place::Case(id))]).unwrap_or_default()),
            Action::Comment => Some(chosen.map(|id| vec![Effect::Go(Place::Opinion(id))]).unwrap_or_default()),
            Action::Sort => {
                let (order, words) = match self.order {
                    Order::Spread => (Order::Total, msg!("order-total")),
                    Order::Total => (Order::Recusals, msg!("order-recusals")),
                    Order::Recusals => (Order::Spread, msg!("order-spread")),
                };
                self.order = order;
                Some(vec![Effect::Tell(words)])
            }
            _ => None,
        }
    }

    fn key(&mut self, view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let table = view.table?;
        let answer = self.popup.as_mut()?.key(key);
        if answer != Answer::Open {
            self.popup = None;
        }
        if answer == Answer::Yes {
            self.now = self.case(&table, self.cursor.at).map(|case| (case.application.clone(), view.seconds));
        }
        Some(Vec::new())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        self.arrange(&table);
        let (role, head) = self.head(view, &table);
        let row = rows::wrapped(view, canvas, area, (0, 2), (role, &head));
        let columns = usize::from(area.width);
        let names = format!(
            "{} {} {}",
            text::right(&view.say(&msg!("matrix-total")), 7),
            text::right(&view.say(&msg!("flags-spread")), 7),
            text::pad(&view.say(&msg!("meeting-who")), 16)
        );
        let room = columns.saturating_sub(text::width(&names)).saturating_sub(1);
        let head = format!("{} {names}", text::pad(&format!("   {}", view.say(&msg!("compare-application"))), room));
        canvas.line(area, row, &head, view.theme.style(Role::Title));
        let (shown, cases) = (&self.rows, &table.index.cases);
        rows::draw(view, canvas, rows::below(area, row.saturating_add(1)), &mut self.cursor, shown.len(), |at| {
            let case = shown.get(at).and_then(|at| cases.get(*at));
            case.map(|case| line(view, &table, case, columns)).unwrap_or((Role::Plain, String::new()))
        });
        if let Some(popup) = &self.popup {
            popup.draw(view, canvas, area);
        }
    }
}
