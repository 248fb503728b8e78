//! The rule layer itself: when a rule fires, what it marks, and what its two file forms refuse.

#![cfg(feature = "train")]

use pilah::model::{Rule, Rules, RulesError};
use pilah::text::{Kind, Normalizer, Span, Word, segment};
use proptest::prelude::*;

const HEAD: &str = "head = \"urgency\"\norder = [\"rendah\", \"sedang\", \"tinggi\", \"darurat\"]\n";

const SMALL: &str = r#"
head = "urgency"
order = ["rendah", "sedang", "tinggi", "darurat"]
window = 4
near = 2
unless = ["@past", "kalau"]
never = ["simulasi"]
hides = ["rumah makan padang"]

[lists]
past = ["tahun lalu", "pernah"]
house = ["rumah*", "ruko"]

[[rule]]
id = "sparks"
label = "tinggi"
all = [["tiang", "kabel"], ["percik*"]]

[[rule]]
id = "fire"
label = "darurat"
all = [["@house"], ["terbakar", "muncul api"]]

[[rule]]
id = "wide"
label = "darurat"
window = 12
unless = []
never = []
all = [["asap tebal"], ["@house"]]
"#;

fn small() -> Rules {
    Rules::from_toml(SMALL).expect("the rules of this test are right")
}

/// Returns `rule: words | words` of the raise above `rank`, or an empty string.
fn raise(text: &str, rank: usize) -> String {
    let (rules, words) = (small(), Normalizer::default().normalize(&segment(text)));
    let Some(found) = rules.apply(text, &words, rank) else { return String::new() };
    let marked: Vec<&str> = found.spans.iter().map(|span| &text[span.start..span.end]).collect();
    format!("{}: {}", rules.rule(found.rule).expect("a known rule").id(), marked.join(" | "))
}

#[test]
fn a_rule_fires_where_its_words_are_close_and_nothing_speaks_against_it() {
    let cases = [
        ("any order", "Terbakar itu rumahnya", 0, "fire: Terbakar | rumahnya"),
        ("phrase", "di ruko muncul  API", 0, "fire: ruko | muncul  API"),
        ("phrase not across sentences", "ruko muncul. Api", 0, ""),
        ("prefix is not the middle", "serumah terbakar", 0, ""),
        ("window", "rumah a b terbakar", 0, "fire: rumah | terbakar"),
        ("outside the window", "rumah a b c terbakar", 0, ""),
        ("later place fits", "rumah a b c terbakar rumah", 0, "fire: terbakar | rumah"),
        ("sentence end", "Ini rumah. Terbakar tadi", 0, ""),
        ("sentence end in a wide window", "Asap tebal. Dari rumah", 0, "wide: Asap tebal | rumah"),
        ("abbreviation", "rumah jl. terbakar", 0, "fire: rumah | terbakar"),
        ("near", "rumah terbakar a pernah", 0, ""),
        ("not so near", "rumah terbakar a b pernah", 0, "fire: rumah | terbakar"),
        ("near, before", "kalau a rumah terbakar", 0, ""),
        ("phrase near", "rumah terbakar tahun lalu", 0, ""),
        ("second place is free", "kalau rumah terbakar a b c ruko terbakar", 0, "fire: ruko | terbakar"),
        ("anywhere", "simulasi a b c d e f g rumah terbakar", 0, ""),
        ("own exceptions", "simulasi kalau asap tebal rumah", 0, "wide: asap tebal | rumah"),
        ("hidden", "rumah makan padang terbakar", 0, ""),
        ("not hidden", "rumah makan terbakar", 0, "fire: rumah | terbakar"),
        ("strongest", "kabel memercik percikan rumah terbakar", 0, "fire: rumah | terbakar"),
        ("only above the rank", "tiang percikan", 2, ""),
        ("above the rank", "tiang percikan", 1, "sparks: tiang | percikan"),
        ("nothing above the last", "rumah terbakar", 3, ""),
        ("empty", "", 0, ""),
    ];
    for (name, text, rank, expected) in cases {
        assert_eq!(raise(text, rank), expected, "{name}: {text}");
    }
}

#[test]
fn every_match_is_found_strongest_first() {
    let (rules, text) = (small(), "tiang percikan, rumah terbakar");
    let found = rules.all_matches(text, &Normalizer::default().normalize(&segment(text)));
    let ids: Vec<_> = found.iter().filter_map(|one| rules.rule(one.rule)).map(Rule::id).collect();
    assert_eq!(ids, ["fire", "sparks"]);
}

#[test]
fn no_rules_raise_nothing_and_keep_their_byte_form() {
    let none = Rules::default();
    assert!(none.is_empty());
    assert_eq!(Rules::from_bytes(&none.to_bytes()).as_ref(), Ok(&none));
    assert_eq!(none.apply("rumah terbakar", &Normalizer::default().normalize(&segment("rumah terbakar")), 0), None);
}

