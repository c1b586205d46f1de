//! A plan of who reads what, made cheaper cycle by cycle until nothing is cheaper.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    assign::{Question, Standing},
    ids::{ApplicationId, PersonCode},
};

/// What a pair or a step costs; the first part weighs more than any amount of the second, and so on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    /// Difference in the sum of the squares of the loads.
    squares: i64,
    /// Pairs in which the reviewer does not know the field.
    strangers: i64,
    /// Sum of the marks.
    marks: i64,
}

impl Cost {
    fn plus(self, other: Self) -> Self {
        Self {
            squares: self.squares.saturating_add(other.squares),
            strangers: self.strangers.saturating_add(other.strangers),
            marks: self.marks.saturating_add(other.marks),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            squares: self.squares.saturating_sub(other.squares),
            strangers: self.strangers.saturating_sub(other.strangers),
            marks: self.marks.saturating_sub(other.marks),
        }
    }
}

/// A reviewer, or the place where a load goes up or down: `None`.
type Node<'a> = Option<&'a PersonCode>;

/// A step from one node to another: its cost, and the application that moves, where one does.
type Step<'a> = (Cost, Option<&'a ApplicationId>);

/// One application: what each pair costs, and who reads it.
struct Row<'a> {
    costs: BTreeMap<&'a PersonCode, Cost>,
    readers: BTreeSet<&'a PersonCode>,
}

/// A plan.
pub(super) struct Plan<'a> {
    rows: BTreeMap<&'a ApplicationId, Row<'a>>,
    loads: BTreeMap<&'a PersonCode, i64>,
}

impl<'a> Plan<'a> {
    /// A plan to begin with: application by application, those who read least so far.
    pub(super) fn new(question: &'a Question) -> Self {
        let mut plan = Self { rows: BTreeMap::new(), loads: BTreeMap::new() };
        for (id, people) in &question.applications {
            let costs: BTreeMap<&PersonCode, Cost> =
                people.iter().filter_map(|(code, standing)| cost(*standing).map(|cost| (code, cost))).collect();
            for code in costs.keys() {
                plan.loads.entry(code).or_default();
            }
            let mut order: Vec<&PersonCode> = costs.keys().copied().collect();
            order.sort_by_key(|code| (plan.load(code), costs.get(code).copied()));
            let readers: BTreeSet<&PersonCode> = order.into_iter().take(question.per.unwrap_or(usize::MAX)).collect();
            for code in &readers {
                plan.change_load(code, 1);
            }
            plan.rows.insert(id, Row { costs, readers });
        }
        plan
    }

    /// Cancels cycles that save something until there is none. It ends, because every cycle makes the plan cheaper and there are only
    /// so many plans.
    pub(super) fn settle(&mut self) {
        loop {
            let steps = self.steps();
            let Some(cycle) = saving(&steps) else { return };
            for (from, to) in cycle {
                if let Some((_, moved)) = steps.get(&(from, to)) {
                    self.take(from, to, *moved);
                }
            }
        }
    }

    /// Who reads what, by application and then by reviewer.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&'a ApplicationId, &'a PersonCode)> {
        self.rows.iter().flat_map(|(id, row)| row.readers.iter().map(|code| (*id, *code)))
    }

    fn load(&self, code: &PersonCode) -> i64 {
        self.loads.get(code).copied().unwrap_or_default()
    }

    fn change_load(&mut self, code: &'a PersonCode, by: i64) {
        let load = self.loads.entry(code).or_default();
        *load = load.saturating_add(by);
    }

    /// The cheapest step between every two nodes between which there is one.
    fn steps(&self) -> BTreeMap<(Node<'a>, Node<'a>), Step<'a>> {
        let mut steps: BTreeMap<(Node<'a>, Node<'a>), Step<'a>> = BTreeMap::new();
        for (id, row) in &self.rows {
            for (from, now) in row.costs.iter().filter(|(code, _)| row.readers.contains(*code)) {
                for (to, then) in row.costs.iter().filter(|(code, _)| !row.readers.contains(*code)) {
                    let step = (then.minus(*now), Some(*id));
                    let known = steps.entry((Some(*from), Some(*to))).or_insert(step);
                    *known = step.min(*known);
                }
            }
        }
        for (code, load) in &self.loads {
            // (n + 1)² − n² and (n − 1)² − n²: reading one more, and reading one less.
            let more = Cost { squares: load.saturating_mul(2).saturating_add(1), ..Cost::default() };
            let less = Cost { squares: load.saturating_mul(-2).saturating_add(1), ..Cost::default() };
            steps.insert((Some(*code), None), (more, None));
            if *load > 0 {
                steps.insert((None, Some(*code)), (less, None));
            }
        }
        steps
    }

    fn take(&mut self, from: Node<'a>, to: Node<'a>, moved: Option<&'a ApplicationId>) {
        match (from, to) {
            (Some(from), Some(to)) => {
                if let Some(row) = moved.and_then(|id| self.rows.get_mut(id)) {
                    row.readers.remove(from);
                    row.readers.insert(to);
                }
            }
            (Some(code), None) => self.change_load(code, 1),
            (None, Some(code)) => self.change_load(code, -1),
            (None, None) => {}
        }
    }
}

/// What a pair costs; `None` where it is forbidden.
fn cost(standing: Standing) -> Option<Cost> {
    match standing {
        Standing::Free { knows, mark } => Some(Cost { squares: 0, strangers: i64::from(!knows), marks: i64::from(mark) }),
        Standing::Recused | Standing::Suggested => None,
    }
}

/// The steps of a cycle whose cost is below nothing (Bellman and Ford); `None` where there is none.
fn saving<'a>(steps: &BTreeMap<(Node<'a>, Node<'a>), Step<'a>>) -> Option<Vec<(Node<'a>, Node<'a>)>> {
    let nodes: BTreeSet<Node<'a>> = steps.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let mut reached: BTreeMap<Node<'a>, Cost> = nodes.iter().map(|node| (*node, Cost::default())).collect();
    let mut before: BTreeMap<Node<'a>, Node<'a>> = BTreeMap::new();
    let mut last = None;
    for _ in &nodes {
        last = None;
        for ((from, to), (cost, _)) in steps {
            let through = reached.get(from).copied().unwrap_or_default().plus(*cost);
            if reached.get(to).is_some_and(|known| through < *known) {
                reached.insert(*to, through);
                before.insert(*to, *from);
                last = Some(*to);
            }
        }
        last?;
    }
    // Whatever still falls after as many rounds as there are nodes hangs on a cycle; going back that often leads into it.
    let mut start = last?;
    for _ in &nodes {
        start = *before.get(&start)?;
    }
    let mut cycle = Vec::new();
    let mut here = start;
    loop {
        let from = *before.get(&here)?;
        cycle.push((from, here));
        here = from;
        if here == start {
            return Some(cycle);
        }
    }
}
