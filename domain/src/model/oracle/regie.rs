//! Who directs (rules 1 and 2), and that who joins was let in by those who may (rule 22).

use std::collections::BTreeMap;

use super::After;
use super::consents::Book;
use crate::case::{CaseCommand, CaseEvent};
use crate::decider::DomainEvent as _;
use crate::fact::Fact;
use crate::ids::WorkerId;
use crate::life::LifeEvent;
use crate::model::walk::Asked;
use crate::regie::{RegieCommand, RegieEvent};
use crate::time::CivilDay;

/// At most one case director on any day, never a deputy beside nobody; who it is, is what was told.
pub(super) fn one_director_and_no_deputy_beside_nobody(after: &After<'_>) {
    let regie = &after.state().regie;
    let told = (!after.was_corrected()).then(|| told_by_day(after));
    for day in after.days() {
        let held: Vec<_> = regie.directorships().iter().filter(|held| held.period.holds_on(day)).collect();
        assert!(held.len() <= 1, "two directors on {day}");
        let director = regie.director_on(day).map(|held| held.worker);
        assert_eq!(director, held.first().map(|held| held.worker), "who directs on {day}");
        assert!(regie.deputy_on(day).is_none() || director.is_some(), "a deputy beside nobody on {day}");
        if let Some(told) = &told {
            assert_eq!(director, told.get(&day).map(|(worker, _)| *worker), "told to direct on {day}");
        }
    }
    assert_eq!(regie.broken_rules(), []);
}

/// Day by day, from what was told.
fn told_by_day(after: &After<'_>) -> BTreeMap<CivilDay, (WorkerId, usize)> {
    let mut days: BTreeMap<CivilDay, (WorkerId, usize)> = BTreeMap::new();
    let mut count = 0;
    for fact in after.facts() {
        match &fact.event {
            CaseEvent::Regie(
                RegieEvent::DirectorAssigned { director, from, .. }
                | RegieEvent::HandoverAccepted { director, from, .. },
            ) => {
                count += 1;
                days.extend(after.days().filter(|day| day >= from).map(|day| (day, (*director, count))));
            }
            CaseEvent::Regie(RegieEvent::DirectorEnded { last_day, .. }) => {
                let ended = days.range(last_day..).next().map(|(_, held)| *held);
                days.retain(|day, held| day <= last_day || Some(*held) != ended);
            }
            CaseEvent::Life(LifeEvent::CaseClosed { .. }) => days.retain(|day, _| *day <= fact.occurred.day()),
            _ => {}
        }
    }
    days
}

/// An act, unlike a report: somebody's yes that carries who joins is in force on the first day.
pub(super) fn joins_under_living_consents(after: &After<'_>, asked: &Asked, new: &[Fact<CaseEvent>]) {
    if !matches!(asked.order.command, CaseCommand::Regie(RegieCommand::JoinParty(_))) {
        return;
    }
    let book = Book::of(after);
    for fact in new {
        let CaseEvent::Regie(RegieEvent::PartyJoined { consents, from, .. }) = &fact.event else { continue };
        let first = (*from).max(after.today());
        let living = consents.iter().any(|consent| !book.is_dead(*consent, first));
        assert!(living, "{} under nobody's yes on {first}", fact.event.info().name);
    }
}
