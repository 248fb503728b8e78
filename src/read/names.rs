//! What a column or key holds, told by its name.

use super::row::Channel;

/// Names of texts, the surest first.
const TEXT: [&str; 33] = [
    "isi_laporan",
    "isi_aduan",
    "isi_pengaduan",
    "isi_keluhan",
    "isi_pesan",
    "laporan",
    "isi",
    "teks",
    "text",
    "full_text",
    "pesan",
    "message",
    "keluhan",
    "aduan",
    "pengaduan",
    "deskripsi",
    "description",
    "uraian",
    "content",
    "konten",
    "body",
    "caption",
    "komentar",
    "comment",
    "tweet",
    "post",
    "status_text",
    "message_text",
    "comment_text",
    "isi_komentar",
    "uraian_laporan",
    "review",
    "keterangan",
];

/// Names of times, the surest first.
const TIME: [&str; 30] = [
    "created_at",
    "waktu_laporan",
    "tanggal_laporan",
    "tgl_laporan",
    "tanggal_aduan",
    "tgl_aduan",
    "tanggal_pengaduan",
    "waktu",
    "time",
    "timestamp",
    "timestamp_ms",
    "datetime",
    "date_time",
    "tanggal_waktu",
    "waktu_kirim",
    "tanggal_kirim",
    "tanggal_masuk",
    "tgl_masuk",
    "created_time",
    "created",
    "creation_timestamp",
    "posted_at",
    "published_at",
    "sent_at",
    "dibuat_pada",
    "dibuat",
    "tanggal_dibuat",
    "tanggal",
    "tgl",
    "date",
];

/// Names of channels.
const CHANNEL: [&str; 8] = ["kanal", "channel", "saluran", "platform", "sumber", "source", "media", "asal_laporan"];

/// Whole names that say who somebody is.
const PERSON: [&str; 14] = [
    "nama",
    "name",
    "nama_lengkap",
    "nama_warga",
    "nama_panggilan",
    "full_name",
    "display_name",
    "first_name",
    "last_name",
    "screen_name",
    "from",
    "dari",
    "no_kk",
    "nomor_kk",
];

/// Words that make any name they are in one that says who somebody is.
const PERSONAL: [&str; 29] = [
    "pelapor",
    "pengirim",
    "sender",
    "author",
    "username",
    "user",
    "pengguna",
    "akun",
    "account",
    "email",
    "surel",
    "mail",
    "telepon",
    "telpon",
    "telp",
    "tlp",
    "phone",
    "handphone",
    "hp",
    "nohp",
    "notelp",
    "whatsapp",
    "wa",
    "nowa",
    "nik",
    "ktp",
    "noktp",
    "nokk",
    "penulis",
];

/// What a column or key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Role {
    /// How sure it is that it holds the text; the least is the surest.
    pub(super) text: Option<u8>,
    /// How sure it is that it holds the time.
    pub(super) time: Option<u8>,
    /// Whether it says where the message was written.
    pub(super) channel: bool,
    /// Whether it says who somebody is.
    pub(super) personal: bool,
}

impl Role {
    /// Returns what a column or key called `name` holds.
    pub(super) fn of(name: &str) -> Self {
        let name = normal(name);
        let rank =
            |names: &[&str]| names.iter().position(|known| *known == name).and_then(|rank| u8::try_from(rank).ok());
        let (text, time) = (rank(&TEXT), rank(&TIME));
        let channel = CHANNEL.contains(&name.as_str());
        let personal = PERSON.contains(&name.as_str()) || name.split('_').any(|word| PERSONAL.contains(&word));
        Self { text, time, channel, personal: personal && text.is_none() && time.is_none() && !channel }
    }

    /// Returns whether the name says anything.
    pub(super) fn is_known(self) -> bool {
        self != Self::default()
    }
}

/// Returns `name` as lists have it: lower case, words joined by `_`; `No. HP` and `noHp` are `no_hp`.
pub(super) fn normal(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    let (mut pending, mut lower) = (false, false);
    for c in name.chars() {
        if c.is_alphanumeric() {
            if (pending || (lower && c.is_uppercase())) && !normal.is_empty() {
                normal.push('_');
            }
            pending = false;
            normal.extend(c.to_lowercase());
        } else {
            pending = true;
        }
        lower = c.is_lowercase();
    }
    normal
}

/// Returns the channel that the value of a column names, [`Channel::Lain`] where it names none.
pub(super) fn channel(value: &str) -> Channel {
    // Social media first: "Twitter Web App" is X.
    const WORDS: [(Channel, &[&str]); 5] = [
        (Channel::Whatsapp, &["wa", "whatsapp"]),
        (Channel::Facebook, &["fb", "facebook", "messenger"]),
        (Channel::Instagram, &["ig", "instagram"]),
        (Channel::X, &["x", "twitter"]),
        (Channel::Aduan, &["sp4n", "lapor", "website", "web", "situs", "aplikasi", "aduan", "pengaduan", "portal"]),
    ];
    // Product names are written in many ways: `WhatsApp` is one word.
    let value = normal(&value.to_lowercase());
    let named = |words: &[&str]| value.split('_').any(|word| words.contains(&word));
    WORDS.iter().find(|(_, words)| named(words)).map_or(Channel::Lain, |(channel, _)| *channel)
}

#[cfg(test)]
mod tests {
    use super::{Role, channel, normal};
    use crate::read::row::Channel;

    #[test]
    fn names_say_what_is_held() {
        for (name, expected) in [
            ("No. HP", "no_hp"),
            ("fullText", "full_text"),
            (" Isi  Laporan ", "isi_laporan"),
            ("NIK", "nik"),
            ("__", ""),
        ] {
            assert_eq!(normal(name), expected);
        }
        for (name, personal) in [
            ("nama", true),
            ("Nama Pelapor", true),
            ("No HP", true),
            ("no_telp", true),
            ("email", true),
            ("NIK", true),
            ("user", true),
            ("author_id", true),
            ("No. WA", true),
            ("nama_instansi", false),
            ("nama_jalan", false),
            ("alamat", false),
            ("status", false),
            ("kecamatan", false),
            ("sumber", false),
            ("pesan", false),
        ] {
            assert_eq!(Role::of(name).personal, personal, "{name}");
        }
        assert_eq!(Role::of("ISI LAPORAN").text, Some(0));
        assert!(Role::of("tanggal_laporan").time < Role::of("tanggal").time);
        assert!(Role::of("Kanal").channel && !Role::of("kolom_1").is_known());
    }

    #[test]
    fn values_name_channels() {
        for (value, expected) in [
            ("WA", Channel::Whatsapp),
            ("WhatsApp", Channel::Whatsapp),
            ("fb", Channel::Facebook),
            ("Instagram", Channel::Instagram),
            ("X", Channel::X),
            ("Twitter Web App", Channel::X),
            ("SP4N-LAPOR!", Channel::Aduan),
            ("Aplikasi", Channel::Aduan),
            ("loket", Channel::Lain),
            ("", Channel::Lain),
        ] {
            assert_eq!(channel(value), expected, "{value}");
        }
    }
}
