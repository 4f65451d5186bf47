//! Who speaks instead of somebody: a court, an institution, a guardian, a curator; and the exceptions that the law makes.

use super::*;
use crate::consent::exceptions::{EXCEPTION_NOT_FOR_AGE, EXCEPTION_OVER, EXCEPTION_UNKNOWN, EXCEPTION_WITHOUT_REFUSAL};
use crate::dues::open_dues;
use crate::fact::NEUTRAL;
use crate::people::Source;
use crate::representation::{RepresentationCommand, RepresentativeKind};
use crate::ruling::{InPlace, NewRuling, RulingCommand, RulingDates, RulingKind};

pub(super) fn ruled(kind: RulingKind, of: PersonId, from: &str, until: Option<&str>) -> RulingCommand {
    RulingCommand::RecordRuling(Box::new(NewRuling {
        person: SACHA,
        others: vec![of],
        kind,
        scope: text("Voor de hulp"),
        channel: None,
        reference: None,
        in_place: Some(InPlace { of: vec![of], kinds: vec![ConsentKind::Help] }),
        pronounced: None,
        dates: RulingDates { in_force: Some(day(from)), until: until.map(day), ..RulingDates::default() },
        source: Source::Court,
        replaces: None,
        authority: None,
    }))
}

pub(super) fn represented(person: PersonId, kind: RepresentativeKind) -> RepresentationCommand {
    RepresentationCommand::NameRepresentative {
        person,
        worker: LAYLA,
        organisation: organisation("gi-midden"),
        kind,
        from: day("2026-02-16"),
        until: None,
        source: Source::Court,
    }
}

pub(super) fn grant_for(giver: PersonId, subject: PersonId) -> ConsentCommand {
    ConsentCommand::GrantConsentFor { by: LAYLA, consent: new(giver, subject, ConsentKind::Help) }
}

fn except(ground: ExceptionGround, from: &str, until: Option<&str>) -> ConsentCommand {
    ConsentCommand::RecordConsentException(NewException {
        subject: SACHA,
        ground,
        reason: text("Zo is het besproken"),
        from: Some(day(from)),
        until: until.map(day),
    })
}

#[test]
fn a_court_says_yes_in_a_parents_place_as_long_as_its_ruling_is_in_force() {
    let no = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(refuse(NADIA)).accepted();
    let substitute = ruled(RulingKind::SubstituteConsent, NADIA, "2026-02-20", Some("2026-03-20"));
    let given = no.when(substitute).accepted();
    assert_eq!(missing(&given, "2026-02-19"), [Missing::Refused(NADIA)]);
    assert_eq!((missing(&given, "2026-02-20"), missing(&given, "2026-03-20")), (vec![], vec![]));
    assert_eq!(missing(&given, "2026-03-21"), [Missing::Refused(NADIA)]);
    let asked = help_asked(given.state(), SACHA, day("2026-02-20"), given.terms());
    assert_eq!((asked.court.len(), asked.givers.len()), (1, 1));
    // It says nothing of other kinds, and never for the child itself.
    let joining = given.when(joining(ERIK)).accepted();
    let lacks = joining_missing(joining.state(), LAYLA, SACHA, day("2026-02-20"), joining.terms());
    assert_eq!(lacks, [Missing::Consent(NADIA)]);
    assert_eq!(missing(&joining, "2026-04-03"), [Missing::Consent(SACHA), Missing::Refused(NADIA)]);
}

/// BW 1:265e: an institution has the part of authority that the court gave it, and its worker is asked instead of the parent.
#[test]
fn an_institution_is_asked_in_the_place_of_a_parent_for_the_part_it_has() {
    let start =
        || joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let part = || ruled(RulingKind::Authority, NADIA, "2026-02-20", None);
    let given =
        start().when(part()).accepted().when(represented(SACHA, RepresentativeKind::Jeugdbeschermer)).accepted();
    assert_eq!(missing(&given, "2026-02-19"), []);
    assert_eq!(missing(&given, "2026-02-20"), [Missing::Consent(NADIA)], "her own yes no longer does");
    let given = given.on("2026-02-21").when(grant_for(NADIA, SACHA)).accepted();
    assert_eq!((last(&given).standing, last(&given).by), (Standing::Parent, Some(LAYLA)));
    assert_eq!(missing(&given, "2026-02-21"), []);
    // Her own no is another voice: it takes nothing back.
    let given = given.on("2026-02-22").when(refuse(NADIA)).accepted();
    assert_eq!(missing(&given, "2026-02-22"), []);
    // Without the ruling, or without representing the child, what somebody else says counts for nothing.
    for given in [
        start().when(represented(SACHA, RepresentativeKind::Jeugdbeschermer)).accepted().on("2026-02-21"),
        start().when(part()).accepted().on("2026-02-21"),
        start()
            .when(part())
            .accepted()
            .when(represented(SACHA, RepresentativeKind::Mentor))
            .accepted()
            .on("2026-02-21"),
    ] {
        let given = given.when(grant_for(NADIA, SACHA)).accepted();
        assert_eq!(last(&given).standing, Standing::Undetermined);
    }
}

