//! What is told late or set right, what is proposed, and what waits.

use super::*;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::dues::open_dues;
use crate::ids::EventId;

fn waits(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    let due = open_dues(given.state(), day(on)).into_iter();
    let own = due.filter(|due| [TRIAGE_DUE, LOOK_BACK_DUE].contains(&due.what.as_str()));
    own.map(|due| (due.what, due.last_day.to_string())).collect()
}

fn one(what: &str, last_day: &str) -> Vec<(String, String)> {
    vec![(what.to_owned(), last_day.to_owned())]
}

/// PD 10 working days after each parent was told; 27 April, 5 and 14 May 2026 are free days, 15 May is equated with one.
#[test]
fn triage_is_due_once_each_parent_was_told() {
    let given = recognised().when(acknowledge(ILSE)).accepted();
    assert_eq!(waits(&given, "2026-04-21"), []);
    let given = given.on("2026-04-23").when(acknowledge(ROBERT)).accepted();
    assert_eq!(waits(&given, "2026-04-23"), one(TRIAGE_DUE, "2026-05-11"));
    assert_eq!(waits(&given, "2026-06-01"), one(TRIAGE_DUE, "2026-05-11"), "it waits on");
    let chosen = given.on("2026-05-04").when(triage(DivorceTrack::Dons)).accepted();
    assert_eq!(waits(&chosen, "2026-05-04"), []);
    // Back at triage the term runs anew.
    let back = chosen.on("2026-06-01").when(step(EpisodeStep::ReturnedToTriage)).accepted();
    assert_eq!(waits(&back, "2026-06-01"), one(TRIAGE_DUE, "2026-06-15"));
    // Told in another order, the term runs from the last day all the same.
    let given = recognised().on("2026-04-23").when(acknowledge(ROBERT)).accepted();
    let given = given.when_on("2026-04-21", acknowledge(ILSE)).accepted();
    assert_eq!(waits(&given, "2026-04-23"), one(TRIAGE_DUE, "2026-05-11"));
    assert_eq!(episode(&given).state_on(day("2026-04-22")), EpisodeState::Recognised);
}

#[test]
fn one_look_back_waits_until_it_was_held_or_it_settles_no_more() {
    let given = settling();
    assert_eq!(waits(&given, "2026-04-21"), one(LOOK_BACK_DUE, "2026-10-21"));
    for over in [EpisodeStep::LookedBack, EpisodeStep::SteppedBack, EpisodeStep::Closed] {
        let given = settling().on("2026-10-20").when(step(over)).accepted();
        assert_eq!(waits(&given, "2026-10-21"), [], "{over:?}");
    }
    assert_eq!(waits(&closed(settling(), "2026-05-04"), "2026-05-05"), []);
}

/// divorce.md: relapse is normal; from rest or settling it proposes a step back, and a person decides.
#[test]
fn a_flare_up_where_it_lies_still_proposes_a_step_back() {
    let proposed = |given: &Given<Case>| step_back_proposed(given.state(), day("2026-04-21"));
    for (fixture, to) in [
        (settling as fn() -> Given<Case>, EpisodeState::Signalled),
        (at_rest, EpisodeState::Review),
        (restoring, EpisodeState::Review),
    ] {
        assert_eq!(proposed(&fixture()), None);
        let given = flared(fixture());
        let flare_up = fact_of(&given, "FlareUpRecorded");
        let told = proposed(&given).unwrap();
        assert_eq!((told.from, told.to, told.flare_ups.as_slice()), (stands(&given), to, [flare_up].as_slice()));
        let from = stands(&given);
        // It stays: nothing changed, and this flare-up proposes nothing any more; the next one does.
        let stayed = given.when(step(EpisodeStep::Stayed)).accepted();
        assert_eq!((stands(&stayed), proposed(&stayed)), (from, None));
        assert_eq!(episode(&stayed).taken.last().unwrap().flare_ups, [flare_up]);
        assert_eq!(proposed(&flared(stayed)).unwrap().flare_ups.len(), 1);
        let back = flared(fixture()).when(step(EpisodeStep::SteppedBack)).accepted();
        assert_eq!((stands(&back), proposed(&back)), (to, None));
        assert_eq!(episode(&back).taken.last().unwrap().flare_ups.len(), 1);
    }
    for active in [signalled(), acknowledged(), on_track(DivorceTrack::Dons), over()] {
        let state = stands(&active);
        let given = flared(active);
        assert_eq!((proposed(&given), stands(&given)), (None, state), "taken, and nothing changes");
    }
    // One from before it lay still is no relapse.
    let earlier =
        flared(in_review(DivorceTrack::Dons)).on("2026-05-04").when(step(EpisodeStep::RestReached)).accepted();
    assert_eq!(step_back_proposed(earlier.state(), day("2026-05-04")), None);
}

