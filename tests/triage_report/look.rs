//! Pages to look at: `cargo test --test triage_report look -- --ignored`, then open what it names.

use super::markup::texts;
use super::sample::{MONDAY, count, day, empty, fire, head, labels, office, review, small, source};
use pilah::read::row::{Channel, Time};
use pilah::triage::report::{Case, ChannelCount, Count, DayCount, Facts, HeadCount, OfficeCount, html};
use std::path::Path;

#[test]
#[ignore = "for eyes: writes pages into the folder for tests' files"]
fn pages_to_look_at() {
    let month = month();
    let bare = Facts { heads: Vec::new(), offices: Vec::new(), days: Vec::new(), span: None, ..small() };
    let year = Facts { days: days(340), urgent: 0, urgent_first: Vec::new(), ..month.clone() };
    for (name, page) in [
        ("month", html(&month, Some(&month_before()))),
        ("small", html(&small(), Some(&month))),
        ("empty", html(&empty(), None)),
        ("bare", html(&bare, None)),
        ("year", html(&year, None)),
    ] {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.html"));
        assert!(!texts(&page).is_empty());
        std::fs::write(&path, page).unwrap();
        println!("{}", path.display());
    }
}

/// A month of a district.
fn month() -> Facts {
    Facts {
        sources: vec![
            source("WhatsApp Chat - Info Warga Sangatta.txt", 6120, 0),
            source("facebook_komentar_januari.csv", 4011, 12),
            source("instagram/komentar-2026-01.json", 1502, 0),
            source("aduan-januari.xlsx-ekspor.csv", 713, 3),
        ],
        messages: 12_346,
        passed_over: 418,
        rejected: 15,
        reports: count(4812, 3907),
        span: Some((Time(MONDAY - 4 * 86_400), Time(MONDAY + 26 * 86_400))),
        heads: heads(4),
        offices: offices(),
        days: days(31),
        channels: [
            (Channel::Whatsapp, 6120, 1604),
            (Channel::Facebook, 4011, 1890),
            (Channel::Instagram, 1502, 640),
            (Channel::Aduan, 713, 678),
        ]
        .map(|(channel, messages, reports)| ChannelCount { channel, messages, reports })
        .to_vec(),
        urgent: 7,
        urgent_first: urgent(),
        groups: 212,
        biggest: biggest(),
        review: vec![
            review("not-a-report", None, 2210),
            review("too-short", None, 1406),
            review("unsure", Some("category"), 702),
            review("unsure", Some("agency"), 388),
            review("unsure", Some("urgency"), 41),
        ],
        ..small()
    }
}

fn month_before() -> Facts {
    Facts {
        messages: 9804,
        rejected: 2,
        reports: count(4100, 3480),
        span: Some((Time(MONDAY - 35 * 86_400), Time(MONDAY - 3 * 86_400))),
        heads: heads(0),
        urgent: 3,
        ..month()
    }
}

/// Reports by label; `rain` makes water rise.
fn heads(rain: u64) -> Vec<HeadCount> {
    let categories: [(&str, &str, u64); 17] = [
        ("jalan", "Jalan, jembatan & trotoar", 912),
        ("air-bersih", "Air bersih / PDAM", 480 + 50 * rain),
        ("sampah", "Sampah & kebersihan", 480 - 20 * rain),
        ("listrik-energi", "Listrik & energi", 377),
        ("penerangan-jalan", "Penerangan jalan umum", 240),
        ("drainase", "Drainase, sungai & genangan", 101 + 25 * rain),
        ("kesehatan", "Layanan kesehatan", 188),
        ("kependudukan", "Kependudukan", 170),
        ("pendidikan", "Pendidikan", 164),
        ("lalu-lintas", "Lalu lintas & rambu", 150),
        ("telekomunikasi", "Telekomunikasi & aplikasi pemerintah", 98),
        ("bantuan-sosial", "Bantuan sosial", 90),
        ("keamanan", "Keamanan & kriminalitas", 71),
        ("kebencanaan", "Kebencanaan & kebakaran", 44),
        ("perlindungan-konsumen", "Perlindungan konsumen", 12),
        ("agama", "Keagamaan", 1),
        ("hukum-politik", "Hukum, imigrasi & politik", 0),
    ];
    let more =
        |(id, name, reports): (&'static str, &'static str, u64)| (id, name, count(reports + reports / 4, reports));
    let urgency =
        [("rendah", "Rendah", 1204), ("sedang", "Sedang", 2480), ("tinggi", "Tinggi", 216), ("darurat", "Darurat", 7)];
    let kinds = [
        ("pengaduan", "Pengaduan", 3110),
        ("aspirasi", "Aspirasi", 430),
        ("permintaan-informasi", "Permintaan informasi", 367),
    ];
    vec![
        head("category", &categories.map(more)),
        head("agency", &[("pekerjaan-umum", "Pekerjaan umum", Count::default())]),
        head("urgency", &urgency.map(more)),
        head("type", &kinds.map(more)),
    ]
}

