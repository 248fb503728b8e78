//! Source files short enough to read, and no text that the project may not ship.

use super::{assert_none, read, walk};
use serde_json::Value;

/// Lines of the longest source file.
const LONGEST: usize = 320;
/// Files that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// Where the texts that the project ships come from; see models/README.md. Those of the corpus are not ours to give.
const OWN_SOURCES: [&str; 3] = ["seed", "written", "phrase"];

#[test]
fn source_files_are_short() {
    let mut offences = Vec::new();
    let folders = ["src", "tests", "benches", "examples", "www"];
    let is_source = |path: &String| [".rs", ".js", ".mjs", ".css"].iter().any(|ending| path.ends_with(ending));
    for path in folders.into_iter().flat_map(walk).filter(is_source) {
        let lines = read(&path).lines().count();
        if lines > LONGEST && !LONG.iter().any(|(long, _)| *long == path) {
            offences.push(format!("{path}: {lines} lines"));
        }
    }
    assert_none(&offences, &format!("split files of more than {LONGEST} lines:"));
}

#[test]
fn only_texts_of_our_own_are_shipped() {
    let mut offences = Vec::new();
    for path in walk(".") {
        let name = path.rsplit('/').next().unwrap();
        if path.contains("corpus") && !path.starts_with("src/train/corpus/") {
            offences.push(format!("{path}: looks like the corpus"));
        }
        if [".csv", ".parquet", ".arrow", ".zip", ".gz", ".zst"].iter().any(|ending| name.ends_with(ending)) {
            offences.push(format!("{path}: a data file of a kind that the project does not ship"));
        }
        if name.ends_with(".jsonl") {
            offences.extend(foreign_rows(&path));
        }
    }
    assert_none(&offences, "texts of citizens stay out of the project:");
}

fn foreign_rows(path: &str) -> Vec<String> {
    let text = read(path);
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.filter_map(|(at, line)| {
        let row: Value = serde_json::from_str(line).unwrap_or_default();
        let source = row.get("source")?.as_str()?.to_owned();
        (!OWN_SOURCES.contains(&source.as_str())).then(|| format!("{path}:{}: source {source}", at + 1))
    })
    .collect()
}

#[test]
fn nothing_points_at_a_machine() {
    let outside = [concat!("/wo", "rk/"), concat!("../sha", "red"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let mut offences = Vec::new();
    for path in walk(".").into_iter().filter(|path| !path.ends_with(".pilah")) {
        let Ok(text) = String::from_utf8(std::fs::read(super::root().join(&path)).unwrap()) else { continue };
        for (at, line) in text.lines().enumerate() {
            let found = outside.iter().find(|place| line.contains(**place));
            offences.extend(found.map(|place| format!("{path}:{}: {place}", at + 1)));
        }
    }
    assert_none(&offences, "a clone has only what is in it:");
}
