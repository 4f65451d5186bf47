//! What must hold before a step is taken, guard by guard.

use std::collections::BTreeSet;

use super::catalogue::{
    ACCUSATIONS_NOT_WEIGHED, ALTERNATIVES_MISSING, DECIDED_BY_A_PERSON, EPISODE_STEP_NOT_OPEN, FEATURES_TOO_FEW,
    FLARE_UP_NOT_OPEN, LOOK_BACK_NOT_AGREED, LOOK_BACK_NOT_AHEAD, NOT_ALL_SCREENED, PARENTING_FORM_NOT_CALM,
    PARENTS_NOT_INFORMED, RECOGNITION_MISSING, SAFETY_FIRST, STRAIN_NOT_NAMED,
};
use super::decide::Move;
use super::events::{DivorceTrack, Feature, NewChoice, NewSeen};
use super::machine::Guard;
use super::state::{Episode, step_back_proposed};
use crate::case::CaseState;
use crate::conflict::ParentingForm;
use crate::decider::Context;
use crate::fact::Role;
use crate::ids::{PersonId, WorkerId};
use crate::people::{FamilyRole, Person};
use crate::personal::Personal;
use crate::regie::NO_DIRECTOR;
use crate::rejection::{Detail, Rejection};
use crate::safety;
use crate::time::CivilDay;

type Held = Result<(), Rejection>;

/// A step that is asked for.
pub(super) struct Asking<'a> {
    pub state: &'a CaseState,
    pub episode: &'a Episode,
    pub asks: Move<'a>,
    /// The day on which it happened.
    pub day: CivilDay,
}

/// Whether it holds; else why not.
pub(super) fn check(guard: Guard, asking: &Asking<'_>, context: &Context<'_>) -> Held {
    let Asking { state, episode, day, .. } = *asking;
    match guard {
        Guard::APerson => when(context.actor.role != Role::System, || Rejection::new(DECIDED_BY_A_PERSON)),
        Guard::Director => {
            when(state.regie.director_on(day).is_some(), || Rejection::new(NO_DIRECTOR).with("day", day))
        }
        Guard::CalmForms => calm_forms(state, day),
        Guard::LookBackAhead => look_back_ahead(asking),
        Guard::LookBackAgreed => {
            let agreed = episode.settling.as_ref().is_some_and(|it| it.look_back.is_some() && it.looked_back.is_none());
            when(agreed, || Rejection::new(LOOK_BACK_NOT_AGREED))
        }
        Guard::Screened => {
            let unscreened = safety::unscreened_on(state, day, context.terms.consent_ages);
            when(unscreened.is_empty(), || {
                Rejection::new(NOT_ALL_SCREENED).with("still_to_screen", Detail::ids(unscreened))
            })
        }
        // Nothing is said of the lane: whoever asks need not know more than that safety comes first.
        Guard::NoSafetyLane => when(state.safety.lane_open_on(day).is_none(), || Rejection::new(SAFETY_FIRST)),
        Guard::JointTalksAllowed => {
            when(state.safety.joint_talks_barred_on(day).is_none(), || Rejection::new(SAFETY_FIRST))
        }
        Guard::FeaturesSeen => features_seen(asking, context),
        Guard::AccusationsWeighed => {
            let weighed = || state.safety.lanes().iter().flat_map(|lane| &lane.weighed).any(|it| it.on <= day);
            when(!saw(asking, Feature::MutualAccusations) || weighed(), || Rejection::new(ACCUSATIONS_NOT_WEIGHED))
        }
        Guard::StrainNamed => {
            let named = || state.divorce.strains().iter().any(|strain| strain.on <= day);
            when(!saw(asking, Feature::StrainNamed) || named(), || Rejection::new(STRAIN_NOT_NAMED))
        }
        Guard::AlternativesWeighed => choice(asking).map_or(Ok(()), alternatives),
        Guard::ParentsInformed => choice(asking).map_or(Ok(()), |choice| informed(state, day, choice)),
        Guard::RecognisedBefore => when(episode.is_acknowledged(), || {
            Rejection::new(RECOGNITION_MISSING).with("state", episode.state().as_str())
        }),
        Guard::FlareUpOpen => when(step_back_proposed(state, day).is_some(), || Rejection::new(FLARE_UP_NOT_OPEN)),
        // These choose the row: where a step leads is worked out before, and holds by then.
        Guard::NotRecognised => chooses(!episode.is_acknowledged(), episode),
        Guard::RanBefore => chooses(!episode.chosen.is_empty(), episode),
        Guard::EachAcknowledged | Guard::NotYetEach => Ok(()),
    }
}

