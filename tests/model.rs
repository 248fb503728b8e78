//! The model file: heads are data, what is written is what is read, and nothing false is believed.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "model/damage.rs"]
mod damage;
#[path = "model/file.rs"]
mod file;
#[path = "model/lies.rs"]
mod lies;
#[path = "model/tiny.rs"]
mod tiny;

use file::Parts;
use pilah::Classifier;
use pilah::model::{FORMAT_VERSION, Head, LoadError, Model, PIPELINE_VERSION};
use tiny::{artefact, artefacts};

const TEXTS: [&str; 6] = [
    "Lampu jalan di gang melati mati total, gelap sekali",
    "Rumah tetangga terbakar, tlg kirim pemadam",
    "Selamat pagi semua",
    "pagi",
    "",
    "Sampahnya menumpukk 081234567890 di dekat balaai desa!!!",
];

#[test]
fn heads_are_data() {
    let model = artefact("besar");
    let ids = |at: usize| model.heads()[at].labels().iter().map(|l| l.id.as_str()).collect::<Vec<_>>();
    assert_eq!(model.heads().iter().map(Head::name).collect::<Vec<_>>(), ["topik", "segera"]);
    assert_eq!(ids(0), ["lampu", "sampah", "api", "obrolan"]);
    assert_eq!(ids(1), ["santai", "lekas", "genting"]);
    let (topic, soon) = (&model.heads()[0], &model.heads()[1]);
    assert_eq!((topic.ordered(), soon.ordered()), (false, true));
    assert_eq!(topic.reject().map(|label| label.id.as_str()), Some("obrolan"));
    assert!(topic.recall_threshold().is_none() && soon.recall_threshold().is_some());
    assert_eq!(topic.labels()[0].definition, "Penerangan yang mati.");
}

#[test]
fn what_is_written_is_what_is_read() {
    for (name, model) in artefacts() {
        let bytes = model.to_bytes();
        let read = Model::from_bytes(&bytes).unwrap();
        assert_eq!(read.to_bytes(), bytes, "{name}");
        assert_eq!(read.heads(), model.heads(), "{name}");
        assert_eq!(read.provenance(), model.provenance(), "{name}");
        assert_eq!(read.index().keys(), model.index().keys(), "{name}");
        let (mine, theirs) = (Classifier::new(model.clone()), Classifier::from_bytes(&bytes).unwrap());
        for text in TEXTS {
            assert_eq!(mine.classify(text), theirs.classify(text), "{name}: {text:?}");
        }
    }
}

#[test]
fn a_file_tells_what_it_is_made_of() {
    let bytes = artefact("mungil").to_bytes();
    let model = Model::from_bytes(&bytes).unwrap();
    let parts = Parts::new(&bytes);
    let names = ["settings", "slang", "heads", "rules", "keys", "rows", "dense", "origin"];
    assert_eq!(model.sections().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), names);
    for ((name, size), (_, body)) in model.sections().iter().zip(&parts.sections) {
        assert_eq!(*size, body.len(), "{name}");
    }
    assert_eq!(model.fingerprint(), format!("{:08x}", crc32fast::hash(&bytes[..bytes.len() - 4])));
    assert_eq!((model.features(), model.hidden()), (120, 4), "the recipe's `features` and `hidden`");
    let origin = |name: &str| model.provenance().iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    // 3 places of 8 sentences and the one without a label; 2 places of 8 for dev.
    assert_eq!([origin("artefact"), origin("training reports")], [Some("mungil"), Some("25")]);
    assert_eq!([origin("dev reports"), origin("seed")], [Some("16"), Some("11")]);
    assert_eq!(origin("data sha-256").map(str::len), Some(64));
}

/// Returns a word for the error that a table of cases can name: variant, section and what.
fn kind(error: &LoadError) -> String {
    match error {
        LoadError::Magic { .. } => "magic".to_owned(),
        LoadError::FormatVersion { .. } => "format version".to_owned(),
        LoadError::PipelineVersion { .. } => "pipeline version".to_owned(),
        LoadError::Length { .. } => "length".to_owned(),
        LoadError::Checksum { .. } => "checksum".to_owned(),
        LoadError::Section { at, .. } => format!("section {at}"),
        LoadError::Short { section, .. } => format!("short {section}"),
        LoadError::Trailing { section, .. } => format!("trailing {section}"),
        LoadError::Value { section, what, .. } => format!("{section}: {what}"),
        LoadError::Lexicon(_) => "lexicon".to_owned(),
        LoadError::Index(_) => "index".to_owned(),
        LoadError::Rules(_) => "rules".to_owned(),
        other => format!("a new error that no test knows: {other}"),
    }
}

/// Fails unless the error's message says what was found and what was expected.
fn check_message(error: &LoadError, case: &str) {
    let message = error.to_string();
    let says = |parts: &[String]| parts.iter().all(|part| message.contains(part.as_str()));
    let fine = match error {
        LoadError::FormatVersion { found, .. } => says(&[found.to_string(), format!("reads {FORMAT_VERSION}")]),
        LoadError::PipelineVersion { found, .. } => says(&[found.to_string(), format!("runs {PIPELINE_VERSION}")]),
        LoadError::Length { found, expected } => says(&[format!("of {found} bytes"), format!("expected {expected}")]),
        LoadError::Checksum { found, expected } => says(&[format!("{found:08x}"), format!("expected {expected:08x}")]),
        LoadError::Value { found, expected, .. } => says(&[found.clone(), format!("expected {expected}")]),
        LoadError::Short { found, expected, .. } => says(&[format!("found {found}"), format!("expected {expected}")]),
        _ => says(&["expected".to_owned()]),
    };
    assert!(fine, "{case}: {error:?} says only {message:?}");
}
