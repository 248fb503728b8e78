//! `models/rules/urgency.toml` on sentences of its own: each rule fires on some, and none on what only sounds like it.
//!
//! Each sentence is tried as the shipped model reads it and without a slang lexicon: no rule may hang on one spelling.

#![cfg(feature = "train")]

use pilah::model::{Rule, Rules};
use pilah::text::{Lexicon, Normalizer, segment};
use std::collections::BTreeSet;

/// A rule and a sentence on which it fires.
const FIRES: &[(&str, &str)] = &[
    ("api-bangunan", "Bengkel sebelah terbakar, orangnya masih di dalam"),
    ("api-bangunan", "omah kobongan, wong wedok isih neng njero, tolong"),
    ("api-bangunan", "Umah acil tabakar, tolong lakasi"),
    ("kebakaran-alamat", "Kebakaran gudang. Jalan Veteran nomor 3"),
    ("api-terlihat", "Dari rumah kosong itu kelihatan lidah api"),
    ("korsleting-rumah", "Stop kontak kamar anak berasap dan meleleh"),
    ("karhutla-dekat-rumah", "Karhutla mendekat, angin ke arah dusun kami"),
    ("panggil-damkar", "ada api besar di belakang masjid, tolong kirim damkar"),
    ("asap-bangunan", "Asap tebal keluar dari ventilasi ruko kosong"),
    ("ledakan", "Tabung gas meledak di dapur, ibu saya luka di wajah"),
    ("bakar-sengaja", "Dia sudah siram bensin ke teras dan pegang korek"),
    ("gas-bocor", "Tabung gas bocor, baunya sampai ke kamar"),
    ("bahan-kimia", "Tangki amoniak bocor, beberapa warga sesak dan pingsan"),
    ("bahan-bakar-tumpah", "Truk tangki terguling di turunan dan sopir terjepit"),
    ("kabel-putus", "Kabel PLN putus dan ujungnya menyentuh pagar besi"),
    ("kabel-menyetrum", "Ada kabel jatuh di gang, seekor kucing kesetrum"),
    ("tersetrum", "Tukang cat tersetrum, badannya masih menempel di tangga besi"),
    ("runtuh-menimpa-orang", "Tembok sekolah runtuh, dua siswa tertimpa"),
    ("terjepit", "Sopir terjepit di kabin dan masih sadar"),
    ("tertimbun", "Dua pekerja tertimbun tanah galian"),
    ("longsor-bergerak", "Longsor barusan, rumah paling bawah kena"),
    ("banjir-naik-rumah", "Air sudah sepinggang di dalam rumah"),
    ("banjir-terjebak", "Banjir bandang, tiga orang terjebak di atap"),
    ("banjir-dalam-rumah", "Banjir masuk ke dalam rumah sampai lutut sekarang"),
    ("gempa", "Gempa barusan, suara minta tolong dari reruntuhan"),
    ("tanggul-jebol", "Tanggul jebol malam ini, air masuk kampung"),
    ("bencana-alam-datang", "Awan panas turun, warga desa masih di kebun"),
    ("tenggelam", "Anak tenggelam di sungai dekat pasar"),
    ("tenggelam", "Kakanak kalelep di sungai, tolong"),
    ("kendaraan-kecebur", "Mobil nyemplung kanal, penumpangnya di dalam"),
    ("belum-muncul", "Teman loncat ke danau dan belum muncul"),
    ("kapal-celaka", "Kapal kami mati mesin dan dihantam ombak, penumpang dua puluh"),
    ("nelayan-belum-pulang", "Perahu ayah belum kembali sejak subuh"),
    ("jatuh-sumur", "Anak jatuh ke sumur, suaranya masih terdengar"),
    ("jatuh-sumur", "Budak tigebrus kana sumur, masih ceurik"),
    ("terjebak-di-lift", "Kami berempat di lift macet sejak dua puluh menit, satu sesak"),
    ("terkunci-di-dalam", "Bayi terkunci di mobil, sudah lemas"),
    ("anak-belum-pulang", "Anak saya belum pulang sejak main tadi siang"),
    ("anak-belum-pulang", "Kakek pikun tidak pulang dari pagi, keluarga sudah mencari keliling"),
    ("diculik", "Adik saya diculik barusan, dibawa mobil hitam"),
    ("bayi-dibuang", "Bayi ditaruh di kardus depan pos, tali pusarnya masih ada"),
    ("pendaki-hilang", "Kami di pos tiga, satu pendaki hipotermia"),
    ("pemukulan-berlangsung", "Tetangga memukul istrinya sekarang, anaknya menjerit"),
    ("mengamuk", "Lelaki mabuk mengamuk bawa parang di gang"),
    ("perampokan-berlangsung", "Perampok masih di dalam rumah, kami di loteng"),
    ("penusukan", "Tukang ojek ditusuk barusan di depan terminal"),
    ("amuk-massa", "Orang dituduh mencuri, sedang digebukin massa"),
    ("bersenjata-di-rumah", "Mantan suami bawa pisau, dia di teras"),
    ("tawuran-berlangsung", "Tawuran pecah di bawah flyover, bawa celurit"),
    ("kekerasan-seksual-kini", "Aku dikurung atasan di kamar, dia masih gedor pintu"),
    ("ingin-mati", "saya mau mati saja, selamat tinggal"),
    ("bunuh-diri", "Teman kos mau bunuh diri, pintunya dikunci, tolong"),
    ("di-tepi-ketinggian", "Perempuan berdiri di luar pagar jembatan sambil menangis"),
    ("hilang-kesadaran", "Ibu kejang, mulutnya keluar busa"),
    ("hilang-kesadaran", "Ada bapak pingsan di jalan, bibirnya biru"),
    ("henti-napas", "Bapak di halte ini tidak ada nadi"),
    ("sesak-napas", "Nenek sesak napas, saturasi delapan puluh, ambulans desa dipakai"),
    ("celaka-berat", "Kuli jatuh dari atap, telinganya keluar darah"),
    ("minta-ambulans", "Tolong kirim ambulans, ada tabrakan di simpang"),
    ("ditolak-igd", "IGD menolak ayah yang kejang, kami masih di parkiran"),
    ("pendarahan", "Istri pendarahan, bidan sedang di kota"),
    ("melahirkan-di-jalan", "Istri mau melahirkan di mobil, jalan macet"),
    ("bayi-tidak-menangis", "Dia melahirkan sendiri di kamar mandi, bayinya belum menangis"),
    ("keracunan", "Sepupu minum racun rumput dan muntah terus"),
    ("keracunan-massal", "Puluhan siswa mual setelah makan siang, empat pingsan"),
    ("kecelakaan-korban", "Tabrakan di tikungan, dua korban tergeletak"),
    ("kehabisan-oksigen", "Oksigen di RSUD habis, pasien dibantu manual"),
    ("tergeletak", "Kakek tergeletak di dapur dan tidak bergerak"),
    ("luka-bakar", "Adik luka bakar di seluruh badan, mohon ambulans"),
    ("hewan-di-rumah", "Ular kobra masuk kamar bayi"),
    ("hewan-di-rumah", "Oray asup ka imah"),
    ("hewan-menyerang", "Tawon menyerang anak sekolah, satu anak bengkak dan sesak"),
    ("kendaraan-di-rel", "Truk mogok di perlintasan"),
    ("jembatan-putus-kini", "Jembatan gantung putus barusan, ada penumpang di tengah"),
    ("jalan-amblas-kini", "Jalan amblas barusan, sebuah mobil tergantung di bibir"),
    ("bahan-peledak", "Warga menemukan granat di kebun"),
    ("pohon-menimpa", "Pohon tumbang menimpa pengendara motor"),
    ("desak-desakan", "Penonton berdesakan, anak pingsan, pintu stadion terkunci"),
    ("minta-diselamatkan", "Saya ngumpet di lemari, dia masih di ruang tengah"),
    ("percikan-listrik", "Trafo depan gang keluar api"),
    ("nyaris-roboh", "Tembok sekolah sudah miring, mau roboh"),
];

