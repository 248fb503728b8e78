//! [`Sqlite`]: a database with views that a clerk can read.

use super::error::LineError;
use super::line::{Cell, Table};
use super::names::{distinct, quoted};
use super::views::views;
use super::{Output, Schema, Type, WriteError};
use rusqlite::types::Null;
use rusqlite::{Connection, OpenFlags, Statement, params};
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// One transaction without a journal: a run that breaks off writes the file anew. The cache, 16 MiB, bounds the memory.
const SETTINGS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -16384; PRAGMA temp_store = FILE; PRAGMA user_version = 1; BEGIN;";

/// The labels' names.
const LABELS: &str = "CREATE TABLE label (head TEXT NOT NULL, id TEXT NOT NULL, nama TEXT NOT NULL, PRIMARY KEY (head, id)) WITHOUT ROWID;";

/// Indexes: the column, and what makes its index. Built last, from rows at rest.
const INDEXES: [(&str, &str); 2] = [
    ("pilah_row", "CREATE UNIQUE INDEX laporan_pilah_row ON laporan (pilah_row);"),
    ("pilah_rank", "CREATE INDEX laporan_pilah_rank ON laporan (pilah_rank);"),
];

/// An SQLite database.
pub(super) struct Sqlite {
    path: PathBuf,
    table: Table,
    database: Connection,
    insert: String,
    /// What is run after the last row.
    last: String,
    row: u64,
}

/// Why a row is not written.
enum Fault {
    Line(LineError),
    Database(rusqlite::Error),
}

impl Sqlite {
    /// Returns an output at `path` without rows.
    pub(super) fn create(path: &Path, schema: &Schema<'_>) -> Result<Self, WriteError> {
        File::create(path).map_err(|error| WriteError::io(path, error))?;
        let table = Table::new(schema);
        let names = distinct(table.names().iter().map(String::as_str));
        let database = begin(path, &names, table.types(), schema);
        let database = database.map_err(|error| WriteError::sqlite(path, error))?;
        let insert = format!("INSERT INTO laporan VALUES ({})", vec!["?"; names.len()].join(", "));
        let last = last(&table, &names, schema);
        Ok(Self { path: path.to_owned(), table, database, insert, last, row: 0 })
    }

    fn insert(&self, line: &[u8]) -> Result<(), Fault> {
        let mut statement = self.database.prepare_cached(&self.insert)?;
        for (at, raw) in self.table.raw(line)?.into_iter().enumerate() {
            bind(&mut statement, at + 1, self.table.cell(at, raw)?)?;
        }
        statement.raw_execute()?;
        Ok(())
    }
}

impl Output for Sqlite {
    fn write(&mut self, line: &[u8]) -> Result<(), WriteError> {
        self.row += 1;
        self.insert(line).map_err(|fault| match fault {
            Fault::Database(error) => WriteError::sqlite(&self.path, error),
            Fault::Line(source) => WriteError::Line { path: self.path.clone(), row: self.row, source },
        })
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        let done = self.database.execute_batch(&self.last);
        done.map_err(|error| WriteError::sqlite(&self.path, error))?;
        self.database.close().map_err(|(_, error)| WriteError::sqlite(&self.path, error))?;
        let synced = OpenOptions::new().write(true).open(&self.path).and_then(|file| file.sync_all());
        synced.map_err(|error| WriteError::io(&self.path, error))
    }
}

impl From<LineError> for Fault {
    fn from(error: LineError) -> Self {
        Self::Line(error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Returns the database with its tables, in a transaction.
fn begin(path: &Path, names: &[String], types: &[Type], schema: &Schema<'_>) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags)?;
    database.execute_batch(SETTINGS)?;
    database.execute_batch(LABELS)?;
    let columns = names.iter().zip(types).map(|(name, kind)| format!("{} {}", quoted(name), declared(*kind)));
    database.execute_batch(&format!("CREATE TABLE laporan ({});", columns.collect::<Vec<_>>().join(", ")))?;
    for (head, labels) in schema.heads {
        for (id, name) in labels {
            database.execute("INSERT OR REPLACE INTO label VALUES (?, ?, ?)", params![head, id, name])?;
        }
    }
    Ok(database)
}

/// Returns the statements that complete the database.
fn last(table: &Table, names: &[String], schema: &Schema<'_>) -> String {
    let is_there = |column: &&(&str, &str)| table.names().iter().any(|name| name == column.0);
    let indexes = INDEXES.iter().filter(is_there).map(|(_, make)| (*make).to_owned());
    let statements = indexes.chain(views(table.names(), names, schema));
    statements.chain(["COMMIT;".to_owned()]).collect::<Vec<_>>().join("\n")
}

fn bind(statement: &mut Statement<'_>, at: usize, cell: Cell<'_>) -> rusqlite::Result<()> {
    match cell {
        Cell::Null => statement.raw_bind_parameter(at, Null),
        Cell::Integer(value) => statement.raw_bind_parameter(at, value),
        Cell::Float(value) => statement.raw_bind_parameter(at, value),
        Cell::Bool(value) => statement.raw_bind_parameter(at, value),
        Cell::Text(text) => statement.raw_bind_parameter(at, text),
    }
}

fn declared(kind: Type) -> &'static str {
    match kind {
        Type::Integer => "INTEGER",
        Type::Float => "REAL",
        Type::Bool => "BOOLEAN",
        Type::Text => "TEXT",
    }
}
