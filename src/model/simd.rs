//! Sums of many numbers in the widest registers that the machine has.
//!
//! Wider registers add more numbers at a time but each in its old order, and nothing here asks for a fused multiplication
//! and addition: every machine gives the same bits.

/// Returns what `sum` returns, compiled once for each kind of machine. Only what is inlined into `sum` is.
#[cfg(not(target_family = "wasm"))]
#[inline]
pub(crate) fn widest<T>(sum: impl FnOnce() -> T) -> T {
    fearless_simd::dispatch!(fearless_simd::Level::new(), _ => sum())
}

/// Returns what `sum` returns: a module has one kind of machine.
#[cfg(target_family = "wasm")]
#[inline(always)]
pub(crate) fn widest<T>(sum: impl FnOnce() -> T) -> T {
    sum()
}
