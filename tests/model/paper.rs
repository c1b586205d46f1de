//! The model: what a careful clerk with pencil and paper would have in hand. Written from the rules for reviewers, not from the
//! program: whole pages are copied before every act, so that taking back is turning to the page before, and nothing is inverted.

use std::collections::BTreeMap;

use super::acts::{Act, Answer};

/// What is marked in a cell: points, or 不适用 with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Points(&'static str),
    NotApplicable(&'static str),
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) answer: Option<Answer>,
    pub(super) marks: BTreeMap<&'static str, Mark>,
    /// By criterion; `overall` for the whole.
    pub(super) comments: BTreeMap<&'static str, String>,
    pub(super) handed_in: bool,
}

type Pages = BTreeMap<&'static str, Page>;

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Done,
    /// Everything was so already.
    Nothing,
    Refused,
}

/// One value that a cell had: number of the entry, second, mark.
pub(super) type Past = (u64, i64, Option<Mark>);

/// Everything on the clerk's table.
#[derive(Debug, Clone, Default)]
pub(super) struct Paper {
    pub(super) pages: Pages,
    pub(super) pledged: bool,
    /// Revision of the package in force.
    pub(super) revision: usize,
    /// Number of the next entry.
    pub(super) next: u64,
    pub(super) past: BTreeMap<(&'static str, &'static str), Vec<Past>>,
    /// The bundles that were signed: number of the entry, digest.
    pub(super) signed: Vec<(u64, String)>,
    before: Vec<Pages>,
    after: Vec<Pages>,
}

/// The rubric, from the table a reviewer holds: id, largest value and step in tenths, N/A, whether it counts.
const RUBRIC: [(&str, u32, u32, char, bool); 6] = [
    ("A1", 100, 5, '-', true),
    ("A2", 150, 5, '-', true),
    ("B1", 200, 5, 's', true),
    ("B2", 100, 5, 's', true),
    ("C1", 200, 40, '0', true),
    ("X1", 50, 5, '-', false),
];
const COMPUTED: &str = "C2";
/// The two sheets that R03 fills; `sx-0001` the office keeps from R03, and the rest is nobody's or somebody else's.
const MINE: [&str; 2] = ["sx-0005", "sx-0009"];

fn tenths(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    whole.parse::<u32>().unwrap() * 10 + part.parse::<u32>().unwrap()
}

impl Paper {
    /// A workspace into which the first package was just taken.
    pub(super) fn new() -> Self {
        Self { revision: 1, next: 1, ..Self::default() }
    }

    pub(super) fn page(&self, application: &str) -> Page {
        self.pages.get(application).cloned().unwrap_or_default()
    }

    /// Whether the sheet is R03's to fill under the package in force.
    fn is_mine(&self, application: &str) -> bool {
        MINE.contains(&application) && !(self.revision == 2 && application == "sx-0009")
    }

    /// Whether anything may be written on the sheet.
    fn is_open(&self, application: &str) -> bool {
        let page = self.page(application);
        self.is_mine(application) && page.answer == Some(Answer::Free) && !page.handed_in
    }

    /// Does an act on the sheets and says what becomes of it.
    pub(super) fn does(&mut self, act: &Act, second: i64) -> Outcome {
        let mut pages = self.pages.clone();
        let allowed = match act {
            Act::Undo => return self.turn_back(second),
            Act::Redo => return self.turn_on(second),
            Act::Pledge if self.pledged => return Outcome::Nothing,
            Act::Pledge => {
                self.pledged = true;
                self.closes_a_chapter();
                return Outcome::Done;
            }
            _ => self.writes(act, &mut pages),
        };
        pages.retain(|_, page| *page != Page::default());
        match () {
            // Nothing to change is no answer to somebody who mistyped.
            () if pages == self.pages && !Self::is_a_place(act) => Outcome::Refused,
            () if pages == self.pages => Outcome::Nothing,
            () if !self.pledged || !allowed => Outcome::Refused,
            () => {
                self.before.push(self.pages.clone());
                self.after.clear();
                self.turn_to(pages, second);
                Outcome::Done
            }
        }
    }

    /// Whether the act names one of R03's applications, the one that the office keeps from R03 included, and a criterion that there is.
    fn is_a_place(act: &Act) -> bool {
        let is_assigned = |on: &str| MINE.contains(&on) || on == "sx-0001";
        match *act {
            Act::Set(on, of, _) | Act::NotApplicable(on, of, _) => is_assigned(on) && (of == COMPUTED || is_asked(of)),
            Act::Comment(on, of, _) => is_assigned(on) && (of == "overall" || of == COMPUTED || is_asked(of)),
            Act::Submit(on) | Act::Withdraw(on) => is_assigned(on),
            // What the screens alone do names nothing that could be mistyped.
            _ => true,
        }
    }

