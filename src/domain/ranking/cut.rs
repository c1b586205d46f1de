//! Places at stake: who wins, who is named as reserve, and which ties stand in the way (招标投标法实施条例 §53: at most three named).

use crate::domain::{
    consolidate::input::ItemInput,
    ranking::{Apart, Cut, Place, Ranked, chain::Group},
    rubric::TieAtCut,
};

/// The rows of `groups`, with what each rank brings.
pub(super) fn rows(tie_at_cut: TieAtCut, groups: Vec<Group>, item: &ItemInput) -> Vec<Ranked> {
    let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let lines = Lines { winners: size(item.winners), named: size(item.candidates_max.max(item.winners)), tie_at_cut };
    let mut rows = Vec::new();
    for group in groups {
        let rank = rows.len().saturating_add(1);
        let tied = group.members.len() > 1;
        let place = lines.place(rank, group.members.len());
        for (at, standing) in group.members.into_iter().enumerate() {
            let apart = if at == 0 { group.apart.clone() } else { Apart::Not };
            rows.push(Ranked { id: standing.id, rank, tied, apart, place, waits: group.waits.clone() });
        }
    }
    rows
}

/// Where winners and named candidates end.
struct Lines {
    winners: usize,
    named: usize,
    tie_at_cut: TieAtCut,
}

impl Lines {
    /// What `rank` brings to each of `count` applications that share it. A tie among winners only stands in nobody's way; one inside
    /// the reserve list does, because the first of the reserve moves up.
    fn place(&self, rank: usize, count: usize) -> Place {
        let last = rank.saturating_add(count).saturating_sub(1);
        if last <= self.winners {
            return Place::Winner;
        }
        let cut = if rank <= self.winners { Cut::Winner } else { Cut::Reserve };
        match (cut, self.tie_at_cut) {
            (Cut::Reserve, _) if rank > self.named => Place::None,
            (Cut::Reserve, _) if count == 1 => Place::Reserve,
            (cut, TieAtCut::Block) => Place::Open(cut),
            (Cut::Winner, TieAtCut::AdmitAll) => Place::Winner,
            (Cut::Reserve, TieAtCut::AdmitAll) => Place::Reserve,
            (_, TieAtCut::ChainOnly) if last <= self.named => Place::Reserve,
            (_, TieAtCut::ChainOnly) => Place::None,
        }
    }
}
