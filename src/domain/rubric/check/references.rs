//! What the rubric points at exists: dimensions, clauses of the policy, fields of the application, conditions of gates.

use crate::{
    domain::{
        clause::{self, CLAUSES},
        fields,
        finding::Finding,
        formal::{CONDITIONS, condition},
        rubric::{Gate, Rubric},
        wording::unknown_advice,
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    check_clauses("basis.clauses", &rubric.basis.clauses, out);
    for (index, gate) in rubric.gates.iter().enumerate() {
        check_clauses(&format!("gate[{index}].clause"), &gate.clause, out);
        check_when(&format!("gate[{index}].when"), gate, out);
    }
    for (index, dimension) in rubric.dimensions.iter().enumerate() {
        check_clauses(&format!("dimension[{index}].clause"), &dimension.clause, out);
    }
    for (index, veto) in rubric.vetoes.iter().enumerate() {
        check_clauses(&format!("veto[{index}].clause"), &veto.clause, out);
    }
    check_criteria(rubric, out);
}

fn check_criteria(rubric: &Rubric, out: &mut Vec<Finding>) {
    let dimensions: Vec<&str> = rubric.dimensions.iter().map(|dimension| dimension.id.as_str()).collect();
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        let path = format!("criterion[{index}]");
        if rubric.dimension(&criterion.dimension).is_none() {
            let named = criterion.dimension.as_str();
            let what = msg!("err-rubric-no-dimension", dimension = named);
            out.push(Finding::error(format!("{path}.dimension"), what, unknown_advice(named, &dimensions)));
        }
        if criterion.clause.is_empty() {
            out.push(Finding::warning(format!("{path}.clause"), msg!("err-rubric-no-clause"), msg!("rec-rubric-no-clause")));
        }
        check_clauses(&format!("{path}.clause"), &criterion.clause, out);
        for (number, field) in criterion.look_at.iter().enumerate().filter(|(_, field)| fields::kind(field).is_none()) {
            let known: Vec<&str> = fields::paths().collect();
            let what = msg!("err-rubric-field", field = field);
            out.push(Finding::error(format!("{path}.look_at[{number}]"), what, unknown_advice(field, &known)));
        }
    }
}

fn check_clauses(path: &str, clauses: &[String], out: &mut Vec<Finding>) {
    let known: Vec<&str> = CLAUSES.iter().map(|clause| clause.id).collect();
    for (index, cited) in clauses.iter().enumerate().filter(|(_, cited)| !clause::is_clause(cited)) {
        let what = msg!("err-rubric-clause", clause = cited);
        out.push(Finding::error(format!("{path}[{index}]"), what, unknown_advice(cited, &known)));
    }
}

fn check_when(path: &str, gate: &Gate, out: &mut Vec<Finding>) {
    let keys: Vec<&str> = CONDITIONS.iter().map(|condition| condition.key).collect();
    for (key, value) in &gate.when {
        let path = format!("{path}.{key}");
        match condition(key) {
            None => out.push(Finding::error(path, msg!("err-rubric-when", key = key), unknown_advice(key, &keys))),
            Some(known) if !known.values.contains(&value.as_str()) => {
                out.push(Finding::error(path, msg!("err-rubric-when-value", value = value), unknown_advice(value, known.values)));
            }
            Some(_) => {}
        }
    }
}
