//! A terminal of our own: the program runs in it, every byte that it writes is kept, and questions stay without an answer.

use std::{
    io::{Read, Write},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longest wait for something to appear: a busy machine is slow, a broken program never gets there.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in a terminal.
pub(crate) struct Window {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    /// That nobody looks any more: the reader lets go of the terminal at the next byte.
    closing: Arc<AtomicBool>,
}

impl Window {
    /// Starts a program in a terminal of so many columns and rows.
    pub(crate) fn open(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        if command.get_env("TERM").is_none_or(|term| term != "dumb") {
            command.env("TERM", "xterm-256color");
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let mut screen = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let closing = Arc::new(AtomicBool::new(false));
        let (kept, closed) = (Arc::clone(&bytes), Arc::clone(&closing));
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut chunk) {
                kept.lock().unwrap().extend_from_slice(&chunk[..count]);
                if closed.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        Self { child, master: Some(pair.master), keyboard: Some(keyboard), bytes, closing }
    }

    /// Everything written so far.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }

    /// How many bytes were written so far.
    pub(crate) fn length(&self) -> usize {
        self.bytes.lock().unwrap().len()
    }

    /// Types bytes, all at once.
    pub(crate) fn types(&mut self, text: &str) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(text.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Waits until `text` was written; of spaces nothing is asked, because only changed cells are written.
    pub(crate) fn sees(&self, text: &str) {
        let start = Instant::now();
        while !plain(&self.written()).contains(&text.replace(' ', "")) {
            assert!(start.elapsed() < PATIENCE, "{text:?} never came; the last of it: {:?}", last(&self.written()));
            sleep(Duration::from_millis(5));
        }
    }

    /// Types, and waits until `text` was written after that.
    pub(crate) fn types_and_sees(&mut self, keys: &str, text: &str) {
        let before = self.length();
        self.types(keys);
        let start = Instant::now();
        while !plain(&String::from_utf8_lossy(&self.bytes.lock().unwrap()[before..])).contains(&text.replace(' ', "")) {
            assert!(start.elapsed() < PATIENCE, "{text:?} never came after {keys:?}; the last of it: {:?}", last(&self.written()));
            sleep(Duration::from_millis(5));
        }
    }

    /// Waits until nothing was written for a while.
    pub(crate) fn settles(&self) {
        let mut before = usize::MAX;
        while before != self.length() {
            before = self.length();
            sleep(Duration::from_millis(250));
        }
    }

    /// Another size.
    pub(crate) fn resizes(&self, columns: u16, rows: u16) {
        self.master.as_ref().unwrap().resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Sends a signal by its name, as `kill` knows it.
    pub(crate) fn signals(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &process]).status().unwrap().success());
    }

    /// Takes the terminal away, as closing its window does. A last redraw wakes the reader, which holds it too.
    pub(crate) fn closes(&mut self) {
        let before = self.length();
        self.closing.store(true, Ordering::SeqCst);
        self.resizes(100, 30);
        while self.length() == before {
            sleep(Duration::from_millis(5));
        }
        self.keyboard = None;
        self.master = None;
    }

    /// Waits until the program has ended; whether it says that all went well.
    pub(crate) fn ends(&mut self) -> bool {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written last is still on its way.
                sleep(Duration::from_millis(100));
                return status.success();
            }
            assert!(start.elapsed() < PATIENCE, "it does not end; the last of it: {:?}", last(&self.written()));
            sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
    }
}

/// What was written without spaces and without the commands between: a wide character is followed by one that moves the cursor.
fn plain(written: &str) -> String {
    let mut parts = written.split("\u{1b}[");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(part.len(), |end| end + 1);
        text.push_str(&part[end..]);
    }
    text.retain(|c| c != ' ');
    text
}

fn last(written: &str) -> String {
    let text = plain(written);
    let count = text.chars().count();
    text.chars().skip(count.saturating_sub(300)).collect()
}
