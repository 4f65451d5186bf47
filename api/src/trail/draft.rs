//! What one operation saw and was refused, gathered while it runs: its entries of the trail in the making.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::Subject;
use domain::time::Timestamp;

use super::entry::{Entry, OperationKind, Outcome};
use super::keeper::{RECORDED_NOT_SHOWN, TRAIL_UNAVAILABLE};
use super::parts::{Noted, Parts, Told};
use crate::gate::{Caller, Field, JudgedAt, Shown};
use crate::graphql::STALE;
use crate::graphql::carry_out::{CLOCK_IN_DOUBT, DATA_UNAVAILABLE, OUTCOME_UNKNOWN, STORE_UNAVAILABLE};
use crate::graphql::invalid::INTERNAL;

/// Codes by which an answer says that the system, not the caller, is at fault.
pub(super) const FAULTS: [&str; 8] = [
    STORE_UNAVAILABLE.0,
    CLOCK_IN_DOUBT.0,
    DATA_UNAVAILABLE.0,
    TRAIL_UNAVAILABLE,
    RECORDED_NOT_SHOWN,
    OUTCOME_UNKNOWN.0,
    STALE.0,
    INTERNAL.0,
];

/// The trail entry in the making, shared by everything that runs within one operation. The gate and the mandates write in it.
#[derive(Clone, Debug, Default)]
pub struct TrailDraft(Arc<Mutex<Draft>>);

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
struct Draft {
    parts: Parts,
    policy: Option<Arc<str>>,
    asked: BTreeSet<Subject>,
    refused: Option<String>,
    unavailable: bool,
    commands: Commands,
    recorded: bool,
    opened: bool,
    withheld: bool,
}

/// What the commands of an operation left in the history.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Commands {
    /// There were none, or none that was carried out.
    #[default]
    None,
    /// Each appended events.
    AllRecorded,
    /// One of them appended nothing, whatever the others did.
    SomeSilent,
}

impl TrailDraft {
    /// An empty draft.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a decision of the gate, by which policy and at which place it was taken.
    pub fn note_judgement(&self, decided: &Noted, policy: &Arc<str>, place: Option<&JudgedAt>, refused: Option<&str>) {
        let mut draft = self.draft();
        draft.policy.get_or_insert_with(|| Arc::clone(policy));
        if draft.refused.is_none() {
            draft.refused = refused.map(str::to_owned);
        }
        draft.parts.judged(decided, place);
    }

    /// Notes whom and what was asked for by name and refused. Of what was granted the mandate notes it.
    pub fn note_asked(&self, about: &[Subject]) {
        self.draft().asked.extend(about);
    }

    /// Notes whom and what was asked for by name under a decision, whatever there is to show of it.
    pub fn note_asked_by(&self, decided: &Noted, place: Option<&JudgedAt>, about: &[Subject]) {
        self.draft().parts.asked(decided, place, about);
    }

    /// Notes a value that is shown by a decision: of whom, and how sensitive.
    pub fn note_shown(
        &self,
        decided: &Noted,
        place: Option<&JudgedAt>,
        (about, field, class): (&[Subject], Field, Shown),
    ) {
        self.draft().parts.shown(decided, place, (about, field, class));
    }

    /// Notes that something of these subjects takes its place in an answer by a decision, whatever of it is asked for.
    pub fn note_made(&self, decided: &Noted, place: Option<&JudgedAt>, (about, field): (&[Subject], Field)) {
        self.draft().parts.made(decided, place, (about, field));
    }

    /// Notes a value that should have been shown and is lost by a fault. The operator hears at once; the answer will be refused.
    pub fn note_unavailable(&self, owner: Subject, field: Field) {
        let mut draft = self.draft();
        if !draft.unavailable {
            tracing::error!(
                %owner,
                field = field.name(),
                alert = true,
                "a personal value cannot be read: its key is missing without a tombstone; the answer is refused. Check the vault"
            );
        }
        draft.unavailable = true;
    }

    /// Notes that the domain refused a command. Nothing was appended.
    pub fn note_refusal(&self, code: &str) {
        let mut draft = self.draft();
        if draft.refused.is_none() {
            draft.refused = Some(code.to_owned());
        }
    }

    /// Notes that a command appended events, which carry the decision themselves: unless more is shown than the id of a case and its
    /// revision, and unless another command of the operation appended nothing, the operation needs no entry of its own.
    pub fn note_recorded(&self) {
        let mut draft = self.draft();
        draft.recorded = true;
        if draft.commands == Commands::None {
            draft.commands = Commands::AllRecorded;
        }
    }

    /// Notes that a command was repeated: its events are there, and say nothing of this operation.
    pub fn note_recorded_before(&self) {
        let mut draft = self.draft();
        draft.recorded = true;
        draft.commands = Commands::SomeSilent;
    }

