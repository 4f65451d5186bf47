//! What goes before: the advice, the vision with each person, each parent's answer and wish. All of it is told as it went (rule 0): it is
//! advised and offered, never imposed, and a no stays beside a later yes.

use super::catalogue::{ADVICE_UNKNOWN, NOT_A_PARENT};
use super::{OfferAnswer, Topology, TopologyCommand, TopologyEvent, Wish, draft};
use crate::case::{CaseEvent, CaseState};
use crate::fact::Fact;
use crate::ids::{EventId, PersonId, ReviewId, Subject};
use crate::people::FamilyRole;
use crate::personal::Personal;
use crate::regie::asked::{Answer, Asked};
use crate::regie::insert_ordered;
use crate::rejection::{Detail, Rejection};
use crate::terms::ConsentAges;
use crate::text::Text;
use crate::time::CivilDay;

/// That two plans were advised.
#[derive(Clone, PartialEq, Debug)]
pub struct Advised {
    /// The day.
    pub on: CivilDay,
    /// On which question to the divorce advice team it rests.
    pub review: Option<ReviewId>,
    /// The advice.
    pub words: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That the vision was shared with somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct VisionHeard {
    /// The day.
    pub on: CivilDay,
    /// With whom.
    pub person: PersonId,
    /// What that person said, in their words.
    pub said: Option<Personal<Text>>,
    /// What it did to them.
    pub effect: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What a parent answered to the offer.
#[derive(Clone, PartialEq, Debug)]
pub struct OfferAnswered {
    /// The day.
    pub on: CivilDay,
    /// Who.
    pub person: PersonId,
    /// What.
    pub answer: Personal<OfferAnswer>,
    /// In whose words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What a parent wishes.
#[derive(Clone, PartialEq, Debug)]
pub struct Wished {
    /// The day.
    pub on: CivilDay,
    /// Who.
    pub person: PersonId,
    /// What.
    pub wish: Personal<Wish>,
    /// In whose words.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What was advised, told, answered and wished, each in order of the day.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Offer {
    pub(super) advised: Vec<Advised>,
    pub(super) visions: Vec<VisionHeard>,
    pub(super) answers: Vec<OfferAnswered>,
    pub(super) wishes: Vec<Wished>,
}

impl Offer {
    /// When two plans were advised, in order of the day.
    #[must_use]
    pub fn advised(&self) -> &[Advised] {
        &self.advised
    }

    /// With whom the vision was shared, each time, in order of the day.
    #[must_use]
    pub fn visions(&self) -> &[VisionHeard] {
        &self.visions
    }

    /// What parents answered, each time, in order of the day: a no stays beside a later yes.
    #[must_use]
    pub fn answers(&self) -> &[OfferAnswered] {
        &self.answers
    }

    /// What parents wish, each time it was said, in order of the day.
    #[must_use]
    pub fn wishes(&self) -> &[Wished] {
        &self.wishes
    }

    /// Whether somebody heard the vision by this day.
    #[must_use]
    pub fn heard_by(&self, person: PersonId, day: CivilDay) -> bool {
        self.visions.iter().any(|told| told.person == person && told.on <= day)
    }

    /// What a parent answered last by this day. An answer that can no longer be read says nothing.
    #[must_use]
    pub fn answer_on(&self, person: PersonId, day: CivilDay) -> Option<OfferAnswer> {
        let mut said = self.answers.iter().rev();
        said.find(|said| said.person == person && said.on <= day).and_then(|said| said.answer.known().copied())
    }

    /// Whether a parent wishes two plans on this day.
    #[must_use]
    pub fn wishes_on(&self, person: PersonId, day: CivilDay) -> bool {
        let mut said = self.wishes.iter().rev();
        let last = said.find(|said| said.person == person && said.on <= day);
        last.is_some_and(|said| said.wish.known() == Some(&Wish::Wishes))
    }
}

/// The parents of a case on a day, in order of joining.
#[must_use]
pub fn parents_on(state: &CaseState, day: CivilDay) -> Vec<PersonId> {
    let parents = state.people.iter().filter(|person| person.role_on(day) == Some(FamilyRole::Parent));
    parents.map(|person| person.id).collect()
}

/// What stays open before two plans on the ground of recognition.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StillOpen {
    /// Whether no complex divorce was recognised.
    pub unrecognised: bool,
    /// Which parents and children have not heard the vision.
    pub to_hear: Vec<PersonId>,
    /// Which parents have not accepted.
    pub to_accept: Vec<PersonId>,
}

impl StillOpen {
    /// What stays open on this day.
    #[must_use]
    pub fn on(state: &CaseState, day: CivilDay, ages: ConsentAges) -> Self {
        let offer = state.divorce.offer();
        let parents = parents_on(state, day);
        let children = state.people.children_on(day, ages);
        let everyone = parents.iter().chain(&children).copied();
        Self {
            unrecognised: !state.divorce.recognised_on(day),
            to_hear: everyone.filter(|person| !offer.heard_by(*person, day)).collect(),
            to_accept: parents
                .iter()
                .copied()
                .filter(|parent| offer.answer_on(*parent, day) != Some(OfferAnswer::Accepts))
                .collect(),
        }
    }

    /// Whether each parent and child heard the vision.
    #[must_use]
    pub const fn vision_known(&self) -> bool {
        self.to_hear.is_empty()
    }

    /// Whether nothing stays open.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        !self.unrecognised && self.to_hear.is_empty() && self.to_accept.is_empty()
    }
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    let event = match command {
        TopologyCommand::AdviseTwoPlans { review, words } => {
            check_advice(asked.state, *review)?;
            TopologyEvent::TwoPlansAdvised { review: *review, words: asked.context.in_record(words.clone()) }
        }
        TopologyCommand::ShareVision { person, said, effect } => {
            asked.check_person(*person)?;
            let said = kept(asked, said.as_ref());
            TopologyEvent::VisionShared { person: *person, said, effect: kept(asked, effect.as_ref()) }
        }
        TopologyCommand::AnswerTwoPlans { person, answer, words } => {
            check_parent(asked, *person)?;
            let answer = Personal::ordinary(Subject::Person(*person), *answer);
            TopologyEvent::TwoPlansAnswered { person: *person, answer, words: kept(asked, words.as_ref()) }
        }
        TopologyCommand::WishTwoPlans { person, wish, words } => {
            check_parent(asked, *person)?;
            wished(asked, *person, *wish, words.as_ref())
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![draft(event)])
}

pub(super) fn wished(asked: &mut Asked<'_, '_>, person: PersonId, wish: Wish, words: Option<&Text>) -> TopologyEvent {
    let wish = Personal::ordinary(Subject::Person(person), wish);
    TopologyEvent::TwoPlansWished { person, wish, words: kept(asked, words) }
}

/// Words as a record of their own, where there are any.
pub(super) fn kept(asked: &mut Asked<'_, '_>, words: Option<&Text>) -> Option<Personal<Text>> {
    words.map(|words| asked.context.in_record(words.clone()))
}

pub(super) fn check_advice(state: &CaseState, review: Option<ReviewId>) -> Result<(), Rejection> {
    match review {
        Some(review) if state.divorce.sat_review(review).is_none() => {
            Err(Rejection::new(ADVICE_UNKNOWN).with("review", Detail::id(review)))
        }
        _ => Ok(()),
    }
}

/// Somebody who is a parent, on the day it happened.
pub(super) fn check_parent(asked: &Asked<'_, '_>, person: PersonId) -> Result<(), Rejection> {
    asked.check_person(person)?;
    if parents_on(asked.state, asked.happened()).contains(&person) {
        return Ok(());
    }
    Err(Rejection::new(NOT_A_PARENT).with("person", Detail::id(person)))
}

pub(super) fn apply(topology: &mut Topology, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    let (on, offer) = (fact.occurred.day(), &mut topology.offer);
    match event.clone() {
        TopologyEvent::TwoPlansAdvised { review, words } => {
            insert_ordered(&mut offer.advised, Advised { on, review, words, fact: fact.id }, |one| one.on);
        }
        TopologyEvent::VisionShared { person, said, effect } => {
            insert_ordered(&mut offer.visions, VisionHeard { on, person, said, effect, fact: fact.id }, |one| one.on);
        }
        TopologyEvent::TwoPlansAnswered { person, answer, words } => {
            let said = OfferAnswered { on, person, answer, words, fact: fact.id };
            insert_ordered(&mut offer.answers, said, |one| one.on);
        }
        TopologyEvent::TwoPlansWished { person, wish, words } => {
            insert_ordered(&mut offer.wishes, Wished { on, person, wish, words, fact: fact.id }, |one| one.on);
        }
        _ => {}
    }
}
