//! The whole system as its users meet it: case histories played into a folder, and a real server on a real port, asked over HTTP and
//! WebSocket.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod access;
mod access_log;
mod audits;
mod bad_input;
mod case_01;
mod case_05;
mod client;
mod cluster;
mod commands;
mod copied;
mod counted;
mod damage;
mod family;
mod hostile;
mod invalid;
mod markers;
mod openings;
mod overview;
mod protected;
mod protection;
mod reads;
mod refusals;
mod restart;
mod rooms;
mod server;
mod socket;
mod subscriptions;
mod told_to_few;
mod tour;
mod trail;
mod trail_files;
mod why;
mod wide;
mod worklist;