/// What sounds like an emergency and is none: over, feared, asked about, played, or a figure of speech.
const SILENT: &[(&str, &str)] = &[
    ("fire, long over", "Rumah saya terbakar tahun lalu, bantuan bahan bangunan belum turun"),
    ("fire, put out", "Warung tetangga terbakar tadi pagi, sudah padam, terima kasih damkar"),
    ("fire, papers", "Rumah kami kebakaran, syarat surat keterangan apa saja?"),
    ("fire, feared", "Kabel semrawut di pasar, dikhawatirkan kebakaran"),
    ("fire, drill", "Simulasi kebakaran gedung di sekolah anak kami bagus"),
    ("fire, hydrant", "Kapan hidran untuk mencegah kebakaran rumah dipasang?"),
    ("fire, figure of speech", "KEBAKARAN JENGGOT lihat tagihan rumah, tolong!"),
    ("fire, only its brigade", "Warga kami parkir liar di depan kantor pemadam kebakaran"),
    ("fire, request", "Damkar butuh mobil baru untuk kecamatan kami"),
    ("gas, price", "Tabung gas langka, harga gas di warung naik"),
    ("gas, sewage", "Bau menyengat dari selokan masuk ke dapur"),
    ("cable, telephone", "Kabel telepon putus dan menjuntai di jalan"),
    ("electric shock, price", "Tagihan listrik bikin saya tersengat"),
    ("collapse, feared tree", "Pohon tua dikhawatirkan roboh menimpa rumah warga"),
    ("collapse, nobody", "Pagar taman roboh diterpa angin"),
    ("squeezed, money", "Ibu saya terjepit ekonomi, sekarang tidak punya pekerjaan"),
    ("buried, road", "Jalan desa tertimbun longsor, akses orang ke pasar putus"),
    ("flood, routine", "Setiap hujan gang kami banjir semata kaki"),
    ("flood, discount", "Banjir diskon di mal, orang terjebak antrean"),
    ("flood, aid", "Korban banjir tahun lalu belum dapat bantuan, rumah terendam setinggi dada waktu itu"),
    ("drowning, figure of speech", "Kami tenggelam dalam tumpukan berkas"),
    ("river, rubbish", "Warga buang sampah biar hanyut di sungai"),
    ("boat, timetable", "Kapal ke pulau berhenti beroperasi, jadwal penumpang tidak jelas"),
    ("lift, out of order", "Lift kantor rusak dua minggu, kami naik tangga"),
    ("lost, document", "Akta anak saya hilang sejak pindah rumah"),
    ("lost, found again", "Anak yang tadi belum pulang sudah ketemu, terima kasih"),
    ("missing, telephone", "HP adik hilang di pasar tadi"),
    ("violence, past", "Tahun lalu saya dipukul suami, sekarang mau urus hak asuh anak"),
    ("violence, routine", "Anak tetangga sering dipukuli bapaknya, badannya bekas luka"),
    ("robbery, past", "Rumah kami dirampok minggu lalu, polisi belum datang"),
    ("robbery, area", "Jalan lingkar rawan begal, mohon patroli"),
    ("brawl, figure of speech", "Tawuran emak rebutan minyak goreng di pasar, wkwk"),
    ("brawl, prevention", "Mohon sosialisasi cegah tawuran di sekolah"),
    ("suicide, seminar", "Kapan seminar pencegahan bunuh diri untuk guru di sekolah?"),
    ("suicide, feared", "Saya takut dia bunuh diri karena pinjol, tolong"),
    ("dying of boredom", "Mati gaya di ruang tunggu, orang pingsan bosan"),
    ("unconscious site", "Aplikasi pendaftaran pingsan lagi, warga kesal"),
    ("illness, routine", "Ibu stroke dua tahun, butuh kursi roda untuk kontrol"),
    ("breath, smoke", "Asap pabrik bikin warga sesak napas"),
    ("blood, donor", "Jadwal donor darah minggu ini di mana?"),
    ("birth, past", "Istri melahirkan Februari lalu, akta belum jadi"),
    ("birth, cost", "Istri mau melahirkan bulan depan, biaya dengan BPJS berapa?"),
    ("poison, over", "Warga yang keracunan muntah sudah pulih semua"),
    ("crash, statistics", "Tikungan ini sering terjadi kecelakaan sampai korban patah kaki"),
    ("oxygen, loan", "Pinjam tabung oksigen untuk ayah syaratnya apa?"),
    ("snake, question", "Kalau ada ular masuk rumah, lapor ke siapa?"),
    ("crocodile, figure of speech", "Dasar buaya darat masuk kantor godain orang"),
    ("rail, wish", "Perlintasan tanpa palang rawan mobil terjebak"),
    ("bridge, wish", "Mohon jembatan kami diperbaiki, papan sudah lapuk"),
    ("bomb, fishing", "Nelayan luar menangkap ikan pakai bom, sudah sering meledak"),
    ("darurat, rhetoric", "DARURAT sampah!!! Tolong segera diangkut"),
    ("loud trifle", "NYAWA TARUHANNYA!!! polisi tidur di gang ketinggian"),
];

