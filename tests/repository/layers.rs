//! The layer rule: arrows point one way, the inner layers touch nothing outside, foreign types stay where they belong.

use super::{assert_none, read, walk};
use std::collections::BTreeMap;

/// Layer -> the modules of the crate that it may use, itself left out. A new module needs a row.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("features", &["text"]),
    ("model", &["features", "text"]),
    ("prediction", &["text"]),
    ("classifier", &["features", "model", "prediction", "text"]),
    ("read", &["text"]),
    ("train", &["features", "model", "read", "text"]),
    ("eval", &["page", "prediction"]),
    ("lab", &["classifier", "eval", "model", "prediction", "read", "text", "train"]),
    ("page", &[]),
    ("wasm", &["classifier", "prediction", "model", "text"]),
    ("triage", &["classifier", "model", "page", "prediction", "read", "text"]),
    ("serve", &["classifier", "prediction", "model", "text"]),
];

/// Layers that are the same computation everywhere: no IO, no clock, no threads, no globals.
const PURE: [&str; 5] = ["text", "features", "model", "prediction", "classifier"];
const IMPURE_MODULES: [&str; 9] = ["env", "fs", "io", "net", "os", "process", "sync", "thread", "time"];
const IMPURE_WORDS: [&str; 9] =
    ["static mut", "OnceLock", "LazyLock", "OnceCell", "LazyCell", "thread_local!", "print!(", "println!(", "dbg!("];

/// Foreign crate -> the only places under src/ that may name it.
const FOREIGN: &[(&[&str], &[&str])] = &[
    (&["linfa", "ndarray"], &["src/train/"]),
    (&["sha2"], &["src/train/", "src/lab/"]),
    (&["rayon"], &["src/train/", "src/lab/"]),
    (&["rand_core", "rand_pcg"], &["src/eval/", "src/lab/"]),
    (&["toml_edit"], &["src/lab/"]),
    (&["maud"], &["src/page.rs", "src/triage/", "src/eval/"]),
    (&["gaoya"], &["src/triage/", "src/train/"]),
    (
        &["encoding_rs", "encoding_rs_io", "flate2", "jiff", "memchr", "walkdir", "zstd"],
        &["src/read/", "src/triage/", "src/eval/", "src/lab/"],
    ),
    (&["csv"], &["src/read/", "src/triage/", "src/train/", "src/lab/"]),
    (&["parquet", "xxhash_rust"], &["src/read/", "src/triage/", "src/train/"]),
    (&["wasm_bindgen", "js_sys", "web_sys", "serde_wasm_bindgen", "tsify"], &["src/wasm.rs", "src/wasm/"]),
    (&["clap", "clap_complete", "anstream", "anstyle", "indicatif"], &["src/bin/"]),
    (&["crossbeam_channel", "fs4", "rusqlite"], &["src/triage/"]),
    (&["fearless_simd"], &["src/model/simd.rs"]),
    (&["axum", "hyper", "tokio", "tiny_http"], &["src/serve/", "src/serve.rs", "src/bin/"]),
];

/// Places besides lib.rs that ask for a feature, each with its reason.
const FEATURE_CFGS: &[(&str, &str)] = &[
    ("src/features/mod.rs", "what only the vocabulary of training calls"),
    ("src/features/vectorizer.rs", "the same"),
    ("src/text/stem.rs", "English and its rules are a tenth of what a browser would download"),
    ("src/model/score.rs", "a session scores into its own memory; training keeps the scores"),
    ("src/model/mod.rs", "calibration is fitted with the function that serving uses"),
    ("src/model/rules.rs", "rules are parsed from TOML where models are trained, and read as bytes elsewhere"),
];

/// A source file without comments and without its tests.
struct Source {
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let rust = walk("src").into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| Source { code: code(&read(&path)), path }).collect()
}

