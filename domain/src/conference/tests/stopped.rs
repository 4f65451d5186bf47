//! A consultation of several parties, and what follows a stop (rule 20; 004b R46; case 07).

use super::*;
use crate::dues::open_dues;

/// An MDO about Ilse and Morris, led by Fenna, stopped by her.
fn mdo() -> NewConference {
    NewConference {
        kind: ConferenceKind::Mdo,
        purpose: Some(text("Samen afspreken hoe het verder gaat.")),
        expected: Some(text("Afspraken waar iedereen achter staat.")),
        led_by: Some(FENNA),
        ..meeting(&[ILSE, MORRIS], vec![person_there(ILSE), person_there(MORRIS), worker_there(FENNA, &[])])
    }
}

pub(crate) fn stopped(hearings: &[(PersonId, WorkerId)]) -> (Given<Case>, ConferenceId) {
    let given = directed().when(call(mdo())).accepted();
    let id = given.state().conferences.all()[0].id;
    let hearing = |(person, listener): &(PersonId, WorkerId)| Hearing { person: *person, listener: *listener };
    let stop = ConferenceCommand::StopConference {
        conference: id,
        reason: text("Ruzie; sussen hielp niet."),
        stopped_by: Some(FENNA),
        hearings: hearings.iter().map(hearing).collect(),
        resumes: None,
    };
    (given.when(stop).accepted(), id)
}

pub(crate) fn plan(conference: ConferenceId, hearings: &[(PersonId, WorkerId)]) -> ConferenceCommand {
    let hearing = |(person, listener): &(PersonId, WorkerId)| Hearing { person: *person, listener: *listener };
    ConferenceCommand::PlanHearings { conference, hearings: hearings.iter().map(hearing).collect() }
}

pub(crate) fn hear(conference: ConferenceId, person: PersonId, listener: WorkerId) -> ConferenceCommand {
    let words = Some(text("Dit zat mij dwars."));
    ConferenceCommand::RecordHearing { conference, person, listener: Some(listener), words, explanation: None }
}

pub(crate) fn resume(new: NewHeld) -> ConferenceCommand {
    ConferenceCommand::ResumeConference(Box::new(new))
}

pub(crate) fn end(conference: ConferenceId) -> ConferenceCommand {
    ConferenceCommand::EndStoppedConference { conference, reason: text("Iedereen is er apart uitgekomen.") }
}

fn yes(worker: WorkerId) -> NewGuest {
    worker_there(worker, &[(ILSE, Some(true)), (ROBERT, Some(true))])
}

fn waits(given: &Given<Case>) -> Option<String> {
    let dues = open_dues(given.state(), day("2026-04-21"));
    dues.iter().find(|due| due.what == CONFERENCE_RESUME_DUE).map(|due| due.last_day.to_string())
}

#[test]
fn a_consultation_states_its_purpose_and_what_it_is_to_yield() {
    for new in [NewConference { purpose: None, ..mdo() }, NewConference { expected: None, ..mdo() }] {
        directed().when(call(new.clone())).then_rejected(CONFERENCE_WITHOUT_PURPOSE);
        let late = directed().when_on("2026-04-20", call(new)).accepted();
        assert_eq!(rules(&late), [PURPOSE_STATED], "what was is marked");
    }
    let given = directed().when(call(mdo())).accepted();
    let known = given.state().conferences.all()[0];
    assert_eq!((known.kind, known.led_by), (ConferenceKind::Mdo, Some(FENNA)));
    // Professionals may decide in it, and nobody of the family needs to.
    let deciding = NewGuest { part: Some(Part::Decides), ..worker_there(WIM, &[]) };
    let given = directed().when(call(NewConference { invited: vec![deciding], ..mdo() })).accepted();
    let id = given.state().conferences.all()[0].id;
    let decided = NewHeld {
        agreed: vec![point(&[Agreed::Worker(ANJA)], Owner::Worker(ANJA))],
        ..held(id, vec![person_there(ILSE), worker_there(ANJA, &[])])
    };
    assert_eq!(rules(&given.when(hold(decided)).accepted()), [""; 0]);
}

