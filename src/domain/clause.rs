//! The clauses of 晋发改科教发〔2021〕453号, as printed. A rubric may only cite what is in this list.

/// A clause and its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// How it is cited, with ASCII brackets, for example `一(二)3`.
    pub id: &'static str,
    /// Heading in Chinese; where the policy prints none, the first words.
    pub zh: &'static str,
    /// Heading in English.
    pub en: &'static str,
}

const fn clause(id: &'static str, zh: &'static str, en: &'static str) -> Clause {
    Clause { id, zh, en }
}

/// All clauses in printed order. The four principles of 一(二) are not numbered in print; they count in printed order.
/// A chapter alone may be cited where a criterion rests on the whole of it (the five functions of 三).
pub const CLAUSES: [Clause; 27] = [
    clause("一", "总体要求", "General requirements"),
    clause("一(一)", "指导思想", "Guiding ideas"),
    clause("一(二)", "基本原则", "Principles"),
    clause("一(二)1", "主体多元，统筹共建", "Many parties, building together"),
    clause("一(二)2", "服务产业，精准赋能", "Serving industry"),
    clause("一(二)3", "合理定位，错位建设", "Sensible positioning, no duplication"),
    clause("一(二)4", "创新模式，高效利用", "New models, efficient use"),
    clause("一(三)", "总体目标", "Overall goal"),
    clause("二", "功能定位", "Positioning and functions"),
    clause("二(一)", "定位", "Positioning"),
    clause("二(二)", "布局", "Layout"),
    clause("二(三)", "功能", "Functions"),
    clause("三", "重点任务", "Main tasks"),
    clause("三(一)", "健全实训功能", "Practical training"),
    clause("三(二)", "健全创新功能", "Innovation"),
    clause("三(三)", "健全生产功能", "Production"),
    clause("三(四)", "健全大赛功能", "Contests"),
    clause("三(五)", "健全评价功能", "Assessment"),
    clause("四", "建设运行", "Building and running"),
    clause("四(一)", "加强能力建设", "Capacity"),
    clause("四(二)", "完善申报程序和支持方式", "Application and support"),
    clause("四(三)", "鼓励多种模式建设运行", "Modes of building and running"),
    clause("四(四)", "鼓励实行企业化管理运营", "Enterprise-style management"),
    clause("五", "组织实施", "Implementation"),
    clause("五(一)", "建立协同推进机制", "Co-ordination"),
    clause("五(二)", "建立绩效评价机制", "Performance evaluation"),
    clause("五(三)", "建立包容审慎监管机制", "Tolerant and prudent supervision"),
];

/// The clause cited as `id`, exactly as it stands in [`CLAUSES`].
#[must_use]
pub fn find(id: &str) -> Option<&'static Clause> {
    CLAUSES.iter().find(|clause| clause.id == id)
}

/// Whether the policy has a clause cited as `id`.
#[must_use]
pub fn is_clause(id: &str) -> bool {
    find(id).is_some()
}
