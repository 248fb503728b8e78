//! Duplicates against brute force: every pair of rows compared by the definition.
#![cfg(all(feature = "triage", not(target_family = "wasm")))]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "triage_duplicates/rows.rs"]
mod rows;

use pilah::triage::duplicates::{Sketch, SketchBuffer, SketchFile, Sketcher, group};
use rows::{Draw, rows, seeds};
use std::collections::BTreeSet;
use std::path::Path;

const ROWS: usize = 5000;

/// What brute force and [`group`] say of all pairs.
#[derive(Debug, Default)]
struct Pairs {
    /// Pairs that overlap by four fifths.
    same: u64,
    /// Pairs that are in one group.
    grouped: u64,
    /// Pairs that are both.
    both: u64,
}

fn sketches(texts: &[String]) -> Vec<Sketch> {
    let mut sketcher = Sketcher::new();
    let sketch = |text: &String| {
        let mut sketch = Sketch::default();
        sketcher.sketch(text, &mut sketch);
        sketch
    };
    texts.iter().map(sketch).collect()
}

/// Returns the first row of each row's group, with the rows in files of these sizes.
fn roots(sketches: &[Sketch], sizes: &[usize], budget: usize) -> Vec<u32> {
    let folder = tempfile::tempdir().unwrap();
    let (mut buffer, mut files, mut first) = (SketchBuffer::default(), Vec::new(), 0);
    for &size in sizes {
        sketches[first..first + size].iter().for_each(|sketch| buffer.push(sketch));
        files.push(file(&mut buffer, folder.path(), first));
        first += size;
    }
    assert_eq!(first, sketches.len());
    let mut groups = group(&files, folder.path(), budget).unwrap();
    (0..first as u32).map(|row| groups.root(row).unwrap()).collect()
}

fn file(buffer: &mut SketchBuffer, folder: &Path, first: usize) -> SketchFile {
    let path = folder.join(first.to_string());
    // A file without rows and the one after it begin at the same row.
    let path = if path.exists() { folder.join(format!("{first}b")) } else { path };
    buffer.write(&path, first as u32).unwrap();
    SketchFile::open(&path).unwrap()
}

fn overlap(a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> bool {
    let shared = a.intersection(b).count();
    shared > 0 && 10 * shared >= 8 * (a.len() + b.len() - shared)
}

fn brute_force(sketches: &[Sketch], roots: &[u32]) -> Pairs {
    let sets: Vec<BTreeSet<u32>> = sketches.iter().map(|sketch| sketch.shingles().iter().copied().collect()).collect();
    let mut pairs = Pairs::default();
    for (i, a) in sets.iter().enumerate() {
        for (j, b) in sets[..i].iter().enumerate() {
            // Sets of too different sizes cannot overlap by four fifths; a little more is looked at.
            let close = 4 * a.len() >= 3 * b.len() && 4 * b.len() >= 3 * a.len();
            let same = close && overlap(a, b);
            let grouped = roots[i] == roots[j];
            pairs.same += u64::from(same);
            pairs.grouped += u64::from(grouped);
            pairs.both += u64::from(same && grouped);
        }
    }
    pairs
}

#[test]
fn groups_agree_with_brute_force() {
    let sketches = sketches(&rows(ROWS, &mut Draw(1)));
    let pairs = brute_force(&sketches, &roots(&sketches, &[ROWS], 1 << 26));
    let (recall, precision) = (pairs.both as f64 / pairs.same as f64, pairs.both as f64 / pairs.grouped as f64);
    println!("{pairs:?}: recall {recall:.4}, precision {precision:.4}");
    assert!(recall >= 0.95 && precision >= 0.98, "{pairs:?}: recall {recall:.4}, precision {precision:.4}");
    // What is said of one set of rows would be worth little if they were all alike or all different.
    assert!(pairs.same > 5000, "{pairs:?}");
}

#[test]
fn groups_do_not_depend_on_files_or_memory() {
    let sketches = sketches(&rows(ROWS, &mut Draw(2)));
    let expected = roots(&sketches, &[ROWS], 1 << 26);
    for (sizes, budget) in [
        (vec![1000; 5], 1 << 26),
        (vec![25; 200], 1 << 26),
        (vec![1, 0, 4998, 0, 1], 1 << 26),
        (vec![ROWS], 1 << 16),
        (vec![1250; 4], 1 << 14),
    ] {
        assert_eq!(roots(&sketches, &sizes, budget), expected, "{sizes:?} {budget}");
    }
}

#[test]
fn retold_is_the_same_and_another_place_is_not() {
    let told = "Lampu jalan di depan SD Negeri 3 Sukamaju mati sudah dua minggu, anak pulang mengaji takut lewat";
    for (text, same) in [
        (told.to_owned(), true),
        (told.to_uppercase(), true),
        (format!("Diteruskan: {told} \u{1f64f}\u{1f64f}"), true),
        (told.replace("takut", "jadi takut"), true),
        (told.replace("Negeri 3 Sukamaju mati", "Negeri 7 Banjarsari rusak"), false),
        ("Sampah di pasar belum diangkut sejak hari Senin".to_owned(), false),
        ("mati lampu".to_owned(), false),
    ] {
        let roots = roots(&sketches(&[told.to_owned(), text.clone()]), &[2], 1 << 20);
        assert_eq!(roots[1] == 0, same, "{text}");
    }
    let short = sketches(&["mati lampu lagi".to_owned(), "mati lampu lagi".to_owned()]);
    assert_eq!(roots(&short, &[2], 1 << 20), [0, 1]);
}

/// Complaints that people wrote apart from each other are not the same, however alike they are.
#[test]
fn seeds_are_not_duplicates() {
    let sketches = sketches(&seeds());
    let roots = roots(&sketches, &[sketches.len()], 1 << 26);
    let joined = (0..).zip(&roots).filter(|(row, root)| row != *root).count();
    println!("{joined} of {} seeds are duplicates", roots.len());
    assert!(joined * 200 < roots.len(), "{joined} of {}", roots.len());
}
