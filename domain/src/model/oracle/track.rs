//! The episode moves along the lines of the drawing in `divorce.md`, copied here by hand; a duo comes on its track; a stage is of
//! the ladder.

use super::safety::chosen;
use super::{After, Before};
use crate::case::CaseEvent;
use crate::conflict::ConflictEvent;
use crate::divorce::episode::{DivorceTrack, EpisodeState, EpisodeStep};
use crate::divorce::{DivorceEvent, DonsEvent, EpisodeEvent};
use crate::fact::Fact;
use crate::model::walk::Asked;

fn is_drawn(from: EpisodeState, to: EpisodeState) -> bool {
    use EpisodeState as E;
    let track = |state| matches!(state, E::Dons | E::Apart | E::Redirected);
    match from {
        E::Quiet => to == E::Signalled,
        E::Signalled => matches!(to, E::Settling | E::Recognised | E::Dons | E::Redirected),
        E::Settling => matches!(to, E::Settling | E::Signalled | E::Closed),
        E::Recognised => matches!(to, E::Recognised | E::Acknowledged),
        E::Acknowledged => track(to),
        E::Dons | E::Apart | E::Redirected => {
            let back = to == E::Acknowledged || (to == E::Signalled && from != E::Apart);
            let closes = to == E::Closed && from == E::Redirected;
            (track(to) && to != from) || to == E::Review || back || closes
        }
        E::Review => track(to) || matches!(to, E::Rest | E::Signalled | E::Acknowledged | E::Review),
        E::Rest => matches!(to, E::Rest | E::ContactRestoration | E::Review | E::Closed),
        E::ContactRestoration => matches!(to, E::ContactRestoration | E::Rest | E::Review),
        E::Closed => false,
    }
}

pub(super) fn along_the_drawing(after: &After<'_>) {
    let divorce = &after.state().divorce;
    let runs = |state| !matches!(state, EpisodeState::Quiet | EpisodeState::Closed);
    assert!(divorce.episodes().iter().filter(|one| runs(one.state())).count() <= 1, "two episodes at once");
    for episode in divorce.episodes() {
        assert!(episode.changes.iter().map(|change| change.on).is_sorted(), "changes in order of the day");
        let mut from = EpisodeState::Quiet;
        for change in &episode.changes {
            assert!(is_drawn(from, change.to), "from {from:?} to {:?} is not drawn", change.to);
            from = change.to;
        }
    }
}

/// Of now: a duo comes where triage chose, or switched to, shared parenting, and did not choose again since.
pub(super) fn a_duo_comes_on_its_track(before: &Before, asked: &Asked, new: &[Fact<CaseEvent>]) {
    let duo = |fact: &Fact<CaseEvent>| {
        matches!(fact.event, CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::DonsDuoAssigned { .. })))
    };
    let so_far = before.history.facts();
    let corrected = so_far.iter().any(|fact| matches!(fact.event, CaseEvent::Correction(_)));
    if corrected || asked.order.occurred.is_some() || !new.iter().any(duo) {
        return;
    }
    let track = so_far.iter().fold(None, |track, fact| if is_left(fact) { None } else { chosen(fact).or(track) });
    assert_eq!(track, Some(DivorceTrack::Dons), "a duo on the track that was chosen");
}

/// Whether the track that was chosen is over with this.
fn is_left(fact: &Fact<CaseEvent>) -> bool {
    let CaseEvent::Divorce(DivorceEvent::Episode(EpisodeEvent::DivorceEpisodeMoved { step, .. })) = &fact.event else {
        return false;
    };
    matches!(step, EpisodeStep::ReturnedToTriage | EpisodeStep::Closed)
}

pub(super) fn stages_are_of_the_ladder(new: &[Fact<CaseEvent>]) {
    for fact in new {
        if let CaseEvent::Conflict(ConflictEvent::GlaslStageAssessed { stage, .. }) = &fact.event {
            let number = stage.as_ref().and_then(|stage| stage.known()).map(|stage| stage.number());
            assert!(number.is_none_or(|number| (1..=9).contains(&number)), "stage {number:?}");
        }
    }
}
