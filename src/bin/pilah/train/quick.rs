//! `pilah train --head NAME`: a recipe for a team that has none, kept beside its models.

use crate::data::pair;
use crate::error::CliError;
use crate::output::save;
use pilah::train::{HeadChoice, Inputs, QUICK_SLANG, Recipe, RecipeError, TrainError, sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// What the recipe begins with.
const MARK: &str = "# Made by `pilah train --head`";

/// Reads `NAME` or `NAME=COLUMN`.
pub(super) fn head(argument: &str) -> Result<HeadChoice, String> {
    let (name, column) = match argument.contains('=') {
        true => pair(argument).map(|(name, column)| (name, Some(column)))?,
        false => (argument.to_owned(), None),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(is_plain) {
        return Err(format!(
            "a head's name has letters, digits, `-` and `_` only; name the column behind it: unit=\"{name}\""
        ));
    }
    Ok(HeadChoice { name, column, labels: None })
}

/// Gives each head the file of its labels.
pub(super) fn with_labels(heads: &[HeadChoice], files: &[(String, String)]) -> Result<Vec<HeadChoice>, CliError> {
    let mut heads = heads.to_vec();
    for (name, file) in files {
        let Some(head) = heads.iter_mut().find(|head| head.name == *name) else {
            return Err(CliError::Usage(format!("--labels names the head {name:?}; no --head has that name")));
        };
        head.labels = Some(PathBuf::from(file));
    }
    Ok(heads)
}

/// Writes the recipe with all that it names into `out`; returns its path. Trained again by it, the data gives the same bytes.
pub(super) fn write(mut recipe: Recipe, out: &Path, inputs: Inputs<'_>) -> Result<PathBuf, CliError> {
    recipe.check().map_err(TrainError::from)?;
    let path = out.join("recipe.toml");
    let mut files = vec![(out.join("slang.tsv"), QUICK_SLANG.as_bytes().to_vec())];
    for head in &mut recipe.head {
        if let Some(labels) = &head.labels {
            let name = format!("{}.labels.toml", head.name);
            files.push((out.join(&name), read(labels)?));
            head.labels = Some(PathBuf::from(name));
        }
    }
    let settings = toml::to_string(&recipe)
        .map_err(|error| CliError::Save { name: path.display().to_string(), source: std::io::Error::other(error) })?;
    let data = inputs.data.iter().map(|path| path.display().to_string());
    let corrections = inputs.corrections.iter().map(|path| format!("--corrections {}", path.display()));
    let from = data.chain(corrections).collect::<Vec<_>>().join(" ").replace(char::is_control, " ");
    let hashes =
        std::iter::once(settings.as_bytes()).chain(files.iter().map(|(_, bytes)| bytes.as_slice())).map(sha256);
    let hashes = hashes.collect::<Vec<_>>().join(" ");
    let text = format!(
        "{MARK}; the same again: pilah train {from} --recipe recipe.toml --out DIR\n{HASHES} {hashes}\n\n{settings}"
    );
    files.push((path.clone(), text.into_bytes()));
    let made = Made::read(&path);
    if let Some((path, _)) = files.iter().find(|(path, bytes)| !made.may_replace(path, bytes)) {
        let path = path.display();
        return Err(CliError::Usage(format!(
            "{path} is your own or was edited, and would be lost; name another --out"
        )));
    }
    files.iter().try_for_each(|(path, bytes)| save(path, bytes))?;
    Ok(path)
}

/// By what a later run knows what it may write over: what a person has edited has another hash.
const HASHES: &str = "# SHA-256 of what was written here:";

/// The hashes that a recipe made before tells.
struct Made(Vec<String>);

impl Made {
    fn read(recipe: &Path) -> Self {
        let text = fs::read_to_string(recipe).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(HASHES));
        Self(line.into_iter().flat_map(str::split_whitespace).map(str::to_owned).collect())
    }

    /// Whether `bytes` may be written to `path`: nothing is there, or the same, or what an earlier run wrote.
    fn may_replace(&self, path: &Path, bytes: &[u8]) -> bool {
        let found = match fs::read(path) {
            Ok(found) => found,
            Err(error) => return error.kind() == std::io::ErrorKind::NotFound,
        };
        let own = found.starts_with(MARK.as_bytes());
        let settings = found.windows(2).position(|two| two == b"\n\n").filter(|_| own).map_or(0, |at| at + 2);
        found == bytes || self.0.contains(&sha256(&found[settings..]))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let io = |source| TrainError::Recipe(RecipeError::Io { path: path.to_owned(), source });
    Ok(fs::read(path).map_err(io)?)
}
