use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::consent::WhoIs;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CorrectedContent, CorrectionCommand};
use crate::decider::OCCURRED_IN_FUTURE;
use crate::dues::open_dues;
use crate::fact::{Audience, NEUTRAL};
use crate::life::{CASE_UNKNOWN, LifeCommand, Outcome};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::people::{AuthorityKind, FamilyRole, Holders, PeopleCommand};
use crate::protection::{Locating, ProtectionCommand};
use crate::testing::*;

const DION: PersonId = PersonId::from_uuid(Uuid::from_u128(0xD10));

fn ruling(kind: RulingKind) -> NewRuling {
    NewRuling {
        person: ILIAS,
        others: Vec::new(),
        kind,
        scope: text("Vader heeft voortaan samen gezag"),
        channel: None,
        reference: None,
        in_place: None,
        pronounced: Some(day("2026-06-30")),
        dates: RulingDates {
            sent: Some(day("2026-06-30")),
            in_force: Some(day("2026-07-01")),
            ..RulingDates::default()
        },
        source: Source::Court,
        replaces: None,
        authority: None,
    }
}

fn record(new: NewRuling) -> RulingCommand {
    RulingCommand::RecordRuling(Box::new(new))
}

/// Samira alone has authority over Ilias; Dion is his father. It is 2026-06-30.
fn family() -> Given<Case> {
    let dion = person(DION, "Dion", Some("1988-01-30"), FamilyRole::Parent);
    given(opened().into_iter().chain([("2026-03-02", dion)])).on("2026-06-30")
}

fn joint() -> NewAuthority {
    NewAuthority {
        child: WhoIs::Person(ILIAS),
        kind: AuthorityKind::JointParents,
        holders: vec![WhoIs::Person(SAMIRA), WhoIs::Person(DION)],
        from: day("2026-07-01"),
        until: None,
        source: Source::Court,
    }
}

fn holders(given: &Given<Case>, on: &str) -> Holders {
    given.state().people.holders_at(ILIAS, day(on), ages())
}

fn last(given: &Given<Case>) -> &Ruling {
    given.state().rulings.all().last().unwrap()
}

fn in_force(given: &Given<Case>, on: &str) -> Vec<RulingId> {
    given.state().rulings.in_force(day(on)).map(|ruling| ruling.id).collect()
}

/// Case 06: ruled on 06-30, enforceable at once and sent that day: in force on 07-01.
#[test]
fn one_act_records_the_ruling_and_who_has_authority_by_it() {
    let both = NewRuling { authority: Some(joint()), ..ruling(RulingKind::Authority) };
    let when = family().when(record(both));
    let [told, authority] = when.drafts() else { panic!("two facts") };
    assert_eq!(told.audience, Some(Audience::Child(ILIAS)));
    assert_eq!(authority.audience, None);
    let given = when.accepted();
    let id = last(&given).id;
    assert_eq!(holders(&given, "2026-06-30"), Holders::Known(vec![SAMIRA]));
    assert_eq!(holders(&given, "2026-07-01"), Holders::Known(vec![SAMIRA, DION]));
    let entry = given.state().people.authority_entry(ILIAS, day("2026-07-01")).unwrap();
    assert_eq!((entry.value.ruling, entry.value.source), (Some(id), Source::Court));
    assert_eq!((in_force(&given, "2026-06-30"), in_force(&given, "2026-07-01")), (vec![], vec![id]));
}

#[test]
fn until_somebody_tells_who_has_authority_by_a_ruling_a_person_must_decide() {
    let ruled = family().when(record(ruling(RulingKind::Authority))).accepted();
    let unanswered = Holders::PersonMustDecide(AuthorityKind::Undetermined);
    assert_eq!(holders(&ruled, "2026-06-30"), Holders::Known(vec![SAMIRA]));
    assert_eq!(holders(&ruled, "2026-07-01"), unanswered);
    let id = last(&ruled).id;
    let cited = PeopleCommand::RecordAuthorityUnder { ruling: id, authority: joint() };
    let answered = ruled.when(cited).accepted();
    assert_eq!(holders(&answered, "2026-07-01"), Holders::Known(vec![SAMIRA, DION]));
    // What the register told from that day on answers it too, and what was told with the ruling known.
    let told = family().when(PeopleCommand::RecordAuthority(joint())).accepted();
    let told = told.when(record(ruling(RulingKind::Authority))).accepted();
    assert_eq!(holders(&told, "2026-07-01"), Holders::Known(vec![SAMIRA, DION]));
    let again = NewAuthority { from: day("2026-06-01"), ..joint() };
    let known = family().when(record(ruling(RulingKind::Suspension))).accepted();
    assert_eq!(holders(&known, "2026-07-01"), unanswered);
    let known = known.when(PeopleCommand::RecordAuthority(again)).accepted();
    assert_eq!(holders(&known, "2026-07-01"), Holders::Known(vec![SAMIRA, DION]));
}

