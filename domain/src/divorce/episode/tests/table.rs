//! Every row of the table, and nothing that is not in it.

use super::*;

/// Each row: how one comes there, what is asked, and which row it is.
fn walks() -> Vec<(Given<Case>, EpisodeCommand, EpisodeState, By, EpisodeState)> {
    use DivorceTrack::{Dons as D, PlanPerHousehold as A, Redirected as R};
    use EpisodeState as E;
    use EpisodeStep as S;
    let told = || recognised().when(acknowledge(ILSE)).accepted();
    let calm = || signalled().when(form(&[ILSE, ROBERT], ParentingForm::Cooperative)).accepted();
    let unrecognised_review = || unrecognised(D).when(step(S::Reviewed)).accepted();
    let take = |given: Given<Case>, from, by: S, to| (given, step(by), from, By::Step(by), to);
    vec![
        (quiet(), signal("Spanning."), E::Quiet, By::Signal, E::Signalled),
        (over(), signal("Weer spanning."), E::Closed, By::Signal, E::Signalled),
        (calm(), settle(None), E::Signalled, By::Settle, E::Settling),
        (signalled(), recognise(), E::Signalled, By::Recognise, E::Recognised),
        (recognised(), acknowledge(ILSE), E::Recognised, By::Acknowledge, E::Recognised),
        (told(), acknowledge(ROBERT), E::Recognised, By::Acknowledge, E::Acknowledged),
        (signalled(), triage(D), E::Signalled, By::Triage, E::Dons),
        (signalled(), triage(R), E::Signalled, By::Triage, E::Redirected),
        (acknowledged(), triage(D), E::Acknowledged, By::Triage, E::Dons),
        (acknowledged(), triage(A), E::Acknowledged, By::Triage, E::Apart),
        (acknowledged(), triage(R), E::Acknowledged, By::Triage, E::Redirected),
        (on_track(D), switch(A), E::Dons, By::Switch, E::Apart),
        (on_track(D), switch(R), E::Dons, By::Switch, E::Redirected),
        (on_track(A), switch(D), E::Apart, By::Switch, E::Dons),
        (on_track(A), switch(R), E::Apart, By::Switch, E::Redirected),
        (on_track(R), switch(D), E::Redirected, By::Switch, E::Dons),
        (on_track(R), switch(A), E::Redirected, By::Switch, E::Apart),
        take(unrecognised(D), E::Dons, S::ReturnedToTriage, E::Signalled),
        take(on_track(D), E::Dons, S::ReturnedToTriage, E::Acknowledged),
        take(on_track(A), E::Apart, S::ReturnedToTriage, E::Acknowledged),
        take(unrecognised(R), E::Redirected, S::ReturnedToTriage, E::Signalled),
        take(on_track(R), E::Redirected, S::ReturnedToTriage, E::Acknowledged),
        take(unrecognised_review(), E::Review, S::ReturnedToTriage, E::Signalled),
        take(in_review(A), E::Review, S::ReturnedToTriage, E::Acknowledged),
        take(on_track(D), E::Dons, S::Reviewed, E::Review),
        take(on_track(A), E::Apart, S::Reviewed, E::Review),
        take(on_track(R), E::Redirected, S::Reviewed, E::Review),
        take(in_review(D), E::Review, S::TrackContinued, E::Dons),
        take(in_review(A), E::Review, S::TrackContinued, E::Apart),
        take(in_review(R), E::Review, S::TrackContinued, E::Redirected),
        take(in_review(A), E::Review, S::RestReached, E::Rest),
        take(at_rest(), E::Rest, S::ContactRestorationStarted, E::ContactRestoration),
        take(restoring(), E::ContactRestoration, S::ContactRestorationEnded, E::Rest),
        take(settling(), E::Settling, S::LookedBack, E::Settling),
        take(flared(settling()), E::Settling, S::Stayed, E::Settling),
        take(flared(at_rest()), E::Rest, S::Stayed, E::Rest),
        take(flared(restoring()), E::ContactRestoration, S::Stayed, E::ContactRestoration),
        take(settling(), E::Settling, S::SteppedBack, E::Signalled),
        take(at_rest(), E::Rest, S::SteppedBack, E::Review),
        take(restoring(), E::ContactRestoration, S::SteppedBack, E::Review),
        take(settling(), E::Settling, S::Closed, E::Closed),
        take(on_track(R), E::Redirected, S::Closed, E::Closed),
        take(at_rest(), E::Rest, S::Closed, E::Closed),
    ]
}

