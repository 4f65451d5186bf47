//! What one operation saw and was refused, gathered while it runs: the trail entry in the making.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::fact::Organisation;
use domain::ids::{ConsentId, Subject};
use domain::time::Timestamp;

use super::entry::{Entry, JudgementEntry, OperationKind, Outcome, ShownField};
use super::keeper::{RECORDED_NOT_SHOWN, TRAIL_UNAVAILABLE};
use crate::gate::{Act, Caller, Decision, Field, JudgedAt, Purpose, Relation, Shown};
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

/// One decision of the gate.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The operation judged.
    pub operation: &'static str,
    /// The act it was judged as.
    pub act: Act,
    /// The purpose it was judged for.
    pub purpose: Purpose,
    /// On what it rested.
    pub decision: Decision,
    /// The code, when refused.
    pub refused: Option<&'static str>,
}

/// The trail entry in the making, shared by everything that runs within one operation. The gate and the mandates write in it.
#[derive(Clone, Debug, Default)]
pub struct TrailDraft(Arc<Mutex<Draft>>);

#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
struct Draft {
    judgements: BTreeMap<JudgementKey, BTreeSet<JudgedAt>>,
    policy: Option<Arc<str>>,
    subjects: BTreeSet<Subject>,
    municipalities: BTreeSet<Organisation>,
    fields: BTreeSet<(Field, Shown)>,
    shown: u64,
    made: u64,
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

/// Decisions alike but for the place they were judged at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct JudgementKey {
    operation: &'static str,
    act: Act,
    purpose: Purpose,
    relation: Relation,
    rules: Vec<String>,
    consents: Vec<ConsentId>,
    refused: Option<&'static str>,
}

impl TrailDraft {
    /// An empty draft.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a decision of the gate.
    pub fn note_judgement(&self, judgement: &Judgement) {
        let mut draft = self.draft();
        draft.policy.get_or_insert_with(|| Arc::clone(&judgement.decision.policy));
        if draft.refused.is_none() {
            draft.refused = judgement.refused.map(str::to_owned);
        }
        let key = JudgementKey {
            operation: judgement.operation,
            act: judgement.act,
            purpose: judgement.purpose,
            relation: judgement.decision.relation,
            rules: judgement.decision.rules.clone(),
            consents: judgement.decision.consents.clone(),
            refused: judgement.refused,
        };
        draft.judgements.entry(key).or_default().extend(judgement.decision.judged_at.clone());
    }

    /// Notes whose case or file a decision was about; nothing of what belongs to no municipality, or is not there.
    pub fn note_municipality(&self, municipality: Option<&Organisation>) {
        self.draft().municipalities.extend(municipality.cloned());
    }

    /// Notes whom and what was asked for by name, whatever there is to show of it.
    pub fn note_asked(&self, about: &[Subject]) {
        self.draft().subjects.extend(about);
    }

    /// Notes a value that is shown.
    pub fn note_shown(&self, about: &[Subject], field: Field, class: Shown) {
        let mut draft = self.draft();
        draft.subjects.extend(about);
        draft.fields.insert((field, class));
        draft.shown += 1;
    }

    /// Notes that something of these subjects takes its place in an answer, whatever of it is asked for.
    pub fn note_made(&self, about: &[Subject], field: Field) {
        let mut draft = self.draft();
        draft.subjects.extend(about);
        draft.fields.insert((field, Shown::Structure));
        draft.made += 1;
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
        for (key, places) in other.judgements {
            draft.judgements.entry(key).or_default().extend(places);
        }
        draft.policy = draft.policy.take().or(other.policy);
        draft.subjects.extend(other.subjects);
        draft.municipalities.extend(other.municipalities);
        draft.fields.extend(other.fields);
        draft.shown += other.shown;
        draft.made += other.made;
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

    /// The entry of what was noted since the last one, and an empty draft from here on. `None` when there is nothing to keep:
    /// nothing was asked of the gate and nothing shown, or the events of a command say it all.
    #[must_use]
    pub fn take(&self, caller: &Caller, at: Timestamp, kind: OperationKind, ended: Ended<'_>) -> Option<Entry> {
        let draft = std::mem::take(&mut *self.draft());
        let outcome = draft.outcome(ended);
        let said_by_events =
            draft.commands == Commands::AllRecorded && outcome == Outcome::Granted && !draft.shows_anything();
        let nothing_asked = draft.judgements.is_empty()
            && draft.refused.is_none()
            && outcome == Outcome::Granted
            && !draft.shows_anything()
            && draft.subjects.is_empty();
        if said_by_events || nothing_asked {
            return None;
        }
        let code = draft.refused.clone().or_else(|| ended.code().map(str::to_owned));
        let actor = &caller.identity.actor;
        let mut municipalities = draft.municipalities;
        if municipalities.is_empty() {
            municipalities.insert(actor.organisation.clone());
        }
        Some(Entry {
            at,
            who: actor.worker,
            role: actor.role,
            organisation: actor.organisation.clone(),
            on_behalf_of: actor.on_behalf_of,
            kind,
            outcome,
            code,
            policy: draft.policy.as_deref().map(str::to_owned),
            judgements: draft.judgements.into_iter().map(|(key, places)| key.entry(places)).collect(),
            subjects: draft.subjects.into_iter().collect(),
            municipalities: municipalities.into_iter().collect(),
            fields: draft.fields.into_iter().map(ShownField::from).collect(),
            count: draft.shown.max(draft.made),
            late: false,
            request: caller.request,
            trace: caller.trace.id.clone(),
            parent: caller.trace.parent.clone(),
        })
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
        self.opened || !self.fields.is_empty()
    }
}

impl JudgementKey {
    fn entry(self, places: BTreeSet<JudgedAt>) -> JudgementEntry {
        JudgementEntry {
            operation: self.operation.to_owned(),
            act: Some(self.act.as_str().to_owned()),
            purpose: self.purpose,
            relation: self.relation,
            rules: self.rules,
            consents: self.consents,
            refused: self.refused.map(str::to_owned),
            at: places.into_iter().map(|place| (place.stream.to_string(), place.revision)).collect(),
        }
    }
}
