//! An application in parts: its words, its figures, its money, what is near to it, and its attachments. The reading view shows it
//! alone, a score sheet beside its form.

use ratatui::layout::Rect;

use crate::{
    domain::{
        application::{Application, Record},
        formal,
        ids::ApplicationId,
        overlap::{self, Other, Overlap},
    },
    msg,
    tui::{
        action::Action,
        effect::Effect,
        fields::{ANSWERS, FIGURES, MONEY, POSITION},
        record,
        screen::Canvas,
        text,
        theme::Role,
        view::View,
        widgets::{
            list::Cursor,
            pane::{Pane, Paragraph},
        },
    },
};

/// The parts, in the order of their tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Words,
    Figures,
    Money,
    Near,
    Files,
}

const PARTS: [Part; 5] = [Part::Words, Part::Figures, Part::Money, Part::Near, Part::Files];

/// Most overlaps that are listed.
const MOST_OVERLAPS: usize = 12;

/// An application in parts.
pub struct Reader {
    id: ApplicationId,
    part: usize,
    pane: Pane,
    files: Cursor,
}

impl Reader {
    /// The application `id`, its words first.
    #[must_use]
    pub fn new(id: ApplicationId) -> Self {
        Self { id, part: 0, pane: Pane::default(), files: Cursor::default() }
    }

    /// Takes an action; `None` when it means nothing here.
    pub fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let is_files = self.part() == Part::Files;
        match action {
            Action::Left | Action::Previous => return Some(self.turn(self.part.saturating_sub(1))),
            Action::Right | Action::Next => return Some(self.turn(self.part.saturating_add(1))),
            Action::Open if is_files => return Some(self.open_file(view)),
            Action::Row(number) if !is_files && number > 0 => return Some(self.turn(usize::from(number).saturating_sub(1))),
            _ => {}
        }
        if is_files {
            let length = view.application(&self.id).map_or(0, |application| application.attachments.len());
            if self.files.act(action, length) {
                return Some(if matches!(action, Action::Row(_)) { self.open_file(view) } else { Vec::new() });
            }
        }
        self.pane.act(action).then(Vec::new)
    }

    /// Draws the part that is turned to, `first` before the words. The tabs show whether keys go here.
    pub fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, first: Vec<Paragraph>, is_focus: bool) {
        let Some(application) = view.application(&self.id) else { return };
        let mut column = 0_u16;
        for (at, part) in PARTS.iter().enumerate() {
            let words = match part {
                Part::Words => msg!("part-words"),
                Part::Figures => msg!("part-figures"),
                Part::Money => msg!("part-money"),
                Part::Near => msg!("part-near"),
                Part::Files => msg!("part-files"),
            };
            let label = format!(" {} {} ", at.saturating_add(1), view.say(&words));
            let role = match (at == self.part, is_focus) {
                (true, true) => Role::Focus,
                (true, false) => Role::Title,
                (false, _) => Role::Muted,
            };
            canvas.put(area, column, 0, &label, view.theme.style(role));
            column = column.saturating_add(u16::try_from(text::width(&label)).unwrap_or_default());
        }
        let below = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        if self.part() == Part::Files {
            self.draw_files(view, canvas, below, application);
        } else {
            let mut paragraphs = if self.part() == Part::Words { first } else { Vec::new() };
            paragraphs.extend(self.paragraphs(view, application));
            self.pane.draw(view, canvas, below, paragraphs);
        }
    }

    fn part(&self) -> Part {
        PARTS.get(self.part).copied().unwrap_or(Part::Words)
    }

    fn turn(&mut self, to: usize) -> Vec<Effect> {
        self.part = to.min(PARTS.len().saturating_sub(1));
        self.pane.rewind();
        Vec::new()
    }

    fn open_file(&self, view: &View<'_>) -> Vec<Effect> {
        let file = view.application(&self.id).and_then(|application| application.attachments.get(self.files.at));
        file.map(|entry| vec![Effect::View(self.id.clone(), entry.file.clone())]).unwrap_or_default()
    }

    fn paragraphs(&self, view: &View<'_>, application: &Application) -> Vec<Paragraph> {
        let record = Record::of(application);
        let lines = |paths: &[&str]| -> Vec<Paragraph> {
            paths.iter().filter_map(|path| record::line(view, &record, path)).map(|line| (Role::Plain, line)).collect()
        };
        match self.part() {
            Part::Words => vec![(Role::Plain, record::narrative(view, application))],
            Part::Figures => lines(&FIGURES),
            Part::Money => lines(&MONEY),
            Part::Near => near(view, application, &record),
            Part::Files => Vec::new(),
        }
    }

    fn draw_files(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, application: &Application) {
        canvas.line(area, 0, &view.say(&msg!("read-files-hint")), view.theme.style(Role::Muted));
        let list = Rect { y: area.y.saturating_add(2), height: area.height.saturating_sub(2), ..area };
        for (line, at) in (0_u16..).zip(self.files.visible(list, application.attachments.len())) {
            let Some(entry) = application.attachments.get(at) else { continue };
            let attached = view.package().and_then(|package| package.attachments_of(&self.id).find(|file| file.file == entry.file));
            let size = attached.map(|file| file.size).unwrap_or_default();
            let number = self.files.number(at).map_or_else(String::new, |number| number.to_string());
            let point = if at == self.files.at { ">" } else { " " };
            let content = format!(
                "{point}{number:>1} {}  {} ({size} B)",
                text::safe_line(entry.title.get(view.language())),
                text::safe_line(&entry.file)
            );
            canvas.bar(list, line, &content, view.theme.style(if at == self.files.at { Role::Focus } else { Role::Plain }));
        }
    }
}

