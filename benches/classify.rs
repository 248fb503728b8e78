//! What a classification costs, stage by stage and from end to end, with both shipped models, on one thread.
//!
//! ```text
//! cargo bench --bench classify                     # everything, about two minutes
//! cargo bench --bench classify -- classify         # from end to end, and the count that any TF-IDF must do
//! cargo bench --bench classify -- penuh/300        # one model, one length
//! cargo bench --bench classify -- ratio            # only the last table: pilah against the count, in turns
//! ```
//!
//! `elem/s` are texts per second. On a machine with other work compare the last table, where pilah and the count take
//! turns on the same text and the fastest turn of each stands for it. The count (`count`) splits a text by Unicode's word
//! rules and counts words and character 3-5-grams in a `HashMap`: what a TF-IDF vectoriser does before its first weight.
//!
//! Before there were sessions, and with them: microseconds a text, fastest of 200 turns of 20, old and new code in turns in
//! one run on an AMD EPYC with AVX2; in brackets thousands of instructions (callgrind). A session knows all words here. Both codes
//! had the same models, of an earlier recipe: `penuh` had 128 hidden units.
//!
//! | model, characters | before | `classify` | `Session::classify` | before, brief | `Session`, brief |
//! |---|---|---|---|---|---|
//! | penuh, 50 | 6.84 (98) | 6.03 (84) | 3.85 (58) | 4.74 (66) | 2.26 (36) |
//! | penuh, 300 | 19.11 (274) | 16.61 (230) | 11.16 (160) | 12.24 (172) | 5.93 (93) |
//! | penuh, 1000 | 51.28 (704) | 43.08 (581) | 28.33 (400) | 31.36 (442) | 14.99 (245) |
//! | kecil, 50 | 4.49 (59) | 4.56 (61) | 2.38 (36) | 3.33 (44) | 1.60 (24) |
//! | kecil, 300 | 12.30 (171) | 12.37 (176) | 6.90 (105) | 9.57 (134) | 4.77 (74) |
//! | kecil, 1000 | 32.89 (473) | 32.61 (471) | 18.49 (291) | 26.01 (380) | 13.12 (217) |

#![allow(missing_docs, reason = "criterion's macros write functions without docs")]

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, measurement::WallTime};
use pilah::Classifier;
use pilah::text::segment;
use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

/// Written for this file, about as long as their names say, in the spelling that citizens use.
const REPORTS: [(&str, &str); 3] = [
    ("50", "Lampu jalan dkt SDN 3 mati, gelap bgt klo malam!!!"),
    (
        "300",
        "Assalamualaikum min, mau lapor lampu jalan di depan SDN 3 Kel. Sukamaju udah mati lebih dari 2 minggu, jadi \
         gelap bgt klo malam & rawan begal. Kemarin tetangga saya jatuh krn lubang di aspal yg tidak kelihatan. Sudah \
         lapor RT tapi blm ada tindak lanjut, tolong segera diperbaiki ya pak. #JalanGelap",
    ),
    (
        "1000",
        "Selamat pagi Bapak/Ibu, saya warga Gang Kenanga RT 04 RW 07 ingin menyampaikan keluhan soal saluran air di \
         kampung kami. Sejak pembangunan ruko di ujung gang bulan lalu, got di kiri jalan tertutup material dan air tidak \
         bisa mengalir. Setiap hujan deras lebih dari 30 menit, air naik sampai 40 cm dan masuk ke rumah2 warga, termasuk \
         rumah orang tua saya yang sudah 70 tahun & baru pulang opname. Baunya menyengat krn bercampur sampah, anak-anak \
         mulai gatal-gatal dan ada 2 balita yg demam. Kami sdh 3x menghubungi pihak pengembang lewat WA 0812-0000-0000 \
         tapi cuma dijawab \"nanti dicek\". Pak RT juga sudah bersurat ke kelurahan tgl 12/03, sampai sekarang blm ada \
         petugas yang datang. Mohon dinas terkait meninjau lokasi, membersihkan sumbatan, dan menegur pengembang spy \
         bekas galian dirapikan. Kalau dibiarkan kami takut banjirnya makin paraaah dan muncul demam berdarah seperti \
         tahun kemarin. Foto & denah: https://contoh.go.id/got-kenanga. Terima kasih banyak atas perhatiannya \u{1f64f}",
    ),
];

const MODELS: [&str; 2] = ["penuh", "kecil"];

