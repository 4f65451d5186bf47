//! Everything the domain can write and refuse, in one place: for the generated documents and for the texts at the edge.

use crate::case::CaseEvent;
use crate::decider::DomainEvent;
use crate::fact::EventInfo;
use crate::rejection::Code;
use crate::signal::{self, SignalEvent};
use crate::worker::{self, WorkerEvent};
use crate::{
    application, assessment, conference, conflict, consent, contact, correction, crisis, decider, divorce, emergency,
    exclusion, framework, households, informal, life, ownplan, people, plan, protection, reference, referral,
    reflection, regie, representation, request, ruling, safety, school, service, sharing, statement, trajectory, voice,
    weighing,
};

/// Every event type of a case, a signal and a worker.
#[must_use]
pub fn events() -> Vec<&'static EventInfo> {
    [CaseEvent::catalogue(), SignalEvent::catalogue(), WorkerEvent::catalogue()].concat()
}

/// Every code a command can be refused with.
#[must_use]
pub fn codes() -> Vec<Code> {
    [
        decider::CODES,
        life::CODES,
        consent::CODES,
        people::CODES,
        households::CODES,
        protection::CODES,
        regie::CODES,
        divorce::CODES,
        sharing::CODES,
        correction::CODES,
        signal::CODES,
        worker::CODES,
        crisis::CODES,
        conflict::CODES,
        service::CODES,
        emergency::CODES,
        representation::CODES,
        exclusion::CODES,
        plan::CODES,
        ownplan::CODES,
        contact::CODES,
        voice::CODES,
        statement::CODES,
        request::CODES,
        ruling::CODES,
        assessment::CODES,
        reference::CODES,
        informal::CODES,
        conference::CODES,
        reflection::CODES,
        school::CODES,
        trajectory::CODES,
        weighing::CODES,
        application::CODES,
        referral::CODES,
        framework::CODES,
        safety::CODES,
    ]
    .concat()
}
