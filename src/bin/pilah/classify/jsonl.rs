//! [`Stream`]: a report a line in, a JSON object a line out.

use crate::error::{CliError, complain};
use pilah::{Classifier, Prediction, Review};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};

/// Characters of a bad line that are shown.
const SHOWN: usize = 40;

/// A stream of reports to answer.
pub(super) struct Stream<'m> {
    /// What messages call the input.
    pub(super) name: String,
    /// Whether a line is a report itself instead of a JSON object.
    pub(super) literal: bool,
    /// Labels per head.
    pub(super) top: usize,
    /// Who answers.
    pub(super) model: &'m Classifier,
}

/// One line of input.
#[derive(Debug, PartialEq, Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    text: String,
}

/// Why a line is skipped.
#[derive(Debug, thiserror::Error)]
enum BadLine {
    #[error("found bytes that are not UTF-8 at column {0}; expected UTF-8 text")]
    NotUtf8(usize),
    #[error("found {0}; expected a JSON object such as {{\"id\": 1, \"text\": \"...\"}}; for plain lines add --plain")]
    NotAnObject(String),
    #[error("{what} (column {column}); expected a JSON object with a string \"text\"")]
    Json { what: String, column: usize },
}

/// One line of output.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    prediction: Compact<'a>,
}

/// A prediction as the output has it: the heads under their names, best label first, and no more than `top` of them.
struct Compact<'a> {
    prediction: &'a Prediction<'a>,
    top: usize,
}

#[derive(Serialize)]
struct Reason {
    reason: &'static str,
}

#[derive(Serialize)]
struct Words<'a> {
    head: &'a str,
    start: usize,
    end: usize,
    weight: f32,
}

impl Stream<'_> {
    /// Answers every line as it comes; bad ones are told and skipped, and make an error at the end.
    pub(super) fn run(&self, mut lines: BufReader<Box<dyn Read + '_>>, mut out: impl Write) -> Result<(), CliError> {
        let (mut total, mut bad) = (0, 0);
        let mut line = Vec::new();
        while self.next_line(&mut lines, &mut line, &mut out)? {
            total += 1;
            match self.row(&line, total == 1) {
                Ok(Some(row)) => self.answer(&row, &mut out).map_err(CliError::Write)?,
                Ok(None) => {}
                Err(error) => {
                    bad += 1;
                    complain(&format!("{}, line {total}: {error}; skipped", self.name));
                }
            }
        }
        out.flush().map_err(CliError::Write)?;
        if bad > 0 { Err(CliError::BadLines { bad, total }) } else { Ok(()) }
    }

    /// Reads the next line into `line`; before it may have to wait for one, it hands over what is answered so far.
    fn next_line(
        &self,
        lines: &mut BufReader<Box<dyn Read + '_>>,
        line: &mut Vec<u8>,
        out: &mut impl Write,
    ) -> Result<bool, CliError> {
        if lines.buffer().is_empty() {
            out.flush().map_err(CliError::Write)?;
        }
        line.clear();
        match lines.read_until(b'\n', line) {
            Ok(bytes) => Ok(bytes > 0),
            Err(source) => {
                out.flush().map_err(CliError::Write)?;
                Err(CliError::Read { name: self.name.clone(), source })
            }
        }
    }

    /// The row in a line, or none in a blank line of JSONL.
    fn row(&self, line: &[u8], first: bool) -> Result<Option<Row>, BadLine> {
        let text = std::str::from_utf8(line).map_err(|error| BadLine::NotUtf8(error.valid_up_to() + 1))?;
        let text = if first { text.trim_start_matches('\u{feff}') } else { text };
        if self.literal {
            return Ok(Some(Row { id: Value::Null, text: text.trim_end_matches(['\n', '\r']).to_owned() }));
        }
        parse(text.trim())
    }

    fn answer(&self, row: &Row, out: &mut impl Write) -> io::Result<()> {
        let prediction = self.model.classify(&row.text);
        let answer = Answer { id: &row.id, prediction: Compact { prediction: &prediction, top: self.top } };
        serde_json::to_writer(&mut *out, &answer)?;
        out.write_all(b"\n")
    }
}

fn parse(line: &str) -> Result<Option<Row>, BadLine> {
    if line.is_empty() {
        return Ok(None);
    }
    if !line.starts_with('{') {
        return Err(BadLine::NotAnObject(excerpt(line)));
    }
    serde_json::from_str(line).map(Some).map_err(|error| {
        let told = error.to_string();
        let what = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what).to_owned();
        BadLine::Json { what, column: error.column() }
    })
}

fn excerpt(line: &str) -> String {
    let shown: String = line.chars().take(SHOWN).collect();
    let more = if shown.len() < line.len() { "..." } else { "" };
    format!("`{shown}{more}`")
}

impl Serialize for Compact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for head in self.prediction.heads() {
            let shown = self.top.min(head.suggestions.len());
            map.serialize_entry(head.head, &head.suggestions[..shown])?;
        }
        map.serialize_entry(
            "needs_review",
            &self.prediction.needs_review().map(|review| Reason { reason: reason(review) }),
        )?;
        map.serialize_entry("evidence", &words(self.prediction))?;
        map.serialize_entry("raised", &self.prediction.raised())?;
        map.end()
    }
}

fn reason(review: Review<'_>) -> &'static str {
    match review {
        Review::TooShort => "too-short",
        Review::NotAReport => "not-a-report",
        Review::Unsure { .. } => "unsure",
    }
}

fn words<'a>(prediction: &'a Prediction<'a>) -> Vec<Words<'a>> {
    let found = prediction.evidence().iter();
    found.map(|e| Words { head: e.head, start: e.span.start, end: e.span.end, weight: e.weight }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Row, parse};
    use serde_json::{Value, json};

    #[test]
    fn lines_are_rows_or_say_what_is_wrong() {
        let row = |id: Value| Some(Row { id, text: "lampu".to_owned() });
        for (line, expected) in [
            (r#"{"text":"lampu"}"#, row(Value::Null)),
            (r#"{"id":7,"text":"lampu","category":"x"}"#, row(json!(7))),
            (r#"{"text":"lampu","id":{"a":[1,null]}}"#, row(json!({"a": [1, null]}))),
            ("", None),
        ] {
            assert_eq!(parse(line).unwrap(), expected, "{line}");
        }
        for (line, expected) in [
            (r#"{"id":1}"#, "missing field `text` (column 8)"),
            (r#"{"text":5}"#, "invalid type: integer `5`, expected a string"),
            (r#"{"text":"a"#, "EOF while parsing a string"),
            (r#"["a","b"]"#, "found `[\"a\",\"b\"]`"),
            ("lampu mati", "found `lampu mati`"),
        ] {
            let told = parse(line).unwrap_err().to_string();
            assert!(told.starts_with(expected), "{line}: {told}");
        }
    }
}
