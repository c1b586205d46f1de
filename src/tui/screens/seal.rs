//! Signing the result: what is still open, each point leading to its screen; then where the bundle goes, the passphrase, and a question
//! that is answered by typing four digits.

use std::path::PathBuf;

use ratatui::layout::Rect;
use zeroize::Zeroizing;

use crate::{
    domain::{consolidate::derivation::Block, table::open::OpenPoint, text::Explain},
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place, Secret},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        table::TableView,
        text,
        theme::Role,
        view::View,
        widgets::{
            field::Field,
            list::Cursor,
            popup::{Answer, Popup},
            rows,
        },
    },
};

/// What is open, and signing.
#[derive(Default)]
pub(super) struct Seal {
    cursor: Cursor,
    folder: Option<Field>,
    passphrase: Field,
    on_passphrase: bool,
    popup: Option<Popup>,
}

/// Where a point is settled.
fn place(point: &OpenPoint) -> Place {
    match point {
        OpenPoint::Draft | OpenPoint::Bundle(_) => Place::Bundles,
        OpenPoint::Signed | OpenPoint::Panel(..) | OpenPoint::Quorum { .. } => Place::Members,
        OpenPoint::Flag(application, flag) => Place::Flag(application.clone(), flag.clone()),
        OpenPoint::Block(Block::TooFew { application, .. } | Block::NoStandard { application, .. }) => Place::Case(application.clone()),
        OpenPoint::Block(Block::Tie(_)) | OpenPoint::Quota(_) => Place::Ranking,
        OpenPoint::Opinion(application) => Place::Opinion(application.clone()),
        OpenPoint::Vote(application) => Place::Case(application.clone()),
        OpenPoint::Member(code) => Place::Member(code.clone()),
    }
}

/// What keeps the result from being signed now; a result that is signed already can be written once more.
fn points<'a>(table: &TableView<'a>) -> &'a [OpenPoint] {
    if table.table().progress.stage.is_signed() { &[] } else { &table.index.points }
}

impl Seal {
    fn folder(&mut self, table: &TableView<'_>) -> &mut Field {
        self.folder.get_or_insert_with(|| Field::new(table.outbox.to_owned()))
    }

    fn open(&self, table: &TableView<'_>) -> Vec<Effect> {
        points(table).get(self.cursor.at).map(|point| vec![Effect::Go(place(point))]).unwrap_or_default()
    }

    fn ask(&mut self, table: &TableView<'_>) {
        let name = table.name(table.chair);
        // Four digits of what is signed: whoever types them has looked at the screen.
        let digits: String = table.desk.package.chars().filter(char::is_ascii_digit).take(4).collect();
        let title = msg!("seal-title", count = table.index.cases.len(), name = name);
        self.popup = Some(Popup::new(title, msg!("seal-body"), msg!("sign-verb")).with_code(format!("{digits:0>4}")));
    }

    fn sign(&mut self) -> Vec<Effect> {
        let folder = self.folder.as_ref().map(|field| field.text.trim().to_owned()).unwrap_or_default();
        let passphrase = std::mem::take(&mut self.passphrase.text);
        let seal = Effect::Seal(PathBuf::from(folder), Secret(Zeroizing::new(passphrase)));
        vec![Effect::Tell(msg!("seal-working")), Effect::Then(Box::new(seal))]
    }

    fn draw_points(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, points: &[OpenPoint]) {
        canvas.line(area, 0, &view.say(&msg!("seal-open", count = points.len())), view.theme.style(Role::Warn));
        let list = rows::below(area, 2);
        let advice = points.get(self.cursor.at).map(|point| view.say(&point.advice())).unwrap_or_default();
        let list = Rect { height: list.height.saturating_sub(3), ..list };
        rows::draw(view, canvas, list, &mut self.cursor, points.len(), |at| {
            (Role::Plain, points.get(at).map(|point| text::safe_line(&view.say(&point.what()))).unwrap_or_default())
        });
        rows::wrapped(view, canvas, area, (area.height.saturating_sub(2), 2), (Role::Muted, &advice));
    }

    fn draw_form(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, table: &TableView<'_>) {
        let style = |role| view.theme.style(role);
        self.passphrase.hidden = true;
        let head = match table.table().sealed.last() {
            Some(sealed) if table.table().progress.stage.is_signed() => {
                msg!("seal-done", revision = sealed.revision, digest = sealed.digest)
            }
            _ => msg!("seal-ready", applications = table.index.cases.len(), members = table.index.members.len()),
        };
        let next = rows::wrapped(view, canvas, area, (0, 2), (Role::Title, &view.say(&head))).saturating_add(1);
        let on_passphrase = self.on_passphrase;
        let role = |chosen: bool| style(if chosen { Role::Key } else { Role::Plain });
        canvas.line(area, next, &view.say(&msg!("export-folder")), role(!on_passphrase));
        canvas.line(area, next.saturating_add(3), &view.say(&msg!("export-passphrase")), role(on_passphrase));
        let line = |at: u16| {
            let below = rows::below(area, next.saturating_add(at));
            Rect { x: below.x.saturating_add(2), width: below.width.saturating_sub(2), height: below.height.min(1), ..below }
        };
        rows::wrapped(view, canvas, area, (next.saturating_add(6), 6), (Role::Muted, &view.say(&msg!("seal-hint"))));
        let folder = self.folder(table).clone();
        // The field that has the keys comes last, so that the cursor stands in it.
        if on_passphrase {
            folder.draw(view, canvas, line(1));
            self.passphrase.draw(view, canvas, line(4));
        } else {
            self.passphrase.draw(view, canvas, line(4));
            folder.draw(view, canvas, line(1));
        }
    }
}

impl Screen for Seal {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-seal"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const FORM: [Hint; 3] =
            [(Action::Next, || msg!("hint-next-or-done")), (Action::Sign, || msg!("sign-verb")), (Action::Back, || msg!("key-back"))];
        Some(&FORM)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        let open = points(&table).len();
        if open > 0 {
            if self.cursor.act(action, open) {
                return Some(if matches!(action, Action::Row(_)) { self.open(&table) } else { Vec::new() });
            }
            return match action {
                Action::Open => Some(self.open(&table)),
                Action::Sign => Some(vec![Effect::Refuse(msg!("seal-open", count = open), msg!("seal-open-advice"))]),
                _ => None,
            };
        }
        match action {
            Action::Next | Action::Previous => self.on_passphrase = !self.on_passphrase,
            Action::Open if !self.on_passphrase => self.on_passphrase = true,
            Action::Open | Action::Sign => self.ask(&table),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn key(&mut self, view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let table = view.table?;
        if let Some(popup) = &mut self.popup {
            let answer = popup.key(key);
            if answer != Answer::Open {
                self.popup = None;
            }
            return Some(if answer == Answer::Yes { self.sign() } else { Vec::new() });
        }
        if !points(&table).is_empty() {
            return None;
        }
        let field = if self.on_passphrase { &mut self.passphrase } else { self.folder(&table) };
        field.key(key).then(Vec::new)
    }

    fn paste(&mut self, view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.popup.is_some() || !points(&table).is_empty() {
            return None;
        }
        let field = if self.on_passphrase { &mut self.passphrase } else { self.folder(&table) };
        Some(field.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        match points(&table) {
            [] => self.draw_form(view, canvas, area, &table),
            points => self.draw_points(view, canvas, area, points),
        }
        if let Some(popup) = &self.popup {
            popup.draw(view, canvas, area);
        }
    }
}
