//! Messages over time.

use crate::triage::report::Facts;
use crate::triage::report::calendar::{Calendar, Unit};
use crate::triage::report::chart::{Column, columns};
use crate::triage::report::indonesian::number;
use maud::{Markup, html};

/// Returns when messages were written.
pub(super) fn days(facts: &Facts) -> Markup {
    let calendar = Calendar::of(&facts.days);
    let Some(fullest) = calendar.fullest() else { return html! {} };
    let unit = calendar.unit.name();
    let full_name = calendar.unit.long(fullest.start);
    let most = format!("Terbanyak: {} pesan ({full_name}).", number(fullest.messages));
    let shown: Vec<Column> =
        calendar.bins.iter().map(|bin| column(calendar.unit, bin.start, bin.messages, bin.reports)).collect();
    html! {
        section {
            h2 { "Pesan per " (unit) }
            p.quiet { (most) (left_out(facts, &calendar)) }
            (columns(&shown, &format!("Pesan per {unit}"), &described(&shown, &most)))
            (table(&shown, unit))
        }
    }
}

fn column(unit: Unit, start: jiff::civil::Date, messages: u64, reports: u64) -> Column {
    Column { name: unit.long(start), short: unit.short(start), whole: messages, part: reports }
}

/// The chart in words.
fn described(columns: &[Column], most: &str) -> String {
    match columns {
        [first, .., last] => format!("Dari {} sampai {}. {most}", first.name, last.name),
        _ => most.to_owned(),
    }
}

/// What the chart does not show, in words.
fn left_out(facts: &Facts, calendar: &Calendar) -> String {
    let dated = facts.days.iter().fold(0_u64, |sum, day| sum.saturating_add(day.messages));
    let undated = facts.messages.saturating_sub(dated);
    let empty = calendar.bins.iter().filter(|bin| bin.messages == 0).count() as u64;
    let mut said = String::new();
    if empty > 0 {
        said += &format!(" {} {} tanpa pesan.", number(empty), calendar.unit.name());
    }
    if undated > 0 {
        said += &format!(" {} pesan tanpa tanggal tidak digambar.", number(undated));
    }
    if calendar.far > 0 {
        let far = number(calendar.far);
        said += &format!(" {far} pesan yang tanggalnya terpaut jauh dari yang lain, mungkin keliru, tidak digambar.");
    }
    said
}

fn table(columns: &[Column], unit: &str) -> Markup {
    html! {
        details {
            summary { "Angka per " (unit) }
            table {
                thead { tr { th scope="col" { "Masa" } th.number scope="col" { "Pesan" } th.number scope="col" { "Laporan" } } }
                tbody {
                    @for column in columns {
                        tr {
                            th scope="row" { (column.name) }
                            td.number { (number(column.whole)) }
                            td.number { (number(column.part)) }
                        }
                    }
                }
            }
        }
    }
}
