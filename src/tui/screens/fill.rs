//! A form of the office or the province: a few lines to fill in, and for signing a question that is answered by typing four digits.

use std::path::PathBuf;

use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use zeroize::Zeroizing;

use crate::{
    domain::{rubric::ReviewKind, text::Message},
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Form, Secret},
        ends::{Gathering, Job, Sealing, typed_path, typed_paths},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{
            field::Field,
            popup::{Answer, Popup},
            rows,
        },
        workshop::Task,
    },
};

/// Lines that a field takes: its name, and what is typed.
const LINES: u16 = 2;

/// A form.
pub(super) struct Fill {
    form: Form,
    /// Made the first time the form is seen, because some begin with what is known.
    fields: Vec<(Message, Field)>,
    at: usize,
    popup: Option<Popup>,
}

/// The fields of a form, with what is known already.
fn fields(form: Form, view: &View<'_>) -> Vec<(Message, Field)> {
    let empty = Field::default;
    let sealing = |outbox: &str, signer: &str| {
        vec![
            (msg!("fill-folder"), Field::new(outbox.to_owned())),
            (msg!("fill-supersedes"), empty()),
            (msg!("fill-code"), Field::new(signer.to_owned())),
            (msg!("export-passphrase"), Field { hidden: true, ..empty() }),
        ]
    };
    match form {
        Form::Gather => vec![
            (msg!("fill-results"), empty()),
            (msg!("fill-offices"), empty()),
            (msg!("fill-register"), empty()),
            (msg!("fill-record"), empty()),
        ],
        Form::Folder => vec![(msg!("fill-package"), empty())],
        Form::NewFolder => vec![(msg!("fill-new-package"), empty()), (msg!("fill-kind"), empty())],
        Form::Keys => vec![(msg!("fill-requests"), empty())],
        Form::Tool(tool) => tool.questions().into_iter().map(|(label, _)| (label, empty())).collect(),
        Form::SignRegister => view.register.map(|register| sealing(&register.outbox, &register.signer)).unwrap_or_default(),
        Form::Build => view.office.map(|office| sealing(&office.outbox, &office.signer)).unwrap_or_default(),
    }
}

fn title(form: Form) -> Message {
    match form {
        Form::Gather => msg!("screen-gather"),
        Form::SignRegister => msg!("screen-sign-register"),
        Form::Folder | Form::NewFolder => msg!("screen-office"),
        Form::Keys => msg!("screen-keys"),
        Form::Tool(tool) => tool.name(),
        Form::Build => msg!("screen-build"),
    }
}

fn note(form: Form) -> Message {
    match form {
        Form::Gather => msg!("fill-note-gather"),
        Form::SignRegister => msg!("fill-note-register"),
        Form::Folder => msg!("fill-note-folder"),
        Form::NewFolder => msg!("fill-note-new"),
        Form::Keys => msg!("fill-note-keys"),
        Form::Tool(tool) => tool.note(),
        Form::Build => msg!("fill-note-build"),
    }
}

/// The kind of review that is meant by its number in the list below the form: none where nothing is typed, which means the sample.
fn kind(typed: &str) -> Option<Option<ReviewKind>> {
    match typed.trim() {
        "" => Some(None),
        digit => digit.parse::<usize>().ok()?.checked_sub(1).and_then(|at| ReviewKind::ALL.get(at)).map(|kind| Some(*kind)),
    }
}

impl Fill {
    pub(super) const fn new(form: Form) -> Self {
        Self { form, fields: Vec::new(), at: 0, popup: None }
    }

    fn ready(&mut self, view: &View<'_>) {
        if self.fields.is_empty() {
            self.fields = fields(self.form, view);
        }
    }

    fn text(&self, at: usize) -> &str {
        self.fields.get(at).map(|(_, field)| field.text.as_str()).unwrap_or_default()
    }

    fn optional(&self, at: usize) -> Option<PathBuf> {
        Some(typed_path(self.text(at))).filter(|path| !path.as_os_str().is_empty())
    }

    /// The first field that must be filled in and is not.
    fn missing(&self) -> Option<usize> {
        let is_needed = |at: usize| match self.form {
            Form::Gather => at < 3,
            Form::SignRegister | Form::Build => matches!(at, 0 | 2),
            Form::Folder | Form::Keys => true,
            Form::NewFolder => at == 0,
            Form::Tool(tool) => tool.questions().get(at).is_some_and(|(_, is_optional)| !is_optional),
        };
        (0..self.fields.len()).find(|at| is_needed(*at) && self.text(*at).trim().is_empty())
    }

    /// Goes on with what was filled in.
    fn finish(&mut self, view: &View<'_>) -> Vec<Effect> {
        if let Some(at) = self.missing() {
            self.at = at;
            return vec![Effect::Refuse(msg!("fill-missing"), msg!("fill-missing-advice"))];
        }
        if self.form == Form::NewFolder && kind(self.text(1)).is_none() {
            self.at = 1;
            return vec![Effect::Refuse(msg!("fill-no-kind"), msg!("fill-no-kind-advice"))];
        }
        if matches!(self.form, Form::SignRegister | Form::Build) {
            self.ask(view);
            return Vec::new();
        }
        vec![Effect::Begin(Box::new(self.job()))]
    }

