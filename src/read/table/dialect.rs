//! [`Table`]: how a table is written, told by its first records.

use super::super::names::{Role, normal};
use super::super::stream::Stream;
use super::super::time;
use super::Records;
use super::columns::Columns;
use super::parse::{Parsers, settings};
use super::shape::Cells;
use crate::read::ReadOptions;

/// Delimiters that tables are written with, the likeliest first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// What delimits a table of one column: nothing that texts hold, so that commas need no quotes.
const NONE: u8 = 0x1f;
/// The records that are looked at.
const LOOKED_AT: usize = 200;
/// The columns of the widest table.
const WIDEST: usize = 2000;
/// Characters of the longest name of a column.
const LONGEST_NAME: usize = 48;

/// How a table is written.
#[derive(Debug)]
pub(in crate::read) struct Table {
    delimiter: u8,
    /// Records before the first row.
    before: u32,
    /// The names of its columns, as written.
    header: Vec<String>,
    /// Its first rows.
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Returns how the table that begins with `sample` is written; none where that is no table. `whole` says whether the
    /// sample is all there is, not cut in a record.
    pub(in crate::read) fn tell(sample: &str, whole: bool) -> Option<Self> {
        let (told, body) = separator(sample);
        let whole = whole || !body.contains('\n');
        let read = |delimiter| records(body, delimiter, whole);
        let before = u32::from(told.is_some());
        if let Some(delimiter) = told {
            return Self::new(read(delimiter), delimiter, before);
        }
        let first = body.lines().find(|line| !line.trim().is_empty())?;
        if Role::of(first.trim_matches('"')).text.is_some() && !first.bytes().any(|byte| DELIMITERS.contains(&byte)) {
            return Self::new(read(NONE), NONE, before);
        }
        let mut best: Option<(bool, usize, usize, u8)> = None;
        for delimiter in DELIMITERS {
            if let Some((header, share, columns)) = regular(&read(delimiter), delimiter) {
                let better = best.is_none_or(|(known, most, width, _)| (header, share, columns) > (known, most, width));
                best = if better { Some((header, share, columns, delimiter)) } else { best };
            }
        }
        let (.., delimiter) = best?;
        Self::new(read(delimiter), delimiter, before)
    }

    fn new(mut records: Vec<Vec<String>>, delimiter: u8, before: u32) -> Option<Self> {
        let titles = titles(&records);
        records.drain(..titles);
        let before = before + u32::try_from(titles).ok()?;
        let first = records.first().filter(|first| first.len() <= WIDEST)?;
        if is_header(first, &records[1..]) {
            let header = records.remove(0);
            return Some(Self { delimiter, before: before + 1, header, rows: records });
        }
        let columns = records.iter().map(Vec::len).max()?.min(WIDEST);
        let header = (1..=columns).map(|column| format!("kolom_{column}")).collect();
        Some(Self { delimiter, before, header, rows: records })
    }

    /// Returns the reader of this table.
    ///
    /// # Errors
    /// The names of the columns where the one asked for is none of them.
    pub(in crate::read) fn reader(
        self,
        stream: Stream,
        options: &ReadOptions,
    ) -> Result<(Records, Cells), Vec<String>> {
        let columns = Columns::new(self.header, &self.rows, options.text_column.as_deref())?;
        let shape = Cells { columns, parsers: Parsers::new(self.delimiter), utc_offset: options.utc_offset };
        Ok((Records::new(stream, self.delimiter, self.before), shape))
    }
}

/// The delimiter that Excel's first line tells, and what comes after that line.
fn separator(sample: &str) -> (Option<u8>, &str) {
    let told = sample.split_once('\n').and_then(|(first, body)| {
        let mark = first.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=")?;
        Some((*mark.as_bytes().first()?, body)).filter(|_| mark.len() == 1)
    });
    told.map_or((None, sample), |(delimiter, body)| (Some(delimiter), body))
}

/// The first records of `sample`; its last one only where it is whole.
fn records(sample: &str, delimiter: u8, whole: bool) -> Vec<Vec<String>> {
    let read = settings(delimiter).from_reader(sample.as_bytes()).into_byte_records();
    let cell = |cell: &[u8]| String::from_utf8_lossy(cell).trim_end_matches('\r').to_owned();
    let found = read.take(LOOKED_AT + 1).map_while(Result::ok);
    let mut records: Vec<Vec<String>> = found.map(|record| record.iter().map(cell).collect()).collect();
    // Lines of blanks are no records when reading either.
    let is_blank = |record: &Vec<String>| record.iter().all(|cell| cell.trim().is_empty());
    records.retain(|record| !is_blank(record) || (record.len() > 1 && delimiter != b'\t'));
    if (!whole && records.len() > 1) || records.len() > LOOKED_AT {
        records.pop();
    }
    records
}

