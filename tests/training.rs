//! Training: the same bytes from the same data, no trace of rare words, and a typed error for every wrong input.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "training/dataset.rs"]
mod dataset;
#[path = "training/determinism.rs"]
mod determinism;
#[path = "training/errors.rs"]
mod errors;
#[path = "training/linear.rs"]
mod linear;
#[path = "training/solver.rs"]
mod solver;
#[path = "model/tiny.rs"]
mod tiny;
#[path = "training/vocabulary.rs"]
mod vocabulary;
