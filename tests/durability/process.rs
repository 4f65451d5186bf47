//! Starting the writing process, listening to it, killing it.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::child::{self, Plan};
use crate::said::Said;

/// A running process.
pub struct Process {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it on a folder.
    pub fn start(folder: &Path, plan: &Plan) -> Self {
        Self::spawn(&mut command(folder, plan))
    }

    /// Starts it as somebody else.
    pub fn start_as(user: u32, folder: &Path, plan: &Plan) -> Self {
        Self::spawn(command(folder, plan).uid(user))
    }

    /// Starts it under another program, which gets it as its last arguments.
    pub fn start_under(mut outer: Command, folder: &Path, plan: &Plan) -> Self {
        let inner = command(folder, plan);
        outer.arg(inner.get_program()).args(inner.get_args());
        outer.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Self::spawn(&mut outer)
    }

    fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next thing it says; nothing when it is gone.
    pub fn next(&mut self) -> Option<Said> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(said) = Said::hear(&line) {
                return Some(said);
            }
        }
    }

    /// Ends it without any warning, and hears what it had still said.
    pub fn kill(mut self) -> Vec<Said> {
        // An error means that it is gone already.
        let _ = self.child.kill();
        let rest = std::iter::from_fn(|| self.next()).collect();
        self.child.wait().unwrap();
        rest
    }

    /// Hears it out; it must end well.
    pub fn finish(mut self) -> Vec<Said> {
        let said = std::iter::from_fn(|| self.next()).collect();
        assert!(self.child.wait().unwrap().success(), "the writing process failed; see what it printed");
        said
    }
}

fn command(folder: &Path, plan: &Plan) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child::as_the_writing_process", "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(child::FOLDER, folder).env(child::PLAN, serde_json::to_string(plan).unwrap());
    command.env("RUST_BACKTRACE", "0");
    command
}
