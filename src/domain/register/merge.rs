//! Which results count. The outcome depends on what was given, never on the order in which it was given.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        call::Mode,
        ids::{ApplicationId, CallId, PanelId},
        register::PanelResult,
        text::{Explain, Message},
    },
    msg,
};

/// A file that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Excluded {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes; empty where it cannot be read.
    pub sha256: String,
    /// Why.
    #[serde(flatten)]
    pub why: Why,
}

/// Why a file does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// It cannot be read, or is no result bundle.
    NotAResult {
        /// Code of what was found.
        code: String,
    },
    /// It does not verify.
    NotVerified {
        /// The first layer that failed, 1 to 9.
        layer: u8,
        /// Code of the first finding there.
        code: String,
        /// Member of the bundle, where the finding concerns one.
        member: String,
    },
    /// It is from a rehearsal.
    Rehearsal,
    /// Another result of the same panel has the same revision: somebody must say which one is right.
    Forked {
        /// Digest of the other.
        other: String,
    },
    /// A later revision of the same panel's result is here.
    Superseded {
        /// Digest of the one that counts.
        by: String,
    },
    /// It says that it replaces another result than the earlier revision that is here.
    OtherHistory {
        /// Digest of the earlier revision.
        earlier: String,
    },
    /// An application of it stands in the result of another panel too.
    AlsoElsewhere {
        /// Which application.
        application: ApplicationId,
        /// Digest of the other result.
        other: String,
    },
}

impl Why {
    /// Whether something is wrong; an earlier revision is right to stay behind.
    #[must_use]
    pub const fn is_bad(&self) -> bool {
        !matches!(self, Self::Superseded { .. })
    }
}

/// What was given, sorted out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Results that count, by call and panel.
    pub panels: Vec<PanelResult>,
    /// The others, by name and digest of the file.
    pub excluded: Vec<Excluded>,
}

/// Sorts out `arrived`. Of several revisions of one panel's result the last counts.
#[must_use]
pub fn merge(arrived: impl IntoIterator<Item = PanelResult>) -> Merged {
    let mut merged = Merged::default();
    let mut groups: BTreeMap<(CallId, PanelId), BTreeMap<String, PanelResult>> = BTreeMap::new();
    for result in arrived {
        if result.mode == Mode::Rehearsal {
            merged.exclude(result, Why::Rehearsal);
            continue;
        }
        // The same content twice, perhaps under another name, is one result: the name that sorts first stays.
        let group = groups.entry((result.call.id.clone(), result.panel.clone())).or_default();
        let is_first = group.get(&result.bundle).is_none_or(|there| (&result.file, &result.sha256) < (&there.file, &there.sha256));
        if is_first {
            group.insert(result.bundle.clone(), result);
        }
    }
    for group in groups.into_values() {
        merged.take(group.into_values().collect());
    }
    merged.part_shared_applications();
    merged.excluded.sort();
    merged
}

impl Merged {
    fn exclude(&mut self, result: PanelResult, why: Why) {
        self.excluded.push(Excluded { sha256: result.sha256, file: result.file, why });
    }

    /// All results of one panel.
    fn take(&mut self, mut group: Vec<PanelResult>) {
        group.sort_by(|one, other| one.revision.cmp(&other.revision).then_with(|| one.bundle.cmp(&other.bundle)));
        let twin = |at: usize, one: &PanelResult| {
            let others = group.iter().enumerate().filter(|(place, _)| *place != at);
            others.map(|(_, other)| other).find(|other| other.revision == one.revision).map(|other| other.bundle.clone())
        };
        // Whoever finds two results of one revision cannot say which of the two the later ones follow, so none counts.
        let forks: Vec<Option<String>> = group.iter().enumerate().map(|(at, one)| twin(at, one)).collect();
        if let Some(first) = forks.iter().flatten().next().cloned() {
            for (result, fork) in group.into_iter().zip(forks) {
                self.exclude(result, Why::Forked { other: fork.unwrap_or_else(|| first.clone()) });
            }
            return;
        }
        let Some(last) = group.pop() else { return };
        if let Some(earlier) = group.last()
            && earlier.revision.checked_add(1) == Some(last.revision)
            && last.supersedes.as_ref() != Some(&earlier.bundle)
        {
            let earlier = earlier.bundle.clone();
            for result in group {
                self.exclude(result, Why::Forked { other: last.bundle.clone() });
            }
            self.exclude(last, Why::OtherHistory { earlier });
            return;
        }
        for result in group {
            self.exclude(result, Why::Superseded { by: last.bundle.clone() });
        }
        self.panels.push(last);
    }

    /// An application that two panels of a call judged counts in neither: nobody may choose the better result of the two.
    fn part_shared_applications(&mut self) {
        let mut holders: BTreeMap<(&CallId, &ApplicationId), Vec<&PanelResult>> = BTreeMap::new();
        for panel in &self.panels {
            for (_, application) in panel.applications() {
                holders.entry((&panel.call.id, &application.id)).or_default().push(panel);
            }
        }
        let mut shared: BTreeMap<String, Why> = BTreeMap::new();
        for ((_, application), panels) in holders {
            let [first, .., last] = panels.as_slice() else { continue };
            for panel in &panels {
                let other = if panel.bundle == first.bundle { last } else { first };
                let why = Why::AlsoElsewhere { application: application.clone(), other: other.bundle.clone() };
                shared.entry(panel.bundle.clone()).or_insert(why);
            }
        }
        let (out, stay): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.panels).into_iter().partition(|panel| shared.contains_key(&panel.bundle));
        self.panels = stay;
        for panel in out {
            if let Some(why) = shared.remove(&panel.bundle) {
                self.exclude(panel, why);
            }
        }
    }

    /// The calls, each once.
    #[must_use]
    pub fn calls(&self) -> BTreeSet<&CallId> {
        self.panels.iter().map(|panel| &panel.call.id).collect()
    }
}

impl Explain for Why {
    fn what(&self) -> Message {
        match self {
            Self::NotAResult { code } => match code.as_str() {
                "kind-package" => msg!("why-is-a-package"),
                "kind-scores" => msg!("why-is-scores"),
                "kind-rescore" => msg!("why-is-a-request"),
                "kind-enrol" => msg!("why-is-an-enrolment"),
                "kind-aggregate" => msg!("why-is-a-register"),
                code => msg!("why-not-a-result", code = code),
            },
            Self::NotVerified { layer, code, member } if member.is_empty() => msg!("why-not-verified", layer = layer, code = code),
            Self::NotVerified { layer, code, member } => msg!("why-not-verified-member", layer = layer, code = code, member = member),
            Self::Rehearsal => msg!("why-rehearsal"),
            Self::Forked { other } => msg!("why-forked", other = other),
            Self::Superseded { by } => msg!("why-superseded", by = by),
            Self::OtherHistory { earlier } => msg!("why-other-history", earlier = earlier),
            Self::AlsoElsewhere { application, other } => msg!("why-also-elsewhere", application = application, other = other),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NotAResult { .. } => msg!("rec-why-not-a-result"),
            Self::NotVerified { .. } => msg!("rec-why-not-verified"),
            Self::Rehearsal => msg!("rec-why-rehearsal"),
            Self::Forked { .. } | Self::OtherHistory { .. } => msg!("rec-why-forked"),
            Self::Superseded { .. } => msg!("rec-why-superseded"),
            Self::AlsoElsewhere { .. } => msg!("rec-why-also-elsewhere"),
        }
    }
}
