//! Rules of the repository, held as tests: layers, dependencies, sizes, and documents that must agree with the code.
//!
//! Each message says what to do. Nothing here needs the network.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "repository/documents.rs"]
mod documents;
#[path = "repository/files.rs"]
mod files;
#[path = "repository/graph.rs"]
mod graph;
#[path = "repository/layers.rs"]
mod layers;
#[path = "repository/models.rs"]
mod models;

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file under `folder`, relative to the root, sorted; build output and hidden folders other than CI's left out.
fn walk(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path: PathBuf = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let hidden = name.starts_with('.') && ![".ci", ".config", ".gitignore"].contains(&name);
            if path.is_dir() && !hidden && !["target", "node_modules", "dist"].contains(&name) {
                open.push(path);
            } else if path.is_file() && !hidden {
                found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// Fails with every offence on a line of its own.
fn assert_none(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}\n  {}", offences.join("\n  "));
}
