//! From the bytes of a body to an answer: the body is read, what it asks is weighed, read and checked against the schema, and every field
//! fails for want of a store. On a stack as small as that of a server's thread.
#![no_main]

use std::sync::LazyLock;
use std::thread::Builder;

use api::graphql::weight::{self, Unread};
use api::graphql::{Limits, BareSchema, unconnected};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Builder as Runtime;

/// What a thread of the server has.
const STACK: usize = 2 * 1024 * 1024;

static SCHEMA: LazyLock<BareSchema> = LazyLock::new(|| unconnected(Limits::default()));

fuzz_target!(|bytes: &[u8]| {
    let bytes = bytes.to_vec();
    let schema = SCHEMA.clone();
    let tried = Builder::new().stack_size(STACK).spawn(move || try_out(&schema, &bytes)).expect("a thread");
    tried.join().expect("no panic");
});

fn try_out(schema: &BareSchema, bytes: &[u8]) {
    let Some(mut request) = api::server::read_request(bytes) else { return };
    match weight::read(&mut request) {
        // As at the door: what is no request is read again, by whoever says why.
        Ok(_) | Err(Unread::NoRequest) => {}
        Err(_) => return,
    }
    let runtime = Runtime::new_current_thread().build().expect("a runtime");
    let answer = runtime.block_on(schema.execute(request));
    let _ = serde_json::to_string(&answer).expect("an answer can be written");
}
