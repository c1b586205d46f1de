//! The screens without terminal, disk or clock: keys as words in, cells and recorded changes out.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    rc::Rc,
    sync::LazyLock,
};

use crossterm::event::KeyCode;
use pingyi::{
    domain::{
        application::Application,
        change::{Change, Entry, Link, Opening},
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        table::act::Act,
        telling,
        text::{Language, Message},
    },
    intake::{self, source::Folder},
    msg,
    tui::{
        acts::{Acts, Outcome, Trouble},
        app::{App, Terminal},
        effect::{Arrival, Intake, Secret, Wish},
        ends::{Ends, Job, News, Prepared, Register},
        keymap::{Key, key_named},
        settings::{Charset, Settings, ThemeName},
        table::TableView,
        text::width,
        view::{Index, Work},
        workshop::Plan,
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::support::{
    chair::Sitting,
    ends::Desks,
    rules::{entry, of},
};

/// The sample call.
pub(crate) static SAMPLE: LazyLock<Package> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/package");
    intake::package::read(&Folder::new(folder)).unwrap().package
});

/// The sample call with so many applications that everybody reads, all alike but for their ids.
pub(crate) fn crowd(count: usize) -> Package {
    let mut package = SAMPLE.clone();
    let models = package.applications.clone();
    package.applications = (1..=count)
        .map(|number| Application { id: format!("sx-{number:05}").parse().unwrap(), ..models[number % models.len()].clone() })
        .collect();
    package.assignments.clear();
    package.recusals.clear();
    package
}

/// The world as the screens see it, in memory.
pub(crate) struct World {
    pub(crate) package: Package,
    pub(crate) desk: Desk,
    pub(crate) index: Index,
    pub(crate) reviewer: PersonCode,
    pub(crate) pledged: bool,
    pub(crate) has_work: bool,
    /// Why the next change cannot be saved.
    pub(crate) full: bool,
    pub(crate) kept: Option<Settings>,
    pub(crate) viewed: Vec<String>,
    pub(crate) exported: Vec<PathBuf>,
    pub(crate) accepted: Option<String>,
    /// The chair's table, where the chair sits here.
    pub(crate) chair: Option<Sitting>,
    /// The request that lies on the stick, where it is not the usual one.
    pub(crate) arriving: Option<Arrival>,
    /// What lies on the desks of office and province.
    pub(crate) desks: Desks,
    /// What the clock shows; a test keeps a second hold on it and turns it on.
    pub(crate) now: Rc<RefCell<String>>,
}

impl World {
    /// `reviewer` on this package, the pledge accepted.
    pub(crate) fn of(package: Package, reviewer: &str) -> Self {
        let opening = Opening {
            schema: 1,
            workspace: "0".repeat(32),
            call: package.call.id.clone(),
            panel: package.call.panel.id.clone(),
            mode: package.call.mode,
            package: "1234567890abcdef".repeat(4),
            revision: 1,
            reviewer: of(reviewer),
            order_seed: "seed".to_owned(),
            table: false,
        };
        let desk = Desk::replay([entry(0, reviewer, Change::Open(opening))]).unwrap();
        let index = Index::new(&package, &desk);
        Self {
            package,
            desk,
            index,
            reviewer: of(reviewer),
            pledged: true,
            has_work: true,
            full: false,
            kept: None,
            viewed: Vec::new(),
            exported: Vec::new(),
            accepted: None,
            chair: None,
            arriving: None,
            desks: Desks::default(),
            now: Rc::new(RefCell::new("14:32:05".to_owned())),
        }
    }

    /// R02 on the sample call.
    pub(crate) fn sample() -> Self {
        Self::of(SAMPLE.clone(), "R02")
    }

    /// The chair at the table of the sample call; the bundles of `awaited` have not come yet.
    pub(crate) fn table(awaited: &[&str]) -> Self {
        Self { chair: Some(Sitting::sample(awaited)), has_work: false, ..Self::of(SAMPLE.clone(), "R01") }
    }

    fn saved(&self) -> Outcome<()> {
        if self.full {
            return Err(Trouble { what: msg!("err-not-saved", cause = "disk full"), advice: msg!("rec-not-saved"), unsaved: true });
        }
        Ok(())
    }

