//! The features stage: terms -> [`Features`], with the one vectoriser that training and serving share.

mod hash;
mod index;
mod places;
mod vectorizer;

pub use hash::{Group, key, pair_key};
pub use index::{Index, IndexError};
pub use vectorizer::{Composition, FeatureSettings, Features, Vectorizer};
pub(crate) use vectorizer::{Counts, Known};
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub(crate) use vectorizer::{each_gram_key, for_each_key};
