//! `pilah pick`.

mod read;

use crate::error::{CliError, note};
use crate::sheet::{SheetFormat, check_new, put};
use crate::shipped::ModelArgs;
use clap::ValueEnum;
use pilah::Classifier;
use pilah::lab::{Guess, Passed, Pick, PickError, PickSettings, Picker, Picks, Sheet, Strategy, Text, Why};
use pilah::read::{ReadError, ReadOptions};
use read::each_text;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Texts that are looked at together.
const BATCH: usize = 4096;

/// Arguments of `pilah pick`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah pick 2026.csv --n 200 --head agency --out to-label.csv
  pilah pick inbox/ --n 500 --labelled ours.jsonl --model ours.pilah --out to-label.jsonl
  pilah pick 2026.parquet --n 300 --strategy random --out to-measure.jsonl

DATA is anything that `pilah triage` reads: CSV, JSONL, Parquet, chats. Chosen are texts of which the model is unsure and \
which are unlike what is labelled or chosen already; messages that seem no reports, or that nothing else resembles, come \
later; no two are near-copies. A share is drawn by \
lot and marked \"random\" and split test: on such texts, once labelled, a model can be measured honestly (evaluate --split \
test), on the others it cannot.

The table has an empty field for each head, to be filled in by whoever reads the text, and what the model would say (not \
for random ones, so that the labels are the reader's own). Rows of DATA that have a label already are not chosen. Private \
data in the texts is masked.")]
pub(crate) struct Args {
    /// Texts to choose from: files or folders, or - for standard input
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    /// How many to choose
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=20_000))]
    n: u16,
    /// Choose for these heads only (comma-separated)
    #[arg(long, value_name = "HEAD", value_delimiter = ',')]
    head: Vec<String>,
    /// By what to choose
    #[arg(long, value_enum, default_value = "mixed")]
    strategy: By,
    /// Files or folders of texts that are labelled already: they and their near-copies are not chosen
    #[arg(long, value_name = "DATA")]
    labelled: Vec<PathBuf>,
    /// Share drawn by lot, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    random: f32,
    /// Another number draws other lots
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The column or field with the text, where it is not found by itself
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Write over FILE where it is there already
    #[arg(long)]
    replace: bool,
    /// How to write it [default: what the ending of FILE says]
    #[arg(long, value_enum)]
    format: Option<SheetFormat>,
    #[command(flatten)]
    model: ModelArgs,
}

/// By what texts are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Doubt, difference from what is labelled or chosen, and not standing alone
    Mixed,
    /// Doubt alone
    Margin,
    /// Lot
    Random,
}

impl From<By> for Strategy {
    fn from(by: By) -> Self {
        match by {
            By::Mixed => Self::Mixed,
            By::Margin => Self::Margin,
            By::Random => Self::Random,
        }
    }
}

/// Chooses texts and writes them as a table; what was passed over is told on standard error.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let format = args.format.or_else(|| SheetFormat::of(&args.out)).ok_or_else(|| args.no_format())?;
    check_new(&args.out, args.replace)?;
    let model = args.model.load()?.classifier;
    let heads = args.heads(&model);
    let picks = args.picks(&model, &heads)?;
    put(Some(&args.out), &format.bytes(&sheet(&picks.picks, &heads))?)?;
    note(&told(&picks, &args.out.display().to_string()));
    Ok(())
}

impl Args {
    fn no_format(&self) -> CliError {
        let name = self.out.display();
        CliError::Usage(format!("the ending of {name} says no format; name a .jsonl or .csv file, or add --format"))
    }

    /// The heads to fill in.
    fn heads(&self, model: &Classifier) -> Vec<String> {
        let all = model.model().heads().iter().map(|head| head.name().to_owned());
        if self.head.is_empty() { all.collect() } else { self.head.clone() }
    }