/// For whom a guest comes is kept, so that two of one organisation show.
#[test]
fn a_guest_may_come_for_an_organisation() {
    let of = |guest: NewGuest| NewGuest { organisation: Some(organisation("ggd-gooi")), ..guest };
    let invited = vec![person_there(ILSE), of(outside("De jeugdarts", &[])), of(outside("De verpleegkundige", &[]))];
    let given = directed().when(call(NewConference { kind: ConferenceKind::RetMdo, invited, ..mdo() })).accepted();
    let known = given.state().conferences.all()[0];
    let named: Vec<_> = known.invited.iter().filter_map(|guest| guest.organisation.as_ref()).collect();
    assert_eq!(named.len(), 2);
}

/// Case 07: the father was asked along and has not answered; nothing about him is discussed, and that is recorded.
#[test]
fn nothing_is_discussed_about_who_was_asked_along_and_has_not_answered() {
    let given = || directed().when(call(NewConference { about: vec![ILSE], ..mdo() })).accepted();
    let id = given().state().conferences.all()[0].id;
    let came = || vec![person_there(ILSE), worker_there(TESS, &[(ILSE, Some(true)), (ROBERT, None)])];
    let with = |not_discussed: &[PersonId]| hold(NewHeld { not_discussed: not_discussed.to_vec(), ..held(id, came()) });
    assert_eq!(rules(&given().when(with(&[])).accepted()), [NOT_WITHOUT_AN_ANSWER]);
    let kept = given().when(with(&[ROBERT])).accepted();
    assert_eq!(rules(&kept), [""; 0]);
    assert_eq!(kept.state().conferences.get(id).unwrap().held.as_ref().unwrap().not_discussed, [ROBERT]);
    given().when(with(&[ILSE])).then_rejected(DISCUSSED_ALL_THE_SAME);
    given().when(with(&[nobody()])).then_rejected(PERSON_UNKNOWN);
}

/// Planning one colleague for both is refused, and so is who led or stopped it.
#[test]
fn each_is_heard_by_a_different_colleague() {
    let (given, id) = stopped(&[]);
    let given = given.when(plan(id, &[(ILSE, TESS), (MORRIS, TESS)])).refused_but(LISTENER_TWICE);
    let given = given.when(plan(id, &[(ILSE, FENNA)])).refused_but(LISTENER_WAS_THERE);
    let given = given.when(plan(id, &[(nobody(), TESS)])).refused_but(PERSON_UNKNOWN);
    let given = given.when(plan(id, &[(ILSE, TESS), (ILSE, HUGO)])).refused_but(PERSON_NAMED_TWICE);
    let given = given.when(plan(id, &[])).refused_but(HEARING_OF_NOBODY);
    let given = given.when(plan(id, &[(ILSE, TESS)])).accepted();
    let given = given.when(plan(id, &[(MORRIS, TESS)])).refused_but(LISTENER_TWICE);
    let given = given.when(plan(id, &[(MORRIS, HUGO)])).accepted();
    let planned = |given: &Given<Case>| {
        let known = given.state().conferences.get(id).unwrap();
        known.stopped.as_ref().unwrap().planned().iter().map(|one| (one.person, one.listener)).collect::<Vec<_>>()
    };
    assert_eq!(planned(&given), [(ILSE, TESS), (MORRIS, HUGO)]);
    // Planned anew, another listens; the first is free for somebody else.
    let given = given.when(plan(id, &[(ILSE, WIM)])).accepted();
    assert_eq!(planned(&given), [(MORRIS, HUGO), (ILSE, WIM)]);
    let given = given.when(plan(id, &[(MORRIS, TESS)])).accepted();
    assert_eq!(planned(&given), [(ILSE, WIM), (MORRIS, TESS)]);
    // Who heard somebody hears nobody else.
    let given = given.when(hear(id, ILSE, WIM)).accepted();
    let given = given.when(plan(id, &[(ILSE, HUGO)])).accepted();
    given.when(plan(id, &[(MORRIS, WIM)])).then_rejected(LISTENER_TWICE);
    // Who leads it is known when it is stopped by somebody else too.
    let given = directed().when(call(mdo())).accepted();
    let id = given.state().conferences.all()[0].id;
    given.when(stop(id, &[(ILSE, FENNA)])).then_rejected(LISTENER_WAS_THERE);
}

