//! What becomes dev, what is left out, and what the digest covers.

use crate::{collect, folder, line, recipe};
use pilah::train::{Dataset, Example, Recipe};

/// `count` reports of different words, each said twice in nearly the same ones.
fn lines(count: usize) -> String {
    let word = |n: usize| format!("kata{}x", n * 7919 % 10_007);
    let text = |n: usize| (0..12).map(|w| word(n * 100 + w)).collect::<Vec<_>>().join(" ");
    let pair = |n: usize| {
        let text = text(n);
        [line(2 * n, "train", &text, "pu"), line(2 * n + 1, "train", &format!("{text} min"), "air")]
    };
    (0..count).flat_map(pair).collect::<Vec<_>>().join("\n")
}

fn data(recipe: &Recipe, lines: &str) -> Dataset {
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    collect(recipe, folder.path(), &["a.jsonl"], &[]).unwrap().dataset(recipe).unwrap()
}

fn ids(examples: &[Example]) -> Vec<usize> {
    examples.iter().map(|example| example.id.as_ref().unwrap().parse().unwrap()).collect()
}

#[test]
fn without_dev_some_rows_are_held_out() {
    for (share, pairs, least, most) in [
        (None, 200, 20, 60),
        (None, 99, 0, 0),
        (Some(0.0), 200, 0, 0),
        (Some(0.5), 60, 40, 80),
        (Some(0.25), 20, 2, 18),
    ] {
        let mut recipe = recipe(&["unit"]);
        recipe.split_share = share;
        let data = data(&recipe, &lines(pairs));
        let held = data.dev.len();
        assert!((least..=most).contains(&held), "{share:?} of {pairs} pairs: {held}");
        assert_eq!(data.train.len() + held, 2 * pairs);
    }
}

#[test]
fn what_is_held_out_hangs_on_the_id_and_takes_its_twins_along() {
    let recipe = recipe(&["unit"]);
    let (some, more) = (data(&recipe, &lines(150)), data(&recipe, &lines(300)));
    let held = ids(&some.dev);
    assert!(held.len() > 10 && held.chunks(2).all(|pair| pair[1] == pair[0] + 1), "{held:?}");
    let of_these: Vec<usize> = ids(&more.dev).into_iter().filter(|id| *id < 300).collect();
    assert_eq!(of_these, held, "rows keep their sides when the data grows");
}

#[test]
fn with_dev_nothing_is_held_out() {
    let mut recipe = recipe(&["unit"]);
    recipe.split_share = Some(0.5);
    let lines = format!("{}\n{}", lines(150), line(9999, "dev", "hanya satu baris kembang", "pu"));
    assert_eq!(ids(&data(&recipe, &lines).dev), [9999]);
}

#[test]
fn ids_are_of_their_source_or_file() {
    let row = |id: &str, source: &str, text: &str| format!("{{\"id\":{id:?},\"source\":{source},\"text\":{text:?}}}\n");
    let a = [row("1", "null", "satu"), row("1", "null", "satu lagi"), row("1", "\"kota\"", "satu kota")].concat();
    let b = [row("1", "null", "satu di berkas lain"), row("1", "\"kota\"", "satu kota")].concat();
    let folder = folder(&[("a.jsonl", a.as_bytes()), ("b.jsonl", b.as_bytes())]);
    let recipe = recipe(&["unit"]);
    let collection = collect(&recipe, folder.path(), &["a.jsonl", "b.jsonl"], &[]).unwrap();
    let data = collection.dataset(&recipe).unwrap();
    let texts: Vec<&str> = data.train.iter().map(|example| example.text.as_str()).collect();
    assert_eq!(texts, ["satu", "satu kota", "satu di berkas lain"]);
    let counts = collection.counts();
    assert_eq!((counts.rows, &counts.repeated.first), (5, &vec!["a.jsonl:2".to_owned(), "b.jsonl:2".to_owned()]));
    assert_eq!(counts.repeated_but_different.first, ["a.jsonl:2"]);
}

#[test]
fn overlap_is_taken_out_of_train_where_asked() {
    let long = "lampu jalan di depan pasar lama mati total sudah seminggu warga resah gelap sekali";
    let lines = [
        line(1, "train", long, "pu"),
        line(2, "train", &format!("{long} min"), "pu"),
        line(3, "train", "got mampet", "air"),
        line(4, "train", "sampah menumpuk di gang melati", "air"),
        line(5, "dev", &long.to_uppercase(), "pu"),
        line(6, "test", "Got mampet!", "air"),
    ];
    for (drop, expected) in [(false, vec![1, 2, 3, 4]), (true, vec![4])] {
        let mut recipe = recipe(&["unit"]);
        recipe.drop_overlap = drop;
        assert_eq!(ids(&data(&recipe, &lines.join("\n")).train), expected);
    }
}

#[test]
fn the_digest_covers_everything_that_is_read() {
    let digest = |files: &[(&str, &str)], change: &dyn Fn(&mut Recipe)| {
        let mut all = [
            ("a.jsonl", "{\"id\":1,\"text\":\"lampu\",\"unit\":\"pu\",\"Unit\":\"pu\"}"),
            ("k.jsonl", "{\"id\":1,\"unit\":\"pu\"}"),
            ("r.tsv", "id\tunit\n1\tpu\n"),
            ("l.toml", "label = [{ id = \"pu\", name = \"PU\" }]"),
            ("s.tsv", "tlg\ttolong\n"),
        ];
        for (name, text) in files {
            all.iter_mut().find(|file| file.0 == *name).unwrap().1 = text;
        }
        let bytes: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let folder = folder(&bytes);
        let mut recipe = recipe(&["unit"]);
        recipe.relabels.push("r.tsv".into());
        recipe.head[0].labels = Some("l.toml".into());
        recipe.text.slang = Some("s.tsv".into());
        change(&mut recipe);
        let collection = collect(&recipe, folder.path(), &["a.jsonl"], &["k.jsonl"]).unwrap();
        collection.dataset(&recipe).unwrap().digest
    };
    let same = digest(&[], &|_| {});
    assert_eq!(same, digest(&[], &|_| {}), "the folder does not count");
    for file in [
        ("a.jsonl", "{\"id\":1,\"text\":\"lampu mati\",\"unit\":\"pu\"}"),
        ("k.jsonl", "{\"id\":1,\"unit\":\"pu\" }"),
        ("r.tsv", "id\tunit\n2\tpu\n"),
        ("l.toml", "label = [{ id = \"pu\", name = \"Pekerjaan umum\" }]"),
        ("s.tsv", "tlg\ttolong\nyg\tyang\n"),
    ] {
        assert_ne!(digest(&[file], &|_| {}), same, "{file:?}");
    }
    assert_ne!(digest(&[], &|recipe| recipe.head[0].column = Some("Unit".to_owned())), same);
    assert_ne!(digest(&[], &|recipe| recipe.columns.id = Some("id".to_owned())), same);
}
