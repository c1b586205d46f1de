//! Opinions and votes: one row an application, those that lack something before the others.

use ratatui::layout::Rect;

use crate::{
    domain::{decision::Ballot, ids::ApplicationId},
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::TableView,
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// Parts of an opinion.
const PARTS: usize = 5;

/// Opinions and votes.
#[derive(Default)]
pub(super) struct Opinions {
    cursor: Cursor,
    order: Vec<ApplicationId>,
}

/// How many parts of the opinion are written.
fn written(table: &TableView<'_>, id: &ApplicationId) -> usize {
    table.table().opinions.get(id).map_or(0, |opinion| PARTS.saturating_sub(opinion.missing().len()))
}

impl Opinions {
    /// The order is that of the beginning: a row does not run away because something was written in it.
    fn arrange(&mut self, table: &TableView<'_>) {
        if self.order.is_empty() {
            let mut cases: Vec<&crate::tui::table::Case> = table.index.cases.iter().filter(|case| case.scored).collect();
            cases.sort_by_key(|case| written(table, &case.application) == PARTS);
            self.order = cases.into_iter().map(|case| case.application.clone()).collect();
        }
    }

    fn open(&self) -> Vec<Effect> {
        self.order.get(self.cursor.at).map(|id| vec![Effect::Go(Place::Opinion(id.clone()))]).unwrap_or_default()
    }
}

fn vote(table: &TableView<'_>, ballot: Option<&Ballot>) -> crate::domain::text::Message {
    let Some(ballot) = ballot else {
        // Where the rubric asks for no vote, none is missing.
        return if table.package.rubric.vote.is_some() { msg!("vote-none") } else { msg!("vote-not-asked") };
    };
    let counts = msg!("vote-counts", approve = ballot.approve, reject = ballot.reject, abstain = ballot.abstain);
    match table.package.rubric.vote.as_ref().map(|rule| ballot.tally(rule, &table.package.call.panel.quorum)) {
        None => counts,
        Some(tally) if tally.carried => msg!("ballot-carried").with_message("counts", counts),
        Some(_) => msg!("ballot-lost").with_message("counts", counts),
    }
}

fn line(view: &View<'_>, table: &TableView<'_>, id: &ApplicationId, columns: usize) -> (Role, String) {
    let parts = written(table, id);
    let (mark, role) = if parts == PARTS { (view.glyphs.done(), Role::Plain) } else { (view.glyphs.open(), Role::Warn) };
    let title = table.application(id).map(|one| text::safe_line(one.title.get(view.language()))).unwrap_or_default();
    let tail = format!(
        "{} {}",
        view.say(&msg!("opinion-parts", written = parts, all = PARTS)),
        view.say(&vote(table, table.table().votes.get(id)))
    );
    let room = columns.saturating_sub(text::width(&tail)).saturating_sub(8);
    (role, format!("{} {} {tail}", text::pad(mark, 3), text::pad(&format!("{id} {title}"), room)))
}

impl Screen for Opinions {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-opinions"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Chair, Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        self.arrange(&view.table?);
        if self.cursor.act(action, self.order.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open() } else { Vec::new() });
        }
        let chosen = self.order.get(self.cursor.at).cloned();
        match action {
            Action::Open | Action::Comment => Some(self.open()),
            Action::Read => Some(chosen.map(|id| vec![Effect::Go(Place::Case(id))]).unwrap_or_default()),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        self.arrange(&table);
        let open = &table.index.open;
        let (role, head) = match (open.opinions, open.votes) {
            (0, 0) => (Role::Ok, msg!("opinions-done")),
            (opinions, 0) => (Role::Warn, msg!("board-opinions", count = opinions)),
            (opinions, votes) => (Role::Warn, msg!("opinions-open", opinions = opinions, votes = votes)),
        };
        let row = rows::wrapped(view, canvas, area, (0, 2), (role, &view.say(&head)));
        let (order, columns) = (&self.order, usize::from(area.width));
        rows::draw(view, canvas, rows::below(area, row), &mut self.cursor, order.len(), |at| {
            order.get(at).map(|id| line(view, &table, id, columns)).unwrap_or((Role::Plain, String::new()))
        });
    }
}
