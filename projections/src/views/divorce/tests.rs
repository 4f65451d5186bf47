//! Views of the divorce, told with its dates.

use domain::case::CaseCommand;
use domain::decider::DomainEvent as _;
use domain::divorce::episode::{DivorceTrack, NewChoice, NewNoticedBy};
use domain::divorce::{
    CoordinatorCommand, DivorceCommand, DonsCommand, EpisodeCommand, FamilyRepresentative, SatCommand, SatEnd,
    SatScope, SplitGround, TopologyCommand, parents_on,
};
use domain::exclusion::{ExclusionCommand, ExclusionGround};
use domain::fact::{Audience, Role};
use domain::households::HouseholdCommand;
use domain::ids::{HouseholdId, WorkerId};
use domain::people::{FamilyRole, Source};
use domain::representation::{RepresentationCommand, RepresentativeKind};
use domain::safety::{SafetyCommand, ScreeningOutcome};

use super::super::Kept;
use super::super::exclusions::exclusions;
use super::super::representatives::representatives;
use super::{DivorceView, divorce};
use crate::testing::{JOOST, KOEN, NOOR, Office, PETRA, SAM, case, day, line, organisation, read, text};

const fn everything(_: &Kept<()>) -> bool {
    true
}

fn not_of_the_director(kept: &Kept<()>) -> bool {
    kept.audience != Audience::Director
}

fn of_divorce(command: impl Into<DivorceCommand>) -> CaseCommand {
    CaseCommand::Divorce(command.into())
}

/// A case directed by Joost, with two households.
async fn directed() -> (Office, [HouseholdId; 2]) {
    let mut office = Office::new();
    office.on("2026-03-02").by(NOOR, Role::AccessWorker).open(case(1)).await;
    office.assign(case(1), JOOST).await;
    office.by(JOOST, Role::CaseDirector);
    for label in ["bij mama", "bij papa"] {
        let formed =
            HouseholdCommand::FormHousehold { label: line(label), from: day("2026-03-02"), members: Vec::new() };
        office.order(case(1), CaseCommand::Households(formed)).await;
    }
    let households: Vec<_> = office.history(case(1)).state().households.iter().map(|household| household.id).collect();
    let households = households.try_into().expect("two");
    (office, households)
}

async fn split(office: &mut Office, ground: SplitGround, households: [HouseholdId; 2]) {
    // In the other order than the case knows them.
    let households = households.into_iter().rev().collect();
    let people = office.history(case(1)).state().people.iter();
    let parents = people.filter(|person| person.role_on(day("2026-04-21")) == Some(FamilyRole::Parent));
    let parents: Vec<_> = parents.map(|person| person.id).collect();
    let wishes = if ground == SplitGround::BothWish { parents } else { Vec::new() };
    let command = TopologyCommand::SplitPlanPerHousehold {
        ground,
        reason: text("rest"),
        households,
        wishes,
        assignment: Vec::new(),
        review: None,
    };
    office.order(case(1), of_divorce(command)).await;
}

async fn appoint(office: &mut Office, household: HouseholdId, worker: WorkerId) {
    let organisation = organisation("zorg-bv");
    let command =
        CoordinatorCommand::AppointPlanCoordinator { household, worker, organisation, from: None, until: None };
    office.order(case(1), of_divorce(command)).await;
}

/// Each was screened alone, and triage offered `DOnS`.
async fn offered_dons(office: &mut Office) {
    let people: Vec<_> = office.history(case(1)).state().people.iter().map(|person| person.id).collect();
    for person in people {
        let screened = SafetyCommand::RecordSafetyScreening {
            person,
            by: None,
            alone: true,
            control: true,
            outcome: ScreeningOutcome::NoSignal,
            words: text("a quiet talk"),
            explanation: None,
            known_to: None,
        };
        office.order(case(1), CaseCommand::Safety(screened)).await;
    }
    let signal =
        EpisodeCommand::RecordDivorceSignal { noticed_by: NewNoticedBy::Worker(JOOST), words: text("tension") };
    office.order(case(1), of_divorce(signal)).await;
    let informed = parents_on(office.history(case(1)).state(), day("2026-03-13"));
    let triage = EpisodeCommand::DecideDivorceTriage(NewChoice {
        track: DivorceTrack::Dons,
        reason: text("they want to try"),
        alternatives: vec![(DivorceTrack::Redirected, text("not enough"))],
        informed,
        not_informed: None,
    });
    office.order(case(1), of_divorce(triage)).await;
}

