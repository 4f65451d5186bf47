//! A kill cannot show a missing sync: the system keeps what was written. So the system calls are watched.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use tests::archive::{HISTORY, VAULT};
use tests::support;
use uuid::Uuid;

use crate::child::Plan;
use crate::process::Process;
use crate::said::{Said, Sent};
use crate::trace::{self, Call, Log};

const CALLS: &str = "trace=write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,msync";

/// Runs the writing process to its end and returns every call it made; nothing where calls cannot be watched.
pub fn trace(folder: &Path, plan: &Plan) -> Option<Vec<Call>> {
    let Some(strace) = support::program("strace") else {
        support::skip("strace");
        return None;
    };
    // Some containers have the program and forbid what it does.
    let allowed = Command::new(&strace).args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !allowed {
        support::skip("strace (not allowed here)");
        return None;
    }
    let output = folder.join("trace");
    let mut command = Command::new(strace);
    command.args(["-f", "-y", "-xx", "-s", "1000000", "-e", CALLS, "-o"]).arg(&output);
    Process::start_under(command, folder, plan).finish();
    let calls = trace::read(&std::fs::read_to_string(output).unwrap());
    let odd = calls.iter().find(|call| call.file.ends_with("-wal") && !call.writes() && !call.syncs());
    assert!(odd.is_none(), "this test does not know how to judge {odd:?}");
    Some(calls)
}

/// Judges each acknowledgement: before it was written to the pipe, the transaction with its events was written to the history's
/// log and then synced; and before those events were written, so were the keys that seal them, in the vault's log.
fn judge(calls: &[Call]) -> Result<usize, String> {
    let history = Log::of(calls, &format!("{HISTORY}-wal"));
    let vault = Log::of(calls, &format!("{VAULT}-wal"));
    let mut sent: HashMap<Uuid, Sent> = HashMap::new();
    let mut acked = 0;
    for call in calls.iter().filter(|call| call.writes() && call.file.starts_with("pipe:")) {
        match Said::hear(&String::from_utf8_lossy(&call.bytes)) {
            Some(Said::Sending(batch)) => {
                let keys: Vec<[u8; 16]> = batch.keys.iter().map(|key| key.into_bytes()).collect();
                for key in keys {
                    vault.durable(&[key], call.began).map_err(|what| format!("a key in use: {what}"))?;
                }
                sent.insert(batch.command, batch);
            }
            Some(Said::Acked(ack)) => {
                let ids: Vec<[u8; 16]> =
                    sent[&ack.command].batch().iter().map(|event| event.id.as_uuid().into_bytes()).collect();
                history.durable(&ids, call.began).map_err(|what| format!("acknowledged: {what}"))?;
                acked += 1;
            }
            _ => {}
        }
    }
    println!("{acked} acknowledgements, {} transactions", history.transactions());
    Ok(acked)
}

fn plan(callers: u64, batches: u64, sync: bool) -> Plan {
    Plan::Write { seed: 28, callers, batches: Some(batches), sync, folding: false, lists: false }
}

#[test]
fn r28_each_acknowledgement_follows_a_sync_of_its_write() {
    for (callers, batches) in [(1, 20), (6, 8)] {
        let folder = tempfile::tempdir().unwrap();
        let Some(calls) = trace(folder.path(), &plan(callers, batches, true)) else { return };
        assert_eq!(judge(&calls), Ok(usize::try_from(callers * batches).unwrap()));
    }
}

#[test]
fn r28_the_same_test_fails_when_the_sync_is_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let Some(calls) = trace(folder.path(), &plan(1, 4, false)) else { return };
    let judged = judge(&calls).unwrap_err();
    assert!(judged.starts_with("acknowledged: written on line") && judged.contains("no sync before"), "{judged}");
}
