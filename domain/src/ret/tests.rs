use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::case::CaseCommand;
use crate::consent::Category;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::{BACKDATED, DomainCommand as _, DomainEvent as _, OCCURRED_IN_FUTURE};
use crate::divorce::tests::{
    A, HUGO, ILSE, MORRIS, ROBERT, TESS, apart, closed, consent_of, directed, fact_of, share, strike, withdraw,
};
use crate::dues::open_dues;
use crate::exclusion::catalogue::WORKER_EXCLUDED;
use crate::exclusion::{ExclusionCommand, ExclusionGround};
use crate::fact::{Audience, NEUTRAL};
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_NOT_OPEN, CASE_UNKNOWN};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;
use crate::time::CivilDay;

fn nobody() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(0xBAD))
}

fn told(persons: &[PersonId]) -> NewTold {
    NewTold { persons: persons.to_vec(), words: text("Zij lossen het niet op; zij brengen rust en overzicht.") }
}

pub(crate) fn question() -> NewRet {
    NewRet {
        organisation: organisation("ret-gooi"),
        children: vec![MORRIS],
        stuck: text("Drie soorten hulp liepen vast; niemand ziet een weg."),
        told: Some(told(&[ILSE, ROBERT, MORRIS])),
    }
}

pub(crate) fn ask(new: NewRet) -> RetCommand {
    RetCommand::AskRet(Box::new(new))
}

pub(crate) fn join(ret: RetId, members: &[WorkerId]) -> RetCommand {
    RetCommand::JoinRet { ret, members: members.to_vec() }
}

pub(crate) fn end(ret: RetId) -> RetCommand {
    RetCommand::EndRet { ret, words: text("Er is weer perspectief.") }
}

pub(crate) fn id_of(given: &Given<Case>) -> RetId {
    given.state().ret.all()[0].id
}

/// Asked and told; both parents let Tess and Hugo in about Morris.
pub(crate) fn asked() -> Given<Case> {
    let given = directed().when(ask(question())).accepted();
    let given = given.when(share(ILSE, MORRIS, &[Category::Plan], &[TESS, HUGO])).accepted();
    given.when(share(ROBERT, MORRIS, &[Category::Plan], &[TESS, HUGO])).accepted()
}

fn readers(given: &Given<Case>, on: CivilDay) -> Vec<(WorkerId, Vec<PersonId>)> {
    let members = ret_members_on(given.state(), on, given.terms());
    members.into_iter().map(|member| (member.worker, member.children)).collect()
}

fn waits(given: &Given<Case>) -> Option<String> {
    let dues = open_dues(given.state(), day("2026-04-21"));
    dues.iter().find(|due| due.what == RET_ASKED_DUE).map(|due| due.last_day.to_string())
}

/// Case 08: asked, the family told that it does not fix; within a week something follows.
#[test]
fn the_team_is_asked_the_family_is_told_and_its_members_read() {
    let given = asked();
    assert_eq!(waits(&given).as_deref(), Some("2026-04-28"));
    let id = id_of(&given);
    assert_eq!(given.state().ret.all()[0].told[0].1, [ILSE, ROBERT, MORRIS]);
    assert!(readers(&given, day("2026-04-21")).is_empty());
    let given = given.when(join(id, &[TESS, HUGO, TESS])).accepted();
    assert_eq!(waits(&given), None);
    assert_eq!(readers(&given, day("2026-04-21")), [(TESS, vec![MORRIS]), (HUGO, vec![MORRIS])]);
    assert!(readers(&given, day("2026-04-20")).is_empty());
    let given = given.on("2026-05-04").when(join(id, &[HUGO])).accepted();
    assert_eq!(readers(&given, day("2026-05-04")), [(HUGO, vec![MORRIS])]);
    let given = given.when(end(id)).accepted();
    assert!(readers(&given, day("2026-05-04")).is_empty(), "from the next request on");
    let given = given.when(join(id, &[TESS])).refused_but(RET_OVER);
    let given = given.when(end(id)).refused_but(RET_OVER);
    // It can be asked anew.
    given.when(ask(question())).accepted();
}

