//! What a cell says, as the field under its heading wants it. Widths, thousands separators and units are read as people mean them;
//! anything else is refused, never guessed.

use serde_json::Value;

use crate::{
    domain::{
        ids::CallId,
        number::{Amount, Points},
        text::Message,
        time::Day,
    },
    intake::{
        columns::{Words, headings, spec::Leaf},
        sheets::Cell,
    },
    msg,
};

/// A cell that was read: its value, and what the office should know about the reading.
pub(super) struct Reading {
    pub(super) value: Value,
    pub(super) note: Option<(Message, Message)>,
}

type Refusal = (Message, Message);

/// A column: its field, what stands there, and its heading.
pub(super) struct Under<'a> {
    /// Path with `[]` for lists; gates without their id.
    pub(super) path: &'a str,
    pub(super) leaf: Leaf,
    pub(super) heading: &'a str,
    pub(super) words: &'a Words,
}

impl Under<'_> {
    /// The value of a cell; `None` for an empty one.
    pub(super) fn read(&self, cell: &Cell) -> Result<Option<Reading>, Refusal> {
        match cell {
            Cell::Empty => return Ok(None),
            Cell::NoResult => return Err((msg!("err-cell-no-result"), msg!("rec-cell-no-result"))),
            Cell::Failed(error) => return Err((msg!("err-cell-failed", found = error), msg!("rec-cell-no-result"))),
            _ => {}
        }
        let shown = cell.shown();
        let (folded, was_wide) = half_width(&shown);
        let reading = |value: Value, note: bool| Reading {
            value,
            note: note.then(|| (msg!("note-half-width", found = shown), msg!("rec-half-width"))),
        };
        let done = match self.leaf {
            Leaf::Text if self.words.has(self.path) => reading(self.code(&shown)?, false),
            Leaf::Id if self.words.has(self.path) => reading(self.code(&shown)?, false),
            Leaf::Text => reading(self.text(cell, &shown)?.into(), false),
            Leaf::Id => reading(id(&folded)?.into(), was_wide),
            Leaf::List => reading(self.list(&shown)?, false),
            Leaf::Truth => reading(truth(cell, &shown)?.into(), false),
            Leaf::Day => reading(day(cell, &folded)?.into(), was_wide),
            Leaf::Whole => reading(whole(&folded)?.into(), was_wide),
            Leaf::Amount | Leaf::Points => {
                let digits = self.digits(cell, &folded)?;
                let (value, cut) = self.number(&digits, cell)?;
                let mut reading = reading(value.into(), was_wide);
                if cut {
                    reading.note = Some((msg!("note-remainder", value = digits), msg!("rec-remainder")));
                }
                reading
            }
        };
        Ok(Some(done))
    }

    fn code(&self, word: &str) -> Result<Value, Refusal> {
        let found = self.words.code(self.path, word.trim()).map_err(|advice| (msg!("err-unknown-word", found = word), advice))?;
        Ok(found.into())
    }

    fn text(&self, cell: &Cell, shown: &str) -> Result<String, Refusal> {
        if let Cell::Number { exact: false, .. } = cell {
            return Err((msg!("err-cell-digits", found = shown), msg!("rec-cell-digits")));
        }
        // A text of several lines ends its last one, as it does in a file.
        let is_prose = self.path.starts_with("narrative.") && shown.contains('\n');
        Ok(if is_prose { format!("{shown}\n") } else { shown.to_owned() })
    }

    /// The entries of a cell: one a line; where it has one line, between semicolons; where it has none, between `、`.
    fn list(&self, shown: &str) -> Result<Value, Refusal> {
        let separators: &[char] = if shown.contains('\n') {
            &['\n']
        } else if shown.contains(['；', ';']) {
            &['；', ';']
        } else {
            &['、']
        };
        let entries = shown.split(separators).map(str::trim).filter(|entry| !entry.is_empty());
        if self.words.has(self.path) { entries.map(|entry| self.code(entry)).collect() } else { Ok(entries.collect()) }
    }

    /// The digits of a number, without unit and thousands separators.
    fn digits(&self, cell: &Cell, folded: &str) -> Result<String, Refusal> {
        self.check_unit_of_heading()?;
        let bare: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
        let is_number = matches!(cell, Cell::Number { .. });
        // A share kept as 0.52 may be meant as 52 or as half a percent; only the author knows.
        if is_number && self.is_percent() && bare != "0" && (bare == "1" || bare.starts_with("0.")) {
            return Err((msg!("err-cell-share", found = bare), msg!("rec-cell-share")));
        }
        let plain = units(self.path).iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(&bare);
        Ok(without_thousands(plain).unwrap_or_else(|| plain.to_owned()))
    }

    /// The number, and whether a remainder behind the digits that a spreadsheet shows was left out.
    fn number(&self, digits: &str, cell: &Cell) -> Result<(String, bool), Refusal> {
        let refused = |_| (msg!("err-cell-number", found = cell.shown()), msg!("rec-cell-number"));
        let number = match self.leaf {
            Leaf::Points => digits.parse::<Points>().map_err(refused)?.to_string(),
            _ => digits.parse::<Amount>().map_err(refused)?.to_string(),
        };
        Ok((number, matches!(cell, Cell::Number { exact: false, .. })))
    }

    fn is_percent(&self) -> bool {
        self.path.ends_with("_pct")
    }

    /// A heading that says another unit than the field's would make every figure under it wrong.
    fn check_unit_of_heading(&self) -> Result<(), Refusal> {
        let Some(unit) = headings::unit_of(self.heading).map(|unit| half_width(&unit).0) else { return Ok(()) };
        let is_unit = ["元", "亩", "公顷", "‰"].iter().any(|other| unit.ends_with(other)) || MONEY.contains(&unit.as_str());
        let own = units(self.path);
        if is_unit && !own.contains(&unit.as_str()) {
            let wanted = own.first().copied().unwrap_or("-");
            return Err((msg!("err-cell-unit", found = unit, wanted = wanted), msg!("rec-cell-unit", wanted = wanted)));
        }
        Ok(())
    }
}