fn offices() -> Vec<OfficeCount> {
    [
        ("Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Kutai Timur", 1113, 1),
        ("Perusahaan Umum Daerah Air Minum Tirta Tuah Benua Kabupaten Kutai Timur", 680, 0),
        ("Dinas Lingkungan Hidup Kabupaten Kutai Timur", 402, 0),
        ("PT PLN (Persero) Unit Layanan Pelanggan Sangatta", 377, 2),
        ("Dinas Perhubungan Kabupaten Kutai Timur", 388, 0),
        ("Dinas Kependudukan dan Pencatatan Sipil Kabupaten Kutai Timur", 170, 0),
        ("Dinas Pendidikan dan Kebudayaan Kabupaten Kutai Timur", 164, 0),
        ("Dinas Kesehatan Kabupaten Kutai Timur", 120, 0),
        ("Dinas Komunikasi, Informatika, Statistik dan Persandian Kabupaten Kutai Timur", 98, 0),
        ("Dinas Sosial Kabupaten Kutai Timur", 90, 0),
        ("Kepolisian Resor Kutai Timur", 71, 0),
        ("Rumah Sakit Umum Daerah Kudungga", 68, 1),
        ("Satuan Polisi Pamong Praja Kabupaten Kutai Timur", 40, 0),
        ("Badan Pendapatan Daerah Kabupaten Kutai Timur", 38, 0),
        ("Kantor Pertanahan Kabupaten Kutai Timur", 30, 0),
        ("BPJS Kesehatan Cabang Samarinda", 25, 0),
        ("Badan Penanggulangan Bencana Daerah Kabupaten Kutai Timur", 21, 1),
        ("Dinas Pemadam Kebakaran dan Penyelamatan Kabupaten Kutai Timur", 10, 2),
        ("Kantor Kementerian Agama Kabupaten Kutai Timur", 2, 0),
    ]
    .map(|(name, reports, urgent)| office(name, count(reports + reports / 3, reports), urgent))
    .to_vec()
}

/// So many days from new year on, some of them silent.
fn days(of: i32) -> Vec<DayCount> {
    let start = jiff::civil::date(2026, 1, 1);
    let wave = |at: i32| u64::try_from(230 + (at * 37) % 180 + if (12..15).contains(&at) { 700 } else { 0 }).unwrap();
    let kept = (0..of).filter(|at| ![18, 19].contains(at) && !(100..130).contains(at));
    kept.map(|at| day(&start.saturating_add(jiff::Span::new().days(at)).to_string(), wave(at), wave(at) * 2 / 5))
        .collect()
}

fn urgent() -> Vec<Case> {
    let flood = "Assalamualaikum bapak/ibu. Banjir di Jl. Yos Sudarso gang Mawar sudah sepinggang orang dewasa, ada lansia dan bayi \
                 di rumah nomor 14 belum bisa keluar.\n\nMohon perahu karet secepatnya, arus makin deras 🙏🙏";
    let wire = "kabel listrik putus jatuh ke genangan depan SD, anak2 sebentar lagi pulang sekolah!! tolong dimatikan dulu arusnya";
    let case = |row, text: &str, messages, category, agency, office: &str, chance| Case {
        row,
        text: text.to_owned(),
        messages,
        labels: labels(&[
            ("category", category, 0.94),
            ("agency", agency, 0.83),
            ("urgency", "Darurat", chance),
            ("type", "Pengaduan", 0.98),
        ]),
        office: Some(office.to_owned()),
        ..fire()
    };
    let bencana = "Badan Penanggulangan Bencana Daerah Kabupaten Kutai Timur";
    let pln = "PT PLN (Persero) Unit Layanan Pelanggan Sangatta";
    vec![
        Case { messages: 12, source: "WhatsApp Chat - Info Warga Sangatta.txt".to_owned(), ..fire() },
        case(8121, flood, 40, "Kebencanaan & kebakaran", "Penanggulangan bencana", bencana, 0.93),
        case(917, wire, 1, "Listrik & energi", "Kelistrikan (PLN/ESDM)", pln, 0.38),
    ]
}

fn biggest() -> Vec<Case> {
    let text = "Air PDAM di Swarga Bara mati sudah 3 hari, tagihan tetap jalan. Kapan hidup lagi min?";
    let water = Case {
        text: text.to_owned(),
        messages: 140,
        labels: labels(&[
            ("category", "Air bersih / PDAM", 0.99),
            ("agency", "Air minum (PDAM)", 0.97),
            ("urgency", "Tinggi", 0.71),
        ]),
        office: Some("Perusahaan Umum Daerah Air Minum Tirta Tuah Benua Kabupaten Kutai Timur".to_owned()),
        channel: Channel::Facebook,
        source: "facebook_komentar_januari.csv".to_owned(),
        ..fire()
    };
    vec![water.clone(), Case { messages: 40, time: None, position: "offset:20481".to_owned(), ..water }]
}
