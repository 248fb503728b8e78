//! One table a stage; each row is a name, a text and what must come of it.

use crate::{slang, terms};
use pilah::text::{Kind, Normalizer, Stemming, segment};

/// Runs `work` over the rows and reports all that differ.
fn check(rows: &[(&str, &str, &str)], work: impl Fn(&str) -> String) {
    let failures: Vec<String> = rows
        .iter()
        .map(|(name, text, expected)| (name, text, expected, work(text)))
        .filter(|(_, _, expected, found)| **expected != found)
        .map(|(name, text, expected, found)| format!("{name}: {text:?}\n  expected {expected:?}\n  found    {found:?}"))
        .collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Tokens as `text` (words) or `text/kind`, joined by ` | `.
fn tokens(text: &str) -> String {
    let show = |token: &pilah::text::Token<'_>| match token.kind {
        Kind::Word => token.text.to_owned(),
        kind => format!("{}/{kind:?}", token.text),
    };
    segment(text).iter().map(show).collect::<Vec<_>>().join(" | ")
}

fn words(text: &str) -> String {
    let words = Normalizer::new(slang()).normalize(&segment(text));
    words.iter().map(|word| word.text.as_ref()).collect::<Vec<_>>().join(" ")
}

#[test]
fn segments() {
    check(
        &[
            ("nothing", "  ...!? ", ""),
            ("no space after a stop", "rusak.Mohon", "rusak | Mohon"),
            ("underscore and colon", "jalan_rusak:parah", "jalan | rusak | parah"),
            ("abbreviation", "Jl.Ahmad Yani", "Jl | Ahmad | Yani"),
            ("house", "RT.03/RW 05", "RT | 03/Number | RW | 05/Number"),
            ("house without spaces", "rt05rw2", "rt | 05/Number | rw | 2/Number"),
            ("apostrophes", "Jum'at ma\u{2019}af 'kata'", "Jum'at | ma\u{2019}af | kata"),
            ("hyphenated affixes", "KTP-el e-KTP ber-AC HP-nya", "KTP-el | e-KTP | ber-AC | HP-nya"),
            ("reduplication", "anak-anaknya berjalan-jalan", "anak-anaknya | berjalan-jalan"),
            ("figure two", "anak2 anak2nya org\u{b2} blok20", "anak2 | anak2nya | org\u{b2} | blok | 20/Number"),
            ("two words", "Surabaya-Sidoarjo", "Surabaya | Sidoarjo"),
            ("link", "lihat https://a.go.id/x?y=1.", "lihat | https://a.go.id/x?y=1/Link"),
            ("bare links", "s.id/abc, wa.me/62 lapor.go.id", "s.id/abc/Link | wa.me/62/Link | lapor.go.id/Link"),
            ("www", "(www.pln.co.id)", "www.pln.co.id/Link"),
            ("no link", "mati.Id pelanggan", "mati | Id | pelanggan"),
            ("mail", "budi.s@mail.com 12b@x.co.id", "budi.s@mail.com/Email | 12b@x.co.id/Email"),
            ("account", "@pln_123. a@b", "@pln_123/Account | a | b"),
            ("price is no account", "@50rb", "50/Number | rb"),
            ("tag in humps", "#JalanRusakParah", "Jalan | Rusak | Parah"),
            ("tag in capitals", "#JALANRUSAK", "JALANRUSAK"),
            ("tag mixed", "#KTPRusak2024_ya #1", "KTP | Rusak | 2024/Number | ya | 1/Number"),
            ("emoji", "\u{1f64f}\u{1f3fd}\u{2764}\u{fe0f}", "\u{1f64f}\u{1f3fd}/Emoji | \u{2764}\u{fe0f}/Emoji"),
            (
                "family",
                "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
                "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}/Emoji",
            ),
            ("flags", "\u{1f1ee}\u{1f1e9}\u{1f1ee}\u{1f1e9}", "\u{1f1ee}\u{1f1e9}/Emoji | \u{1f1ee}\u{1f1e9}/Emoji"),
            ("keycap", "1\u{fe0f}\u{20e3} a", "1\u{fe0f}\u{20e3}/Emoji | a"),
            ("numbers", "1.500.000 12,5 07.30 2x24", "1.500.000/Number | 12,5/Number | 07.30/Number | 2x24/Number"),
            ("units", "Rp50.000,- 8,5jt/th", "Rp | 50.000/Number | 8,5/Number | jt | th"),
            ("dates and hours", "08-12-2023 08.00-17.00", "08-12-2023/Number | 08.00-17.00/Number"),
            ("mobile", "0812-3456-7890 +62 812 3456 7890", "0812-3456-7890/Phone | +62 812 3456 7890/Phone"),
            ("62", "6281234567890, 62 812-3456-789", "6281234567890/Phone | 62 812-3456-789/Phone"),
            ("landline", "(021) 555-1234 031-8292111", "(021) 555-1234/Phone | 031-8292111/Phone"),
            ("phone and a count", "08123456789 12 orang", "08123456789/Phone | 12/Number | orang"),
            ("two phones", "081234567890/085612345678", "081234567890/Phone | 085612345678/Phone"),
            ("money is no phone", "62.850.000.000", "62.850.000.000/Number"),
            ("nik", "3578123456789012 3578 1234 5678 9012", "3578123456789012/Nik | 3578 1234 5678 9012/Nik"),
            ("17 digits", "35781234567890123", "35781234567890123/Number"),
            ("masks", "[NAMA][NIK] [nomor]", "[NAMA]/Person | [NIK]/Nik | [nomor]/Number"),
            ("brackets", "[catatan]", "catatan"),
            ("other scripts", "caf\u{e9} \u{6f22}\u{5b57} \u{663}", "caf\u{e9} | \u{6f22} | \u{5b57} | \u{663}/Number"),
        ],
        tokens,
    );
}

