//! What must hold in a history after corrections. Accepted commands keep it; a correction changes the past, and is tested first.

use std::collections::BTreeSet;

use crate::case::{Case, CaseEvent, CaseState};
use crate::conference;
use crate::conflict;
use crate::consent::ConsentEvent;
use crate::crisisplan;
use crate::decider::{Decider as _, DomainEvent, History, Standing};
use crate::divorce::{self, DivorceEvent, NotStanding, SatEvent};
use crate::fact::Fact;
use crate::households::HouseholdEvent;
use crate::ids::{ConsentId, EventId, HouseholdId, PersonId, RulingId, Subject};
use crate::life::LifeEvent;
use crate::ownplan;
use crate::people::PeopleEvent;
use crate::plan;
use crate::reflection;
use crate::regie::{self, BrokenRule, NoGround, RegieEvent};
use crate::representation;
use crate::ret;
use crate::ruling::{self, RulingEvent};
use crate::safety;
use crate::school;
use crate::service;
use crate::sharing::{self, SharingEvent};
use crate::steps;
use crate::timeline::Entry;
use crate::{application, framework, referral, trajectory, weighing};
use crate::{assessment, informal, reference};

/// Something in a history that does not make sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Broken {
    /// This fact is about a person who is not in the case.
    PersonUnknown(EventId, PersonId),
    /// This fact is about a household that is not in the case.
    HouseholdUnknown(EventId, HouseholdId),
    /// This fact rests on a consent that is not there.
    ConsentUnknown(EventId, ConsentId),
    /// This closes what is not open, or reopens what is not closed.
    PhaseOutOfOrder(EventId),
    /// This ends what, on that last day, had not started or was over.
    EndWithoutStart(EventId),
    /// Somebody directs or stands in, told while the case was closed, or after it was opened again from a day before that.
    StartWhileClosed(EventId),
    /// This speaks of a director, a party or a task that was not there.
    RoleMissing(EventId),
    /// This answers an offer of the directorship that was not open, or accepts one that nobody read or asked the family about.
    HandoverMissing(EventId),
    /// This offers the directorship while an earlier offer was open.
    HandoverTwice(EventId),
    /// This gives a place to somebody that another has on some of those days: the plan of a household, the duo, a request.
    PlaceTaken(EventId),
    /// Somebody who lives in this household on some of those days already: one of the two would silently lose days.
    MembershipTwice(EventId),
    /// Somebody who represents this person on some of those days already.
    RepresentedTwice(EventId),
    /// This speaks of a conflict that nobody named.
    ConflictMissing(EventId),
    /// This speaks of a step in help, or a body, that nobody told of.
    ServiceMissing(EventId),
    /// This speaks of an assessment, a portrait or a hypothesis that nobody told of.
    AssessmentMissing(EventId),
    /// This speaks of informal support that nobody told of.
    SupportMissing(EventId),
    /// This speaks of a trajectory, a goal, a weighing, an application, a referral or a condition that nobody told of.
    HelpMissing(EventId),
    /// This fact speaks of a ruling that is not there.
    RulingUnknown(EventId),
    /// This speaks of a lane of safety, or of something told later, that nobody told of.
    SafetyMissing(EventId),
    /// A rule about regie.
    Regie(BrokenRule),
}

