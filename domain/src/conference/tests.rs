use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::conflict::catalogue::PERSON_NAMED_TWICE;
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::decider::{DomainCommand as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{
    A, ANJA, FENNA, HUGO, ILSE, MORRIS, ROBERT, TESS, WIM, apart, closed, directed, fact_of, share, strike,
};
use crate::fact::{Audience, Role};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_UNKNOWN, LifeCommand};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::people::{FamilyRole, PeopleEvent};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

pub(crate) mod stopped;

/// Ilse's sister.
const ROOS: PersonId = PersonId::from_uuid(Uuid::from_u128(0x66));

pub(crate) fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

pub(crate) fn person_there(person: PersonId) -> NewGuest {
    NewGuest { who: NewAttendee::Person(person), part: None, words: vec![], left_early: None, organisation: None }
}

pub(crate) fn worker_there(worker: WorkerId, words: &[(PersonId, Option<bool>)]) -> NewGuest {
    let words = words.iter().map(|(person, agrees)| NewWord { person: *person, agrees: *agrees }).collect();
    NewGuest { who: NewAttendee::Worker(worker), part: None, words, left_early: None, organisation: None }
}

pub(crate) fn outside(who: &str, words: &[(PersonId, Option<bool>)]) -> NewGuest {
    NewGuest { who: NewAttendee::Outside(line(who)), ..worker_there(WIM, words) }
}

pub(crate) fn meeting(about: &[PersonId], invited: Vec<NewGuest>) -> NewConference {
    NewConference {
        kind: ConferenceKind::NetworkMeeting,
        occasion: text("Er komen steeds meer hulpverleners."),
        purpose: None,
        expected: None,
        about: about.to_vec(),
        invited,
        peacemaker: None,
        planned: None,
        led_by: None,
    }
}

pub(crate) fn call(new: NewConference) -> ConferenceCommand {
    ConferenceCommand::CallConference(Box::new(new))
}

pub(crate) fn call_one() -> ConferenceCommand {
    call(meeting(&[ILSE], vec![person_there(ILSE)]))
}

pub(crate) fn held(conference: ConferenceId, came: Vec<NewGuest>) -> NewHeld {
    NewHeld {
        conference,
        came,
        peacemaker: None,
        agreed: vec![],
        words: text("Er ligt een plan."),
        not_discussed: vec![],
        explanation: None,
    }
}

pub(crate) fn record(conference: ConferenceId) -> ConferenceCommand {
    hold(held(conference, vec![person_there(ILSE)]))
}

pub(crate) fn hold(new: NewHeld) -> ConferenceCommand {
    ConferenceCommand::RecordConference(Box::new(new))
}

pub(crate) fn stop(conference: ConferenceId, hearings: &[(PersonId, WorkerId)]) -> ConferenceCommand {
    let hearing = |(person, listener): &(PersonId, WorkerId)| Hearing { person: *person, listener: *listener };
    ConferenceCommand::StopConference {
        conference,
        reason: text("Het gesprek liep vast."),
        stopped_by: None,
        hearings: hearings.iter().map(hearing).collect(),
        resumes: None,
    }
}

pub(crate) fn point(decided_by: &[Agreed], owner: Owner) -> NewPoint {
    NewPoint { what: text("Elke woensdag eet hij bij tante."), decided_by: decided_by.to_vec(), owner, by: None }
}

/// Called about Ilse and Morris by Anja.
pub(crate) fn called() -> (Given<Case>, ConferenceId) {
    let sister = person(ROOS, "Roos", None, FamilyRole::NetworkMember);
    let given = directed().recorded([Draft::of(sister)]);
    let new = NewConference {
        purpose: Some(text("Wie doet wat.")),
        expected: Some(text("Een plan van de familie.")),
        peacemaker: Some(ROOS),
        planned: Some(day("2026-04-28")),
        ..meeting(
            &[ILSE, MORRIS],
            vec![person_there(ILSE), person_there(ROOS), worker_there(WIM, &[(ILSE, Some(true))])],
        )
    };
    let given = given.when(call(new)).accepted();
    let id = given.state().conferences.all()[0].id;
    (given, id)
}

pub(crate) fn rules(given: &Given<Case>) -> Vec<String> {
    given.history().facts().last().unwrap().departures.iter().map(|one| one.rule.clone()).collect()
}