#[test]
fn it_joins_only_when_the_family_was_told() {
    let untold = NewRet { told: None, ..question() };
    let given = directed().when(ask(untold)).accepted();
    let given = given.when(share(ILSE, MORRIS, &[Category::Plan], &[TESS])).accepted();
    let given = given.when(share(ROBERT, MORRIS, &[Category::Plan], &[TESS])).accepted();
    let id = id_of(&given);
    let given = given.when(join(id, &[TESS])).refused_but(RET_FAMILY_NOT_TOLD);
    let given = given.when(RetCommand::TellFamilyOfRet { ret: id, told: told(&[]) }).refused_but(RET_WITH_NOBODY);
    let given =
        given.when(RetCommand::TellFamilyOfRet { ret: id, told: told(&[nobody()]) }).refused_but(PERSON_UNKNOWN);
    let given = given.when(RetCommand::TellFamilyOfRet { ret: id, told: told(&[ILSE]) }).accepted();
    given.when(join(id, &[TESS])).accepted();
}

/// No ground, no access: each member is named by the consent of everyone who must be asked, and a withdrawn one closes it at once.
#[test]
fn who_joins_is_named_by_a_consent_as_long_as_it_stands() {
    let given = directed().when(ask(question())).accepted();
    let id = id_of(&given);
    let given = given.when(join(id, &[TESS])).refused_but(RET_CONSENT_MISSING);
    let given = given.when(share(ILSE, MORRIS, &[Category::Plan], &[TESS])).accepted();
    let given = given.when(join(id, &[TESS])).refused_but(RET_CONSENT_MISSING);
    let given = given.when(share(ROBERT, MORRIS, &[Category::Plan], &[TESS])).accepted();
    let given = given.when(join(id, &[TESS, HUGO])).refused_but(RET_CONSENT_MISSING);
    let given = given.when(join(id, &[TESS])).accepted();
    assert_eq!(ret_members_on(given.state(), day("2026-04-21"), given.terms())[0].consents.len(), 2);
    let no = withdraw(consent_of(&given, ROBERT, MORRIS));
    assert!(readers(&given.when(no).accepted(), day("2026-04-21")).is_empty());
}

#[test]
fn what_does_not_fit_is_refused() {
    let of = |children: &[PersonId]| ask(NewRet { children: children.to_vec(), ..question() });
    directed().when(of(&[])).then_rejected(RET_FOR_A_CHILD);
    directed().when(of(&[ROBERT])).then_rejected(RET_FOR_A_CHILD);
    directed().when(of(&[nobody()])).then_rejected(PERSON_UNKNOWN);
    asked().when(ask(question())).then_rejected(RET_ALREADY_ASKED);
    let unknown = RetId::from_uuid(Uuid::from_u128(0xBAD));
    for command in
        [join(unknown, &[TESS]), end(unknown), RetCommand::TellFamilyOfRet { ret: unknown, told: told(&[ILSE]) }]
    {
        asked().when(command).then_rejected(RET_UNKNOWN);
    }
    let given = asked();
    let id = id_of(&given);
    let given = given.when(join(id, &[])).refused_but(RET_WITH_NOBODY);
    let given = given.on("2026-04-22").when_on("2026-04-21", join(id, &[TESS])).refused_but(BACKDATED);
    let out =
        ExclusionCommand::ExcludeWorker { worker: TESS, ground: ExclusionGround::OwnFamily, reason: text("familie") };
    given.when(out).accepted().when(join(id, &[TESS])).then_rejected(WORKER_EXCLUDED);
    directed().when_on("2026-04-22", ask(question())).then_rejected(OCCURRED_IN_FUTURE);
    given_of::<Case>([]).when(ask(question())).then_rejected(CASE_UNKNOWN);
}