fn when(holds: bool, refusal: impl FnOnce() -> Rejection) -> Held {
    if holds { Ok(()) } else { Err(refusal()) }
}

fn chooses(holds: bool, episode: &Episode) -> Held {
    when(holds, || Rejection::new(EPISODE_STEP_NOT_OPEN).with("state", episode.state().as_str()))
}

/// The parents of the case on a day; before somebody's first day in the case their first role counts.
pub(super) fn parents_on(state: &CaseState, day: CivilDay) -> Vec<PersonId> {
    let is_parent = |person: &&Person| {
        let role = person.role.at(day).or_else(|| person.role.entries().first().map(|entry| &entry.value));
        role.and_then(Personal::known) == Some(&FamilyRole::Parent)
    };
    state.people.iter().filter(is_parent).map(|person| person.id).collect()
}

fn calm_forms(state: &CaseState, day: CivilDay) -> Held {
    let parents = parents_on(state, day);
    let form = |parent: PersonId| {
        let told = state.conflicts.forms().filter(|form| form.person == parent && form.on <= day).last()?;
        told.form.known().copied()
    };
    let calm = |parent: PersonId| matches!(form(parent), Some(ParentingForm::Cooperative | ParentingForm::Parallel));
    let not_calm: Vec<_> = parents.iter().copied().filter(|parent| !calm(*parent)).collect();
    when(!parents.is_empty() && not_calm.is_empty(), || {
        Rejection::new(PARENTING_FORM_NOT_CALM).with("parents", Detail::ids(not_calm))
    })
}

fn look_back_ahead(asking: &Asking<'_>) -> Held {
    let Move::Settle(Some(on), _) = asking.asks else { return Ok(()) };
    when(on > asking.day, || Rejection::new(LOOK_BACK_NOT_AHEAD).with("look_back", on).with("day", asking.day))
}

const fn seen<'a>(asking: &Asking<'a>) -> &'a [NewSeen] {
    match asking.asks {
        Move::Recognise(seen, _) => seen,
        Move::Settle(..) | Move::Triage(_) | Move::Switch(_) | Move::Step(..) => &[],
    }
}

fn saw(asking: &Asking<'_>, feature: Feature) -> bool {
    seen(asking).iter().any(|one| one.feature == feature)
}

fn features_seen(asking: &Asking<'_>, context: &Context<'_>) -> Held {
    let policy = &context.terms.recognition;
    let features: BTreeSet<Feature> = seen(asking).iter().map(|one| one.feature).collect();
    let workers: BTreeSet<WorkerId> = seen(asking).iter().map(|one| one.by).collect();
    let missing: Vec<_> = policy.must.iter().filter(|must| !features.contains(must)).collect();
    let besides = features.iter().filter(|feature| !policy.must.contains(feature)).count();
    let enough = missing.is_empty() && besides >= policy.besides && workers.len() >= policy.professionals;
    when(enough, || {
        let missing = missing.iter().map(|feature| Detail::from(feature.as_str())).collect();
        Rejection::new(FEATURES_TOO_FEW)
            .with("missing", Detail::List(missing))
            .with("besides", policy.besides as u64)
            .with("professionals", policy.professionals as u64)
    })
}

const fn choice<'a>(asking: &Asking<'a>) -> Option<&'a NewChoice> {
    match asking.asks {
        Move::Triage(choice) | Move::Switch(choice) => Some(choice),
        Move::Settle(..) | Move::Recognise(..) | Move::Step(..) => None,
    }
}

fn alternatives(choice: &NewChoice) -> Held {
    let tracks: BTreeSet<DivorceTrack> = choice.alternatives.iter().map(|(track, _)| *track).collect();
    let each_once = tracks.len() == choice.alternatives.len();
    when(!tracks.is_empty() && each_once && !tracks.contains(&choice.track), || {
        Rejection::new(ALTERNATIVES_MISSING).with("track", choice.track.as_str())
    })
}

fn informed(state: &CaseState, day: CivilDay, choice: &NewChoice) -> Held {
    let parents = parents_on(state, day).into_iter();
    let missing: Vec<_> = parents.filter(|parent| !choice.informed.contains(parent)).collect();
    when(missing.is_empty() || choice.not_informed.is_some(), || {
        Rejection::new(PARENTS_NOT_INFORMED).with("still_to_ask", Detail::ids(missing))
    })
}
