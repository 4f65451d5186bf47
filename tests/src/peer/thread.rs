//! A thread of the peer's own, so that it answers like another process: also when the test's runtime is busy or blocked.

use std::thread::{self, JoinHandle};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// A runtime on its own thread; everything on it ends when this is dropped.
pub(super) struct Home {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Home {
    /// # Errors
    ///
    /// When the system gives no thread or no event queue.
    pub fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let work = move || drop(runtime.block_on(stopped));
        let thread = thread::Builder::new().name("protocol-peer".to_owned()).spawn(work)?;
        Ok(Self { handle, stop: Some(stop), thread: Some(thread) })
    }

    pub fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It only waits and answers; how it ended does not matter.
            let _ = thread.join();
        }
    }
}
