//! What a representative refuses, what stays open after a no to any kind of thing, and what waits while running help lacks a consent.

use super::standing_in::{grant_for, represented, ruled};
use super::*;
use crate::dues::{all_open_dues, open_dues};
use crate::life::{LifeCommand, LinkedSignal, OpeningGround, Outcome, SIGNAL_WITHOUT_CONSENT};
use crate::representation::RepresentativeKind;
use crate::ruling::{InPlace, NewRuling, RulingCommand, RulingDates, RulingKind};
use crate::signal::PlaceKind;
use crate::time::Occurred;

fn refuse_for(giver: PersonId, subject: PersonId) -> ConsentCommand {
    ConsentCommand::RefuseConsentFor { by: LAYLA, giver, subject, kind: ConsentKind::Help, reason: None }
}

/// Layla of an institution is asked in Nadia's place; both said yes, Layla for her.
fn instead() -> Given<Case> {
    let given = joint().when(grant(ERIK, ConsentKind::Help)).accepted();
    let given = given.when(ruled(RulingKind::Authority, NADIA, "2026-02-17", None)).accepted();
    let given = given.when(represented(SACHA, RepresentativeKind::Jeugdbeschermer)).accepted();
    given.on("2026-02-17").when(grant_for(NADIA, SACHA)).accepted()
}

#[test]
fn a_representative_says_no_in_the_givers_place_and_yes_again() {
    let given = instead();
    assert_eq!(missing(&given, "2026-02-17"), []);
    let no = given.on("2026-02-20").when(refuse_for(NADIA, SACHA));
    assert_eq!(no.drafts()[0].due[0].what, HELP_ENDS_OR_OTHER_GROUND, "it ends help as a no of her own would");
    let given = no.accepted();
    assert_eq!((last(&given).by, last(&given).standing), (Some(LAYLA), Standing::Parent));
    assert_eq!(missing(&given, "2026-02-19"), []);
    assert_eq!(missing(&given, "2026-02-20"), [Missing::Refused(NADIA)]);
    assert_eq!(given.state().consents.state_of(last(&given), day("2026-02-20")), WordState::Refused);
    // Her own word is another voice.
    let given = given.when(grant(NADIA, ConsentKind::Help)).accepted();
    assert_eq!(missing(&given, "2026-02-20"), [Missing::Refused(NADIA)]);
    let given = given.on("2026-02-23").when(grant_for(NADIA, SACHA)).accepted();
    assert_eq!(missing(&given, "2026-02-23"), []);
    assert!(open_dues(given.state(), day("2026-02-23")).is_empty(), "said yes again");
}

