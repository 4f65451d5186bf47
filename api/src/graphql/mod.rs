//! The API: types, queries, mutations, subscriptions. Nothing is decided here; everything shown passed a mandate.

#![expect(clippy::unused_async, reason = "resolvers are async in the shape of the library, whether they wait or not")]

mod access_log;
mod accounting;
mod agenda;
mod alerts;
mod assessments;
mod attention;
pub mod carry_out;
mod case;
mod conferences;
mod consents;
mod contacts;
mod coordination;
mod crisis;
mod crisis_plan;
mod divorce;
mod dons;
mod drafts;
mod duties;
mod emergencies;
mod enums;
mod episodes;
mod escalation;
mod exclusions;
mod expert_teams;
mod handovers;
mod help;
mod households;
mod informal;
pub mod input;
mod introductions;
pub mod invalid;
pub mod life;
mod lists;
mod misplaced;
mod mutations;
mod notices;
mod once;
mod opening;
mod overview;
mod own;
mod payload;
mod people;
mod plans;
mod printed;
mod query;
mod references;
mod reflections;
pub mod refusal;
mod regie;
mod representatives;
mod requests;
mod rulings;
mod safety;
mod sat;
mod say;
mod scalars;
mod schema;
mod school;
pub mod seals;
mod search;
pub mod services;
mod session;
mod shares;
mod show;
mod statements;
mod steps;
mod subscription;
mod timeline;
mod told;
mod told_later;
mod two_plans;
mod voices;
mod watched;
pub mod weight;
mod why;
mod workers;
mod worklist;

use domain::rejection::Code;

pub use self::escalation::EscalationKind;
pub(crate) use self::lists::STALE;
pub use self::payload::CreatedKind;
pub use self::schema::{BareSchema, Limits, RustpuntSchema, build, sdl, unconnected};

/// Every code that an answer can carry: those of the domain and those of the edge.
#[must_use]
pub fn codes() -> Vec<Code> {
    let trail = [crate::trail::TRAIL_UNAVAILABLE, crate::trail::RECORDED_NOT_SHOWN].map(Code);
    let mut codes = domain::catalogue::codes();
    codes.extend([invalid::CODES, input::CODES, carry_out::CODES, lists::CODES, case::CODES, drafts::CODES].concat());
    codes.extend(crate::gate::Refused::CODES);
    codes.extend(trail);
    codes.extend(crate::server::codes());
    codes.sort_unstable();
    codes.dedup();
    codes
}
