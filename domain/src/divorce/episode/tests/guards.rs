//! What each guard refuses, and that it lets through what it should.

use super::*;
use crate::fact::Role;
use crate::ids::LaneId;
use crate::life::CASE_NOT_OPEN;
use crate::people::PERSON_UNKNOWN;
use crate::people::catalogue::NAMES_IN_TEXT;
use crate::regie::NO_DIRECTOR;
use crate::safety::tests as lane;
use crate::terms::{NL_DEFAULT, TermsBook};

fn as_system(given: Given<Case>) -> Given<Case> {
    given.by(ANJA, Role::System)
}

/// A safety lane is open; nobody weighed anything yet.
fn in_lane(given: Given<Case>) -> (Given<Case>, LaneId) {
    let given = given.when(lane::signal(&[ILSE, MORRIS])).accepted();
    let id = given.state().safety.lanes().last().unwrap().id;
    (given, id)
}

/// The meldcode steps were taken, and somebody else cleared the lane.
fn cleared(given: Given<Case>) -> Given<Case> {
    let (given, id) = in_lane(given);
    let given = given.when(lane::map(id)).accepted().when(lane::consult(id)).accepted();
    let given = given.when(lane::talk(id, MORRIS)).accepted().when(lane::weigh(id)).accepted();
    let given = given.when(lane::decide_on(id, false)).accepted();
    given.by(FENNA, Role::CaseDirector).when(lane::clear(id)).accepted().by(ANJA, Role::CaseDirector)
}

/// Nothing about a family is decided by the machine; what somebody noticed may come from anywhere.
#[test]
fn the_system_decides_nothing() {
    let moves: Vec<(Given<Case>, EpisodeCommand)> = vec![
        (signalled(), recognise()),
        (signalled(), triage(DivorceTrack::Dons)),
        (on_track(DivorceTrack::Dons), switch(DivorceTrack::PlanPerHousehold)),
        (on_track(DivorceTrack::Dons), step(EpisodeStep::ReturnedToTriage)),
        (on_track(DivorceTrack::Dons), step(EpisodeStep::Reviewed)),
        (in_review(DivorceTrack::Dons), step(EpisodeStep::RestReached)),
        (in_review(DivorceTrack::Dons), step(EpisodeStep::TrackContinued)),
        (at_rest(), step(EpisodeStep::ContactRestorationStarted)),
        (restoring(), step(EpisodeStep::ContactRestorationEnded)),
        (settling(), step(EpisodeStep::LookedBack)),
        (flared(at_rest()), step(EpisodeStep::Stayed)),
        (at_rest(), step(EpisodeStep::SteppedBack)),
        (at_rest(), step(EpisodeStep::Closed)),
    ];
    for (given, command) in moves {
        as_system(given).when(command).then_rejected(DECIDED_BY_A_PERSON);
    }
    as_system(signalled().when(form(&[ILSE, ROBERT], ParentingForm::Parallel)).accepted())
        .when(settle(None))
        .then_rejected(DECIDED_BY_A_PERSON);
    as_system(quiet()).when(signal("Spanning.")).accepted();
}

#[test]
fn it_settles_only_when_each_parent_is_a_parent_together_or_beside_the_other() {
    let all = signalled().when(settle(None)).then_rejected(PARENTING_FORM_NOT_CALM);
    assert_eq!(named(&all, "parents"), Some(Detail::ids([ILSE, ROBERT])));
    let one = signalled().when(form(&[ILSE], ParentingForm::Cooperative)).accepted();
    let one = one.when(settle(None)).then_rejected(PARENTING_FORM_NOT_CALM);
    assert_eq!(named(&one, "parents"), Some(Detail::ids([ROBERT])));
    let strife = signalled().when(form(&[ILSE, ROBERT], ParentingForm::Conflict)).accepted();
    strife.when(settle(None)).then_rejected(PARENTING_FORM_NOT_CALM);
    // The last word counts, of its day: what was said later of an earlier day is not the last.
    let given = signalled().when(form(&[ILSE, ROBERT], ParentingForm::Conflict)).accepted().on("2026-05-04");
    let given = given.when(form(&[ILSE, ROBERT], ParentingForm::Parallel)).accepted();
    let given = given.when_on("2026-05-01", form(&[ROBERT], ParentingForm::Conflict)).accepted();
    given.when(settle(None)).accepted();
    let relapse = settling_forms().when(form(&[ROBERT], ParentingForm::Conflict)).accepted();
    relapse.when(settle(None)).then_rejected(PARENTING_FORM_NOT_CALM);
}