fn urgency() -> Rules {
    Rules::from_toml(include_str!("../models/rules/urgency.toml")).expect("the shipped rules are right")
}

/// Returns the normaliser of the shipped model and the one that knows no slang.
fn normalizers() -> [Normalizer; 2] {
    let slang = Lexicon::parse(include_str!("../models/lexicons/slang.tsv")).expect("the shipped lexicon is right");
    [Normalizer::new(slang), Normalizer::default()]
}

/// Returns the ids of the rules that fire on `text`.
fn fired<'r>(rules: &'r Rules, normalizer: &Normalizer, text: &str) -> Vec<&'r str> {
    let words = normalizer.normalize(&segment(text));
    rules.all_matches(text, &words).iter().filter_map(|found| rules.rule(found.rule)).map(Rule::id).collect()
}

#[test]
fn rules_fire_on_their_sentences() {
    let rules = urgency();
    for normalizer in normalizers() {
        let check = |(id, text): &(&str, &str)| {
            let found = fired(&rules, &normalizer, text);
            (!found.contains(id)).then(|| format!("{id} does not fire (but {found:?}) on: {text}"))
        };
        let wrong: Vec<String> = FIRES.iter().filter_map(check).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn rules_are_silent_where_nobody_is_in_danger() {
    let rules = urgency();
    for normalizer in normalizers() {
        let check = |(name, text): &(&str, &str)| {
            let found = fired(&rules, &normalizer, text);
            (!found.is_empty()).then(|| format!("{name}: {found:?} fires on: {text}"))
        };
        let wrong: Vec<String> = SILENT.iter().filter_map(check).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn every_rule_has_a_sentence() {
    let rules = urgency();
    let tried: BTreeSet<&str> = FIRES.iter().map(|case| case.0).collect();
    let untried: Vec<&str> = rules.iter().map(Rule::id).filter(|id| !tried.contains(id)).collect();
    assert!(untried.is_empty(), "rules without a sentence in FIRES: {untried:?}");
}

#[test]
fn the_byte_form_is_whole_and_small() {
    let rules = urgency();
    let bytes = rules.to_bytes();
    assert_eq!(Rules::from_bytes(&bytes).as_ref(), Ok(&rules));
    assert!(bytes.len() < 48_000, "{} bytes", bytes.len());
    for end in (0..bytes.len()).step_by(97) {
        assert!(Rules::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_hostile_text_takes_no_longer_than_its_length_allows() {
    let rules = urgency();
    let text = "kebakaran rumah anak tolong kalau tidak sadar darah ambulans masih ".repeat(2_000);
    let words = Normalizer::default().normalize(&segment(&text));
    let start = std::time::Instant::now();
    rules.all_matches(&text, &words);
    assert!(start.elapsed().as_secs() < 5, "{:?} for {} words", start.elapsed(), words.len());
}
