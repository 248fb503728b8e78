//! What a library user and the browser are given: a handful of small crates.

use super::root;
use std::collections::BTreeSet;
use std::process::Command;

/// Linked into the bare library on wasm32.
const LINKED: [&str; 7] = ["crc", "crc-catalog", "libm", "serde", "serde_core", "thiserror", "unicode-segmentation"];
/// Run by the compiler only.
const COMPILE_TIME: [&str; 6] = ["proc-macro2", "quote", "serde_derive", "syn", "thiserror-impl", "unicode-ident"];

#[test]
fn bare_library_on_wasm_pulls_in_exactly_these() {
    let tree = ["tree", "--target", "wasm32-unknown-unknown", "--no-default-features", "--edges", "normal"];
    let plain = ["--prefix", "none", "--format", "{p}", "--color", "never", "--locked", "--offline"];
    let output = Command::new(env!("CARGO")).args(tree).args(plain).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    let found: BTreeSet<&str> =
        listed.lines().filter_map(|line| line.split(' ').next()).filter(|name| *name != "pilah").collect();
    let expected: BTreeSet<&str> = LINKED.into_iter().chain(COMPILE_TIME).collect();
    assert_eq!(
        found, expected,
        "a new dependency of the browser's build: make it optional and target-gated, or list it here"
    );
}
