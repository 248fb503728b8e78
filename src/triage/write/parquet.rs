//! [`Parquet`]: a table for analysts' programs, written in row groups of bounded size.

use super::columns::Type;
use super::error::LineError;
use super::line::{Cell, Table};
use super::{Output, Schema, WriteError};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a row group.
const GROUP_ROWS: usize = 1 << 16;

/// Bytes of a row group in memory.
const GROUP_BYTES: usize = 16 << 20;

/// Rows handed to the library at once.
const BATCH: usize = 1 << 10;

/// A Parquet file.
pub(super) struct Parquet {
    path: PathBuf,
    table: Table,
    file: SerializedFileWriter<File>,
    row: u64,
    group: Group,
}

/// The rows that are not written yet, by column.
struct Group {
    rows: usize,
    bytes: usize,
    chunks: Vec<Chunk>,
}

/// A column's values that are not null, and their rows.
struct Chunk {
    rows: Vec<usize>,
    values: Values,
}

enum Values {
    Integer(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<bool>),
    /// One text after another, and where each ends.
    Text(Vec<u8>, Vec<usize>),
}

impl Parquet {
    /// Returns an output at `path` without rows.
    pub(super) fn create(path: &Path, schema: &Schema<'_>) -> std::result::Result<Self, WriteError> {
        let file = File::create(path).map_err(|error| WriteError::io(path, error))?;
        let table = Table::new(schema);
        let writer = message(&table).and_then(|message| SerializedFileWriter::new(file, message, properties()?.into()));
        let file = writer.map_err(|error| WriteError::parquet(path, error))?;
        let chunks = table.types().iter().map(|kind| Chunk { rows: Vec::new(), values: Values::new(*kind) }).collect();
        let group = Group { rows: 0, bytes: 0, chunks };
        Ok(Self { path: path.to_owned(), table, file, row: 0, group })
    }

    fn flush(&mut self) -> std::result::Result<(), WriteError> {
        self.group.write(&mut self.file).map_err(|error| WriteError::parquet(&self.path, error))
    }
}

impl Output for Parquet {
    fn write(&mut self, line: &[u8]) -> std::result::Result<(), WriteError> {
        self.row += 1;
        self.group.add(&self.table, line).map_err(|source| WriteError::Line {
            path: self.path.clone(),
            row: self.row,
            source,
        })?;
        if self.group.rows >= GROUP_ROWS || self.group.bytes >= GROUP_BYTES { self.flush() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> std::result::Result<(), WriteError> {
        if self.group.rows > 0 {
            self.flush()?;
        }
        let file = self.file.into_inner().map_err(|error| WriteError::parquet(&self.path, error))?;
        file.sync_all().map_err(|error| WriteError::io(&self.path, error))
    }
}

impl Group {
    /// Adds a row; one that is refused leaves nothing behind that would be written.
    fn add(&mut self, table: &Table, line: &[u8]) -> std::result::Result<(), LineError> {
        let cells = table.raw(line)?.into_iter().enumerate();
        let cells = cells.map(|(at, raw)| table.cell(at, raw)).collect::<std::result::Result<Vec<_>, _>>()?;
        for (chunk, cell) in self.chunks.iter_mut().zip(cells) {
            if let Some(bytes) = chunk.values.push(cell) {
                chunk.rows.push(self.rows);
                self.bytes += bytes + size_of::<usize>();
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the rows and forgets them.
    fn write(&mut self, file: &mut SerializedFileWriter<File>) -> Result<()> {
        let mut group = file.next_row_group()?;
        for chunk in &mut self.chunks {
            let Some(mut column) = group.next_column()? else { break };
            chunk.write(column.untyped(), self.rows)?;
            column.close()?;
            chunk.clear();
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Chunk {
    fn write(&self, column: &mut ColumnWriter<'_>, rows: usize) -> Result<()> {
        for start in (0..rows).step_by(BATCH) {
            let end = rows.min(start + BATCH);
            let present = self.rows.partition_point(|row| *row < start)..self.rows.partition_point(|row| *row < end);
            let mut levels = [0; BATCH];
            for row in &self.rows[present.clone()] {
                levels[row - start] = 1;
            }
            self.values.write(column, present, &levels[..end - start])?;
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.rows.clear();
        match &mut self.values {
            Values::Integer(values) => values.clear(),
            Values::Float(values) => values.clear(),
            Values::Bool(values) => values.clear(),
            // Texts differ most in length: their memory goes back, or each column would keep its longest.
            Values::Text(bytes, ends) => (*bytes, *ends) = (Vec::new(), Vec::new()),
        }
    }
}

impl Values {
    fn new(kind: Type) -> Self {
        match kind {
            Type::Integer => Self::Integer(Vec::new()),
            Type::Float => Self::Float(Vec::new()),
            Type::Bool => Self::Bool(Vec::new()),
            Type::Text => Self::Text(Vec::new(), Vec::new()),
        }
    }

    /// Adds a value; returns its bytes in memory, none for null.
    fn push(&mut self, cell: Cell<'_>) -> Option<usize> {
        match (self, cell) {
            (Self::Integer(values), Cell::Integer(value)) => values.push(value),
            (Self::Float(values), Cell::Float(value)) => values.push(value),
            (Self::Bool(values), Cell::Bool(value)) => values.push(value),
            (Self::Text(bytes, ends), Cell::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                return Some(text.len() + size_of::<usize>());
            }
            // A cell is of its column's type or null.
            _ => return None,
        }
        Some(size_of::<i64>())
    }

    fn write(&self, column: &mut ColumnWriter<'_>, some: Range<usize>, levels: &[i16]) -> Result<()> {
        let levels = Some(levels);
        let written = match (self, column) {
            (Self::Integer(all), ColumnWriter::Int64ColumnWriter(column)) => {
                column.write_batch(&all[some], levels, None)
            }
            (Self::Float(all), ColumnWriter::DoubleColumnWriter(column)) => {
                column.write_batch(&all[some], levels, None)
            }
            (Self::Bool(all), ColumnWriter::BoolColumnWriter(column)) => column.write_batch(&all[some], levels, None),
            (Self::Text(bytes, ends), ColumnWriter::ByteArrayColumnWriter(column)) => {
                let start = |at: usize| at.checked_sub(1).map_or(0, |before| ends[before]);
                let texts: Vec<ByteArray> = some.map(|at| ByteArray::from(&bytes[start(at)..ends[at]])).collect();
                column.write_batch(&texts, levels, None)
            }
            _ => Err(ParquetError::General("a column's writer is of another type than the column".to_owned())),
        };
        written.map(drop)
    }
}

/// Returns the file's schema: every column optional.
fn message(table: &Table) -> Result<types::TypePtr> {
    let fields = table.names().iter().zip(table.types()).map(|(name, kind)| {
        let (physical, logical) = match kind {
            Type::Integer => (Physical::INT64, None),
            Type::Float => (Physical::DOUBLE, None),
            Type::Bool => (Physical::BOOLEAN, None),
            Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = types::Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new)
    });
    types::Type::group_type_builder("laporan").with_fields(fields.collect::<Result<_>>()?).build().map(Arc::new)
}

/// No statistics: those of texts would repeat texts, and memory holds them until the file is complete.
fn properties() -> Result<WriterProperties> {
    let builder = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?));
    Ok(builder.set_statistics_enabled(EnabledStatistics::None).set_offset_index_disabled(true).build())
}
