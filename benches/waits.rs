//! What users wait for.

fn main() {}