    /// Notes that a command was carried out and had nothing to write.
    pub fn note_nothing_recorded(&self) {
        self.draft().commands = Commands::SomeSilent;
    }

    /// Notes that more is asked of a case than its id and revision, whatever there turns out to be.
    pub fn note_opened(&self) {
        self.draft().opened = true;
    }

    /// Notes that the answer was withheld after it was made: whoever keeps delivering has that one still to deliver.
    pub fn note_withheld(&self) {
        self.draft().withheld = true;
    }

    /// Whether the last answer was withheld; asked again, it is not.
    #[must_use]
    pub fn take_withheld(&self) -> bool {
        std::mem::take(&mut self.draft().withheld)
    }

    /// Takes over what another draft noted, and leaves that one empty: a round of a subscription that has something to deliver.
    pub fn absorb(&self, round: &Self) {
        let other = std::mem::take(&mut *round.draft());
        let mut draft = self.draft();
        draft.parts.absorb(other.parts);
        draft.policy = draft.policy.take().or(other.policy);
        draft.asked.extend(other.asked);
        draft.refused = draft.refused.take().or(other.refused);
        draft.unavailable |= other.unavailable;
        draft.recorded |= other.recorded;
        draft.opened |= other.opened;
        draft.commands = match (draft.commands, other.commands) {
            (Commands::None, commands) | (commands, Commands::None) => commands,
            (Commands::AllRecorded, Commands::AllRecorded) => Commands::AllRecorded,
            _ => Commands::SomeSilent,
        };
    }

    /// Whether a value that had to be shown is lost.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        self.draft().unavailable
    }

    /// Whether what a command of the operation says is in the history: whatever becomes of the answer.
    #[must_use]
    pub fn has_recorded(&self) -> bool {
        self.draft().recorded
    }

    /// The entries of what was noted since the last ones, one for each municipality that it concerns, and an empty draft from here on.
    /// None when there is nothing to keep: nothing was asked of the gate and nothing shown, or the events of a command say it all.
    #[must_use]
    pub fn take(&self, caller: &Caller, at: Timestamp, kind: OperationKind, ended: Ended<'_>) -> Vec<Entry> {
        let draft = std::mem::take(&mut *self.draft());
        let outcome = draft.outcome(ended);
        let said_by_events =
            draft.commands == Commands::AllRecorded && outcome == Outcome::Granted && !draft.shows_anything();
        let nothing_asked = draft.parts.is_empty()
            && draft.refused.is_none()
            && outcome == Outcome::Granted
            && !draft.opened
            && draft.asked.is_empty();
        if said_by_events || nothing_asked {
            return Vec::new();
        }
        let Draft { parts, policy, asked, refused, .. } = draft;
        let code = refused.or_else(|| ended.code().map(str::to_owned));
        let actor = &caller.identity.actor;
        let entry = |Told { municipalities, count, laid }| Entry {
            at,
            who: actor.worker,
            role: actor.role,
            organisation: actor.organisation.clone(),
            on_behalf_of: actor.on_behalf_of,
            kind,
            outcome,
            code: code.clone(),
            policy: policy.as_deref().map(str::to_owned),
            judgements: laid.judgements,
            subjects: laid.subjects,
            municipalities: municipalities.into_iter().collect(),
            fields: laid.fields,
            count,
            late: false,
            request: caller.request,
            trace: caller.trace.id.clone(),
            parent: caller.trace.parent.clone(),
            older: false,
        };
        parts.told(&actor.organisation, &asked).into_iter().map(entry).collect()
    }

    fn draft(&self) -> MutexGuard<'_, Draft> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How an operation ended, as the server saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended<'a> {
    /// With an answer.
    Answered,
    /// With an error of the caller's making: no valid request, or input that cannot be; its code.
    Invalid(&'a str),
    /// Something in the system failed; its code.
    Failed(&'a str),
}

impl<'a> Ended<'a> {
    const fn code(self) -> Option<&'a str> {
        match self {
            Self::Answered => None,
            Self::Invalid(code) | Self::Failed(code) => Some(code),
        }
    }
}

impl Draft {
    fn outcome(&self, ended: Ended<'_>) -> Outcome {
        match self.refused.as_deref() {
            Some(code) if FAULTS.contains(&code) => return Outcome::Failed,
            Some(_) => return Outcome::Refused,
            None => {}
        }
        match ended {
            Ended::Answered if self.unavailable => Outcome::Failed,
            Ended::Answered => Outcome::Granted,
            Ended::Invalid(_) => Outcome::Invalid,
            Ended::Failed(_) => Outcome::Failed,
        }
    }

    fn shows_anything(&self) -> bool {
        self.opened || self.parts.shows_anything()
    }
}
