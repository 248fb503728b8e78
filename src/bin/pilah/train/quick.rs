//! `pilah train --head NAME`: a recipe for a team that has none, kept beside its models.

use crate::data::pair;
use crate::error::CliError;
use crate::output::save;
use pilah::train::{HeadChoice, Inputs, QUICK_SLANG, Recipe, RecipeError, TrainError};
use std::fs;
use std::path::{Path, PathBuf};

/// What the recipe begins with: a file that begins otherwise is somebody's own and stays.
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
    let path = out.join("recipe.toml");
    if fs::read_to_string(&path).is_ok_and(|found| !found.starts_with(MARK)) {
        let path = path.display();
        return Err(CliError::Usage(format!("{path} is a recipe of your own and would be lost; name another --out")));
    }
    for head in &mut recipe.head {
        if let Some(labels) = &head.labels {
            let bytes = read(labels)?;
            let name = format!("{}.labels.toml", head.name);
            save(&out.join(&name), &bytes)?;
            head.labels = Some(PathBuf::from(name));
        }
    }
    save(&out.join("slang.tsv"), QUICK_SLANG.as_bytes())?;
    let settings = toml::to_string(&recipe)
        .map_err(|error| CliError::Save { name: path.display().to_string(), source: std::io::Error::other(error) })?;
    let data = inputs.data.iter().map(|path| path.display().to_string());
    let corrections = inputs.corrections.iter().map(|path| format!("--corrections {}", path.display()));
    let files = data.chain(corrections).collect::<Vec<_>>().join(" ").replace(char::is_control, " ");
    let text = format!("{MARK}; the same again: pilah train {files} --recipe recipe.toml --out DIR\n\n{settings}");
    save(&path, text.as_bytes())?;
    Ok(path)
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let io = |source| TrainError::Recipe(RecipeError::Io { path: path.to_owned(), source });
    Ok(fs::read(path).map_err(io)?)
}