fn settling_forms() -> Given<Case> {
    signalled().when(form(&[ILSE, ROBERT], ParentingForm::Cooperative)).accepted()
}

#[test]
fn one_look_back_is_agreed_for_a_day_ahead() {
    for past in ["2026-04-21", "2026-04-20"] {
        settling_forms().when(settle(Some(past))).then_rejected(LOOK_BACK_NOT_AHEAD);
    }
    let given = settling_forms().when(settle(Some("2026-10-21"))).accepted().on("2026-10-21");
    let given = given.when(step(EpisodeStep::LookedBack)).accepted();
    given.when(step(EpisodeStep::LookedBack)).then_rejected(LOOK_BACK_NOT_AGREED);
    let none = settling_forms().when(settle(None)).accepted();
    none.when(step(EpisodeStep::LookedBack)).then_rejected(LOOK_BACK_NOT_AGREED);
}

/// PD: the first feature plus one other, by two different professionals.
#[test]
fn recognition_asks_what_policy_asks() {
    use Feature::{DestructiveCommunication as Talk, KeepsFlaring as Flares};
    let with = |seen: Vec<NewSeen>| {
        let command = EpisodeCommand::RecogniseComplexDivorce { seen, rationale: text("Gewogen.") };
        signalled().when(command)
    };
    for few in [
        vec![],
        vec![saw(Flares, ANJA)],
        vec![saw(Flares, ANJA), saw(Flares, TESS)],
        vec![saw(Flares, ANJA), saw(Talk, ANJA)],
        vec![saw(Talk, ANJA), saw(Talk, TESS)],
    ] {
        with(few).then_rejected(FEATURES_TOO_FEW);
    }
    let first_missing = with(vec![saw(Talk, ANJA), saw(Talk, TESS)]).then_rejected(FEATURES_TOO_FEW);
    assert_eq!(named(&first_missing, "missing"), Some(Detail::List(vec!["keeps_flaring".into()])));
    with(vec![saw(Flares, ANJA), saw(Talk, TESS)]).accepted();
    with(vec![saw(Flares, ANJA), saw(Talk, ANJA), saw(Talk, TESS)]).accepted();
    // Another municipality may ask less, from a day on (rule 29).
    let one =
        NL_DEFAULT.replacen("professionals = 2", "professionals = 1", 1).replacen("besides = 1", "besides = 0", 1);
    let book = TermsBook::parse(&one).unwrap();
    let alone = EpisodeCommand::RecogniseComplexDivorce { seen: vec![saw(Flares, ANJA)], rationale: text("Gewogen.") };
    signalled().under(book).when(alone).accepted();
}

#[test]
fn recognition_comes_after_each_was_screened_and_waits_for_safety() {
    let unscreened = directed().when(signal("Spanning.")).accepted();
    let rejection = unscreened.when(recognise()).then_rejected(NOT_ALL_SCREENED);
    assert_eq!(named(&rejection, "still_to_screen"), Some(Detail::ids([ILSE, ROBERT, MORRIS])));
    let parents = directed().when(signal("Spanning.")).accepted();
    let parents = [ILSE, ROBERT]
        .into_iter()
        .fold(parents, |given, person| given.when(screen(person, ScreeningOutcome::NoSignal)).accepted());
    let rejection = parents.when(recognise()).then_rejected(NOT_ALL_SCREENED);
    assert_eq!(named(&rejection, "still_to_screen"), Some(Detail::ids([MORRIS])), "each child too");
    // Nothing is said of the lane itself.
    let (waits, _) = in_lane(signalled());
    assert_eq!(waits.when(recognise()).then_rejected(SAFETY_FIRST).details, []);
    cleared(signalled()).when(recognise()).accepted();
}

