//! The rubrics that ship with the program.

/// A shipped rubric.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// Name, as `call.toml` and `pingyi rubric` take it; also the file's name in `rubrics/`.
    pub id: &'static str,
    /// The file.
    pub text: &'static str,
}

/// All of them: 揭榜遴选, 评审认定, 评选直接授牌, 市县级, 绩效评价.
pub const RUBRICS: [Shipped; 5] = [
    Shipped { id: "selection", text: include_str!("../../rubrics/selection.toml") },
    Shipped { id: "accreditation", text: include_str!("../../rubrics/accreditation.toml") },
    Shipped { id: "direct-award", text: include_str!("../../rubrics/direct-award.toml") },
    Shipped { id: "city-county", text: include_str!("../../rubrics/city-county.toml") },
    Shipped { id: "performance", text: include_str!("../../rubrics/performance.toml") },
];

/// The rubric called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Shipped> {
    RUBRICS.iter().find(|rubric| rubric.id == id)
}
