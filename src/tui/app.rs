//! The program between keys and cells: it holds the screens, hands keys to the top one, and has its wishes done.

use std::path::Path;

use ratatui::{buffer::Buffer, layout::Position};

use crate::{
    domain::text::Message,
    i18n, msg,
    tui::{
        action::{Action, Scope},
        acts::{Acts, Outcome, Trouble},
        effect::{Effect, Place},
        frame::{self, Status},
        keymap::{Key, Keymap},
        screen::{Canvas, Screen},
        screens,
        settings::Settings,
        theme::{Glyphs, Role, Theme},
        view::View,
    },
};

/// What the terminal can do, found out before the first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// No colours.
    pub mono: bool,
    /// Line-drawing characters take one column.
    pub narrow: bool,
}

/// The program.
pub struct App<'a> {
    acts: &'a mut dyn Acts,
    settings: Settings,
    keymap: Keymap,
    terminal: Terminal,
    stack: Vec<Box<dyn Screen>>,
    status: Status,
    /// Whether everything is to be drawn anew.
    pub repaint: bool,
    is_over: bool,
}

impl<'a> App<'a> {
    /// The program on its first screen: the worklist where there is work, else the welcome.
    pub fn new(acts: &'a mut dyn Acts, settings: Settings, terminal: Terminal) -> Self {
        let first = match acts.work() {
            Some(work) if work.pledged => vec![Place::Worklist],
            Some(_) => vec![Place::Pledge],
            None => vec![Place::Welcome],
        };
        let stack = first.into_iter().map(|place| screens::open(place, Vec::new())).collect();
        let keymap = Keymap::new(&settings);
        Self { acts, settings, keymap, terminal, stack, status: Status::default(), repaint: false, is_over: false }
    }