#[test]
fn private_data_and_its_mask_are_the_same_word() {
    let pairs = [
        ("081234567890", "[TELEPON]"),
        ("3578123456789012", "[NIK]"),
        ("a.b@c.com", "[EMAIL]"),
        ("https://x.id", "[URL]"),
        ("@budi", "[AKUN]"),
        ("123456789", "[NOMOR]"),
    ];
    for (raw, mask) in pairs {
        assert_eq!(words(raw), words(mask));
    }
}

#[test]
fn normalizes() {
    check(
        &[
            ("case", "JALAN Rusak", "jalan rusak"),
            ("apostrophes", "Jum'at do\u{2019}a", "jumat doa"),
            ("soft hyphen", "ja\u{ad}lan", "jalan"),
            ("stretched", "parraaahhh tolooong", "parah tolong"),
            ("stretched end", "tolongg sayaa", "tolong saya"),
            ("true doubles", "maaf saat tanggal massa", "maaf saat tanggal massa"),
            ("English doubles", "full free", "full gratis"),
            ("Roman numerals", "Daendels III", "daendels iii"),
            ("laughter", "wkwkwkwk hahahaha", "wkwk haha"),
            ("slang", "yg dgn tlg blm gk udh krn", "yang dengan tolong belum tidak sudah karena"),
            ("several words", "dmn mksh", "di mana terima kasih"),
            ("slang stretched", "bgttt", "sangat"),
            ("slang doubled", "org2 bpk2nya", "orang bapaknya"),
            ("slang owned", "jlnnya", "jalannya"),
            ("reduplication", "anak2 anak\u{b2} anak-anak", "anak anak anak"),
            ("with affixes", "sebaik-baiknya berjalan-jalan buah-buahan", "sebaiknya berjalan buahan"),
            ("hyphenated affixes", "ber-AC HP-nya KTP-el e-KTP", "ac ponsel ktp ktp"),
            ("masks", "5 081234567890 [NAMA] @a x@y.id", "<angka> <telepon> <nama> <akun> <surel>"),
            ("skin tone", "\u{1f64f}\u{1f3fd} \u{2764}\u{fe0f}", "\u{1f64f} \u{2764}"),
            ("lone skin tone", "\u{1f3fd}", ""),
            ("Unicode case", "CAF\u{c9} \u{130}", "caf\u{e9} i\u{307}"),
        ],
        words,
    );
}