/// Whoever is of a team that joined came in by a consent: nobody of the family is asked again for each meeting.
#[test]
fn its_members_take_part_in_a_conference() {
    use crate::conference::tests::{call, held, hold, meeting, person_there, rules, worker_there};
    let come = |given: Given<Case>| {
        let given = given.when(call(meeting(&[MORRIS], vec![person_there(ILSE)]))).accepted();
        let id = given.state().conferences.all()[0].id;
        rules(&given.when(hold(held(id, vec![person_there(ILSE), worker_there(TESS, &[])]))).accepted())
    };
    // What may be shared of him is not what a meeting is about: that alone does not let her in.
    let named = || {
        let given = directed().when(ask(question())).accepted();
        let given = given.when(share(ILSE, MORRIS, &[Category::Wellbeing], &[TESS])).accepted();
        given.when(share(ROBERT, MORRIS, &[Category::Wellbeing], &[TESS])).accepted()
    };
    assert_eq!(come(named()), [crate::conference::catalogue::CONSENT_PER_ATTENDEE]);
    let id = id_of(&named());
    assert_eq!(come(named().when(join(id, &[TESS])).accepted()), [""; 0]);
}

/// Asking is a report, joining an act; closing ends what its members read.
#[test]
fn closing_ends_it() {
    assert!(
        !CaseCommand::from(ask(question())).needs_all()
            && CaseCommand::from(join(id_of(&asked()), &[TESS])).needs_all()
    );
    closed(directed(), "2026-05-01").on("2026-05-02").when(ask(question())).accepted();
    let id = id_of(&asked());
    let given = closed(asked(), "2026-05-01");
    given.on("2026-05-02").when(join(id, &[TESS])).then_rejected(CASE_NOT_OPEN);
    let given = closed(asked().when(join(id, &[TESS])).accepted(), "2026-05-01");
    assert!(!readers(&given, day("2026-04-30")).is_empty() && readers(&given, day("2026-05-02")).is_empty());
    let again = given.on("2026-05-04").when(crate::divorce::tests::reopen()).accepted();
    assert!(readers(&again, day("2026-05-04")).is_empty());
}

#[test]
fn every_text_names_nobody_without_saying_so() {
    let named = || text("Robert");
    directed().when(ask(NewRet { stuck: named(), ..question() })).then_rejected(NAMES_IN_TEXT);
    let words = NewTold { words: named(), ..told(&[ILSE]) };
    directed().when(ask(NewRet { told: Some(words.clone()), ..question() })).then_rejected(NAMES_IN_TEXT);
    let id = id_of(&asked());
    asked().when(RetCommand::TellFamilyOfRet { ret: id, told: words }).then_rejected(NAMES_IN_TEXT);
    asked().when(RetCommand::EndRet { ret: id, words: named() }).then_rejected(NAMES_IN_TEXT);
}

/// In the layer of its children, for who works for them.
#[test]
fn it_stands_with_its_children() {
    let id = id_of(&asked());
    let given = asked().when(join(id, &[TESS])).accepted().when(end(id)).accepted();
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let facts: Vec<_> = given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Ret(_))).collect();
    assert_eq!(facts.len(), 4);
    for fact in facts {
        assert_eq!((&fact.audience, fact.event.info().outer), (&Audience::Child(MORRIS), NEUTRAL));
        assert_eq!(layers.of_fact(fact), Layers::of([Layer::Child(MORRIS)]));
    }
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason: text("veilig") };
    let given = apart().when(protect).accepted().when(ask(question())).accepted();
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(&given.history().facts().last().unwrap().event));
    let CaseEvent::Ret(event) = &given.history().facts().last().unwrap().event else { panic!("told") };
    assert_eq!((event.subjects().len(), event.workers().len()), (4, 0));
}

#[test]
fn words_are_corrected_and_what_others_rest_on_is_not_struck_out() {
    let id = id_of(&asked());
    let all = || asked().when(join(id, &[TESS])).accepted().when(end(id)).accepted();
    for name in ["RetAsked", "RetFamilyTold", "RetEnded"] {
        let right = CorrectionCommand::Correct {
            target: fact_of(&all(), name),
            reason: text("verschreven"),
            occurred: None,
            content: CorrectedContent::Words(text("Anders gezegd.")),
        };
        all().when(right).accepted();
    }
    let out = strike(&all(), "RetAsked");
    all().when(out).then_rejected(CORRECTION_BREAKS_HISTORY);
    let out = strike(&all(), "RetEnded");
    let given = all().when(out).accepted();
    assert_eq!(readers(&given, day("2026-04-21")), [(TESS, vec![MORRIS])], "it was not over");
}
