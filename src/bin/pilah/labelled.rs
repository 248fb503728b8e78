//! The recipe and the labelled reports that `tune` and `ablate` work with.

use crate::data::ColumnArgs;
use crate::error::CliError;
use pilah::lab::variant::{Change, Draft, SettingPath};
use pilah::train::corpus::{self, Columns, Record};
use pilah::train::{Dataset, Recipe, TrainError};
use std::fs;
use std::path::{Path, PathBuf};

/// Which recipe learns from which reports.
#[derive(Debug, clap::Args)]
pub(crate) struct LabelledArgs {
    /// Labelled reports beside those that the recipe names: JSONL, CSV, TSV, JSON or Parquet files, or folders of them
    #[arg(value_name = "DATA")]
    data: Vec<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Settings, heads and label sets
    #[arg(long, value_name = "PATH", default_value = "models/recipe.toml")]
    recipe: PathBuf,
    /// Tell nothing while working
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl LabelledArgs {
    /// The folder to which the recipe's paths are relative.
    pub(crate) fn base(&self) -> &Path {
        self.recipe.parent().unwrap_or(Path::new("."))
    }

    /// Returns the recipe's text, with the columns that the command line names written into it, and the recipe.
    pub(crate) fn draft(&self) -> Result<(Draft, Recipe), CliError> {
        let name = self.recipe.display().to_string();
        let refused = |source| CliError::Draft { name: name.clone(), source: Box::new(source) };
        let draft: Draft = read(&self.recipe)?.parse().map_err(refused)?;
        let recipe = draft.recipe().map_err(refused)?;
        let heads: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
        let columns = self.columns.columns(&heads)?;
        let draft = draft.with(&changes(&columns)).map_err(refused)?;
        let recipe = draft.recipe().map_err(refused)?;
        Ok((draft, recipe))
    }

    /// Returns what `recipe` learns from and is calibrated on.
    pub(crate) fn dataset(&self, recipe: &Recipe) -> Result<Dataset, TrainError> {
        Dataset::read(recipe, self.base(), &self.data)
    }

    /// Returns every record of DATA, or of the recipe's own data where no DATA is named.
    pub(crate) fn records(&self, recipe: &Recipe) -> Result<Vec<Record>, CliError> {
        let heads: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
        let own: Vec<PathBuf> = recipe.data.iter().map(|path| self.base().join(path)).collect();
        let paths = if self.data.is_empty() { &own } else { &self.data };
        Ok(corpus::read(paths, &heads, &recipe.columns_by_head())?)
    }
}

/// What names the columns in a recipe.
fn changes(columns: &Columns) -> Vec<Change> {
    let own = [
        ("text", &columns.text),
        ("id", &columns.id),
        ("split", &columns.split),
        ("source", &columns.source),
        ("date", &columns.date),
    ];
    let own =
        own.into_iter().filter_map(|(name, column)| Some((SettingPath::of(&["columns"], name), column.as_ref()?)));
    let labels = columns.labels.iter().map(|(head, column)| (SettingPath::of(&["head", head], "column"), column));
    own.chain(labels).map(|(path, column)| Change::Set(path, column.as_str().into())).collect()
}

/// Returns the text of a file.
pub(crate) fn read(path: &Path) -> Result<String, CliError> {
    fs::read_to_string(path).map_err(|source| CliError::Read { name: path.display().to_string(), source })
}