/// Whether the first of `records` has names that are known, in percent how many have as many cells as most, and how many
/// that is; none where that is no table.
fn regular(records: &[Vec<String>], delimiter: u8) -> Option<(bool, usize, usize)> {
    let records = &records[titles(records)..];
    let first = records.first()?;
    let (width, known) = (first.len(), named(first) && known(first) > 0);
    let widths = records.iter().map(Vec::len);
    let most =
        if known { width } else { widths.clone().max_by_key(|one| widths.clone().filter(|w| w == one).count())? };
    let share = widths.filter(|width| *width == most).count() * 100 / records.len();
    let needed = if known { 0 } else { 80 };
    let enough = known || (records.len() > 1 && !(delimiter == b',' && is_prose(records)));
    (most > 1 && share >= needed && enough).then_some((known, share, most))
}

/// How many of `cells` are names that say something.
fn known(cells: &[String]) -> usize {
    cells.iter().filter(|cell| Role::of(cell).is_known()).count()
}

/// The records before the header: offices write what a table is about above it.
fn titles(records: &[Vec<String>]) -> usize {
    const MOST: usize = 10;
    let is_header = |record: &Vec<String>| record.len() > 1 && named(record) && known(record) > 1;
    records.iter().take(MOST).position(is_header).unwrap_or(0)
}

/// Commas in sentences have a blank after them.
fn is_prose(records: &[Vec<String>]) -> bool {
    let after = records.iter().flat_map(|record| record.iter().skip(1));
    let (all, blank) = after.fold((0, 0), |(all, blank), cell| (all + 1, blank + usize::from(cell.starts_with(' '))));
    blank * 2 > all
}

/// Whether every cell could be the name of a column.
fn named(cells: &[String]) -> bool {
    let name = |cell: &String| {
        let value = cell.trim();
        let plain = value.chars().count() <= LONGEST_NAME && value.split_whitespace().count() <= 6;
        plain && !value.starts_with(|c: char| c.is_ascii_digit()) && !value.contains(['@', '\n', '{', '}'])
    };
    cells.iter().all(name)
}

/// Whether `first` names the columns of `rows`.
fn is_header(first: &[String], rows: &[Vec<String>]) -> bool {
    if !named(first) {
        return false;
    }
    if known(first) > 0 {
        return true;
    }
    let distinct = first.iter().enumerate().all(|(at, cell)| !cell.trim().is_empty() && !first[..at].contains(cell));
    distinct && (0..first.len()).any(|column| differs(&first[column], rows, column))
}

/// Whether a column holds other things than its first cell: numbers, times, or texts far longer.
fn differs(name: &str, rows: &[Vec<String>], column: usize) -> bool {
    let cells: Vec<&String> = rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).collect();
    let value = |cell: &&&String| cell.parse::<f64>().is_ok() || time::parse(cell, 0).is_some();
    let values = cells.iter().filter(value).count();
    let length: usize = cells.iter().map(|cell| cell.len()).sum();
    !cells.is_empty() && (values * 2 > cells.len() || length > cells.len() * normal(name).len() * 3)
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_tells_its_delimiter_and_its_header() {
        for (sample, expected) in [
            ("isi;waktu\njalan, rusak, lagi;1\n", Some((';', 1, "isi"))),
            ("\"isi\",\"waktu\"\n\"a;b\",1\n", Some((',', 1, "isi"))),
            ("no\tisi\n1\ta\n", Some(('\t', 1, "no"))),
            ("kode|uraian singkat\n7|halte bocor\n", Some(('|', 1, "kode"))),
            ("alpha,beta\n1,2\n3,4\n", Some((',', 1, "alpha"))),
            ("1,halte bocor\n2,jalan rusak\n", Some((',', 0, "kolom_1"))),
            ("sep=;\nisi;x\na;b\n", Some((';', 2, "isi"))),
            ("teks\na, b; c\n", Some(('\u{1f}', 1, "teks"))),
            ("isi,nama\n", Some((',', 1, "isi"))),
            ("REKAP ADUAN 2026\n\nKecamatan Mekar;;\nno;isi;nama\n1;halte bocor;a\n", Some((';', 3, "no"))),
            ("jalan rusak\nlampu mati\n", None),
            ("Pak, jalan rusak\nBu, lampu mati\n", None),
            ("satu kata", None),
        ] {
            let table = Table::tell(sample, true);
            let told =
                table.as_ref().map(|table| (char::from(table.delimiter), table.before, table.header[0].as_str()));
            assert_eq!(told, expected, "{sample}");
        }
    }
}
