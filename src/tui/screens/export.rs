//! Signing: where the bundle goes, the passphrase, and a question that is answered by typing four digits.

use std::path::PathBuf;

use ratatui::layout::Rect;
use zeroize::Zeroizing;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Secret},
        keymap::Key,
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::{View, Work},
        widgets::{
            field::Field,
            popup::{Answer, Popup},
        },
    },
};

/// Signing and writing the bundle.
#[derive(Default)]
pub(super) struct Export {
    folder: Option<Field>,
    passphrase: Field,
    on_passphrase: bool,
    popup: Option<Popup>,
}

impl Export {
    fn folder(&mut self, work: &Work<'_>) -> &mut Field {
        self.folder.get_or_insert_with(|| Field::new(work.outbox.to_owned()))
    }

    fn ask(&mut self, work: &Work<'_>) {
        let count = work.index.progress.submitted;
        let name = work.package.roster.person(work.reviewer).map(|person| text::safe_line(&person.name)).unwrap_or_default();
        // Four digits of what is signed: whoever types them has looked at the screen.
        let digits: String = work.desk.package.chars().filter(char::is_ascii_digit).take(4).collect();
        let title = msg!("sign-title", count = count, name = name);
        self.popup = Some(Popup::new(title, msg!("sign-body"), msg!("sign-verb")).with_code(format!("{digits:0>4}")));
    }

    fn sign(&mut self) -> Vec<Effect> {
        let folder = self.folder.as_ref().map(|field| field.text.trim().to_owned()).unwrap_or_default();
        let passphrase = std::mem::take(&mut self.passphrase.text);
        vec![Effect::Export(PathBuf::from(folder), Secret(Zeroizing::new(passphrase)))]
    }
}

impl Screen for Export {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-export"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        match action {
            Action::Next | Action::Previous => self.on_passphrase = !self.on_passphrase,
            Action::Open if !self.on_passphrase => self.on_passphrase = true,
            Action::Open | Action::Sign => self.ask(&work),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn key(&mut self, view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let work = view.work?;
        if let Some(popup) = &mut self.popup {
            return match popup.key(key) {
                Answer::Open => Some(Vec::new()),
                Answer::No => {
                    self.popup = None;
                    Some(Vec::new())
                }
                Answer::Yes => {
                    self.popup = None;
                    Some(self.sign())
                }
            };
        }
        let field = if self.on_passphrase { &mut self.passphrase } else { self.folder(&work) };
        field.key(key).then(Vec::new)
    }

    fn paste(&mut self, view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let work = view.work?;
        if self.popup.is_some() {
            return None;
        }
        let field = if self.on_passphrase { &mut self.passphrase } else { self.folder(&work) };
        Some(field.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        let style = |role| view.theme.style(role);
        self.passphrase.hidden = true;
        let on_passphrase = self.on_passphrase;
        let row =
            |at: u16| Rect { x: area.x.saturating_add(2), y: area.y.saturating_add(at), width: area.width.saturating_sub(2), height: 1 };
        let progress = work.index.progress;
        canvas.line(area, 0, &view.say(&msg!("export-what", sheets = progress.submitted, out = progress.out)), style(Role::Title));
        canvas.line(area, 2, &view.say(&msg!("export-folder")), style(if on_passphrase { Role::Plain } else { Role::Key }));
        canvas.line(area, 5, &view.say(&msg!("export-passphrase")), style(if on_passphrase { Role::Key } else { Role::Plain }));
        let mut at = 8_u16;
        for line in view.wrap(&view.say(&msg!("export-hint")), usize::from(area.width)) {
            canvas.line(area, at, &line, style(Role::Muted));
            at = at.saturating_add(1);
        }
        for record in work.desk.exports.iter().rev().take(3) {
            let line = msg!("export-before", revision = record.revision, file = &record.file, time = &record.time);
            canvas.line(area, at.saturating_add(1), &view.say(&line), style(Role::Plain));
            at = at.saturating_add(1);
        }
        // Both fields are drawn; the one that has the keys comes last, so that the cursor stands in it.
        let folder = self.folder(&work).clone();
        if on_passphrase {
            folder.draw(view, canvas, row(3));
            self.passphrase.draw(view, canvas, row(6));
        } else {
            self.passphrase.draw(view, canvas, row(6));
            folder.draw(view, canvas, row(3));
        }
        if let Some(popup) = &self.popup {
            popup.draw(view, canvas, area);
        }
    }
}
