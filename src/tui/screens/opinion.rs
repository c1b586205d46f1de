//! The panel's opinion on an application, in five parts; saved like a comment, at the latest a second after the last key.

use ratatui::layout::Rect;

use crate::{
    domain::{
        decision::Opinion,
        ids::ApplicationId,
        table::{act::Act, draft},
        text::Message,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Ask, Effect, Place},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        table::TableView,
        text,
        theme::Role,
        view::View,
        widgets::{editor::Editor, list::Cursor, rows},
    },
};

/// Parts of the opinion.
const PARTS: usize = 5;
/// Rows of the list: the parts, the draft, the vote, the application.
const ROWS: usize = 8;

/// The opinion on an application.
pub(super) struct OpinionScreen {
    id: ApplicationId,
    cursor: Cursor,
    /// The part that is written, and its editor.
    writing: Option<(usize, Editor)>,
}

fn part_name(at: usize) -> Message {
    match at {
        0 => msg!("opinion-overall"),
        1 => msg!("opinion-strengths"),
        2 => msg!("opinion-problems"),
        3 => msg!("opinion-advice"),
        _ => msg!("opinion-conclusion"),
    }
}

const fn part(opinion: &Opinion, at: usize) -> &String {
    match at {
        0 => &opinion.overall,
        1 => &opinion.strengths,
        2 => &opinion.problems,
        3 => &opinion.advice,
        _ => &opinion.conclusion,
    }
}

fn with_part(opinion: &Opinion, at: usize, text: String) -> Opinion {
    let mut opinion = opinion.clone();
    let part = match at {
        0 => &mut opinion.overall,
        1 => &mut opinion.strengths,
        2 => &mut opinion.problems,
        3 => &mut opinion.advice,
        _ => &mut opinion.conclusion,
    };
    *part = text;
    opinion
}

impl OpinionScreen {
    pub(super) fn new(id: ApplicationId) -> Self {
        Self { id, cursor: Cursor::default(), writing: None }
    }

    fn recorded(&self, table: &TableView<'_>) -> Opinion {
        table.table().opinions.get(&self.id).cloned().unwrap_or_default()
    }

    /// What was written and is not recorded yet.
    fn written(&self, table: &TableView<'_>) -> Vec<Effect> {
        let Some((at, editor)) = &self.writing else { return Vec::new() };
        let before = self.recorded(table);
        let after = with_part(&before, *at, editor.text());
        if after == before {
            return Vec::new();
        }
        vec![Effect::Decide(Act::Opinion { application: self.id.clone(), before, after })]
    }

    fn choose(&mut self, table: &TableView<'_>) -> Vec<Effect> {
        match self.cursor.at {
            at if at < PARTS => {
                self.writing = Some((at, Editor::new(part(&self.recorded(table), at))));
                Vec::new()
            }
            PARTS => self.draft(table),
            6 => vec![Effect::Go(Place::Ask(Ask::Vote(self.id.clone())))],
            _ => vec![Effect::Go(Place::Case(self.id.clone()))],
        }
    }

    /// Fills what is empty from the reviewers' comments.
    fn draft(&self, table: &TableView<'_>) -> Vec<Effect> {
        let before = self.recorded(table);
        let draft = draft::draft(table.package, &table.index.results, table.given, &self.id).unwrap_or_default();
        let after = before.completed_by(&draft);
        if after == before {
            return vec![Effect::Refuse(msg!("draft-nothing"), msg!("draft-nothing-advice"))];
        }
        vec![Effect::Decide(Act::Opinion { application: self.id.clone(), before, after })]
    }

    /// Closes the part, and opens the next where `forward`.
    fn close(&mut self, table: &TableView<'_>, forward: bool) -> Vec<Effect> {
        let effects = self.written(table);
        let Some((at, _)) = self.writing.take() else { return effects };
        let next = at.saturating_add(1);
        if forward && next < PARTS {
            self.cursor.at = next;
            self.writing = Some((next, Editor::new(part(&self.recorded(table), next))));
        }
        effects
    }