    /// Whether the person has left.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether a text of several lines is being written.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.stack.last().is_some_and(|screen| screen.is_writing())
    }

    /// Says something at the start, for example what the store had to do.
    pub fn tell(&mut self, message: &Message) {
        self.status.said = Some((false, i18n::text(self.settings.language, message)));
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) {
        self.status.said = None;
        let handled = self.on_top(|screen, view| {
            if let Some(effects) = screen.key(view, key) {
                return Some(effects);
            }
            let scopes = screen.scopes();
            let action = view.keymap.action(scopes, key);
            let row = key.digit().filter(|_| !key.ctrl && scopes.contains(&Scope::Lists)).map(Action::Row);
            action.or(row).and_then(|action| screen.act(view, action).or_else(|| everywhere(view, action)))
        });
        match handled {
            Some(effects) => self.perform(effects),
            None => self.refuse(&Trouble { what: msg!("no-such-key"), advice: msg!("no-such-key-advice"), unsaved: false }),
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some(effects) = self.on_top(|screen, view| screen.paste(view, text)) {
            self.perform(effects);
        }
    }

    /// Records what was typed and is not recorded yet.
    pub fn flush(&mut self) {
        let effects = self.on_top(|screen, view| Some(screen.flush(view)));
        self.perform(effects.unwrap_or_default());
    }

    /// Draws everything; the cursor's place is for the terminal's own.
    pub fn draw(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let area = *buffer.area();
        let status = self.status.clone();
        let mut canvas = Canvas::new(buffer);
        let work = self.acts.work();
        let view = view(&self.settings, &self.keymap, self.terminal, work);
        let (columns, rows) = frame::SMALLEST;
        if area.width < columns || area.height < rows {
            frame::draw_too_small(&mut canvas, area, view.theme.style(Role::Plain));
            return None;
        }
        let screen = self.stack.last_mut()?;
        let hints = match screen.hint() {
            Some(hint) => view.say(&hint),
            None => frame::hints(&view, screen.scopes(), usize::from(area.width)),
        };
        frame::draw(&view, &mut canvas, area, &screen.title(&view), &hints, &status);
        screen.draw(&view, &mut canvas, frame::body(area, self.settings.hints));
        canvas.cursor
    }

    fn on_top(&mut self, ask: impl FnOnce(&mut dyn Screen, &View<'_>) -> Option<Vec<Effect>>) -> Option<Vec<Effect>> {
        let work = self.acts.work();
        let view = view(&self.settings, &self.keymap, self.terminal, work);
        let screen = self.stack.last_mut()?;
        ask(screen.as_mut(), &view)
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let trouble = self.perform_one(effect).err();
            if let Some(trouble) = trouble {
                self.refuse(&trouble);
                // What was asked for after it rested on it.
                break;
            }
        }
    }

    fn perform_one(&mut self, effect: Effect) -> Outcome<()> {
        match effect {
            Effect::Record(change) => self.acts.record(change).map(|done| self.saved(&done))?,
            Effect::Undo => self.acts.undo().map(|done| self.saved(&done))?,
            Effect::Redo => self.acts.redo().map(|done| self.saved(&done))?,
            Effect::Pledge => self.acts.pledge().map(|done| self.saved(&done))?,
            Effect::Reopen => {
                self.flush();
                let done = self.acts.reopen()?;
                self.status.unsaved = None;
                self.saved(&done);
            }
            Effect::Go(place) => self.go(place),
            Effect::Replace(place) => {
                self.stack.pop();
                self.go(place);
            }
            Effect::Back => self.back(),
            Effect::Tell(message) => self.tell(&message),
            Effect::Refuse(what, advice) => return Err(Trouble { what, advice, unsaved: false }),
            Effect::View(application, file) => {
                let done = self.acts.view(&application, &file)?;
                self.tell(&done);
            }
            Effect::OpenPackage(path) => self.look(&path)?,
            Effect::AcceptPackage(code) => {
                let done = self.acts.accept(&code)?;
                self.start_over();
                self.tell(&done);
            }
            Effect::Export(folder, passphrase) => {
                let done = self.acts.export(&folder, &passphrase)?;
                self.tell(&done);
            }
            Effect::Settings(settings) => self.choose(*settings)?,
            Effect::Act(action) => {
                let handled = self.on_top(|screen, view| match screen.why_not(view, action) {
                    Some(why) => Some(vec![Effect::Refuse(why, msg!("no-such-key-advice"))]),
                    None => screen.act(view, action).or_else(|| everywhere(view, action)),
                });
                self.perform(handled.unwrap_or_default());
            }
            Effect::Redraw => self.repaint = true,
            Effect::Quit => {
                self.flush();
                // Only real loss is guarded: with something unsaved, the first time says so, and the second leaves.
                self.is_over = self.status.unsaved.take().is_none();
                if !self.is_over {
                    return Err(Trouble { what: msg!("quit-unsaved"), advice: msg!("quit-unsaved-advice"), unsaved: false });
                }
            }
        }
        Ok(())
    }

    fn look(&mut self, path: &Path) -> Outcome<()> {
        let arrival = self.acts.look(path)?;
        self.go(Place::Arrival(Box::new(arrival)));
        Ok(())
    }

    fn choose(&mut self, settings: Settings) -> Outcome<()> {
        self.keymap = Keymap::new(&settings);
        self.settings = settings;
        self.repaint = true;
        self.acts.keep(&self.settings)
    }

    fn saved(&mut self, done: &Message) {
        self.status.saved = Some(self.acts.clock());
        self.tell(done);
    }

    fn go(&mut self, place: Place) {
        let below = self.stack.last().map(|screen| screen.scopes().to_vec()).unwrap_or_default();
        self.flush();
        self.stack.push(screens::open(place, below));
    }

    fn back(&mut self) {
        self.flush();
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    fn start_over(&mut self) {
        let place = match self.acts.work() {
            Some(work) if !work.pledged => Place::Pledge,
            Some(_) => Place::Worklist,
            None => Place::Welcome,
        };
        self.stack.clear();
        self.stack.push(screens::open(place, Vec::new()));
    }

    fn refuse(&mut self, trouble: &Trouble) {
        let say = |message: &Message| i18n::text(self.settings.language, message);
        let (what, advice) = (say(&trouble.what), say(&trouble.advice));
        if trouble.unsaved {
            self.status.unsaved = Some(what.clone());
        }
        self.status.said = Some((true, format!("{what} {advice}")));
    }
}

/// What an action does on every screen that has no use of its own for it.
fn everywhere(view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
    Some(vec![match action {
        Action::Language => {
            let language = view.language().other();
            Effect::Settings(Box::new(Settings { language, ..view.settings.clone() }))
        }
        Action::Undo => Effect::Undo,
        Action::Redo => Effect::Redo,
        Action::Help => Effect::Go(Place::Help),
        Action::Palette => Effect::Go(Place::Palette),
        Action::Settings => Effect::Go(Place::Settings),
        Action::Journal => Effect::Go(Place::Journal),
        Action::Compare => Effect::Go(Place::Compare),
        Action::Check | Action::Sign => Effect::Go(Place::Check),
        Action::Save => Effect::Reopen,
        Action::Back => Effect::Back,
        Action::Redraw => Effect::Redraw,
        Action::Quit => Effect::Quit,
        _ => return None,
    }])
}

fn view<'a>(settings: &'a Settings, keymap: &'a Keymap, terminal: Terminal, work: Option<crate::tui::view::Work<'a>>) -> View<'a> {
    View {
        settings,
        theme: Theme::new(settings.theme, terminal.mono),
        glyphs: Glyphs::new(settings.charset, terminal.narrow),
        keymap,
        work,
    }
}
