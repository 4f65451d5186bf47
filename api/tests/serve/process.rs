//! A running `rustpunt serve`: where it listens, what it logs, how it ends.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

/// More than a start takes.
const START: Duration = Duration::from_mins(1);

/// A server that runs.
pub struct Process {
    /// Where it listens.
    pub address: SocketAddr,
    child: Killed,
    lines: JoinHandle<String>,
    ended: Receiver<()>,
}

/// Killed when dropped: a test that fails leaves nothing running.
pub struct Killed(pub Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // An error means that it is gone already.
        let _ = self.0.kill();
    }
}

/// How a server ended.
pub struct Ended {
    pub status: ExitStatus,
    /// Everything it logged.
    pub log: String,
}

impl Process {
    /// Starts it and waits until it listens.
    pub fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = Killed(command.spawn().unwrap());
        let mut from = BufReader::new(child.0.stderr.take().unwrap());
        let ((tell, told), (end, ended)) = (channel(), channel());
        let lines = std::thread::spawn(move || {
            let mut log = String::new();
            while from.read_line(&mut log).unwrap() > 0 {
                let line = log.lines().next_back().unwrap_or_default();
                if let Some(address) = serving(line) {
                    tell.send(address).unwrap();
                    break;
                }
            }
            from.read_to_string(&mut log).unwrap();
            // Whoever ended it may be gone.
            let _ = end.send(());
            log
        });
        let Ok(address) = told.recv_timeout(START) else {
            drop(child);
            panic!("the server does not start: {}", lines.join().unwrap());
        };
        Self { address, child, lines, ended }
    }

    /// What it holds in memory now, and what it held at most, in KiB; nothing on a system that does not tell.
    pub fn memory(&self) -> Option<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.0.id())).ok()?;
        let figure = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        Some((figure("VmRSS:")?, figure("VmHWM:")?))
    }

    /// Kills it (`kill -9`) and waits until it is gone; everything it logged.
    pub fn kill(mut self) -> String {
        self.child.0.kill().unwrap();
        self.child.0.wait().unwrap();
        self.lines.join().unwrap()
    }

    /// Tells it to stop, as a service manager does, and gives it this long.
    pub fn stop_within(mut self, patience: Duration) -> Ended {
        let pid = self.child.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        if self.ended.recv_timeout(patience).is_err() {
            drop(self.child);
            panic!("still there after {patience:?}: {}", self.lines.join().unwrap());
        }
        Ended { status: self.child.0.wait().unwrap(), log: self.lines.join().unwrap() }
    }
}

/// The address in the line that says it serves.
fn serving(line: &str) -> Option<SocketAddr> {
    let line: Value = serde_json::from_str(line).ok()?;
    if line["message"] != "serving" {
        return None;
    }
    line["address"].as_str()?.parse().ok()
}