#[test]
fn other_rulings_leave_authority_alone() {
    for kind in [
        RulingKind::Residence,
        RulingKind::Contact,
        RulingKind::InformationRule,
        RulingKind::Ban,
        RulingKind::Ots,
        RulingKind::Authorisation,
        RulingKind::SubstituteConsent,
    ] {
        let given = family().when(record(ruling(kind))).accepted();
        assert_eq!(holders(&given, "2026-07-01"), Holders::Known(vec![SAMIRA]), "{kind:?}");
        assert_eq!(in_force(&given, "2026-07-01").len(), 1);
    }
}

#[test]
fn a_ruling_that_an_appeal_holds_up_is_not_in_force_until_its_day_is_known() {
    let dates = RulingDates { in_force: None, ..ruling(RulingKind::Contact).dates };
    let given = family().when(record(NewRuling { dates, ..ruling(RulingKind::Contact) })).accepted();
    assert_eq!(in_force(&given, "2030-01-01"), []);
    let id = last(&given).id;
    let later = RulingDates {
        in_force: Some(day("2026-10-01")),
        final_on: Some(day("2026-10-01")),
        until: Some(day("2027-04-01")),
        sent: None,
    };
    let when = given.on("2026-09-20").when(RulingCommand::RecordRulingDates { ruling: id, dates: later });
    assert_eq!(when.drafts()[0].audience, Some(Audience::Child(ILIAS)));
    let given = when.accepted();
    assert_eq!(last(&given).dates.sent, Some(day("2026-06-30")), "what is not said stays");
    for (on, holds) in [("2026-09-30", 0), ("2026-10-01", 1), ("2027-04-01", 1), ("2027-04-02", 0)] {
        assert_eq!(in_force(&given, on).len(), holds, "{on}");
    }
}

