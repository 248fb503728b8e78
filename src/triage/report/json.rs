//! The report for programs, and reading one back.

use super::{FACTS_VERSION, Facts};
use serde_json::Value;

/// What every [`PreviousError`] expected.
const EXPECTED: &str = "the --report FILE.json of an earlier run";

/// Why a file cannot be compared with.
#[derive(Debug, thiserror::Error)]
pub enum PreviousError {
    /// It is no JSON at all: perhaps the HTML page of that run.
    #[error("not JSON (line {}, column {}); expected {EXPECTED}", .0.line(), .0.column())]
    NotJson(#[source] serde_json::Error),
    /// It is JSON without a version: something else.
    #[error("JSON without a \"version\" of a report; expected {EXPECTED}")]
    NotReport,
    /// It is a report of a program older or newer than this one.
    #[error(
        "a report of version {found}, this program reads version {FACTS_VERSION}; expected {EXPECTED}, made by this version of pilah"
    )]
    OtherVersion {
        /// The version it has.
        found: u64,
    },
    /// It has the right version but not what belongs to it: perhaps edited by hand.
    #[error("a report that lacks something: {0}; expected {EXPECTED}, unchanged")]
    Damaged(#[source] serde_json::Error),
}

/// Returns `facts` as indented JSON with a last newline.
///
/// # Errors
///
/// Never for facts that a run made: they hold nothing that JSON cannot.
pub fn json(facts: &Facts) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(facts).map(|text| text + "\n")
}

/// Returns the facts of an earlier run from the bytes of its JSON report.
///
/// # Errors
///
/// [`PreviousError`] where the bytes are something else.
pub fn read_previous(bytes: &[u8]) -> Result<Facts, PreviousError> {
    let value: Value = serde_json::from_slice(bytes).map_err(PreviousError::NotJson)?;
    match value.get("version").and_then(Value::as_u64) {
        None => Err(PreviousError::NotReport),
        Some(found) if found != u64::from(FACTS_VERSION) => Err(PreviousError::OtherVersion { found }),
        Some(_) => serde_json::from_value(value).map_err(PreviousError::Damaged),
    }
}
