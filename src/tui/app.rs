//! The program between keys and cells: it holds the screens, hands keys to the top one, and has its wishes done.

mod jobs;

use std::path::Path;

use crossterm::event::KeyCode;
use ratatui::{buffer::Buffer, layout::Position};

use crate::{
    domain::text::Message,
    i18n, msg,
    tui::{
        action::{Action, BINDINGS, Scope},
        acts::{Acts, Outcome, Trouble},
        effect::{Below, Effect, Place},
        ends::Pace,
        everywhere::{everywhere, why_not},
        frame::{self, Status},
        keymap::{Key, Keymap},
        screen::{Canvas, Screen},
        screens,
        settings::Settings,
        theme::{Glyphs, Role, Theme},
        view::View,
    },
};

/// So many keys that lie ready at once in a text are a paste, on terminals that do not say so.
const BURST: usize = 3;

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
    /// What is done after the next frame.
    later: Option<Effect>,
    /// How far a step is that goes on.
    pace: Option<Pace>,
    /// Whether everything is to be drawn anew.
    pub repaint: bool,
    is_over: bool,
    /// Leaving would lose something: whether this key was told so, and whether the key before it was.
    warned: (bool, bool),
}

impl<'a> App<'a> {
    /// The program on its first screen: the chair's table, the worklist where there is work, else the welcome.
    pub fn new(acts: &'a mut dyn Acts, settings: Settings, terminal: Terminal) -> Self {
        let stack = vec![screens::open(first(acts), Below::default())];
        let keymap = Keymap::new(&settings);
        Self {
            acts,
            settings,
            keymap,
            terminal,
            stack,
            status: Status::default(),
            later: None,
            pace: None,
            repaint: false,
            is_over: false,
            warned: (false, false),
        }
    }

    /// Looks at the package that was named when the program was started.
    pub fn arrive(&mut self, file: &Path) {
        if let Err(trouble) = self.look(file) {
            self.refuse(&trouble);
        }
    }