#[test]
fn every_row_can_be_walked_and_every_walk_is_a_row() {
    let mut rows: Vec<_> = TRANSITIONS.iter().map(|row| (row.from, row.by, row.to)).collect();
    for (given, command, from, by, to) in walks() {
        assert_eq!(stands(&given), from, "{by:?}");
        let name = command.name();
        assert_eq!(name, by.command());
        let given = given.when(command).accepted();
        assert_eq!(stands(&given), to, "{from:?} by {name}");
        let place = rows.iter().position(|row| *row == (from, by, to));
        rows.remove(place.expect("a row"));
    }
    assert_eq!(rows, [], "rows that no test walks");
}

/// What the table has not is refused, says where the episode stands, and changes nothing.
#[test]
fn nothing_follows_that_the_table_has_not() {
    use DivorceTrack::{Dons as D, PlanPerHousehold as A, Redirected as R};
    let fixtures: Vec<fn() -> Given<Case>> = vec![
        quiet,
        signalled,
        settling,
        recognised,
        acknowledged,
        || on_track(D),
        || on_track(A),
        || on_track(R),
        || in_review(A),
        at_rest,
        restoring,
        over,
    ];
    let commands = || {
        let moves = [settle(None), recognise()];
        let tracks = DivorceTrack::ALL.into_iter().flat_map(|track| [triage(track), switch(track)]);
        moves.into_iter().chain(tracks).chain(EpisodeStep::ALL.into_iter().map(step))
    };
    let mut refused = 0;
    for fixture in fixtures {
        for command in commands() {
            let given = fixture();
            let (from, name) = (stands(&given), command.name());
            let in_table = TRANSITIONS.iter().any(|row| row.from == from && row.by.command() == name);
            let after = given.when(command).settled();
            if !in_table {
                refused += 1;
                assert_eq!(stands(&after), from, "{name} from {from:?}");
            }
            let led = stands(&after) == from
                || TRANSITIONS
                    .iter()
                    .any(|row| (row.from, row.to) == (from, stands(&after)) && row.by.command() == name);
            assert!(led, "{name} from {from:?} to {:?}", stands(&after));
        }
    }
    assert!(refused > 100, "{refused}");
    let rejection = at_rest().when(recognise()).then_rejected(EPISODE_STEP_NOT_OPEN);
    assert_eq!(named(&rejection, "state"), Some("rest".into()));
    let open = ["startContactRestoration", "keepDivorceEpisode", "stepDivorceEpisodeBack", "closeDivorceEpisode"];
    assert_eq!(named(&rejection, "open"), Some(Detail::List(open.into_iter().map(Detail::from).collect())));
    for none in [quiet(), over()] {
        none.when(step(EpisodeStep::Closed)).then_rejected(EPISODE_ABSENT);
    }
}

/// Nothing in the table makes one track follow the other, and rest is never the end of a row that no person takes.
#[test]
fn what_the_table_promises() {
    let of = |by: By| TRANSITIONS.iter().filter(move |row| row.by == by);
    assert!(TRANSITIONS.iter().filter(|row| row.by != By::Signal && row.by != By::Acknowledge).all(guarded_by_person));
    assert!(of(By::Step(EpisodeStep::RestReached)).all(|row| row.from == EpisodeState::Review));
    let into_track = TRANSITIONS.iter().filter(|row| row.to.track().is_some() && row.from.track().is_some());
    assert!(into_track.clone().all(|row| row.by == By::Switch) && into_track.count() > 0);
    for state in EpisodeState::ALL {
        let leads_on = !open_from(state).is_empty();
        assert!(leads_on, "{state:?} leads nowhere");
        let reached = state == EpisodeState::Quiet || TRANSITIONS.iter().any(|row| row.to == state);
        assert!(reached, "{state:?} is never reached");
    }
    // Each row once: the table says of no step two things.
    for (place, row) in TRANSITIONS.iter().enumerate() {
        let twin = TRANSITIONS.iter().skip(place + 1).find(|other| same(row, other));
        assert!(twin.is_none(), "{row:?}");
        assert!(transition(row.from, row.by, row.to).is_some());
    }
}

