//! pingyi 评议: expert review panels, offline and signed.

pub mod bundle;
pub mod cli;
pub mod digest;
pub mod domain;
pub mod i18n;
pub mod intake;
pub mod store;
