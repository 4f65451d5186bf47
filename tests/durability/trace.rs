//! Reads what `strace -f -y -xx` wrote: which call, on which file, with which bytes, from which line to which line.

use std::collections::HashMap;

/// A system call.
#[derive(Debug, Default)]
pub struct Call {
    pub name: String,
    /// The file behind its first argument.
    pub file: String,
    /// What it wrote.
    pub bytes: Vec<u8>,
    /// Line on which it began.
    pub began: usize,
    /// Line on which it ended; nothing when it never did.
    pub ended: Option<usize>,
    pub result: i64,
}

impl Call {
    pub fn writes(&self) -> bool {
        matches!(self.name.as_str(), "write" | "pwrite64")
    }

    pub fn syncs(&self) -> bool {
        matches!(self.name.as_str(), "fsync" | "fdatasync") && self.result == 0
    }
}

/// Every call of a trace, in the order they began.
pub fn read(trace: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut open: HashMap<&str, usize> = HashMap::new();
    for (number, line) in trace.lines().enumerate() {
        let Some((process, rest)) = line.split_once(char::is_whitespace) else { continue };
        let rest = rest.trim_start();
        if rest.starts_with("+++") || rest.starts_with("---") {
            continue;
        }
        if rest.starts_with("<... ") {
            let call = &mut calls[open.remove(process).expect("a call that began")];
            (call.ended, call.result) = (Some(number), result(rest));
            continue;
        }
        let mut call = begun(rest, number);
        if rest.ends_with("<unfinished ...>") {
            open.insert(process, calls.len());
        } else {
            (call.ended, call.result) = (Some(number), result(rest));
        }
        calls.push(call);
    }
    calls
}

fn begun(line: &str, number: usize) -> Call {
    let (name, arguments) = line.split_once('(').unwrap_or((line, ""));
    let file = between(arguments, '<', '>').map(unhex).unwrap_or_default();
    let bytes = between(arguments, '"', '"').map(unhex).unwrap_or_default();
    assert!(!arguments.contains("\"..."), "the trace was cut: {name}");
    Call {
        name: name.to_owned(),
        file: String::from_utf8_lossy(&file).into_owned(),
        bytes,
        began: number,
        ..Call::default()
    }
}

fn between(text: &str, from: char, to: char) -> Option<&str> {
    text.split_once(from)?.1.split_once(to).map(|(inner, _)| inner)
}

fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).filter_map(|byte| u8::from_str_radix(byte, 16).ok()).collect()
}

fn result(line: &str) -> i64 {
    let after = line.rsplit_once(" = ").map_or("", |(_, result)| result);
    after.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(-1)
}

/// One transaction in a log: the pages it wrote, when the last of them was written, and when they were on the medium.
#[derive(Debug, Default)]
struct Transaction {
    pages: Vec<u8>,
    written: usize,
    synced: Option<usize>,
}

/// The transactions of a log (`…-wal`), in order. A frame is a header of 24 bytes, which says at 4 how large the file is after a
/// commit (0 for every frame but the last of a transaction), and a page.
#[derive(Debug, Default)]
pub struct Log {
    transactions: Vec<Transaction>,
}

const FRAME_HEADER: usize = 24;

impl Log {
    /// Follows one log through a trace.
    pub fn of(calls: &[Call], name: &str) -> Self {
        let (mut log, mut open) = (Self::default(), Transaction::default());
        let mut commits = false;
        for call in calls.iter().filter(|call| call.file.ends_with(name)) {
            let Some(ended) = call.ended else { continue };
            if call.syncs() {
                log.synced(call.began, ended);
            } else if call.writes() && call.bytes.len() == FRAME_HEADER {
                commits = call.bytes[4..8] != [0; 4];
            } else if call.writes() && call.bytes.len() > 32 {
                open.pages.extend(&call.bytes);
                open.written = ended;
                if commits {
                    log.transactions.push(std::mem::take(&mut open));
                }
            }
        }
        log
    }

    fn synced(&mut self, began: usize, ended: usize) {
        let waiting = self.transactions.iter_mut().filter(|one| one.synced.is_none() && one.written < began);
        waiting.for_each(|one| one.synced = Some(ended));
    }

    pub fn transactions(&self) -> usize {
        self.transactions.len()
    }

    /// Whether a transaction that holds all of these ids was on the medium before this line.
    ///
    /// # Errors
    /// Says which of the two was missing: the write or the sync.
    pub fn durable(&self, ids: &[[u8; 16]], line: usize) -> Result<(), String> {
        let holds = |one: &&Transaction| ids.iter().all(|id| one.pages.windows(16).any(|bytes| bytes == id));
        match self.transactions.iter().filter(|one| one.written < line).find(holds) {
            None => Err(format!("not written before line {}", line + 1)),
            Some(Transaction { synced: Some(synced), .. }) if *synced < line => Ok(()),
            Some(one) => Err(format!("written on line {}, no sync before line {}", one.written + 1, line + 1)),
        }
    }
}

#[test]
fn a_trace_is_read_with_calls_that_were_interrupted_by_others() {
    let trace = concat!(
        "7  write(3<\\x61\\x2d\\x77\\x61\\x6c>, \"\\x01\\x02\", 2 <unfinished ...>\n",
        "8  fsync(4<\\x62>)   = 0\n",
        "7  <... write resumed>)  = 2\n",
        "7  +++ exited with 0 +++\n",
        "8  fdatasync(4<\\x62>) = -1 EIO (Input/output error)\n",
    );
    let calls = read(trace);
    assert_eq!(calls.len(), 3);
    assert_eq!((calls[0].file.as_str(), calls[0].bytes.as_slice(), calls[0].result), ("a-wal", [1, 2].as_slice(), 2));
    assert_eq!((calls[0].began, calls[0].ended), (0, Some(2)));
    assert!(calls[1].syncs() && !calls[2].syncs());
}