    fn step(&mut self, step: impl Fn(&Desk) -> Option<(Change, Link)>) -> Outcome<Change> {
        self.saved()?;
        if let Some(chair) = &mut self.chair {
            let (change, link) = step(&chair.desk).ok_or_else(Self::nothing)?;
            chair.fold(&self.package, change.clone(), Some(link));
            return Ok(change);
        }
        let (change, link) = step(&self.desk).ok_or_else(Self::nothing)?;
        self.fold(change, Some(link))
    }

    fn fold(&mut self, change: Change, link: Option<Link>) -> Outcome<Change> {
        self.saved()?;
        let next = Entry { link, ..entry(self.desk.next_seq(), self.reviewer.as_str(), change.clone()) };
        self.desk.apply(next).unwrap();
        match (&change, change.application()) {
            (Change::Asked(_), _) => self.index = Index::new(&self.package, &self.desk),
            (_, Some(id)) => self.index.refresh(&self.package, &self.desk, id),
            (_, None) => {}
        }
        Ok(change)
    }

    fn nothing() -> Trouble {
        Trouble { what: msg!("nothing-to-undo"), advice: msg!("nothing-to-undo-advice"), unsaved: false }
    }
}

impl Ends for World {
    fn register(&self) -> Option<&Register> {
        self.desks.register.as_ref()
    }

    fn office(&self) -> Option<&Prepared> {
        self.desks.office.as_ref()
    }

    fn plan(&self) -> Option<&Plan> {
        self.desks.plan.as_ref()
    }

    fn begin(&mut self, job: Job) -> Outcome<()> {
        self.desks.begin(job);
        Ok(())
    }

    fn news(&mut self) -> Option<News> {
        self.desks.news()
    }

    fn stop(&mut self) {
        self.desks.stop();
    }
}

impl Acts for World {
    fn work(&self) -> Option<Work<'_>> {
        self.has_work.then_some(Work {
            package: &self.package,
            desk: &self.desk,
            index: &self.index,
            reviewer: &self.reviewer,
            pledged: self.pledged,
            writable: !self.full,
            outbox: "/stick",
        })
    }

    fn table(&self) -> Option<TableView<'_>> {
        self.chair.as_ref().map(|chair| chair.view(&self.package, &self.reviewer, !self.full))
    }

    fn preside(&mut self, code: &str) -> Outcome<Message> {
        self.chair = Some(Sitting::sample(&[]));
        Ok(msg!("said-table-open", code = code))
    }

    fn decide(&mut self, act: Act) -> Outcome<Message> {
        self.saved()?;
        let nobody = || Trouble { what: msg!("err-no-workspace"), advice: msg!("no-work-advice"), unsaved: false };
        self.chair.as_mut().ok_or_else(nobody)?.decide(&self.package, act)
    }

    fn take_in(&mut self, path: &Path) -> Outcome<Intake> {
        let nobody = || Trouble { what: msg!("err-no-workspace"), advice: msg!("no-work-advice"), unsaved: false };
        self.chair.as_mut().ok_or_else(nobody)?.take_in(&self.package, path)
    }

    fn record(&mut self, change: Change) -> Outcome<Message> {
        self.desk.admit(&self.package, &change).map_err(|refusal| Trouble::of(&refusal))?;
        self.fold(change, None).map(|change| telling::change(&change))
    }

    fn undo(&mut self) -> Outcome<Message> {
        self.step(Desk::undo_step).map(|change| msg!("said-undone").with_message("what", telling::change(&change)))
    }

    fn redo(&mut self) -> Outcome<Message> {
        self.step(Desk::redo_step).map(|change| msg!("said-redone").with_message("what", telling::change(&change)))
    }

    fn pledge(&mut self) -> Outcome<Message> {
        self.pledged = true;
        Ok(msg!("say-pledged"))
    }

    fn look(&mut self, path: &Path) -> Outcome<Arrival> {
        if path.ends_with("rescore.zip") {
            return Ok(self.arriving.clone().unwrap_or_else(|| arriving(self)));
        }
        if !path.ends_with("package.zip") {
            return Err(Trouble { what: msg!("err-file-missing", file = path.display()), advice: msg!("rec-file"), unsaved: false });
        }
        Ok(Arrival {
            title: self.package.call.title.clone(),
            revision: 2,
            applications: self.package.applications.len(),
            office: "4EFM-APM3-5VQQ-QM92-6G69-QVUS".to_owned(),
            people: self.package.roster.scoring().map(|person| (person.code.to_string(), person.name.clone())).collect(),
            chairs: vec![("R01".to_owned(), "林示例".to_owned())],
            request: None,
        })
    }

    fn accept(&mut self, code: &str) -> Outcome<Message> {
        self.accepted = Some(code.to_owned());
        self.has_work = true;
        Ok(msg!("said-opened", code = code))
    }

    fn view(&mut self, application: &ApplicationId, file: &str) -> Outcome<Message> {
        self.viewed.push(format!("{application}/{file}"));
        Ok(msg!("said-viewing", file = file))
    }

    fn export(&mut self, folder: &Path, _passphrase: &Secret) -> Outcome<Message> {
        self.exported.push(folder.to_owned());
        Ok(msg!("said-exported", revision = 1, file = folder.display()))
    }

    fn request(&mut self, wish: &Wish, folder: &Path, _passphrase: &Secret) -> Outcome<Message> {
        self.exported.push(folder.to_owned());
        Ok(msg!("said-asked", code = wish.reviewer, file = folder.display()))
    }

    fn seal(&mut self, folder: &Path, _passphrase: &Secret) -> Outcome<Message> {
        self.exported.push(folder.to_owned());
        Ok(msg!("said-sealed-awaits", file = folder.display(), people = "S01"))
    }

    fn reopen(&mut self) -> Outcome<Message> {
        if self.full {
            Err(Trouble { what: msg!("err-store-blocked"), advice: msg!("rec-not-saved"), unsaved: true })
        } else {
            Ok(msg!("said-reopened"))
        }
    }

    fn keep(&mut self, settings: &Settings) -> Outcome<()> {
        self.kept = Some(settings.clone());
        Ok(())
    }

    fn clock(&self) -> String {
        self.now.borrow().clone()
    }
}

