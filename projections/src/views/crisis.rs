//! The crisis card of a child, as whoever is on call must read it in the night (`privacy.md`, "Reading is an act too").
//!
//! One that has expired is not relied on: that there was one, and since when it no longer holds, and nothing of what it said. Where a
//! child slept half a year ago sends somebody to the wrong door.
//!
//! Its facts are for the director. The card itself is for whoever the policy shows crisis cards to, and for nobody else: so it is not told
//! to them by an audience that would tell them other facts as well.

use domain::crisis::CrisisCard;
use domain::crisisplan::CrisisAction;
use domain::fact::{Audience, Organisation};
use domain::ids::{PersonId, WorkerId};
use domain::layers::{Layer, Layers};
use domain::personal::Personal;
use domain::plan::Owner;
use domain::text::{Name, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// The card of a child on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct CardView {
    /// The child, with who may know of the card.
    pub child: Kept<PersonId>,
    /// What people call the child: for whoever may read the card.
    pub name: Option<Kept<Personal<Name>>>,
    /// The day it was written.
    pub written: CivilDay,
    /// The last day on which it can be relied on.
    pub expires: CivilDay,
    /// What it says; nothing once it has expired.
    pub words: Option<CardWords>,
    /// Whether a ruling about the child started or ended, or was told, since the card was written: what it says of rulings may not hold.
    pub rulings_changed: bool,
    /// Whether locating data of somebody in the case are protected: say nothing of where anybody is.
    pub mind_locating: bool,
    /// Whom to call about the case: its director on the day.
    pub director: Option<ToCall>,
    /// Who stands in for the director on the day.
    pub deputy: Option<ToCall>,
    /// What the crisis plan says that names this child (`domain::crisisplan`): who does what, as long as it is not stale.
    pub plan: Option<CardPlan>,
}

/// What a card shows of the crisis plan.
#[derive(Clone, PartialEq, Debug)]
pub struct CardPlan {
    /// The day on which the plan was written, for the readers of the card.
    pub written: Kept<CivilDay>,
    /// Whether nobody looked at it for the term: then it says nothing more.
    pub stale: bool,
    /// Whether an action has no owner.
    pub incomplete: bool,
    /// Who does what; nothing of a stale plan.
    pub actions: Vec<CardAction>,
}

/// What somebody does by the crisis plan.
#[derive(Clone, PartialEq, Debug)]
pub struct CardAction {
    /// What.
    pub what: Kept<Personal<Text>>,
    /// Who; nobody yet.
    pub owner: Owner,
    /// What people call the one of the family who does it.
    pub name: Option<Kept<Personal<Name>>>,
}

/// What a card says.
#[derive(Clone, PartialEq, Debug)]
pub struct CardWords {
    /// Where the child sleeps.
    pub sleeps: Option<Kept<Personal<Text>>>,
    /// Whom to call, with numbers.
    pub call: Kept<Personal<Text>>,
    /// Whom not to call.
    pub do_not_call: Option<Kept<Personal<Text>>>,
    /// What was agreed for a crisis.
    pub agreements: Option<Kept<Personal<Text>>>,
    /// Which rulings were in force, as the one who wrote it put it.
    pub rulings: Option<Kept<Personal<Text>>>,
}

/// A worker to call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToCall {
    /// Who.
    pub worker: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
}

/// For the readers of the card: on call they reach children, and nobody's own layer.
fn of_card<T>(child: PersonId, kept: Kept<T>) -> Kept<T> {
    Kept { audience: Audience::Case, layers: Layers::of([Layer::Child(child)]), ..kept }
}

/// What the crisis plan says that names this child, for the readers of the card.
fn of_plan(reading: &Reading<'_>, child: PersonId) -> Option<CardPlan> {
    let (state, day) = (reading.state(), reading.day());
    let plan = state.crisis_plan.written_by(day).filter(|plan| plan.children.contains(&child))?;
    let is_over = state.crisis_plan.is_stale(day);
    let name = |person: PersonId| {
        let name = state.people.person(person).and_then(|known| known.personal_name_on(day)).cloned();
        name.map(|name| of_card(child, reading.kept(name, plan.fact)))
    };
    let action = |action: &CrisisAction| CardAction {
        what: of_card(child, reading.kept(action.what.clone(), plan.fact)),
        owner: action.owner,
        name: action.owner.person().and_then(name),
    };
    Some(CardPlan {
        written: of_card(child, reading.kept(plan.day, plan.fact)),
        stale: is_over,
        incomplete: plan.is_incomplete(),
        actions: if is_over { Vec::new() } else { plan.actions.iter().map(action).collect() },
    })
}

