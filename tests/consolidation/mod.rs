//! From sheets to a result: worked examples that a chair can read and dispute, properties, and an oracle that computes everything
//! again by another way.

mod changes;
mod conclusions;
mod exact;
mod examples;
mod oracle;
mod properties;
mod ranks;
mod tables;
mod tally;
mod texts;
mod votes;
mod whole;
mod written;
