//! The loop: waits for a key, has it handled, draws once. Nothing is drawn and nobody wakes while nothing happens.

use std::{
    io,
    panic::{self, AssertUnwindSafe},
    path::Path,
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use crossterm::event::{self, Event};
use ratatui::{Terminal as Screen, backend::CrosstermBackend, layout::Rect};

use crate::{
    domain::text::Message,
    tui::{
        acts::Acts,
        app::{App, Terminal},
        keymap::{self, Key},
        probe,
        settings::Settings,
        terminal::{self, Guard},
    },
};

/// A comment is recorded this long after the last key at the latest.
const SETTLE: Duration = Duration::from_millis(800);
/// How often a screen that counts time is drawn.
const SECOND: Duration = Duration::from_secs(1);

/// What can wake the loop.
enum Wake {
    Event(Event),
    /// Something is to be heard of a step that goes on.
    News,
    /// The system wants the program to end.
    Stop,
}

/// How the loop ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Left,
    /// The system wanted the program to end; everything typed is recorded.
    Stopped,
    /// A fault of ours; everything typed is recorded, and these are its words.
    Panicked(String),
}

/// Shows the screens until the person leaves. `notes` are said at the start, and `arrived` is a package to be looked at first.
///
/// # Errors
/// What the terminal reports. It is put back in every case.
pub fn run(acts: &mut dyn Acts, settings: Settings, notes: &[Message], arrived: Option<&Path>) -> io::Result<Ended> {
    let quiet = install_hook();
    let guard = Guard::enter()?;
    let found = Terminal { mono: terminal::is_mono(), narrow: probe::is_narrow() };
    let mut screen = Screen::new(CrosstermBackend::new(io::stdout()))?;
    repaint(&mut screen)?;
    let (sender, receiver) = mpsc::channel();
    watch_signals(&sender)?;
    watch_keys(sender.clone());
    acts.listen(Arc::new(move || {
        let _gone = sender.send(Wake::News);
    }));
    let mut app = App::new(acts, settings, found);
    notes.iter().for_each(|note| app.tell(note));
    if let Some(file) = arrived {
        app.arrive(file);
    }
    // A fault while drawing must not cost what was typed: it is caught, the draft recorded, the terminal put back.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| turn(&mut app, &mut screen, &receiver)));
    drop(guard);
    let ended = match outcome {
        Ok(ended) => ended,
        Err(fault) => {
            let _best = panic::catch_unwind(AssertUnwindSafe(|| app.flush()));
            Ok(Ended::Panicked(words_of(fault.as_ref())))
        }
    };
    drop(quiet);
    ended
}

type Cells = Screen<CrosstermBackend<io::Stdout>>;

