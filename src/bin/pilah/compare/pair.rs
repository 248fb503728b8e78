//! Both models on the same rows.

use crate::error::CliError;
use crate::evaluate::By;
use crate::shipped::{Loaded, load_named};
use clap::ValueEnum;
use pilah::eval::Origin;
use pilah::eval::bootstrap::RESAMPLES;
use pilah::eval::compare::{Changed, Comparison, ModelFacts, Pair, PairTally, SEED, Side};
use pilah::model::Head;
use pilah::read::masked;
use pilah::train::corpus::Record;
use pilah::{Classifier, Prediction};
use std::borrow::Cow;
use std::path::Path;

/// A model with the bytes of its file.
pub(super) struct Contender {
    loaded: Loaded,
    pub(super) bytes: Cow<'static, [u8]>,
}

/// The models that are compared.
pub(super) struct Models {
    pub(super) old: Contender,
    pub(super) new: Contender,
}

/// What both models said.
struct Heard<'r> {
    tallies: Vec<PairTally>,
    needs_review: Pair<usize>,
    /// The texts of the rows that have a label.
    texts: Vec<&'r str>,
}

impl Contender {
    /// Returns the model that `word` names, see [`load_named`].
    pub(super) fn load(word: &Path) -> Result<Self, CliError> {
        let (loaded, bytes) = load_named(word)?;
        Ok(Self { loaded, bytes })
    }

    pub(super) fn classifier(&self) -> &Classifier {
        &self.loaded.classifier
    }

    fn heads(&self) -> &[Head] {
        self.classifier().model().heads()
    }

    fn head(&self, name: &str) -> Option<&Head> {
        self.heads().iter().find(|head| head.name() == name)
    }

    /// The heads that `other` does not have.
    fn without(&self, other: &Self) -> Vec<String> {
        self.heads().iter().map(Head::name).filter(|name| other.head(name).is_none()).map(str::to_owned).collect()
    }

    fn facts(&self) -> std::io::Result<ModelFacts> {
        ModelFacts::new(&self.loaded.name, self.classifier().model().fingerprint(), &self.bytes)
    }
}

impl Models {
    /// Returns the two, which must share a head.
    pub(super) fn load(old: &Path, new: &Path) -> Result<Self, CliError> {
        let models = Self { old: Contender::load(old)?, new: Contender::load(new)? };
        if models.shared().next().is_some() {
            return Ok(models);
        }
        let names = |model: &Contender| model.heads().iter().map(Head::name).collect::<Vec<_>>().join(", ");
        Err(CliError::NoCommonHead {
            old_heads: names(&models.old),
            new_heads: names(&models.new),
            old: models.old.loaded.name,
            new: models.new.loaded.name,
        })
    }

    /// Names of the heads that both have, in OLD's order.
    pub(super) fn heads(&self) -> Vec<String> {
        self.shared().map(|(old, _)| old.name().to_owned()).collect()
    }

    fn shared(&self) -> impl Iterator<Item = (&Head, &Head)> {
        self.old.heads().iter().filter_map(|old| Some((old, self.new.head(old.name())?)))
    }

    /// Returns what the models are.
    pub(super) fn facts(&self) -> std::io::Result<[ModelFacts; 2]> {
        Ok([self.old.facts()?, self.new.facts()?])
    }

    /// Returns the comparison with the rows that changed, up to `list` of a kind, and the texts of the rows judged.
    pub(super) fn compare<'r>(
        &self,
        records: &'r [Record],
        by: By,
        list: usize,
    ) -> Result<(Comparison, Vec<&'r str>), CliError> {
        let heard = self.hear(records, by);
        if heard.texts.is_empty() {
            let by = by.to_possible_value().map_or_else(String::new, |by| by.get_name().to_owned());
            let heads = self.heads().join(", ");
            let found = records.len();
            return Err(CliError::NoRows(format!("found {found} rows; asked for labels by {by} in {heads}")));
        }
        Ok((self.comparison(&heard, records, list), heard.texts))
    }

    /// Lets both models answer every record that has a wanted label.
    fn hear<'r>(&self, records: &'r [Record], by: By) -> Heard<'r> {
        let names = self.heads();
        let tallies = self.shared().map(|(old, new)| PairTally::new(old.name(), &side(old), &side(new))).collect();
        let mut heard = Heard { tallies, needs_review: Pair { old: 0, new: 0 }, texts: Vec::new() };
        for (at, record) in records.iter().enumerate() {
            let golds: Vec<Option<&str>> = names.iter().map(|head| gold(record, head, by)).collect();
            if golds.iter().all(Option::is_none) {
                continue;
            }
            let [old, new] = [&self.old, &self.new].map(|model| model.classifier().classify(&record.text));
            heard.add(at, &golds, &old, &new);
            heard.texts.push(&record.text);
        }
        heard
    }

    fn comparison(&self, heard: &Heard<'_>, records: &[Record], list: usize) -> Comparison {
        let mut heads: Vec<_> = heard.tallies.iter().map(|tally| tally.finish(list)).collect();
        for head in &mut heads {
            head.broke.iter_mut().chain(&mut head.fixed).for_each(|changed| describe(changed, records));
        }
        Comparison {
            rows: heard.texts.len(),
            resamples: RESAMPLES,
            seed: SEED,
            needs_review: heard.needs_review,
            heads,
            only_old: self.old.without(&self.new),
            only_new: self.new.without(&self.old),
        }
    }
}

impl Heard<'_> {
    /// Adds a row with its right label for each head; none for heads that it says nothing of.
    fn add(&mut self, row: usize, golds: &[Option<&str>], old: &Prediction<'_>, new: &Prediction<'_>) {
        self.needs_review.old += usize::from(old.needs_review().is_some());
        self.needs_review.new += usize::from(new.needs_review().is_some());
        for (tally, gold) in self.tallies.iter_mut().zip(golds) {
            let answers = (old.head(tally.head()), new.head(tally.head()));
            if let (Some(gold), (Some(old), Some(new))) = (gold, answers) {
                tally.add(row, gold, old, new);
            }
        }
    }
}

fn side(head: &Head) -> Side<'_> {
    Side {
        labels: head.labels().iter().map(|label| label.id.as_str()).collect(),
        ordered: head.ordered(),
        threshold: head.threshold(),
    }
}

fn gold<'r>(record: &'r Record, head: &str, by: By) -> Option<&'r str> {
    let annotation = record.labels.get(head)?;
    by.takes(Origin::of(annotation.by.as_deref())).then_some(annotation.label.as_str())
}

/// Fills in where the row stands and its text, without what is private.
fn describe(changed: &mut Changed, records: &[Record]) {
    if let Some(record) = records.get(changed.row) {
        let place = record.id.as_ref().map_or_else(|| record.place.clone(), |id| format!("{id} ({})", record.place));
        changed.place = place;
        changed.text = masked(&record.text).into_owned();
    }
}
