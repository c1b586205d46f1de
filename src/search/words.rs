//! Choices that are the same in every call, with the words for them.

use crate::domain::{
    application::{ApplicantKind, LeadMode},
    text::Message,
    worklist::RowState,
};
use crate::msg;

/// One choice: the words with which it is asked for, and what it is called.
pub(super) struct Word<T> {
    /// What it stands for; its place in the table is its place in an order.
    pub(super) is: T,
    /// Names in both languages; the first is for scripts.
    pub(super) names: &'static [&'static str],
    /// What it is called on the screen.
    pub(super) shown: fn() -> Message,
}

/// Lead modes, in the order of 四(三).
pub(super) const MODES: [Word<LeadMode>; 3] = [
    Word { is: LeadMode::School, names: &["school", "院校", "院校主导"], shown: || msg!("word-school") },
    Word { is: LeadMode::Enterprise, names: &["enterprise", "企业", "企业主导"], shown: || msg!("word-enterprise") },
    Word { is: LeadMode::Park, names: &["park", "园区", "园区主导"], shown: || msg!("word-park") },
];

/// Kinds of applicant, in the order of 二(二).
pub(super) const APPLICANTS: [Word<ApplicantKind>; 5] = [
    Word { is: ApplicantKind::CityGov, names: &["city-gov", "市政府", "各市政府"], shown: || msg!("word-city-gov") },
    Word { is: ApplicantKind::University, names: &["university", "高等学校", "高校"], shown: || msg!("word-university") },
    Word { is: ApplicantKind::Vocational, names: &["vocational", "职业院校", "高职"], shown: || msg!("word-vocational") },
    Word { is: ApplicantKind::DevZone, names: &["dev-zone", "开发区"], shown: || msg!("word-dev-zone") },
    Word { is: ApplicantKind::Enterprise, names: &["enterprise", "行业骨干企业", "企业"], shown: || msg!("word-enterprise") },
];

/// States of a sheet, in the order in which a sheet goes through them.
pub(super) const STATES: [Word<RowState>; 7] = [
    Word { is: RowState::Undeclared, names: &["undeclared", "待声明", "未声明"], shown: || msg!("row-undeclared") },
    Word { is: RowState::Draft, names: &["draft", "评分中", "草稿"], shown: || msg!("row-draft") },
    Word { is: RowState::Complete, names: &["complete", "待提交", "已评完"], shown: || msg!("row-complete") },
    Word { is: RowState::Submitted, names: &["submitted", "已提交", "sealed"], shown: || msg!("row-submitted") },
    Word { is: RowState::Recused, names: &["recused", "已回避", "回避"], shown: || msg!("row-recused") },
    // Whoever asks for what is recused does not care who ordered it.
    Word {
        is: RowState::RecusedByOffice,
        names: &["recused-by-office", "指令回避", "recused", "回避"],
        shown: || msg!("row-recused-by-office"),
    },
    Word { is: RowState::Declined, names: &["declined", "已谢绝", "谢绝"], shown: || msg!("row-declined") },
];

/// Yes and no.
pub(super) const ANSWERS: [Word<bool>; 2] = [
    Word { is: true, names: &["yes", "是"], shown: || msg!("word-yes") },
    Word { is: false, names: &["no", "否"], shown: || msg!("word-no") },
];

/// The place of `wanted` in its table.
pub(super) fn place<T: PartialEq>(table: &[Word<T>], wanted: &T) -> Option<usize> {
    table.iter().position(|word| word.is == *wanted)
}
