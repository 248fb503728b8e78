//! Documents say what the code says.

use super::{assert_none, read, root};
use std::collections::BTreeMap;

fn cargo_toml() -> toml::Table {
    read("Cargo.toml").parse().unwrap()
}

/// Feature -> whether it is on by default, from Cargo.toml.
fn features() -> BTreeMap<String, bool> {
    let cargo = cargo_toml();
    let features = cargo["features"].as_table().unwrap();
    let defaults: Vec<&str> = features["default"].as_array().unwrap().iter().filter_map(toml::Value::as_str).collect();
    features
        .keys()
        .filter(|name| *name != "default")
        .map(|name| (name.clone(), defaults.contains(&name.as_str())))
        .collect()
}

/// Feature -> whether it is on by default, from the table headed `| feature | default |` of a document.
fn feature_table(document: &str) -> BTreeMap<String, bool> {
    let lines = document.lines().map(|line| line.trim_start_matches("//!").trim());
    let rows = lines
        .skip_while(|line| !line.starts_with("| feature | default |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), cells[2] == "yes")
    })
    .collect()
}

#[test]
fn feature_tables_agree_with_cargo_toml() {
    for document in ["README.md", "src/lib.rs"] {
        assert_eq!(feature_table(&read(document)), features(), "the features table of {document}");
    }
}

#[test]
fn readme_states_the_oldest_compiler() {
    let wanted = format!("Rust {}", cargo_toml()["package"]["rust-version"].as_str().unwrap());
    assert!(read("README.md").contains(&wanted), "README.md must say {wanted}, as Cargo.toml does");
}

#[test]
fn ci_runs_the_readmes_test_command() {
    let command = "cargo test --release";
    assert!(read("README.md").contains(command) && read(".ci/run").contains(command), "both say `{command}`");
}

#[test]
fn files_that_documents_name_exist() {
    let mut offences = Vec::new();
    for document in ["README.md", "models/README.md", "models/lexicons/README.md"] {
        let folder = root().join(document).parent().unwrap().to_owned();
        for name in named_files(&read(document)) {
            if !folder.join(&name).exists() && !root().join(&name).exists() {
                offences.push(format!("{document} names {name}"));
            }
        }
    }
    assert_none(&offences, "no such file:");
}

/// Targets of links, and words in backticks that look like paths into the repository.
fn named_files(document: &str) -> Vec<String> {
    let links = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let links = links
        .filter(|link| !link.contains("://") && !link.starts_with('#'))
        .map(|link| link.split('#').next().unwrap());
    let quoted = document.split('`').skip(1).step_by(2).flat_map(|code| code.split_whitespace());
    let roots = ["src/", "models/", "tests/", "benches/", "www/", "examples/", ".ci/", "LICENSE"];
    let is_path = |word: &&str| roots.iter().any(|root| word.starts_with(root)) && !word.contains(['*', '{', '<']);
    links.chain(quoted.filter(is_path)).map(str::to_owned).collect()
}

#[test]
fn licences_are_there() {
    assert_eq!(cargo_toml()["package"]["license"].as_str(), Some("MIT OR Apache-2.0"));
    assert!(read("LICENSE-MIT").starts_with("MIT License"));
    assert!(
        read("LICENSE-APACHE").contains("Apache License")
            && read("LICENSE-APACHE").contains("END OF TERMS AND CONDITIONS")
    );
}

#[test]
fn model_card_states_the_versions_of_the_format() {
    let card = read("models/README.md");
    for (name, version) in
        [("Format version", pilah::model::FORMAT_VERSION), ("Pipeline version", pilah::model::PIPELINE_VERSION)]
    {
        let wanted = format!("{name} {version}");
        assert!(card.contains(&wanted), "models/README.md must say `{wanted}`: describe the change there");
    }
}

#[test]
fn readme_shows_the_example_that_is_tested() {
    let lib = read("src/lib.rs");
    let example =
        lib.lines().filter_map(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line));
    let example = example.skip_while(|line| *line != "```").skip(1).take_while(|line| *line != "```");
    let shown: String = example.filter(|line| !line.starts_with("# ")).map(|line| format!("{line}\n")).collect();
    assert!(
        shown.contains("classify") && read("README.md").contains(&shown),
        "README.md shows the example of src/lib.rs:\n{shown}"
    );
}