/// An accusation is no feature before the meldcode steps weighed it (divorce.md, "Safety before everything").
#[test]
fn accusations_count_only_once_they_were_weighed() {
    let accused = || EpisodeCommand::RecogniseComplexDivorce {
        seen: vec![saw(Feature::KeepsFlaring, ANJA), saw(Feature::MutualAccusations, TESS)],
        rationale: text("Gewogen."),
    };
    signalled().when(accused()).then_rejected(ACCUSATIONS_NOT_WEIGHED);
    cleared(signalled()).when(accused()).accepted();
    let (waits, _) = in_lane(signalled());
    waits.when(accused()).then_rejected(SAFETY_FIRST);
}

/// What a professional thinks of somebody's personality is no field: only what the parent named counts.
#[test]
fn a_strain_counts_only_when_a_parent_named_one() {
    let strained = || EpisodeCommand::RecogniseComplexDivorce {
        seen: vec![saw(Feature::KeepsFlaring, ANJA), saw(Feature::StrainNamed, TESS)],
        rationale: text("Gewogen."),
    };
    let name = |person| EpisodeCommand::RecordNamedStrain { person, words: text("Ik slaap al maanden slecht.") };
    signalled().when(strained()).then_rejected(STRAIN_NOT_NAMED);
    let given = signalled().when(name(ILSE)).accepted();
    given.when(strained()).accepted();
    signalled().when(name(MORRIS)).then_rejected(OF_A_PARENT);
    signalled().when(name(PersonId::from_uuid(fresh(99)))).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn triage_follows_when_it_is_acknowledged_to_each_parent() {
    let rejection = recognised().when(triage(DivorceTrack::PlanPerHousehold)).then_rejected(ACKNOWLEDGE_FIRST);
    assert_eq!(named(&rejection, "still_to_ask"), Some(Detail::ids([ILSE, ROBERT])));
    let one = recognised().when(acknowledge(ROBERT)).accepted();
    let rejection = one.when(triage(DivorceTrack::Dons)).then_rejected(ACKNOWLEDGE_FIRST);
    assert_eq!(named(&rejection, "still_to_ask"), Some(Detail::ids([ILSE])));
    // Who cannot be reached keeps nobody waiting: what was tried is told.
    let tried = EpisodeCommand::AcknowledgeComplexDivorce {
        person: ILSE,
        reached: false,
        words: Some(text("Drie keer gebeld, een brief.")),
    };
    let given = recognised().when(acknowledge(ROBERT)).accepted().when(tried).accepted();
    assert_eq!(stands(&given), EpisodeState::Acknowledged);
    let given = given.when(triage(DivorceTrack::PlanPerHousehold)).accepted();
    // Reached after all: taken, and nothing changes.
    let given = given.on("2026-05-04").when(acknowledge(ILSE)).accepted();
    assert_eq!((stands(&given), episode(&given).acknowledgements.len()), (EpisodeState::Apart, 3));
}

#[test]
fn it_is_acknowledged_to_the_parents_once_it_was_recognised() {
    signalled().when(acknowledge(ILSE)).then_rejected(RECOGNITION_MISSING);
    quiet().when(acknowledge(ILSE)).then_rejected(EPISODE_ABSENT);
    recognised().when(acknowledge(MORRIS)).then_rejected(OF_A_PARENT);
    recognised().when(acknowledge(PersonId::from_uuid(fresh(99)))).then_rejected(PERSON_UNKNOWN);
    // Recognised and acknowledged are two moments, never the second before the first.
    let given = signalled().on("2026-05-04").when(recognise()).accepted();
    given.when_on("2026-05-01", acknowledge(ILSE)).then_rejected(RECOGNITION_MISSING);
    // Told late, when the episode is over and another runs: it is of the one that ran on that day.
    let given = at_rest().on("2026-05-11").when(step(EpisodeStep::Closed)).accepted();
    let given = given.on("2026-06-01").when(signal("Weer.")).accepted();
    let given = given.when_on("2026-05-04", acknowledge(ILSE)).accepted();
    assert_eq!(given.state().divorce.episodes()[0].acknowledgements.len(), 3);
    given.when(acknowledge(ILSE)).then_rejected(RECOGNITION_MISSING);
}

#[test]
fn a_plan_per_household_as_a_track_rests_on_recognition() {
    signalled().when(triage(DivorceTrack::PlanPerHousehold)).then_rejected(RECOGNITION_MISSING);
    let early = unrecognised(DivorceTrack::Dons);
    let early = early.when(switch(DivorceTrack::PlanPerHousehold)).refused_but(RECOGNITION_MISSING);
    // The way there: back to triage, recognise, acknowledge.
    let given = early.when(step(EpisodeStep::ReturnedToTriage)).accepted().when(recognise()).accepted();
    let given = given.when(acknowledge(ILSE)).accepted().when(acknowledge(ROBERT)).accepted();
    given.when(triage(DivorceTrack::PlanPerHousehold)).accepted();
}

#[test]
fn other_roads_are_weighed_each_once_and_never_the_one_that_was_chosen() {
    use DivorceTrack::{Dons, PlanPerHousehold, Redirected};
    let with = |alternatives: &[DivorceTrack]| {
        let alternatives = alternatives.iter().map(|track| (*track, text("Past nu niet."))).collect();
        let choice = NewChoice { alternatives, ..choice(PlanPerHousehold) };
        acknowledged().when(EpisodeCommand::DecideDivorceTriage(choice))
    };
    for wrong in [&[] as &[_], &[PlanPerHousehold], &[Dons, Dons], &[Dons, PlanPerHousehold]] {
        with(wrong).then_rejected(ALTERNATIVES_MISSING);
    }
    with(&[Dons]).accepted();
    with(&[Dons, Redirected]).accepted();
    on_track(Dons).when(switch(Dons)).then_rejected(TRACK_UNCHANGED);
    let bare = NewChoice { alternatives: vec![], ..choice(PlanPerHousehold) };
    on_track(Dons).when(EpisodeCommand::SwitchDivorceTrack(bare)).then_rejected(ALTERNATIVES_MISSING);
}

#[test]
fn each_parent_is_informed_or_it_is_said_why_not() {
    let with = |informed: &[PersonId], not_informed: Option<Text>| {
        let choice = NewChoice { informed: informed.to_vec(), not_informed, ..choice(DivorceTrack::PlanPerHousehold) };
        acknowledged().when(EpisodeCommand::DecideDivorceTriage(choice))
    };
    let rejection = with(&[ILSE], None).then_rejected(PARENTS_NOT_INFORMED);
    assert_eq!(named(&rejection, "still_to_ask"), Some(Detail::ids([ROBERT])));
    with(&[], None).then_rejected(PARENTS_NOT_INFORMED);
    with(&[ILSE], Some(text("Nog niet bereikt."))).accepted();
    with(&[PersonId::from_uuid(fresh(99))], None).then_rejected(PERSON_UNKNOWN);
}

/// Before anything joint is offered each was screened alone, and no lane is open (rule 19).
#[test]
fn nothing_joint_is_offered_before_safety() {
    let unscreened = directed().when(signal("Spanning.")).accepted();
    let unscreened = unscreened.when(triage(DivorceTrack::Dons)).refused_but(NOT_ALL_SCREENED);
    unscreened.when(triage(DivorceTrack::Redirected)).accepted();
    let (waits, _) = in_lane(acknowledged());
    let waits = waits.when(triage(DivorceTrack::Dons)).refused_but(SAFETY_FIRST);
    waits.when(triage(DivorceTrack::PlanPerHousehold)).accepted();
    let (waits, _) = in_lane(on_track(DivorceTrack::PlanPerHousehold));
    waits.when(switch(DivorceTrack::Dons)).then_rejected(SAFETY_FIRST);
    // A track goes on after a review as it is offered: the one on which both parents are at one table waits.
    let goes_on = || step(EpisodeStep::TrackContinued);
    let (waits, _) = in_lane(in_review(DivorceTrack::Dons));
    waits.when(goes_on()).then_rejected(SAFETY_FIRST);
    cleared(in_review(DivorceTrack::Dons)).when(goes_on()).accepted();
    let (waits, _) = in_lane(in_review(DivorceTrack::PlanPerHousehold));
    waits.when(goes_on()).accepted();
    let (waits, _) = in_lane(at_rest());
    waits.when(step(EpisodeStep::ContactRestorationStarted)).then_rejected(SAFETY_FIRST);
    cleared(at_rest()).when(step(EpisodeStep::ContactRestorationStarted)).accepted();
}

#[test]
fn a_track_takes_a_director_and_an_open_case() {
    let nobody = || {
        let given = screened(crate::divorce::tests::family().on("2026-04-21"));
        given.when(signal("Spanning.")).accepted()
    };
    nobody().when(triage(DivorceTrack::Dons)).then_rejected(NO_DIRECTOR);
    nobody().when(triage(DivorceTrack::Redirected)).then_rejected(NO_DIRECTOR);
    let shut = || closed(acknowledged(), "2026-05-04");
    shut().when(triage(DivorceTrack::Dons)).then_rejected(CASE_NOT_OPEN);
    shut().when(step(EpisodeStep::Closed)).then_rejected(CASE_NOT_OPEN);
    // What took place is told of a closed case too (rule 0).
    shut().when(signal("Nog een signaal.")).accepted();
    shut().when(acknowledge(ILSE)).accepted();
}

#[test]
fn it_is_not_told_of_a_day_before_the_last_step() {
    let given = acknowledged().on("2026-05-04").when(triage(DivorceTrack::Dons)).accepted();
    let rejection = given.when_on("2026-05-01", step(EpisodeStep::Reviewed)).then_rejected(EPISODE_FURTHER);
    assert_eq!(named(&rejection, "since"), Some(day("2026-05-04").into()));
    // Late, and in order.
    let given = acknowledged().on("2026-05-11").when_on("2026-05-04", triage(DivorceTrack::Dons)).accepted();
    assert_eq!(given.state().divorce.track_on(day("2026-05-04")), Some(DivorceTrack::Dons));
}

#[test]
fn staying_answers_a_flare_up_and_takes_one() {
    at_rest().when(step(EpisodeStep::Stayed)).then_rejected(FLARE_UP_NOT_OPEN);
    let given = flared(at_rest()).when(step(EpisodeStep::Stayed)).accepted();
    given.when(step(EpisodeStep::Stayed)).then_rejected(FLARE_UP_NOT_OPEN);
    // Without one a person may step back all the same.
    at_rest().when(step(EpisodeStep::SteppedBack)).accepted();
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || text("Robert belt elke dag");
    let reason = |reason: Text| NewChoice { reason, ..choice(DivorceTrack::Dons) };
    for command in [
        EpisodeCommand::RecordDivorceSignal { noticed_by: NewNoticedBy::Person(ILSE), words: named() },
        EpisodeCommand::RecordDivorceSignal {
            noticed_by: NewNoticedBy::Outside(line("de broer van Robert")),
            words: text("spanning"),
        },
        EpisodeCommand::RecordNamedStrain { person: ILSE, words: named() },
        EpisodeCommand::AcknowledgeComplexDivorce { person: ILSE, reached: true, words: Some(named()) },
        EpisodeCommand::SettleDivorceEpisode { look_back: None, words: named() },
        EpisodeCommand::RecogniseComplexDivorce { seen: vec![], rationale: named() },
        EpisodeCommand::RecogniseComplexDivorce {
            seen: vec![NewSeen { what: Some(named()), ..saw(Feature::KeepsFlaring, ANJA) }],
            rationale: text("gewogen"),
        },
        EpisodeCommand::DecideDivorceTriage(reason(named())),
        EpisodeCommand::SwitchDivorceTrack(NewChoice {
            alternatives: vec![(DivorceTrack::Redirected, named())],
            ..choice(DivorceTrack::Dons)
        }),
        EpisodeCommand::DecideDivorceTriage(NewChoice { not_informed: Some(named()), ..choice(DivorceTrack::Dons) }),
        EpisodeCommand::TakeDivorceStep { step: EpisodeStep::Closed, words: named() },
    ] {
        recognised().when(command).then_rejected(NAMES_IN_TEXT);
    }
    let found: Vec<Code> = CODES.to_vec();
    assert!(found.iter().all(|code| crate::divorce::CODES.contains(code)));
}
