//! `pilah triage` as an office meets it: one queue out of many exports, and a night's work that can be trusted.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "triage/interrupted.rs"]
mod interrupted;
#[path = "triage/queue.rs"]
mod queue;
#[path = "triage/trouble.rs"]
mod trouble;

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with an input in it, in which the program runs.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// An office with `rows` in `pesan.jsonl`.
    fn with(rows: &[Value]) -> Self {
        let office = Self::new();
        let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
        office.save("pesan.jsonl", lines);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn save(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The rows of a JSONL file.
    fn rows(&self, name: &str) -> Vec<Value> {
        String::from_utf8(self.read(name)).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The names of all files and folders, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// `pilah triage` with the small model and these arguments, parted by blanks.
    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
        command.current_dir(self.folder.path()).args(["triage", "--kecil"]).args(arguments.split_whitespace());
        command
    }

    fn run(&self, arguments: &str) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs and expects that it ends well; returns what was told.
    fn sort(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments}: {told}");
        told
    }

    /// Runs and expects that it fails; returns what was told.
    fn fail(&self, arguments: &str) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}: {told}");
        told
    }
}

/// The texts written for the project, over and over, `rows` of them; some come again word for word.
fn messages(rows: usize) -> Vec<Value> {
    let seed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/seed.jsonl")).unwrap();
    let texts: Vec<String> = seed
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let text = |at: usize| {
        let (a, b) = (&texts[at % texts.len()], &texts[(at * 7 + at / texts.len()) % texts.len()]);
        if at % 5 == 4 { a.clone() } else { format!("{a} {b}") }
    };
    (0..rows).map(|at| json!({"id": at, "text": text(if at % 10 == 9 { at / 2 } else { at })})).collect()
}
