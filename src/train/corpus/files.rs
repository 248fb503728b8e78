//! [`files`]: which files a path names.

use super::CorpusError;
use std::path::{Path, PathBuf};

/// Endings of data files in a folder, in any case; `.gz` or `.zst` may follow.
const ENDINGS: [&str; 6] = ["jsonl", "ndjson", "json", "csv", "tsv", "parquet"];
const PACKED: [&str; 2] = ["gz", "zst"];

/// Returns the data files that `path` names: itself, or those of the folder in order of their names, without hidden ones.
///
/// # Errors
/// [`CorpusError::Io`] where it cannot be looked at, [`CorpusError::Empty`] for a folder without such a file.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let io = |source| CorpusError::Io { path: path.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(io)? {
        let file = entry.map_err(io)?.path();
        if is_data(&file) {
            found.push(file);
        }
    }
    found.sort();
    if found.is_empty() { Err(CorpusError::Empty { path: path.to_owned() }) } else { Ok(found) }
}

fn is_data(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let unpacked = PACKED.iter().find_map(|packed| name.strip_suffix(&format!(".{packed}"))).unwrap_or(&name);
    let ending = unpacked.rsplit_once('.').map(|(_, ending)| ending);
    !name.starts_with('.') && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// Whether `file` is read line by line, each an object with strings: plain JSONL.
pub(super) fn is_jsonl(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ending == "jsonl" || ending == "ndjson")
}

#[cfg(test)]
mod tests {
    use super::is_data;
    use std::path::Path;

    #[test]
    fn data_files_are_told_by_their_endings() {
        for (name, expected) in [
            ("a.jsonl", true),
            ("a.CSV", true),
            ("a.tsv.gz", true),
            ("a.parquet", true),
            ("a.json.zst", true),
            (".a.csv", false),
            ("a.txt", false),
            ("a.gz", false),
            ("csv", false),
            ("README.md", false),
        ] {
            assert_eq!(is_data(Path::new("folder").join(name).as_path()), expected, "{name}");
        }
    }
}
