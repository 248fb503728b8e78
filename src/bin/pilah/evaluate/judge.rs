//! The model's answers beside the right ones.

use super::{Args, By};
use crate::error::{CliError, note};
use crate::shipped::Loaded;
use clap::ValueEnum;
use pilah::eval::{About, Case, Evaluation, HeadTally, LearningCurve, Origin};
use pilah::lab::curve::{self, Plan};
use pilah::train::corpus::Record;
use pilah::train::{Dataset, Progress, Recipe, TrainError};
use pilah::{Classifier, Prediction};
use std::collections::BTreeSet;

/// What a model said of the rows that were asked for.
pub(super) struct Judged<'r> {
    /// One per head.
    pub(super) tallies: Vec<HeadTally>,
    /// Rows judged on at least one head.
    pub(super) rows: usize,
    /// Rows that would go to a person.
    pub(super) needs_review: usize,
    records: &'r [Record],
}

impl<'r> Judged<'r> {
    /// Returns what the model says of the records that `args` ask for.
    ///
    /// # Errors
    /// [`CliError::NoRows`] where none of them has a label that is asked for.
    pub(super) fn new(classifier: &Classifier, records: &'r [Record], args: &Args) -> Result<Self, CliError> {
        let judged = Self::all(classifier, records, args);
        if judged.rows == 0 {
            return Err(CliError::NoRows(found(records, args)));
        }
        if args.split.is_empty() && records.iter().any(|record| split(record) == "train") {
            note("rows of the train split are among these, which flatters; --split test leaves them out");
        }
        Ok(judged)
    }

    fn all(classifier: &Classifier, records: &'r [Record], args: &Args) -> Self {
        let tallies = classifier.model().heads().iter().map(tally).collect();
        let mut judged = Self { tallies, rows: 0, needs_review: 0, records };
        for (row, record) in records.iter().enumerate().filter(|(_, record)| args.takes(record)) {
            let prediction = classifier.classify(&record.text);
            if judged.add(row, record, &prediction, args.by) {
                judged.rows += 1;
                judged.needs_review += usize::from(prediction.needs_review().is_some());
            }
        }
        judged
    }

    /// Adds the row to every head it has a wanted label for; says whether there was one.
    fn add(&mut self, row: usize, record: &Record, prediction: &Prediction<'_>, by: By) -> bool {
        let id = record.id.as_deref().unwrap_or(&record.place);
        let about = About { row, id, date: record.date.as_deref(), chars: record.text.chars().count() };
        let mut judged = false;
        for (tally, predicted) in self.tallies.iter_mut().zip(prediction.heads()) {
            let Some(annotation) = record.labels.get(predicted.head) else { continue };
            let origin = Origin::of(annotation.by.as_deref());
            if by.takes(origin) {
                let source = record.source.as_deref().unwrap_or("-");
                tally.add_with(Case { source, origin, gold: &annotation.label, predicted }, about);
                judged = true;
            }
        }
        judged
    }

    /// Returns the scores of all heads.
    pub(super) fn evaluation(&self) -> Evaluation {
        let heads = self.tallies.iter().map(HeadTally::finish).collect();
        Evaluation { rows: self.rows, needs_review: self.needs_review, heads }
    }

    /// Returns the text of the row of that number.
    pub(super) fn text(&self, row: usize) -> Option<&'r str> {
        self.records.get(row).map(|record| record.text.as_str())
    }
}

/// Returns the learning curve of the recipe that `args` name, judged on the records that they ask for.
pub(super) fn learning_curve(model: &Loaded, records: &[Record], args: &Args) -> Result<LearningCurve, CliError> {
    let mut recipe = Recipe::read(&args.recipe).map_err(TrainError::from)?;
    let heads: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
    recipe.set_columns(&args.data.columns.known_to(&heads));
    let data = Dataset::read(&recipe, args.base(), &args.train)?;
    let origin = |name: &str| {
        model.classifier.model().provenance().iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    };
    let plan = Plan { recipe: &recipe, base: args.base(), data: &data, artefact: origin("artefact"), seed: args.seed };
    let judge = |classifier: &Classifier| Judged::all(classifier, records, args).evaluation();
    Ok(curve::learn(&plan, &Progress::default(), judge)?)
}

fn tally(head: &pilah::model::Head) -> HeadTally {
    let labels = head.labels().iter().map(|label| label.id.as_str());
    HeadTally::new(head.name(), head.ordered(), head.threshold(), labels)
}

impl Args {
    fn takes(&self, record: &Record) -> bool {
        self.split.is_empty() || self.split.iter().any(|wanted| wanted == split(record))
    }
}

/// The split of a row; one that says nothing is for training.
fn split(record: &Record) -> &str {
    record.split.as_deref().unwrap_or("train")
}

/// What the data has and what was asked of it.
fn found(records: &[Record], args: &Args) -> String {
    let splits: BTreeSet<&str> = records.iter().map(split).collect();
    let splits = splits.into_iter().collect::<Vec<_>>().join(", ");
    let asked = if args.split.is_empty() { "any".to_owned() } else { args.split.join(", ") };
    let by = args.by.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    format!("found {} rows (splits: {splits}); asked for split {asked}, labels by {by}", records.len())
}
