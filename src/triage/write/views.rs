//! Views of the SQLite output, in the words of the people who read them.

use super::Schema;
use super::names::{distinct, literal, quoted};
use crate::read::row::Channel;
use std::collections::HashMap;

/// What heads are called; others go by their own names.
const HEADS: [(&str, &str); 4] =
    [("urgency", "urgensi"), ("category", "kategori"), ("agency", "instansi"), ("type", "jenis")];

/// Why a person must look: the value of `pilah_needs_review` and what it is called.
const REASONS: [(&str, &str); 3] =
    [("too-short", "teks terlalu pendek"), ("not-a-report", "mungkin bukan laporan"), ("unsure", "model ragu")];

/// Columns that hold a text, of which a view takes the first that has one; SQLite's functions take no more than 127.
const MOST_TEXTS: usize = 100;

/// Returns the statements that make the views of what is there: `columns` are the rows' members, `names` what SQLite calls
/// them.
pub(super) fn views(columns: &[String], names: &[String], schema: &Schema<'_>) -> Vec<String> {
    let names = columns.iter().map(String::as_str).zip(names.iter().map(String::as_str)).collect();
    let source = Source { names, schema };
    let views =
        [source.queue(), source.urgent(), source.review(), source.duplicates(), source.others(), source.summary()];
    views.into_iter().flatten().collect()
}

/// The table that views read, under the alias `l`.
struct Source<'s> {
    names: HashMap<&'s str, &'s str>,
    schema: &'s Schema<'s>,
}

