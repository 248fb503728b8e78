//! Glue for JavaScript: load, classify, throw. All logic is in the layers below; here is only conversion.
//!
//! Answers are plain objects whose TypeScript types are generated from [`answer`]; spans count UTF-16 units, as
//! JavaScript's strings do. What goes wrong is thrown as an `Error` with a `code`. Nothing here panics: a bad model leaves
//! the module as it was.

mod answer;
mod flat;
mod offsets;
mod strings;

use crate::Classifier;
use answer::{Answer, Description, Options};
use flat::flat;
use js_sys::{Array, Error, JsString, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use strings::Strings;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/wasm/answer.js")]
extern "C" {
    /// Returns the answer that `numbers` tell, as plain objects.
    #[wasm_bindgen(js_name = answer)]
    fn object(strings: &Array, numbers: &[u32]) -> JsValue;
}

/// A loaded model.
#[wasm_bindgen(js_name = Classifier)]
pub struct JsClassifier {
    inner: Classifier,
    strings: Strings,
}

#[wasm_bindgen(js_class = Classifier)]
impl JsClassifier {
    /// Returns the classifier stored in `bytes`, a model file.
    ///
    /// Throws an `Error` with `code` "model" that says what was found and what was expected.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Self, JsValue> {
        let inner = Classifier::from_bytes(bytes).map_err(|error| thrown("model", &error.to_string()))?;
        Ok(Self { strings: Strings::new(inner.model()), inner })
    }

    /// Returns the answer for `text`, a string, with `top` suggestions a head (3 where not said) and the deciding words
    /// unless `evidence` is false.
    ///
    /// Throws an `Error` with `code` "text" where `text` is no string.
    #[wasm_bindgen(unchecked_return_type = "Answer")]
    pub fn classify(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
        top: Option<u32>,
        evidence: Option<bool>,
    ) -> Result<JsValue, JsValue> {
        let text = text.dyn_ref::<JsString>().ok_or_else(|| thrown("text", &unexpected("a string", text)))?;
        let options = Options::new(top, evidence);
        let text = String::from(text);
        let prediction = self.inner.classify(&text);
        let answer = Answer::new(&text, &prediction, &options, &self.strings);
        Ok(object(self.strings.array(), &flat(&answer)))
    }

    /// Returns the model's heads and labels, and where it comes from.
    #[wasm_bindgen(unchecked_return_type = "Description")]
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        plain(&Description::new(self.inner.model()))
    }
}

/// Returns `value` as plain objects, arrays, strings and numbers.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    value.serialize(&serializer).map_err(|error| thrown("internal", &error.to_string()))
}

fn unexpected(wanted: &str, found: &JsValue) -> String {
    let kind = found.js_typeof().as_string().unwrap_or_default();
    format!("found {kind}; expected {wanted}")
}

fn thrown(code: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(error.unchecked_ref::<Object>(), &"code".into(), &code.into());
    error.into()
}
