//! All that the library says of each text, for comparing it with what it says elsewhere; `www/test/parity.test.mjs` compares
//! WebAssembly with it, to the last bit.
//!
//! ```text
//! cargo run --release --example answers -- models/kecil.pilah < TEXTS    # a JSON string a line
//! ```
//!
//! Prints, a JSON object a line, the whole prediction (spans count bytes) and the private data found.

use pilah::text::{Kind, private_data};
use pilah::{Classifier, Prediction};
use serde::Serialize;
use std::error::Error;
use std::io::{BufRead, BufWriter, Write};

#[derive(Serialize)]
struct Answer<'m> {
    #[serde(flatten)]
    prediction: Prediction<'m>,
    private_data: Vec<PrivateData>,
}

#[derive(Serialize)]
struct PrivateData {
    kind: &'static str,
    start: usize,
    end: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("expected the path of a model file")?;
    let classifier = Classifier::from_bytes(&std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        let found = private_data(&text).into_iter().map(|token| PrivateData {
            kind: kind(token.kind),
            start: token.span.start,
            end: token.span.end,
        });
        let answer = Answer { prediction: classifier.classify(&text), private_data: found.collect() };
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Phone => "phone",
        Kind::Nik => "nik",
        _ => "email",
    }
}
