//! [`Work`]: the folder beside the output in which a run keeps what it has done.

use super::TriageError;
use super::segment::{Manifest, Rows, save};
use fs4::{FileExt, TryLockError};
use serde_json::Value;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

/// Says what the run is, so that another one does not go on with it.
const RUN: &str = "run.json";
/// Held by the run that works here.
const LOCK: &str = "lock";
/// Stands when every segment's groups are written.
const GROUPED: &str = "grouped";

/// The work folder of one run, locked against others.
#[derive(Debug)]
pub(super) struct Work {
    folder: PathBuf,
    /// Locked as long as it is open; a killed process lets go by itself.
    _lock: File,
}

/// What is sealed.
#[derive(Debug, Default)]
pub(super) struct Sealed {
    /// The segments in their order.
    pub(super) segments: Vec<Rows>,
    /// The manifest of the last one.
    pub(super) last: Option<Manifest>,
}

impl Work {
    /// Returns the path of the work folder of the output `out`.
    pub(super) fn folder_of(out: &Path) -> PathBuf {
        let mut name = OsString::from(out);
        name.push(".work");
        name.into()
    }

    /// Returns the folders that a run may leave behind.
    pub(super) fn folders_of(out: &Path) -> [PathBuf; 2] {
        let folder = Self::folder_of(out);
        [leaving(&folder), folder]
    }

    /// Returns the work folder of the output `out`: a new one, or the one that an interrupted run with the same `settings` left.
    ///
    /// # Errors
    /// [`TriageError::Busy`], [`TriageError::OtherRun`], or what the system says.
    pub(super) fn open(out: &Path, settings: &Value, restart: bool) -> Result<Self, TriageError> {
        let folder = Self::folder_of(out);
        let mut work = Self::lock(folder)?;
        remove(&leaving(&work.folder))?;
        if restart {
            let folder = work.folder.clone();
            work.remove()?;
            work = Self::lock(folder)?;
        }
        work.claim(settings)?;
        Ok(work)
    }

