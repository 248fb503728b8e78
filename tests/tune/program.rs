//! The program, run in a folder.

use assert_cmd::Command;
use std::path::Path;

/// What the program did.
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Done {
    run_on(folder, arguments, 2)
}

pub(crate) fn run_on(folder: &Path, arguments: &[&str], threads: usize) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").env("RAYON_NUM_THREADS", threads.to_string());
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}