#[test]
fn a_network_meeting_says_why_for_what_and_who_is_asked() {
    let (given, _) = called();
    let [called] = given.state().conferences.all()[..] else { panic!("one conference") };
    assert_eq!(called.occasion.known().unwrap().as_str(), "Er komen steeds meer hulpverleners.");
    assert!(called.purpose.is_some() && called.expected.is_some());
    let parts: Vec<_> = called.invited.iter().map(|guest| guest.part).collect();
    assert_eq!(parts, [Part::Decides, Part::Decides, Part::Informs], "the family decides, others inform");
    assert!(called.invited[2].words[0].is_yes());
    assert_eq!((called.peacemaker, called.planned), (Some(ROOS), Some(day("2026-04-28"))));
    assert!(called.held.is_none());
}

#[test]
fn what_will_be_is_asked_as_the_rules_say() {
    let deciding = NewGuest { part: Some(Part::Decides), ..worker_there(WIM, &[]) };
    directed().when(call(meeting(&[ILSE], vec![person_there(ILSE), deciding]))).then_rejected(PROFESSIONAL_DECIDES);
    let deciding = NewGuest { part: Some(Part::Decides), ..outside("De huisarts", &[]) };
    directed().when(call(meeting(&[ILSE], vec![person_there(ILSE), deciding]))).then_rejected(PROFESSIONAL_DECIDES);
    directed().when(call(meeting(&[ILSE], vec![worker_there(WIM, &[])]))).then_rejected(CONFERENCE_WITHOUT_FAMILY);
    let informs = NewGuest { part: Some(Part::Informs), ..person_there(ILSE) };
    directed().when(call(meeting(&[ILSE], vec![informs]))).then_rejected(CONFERENCE_WITHOUT_FAMILY);
    directed().when(call(meeting(&[ILSE], vec![]))).then_rejected(CONFERENCE_WITHOUT_FAMILY);
    directed().when(call(meeting(&[], vec![person_there(ILSE)]))).then_rejected(CONFERENCE_ABOUT_NOBODY);
    let twice = || vec![person_there(ILSE), person_there(ILSE)];
    directed().when(call(meeting(&[ILSE], twice()))).then_rejected(ATTENDEE_TWICE);
    for unknown in [
        meeting(&[nobody()], vec![person_there(ILSE)]),
        meeting(&[ILSE], vec![person_there(nobody())]),
        meeting(&[ILSE], vec![person_there(ILSE), worker_there(WIM, &[(nobody(), Some(true))])]),
        NewConference { peacemaker: Some(nobody()), ..meeting(&[ILSE], vec![person_there(ILSE)]) },
    ] {
        directed().when(call(unknown)).then_rejected(PERSON_UNKNOWN);
    }
    let asked_twice = worker_there(WIM, &[(ILSE, Some(true)), (ILSE, None)]);
    let new = meeting(&[ILSE], vec![person_there(ILSE), asked_twice]);
    directed().when(call(new)).then_rejected(PERSON_NAMED_TWICE);
    let past = NewConference { planned: Some(day("2026-04-20")), ..meeting(&[ILSE], vec![person_there(ILSE)]) };
    directed().when(call(past)).then_rejected(UNTIL_BEFORE_FROM);
    directed().when_on("2026-04-22", call_one()).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(call_one()).then_rejected(CASE_UNKNOWN);
}

/// What took place is taken: long ago, of a closed case too.
#[test]
fn a_meeting_of_any_day_is_taken_once() {
    let long_ago = directed().when_on("2019-01-01", call_one()).accepted();
    let id = long_ago.state().conferences.all()[0].id;
    let given = long_ago.when_on("2019-01-08", record(id)).accepted();
    let held_on = given.state().conferences.get(id).unwrap().held.as_ref().unwrap().day;
    assert_eq!(held_on, day("2019-01-08"));
    let given = given.when(record(id)).refused_but(CONFERENCE_HELD);
    let unknown = ConferenceId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(record(unknown)).refused_but(CONFERENCE_UNKNOWN);
    given.when(hold(held(id, vec![]))).then_rejected(CONFERENCE_HELD);
    let (given, id) = called();
    given.when(hold(held(id, vec![]))).then_rejected(CONFERENCE_WITH_NOBODY);
    let over = closed(directed(), "2026-05-01").on("2026-05-02").when_on("2026-04-30", call_one()).accepted();
    let id = over.state().conferences.all()[0].id;
    over.when(record(id)).accepted();
    assert!(!CaseCommand::from(call_one()).needs_all());
}

