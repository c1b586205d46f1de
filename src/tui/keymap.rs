//! Keys to actions: the usual bindings, with a person's own in their place.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::tui::{
    action::{Action, BINDINGS, Binding, Scope},
    settings::Settings,
    text,
};

/// A key as the screens see it: pressed, folded, without what differs between systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Whether Ctrl is held.
    pub ctrl: bool,
}

/// The bindings in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    entries: Vec<(&'static Binding, Vec<String>)>,
}

/// Two actions of one place want the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The key.
    pub key: String,
    /// Names of both.
    pub actions: [&'static str; 2],
}

impl Keymap {
    /// The usual bindings with those of `settings` in their place.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let keys = |binding: &Binding| match settings.keys.get(binding.id) {
            Some(own) => own.iter().map(|key| plain_name(key)).collect(),
            None => binding.keys.iter().map(|key| (*key).to_owned()).collect(),
        };
        Self { entries: BINDINGS.iter().map(|binding| (binding, keys(binding))).collect() }
    }

    /// What `key` means in these scopes, if anything.
    #[must_use]
    pub fn action(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        let name = name_of(key)?;
        let holds = |binding: &Binding| binding.scope == Scope::Everywhere || scopes.contains(&binding.scope);
        let found = self.entries.iter().find(|(binding, keys)| holds(binding) && keys.contains(&name));
        found.map(|(binding, _)| binding.action)
    }

    /// The bindings that hold in these scopes, each with its keys; those without a key are left out.
    pub fn live<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = (&'static Binding, &'a [String])> {
        let holds = |binding: &Binding| binding.scope == Scope::Everywhere || scopes.contains(&binding.scope);
        self.entries
            .iter()
            .filter(move |(binding, keys)| holds(binding) && !keys.is_empty())
            .map(|(binding, keys)| (*binding, keys.as_slice()))
    }

    /// Keys that mean two things in one place.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (at, (one, keys)) in self.entries.iter().enumerate() {
            for (other, others) in self.entries.iter().skip(at.saturating_add(1)) {
                let is_clash = one.scope.meets(other.scope) && one.action != other.action;
                for key in keys.iter().filter(|key| is_clash && others.contains(key)) {
                    found.push(Conflict { key: key.clone(), actions: [one.id, other.id] });
                }
            }
        }
        found
    }
}

/// What a person's own keys name that does not exist: actions and keys, as they are written.
#[must_use]
pub fn strangers(settings: &Settings) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (id, keys) in &settings.keys {
        if !BINDINGS.iter().any(|binding| binding.id == id) {
            found.push(id.clone());
        }
        let is_known = |key: &&String| key_named(&plain_name(key)).and_then(name_of).is_some_and(|name| name == plain_name(key));
        found.extend(keys.iter().filter(|key| !is_known(key)).cloned());
    }
    found
}

/// `Ctrl-Z` and `F2` are written as people write them; `G` alone is another key than `g`.
fn plain_name(key: &str) -> String {
    if key.chars().count() > 1 { key.to_lowercase() } else { key.to_owned() }
}

/// A key event as a [`Key`]; releases are none. Windows reports both halves of a press.
#[must_use]
pub fn pressed(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    // AltGr comes as Ctrl and Alt on Windows and types a character.
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL) && !event.modifiers.contains(KeyModifiers::ALT);
    let code = match event.code {
        KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        code => code,
    };
    Some(Key { code, ctrl })
}

impl Key {
    /// The same key with full-width characters folded, for commands.
    #[must_use]
    pub fn folded(self) -> Self {
        match self.code {
            KeyCode::Char(c) => Self { code: KeyCode::Char(text::fold(c)), ..self },
            _ => self,
        }
    }

    /// The character it types, where it types one.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl => Some(c),
            _ => None,
        }
    }

    /// The digit it types, where it types one.
    #[must_use]
    pub fn digit(self) -> Option<u8> {
        let digit = self.folded().typed()?.to_digit(10)?;
        u8::try_from(digit).ok()
    }
}

/// The name of a key in `settings.toml`.
#[must_use]
pub fn name_of(key: Key) -> Option<String> {
    let name = match key.folded().code {
        KeyCode::Char(' ') => "space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(number) => format!("f{number}"),
        KeyCode::Up => "up".to_owned(),
        KeyCode::Down => "down".to_owned(),
        KeyCode::Left => "left".to_owned(),
        KeyCode::Right => "right".to_owned(),
        KeyCode::PageUp => "pageup".to_owned(),
        KeyCode::PageDown => "pagedown".to_owned(),
        KeyCode::Home => "home".to_owned(),
        KeyCode::End => "end".to_owned(),
        KeyCode::Tab => "tab".to_owned(),
        KeyCode::BackTab => "backtab".to_owned(),
        KeyCode::Enter => "enter".to_owned(),
        KeyCode::Esc => "esc".to_owned(),
        KeyCode::Delete => "delete".to_owned(),
        KeyCode::Backspace => "backspace".to_owned(),
        _ => return None,
    };
    Some(if key.ctrl { format!("ctrl-{name}") } else { name })
}

/// The key of this name.
#[must_use]
pub fn key_named(name: &str) -> Option<Key> {
    let (ctrl, plain) = name.strip_prefix("ctrl-").map_or((false, name), |rest| (true, rest));
    let code = match plain {
        "space" => KeyCode::Char(' '),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pageup" => KeyCode::PageUp,
        "pagedown" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "delete" => KeyCode::Delete,
        "backspace" => KeyCode::Backspace,
        other => match (other.strip_prefix('f').and_then(|digits| digits.parse().ok()), other.chars().next(), other.chars().count()) {
            (Some(number), ..) => KeyCode::F(number),
            (None, Some(c), 1) => KeyCode::Char(c),
            _ => return None,
        },
    };
    Some(Key { code, ctrl })
}
