//! [`Reader`]: a section's bytes, taken one value at a time, every value checked.

use super::LoadError;
use std::fmt::Display;

/// Largest magnitude of a number in the file.
const LARGEST: f32 = 1e6;

/// A number with three decimals. The standard library's shortest form would be a tenth of the browser's module.
pub(super) struct Decimal(pub(super) f32);

impl Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.0.is_finite() {
            return f.write_str(if self.0.is_nan() { "not a number" } else { "infinite" });
        }
        if self.0.abs() > 1e15 {
            return f.write_str("a number of more than 15 digits");
        }
        let thousandths = (f64::from(self.0.abs()) * 1000.0) as u64;
        let sign = if self.0 < 0.0 { "-" } else { "" };
        write!(f, "{sign}{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

/// What is left of a section.
#[derive(Clone, Copy)]
pub(super) struct Reader<'b> {
    pub(super) section: &'static str,
    pub(super) body: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(section: &'static str, body: &'b [u8]) -> Self {
        Self { section, body, at: 0 }
    }

    pub(super) fn rest(self) -> &'b [u8] {
        &self.body[self.at..]
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'b [u8], LoadError> {
        let left = self.rest();
        if length > left.len() {
            let (section, offset, found) = (self.section, self.at, left.len());
            return Err(LoadError::Short { section, offset, found, expected: length });
        }
        self.at += length;
        Ok(&left[..length])
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], LoadError> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(N)?);
        Ok(out)
    }

    pub(super) fn short(&mut self) -> Result<u16, LoadError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    /// A number so small that no product of several overflows: probabilities stay finite.
    pub(super) fn float(&mut self, what: &'static str) -> Result<f32, LoadError> {
        let value = f32::from_le_bytes(self.array()?);
        self.check(value.abs() <= LARGEST, what, Decimal(value), "a number from -1000000 to 1000000")?;
        Ok(value)
    }

    pub(super) fn floats(&mut self, count: usize, what: &'static str) -> Result<Vec<f32>, LoadError> {
        let mut body = Reader { body: self.take(count.saturating_mul(4))?, at: 0, ..*self };
        (0..count).map(|_| body.float(what)).collect()
    }

    pub(super) fn text(&mut self, what: &'static str) -> Result<String, LoadError> {
        let length = self.short()?;
        let bytes = self.take(usize::from(length))?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(self.value(what, &error, &"UTF-8")),
        }
    }

    pub(super) fn check(
        &self,
        fine: bool,
        what: &'static str,
        found: impl Display,
        expected: impl Display,
    ) -> Result<(), LoadError> {
        if fine { Ok(()) } else { Err(self.value(what, &found, &expected)) }
    }

    /// One function for all types: there are many checks, and a browser downloads each copy.
    #[cold]
    pub(super) fn value(&self, what: &'static str, found: &dyn Display, expected: &dyn Display) -> LoadError {
        LoadError::Value { section: self.section, what, found: found.to_string(), expected: expected.to_string() }
    }

    pub(super) fn end(self) -> Result<(), LoadError> {
        match self.rest().len() {
            0 => Ok(()),
            found => Err(LoadError::Trailing { section: self.section, found }),
        }
    }
}
