//! An opinion of the panel that somebody wrote in an editor.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    domain::{decision::Opinion, finding::Finding},
    intake::{Problem, document, tree::Tree},
    msg,
};

/// Version of the file format.
const SCHEMA: u32 = 1;

/// `opinion.toml`: the five parts, each a text of one or more lines.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OpinionFile {
    /// Version of the file format; this program writes and reads 1.
    schema: u32,
    /// 总体评价.
    #[serde(default)]
    overall: String,
    /// 优势.
    #[serde(default)]
    strengths: String,
    /// 问题.
    #[serde(default)]
    problems: String,
    /// 建议.
    #[serde(default)]
    advice: String,
    /// 结论.
    #[serde(default)]
    conclusion: String,
}

/// Reads the file.
///
/// # Errors
/// Everything wrong with it, by line.
pub fn read(file: &str, bytes: &[u8]) -> Result<Opinion, Vec<Problem>> {
    let text = document::text(file, bytes)?;
    let OpinionFile { schema, overall, strengths, problems, advice, conclusion } = document::read(file, text)?;
    if schema != SCHEMA {
        let finding = Finding::error("schema", msg!("err-schema", found = schema, known = SCHEMA), msg!("rec-schema"));
        return Err(vec![Tree::parse(file, text)?.place(finding)]);
    }
    let [overall, strengths, problems, advice, conclusion] =
        [overall, strengths, problems, advice, conclusion].map(|text| text.trim().to_owned());
    Ok(Opinion { overall, strengths, problems, advice, conclusion })
}