#[test]
fn the_guardian_of_an_institution_speaks_where_no_guardian_is_known_by_name() {
    let given = given(sacha(Authority::Guardianship(Vec::new())));
    assert_eq!(missing(&given, "2026-02-16"), [Missing::AuthorityUnclear]);
    let given = given.when(represented(SACHA, RepresentativeKind::Guardian)).accepted();
    assert_eq!(missing(&given, "2026-02-16"), [Missing::Consent(SACHA)]);
    let given = given.when(grant_for(SACHA, SACHA)).accepted();
    assert_eq!(last(&given).standing, Standing::Guardian);
    assert_eq!(missing(&given, "2026-04-02"), []);
    assert_eq!(missing(&given, "2026-04-03"), [Missing::Consent(SACHA)], "from 12 the child itself as well");
    assert_eq!(missing(&given.on("2026-04-03").when(grant(SACHA, ConsentKind::Help)).accepted(), "2026-04-03"), []);
}

/// A representative's yes stands in for somebody's silence, never for their no.
#[test]
fn a_curator_or_mentor_speaks_for_a_grown_up_who_did_not() {
    for kind in [RepresentativeKind::Curator, RepresentativeKind::Mentor, RepresentativeKind::Proxy] {
        let own = |given: &Given<Case>| help_missing(given.state(), ERIK, day("2026-02-16"), given.terms());
        let given = joint().when(represented(ERIK, kind)).accepted();
        assert_eq!(own(&given), [Missing::Consent(ERIK)]);
        let given = given.when(grant_for(ERIK, ERIK)).accepted();
        assert_eq!((last(&given).standing, own(&given)), (Standing::Themself, vec![]));
        let no = ConsentCommand::RefuseConsent { giver: ERIK, subject: ERIK, kind: ConsentKind::Help, reason: None };
        assert_eq!(own(&given.when(no).accepted()), [Missing::Refused(ERIK)]);
    }
    let given = joint().when(represented(ERIK, RepresentativeKind::Jeugdbeschermer)).accepted();
    assert_eq!(last(&given.when(grant_for(ERIK, ERIK)).accepted()).standing, Standing::Undetermined);
}

/// Sacha is 12 and wants help; Nadia said no.
fn wants() -> Given<Case> {
    let given = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(refuse(NADIA)).accepted();
    given.on("2026-04-10").when(grant(SACHA, ConsentKind::Help)).accepted()
}

#[test]
fn from_12_to_15_a_ground_excepts_who_has_authority_and_never_the_child() {
    for ground in [ExceptionGround::PreventSeriousHarm, ExceptionGround::KeepsWanting] {
        let when = wants().when(except(ground, "2026-04-10", Some("2026-06-01")));
        assert_eq!(when.drafts()[0].audience, Some(Audience::Director));
        assert_eq!(crate::decider::DomainEvent::info(&when.drafts()[0].event).outer, NEUTRAL);
        let given = when.accepted();
        assert_eq!((missing(&given, "2026-04-10"), missing(&given, "2026-06-01")), (vec![], vec![]));
        assert_eq!(missing(&given, "2026-06-02"), [Missing::Refused(NADIA)], "its last day is past");
        let sharing = sharing_missing(given.state(), Category::School, SACHA, day("2026-04-10"), given.terms());
        assert_eq!(sharing, [Missing::Consent(SACHA)], "of help alone");
        let silent = joint().when(refuse(NADIA)).accepted().on("2026-04-10");
        let silent = silent.when(except(ground, "2026-04-10", None)).accepted();
        assert_eq!(missing(&silent, "2026-04-10"), [Missing::Consent(SACHA)]);
        joint().when(except(ground, "2026-04-02", None)).then_rejected(EXCEPTION_NOT_FOR_AGE);
        joint().on("2030-04-03").when(except(ground, "2030-04-03", None)).then_rejected(EXCEPTION_NOT_FOR_AGE);
    }
    let nobody_refused = joint().on("2026-04-10").when(except(ExceptionGround::KeepsWanting, "2026-04-10", None));
    nobody_refused.then_rejected(EXCEPTION_WITHOUT_REFUSAL);
}

