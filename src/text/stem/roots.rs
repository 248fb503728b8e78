//! The short list of roots that the letters alone would mislead about, written for this project.
//!
//! Three kinds stand here: roots that look affixed (makan, kembali, sekolah); words that are kept whole because their
//! derivation left the root's meaning (kelurahan, perhubungan, pemerintah); and roots that decide how a longer word is
//! to be read (masuk: me-masuk-kan; kurang: meng-\[k\]urang-i). It is no dictionary: a root not here is guessed.

use crate::text::table::{hash, home};

/// True if `word` is listed.
pub(super) fn contains(word: &str) -> bool {
    listed(word.as_bytes())
}

/// True if `head` followed by `rest` is listed.
pub(super) fn contains_headed(head: u8, rest: &str) -> bool {
    // No listed root is longer.
    let mut joined = [0; 24];
    let length = rest.len() + 1;
    match joined.get_mut(1..length) {
        Some(tail) => tail.copy_from_slice(rest.as_bytes()),
        None => return false,
    }
    joined[0] = head;
    listed(&joined[..length])
}

fn listed(word: &[u8]) -> bool {
    let mut slot = home(hash(word), SLOTS);
    loop {
        let Some(number) = usize::from(TABLE[slot]).checked_sub(1) else { return false };
        if ROOTS[number].as_bytes() == word {
            return true;
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// A power of two, some four times the number of roots.
const SLOTS: usize = 4096;

/// Open addressing with linear probing: numbers of roots, counted from 1. Made by the compiler.
static TABLE: [u16; SLOTS] = table();

const fn table() -> [u16; SLOTS] {
    let mut table = [0; SLOTS];
    let mut number = 0;
    while number < ROOTS.len() {
        let mut slot = home(hash(ROOTS[number].as_bytes()), SLOTS);
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        number += 1;
        table[slot] = number as u16;
    }
    table
}

#[rustfmt::skip] // One word a line would be a thousand lines.
static ROOTS: [&str; 1143] = [
    "abai", "acak", "acu", "ada", "adalah", "adu", "ahli", "air", "ajak", "ajar", "aju", "akibat", "akses", "aktif",
    "aku", "alam", "alami", "alangkah", "alas", "alasan", "alhamdulillah", "alih", "alir", "aman", "amanat", "amat",
    "ambil", "ambruk", "ampun", "amuk", "ancam", "ancang", "andalan", "angan", "anggap", "anggota", "angkat",
    "angkut", "angsur", "aniaya", "antar", "antre", "antrean", "antri", "anut", "apa", "apresiasi", "arah", "arisan",
    "arogan", "arti", "asli", "asri", "assalamu", "assalamualaikum", "asuh", "asuransi", "atas", "atur", "awal",
    "awan", "awas", "ayom", "babakan", "babatan", "badai", "badan", "bahan", "baik", "bajak", "bakti", "balas",
    "balik", "balikpapan", "balkan", "bangkalan", "bangku", "banjir", "bantah", "bantuan", "banyak", "baru",
    "barusan", "batas", "batuk", "bawah", "beban", "bebas", "beberapa", "begal", "beku", "bel", "belah", "beli",
    "belok", "belum", "benar", "bendera", "bener", "bengkok", "bengkulu", "bentak", "bentuk", "beranda", "berangkat",
    "berani", "berantakan", "berantas", "berapa", "beras", "berat", "berdikari", "beres", "bergedel", "berhala",
    "beri", "beringas", "beringin", "berisik", "berita", "beritahu", "berkah", "berkas", "berkat", "berkenan",
    "berlian", "berlin", "bermula", "berontak", "bersama", "bersih", "bersin", "beton", "biaya", "bidik", "bijak",
    "bikin", "bismillah", "bom", "bongkah", "bor", "bukan", "bukti", "buku", "bulan", "bumi", "bunyi", "bupati",
    "cabik", "caci", "cari", "cat", "cek", "cekcok", "cekik", "celah", "cermat", "cetak", "cilacap", "cinta", "colek",
    "colok", "cor", "cukai", "curi", "curiga", "dadak", "dagang", "dahan", "damai", "dansa", "darah", "daring",
    "datang", "dekat", "delapan", "demikian", "dengan", "dengki", "depan", "dermawan", "desa", "desak", "dia",
    "diagnosa", "diagnosis", "dialog", "diam", "diameter", "diare", "didik", "diesel", "difabel", "difteri",
    "digital", "dikte", "dikti", "dimensi", "dinamika", "dinas", "dinding", "dingin", "dinihari", "diploma",
    "diponegoro", "direksi", "direktorat", "direktori", "direktur", "dirgantara", "diri", "disabilitas", "disiplin",
    "diskon", "diskriminasi", "diskusi", "dispensasi", "disposisi", "distribusi", "distrik", "dividen", "divisi",
    "domisili", "duduk", "durian", "edar", "edukasi", "efektif", "ejek", "ekor", "eksekusi", "eksploitasi", "eksplor",
    "ekspor", "elak", "eliminasi", "elok", "elpiji", "elu", "elus", "emas", "emban", "embun", "emis", "empat",
    "endap", "endus", "energi", "engku", "entah", "enyah", "eram", "erat", "erti", "esok", "evaluasi", "galak",
    "gali", "gang", "ganti", "garam", "garansi", "gas", "gelak", "gembok", "gerak", "gertak", "getok", "gigi",
    "gulat", "halaman", "hanya", "hardik", "harga", "hari", "harian", "hentak", "heran", "hewan", "himbau", "himpun",
    "hoaks", "hormat", "hubung", "hujan", "hutan", "identifikasi", "ijin", "ikut", "ilmu", "iman", "imbau", "inap",
    "industri", "informasi", "ingat", "ini", "injak", "insan", "inspeksi", "instansi", "instruksi", "intan",
    "intimidasi", "intip", "irit", "isi", "isolasi", "isoman", "istilah", "istirahat", "istri", "itu", "izin",
    "jabat", "jadi", "jalan", "jamu", "jangan", "janji", "jaringan", "jauh", "jebak", "jejak", "jelas", "jembatan",
    "judi", "jumlah", "kabar", "kabul", "kabupaten", "kacau", "kaget", "kagum", "kait", "kaji", "kalah", "kali",
    "kalimantan", "kamar", "kami", "kampanye", "kampung", "kamus", "kanan", "kandung", "kantong", "kantor", "kantuk",
    "karang", "karantina", "karyawan", "kasihan", "kata", "katrol", "kauman", "kaver", "kawal", "kawan", "kawat",
    "kebal", "kebijakan", "kebijaksanaan", "kebun", "kecamatan", "kecewa", "kecil", "kecoh", "kedai", "kediri",
    "kedokteran", "kedung", "kehormatan", "kejaksaan", "kejar", "kelahi", "kelak", "kelapa", "kelas", "keliling",
    "kelola", "kelompok", "keluar", "keluarga", "kelud", "keluh", "kelupas", "kelurahan", "kemah", "kemarin", "kemas",
    "kembali", "kembang", "kemenag", "kementerian", "kemudi", "kemudian", "kena", "kenal", "kenang", "kenapa",
    "kencang", "kendali", "kendara", "kendaraan", "kendati", "kenduri", "kenjeran", "kentang", "kepada", "kepala",
    "keponakan", "kepulauan", "kepung", "keputih", "kerabat", "kerah", "keramat", "keramik", "keras", "kereta",
    "kerikil", "kering", "kerja", "kertas", "keruk", "kerumun", "kesal", "kesan", "ketapang", "ketemu", "keterangan",
    "ketik", "ketika", "ketok", "ketua", "khusuk", "kibar", "kikis", "kira", "kirim", "kisah", "klik", "kokoh",
    "koma", "kompensasi", "kompres", "komunikasi", "kondisi", "konfirmasi", "konsumsi", "kontrak", "kontrol",
    "koordinasi", "kopi", "koran", "korban", "kordinasi", "koreksi", "korupsi", "kosong", "kota", "kotak", "kotor",
    "kritik", "kuasa", "kuat", "kubur", "kucur", "kudeta", "kukuh", "kuliah", "kuliti", "kumpul", "kunci", "kuning",
    "kuningan", "kunjung", "kupas", "kurang", "kuras", "kursan", "kursi", "kurung", "kutip", "lacak", "lagi", "lahan",
    "laki", "laku", "lalai", "lalu", "lamongan", "lampu", "langkah", "lantai", "lapangan", "lapuk", "las", "laut",
    "lautan", "lawan", "layak", "layan", "ledak", "lelah", "lem", "lengkap", "lepas", "letak", "lihat", "limpah",
    "lindung", "lintah", "lintas", "lirik", "lisan", "listrik", "lokasi", "lonjak", "lunas", "luring", "maaf",
    "mabuk", "macet", "magetan", "main", "maju", "makalah", "makam", "makan", "maki", "maklum", "makna", "maksud",
    "malah", "malas", "malu", "maluku", "mampet", "mampir", "mampu", "mandi", "mandiri", "manfaat", "mangkrak",
    "manipulasi", "manukan", "mapan", "marah", "masak", "masalah", "masuk", "materi", "mati", "medan", "media",
    "medis", "meditasi", "medokan", "meja", "mekanisme", "melati", "melayu", "melek", "melon", "memadai", "memang",
    "memar", "member", "memo", "memori", "menang", "menantu", "menara", "menari", "mendadak", "mendiang", "mending",
    "mendung", "menganti", "mengapa", "mengenai", "mengerti", "meninggal", "menit", "menjangan", "mentah", "mental",
    "mentang", "mentari", "mentega", "menteri", "menu", "merah", "merauke", "merdeka", "merek", "mereka", "meriah",
    "meriam", "merpati", "mertua", "mesin", "mesjid", "meski", "mesti", "meter", "metode", "metro", "mewah", "milai",
    "milik", "minat", "minta", "minum", "mobilisasi", "modif", "modifikasi", "mohon", "monitor", "motivasi", "muat",
    "muda", "mudah", "mukim", "mulai", "muncul", "mundur", "mungkin", "muntah", "murah", "musala", "musnah", "musuh",
    "musyawarah", "mutakhir", "mutasi", "nafkah", "naik", "nama", "nanti", "nasehat", "nasihat", "negeri",
    "negosiasi", "netral", "ngeri", "nikah", "nikmat", "nilai", "nonaktif", "nongkrong", "normal", "normalisasi",
    "notif", "nunukan", "nyala", "nyaman", "nyanyi", "nyata", "obat", "olah", "oleh", "omel", "oper", "operasi",
    "optimal", "organisir", "orientasi", "otorisasi", "pabean", "padi", "pagi", "pahlawan", "pajak", "pakai", "paku",
    "paman", "panas", "pangan", "pangku", "panik", "pantai", "papan", "parah", "parkir", "partai", "pasar", "pasok",
    "pasti", "pasuruan", "pecah", "pecat", "pedas", "pedestrian", "pedih", "pedoman", "peduli", "pegang", "pegawai",
    "pekalongan", "pekan", "pekarangan", "pekat", "pekik", "pel", "pelabuhan", "pelaku", "pelan", "pelangi", "pelas",
    "pelihara", "pelit", "pelopor", "pelosok", "peluang", "peluit", "peluk", "peluru", "pemadam", "pemalang",
    "pemali", "pematang", "pemda", "pemerintah", "pemilu", "pemkab", "pemkot", "pemprov", "pemuda", "penajam",
    "penalti", "penari", "penat", "pendam", "pendek", "pendidikan", "pendopo", "penduduk", "pengadilan", "pengalaman",
    "pengantin", "pengap", "pengaruh", "penghulu", "penghuni", "pengkol", "pengumuman", "penjara", "penjuru",
    "pensiun", "pentas", "penting", "penuh", "penyandang", "peradilan", "peraga", "perahu", "perak", "peran",
    "perang", "perangkat", "peras", "perban", "perbankan", "perbup", "percaya", "percik", "percuma", "perda",
    "perdana", "perempatan", "perempuan", "pergi", "perhati", "perhubungan", "peri", "perih", "perihal", "perikanan",
    "periksa", "perilaku", "peringkat", "perintah", "perintis", "periode", "peristiwa", "perkara", "perkasa",
    "perkebunan", "perkenal", "perkosa", "perlu", "permai", "permanen", "permata", "permen", "permisi", "pernah",
    "perosok", "perpustakaan", "pers", "persegi", "persen", "perseroan", "personel", "personil", "perspektif",
    "pertalite", "pertama", "pertamax", "pertamina", "pertanahan", "pertanian", "pertigaan", "pertiwi", "perumahan",
    "perumnas", "perut", "perwali", "pesan", "pesantren", "pesawat", "peserta", "pesisir", "pesta", "petak", "petang",
    "petani", "peternakan", "petik", "petir", "pijak", "pindah", "pojok", "pokok", "polisi", "ponsel", "pos",
    "preman", "pribadi", "puji", "punya", "pupuk", "putri", "rabies", "racik", "racun", "rakit", "ramai", "ramal",
    "rambah", "rambutan", "rampas", "ramping", "rampok", "rancang", "rangkah", "rangsang", "ranting", "rapi", "rasa",
    "rata", "rawan", "rawat", "reaksi", "realisasi", "rebak", "rebut", "registrasi", "rekam", "rekan", "rekomendasi",
    "relawan", "rem", "remaja", "remuk", "renang", "rencana", "rendah", "rendam", "resap", "resiko", "resmi",
    "respon", "restoran", "retak", "retas", "retribusi", "rinci", "ringan", "rintis", "risiko", "robek", "rokok",
    "rombak", "rotasi", "ruangan", "rugi", "rujuk", "rumah", "ruman", "rumpun", "rundung", "rusak", "rusuh", "sah",
    "saing", "sakit", "salah", "sambung", "sampah", "sampai", "santai", "santri", "saran", "sawah", "sawat", "seakan",
    "sebab", "sebagian", "sebar", "sebelah", "sebelum", "seberang", "sebulan", "sebut", "sedang", "sedekah", "sedia",
    "segar", "segel", "segera", "segi", "sehat", "sejahtera", "sejarah", "sejumlah", "sekalian", "sekarang", "sekian",
    "sekitar", "sekolah", "selaku", "selalu", "selamat", "selatan", "seleksi", "selenggara", "selesai", "selidik",
    "selip", "selokan", "seluruh", "semangat", "semarak", "sembako", "sembarang", "sembilan", "sembunyi", "sementara",
    "semoga", "sempit", "semprot", "semu", "semua", "senang", "sendi", "sendiri", "sengaja", "sengat", "senggol",
    "sengketa", "seni", "sentak", "sentral", "sentuh", "sepakat", "sepeda", "seperti", "sepi", "seragam", "serah",
    "serak", "serang", "serap", "serempak", "seret", "series", "sering", "serius", "serta", "sertifikat", "seruduk",
    "server", "servis", "sesak", "sesal", "sesuai", "setelah", "setia", "setiap", "setor", "setrum", "setuju", "sewa",
    "siapa", "sibuk", "signifikan", "silakan", "silat", "simpang", "situasi", "sleman", "sogok", "sopan", "species",
    "suami", "sudah", "sulap", "sulawesi", "sultan", "sumbat", "sungai", "sungkem", "suntik", "susah", "tabrak",
    "tadi", "tahan", "tahu", "tahun", "taman", "tambang", "tamu", "tanah", "tandatangan", "tangan", "tani", "tanjak",
    "tanya", "tarakan", "tarik", "tarukan", "tebak", "tekan", "teknologi", "telah", "teliti", "teman", "tembak",
    "tembok", "temu", "tengah", "tengok", "tera", "terali", "teralis", "terang", "terap", "terapi", "teras",
    "teratai", "terbang", "terbit", "teriak", "terik", "terima", "terjang", "terjun", "terlalu", "terminal", "termos",
    "ternak", "ternate", "teror", "teroris", "terowongan", "terpa", "terpal", "territorial", "tersier", "tertib",
    "terus", "tes", "tidaknyaman", "tindak", "tingkah", "tinju", "toko", "tolak", "transparan", "trayek", "triwulan",
    "tuan", "tugas", "tulis", "tumpuk", "tunai", "tunduk", "tunggak", "tunjuk", "turun", "tusuk", "ubah", "ucap",
    "uji", "ukur", "ulah", "ulang", "umum", "undang", "unduh", "unggah", "ungkap", "untuk", "untung", "urai", "urug",
    "uruk", "urus", "urut", "usaha", "usik", "usir", "usul", "utama", "utang", "utara", "veteran", "virus",
    "waalaikumsalam", "waktu", "walau", "wali", "wangi", "waris", "wartawan", "warung", "wilayah", "yayasan", "zaman",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_sorted_lower_case_and_found() {
        assert!(ROOTS.iter().all(|root| root.len() <= 24));
        assert!(ROOTS.is_sorted_by(|a, b| a < b));
        for root in ROOTS {
            assert!(root.bytes().all(|byte| byte.is_ascii_lowercase()), "{root}");
            assert!(contains(root) && contains_headed(root.as_bytes()[0], &root[1..]), "{root}");
        }
        assert!(
            !contains("")
                && !contains("jal")
                && !contains_headed(b'x', "alan")
                && !contains_headed(b'x', &"a".repeat(99))
        );
    }
}
