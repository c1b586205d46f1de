//! The screens, one file each. They know domain, language, actions, effects and widgets, never each other.

mod arrival;
mod check;
mod compare;
mod declare;
mod export;
mod help;
mod journal;
mod palette;
mod pledge;
mod read;
mod settings;
mod sheet;
mod welcome;
mod worklist;

use crate::tui::{
    effect::{Below, Place},
    screen::Screen,
};

/// The screen of a place.
#[must_use]
pub fn open(place: Place, below: Below) -> Box<dyn Screen> {
    match place {
        Place::Welcome => Box::new(welcome::Welcome::default()),
        Place::OpenFile => Box::new(welcome::Welcome::asking()),
        Place::Arrival(arrival) => Box::new(arrival::ArrivalScreen::new(*arrival)),
        Place::Pledge => Box::new(pledge::Pledge::default()),
        Place::Worklist => Box::new(worklist::Worklist::default()),
        Place::Declare(id) => Box::new(declare::Declare::new(id)),
        Place::Sheet(id, criterion) => Box::new(sheet::SheetScreen::new(id, criterion)),
        Place::Read(id) => Box::new(read::Read::new(id)),
        Place::Compare => Box::new(compare::Compare::default()),
        Place::Check => Box::new(check::Check::default()),
        Place::Export => Box::new(export::Export::default()),
        Place::Journal => Box::new(journal::Journal::default()),
        Place::Help => Box::new(help::Help::new(below.scopes)),
        Place::Palette => Box::new(palette::Palette::new(below)),
        Place::Settings => Box::new(settings::SettingsScreen::default()),
    }
}
