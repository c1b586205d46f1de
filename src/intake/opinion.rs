//! An opinion of the panel that somebody wrote in an editor.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    domain::{
        decision::Opinion,
        finding::{Finding, Severity},
    },
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
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let (what, advice) = (msg!("err-not-utf8", file = file), msg!("rec-not-utf8"));
        vec![Problem { file: file.to_owned(), line: 1, column: 1, severity: Severity::Error, what, advice }]
    })?;
    let OpinionFile { schema, overall, strengths, problems, advice, conclusion } = document::read(file, text)?;
    if schema != SCHEMA {
        let finding = Finding::error("schema", msg!("err-schema", found = schema, known = SCHEMA), msg!("rec-schema"));
        return Err(vec![Tree::parse(file, text)?.place(finding)]);
    }
    let [overall, strengths, problems, advice, conclusion] =
        [overall, strengths, problems, advice, conclusion].map(|text| text.trim().to_owned());
    Ok(Opinion { overall, strengths, problems, advice, conclusion })
}
