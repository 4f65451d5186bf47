//! What a mutation answers: what it made, and the case as the caller may see it, through the same gate.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use domain::case::{Case, CaseEvent};
use domain::consent::ConsentEvent;
use domain::divorce::{DivorceEvent, DonsEvent, SatEvent};
use domain::emergency::EmergencyEvent;
use domain::fact::Fact;
use domain::households::HouseholdEvent;
use domain::ids::{CaseId, SignalId, Subject};
use domain::life::LifeEvent;
use domain::people::PeopleEvent;
use domain::regie::RegieEvent;
use domain::ruling::RulingEvent;
use domain::sharing::SharingEvent;
use domain::signal::Signal;
use workflows::desk::Receipt;

use super::case::CaseNode;
use super::session::Session;
use crate::gate::{Field, Shown, Topic};

const WAITS: Field = Field::new("signal.waits", Topic::Signal);

/// A kind of thing that a command makes.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum CreatedKind {
    /// A case.
    Case,
    /// A person.
    Person,
    /// A household.
    Household,
    /// A consent, or a refusal.
    Consent,
    /// A handover.
    Handover,
    /// A signal.
    Signal,
    /// A question to a divorce advice team (SAT).
    Review,
    /// A `DOnS` trajectory.
    Trajectory,
    /// Something shared with somebody outside the case.
    Share,
    /// An emergency access.
    Emergency,
    /// A ruling.
    Ruling,
    /// An exception to asking for consent.
    Exception,
    /// A fact: what a correction may name.
    Fact,
}

/// Something that the command made.
#[derive(SimpleObject, Clone, Debug)]
pub struct Created {
    /// What it is.
    kind: CreatedKind,
    /// Its id.
    id: ID,
}

/// The answer to a command about a case.
pub struct CasePayload {
    case: CaseId,
    created: Vec<Created>,
    repeated: bool,
}

impl CasePayload {
    /// Of what came of the command.
    pub fn new(case: CaseId, receipt: &Receipt<Case>) -> Self {
        let recorded = |fact: &Fact<CaseEvent>| Created { kind: CreatedKind::Fact, id: ID(fact.id.to_string()) };
        Self {
            case,
            created: receipt
                .facts()
                .flat_map(|fact| made(case, &fact.event).into_iter().chain([recorded(fact)]))
                .collect(),
            repeated: receipt.repeated,
        }
    }
}

impl CasePayload {
    /// Whether the command had been carried out before.
    #[must_use]
    pub const fn is_repeated(&self) -> bool {
        self.repeated
    }
}

fn made(case: CaseId, event: &CaseEvent) -> Option<Created> {
    let created = |kind, id: String| Some(Created { kind, id: ID(id) });
    match event {
        CaseEvent::Life(LifeEvent::CaseOpened { .. }) => created(CreatedKind::Case, case.to_string()),
        CaseEvent::People(PeopleEvent::PersonAdded { person, .. }) => created(CreatedKind::Person, person.to_string()),
        CaseEvent::Households(HouseholdEvent::HouseholdFormed { household, .. }) => {
            created(CreatedKind::Household, household.to_string())
        }
        CaseEvent::Consent(
            ConsentEvent::ConsentGranted { consent, .. } | ConsentEvent::ConsentRefused { consent, .. },
        ) => created(CreatedKind::Consent, consent.to_string()),
        CaseEvent::Emergency(EmergencyEvent::EmergencyAccessOpened { emergency, .. }) => {
            created(CreatedKind::Emergency, emergency.to_string())
        }
        CaseEvent::Regie(RegieEvent::HandoverOffered { handover, .. }) => {
            created(CreatedKind::Handover, handover.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Sat(SatEvent::SatRequested { review, .. })) => {
            created(CreatedKind::Review, review.to_string())
        }
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { trajectory, .. })) => {
            created(CreatedKind::Trajectory, trajectory.to_string())
        }
        CaseEvent::Consent(ConsentEvent::ConsentExceptionRecorded { exception, .. }) => {
            created(CreatedKind::Exception, exception.to_string())
        }
        CaseEvent::Ruling(RulingEvent::RulingRecorded { ruling, .. }) => {
            created(CreatedKind::Ruling, ruling.to_string())
        }
        CaseEvent::Sharing(SharingEvent::ShareAccepted { share, .. }) => created(CreatedKind::Share, share.to_string()),
        _ => None,
    }
}

/// The answer to a command about a case.
#[Object]
impl CasePayload {
    /// The case as you may see it now. Absent when you may not see it any more.
    async fn case(&self, ctx: &Context<'_>) -> Result<Option<CaseNode>> {
        let session = Session::of(ctx)?;
        let loaded = session.services().cases.load(self.case.as_uuid()).await.map_err(|e| session.unreadable(&e))?;
        Ok(CaseNode::of(&session, self.case, Arc::clone(&loaded)))
    }

    /// What the command made, in order, with the facts that it recorded.
    async fn created(&self) -> &[Created] {
        &self.created
    }

    /// Whether the command had been carried out before: this is the answer of then, read now.
    async fn repeated(&self) -> bool {
        self.repeated
    }
}

/// The answer to a command about a signal.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct SignalPayload {
    /// What the command made.
    created: Vec<Created>,
    /// The signal.
    signal_id: ID,
    #[graphql(skip)]
    waits: bool,
    #[graphql(skip)]
    signal: SignalId,
    /// Whether the command had been carried out before.
    repeated: bool,
}

impl SignalPayload {
    /// Of what came of the command.
    pub fn new(signal: SignalId, receipt: &Receipt<Signal>) -> Self {
        let id = ID(signal.to_string());
        let raised = receipt.facts().any(|fact| matches!(fact.event, domain::signal::SignalEvent::SignalRaised { .. }));
        Self {
            created: raised.then(|| Created { kind: CreatedKind::Signal, id: id.clone() }).into_iter().collect(),
            waits: receipt.loaded.history.state().waits(),
            signal_id: id,
            signal,
            repeated: receipt.repeated,
        }
    }
}

#[ComplexObject]
impl SignalPayload {
    /// Whether it still waits for somebody.
    async fn waits(&self, ctx: &Context<'_>) -> Result<bool> {
        Session::of(ctx)?.draft().note_shown(&[Subject::Signal(self.signal)], WAITS, Shown::Structure);
        Ok(self.waits)
    }
}
