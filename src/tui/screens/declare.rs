//! The conflict question. Nothing is scored before it is answered.

use ratatui::layout::Rect;

use crate::{
    domain::{
        conflict,
        ids::ApplicationId,
        panel::{GROUNDS, Ground},
        sheet::Declaration,
        telling,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{editor::Editor, list::Cursor},
    },
};

/// What is being put in words.
#[derive(Clone, Copy)]
enum Why {
    Ground(Ground),
    Declining,
}

/// The conflict question of one application.
pub(super) struct Declare {
    id: ApplicationId,
    cursor: Cursor,
    reason: Option<(Why, Editor)>,
    /// What was written and not declared: Esc goes back to the grounds without throwing it away.
    kept: String,
    is_warned: bool,
}

impl Declare {
    pub(super) fn new(id: ApplicationId) -> Self {
        Self { id, cursor: Cursor::default(), reason: None, kept: String::new(), is_warned: false }
    }

    /// The answers: no conflict, one row a ground, declining.
    fn choose(&mut self, view: &View<'_>) -> Vec<Effect> {
        match self.cursor.at {
            0 => self.answer(view, Declaration::NoConflict),
            at => {
                let why = GROUNDS.get(at.saturating_sub(1)).map_or(Why::Declining, |ground| Why::Ground(*ground));
                self.reason = Some((why, Editor::new(&self.kept)));
                Vec::new()
            }
        }
    }

    fn answer(&self, view: &View<'_>, declaration: Declaration) -> Vec<Effect> {
        let Some(work) = view.work else { return Vec::new() };
        let is_open = matches!(declaration, Declaration::NoConflict);
        let change = work.desk.set_declaration(&self.id, Some(declaration));
        let next = if is_open { Effect::Replace(Place::Sheet(self.id.clone(), None)) } else { Effect::Back };
        change.map(Effect::Record).into_iter().chain([next]).collect()
    }

    fn written(&self) -> String {
        self.reason.as_ref().map_or_else(|| self.kept.clone(), |(_, editor)| editor.text())
    }

    fn finish(&mut self, view: &View<'_>) -> Vec<Effect> {
        let Some((why, editor)) = &self.reason else { return Vec::new() };
        let text = editor.text().trim().to_owned();
        if text.is_empty() {
            return vec![Effect::Refuse(msg!("err-no-reason"), msg!("rec-no-reason"))];
        }
        let declaration = match why {
            Why::Ground(ground) => Declaration::Conflict { ground: *ground, text },
            Why::Declining => Declaration::Declined { reason: text },
        };
        self.answer(view, declaration)
    }
}

/// The first two of some lines; that more follow is marked.
fn two_rows(mut lines: Vec<String>) -> Vec<String> {
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.push_str("..");
    }
    lines
}

impl Screen for Declare {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-declare", application = self.id))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn is_writing(&self) -> bool {
        self.reason.is_some()
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const REASON: [Hint; 2] = [(Action::Next, || msg!("hint-confirm")), (Action::Back, || msg!("key-back"))];
        self.reason.is_some().then_some(&REASON)
    }

    fn is_pending(&self, _view: &View<'_>) -> bool {
        !self.written().trim().is_empty()
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if self.reason.is_some() {
            return match action {
                Action::Back => {
                    self.kept = self.written();
                    self.reason = None;
                    self.is_warned = false;
                    Some(Vec::new())
                }
                Action::Next | Action::Save => Some(self.finish(view)),
                _ => None,
            };
        }
        if self.cursor.act(action, GROUNDS.len().saturating_add(2)) {
            return Some(if matches!(action, Action::Row(_)) { self.choose(view) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.choose(view)),
            Action::Back if !self.kept.trim().is_empty() && !self.is_warned => {
                self.is_warned = true;
                Some(vec![Effect::Refuse(msg!("declare-kept"), msg!("declare-kept-advice"))])
            }
            _ => None,
        }
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let (_, editor) = self.reason.as_mut()?;
        editor.key(key).then(Vec::new)
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let (_, editor) = self.reason.as_mut()?;
        Some(editor.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        let Some(application) = work.application(&self.id) else { return };
        let style = |role| view.theme.style(role);
        let columns = usize::from(area.width);
        let mut lines: Vec<(Role, String)> = vec![
            (Role::Title, text::safe_line(application.title.get(view.language()))),
            (Role::Plain, view.say(&msg!("declare-applicant", name = text::safe_line(&application.applicant.name)))),
        ];
        let partners: Vec<String> = application.consortium.iter().map(|member| text::safe_line(&member.name)).collect();
        if !partners.is_empty() {
            lines.push((Role::Plain, view.say(&msg!("declare-partners", names = partners.join(" / ")))));
        }
        let person = work.package.roster.person(work.reviewer);
        let whole = work.whole(&self.id).unwrap_or(application);
        for suggestion in person.map(|person| conflict::suggest(person, whole)).unwrap_or_default() {
            lines.push((Role::Bad, view.say(&msg!("declare-noticed").with_message("why", suggestion.why))));
        }
        let mut row = 0_u16;
        // The question and some answers stay in sight, however long the names are.
        let room = usize::from(area.height.saturating_sub(6));
        let heads = lines.iter().flat_map(|(role, line)| two_rows(view.wrap(line, columns)).into_iter().map(|line| (*role, line)));
        for (role, line) in heads.take(room) {
            canvas.line(area, row, &line, style(role));
            row = row.saturating_add(1);
        }
        let rest =
            Rect { y: area.y.saturating_add(row).saturating_add(1), height: area.height.saturating_sub(row).saturating_sub(1), ..area };
        if let Some((why, editor)) = &self.reason {
            let asked = match why {
                Why::Ground(ground) => msg!("declare-reason").with_message("ground", telling::ground(*ground)),
                Why::Declining => msg!("declare-declining"),
            };
            canvas.line(rest, 0, &view.say(&asked), style(Role::Title));
            canvas.line(rest, 1, &view.say(&msg!("declare-finish")), style(Role::Muted));
            editor.draw(canvas, Rect { y: rest.y.saturating_add(2), height: rest.height.saturating_sub(2), ..rest });
            return;
        }
        canvas.line(rest, 0, &view.say(&msg!("declare-question")), style(Role::Title));
        let list = Rect { y: rest.y.saturating_add(1), height: rest.height.saturating_sub(1), ..rest };
        let length = GROUNDS.len().saturating_add(2);
        for (line, at) in (0_u16..).zip(self.cursor.visible(list, length)) {
            let words = match at {
                0 => msg!("declare-none"),
                at => GROUNDS.get(at.saturating_sub(1)).map_or(msg!("declare-decline"), |ground| telling::ground(*ground)),
            };
            let point = if at == self.cursor.at { ">" } else { " " };
            let number = self.cursor.number(at).map_or_else(String::new, |number| number.to_string());
            let role = if at == self.cursor.at { Role::Focus } else { Role::Plain };
            canvas.bar(list, line, &format!("{point}{number:>1} {}", view.say(&words)), style(role));
        }
    }
}
