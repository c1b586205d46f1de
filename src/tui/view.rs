//! What a screen may look at. Screens read this and nothing else; they change nothing but themselves.

use std::collections::BTreeMap;

use crate::{
    domain::{
        application::Application,
        change::Entry,
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        text::{Language, Message},
        visibility,
        worklist::{self, Progress, Row},
    },
    i18n,
    search::{
        facts::Facts,
        scheme::{Scheme, Viewer},
    },
    tui::{
        ends::{Pace, Prepared, Register},
        keymap::Keymap,
        settings::Settings,
        table::TableView,
        text,
        theme::{Glyphs, Theme},
        workshop::Plan,
    },
};

/// Everything a screen may look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What the person chose.
    pub settings: &'a Settings,
    /// Colours.
    pub theme: Theme,
    /// Marks.
    pub glyphs: Glyphs,
    /// Keys in force.
    pub keymap: &'a Keymap,
    /// A reviewer's work; none before a package was opened, and none at the chair's table.
    pub work: Option<Work<'a>>,
    /// The chair's table; none at a reviewer's desk.
    pub table: Option<TableView<'a>>,
    /// The results that were put together, where the province sits.
    pub register: Option<&'a Register>,
    /// The package folder, where the office sits.
    pub office: Option<&'a Prepared>,
    /// What would be done to it.
    pub plan: Option<&'a Plan>,
    /// How far a step is that goes on.
    pub pace: Option<Pace>,
    /// The time of day in seconds, for what counts time while it is shown.
    pub seconds: u32,
}

/// The work at hand.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// The package.
    pub package: &'a Package,
    /// Everything recorded.
    pub desk: &'a Desk,
    /// What lists need at once.
    pub index: &'a Index,
    /// The reviewer.
    pub reviewer: &'a PersonCode,
    /// Whether the pledge in force was accepted.
    pub pledged: bool,
    /// Whether changes are accepted: not in a second window, and not on a medium that cannot be written.
    pub writable: bool,
    /// Where bundles go when nobody names a folder.
    pub outbox: &'a str,
}

impl<'a> View<'a> {
    /// The package that lies open, at a desk or at the table.
    #[must_use]
    pub fn package(&self) -> Option<&'a Package> {
        self.work.map(|work| work.package).or_else(|| self.table.map(|table| table.package))
    }

    /// The application `id` as whoever sits here may see it.
    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&'a Application> {
        match (self.work, self.table) {
            (Some(work), _) => work.application(id),
            (None, Some(table)) => table.application(id),
            (None, None) => None,
        }
    }

    /// Everything recorded here, oldest first.
    #[must_use]
    pub fn entries(&self) -> &'a [Entry] {
        let desk = self.work.map(|work| work.desk).or_else(|| self.table.map(|table| table.desk));
        desk.map(|desk| desk.entries.as_slice()).unwrap_or_default()
    }

    /// The language of the screens.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.settings.language
    }

    /// The sentence of `message`.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        i18n::text(self.language(), message)
    }

    /// The lines of `text` in at most `columns` of this terminal each.
    #[must_use]
    pub fn wrap(&self, text: &str, columns: usize) -> Vec<String> {
        if self.glyphs.narrow { text::wrap(text, columns) } else { text::wrap_wide(text, columns) }
    }
}

impl<'a> Work<'a> {
    /// The application `id` as the reviewer may see it, found without searching.
    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&'a Application> {
        self.index.shelf.shown(self.package, id)
    }

    /// The application `id` with all names, for the question whether the reviewer must stay out. Not to be shown.
    #[must_use]
    pub fn whole(&self, id: &ApplicationId) -> Option<&'a Application> {
        self.index.shelf.whole(self.package, id)
    }

    /// The worklist's row of `id`.
    #[must_use]
    pub fn row(&self, id: &ApplicationId) -> Option<&'a Row> {
        self.index.rows.get(*self.index.row_places.get(id)?)
    }
}

/// What lists need at once, kept current after every change, so that drawing never walks through the whole package.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Rows of the worklist, in reading order.
    pub rows: Vec<Row>,
    /// How far the work is.
    pub progress: Progress,
    /// What can be searched for; none before entry 0.
    pub scheme: Option<Scheme>,
    /// What the search line looks at, one for each row.
    pub facts: Vec<Facts>,
    shelf: Shelf,
    row_places: BTreeMap<ApplicationId, usize>,
}

/// The applications of a package, found without searching.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    places: BTreeMap<ApplicationId, usize>,
    /// The applications without names, in the order of the package; empty where the call hides none.
    hidden: Vec<Application>,
}

impl Shelf {
    /// The applications of `package`.
    #[must_use]
    pub fn new(package: &Package) -> Self {
        let places = package.applications.iter().enumerate().map(|(at, application)| (application.id.clone(), at)).collect();
        let blind = &package.call.blind;
        let hidden = if blind.applicant {
            package.applications.iter().map(|application| visibility::for_reviewer(application, blind)).collect()
        } else {
            Vec::new()
        };
        Self { places, hidden }
    }

    /// The application `id` as whoever scores may see it.
    #[must_use]
    pub fn shown<'a>(&'a self, package: &'a Package, id: &ApplicationId) -> Option<&'a Application> {
        let at = *self.places.get(id)?;
        self.hidden.get(at).or_else(|| package.applications.get(at))
    }

    /// The application `id` with all names.
    #[must_use]
    pub fn whole<'a>(&self, package: &'a Package, id: &ApplicationId) -> Option<&'a Application> {
        package.applications.get(*self.places.get(id)?)
    }
}

impl Index {
    /// Everything, from the beginning.
    #[must_use]
    pub fn new(package: &Package, desk: &Desk) -> Self {
        let rows = worklist::rows(package, desk);
        let row_places = rows.iter().enumerate().map(|(at, row)| (row.application.clone(), at)).collect();
        let scheme = desk.opening.as_ref().map(|opening| Scheme::of(package, Viewer::Reviewer(opening.reviewer.clone())));
        let progress = worklist::progress_of(&rows);
        let mut index = Self { rows, progress, scheme, facts: Vec::new(), shelf: Shelf::new(package), row_places };
        index.facts = index.rows.iter().filter_map(|row| index.facts_of(package, desk, row)).collect();
        index
    }

    fn facts_of(&self, package: &Package, desk: &Desk, row: &Row) -> Option<Facts> {
        let application = self.shelf.whole(package, &row.application)?;
        self.scheme.as_ref().map(|scheme| Facts::of_reviewer(package, desk, scheme, application, row))
    }

    /// Makes the row of one application current.
    pub fn refresh(&mut self, package: &Package, desk: &Desk, id: &ApplicationId) {
        let application = self.shelf.whole(package, id);
        let current = application.and_then(|application| worklist::row_of(package, desk, application));
        let facts = current.as_ref().and_then(|row| self.facts_of(package, desk, row));
        let at = self.row_places.get(id).copied().unwrap_or(usize::MAX);
        if let (Some(current), Some(row)) = (current, self.rows.get_mut(at)) {
            *row = current;
        }
        if let (Some(current), Some(facts)) = (facts, self.facts.get_mut(at)) {
            *facts = current;
        }
        self.progress = worklist::progress_of(&self.rows);
    }
}
