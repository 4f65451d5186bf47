//! Of parents who live apart: a `DOnS` trajectory from the signal on, advice of the SAT, one plan that becomes two (rule 5).

use domain::consent::{Category, ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use domain::divorce::episode::{DivorceTrack, EpisodeState, NewChoice, NewNoticedBy};
use domain::divorce::{
    CoordinatorCommand, DonsCommand, EpisodeCommand, FamilyRepresentative, SatCommand, SatEnd, SatScope, SplitAssign,
    SplitGround, SplitTo, TopologyCommand, parents_on,
};
use domain::people::FamilyRole;
use domain::plan::PlanRef;
use domain::regie::Period;
use domain::safety::{SafetyCommand, ScreeningOutcome, screened_on, unscreened_on};
use domain::time::Timestamp;

use super::consents::may_be_named;
use crate::demo::staff::StaffMember;
use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, text};
use crate::simulate::words;

/// Two family representatives accompany both parents; the SAT is asked in some.
pub(super) fn dons(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("dons");
    if !plot.family.apart || plot.going == Going::Brief || !dice.falls(shares::DONS) {
        return;
    }
    let duo: Vec<_> = plot.supporters(2, &mut dice).into_iter().map(|(member, _)| member.clone()).collect();
    let [one, other] = duo.as_slice() else { return };
    let representatives =
        [one, other].map(|one| FamilyRepresentative { worker: one.worker(), organisation: one.organisation.clone() });
    let noticed = plot.days_in(dice.between(10..=60), &mut dice);
    let chosen = offered(plot, noticed, &mut dice);
    let begins = plot.later(chosen, dice.between(3..=21), &mut dice);
    let access = plot.home.access.clone();
    let by = access.clone();
    plot.at(begins, "dons", move |scene| {
        scene.open()?;
        scene.state.divorce.track_on(scene.day).filter(|track| *track == DivorceTrack::Dons)?;
        duo.iter().try_for_each(|member| scene.may_take_part(member))?;
        let mut duos = scene.state.divorce.duos().iter();
        let free = !duos.any(|duo| duo.period.first_shared_day(Period::since(scene.day)).is_some());
        let command =
            DonsCommand::AssignDonsDuo { representatives: representatives.clone(), from: None, untrained: Vec::new() };
        free.then(|| Given::by(scene.in_charge(&by), command))
    });
    let early = dice.falls(shares::DONS_EARLY);
    let days = dice.days(shares::DONS_RUNS);
    let ends = plot.later(begins, if early { days / 4 + 1 } else { days }, &mut dice);
    let reason = if early { "Een van de ouders wil niet verder." } else { dice.word(words::REASONS) };
    plot.at(ends, "dons ends", move |scene| {
        let duo = scene.state.divorce.duo_on(scene.day).filter(|duo| duo.period.until.is_none())?;
        let command = DonsCommand::EndDons { trajectory: duo.trajectory, last_day: None, reason: text(reason)? };
        Some(Given::by(scene.in_charge(&access), command))
    });
    if dice.falls(shares::SAT_ASKED) {
        sat(plot, begins, &mut dice);
    }
}

/// What goes before: something is noticed, each of the family is screened alone, and triage chooses. When that is.
fn offered(plot: &mut Plot<'_>, noticed: Timestamp, dice: &mut Dice) -> Timestamp {
    plot.at(noticed, "divorce signal", |scene| {
        scene.open()?;
        let director = scene.as_director()?;
        let noticed_by = NewNoticedBy::Worker(director.worker);
        let words = text("Bij het ophalen loopt de spanning telkens op.")?;
        Some(Given::by(director, EpisodeCommand::RecordDivorceSignal { noticed_by, words }))
    });
    let mut when = noticed;
    for _ in plot.family.parents().chain(plot.family.children()) {
        when = plot.later(when, dice.between(0..=4), dice);
        plot.at(when, "screening", screening);
    }
    when = plot.later(when, dice.between(2..=10), dice);
    plot.at(when, "divorce triage", triage);
    when
}

/// Who was not screened yet is, alone.
fn screening(scene: &Scene<'_>) -> Option<Given> {
    scene.open()?;
    let unscreened = unscreened_on(scene.state, scene.day, scene.terms.consent_ages);
    let command = SafetyCommand::RecordSafetyScreening {
        person: *unscreened.first()?,
        by: None,
        alone: true,
        control: true,
        outcome: ScreeningOutcome::NoSignal,
        words: text("Alleen gesproken; ook gevraagd wie wat bepaalt. Geen teken van onveiligheid.")?,
        explanation: None,
        known_to: None,
    };
    Some(Given::by(scene.as_director()?, command))
}

fn triage(scene: &Scene<'_>) -> Option<Given> {
    scene.open()?;
    let director = scene.as_director()?;
    let signalled = scene.state.divorce.episode_on(scene.day)?.state() == EpisodeState::Signalled;
    let screened = screened_on(scene.state, scene.day, scene.terms.consent_ages);
    let choice = NewChoice {
        track: DivorceTrack::Dons,
        reason: text("Beide ouders willen samen leren overleggen.")?,
        alternatives: vec![(DivorceTrack::Redirected, text("Een folder of een cursus is hier te weinig.")?)],
        informed: parents_on(scene.state, scene.day),
        not_informed: None,
    };
    (signalled && screened).then(|| Given::by(director, EpisodeCommand::DecideDivorceTriage(choice)))
}

