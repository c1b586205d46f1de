//! What is missing before signing; every line leads to its cell.

use ratatui::layout::Rect;

use crate::{
    domain::{
        ids::{ApplicationId, CriterionId},
        sheet::Status,
        text::{Explain, Message},
        worklist::RowState,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::{View, Work},
        widgets::list::Cursor,
    },
};

/// One line of the list.
struct Line {
    id: ApplicationId,
    criterion: Option<CriterionId>,
    what: Message,
}

/// What is missing.
#[derive(Default)]
pub(super) struct Check {
    cursor: Cursor,
    lines: Vec<Line>,
    made_for: Option<usize>,
}

impl Check {
    fn arrange(&mut self, work: &Work<'_>) {
        let entries = work.desk.entries.len();
        if self.made_for == Some(entries) {
            return;
        }
        self.lines.clear();
        for row in work.index.rows.iter().filter(|row| !row.state.is_out() && row.state != RowState::Submitted) {
            let id = || row.application.clone();
            let gaps = work.desk.blocking(work.package, &row.application);
            if gaps.is_empty() {
                self.lines.push(Line { id: id(), criterion: None, what: msg!("gap-not-submitted") });
            }
            self.lines.extend(gaps.into_iter().map(|gap| Line { id: id(), criterion: gap.criterion().cloned(), what: gap.what() }));
        }
        self.made_for = Some(entries);
    }

    fn open(&self, work: &Work<'_>) -> Vec<Effect> {
        let Some(line) = self.lines.get(self.cursor.at) else { return Vec::new() };
        let is_undeclared = work.row(&line.id).is_some_and(|row| row.state == RowState::Undeclared);
        let place = if is_undeclared { Place::Declare(line.id.clone()) } else { Place::Sheet(line.id.clone(), line.criterion.clone()) };
        vec![Effect::Go(place)]
    }

    /// Hands in every sheet that is complete.
    fn submit(work: &Work<'_>) -> Vec<Effect> {
        let complete = work.index.rows.iter().filter(|row| row.state == RowState::Complete);
        complete.filter_map(|row| work.desk.set_status(&row.application, Status::Submitted)).map(Effect::Record).collect()
    }
}

impl Screen for Check {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-check"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        self.arrange(&work);
        if self.cursor.act(action, self.lines.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open(&work) } else { Vec::new() });
        }
        match action {
            Action::Open if self.lines.is_empty() => Some(vec![Effect::Go(Place::Export)]),
            Action::Open => Some(self.open(&work)),
            Action::Sign if self.lines.is_empty() => Some(vec![Effect::Go(Place::Export)]),
            Action::Sign => {
                let effects = Self::submit(&work);
                Some(if effects.is_empty() { vec![Effect::Refuse(msg!("check-nothing"), msg!("check-nothing-advice"))] } else { effects })
            }
            Action::Check => {
                self.made_for = None;
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        self.arrange(&work);
        let style = |role| view.theme.style(role);
        if self.lines.is_empty() {
            canvas.line(area, 0, &view.say(&msg!("check-complete")), style(Role::Ok));
            canvas.line(area, 2, &view.say(&msg!("check-go-on")), style(Role::Title));
            return;
        }
        canvas.line(area, 0, &view.say(&msg!("check-open", count = self.lines.len())), style(Role::Warn));
        let list = Rect { y: area.y.saturating_add(2), height: area.height.saturating_sub(4), ..area };
        for (line, at) in (0_u16..).zip(self.cursor.visible(list, self.lines.len())) {
            let Some(one) = self.lines.get(at) else { continue };
            let number = self.cursor.number(at).map_or_else(String::new, |number| number.to_string());
            let point = if at == self.cursor.at { ">" } else { " " };
            let content = format!("{point}{number:>1} {} {}", text::pad(one.id.as_str(), 9), view.say(&one.what));
            canvas.bar(list, line, &content, style(if at == self.cursor.at { Role::Focus } else { Role::Plain }));
        }
        canvas.line(area, area.height.saturating_sub(1), &view.say(&msg!("check-hint")), style(Role::Muted));
    }
}
