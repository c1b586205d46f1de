//! Points read straight from bytes. The grammar is that of [`Points`]; a test holds the two together.
//!
//! [`Points`]: crate::domain::number::Points

/// The hundredths of a score written as `0` or a whole number of up to four digits without leading zeros, with at most two decimal
/// places; `None` for everything else.
#[must_use]
pub fn hundredths(text: &[u8]) -> Option<u32> {
    let mut whole = 0_u32;
    let mut rest = text;
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        whole = whole.checked_mul(10)?.checked_add(u32::from(digit.checked_sub(b'0')?))?;
        rest = after;
    }
    let before = text.len().checked_sub(rest.len())?;
    let leading_zero = before > 1 && text.first() == Some(&b'0');
    if before == 0 || before > 4 || leading_zero {
        return None;
    }
    let after = match rest {
        [] => 0,
        [b'.', tenths @ b'0'..=b'9'] => u32::from(digit(*tenths)?).checked_mul(10)?,
        [b'.', tenths @ b'0'..=b'9', unit @ b'0'..=b'9'] => {
            u32::from(digit(*tenths)?).checked_mul(10)?.checked_add(u32::from(digit(*unit)?))?
        }
        _ => return None,
    };
    whole.checked_mul(100)?.checked_add(after)
}

fn digit(byte: u8) -> Option<u8> {
    byte.checked_sub(b'0')
}
