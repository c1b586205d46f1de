//! What this call and this viewer make of the keys: which criteria, items and cities there are, and which keys are theirs.

use crate::{
    domain::{
        ids::PersonCode,
        package::Package,
        panel::Role,
        text::{Bilingual, Message, Value},
        visibility::{self, Thing},
    },
    msg,
    search::{
        fold::folded,
        keys::{KEYS, Key, KeyId, Needs},
        words::{ANSWERS, APPLICANTS, MODES, STATES, Word},
    },
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// A reviewer, over the own sheets. A chair who scores is one too until the sheets of the others are accepted.
    Reviewer(PersonCode),
    /// The chair, over all accepted sheets.
    Chair,
    /// The office.
    Office,
}

impl Viewer {
    /// The role whose rights count.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Reviewer(_) => Role::Reviewer,
            Self::Chair => Role::Chair,
            Self::Office => Role::Office,
        }
    }
}

/// One of the things that a key can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub shown: Value,
    /// Names under which it is found, folded; the stable one first.
    names: Vec<String>,
}

impl Choice {
    /// A choice with names of its own in both languages.
    #[must_use]
    pub fn named(id: &str, name: &Bilingual) -> Self {
        let names = [id, name.zh.as_str(), name.en.as_str()].iter().map(|name| folded(name)).collect();
        Self { id: id.to_owned(), shown: Value::Both(Box::new(name.clone())), names }
    }

    /// A choice that is its code, such as a person on the roster.
    #[must_use]
    pub fn code(id: &str) -> Self {
        Self { id: id.to_owned(), shown: Value::Plain(id.to_owned()), names: vec![folded(id)] }
    }

    fn of<T>(word: &Word<T>) -> Self {
        let id = word.names.first().copied().unwrap_or_default().to_owned();
        Self { id, shown: Value::Nested(Box::new((word.shown)())), names: word.names.iter().map(|name| folded(name)).collect() }
    }

    /// The names under which it is found.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

/// What can be asked in this call by this viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Who asks.
    pub viewer: Viewer,
    /// Whether applicants' names are hidden from the viewer.
    pub hides_names: bool,
    /// Criteria, in the order of the rubric.
    pub criteria: Vec<Choice>,
    /// Call items, in the order of the notice.
    pub items: Vec<Choice>,
    /// Cities, in the order of the code list.
    pub cities: Vec<Choice>,
    /// Sector families, in the order of the code list.
    pub sectors: Vec<Choice>,
    /// People whose sheets or recusals the viewer may see, by code.
    pub people: Vec<Choice>,
    /// Marks that the consolidation can set; none before there is one.
    pub flags: Vec<Choice>,
    modes: Vec<Choice>,
    applicants: Vec<Choice>,
    states: Vec<Choice>,
    answers: Vec<Choice>,
}

impl Scheme {
    /// What `viewer` can ask about `package`.
    #[must_use]
    pub fn of(package: &Package, viewer: Viewer) -> Self {
        let people = match &viewer {
            Viewer::Reviewer(code) => vec![Choice::code(code.as_str())],
            Viewer::Chair | Viewer::Office => package.roster.scoring().map(|person| Choice::code(person.code.as_str())).collect(),
        };
        Self {
            hides_names: package.call.blind.applicant && !visibility::may(viewer.role(), Thing::ApplicantNames),
            viewer,
            criteria: package.rubric.criteria.iter().map(|criterion| Choice::named(criterion.id.as_str(), &criterion.title)).collect(),
            items: package.call.items.iter().map(|item| Choice::named(item.id.as_str(), &item.title)).collect(),
            cities: package.codes.cities.iter().map(|city| Choice::named(&city.code, &city.name)).collect(),
            sectors: package.codes.families.iter().map(|family| Choice::named(&family.code, &family.name)).collect(),
            people,
            flags: Vec::new(),
            modes: MODES.iter().map(Choice::of).collect(),
            applicants: APPLICANTS.iter().map(Choice::of).collect(),
            states: STATES.iter().map(Choice::of).collect(),
            answers: ANSWERS.iter().map(Choice::of).collect(),
        }
    }

    /// What a key can be; nothing for keys that take no choice.
    #[must_use]
    pub fn choices(&self, id: KeyId) -> &[Choice] {
        match id {
            KeyId::City => &self.cities,
            KeyId::Item => &self.items,
            KeyId::Mode => &self.modes,
            KeyId::Applicant => &self.applicants,
            KeyId::Sector => &self.sectors,
            KeyId::State => &self.states,
            KeyId::Tied => &self.answers,
            KeyId::Coi | KeyId::Missing => &self.people,
            KeyId::Flag => &self.flags,
            KeyId::Criterion => &self.criteria,
            _ => &[],
        }
    }

    /// Whether the viewer may use `key`. It depends on the call and the role alone, never on what an application holds.
    #[must_use]
    pub fn may_use(&self, key: &Key) -> bool {
        match key.needs {
            Needs::Nothing => true,
            Needs::Names => !self.hides_names,
            Needs::Any(things) => things.iter().any(|thing| visibility::may(self.viewer.role(), *thing)),
        }
    }

    /// The keys that the viewer may use, in the order of help.
    pub fn usable(&self) -> impl Iterator<Item = &'static Key> {
        KEYS.iter().filter(|key| self.may_use(key))
    }

    /// What a group is called: the key, and which of its choices; `None` for those that have none.
    #[must_use]
    pub fn heading(&self, key: &Key, which: Option<usize>) -> Message {
        let heading = |name: Value| Message { id: "search-group", args: vec![("key", key.value()), ("name", name)] };
        match which.and_then(|at| self.choices(key.id).get(at)) {
            Some(choice) => heading(choice.shown.clone()),
            None => heading(Value::Nested(Box::new(msg!("search-group-none")))),
        }
    }
}
