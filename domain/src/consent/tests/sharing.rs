//! Sharing: everyone who must be asked, and what a no to it means for who joins.

use super::*;
use crate::ids::SignalId;
use crate::life::{LifeCommand, LinkedSignal, SIGNAL_WITHOUT_CONSENT};
use crate::signal::PlaceKind;

/// Lets a signal about Sacha come in.
fn share(giver: PersonId) -> ConsentCommand {
    let categories = vec![Category::Signal, Category::School];
    ConsentCommand::GrantConsent(NewConsent { categories, ..new(giver, SACHA, ConsentKind::Sharing) })
}

fn refuse_sharing(giver: PersonId) -> ConsentCommand {
    ConsentCommand::RefuseConsent { giver, subject: SACHA, kind: ConsentKind::Sharing, reason: None }
}

/// Lets data about Sacha go to Layla.
fn share_with_layla(giver: PersonId) -> ConsentCommand {
    let new = new(giver, SACHA, ConsentKind::Sharing);
    ConsentCommand::GrantConsent(NewConsent { recipients: vec![LAYLA], categories: vec![Category::Plan], ..new })
}

fn link(given: Given<Case>) -> When<Case> {
    given.when(LifeCommand::LinkSignal {
        signal: LinkedSignal {
            signal: SignalId::from_uuid(uuid::Uuid::from_u128(0x51)),
            topic: text("Spanning bij overdragen"),
            place: PlaceKind::School,
            raised_at: day("2026-02-10").at(9, 0),
        },
    })
}

fn sharing(given: &Given<Case>, on: &str) -> Vec<Missing> {
    sharing_missing(given.state(), Category::Signal, SACHA, day(on), given.terms())
}

#[test]
fn a_signal_comes_in_when_every_holder_said_yes_and_nobody_no() {
    let one = || joint().when(share(ERIK)).accepted();
    assert_eq!(sharing(&one(), "2026-02-16"), [Missing::Consent(NADIA)]);
    link(one()).then_rejected(SIGNAL_WITHOUT_CONSENT);
    let no = || one().when(refuse_sharing(NADIA)).accepted();
    assert_eq!(sharing(&no(), "2026-02-16"), [Missing::Refused(NADIA)]);
    link(no()).then_rejected(SIGNAL_WITHOUT_CONSENT);
    let both = || no().on("2026-02-17").when(share(NADIA)).accepted();
    let linked = link(both()).accepted();
    assert_eq!(linked.state().life.signals[0].consents.len(), 2);
    // A later no of one who said yes.
    link(both().when(refuse_sharing(ERIK)).accepted()).then_rejected(SIGNAL_WITHOUT_CONSENT);
    // And a yes that was withdrawn, as far as it reached.
    link(withdraw_last(both()).accepted()).then_rejected(SIGNAL_WITHOUT_CONSENT);
}

#[test]
fn from_twelve_the_young_person_alone_says_whether_a_signal_comes_in() {
    let parents = || joint().when(share(ERIK)).accepted().when(share(NADIA)).accepted();
    link(parents().on("2026-04-02")).accepted();
    link(parents().on("2026-04-03")).then_rejected(SIGNAL_WITHOUT_CONSENT);
    let sacha = || parents().on("2026-04-03").when(share(SACHA)).accepted();
    link(sacha().when(refuse_sharing(NADIA)).accepted()).accepted();
    link(sacha().when(refuse_sharing(SACHA)).accepted()).then_rejected(SIGNAL_WITHOUT_CONSENT);
}

#[test]
fn a_no_to_sharing_ends_the_yes_by_which_somebody_would_join() {
    let both = || joint().when(share_with_layla(ERIK)).accepted().when(share_with_layla(NADIA)).accepted();
    layla_joins(both()).accepted();
    layla_joins(both().when(refuse_sharing(NADIA)).accepted()).then_rejected(TO_JOIN);
    layla_joins(withdraw_last(both()).accepted()).then_rejected(TO_JOIN);
    // Nor does an explicit yes to joining outlive it, until that is said again.
    let joining_too = || both().when(joining(ERIK)).accepted().when(joining(NADIA)).accepted();
    let no = || joining_too().when(refuse_sharing(NADIA)).accepted();
    layla_joins(no()).then_rejected(TO_JOIN);
    layla_joins(no().when(joining(NADIA)).accepted()).accepted();
    // Taking back the joining takes back what was to be shared with who would join.
    layla_joins(withdraw_last(joining_too()).accepted()).then_rejected(TO_JOIN);
}

#[test]
fn sharing_for_one_thing_is_not_sharing_for_another() {
    let school = NewConsent { categories: vec![Category::School], ..new(ERIK, SACHA, ConsentKind::Sharing) };
    let given = erik_alone().when(share(ERIK)).accepted().when(ConsentCommand::GrantConsent(school)).accepted();
    // School is taken back, the signal stays.
    let given = withdraw_last(given.on("2026-02-20")).accepted();
    assert_eq!(sharing(&given, "2026-02-20"), []);
    let about = |category| sharing_missing(given.state(), category, SACHA, day("2026-02-20"), given.terms());
    assert_eq!(about(Category::School), [Missing::Consent(ERIK)]);
    assert_eq!(about(Category::Health), [Missing::Consent(ERIK)]);
    link(given).accepted();
}
