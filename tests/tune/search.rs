//! Searches over a recipe that was spoilt, so that there is something to be found.

use super::program::{Done, run, run_on};
use super::tiny::{data, edit, train_in, workshop};
use pilah::train::{Progress, Recipe};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SPACE: &str = r#"
"teacher.epochs" = { low = 1, high = 12 }
"teacher.row_rate" = { low = 0.00001, high = 0.1, log = true }
"head.*.balance" = { low = 0.0, high = 1.0 }
"features.pairs" = { values = [true, false] }
"artefacts.*.student.distil" = { low = 0.0, high = 1.0, where_set = true }
"#;

/// A workshop whose recipe learns next to nothing.
fn spoilt() -> TempDir {
    let dir = workshop();
    edit(dir.path(), "recipe.toml", "epochs = 12\nrow_rate = 0.05", "epochs = 1 # passes\nrow_rate = 0.00001");
    fs::write(dir.path().join("space.toml"), SPACE).unwrap();
    dir
}

const ARGUMENTS: [&str; 10] =
    ["tune", "--recipe", "recipe.toml", "--space", "space.toml", "--objective", "accuracy", "--budget", "6", "--out"];

fn tune(folder: &Path, out: &str, more: &[&str]) -> Done {
    let done = run(folder, &[&ARGUMENTS[..], &[out], more].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    done
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn the_better_setting_is_found_and_written() {
    let dir = spoilt();
    edit(dir.path(), "recipe.toml", "epochs = 1 # passes", "epochs = 12 # passes");
    let rate = SPACE.lines().find(|line| line.contains("row_rate")).unwrap();
    fs::write(dir.path().join("space.toml"), rate).unwrap();
    fs::create_dir(dir.path().join("hasil")).unwrap();
    let done = tune(dir.path(), "hasil/winner.toml", &[]);
    assert!(done.out.contains("beyond the noise") && done.out.contains("judge it once on test"), "{}", done.out);
    assert!(done.err.contains("trial 1, 1 of the passes") && done.err.contains("1/9 of the passes"), "{}", done.err);
    let winner = read(dir.path(), "hasil/winner.toml");
    assert!(winner.contains("# passes") && winner.contains("# The teachers side by side."), "comments stay: {winner}");
    let found = Recipe::read(&dir.path().join("hasil/winner.toml")).unwrap();
    assert!(found.teacher.solver.row_rate > 0.001 && found.artefacts.len() == 2, "{winner}");
    let models = pilah::train::train(&found, &dir.path().join("hasil"), &[], &Progress::default()).unwrap();
    let (old, new) = (train_in(dir.path(), &Progress::default()).unwrap(), models);
    assert_ne!(old[0].1.to_bytes(), new[0].1.to_bytes());
}

#[test]
fn the_same_seed_finds_the_same_whatever_the_threads() {
    let dir = spoilt();
    let found = |name: &str, seed: &str, threads: usize| {
        let done = run_on(dir.path(), &[&ARGUMENTS[..], &[name, "--seed", seed]].concat(), threads);
        assert_eq!(done.code, 0, "{}", done.err);
        let log = read(dir.path(), &name.replace(".toml", ".trials.jsonl"));
        (read(dir.path(), name), log, done.out)
    };
    let first = found("a.toml", "1", 1);
    assert!(first == found("b.toml", "1", 4), "the same seed finds something else");
    assert_ne!(first.1, found("c.toml", "2", 2).1, "another seed tries the same");
}

#[test]
fn an_interrupted_search_goes_on() {
    let dir = spoilt();
    let whole = tune(dir.path(), "a.toml", &[]);
    let (winner, log) = (read(dir.path(), "a.toml"), read(dir.path(), "a.trials.jsonl"));
    let trials = log.lines().count() - 1;
    assert!(whole.out.contains(&format!("{trials} trials (0 of them from the log)")), "{}", whole.out);
    let start = log.match_indices('\n').map(|(at, _)| at + 1).collect::<Vec<_>>();
    for (lines, cut) in [(0, 0), (0, 9), (1, 0), (5, 20), (trials, 30), (trials + 1, 0)] {
        let end = if lines == 0 { 0 } else { start[lines - 1] };
        fs::write(dir.path().join("b.trials.jsonl"), &log[..end + cut]).unwrap();
        let again = tune(dir.path(), "b.toml", &[]);
        let known = lines.saturating_sub(1);
        assert!(again.out.contains(&format!("{trials} trials ({known} of them")), "after {lines} lines: {}", again.out);
        assert_eq!(read(dir.path(), "b.toml"), winner, "after {lines} lines and {cut} bytes");
        assert_eq!(read(dir.path(), "b.trials.jsonl"), log, "after {lines} lines and {cut} bytes");
        let table = |done: &Done| done.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(table(&again), table(&whole), "after {lines} lines");
    }
}

#[test]
fn rows_of_test_are_never_looked_at() {
    let dir = spoilt();
    tune(dir.path(), "a.toml", &[]);
    let nonsense: String = data()
        .lines()
        .map(|line| {
            if line.contains("\"test\"") {
                "{\"split\":\"test\",\"text\":\"x\",\"topik\":\"tiada\"}\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    fs::write(dir.path().join("data/laporan.jsonl"), nonsense).unwrap();
    tune(dir.path(), "b.toml", &[]);
    assert_eq!(read(dir.path(), "a.toml"), read(dir.path(), "b.toml"));
}

/// A recipe that learns from dev in the end must not be judged on what it has learnt.
#[test]
fn dev_rows_are_not_learnt_from() {
    let dir = spoilt();
    let plain = tune(dir.path(), "a.toml", &[]);
    let recipe = read(dir.path(), "recipe.toml");
    fs::write(dir.path().join("recipe.toml"), format!("refit_on_dev = true\n{recipe}")).unwrap();
    let refit = tune(dir.path(), "b.toml", &[]);
    assert_eq!(plain.out, refit.out);
    assert_eq!(read(dir.path(), "b.toml"), format!("refit_on_dev = true\n{}", read(dir.path(), "a.toml")));
}

#[test]
fn data_without_dev_has_some_held_out() {
    let dir = spoilt();
    fs::write(dir.path().join("data/laporan.jsonl"), data().replace("\"dev\"", "\"train\"")).unwrap();
    let done = tune(dir.path(), "a.toml", &[]);
    let rows: usize = done.out.split(" rows").next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    assert!((4..=12).contains(&rows), "{rows} of 41 rows held out: {}", done.out);
}

#[test]
fn one_head_and_one_artefact_are_tuned() {
    let dir = spoilt();
    let done = tune(dir.path(), "a.toml", &["--head", "segera", "--artefact", "mungil"]);
    assert!(done.out.starts_with("accuracy of segera on "), "{}", done.out);
    assert!(!done.out.contains("topik  "), "only the head's column is shown: {}", done.out);
    let log = read(dir.path(), "a.trials.jsonl");
    assert!(log.contains("\"artefact\":\"mungil\"") && log.contains("artefacts.mungil.student.distil"), "{log}");
    assert!(!log.contains("artefacts.besar"), "{log}");
}

#[test]
fn a_recipe_that_is_best_stays() {
    let dir = workshop();
    let space = "\"teacher.row_rate\" = { low = 0.0000001, high = 0.000001, log = true }\n";
    fs::write(dir.path().join("space.toml"), space).unwrap();
    let done = tune(dir.path(), "a.toml", &[]);
    assert!(done.out.contains("No trial did better than the recipe"), "{}", done.out);
    assert_eq!(read(dir.path(), "a.toml"), read(dir.path(), "recipe.toml"));
}

#[test]
fn no_time_leaves_the_recipe() {
    let dir = spoilt();
    let done = tune(dir.path(), "a.toml", &["--time", "0s"]);
    assert!(done.out.contains("1 trials") && done.out.contains("Time ran out"), "{}", done.out);
    assert_eq!(read(dir.path(), "a.toml"), read(dir.path(), "recipe.toml"));
}
