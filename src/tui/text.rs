//! Text on a grid of cells: the one place that measures it. 汉字 takes four columns and six bytes.

use std::borrow::Cow;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::hostile;

/// Columns that `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `columns`; what is cut off is marked by two full stops.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(2);
    let mut kept = String::new();
    for part in text.graphemes(true) {
        if width(&kept).saturating_add(width(part)) > room {
            break;
        }
        kept.push_str(part);
    }
    kept.push_str(if columns >= 2 { ".." } else { "" });
    kept
}

/// `text` in exactly `columns`, cut or filled with blanks.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut text = cut(text, columns);
    text.push_str(&" ".repeat(columns.saturating_sub(width(&text))));
    text
}

/// `text` in exactly `columns`, to the right: for numbers.
#[must_use]
pub fn right(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// Most marks that one character may carry; what stands above and below it would else be painted over other lines.
const MOST_MARKS: usize = 4;

/// Columns that a part of a text takes where the terminal paints characters of ambiguous width (“ ① — ×) two columns wide, as the
/// Windows console does with Chinese fonts.
#[must_use]
pub fn wide_width(part: &str) -> usize {
    if is_ambiguous(part) { 2 } else { width(part) }
}

/// Whether terminals disagree on the width of this character (East Asian Width "A").
#[must_use]
pub fn is_ambiguous(part: &str) -> bool {
    part.width() == 1 && part.width_cjk() == 2
}

/// The parts of a line as they stand on a terminal that paints ambiguous characters wide, each with its columns, in at most `room`
/// altogether. Every column that such a character takes too many is taken from the next gap of blanks, so that tables stay aligned.
#[must_use]
pub fn wide_parts(text: &str, room: usize) -> Vec<(&str, usize)> {
    let mut parts: Vec<(&str, usize)> = Vec::new();
    let (mut owed, mut before) = (0_usize, "");
    for part in text.graphemes(true) {
        let columns = wide_width(part);
        owed = owed.saturating_add(columns.saturating_sub(width(part)));
        if owed > 0 && part == " " && before == " " {
            owed = owed.saturating_sub(1);
        } else if columns > 0 {
            parts.push((part, columns));
        }
        before = part;
    }
    let sum = |parts: &[(&str, usize)]| -> usize { parts.iter().map(|(_, columns)| columns).sum() };
    if sum(&parts) > room {
        let mark = [(".", 1), (".", 1)];
        while sum(&parts).saturating_add(2) > room && parts.pop().is_some() {}
        parts.extend(mark.iter().take(room));
    }
    parts
}

/// A character that takes one column everywhere, for places where the true one would push the rest of the line away.
#[must_use]
pub fn stand_in(part: &str) -> &'static str {
    match part {
        "“" | "”" => "\"",
        "‘" | "’" => "'",
        "—" | "―" | "─" => "-",
        "…" | "·" => ".",
        "×" => "x",
        _ => "*",
    }
}

/// The lines of `text` in at most `columns` each, broken where Chinese and English may be broken. A blank line stays one.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let options = Options::new(columns.max(2))
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(true);
    let wrapped = text.lines().flat_map(|line| match line.trim_end() {
        "" => vec![String::new()],
        line => textwrap::wrap(line, &options).into_iter().map(|part| part.into_owned()).collect(),
    });
    wrapped.collect()
}

/// Takes one column and allows no break on either side; stands behind a character that takes two on this terminal.
const FILLER: char = '\u{a0}';

/// The same where characters of ambiguous width take two columns.
#[must_use]
pub fn wrap_wide(text: &str, columns: usize) -> Vec<String> {
    let is_wide = |c: char| is_ambiguous(c.encode_utf8(&mut [0; 4]));
    let mut filled = String::with_capacity(text.len());
    for c in text.chars() {
        filled.push(c);
        if is_wide(c) {
            filled.push(FILLER);
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for line in wrap(&filled, columns) {
        // A run without any place to break is broken anywhere, even between a character and what stands for its second column.
        let is_torn = lines.last().and_then(|before| before.chars().next_back()).is_some_and(is_wide);
        let rest = line.strip_prefix(FILLER).filter(|_| is_torn).unwrap_or(&line);
        let mut kept = String::with_capacity(rest.len());
        let mut characters = rest.chars().peekable();
        while let Some(c) = characters.next() {
            kept.push(c);
            if is_wide(c) {
                characters.next_if_eq(&FILLER);
            }
        }
        let is_over = kept.graphemes(true).map(wide_width).sum::<usize>() > columns;
        let last = if is_over { kept.pop() } else { None };
        lines.push(kept);
        lines.extend(last.map(String::from));
    }
    lines
}

/// Text from a file, made harmless line by line. Tabs become blanks, because a cell has no tab.
#[must_use]
pub fn safe(text: &str) -> String {
    text.lines().map(|line| harmless(&line.replace('\t', "    ")).into_owned()).collect::<Vec<_>>().join("\n")
}

/// One line without anything that a terminal obeys instead of painting it: characters that act are written out, and of a heap of
/// marks on one character those beyond the fourth are.
#[must_use]
pub fn harmless(line: &str) -> Cow<'_, str> {
    let shown = hostile::visible(line);
    if shown.chars().filter(|c| c.width() == Some(0)).count() <= MOST_MARKS {
        return shown;
    }
    let mut tamed = String::with_capacity(shown.len());
    let mut marks = 0_usize;
    for c in shown.chars() {
        marks = if c.width() == Some(0) { marks.saturating_add(1) } else { 0 };
        if marks > MOST_MARKS {
            tamed.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            tamed.push(c);
        }
    }
    Cow::Owned(tamed)
}

/// A character with the marks that it may carry; `None` where it has no more than that.
#[must_use]
pub fn with_few_marks(part: &str) -> Option<String> {
    (part.chars().count() > MOST_MARKS.saturating_add(1)).then(|| part.chars().take(MOST_MARKS.saturating_add(1)).collect())
}

/// One line of text from a file, made harmless.
#[must_use]
pub fn safe_line(text: &str) -> String {
    safe(text).replace('\n', " ")
}

/// A full-width character as the ASCII one that was meant, so that keys work while an input method is on.
#[must_use]
pub fn fold(c: char) -> char {
    match c {
        '。' => '.',
        '、' => '/',
        '，' => ',',
        '【' => '[',
        '】' => ']',
        '《' => '<',
        '》' => '>',
        '“' | '”' => '"',
        '￥' => '$',
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
        _ => c,
    }
}
