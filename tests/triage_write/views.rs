//! The views of the SQLite output.

use crate::{Row, columns, write};
use pilah::triage::write::{Format, Schema};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::json;
use tempfile::TempDir;

fn labels(head: &str, labels: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    (head.to_owned(), labels.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect())
}

fn heads() -> Vec<(String, Vec<(String, String)>)> {
    vec![
        labels("category", &[("jalan", "Jalan rusak"), ("banjir", "Banjir")]),
        labels("urgency", &[("darurat", "Darurat"), ("rutin", "Rutin")]),
        labels("teks", &[("a", "Kepala lain")]),
    ]
}

/// Four messages: the queue's two, a duplicate of the second, and none of a report.
fn rows() -> Vec<Row> {
    let row = |rank, of, row, category: &str, urgency: &str, review, text: (&str, &str)| {
        json!({
            "pilah_rank": rank, "pilah_duplicates": 2, "pilah_duplicate_of": of, "pilah_row": row,
            "pilah_report": row != 4, "pilah_category": category, "pilah_urgency": urgency,
            "pilah_urgency_probability": 0.5, "pilah_teks": "a", "pilah_office": null, "pilah_needs_review": review,
            "pilah_channel": "whatsapp", "pilah_time": "2026-01-31T08:00:00+07:00", "pilah_source": "a.txt",
            "pilah_position": format!("line:{row}"), "TEKS": null, text.0: text.1,
        })
    };
    let none = None::<i64>;
    let rows = [
        row(Some(1), none, 3, "banjir", "darurat", None, ("teks", "Banjir setinggi dada, Jum'at")),
        row(Some(2), none, 1, "jalan", "rutin", Some("unsure:category"), ("isi", "Jalan berlubang")),
        row(None, Some(1), 2, "jalan", "rutin", Some("unsure"), ("isi", "Jalan berlubang!")),
        row(None, none, 4, "lainnya", "rutin", Some("not-a-report"), ("teks", "Selamat pagi")),
    ];
    rows.map(|row| serde_json::from_value(row).unwrap()).to_vec()
}

/// A database in a folder that lives as long.
struct Database(Connection, #[expect(dead_code, reason = "dropped last")] TempDir);

/// Returns a database of `rows` with everything that a schema can tell.
fn database(rows: &[Row]) -> Database {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hasil.sqlite");
    let (columns, heads, texts) = (columns(rows), heads(), ["teks".to_owned(), "isi".to_owned()]);
    let most_urgent = Some(("urgency".to_owned(), "darurat".to_owned()));
    let schema = Schema { columns: &columns, text_columns: &texts, heads: &heads, most_urgent };
    write(Format::Sqlite, &path, rows, &schema).unwrap();
    Database(Connection::open(&path).unwrap(), folder)
}

fn select(Database(database, _): &Database, sql: &str) -> String {
    let mut statement = database.prepare(sql).unwrap();
    let mut found = vec![statement.column_names().join("|")];
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let cells = (0..row.as_ref().column_count()).map(|at| match row.get::<_, Cell>(at).unwrap() {
            Cell::Null => String::new(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text,
            Cell::Blob(_) => panic!("a blob"),
        });
        found.push(cells.collect::<Vec<_>>().join("|"));
    }
    found.join("\n")
}

#[test]
fn views_show_what_their_names_say() {
    let database = database(&rows());
    let when = "|2026-01-31T08:00:00+07:00|WhatsApp|a.txt|line:";
    let names = "peringkat|urgensi|peluang_urgensi|kategori|kantor|jumlah_pesan|teks|waktu|kanal|sumber|posisi|perlu_petugas|teks_2";
    let less = "urgensi|peluang_urgensi|kategori|kantor|teks|waktu|kanal|sumber|posisi|perlu_petugas|teks_2";
    let first = format!("1|Darurat|0.5|Banjir||2|Banjir setinggi dada, Jum'at{when}3||Kepala lain");
    let second = format!("2|Rutin|0.5|Jalan rusak||2|Jalan berlubang{when}1|model ragu: kategori|Kepala lain");
    let copy = format!("2|Rutin|0.5|Jalan rusak||Jalan berlubang!{when}2|model ragu|Kepala lain");
    let other = format!("Rutin|0.5|lainnya||{}{when}4|mungkin bukan laporan|Kepala lain", "Selamat pagi");
    let ranked = format!("|{}", other.replace("||Selamat", "||2|Selamat"));
    for (view, expected) in [
        ("antrean", format!("{names}\n{first}\n{second}")),
        ("darurat", format!("{names}\n{first}")),
        ("perlu_petugas", format!("{names}\n{second}\n{ranked}")),
        ("duplikat", format!("peringkat_wakil|{less}\n{copy}")),
        ("bukan_laporan", format!("{less}\n{other}")),
        ("ringkasan", "kategori|urgensi|laporan|laporan_berbeda\nJalan rusak|Rutin|2|1\nBanjir|Darurat|1|1".to_owned()),
        (
            "label",
            "head|id|nama\ncategory|banjir|Banjir\ncategory|jalan|Jalan rusak\nteks|a|Kepala lain\n\
                   urgency|darurat|Darurat\nurgency|rutin|Rutin"
                .to_owned(),
        ),
    ] {
        assert_eq!(select(&database, &format!("SELECT * FROM {view}")), expected, "{view}");
    }
}

#[test]
fn a_view_lacks_what_the_rows_lack() {
    let own: Vec<String> = rows()[0].keys().filter(|name| name.starts_with("pilah_")).cloned().collect();
    for left_out in own.iter().map(Some).chain([None]) {
        let mut rows = rows();
        for row in &mut rows {
            row.retain(|name, _| left_out.is_some_and(|left_out| name != left_out) || name == "teks");
        }
        let database = database(&rows);
        let views = select(&database, "SELECT name FROM sqlite_schema WHERE type = 'view'");
        for view in views.lines().skip(1) {
            select(&database, &format!("SELECT * FROM {view}"));
        }
        assert_eq!(views.lines().count() == 1, left_out.is_none(), "{left_out:?}: {views}");
    }
}

#[test]
fn the_queue_is_read_by_its_index() {
    let plan = select(&database(&rows()), "EXPLAIN QUERY PLAN SELECT * FROM antrean");
    assert!(plan.contains("laporan_pilah_rank") && !plan.contains("TEMP B-TREE"), "{plan}");
}