impl Broken {
    /// A stable word for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::PersonUnknown(..) => "person_unknown",
            Self::HouseholdUnknown(..) => "household_unknown",
            Self::ConsentUnknown(..) => "consent_unknown",
            Self::PhaseOutOfOrder(_) => "phase_out_of_order",
            Self::EndWithoutStart(_) => "end_without_start",
            Self::StartWhileClosed(_) => "start_while_closed",
            Self::RoleMissing(_) => "role_missing",
            Self::HandoverMissing(_) => "handover_missing",
            Self::HandoverTwice(_) => "handover_twice",
            Self::PlaceTaken(_) => "place_taken",
            Self::MembershipTwice(_) => "membership_twice",
            Self::RepresentedTwice(_) => "represented_twice",
            Self::ConflictMissing(_) => "conflict_missing",
            Self::ServiceMissing(_) => "service_missing",
            Self::AssessmentMissing(_) => "assessment_missing",
            Self::SupportMissing(_) => "support_missing",
            Self::HelpMissing(_) => "help_missing",
            Self::RulingUnknown(_) => "ruling_unknown",
            Self::SafetyMissing(_) => "safety_missing",
            Self::Regie(_) => "regie",
        }
    }

    /// The fact that no longer makes sense, where it is one.
    #[must_use]
    pub const fn fact(&self) -> Option<EventId> {
        match self {
            Self::PersonUnknown(fact, _)
            | Self::HouseholdUnknown(fact, _)
            | Self::ConsentUnknown(fact, _)
            | Self::PhaseOutOfOrder(fact)
            | Self::EndWithoutStart(fact)
            | Self::StartWhileClosed(fact)
            | Self::RoleMissing(fact)
            | Self::HandoverMissing(fact)
            | Self::HandoverTwice(fact)
            | Self::PlaceTaken(fact)
            | Self::MembershipTwice(fact)
            | Self::RepresentedTwice(fact)
            | Self::ConflictMissing(fact)
            | Self::ServiceMissing(fact)
            | Self::AssessmentMissing(fact)
            | Self::SupportMissing(fact)
            | Self::HelpMissing(fact)
            | Self::RulingUnknown(fact)
            | Self::SafetyMissing(fact) => Some(*fact),
            Self::Regie(_) => None,
        }
    }
}

/// Everything that does not make sense in a history as it reads after corrections.
#[must_use]
pub fn broken(history: &History<Case>) -> Vec<Broken> {
    let facts = standing(history);
    let mut broken = references(&facts);
    broken.extend(phases(&facts));
    broken.extend(grounds(&facts));
    broken.extend(history.state().regie.broken_rules().into_iter().map(Broken::Regie));
    broken
}

/// The facts that count, as they read. A correction says nothing by itself.
fn standing(history: &History<Case>) -> Vec<Fact<CaseEvent>> {
    let counting = |standing| match standing {
        Standing::Original(fact) => Some(fact.clone()),
        Standing::Replaced(fact, _) => Some(*fact),
        Standing::Voided(..) => None,
    };
    let facts = history.standing().into_iter().filter_map(counting);
    facts.filter(|fact| !matches!(fact.event, CaseEvent::Correction(_))).collect()
}

/// Whatever a fact refers to must be in the case by some fact that counts; in which order they came does not matter.
fn references(facts: &[Fact<CaseEvent>]) -> Vec<Broken> {
    let mut persons = BTreeSet::new();
    let mut households = BTreeSet::new();
    let mut consents = BTreeSet::new();
    let mut rulings = BTreeSet::new();
    for fact in facts {
        match &fact.event {
            CaseEvent::People(PeopleEvent::PersonAdded { person, .. }) => {
                persons.insert(*person);
            }
            CaseEvent::Households(HouseholdEvent::HouseholdFormed { household, .. }) => {
                households.insert(*household);
            }
            CaseEvent::Consent(
                ConsentEvent::ConsentGranted { consent, .. } | ConsentEvent::ConsentRefused { consent, .. },
            ) => {
                consents.insert(*consent);
            }
            CaseEvent::Ruling(RulingEvent::RulingRecorded { ruling, .. }) => {
                rulings.insert(*ruling);
            }
            _ => {}
        }
    }
    let mut broken = Vec::new();
    for fact in facts {
        broken.extend(fact.event.subjects().into_iter().filter_map(|subject| match subject {
            Subject::Person(person) if !persons.contains(&person) => Some(Broken::PersonUnknown(fact.id, person)),
            Subject::Household(household) if !households.contains(&household) => {
                Some(Broken::HouseholdUnknown(fact.id, household))
            }
            _ => None,
        }));
        let missing = consents_of(&fact.event).into_iter().filter(|consent| !consents.contains(consent));
        broken.extend(missing.map(|consent| Broken::ConsentUnknown(fact.id, consent)));
        let spoken_of = ruling_of(&fact.event);
        broken.extend(spoken_of.filter(|ruling| !rulings.contains(ruling)).map(|_| Broken::RulingUnknown(fact.id)));
    }
    broken
}

