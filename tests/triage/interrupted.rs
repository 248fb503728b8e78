//! A run that is interrupted, however, ends with the bytes that it would have had otherwise.

use super::{Office, messages};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

const OUTPUTS: [&str; 4] = ["rejected.jsonl", "laporan.html", "laporan.json", "antrean"];

/// An office whose input also has lines that cannot be read.
fn office() -> Office {
    let office = Office::new();
    let mut lines = String::new();
    for (at, row) in messages(3000).iter().enumerate() {
        lines += &if at % 100 == 50 { "{\"id\": \n".to_owned() } else { format!("{row}\n") };
    }
    office.save("pesan.jsonl", lines);
    office
}

fn arguments(ending: &str) -> String {
    format!(
        "pesan.jsonl --out antrean.{ending} --region samarinda --report laporan.html --report laporan.json \
         --checkpoint-rows 200"
    )
}

/// What a run left, by name.
fn outputs(office: &Office, ending: &str) -> Vec<(String, Vec<u8>)> {
    let name = |name: &str| if name == "antrean" { format!("antrean.{ending}") } else { name.to_owned() };
    OUTPUTS.iter().map(|output| (name(output), office.read(&name(output)))).collect()
}

fn check(ending: &str) {
    let office = office();
    let start = Instant::now();
    office.sort(&arguments(ending));
    let whole = start.elapsed();
    let expected = outputs(&office, ending);
    let names = office.names();
    for (name, _) in &expected {
        std::fs::remove_file(office.path(name)).unwrap();
    }
    // Killed again and again, each time a little later, until a run comes to its end.
    let mut kills = 0;
    for step in 1.. {
        let mut child = office.command(&arguments(ending)).stderr(Stdio::null()).spawn().unwrap();
        sleep(whole.mul_f64(0.07 * f64::from(step)).max(Duration::from_millis(2)));
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 0, "the program was never caught running");
    for ((name, expected), (_, found)) in expected.iter().zip(outputs(&office, ending)) {
        assert!(*expected == found, "{ending}: {name} differs after {kills} kills");
    }
    assert_eq!(office.names(), names, "something is left over");
}

#[test]
fn killed_runs_end_with_the_same_jsonl() {
    check("jsonl");
}

#[test]
fn killed_runs_end_with_the_same_csv() {
    check("csv");
}

#[test]
fn killed_runs_end_with_the_same_parquet() {
    check("parquet");
}

#[test]
fn killed_runs_end_with_the_same_sqlite() {
    check("sqlite");
}

#[test]
fn nothing_depends_on_threads_or_checkpoints() {
    let office = office();
    office.sort("pesan.jsonl --out a.jsonl --report a.json --rejected a.rejected --jobs 1");
    office.sort("pesan.jsonl --out b.jsonl --report b.json --rejected b.rejected --jobs 5 --checkpoint-rows 77");
    for name in ["jsonl", "json", "rejected"] {
        assert!(office.read(&format!("a.{name}")) == office.read(&format!("b.{name}")), "{name}");
    }
    assert_eq!(office.rows("a.jsonl").len(), 2970);
    assert_eq!(office.rows("a.rejected").len(), 30);
}
