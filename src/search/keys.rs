//! What can be asked. One table: the parser, the help on the field, the manual and the tests are made from it.

use crate::{
    domain::{
        names::nearest,
        text::{Bilingual, Value},
        visibility::Thing,
    },
    search::fold::folded,
};

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyId {
    /// Number of the application.
    Id,
    /// Title.
    Title,
    /// Applicant's name.
    Unit,
    /// City.
    City,
    /// Call item.
    Item,
    /// Lead mode (四(三)).
    Mode,
    /// Kind of applicant (二(二)).
    Applicant,
    /// Sector family (二(二)).
    Sector,
    /// State of the viewer's own sheet.
    State,
    /// The viewer's own running total.
    My,
    /// The figure that ranks: the consolidated total, or one's own running total where there is no other.
    Total,
    /// Open points of the viewer's own sheet.
    Gaps,
    /// The viewer's own score of a criterion.
    Criterion,
    /// Comments that the viewer may see.
    Comment,
    /// People who stay out.
    Coi,
    /// Mean of the totals.
    Mean,
    /// Largest total less smallest.
    Spread,
    /// Standard deviation of the totals.
    Sd,
    /// Reviewers whose sheet is not there.
    Missing,
    /// Marks of the consolidation, such as an odd score.
    Flag,
    /// Rank.
    Rank,
    /// Whether the rank is shared.
    Tied,
    /// Orders the list.
    Sort,
    /// Groups the list.
    Group,
}

/// What stands after the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, which must stand in the text.
    Text,
    /// One of a list.
    Choice,
    /// A number, a comparison or a range.
    Number,
    /// A criterion, and then as for a number.
    Criterion,
    /// Members of a set, or how many there are.
    Set,
    /// Keys to sort by.
    Order,
    /// Keys to group by.
    Groups,
}

/// What a viewer must be allowed to see for a key (domain reference 1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: everybody sees it.
    Nothing,
    /// The applicant's name, which some calls hide.
    Names,
    /// One of these.
    Any(&'static [Thing]),
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Which one.
    pub id: KeyId,
    /// Names in English; the first is the one that is shown.
    pub en: &'static [&'static str],
    /// Names in Chinese; the first is the one that is shown.
    pub zh: &'static [&'static str],
    /// What stands after the colon.
    pub kind: Kind,
    /// What the viewer must be allowed to see.
    pub needs: Needs,
    /// An example in Chinese and in English; both ask the same.
    pub example: [&'static str; 2],
    /// Text id of the explanation.
    pub help: &'static str,
}

const OWN: Needs = Needs::Any(&[Thing::OwnSheets]);
const SHEETS: Needs = Needs::Any(&[Thing::OwnSheets, Thing::OthersSheets]);
const OTHERS: Needs = Needs::Any(&[Thing::OthersSheets]);
const NAMES: Needs = Needs::Names;
const NOTHING: Needs = Needs::Nothing;

macro_rules! keys {
    ($($id:ident $kind:ident $needs:ident [$($en:literal),*] [$($zh:literal),*] $example_zh:literal $example_en:literal $help:literal)*) => {
        /// All keys, in the order in which help lists them.
        pub const KEYS: &[Key] = &[$(Key {
            id: KeyId::$id, en: &[$($en),*], zh: &[$($zh),*], kind: Kind::$kind, needs: $needs,
            example: [$example_zh, $example_en], help: $help,
        }),*];
    };
}

