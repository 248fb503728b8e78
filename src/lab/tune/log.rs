//! [`Log`]: every trial as a line of JSON, from which an interrupted search goes on.

use super::candidates::key;
use super::{Choice, Share, TuneError};
use crate::lab::trial::HeadScores;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What trials of a log have in common: those of another recipe or other data say nothing here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// SHA-256 of the settings of the recipe that the search starts from.
    pub recipe: String,
    /// SHA-256 of its data.
    pub data: String,
    /// The artefact that is tuned.
    pub artefact: String,
    /// Rows judged.
    pub rows: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    share: Share,
    changes: BTreeMap<String, toml::Value>,
    heads: Vec<HeadScores>,
}

/// Trials that are done, and the file that they are added to.
#[derive(Debug, Default)]
pub struct Log {
    done: BTreeMap<(Share, String), Vec<HeadScores>>,
    file: Option<(PathBuf, File)>,
}

impl Log {
    /// Returns the log in `path`, made where there is none; a last line that was cut off is taken out.
    ///
    /// # Errors
    /// [`TuneError::Log`] where it cannot be used, [`TuneError::LogLine`] for what is no trial, [`TuneError::OtherSearch`]
    /// where it was written in another context.
    pub fn open(path: &Path, context: &Context) -> Result<Self, TuneError> {
        let io = |source| TuneError::Log { path: path.to_owned(), source };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(io)?,
        };
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let done = read(path, &text[..whole], context)?;
        let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(io)?;
        file.set_len(whole as u64).map_err(io)?;
        if whole == 0 {
            write(&mut file, context).map_err(io)?;
        }
        Ok(Self { done, file: Some((path.to_owned(), file)) })
    }

    /// Returns the scores of a trial that was done before.
    pub(super) fn scores(&self, share: Share, choice: &Choice) -> Option<&Vec<HeadScores>> {
        self.done.get(&(share, key(choice)))
    }

    /// Adds a trial.
    pub(super) fn add(&mut self, share: Share, choice: &Choice, heads: &[HeadScores]) -> Result<(), TuneError> {
        let changes = choice.iter().map(|(path, value)| (path.to_string(), value.clone())).collect();
        let line = Line { share, changes, heads: heads.to_vec() };
        if let Some((path, file)) = &mut self.file {
            write(file, &line).map_err(|source| TuneError::Log { path: path.clone(), source })?;
        }
        self.done.insert((share, key(choice)), heads.to_vec());
        Ok(())
    }
}

/// Writes a line at once: a reader sees all of it or, cut off, none.
fn write(file: &mut File, line: &impl Serialize) -> std::io::Result<()> {
    file.write_all(format!("{}\n", serde_json::to_string(line)?).as_bytes())
}

fn read(path: &Path, text: &str, context: &Context) -> Result<BTreeMap<(Share, String), Vec<HeadScores>>, TuneError> {
    let error = |line: usize, reason: String| TuneError::LogLine { path: path.to_owned(), line: line + 1, reason };
    let mut done = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        if at == 0 {
            let found: Context = serde_json::from_str(line).map_err(|e| error(at, e.to_string()))?;
            found.check(context, path)?;
            continue;
        }
        let Line { share, changes, heads } = serde_json::from_str(line).map_err(|e| error(at, e.to_string()))?;
        let choice: Result<Choice, _> =
            changes.into_iter().map(|(setting, value)| Ok((setting.parse()?, value))).collect();
        let choice = choice.map_err(|e: crate::lab::variant::VariantError| error(at, e.to_string()))?;
        done.insert((share, key(&choice)), heads);
    }
    Ok(done)
}

impl Context {
    fn check(&self, wanted: &Self, path: &Path) -> Result<(), TuneError> {
        let what = [
            ("recipes", self.recipe != wanted.recipe),
            ("data", self.data != wanted.data),
            ("artefacts", self.artefact != wanted.artefact),
            ("rows", self.rows != wanted.rows),
        ];
        match what.into_iter().find(|(_, differs)| *differs) {
            Some((what, _)) => Err(TuneError::OtherSearch { path: path.to_owned(), what }),
            None => Ok(()),
        }
    }
}
