//! Cities and sectors: what is applied for, what exists already, and what wins now, each in its cell.

use ratatui::layout::Rect;

use crate::{
    domain::{
        ids::ApplicationId,
        reference::{Base, City, Code},
    },
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

/// Columns of a city's name and of a cell.
const NAME: usize = 10;
const CELL: usize = 12;

/// Cities and sectors.
#[derive(Default)]
pub(super) struct Map {
    cursor: Cursor,
    /// The first sector that is shown.
    first: usize,
}

/// The sector in which a base is counted. A base names its industry, and the map may have that industry in several sectors; so that
/// every base is counted once, the cluster of its own city decides, or else the first one of the map.
fn family_of<'a>(table: &TableView<'a>, base: &Base) -> Option<&'a String> {
    let clusters = || table.package.map.clusters.iter().filter(|one| one.industry == base.industry);
    clusters().find(|one| one.city == base.city).or_else(|| clusters().next()).map(|one| &one.family)
}

/// What stands in a cell: applications, bases, winners.
fn cell(table: &TableView<'_>, city: &City, family: &Code) -> (usize, usize, usize) {
    let here = table.package.applications.iter().filter(|one| one.applicant.city == city.code && one.direction.family == family.code);
    let ids: Vec<&ApplicationId> = here.map(|one| &one.id).collect();
    let wins = table.index.results.iter().flat_map(|item| item.ranking.winners()).filter(|row| ids.contains(&&row.id)).count();
    let bases = table.package.bases.bases.iter().filter(|base| base.city == city.code && family_of(table, base) == Some(&family.code));
    (ids.len(), bases.count(), wins)
}

impl Map {
    fn line(&self, view: &View<'_>, table: &TableView<'_>, at: usize, columns: usize) -> (Role, String) {
        let Some(city) = table.package.codes.cities.get(at) else { return (Role::Plain, String::new()) };
        let one = |family: &Code| match cell(table, city, family) {
            (0, 0, 0) => text::right("-", CELL),
            (applied, bases, wins) => {
                let mark = "*".repeat(wins.min(3));
                text::right(&view.say(&msg!("map-cell", applied = applied, bases = bases, mark = mark)), CELL)
            }
        };
        let cells: String = table.package.codes.families.iter().skip(self.first).take(room(columns)).map(one).collect();
        (Role::Plain, format!("{}{cells}", text::pad(&text::safe_line(city.name.get(view.language())), NAME)))
    }

    /// What lies behind the chosen row, in words: clusters of the map, bases, applications.
    fn detail(&self, view: &View<'_>, table: &TableView<'_>) -> String {
        let Some(city) = table.package.codes.cities.get(self.cursor.at) else { return String::new() };
        let say = |name: &crate::domain::text::Bilingual| text::safe_line(name.get(view.language()));
        let clusters =
            table.package.map.clusters.iter().filter(|one| one.city == city.code).map(|one| say(&one.name)).collect::<Vec<_>>().join(" / ");
        let bases =
            table.package.bases.bases.iter().filter(|one| one.city == city.code).map(|one| say(&one.name)).collect::<Vec<_>>().join(" / ");
        let applied = table
            .package
            .applications
            .iter()
            .filter(|one| one.applicant.city == city.code)
            .map(|one| one.id.to_string())
            .collect::<Vec<_>>()
            .join(" ");
        let or = |text: String| if text.is_empty() { "-".to_owned() } else { text };
        view.say(&msg!("map-detail", city = say(&city.name), clusters = or(clusters), bases = or(bases), applied = or(applied)))
    }
}

const fn room(columns: usize) -> usize {
    columns.saturating_sub(NAME).saturating_sub(4) / CELL
}

impl Screen for Map {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-map"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.cursor.act(action, table.package.codes.cities.len()) {
            return Some(Vec::new());
        }
        match action {
            Action::Left => self.first = self.first.saturating_sub(1),
            Action::Right => self.first = self.first.saturating_add(1).min(table.package.codes.families.len().saturating_sub(1)),
            Action::Open => return Some(vec![Effect::Go(Place::Matrix)]),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let columns = usize::from(area.width);
        canvas.line(area, 0, &view.say(&msg!("map-legend")), view.theme.style(Role::Muted));
        let families = table.package.codes.families.iter().skip(self.first).take(room(columns));
        let heads: String = families
            .map(|one| text::right(&text::cut(&text::safe_line(one.name.get(view.language())), CELL.saturating_sub(1)), CELL))
            .collect();
        canvas.line(area, 1, &format!("   {}{heads}", " ".repeat(NAME)), view.theme.style(Role::Title));
        let list = rows::below(area, 2);
        let list = Rect { height: list.height.saturating_sub(4), ..list };
        let mut cursor = self.cursor;
        rows::draw(view, canvas, list, &mut cursor, table.package.codes.cities.len(), |at| self.line(view, &table, at, columns));
        self.cursor = cursor;
        rows::wrapped(view, canvas, area, (area.height.saturating_sub(4), 4), (Role::Plain, &self.detail(view, &table)));
    }
}
