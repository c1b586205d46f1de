//! What stands on every screen: title, status, hints. Nothing else is permanent.

use ratatui::layout::Rect;

use crate::{
    domain::{call::Mode, text::Message},
    msg,
    tui::{
        action::{Action, Binding, Scope},
        everywhere::without_work,
        screen::{Canvas, Hint},
        text,
        theme::Role,
        view::View,
    },
};

/// Smallest window in which the screens work.
pub const SMALLEST: (u16, u16) = (60, 16);
/// Most hints in a line, the two permanent ones not counted.
const HINTS: usize = 6;

/// What the status line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// When the last change was saved.
    pub saved: Option<String>,
    /// Why the last change could not be saved; stays until it can.
    pub unsaved: Option<String>,
    /// The last thing said, and whether it was a refusal.
    pub said: Option<(bool, String)>,
}

/// The part of `area` that belongs to the screen.
#[must_use]
pub fn body(area: Rect, hints: bool) -> Rect {
    let below = if hints { 2 } else { 1 };
    Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1 + below), ..area }
}

/// Draws title, status and hints around the screen.
pub fn draw(view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, title: &str, hints: &str, status: &Status) {
    let columns = usize::from(area.width);
    let side = side(view);
    let room = columns.saturating_sub(text::width(&side)).saturating_sub(2);
    canvas.bar(area, 0, &format!("{} {side}", text::pad(title, room)), view.theme.style(Role::Focus));
    let below = u16::from(view.settings.hints);
    draw_status(view, canvas, area, area.height.saturating_sub(1 + below), status);
    if view.settings.hints {
        canvas.bar(area, area.height.saturating_sub(1), hints, view.theme.style(Role::Muted));
    }
}

/// Whose work on what it is.
fn side(view: &View<'_>) -> String {
    let (who, writable) = match (view.work, view.table) {
        (Some(work), _) => (work.reviewer.to_string(), work.writable),
        (None, Some(table)) => (view.say(&msg!("frame-chair", code = table.chair)), table.writable),
        (None, None) => return "pingyi".to_owned(),
    };
    let Some(call) = view.package().map(|package| &package.call) else { return "pingyi".to_owned() };
    let mode = match call.mode {
        Mode::Official => String::new(),
        Mode::Rehearsal => format!(" {}", view.say(&msg!("frame-rehearsal"))),
    };
    let reading = if writable { String::new() } else { format!(" {}", view.say(&msg!("frame-read-only"))) };
    format!("{} {} {who}{mode}{reading}", call.id, call.panel.id)
}

fn draw_status(view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, row: u16, status: &Status) {
    let progress = view.work.map(|work| work.index.progress);
    let done =
        progress.map(|progress| msg!("status-progress", done = progress.submitted.saturating_add(progress.out), all = progress.assigned));
    let stage = view.table.map(|table| table.table().progress.stage.name());
    let saved = match (&status.unsaved, &status.saved) {
        (Some(why), _) => format!("{} {why}", view.say(&msg!("status-unsaved"))),
        (None, Some(time)) => view.say(&msg!("status-saved", time = time)),
        (None, None) => String::new(),
    };
    let signed = view
        .work
        .map(|work| work.desk.exports.last().map_or(msg!("status-unsigned"), |last| msg!("status-signed", revision = last.revision)));
    let parts = [done.or(stage).map(|done| view.say(&done)), Some(saved), signed.map(|signed| view.say(&signed))];
    let left: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let left = left.join(" | ");
    let role = if status.unsaved.is_some() { Role::Bad } else { Role::Muted };
    canvas.line(area, row, &left, view.theme.style(role));
    if let Some((is_refusal, said)) = &status.said {
        let shift = if status.unsaved.is_some() { 0 } else { u16::try_from(text::width(&left)).unwrap_or_default().saturating_add(2) };
        // A refusal is more than a note: it takes the whole line when it needs it.
        let needed = u16::try_from(text::width(said)).unwrap_or(u16::MAX);
        let column = if area.width.saturating_sub(shift) < needed { 0 } else { shift };
        let place =
            Rect { x: area.x.saturating_add(column), y: area.y.saturating_add(row), width: area.width.saturating_sub(column), height: 1 };
        canvas.bar(place, 0, said, view.theme.style(if *is_refusal { Role::Warn } else { Role::Ok }));
    }
}