/// What somebody noticed is never refused, of whichever day.
#[test]
fn a_signal_joins_the_episode_of_its_day() {
    let given = signalled().on("2026-05-04").when(signal("Nog eens.")).accepted();
    let given = given.when_on("2026-01-12", signal("De school zag het al.")).accepted();
    assert_eq!(given.state().divorce.episodes().len(), 1);
    let signals: Vec<_> = episode(&given).signals.iter().map(|one| one.on.to_string()).collect();
    assert_eq!(signals, ["2026-01-12", "2026-04-21", "2026-05-04"]);
    assert_eq!(episode(&given).since(), Some(day("2026-04-21")));
    // Told after the episode was over, of a day on which it ran.
    let given = over().on("2026-05-04").when_on("2026-04-21", signal("Op die dag ook.")).accepted();
    assert_eq!(given.state().divorce.episodes().len(), 2, "closed on that day: another begins");
    let shut = at_rest().on("2026-05-11").when(step(EpisodeStep::Closed)).accepted();
    let shut = shut.on("2026-06-01").when_on("2026-05-04", signal("Toen nog.")).accepted();
    assert_eq!((shut.state().divorce.episodes().len(), stands(&shut)), (1, EpisodeState::Closed));
}

fn struck(given: Given<Case>, name: &str) -> crate::testing::When<Case> {
    let strike = strike(&given, name);
    given.when(strike)
}

#[test]
fn what_others_rest_on_is_not_struck_out() {
    let rests = |given: Given<Case>, name: &str| {
        struck(given, name).then_rejected(CORRECTION_BREAKS_HISTORY);
    };
    rests(recognised(), "DivorceSignalRecorded");
    rests(acknowledged(), "ComplexDivorceRecognised");
    rests(on_track(DivorceTrack::PlanPerHousehold), "ComplexDivorceAcknowledged");
    rests(in_review(DivorceTrack::Dons), "DivorceTriageDecided");
    rests(over().on("2027-01-11").when(signal("Weer.")).accepted(), "DivorceEpisodeMoved");
    let given = struck(acknowledged(), "ComplexDivorceAcknowledged").accepted();
    assert_eq!((stands(&given), waits(&given, "2026-04-21")), (EpisodeState::Recognised, vec![]));
    let given = struck(recognised(), "ComplexDivorceRecognised").accepted();
    assert!(!given.state().divorce.recognised_on(day("2026-04-21")));
    let given = struck(signalled(), "DivorceSignalRecorded").accepted();
    assert_eq!(given.state().divorce.episodes(), []);
    // The second signal carries the episode when the first was a mistake.
    let two = recognised().when(signal("Nog eens.")).accepted();
    let given = struck(two, "DivorceSignalRecorded").accepted();
    assert_eq!((stands(&given), episode(&given).signals.len()), (EpisodeState::Recognised, 1));
    assert_eq!(stands(&struck(at_rest(), "DivorceEpisodeMoved").accepted()), EpisodeState::Review);
}

#[test]
fn words_are_set_right() {
    let right = |given: Given<Case>, name: &str| {
        let content = CorrectedContent::Words(text("Anders gezegd."));
        let target: EventId = fact_of(&given, name);
        given
            .when(CorrectionCommand::Correct { target, reason: text("verschreven"), occurred: None, content })
            .accepted()
    };
    let said = |words: &Personal<Text>| words.known().unwrap().as_str().to_owned();
    let given = right(signalled(), "DivorceSignalRecorded");
    assert_eq!(said(&episode(&given).signals[0].words), "Anders gezegd.");
    let given = right(settling(), "DivorceSettling");
    assert_eq!(said(&episode(&given).settling.as_ref().unwrap().words), "Anders gezegd.");
    assert_eq!(waits(&given, "2026-04-21"), one(LOOK_BACK_DUE, "2026-10-21"));
    let given = right(recognised(), "ComplexDivorceRecognised");
    let recognition = episode(&given).recognition.clone().unwrap();
    assert_eq!((said(&recognition.rationale).as_str(), recognition.seen.len()), ("Anders gezegd.", 2));
    let given = right(acknowledged(), "ComplexDivorceAcknowledged");
    assert_eq!(said(episode(&given).acknowledgements[1].words.as_ref().unwrap()), "Anders gezegd.");
    let given = right(on_track(DivorceTrack::Dons), "DivorceTriageDecided");
    assert_eq!(said(&episode(&given).chosen[0].weighed.reason), "Anders gezegd.");
    let given = on_track(DivorceTrack::Dons).when(switch(DivorceTrack::PlanPerHousehold)).accepted();
    let given = right(given, "DivorceTrackSwitched");
    assert_eq!(said(&episode(&given).chosen[1].weighed.reason), "Anders gezegd.");
    let given = right(at_rest(), "DivorceEpisodeMoved");
    assert_eq!(said(&episode(&given).taken[1].words), "Anders gezegd.");
    let named = EpisodeCommand::RecordNamedStrain { person: ILSE, words: text("Slecht geslapen.") };
    let given = right(signalled().when(named).accepted(), "ParentStrainNamed");
    assert_eq!(said(&given.state().divorce.strains()[0].words), "Anders gezegd.");
}

