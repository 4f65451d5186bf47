//! What a refusal by the law of a case tells. Its code says what to do next and is told to everyone who may give the command; its
//! details may name facts, and are told only to who may know those by any other way ([`speaks`] says of each code which).

mod speaks;

use domain::assessment::{ASSESSMENT_UNKNOWN, AssessmentCommand, HYPOTHESIS_UNKNOWN, PORTRAIT_UNKNOWN, TestedOn};
use domain::case::{Case, CaseCommand, CaseEvent};
use domain::conference::CONFERENCE_UNKNOWN;
use domain::conflict::CONFLICT_UNKNOWN;
use domain::contact::{ContactCommand, PROMISE_UNKNOWN};
use domain::correction::FACT_UNKNOWN;
use domain::decider::{History, Order};
use domain::fact::Fact;
use domain::households::{HouseholdCommand, HouseholdEvent, NOT_A_MEMBER};
use domain::ids::{EventId, HouseholdId, PersonId, WorkerId};
use domain::regie::{PARTY_ABSENT, RegieCommand};
use domain::rejection::{Code, Rejection};
use domain::representation::{REPRESENTATIVE_ABSENT, RepresentationCommand, RepresentationEvent};
use domain::ret::RET_UNKNOWN;
use domain::safety::{LANE_UNKNOWN, TOLD_LATER_UNKNOWN};
use domain::school::SCHOOL_QUESTION_UNKNOWN;
use domain::statement::{STATEMENT_UNKNOWN, StatementCommand};
use domain::steps::{OPTION_UNKNOWN, TRUSTED_CONTACT_UNKNOWN};
use domain::time::{CivilDay, Occurred};
use projections::views::{Facts, Rights};

use self::speaks::{Kind, Speaks, speaks};
use crate::gate::{Mandate, Refused, Relation};

/// Refusals that the law gives before it looks for what a command names: they read the same, whether it is hidden or not there. A name in a
/// text is looked for among those whom its writer may know.
const GIVEN_BEFORE: [&str; 7] = [
    "OCCURRED_IN_FUTURE",
    "LEARNT_OUT_OF_ORDER",
    "CASE_UNKNOWN",
    "CASE_NOT_OPEN",
    "NAMES_IN_TEXT",
    "PERSON_UNKNOWN",
    "HOUSEHOLD_UNKNOWN",
];

/// What the law says to an order, as the holder of the mandate may hear it; without a mandate only the code. What is hidden from the
/// holder is as if it were not there: not to be ended or changed, and not to be asked after.
///
/// # Errors
/// The law's no, or the one it would give if what is hidden were not there.
pub(super) fn told(
    mandate: Option<&Mandate>,
    history: &History<Case>,
    order: &Order<CaseCommand>,
    rights: Rights,
    said: Result<(), Rejection>,
) -> Result<(), Rejection> {
    let Some(mandate) = mandate else { return said.map_err(|no| Rejection::new(no.code)) };
    // Whoever is nothing to the case may ask for an emergency access, and hears a no as if there were no case.
    if mandate.relation() == Relation::None {
        return said.map_err(|_| Rejection::new(Refused::NOT_AVAILABLE));
    }
    let hearer = Hearer { mandate, history, facts: Facts::of(history, rights) };
    let said = match (hearer.names_hidden(order, rights.today), said) {
        (Some(_), Err(no)) if GIVEN_BEFORE.contains(&no.code.0) => Err(no),
        (Some(absent), _) => Err(Rejection::new(absent)),
        (None, said) => said,
    };
    said.map_err(|no| if hearer.may_know(speaks(no.code, &order.command)) { no } else { Rejection::new(no.code) })
}

/// Who hears it, and from which history.
struct Hearer<'a> {
    mandate: &'a Mandate,
    history: &'a History<Case>,
    facts: Facts<'a>,
}