/// Case 05: a professional did decide one point. It is recorded as it happened, marked, and listed.
#[test]
fn a_professional_who_decides_is_recorded_as_it_happened() {
    let family = Agreed::Person(ILSE);
    let (given, id) = called();
    let good = NewHeld {
        agreed: vec![point(&[family], Owner::Person(ROOS)), point(&[family], Owner::Nobody)],
        ..held(id, vec![person_there(ILSE), person_there(ROOS)])
    };
    let kept = given.when(hold(good.clone())).accepted();
    assert_eq!(rules(&kept), [""; 0]);
    let as_held = kept.state().conferences.get(id).unwrap().held.clone().unwrap();
    assert_eq!((as_held.peacemaker, as_held.agreed.len()), (Some(ROOS), 2));

    let (given, _) = called();
    let decided = NewHeld {
        agreed: vec![point(&[Agreed::Worker(WIM)], Owner::Worker(WIM))],
        explanation: Some(text("De dag lag al vast.")),
        ..good.clone()
    };
    let given = given.when(hold(decided)).accepted();
    assert_eq!(rules(&given), [FAMILY_DECIDES]);
    let listed = given.state().life.departures.last().unwrap();
    assert_eq!((listed.rule.as_str(), listed.explanation.is_some()), (FAMILY_DECIDES, true));

    let (given, _) = called();
    let came = vec![person_there(ILSE), NewGuest { part: Some(Part::Decides), ..worker_there(ANJA, &[]) }];
    let given = given.when(hold(NewHeld { came, agreed: vec![], ..good.clone() })).accepted();
    assert_eq!(rules(&given), [FAMILY_DECIDES]);
    let (given, _) = called();
    let said = NewHeld { explanation: Some(text("Zomaar.")), ..good };
    given.when(hold(said)).then_rejected(EXPLANATION_WITHOUT_DEPARTURE);
}

/// Case 07: the family says yes to each who comes from outside; whoever works in the case came in by its consent.
#[test]
fn whoever_comes_from_outside_comes_with_the_consent_of_the_family() {
    let came = |guest: NewGuest| {
        let (given, id) = called();
        let given = given.when(hold(held(id, vec![person_there(ILSE), guest]))).accepted();
        rules(&given)
    };
    let unasked = [CONSENT_PER_ATTENDEE];
    assert_eq!(came(worker_there(ANJA, &[])), [""; 0], "the director");
    assert_eq!(came(worker_there(TESS, &[])), unasked);
    assert_eq!(came(outside("De wijkagent", &[])), unasked);
    // Morris is 10: both parents say what may be shared of him; Ilse speaks for herself.
    let yes = [(ILSE, Some(true)), (ROBERT, Some(true))];
    assert_eq!(came(worker_there(TESS, &yes)), [""; 0]);
    assert_eq!(came(outside("De wijkagent", &yes)), [""; 0]);
    assert_eq!(came(worker_there(TESS, &[(ILSE, Some(true))])), unasked, "Robert was not asked");
    assert_eq!(came(worker_there(TESS, &[(ILSE, Some(true)), (ROBERT, None)])), unasked, "he has not answered");
    assert_eq!(came(worker_there(TESS, &[(ILSE, Some(true)), (ROBERT, Some(false))])), unasked, "he said no");
    assert_eq!(came(worker_there(ANJA, &[(ILSE, Some(false))])), unasked, "she does not want the director there");
    // Who is asked follows from whom it is about.
    let given = directed().when(call(meeting(&[ILSE], vec![person_there(ILSE)]))).accepted();
    let id = given.state().conferences.all()[0].id;
    let given = given.when(hold(held(id, vec![worker_there(TESS, &[(ILSE, Some(true))])]))).accepted();
    assert_eq!(rules(&given), [""; 0]);
    // A consent that is recorded need not be said again.
    let consent = share(ILSE, ILSE, &[crate::consent::Category::Plan], &[]);
    let given = directed().when(consent).accepted().when(call(meeting(&[ILSE], vec![person_there(ILSE)]))).accepted();
    let id = given.state().conferences.all()[0].id;
    let given = given.when(hold(held(id, vec![worker_there(TESS, &[])]))).accepted();
    assert_eq!(rules(&given), [""; 0]);
}