/// The hint line: the keys that matter most here, cut between two hints, always ending with help and commands.
#[must_use]
pub fn hints(view: &View<'_>, scopes: &[Scope], columns: usize) -> String {
    let mut live: Vec<(&'static Binding, &[String])> =
        view.keymap.live(scopes).filter(|(binding, _)| binding.rank > 0 && without_work(view, binding.action).is_none()).collect();
    live.sort_by_key(|(binding, _)| binding.rank);
    line_of(view, columns, live.into_iter().filter_map(|(binding, keys)| Some((keys.first()?.as_str(), (binding.words)()))))
}

/// The hint line while something goes on in which the usual keys rest.
#[must_use]
pub fn hints_within(view: &View<'_>, scopes: &[Scope], within: &[Hint], columns: usize) -> String {
    let key = |action: Action| view.keymap.live(scopes).find(|(binding, _)| binding.action == action).and_then(|(_, keys)| keys.first());
    line_of(view, columns, within.iter().filter_map(|(action, words)| Some((key(*action)?.as_str(), words()))))
}

fn line_of<'a>(view: &View<'_>, columns: usize, hints: impl Iterator<Item = (&'a str, Message)>) -> String {
    let permanent = |action: Action, words: &Message| {
        let key = view.keymap.live(&[]).find(|(binding, _)| binding.action == action).and_then(|(_, keys)| keys.first());
        key.map(|key| format!("{} {}", key_words(view, key), view.say(words)))
    };
    let end = [permanent(Action::Help, &msg!("key-help")), permanent(Action::Palette, &msg!("key-palette"))];
    let end = end.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut line = String::new();
    for (key, words) in hints.take(HINTS) {
        let hint = format!("{} {}  ", key_words(view, key), view.say(&words));
        if text::width(&line).saturating_add(text::width(&hint)).saturating_add(text::width(&end)) > columns {
            break;
        }
        line.push_str(&hint);
    }
    line.push_str(&end);
    line
}

/// A key's name as it stands on the keyboard.
#[must_use]
pub fn key_words(view: &View<'_>, key: &str) -> String {
    if let Some(rest) = key.strip_prefix("ctrl-") {
        return format!("Ctrl+{}", rest.to_uppercase());
    }
    match key {
        "enter" => view.say(&msg!("name-enter")),
        "space" => view.say(&msg!("name-space")),
        "esc" => "Esc".to_owned(),
        "tab" => "Tab".to_owned(),
        "backtab" => "Shift+Tab".to_owned(),
        "up" => view.say(&msg!("name-up")),
        "down" => view.say(&msg!("name-down")),
        "left" => view.say(&msg!("name-left")),
        "right" => view.say(&msg!("name-right")),
        "pageup" => "PgUp".to_owned(),
        "pagedown" => "PgDn".to_owned(),
        "home" => "Home".to_owned(),
        "end" => "End".to_owned(),
        "delete" => "Del".to_owned(),
        other if other.len() > 1 => other.to_uppercase(),
        other => other.to_owned(),
    }
}

/// Draws the notice that the window is too small, in both languages.
pub fn draw_too_small(canvas: &mut Canvas<'_>, area: Rect, style: ratatui::style::Style) {
    let (columns, rows) = SMALLEST;
    let lines = [
        format!("窗口太小 现在 {}x{}", area.width, area.height),
        format!("需要 {columns}x{rows}"),
        format!("too small: {}x{}", area.width, area.height),
        format!("needed: {columns}x{rows}"),
        "Ctrl+Q".to_owned(),
    ];
    for (row, line) in (0_u16..area.height).zip(&lines) {
        canvas.line(area, row, line, style);
    }
}