impl Hearer<'_> {
    /// As the views and the timeline judge it.
    fn admits(&self, fact: &Fact<CaseEvent>) -> bool {
        self.mandate.admits(&self.facts.kept(fact))
    }

    fn may_know(&self, speaks: Speaks) -> bool {
        match speaks {
            Speaks::Freely => true,
            Speaks::Of(kinds) => kinds.iter().all(|kind| self.may_know_all(*kind)),
            Speaks::ToNobody => false,
        }
    }

    /// Whether every fact of this kind may be known: which of them the details rest on is not asked, so none is told by its absence.
    fn may_know_all(&self, kind: Kind) -> bool {
        kind.topics().iter().filter(|topic| topic.is_of_cases()).all(|topic| self.mandate.covers(*topic))
            && self.history.facts().iter().filter(|fact| kind.is_of(&fact.event)).all(|fact| self.admits(fact))
    }

    /// The no to what is not there, when the order names something that is hidden from the hearer.
    fn names_hidden(&self, order: &Order<CaseCommand>, today: CivilDay) -> Option<Code> {
        let happened = order.occurred.map_or(today, Occurred::day);
        let hidden = match &order.command {
            CaseCommand::Regie(RegieCommand::LeaveParty { worker, last_day, .. }) => {
                (self.hides_party(*worker, last_day.unwrap_or(happened)), PARTY_ABSENT)
            }
            CaseCommand::Regie(
                RegieCommand::StateContribution { worker, .. } | RegieCommand::ChangeExpectedEnd { worker, .. },
            ) => (self.hides_party(*worker, happened), PARTY_ABSENT),
            CaseCommand::Households(HouseholdCommand::EndMembership { household, person, .. }) => {
                (self.hides_member(*household, *person), NOT_A_MEMBER)
            }
            CaseCommand::Representation(RepresentationCommand::EndRepresentative { person, worker, .. }) => {
                (self.hides_representative(*person, *worker), REPRESENTATIVE_ABSENT)
            }
            CaseCommand::Contact(ContactCommand::SettlePromise { promise, .. }) => {
                let made = self.history.state().contacts.promise(*promise).map(|promise| promise.fact);
                (self.hides_fact(made), PROMISE_UNKNOWN)
            }
            CaseCommand::Statement(StatementCommand::TestStatement { statement, .. }) => {
                let said = self.history.state().statements.get(*statement).map(|statement| statement.fact);
                (self.hides_fact(said), STATEMENT_UNKNOWN)
            }
            CaseCommand::Assessment(
                AssessmentCommand::AddToAssessment { assessment, .. }
                | AssessmentCommand::StateHypothesis { assessment, .. },
            ) => {
                let made = self.history.state().assessments.get(*assessment).map(|made| made.fact);
                (self.hides_fact(made), ASSESSMENT_UNKNOWN)
            }
            CaseCommand::Assessment(AssessmentCommand::TestAssessment { tested, .. }) => {
                let told = self.history.state().assessments.told_in(*tested);
                let unknown = match tested {
                    TestedOn::Hypothesis(_) => HYPOTHESIS_UNKNOWN,
                    TestedOn::Portrait(_) => PORTRAIT_UNKNOWN,
                };
                (self.hides_fact(told), unknown)
            }
            CaseCommand::Statement(StatementCommand::RecordStatement(new)) => {
                (self.hides_fact(new.answers), FACT_UNKNOWN)
            }
            CaseCommand::Conference(command) => {
                let conferences = &self.history.state().conferences;
                let named = command.conference().and_then(|conference| conferences.get(conference));
                (self.hides_fact(named.map(|called| called.fact)), CONFERENCE_UNKNOWN)
            }
            CaseCommand::Steps(command) => {
                let steps = &self.history.state().steps;
                let option = command.option().and_then(|option| steps.option(option)).map(|option| option.fact);
                let faces = command.trusted().into_iter().filter_map(|trusted| steps.trusted(trusted));
                let unseen = faces.map(|face| face.fact).find(|fact| self.hides_fact(Some(*fact)));
                let conflicts = &self.history.state().conflicts;
                let conflict = command.conflict().and_then(|conflict| conflicts.conflict(conflict));
                match (self.hides_fact(option), self.hides_fact(conflict.map(|named| named.fact))) {
                    (true, _) => (true, OPTION_UNKNOWN),
                    (false, true) => (true, CONFLICT_UNKNOWN),
                    (false, false) => (unseen.is_some(), TRUSTED_CONTACT_UNKNOWN),
                }
            }
            CaseCommand::Ret(command) => {
                let named = command.ret().and_then(|ret| self.history.state().ret.get(ret));
                (self.hides_fact(named.map(|asked| asked.fact)), RET_UNKNOWN)
            }
            CaseCommand::School(command) => {
                let named = command.question().and_then(|question| self.history.state().school.question(question));
                (self.hides_fact(named.map(|asked| asked.fact)), SCHOOL_QUESTION_UNKNOWN)
            }
            CaseCommand::Safety(command) => {
                let safety = &self.history.state().safety;
                let of_lane = command.lane().and_then(|lane| safety.lane(lane)).map(|lane| lane.fact);
                let later = command.told_later().and_then(|one| safety.told_later(one)).map(|(_, one)| one.fact);
                let unknown = if command.told_later().is_some() { TOLD_LATER_UNKNOWN } else { LANE_UNKNOWN };
                (self.hides_fact(of_lane) || self.hides_fact(later), unknown)
            }
            _ => return None,
        };
        hidden.0.then_some(hidden.1)
    }

    /// Whether this is a fact of the case that the hearer may not know.
    fn hides_fact(&self, named: Option<EventId>) -> bool {
        named.and_then(|named| self.history.fact(named)).is_some_and(|fact| !self.admits(fact))
    }

    fn hides_party(&self, worker: WorkerId, day: CivilDay) -> bool {
        let parties = self.history.state().regie.parties();
        let named = parties.iter().filter(|party| party.worker == worker && party.period.holds_on(day));
        let mut facts = named.map(|party| self.history.fact(party.fact));
        facts.any(|fact| fact.is_none_or(|fact| !self.admits(fact)))
    }

    fn hides_member(&self, household: HouseholdId, person: PersonId) -> bool {
        let says = |event: &CaseEvent| match event {
            CaseEvent::Households(HouseholdEvent::MembershipRecorded { household: lived, person: who, .. }) => {
                (*lived, *who) == (household, person)
            }
            _ => false,
        };
        self.history.facts().iter().any(|fact| says(&fact.event) && !self.admits(fact))
    }

    fn hides_representative(&self, person: PersonId, worker: WorkerId) -> bool {
        let says = |event: &CaseEvent| match event {
            CaseEvent::Representation(RepresentationEvent::RepresentativeNamed { person: of, worker: who, .. }) => {
                (*of, *who) == (person, worker)
            }
            _ => false,
        };
        self.history.facts().iter().any(|fact| says(&fact.event) && !self.admits(fact))
    }
}