#[test]
fn stems_indonesian() {
    check(
        &[
            ("baik", "diperbaiki perbaikan memperbaiki sebaiknya", "baik baik baik baik"),
            ("rusak", "rusak kerusakan merusak dirusak pengrusakan", "rusak rusak rusak rusak rusak"),
            ("masuk", "memasukkan memasuki pemasukan dimasukkan", "masuk masuk masuk masuk"),
            ("lapor", "melapor dilaporkan laporannya pelaporan", "lapor lapor lapor lapor"),
            ("adu", "pengaduan mengadukan aduan", "adu adu adu"),
            ("k comes back", "mengurangi pengiriman mengeluh pengerjaan", "kurang kirim keluh kerja"),
            ("t comes back", "menolong penanganan menunggu penerangan", "tolong tangan tunggu terang"),
            ("p comes back", "memotong pemasangan memenuhi", "potong pasang penuh"),
            ("s comes back", "menyalurkan penyebab menyetujui", "salur sebab setuju"),
            ("nothing comes back", "mengurus memohon menilai menyala", "urus mohon nilai nyala"),
            ("one syllable", "mengecek dicek pengecoran", "cek cek cor"),
            ("-kan or -an", "tindakan jalankan gerakan sampaikan", "tindak jalan gerak sampai"),
            ("-i", "menangani hubungi mengobati melalui", "tangan hubung obat lalu"),
            ("no -i", "polisi lokasi mencari mengganti terjadi", "polisi lokasi cari ganti jadi"),
            ("particles", "tolonglah siapakah itulah walaupun", "tolong siapa itu walau"),
            ("no particles", "masalah sekolah langkah perintah", "masalah sekolah langkah perintah"),
            ("possessives", "rumahnya anakku bukunya", "rumah anak buku"),
            ("roots", "makan jalan kembali lampu keluarga ketua", "makan jalan kembali lampu keluarga ketua"),
            ("kept whole", "kelurahan kecamatan perhubungan", "kelurahan kecamatan perhubungan"),
            ("several prefixes", "keberadaan diberlakukan memberhentikan", "ada laku henti"),
            ("names of God", "bismillah alhamdulillah", "bismillah alhamdulillah"),
            ("r of the prefix", "bekerja belajar berencana terawat perumahan", "kerja ajar rencana rawat perumahan"),
            ("joined preposition", "kerumah kesekolah", "ke rumah sekolah"),
            ("too short", "aku kami dinas beras", "saya kami dinas beras"),
            ("English stays", "meeting parking", "meeting parking"),
            ("masks and emoji", "[NAMA] 12 \u{1f64f}", "<nama> <angka> \u{1f64f}"),
        ],
        |text| terms(text, Stemming::Indonesian),
    );
}

#[test]
fn stems_english_that_is_surely_english() {
    check(
        &[
            ("English", "meeting meetings shopping connections", "meet meet shop connect"),
            ("Indonesian -ing", "kambing dinding kucing miring", "kambing dinding kucing miring"),
            ("Indonesian first", "diperbaiki perbaikan", "baik baik"),
            ("short", "bus gas", "bus gas"),
        ],
        |text| terms(text, Stemming::IndonesianEnglish),
    );
}

#[test]
fn no_stemming_changes_nothing() {
    check(&[("words", "diperbaiki meeting", "diperbaiki meeting")], |text| terms(text, Stemming::None));
}
