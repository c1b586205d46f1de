//! A part of the package folder, one row each, with everything about the chosen row below: what is wrong, the formal check, the people.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Form, Part, Place},
        ends::{Checked, Job, Member, Prepared, Problem, severity_role},
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, pane::Paragraph, rows},
    },
};

/// A part of the package folder.
pub(super) struct PartScreen {
    part: Part,
    cursor: Cursor,
    /// Whether the eye was led to the first row that needs it.
    is_led: bool,
}

impl PartScreen {
    pub(super) fn new(part: Part) -> Self {
        Self { part, cursor: Cursor::default(), is_led: false }
    }

    const fn length(&self, prepared: &Prepared) -> usize {
        match self.part {
            Part::Problems => prepared.problems.len(),
            Part::Formal => prepared.formal.len(),
            Part::People => prepared.people.len(),
        }
    }

    fn row(&self, view: &View<'_>, prepared: &Prepared, at: usize) -> (Role, String) {
        match self.part {
            Part::Problems => prepared.problems.get(at).map(|one| problem_row(view, one)),
            Part::Formal => prepared.formal.get(at).map(|one| formal_row(view, one)),
            Part::People => prepared.people.get(at).map(|one| person_row(view, one)),
        }
        .unwrap_or((Role::Plain, String::new()))
    }

    /// The first row about which something is to be done.
    fn first_open(&self, prepared: &Prepared) -> usize {
        let at = match self.part {
            Part::Problems => Some(0),
            Part::Formal => prepared.formal.iter().position(|one| one.outcome.0 != Role::Ok),
            Part::People => prepared.people.iter().position(|one| one.groups.is_none()),
        };
        at.unwrap_or_default()
    }

    fn lead(&mut self, prepared: &Prepared) {
        if !std::mem::replace(&mut self.is_led, true) {
            self.cursor = Cursor::at(self.first_open(prepared));
        }
    }

    fn detail(&self, view: &View<'_>, prepared: &Prepared) -> Vec<Paragraph> {
        let at = self.cursor.at;
        match self.part {
            Part::Problems => prepared.problems.get(at).map(|one| problem_detail(view, one)),
            Part::Formal => prepared.formal.get(at).map(|one| formal_detail(view, one)),
            Part::People => prepared.people.get(at).map(|one| person_detail(view, one)),
        }
        .unwrap_or_default()
    }
}

fn problem_row(view: &View<'_>, one: &Problem) -> (Role, String) {
    let level = view.say(&one.severity.words());
    (severity_role(one.severity), text::safe_line(&format!("{} {} {}", text::pad(&level, 5), one.place, view.say(&one.what))))
}

fn problem_detail(view: &View<'_>, one: &Problem) -> Vec<Paragraph> {
    vec![
        (Role::Title, text::safe_line(&one.place)),
        (severity_role(one.severity), text::safe_line(&view.say(&one.what))),
        (Role::Plain, text::safe_line(&view.say(&one.advice))),
    ]
}

fn formal_row(view: &View<'_>, one: &Checked) -> (Role, String) {
    let (role, outcome) = &one.outcome;
    let mark = match role {
        Role::Ok => view.glyphs.done(),
        Role::Warn => view.glyphs.open(),
        _ => view.glyphs.out(),
    };
    let gates = one.gates.iter().map(|gate| gate.id.as_str()).collect::<Vec<_>>().join(" ");
    let outcomes = [msg!("formal-pass"), msg!("formal-fix"), msg!("formal-fail")];
    let widest = outcomes.iter().map(|words| text::width(&view.say(words))).max().unwrap_or_default();
    let words = [text::pad(mark, 3), text::pad(&one.application, 9), text::pad(&view.say(outcome), widest), text::pad(&gates, 9)];
    (*role, text::safe_line(&format!("{} {}", words.join(" "), one.title.get(view.language()))))
}