fn turn(app: &mut App<'_>, screen: &mut Cells, receiver: &Receiver<Wake>) -> io::Result<Ended> {
    draw(app, screen)?;
    loop {
        while app.is_waiting() {
            app.go_on();
            draw(app, screen)?;
        }
        let wait = match (app.is_writing(), app.is_counting()) {
            (true, _) => Some(SETTLE),
            (false, true) => Some(SECOND),
            (false, false) => None,
        };
        let wake = match wait.map_or_else(|| receiver.recv().map_err(RecvTimeoutError::from), |wait| receiver.recv_timeout(wait)) {
            Ok(wake) => wake,
            Err(RecvTimeoutError::Timeout) if app.is_counting() => {
                draw(app, screen)?;
                continue;
            }
            Err(RecvTimeoutError::Timeout) => {
                app.flush();
                // Drawn once for what was recorded; then the loop waits for the next key.
                draw(app, screen)?;
                match receiver.recv() {
                    Ok(wake) => wake,
                    Err(_) => return Ok(Ended::Stopped),
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Stopped),
        };
        if step(app, screen, receiver, wake)? {
            return Ok(Ended::Stopped);
        }
        if app.is_over() {
            return Ok(Ended::Left);
        }
        draw(app, screen)?;
    }
}

/// Handles `wake` and everything that lies ready behind it; whether the system wants the program to end.
fn step(app: &mut App<'_>, screen: &mut Cells, receiver: &Receiver<Wake>, wake: Wake) -> io::Result<bool> {
    let mut ready = vec![wake];
    ready.extend(receiver.try_iter());
    let is_end = handle(app, screen, ready)?;
    if is_end {
        app.flush();
    }
    Ok(is_end)
}

/// Hands everything that lies ready to the program; whether the system wants it to end.
fn handle(app: &mut App<'_>, screen: &mut Cells, ready: Vec<Wake>) -> io::Result<bool> {
    let mut keys: Vec<Key> = Vec::new();
    for wake in ready {
        match wake {
            Wake::Stop => return Ok(true),
            Wake::News => {
                app.keys(&std::mem::take(&mut keys));
                app.advance();
            }
            Wake::Event(Event::Key(event)) => keys.extend(keymap::pressed(event)),
            Wake::Event(Event::Paste(text)) => {
                app.keys(&std::mem::take(&mut keys));
                app.paste(&text);
            }
            Wake::Event(Event::Resize(..)) => {
                app.flush();
                repaint(screen)?;
            }
            Wake::Event(_) => {}
        }
    }
    app.keys(&keys);
    Ok(false)
}

/// Clears the window, so that the next frame is drawn whole. The library's own way asks the terminal where its cursor is, and fails
/// where nobody answers.
fn repaint(screen: &mut Cells) -> io::Result<()> {
    let size = screen.size()?;
    screen.resize(Rect::new(0, 0, size.width, size.height))
}

fn draw(app: &mut App<'_>, screen: &mut Cells) -> io::Result<()> {
    if std::mem::take(&mut app.repaint) {
        repaint(screen)?;
    }
    screen.draw(|frame| {
        if let Some(cursor) = app.draw(frame.buffer_mut()) {
            frame.set_cursor_position(cursor);
        }
    })?;
    Ok(())
}

/// Reads keys on a thread of its own, so that the loop can wait for signals and silence too.
fn watch_keys(sender: Sender<Wake>) {
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            if sender.send(Wake::Event(event)).is_err() {
                break;
            }
        }
        let _gone = sender.send(Wake::Stop);
    });
}

#[cfg(unix)]
fn watch_signals(sender: &Sender<Wake>) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
        iterator::Signals,
    };
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    let sender = sender.clone();
    thread::spawn(move || {
        for _ in signals.forever() {
            if sender.send(Wake::Stop).is_err() {
                break;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn watch_signals(_sender: &Sender<Wake>) -> io::Result<()> {
    Ok(())
}

type Hook = Box<dyn Fn(&panic::PanicHookInfo<'_>) + Send + Sync + 'static>;

/// Where the last fault of the main thread was, for the report.
static PLACE: Mutex<String> = Mutex::new(String::new());

/// Keeps the words of a fault from being written over the screen; dropping this gives the former hook its place back.
struct Quiet(Arc<Hook>);

fn install_hook() -> Quiet {
    let before: Arc<Hook> = Arc::new(panic::take_hook());
    let inner = Arc::clone(&before);
    panic::set_hook(Box::new(move |fault| {
        if thread::current().name() == Some("main") {
            if let (Ok(mut place), Some(found)) = (PLACE.lock(), fault.location()) {
                *place = found.to_string();
            }
        } else {
            inner(fault);
        }
    }));
    Quiet(before)
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let before = Arc::clone(&self.0);
        // A hook cannot be exchanged while this thread unwinds.
        if !thread::panicking() {
            panic::set_hook(Box::new(move |fault| before(fault)));
        }
    }
}

fn words_of(fault: &(dyn std::any::Any + Send)) -> String {
    let text = fault.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let words = text.or_else(|| fault.downcast_ref::<String>().cloned()).unwrap_or_default();
    let place = PLACE.lock().map(|place| place.clone()).unwrap_or_default();
    format!("{words}\n{place}")
}
