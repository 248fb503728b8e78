//! The `pilah` program as a user meets it: answers, streams, errors and exit codes, with the shipped model.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "cli/evaluate.rs"]
mod evaluate;
#[path = "cli/person.rs"]
mod person;
#[path = "cli/reports.rs"]
mod reports;
#[path = "cli/stream.rs"]
mod stream;
#[path = "cli/usage.rs"]
mod usage;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const LAMP: &str = "Lampu jalan di depan pasar mati total sudah seminggu, gelap sekali";
const FIRE: &str = "Kebakaran rumah di Gang Melati, api membesar dan nenek masih terjebak di dalam";
const HEADS: [&str; 4] = ["category", "agency", "urgency", "type"];

/// What the program did.
struct Done {
    code: i32,
    out: String,
    err: String,
}

fn pilah() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

fn run(arguments: &[&str], stdin: &[u8]) -> Done {
    done(pilah().args(arguments).write_stdin(stdin))
}

fn done(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file of the given name and content; it lives as long as the folder returned.
fn file(name: &str, content: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn shipped(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "models", name].iter().collect()
}