#[test]
fn what_was_agreed_names_people_of_the_case_and_a_later_day() {
    let (given, id) = called();
    let agreed = |point| hold(NewHeld { agreed: vec![point], ..held(id, vec![person_there(ILSE)]) });
    let given = given.when(agreed(point(&[Agreed::Person(nobody())], Owner::Nobody))).refused_but(PERSON_UNKNOWN);
    let given = given.when(agreed(point(&[], Owner::Person(nobody())))).refused_but(PERSON_UNKNOWN);
    let past = NewPoint { by: Some(day("2026-04-01")), ..point(&[], Owner::Nobody) };
    let given = given.when(agreed(past)).refused_but(UNTIL_BEFORE_FROM);
    given.when(agreed(NewPoint { by: Some(day("2026-05-01")), ..point(&[], Owner::Nobody) })).accepted();
}

#[test]
fn one_that_derails_is_stopped_with_who_will_hear_whom() {
    let (given, id) = called();
    let given = given.when(stop(id, &[(ILSE, TESS), (ROBERT, TESS)])).refused_but(LISTENER_TWICE);
    let given = given.when(stop(id, &[(ILSE, ANJA)])).refused_but(LISTENER_WAS_THERE);
    let given = given.when(stop(id, &[(ILSE, TESS), (ILSE, HUGO)])).refused_but(PERSON_NAMED_TWICE);
    let given = given.when(stop(id, &[(nobody(), TESS)])).refused_but(PERSON_UNKNOWN);
    let unknown = ConferenceId::from_uuid(Uuid::from_u128(0xBAD));
    let given = given.when(stop(unknown, &[])).refused_but(CONFERENCE_UNKNOWN);
    let given = given.when(stop(id, &[(ILSE, TESS), (ROBERT, HUGO)])).accepted();
    let stopped = given.state().conferences.get(id).unwrap().stopped.clone().unwrap();
    assert_eq!((stopped.stopped_by, stopped.hearings.len()), (ANJA, 2));
    let given = given.when(stop(id, &[])).refused_but(CONFERENCE_STOPPED);
    // Who came is recorded all the same.
    let left = NewGuest { left_early: Some(text("Liep weg.")), ..person_there(ROOS) };
    let given = given.when(hold(held(id, vec![person_there(ILSE), left]))).accepted();
    let as_held = given.state().conferences.get(id).unwrap().held.clone().unwrap();
    assert!(as_held.came[1].left_early.is_some());
    let out = strike(&given, "ConferenceStopped");
    assert!(given.when(out).accepted().state().conferences.get(id).unwrap().stopped.is_none());
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let (given, id) = called();
    let named = || text("Robert");
    let base = || meeting(&[ILSE], vec![person_there(ILSE)]);
    let came = || held(id, vec![person_there(ILSE)]);
    for command in [
        call(NewConference { occasion: named(), ..base() }),
        call(NewConference { purpose: Some(named()), ..base() }),
        call(NewConference { expected: Some(named()), ..base() }),
        call(meeting(&[ILSE], vec![person_there(ILSE), outside("De broer van Robert", &[])])),
        hold(NewHeld { words: named(), ..came() }),
        hold(NewHeld { explanation: Some(named()), ..came() }),
        hold(NewHeld { agreed: vec![NewPoint { what: named(), ..point(&[], Owner::Nobody) }], ..came() }),
        hold(held(id, vec![NewGuest { left_early: Some(named()), ..person_there(ILSE) }])),
        ConferenceCommand::StopConference {
            conference: id,
            reason: named(),
            stopped_by: None,
            hearings: vec![],
            resumes: None,
        },
    ] {
        called().0.when(command).then_rejected(NAMES_IN_TEXT);
    }
    drop(given);
}

