//! Same data and same recipe give the same bytes, whatever the machine does; another seed gives others.

use super::tiny::{artefacts, data, edit, train_in, workshop};
use pilah::model::Model;
use pilah::train::{Event, Progress};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

fn bytes(models: &[(String, Model)]) -> Vec<(String, Vec<u8>)> {
    models.iter().map(|(name, model)| (name.clone(), model.to_bytes())).collect()
}

fn trained(dir: &Path) -> Vec<(String, Vec<u8>)> {
    bytes(&train_in(dir, &Progress::default()).unwrap())
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    for refit in [false, true] {
        let dir = workshop();
        if refit {
            edit(dir.path(), "recipe.toml", "seed = 11", "seed = 11\nrefit_on_dev = true");
        }
        let runs = [1, 2, 4].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            (threads, pool.install(|| trained(dir.path())))
        });
        for (threads, run) in &runs {
            assert!(*run == runs[0].1, "{threads} threads give other bytes than 1 (refit_on_dev = {refit})");
        }
        assert_eq!(runs[0].1 == bytes(artefacts()), !refit, "refit_on_dev = {refit}");
    }
}

/// A folder is read by names: neither the order in which its files were made nor what else lies there counts.
#[test]
fn the_order_of_making_files_does_not_count() {
    let lines: Vec<String> = data().lines().map(str::to_owned).collect();
    let parts: Vec<String> = lines.chunks(10).map(|lines| lines.join("\n")).collect();
    let make = |order: &[usize]| {
        let dir = workshop();
        fs::remove_file(dir.path().join("data/laporan.jsonl")).unwrap();
        for &part in order {
            fs::write(dir.path().join(format!("data/{part}.jsonl")), &parts[part]).unwrap();
        }
        fs::write(dir.path().join("data/catatan.txt"), format!("{order:?}")).unwrap();
        trained(dir.path())
    };
    assert_eq!(parts.len(), 5);
    let first = make(&[0, 1, 2, 3, 4]);
    assert!(first == make(&[4, 3, 2, 1, 0]), "files made backwards give other bytes");
    assert!(first == make(&[2, 0, 4, 1, 3]), "files made at random give other bytes");
}

#[test]
fn where_the_folder_lies_does_not_count() {
    assert!(trained(workshop().path()) == bytes(artefacts()));
}

#[test]
fn what_is_learnt_from_counts() {
    let differs = |file: &str, from: &str, to: &str| {
        let dir = workshop();
        edit(dir.path(), file, from, to);
        let found = trained(dir.path());
        for ((name, new), (_, old)) in found.iter().zip(bytes(artefacts())) {
            assert!(*new != old, "{file}: {from} -> {to} leaves {name} as it was");
        }
    };
    differs("recipe.toml", "seed = 11", "seed = 12");
    differs("recipe.toml", "members = 2", "members = 3");
    differs("data/laporan.jsonl", "gelap sekali", "terang sekali");
    differs("relabels.tsv", "r0-6\tobrolan", "r0-6\tlampu");
    differs("slang.tsv", "tlg\ttolong", "tlgg\ttolong");
    differs("rules.toml", "bau menyengat", "bau busuk");
}

#[test]
fn spelling_of_the_recipe_does_not_count() {
    let dir = workshop();
    edit(dir.path(), "recipe.toml", "seed = 11", "# another comment\nseed    =  0xB");
    assert!(trained(dir.path()) == bytes(artefacts()));
}

#[test]
fn progress_counts_every_pass() {
    let parts = Arc::new(Mutex::new(Vec::new()));
    let steps = Arc::new(AtomicUsize::new(0));
    let (heard, counted) = (Arc::clone(&parts), Arc::clone(&steps));
    let progress = Progress::new(move |event| match event {
        Event::Begin(what, total) => heard.lock().unwrap().push((what.to_owned(), total)),
        Event::Step => drop(counted.fetch_add(1, Ordering::Relaxed)),
    });
    train_in(workshop().path(), &progress).unwrap();
    let parts = parts.lock().unwrap();
    // 2 teachers and 1 student of 12 passes each.
    assert_eq!(*parts, [("teachers".to_owned(), 24), ("artefacts".to_owned(), 12)]);
    assert_eq!(steps.load(Ordering::Relaxed), 36);
}
