//! [`Progress`]: how long work tells that it moves.

use std::fmt;
use std::sync::Arc;

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'e> {
    /// A part of the work begins; it has this many steps.
    Begin(&'e str, usize),
    /// A step is done.
    Step,
}

/// What a listener does with an event.
type Hear = dyn Fn(Event<'_>) + Send + Sync;

/// A listener; the default one hears nothing. May be called from several threads at once.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<Hear>>);

impl Progress {
    /// Returns the listener that calls `hear`.
    pub fn new(hear: impl Fn(Event<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hear)))
    }

    pub(crate) fn begin(&self, what: &str, steps: usize) {
        self.tell(Event::Begin(what, steps));
    }

    pub(crate) fn step(&self) {
        self.tell(Event::Step);
    }

    fn tell(&self, event: Event<'_>) {
        if let Some(hear) = &self.0 {
            hear(event);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(listening)" } else { "Progress(silent)" })
    }
}
