//! [`Strings`]: the strings that answers are made of, handed to JavaScript once.

use crate::model::{Head, Model, Rule};
use js_sys::Array;

/// The place of a string among [`Strings`].
pub(super) type Place = u32;

/// Strings of answers that no model has; their places come first.
pub(super) const TOO_SHORT: Place = 0;
pub(super) const NOT_A_REPORT: Place = 1;
pub(super) const UNSURE: Place = 2;
pub(super) const PHONE: Place = 3;
pub(super) const NIK: Place = 4;
pub(super) const EMAIL: Place = 5;
const OWN: [&str; 6] = ["too-short", "not-a-report", "unsure", "phone", "nik", "email"];

/// No string.
pub(super) const NONE: Place = u32::MAX;

/// The names of heads, ids and names of labels and ids of rules: an answer says them dozens of times, and a string that
/// crosses to JavaScript costs more than all the rest of an object.
pub(super) struct Strings {
    array: Array,
    /// Address in the model in the upper half, place in the lower; rising. Answers borrow their strings from the model.
    places: Vec<u64>,
}

impl Strings {
    pub(super) fn new(model: &Model) -> Self {
        let array: Array = OWN.iter().map(|&text| wasm_bindgen::JsValue::from_str(text)).collect();
        let heads = model.heads().iter().flat_map(texts);
        let place = |text: &str| {
            let place = array.push(&text.into()) - 1;
            address(text) | u64::from(place)
        };
        let mut places: Vec<u64> = heads.chain(model.rules().iter().map(Rule::id)).map(place).collect();
        places.sort_unstable();
        Self { array, places }
    }

    /// Returns them all, in the order of their places.
    pub(super) fn array(&self) -> &Array {
        &self.array
    }

    /// Returns the place of `text`, a string of the model.
    pub(super) fn place(&self, text: &str) -> Place {
        let at = self.places.partition_point(|place| *place < address(text));
        let found = self.places.get(at).filter(|&place| place >> 32 == address(text) >> 32);
        found.map_or(NONE, |&place| place as Place)
    }
}

fn texts(head: &Head) -> impl Iterator<Item = &str> {
    let labels = head.labels().iter().flat_map(|label| [label.id.as_str(), label.name.as_str()]);
    std::iter::once(head.name()).chain(labels)
}

fn address(text: &str) -> u64 {
    (text.as_ptr() as u64) << 32
}
