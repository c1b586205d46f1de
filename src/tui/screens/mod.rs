//! The screens, one file each. They know domain, language, actions, effects and widgets, never each other.

mod arrival;
mod ask;
mod board;
mod bundles;
mod case;
mod check;
mod compare;
mod declare;
mod export;
mod fill;
mod flag;
mod flags;
mod help;
mod intake;
mod journal;
mod map;
mod matrix;
mod meeting;
mod member;
mod members;
mod office;
mod opinion;
mod opinions;
mod palette;
mod part;
mod plan;
mod pledge;
mod ranking;
mod read;
mod register;
mod seal;
mod settings;
mod sheet;
mod signed;
mod statistics;
mod welcome;
mod why;
mod working;
mod worklist;
mod workshop;

use crate::tui::{
    effect::{Below, Place},
    paper::Page,
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
        Place::Board => Box::new(board::Board::default()),
        Place::Bundles => Box::new(bundles::Bundles::default()),
        Place::Intake(intake) => Box::new(intake::IntakeScreen::new(*intake)),
        Place::Matrix => Box::new(matrix::Matrix::default()),
        Place::Flags => Box::new(flags::Flags::default()),
        Place::Flag(id, key) => Box::new(Page::new(flag::Flag::new(id, key))),
        Place::Ranking => Box::new(ranking::Ranking::default()),
        Place::Why(id) => Box::new(why::Why::new(id)),
        Place::Case(id) => Box::new(Page::new(case::Case::new(id))),
        Place::Opinion(id) => Box::new(opinion::OpinionScreen::new(id)),
        Place::Opinions => Box::new(opinions::Opinions::default()),
        Place::Members => Box::new(members::Members::default()),
        Place::Member(code) => Box::new(Page::new(member::Member::new(code))),
        Place::Seal => Box::new(seal::Seal::default()),
        Place::Ask(ask) => Box::new(ask::AskScreen::new(ask)),
        Place::Fill(form) => Box::new(fill::Fill::new(form)),
        Place::Working(what, can_stop) => Box::new(working::Working::new(what, can_stop)),
        Place::Register => Box::new(register::RegisterScreen::default()),
        Place::Office => Box::new(office::Office::default()),
        Place::Workshop => Box::new(workshop::Workshop::default()),
        Place::Plan => Box::new(plan::PlanScreen::default()),
        Place::Part(part) => Box::new(part::PartScreen::new(part)),
        Place::Signed(signed) => Box::new(signed::SignedScreen::new(*signed)),
        Place::Meeting => Box::new(meeting::Meeting::default()),
        Place::Statistics => Box::new(statistics::Statistics::default()),
        Place::Map => Box::new(map::Map::default()),
        Place::Journal => Box::new(journal::Journal::default()),
        Place::Help => Box::new(help::Help::new(below)),
        Place::Palette => Box::new(palette::Palette::new(below)),
        Place::Settings => Box::new(settings::SettingsScreen::default()),
    }
}
