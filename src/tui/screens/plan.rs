//! What a step of the office would do, line by line, with the chosen line in full below; nothing is written before it is confirmed.

use ratatui::layout::Rect;

use crate::{
    domain::text::Message,
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        ends::Job,
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{
            list::Cursor,
            popup::{Answer, Popup},
            rows,
        },
        workshop::{Plan, PlanLine},
    },
};

/// What would be done.
#[derive(Default)]
pub(super) struct PlanScreen {
    cursor: Cursor,
    /// Whether the eye was led to the first line that needs it.
    is_led: bool,
    popup: Option<Popup>,
}

/// Whether it can be done, and what is to be pressed.
fn state(plan: &Plan) -> (Role, Message) {
    match plan {
        Plan { errors: 0, files: 0, .. } => (Role::Ok, msg!("plan-nothing")),
        Plan { errors: 0, files, replaced: 0, .. } => (Role::Ok, msg!("plan-ready", files = files)),
        Plan { errors: 0, files, replaced, .. } => (Role::Warn, msg!("plan-replaces", files = files, replaced = replaced)),
        Plan { errors, .. } => (Role::Bad, msg!("plan-errors", errors = errors)),
    }
}

fn line(view: &View<'_>, line: &PlanLine) -> String {
    text::safe_line(&format!("{}{}", if line.is_detail { "    " } else { "" }, view.say(&line.text)))
}

/// The chosen line, and where something is wrong with it, what is to be done.
fn chosen(plan: &Plan, at: usize) -> impl Iterator<Item = &PlanLine> {
    let mut lines = plan.lines.iter().skip(at);
    let first = lines.next();
    let is_wrong = first.is_some_and(|line| line.role != Role::Plain && !line.is_detail);
    first.into_iter().chain(lines.take_while(move |line| is_wrong && line.is_detail))
}

impl PlanScreen {
    fn lead(&mut self, plan: &Plan) {
        if !std::mem::replace(&mut self.is_led, true) {
            // Where nothing keeps it from being done, errors are those that the folder has already.
            let first = plan.lines.iter().position(|line| line.role == Role::Bad).filter(|_| plan.errors > 0);
            self.cursor = Cursor::at(first.unwrap_or_default());
        }
    }

    /// Asks whether it is to be done, where it can be.
    fn ask(&mut self, plan: &Plan) -> Vec<Effect> {
        if plan.errors > 0 {
            return vec![Effect::Refuse(msg!("err-tables-unsound", count = plan.errors), msg!("rec-tables-unsound"))];
        }
        if plan.files == 0 {
            return vec![Effect::Refuse(msg!("plan-nothing"), msg!("plan-nothing-advice"))];
        }
        let title = msg!("plan-ask", files = plan.files);
        let body = if plan.replaced > 0 { msg!("plan-ask-replaces", replaced = plan.replaced) } else { msg!("plan-ask-body") };
        self.popup = Some(Popup::new(title, body, msg!("plan-verb")));
        Vec::new()
    }
}

impl Screen for PlanScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.plan.map(|plan| view.say(&plan.tool.name())).unwrap_or_default()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const PLAN: [Hint; 2] = [(Action::Open, || msg!("plan-verb")), (Action::Back, || msg!("hint-not-done"))];
        Some(&PLAN)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let plan = view.plan?;
        self.lead(plan);
        if self.cursor.act(action, plan.lines.len()) {
            return Some(Vec::new());
        }
        (action == Action::Open).then(|| self.ask(plan))
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let answer = self.popup.as_mut()?.key(key);
        if answer != Answer::Open {
            self.popup = None;
        }
        Some(if answer == Answer::Yes { vec![Effect::Begin(Box::new(Job::TakeIn))] } else { Vec::new() })
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(plan) = view.plan else { return };
        self.lead(plan);
        let (role, words) = state(plan);
        let row = rows::wrapped(view, canvas, area, (0, 2), (role, &view.say(&words)));
        let below = (area.height / 4).min(5);
        let list = rows::below(area, row);
        let list = Rect { height: list.height.saturating_sub(below.saturating_add(1)), ..list };
        let mut cursor = self.cursor;
        rows::draw(view, canvas, list, &mut cursor, plan.lines.len(), |at| {
            plan.lines.get(at).map(|one| (one.role, line(view, one))).unwrap_or((Role::Plain, String::new()))
        });
        self.cursor = cursor;
        let rest = rows::below(area, area.height.saturating_sub(below.saturating_add(1)));
        canvas.line(rest, 0, &view.glyphs.rule().repeat(usize::from(area.width)), view.theme.style(Role::Muted));
        let mut row = 1;
        for one in chosen(plan, self.cursor.at) {
            let room = usize::from(rest.height.saturating_sub(row));
            row = rows::wrapped(view, canvas, rest, (row, room), (one.role, line(view, one).trim_start()));
        }
        if let Some(popup) = &self.popup {
            popup.draw(view, canvas, area);
        }
    }
}
