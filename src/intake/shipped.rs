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
pub const RUBRICS: [Shipped; 1] = [Shipped { id: "selection", text: include_str!("../../rubrics/selection.toml") }];

/// The rubric called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Shipped> {
    RUBRICS.iter().find(|rubric| rubric.id == id)
}