/// A column of a view: its name and what it is computed from.
type Item = (&'static str, Option<String>);

impl Source<'_> {
    fn queue(&self) -> Option<String> {
        let rank = self.column("pilah_rank")?;
        self.view("antrean", self.items(&[]), &format!("{rank} IS NOT NULL"), &rank)
    }

    fn urgent(&self) -> Option<String> {
        let (head, label) = self.schema.most_urgent.as_ref()?;
        let (rank, urgency) = (self.column("pilah_rank")?, self.column(&format!("pilah_{head}"))?);
        let filter = format!("{rank} IS NOT NULL AND {urgency} = {}", literal(label));
        self.view("darurat", self.items(&[]), &filter, &rank)
    }

    fn review(&self) -> Option<String> {
        let mut filter = format!("{} IS NOT NULL", self.column("pilah_needs_review")?);
        if let Some(duplicate) = self.column("pilah_duplicate_of") {
            filter += &format!(" AND {duplicate} IS NULL");
        }
        let order = [self.column("pilah_rank").map(|rank| format!("{rank} IS NULL, {rank}")), self.column("pilah_row")];
        let order: Vec<String> = order.into_iter().flatten().collect();
        self.view("perlu_petugas", self.items(&[]), &filter, &order.join(", "))
    }

    fn duplicates(&self) -> Option<String> {
        let (of, row, _) = (self.column("pilah_duplicate_of")?, self.column("pilah_row")?, self.column("pilah_rank")?);
        let rank = format!("(SELECT w.pilah_rank FROM laporan AS w WHERE w.pilah_row = {of})");
        let mut items = vec![("peringkat_wakil".to_owned(), rank)];
        items.extend(self.items(&["peringkat", "jumlah_pesan"]));
        let order = format!("peringkat_wakil IS NULL, peringkat_wakil, {row}");
        self.view("duplikat", items, &format!("{of} IS NOT NULL"), &order)
    }

    fn others(&self) -> Option<String> {
        let filter = format!("NOT {}", self.column("pilah_report")?);
        let items = self.items(&["peringkat", "jumlah_pesan"]);
        self.view("bukan_laporan", items, &filter, &self.column("pilah_row").unwrap_or_default())
    }

    fn summary(&self) -> Option<String> {
        let report = self.column("pilah_report")?;
        let heads = [("kategori", self.label("category")), ("urgensi", self.label("urgency"))];
        let heads: Vec<(String, String)> = present(heads).collect();
        let by = (1..=heads.len()).map(|at| at.to_string()).collect::<Vec<_>>().join(", ");
        let distinct = self.column("pilah_duplicate_of").map(|of| format!("SUM({of} IS NULL)"));
        let counts = present([("laporan", Some("COUNT(*)".to_owned())), ("laporan_berbeda", distinct)]);
        let filter = format!("{report} GROUP BY {by}");
        let order = format!("laporan DESC, {by}");
        if heads.is_empty() { None } else { self.view("ringkasan", heads.into_iter().chain(counts), &filter, &order) }
    }

    /// Returns the statement that makes the view `name`; none if it has no columns.
    fn view(
        &self,
        name: &str,
        items: impl IntoIterator<Item = (String, String)>,
        filter: &str,
        order: &str,
    ) -> Option<String> {
        let (names, values): (Vec<String>, Vec<String>) = items.into_iter().unzip();
        let columns = distinct(names.iter().map(String::as_str)).into_iter().zip(values);
        let columns: Vec<String> = columns.map(|(name, value)| format!("{value} AS {}", quoted(&name))).collect();
        let order = if order.is_empty() { String::new() } else { format!(" ORDER BY {order}") };
        let select = format!("SELECT {} FROM laporan AS l WHERE {filter}{order}", columns.join(", "));
        (!columns.is_empty()).then(|| format!("CREATE VIEW {name} AS {select};"))
    }

    /// Returns the columns of a view, without those called `left_out`.
    fn items(&self, left_out: &[&str]) -> Vec<(String, String)> {
        let items: [Item; 14] = [
            ("peringkat", self.column("pilah_rank")),
            ("urgensi", self.label("urgency")),
            ("peluang_urgensi", self.column("pilah_urgency_probability")),
            ("kategori", self.label("category")),
            ("instansi", self.label("agency")),
            ("kantor", self.column("pilah_office")),
            ("jenis", self.label("type")),
            ("jumlah_pesan", self.column("pilah_duplicates")),
            ("teks", self.text()),
            ("waktu", self.column("pilah_time")),
            ("kanal", self.channel()),
            ("sumber", self.column("pilah_source")),
            ("posisi", self.column("pilah_position")),
            ("perlu_petugas", self.reason()),
        ];
        let known = present(items).filter(|(name, _)| !left_out.contains(&name.as_str()));
        let others = self.schema.heads.iter().filter(|(head, _)| HEADS.iter().all(|(known, _)| known != head));
        known.chain(others.filter_map(|(head, _)| Some((head.clone(), self.label(head)?)))).collect()
    }

    /// Returns the column of the rows' member `name`, if they have it.
    fn column(&self, name: &str) -> Option<String> {
        self.names.get(name).map(|name| format!("l.{}", quoted(name)))
    }

    /// Returns the name of the label of `head`; its id where it has no name.
    fn label(&self, head: &str) -> Option<String> {
        let id = self.column(&format!("pilah_{head}"))?;
        let head = literal(head);
        Some(format!("COALESCE((SELECT b.nama FROM label AS b WHERE b.head = {head} AND b.id = {id}), {id})"))
    }

    fn text(&self) -> Option<String> {
        let texts = self.schema.text_columns.iter().filter_map(|name| self.column(name)).take(MOST_TEXTS);
        let texts: Vec<String> = texts.collect();
        // COALESCE takes two at least.
        if texts.is_empty() { None } else { Some(format!("COALESCE({}, NULL)", texts.join(", "))) }
    }

    fn channel(&self) -> Option<String> {
        let names = Channel::ALL.iter().map(|channel| (channel.id().to_owned(), channel.name().to_owned()));
        self.column("pilah_channel").map(|id| renamed(&id, names))
    }

    fn reason(&self) -> Option<String> {
        let plain = REASONS.iter().map(|(reason, name)| ((*reason).to_owned(), (*name).to_owned()));
        let heads = self.schema.heads.iter().map(|(head, _)| {
            let name = HEADS.iter().find(|(known, _)| known == head).map_or(head.as_str(), |(_, name)| name);
            (format!("unsure:{head}"), format!("model ragu: {name}"))
        });
        self.column("pilah_needs_review").map(|reason| renamed(&reason, plain.chain(heads)))
    }
}

/// Returns the items that are there.
fn present(items: impl IntoIterator<Item = Item>) -> impl Iterator<Item = (String, String)> {
    items.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)))
}

/// Returns what `value` is called by `names`; itself if it is none of them.
fn renamed(value: &str, names: impl Iterator<Item = (String, String)>) -> String {
    let cases = names.map(|(id, name)| format!("WHEN {} THEN {}", literal(&id), literal(&name)));
    format!("CASE {value} {} ELSE {value} END", cases.collect::<Vec<_>>().join(" "))
}