#[tokio::test]
async fn the_plans_go_apart_on_a_day_in_the_order_of_the_households() {
    let (mut office, households) = directed().await;
    office.on("2026-04-21");
    split(&mut office, SplitGround::BothWish, households).await;
    let history = office.history(case(1));
    assert!(read(history, "2026-04-20", divorce).split_to(everything).is_none());
    let view = read(history, "2026-04-21", divorce);
    let split = view.split_to(everything).expect("two plans");
    assert_eq!((split.on.value, split.ground), (day("2026-04-21"), SplitGround::BothWish));
    assert_eq!(view.plans_to(everything).iter().map(|plan| plan.household.value).collect::<Vec<_>>(), households);
}

/// That safety asked for it says something about a parent: whoever may not know that reads one plan.
#[tokio::test]
async fn a_split_for_safety_is_one_plan_to_whoever_may_not_know() {
    let (mut office, households) = directed().await;
    split(&mut office, SplitGround::Safety, households).await;
    let view = read(office.history(case(1)), "2026-03-02", divorce);
    assert!(view.split_to(everything).is_some());
    assert!(view.split_to(not_of_the_director).is_none());
}

/// Who coordinates the plan of a household knows that plan, whatever the plans went apart for, and no other.
#[tokio::test]
async fn a_coordinator_knows_the_plan_that_they_coordinate() {
    let (mut office, households) = directed().await;
    split(&mut office, SplitGround::Safety, households).await;
    let knows_nothing = |view: &DivorceView| {
        (view.plans_to(not_of_the_director).len(), view.is_apart_to(not_of_the_director), view.is_apart_to(everything))
    };
    assert_eq!(knows_nothing(&read(office.history(case(1)), "2026-03-02", divorce)), (0, false, true));
    appoint(&mut office, households[0], PETRA).await;
    let view = read(office.history(case(1)), "2026-03-02", divorce);
    let plans = view.plans_to(not_of_the_director);
    assert_eq!(plans.iter().map(|plan| plan.household.value).collect::<Vec<_>>(), [households[0]]);
    assert!(view.is_apart_to(not_of_the_director));
}

#[tokio::test]
async fn a_coordinator_coordinates_to_the_last_day_and_the_next_takes_over() {
    let (mut office, households) = directed().await;
    let [one, _] = households;
    split(&mut office, SplitGround::BothWish, households).await;
    appoint(&mut office, one, PETRA).await;
    office.on("2026-05-05");
    let (worker, last_day) = (PETRA, Some(day("2026-05-04")));
    let end = CoordinatorCommand::EndPlanCoordinator { household: one, worker, last_day, reason: text("elsewhere") };
    office.order(case(1), of_divorce(end)).await;
    appoint(&mut office, one, SAM).await;

    let history = office.history(case(1));
    let who = |view: &DivorceView, knows: &dyn Fn(&Kept<()>) -> bool| {
        let plans = view.plans_to(everything);
        let plan = plans.first().expect("the first");
        let (now, others) = view.coordinators_to(plan, knows);
        let others: Vec<_> = others.into_iter().map(|other| other.worker.value).collect();
        (now.map(|now| now.worker.value), others)
    };
    assert_eq!(who(&read(history, "2026-05-04", divorce), &everything), (Some(PETRA), vec![SAM]));
    let after = read(history, "2026-05-05", divorce);
    assert_eq!(who(&after, &everything), (Some(SAM), vec![PETRA]));
    let ended = history.facts().iter().find(|fact| fact.event.info().name == "PlanCoordinatorEnded").expect("ended").id;
    let next =
        history.facts().iter().rfind(|fact| fact.event.info().name == "PlanCoordinatorAppointed").expect("next").id;
    assert_eq!(who(&after, &|kept| kept.fact != ended), (Some(SAM), vec![PETRA]), "they know of the next");
    assert_eq!(who(&after, &|kept| kept.fact != ended && kept.fact != next), (Some(PETRA), vec![]));
    assert_eq!(who(&after, &|kept| kept.fact != next), (None, vec![PETRA]));
}