#[test]
fn a_ruling_takes_the_place_of_an_earlier_one_on_its_first_day() {
    let first = family().when(record(ruling(RulingKind::Contact))).accepted();
    let old = last(&first).id;
    let dates = RulingDates { in_force: Some(day("2026-09-01")), ..RulingDates::default() };
    let newer = NewRuling { dates, replaces: Some(old), pronounced: None, ..ruling(RulingKind::Contact) };
    let given = first.on("2026-08-20").when(record(newer)).accepted();
    let new = last(&given).id;
    assert_eq!(in_force(&given, "2026-08-31"), [old]);
    assert_eq!(in_force(&given, "2026-09-01"), [new]);
    let (by, from) = given.state().rulings.replaced(old).unwrap();
    assert_eq!((by.id, from), (new, day("2026-09-01")));
    let strike = CorrectionCommand::StrikeOut {
        target: given.state().rulings.get(old).unwrap().fact,
        reason: text("Vergissing"),
    };
    given.when(strike).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn a_ruling_ends_once_and_its_end_can_be_corrected() {
    let given = family().when(record(ruling(RulingKind::Ots))).accepted();
    let id = last(&given).id;
    let end = |last_day| RulingCommand::EndRuling { ruling: id, last_day, reason: Some(text("Opgeheven")) };
    let given = given.on("2026-12-01").when(end(Some(day("2026-11-30")))).accepted();
    assert_eq!((in_force(&given, "2026-11-30").len(), in_force(&given, "2026-12-01").len()), (1, 0));
    let given = given.when(end(None)).refused_but(RULING_OVER);
    let ended = last(&given).ended.as_ref().unwrap().fact;
    let content = CorrectedContent::LastDay { last_day: day("2026-10-31") };
    let correct = CorrectionCommand::Correct { target: ended, reason: text("Vergissing"), occurred: None, content };
    let given = given.when(correct).accepted();
    assert_eq!(in_force(&given, "2026-11-01").len(), 0);
}

#[test]
fn the_words_of_a_ruling_can_be_corrected() {
    let given = family().when(record(ruling(RulingKind::Contact))).accepted();
    let target = last(&given).fact;
    let content = CorrectedContent::Words(text("Om het weekend"));
    let correct = CorrectionCommand::Correct { target, reason: text("Verschreven"), occurred: None, content };
    let given = given.when(correct).accepted();
    assert_eq!(last(&given).scope.known().map(Text::as_str), Some("Om het weekend"));
    assert_eq!(last(&given).kind.known(), Some(&RulingKind::Contact));
}

#[test]
fn what_contradicts_itself_is_refused() {
    let nobody = PersonId::from_uuid(Uuid::from_u128(0xBAD));
    let base = || ruling(RulingKind::Contact);
    family().when(record(NewRuling { person: nobody, ..base() })).then_rejected(PERSON_UNKNOWN);
    family().when(record(NewRuling { others: vec![nobody], ..base() })).then_rejected(PERSON_UNKNOWN);
    let hearing = NewRuling { pronounced: Some(day("2026-07-01")), ..base() };
    family().when(record(hearing)).then_rejected(RULING_NOT_PRONOUNCED);
    let sent = RulingDates { sent: Some(day("2026-06-29")), ..base().dates };
    family().when(record(NewRuling { dates: sent, ..base() })).then_rejected(RULING_DATES_OUT_OF_ORDER);
    let over = RulingDates { until: Some(day("2026-06-30")), ..base().dates };
    family().when(record(NewRuling { dates: over, ..base() })).then_rejected(UNTIL_BEFORE_FROM);
    let unknown = RulingId::from_uuid(Uuid::from_u128(0xBAD));
    family().when(record(NewRuling { replaces: Some(unknown), ..base() })).then_rejected(RULING_UNKNOWN);
    let end = RulingCommand::EndRuling { ruling: unknown, last_day: None, reason: None };
    family().when(end).then_rejected(RULING_UNKNOWN);
    let dates = RulingCommand::RecordRulingDates { ruling: unknown, dates: RulingDates::default() };
    family().when(dates).then_rejected(RULING_UNKNOWN);
    let cites = PeopleCommand::RecordAuthorityUnder { ruling: unknown, authority: joint() };
    family().when(cites).then_rejected(RULING_UNKNOWN);
    given_of::<Case>([]).when(record(base())).then_rejected(CASE_UNKNOWN);
    family().when_on("2026-07-01", record(base())).then_rejected(OCCURRED_IN_FUTURE);
}

#[test]
fn authority_cites_a_ruling_about_authority_over_the_same_child_only() {
    let about_contact = NewRuling { authority: Some(joint()), ..ruling(RulingKind::Contact) };
    family().when(record(about_contact)).then_rejected(RULING_NOT_ABOUT_AUTHORITY);
    let other = NewRuling { person: SAMIRA, authority: Some(joint()), ..ruling(RulingKind::Authority) };
    family().when(record(other)).then_rejected(RULING_OF_ANOTHER);
    let contact = family().when(record(ruling(RulingKind::Contact))).accepted();
    let id = last(&contact).id;
    let cites = PeopleCommand::RecordAuthorityUnder { ruling: id, authority: joint() };
    let contact = contact.when(cites).refused_but(RULING_NOT_ABOUT_AUTHORITY);
    let elsewhere = NewRuling { person: SAMIRA, replaces: Some(id), ..ruling(RulingKind::Contact) };
    contact.when(record(elsewhere)).then_rejected(RULING_OF_ANOTHER);
}

#[test]
fn only_some_rulings_put_somebody_in_anothers_place() {
    let place = |of: Vec<PersonId>, kinds: Vec<ConsentKind>| Some(InPlace { of, kinds });
    let help = || vec![ConsentKind::Help];
    let with = |kind, in_place| record(NewRuling { in_place, ..ruling(kind) });
    family().when(with(RulingKind::Contact, place(vec![SAMIRA], help()))).then_rejected(RULING_IN_PLACE_UNFIT);
    let substitute = RulingKind::SubstituteConsent;
    family().when(with(substitute, place(vec![], help()))).then_rejected(RULING_IN_PLACE_UNFIT);
    family().when(with(substitute, place(vec![SAMIRA], vec![]))).then_rejected(RULING_IN_PLACE_UNFIT);
    // A court says yes for a parent, never for the child itself.
    family().when(with(substitute, place(vec![ILIAS], help()))).then_rejected(RULING_IN_PLACE_UNFIT);
    let given = family().when(with(substitute, place(vec![SAMIRA], help()))).accepted();
    let says = |on, kind| given.state().rulings.says_yes_for(SAMIRA, ILIAS, kind, day(on)).is_some();
    assert!(says("2026-07-01", ConsentKind::Help));
    assert!(!says("2026-06-30", ConsentKind::Help) && !says("2026-07-01", ConsentKind::Joining));
    // Part of authority leaves authority with whoever has it.
    let part = family().when(with(RulingKind::Authority, place(vec![SAMIRA], help()))).accepted();
    assert_eq!(holders(&part, "2026-07-01"), Holders::Known(vec![SAMIRA]));
    assert!(part.state().rulings.asks_instead_of(SAMIRA, ILIAS, ConsentKind::Help, day("2026-07-01")).is_some());
}

/// A ban may say where somebody is, so nobody but the director knows until somebody says otherwise; nothing in clear tells of any ruling.
#[test]
fn who_may_know_follows_from_whom_it_is_about_and_what() {
    let told_to = |new| family().when(record(new)).drafts()[0].audience.clone();
    assert_eq!(told_to(ruling(RulingKind::Contact)), Some(Audience::Child(ILIAS)));
    assert_eq!(told_to(ruling(RulingKind::Ban)), Some(Audience::Director));
    let grown_up = NewRuling { person: SAMIRA, ..ruling(RulingKind::Authority) };
    assert_eq!(told_to(grown_up), Some(Audience::Persons(vec![SAMIRA])));
    assert!(CATALOGUE.iter().all(|info| info.outer == NEUTRAL));
    let given = family().when(record(ruling(RulingKind::Ban))).accepted();
    let end = RulingCommand::EndRuling { ruling: last(&given).id, last_day: None, reason: None };
    assert_eq!(given.when(end).drafts()[0].audience, Some(Audience::Director));
}

#[test]
fn a_ruling_leads_to_whom_it_names_once_they_are_protected() {
    let protect =
        |person| ProtectionCommand::ProtectLocatingData { person, households: vec![], reason: text("Voor de rust") };
    let leads = |given: &Given<Case>| {
        let fact = given.history().facts().iter().find(|fact| matches!(fact.event, CaseEvent::Ruling(_))).unwrap();
        Locating::on(given.history(), day("2026-07-01")).leads(&fact.event)
    };
    let ruled = |others| family().when(record(NewRuling { others, ..ruling(RulingKind::Contact) })).accepted();
    assert!(!leads(&ruled(vec![SAMIRA])));
    assert!(leads(&ruled(vec![]).when(protect(ILIAS)).accepted()));
    assert!(leads(&ruled(vec![SAMIRA]).when(protect(SAMIRA)).accepted()));
    assert!(!leads(&ruled(vec![DION]).when(protect(SAMIRA)).accepted()));
}

#[test]
fn every_text_names_nobody_and_a_closed_case_hears_of_it_too() {
    let base = || ruling(RulingKind::Contact);
    for new in [
        NewRuling { scope: text("Samira haalt hem"), ..base() },
        NewRuling { channel: Some(text("via Samira")), ..base() },
        NewRuling { reference: Some(line("Samira/2026")), ..base() },
    ] {
        family().when(record(new)).then_rejected(NAMES_IN_TEXT);
    }
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    family().when(close).accepted().when(record(base())).accepted();
}

#[test]
fn an_end_is_due_ahead_and_no_longer_once_another_ruling_took_its_place() {
    let dates = RulingDates { until: Some(day("2026-12-31")), ..ruling(RulingKind::Ots).dates };
    let given = family().when(record(NewRuling { dates, ..ruling(RulingKind::Ots) })).accepted();
    let dues = |given: &Given<Case>, on: &str| -> Vec<(String, CivilDay)> {
        let open = open_dues(given.state(), day(on)).into_iter().filter(|due| due.what == RULING_ENDS_DUE);
        open.map(|due| (due.at.day().to_string(), due.last_day)).collect()
    };
    assert_eq!(dues(&given, "2026-07-01"), [("2026-12-01".to_owned(), day("2026-12-31"))]);
    assert_eq!(dues(&given, "2027-01-01"), []);
    let longer = RulingDates { until: Some(day("2027-06-30")), ..RulingDates::default() };
    let id = last(&given).id;
    let moved = given.when(RulingCommand::RecordRulingDates { ruling: id, dates: longer }).accepted();
    assert_eq!(dues(&moved, "2026-07-01").iter().map(|(_, last)| *last).collect::<Vec<_>>(), [day("2027-06-30")]);
    let next = NewRuling { replaces: Some(id), pronounced: None, ..ruling(RulingKind::Ots) };
    let dates = RulingDates { in_force: Some(day("2027-01-01")), ..RulingDates::default() };
    let replaced = moved.when(record(NewRuling { dates, ..next })).accepted();
    assert_eq!(dues(&replaced, "2026-07-01"), []);
}

/// What cannot be read may be about authority: nobody has it by default then.
#[test]
fn a_ruling_that_cannot_be_read_fails_closed() {
    let mut draft = family().when(record(ruling(RulingKind::Contact))).drafts()[0].clone();
    if let CaseEvent::Ruling(RulingEvent::RulingRecorded { kind, .. }) = &mut draft.event {
        *kind = lost(Subject::Person(ILIAS));
    }
    let given = family().recorded([draft]);
    assert_eq!(holders(&given, "2026-07-01"), Holders::PersonMustDecide(AuthorityKind::Undetermined));
}