/// How often pilah and the count take turns, and how many texts a turn has.
const TURNS: usize = 300;
const TEXTS_A_TURN: u32 = 20;

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = stages, classify
}

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    // `cargo test --benches` only asks whether everything runs.
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        ratio();
    }
}

fn load(model: &str) -> Classifier {
    let path = format!("{}/models/{model}.pilah", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Classifier::from_bytes(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Each stage alone, on what the stages before it gave. Reading contains segmenting, normalising, stemming and looking up;
/// recalling is reading by a session that knows the words.
fn stages(c: &mut Criterion) {
    for (model, (length, text)) in MODELS.iter().flat_map(|model| REPORTS.map(|report| (model, report))) {
        let classifier = load(model);
        let mut stages = classifier.stages(text);
        let mut group = group(c, &format!("{model}/{length}"));
        group.bench_function("1 segment", |b| b.iter(|| segment(black_box(text))));
        group.bench_function("2 read", |b| b.iter(|| black_box(&mut stages).read()));
        group.bench_function("2 recall", |b| b.iter(|| black_box(&mut stages).recall()));
        group.bench_function("3 vectorize", |b| b.iter(|| black_box(&mut stages).vectorize()));
        group.bench_function("4 score", |b| b.iter(|| black_box(&mut stages).score()));
        group.bench_function("5 rules", |b| b.iter(|| black_box(&mut stages).rules()));
        group.bench_function("6 evidence", |b| b.iter(|| black_box(&mut stages).evidence()));
    }
}

/// The whole chain.
fn classify(c: &mut Criterion) {
    for (length, text) in REPORTS {
        let mut group = group(c, &format!("classify/{length}"));
        for model in MODELS {
            let classifier = load(model);
            group.bench_function(model, |b| b.iter(|| classifier.classify(black_box(text))));
            let mut session = classifier.session();
            let name = |extent| format!("{model} session{extent}");
            group.bench_function(name(""), |b| b.iter(|| black_box(session.classify(black_box(text)).heads().len())));
            group.bench_function(name(" brief"), |b| {
                b.iter(|| black_box(session.classify_briefly(black_box(text)).heads().len()));
            });
        }
        group.bench_function("count", |b| b.iter(|| count(black_box(text))));
    }
}

fn group<'c>(c: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Elements(1));
    group
}

/// Returns how often each word and each character 3-5-gram of a bracketed word occurs.
fn count(text: &str) -> HashMap<String, u32> {
    let text = text.to_lowercase();
    let mut counts = HashMap::new();
    for word in text.unicode_words() {
        *counts.entry(word.to_owned()).or_default() += 1;
        let letters: Vec<char> = format!("<{word}>").chars().collect();
        for gram in (3..=5).flat_map(|length| letters.windows(length)) {
            *counts.entry(gram.iter().collect()).or_default() += 1;
        }
    }
    counts
}

/// Prints the fastest turn of each model and of the count, taken in turns so that other work on the machine meets all.
fn ratio() {
    println!("\nus a text, fastest of {TURNS} turns of {TEXTS_A_TURN}; in brackets: times as fast as the count");
    println!("{:>6} {:>10} {:>8} {:>15} {:>15} {:>15}", "model", "characters", "count", "classify", "session", "brief");
    for (model, (_, text)) in MODELS.iter().flat_map(|model| REPORTS.map(|report| (model, report))) {
        let classifier = load(model);
        let mut session = classifier.session();
        let mut fastest = [f64::INFINITY; 4];
        for _ in 0..TURNS {
            let turns = [
                turn(|| count(black_box(text)).len()),
                turn(|| classifier.classify(black_box(text)).heads().len()),
                turn(|| session.classify(black_box(text)).heads().len()),
                turn(|| session.classify_briefly(black_box(text)).heads().len()),
            ];
            fastest.iter_mut().zip(turns).for_each(|(fastest, turn)| *fastest = fastest.min(turn));
        }
        let [count, ours @ ..] = fastest;
        let [classify, session, brief] = ours.map(|time| format!("{time:.2} ({:.1}x)", count / time));
        println!("{model:>6} {:>10} {count:>8.2} {classify:>15} {session:>15} {brief:>15}", text.chars().count());
    }
}

/// Returns the microseconds that one `work` of a turn takes.
fn turn<T>(mut work: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..TEXTS_A_TURN {
        black_box(work());
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(TEXTS_A_TURN)
}
