//! Minimal shared agreements: one topic and one channel, between people of different households. Whom they bind and the workers of those
//! households know them.

use super::catalogue::{AGREEMENT_BINDS_TOO_FEW, AGREEMENT_UNKNOWN};
use super::offer::kept;
use super::{NewAgreement, Topology, TopologyCommand, TopologyEvent, draft};
use crate::case::CaseEvent;
use crate::divorce::Divorce;
use crate::divorce::coordinators::PLAN_NOT_SPLIT;
use crate::fact::{Draft, Fact};
use crate::ids::{AgreementId, EventId, HouseholdId, PersonId};
use crate::once::each_once;
use crate::personal::Personal;
use crate::plan::Item;
use crate::regie::asked::{Answer, Asked};
use crate::regie::check_present;
use crate::rejection::{Detail, Rejection};
use crate::text::Text;
use crate::time::CivilDay;

/// A minimal shared agreement.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// From this day on.
    pub on: CivilDay,
    /// The goal or action it comes from.
    pub item: Option<Item>,
    /// About what.
    pub topic: Personal<Text>,
    /// By which way.
    pub channel: Personal<Text>,
    /// Whom it binds, in order.
    pub between: Vec<PersonId>,
    /// The households whose workers know it, in order.
    pub households: Vec<HouseholdId>,
    /// How it ended.
    pub ended: Option<AgreementEnd>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That an agreement ended.
#[derive(Clone, PartialEq, Debug)]
pub struct AgreementEnd {
    /// The last day.
    pub on: CivilDay,
    /// More about it.
    pub words: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

impl Divorce {
    /// Every minimal shared agreement, in the order made.
    #[must_use]
    pub fn agreements(&self) -> &[SharedAgreement] {
        &self.topology.agreements
    }

    /// A minimal shared agreement.
    #[must_use]
    pub fn agreement(&self, agreement: AgreementId) -> Option<&SharedAgreement> {
        self.topology.agreements.iter().find(|made| made.id == agreement)
    }
}

/// The households of an agreement: those where the grown-ups live whom it binds. At least two, or nothing is shared.
pub(super) fn drawn_up(
    asked: &Asked<'_, '_>,
    new: &NewAgreement,
    apart: &[HouseholdId],
) -> Result<Vec<HouseholdId>, Rejection> {
    let (state, day) = (asked.state, asked.happened());
    new.between.iter().try_for_each(|person| asked.check_person(*person))?;
    let children = state.people.children_on(day, asked.context.terms.consent_ages);
    let grown_ups = new.between.iter().filter(|person| !children.contains(person));
    let homes: Vec<_> = grown_ups.flat_map(|person| state.households.households_of(*person, day)).collect();
    let homes: Vec<_> = each_once(&homes).into_iter().filter(|home| apart.contains(home)).collect();
    if homes.len() < 2 {
        return Err(Rejection::new(AGREEMENT_BINDS_TOO_FEW));
    }
    Ok(homes)
}

/// An agreement of these households, with its fact.
pub(super) fn made(
    asked: &mut Asked<'_, '_>,
    item: Option<Item>,
    new: &NewAgreement,
    households: Vec<HouseholdId>,
) -> (AgreementId, Draft<CaseEvent>) {
    let agreement = AgreementId::from_uuid(asked.context.new_id());
    let topic = asked.context.in_record(new.topic.clone());
    let channel = asked.context.in_record(new.channel.clone());
    let between = each_once(&new.between);
    let event = TopologyEvent::SharedAgreementMade { agreement, item, topic, channel, between, households };
    (agreement, draft(event))
}

pub(super) fn decide(asked: &mut Asked<'_, '_>, command: &TopologyCommand) -> Answer {
    match command {
        TopologyCommand::MakeSharedAgreement { agreement } => {
            let day = asked.happened();
            check_present(asked, day)?;
            let apart = asked.state.divorce.households_apart_on(day).to_vec();
            if apart.is_empty() {
                return Err(Rejection::new(PLAN_NOT_SPLIT).with("day", day));
            }
            let households = drawn_up(asked, agreement, &apart)?;
            Ok(vec![made(asked, None, agreement, households).1])
        }
        TopologyCommand::EndSharedAgreement { agreement, words } => {
            let found = asked.state.divorce.agreement(*agreement).filter(|found| found.ended.is_none());
            let found =
                found.ok_or_else(|| Rejection::new(AGREEMENT_UNKNOWN).with("agreement", Detail::id(agreement)))?;
            let words_kept = kept(asked, words.as_ref());
            let ended = draft(TopologyEvent::SharedAgreementEnded { agreement: *agreement, words: words_kept });
            // What it came from is over with it: nothing runs that stands in no plan.
            let item = found.item.filter(|item| asked.state.plans.runs(*item));
            let item = item.map(|item| super::split::closed(asked, item, words.as_ref()));
            Ok(std::iter::once(ended).chain(item).collect())
        }
        _ => Ok(Vec::new()),
    }
}

pub(super) fn apply(topology: &mut Topology, fact: &Fact<CaseEvent>, event: &TopologyEvent) {
    let on = fact.occurred.day();
    match event.clone() {
        TopologyEvent::SharedAgreementMade { agreement, item, topic, channel, between, households } => {
            let (ended, fact) = (None, fact.id);
            let made = SharedAgreement { id: agreement, on, item, topic, channel, between, households, ended, fact };
            topology.agreements.push(made);
        }
        TopologyEvent::SharedAgreementEnded { agreement, words } => {
            topology.end_agreement(agreement, AgreementEnd { on, words, fact: fact.id });
        }
        _ => {}
    }
}

impl Topology {
    pub(super) fn end_agreement(&mut self, agreement: AgreementId, end: AgreementEnd) {
        let found = self.agreements.iter_mut().find(|made| made.id == agreement && made.ended.is_none());
        if let Some(found) = found {
            found.ended = Some(end);
        }
    }
}