fn consents_of(event: &CaseEvent) -> Vec<ConsentId> {
    match event {
        CaseEvent::Consent(ConsentEvent::ConsentWithdrawn { consent, .. }) => vec![*consent],
        CaseEvent::Life(LifeEvent::SignalLinked { consents, .. })
        | CaseEvent::Regie(RegieEvent::PartyJoined { consents, .. })
        | CaseEvent::Divorce(DivorceEvent::Sat(
            SatEvent::SatRequested { consents, .. } | SatEvent::SatModeAgreed { consents, .. },
        ))
        | CaseEvent::Sharing(SharingEvent::ShareAccepted { consents, .. }) => consents.clone(),
        _ => Vec::new(),
    }
}

/// The earlier ruling that a fact speaks of.
const fn ruling_of(event: &CaseEvent) -> Option<RulingId> {
    match event {
        CaseEvent::Ruling(RulingEvent::RulingRecorded { replaces: ruling, .. })
        | CaseEvent::People(PeopleEvent::AuthorityRecorded { ruling, .. }) => *ruling,
        CaseEvent::Ruling(
            RulingEvent::RulingDatesRecorded { ruling, .. } | RulingEvent::RulingEnded { ruling, .. },
        ) => Some(*ruling),
        _ => None,
    }
}

/// Opened, closed, opened again: each only after the one before.
fn phases(facts: &[Fact<CaseEvent>]) -> Vec<Broken> {
    let mut open = false;
    let mut broken = Vec::new();
    for fact in facts {
        let opens = match &fact.event {
            CaseEvent::Life(LifeEvent::CaseOpened { .. } | LifeEvent::CaseReopened { .. }) => true,
            CaseEvent::Life(LifeEvent::CaseClosed { .. }) => false,
            _ => continue,
        };
        if opens == open {
            broken.push(Broken::PhaseOutOfOrder(fact.id));
        }
        open = opens;
    }
    broken
}

/// Each fact rests on what stood when it was told: nobody ends who did not start, and no offer is accepted that was not made.
fn grounds(facts: &[Fact<CaseEvent>]) -> Vec<Broken> {
    let mut state = CaseState::default();
    let mut broken = Vec::new();
    for fact in facts {
        broken.extend(without_ground(&state, fact));
        Case::apply(&mut state, fact);
    }
    broken
}

