//! `pilah inspect MODEL`.

use crate::error::CliError;
use crate::shipped::{self, Loaded};
use crate::terminal::safe;
use clap::ValueEnum;
use pilah::eval::table;
use pilah::model::{Head, Label};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `pilah inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah inspect models/penuh.pilah
  pilah inspect --kecil
  pilah inspect --format json | jq '.heads[] | {name, threshold}'")]
pub(crate) struct Args {
    /// The model file; without it the shipped model
    #[arg(value_name = "MODEL", conflicts_with = "kecil")]
    model: Option<PathBuf>,
    /// Show the shipped small model
    #[arg(long)]
    kecil: bool,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables
    Text,
    /// One JSON object
    Json,
}

/// Writes what is in the model to standard output.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let model = shipped::load(args.model.as_deref(), args.kecil)?;
    let shown = match args.format {
        Format::Text => safe(&text(&model)),
        Format::Json => format!("{:#}\n", as_json(&model)),
    };
    std::io::stdout().lock().write_all(shown.as_bytes()).map_err(CliError::Write)
}

fn text(loaded: &Loaded) -> String {
    let model = loaded.classifier.model();
    let mut parts = vec![summary(loaded), head_table(model.heads()), section_table(model.sections())];
    parts.extend((!model.provenance().is_empty()).then(|| provenance_table(model.provenance())));
    parts.extend(model.heads().iter().map(label_table));
    parts.join("\n")
}

fn summary(loaded: &Loaded) -> String {
    let model = loaded.classifier.model();
    let size = format!("{} bytes, {} features, {} hidden units", loaded.bytes, model.features(), model.hidden());
    format!("model        {}\nfingerprint  {}\nsize         {size}\n", loaded.name, model.fingerprint())
}

fn head_table(heads: &[Head]) -> String {
    let rows = heads.iter().map(|head| {
        let order = if head.ordered() { "yes" } else { "no" };
        let recall = head.recall_threshold().map_or_else(|| "-".to_owned(), probability);
        let threshold = probability(head.threshold());
        [head.name().to_owned(), head.labels().len().to_string(), order.to_owned(), threshold, recall]
    });
    with_heading(["head", "labels", "ordered", "threshold", "last label from"], rows)
}

fn probability(value: f32) -> String {
    format!("{value:.3}")
}

fn section_table(sections: &[(String, usize)]) -> String {
    with_heading(["section", "bytes"], sections.iter().map(|(name, bytes)| [name.clone(), bytes.to_string()]))
}

fn provenance_table(provenance: &[(String, String)]) -> String {
    with_heading(["provenance", "value"], provenance.iter().map(|(key, value)| [key.clone(), value.clone()]))
}

fn label_table(head: &Head) -> String {
    let rows =
        head.labels().iter().map(|Label { id, name, definition, .. }| [id.clone(), name.clone(), definition.clone()]);
    with_heading([head.name(), "name", "definition"], rows)
}

fn with_heading<const N: usize>(heading: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let heading = std::iter::once(heading.map(str::to_owned).to_vec());
    table(&heading.chain(rows.map(|row| row.to_vec())).collect::<Vec<_>>())
}

fn as_json(loaded: &Loaded) -> Value {
    let model = loaded.classifier.model();
    let provenance: Map<String, Value> =
        model.provenance().iter().map(|(key, value)| (key.clone(), Value::from(value.clone()))).collect();
    json!({
        "model": loaded.name,
        "fingerprint": model.fingerprint(),
        "bytes": loaded.bytes,
        "features": model.features(),
        "hidden": model.hidden(),
        "heads": model.heads().iter().map(head_json).collect::<Vec<_>>(),
        "sections": model.sections().iter().map(|(name, bytes)| json!({"name": name, "bytes": bytes})).collect::<Vec<_>>(),
        "provenance": provenance,
    })
}

fn head_json(head: &Head) -> Value {
    let label = |l: &Label| json!({"id": l.id, "name": l.name, "definition": l.definition});
    json!({
        "name": head.name(),
        "ordered": head.ordered(),
        "threshold": head.threshold(),
        "recall_threshold": head.recall_threshold(),
        "labels": head.labels().iter().map(label).collect::<Vec<_>>(),
    })
}