/// Where the application stands: in the industry map, beside existing bases, beside the others of the call.
fn near(view: &View<'_>, application: &Application, record: &Record) -> Vec<Paragraph> {
    let own = POSITION.iter().filter_map(|path| record::line(view, record, path)).map(|line| (Role::Plain, line));
    let mut out: Vec<Paragraph> = own.collect();
    out.push((Role::Title, view.say(&msg!("near-map"))));
    out.push(on_the_map(view, application));
    out.push((Role::Title, view.say(&msg!("near-overlap"))));
    let found = view.package().map(|package| overlap::of(package, application)).unwrap_or_default();
    if found.is_empty() {
        out.push((Role::Plain, view.say(&msg!("near-none"))));
    }
    out.extend(found.iter().take(MOST_OVERLAPS).map(|one| overlap_line(view, one)));
    out.push((Role::Title, view.say(&msg!("near-formal"))));
    if let Some(package) = view.package() {
        out.extend(formal::check(&package.rubric, application).lines.iter().map(|line| gate_line(view, line)));
    }
    out.extend(ANSWERS.iter().filter_map(|path| record::line(view, record, path)).map(|line| (Role::Plain, line)));
    out
}

fn on_the_map(view: &View<'_>, application: &Application) -> Paragraph {
    let Some(cluster) = application.direction.cluster.as_ref().and_then(|id| view.package()?.map.cluster(id)) else {
        return (Role::Warn, view.say(&msg!("near-no-cluster")));
    };
    let links: Vec<&str> = cluster.chain_position.iter().map(|link| link.get(view.language())).collect();
    let (name, links) = (text::safe_line(cluster.name.get(view.language())), text::safe_line(&links.join(" / ")));
    (Role::Plain, view.say(&msg!("near-cluster", name = name, links = links, firms = cluster.lead_firms, year = cluster.year)))
}

fn overlap_line(view: &View<'_>, one: &Overlap) -> Paragraph {
    let name = match &one.with {
        Other::Base(id) => view.package().and_then(|package| package.bases.bases.iter().find(|base| base.id == *id)).map(|base| {
            let (name, note) = (base.name.get(view.language()), base.note.get(view.language()));
            format!("{id} {} - {}", text::safe_line(name), text::safe_line(note))
        }),
        Other::Application(id) => view.application(id).map(|other| format!("{id} {}", text::safe_line(other.title.get(view.language())))),
    };
    let shared: Vec<String> = one.shared.iter().map(|message| view.say(message)).collect();
    let role = if one.weight > 2 { Role::Warn } else { Role::Plain };
    (role, format!("{}\n    {}", name.unwrap_or_default(), shared.join(" / ")))
}

fn gate_line(view: &View<'_>, line: &formal::GateLine) -> Paragraph {
    let state = match line.outcome {
        formal::FormalOutcome::Pass => msg!("formal-pass"),
        formal::FormalOutcome::Fix => msg!("formal-fix"),
        formal::FormalOutcome::Fail => msg!("formal-fail"),
    };
    let (text, note) = (text::safe_line(line.text.get(view.language())), text::safe_line(&line.note));
    (Role::Plain, format!("{} {text}: {} {note}", line.gate, view.say(&state)))
}
