//! The version is ours, and every id names one thing.

use std::collections::BTreeMap;

use crate::{
    domain::{
        finding::Finding,
        rubric::{Rubric, check::SCHEMA},
        wording::one_line,
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    if rubric.schema != SCHEMA {
        out.push(Finding::error("schema", msg!("err-schema", found = rubric.schema, known = SCHEMA), msg!("rec-schema")));
    }
    one_line("version", &rubric.version, out);
    one_line("basis.document", &rubric.basis.document, out);
    unique("gate", rubric.gates.iter().map(|gate| gate.id.as_str()), out);
    unique("dimension", rubric.dimensions.iter().map(|dimension| dimension.id.as_str()), out);
    unique("criterion", rubric.criteria.iter().map(|criterion| criterion.id.as_str()), out);
    unique("veto", rubric.vetoes.iter().map(|veto| veto.id.as_str()), out);
    unique("band", rubric.bands.iter().map(|band| band.id.as_str()), out);
    for (index, band) in rubric.bands.iter().enumerate() {
        one_line(format!("band[{index}].id"), &band.id, out);
    }
}

/// Ids that differ only in case count as equal: file names and people cannot tell them apart.
fn unique<'a>(table: &str, ids: impl Iterator<Item = &'a str>, out: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        if let Some(first) = seen.insert(id.to_ascii_lowercase(), index) {
            let what = msg!("err-duplicate", id = id, first = format!("{table}[{first}].id"));
            out.push(Finding::error(format!("{table}[{index}].id"), what, msg!("rec-duplicate")));
        }
    }
}
