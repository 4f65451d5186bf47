use super::*;
use crate::correction::CORRECTION_BREAKS_HISTORY;
use crate::divorce::sat::catalogue::{
    NOT_THE_SAT_TEAM, SAT_ALREADY_ACCEPTED, SAT_CONSENT_MISSING, SAT_OVER, SAT_SCOPE_EMPTY, SAT_UNKNOWN,
};
use crate::dues::open_dues;
use crate::ids::ReviewId;
use crate::life::CASE_NOT_OPEN;
use crate::people::PERSON_UNKNOWN;

const TEAM: &str = "sat-vecht";

fn ask(scope: SatScope) -> SatCommand {
    SatCommand::RequestSat { team: organisation(TEAM), question: text("welk spoor past hier"), scope }
}

fn about(persons: &[PersonId]) -> SatCommand {
    ask(SatScope::Named(persons.to_vec()))
}

fn end(review: ReviewId, reason: SatEnd) -> SatCommand {
    SatCommand::EndSat { review, reason, explanation: None }
}

/// Everyone lets the conflict be shared with the team: each parent for their own data, both for Morris.
fn consented() -> Given<Case> {
    let pairs = [(ILSE, ILSE), (ROBERT, ROBERT), (ILSE, MORRIS), (ROBERT, MORRIS)];
    let share = |giver, subject| share(giver, subject, &[Category::Escalation], &[]);
    pairs.into_iter().fold(directed(), |given, (giver, subject)| given.when(share(giver, subject)).accepted())
}

fn review(given: &Given<Case>) -> ReviewId {
    given.state().divorce.sat_reviews().last().unwrap().id
}

fn hugo(given: Given<Case>) -> Given<Case> {
    given.by(HUGO, Role::SatAdvisor).of(TEAM)
}

fn accept(given: Given<Case>) -> When<Case> {
    let review = review(&given);
    hugo(given).when(SatCommand::AcceptSat { review })
}

fn asked() -> Given<Case> {
    consented().when(about(&[ILSE, ROBERT, MORRIS])).accepted()
}

/// Asked on 2026-04-21 about all three, accepted by Hugo on 2026-04-23.
fn accepted() -> Given<Case> {
    accept(asked().on("2026-04-23")).accepted().by(ANJA, Role::CaseDirector)
}

fn scope(given: &Given<Case>, on: &str) -> Option<Vec<PersonId>> {
    let access = sat_access_on(given.state(), day(on), given.terms());
    assert!(access.len() < 2);
    access.into_iter().next().map(|access| access.scope)
}

fn waiting(given: &Given<Case>, on: &str) -> usize {
    sat_asked_on(given.state(), day(on), given.terms()).len()
}

#[test]
fn with_names_it_rests_on_the_consent_of_each() {
    let given = consented();
    let mut consents = [(ILSE, ILSE), (ROBERT, ROBERT), (ILSE, MORRIS), (ROBERT, MORRIS)]
        .map(|(giver, subject)| consent_of(&given, giver, subject));
    consents.sort_unstable();
    given.when(about(&[ROBERT, ILSE, MORRIS, ILSE])).then([SatEvent::SatRequested {
        review: ReviewId::from_uuid(fresh(5)),
        team: organisation(TEAM),
        question: words(fresh(6), "welk spoor past hier"),
        anonymous: false,
        scope: vec![ILSE, ROBERT, MORRIS],
        withheld: vec![],
        consents: consents.to_vec(),
    }]);
}

#[test]
fn a_no_hides_that_persons_part_and_not_the_question() {
    let given = consented().when(refuse_sharing(ROBERT, MORRIS)).accepted();
    let given = given.when(about(&[ILSE, ROBERT, MORRIS])).accepted();
    let review = &given.state().divorce.sat_reviews()[0];
    assert_eq!((review.scope.as_slice(), review.withheld.as_slice()), (&[ILSE, ROBERT][..], &[MORRIS][..]));
    assert_eq!(review.consents.len(), 2);
    let rejection = given.when(about(&[MORRIS])).then_rejected(SAT_CONSENT_MISSING);
    assert!(still_to_ask(&rejection, &[ROBERT]));
}

