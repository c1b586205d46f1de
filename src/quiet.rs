//! Libraries that stop the program where they should report an error: run so that this becomes an error after all, and prints nothing
//! over a screen.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
    thread,
};

thread_local! {
    /// Whether this thread is inside [`guarded`].
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`; `None` where it panicked. What `body` was working on must not be used again then.
pub fn guarded<T>(body: impl FnOnce() -> T) -> Option<T> {
    keep_quiet_while_guarded();
    let outer = GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(body));
    GUARDED.set(outer);
    outcome.ok()
}

/// Puts a hook before the one in force, once, that says nothing for guarded threads.
fn keep_quiet_while_guarded() {
    static ONCE: Once = Once::new();
    // The hook cannot be exchanged while this thread unwinds; then its message is out already.
    if !thread::panicking() {
        ONCE.call_once(|| {
            let hook = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                if !GUARDED.get() {
                    hook(info);
                }
            }));
        });
    }
}