    fn ask(&mut self, view: &View<'_>) {
        let code = text::safe_line(self.text(2).trim());
        let (title, body, digits) = match (self.form, view.register, view.office) {
            (Form::SignRegister, Some(register), _) => {
                (msg!("sign-register-title", count = register.counted, code = code), msg!("sign-register-body"), register.digits.clone())
            }
            (_, _, Some(office)) => {
                (msg!("build-title", count = office.formal.len(), code = code), msg!("build-body"), office.digits.clone())
            }
            _ => return,
        };
        self.popup = Some(Popup::new(title, body, msg!("sign-verb")).with_code(digits));
    }

    fn job(&mut self) -> Job {
        let first = typed_path(self.text(0));
        match self.form {
            Form::Gather => Job::Gather(Gathering {
                paths: typed_paths(self.text(0)),
                offices: typed_path(self.text(1)),
                register: self.text(2).trim().to_owned(),
                record: self.optional(3),
            }),
            Form::Folder => Job::Open(first),
            Form::NewFolder => Job::Start(first, kind(self.text(1)).unwrap_or_default()),
            Form::Keys => Job::TakeKeys(first),
            Form::Tool(tool) => {
                let answers = (0..self.fields.len()).map(|at| self.text(at).trim().to_owned()).collect();
                Job::Plan(Task { tool, answers })
            }
            Form::SignRegister => Job::SignRegister(self.sealing()),
            Form::Build => Job::Build(self.sealing()),
        }
    }

    fn sealing(&mut self) -> Sealing {
        let passphrase = self.fields.last_mut().map(|(_, field)| std::mem::take(&mut field.text)).unwrap_or_default();
        Sealing {
            folder: typed_path(self.text(0)),
            supersedes: self.optional(1),
            code: self.text(2).trim().to_owned(),
            passphrase: Secret(Zeroizing::new(passphrase)),
        }
    }

    fn turn(&mut self, forward: bool) {
        let last = self.fields.len().saturating_sub(1);
        self.at = if forward { self.at.saturating_add(1).min(last) } else { self.at.saturating_sub(1) };
    }
}

impl Screen for Fill {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&title(self.form))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const FORM: [Hint; 3] =
            [(Action::Next, || msg!("key-next")), (Action::Open, || msg!("hint-go-on")), (Action::Back, || msg!("key-back"))];
        const SIGN: [Hint; 3] =
            [(Action::Next, || msg!("key-next")), (Action::Sign, || msg!("sign-verb")), (Action::Back, || msg!("key-back"))];
        Some(if matches!(self.form, Form::SignRegister | Form::Build) { &SIGN } else { &FORM })
    }

    fn offers(&self, action: Action) -> bool {
        matches!(action, Action::Sign)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        self.ready(view);
        match action {
            Action::Open if self.at.saturating_add(1) >= self.fields.len() => return Some(self.finish(view)),
            Action::Sign => return Some(self.finish(view)),
            Action::Next | Action::Open => self.turn(true),
            Action::Previous => self.turn(false),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn key(&mut self, view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        self.ready(view);
        if let Some(popup) = &mut self.popup {
            let answer = popup.key(key);
            if answer != Answer::Open {
                self.popup = None;
            }
            return Some(if answer == Answer::Yes { vec![Effect::Begin(Box::new(self.job()))] } else { Vec::new() });
        }
        match key.code {
            KeyCode::Up => self.turn(false),
            KeyCode::Down => self.turn(true),
            _ => return self.fields.get_mut(self.at)?.1.key(key).then(Vec::new),
        }
        Some(Vec::new())
    }

    fn paste(&mut self, view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        self.ready(view);
        if self.popup.is_some() {
            return None;
        }
        Some(self.fields.get_mut(self.at)?.1.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        self.ready(view);
        let mut chosen = None;
        let mut row = 0_u16;
        for (at, (label, field)) in self.fields.iter().enumerate() {
            let is_chosen = at == self.at;
            let point = if is_chosen { ">" } else { " " };
            let role = if is_chosen { Role::Key } else { Role::Plain };
            canvas.line(area, row, &format!("{point} {}", view.say(label)), view.theme.style(role));
            let below = rows::below(area, row.saturating_add(1));
            let place = Rect { x: area.x.saturating_add(4), width: area.width.saturating_sub(6), height: below.height.min(1), ..below };
            field.draw(view, canvas, place);
            if is_chosen {
                chosen = canvas.cursor;
            }
            row = row.saturating_add(LINES);
        }
        // The cursor stands in the field that has the keys, whichever was drawn last.
        canvas.cursor = chosen;
        let rest = rows::below(area, row.saturating_add(1));
        rows::wrapped(view, canvas, rest, (0, usize::from(rest.height)), (Role::Muted, &view.say(&note(self.form))));
        if let Some(popup) = &self.popup {
            popup.draw(view, canvas, area);
        }
    }
}