keys! {
    City Choice NOTHING ["city"] ["城市", "地市", "市"] "城市:太原" "city:taiyuan" "search-key-city"
    Item Choice NOTHING ["item"] ["榜题", "题"] "榜题:t1" "item:t1" "search-key-item"
    Mode Choice NOTHING ["mode", "lead"] ["主导", "主导模式", "模式"] "主导:园区" "mode:park" "search-key-mode"
    Applicant Choice NOTHING ["applicant", "kind"] ["主体", "申报主体"] "主体:职业院校" "applicant:vocational" "search-key-applicant"
    Sector Choice NOTHING ["sector", "family"] ["领域", "产业领域"] "领域:农业" "sector:agriculture" "search-key-sector"
    Id Text NOTHING ["id", "no"] ["编号", "项目编号"] "编号:0013" "id:0013" "search-key-id"
    Title Text NOTHING ["title"] ["题目", "标题", "项目名称"] "题目:锻造" "title:forging" "search-key-title"
    Unit Text NAMES ["unit"] ["单位", "申报单位"] "单位:学院" "unit:学院" "search-key-unit"
    State Choice OWN ["state"] ["状态"] "状态:评分中" "state:draft" "search-key-state"
    My Number OWN ["my", "mine"] ["我的分", "本人分", "我的总分"] "我的分:<60" "my:<60" "search-key-my"
    Criterion Criterion OWN ["c", "criterion"] ["指标", "指标分"] "指标:A1>=6" "c:A1>=6" "search-key-c"
    Gaps Number OWN ["gaps"] ["缺项", "未完成项"] "缺项:>0" "gaps:>0" "search-key-gaps"
    Comment Text SHEETS ["comment"] ["评语", "意见"] "评语:“依据不足”" "comment:\"依据不足\"" "search-key-comment"
    Coi Set NOTHING ["coi", "recused"] ["回避"] "回避:是" "coi:yes" "search-key-coi"
    Total Number SHEETS ["total"] ["总分", "得分"] "总分:60-75" "total:60-75" "search-key-total"
    Mean Number OTHERS ["mean", "avg"] ["平均", "平均分"] "平均:>=80" "mean:>=80" "search-key-mean"
    Spread Number OTHERS ["spread"] ["分歧", "极差"] "分歧:>15" "spread:>15" "search-key-spread"
    Sd Number OTHERS ["sd"] ["标准差"] "标准差:>6" "sd:>6" "search-key-sd"
    Missing Set OTHERS ["missing"] ["缺评", "未交"] "缺评:有" "missing:any" "search-key-missing"
    Flag Set OTHERS ["flag"] ["标记", "提示"] "标记:有" "flag:any" "search-key-flag"
    Rank Number OTHERS ["rank"] ["名次", "排名"] "名次:1-3" "rank:1-3" "search-key-rank"
    Tied Choice OTHERS ["tied"] ["并列"] "并列:是" "tied:yes" "search-key-tied"
    Sort Order NOTHING ["sort"] ["排序"] "排序:-总分" "sort:-total" "search-key-sort"
    Group Groups NOTHING ["group"] ["分组"] "分组:榜题 分组:城市" "group:item group:city" "search-key-group"
}

/// Something that can be written without a key.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// An example in Chinese and in English.
    pub example: [&'static str; 2],
    /// Text id of the explanation.
    pub help: &'static str,
}

/// All of them, in the order in which help lists them.
pub const FORMS: [Form; 7] = [
    Form { example: ["太原 实训", "taiyuan base"], help: "search-form-words" },
    Form { example: ["“实训基地”", "\"training base\""], help: "search-form-phrase" },
    Form { example: ["太原 或 大同", "taiyuan OR datong"], help: "search-form-or" },
    Form { example: ["-太原", "-taiyuan"], help: "search-form-not" },
    Form { example: ["（太原 或 大同）-养老", "(taiyuan OR datong) -care"], help: "search-form-group" },
    Form { example: ["城市：太原、长治", "city:taiyuan,changzhi"], help: "search-form-list" },
    Form { example: ["评语:无", "comment:none"], help: "search-form-none" },
];

/// The key of this name, in either language, in any width and case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Key> {
    let wanted = folded(name);
    KEYS.iter().find(|key| key.names().any(|own| own == wanted))
}

/// The record of a key.
#[must_use]
pub fn key(id: KeyId) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.id == id)
}

/// The name among `keys` that was most likely meant.
pub(super) fn nearest_name(typed: &str, keys: impl Iterator<Item = &'static Key>) -> Option<&'static str> {
    nearest(typed, keys.flat_map(Key::names))
}

impl Key {
    /// All its names, English first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.en.iter().chain(self.zh).copied()
    }

    /// The name that is shown in both languages.
    #[must_use]
    pub fn shown(&self) -> Bilingual {
        let first = |names: &[&str]| names.first().copied().unwrap_or_default().to_owned();
        Bilingual { zh: first(self.zh), en: first(self.en) }
    }

    /// The same for a message.
    pub(super) fn value(&self) -> Value {
        Value::Both(Box::new(self.shown()))
    }

    /// The example for a message.
    pub(super) fn example_value(&self) -> Value {
        let [zh, en] = self.example;
        Value::Both(Box::new(Bilingual { zh: zh.to_owned(), en: en.to_owned() }))
    }

    /// Whether a list can be sorted by it.
    #[must_use]
    pub const fn sorts(&self) -> bool {
        matches!(self.kind, Kind::Choice | Kind::Number | Kind::Set) || matches!(self.id, KeyId::Id | KeyId::Title | KeyId::Unit)
    }

    /// Whether a list can be grouped by it: only where an application has one value at most, so that it stands in one group.
    #[must_use]
    pub const fn groups(&self) -> bool {
        matches!(self.kind, Kind::Choice)
    }
}