fn formal_detail(view: &View<'_>, one: &Checked) -> Vec<Paragraph> {
    let mut lines = vec![(Role::Title, text::safe_line(&format!("{} {}", one.application, one.title.get(view.language()))))];
    if one.gates.is_empty() {
        lines.push((Role::Ok, view.say(&msg!("formal-all-pass"))));
    }
    for gate in &one.gates {
        let words =
            msg!("formal-gate", gate = gate.id, text = gate.text.get(view.language())).with_message("outcome", gate.outcome.clone());
        lines.push((Role::Warn, text::safe_line(&view.say(&words))));
        let remark = gate.remark.as_ref().map(|remark| view.say(remark));
        let notes = remark.iter().chain([&gate.note]).filter(|note| !note.is_empty());
        lines.extend(notes.map(|note| (Role::Plain, text::safe_line(&format!("  {note}")))));
    }
    lines
}

fn person_row(view: &View<'_>, one: &Member) -> (Role, String) {
    let who = format!("{} {} {}", text::pad(&one.code, 5), text::pad(&one.name, 10), text::pad(&view.say(&one.role), 12));
    let (role, key) = match &one.groups {
        Some(groups) => (Role::Plain, groups.clone()),
        None => (Role::Warn, view.say(&msg!("people-no-key"))),
    };
    (role, text::safe_line(&format!("{who} {key}")))
}

fn person_detail(view: &View<'_>, one: &Member) -> Vec<Paragraph> {
    let mut lines = vec![(Role::Title, text::safe_line(&format!("{} {} {}", one.code, one.name, view.say(&one.role))))];
    match &one.groups {
        Some(groups) => {
            lines.push((Role::Warn, groups.clone()));
            lines.push((Role::Plain, view.say(&msg!("people-compare"))));
        }
        None => lines.push((Role::Plain, view.say(&msg!("people-no-key-advice")))),
    }
    if one.is_held {
        lines.push((Role::Warn, view.say(&msg!("people-held"))));
    }
    lines
}

impl Screen for PartScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&match self.part {
            Part::Problems => msg!("screen-problems"),
            Part::Formal => msg!("screen-formal"),
            Part::People => msg!("screen-people"),
        })
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const PART: [Hint; 2] = [(Action::Back, || msg!("key-back")), (Action::Check, || msg!("hint-recheck"))];
        const PEOPLE: [Hint; 3] =
            [(Action::Open, || msg!("hint-take-keys")), (Action::Back, || msg!("key-back")), (Action::Check, || msg!("hint-recheck"))];
        Some(if self.part == Part::People { &PEOPLE } else { &PART })
    }

    fn offers(&self, action: Action) -> bool {
        action == Action::Check
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let prepared = view.office?;
        self.lead(prepared);
        if self.cursor.act(action, self.length(prepared)) {
            return Some(Vec::new());
        }
        match action {
            Action::Open if self.part == Part::People => Some(vec![Effect::Go(Place::Fill(Form::Keys))]),
            Action::Open => Some(Vec::new()),
            Action::Check => Some(vec![Effect::Begin(Box::new(Job::Check))]),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(prepared) = view.office else { return };
        self.lead(prepared);
        let length = self.length(prepared);
        if length == 0 {
            let words = if self.part == Part::Problems { msg!("office-sound") } else { msg!("office-formal-later") };
            rows::wrapped(view, canvas, area, (0, 3), (Role::Plain, &view.say(&words)));
            return;
        }
        // The words on the chosen one stand in full below the list.
        let below = (area.height / 2).min(8);
        let list = Rect { height: area.height.saturating_sub(below.saturating_add(1)), ..area };
        let mut cursor = self.cursor;
        rows::draw(view, canvas, list, &mut cursor, length, |at| self.row(view, prepared, at));
        self.cursor = cursor;
        let rest = rows::below(area, area.height.saturating_sub(below));
        let rule = view.glyphs.rule().repeat(usize::from(area.width));
        canvas.line(area, list.height, &rule, view.theme.style(Role::Muted));
        let mut row = 0;
        for (role, words) in self.detail(view, prepared) {
            row = rows::wrapped(view, canvas, rest, (row, usize::from(below)), (role, &words));
        }
    }
}