    /// Whether the person has left.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether something waits to be done once a frame was drawn.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.later.is_some()
    }

    /// Does what waited for a frame.
    pub fn go_on(&mut self) {
        if let Some(effect) = self.later.take() {
            self.perform(vec![effect]);
        }
    }

    /// Whether the screen counts time, so that it is drawn every second.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.stack.last().is_some_and(|screen| screen.is_counting())
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

    /// Takes all keys that lie ready, one by one. In a text a burst of them is one paste, in which Enter is a new line and nothing
    /// a command: some terminals hand a paste on as keys. A tab that text follows belongs to the paste; the last one leaves the field.
    pub fn keys(&mut self, keys: &[Key]) {
        let last = keys.len().saturating_sub(1);
        let typed = |(at, key): (usize, &Key)| match key.code {
            KeyCode::Enter => Some('\n'),
            KeyCode::Tab if at < last => Some('\t'),
            _ => key.typed(),
        };
        let text: Option<String> = keys.iter().enumerate().map(typed).collect();
        match text {
            Some(text) if keys.len() >= BURST && self.is_writing() => self.paste(&text),
            _ => {
                for key in keys {
                    if !self.is_over {
                        self.key(*key);
                    }
                }
            }
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) {
        self.go_on();
        self.status.said = None;
        self.warned = (false, self.warned.0);
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
        self.go_on();
        self.status.said = None;
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
        let mut canvas = Canvas::new(buffer, self.terminal.narrow);
        let view = view(&self.settings, &self.keymap, self.terminal, self.acts, self.pace);
        let (columns, rows) = frame::SMALLEST;
        if area.width < columns || area.height < rows {
            frame::draw_too_small(&mut canvas, area, view.theme.style(Role::Plain));
            return None;
        }
        let screen = self.stack.last_mut()?;
        let hints = match screen.hint() {
            Some(within) => frame::hints_within(&view, screen.scopes(), within, usize::from(area.width)),
            None => frame::hints(&view, screen.scopes(), usize::from(area.width)),
        };
        frame::draw(&view, &mut canvas, area, &screen.title(&view), &hints, &status);
        screen.draw(&view, &mut canvas, frame::body(area, self.settings.hints));
        if self.later.is_none() && screen.wants_trial() && view.table.is_some_and(|table| !table.is_tried()) {
            self.later = Some(Effect::TryRanks);
        }
        canvas.cursor
    }

    fn on_top(&mut self, ask: impl FnOnce(&mut dyn Screen, &View<'_>) -> Option<Vec<Effect>>) -> Option<Vec<Effect>> {
        let view = view(&self.settings, &self.keymap, self.terminal, self.acts, self.pace);
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
            Effect::OpenTable(_) | Effect::Decide(_) | Effect::TryRanks | Effect::TakeIn(_) => self.perform_at_table(effect)?,
            Effect::Then(effect) => self.later = Some(*effect),
            Effect::OpenPackage(path) => self.look(&path)?,
            Effect::AcceptPackage(code) => {
                let done = self.acts.accept(&code)?;
                self.begin(&done);
            }
            signing @ (Effect::Export(..) | Effect::Request(..) | Effect::Seal(..)) => self.sign(signing)?,
            Effect::Begin(job) => self.begin_job(*job)?,
            Effect::Stop => self.acts.stop(),
            Effect::Settings(settings) => self.choose(*settings)?,
            Effect::Act(action) => {
                let handled = self.on_top(|screen, view| match why_not(screen, view, action) {
                    Some(why) => Some(vec![Effect::Refuse(why, msg!("no-such-key-advice"))]),
                    None => screen.act(view, action).or_else(|| everywhere(view, action)),
                });
                self.perform(handled.unwrap_or_default());
            }
            Effect::Redraw => self.repaint = true,
            // Only real loss is guarded: the first time says what would be lost, the second in a row leaves.
            Effect::Quit if !self.warned.1 && self.would_lose() => self.warn(),
            Effect::Quit => self.is_over = true,
        }
        Ok(())
    }

    /// Signs and writes a bundle.
    fn sign(&mut self, effect: Effect) -> Outcome<()> {
        let done = match effect {
            Effect::Export(folder, passphrase) => self.acts.export(&folder, &passphrase)?,
            Effect::Request(wish, folder, passphrase) => self.acts.request(&wish, &folder, &passphrase)?,
            Effect::Seal(folder, passphrase) => self.acts.seal(&folder, &passphrase)?,
            _ => return Ok(()),
        };
        self.tell(&done);
        Ok(())
    }

    /// What only the chair asks for.
    fn perform_at_table(&mut self, effect: Effect) -> Outcome<()> {
        match effect {
            Effect::OpenTable(code) => {
                let done = self.acts.preside(&code)?;
                self.begin(&done);
            }
            Effect::Decide(act) => self.acts.decide(act).map(|done| self.saved(&done))?,
            Effect::TryRanks => {
                if let Some(table) = self.acts.table() {
                    table.try_ranks();
                }
            }
            Effect::TakeIn(path) => self.take_in(&path)?,
            // Everything else is done above.
            _ => {}
        }
        Ok(())
    }

    /// Records what can be recorded; whether something would be lost all the same.
    fn would_lose(&mut self) -> bool {
        self.flush();
        let view = view(&self.settings, &self.keymap, self.terminal, self.acts, self.pace);
        self.status.unsaved.is_some() || self.stack.iter().any(|screen| screen.is_pending(&view))
    }

    fn warn(&mut self) {
        self.warned.0 = true;
        let (what, advice) = match self.status.unsaved {
            Some(_) => (msg!("quit-unsaved"), msg!("quit-unsaved-advice")),
            None => (msg!("quit-pending"), msg!("quit-pending-advice")),
        };
        self.refuse(&Trouble { what, advice, unsaved: false });
    }

    /// The first screen of another work, with what was done to get there.
    fn begin(&mut self, done: &Message) {
        self.start_over();
        self.tell(done);
    }

    fn take_in(&mut self, path: &Path) -> Outcome<()> {
        // What was said while it was waited for is over.
        self.status.said = None;
        let intake = self.acts.take_in(path)?;
        self.go(Place::Intake(Box::new(intake)));
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
        self.flush();
        let mut below = Below::default();
        let _none = self.on_top(|screen, view| {
            let actions = BINDINGS.iter().map(|binding| binding.action);
            let cannot = actions.filter_map(|action| Some((action, why_not(screen, view, action)?))).collect();
            below = Below { scopes: screen.scopes().to_vec(), cannot };
            None
        });
        self.stack.push(screens::open(place, below));
    }

    fn back(&mut self) {
        self.flush();
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    fn start_over(&mut self) {
        self.stack.clear();
        self.stack.push(screens::open(first(self.acts), Below::default()));
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

/// The first screen of whoever sits here.
fn first(acts: &dyn Acts) -> Place {
    match (acts.table(), acts.work()) {
        (Some(_), _) => Place::Board,
        (None, Some(work)) if work.pledged => Place::Worklist,
        (None, Some(_)) => Place::Pledge,
        (None, None) => Place::Welcome,
    }
}

/// Seconds of a time of day such as `14:32:05`.
fn seconds(clock: &str) -> u32 {
    clock.split(':').filter_map(|part| part.parse::<u32>().ok()).fold(0, |sum, part| sum.saturating_mul(60).saturating_add(part))
}

fn view<'a>(settings: &'a Settings, keymap: &'a Keymap, terminal: Terminal, acts: &'a dyn Acts, pace: Option<Pace>) -> View<'a> {
    View {
        settings,
        theme: Theme::new(settings.theme, terminal.mono),
        glyphs: Glyphs::new(settings.charset, terminal.narrow),
        keymap,
        work: acts.work(),
        table: acts.table(),
        register: acts.register(),
        office: acts.office(),
        plan: acts.plan(),
        pace,
        seconds: seconds(&acts.clock()),
    }
}
