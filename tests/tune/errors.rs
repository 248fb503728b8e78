//! What is wrong is said before anything learns.

use super::program::run;
use super::tiny::workshop;
use std::fs;

/// Further arguments, content of the space, exit code, and what the message must say.
type Case<'c> = (&'c [&'c str], &'c str, i32, &'c [&'c str]);

const SPACE: &str = "\"teacher.epochs\" = { low = 1, high = 3 }\n";

#[test]
fn wrong_use_is_told() {
    let cases: [Case<'_>; 14] = [
        (&["--head", "gawat"], SPACE, 2, &["--head", "gawat", "topik, segera"]),
        (&["--artefact", "kecil"], SPACE, 2, &["--artefact", "kecil", "besar, mungil"]),
        (&["--budget", "0"], SPACE, 2, &["--budget"]),
        (&["--time", "10"], SPACE, 2, &["--time", "10m"]),
        (&["--space", "tiada.toml"], SPACE, 1, &["tiada.toml"]),
        (&["--out", "tiada/winner.toml"], SPACE, 1, &["tiada"]),
        (&["--recipe", "slang.tsv"], SPACE, 1, &["slang.tsv", "no TOML"]),
        (&[], "\"teacher.epochs\" = { low = 3, high = 3 }", 1, &["teacher.epochs", "3 to 3", "below"]),
        (&[], "\"teacher.epochs\" = { low = 3 }", 1, &["teacher.epochs", "low", "high"]),
        (&[], "\"teacher.row_rate\" = { low = 0.0, high = 1.0, log = true }", 1, &["above 0 with `log`"]),
        (&[], "\"features.pairs\" = { values = [true] }", 1, &["features.pairs", "two or more"]),
        (&[], "\"features.pairs\" = { value = [true] }", 1, &["unknown field", "value"]),
        (
            &[],
            "\"teacher.typo\" = { low = 1, high = 3 }",
            1,
            &["no settings of the search space make a recipe", "typo"],
        ),
        (&[], "\"teacher.typo\" = { low = 1, high = 3, where_set = true }", 1, &["no setting of this recipe"]),
    ];
    for (more, space, code, parts) in cases {
        let dir = workshop();
        fs::write(dir.path().join("space.toml"), space).unwrap();
        let mut arguments = vec!["tune"];
        for (option, value) in [("--recipe", "recipe.toml"), ("--space", "space.toml"), ("--out", "winner.toml")] {
            if !more.contains(&option) {
                arguments.extend([option, value]);
            }
        }
        let done = run(dir.path(), &[&arguments[..], more].concat());
        assert_eq!(done.code, code, "{more:?} {space:?}: {}", done.err);
        assert!(
            parts.iter().all(|part| done.err.contains(part)),
            "{more:?} {space:?}: {:?} lacks one of {parts:?}",
            done.err
        );
        assert!(!done.err.contains("trial 1,"), "{more:?} {space:?}: learnt before it was refused");
    }
}

#[test]
fn another_search_s_log_is_refused() {
    let dir = workshop();
    fs::write(dir.path().join("space.toml"), SPACE).unwrap();
    let arguments = ["tune", "--recipe", "recipe.toml", "--space", "space.toml", "--out", "a.toml", "--budget", "1"];
    assert_eq!(run(dir.path(), &arguments).code, 0);
    let log = dir.path().join("a.trials.jsonl");
    let good = fs::read_to_string(&log).unwrap();
    let first = good.lines().next().unwrap();
    for (content, parts) in [
        (good.replacen("\"besar\"", "\"lain\"", 1), ["another search", "artefacts differ"]),
        (good.replacen("\"rows\":16", "\"rows\":17", 1), ["another search", "rows differ"]),
        ("catatan saya\n".to_owned(), ["a.trials.jsonl:1", "--log"]),
        (format!("{first}\n{{}}\n"), ["a.trials.jsonl:2", "--log"]),
    ] {
        fs::write(&log, &content).unwrap();
        let done = run(dir.path(), &arguments);
        assert_eq!(done.code, 1, "{content}");
        assert!(parts.iter().all(|part| done.err.contains(part)), "{:?} lacks one of {parts:?}", done.err);
        assert_eq!(fs::read_to_string(&log).unwrap(), content, "the file is left as it was");
    }
}