#[test]
fn how_far_a_track_is_follows_from_its_facts() {
    use crate::divorce::tests::{A, B, split};
    use crate::divorce::{DonsCommand, FamilyRepresentative, SplitGround};
    let far = |given: &Given<Case>| progress_on(given.state(), day("2026-04-21")).map(Progress::as_str);
    assert_eq!(far(&quiet()), None);
    assert_eq!(far(&acknowledged()), None);
    assert_eq!(far(&on_track(DivorceTrack::Redirected)), None);
    let dons = on_track(DivorceTrack::Dons);
    assert_eq!(far(&dons), Some("offered"));
    let of = |worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") };
    let duo = DonsCommand::AssignDonsDuo { representatives: [of(WIM), of(FENNA)], from: None, untrained: vec![] };
    assert_eq!(far(&dons.when(duo).accepted()), Some("information"));
    assert_eq!(far(&in_review(DivorceTrack::Dons)), Some("review"));
    let apart = on_track(DivorceTrack::PlanPerHousehold);
    assert_eq!(far(&apart), Some("advised"));
    let apart = apart.when(split(SplitGround::BothWish, &[A, B], &[ILSE, ROBERT])).accepted();
    assert_eq!(far(&apart), Some("plans_drafting"));
    assert_eq!(far(&in_review(DivorceTrack::PlanPerHousehold)), Some("review"));
    assert_eq!(far(&at_rest()), None);
    for (words, count) in [
        (DonsProgress::ALL.map(|one| (one.as_str(), one.follows_from())), 6),
        (ApartProgress::ALL.map(|one| (one.as_str(), one.follows_from())), 6),
    ] {
        let each: std::collections::BTreeSet<_> = words.iter().collect();
        assert_eq!(each.len(), count);
    }
}

/// Ending early returns to triage, with the reason; what ended after the episode went elsewhere, or ends later, moves nothing.
#[test]
fn a_trajectory_that_ends_early_returns_to_triage() {
    use crate::divorce::{DonsCommand, FamilyRepresentative};
    let of = |worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") };
    let accompanied = |given: Given<Case>| {
        let duo = DonsCommand::AssignDonsDuo { representatives: [of(WIM), of(FENNA)], from: None, untrained: vec![] };
        given.when(duo).accepted()
    };
    let end = |given: Given<Case>, on: &str, last_day: Option<&str>| {
        let trajectory = given.state().divorce.duos()[0].trajectory;
        let last_day = last_day.map(day);
        given.on(on).when(DonsCommand::EndDons { trajectory, last_day, reason: text("rechtszaak") }).accepted()
    };
    let ended = end(accompanied(on_track(DivorceTrack::Dons)), "2026-06-01", None);
    assert_eq!(stands(&ended), EpisodeState::Acknowledged);
    assert_eq!(waits(&ended, "2026-06-01"), one(TRIAGE_DUE, "2026-06-15"));
    let taken = episode(&ended).taken.last().map(|taken| (taken.step, taken.words.known().cloned()));
    assert_eq!(taken, Some((EpisodeStep::ReturnedToTriage, Some(text("rechtszaak")))));
    let unrecognised = end(accompanied(unrecognised(DivorceTrack::Dons)), "2026-06-01", None);
    assert_eq!(stands(&unrecognised), EpisodeState::Signalled);
    let ahead = end(accompanied(on_track(DivorceTrack::Dons)), "2026-06-01", Some("2026-06-05"));
    assert_eq!(stands(&ahead), EpisodeState::Dons, "it still runs");
    let switched = accompanied(on_track(DivorceTrack::Dons)).when(switch(DivorceTrack::Redirected)).accepted();
    assert_eq!(stands(&end(switched, "2026-06-01", None)), EpisodeState::Redirected);
}

/// Closing the case leaves the episode as it stood: a case may close without a label (rule 25).
#[test]
fn an_episode_stands_as_it_stood_when_the_case_opens_again() {
    let given = closed(on_track(DivorceTrack::PlanPerHousehold), "2026-05-04");
    let given = given.on("2026-09-07").when(crate::divorce::tests::reopen()).accepted();
    assert_eq!(given.state().divorce.track_on(day("2026-09-07")), Some(DivorceTrack::PlanPerHousehold));
}
