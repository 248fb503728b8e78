//! What every verb of the data team takes: files of labelled reports and the names of their columns.

use crate::error::{CliError, note};
use pilah::train::corpus::{self, Columns, Record};
use std::collections::HashSet;
use std::path::PathBuf;

/// Labelled reports and what their columns are called; one or more are needed.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DataArgs {
    /// Labelled reports: JSONL, CSV, TSV, JSON or Parquet files, plain, .gz or .zst, or folders of them
    #[arg(value_name = "DATA", required = true)]
    pub(crate) data: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
}

/// What the columns of the data are called.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Columns")]
pub(crate) struct ColumnArgs {
    /// Column with the text [default: text, else found by its name: isi_laporan, isi, aduan, ...]
    #[arg(long, value_name = "COLUMN")]
    text_column: Option<String>,
    /// Column with the labels of a head [default: the head's name]; once for each head
    #[arg(long = "label", value_name = "HEAD=COLUMN", value_parser = pair)]
    label_columns: Vec<(String, String)>,
    /// Column with the report's id [default: id]
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
    /// Column with the split: train, dev or test [default: split]
    #[arg(long, value_name = "COLUMN")]
    split_column: Option<String>,
    /// Column with the collection it came from [default: source]
    #[arg(long, value_name = "COLUMN")]
    source_column: Option<String>,
    /// Column with the day [default: date]
    #[arg(long, value_name = "COLUMN")]
    date_column: Option<String>,
}

impl DataArgs {
    /// Reads every record, with its labels in `heads`.
    pub(crate) fn records(&self, heads: &[String]) -> Result<Vec<Record>, CliError> {
        let mut records = corpus::read(&self.data, heads, &self.columns.columns(heads)?)?;
        let all = records.len();
        let mut known = HashSet::new();
        // What training passes over, so that no row is judged twice.
        records.retain(|record| {
            let key = |id: &String| (record.source.clone(), id.clone(), record.text.clone());
            let is_new = record.id.as_ref().is_none_or(|id| known.insert(key(id)));
            is_new && record.text.contains(char::is_alphabetic)
        });
        let left_out = all - records.len();
        if left_out > 0 {
            note(&format!("{left_out} rows are left out: they were read before, or their text has no letter"));
        }
        Ok(records)
    }

    /// The data as reports name it.
    pub(crate) fn names(&self) -> Vec<String> {
        self.data.iter().map(|path| path.display().to_string()).collect()
    }
}

impl ColumnArgs {
    /// The names given, for a recipe or model that has `heads`.
    pub(crate) fn columns(&self, heads: &[String]) -> Result<Columns, CliError> {
        if let Some((head, _)) = self.label_columns.iter().find(|(head, _)| !heads.contains(head)) {
            let heads = heads.join(", ");
            return Err(CliError::Usage(format!("--label names the head {head:?}; the heads are {heads}")));
        }
        Ok(self.known_to(heads))
    }

    /// The names given, without those of labels of heads that are not among `heads`.
    pub(crate) fn known_to(&self, heads: &[String]) -> Columns {
        Columns {
            text: self.text_column.clone(),
            id: self.id_column.clone(),
            split: self.split_column.clone(),
            source: self.source_column.clone(),
            date: self.date_column.clone(),
            labels: self.label_columns.iter().filter(|(head, _)| heads.contains(head)).cloned().collect(),
        }
    }
}

/// Reads `NAME=VALUE`; names have no equals sign, columns may.
pub(crate) fn pair(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE, for example agency=unit_tujuan".to_owned()),
    }
}
