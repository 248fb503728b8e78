//! `--region`: the directories of offices compiled in, or a file.

use crate::error::CliError;
use pilah::triage::{Directory, DirectoryError};
use std::path::Path;

/// The directories of models/directory, by id.
const SHIPPED: [(&str, &str); 6] = [
    ("kalimantan-timur", include_str!("../../../../models/directory/kalimantan-timur.json")),
    ("kutai-timur", include_str!("../../../../models/directory/kutai-timur.json")),
    ("luwu-timur", include_str!("../../../../models/directory/luwu-timur.json")),
    ("nasional", include_str!("../../../../models/directory/nasional.json")),
    ("samarinda", include_str!("../../../../models/directory/samarinda.json")),
    ("surabaya", include_str!("../../../../models/directory/surabaya.json")),
];

/// Returns the directory that `region` names: the id of a shipped one, or a file, whose parents are looked up beside it first.
pub(super) fn load(region: &str) -> Result<Directory, CliError> {
    let path = Path::new(region);
    let loaded = if path.is_file() {
        let folder = path.parent().unwrap_or(Path::new(""));
        let text =
            std::fs::read_to_string(path).map_err(|source| CliError::Read { name: region.to_owned(), source })?;
        Directory::load(region, |id| match id == region {
            true => Some(text.clone()),
            false => std::fs::read_to_string(folder.join(format!("{id}.json"))).ok().or_else(|| shipped(id)),
        })
    } else {
        Directory::load(region, shipped)
    };
    loaded.map_err(|error| match error {
        DirectoryError::Unknown(id) if id == region => CliError::Usage(unknown(region)),
        error => CliError::Region { name: region.to_owned(), source: error },
    })
}

fn shipped(id: &str) -> Option<String> {
    SHIPPED.iter().find(|(known, _)| *known == id).map(|(_, text)| (*text).to_owned())
}

fn unknown(region: &str) -> String {
    let known: Vec<&str> = SHIPPED.iter().map(|(id, _)| *id).collect();
    format!("found no region `{region}`; expected one of {}, or a directory file", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, load, shipped};

    #[test]
    fn every_shipped_region_loads_and_knows_the_offices_of_its_parents() {
        for (id, _) in SHIPPED {
            let directory = load(id).unwrap();
            assert_eq!(directory.id(), id);
            assert!(directory.office("perhubungan").is_some() && directory.office("pajak-negara").is_some(), "{id}");
        }
    }

    #[test]
    fn no_directory_of_the_project_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models/directory");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        for name in names.filter(|name| name.ends_with(".json")) {
            assert!(shipped(name.trim_end_matches(".json")).is_some(), "{name}");
        }
    }

    #[test]
    fn an_unknown_region_is_told_with_the_known_ones() {
        let told = load("samarnda").unwrap_err().to_string();
        assert!(told.contains("`samarnda`") && told.contains("samarinda"), "{told}");
    }
}