/// Had it happened it is recorded, and marked.
#[test]
fn who_was_heard_by_the_wrong_one_is_recorded_as_it_was() {
    let (given, id) = stopped(&[(ILSE, TESS), (MORRIS, HUGO)]);
    let given = given.when(hear(id, ILSE, TESS)).accepted();
    assert_eq!(rules(&given), [""; 0]);
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Persons(vec![ILSE]));
    let given = given.when(hear(id, ILSE, TESS)).accepted();
    assert_eq!(rules(&given), [""; 0], "heard again by the same");
    let given = given.when(hear(id, MORRIS, TESS)).accepted();
    assert_eq!(rules(&given), [HEARD_BY_A_COLLEAGUE]);
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Director, "a child's is the director's");
    let given = given.when(hear(id, ROBERT, FENNA)).accepted();
    assert_eq!(rules(&given), [HEARD_BY_A_COLLEAGUE], "she led it");
    let explained = ConferenceCommand::RecordHearing {
        conference: id,
        person: ROBERT,
        listener: None,
        words: None,
        explanation: Some(text("Zomaar.")),
    };
    let given = given.when(explained).refused_but(EXPLANATION_WITHOUT_DEPARTURE);
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    assert_eq!(layers.of_fact(given.history().facts().last().unwrap()), Layers::of([Layer::Person(ROBERT)]));
    given.when(hear(id, nobody(), TESS)).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn it_goes_on_within_a_week_with_those_colleagues_there() {
    let (given, id) = stopped(&[(ILSE, TESS), (MORRIS, HUGO)]);
    assert_eq!(waits(&given).as_deref(), Some("2026-04-28"));
    assert_eq!(given.state().conferences.get(id).unwrap().listeners(), [HUGO, TESS]);
    let both = || vec![person_there(ILSE), person_there(MORRIS), yes(TESS), yes(HUGO)];
    let heard =
        |given: Given<Case>| given.when(hear(id, ILSE, TESS)).accepted().when(hear(id, MORRIS, HUGO)).accepted();
    let on = |given: Given<Case>| given.on("2026-04-28");
    let good = NewHeld { agreed: vec![point(&[Agreed::Person(ILSE)], Owner::Person(ILSE))], ..held(id, both()) };
    let resumed = on(heard(given)).when(resume(good)).accepted();
    assert_eq!(rules(&resumed), [""; 0]);
    assert_eq!(waits(&resumed), None);
    let went_on = resumed.state().conferences.get(id).unwrap().resumed.clone().unwrap();
    assert_eq!((went_on.day, went_on.agreed.len()), (day("2026-04-28"), 1));
    let resumed = resumed.when(resume(held(id, both()))).refused_but(CONFERENCE_RESUMED);
    let resumed = resumed.when(plan(id, &[(ROBERT, WIM)])).refused_but(CONFERENCE_RESUMED);
    let resumed = resumed.when(end(id)).refused_but(CONFERENCE_RESUMED);
    let out = strike(&resumed, "ConferenceStopped");
    resumed.when(out).then_rejected(crate::correction::CORRECTION_BREAKS_HISTORY);
    // Without one of them it is marked: the warning.
    let one = held(id, vec![person_there(ILSE), person_there(MORRIS), yes(TESS)]);
    let (given, _) = stopped(&[(ILSE, TESS), (MORRIS, HUGO)]);
    let given = on(heard(given)).when(resume(one)).accepted();
    assert_eq!(rules(&given), [LISTENERS_THERE]);
    // Before each was heard too.
    let (given, _) = stopped(&[(ILSE, TESS), (MORRIS, HUGO)]);
    let given = given.when(hear(id, ILSE, TESS)).accepted().when(resume(held(id, both()))).accepted();
    assert_eq!(rules(&given), [HEARD_BEFORE]);
    let (given, _) = stopped(&[]);
    let silent = NewHeld { explanation: Some(text("Zomaar.")), ..held(id, both()) };
    let given = given.when(resume(silent)).accepted();
    assert_eq!(rules(&given), [HEARD_BEFORE]);
    assert!(given.state().life.departures[0].explanation.is_some());
    let (given, _) = stopped(&[]);
    let given = given.when(resume(held(id, vec![]))).refused_but(CONFERENCE_WITH_NOBODY);
    let given = given.when(hear(id, ILSE, TESS)).accepted();
    let explained = NewHeld { explanation: Some(text("Zomaar.")), ..held(id, vec![person_there(ILSE), yes(TESS)]) };
    given.when(resume(explained)).then_rejected(EXPLANATION_WITHOUT_DEPARTURE);
}