fn without_ground(state: &CaseState, fact: &Fact<CaseEvent>) -> Option<Broken> {
    match &fact.event {
        CaseEvent::Regie(event) => regie::missing(&state.regie, fact, event).map(|missing| match missing {
            NoGround::Start => Broken::EndWithoutStart(fact.id),
            NoGround::OpenCase => Broken::StartWhileClosed(fact.id),
            NoGround::Role => Broken::RoleMissing(fact.id),
            NoGround::Offer => Broken::HandoverMissing(fact.id),
            NoGround::FirstOffer => Broken::HandoverTwice(fact.id),
        }),
        CaseEvent::Divorce(event) => divorce::missing(state, fact, event).map(|missing| match missing {
            NotStanding::Start => Broken::EndWithoutStart(fact.id),
            NotStanding::OpenCase => Broken::StartWhileClosed(fact.id),
            NotStanding::Ground => Broken::RoleMissing(fact.id),
            NotStanding::Vacancy => Broken::PlaceTaken(fact.id),
        }),
        CaseEvent::Sharing(event) => (!sharing::stands(state, event)).then_some(match event {
            SharingEvent::ShareAccepted { .. } => Broken::StartWhileClosed(fact.id),
            SharingEvent::ShareWithdrawn { .. } => Broken::EndWithoutStart(fact.id),
        }),
        CaseEvent::Households(HouseholdEvent::MembershipEnded { household, person, last_day }) => {
            let lived = state.households.household(*household).is_some_and(|it| it.has_member_on(*person, *last_day));
            (!lived).then_some(Broken::EndWithoutStart(fact.id))
        }
        CaseEvent::Households(HouseholdEvent::MembershipRecorded { household, person, from, until }) => {
            let days = state.households.household(*household).and_then(|it| it.members.get(person));
            let shares = |stay: &Entry<()>| {
                until.is_none_or(|until| stay.from <= until) && stay.until.is_none_or(|last| *from <= last)
            };
            let twice = days.is_some_and(|days| days.entries().iter().any(shares));
            twice.then_some(Broken::MembershipTwice(fact.id))
        }
        CaseEvent::Representation(event) => representation::missing(state, event).map(|missing| match missing {
            representation::NoGround::Start => Broken::EndWithoutStart(fact.id),
            representation::NoGround::Twice => Broken::RepresentedTwice(fact.id),
        }),
        CaseEvent::Plan(event) => plan::missing(state, fact, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::OwnPlan(event) => ownplan::missing(state, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::Conflict(event) => {
            conflict::speaks_of_nothing(state, event).then_some(Broken::ConflictMissing(fact.id))
        }
        CaseEvent::Service(event) => {
            service::speaks_of_nothing(state, event).then_some(Broken::ServiceMissing(fact.id))
        }
        CaseEvent::Assessment(event) => {
            assessment::speaks_of_nothing(state, event).then_some(Broken::AssessmentMissing(fact.id))
        }
        CaseEvent::Informal(event) => {
            informal::speaks_of_nothing(state, event).then_some(Broken::SupportMissing(fact.id))
        }
        CaseEvent::Reference(event) => {
            reference::ends_nothing(state, event).then_some(Broken::EndWithoutStart(fact.id))
        }
        CaseEvent::Consent(ConsentEvent::ConsentExceptionEnded { exception, .. }) => {
            let mut all = state.consents.exceptions().iter();
            let open = all.any(|one| one.id == *exception && one.ended_by.is_none());
            (!open).then_some(Broken::EndWithoutStart(fact.id))
        }
        CaseEvent::Consent(ConsentEvent::WithdrawalNoticeConfirmed { notice }) => {
            state.consents.notice(*notice).is_none().then_some(Broken::EndWithoutStart(fact.id))
        }
        event @ (CaseEvent::Trajectory(_)
        | CaseEvent::Weighing(_)
        | CaseEvent::Application(_)
        | CaseEvent::Referral(_)
        | CaseEvent::Framework(_)) => speaks_of_no_help(state, event).then_some(Broken::HelpMissing(fact.id)),
        CaseEvent::Ruling(event) => (!ruling::stands(state, event)).then_some(Broken::EndWithoutStart(fact.id)),
        CaseEvent::Conference(event) => conference::missing(state, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::Reflection(event) => reflection::missing(state, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::School(event) => school::missing(state, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::Safety(event) => safety::speaks_of_nothing(state, event).then_some(Broken::SafetyMissing(fact.id)),
        CaseEvent::Ret(event) => ret::missing(state, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::Steps(event) => steps::missing(state, event).then_some(Broken::RoleMissing(fact.id)),
        CaseEvent::CrisisPlan(event) => crisisplan::missing(state, fact, event).then_some(Broken::RoleMissing(fact.id)),
        _ => None,
    }
}

/// Whether a fact about help speaks of what nobody told of.
fn speaks_of_no_help(state: &CaseState, event: &CaseEvent) -> bool {
    match event {
        CaseEvent::Trajectory(event) => trajectory::speaks_of_nothing(state, event),
        CaseEvent::Weighing(event) => weighing::speaks_of_nothing(state, event),
        CaseEvent::Application(event) => application::speaks_of_nothing(state, event),
        CaseEvent::Referral(event) => referral::speaks_of_nothing(state, event),
        CaseEvent::Framework(event) => framework::speaks_of_nothing(state, event),
        _ => false,
    }
}
