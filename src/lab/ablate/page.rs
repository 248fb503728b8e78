//! The place of a table in a page that people write.

/// The line before the table.
pub const START: &str = "<!-- ablations -->";
/// The line after it.
pub const END: &str = "<!-- /ablations -->";

/// Returns `page` with `table` between the marks [`START`] and [`END`] in place of what stood there; none where the page does
/// not have both once, in this order.
///
/// ```
/// let page = "# A\n<!-- ablations -->\nold\n<!-- /ablations -->\nB\n";
/// let filled = pilah::lab::ablate::fill(page, "new\n");
/// assert_eq!(filled.as_deref(), Some("# A\n<!-- ablations -->\n\nnew\n\n<!-- /ablations -->\nB\n"));
/// assert_eq!(pilah::lab::ablate::fill("# A\n", "new\n"), None);
/// ```
pub fn fill(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    let once = !rest.contains(START) && !before.contains(END) && !after.contains(END);
    once.then(|| format!("{before}{START}\n\n{}\n\n{END}{after}", table.trim_end()))
}