/// Whether the words of a card about rulings may no longer hold. That something changed is all it says: a ruling itself is for others.
fn rulings_changed(reading: &Reading<'_>, child: PersonId, card: &CrisisCard) -> bool {
    let (rulings, day) = (&reading.state().rulings, reading.day());
    let written = card.written;
    rulings.all().iter().filter(|ruling| ruling.person == child).any(|ruling| {
        let begins = ruling.dates.in_force.is_some_and(|from| written < from && from <= day);
        let over = rulings.last_day(ruling).is_some_and(|last_day| written <= last_day && last_day < day);
        let told = reading.recorded(ruling.dates_told_by) > reading.recorded(card.fact);
        begins || over || (told && rulings.is_in_force(ruling, day))
    })
}

/// The card of this child as last written; `None` when nobody wrote one.
#[must_use]
pub fn card(reading: &Reading<'_>, child: PersonId) -> Option<CardView> {
    let (state, day) = (reading.state(), reading.day());
    let (_, card) = state.crisis.cards().find(|(of, _)| *of == child)?;
    let kept = |words: &Personal<Text>| of_card(child, reading.kept(words.clone(), card.fact));
    let maybe = |words: &Option<Personal<Text>>| words.as_ref().map(kept);
    let words = (day <= card.expires).then(|| CardWords {
        sleeps: maybe(&card.sleeps),
        call: kept(&card.call),
        do_not_call: maybe(&card.do_not_call),
        agreements: maybe(&card.agreements),
        rulings: maybe(&card.rulings),
    });
    let name = state.people.person(child).and_then(|child| child.personal_name_on(day)).cloned();
    let director = state.answering_director_on(day);
    let deputy = state.regie.deputy_on(day);
    Some(CardView {
        child: of_card(child, reading.kept(child, card.fact)),
        name: name.map(|name| of_card(child, reading.kept(name, card.fact))),
        written: card.written,
        expires: card.expires,
        words,
        rulings_changed: rulings_changed(reading, child, card),
        mind_locating: reading.now.protection.protected_persons().next().is_some(),
        director: director.map(|held| ToCall { worker: held.worker, organisation: held.organisation.clone() }),
        deputy: deputy.map(|held| ToCall { worker: held.worker, organisation: held.organisation.clone() }),
        plan: of_plan(reading, child),
    })
}

#[cfg(test)]
mod tests {
    use domain::crisis::{CrisisCommand, NewCard};
    use domain::crisisplan::{CrisisPlanCommand, NewCrisisAction, NewCrisisPlan};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, terms, text};

    async fn written(expires: &str) -> (Office, PersonId) {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let card = NewCard {
            child,
            sleeps: Some(text("bij een vriend")),
            call: text("Lotte, 06 12 34 56 78"),
            do_not_call: None,
            agreements: None,
            rulings: None,
            expires: day(expires),
        };
        office.order(case(1), CrisisCommand::WriteCrisisCard(Box::new(card))).await;
        (office, child)
    }

    fn seen(office: &Office, child: PersonId, today: &str) -> CardView {
        on(office, today, |reading| card(reading, child)).expect("a card")
    }

    #[tokio::test]
    async fn a_card_says_where_a_child_sleeps_until_it_expires_and_nothing_from_then_on() {
        let (office, child) = written("2026-05-01").await;
        let last = seen(&office, child, "2026-05-01");
        let sleeps = last.words.and_then(|words| words.sleeps).expect("where the child sleeps");
        assert_eq!(sleeps.value.known().map(Text::as_str), Some("bij een vriend"));
        let after = seen(&office, child, "2026-05-02");
        assert!(after.words.is_none());
        assert_eq!(after.director.map(|director| director.worker), Some(JOOST), "somebody to call all the same");
        assert!(after.plan.is_none(), "no crisis plan");
    }

    /// The plan is what was agreed in calm, the card what holds tonight: a stale plan says only that it is.
    #[tokio::test]
    async fn a_card_shows_who_does_what_by_the_crisis_plan_until_that_is_stale() {
        let (mut office, child) = written("2026-08-31").await;
        let action = NewCrisisAction { what: text("Belt de achterwacht."), owner: Owner::Worker(JOOST) };
        let new = NewCrisisPlan { children: vec![child], signs: None, actions: vec![action] };
        office.order(case(1), CrisisPlanCommand::WriteCrisisPlan(Box::new(new))).await;
        let plan = seen(&office, child, "2026-09-02").plan.expect("a plan");
        assert_eq!((plan.stale, plan.incomplete, plan.actions.len()), (false, false, 1));
        assert_eq!(plan.actions[0].what.audience, Audience::Case);
        let stale = seen(&office, child, "2026-09-03").plan.expect("a plan");
        assert!(stale.stale && stale.actions.is_empty());
    }
}