fn guarded_by_person(row: &Transition) -> bool {
    row.guards.contains(&Guard::APerson)
}

fn same(one: &Transition, other: &Transition) -> bool {
    (one.from, one.by, one.to) == (other.from, other.by, other.to)
}

/// Case 01 from the first signal to the flare-up that changes nothing.
#[test]
fn case_01_goes_its_way() {
    let given = quiet().when(signal("Spanning bij de overdracht.")).accepted();
    let given = given.when(form(&[ILSE, ROBERT], ParentingForm::Conflict)).accepted();
    let given = given.on("2026-05-11").when(recognise()).accepted();
    assert!(given.state().divorce.recognised_on(day("2026-05-11")));
    assert!(!given.state().divorce.recognised_on(day("2026-05-10")));
    let given = given.on("2026-05-13").when(acknowledge(ILSE)).accepted();
    let given = given.on("2026-05-18").when(acknowledge(ROBERT)).accepted();
    assert_eq!(episode(&given).state_on(day("2026-05-17")), EpisodeState::Recognised);
    assert_eq!(episode(&given).state_on(day("2026-05-18")), EpisodeState::Acknowledged);
    let given = given.on("2026-05-26").when(triage(DivorceTrack::PlanPerHousehold)).accepted();
    assert_eq!(given.state().divorce.track_on(day("2026-05-25")), None);
    assert_eq!(given.state().divorce.track_on(day("2026-05-26")), Some(DivorceTrack::PlanPerHousehold));
    let given = flared(given.on("2026-08-15"));
    assert_eq!(stands(&given), EpisodeState::Apart);
    assert_eq!(step_back_proposed(given.state(), day("2026-08-15")), None, "it lies not still");
}

/// Case 02: offered from where it was signalled, reviewed, at rest, over.
#[test]
fn case_02_goes_its_way() {
    let given = signalled().when(form(&[ILSE, ROBERT], ParentingForm::Conflict)).accepted();
    let given = given.on("2026-04-28").when(triage(DivorceTrack::Dons)).accepted();
    assert!(!given.state().divorce.recognised_on(day("2026-04-28")));
    let given = given.on("2026-07-02").when(step(EpisodeStep::Reviewed)).accepted();
    let given = given.when(step(EpisodeStep::RestReached)).accepted();
    let divorce = &given.state().divorce;
    assert_eq!(divorce.track_on(day("2026-07-02")), Some(DivorceTrack::Dons), "at rest the track still holds");
    let given = given.on("2026-09-30").when(step(EpisodeStep::Closed)).accepted();
    assert!(given.state().divorce.episode_on(day("2026-09-29")).is_some());
    assert!(given.state().divorce.episode_on(day("2026-09-30")).is_none());
    assert_eq!(given.state().divorce.track_on(day("2026-09-30")), None);
}

/// Case 06: parallel, it settles with one look-back, no complex track.
#[test]
fn case_06_settles() {
    let given = signalled().when(form(&[ILSE, ROBERT], ParentingForm::Parallel)).accepted();
    let given = given.when(settle(Some("2027-03-25"))).accepted();
    let settled = episode(&given).settling.clone().unwrap();
    assert_eq!((settled.look_back, settled.looked_back), (Some(day("2027-03-25")), None));
    assert_eq!(given.state().divorce.track_on(day("2026-04-21")), None);
}

#[test]
fn a_new_signal_begins_another_episode_and_keeps_the_first() {
    let given = over().on("2027-01-11").when(signal("Weer onrust.")).accepted();
    let episodes = given.state().divorce.episodes();
    assert_eq!(episodes.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(episodes[0].state(), EpisodeState::Closed);
    assert_eq!((stands(&given), episodes[1].recognition.is_none()), (EpisodeState::Signalled, true));
    assert!(!given.state().divorce.recognised_on(day("2027-01-11")));
    assert!(!given.state().divorce.recognised_on(day("2026-04-20")));
}
