//! A snapshot of what comes out of each sample.

use crate::{ALL, jakarta, samples, told};

#[test]
fn every_sample_gives_its_rows() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        assert!(!samples().is_empty());
        for file in samples() {
            let name = file.file_name().unwrap().to_str().unwrap();
            let bytes = std::fs::read(&file).unwrap();
            insta::assert_json_snapshot!(name, told(&bytes, &jakarta(), ALL));
        }
    });
}