#[test]
fn without_anybodys_consent_it_is_asked_anonymously() {
    let rejection = directed().when(about(&[ILSE, MORRIS])).then_rejected(SAT_CONSENT_MISSING);
    assert!(still_to_ask(&rejection, &[ILSE, ROBERT]));
    let ways = rejection.details.iter().find(|(name, _)| *name == "ways_open").unwrap();
    let crate::rejection::Detail::List(ways) = &ways.1 else { panic!("ways") };
    assert!(ways.contains(&crate::rejection::Detail::Word("conflict_of_duties")), "rule 32");
    directed().when(about(&[])).then_rejected(SAT_SCOPE_EMPTY);
    directed().when(about(&[PersonId::from_uuid(fresh(99))])).then_rejected(PERSON_UNKNOWN);
    let given = directed().when(ask(SatScope::Anonymous)).then([SatEvent::SatRequested {
        review: ReviewId::from_uuid(fresh(1)),
        team: organisation(TEAM),
        question: words(fresh(2), "welk spoor past hier"),
        anonymous: true,
        scope: vec![],
        withheld: vec![],
        consents: vec![],
    }]);
    let given = accept(given).accepted();
    assert_eq!(scope(&given, "2026-04-21"), Some(vec![]), "the question, and nobody's part");
}

#[test]
fn consent_for_the_plan_will_do_and_for_something_else_will_not() {
    let with = |category| directed().when(share(ILSE, ILSE, &[category], &[])).accepted();
    with(Category::Plan).when(about(&[ILSE])).accepted();
    with(Category::Signal).when(about(&[ILSE])).then_rejected(SAT_CONSENT_MISSING);
}

#[test]
fn an_advisor_of_the_team_accepts_once() {
    let given = asked();
    let id = review(&given);
    let accept = || SatCommand::AcceptSat { review: id };
    let given = given.on("2026-04-23").when(accept()).refused_but(NOT_THE_SAT_TEAM);
    let given = given.by(HUGO, Role::SatAdvisor).of("sat-elders").when(accept()).refused_but(NOT_THE_SAT_TEAM);
    let given = given.by(HUGO, Role::Supporter).of(TEAM).when(accept()).refused_but(NOT_THE_SAT_TEAM);
    assert_eq!(waiting(&given, "2026-04-23"), 1);
    let given = hugo(given).when(accept()).then([SatEvent::SatAccepted { review: id, advisor: HUGO }]);
    assert_eq!(
        (waiting(&given, "2026-04-20"), waiting(&given, "2026-04-22"), waiting(&given, "2026-04-23")),
        (0, 1, 0)
    );
    let given = given.by(TESS, Role::SatAdvisor).of(TEAM).when(accept()).refused_but(SAT_ALREADY_ACCEPTED);
    let unknown = SatCommand::AcceptSat { review: ReviewId::from_uuid(fresh(99)) };
    given.when(unknown).then_rejected(SAT_UNKNOWN);
}

#[test]
fn access_lasts_at_most_six_weeks_and_the_last_day_waits() {
    let given = accepted();
    let days = ["2026-04-22", "2026-04-23", "2026-06-04", "2026-06-05"];
    let open = days.map(|day| scope(&given, day).is_some());
    assert_eq!(open, [false, true, true, false]);
    let due = |given: &Given<Case>, on: &str| {
        open_dues(given.state(), day(on)).into_iter().find(|due| due.what == SAT_ACCESS_DUE)
    };
    let waits = due(&given, "2026-04-23").unwrap();
    assert_eq!((waits.last_day, waits.at), (day("2026-06-04"), day("2026-06-05").at(8, 0)));
    let given = given.on("2026-05-01");
    let id = review(&given);
    assert_eq!(due(&given.when(end(id, SatEnd::Answered)).accepted(), "2026-05-01"), None);
}

