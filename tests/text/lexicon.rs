//! The lexicon's checks, each earned by a text that trips it, and the project's own lexicon.

use crate::{SLANG, slang};
use pilah::text::{Lexicon, LexiconError, Stemming};

#[test]
fn says_which_line_offends() {
    let rows = [
        ("no tab", "yg yang\n", "line 1: found \"yg yang\", expected `from<TAB>to`"),
        ("upper case", "# x\nYG\tyang\n", "line 2: found \"YG\" to be rewritten"),
        ("two words from", "a b\tyang\n", "line 1: found \"a b\" to be rewritten"),
        ("nothing from", "\tyang\n", "line 1: found \"\" to be rewritten"),
        ("nothing to", "\nyg\t\n", "line 2: found \"\" to be written"),
        ("four words to", "yg\ta b c d\n", "line 1: found \"a b c d\" to be written"),
        ("two spaces", "yg\ta  b\n", "line 1: found \"a  b\" to be written"),
        ("two tabs", "yg\tyang\tx\n", "line 1: found \"yang\\tx\" to be written"),
        ("figure to", "yg\tyang2\n", "line 1: found \"yang2\" to be written"),
        (
            "itself",
            "yg\tyg\n",
            "line 1: found \"yg\" to be written, expected a word that no entry rewrites (to \"yg\")",
        ),
        (
            "chain",
            "a\tdi b\nb\tc\n",
            "line 1: found \"b\" to be written, expected a word that no entry rewrites (to \"c\")",
        ),
        ("not normal", "a\tbbb\n", "line 1: found \"bbb\" to be written"),
        (
            "twice",
            "yg\tyang\nx\ty\nyg\tyang\n",
            "line 3: found a second entry for \"yg\", expected one (the first is on line 1)",
        ),
    ];
    for (name, text, expected) in rows {
        match Lexicon::parse(text) {
            Ok(_) => panic!("{name}: parsed"),
            Err(error) => assert!(error.to_string().starts_with(expected), "{name}: {error}"),
        }
    }
}

#[test]
fn entries_are_sorted_and_make_the_same_lexicon() {
    let lexicon = Lexicon::parse("yg\tyang\n# note\n\ndmn\tdi mana\r\n").unwrap();
    assert_eq!(lexicon.entries().collect::<Vec<_>>(), [("dmn", "di mana"), ("yg", "yang")]);
    assert_eq!(Lexicon::from_entries(lexicon.entries()), Ok(lexicon));
    assert_eq!(Lexicon::from_entries(slang().entries()), Ok(slang()));
}

#[test]
fn entries_from_a_file_are_checked_too() {
    let error = Lexicon::from_entries([("a", "b"), ("b", "c")]).unwrap_err();
    assert!(matches!(error, LexiconError::Chain { line: 1, .. }), "{error}");
}

#[test]
fn the_empty_lexicon_knows_nothing() {
    assert_eq!(Lexicon::parse("").unwrap().get("yg"), None);
    assert_eq!(Lexicon::default().entries().len(), 0);
}

#[test]
fn the_projects_lexicon_is_sorted_and_finds_every_entry() {
    let lexicon = slang();
    let file: Vec<(&str, &str)> = SLANG.lines().filter_map(|line| line.split_once('\t')).collect();
    assert!(file.is_sorted(), "sort models/lexicons/slang.tsv");
    assert!(file.len() >= 1_500);
    assert_eq!(lexicon.entries().collect::<Vec<_>>(), file);
    assert!(file.iter().all(|(from, to)| lexicon.get(from) == Some(to)));
}

#[test]
fn stemming_has_stable_codes_and_names() {
    assert!(Stemming::ALL.iter().map(|stemming| stemming.to_code()).eq([0, 1, 2]));
    assert_eq!(Stemming::from_code(3), None);
}