/// A request to this reviewer, as it is looked at.
pub(crate) fn arriving(world: &World) -> Arrival {
    let asked = super::places::asks(&mut World::of(world.package.clone(), world.reviewer.as_str()), "请对照产业地图复核两项评分");
    Arrival {
        title: world.package.call.title.clone(),
        revision: 1,
        applications: 1,
        office: String::new(),
        people: vec![(world.reviewer.to_string(), "示例专家".to_owned())],
        chairs: Vec::new(),
        request: Some(asked),
    }
}

/// How a test's window looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) language: Language,
    pub(crate) size: (u16, u16),
    pub(crate) ascii: bool,
    pub(crate) mono: bool,
}

pub(crate) const SMALL: Look = Look { language: Language::Zh, size: (80, 24), ascii: false, mono: true };

/// Runs `keys` and hands the app to `then`.
pub(crate) fn with<T>(world: &mut World, look: Look, keys: &str, then: impl FnOnce(&mut App<'_>) -> T) -> T {
    let charset = if look.ascii { Charset::Ascii } else { Charset::Unicode };
    let settings = Settings { language: look.language, theme: ThemeName::Auto, charset, ..Settings::default() };
    let mut app = App::new(world, settings, Terminal { mono: look.mono, narrow: true });
    press(&mut app, keys);
    then(&mut app)
}

/// Presses keys by name; what is no name is typed character by character. `paste:` pastes, `wait` hears what became of a long step,
/// `_` stands for a blank.
pub(crate) fn press(app: &mut App<'_>, keys: &str) {
    for word in keys.split_whitespace() {
        match (word.strip_prefix("paste:"), key_named(word)) {
            (Some(text), _) => app.paste(&text.replace('_', " ").replace("\\n", "\n")),
            (None, _) if word == "wait" => app.advance(),
            (None, Some(key)) => app.key(key),
            (None, None) => word.chars().for_each(|c| app.key(Key { code: KeyCode::Char(if c == '_' { ' ' } else { c }), ctrl: false })),
        }
    }
}

/// The screen as lines, a wide character once, and the cursor.
pub(crate) fn picture(app: &mut App<'_>, size: (u16, u16)) -> (Vec<String>, Option<Position>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let cursor = app.draw(&mut buffer);
    (lines(&buffer), cursor)
}

/// The lines of a buffer; the cell behind a wide character is its other half.
pub(crate) fn lines(buffer: &Buffer) -> Vec<String> {
    let area = *buffer.area();
    (0..area.height)
        .map(|y| {
            let mut line = String::new();
            let mut x = 0;
            while x < area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(width(symbol).max(1)).unwrap();
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// Presses keys and returns the screen as one text.
pub(crate) fn screen(world: &mut World, look: Look, keys: &str) -> String {
    with(world, look, keys, |app| picture(app, look.size).0.join("\n"))
}