    fn picks(&self, model: &Classifier, heads: &[String]) -> Result<Picks, CliError> {
        let settings = PickSettings {
            count: usize::from(self.n),
            strategy: self.strategy.into(),
            heads: heads.to_vec(),
            random: self.random,
            seed: self.seed,
        };
        let mut picker = Picker::new(model, settings).map_err(wrong_use)?;
        let options = self.read_options();
        if !self.labelled.is_empty() {
            let labelled = ReadOptions { text_column: None, ..options.clone() };
            for path in &self.labelled {
                let inputs = std::slice::from_ref(path);
                match each_text(inputs, &options, &[], |found| picker.labelled(&found.text.text)) {
                    // Its text may have another name.
                    Err(CliError::Input(ReadError::Column { .. })) => {
                        each_text(inputs, &labelled, &[], |found| picker.labelled(&found.text.text))?;
                    }
                    other => other?,
                }
            }
        }
        let mut batch = Vec::with_capacity(BATCH);
        each_text(&self.data, &options, heads, |found| {
            if found.labelled {
                picker.labelled(&found.text.text);
            }
            take(found.text, &mut batch, &mut picker);
        })?;
        picker.offer(batch);
        Ok(picker.finish()?)
    }

    fn read_options(&self) -> ReadOptions {
        let spool = self.out.parent().map(PathBuf::from).unwrap_or_default();
        ReadOptions { text_column: self.text_column.clone(), spool, ..ReadOptions::default() }
    }
}

fn wrong_use(error: PickError) -> CliError {
    match error {
        PickError::Share(_) => CliError::Usage(format!("--random: {error}")),
        other => other.into(),
    }
}

fn take(text: Text, batch: &mut Vec<Text>, picker: &mut Picker<'_>) {
    batch.push(text);
    if batch.len() == BATCH {
        picker.offer(std::mem::replace(batch, Vec::with_capacity(BATCH)));
    }
}

/// Returns the table that people fill in.
fn sheet(picks: &[Pick], heads: &[String]) -> Sheet {
    let mut columns: Vec<String> = ["id", "text"].map(str::to_owned).to_vec();
    columns.extend(heads.iter().cloned());
    columns.extend(["split", "why"].map(str::to_owned));
    columns.extend(heads.iter().flat_map(|head| [format!("{head}_suggested"), format!("{head}_probability")]));
    columns.push("place".to_owned());
    let mut sheet = Sheet::new(columns);
    for pick in picks {
        let mut row = vec![json!(pick.text.id), json!(pick.text.text)];
        row.resize(row.len() + heads.len(), Value::Null);
        // What was drawn by lot is for measuring: no training shall learn it by accident.
        row.push(json!(if matches!(pick.why, Why::Unsure { .. }) { "train" } else { "test" }));
        row.push(json!(why(pick)));
        row.extend((0..heads.len()).flat_map(|head| suggested(pick.guesses.get(head))));
        row.push(json!(pick.text.place));
        sheet.push(row);
    }
    sheet
}

fn suggested(guess: Option<&Guess>) -> [Value; 2] {
    let probability = |p: f32| (f64::from(p) * 1000.0).round() / 1000.0;
    guess.map_or([Value::Null, Value::Null], |guess| [json!(guess.first.0), json!(probability(guess.first.1))])
}

/// Returns why a text was chosen, in words.
fn why(pick: &Pick) -> String {
    let Why::Unsure { guess, similar } = pick.why else { return "random".to_owned() };
    let Some(found) = pick.guesses.get(guess) else { return "unsure".to_owned() };
    let named = |(label, p): &(String, f32)| format!("{label} {:.0} %", 100.0 * p);
    let head = if pick.guesses.len() > 1 { format!("{}: ", found.head) } else { String::new() };
    let similar = if similar > 1 { format!("; stands for {similar} similar") } else { String::new() };
    format!("unsure between {head}{} and {}{similar}", named(&found.first), named(&found.second))
}

fn told(picks: &Picks, out: &str) -> String {
    let Passed { offered, blank, labelled, too_short, .. } = picks.passed;
    let by_lot = picks.picks.iter().filter(|pick| pick.why == Why::Random).count();
    format!(
        "{out}: {} of {offered} texts, {by_lot} of them by lot; {labelled} are labelled already, {blank} blank, {too_short} \
         too short",
        picks.picks.len()
    )
}