/// Units of money; a field that is money is in 万元.
const MONEY: [&str; 5] = ["元", "千元", "百万元", "万元", "亿元"];

/// The units in which a field is, and which may stand behind its number.
fn units(path: &str) -> &'static [&'static str] {
    const OF_MONEY: [&str; 8] = [
        ".amount",
        ".equipment_value",
        ".investment_total",
        ".running_cost",
        ".running_income",
        ".service_income",
        "target.service_income",
        "actual.service_income",
    ];
    if OF_MONEY.iter().any(|end| path.ends_with(end)) {
        &["万元", "万"]
    } else if path.ends_with("_pct") {
        &["%"]
    } else if path.ends_with("area_m2") {
        &["平方米", "平米", "m2", "m²", "㎡"]
    } else {
        &["人次", "人", "个", "场", "项", "台套", "台", "套", "小时", "机时", "学时", "分"]
    }
}

/// `text` with its full-width letters, digits and signs in half width, and whether there were any among letters and digits.
fn half_width(text: &str) -> (String, bool) {
    let mut was_wide = false;
    let folded = text.trim().chars().map(|c| match c {
        '\u{FF01}'..='\u{FF5E}' => {
            let half = u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c);
            was_wide |= half.is_ascii_alphanumeric() || half == '.';
            half
        }
        '\u{3000}' => ' ',
        other => other,
    });
    (folded.collect(), was_wide)
}

/// `1,800.50` as `1800.50`; `None` where commas stand anywhere but between groups of three digits.
fn without_thousands(text: &str) -> Option<String> {
    let (whole, places) = text.split_once('.').map_or((text, None), |(whole, places)| (whole, Some(places)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let are_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let sound = !rest.is_empty() && first.len() <= 3 && are_digits(first) && rest.iter().all(|group| group.len() == 3 && are_digits(group));
    let digits = format!("{first}{}", rest.concat());
    sound.then(|| places.map_or(digits.clone(), |places| format!("{digits}.{places}")))
}

fn id(folded: &str) -> Result<String, Refusal> {
    let found: CallId = folded.parse().map_err(|_| (msg!("err-not-an-id", found = folded), msg!("rec-not-an-id")))?;
    Ok(found.to_string())
}

fn truth(cell: &Cell, shown: &str) -> Result<bool, Refusal> {
    let word = half_width(shown).0.to_lowercase();
    match (cell, word.as_str()) {
        (Cell::Truth(yes), _) => Ok(*yes),
        // Some programs keep yes and no as numbers.
        (Cell::Number { .. }, "1") => Ok(true),
        (Cell::Number { .. }, "0") => Ok(false),
        (_, "是" | "有" | "已签" | "已签署" | "√" | "✓" | "y" | "yes" | "true" | "有偿") => Ok(true),
        (_, "否" | "无" | "未签" | "未签署" | "×" | "x" | "n" | "no" | "false" | "无偿" | "公益") => Ok(false),
        _ => Err((msg!("err-cell-truth", found = shown), msg!("rec-cell-truth"))),
    }
}

fn whole(folded: &str) -> Result<u64, Refusal> {
    let digits = folded.strip_suffix('年').unwrap_or(folded);
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = plain.then(|| digits.parse().ok()).flatten();
    number.ok_or_else(|| (msg!("err-cell-number", found = folded), msg!("rec-cell-number")))
}

/// A day as a spreadsheet keeps it, or as people write it: 2026-03-16, 2026/3/16, 2026.3.16, 2026年3月16日.
fn day(cell: &Cell, folded: &str) -> Result<String, Refusal> {
    let refused = || (msg!("err-not-a-day", found = cell.shown()), msg!("rec-cell-day"));
    let text = match cell {
        // The time of day is of no use to anybody here.
        Cell::Day(day) => day.split(' ').next().unwrap_or_default(),
        _ => folded.trim(),
    };
    let plain = text.strip_suffix('日').unwrap_or(text);
    let parts: Vec<&str> = plain.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return Err(refused()) };
    let is_number = |part: &str, sizes: &[usize]| sizes.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(is_number(year, &[4]) && is_number(month, &[1, 2]) && is_number(day, &[1, 2])) {
        return Err(refused());
    }
    let written = format!("{year}-{month:0>2}-{day:0>2}");
    written.parse::<Day>().map(|day| day.to_string()).map_err(|_| refused())
}