    fn lock(folder: PathBuf) -> Result<Self, TriageError> {
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !folder.is_dir() => {
                return Err(TriageError::file("make the folder", &folder)(error));
            }
            _ => {}
        }
        let path = folder.join(LOCK);
        let lock = File::create(&path).map_err(TriageError::file("write", &path))?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self { folder, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(TriageError::Busy(folder)),
            Err(TryLockError::Error(source)) => Err(TriageError::file("lock", &path)(source)),
        }
    }

    /// Writes down what the run is, or compares it with what is written.
    fn claim(&self, settings: &Value) -> Result<(), TriageError> {
        let path = self.folder.join(RUN);
        let found = match fs::read(&path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return self.appear(RUN, |out| out.write_all(settings.to_string().as_bytes()));
            }
            Err(source) => return Err(TriageError::file("read", &path)(source)),
        };
        let found: Value = serde_json::from_slice(&found)
            .map_err(|error| TriageError::Damaged { path: path.clone(), what: error.to_string() })?;
        match difference(&found, settings) {
            None => Ok(()),
            // Killed before it had done anything: nothing to go on with.
            Some(_) if self.sealed()?.segments.is_empty() => {
                self.appear(RUN, |out| out.write_all(settings.to_string().as_bytes()))
            }
            Some(what) => Err(TriageError::OtherRun { path: self.folder.clone(), what }),
        }
    }

    /// Returns the folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns where a segment's lines are.
    pub(super) fn lines(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:06}.lines"))
    }

    /// Returns where a segment's entries are, in the order of its lines.
    pub(super) fn index(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:06}.index"))
    }

    /// Returns where a segment's rejects are.
    pub(super) fn rejects(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:06}.rejects"))
    }

    /// Returns the first line that any segment has in its file of rejects.
    pub(super) fn first_reject(&self) -> Result<Option<String>, TriageError> {
        for segment in self.sealed()?.segments {
            let path = self.rejects(segment.number);
            let mut line = String::new();
            let read = File::open(&path).and_then(|file| io::BufReader::new(file).read_line(&mut line));
            if read.map_err(TriageError::file("read", &path))? > 0 {
                return Ok(Some(line.trim_end().to_owned()));
            }
        }
        Ok(None)
    }

    /// Returns where a segment's sketches are.
    pub(super) fn sketches(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:06}.sketches"))
    }

    /// Returns where the groups of a segment's rows are, in the order of its lines.
    pub(super) fn groups(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:06}.groups"))
    }

    fn manifest(&self, number: u32) -> PathBuf {
        self.folder.join(manifest_name(number))
    }

    /// Seals a segment whose files are written.
    pub(super) fn seal(&self, manifest: &Manifest) -> Result<(), TriageError> {
        self.appear(&manifest_name(manifest.segment.number), |out| {
            serde_json::to_writer(out, manifest).map_err(io::Error::from)
        })
    }

    /// Returns what is sealed. Of all manifests but the last, which knows all that they know, only what tells the rows is kept.
    pub(super) fn sealed(&self) -> Result<Sealed, TriageError> {
        let mut sealed = Sealed::default();
        loop {
            let path = self.manifest(sealed.segments.len() as u32);
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(sealed),
                Err(source) => return Err(TriageError::file("read", &path)(source)),
            };
            let manifest: Manifest = serde_json::from_slice(&bytes)
                .map_err(|error| TriageError::Damaged { path, what: error.to_string() })?;
            sealed.segments.push(manifest.segment);
            sealed.last = Some(manifest);
        }
    }

    /// Returns whether the groups of all segments are written.
    pub(super) fn is_grouped(&self) -> bool {
        self.folder.join(GROUPED).exists()
    }

    /// Remembers that the groups of all segments are written.
    pub(super) fn set_grouped(&self) -> Result<(), TriageError> {
        self.appear(GROUPED, |_| Ok(()))
    }

    /// Writes the file `name` so that it is there whole or not at all.
    fn appear(
        &self,
        name: &str,
        write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), TriageError> {
        let (draft, path) = (self.folder.join("draft"), self.folder.join(name));
        save(&draft, write)?;
        fs::rename(&draft, &path).and_then(|()| sync_folder(&self.folder)).map_err(TriageError::file("write", &path))
    }

    /// Removes the folder: the run is done.
    pub(super) fn remove(self) -> Result<(), TriageError> {
        // Under another name first, so that a run killed in between leaves nothing that looks like work done.
        let leaving = leaving(&self.folder);
        fs::rename(&self.folder, &leaving).map_err(TriageError::file("remove", &self.folder))?;
        remove(&leaving)
    }
}

/// Returns what the work folder is called while it is removed.
fn leaving(folder: &Path) -> PathBuf {
    let mut name = OsString::from(folder);
    name.push(".old");
    name.into()
}

/// Removes the folder at `path`, if there is one.
fn remove(path: &Path) -> Result<(), TriageError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(TriageError::file("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Makes sure that new names in `folder` are on the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows opens no folders, and needs none of this.
    if cfg!(unix) {
        File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()
    } else {
        Ok(())
    }
}

fn manifest_name(number: u32) -> String {
    format!("{number:06}.json")
}

/// Returns what the first setting that differs is called, with both values.
fn difference(found: &Value, wanted: &Value) -> Option<String> {
    let (Value::Object(found), Value::Object(wanted)) = (found, wanted) else {
        return (found != wanted).then(|| "all of them".to_owned());
    };
    let names = wanted.keys().chain(found.keys().filter(|name| !wanted.contains_key(*name)));
    let differs = |name: &&String| found.get(*name) != wanted.get(*name);
    names.into_iter().find(differs).map(|name| {
        let show = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
        format!("{name}: {} then, {} now", show(found.get(name)), show(wanted.get(name)))
    })
}
