//! One command at a time per stream, in order of arrival, and never an endless line.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use eventstore::port::StreamName;
use tokio::sync::{Mutex as FairMutex, OwnedMutexGuard};

/// Most commands that may wait for one stream. Beyond it a caller is told to come back: waiting longer would time out anyway.
pub const MOST_WAITING: usize = 64;

/// The line for each stream that somebody is working on.
#[derive(Debug, Default)]
pub struct Queues {
    lines: Mutex<HashMap<StreamName, Line>>,
}

#[derive(Debug)]
struct Line {
    turn: Arc<FairMutex<()>>,
    standing: usize,
}

/// It is this command's turn, until this is dropped.
pub struct Turn<'a> {
    queues: &'a Queues,
    stream: StreamName,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Queues {
    /// Waits for the turn; `None` when the line is too long. Tokio's mutex serves in order of arrival.
    pub async fn turn(&self, stream: &StreamName) -> Option<Turn<'_>> {
        let turn = self.stand(stream)?;
        // From here on dropping this value, also when the caller goes away while waiting, leaves the line.
        let mut place = Turn { queues: self, stream: stream.clone(), guard: None };
        place.guard = Some(turn.lock_owned().await);
        Some(place)
    }

    fn stand(&self, stream: &StreamName) -> Option<Arc<FairMutex<()>>> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(stream.clone()).or_insert_with(|| Line { turn: Arc::default(), standing: 0 });
        if line.standing > MOST_WAITING {
            return None;
        }
        line.standing += 1;
        Some(Arc::clone(&line.turn))
    }

    fn leave(&self, stream: &StreamName) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(line) = lines.get_mut(stream) else { return };
        line.standing -= 1;
        if line.standing == 0 {
            lines.remove(stream);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.guard = None;
        self.queues.leave(&self.stream);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(name: &str) -> StreamName {
        name.parse().unwrap()
    }

    #[tokio::test]
    async fn streams_do_not_wait_for_each_other_and_leave_nothing_behind() {
        let queues = Queues::default();
        let first = queues.turn(&stream("case-1")).await.unwrap();
        let second = queues.turn(&stream("case-2")).await.unwrap();
        drop((first, second));
        assert!(queues.lines.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn turns_come_in_order_of_arrival() {
        let queues = Arc::new(Queues::default());
        let served = Arc::new(Mutex::new(Vec::new()));
        let first = queues.turn(&stream("case-1")).await.unwrap();
        let mut waiting = Vec::new();
        for number in 0..5 {
            let (queues, served) = (Arc::clone(&queues), Arc::clone(&served));
            waiting.push(tokio::spawn(async move {
                let _turn = queues.turn(&stream("case-1")).await.unwrap();
                served.lock().unwrap().push(number);
            }));
            // Let the spawned task take its place before the next one arrives.
            tokio::task::yield_now().await;
        }
        drop(first);
        for task in waiting {
            task.await.unwrap();
        }
        assert_eq!(*served.lock().unwrap(), vec![0, 1, 2, 3, 4]);
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_turns_callers_away_and_a_caller_who_goes_frees_the_place() {
        let queues = Arc::new(Queues::default());
        let first = queues.turn(&stream("case-1")).await.unwrap();
        let mut waiting = Vec::new();
        for _ in 0..MOST_WAITING {
            let queues = Arc::clone(&queues);
            waiting.push(tokio::spawn(async move { queues.turn(&stream("case-1")).await.is_some() }));
            tokio::task::yield_now().await;
        }
        assert!(queues.turn(&stream("case-1")).await.is_none());
        let gone = waiting.pop().unwrap();
        gone.abort();
        assert!(gone.await.is_err());
        let queues_again = Arc::clone(&queues);
        let late = tokio::spawn(async move { queues_again.turn(&stream("case-1")).await.is_some() });
        drop(first);
        assert!(late.await.unwrap());
    }
}
