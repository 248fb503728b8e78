//! [`Source`]: a file or the standard input, found before anything is read.

use super::ReadError;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// The standard input.
    Stdin,
}

/// One input of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What people call it: its path as they gave it.
    pub name: String,
    /// Where its bytes come from.
    pub input: Input,
    /// Its size in bytes, where that is known.
    pub size: Option<u64>,
    /// Whether it was named itself rather than found in a folder.
    pub named: bool,
}

/// Returns the sources that `inputs` name, in their order: files, `-` for the standard input, and folders, whose files come
/// in the order of their names. Left out are hidden files, links, what is in `exclude`, what an earlier run wrote (but
/// Parquet), and what comes a second time.
///
/// # Errors
/// [`ReadError::Io`] for an input that is missing or may not be read.
pub fn sources(inputs: &[PathBuf], exclude: &[PathBuf]) -> Result<Vec<Source>, ReadError> {
    let exclude: Vec<PathBuf> = exclude.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.push(Source { name: "-".to_owned(), input: Input::Stdin, size: None, named: true });
        } else if metadata(input)?.is_dir() {
            walk(input, &exclude, &mut found)?;
        } else {
            found.push(file(input, true)?);
        }
    }
    found.retain(|source| seen.insert(identity(source)));
    Ok(found)
}

/// What makes a source the same as another, however it was named.
fn identity(source: &Source) -> Option<PathBuf> {
    match &source.input {
        Input::File(path) => Some(path.canonicalize().unwrap_or_else(|_| path.clone())),
        Input::Stdin => None,
    }
}

fn walk(folder: &Path, exclude: &[PathBuf], found: &mut Vec<Source>) -> Result<(), ReadError> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| wanted(entry, exclude)) {
        let entry = entry.map_err(|error| {
            let name = error.path().unwrap_or(folder).display().to_string();
            ReadError::Io { name, source: error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()) }
        })?;
        if entry.file_type().is_file() && !is_own_output(entry.path()) {
            found.push(file(entry.path(), false)?);
        }
    }
    Ok(())
}

/// What the files begin with that pilah writes as text, after a byte order mark. The last two are a report and rejects.
const OWN: [&[u8]; 4] = [b"{\"pilah_rank\":", b"pilah_rank,", b"{\n  \"version\": 1,\n  \"model\":", b"{\"file\":\""];

/// Whether an earlier run has written the file: in the folder of what came in, what it says would be counted again.
fn is_own_output(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&head);
    read.is_ok() && OWN.iter().any(|own| head.starts_with(own))
}

fn wanted(entry: &DirEntry, exclude: &[PathBuf]) -> bool {
    let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    !hidden && (exclude.is_empty() || entry.path().canonicalize().map_or(true, |path| !exclude.contains(&path)))
}

fn file(path: &Path, named: bool) -> Result<Source, ReadError> {
    let metadata = metadata(path)?;
    // A pipe or a device given as a path has no size worth telling.
    let size = metadata.is_file().then_some(metadata.len());
    Ok(Source { name: path.display().to_string(), input: Input::File(path.to_owned()), size, named })
}

fn metadata(path: &Path) -> Result<fs::Metadata, ReadError> {
    fs::metadata(path).map_err(|source| ReadError::Io { name: path.display().to_string(), source })
}

#[cfg(test)]
mod tests {
    use super::{Input, sources};
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn folders_are_walked_in_the_order_of_names_without_hidden_files_and_own_outputs() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/kerja")).unwrap();
        for name in ["z.txt", "a.json", "b/isi.csv", ".rahasia", "b/kerja/segmen", "hasil.jsonl"] {
            fs::write(root.join(name), name).unwrap();
        }
        let exclude = [root.join("b/kerja"), root.join("hasil.jsonl"), root.join("belum-ada")];
        let inputs = [PathBuf::from("-"), root.join("z.txt"), root.to_owned()];
        let found = sources(&inputs, &exclude).unwrap();
        let told: Vec<(String, bool, Option<u64>)> = found
            .iter()
            .map(|source| {
                let name = source.name.strip_prefix(&format!("{}/", root.display())).unwrap_or(&source.name);
                (name.to_owned(), source.named, source.size)
            })
            .collect();
        let expected =
            [("-", true, None), ("z.txt", true, Some(5)), ("a.json", false, Some(6)), ("b/isi.csv", false, Some(9))];
        assert_eq!(told, expected.map(|(name, named, size)| (name.to_owned(), named, size)));
        assert_eq!(found[0].input, Input::Stdin);
    }

    #[test]
    fn a_missing_input_is_named() {
        let told = sources(&[PathBuf::from("tidak/ada.csv")], &[]).unwrap_err().to_string();
        assert!(told.starts_with("cannot read tidak/ada.csv: "), "{told}");
    }
}
