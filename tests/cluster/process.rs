//! A running `rustpunt`: where it listens, what it logs, how it ends.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

/// More than anything here takes; only what went wrong is waited for so long.
pub const LONG: Duration = Duration::from_mins(1);

/// A process of the binary, killed when dropped: a test that fails leaves nothing running.
pub struct Process {
    child: Child,
    lines: watch::Receiver<Vec<String>>,
    reading: Option<JoinHandle<()>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        // An error means that it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a process ended.
pub struct Ended {
    pub status: ExitStatus,
    /// Everything it logged.
    pub log: String,
}

impl Process {
    /// Starts it.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let from = BufReader::new(child.stderr.take().unwrap());
        let (tell, lines) = watch::channel(Vec::new());
        let reading = std::thread::spawn(move || {
            for line in from.lines() {
                let Ok(line) = line else { return };
                tell.send_modify(|lines| lines.push(line));
            }
        });
        Self { child, lines, reading: Some(reading) }
    }

    /// Where it listens, once it does.
    pub async fn address(&self) -> SocketAddr {
        let line = self.logged("listening").await;
        line["address"].as_str().unwrap().parse().unwrap()
    }

    /// Waits for a line with this message, from the start on.
    pub async fn logged(&self, message: &str) -> Value {
        let found = |lines: &[String]| {
            let parsed = lines.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            parsed.into_iter().find(|line| line["message"] == message)
        };
        let mut lines = self.lines.clone();
        let waited = tokio::time::timeout(LONG, lines.wait_for(|lines| found(lines).is_some())).await;
        match waited {
            Ok(Ok(lines)) => found(&lines).unwrap(),
            _ => panic!("it never said `{message}`: {}", self.log()),
        }
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        self.lines.borrow().join("\n")
    }

    /// Processor time it has used, in ticks of a hundredth of a second.
    pub fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let after_name = stat.rsplit_once(')').unwrap().1;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    /// Tells it to stop, as a service manager does.
    pub fn tell_to_stop(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> Ended {
        let mut lines = self.lines.clone();
        // The log ends with the process.
        let over = async { while lines.changed().await.is_ok() {} };
        assert!(tokio::time::timeout(LONG, over).await.is_ok(), "it does not end: {}", self.log());
        let status = self.child.wait().unwrap();
        if let Some(reading) = self.reading.take() {
            reading.join().unwrap();
        }
        Ended { status, log: self.log() }
    }

    /// Tells it to stop, and waits for that.
    pub async fn stop(self) -> Ended {
        self.tell_to_stop();
        self.ended().await
    }

    /// Ends it without any warning.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