#[test]
fn who_cannot_judge_is_asked_as_under_12_and_urgency_asks_nobody_for_help() {
    let unable = except(ExceptionGround::UnableToJudge, "2026-04-03", None);
    let given = joint().on("2026-04-03").when(unable).accepted();
    assert_eq!(missing(&given, "2026-04-03"), [Missing::Consent(ERIK), Missing::Consent(NADIA)]);
    let given = given.when(grant(ERIK, ConsentKind::Sharing)).accepted();
    assert_eq!(last(&given).standing, Standing::Parent, "for sharing too");
    assert_eq!(missing(&given, "2032-04-03"), [Missing::Consent(SACHA)], "not from 18");
    let urgent = joint().when(except(ExceptionGround::Urgent, "2026-02-16", Some("2026-02-18"))).accepted();
    assert_eq!((missing(&urgent, "2026-02-18"), missing(&urgent, "2026-02-19").len()), (vec![], 2));
    assert!(!joining_missing(urgent.state(), LAYLA, SACHA, day("2026-02-18"), urgent.terms()).is_empty());
}

#[test]
fn an_exception_ends_once_and_names_nobody_in_its_words() {
    let given = wants().when(except(ExceptionGround::PreventSeriousHarm, "2026-04-10", None)).accepted();
    let exception = given.state().consents.exceptions()[0].id;
    let end =
        |last_day: &str| ConsentCommand::EndConsentException { exception, last_day: Some(day(last_day)), reason: None };
    let given = given.on("2026-05-01").when(end("2026-04-30")).accepted();
    assert_eq!(missing(&given, "2026-05-01"), [Missing::Refused(NADIA)]);
    given.when(end("2026-05-01")).refused_but(EXCEPTION_OVER);
    let unknown = crate::ids::ExceptionId::from_uuid(fresh(99));
    let end = ConsentCommand::EndConsentException { exception: unknown, last_day: None, reason: None };
    joint().when(end).then_rejected(EXCEPTION_UNKNOWN);
    let named = ConsentCommand::RecordConsentException(NewException {
        subject: SACHA,
        ground: ExceptionGround::Urgent,
        reason: text("Nadia was weg"),
        from: None,
        until: None,
    });
    joint().when(named).then_rejected(Code("NAMES_IN_TEXT"));
}

/// Rule 32: another ground named after a no ends what waits for it.
#[test]
fn a_ground_that_is_named_answers_a_help_consent_that_ended() {
    let given =
        joint().when(grant(NADIA, ConsentKind::Help)).accepted().on("2026-04-13").when(refuse(NADIA)).accepted();
    let waits = |given: &Given<Case>| open_dues(given.state(), day("2026-04-14")).len();
    assert_eq!(waits(&given), 1);
    let measure = except(ExceptionGround::Measure, "2026-04-14", None);
    let given = given.on("2026-04-14").when(measure).accepted();
    assert_eq!((waits(&given), missing(&given, "2026-04-14")), (0, vec![]));
}

