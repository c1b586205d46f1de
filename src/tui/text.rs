//! Text on a grid of cells: the one place that measures it. 汉字 takes four columns and six bytes.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

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

/// Text from a file, made harmless line by line. Tabs become blanks, because a cell has no tab.
#[must_use]
pub fn safe(text: &str) -> String {
    text.lines().map(|line| hostile::visible(&line.replace('\t', "    ")).into_owned()).collect::<Vec<_>>().join("\n")
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
