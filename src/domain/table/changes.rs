//! Decisions as a person means them: "this becomes that". What was before is taken from the table.

use crate::domain::{
    decision::{Ballot, FlagRuling, Opinion},
    deviation::FlagKey,
    ids::{ApplicationId, ItemId, PersonCode, VetoId},
    table::{
        Table,
        act::{Act, GoingOn, Removal, Signature, TieRuling, TieVote},
    },
};

impl Table {
    /// How a member falls out; `None` brings the member back.
    #[must_use]
    pub fn remove(&self, reviewer: &PersonCode, after: Option<Removal>) -> Act {
        Act::Remove { reviewer: reviewer.clone(), before: self.removed.get(reviewer).cloned(), after }
    }

    /// The decision on a flag; `None` takes it back.
    #[must_use]
    pub fn rule_flag(&self, application: &ApplicationId, flag: FlagKey, after: Option<FlagRuling>) -> Act {
        let before = self.rulings.get(&(application.clone(), flag.clone())).cloned();
        Act::Flag { application: application.clone(), flag, before, after }
    }

    /// The finding of a veto in words; `None` takes it back.
    #[must_use]
    pub fn find_veto(&self, application: &ApplicationId, veto: &VetoId, after: Option<String>) -> Act {
        let before = self.vetoes.get(&(application.clone(), veto.clone())).cloned();
        Act::Veto { application: application.clone(), veto: veto.clone(), before, after }
    }

    /// How to go on with too few valid sheets; `None` takes it back.
    #[must_use]
    pub fn go_on(&self, application: &ApplicationId, after: Option<GoingOn>) -> Act {
        Act::GoOn { application: application.clone(), before: self.going_on.get(application).cloned(), after }
    }

    /// The panel's vote on a tie; `None` takes it back.
    #[must_use]
    pub fn vote_tie(&self, application: &ApplicationId, after: Option<TieVote>) -> Act {
        Act::TieVote { application: application.clone(), before: self.tie_votes.get(application).cloned(), after }
    }

    /// The chair's ruling on a tie; `None` takes it back.
    #[must_use]
    pub fn rule_tie(&self, item: &ItemId, after: Option<TieRuling>) -> Act {
        Act::TieRuling { item: item.clone(), before: self.tie_rulings.get(item).cloned(), after }
    }

    /// The panel's vote on an application; `None` takes it back.
    #[must_use]
    pub fn vote(&self, application: &ApplicationId, after: Option<Ballot>) -> Act {
        Act::Vote { application: application.clone(), before: self.votes.get(application).cloned(), after }
    }

    /// The opinion of the panel on an application; empty where there is none.
    #[must_use]
    pub fn opinion(&self, application: &ApplicationId) -> Opinion {
        self.opinions.get(application).cloned().unwrap_or_default()
    }

    /// The opinion of the panel becomes `after`.
    #[must_use]
    pub fn say_opinion(&self, application: &ApplicationId, after: Opinion) -> Act {
        Act::Opinion { application: application.clone(), before: self.opinion(application), after }
    }

    /// How a member stands to the report; `None` takes it back.
    #[must_use]
    pub fn sign(&self, person: &PersonCode, after: Option<Signature>) -> Act {
        Act::Member { person: person.clone(), before: self.members.get(person).cloned(), after }
    }
}