#[test]
fn one_that_was_not_stopped_has_nothing_to_go_on_with() {
    let given = directed().when(call(mdo())).accepted();
    let id = given.state().conferences.all()[0].id;
    for command in
        [plan(id, &[(ILSE, TESS)]), hear(id, ILSE, TESS), resume(held(id, vec![person_there(ILSE)])), end(id)]
    {
        directed().when(call(mdo())).accepted().when(command).then_rejected(CONFERENCE_NOT_STOPPED);
    }
    let unknown = ConferenceId::from_uuid(Uuid::from_u128(0xBAD));
    given.when(end(unknown)).then_rejected(CONFERENCE_UNKNOWN);
}

#[test]
fn one_that_will_not_go_on_waits_no_longer() {
    let (given, id) = stopped(&[(ILSE, TESS)]);
    let given = given.when(end(id)).accepted();
    assert_eq!(waits(&given), None);
    assert!(given.state().conferences.get(id).unwrap().not_resumed.is_some());
    let out = strike(&given, "ConferenceNotResumed");
    assert_eq!(waits(&given.when(out).accepted()).as_deref(), Some("2026-04-28"));
}

#[test]
fn what_is_written_after_a_stop_names_nobody_and_is_corrected() {
    let (given, id) = stopped(&[]);
    let named = || text("Robert");
    let given = given
        .when(ConferenceCommand::RecordHearing {
            conference: id,
            person: ILSE,
            listener: None,
            words: Some(named()),
            explanation: None,
        })
        .refused_but(NAMES_IN_TEXT);
    let given = given
        .when(ConferenceCommand::EndStoppedConference { conference: id, reason: named() })
        .refused_but(NAMES_IN_TEXT);
    let given =
        given.when(resume(NewHeld { words: named(), ..held(id, vec![person_there(ILSE)]) })).refused_but(NAMES_IN_TEXT);
    let given = given.when(hear(id, ILSE, TESS)).accepted();
    let given = given.when(resume(held(id, vec![person_there(ILSE), yes(TESS)]))).accepted();
    for name in ["HeardApart", "ConferenceResumed"] {
        let right = CorrectionCommand::Correct {
            target: fact_of(&given, name),
            reason: text("verschreven"),
            occurred: None,
            content: CorrectedContent::Words(text("Anders gezegd.")),
        };
        let (again, _) = stopped(&[]);
        let again = again.when(hear(id, ILSE, TESS)).accepted();
        again.when(resume(held(id, vec![person_there(ILSE), yes(TESS)]))).accepted().when(right).accepted();
    }
}
