//! Reads a citizen's report in Indonesian and says what it is about, who handles it, how soon and what kind of message it
//! is, with calibrated probabilities and the words that decided.
//!
//! ```
//! use pilah::Classifier;
//!
//! const MODEL: &[u8] = include_bytes!("../models/kecil.pilah");
//!
//! let classifier = Classifier::from_bytes(MODEL)?;
//! let prediction = classifier.classify("Lampu jalan depan SD mati sudah seminggu, gelap sekali");
//! for head in prediction.heads() {
//!     if let Some(best) = head.best() {
//!         println!("{}: {} ({:.0} %)", head.head, best.name, 100.0 * best.probability);
//!     }
//! }
//! if let Some(reason) = prediction.needs_review() {
//!     println!("a person must look: {reason:?}");
//! }
//! # let best = |name| prediction.head(name).and_then(|head| head.best()).map(|best| best.label);
//! # assert_eq!(best("category"), Some("penerangan-jalan"));
//! # assert_eq!(best("type"), Some("pengaduan"));
//! # assert!(!prediction.evidence().is_empty());
//! # Ok::<(), pilah::model::LoadError>(())
//! ```
//!
//! [`Classifier::classify`] cannot fail: too little text is an answer that asks for a person. Loading a model can, with a
//! [`model::LoadError`] that says what was found and what was expected.
//!
//! # Stages
//!
//! | stage | function | what it yields |
//! |---|---|---|
//! | segment | [`text::segment`] | [`text::Token`]: a word, number, address, emoji as written, with its byte span in the raw text |
//! | normalize | [`text::Normalizer::normalize`] | [`text::Word`]: lower case, slang written out, numbers and private data masked; same span |
//! | stem | [`text::Stemmer::stem`] | [`text::Term`]: the stem where the model stems, else the word; same span |
//! | vectorize | [`features::Vectorizer::vectorize`] | [`features::Features`]: sorted feature ids and weights; the one copy used by training and serving |
//! | score | `Model::scores` | `Scores`: a logit for each label of each head |
//! | calibrate, decide | `model::decide` | `Decision`: a probability for each label of a head, and the labels in order of preference |
//! | answer | [`Classifier::classify`] | [`Prediction`]: decisions after the urgency rules, whether a person must look, evidence |
//!
//! Labels, thresholds, slang and settings are in the model file; its layout is in `models/README.md`.
//!
//! # The layer rule
//!
//! ```text
//! text <- features <- model <- classifier <- { wasm, triage, serve, bin }
//! read -> text        triage -> read        train -> read, text, features, model        eval -> prediction
//! lab -> train, eval, classifier        page -> nothing, triage and eval use it        bin -> everything
//! ```
//!
//! Arrows point one way and siblings never import each other. `text`, `features`, `model` and `classifier` do no IO, read
//! no clock, hold no globals and start no threads; linfa's types stay inside `train`. `tests/repository.rs` holds this.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `train` | yes | modules `train`, `eval` and `lab`: learning a model from labelled reports, judging it, making it better |
//! | `read` | with `train` or `triage` | module `read`: readers of tables, JSON, Parquet and chats, which `train` and `triage` share |
//! | `triage` | yes | module `triage`: bulk triage of exports, to JSONL, CSV, Parquet or SQLite |
//! | `cli` | yes | the program `pilah` |
//! | `english` | yes | models that stem English words too |
//! | `wasm` | no | the module for JavaScript, on WebAssembly only; `www/` makes a package of it |
//!
//! With `default-features = false` a handful of small crates remains. On WebAssembly all but `wasm` add nothing.

mod classifier;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod eval;
pub mod features;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod lab;
pub mod model;
#[cfg(all(any(feature = "train", feature = "triage"), not(target_family = "wasm")))]
#[cfg_attr(not(feature = "train"), allow(dead_code, reason = "only the report on a model runs a script"))]
mod page;
mod prediction;
#[cfg(all(feature = "read", not(target_family = "wasm")))]
#[cfg_attr(not(feature = "triage"), allow(dead_code, reason = "only triage masks fields and guards against formulas"))]
pub mod read;
pub mod text;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub mod train;
#[cfg(all(feature = "triage", not(target_family = "wasm")))]
pub mod triage;
#[cfg(all(feature = "wasm", target_family = "wasm"))]
mod wasm;

pub use classifier::{Classifier, Session};
pub use prediction::{Evidence, HeadPrediction, Prediction, Raised, Review, Suggestion};
