//! Reports with their texts: the urgent ones, and what many say.

use super::head_title;
use crate::triage::report::indonesian::{local, moment, number, probability};
use crate::triage::report::{CASE_CHARS, Case, Facts};
use maud::{Markup, html};

/// Lines of a text that stay lines; more are run together, as a wall of lines hides the next report.
const LINES: usize = 8;

/// Returns the reports that need someone within hours, with all there is to know to send somebody.
pub(super) fn urgent(facts: &Facts) -> Markup {
    if facts.messages == 0 {
        return html! {};
    }
    let left = facts.urgent.saturating_sub(facts.urgent_first.len() as u64);
    html! {
        section #segera {
            h2 { "Perlu ditangani dalam hitungan jam" }
            p.quiet { (about_urgent(facts)) }
            @if !facts.urgent_first.is_empty() {
                ol.cases.urgent { @for (at, case) in facts.urgent_first.iter().enumerate() { (card(at, case, facts.utc_offset)) } }
            }
            @if left > 0 {
                p { "Dan " (number(left)) " laporan lain. Semuanya berada di urutan teratas berkas hasil." }
            }
        }
    }
}

fn about_urgent(facts: &Facts) -> &'static str {
    let judged = facts.heads.iter().any(|head| head.head == "urgency");
    match (facts.urgent, judged) {
        (0, false) => "Model ini tidak menilai urgensi.",
        (0, true) => {
            "Tidak ada laporan yang dinilai menyangkut keselamatan orang saat ini. Penilaian dibuat oleh mesin; laporan \
             dengan urgensi tinggi tetap perlu dibaca."
        }
        _ => {
            "Menurut penilaian mesin, laporan berikut mungkin menyangkut nyawa, keselamatan, atau harta benda. Bacalah \
             dahulu, pastikan kepada pelapor atau warga setempat, lalu teruskan."
        }
    }
}

/// Returns what was said most often.
pub(super) fn biggest(facts: &Facts) -> Markup {
    if facts.biggest.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "Paling sering disampaikan" }
            p.quiet {
                (number(facts.groups)) " laporan disampaikan lebih dari sekali dengan kata-kata yang sama atau hampir sama."
            }
            ol.cases { @for (at, case) in facts.biggest.iter().enumerate() { (card(at, case, facts.utc_offset)) } }
        }
    }
}

fn card(at: usize, case: &Case, utc_offset: i8) -> Markup {
    html! {
        li {
            p.times { (at + 1) ". Disampaikan " (times(case.messages)) }
            blockquote dir="auto" { (lines(&case.text)) }
            @if case.text.chars().count() > CASE_CHARS {
                p.quiet { small { "Teks dipotong; selengkapnya pada nomor " (number(case.row)) " di berkas hasil." } }
            }
            dl.about { (about(case, utc_offset)) }
        }
    }
}

fn times(messages: u64) -> String {
    if messages > 1 { format!("{} kali", number(messages)) } else { "sekali".to_owned() }
}

/// What is known of a report, a line each.
fn about(case: &Case, utc_offset: i8) -> Markup {
    let time = case.time.and_then(|time| local(time, utc_offset));
    html! {
        @for (head, name, chance) in &case.labels {
            @let office = case.office.as_deref().filter(|_| head == "agency");
            (line(head_title(head), &format!("{} ({})", office.unwrap_or(name), probability(*chance))))
        }
        @if let Some(office) = case.office.as_deref().filter(|_| !case.labels.iter().any(|(head, ..)| head == "agency")) {
            (line("Instansi", office))
        }
        (line("Waktu", &time.map_or_else(|| "tidak diketahui".to_owned(), moment)))
        (line("Kanal", case.channel.name()))
        (line("Letak", &format!("{}, {}; nomor {} di berkas hasil", case.source, position(&case.position), number(case.row))))
    }
}

fn line(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { bdi { (value) } } } }
}

/// Where something stands, in words: `baris 12`.
fn position(position: &str) -> String {
    match position.split_once(':') {
        Some(("line", at)) => format!("baris {at}"),
        Some(("offset", at)) => format!("bita {at}"),
        Some(("record", at)) => format!("data ke-{at}"),
        _ => position.to_owned(),
    }
}

/// A text without empty lines, and in one line if it has too many.
fn lines(text: &str) -> String {
    let lines: Vec<&str> = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).collect();
    let lines: Vec<&str> = lines.into_iter().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(if lines.len() > LINES { " / " } else { "\n" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_lines_unless_there_are_too_many() {
        for (text, expected) in [
            (
                "Tolong pak\r\n\r\n  rumah terbakar\u{2028}di Jl. Pendidikan",
                "Tolong pak\nrumah terbakar\ndi Jl. Pendidikan",
            ),
            ("a\nb\nc\nd\ne\nf\ng\nh\ni", "a / b / c / d / e / f / g / h / i"),
            ("", ""),
        ] {
            assert_eq!(lines(text), expected);
        }
    }

    #[test]
    fn positions_are_words() {
        for (told, expected) in
            [("line:12", "baris 12"), ("offset:99", "bita 99"), ("record:7", "data ke-7"), ("lembar 2", "lembar 2")]
        {
            assert_eq!(position(told), expected);
        }
    }
}
