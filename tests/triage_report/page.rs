//! What the page says of runs of many kinds.

use super::markup::texts;
use super::sample::{MONDAY, count, day, empty, fire, head, small, source};
use pilah::read::row::Time;
use pilah::triage::report::{Case, Facts, html};

/// The words of the page of `facts`, between spaces, hard spaces made soft.
fn words(facts: &Facts, previous: Option<&Facts>) -> String {
    let page = texts(&html(facts, previous)).join(" ").replace('\u{a0}', " ");
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(facts: &Facts, previous: Option<&Facts>, said: &[&str], unsaid: &[&str]) {
    let words = words(facts, previous);
    for expected in said {
        assert!(words.contains(expected), "does not say {expected:?}: {words}");
    }
    for unexpected in unsaid {
        assert!(!words.contains(unexpected), "says {unexpected:?}: {words}");
    }
}

#[test]
fn says_everything_once_found() {
    let said = [
        "3 pesan masuk, 2 di antaranya laporan; 1 perlu ditangani dalam hitungan jam.",
        "Pesan tanggal 5–6 Januari 2026 (WITA).",
        "1. Disampaikan 2 kali Tolong pak, rumah di belakang pasar induk terbakar",
        "Instansi Dinas Pemadam Kebakaran dan Penyelamatan Kabupaten Kutai Timur (91 %)",
        "Urgensi Darurat (88 %)",
        "Waktu 5 Januari 2026 pukul 06.15 Kanal WhatsApp",
        "grup-sangatta.txt, baris 12; nomor 2 di berkas hasil",
        "Kebencanaan & kebakaran",
        "Ragu tentang instansi yang menangani",
        "1 data tidak dapat dibaca",
        "2 data dilewati",
        "Saran, bukan keputusan.",
        "Model: penuh 3f2a9c01 . Wilayah: Kabupaten Kutai Timur .",
    ];
    check(&small(), None, &said, &["Dibandingkan", "NaN"]);
}

#[test]
fn says_what_is_not_there() {
    check(&empty(), None, &["Tidak ada pesan yang terbaca.", "Wilayah: tidak dipilih"], &["hitungan jam", "Kategori "]);
    let chat = Facts { messages: 40, ..empty() };
    let said = ["40 pesan masuk; tidak ada yang dinilai sebagai laporan.", "Tanggal pesan tidak diketahui."];
    check(&chat, None, &said, &["Pesan per"]);
    let calm = Facts { urgent: 0, urgent_first: Vec::new(), region: None, ..small() };
    let judged = Facts {
        heads: vec![head("urgency", &[("rendah", "Rendah", count(2, 1)), ("darurat", "Darurat", count(0, 0))])],
        ..calm
    };
    check(&judged, None, &["Tidak ada laporan yang dinilai menyangkut keselamatan", "bidang urusan", "Darurat 0"], &[]);
}

#[test]
fn long_lists_end() {
    let sources = (0..400).map(|at| source(&format!("ekspor-{at:03}.csv"), 10, u64::from(at == 399))).collect();
    let labels: Vec<(String, u64)> = (0..37).map(|at| (format!("Kategori {at:02}"), 100 - at)).collect();
    let labels: Vec<_> =
        labels.iter().map(|(name, reports)| (name.as_str(), name.as_str(), count(*reports, *reports))).collect();
    let facts = Facts { sources, heads: vec![head("category", &labels)], urgent: 30, ..small() };
    let said = ["ekspor-399.csv", "dan 380 lainnya", "Kategori 11", "25 kategori lain", "Dan 29 laporan lain."];
    check(&facts, None, &said, &["ekspor-020.csv", "Kategori 12"]);
}

#[test]
fn many_days_become_years() {
    let mut date = jiff::civil::date(2018, 1, 1);
    let mut days = Vec::new();
    for _ in 0..3000 {
        days.push(day(&date.to_string(), 2, 1));
        date = date.tomorrow().unwrap();
    }
    let facts = Facts { days, messages: 6005, ..small() };
    check(
        &facts,
        None,
        &["Pesan per tahun", "Terbanyak: 732 pesan (2020).", "5 pesan tanpa tanggal"],
        &["Pesan per hari"],
    );
}

#[test]
fn heads_that_only_this_model_has_are_shown() {
    let heads =
        vec![head("agency", &[("a", "Dinas A", count(1, 1))]), head("bahasa", &[("jawa", "Jawa", count(9, 7))])];
    check(&Facts { heads, ..small() }, None, &["bahasa", "Jawa dari 9 pesan"], &["Dinas A"]);
}

#[test]
fn a_comparison_is_honest() {
    let of = |reports: u64, from: i64, days: i64| Facts {
        messages: reports * 2,
        reports: count(reports, reports),
        span: Some((Time(MONDAY + from * 86_400), Time(MONDAY + (from + days - 1) * 86_400))),
        heads: vec![head(
            "category",
            &[("jalan", "Jalan", count(reports / 2, reports / 2)), ("air", "Air", count(10, 10))],
        )],
        ..small()
    };
    let tidy = ["200 100 +100 +100,0 %", "▲ Naik Jalan dari 25 menjadi 50 laporan (+25)"];
    check(&of(100, 7, 7), Some(&of(50, 0, 7)), &tidy, &["bertumpang", "▲ Naik Air", "mungkin kebetulan"]);
    let uneven =
        ["bertumpang tindih (6–11 Januari 2026)", "tidak sama panjang (14 hari dan 7 hari)", "Tidak ada yang berubah"];
    check(&of(100, 1, 14), Some(&of(96, 0, 7)), &uneven, &["▲", "menjadi 50 laporan"]);
    check(&of(100, 7, 7), Some(&of(4, 0, 7)), &["kurang dari 30 laporan"], &[]);
    check(&small(), Some(&small()), &["sama persis"], &["kebetulan"]);
    let other = Facts { region: None, model: "kecil".to_owned(), span: None, ..of(50, 0, 7) };
    check(
        &of(100, 7, 7),
        Some(&other),
        &["Modelnya berbeda", "Wilayahnya berbeda", "Tanggal pesan tidak"],
        &["Instansi yang berubah"],
    );
}

#[test]
fn a_text_cannot_break_the_page() {
    let text = format!("<script>alert('x')</script>\u{202e}& \"ok\"\n{}", "baris\n".repeat(200));
    let page = html(&Facts { urgent_first: vec![Case { text, ..fire() }], ..small() }, None);
    assert!(texts(&page).iter().any(|text| text.starts_with("<script>alert('x')</script>& \"ok\" / baris / baris")));
}
