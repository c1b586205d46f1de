//! Dates and claimed times. A laptop's clock is a claim: order comes from sequence numbers and digests, never from here.

use std::{borrow::Cow, fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text is not a date or a time of the wanted form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date or time: {found:?}")]
pub struct BadTime {
    /// What was found.
    pub found: String,
}

/// A calendar day, written `2026-03-16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day as a calendar date.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }
}

impl FromStr for Day {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let bad = || BadTime { found: text.to_owned() };
        let day: Date = text.parse().map_err(|_| bad())?;
        // The library reads more forms than we write; what does not print the same is not ours.
        if day.to_string() == text { Ok(Self(day)) } else { Err(bad()) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

/// A claimed moment with its offset from UTC, written `2026-03-16T09:00:00+08:00`. Kept exactly as written; compared by the instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Moment {
    written: String,
    instant: Timestamp,
}

impl Moment {
    /// The instant on the time line.
    #[must_use]
    pub const fn instant(&self) -> Timestamp {
        self.instant
    }

    /// The moment `seconds` later, in the same zone; `None` beyond the calendar.
    #[must_use]
    pub fn later(&self, seconds: i64) -> Option<Self> {
        let instant = self.instant.checked_add(SignedDuration::from_secs(seconds)).ok()?;
        let zone = self.written.get(19..).unwrap_or("Z");
        let local = self.offset().to_datetime(instant);
        format!("{}{zone}", local.strftime("%Y-%m-%dT%H:%M:%S")).parse().ok()
    }

    /// The offset from UTC as written.
    fn offset(&self) -> Offset {
        let part = |from, to| self.written.get(from..to).and_then(|digits: &str| digits.parse::<i32>().ok()).unwrap_or_default();
        let seconds = part(20, 22).saturating_mul(3600).saturating_add(part(23, 25).saturating_mul(60));
        let signed = if self.written.get(19..20) == Some("-") { seconds.saturating_neg() } else { seconds };
        Offset::from_seconds(signed).unwrap_or(Offset::UTC)
    }

    /// The day as written, in the writer's own zone.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.written.get(..10)?.parse().ok()
    }

    /// Hours, minutes and seconds as written, for status lines.
    #[must_use]
    pub fn clock(&self) -> &str {
        self.written.get(11..19).unwrap_or_default()
    }
}

impl FromStr for Moment {
    type Err = BadTime;

    fn from_str(text: &str) -> Result<Self, BadTime> {
        let bad = || BadTime { found: text.to_owned() };
        let form_is_ours = matches!(text.len(), 20 | 25) && text.get(10..11) == Some("T") && (text.len() == 25 || text.ends_with('Z'));
        if !form_is_ours {
            return Err(bad());
        }
        let instant: Timestamp = text.parse().map_err(|_| bad())?;
        Ok(Self { written: text.to_owned(), instant })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

macro_rules! written {
    ($name:ident, $format:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
        }
    };
}

written!(Day, "day");
written!(Moment, "moment");