/// R02; case 01, 2026-11-10: Robert's part closes on the next request, Ilse's stays.
#[test]
fn a_withdrawn_consent_closes_that_part_at_once_and_a_later_one_opens_none() {
    let given = accepted().on("2026-05-01");
    let own = consent_of(&given, ROBERT, ROBERT);
    let given = given.when(withdraw(own)).accepted();
    assert_eq!(scope(&given, "2026-04-30"), Some(vec![ILSE, ROBERT, MORRIS]));
    assert_eq!(scope(&given, "2026-05-01"), Some(vec![ILSE, MORRIS]));
    let access = sat_access_on(given.state(), day("2026-05-01"), given.terms()).remove(0);
    assert!(!access.consents.contains(&own));
    let given = given.when(share(ROBERT, ROBERT, &[Category::Escalation], &[])).accepted();
    assert_eq!(scope(&given, "2026-05-01"), Some(vec![ILSE, MORRIS]), "that takes a new request");
    let given = given.on("2026-05-02").when(refuse_sharing(ROBERT, MORRIS)).accepted();
    assert_eq!(scope(&given, "2026-05-02"), Some(vec![ILSE]));
}

#[test]
fn a_consent_that_names_somebody_else_opens_nothing_to_the_advisor() {
    let given = |recipients: &[WorkerId]| {
        let given = directed().when(share(ILSE, ILSE, &[Category::Escalation], recipients)).accepted();
        let given = given.when(about(&[ILSE])).accepted();
        accept(given).accepted()
    };
    assert_eq!(scope(&given(&[TESS]), "2026-04-21"), Some(vec![]));
    assert_eq!(scope(&given(&[TESS, HUGO]), "2026-04-21"), Some(vec![ILSE]));
    assert_eq!(scope(&given(&[]), "2026-04-21"), Some(vec![ILSE]));
}

#[test]
fn ending_takes_the_access_away_at_once() {
    let given = accepted().on("2026-05-01");
    let id = review(&given);
    let explained =
        SatCommand::EndSat { review: id, reason: SatEnd::Answered, explanation: Some(text("wij volgen het advies")) };
    let given = given.when(explained).then([SatEvent::SatEnded {
        review: id,
        reason: SatEnd::Answered,
        explanation: Some(words(fresh(7), "wij volgen het advies")),
    }]);
    assert_eq!((scope(&given, "2026-04-30").is_some(), scope(&given, "2026-05-01")), (true, None));
    let given = given.when(end(id, SatEnd::NotNeeded)).refused_but(SAT_OVER);
    given.when(end(ReviewId::from_uuid(fresh(99)), SatEnd::NotNeeded)).then_rejected(SAT_UNKNOWN);
}

#[test]
fn nobody_accepts_what_was_ended() {
    let given = asked();
    let id = review(&given);
    let given = hugo(given).when(end(id, SatEnd::NotMe)).accepted();
    assert_eq!(waiting(&given, "2026-04-21"), 0);
    accept(given).then_rejected(SAT_OVER);
}

#[test]
fn closing_ends_access_and_requests() {
    let given = closed(accepted(), "2026-05-01");
    assert_eq!((scope(&given, "2026-05-01").is_some(), scope(&given, "2026-05-02")), (true, None));
    given.when(ask(SatScope::Anonymous)).then_rejected(CASE_NOT_OPEN);
    let given = closed(asked(), "2026-05-01");
    assert_eq!((waiting(&given, "2026-05-01"), waiting(&given, "2026-05-02")), (1, 0));
    let given = given.on("2026-05-06").when(reopen()).accepted();
    accept(given).then_rejected(SAT_OVER);
}

#[test]
fn the_question_is_for_the_director_and_corrections_leave_it_whole() {
    use crate::decider::DomainEvent as _;
    let given = accepted();
    for name in ["SatRequested", "SatAccepted"] {
        assert_eq!(given.history().fact(fact_of(&given, name)).unwrap().event.info().audience, "director");
    }
    let request = strike(&given, "SatRequested");
    let given = given.when(request).refused_but(CORRECTION_BREAKS_HISTORY);
    let consent = strike(&given, "ConsentGranted");
    given.when(consent).then_rejected(CORRECTION_BREAKS_HISTORY);
}