/// For whoever reaches everyone whom it is about, and each of the family who was asked or came; a sister who lives nowhere in the case
/// keeps it from nobody.
#[test]
fn a_meeting_is_for_who_works_for_all_of_them() {
    let stands = |about: &[PersonId], invited: Vec<NewGuest>| {
        let given = called().0.when(call(meeting(about, invited))).accepted();
        let event = given.history().facts().last().unwrap().event.clone();
        LayersOf::on(given.history(), day("2026-04-21"), ages()).of(&event)
    };
    assert_eq!(stands(&[ILSE], vec![person_there(ILSE)]), Layers::of([Layer::Person(ILSE)]));
    assert_eq!(stands(&[ILSE], vec![person_there(ILSE), person_there(ROOS)]), Layers::of([Layer::Person(ILSE)]));
    let both = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!(stands(&[ILSE, MORRIS], vec![person_there(ROOS)]), both);
    let reaches_one = |layers: Layers| layers.reached_by(|layer| layer == Layer::Person(ILSE) || layer == Layer::Case);
    assert!(!reaches_one(stands(&[ILSE], vec![person_there(ILSE), person_there(ROBERT)])), "he is there too");
    assert!(!reaches_one(stands(&[ILSE], vec![person_there(ILSE), worker_there(TESS, &[(ROBERT, Some(false))])])));
    // What follows is for no more than what was called, and for fewer when it names others.
    let (given, id) = called();
    let given = given.when(hold(held(id, vec![person_there(ILSE), person_there(ROBERT)]))).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let of = |fact: &Fact<CaseEvent>| layers.of_fact(fact);
    let facts: Vec<_> =
        given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Conference(_))).collect();
    assert_eq!(of(facts[0]), both);
    let with_robert = |layer| layer != Layer::Person(ROBERT);
    assert!(of(facts[0]).reached_by(with_robert) && !of(facts[1]).reached_by(with_robert));
    // A step-parent stands in the household where they live.
    let sven = PersonId::from_uuid(Uuid::from_u128(0x67));
    let step = person(sven, "Sven", None, FamilyRole::StepParent);
    let lives = crate::households::HouseholdEvent::MembershipRecorded {
        household: A,
        person: sven,
        from: day("2026-01-19"),
        until: None,
    };
    let given = directed().recorded([Draft::of(step), Draft::of(lives.into())]);
    let given = given.when(call(meeting(&[ILSE], vec![person_there(ILSE), person_there(sven)]))).accepted();
    let stood =
        LayersOf::on(given.history(), day("2026-04-21"), ages()).of_fact(given.history().facts().last().unwrap());
    assert!(!stood.reached_by(|layer| layer == Layer::Person(ILSE)));
}

#[test]
fn what_follows_is_known_to_who_knows_of_the_call_as_of_now() {
    let (given, id) = called();
    let narrow = LifeCommand::ChangeAudience {
        target: fact_of(&given, "ConferenceCalled"),
        audience: Audience::Workers(vec![ANJA]),
        reason: text("Vertrouwelijk"),
    };
    let given = given.when(narrow).accepted().when(record(id)).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Workers(vec![ANJA]));
    let given = given.when(stop(id, &[])).accepted();
    assert_eq!(given.history().facts().last().unwrap().audience, Audience::Workers(vec![ANJA]));
}

#[test]
fn where_people_meet_may_lead_to_somebody_protected() {
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = apart().when(protect).accepted().when(call(meeting(&[ROBERT], vec![person_there(ROBERT)]))).accepted();
    let event = &given.history().facts().last().unwrap().event;
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(event));
    let quiet = apart().when(call_one()).accepted();
    assert!(!Locating::on(quiet.history(), day("2026-05-04")).leads(&quiet.history().facts().last().unwrap().event));
}

#[test]
fn words_are_corrected_and_what_others_rest_on_is_not_struck_out() {
    let (given, id) = called();
    let given = given.when(record(id)).accepted();
    let right = |given: &Given<Case>, name: &str| CorrectionCommand::Correct {
        target: fact_of(given, name),
        reason: text("verschreven"),
        occurred: None,
        content: CorrectedContent::Words(text("Anders gezegd.")),
    };
    let (first, second) = (right(&given, "ConferenceCalled"), right(&given, "ConferenceHeld"));
    let given = given.when(first).accepted().when(second).accepted();
    let conference = given.state().conferences.get(id).unwrap();
    assert_eq!(conference.occasion.known().unwrap().as_str(), "Anders gezegd.");
    assert_eq!(conference.held.as_ref().unwrap().words.known().unwrap().as_str(), "Anders gezegd.");
    let out = strike(&given, "ConferenceCalled");
    let given = given.when(out).refused_but(crate::correction::CORRECTION_BREAKS_HISTORY);
    let held = strike(&given, "ConferenceHeld");
    let given = given.when(held).accepted();
    let out = strike(&given, "ConferenceCalled");
    assert!(given.when(out).accepted().state().conferences.all().is_empty());
}

#[test]
fn whom_it_names_and_what_it_holds_are_its_subjects() {
    let (given, _) = called();
    let CaseEvent::Conference(event) = &given.history().facts().last().unwrap().event else { panic!("a conference") };
    assert_eq!(event.persons(), [ILSE, MORRIS, ROOS]);
    assert_eq!(event.subjects().len(), 3 + 3, "three people, three texts");
    let _: Option<PeopleEvent> = None;
    assert!(matches!(given.by(FENNA, Role::Supporter).when(call_one()).drafts(), [_]));
}