#[test]
fn a_no_of_who_may_not_speak_for_the_giver_is_kept_and_takes_nothing() {
    let both = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let no = both.on("2026-02-20").when(refuse_for(NADIA, SACHA));
    assert!(no.drafts()[0].due.is_empty());
    let given = no.accepted();
    assert_eq!(last(&given).standing, Standing::Undetermined);
    assert_eq!(missing(&given, "2026-02-20"), []);
    // Nor does it take anything from the voice it claims to be, once somebody is asked instead.
    let given = instead().on("2026-02-18").when(refuse_for(ERIK, SACHA)).accepted();
    assert_eq!((last(&given).standing, missing(&given, "2026-02-18")), (Standing::Undetermined, vec![]));
    let nobody = PersonId::from_uuid(uuid::Uuid::from_u128(0xBAD));
    joint().when(refuse_for(nobody, SACHA)).then_rejected(PERSON_UNKNOWN);
    joint().when(refuse_for(NADIA, nobody)).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn a_curators_no_stands_where_a_grown_up_is_silent() {
    let own = |given: &Given<Case>| help_missing(given.state(), ERIK, day("2026-02-16"), given.terms());
    let given = joint().when(represented(ERIK, RepresentativeKind::Curator)).accepted();
    let given = given.when(refuse_for(ERIK, ERIK)).accepted();
    assert_eq!(own(&given), [Missing::Refused(ERIK)]);
    let yes = ConsentCommand::GrantConsent(new(ERIK, ERIK, ConsentKind::Help));
    assert_eq!(own(&given.when(yes).accepted()), [], "the own word comes first");
}

#[test]
fn a_no_told_for_another_day_is_judged_by_that_day() {
    use crate::correction::{CorrectedContent, CorrectionCommand};
    let given = instead().on("2026-02-20").when(refuse_for(NADIA, SACHA)).accepted();
    let fact = given.history().facts().last().unwrap().id;
    let earlier = CorrectionCommand::Correct {
        target: fact,
        reason: text("Het was eerder"),
        occurred: Some(Occurred::Day(day("2026-02-16"))),
        content: CorrectedContent::Words(text("Nog niet")),
    };
    let given = given.when(earlier).accepted();
    assert_eq!(last(&given).standing, Standing::Undetermined, "the ruling was not in force yet");
    assert_eq!(missing(&given, "2026-02-20"), []);
}

#[test]
fn a_refusal_without_a_representative_reads_and_writes_as_before() {
    let own = joint().when(refuse(NADIA)).drafts()[0].event.clone();
    let payload = crate::personal::codec_scope(|| crate::decider::DomainEvent::to_payload(&own)).unwrap();
    assert!(payload.get("by").is_none() && payload.get("standing").is_none());
    let CaseEvent::Consent(ConsentEvent::ConsentRefused { by: None, standing: None, .. }) = own else {
        panic!("a refusal")
    };
}

fn ways(given: &Given<Case>, on: &str) -> Vec<WayOpen> {
    after_no(given.state(), last(given), day(on), given.terms()).map(|after| after.ways).unwrap_or_default()
}

/// Rule 32, for sharing and joining as for help.
#[test]
fn after_a_no_to_any_kind_of_thing_it_shows_what_stays_open_until_a_yes() {
    use WayOpen::*;
    for (kind, expected) in [
        (ConsentKind::Help, vec![AskAgain, AnonymousAdvice, Urgent, Court, VeiligThuis, Raad]),
        (
            ConsentKind::Sharing,
            vec![AskAgain, AnonymousAdvice, DirectlyInvolved, LegalDuty, ConflictOfDuties, Court, VeiligThuis, Raad],
        ),
        (ConsentKind::Joining, vec![AskAgain, AnonymousAdvice, Court, VeiligThuis, Raad]),
    ] {
        let no = ConsentCommand::RefuseConsent { giver: NADIA, subject: SACHA, kind, reason: None };
        let given = joint().when(no).accepted();
        assert_eq!(ways(&given, "2026-02-16"), expected, "{kind:?}");
        assert_eq!(ways(&given, "2026-02-15"), [], "not before it was said");
        let consent = last(&given).clone();
        let mut yes = new(NADIA, SACHA, kind);
        if kind == ConsentKind::Sharing {
            yes.categories = vec![Category::Identity, Category::Plan, Category::School, Category::Health];
            yes.categories.extend([Category::Wellbeing, Category::Escalation, Category::Signal]);
        }
        let given = given.on("2026-02-18").when(ConsentCommand::GrantConsent(yes)).accepted();
        let after = |on: &str| after_no(given.state(), &consent, day(on), given.terms());
        assert!(after("2026-02-17").is_some() && after("2026-02-18").is_none(), "{kind:?}");
        assert_eq!(ways(&given, "2026-02-18"), [], "a yes leaves nothing open");
    }
}

#[test]
fn after_a_withdrawal_it_shows_what_stays_open_of_what_was_withdrawn() {
    let mut yes = new(NADIA, SACHA, ConsentKind::Sharing);
    (yes.categories, yes.recipients) = (vec![Category::School], vec![LAYLA]);
    let given = joint().when(ConsentCommand::GrantConsent(yes)).accepted();
    assert_eq!(ways(&given, "2026-02-16"), []);
    let consent = last(&given).id;
    let given = given.on("2026-02-20").when(ConsentCommand::WithdrawConsent { consent, reason: None }).accepted();
    assert!(ways(&given, "2026-02-20").contains(&WayOpen::ConflictOfDuties));
    // From twelve Nadia is not asked: what she said leaves nothing to do.
    assert_eq!(ways(&given, "2026-04-03"), []);
    // Who is asked, with what they said, is what it rests on.
    let after = after_no(given.state(), last(&given), day("2026-02-20"), given.terms()).unwrap();
    assert_eq!(after.asked.givers.len(), 2);
}

#[test]
fn a_refused_signal_and_opening_name_what_stays_open() {
    let named = |rejection: &Rejection| {
        let (_, open) = rejection.details.iter().find(|(name, _)| *name == "ways_open").unwrap();
        open.clone()
    };
    let link = LifeCommand::LinkSignal {
        signal: LinkedSignal {
            signal: crate::ids::SignalId::from_uuid(uuid::Uuid::from_u128(0x51)),
            topic: text("Spanning bij overdragen"),
            place: PlaceKind::School,
            raised_at: day("2026-02-10").at(9, 0),
        },
    };
    // The same for every family: it tells nothing of this one.
    let one = named(&joint().when(link.clone()).then_rejected(SIGNAL_WITHOUT_CONSENT));
    let other = given(sacha(Authority::Undetermined)).when(link).then_rejected(SIGNAL_WITHOUT_CONSENT);
    assert_eq!(one, named(&other));
    assert!(matches!(one, Detail::List(ways) if ways.contains(&Detail::Word("raad"))));
}

fn waits(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    let all = all_open_dues(given.state(), day(on), given.terms()).into_iter();
    all.map(|due| (due.what, due.last_day.to_string())).collect()
}

fn incomplete(last_day: &str) -> Vec<(String, String)> {
    vec![(HELP_CONSENT_INCOMPLETE.to_owned(), last_day.to_owned())]
}

/// Case 03: nothing records a birthday, and yet something waits from that day on.
#[test]
fn running_help_that_lacks_a_consent_waits_until_it_is_complete() {
    let both = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    assert_eq!(waits(&both, "2026-04-02"), []);
    for on in ["2026-04-03", "2026-05-15", "2026-05-20"] {
        assert_eq!(waits(&both, on), incomplete("2026-05-15"), "{on}");
    }
    assert!(open_dues(both.state(), day("2026-04-03")).is_empty(), "no fact carries it");
    let at = crate::dues::next_due(both.state(), day("2026-04-03").at(9, 0), both.terms());
    assert_eq!(at, Some(day("2026-05-18").at(8, 0)), "the Friday is over, the next working day is Monday");
    let given = both.on("2026-04-10").when(grant(SACHA, ConsentKind::Help)).accepted();
    assert_eq!(waits(&given, "2026-04-10"), []);
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    assert_eq!(waits(&given.on("2032-01-01").when(close).accepted(), "2032-01-01"), [], "a closed case");
}

#[test]
fn what_never_was_complete_or_needs_no_consent_does_not_wait_and_a_withdrawal_waits_once() {
    assert_eq!(waits(&joint().when(grant(ERIK, ConsentKind::Help)).accepted(), "2026-02-16"), []);
    let both = joint().when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    let consent = last(&both).id;
    let given = both.on("2026-02-18").when(ConsentCommand::WithdrawConsent { consent, reason: None }).accepted();
    assert_eq!(waits(&given, "2026-02-18"), [(HELP_ENDS_OR_OTHER_GROUND.to_owned(), "2026-02-25".to_owned())]);
    let mut events = sacha(Authority::JointParents(ERIK, NADIA));
    let CaseEvent::Life(crate::life::LifeEvent::CaseOpened { ground, .. }) = &mut events[0].1 else { panic!("opened") };
    *ground = OpeningGround::Measure;
    let measure = crate::testing::given(events);
    let both = measure.when(grant(ERIK, ConsentKind::Help)).accepted().when(grant(NADIA, ConsentKind::Help)).accepted();
    assert_eq!(waits(&both, "2026-04-03"), []);
}

/// A court that says yes in everybody's place carries it alone.
#[test]
fn a_courts_yes_alone_carries_sharing_as_long_as_it_is_in_force() {
    let ruling = RulingCommand::RecordRuling(Box::new(NewRuling {
        person: SACHA,
        others: vec![ERIK, NADIA],
        kind: RulingKind::SubstituteConsent,
        scope: text("Voor het delen met school"),
        channel: None,
        reference: None,
        in_place: Some(InPlace { of: vec![ERIK, NADIA], kinds: vec![ConsentKind::Sharing] }),
        pronounced: None,
        dates: RulingDates {
            in_force: Some(day("2026-02-20")),
            until: Some(day("2026-03-20")),
            ..RulingDates::default()
        },
        source: crate::people::Source::Court,
        replaces: None,
        authority: None,
    }));
    let given = joint().when(ruling).accepted();
    let still = |on: &str| {
        let about = (SACHA, Category::School);
        still_shared(given.state(), about, To::Named(LAYLA), &[], day(on), given.terms())
    };
    assert_eq!((still("2026-02-19"), still("2026-02-20")), (None, Some(vec![])));
    assert_eq!((still("2026-03-20"), still("2026-03-21")), (Some(vec![]), None));
    // From twelve the child says so itself: no court speaks for it.
    assert_eq!(still("2026-04-03"), None);
    // Where only one is stood in for, the other's own word carries the rest.
    assert_eq!(
        still_shared(joint().state(), (SACHA, Category::School), To::Anybody, &[], day("2026-02-20"), joint().terms()),
        None
    );
}