#[test]
fn what_was_asked_waits_until_that_person_speaks() {
    let ask = |giver| {
        ConsentCommand::AskConsent(NewAsk {
            giver,
            subject: SACHA,
            kind: ConsentKind::Help,
            purpose: Some(line("Rust")),
            categories: Vec::new(),
            recipients: Vec::new(),
            explained: Some(text("Waarom het gevraagd wordt")),
            answer_by: Some(day("2026-02-28")),
        })
    };
    let given = joint().when(ask(NADIA)).accepted().when(ask(ERIK)).accepted();
    let waits = |given: &Given<Case>, on: &str| -> Vec<PersonId> {
        let consents = &given.state().consents;
        consents.asked().iter().filter(|asked| consents.waits(asked, day(on))).map(|asked| asked.giver).collect()
    };
    assert_eq!(waits(&given, "2026-02-16"), [NADIA, ERIK]);
    let given = given.on("2026-02-20").when(refuse(NADIA)).accepted();
    assert_eq!((waits(&given, "2026-02-19"), waits(&given, "2026-02-20")), (vec![NADIA, ERIK], vec![ERIK]));
    joint().when(ask(PersonId::from_uuid(fresh(99)))).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn what_became_of_a_word_is_read_for_the_day() {
    let until = NewConsent { until: Some(day("2026-03-01")), ..new(ERIK, SACHA, ConsentKind::Help) };
    let given = joint().when(ConsentCommand::GrantConsent(until)).accepted();
    let first = last(&given).id;
    let of = |given: &Given<Case>, id, on: &str| {
        let consents = &given.state().consents;
        consents.state_of(consents.get(id).unwrap(), day(on))
    };
    assert_eq!(of(&given, first, "2026-02-15"), WordState::NotYet);
    assert_eq!(of(&given, first, "2026-03-01"), WordState::Granted);
    assert_eq!(of(&given, first, "2026-03-02"), WordState::Expired);
    let renewed = given.on("2026-02-25").when(grant(ERIK, ConsentKind::Help)).accepted();
    let second = last(&renewed).id;
    assert_eq!(
        (of(&renewed, first, "2026-02-25"), of(&renewed, second, "2026-03-02")),
        (WordState::Renewed, WordState::Granted)
    );
    let refused = renewed.on("2026-03-03").when(refuse(ERIK)).accepted();
    assert_eq!(of(&refused, second, "2026-03-03"), WordState::TakenBack);
    assert_eq!(of(&refused, last(&refused).id, "2026-03-03"), WordState::Refused);
    let withdrawn = joint().when(grant(ERIK, ConsentKind::Help)).accepted();
    let id = last(&withdrawn).id;
    assert_eq!(of(&withdrawn.when(withdraw(id)).accepted(), id, "2026-02-16"), WordState::Withdrawn);
}

fn incomplete(given: &Given<Case>, on: &str) -> Option<(String, Option<String>)> {
    let found = help_incomplete(given.state(), SACHA, day(on), given.terms())?;
    Some((found.since.to_string(), found.goes_on_until.map(|day| day.to_string())))
}

#[expect(clippy::unnecessary_wraps, reason = "reads as what it is compared with")]
fn since(first: &str, until: Option<&str>) -> Option<(String, Option<String>)> {
    Some((first.to_owned(), until.map(str::to_owned)))
}

/// Case 03: complete, incomplete from the birthday, running help goes on for six weeks, complete again.
#[test]
fn running_help_goes_on_for_its_term_after_a_birthday() {
    let both = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let given = both.on("2026-04-10").when(grant(SACHA, ConsentKind::Help)).accepted();
    let birthday = since("2026-04-03", Some("2026-05-15"));
    let asked = ["2026-04-02", "2026-04-03", "2026-04-09", "2026-04-10"].map(|on| incomplete(&given, on));
    assert_eq!(asked, [None, birthday.clone(), birthday, None]);
    // A no of the child: help ends, or another ground is named, within five working days of it.
    let both = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let no = both.on("2026-04-09").when(refuse(SACHA)).accepted();
    assert_eq!(incomplete(&no, "2026-04-09"), since("2026-04-03", Some("2026-04-16")));
}

#[test]
fn what_never_was_complete_or_ended_as_agreed_does_not_go_on() {
    assert_eq!(incomplete(&joint(), "2026-03-10"), since("2026-03-02", None), "the day the child came into the case");
    let until = |giver| {
        let new = NewConsent { until: Some(day("2026-03-01")), ..new(giver, SACHA, ConsentKind::Help) };
        ConsentCommand::GrantConsent(new)
    };
    let agreed = joint().when(until(ERIK)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    assert_eq!(incomplete(&agreed, "2026-03-10"), since("2026-03-02", None));
    let both = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let withdrawn = both.on("2026-03-02");
    let id = last(&withdrawn).id;
    let withdrawn = withdrawn.when(withdraw(id)).accepted();
    assert_eq!(incomplete(&withdrawn, "2026-03-05"), since("2026-03-02", Some("2026-03-09")));
}

/// Case 06: authority that changes, and one that is investigated.
#[test]
fn running_help_goes_on_after_a_ruling_and_while_the_register_is_investigated() {
    let told = |authority: Authority, from: &str| {
        let event = crate::people::PeopleEvent::AuthorityRecorded {
            child: SACHA,
            authority: Personal::ordinary(Subject::Person(SACHA), authority),
            from: day(from),
            until: None,
            source: Source::Court,
            ruling: None,
        };
        Draft::of(event.into())
    };
    let alone = given(sacha(Authority::OneParent(NADIA))).when(grant(NADIA, ConsentKind::Help)).accepted();
    let given = alone.recorded([told(Authority::JointParents(NADIA, ERIK), "2026-03-01")]);
    assert_eq!(incomplete(&given, "2026-02-28"), None);
    assert_eq!(incomplete(&given, "2026-03-04"), since("2026-03-01", Some("2026-04-12")));
    let given = given.on("2026-03-06").when(grant(ERIK, ConsentKind::Help)).accepted();
    assert_eq!(incomplete(&given, "2026-03-06"), None);
    let given = given.recorded([told(Authority::UnderInvestigation, "2026-03-10")]);
    assert_eq!(incomplete(&given, "2026-03-12"), since("2026-03-10", Some("2026-04-21")));
    let given = given.recorded([told(Authority::JointParents(NADIA, ERIK), "2026-03-19")]);
    assert_eq!((incomplete(&given, "2026-03-18").is_some(), incomplete(&given, "2026-03-19")), (true, None));
}

/// Rule 32, by age, kind and who said no.
#[test]
fn what_stays_open_follows_from_age_kind_and_who_said_no() {
    use WayOpen::*;
    let open = |given: &Given<Case>, kind, on: &str| {
        let lacks = match kind {
            ConsentKind::Help => missing(given, on),
            _ => sharing_missing(given.state(), Category::School, SACHA, day(on), given.terms()),
        };
        ways_open(given.state(), SACHA, kind, day(on), given.terms(), &lacks)
    };
    let (help, sharing) = (ConsentKind::Help, ConsentKind::Sharing);
    let no = joint().when(grant(ERIK, help)).accepted().when(refuse(NADIA)).accepted();
    assert_eq!(open(&no, help, "2026-02-16"), [AskAgain, AnonymousAdvice, Urgent, Court, VeiligThuis, Raad]);
    assert_eq!(
        open(&no, help, "2026-04-03"),
        [AskAgain, AnonymousAdvice, PreventSeriousHarm, KeepsWanting, UnableToJudge, Urgent, Court, VeiligThuis, Raad]
    );
    let young = [AskAgain, AnonymousAdvice, UnableToJudge, Urgent, VeiligThuis, Raad];
    assert_eq!(open(&no, help, "2030-04-03"), young, "nobody in whose place a court says yes");
    assert_eq!(open(&no, help, "2032-04-03"), [AskAgain, AnonymousAdvice, Urgent, VeiligThuis]);
    assert_eq!(
        open(&no, sharing, "2026-02-16"),
        [AskAgain, AnonymousAdvice, DirectlyInvolved, LegalDuty, ConflictOfDuties, Court, VeiligThuis, Raad]
    );
    let order = ruled(RulingKind::Authority, NADIA, "2026-02-16", None);
    let RulingCommand::RecordRuling(order) = order else { panic!("a ruling") };
    let order = NewRuling { kind: RulingKind::Ots, in_place: None, ..*order };
    let ots = no.when(RulingCommand::RecordRuling(Box::new(order))).accepted();
    assert!(open(&ots, sharing, "2026-02-16").contains(&ToTheInstitution));
    let yes = ots.when(grant(NADIA, help)).accepted();
    assert_eq!(open(&yes, help, "2026-02-16"), [], "nothing is missing");
    // A refusal names them.
    let rejection = layla_joins(joint().when(joining(ERIK)).accepted()).then_rejected(TO_JOIN);
    let (_, named) = rejection.details.iter().find(|(name, _)| *name == "ways_open").unwrap();
    let words = [AskAgain, AnonymousAdvice, Court, VeiligThuis, Raad].map(|way| Detail::Word(way.as_str()));
    assert_eq!(*named, Detail::List(words.to_vec()));
}

/// Rule 29: what was said is judged by the ages of its day.
#[test]
fn a_word_keeps_the_capacity_of_its_day_under_later_ages() {
    let book = crate::terms::NL_DEFAULT;
    let later = book[book.find("\n[[terms]]").unwrap()..]
        .replacen("nl-default-1", "later-1", 1)
        .replacen("2015-01-01", "2027-01-01", 1)
        .replacen("help_together = 12", "help_together = 14", 1);
    let book = TermsBook::parse(&format!("{book}\n{later}")).unwrap();
    let given =
        joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let lacks = |on: &str| help_missing(given.state(), SACHA, day(on), book.terms_on(day(on)));
    assert_eq!(lacks("2026-12-31"), [Missing::Consent(SACHA)], "twelve, by the law of 2026");
    assert_eq!(lacks("2027-01-01"), [], "and not yet fourteen, by that of 2027");
    let by_the_new = joint().on("2027-02-01").under(book).when(grant(SACHA, ConsentKind::Help)).accepted();
    assert_eq!(last(&by_the_new).standing, Standing::Undetermined);
}