/// Cuts line comments, and everything from `#[cfg(test)] mod ... {` on: tests stand last.
fn code(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_tests = |at: usize| {
        lines[at].trim() == "#[cfg(test)]"
            && lines.get(at + 1).is_some_and(|next| next.contains("mod ") && next.ends_with('{'))
    };
    let end = (0..lines.len()).find(|&at| is_tests(at)).unwrap_or(lines.len());
    lines[..end].iter().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

impl Source {
    /// The layer: `src/text/stem.rs` -> text, `src/classifier.rs` -> classifier.
    fn layer(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap();
        inside.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// How many modules deep: 1 for `src/text/mod.rs` and `src/classifier.rs`, 2 for `src/text/stem.rs`.
    fn depth(&self) -> usize {
        let parts = self.path.strip_prefix("src/").unwrap().split('/').count();
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    /// The first segments of the paths that begin with `start::`, groups in braces included.
    fn paths(&self, start: &str) -> Vec<String> {
        let prefix = format!("{start}::");
        let is_start = |at: usize| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        let found = self.code.match_indices(&prefix).filter(|&(at, _)| is_start(at));
        found.flat_map(|(at, _)| first_segments(&self.code[at + prefix.len()..])).collect()
    }

    /// The modules of the crate that the file names, by `crate::` or by enough `super::`.
    fn uses(&self) -> Vec<String> {
        let up = vec!["super"; self.depth()].join("::");
        let mut all = self.paths("crate");
        all.extend(self.paths(&up).into_iter().filter(|name| name != "super"));
        all
    }

    fn line_of(&self, word: &str) -> usize {
        self.code.find(word).map_or(0, |at| self.code[..at].lines().count())
    }
}

/// `a::b` -> a; `{a::b, c::{d, e}}` -> a, c.
fn first_segments(rest: &str) -> Vec<String> {
    let ident =
        |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![ident(rest)] };
    let (mut depth, mut names, mut fresh) = (0, Vec::new(), true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                names.push(ident(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

/// Item re-exported by lib.rs -> its module.
fn exports() -> BTreeMap<String, String> {
    let lib = Source { path: "src/lib.rs".to_owned(), code: code(&read("src/lib.rs")) };
    let mut exports = BTreeMap::new();
    for line in lib.code.lines().filter_map(|line| line.trim().strip_prefix("pub use ")) {
        let (module, items) = line.split_once("::").unwrap();
        first_segments(items).into_iter().for_each(|item| drop(exports.insert(item, module.to_owned())));
    }
    exports
}

#[test]
fn arrows_point_one_way() {
    let exports = exports();
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| !["lib", "bin"].contains(&source.layer())) {
        let Some(allowed) = layers.get(source.layer()) else {
            offences.push(format!("{}: layer `{}` has no row in LAYERS of this test", source.path, source.layer()));
            continue;
        };
        for used in source.uses() {
            let module = exports.get(&used).unwrap_or(&used);
            if module != source.layer() && !allowed.contains(&module.as_str()) {
                offences.push(format!("{} uses {used}; `{}` may use {allowed:?}", source.path, source.layer()));
            }
        }
    }
    assert_none(
        &offences,
        "text <- features <- model <- classifier <- { wasm, triage, serve, bin }; siblings never import each other:",
    );
}

#[test]
fn inner_layers_touch_nothing_outside() {
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.layer())) {
        let modules = source.paths("std").into_iter().filter(|module| IMPURE_MODULES.contains(&module.as_str()));
        offences.extend(modules.map(|module| format!("{} uses std::{module}", source.path)));
        let words = IMPURE_WORDS.iter().filter(|word| source.code.contains(**word));
        offences.extend(words.map(|word| format!("{}:{} has {word}", source.path, source.line_of(word))));
    }
    assert_none(
        &offences,
        "text, features, model and classifier do no IO, read no clock, hold no globals, start no threads:",
    );
}

#[test]
fn foreign_types_stay_where_they_belong() {
    let mut offences = Vec::new();
    for source in sources() {
        for (crates, places) in FOREIGN.iter().filter(|(_, places)| !places.iter().any(|p| source.path.starts_with(p)))
        {
            let named = crates.iter().filter(|name| !source.paths(name).is_empty());
            offences.extend(named.map(|name| format!("{} names {name}; only {places:?} may", source.path)));
        }
    }
    assert_none(&offences, "a dependency's types stay in the layer that it is for:");
}

#[test]
fn features_are_asked_for_in_few_places() {
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| source.path != "src/lib.rs") {
        let allowed = FEATURE_CFGS.iter().any(|(path, _)| *path == source.path);
        let asks = source.code.contains("feature = \"");
        if asks && !allowed {
            offences.push(format!("{}: move the cfg to src/lib.rs, or list it with its reason", source.path));
        }
        if allowed && !asks {
            offences.push(format!("{}: asks for no feature any more, take it off the list", source.path));
        }
    }
    assert_none(&offences, "feature cfgs stand in src/lib.rs:");
}

#[test]
fn the_scanner_sees_what_it_should() {
    let source = |code: &str| Source { path: "src/text/stem.rs".to_owned(), code: code.to_owned() };
    for (code, expected) in [
        ("use crate::model::Head;", vec!["model"]),
        ("use crate::{text::{Span, Kind}, Classifier};", vec!["text", "Classifier"]),
        ("fn f(x: crate::features::Index) {}", vec!["features"]),
        ("use super::super::train::Recipe;", vec!["train"]),
        ("use super::Kind; use mycrate::x;", vec![]),
    ] {
        assert_eq!(source(code).uses(), expected, "{code}");
    }
    assert_eq!(source("use std::{fmt, fs::File};").paths("std"), ["fmt", "fs"]);
    assert_eq!(code("a // crate::x\n#[cfg(test)]\nmod tests {\nuse std::fs;\n}"), "a ");
}
