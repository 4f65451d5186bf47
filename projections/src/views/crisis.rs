//! The crisis card of a child, as whoever is on call must read it in the night (`privacy.md`, "Reading is an act too").
//!
//! One that has expired is not relied on: that there was one, and since when it no longer holds, and nothing of what it said. Where a
//! child slept half a year ago sends somebody to the wrong door.
//!
//! Its facts are for the director. The card itself is for whoever the policy shows crisis cards to, and for nobody else: so it is not told
//! to them by an audience that would tell them other facts as well.

use domain::fact::{Audience, Organisation};
use domain::ids::{PersonId, WorkerId};
use domain::layers::{Layer, Layers};
use domain::personal::Personal;
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
    /// Whether locating data of somebody in the case are protected: say nothing of where anybody is.
    pub mind_locating: bool,
    /// Whom to call about the case: its director on the day.
    pub director: Option<ToCall>,
    /// Who stands in for the director on the day.
    pub deputy: Option<ToCall>,
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
    /// Which rulings are in force.
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
        mind_locating: reading.now.protection.protected_persons().next().is_some(),
        director: director.map(|held| ToCall { worker: held.worker, organisation: held.organisation.clone() }),
        deputy: deputy.map(|held| ToCall { worker: held.worker, organisation: held.organisation.clone() }),
    })
}

#[cfg(test)]
mod tests {
    use domain::crisis::{CrisisCommand, NewCard};

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
    }
}
