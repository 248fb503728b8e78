//! linfa's dense estimators on hashed words, trained (`linfa-peer train KIND ROWS HEAD LABELS SPLITS MODEL`) and serving
//! (`linfa-peer serve KIND MODEL TEXTS`).
//!
//! The words are those of pilah's own text stages without slang and stemming, each hashed to one of [`COLUMNS`] columns,
//! weighted by `1 + ln n`, the text to unit length. linfa knows dense matrices only: 4,096 columns of 22,000 texts are
//! 360 MB, and more would not fit into an ordinary machine.

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use linfa_bayes::{GaussianNb, MultinomialNb, NaiveBayes};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, ArrayView1};
use peers::{Answer, Fallible, Rival, rows, serve};
use pilah::text::{Lexicon, Pipeline, Stemming};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Instant;

/// Columns that words are hashed to.
const COLUMNS: usize = 4096;
/// Texts of one dense block while answering.
const BLOCK: usize = 256;
/// Strength of the L2 penalty: what C = 10 is in scikit-learn, as linfa sums its loss over the texts.
const ALPHA: f32 = 0.1;
/// Share of the largest variance that is added to all: linfa's own 1e-9 leaves the answer to columns a label never had.
const VAR_SMOOTHING: f32 = 1e-3;
/// What is added to the multinomial's counts; texts of unit length count far less than the 1 that is usual.
const COUNT_SMOOTHING: f32 = 0.1;
/// Steps of L-BFGS.
const ITERATIONS: u64 = 60;

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["train", kind, from, head, labels, splits, model] => {
            let labels = rows::labels(Path::new(labels))?;
            let rows = rows::rows(Path::new(from), head, &labels, *splits == "all")?;
            train(kind, &rows, labels.len(), Path::new(model))
        }
        ["serve", model, texts] => {
            serve(Path::new(texts), || Ok(Linfa { pipeline: pipeline(), saved: load(Path::new(model))? }))
        }
        _ => Err("expected train KIND ROWS HEAD LABELS SPLITS MODEL, or serve MODEL TEXTS".into()),
    }
}

/// What is written to disk.
#[derive(Serialize, Deserialize)]
struct Saved {
    labels: usize,
    estimator: Estimator,
}

#[derive(Serialize, Deserialize)]
enum Estimator {
    Logistic(MultiFittedLogisticRegression<f32, usize>),
    Gaussian(GaussianNb<f32, usize>),
    Multinomial(MultinomialNb<f32, usize>),
}

fn train(kind: &str, rows: &rows::Rows, labels: usize, model: &Path) -> Fallible<()> {
    let began = Instant::now();
    let records = dense(&pipeline(), &rows.texts);
    let data = DatasetBase::new(records, Array1::from_vec(rows.labels.clone()));
    let estimator = match kind {
        "logistic" => {
            let settings = MultiLogisticRegression::default().alpha(ALPHA).max_iterations(ITERATIONS);
            Estimator::Logistic(settings.fit(&data)?)
        }
        "gaussian" => Estimator::Gaussian(GaussianNb::params().var_smoothing(VAR_SMOOTHING).fit(&data)?),
        "multinomial" => Estimator::Multinomial(MultinomialNb::params().alpha(COUNT_SMOOTHING).fit(&data)?),
        other => return Err(format!("found {other:?}; expected logistic, gaussian or multinomial").into()),
    };
    println!("trained {}", began.elapsed().as_secs_f64());
    Ok(std::fs::write(model, bincode::serialize(&Saved { labels, estimator })?)?)
}

fn load(path: &Path) -> Fallible<Saved> {
    Ok(bincode::deserialize(&std::fs::read(path)?)?)
}

fn pipeline() -> Pipeline {
    Pipeline::new(Lexicon::default(), Stemming::None)
}

/// Returns texts x [`COLUMNS`].
fn dense(pipeline: &Pipeline, texts: &[String]) -> Array2<f32> {
    let mut matrix = Array2::<f32>::zeros((texts.len(), COLUMNS));
    for (mut row, text) in matrix.rows_mut().into_iter().zip(texts) {
        pipeline.terms(text).iter().for_each(|term| row[column(&term.text)] += 1.0);
        row.iter_mut().filter(|x: &&mut f32| **x > 0.0).for_each(|x| *x = 1.0 + x.ln());
        let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
        row /= if length > 0.0 { length } else { 1.0 };
    }
    matrix
}

/// FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn column(word: &str) -> usize {
    let hash = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 20) as usize % COLUMNS
}

/// A trained estimator and the words it reads.
struct Linfa {
    pipeline: Pipeline,
    saved: Saved,
}

impl Linfa {
    /// Returns the probabilities of every label of every text; a label that no row had has none.
    fn probabilities(&self, texts: &[String]) -> Vec<Vec<f32>> {
        texts.chunks(BLOCK).flat_map(|block| self.block(&dense(&self.pipeline, block))).collect()
    }

    fn block(&self, x: &Array2<f32>) -> Vec<Vec<f32>> {
        let mut all = vec![vec![f32::NEG_INFINITY; self.saved.labels]; x.nrows()];
        match &self.saved.estimator {
            Estimator::Logistic(model) => {
                let likely = model.predict_probabilities(x);
                for (at, &label) in model.classes().iter().enumerate() {
                    put(&mut all, label, likely.column(at).mapv(f32::ln).view());
                }
            }
            Estimator::Gaussian(model) => each(&mut all, model.joint_log_likelihood(x.view())),
            Estimator::Multinomial(model) => each(&mut all, model.joint_log_likelihood(x.view())),
        }
        all.iter_mut().for_each(|row| softmax(row));
        all
    }
}

fn each(all: &mut [Vec<f32>], likely: std::collections::HashMap<&usize, Array1<f32>>) {
    for (&label, column) in likely {
        put(all, label, column.view());
    }
}

fn put(all: &mut [Vec<f32>], label: usize, column: ArrayView1<'_, f32>) {
    all.iter_mut().zip(column).for_each(|(row, &value)| row[label] = value);
}

/// linfa's own `predict_proba` forgets to take the largest away first: everything underflows.
fn softmax(row: &mut [f32]) {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    row.iter_mut().for_each(|z| *z = (*z - top).exp());
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|z| *z /= sum);
}

fn likeliest(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |best, at| if row[at] > row[best] { at } else { best })
}

impl Rival for Linfa {
    fn answer(&self, text: &str) -> Answer {
        let probabilities = self.probabilities(&[text.to_owned()]).pop().unwrap_or_default();
        Answer { decided: likeliest(&probabilities), probabilities }
    }

    fn label(&self, text: &str) -> usize {
        self.answer(text).decided
    }

    fn labels(&self, texts: &[String]) -> Vec<usize> {
        self.probabilities(texts).iter().map(|row| likeliest(row)).collect()
    }
}