/// The team is asked, mostly without names; an advisor accepts, and the advice is given.
fn sat(plot: &mut Plot<'_>, begins: Timestamp, dice: &mut Dice) {
    let named = dice.falls(shares::SAT_NAMED);
    let mut when = plot.later(begins, dice.between(14..=90), dice);
    let (sat, access) = (plot.home.sat.clone(), plot.home.access.clone());
    if named {
        // Each parent speaks for themself.
        for parent in plot.family.parents() {
            let by = access.clone();
            plot.at(when, "sat consent", move |scene| {
                scene.open()?;
                let parent = scene.person(parent)?;
                let command = ConsentCommand::GrantConsent(NewConsent {
                    giver: WhoIs::Person(parent),
                    subject: WhoIs::Person(parent),
                    kind: ConsentKind::Sharing,
                    purpose: None,
                    categories: vec![Category::Plan, Category::Escalation],
                    recipients: Vec::new(),
                    from: None,
                    until: None,
                    explained: None,
                    evidence: Evidence::Spoken,
                });
                Some(Given::by(scene.in_charge(&by), command))
            });
            when = plot.later(when, 0, dice);
        }
    }
    let (team, by) = (sat.organisation.clone(), access.clone());
    plot.at(when, "sat asked", move |scene| {
        scene.open()?;
        let people = if named { may_be_named(scene, None) } else { Vec::new() };
        let scope = if people.is_empty() { SatScope::Anonymous } else { SatScope::Named(people) };
        let question = text("Wat helpt deze ouders om weer over de kinderen te overleggen?")?;
        let command = SatCommand::RequestSat { team: team.clone(), question, scope };
        Some(Given::by(scene.in_charge(&by), command))
    });
    when = plot.later(when, dice.between(1..=10), dice);
    let advisor = sat.clone();
    plot.at(when, "sat accepts", move |scene| {
        scene.open()?;
        let mut reviews = scene.state.divorce.sat_reviews().iter();
        let waits = reviews.find(|review| review.accepted.is_none() && review.period.holds_on(scene.day))?;
        Some(Given::by(advisor.actor(), SatCommand::AcceptSat { review: waits.id }))
    });
    when = plot.later(when, dice.between(5..=45), dice);
    plot.at(when, "sat advises", move |scene| sat_ends(scene, &sat));
}

fn sat_ends(scene: &Scene<'_>, sat: &StaffMember) -> Option<Given> {
    let mut reviews = scene.state.divorce.sat_reviews().iter();
    let runs = reviews.find(|review| review.ended.is_none() && review.period.holds_on(scene.day))?;
    let explanation = text("Laat de ouders apart voorbereiden en samen één ding afspreken.");
    let command = SatCommand::EndSat { review: runs.id, reason: SatEnd::Answered, explanation };
    Some(Given::by(sat.actor(), command))
}

/// From one plan to a plan per household, each with a coordinator.
pub(super) fn split(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("split");
    if !plot.family.apart || plot.going == Going::Brief || !dice.falls(shares::SPLIT) {
        return;
    }
    let ground = [SplitGround::Recognition, SplitGround::BothWish, SplitGround::Safety]
        .get(dice.weighted(shares::SPLIT_GROUNDS.of))
        .copied()
        // What goes before recognition takes longer than a simulated family is followed: then both wish it.
        .filter(|ground| *ground != SplitGround::Recognition)
        .unwrap_or(SplitGround::BothWish);
    let mut when = plot.days_in(dice.between(40..=200), &mut dice);
    plot.at(when, "split", move |scene| {
        scene.open()?;
        let director = scene.as_director()?;
        let day = scene.day;
        let households: Vec<_> = scene.state.households.iter().map(|household| household.id).collect();
        if households.len() < 2 || scene.state.divorce.split_on(day).is_some() {
            return None;
        }
        let parents = scene.state.people.iter().filter(|person| person.role_on(day) == Some(FamilyRole::Parent));
        let wishes =
            if ground == SplitGround::BothWish { parents.map(|parent| parent.id).collect() } else { Vec::new() };
        let reason = text("Eén plan houdt de strijd gaande; met twee plannen komt er rust.")?;
        // What ran in the plan of the family is closed: a simulated household starts with a clean sheet.
        let running = scene.state.plans.running_items(|plan| plan == PlanRef::Family);
        let assignment = running.into_iter().map(|item| SplitAssign { item, to: SplitTo::Closed(None) }).collect();
        let command =
            TopologyCommand::SplitPlanPerHousehold { ground, reason, households, wishes, assignment, review: None };
        Some(Given::by(director, command))
    });
    for place in 0..2 {
        let Some((coordinator, _)) = plot.supporters(1, &mut dice).pop() else { return };
        if !dice.falls(shares::COORDINATOR) {
            continue;
        }
        let (coordinator, access) = (coordinator.clone(), plot.home.access.clone());
        when = plot.later(when, dice.between(1..=14), &mut dice);
        plot.at(when, "coordinator", move |scene| {
            scene.open()?;
            scene.may_take_part(&coordinator)?;
            let household = scene.household(place)?;
            let split = scene.state.divorce.split_on(scene.day)?;
            let days = Period::since(scene.day);
            let mut others = scene.state.divorce.coordinators().iter().filter(|one| one.household == household);
            let free = !others.any(|one| one.period.first_shared_day(days).is_some());
            let command = CoordinatorCommand::AppointPlanCoordinator {
                household,
                worker: coordinator.worker(),
                organisation: coordinator.organisation.clone(),
                from: None,
                until: None,
            };
            (free && split.households.contains(&household)).then(|| Given::by(scene.in_charge(&access), command))
        });
    }
}