    /// Writes the act on a copy of the pages, and says whether that is allowed.
    fn writes(&self, act: &Act, pages: &mut Pages) -> bool {
        match *act {
            Act::Set(on, of, "-") => pages.entry(on).or_default().marks.remove(of).is_none() || (self.is_open(on) && is_asked(of)),
            Act::Set(on, of, value) => {
                pages.entry(on).or_default().marks.insert(of, Mark::Points(value));
                let fits = |&(id, most, step, ..): &(&str, u32, u32, char, bool)| {
                    id == of && tenths(value) <= most && tenths(value).is_multiple_of(step)
                };
                self.is_open(on) && RUBRIC.iter().any(fits)
            }
            Act::NotApplicable(on, of, reason) => {
                pages.entry(on).or_default().marks.insert(of, Mark::NotApplicable(reason));
                let may = RUBRIC.iter().any(|(id, _, _, na, _)| *id == of && *na != '-');
                self.is_open(on) && may && !reason.trim().is_empty()
            }
            Act::Comment(on, of, text) => {
                let text = text.replace("\r\n", "\n").trim_end().to_owned();
                let comments = &mut pages.entry(on).or_default().comments;
                comments.insert(of, text);
                comments.retain(|_, text| !text.is_empty());
                self.is_open(on) && (of == "overall" || of == COMPUTED || is_asked(of))
            }
            Act::Declare(on, answer) => {
                let page = pages.entry(on).or_default();
                page.answer = (answer != Answer::Open).then_some(answer);
                let words = match answer {
                    Answer::Conflict(words) | Answer::Declined(words) => words,
                    Answer::Free | Answer::Open => "-",
                };
                let keeps_scores = answer == Answer::Free || page.marks.is_empty();
                self.is_mine(on) && !page.handed_in && keeps_scores && !words.trim().is_empty()
            }
            Act::Clear(on) => {
                let page = pages.entry(on).or_default();
                (page.marks, page.comments) = Default::default();
                self.is_open(on)
            }
            Act::Submit(on) => {
                pages.entry(on).or_default().handed_in = true;
                self.is_open(on) && self.is_complete(on)
            }
            Act::Withdraw(on) => {
                pages.entry(on).or_default().handed_in = false;
                self.is_mine(on)
            }
            _ => panic!("not an act on a sheet"),
        }
    }

    /// Every criterion that counts is marked, striking marks are explained, and no dimension is without any points.
    fn is_complete(&self, application: &str) -> bool {
        let page = self.page(application);
        let marked = RUBRIC.iter().filter(|(.., counts)| *counts).all(|(id, ..)| page.marks.contains_key(id));
        let explained = match page.marks.get("A1") {
            Some(Mark::Points(value)) => (60..95).contains(&tenths(value)) || page.comments.contains_key("A1"),
            _ => true,
        };
        let is_na = |id: &str| matches!(page.marks.get(id), Some(Mark::NotApplicable(_)));
        marked && explained && !(is_na("B1") && is_na("B2"))
    }

    /// Whether a bundle can be signed: every sheet of R03's is handed in, or R03 stays out.
    pub(super) fn is_ready(&self) -> bool {
        let done = |id: &&str| {
            let page = self.page(id);
            page.handed_in || matches!(page.answer, Some(Answer::Conflict(_) | Answer::Declined(_)))
        };
        self.pledged && MINE.iter().filter(|id| self.is_mine(id)).all(done)
    }

    /// Digest of the last bundle, where nothing happened since it was signed.
    pub(super) fn is_signed(&self) -> Option<&str> {
        self.signed.last().filter(|(entry, _)| entry + 1 == self.next).map(|(_, digest)| digest.as_str())
    }

    pub(super) fn signs(&mut self, digest: &str) {
        self.signed.push((self.next, digest.to_owned()));
        self.closes_a_chapter();
    }

    pub(super) fn takes_in(&mut self, revision: usize) {
        self.revision = revision;
        self.closes_a_chapter();
    }

    /// An entry that taking back does not cross.
    fn closes_a_chapter(&mut self) {
        self.next += 1;
        (self.before, self.after) = Default::default();
    }

    fn turn_back(&mut self, second: i64) -> Outcome {
        let Some(pages) = self.before.pop() else { return Outcome::Nothing };
        self.after.push(self.pages.clone());
        self.turn_to(pages, second);
        Outcome::Done
    }

    fn turn_on(&mut self, second: i64) -> Outcome {
        let Some(pages) = self.after.pop() else { return Outcome::Nothing };
        self.before.push(self.pages.clone());
        self.turn_to(pages, second);
        Outcome::Done
    }

    /// The pages become these, by one entry; every mark that changed is noted with entry and second.
    fn turn_to(&mut self, pages: Pages, second: i64) {
        for application in MINE {
            let mark = |pages: &Pages, id| pages.get(application).and_then(|page| page.marks.get(id)).copied();
            for (id, ..) in RUBRIC {
                let (old, new) = (mark(&self.pages, id), mark(&pages, id));
                if old != new {
                    self.past.entry((application, id)).or_default().push((self.next, second, new));
                }
            }
        }
        self.pages = pages;
        self.next += 1;
    }
}

fn is_asked(criterion: &str) -> bool {
    RUBRIC.iter().any(|(id, ..)| *id == criterion)
}
