//! Every text for people stands there in both languages.

use crate::domain::{finding::Finding, rubric::Rubric, wording::both_languages};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    both_languages("title", &rubric.title, out);
    for (index, gate) in rubric.gates.iter().enumerate() {
        both_languages(&format!("gate[{index}].text"), &gate.text, out);
    }
    for (index, dimension) in rubric.dimensions.iter().enumerate() {
        both_languages(&format!("dimension[{index}].title"), &dimension.title, out);
    }
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        both_languages(&format!("criterion[{index}].title"), &criterion.title, out);
        if let Some(observe) = &criterion.observe {
            both_languages(&format!("criterion[{index}].observe"), observe, out);
        }
        for (level, anchor) in criterion.anchors.iter().enumerate() {
            both_languages(&format!("criterion[{index}].anchors[{level}].text"), &anchor.text, out);
        }
    }
    for (index, veto) in rubric.vetoes.iter().enumerate() {
        both_languages(&format!("veto[{index}].text"), &veto.text, out);
    }
    for (index, band) in rubric.bands.iter().enumerate() {
        both_languages(&format!("band[{index}].title"), &band.title, out);
    }
}
