//! What WhatsApp writes in place of a message.

use super::head::MARKS;

/// Ends of notes for pictures and the like that were left out, without brackets and dots.
const OMITTED: [&str; 3] = ["omitted", "tidak disertakan", "dihilangkan"];
/// Words before those ends.
const MEDIA: [&str; 26] = [
    "media",
    "image",
    "video",
    "video note",
    "audio",
    "sticker",
    "document",
    "gif",
    "contact card",
    "poll",
    "location",
    "gambar",
    "stiker",
    "dokumen",
    "kartu kontak",
    "catatan video",
    "foto",
    "suara",
    "pesan video",
    "pesan suara",
    "voice message",
    "animated gif",
    "kontak",
    "berkas",
    "lokasi",
    "file",
];
/// Messages that say that there is none.
const NONE: [&str; 17] = [
    "null",
    "this message was deleted",
    "you deleted this message",
    "pesan ini dihapus",
    "pesan ini telah dihapus",
    "anda menghapus pesan ini",
    "waiting for this message",
    "menunggu pesan ini",
    "missed voice call",
    "missed video call",
    "panggilan suara tak terjawab",
    "panggilan video tak terjawab",
    "panggilan suara tidak terjawab",
    "panggilan video tidak terjawab",
    "this message was deleted by admin",
    "pesan ini dihapus oleh admin",
    "panggilan tak terjawab",
];
/// What notes of the application itself begin with, where they look like somebody's message.
const SYSTEM: [&str; 4] = [
    "messages and calls are end-to-end encrypted",
    "pesan dan panggilan dienkripsi secara end-to-end",
    "pesan dan panggilan terenkripsi secara end-to-end",
    "pesan ke grup ini kini diamankan dengan enkripsi end-to-end",
];
/// Notes after a message that was changed.
const EDITED: [&str; 4] =
    ["<This message was edited>", "<Pesan ini diedit>", "<Pesan ini telah diedit>", "<pesan ini diedit>"];
/// Notes after the name of a file.
const ATTACHED: [&str; 3] = ["(file attached)", "(file terlampir)", "(berkas terlampir)"];

/// Returns what somebody said in the text of a message; none where that is nothing.
pub(super) fn said(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !MARKS.contains(c)).collect();
    let mut said = plain.trim();
    for note in EDITED {
        said = said.strip_suffix(note).unwrap_or(said).trim_end();
    }
    let (first, caption) = said.split_once('\n').unwrap_or((said, ""));
    if is_attachment(first) || is_omitted(first) {
        said = caption.trim();
    }
    (!said.is_empty() && !is_none(said)).then(|| said.to_owned())
}

/// Whether a line names a file: `IMG-1.jpg (file terlampir)`, `<attached: 1.jpg>`.
fn is_attachment(line: &str) -> bool {
    let line = line.trim();
    let tagged = ["<attached: ", "<terlampir: "].iter().any(|start| line.starts_with(start)) && line.ends_with('>');
    tagged || ATTACHED.iter().any(|note| line.ends_with(note))
}

/// Whether a line says that something was left out; of a document it also says the name.
fn is_omitted(line: &str) -> bool {
    let line = line.trim().trim_matches(['<', '>', '.']).to_lowercase();
    OMITTED.iter().filter_map(|end| line.strip_suffix(end)).any(|what| {
        let what = what.trim();
        MEDIA.contains(&what) || what.ends_with(" document") || what.ends_with(" dokumen") || what.contains(" • ")
    })
}

fn is_none(text: &str) -> bool {
    let text = text.trim_matches(['.', '<', '>', ' ']).to_lowercase();
    NONE.contains(&text.as_str()) || SYSTEM.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_nobody_said_is_left_out() {
        for (text, expected) in [
            ("lampu mati", Some("lampu mati")),
            ("<Media omitted>", None),
            ("<Media tidak disertakan>", None),
            ("\u{200e}gambar tidak disertakan", None),
            ("\u{200e}image omitted", None),
            ("surat.pdf • 2 halaman \u{200e}dokumen tidak disertakan", None),
            ("Pesan ini dihapus.", None),
            ("This message was deleted", None),
            ("Anda menghapus pesan ini", None),
            ("null", None),
            ("nulltutup jalan", Some("nulltutup jalan")),
            ("", None),
            ("Jalan rusak <Pesan ini diedit>", Some("Jalan rusak")),
            ("Jalan rusak \u{200e}<This message was edited>", Some("Jalan rusak")),
            ("IMG-1.jpg (file terlampir)", None),
            ("IMG-1.jpg (file terlampir)\nlubang di sini\ndalam", Some("lubang di sini\ndalam")),
            ("\u{200e}<attached: 1.jpg>\nlubang", Some("lubang")),
            ("gambar tidak disertakan\nlubang", Some("lubang")),
            ("laporan saya tidak disertakan", Some("laporan saya tidak disertakan")),
            ("Messages and calls are end-to-end encrypted. No one outside", None),
        ] {
            assert_eq!(said(text).as_deref(), expected, "{text}");
        }
    }
}