#[test]
fn wrong_toml_is_told_apart() {
    let rule = |entry: &str| format!("{HEAD}[[rule]]\nid = \"x\"\n{entry}");
    let cases = [
        ("no toml", "head = ".to_owned(), "line 1"),
        ("unknown field", format!("{HEAD}windows = 3"), "unknown field `windows`"),
        ("unknown label", rule("label = \"gawat\"\nall = [[\"api\"]]"), "label \"gawat\", expected a label of `order`"),
        ("no group", rule("label = \"darurat\"\nall = []"), "rule \"x\": found no group"),
        ("empty group", rule("label = \"darurat\"\nall = [[]]"), "rule \"x\": found no group, an empty one"),
        ("unknown list", rule("label = \"darurat\"\nall = [[\"@a\"]]"), "\"@a\", expected a list of `[lists]`"),
        ("upper case", rule("label = \"darurat\"\nall = [[\"Api\"]]"), "\"Api\", expected 1 to 4 lower-case words"),
        ("long phrase", rule("label = \"darurat\"\nall = [[\"a b c d e\"]]"), "expected 1 to 4 lower-case words"),
        ("short prefix", rule("label = \"darurat\"\nall = [[\"ap*\"]]"), "`*` after 3 letters or more"),
        ("blank", rule("label = \"darurat\"\nall = [[\" \"]]"), "expected 1 to 4 lower-case words"),
        ("id twice", SMALL.replace("\"wide\"", "\"fire\""), "rule \"fire\": found the id twice"),
        ("label twice", SMALL.replace("\"sedang\"", "\"rendah\""), "order: found \"rendah\" twice"),
        ("endless list", SMALL.replace("\"ruko\"]", "\"@house\"]"), "expected lists that end somewhere"),
    ];
    for (name, toml, expected) in cases {
        let error = Rules::from_toml(&toml).expect_err(name).to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn bytes_survive_the_round_trip() {
    let bytes = small().to_bytes();
    let again = Rules::from_bytes(&bytes).expect("what was written");
    assert_eq!((again.to_bytes(), &again), (bytes, &small()));
    assert_eq!((again.head(), again.order().len(), again.len()), ("urgency", 4, 3));
    assert_eq!(again.iter().map(Rule::rank).collect::<Vec<_>>(), [2, 3, 3]);
}

#[test]
fn every_truncation_and_every_addition_is_refused() {
    let bytes = small().to_bytes();
    for end in 0..bytes.len() {
        let error = Rules::from_bytes(&bytes[..end]).expect_err("a part is no whole");
        assert!(matches!(error, RulesError::Bytes { at, .. } if at <= end), "{end}: {error}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(
        Rules::from_bytes(&longer).map_err(|error| error.to_string()),
        Err(format!("rules: byte {}: found 1 more bytes, expected the end", bytes.len()))
    );
}

#[test]
fn every_flipped_bit_gives_an_error_or_rules_that_work() {
    let bytes = small().to_bytes();
    let text = "simulasi rumah terbakar tahun lalu, kabel percikan asap tebal ruko";
    let words = Normalizer::default().normalize(&segment(text));
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(rules) = Rules::from_bytes(&flipped) {
            rules.all_matches(text, &words);
            assert_eq!(rules.to_bytes(), flipped, "bit {bit}: one set of rules, one byte form");
        }
    }
}

/// Words of the rules and others, at spans that need not fit the text.
fn some_words() -> impl Strategy<Value = Vec<Word<'static>>> {
    let text = prop::sample::select(vec![
        "rumah", "rumahnya", "ruko", "terbakar", "muncul", "api", "asap", "tebal", "tiang", "percikan", "pernah",
        "simulasi", "", "tahun", "lalu", "kalau", "é", "🔥", "<angka>", "x",
    ]);
    let word = (text, 0..60_usize, 0..9_usize);
    prop::collection::vec(word, 0..40).prop_map(|words| {
        let word = |(text, start, length): (&'static str, usize, usize)| Word {
            text: text.into(),
            span: Span { start, end: start + length },
            kind: Kind::Word,
        };
        words.into_iter().map(word).collect()
    })
}

proptest! {
    #[test]
    fn whatever_the_words_it_never_panics_and_apply_is_the_first_match(text in ".{0,60}", words in some_words()) {
        let rules = small();
        let all = rules.all_matches(&text, &words);
        prop_assert_eq!(rules.apply(&text, &words, 0), all.first().cloned());
        prop_assert!(all.is_sorted_by_key(|one| std::cmp::Reverse(one.rank)));
        for one in all {
            prop_assert!(!one.spans.is_empty() && one.spans.is_sorted());
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Rules::from_bytes(&bytes);
        let _ = Rules::from_bytes(&[&[1, 0, 0][..], &bytes].concat());
    }
}
