//! pingyi 评议: expert review panels, offline and signed.
//!
//! Reading order: [`domain`] is the rules and knows nothing else; [`intake`] turns what people write into it; [`store`] keeps
//! what must not be lost; [`bundle`] is the bytes that travel; [`search`] is the search line; [`i18n`] makes sentences; [`insight`]
//! advises, with floats, and decides nothing; [`cli`] is what can be typed; [`digest`] is SHA-256 for all of them, [`quiet`] keeps
//! libraries that panic from taking the program along. Who may name whom
//! is a test (`tests/tidy/layers.rs`).
//!
//! # Glossary
//!
//! | English | 中文 | meaning |
//! |---|---|---|
//! | call | 榜单 | the call notice |
//! | call item | 榜题 | what is competed for; the unit of ranking |
//! | application | 申报项目 | an answer to one item |
//! | panel | 评审组 | the people who review |
//! | rubric | 评分细则 | what is scored, and by which arithmetic |
//! | dimension, criterion | 一级指标, 指标 | parts of a rubric |
//! | gate | 形式审查项 | what must hold before anything is scored |
//! | sheet | 评分表 | one reviewer's scores for one application |
//! | points | 分值 | a score |
//! | recusal | 回避 | staying out of an application |
//! | consolidation | 汇总 | several sheets become one figure |
//! | bundle | 签名包 | a signed archive that travels on a stick |
//! | journal | 评审记录 | the chain of everything that happened |
//!
//! # What is deliberately absent
//!
//! No network, no server, no account, no e-mail; no float in anything that counts; no number that stands for "not applicable";
//! no rounding that the rubric did not declare; no tie that is broken by the order of a file.

pub mod bundle;
pub mod cli;
pub mod digest;
pub mod domain;
pub mod i18n;
pub mod insight;
pub mod intake;
pub mod quiet;
pub mod report;
pub mod search;
pub mod store;
pub mod tui;
pub mod workflow;
