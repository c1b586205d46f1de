//! What a key can mean. One table: hint line, help page, palette and `pingyi keys` are made from it.

use crate::{domain::text::Message, msg};

/// What a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One up.
    Up,
    /// One down.
    Down,
    /// One to the left, or one step less.
    Left,
    /// One to the right, or one step more.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// Opens, or accepts and goes on.
    Open,
    /// Back.
    Back,
    /// Switches or marks.
    Toggle,
    /// Help.
    Help,
    /// The comment.
    Comment,
    /// The application.
    Read,
    /// Another order.
    Sort,
    /// What is missing.
    Check,
    /// The other language.
    Language,
    /// Own scores side by side.
    Compare,
    /// What happened.
    Journal,
    /// Checks and signs.
    Sign,
    /// All commands.
    Palette,
    /// Settings.
    Settings,
    /// Saves now.
    Save,
    /// Finds.
    Find,
    /// Takes back.
    Undo,
    /// Does again.
    Redo,
    /// Opens a request of the chair.
    OpenFile,
    /// Takes a handed-in sheet back.
    Withdraw,
    /// Not applicable.
    NotApplicable,
    /// Clears a cell.
    Clear,
    /// Answers the conflict question.
    Declare,
    /// Draws everything anew.
    Redraw,
    /// Leaves the program.
    Quit,
    /// A digit in a list: that row.
    Row(u8),
}

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// In lists and texts that scroll.
    Lists,
    /// In tables that can be sorted.
    Tables,
    /// On the worklist.
    Worklist,
    /// On a score sheet.
    Sheet,
    /// On the chair's screens where an application or a flag is chosen.
    Chair,
    /// In a field that takes a search line.
    Finding,
}

impl Scope {
    /// Whether both hold on some screen: everything does but a score sheet and what belongs to tables and the worklist.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        !matches!(
            (self, other),
            (Self::Sheet, Self::Tables | Self::Worklist | Self::Chair)
                | (Self::Tables | Self::Worklist | Self::Chair, Self::Sheet)
                | (Self::Worklist | Self::Finding, Self::Chair)
                | (Self::Chair, Self::Worklist | Self::Finding)
        )
    }
}

/// One binding.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What it does.
    pub action: Action,
    /// Stable name, for `settings.toml`.
    pub id: &'static str,
    /// Where it holds.
    pub scope: Scope,
    /// Usual keys; the first stands in hints.
    pub keys: &'static [&'static str],
    /// In words.
    pub words: fn() -> Message,
    /// First letters of the Chinese words, for the palette.
    pub pinyin: &'static str,
    /// The lower, the further left in the hint line; 0 keeps it out.
    pub rank: u8,
}

macro_rules! bindings {
    ($($action:ident $id:literal $scope:ident [$($key:literal),*] $words:literal $pinyin:literal $rank:literal)*) => {
        &[$(Binding {
            action: Action::$action, id: $id, scope: Scope::$scope, keys: &[$($key),*], words: || msg!($words), pinyin: $pinyin, rank: $rank,
        }),*]
    };
}

/// All bindings.
pub const BINDINGS: &[Binding] = bindings![
    Up "up" Lists ["up", "k"] "key-up" "s" 0
    Down "down" Lists ["down", "j"] "key-down" "x" 0
    PageUp "page-up" Lists ["pageup"] "key-page-up" "sy" 0
    PageDown "page-down" Lists ["pagedown"] "key-page-down" "xy" 0
    First "first" Lists ["home", "g"] "key-first" "s" 0
    Last "last" Lists ["end", "G"] "key-last" "m" 0
    Left "left" Lists ["left", "h"] "key-left" "z" 0
    Right "right" Lists ["right", "l"] "key-right" "y" 0
    Next "next" Everywhere ["tab"] "key-next" "xyg" 0
    Previous "previous" Everywhere ["backtab"] "key-previous" "syg" 0
    Open "open" Everywhere ["enter"] "key-open" "dk" 1
    Back "back" Everywhere ["esc"] "key-back" "fh" 2
    Toggle "toggle" Lists ["space"] "key-toggle" "qh" 0
    Help "help" Everywhere ["f1", "?"] "key-help" "bz" 0
    Comment "comment" Sheet ["f2"] "key-comment" "py" 3
    Comment "opinion" Chair ["f2"] "key-opinion" "yj" 3
    Read "case" Chair ["f3"] "key-case" "xm" 4
    Read "read" Worklist ["f3"] "key-read" "ydcl" 4
    Read "read-sheet" Sheet ["f3"] "key-read" "ydcl" 4
    Sort "sort" Tables ["f4", "o"] "key-sort" "px" 6
    Check "check" Everywhere ["f5"] "key-check" "jc" 7
    Language "language" Everywhere ["f6"] "key-language" "qhyy" 0
    Compare "compare" Everywhere ["f7"] "key-compare" "db" 8
    Journal "journal" Everywhere ["f8"] "key-journal" "jl" 0
    Sign "sign" Everywhere ["f9"] "key-sign" "qs" 9
    Palette "palette" Everywhere ["ctrl-p", "f10", ":"] "key-palette" "ml" 0
    Settings "settings" Everywhere ["f12"] "key-settings" "sz" 0
    Save "save" Everywhere ["ctrl-s"] "key-save" "bc" 0
    Find "find" Worklist ["ctrl-f", "/"] "key-find" "cz" 5
    Undo "undo" Everywhere ["ctrl-z"] "key-undo" "cx" 10
    Redo "redo" Everywhere ["ctrl-y"] "key-redo" "cz" 0
    OpenFile "open-file" Worklist ["ctrl-o"] "key-open-file" "dkfpd" 0
    Declare "declare" Worklist ["d"] "key-declare" "sm" 3
    Withdraw "withdraw" Worklist ["ctrl-w"] "key-withdraw" "ch" 0
    Withdraw "withdraw-sheet" Sheet ["ctrl-w"] "key-withdraw" "ch" 0
    NotApplicable "not-applicable" Sheet ["ctrl-n"] "key-na" "bsy" 0
    Clear "clear" Sheet ["delete"] "key-clear" "qc" 0
    Redraw "redraw" Everywhere ["ctrl-l"] "key-redraw" "ch" 0
    Quit "quit" Everywhere ["ctrl-q"] "key-quit" "tc" 0
];
