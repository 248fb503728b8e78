//! Numbers of a Thrift structure in its compact form, without building what it describes.

/// Structures within structures that are followed; Parquet's own are a handful deep.
const DEEPEST: usize = 32;

/// Why bytes are no structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// They end before it does.
    Short,
    /// They are none.
    Malformed,
}

/// Shows `visit` every integer of the structure that `bytes` begin with: the ids of the fields on the way to it, where a list's
/// elements have the list's, and the number. Where a structure within ends, it shows the way to it and no number. Returns the
/// structure's length.
pub(super) fn walk(bytes: &[u8], visit: &mut dyn FnMut(&[i16], Option<i64>)) -> Result<usize, Fault> {
    let mut walk = Walk { bytes, path: Vec::new(), depth: 0, visit };
    walk.structure()?;
    Ok(bytes.len() - walk.bytes.len())
}

/// Returns the number that `bytes` begin with, seven bits a byte, and takes it away.
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64, Fault> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first().ok_or(Fault::Short)?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Fault::Malformed)
}

struct Walk<'b, 'v> {
    bytes: &'b [u8],
    path: Vec<i16>,
    depth: usize,
    visit: &'v mut dyn FnMut(&[i16], Option<i64>),
}

impl Walk<'_, '_> {
    fn structure(&mut self) -> Result<(), Fault> {
        let mut id = 0_i16;
        loop {
            let header = self.byte()?;
            if header & 0x0f == 0 {
                return Ok(());
            }
            id = match header >> 4 {
                0 => i16::try_from(self.zigzag()?).map_err(|_| Fault::Malformed)?,
                delta => id.checked_add(i16::from(delta)).ok_or(Fault::Malformed)?,
            };
            self.path.push(id);
            // In a field, unlike in a list, the type is the truth value.
            if !matches!(header & 0x0f, 1 | 2) {
                self.value(header & 0x0f)?;
            }
            self.path.pop();
        }
    }

    fn value(&mut self, kind: u8) -> Result<(), Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::Malformed);
        }
        self.depth += 1;
        let result = self.value_of(kind);
        self.depth -= 1;
        result
    }

    fn value_of(&mut self, kind: u8) -> Result<(), Fault> {
        match kind {
            1..=3 => self.byte().map(drop),
            4..=6 => {
                let number = self.zigzag()?;
                (self.visit)(&self.path, Some(number));
                Ok(())
            }
            7 => self.skip(8),
            8 => {
                let length = varint(&mut self.bytes)?;
                self.skip(length)
            }
            9 | 10 => self.list(),
            11 => self.map(),
            12 => {
                self.structure()?;
                (self.visit)(&self.path, None);
                Ok(())
            }
            _ => Err(Fault::Malformed),
        }
    }

    fn list(&mut self) -> Result<(), Fault> {
        let header = self.byte()?;
        let size = if header >> 4 == 15 { varint(&mut self.bytes)? } else { u64::from(header >> 4) };
        for _ in 0..size {
            self.value(header & 0x0f)?;
        }
        Ok(())
    }

    fn map(&mut self) -> Result<(), Fault> {
        let size = varint(&mut self.bytes)?;
        let kinds = if size == 0 { 0 } else { self.byte()? };
        for _ in 0..size {
            self.value(kinds >> 4)?;
            self.value(kinds & 0x0f)?;
        }
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        let (byte, rest) = self.bytes.split_first().ok_or(Fault::Short)?;
        self.bytes = rest;
        Ok(*byte)
    }

    fn skip(&mut self, length: u64) -> Result<(), Fault> {
        let length = usize::try_from(length).map_err(|_| Fault::Malformed)?;
        self.bytes = self.bytes.get(length..).ok_or(Fault::Short)?;
        Ok(())
    }

    fn zigzag(&mut self) -> Result<i64, Fault> {
        let number = varint(&mut self.bytes)?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(bytes: &[u8]) -> (String, Result<usize, Fault>) {
        let mut seen = Vec::new();
        let result = walk(bytes, &mut |path, number| {
            let path = path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
            seen.push(number.map_or(format!("{path} ends"), |number| format!("{path}={number}")));
        });
        (seen.join(" "), result)
    }

    #[test]
    fn numbers_are_found_with_their_way() {
        for (bytes, expected, result) in [
            (&[0][..], "", Ok(1)),
            (&[0x15, 0x02, 0x15, 0x03, 0], "1=1 2=-2", Ok(5)),
            (&[0x2c, 0x15, 0x08, 0, 0], "2.1=4 2 ends", Ok(5)),
            (&[0x29, 0x2c, 0x15, 0x02, 0, 0, 0], "2.1=1 2 ends 2 ends", Ok(7)),
            (&[0x29, 0x25, 0x02, 0x04, 0], "2=1 2=2", Ok(5)),
            (&[0x18, 0x02, 9, 9, 0x11, 0x15, 0x80, 0x01, 0], "3=64", Ok(9)),
            (&[0x1b, 0x01, 0x85, 1, b'a', 0x02, 0], "1=1", Ok(7)),
            (&[0x15], "", Err(Fault::Short)),
            (&[0x18, 0x7f, 0], "", Err(Fault::Short)),
            (&[0x1d], "", Err(Fault::Malformed)),
            (&[0x1c; 100], "", Err(Fault::Malformed)),
            (&[0x19; 100], "", Err(Fault::Malformed)),
            (&[0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f], "", Err(Fault::Short)),
        ] {
            assert_eq!(seen(bytes), (expected.to_owned(), result), "{bytes:02x?}");
        }
    }
}