#[tokio::test]
async fn a_question_shows_its_steps_and_a_duo_its_days() {
    let (mut office, _) = directed().await;
    office.on("2026-03-13");
    let team = organisation("advies-team");
    let ask = SatCommand::RequestSat { team, question: text("which track"), scope: SatScope::Anonymous };
    office.order(case(1), of_divorce(ask)).await;
    offered_dons(&mut office).await;
    let duo = [PETRA, SAM].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-bv") });
    let duo = DonsCommand::AssignDonsDuo { representatives: duo, from: Some(day("2026-03-16")), untrained: vec![] };
    office.order(case(1), of_divorce(duo)).await;
    office.on("2026-03-25");
    let state = office.history(case(1)).state();
    let review = state.divorce.sat_reviews().first().expect("asked").id;
    let trajectory = state.divorce.duos().first().expect("a duo").trajectory;
    let end = SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: Some(text("solved")) };
    office.order(case(1), of_divorce(end)).await;
    let end = DonsCommand::EndDons { trajectory, last_day: Some(day("2026-03-24")), reason: text("done") };
    office.order(case(1), of_divorce(end)).await;

    let history = office.history(case(1));
    let asked = read(history, "2026-03-24", divorce);
    let [review] = &asked.reviews[..] else { unreachable!("one question") };
    assert_eq!((review.asked, review.anonymous, review.accepted.is_none()), (day("2026-03-13"), true, true));
    assert!(review.ended.is_none());
    let answered = read(history, "2026-03-25", divorce);
    let ended = answered.reviews.first().and_then(|review| review.ended.as_ref());
    let ended = ended.map(|ended| (ended.value.on, ended.value.reason));
    assert_eq!(ended, Some((day("2026-03-25"), SatEnd::NotNeeded)));
    let who = |view: &DivorceView| {
        let (now, others) = view.duos_to(everything);
        (now.map(|duo| duo.representatives.value.iter().map(|one| one.worker).collect::<Vec<_>>()), others.len())
    };
    assert_eq!(who(&read(history, "2026-03-15", divorce)), (None, 0));
    assert_eq!(who(&asked), (Some(vec![PETRA, SAM]), 0));
    assert_eq!(who(&read(history, "2026-03-25", divorce)), (None, 1));
}

#[tokio::test]
async fn who_is_kept_out_and_who_represents_stand_in_the_order_told() {
    let (mut office, _) = directed().await;
    for worker in [SAM, KOEN] {
        let ground = ExclusionGround::Neighbour;
        let out = ExclusionCommand::ExcludeWorker { worker, ground, reason: text("lives near") };
        office.order(case(1), CaseCommand::Exclusion(out)).await;
    }
    let person = office.person(case(1), "Samira Boukhari");
    for (worker, kind) in [(SAM, RepresentativeKind::Mentor), (PETRA, RepresentativeKind::Proxy)] {
        let command = RepresentationCommand::NameRepresentative {
            person,
            worker,
            organisation: organisation("zorg-bv"),
            kind,
            from: day("2026-03-01"),
            until: Some(day("2026-06-30")),
            source: Source::Court,
        };
        office.order(case(1), CaseCommand::Representation(command)).await;
    }
    let history = office.history(case(1));
    let out: Vec<_> = read(history, "2026-03-02", exclusions).into_iter().map(|view| view.worker.value).collect();
    assert_eq!(out, [SAM, KOEN]);
    let named = read(history, "2026-06-30", representatives);
    assert_eq!(named.iter().map(|view| view.worker).collect::<Vec<_>>(), [SAM, PETRA]);
    let until: Vec<_> = named.iter().filter_map(|view| Some(view.kind.until.until(everything)?.value)).collect();
    assert_eq!(until, [day("2026-06-30"), day("2026-06-30")]);
    assert!(read(history, "2026-07-01", representatives).is_empty());
}