    fn row(&self, view: &View<'_>, table: &TableView<'_>, at: usize, columns: usize) -> (Role, String) {
        let vote = |ballot: &crate::domain::decision::Ballot| {
            msg!("vote-counts", approve = ballot.approve, reject = ballot.reject, abstain = ballot.abstain)
        };
        match at {
            at if at < PARTS => {
                let said = text::safe_line(part(&self.recorded(table), at));
                let (mark, role) =
                    if said.trim().is_empty() { (view.glyphs.open(), Role::Warn) } else { (view.glyphs.done(), Role::Plain) };
                let head = format!("{} {}", text::pad(mark, 3), text::pad(&view.say(&part_name(at)), 18));
                (role, format!("{head} {}", text::cut(&said, columns.saturating_sub(26))))
            }
            PARTS => (Role::Key, view.say(&msg!("choice-draft"))),
            6 => {
                let counted = table.table().votes.get(&self.id).map_or(msg!("vote-none"), vote);
                (Role::Plain, format!("{} {}", view.say(&msg!("choice-vote")), view.say(&counted)))
            }
            _ => (Role::Plain, view.say(&msg!("choice-case"))),
        }
    }
}

impl Screen for OpinionScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-opinion", application = self.id))
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.writing.is_some() { &[] } else { &[Scope::Chair, Scope::Lists] }
    }

    fn is_writing(&self) -> bool {
        self.writing.is_some()
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const WRITING: [Hint; 2] = [(Action::Next, || msg!("hint-next-part")), (Action::Back, || msg!("hint-done"))];
        self.writing.is_some().then_some(&WRITING)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.writing.is_some() {
            return match action {
                Action::Back => Some(self.close(&table, false)),
                Action::Next => Some(self.close(&table, true)),
                Action::Save => Some(self.written(&table)),
                // What is taken back is what was recorded; the text on the screen goes first.
                Action::Undo | Action::Redo => {
                    let recorded = self.close(&table, false);
                    Some(recorded.into_iter().chain([Effect::Act(action)]).collect())
                }
                _ => None,
            };
        }
        if self.cursor.act(action, ROWS) {
            return Some(if matches!(action, Action::Row(_)) { self.choose(&table) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.choose(&table)),
            Action::Read => Some(vec![Effect::Go(Place::Read(self.id.clone()))]),
            Action::Comment => {
                self.cursor.at = self.cursor.at.min(PARTS.saturating_sub(1));
                Some(self.choose(&table))
            }
            _ => None,
        }
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let (_, editor) = self.writing.as_mut()?;
        editor.key(key).then(Vec::new)
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let (_, editor) = self.writing.as_mut()?;
        Some(editor.paste(text).effects())
    }

    fn flush(&mut self, view: &View<'_>) -> Vec<Effect> {
        view.table.map(|table| self.written(&table)).unwrap_or_default()
    }

    fn is_pending(&self, view: &View<'_>) -> bool {
        view.table.is_some_and(|table| !self.written(&table).is_empty())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let style = |role| view.theme.style(role);
        let title = table.application(&self.id).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
        canvas.line(area, 0, &title, style(Role::Title));
        if let Some((at, editor)) = &self.writing {
            let head = format!("{}  {}", view.say(&part_name(*at)), view.say(&msg!("opinion-length", length = editor.length())));
            canvas.line(area, 1, &head, style(Role::Key));
            editor.draw(canvas, rows::below(area, 3));
            return;
        }
        let columns = usize::from(area.width);
        let recorded: Vec<(Role, String)> = (0..ROWS).map(|at| self.row(view, &table, at, columns)).collect();
        let length = u16::try_from(ROWS).unwrap_or_default();
        let list = rows::below(area, 2);
        let list = Rect { height: list.height.min(length), ..list };
        rows::draw(view, canvas, list, &mut self.cursor, ROWS, |at| recorded.get(at).cloned().unwrap_or((Role::Plain, String::new())));
        // The whole of the chosen part, where there is room for it.
        let rest = rows::below(area, length.saturating_add(3));
        if self.cursor.at < PARTS && rest.height > 0 {
            let words = text::safe(part(&self.recorded(&table), self.cursor.at));
            rows::wrapped(view, canvas, rest, (0, usize::from(rest.height)), (Role::Muted, &words));
        }
    }
}