#[cfg(test)]
mod tests {
    use super::speaks::{OF_DATES, SPEAKS};
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn every_code_of_the_domain_says_once_what_its_details_speak_of() {
        let mut listed: Vec<&str> = SPEAKS.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
        let mut known: Vec<&str> = domain::catalogue::codes().into_iter().map(|code| code.0).collect();
        listed.sort_unstable();
        known.sort_unstable();
        let forgotten: Vec<&&str> = known.iter().filter(|code| !listed.contains(code)).collect();
        assert!(forgotten.is_empty(), "say in SPEAKS what their details speak of: {forgotten:?}");
        assert_eq!(listed, known, "each once, and none that is gone");
    }

    /// Whoever may not hear the details still reads a whole sentence.
    #[test]
    fn a_refusal_whose_details_are_kept_back_reads_well() {
        let kept_back = SPEAKS.iter().filter(|(speaks, _)| *speaks != Speaks::Freely);
        let codes = kept_back.flat_map(|(_, codes)| codes.iter().copied()).chain(OF_DATES);
        for code in codes {
            let refusal = domain::catalogue::codes().into_iter().find(|known| known.0 == code).map(Rejection::new);
            let refusal = refusal.unwrap();
            for locale in Locale::ALL {
                let said = locale.refusal(&refusal);
                assert!(!said.contains('{') && !said.contains('$') && !said.contains("  "), "{code}: {said}");
                assert!(said.ends_with('.') && !said.contains(" .") && !said.contains(" ,"), "{code}: {said}");
                assert!(said.starts_with(char::is_uppercase), "{code}: {said}");
            }
        }
    }
}
