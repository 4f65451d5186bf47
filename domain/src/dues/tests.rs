use super::*;
use crate::case::Case;
use crate::consent::{ConsentCommand, ConsentKind, Evidence, HELP_ENDS_OR_OTHER_GROUND, NewConsent, WhoIs};
use crate::correction::CorrectionCommand;
use crate::fact::Role;
use crate::ids::PersonId;
use crate::life::{LifeCommand, Outcome};
use crate::regie::tests::{
    PETRA, SAM, WIM, assign, assign_from, care, end_directorship, join, leave, open_case, party, regie,
};
use crate::regie::{DEPUTY_TOLD_DUE, GAP_DUE, NewParty, RegieCommand, SPECIALIST_DUE};
use crate::testing::*;

/// An access in an emergency waits for its review, in a closed case too: `emergency/tests.rs`.
#[test]
fn an_emergency_access_waits_for_somebody_else_until_reviewed() {
    use crate::emergency::{EMERGENCY_REVIEW_DUE, EmergencyCommand, NewGround, ReviewOutcome};
    let opened = EmergencyCommand::OpenEmergencyAccess {
        ground: NewGround::VitalInterest,
        reason: text("Kind is weg"),
        hours: None,
    };
    let given = open_case().by(SAM, Role::Supporter).when(opened).accepted();
    assert_eq!(next(&given, "2026-03-02"), Some(day("2026-03-05").at(8, 0)));
    assert_eq!(open(&given, "2026-03-20"), [due(EMERGENCY_REVIEW_DUE, "2026-03-05")]);
    let emergency = given.state().emergency.all()[0].id;
    let outcome = ReviewOutcome::NotJustified;
    let reviewed = EmergencyCommand::ReviewEmergencyAccess { emergency, outcome, finding: text("Kon wachten") };
    let given = given.on("2026-03-20").by(LAYLA, Role::PrivacyOfficer).when(reviewed).accepted();
    assert_eq!(open(&given, "2026-03-20"), []);
}

/// What waits on this day: what, and the day on which the system acts.
fn open(given: &Given<Case>, on: &str) -> Vec<(String, CivilDay)> {
    open_dues(given.state(), day(on)).into_iter().map(|due| (due.what, due.at.day())).collect()
}

fn due(what: &str, at: &str) -> (String, CivilDay) {
    (what.to_owned(), day(at))
}

fn next(given: &Given<Case>, after: &str) -> Option<Timestamp> {
    next_due(given.state(), day(after).at(9, 0), given.terms())
}

/// Petra since Monday 2026-03-02, Sam since Wednesday 2026-03-04: the term of the gap ends on 2026-03-11.
fn gap() -> Given<Case> {
    open_case().when(join(PETRA)).accepted().on("2026-03-04").when(join(SAM)).accepted()
}

#[test]
fn a_gap_is_due_the_morning_after_its_term_and_waits_on_until_it_is_filled() {
    let given = gap();
    assert_eq!(next(&given, "2026-03-04"), Some(day("2026-03-12").at(8, 0)));
    assert_eq!(next(&given, "2026-03-12"), None);
    for on in ["2026-03-04", "2026-03-12", "2026-03-20"] {
        assert_eq!(open(&given, on), [due(GAP_DUE, "2026-03-12")], "{on}");
    }
    let filled = given.on("2026-03-20").when(assign(JOOST)).accepted();
    assert_eq!(open(&filled, "2026-03-20"), []);
}

#[test]
fn a_gap_filled_within_its_term_is_not_due_and_one_filled_after_the_moment_is() {
    let filled = |from| gap().on("2026-03-09").when(assign_from(JOOST, Some(from))).accepted();
    assert_eq!(next(&filled("2026-03-09"), "2026-03-09"), None);
    assert_eq!(next(&filled("2026-03-12"), "2026-03-09"), None, "somebody directs when the moment comes");
    assert_eq!(next(&filled("2026-03-13"), "2026-03-09"), Some(day("2026-03-12").at(8, 0)));
}

#[test]
fn one_party_alone_is_waited_for_by_nobody_and_a_term_corrected_away_neither() {
    let alone = open_case().when(join(PETRA)).accepted();
    assert_eq!(open(&alone, "2026-03-02"), []);
    let joined = regie(&gap()).parties()[1].fact;
    let strike = CorrectionCommand::StrikeOut { target: joined, reason: text("verkeerde zaak") };
    assert_eq!(open(&gap().when(strike).accepted(), "2026-03-04"), []);
}

#[test]
fn a_gap_that_opens_later_is_waited_for_from_now_on() {
    let announced = RegieCommand::JoinParty(NewParty { from: Some(day("2026-03-09")), ..party(SAM) });
    let given = open_case().when(join(PETRA)).accepted().when(announced).accepted();
    assert_eq!(next(&given, "2026-03-02"), Some(day("2026-03-17").at(8, 0)));
    let stopped = gap().when(assign(JOOST)).accepted().on("2026-04-10").when(end_directorship()).accepted();
    assert_eq!(open(&stopped, "2026-04-10"), [due(GAP_DUE, "2026-04-20")]);
}

#[test]
fn a_specialist_is_looked_at_after_the_expected_end_as_it_last_stood() {
    let expected_end = Some(day("2026-04-01"));
    let specialist = NewParty { specialist: true, expected_end, ..party(PETRA) };
    let given = open_case().when(RegieCommand::JoinParty(specialist)).accepted();
    assert_eq!(open(&given, "2026-03-02"), [due(SPECIALIST_DUE, "2026-04-02")]);
    let change = RegieCommand::ChangeExpectedEnd { worker: PETRA, expected_end: day("2026-05-01"), reason: None };
    let given = given.on("2026-03-30").when(change).accepted();
    assert_eq!(open(&given, "2026-03-30"), [due(SPECIALIST_DUE, "2026-05-04")]);
    let given = given.on("2026-04-15").when(leave(PETRA)).accepted();
    assert_eq!(open(&given, "2026-04-15"), []);
}

#[test]
fn the_family_is_to_be_told_of_a_deputy_while_one_stands_in() {
    let appoint = RegieCommand::AppointDeputy {
        deputy: SAM,
        organisation: care(),
        from: None,
        until: day("2026-06-30"),
        reason: text("ziek"),
    };
    let ill = open_case().on("2026-03-25").when(assign(JOOST)).accepted().on("2026-06-01").by(WIM, Role::TeamLead);
    let given = ill.when(appoint).accepted();
    assert_eq!(open(&given, "2026-06-01"), [due(DEPUTY_TOLD_DUE, "2026-06-04")]);
    let ended = given.on("2026-06-02").when(RegieCommand::EndDeputy { last_day: None }).accepted();
    assert_eq!(open(&ended, "2026-06-02"), []);
}

fn say_yes(giver: PersonId) -> ConsentCommand {
    ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(ILIAS),
        kind: ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    })
}

/// Rule 32.
#[test]
fn help_after_a_withdrawn_consent_is_due_until_its_giver_says_yes_again() {
    let withdraw = |consent| ConsentCommand::WithdrawConsent { consent, reason: None };
    let given = given(opened()).on("2026-05-04").when(withdraw(HELP)).accepted();
    assert_eq!(open(&given, "2026-05-04"), [due(HELP_ENDS_OR_OTHER_GROUND, "2026-05-13")]);
    let again = given.on("2026-05-07").when(say_yes(SAMIRA)).accepted();
    assert_eq!(open(&again, "2026-05-07"), []);
    // The second no has a term of its own (14 and 15 May are free); the first was answered.
    let second = again.state().consents.all().last().unwrap().id;
    let again = again.on("2026-05-11").when(withdraw(second)).accepted();
    assert_eq!(open(&again, "2026-05-11"), [due(HELP_ENDS_OR_OTHER_GROUND, "2026-05-21")]);
}

const fn say_no(kind: ConsentKind) -> ConsentCommand {
    ConsentCommand::RefuseConsent { giver: SAMIRA, subject: ILIAS, kind, reason: None }
}

/// Rule 32: a no after a yes ends help as a withdrawal does.
#[test]
fn help_after_a_no_is_due_until_its_giver_says_yes_again() {
    let no = || given(opened()).on("2026-05-04").when(say_no(ConsentKind::Help)).accepted();
    assert_eq!(open(&no(), "2026-05-04"), [due(HELP_ENDS_OR_OTHER_GROUND, "2026-05-13")]);
    let again = no().on("2026-05-07").when(say_yes(SAMIRA)).accepted();
    assert_eq!(open(&again, "2026-05-07"), []);
    // Who says no twice ended help once; told late, the term runs from the day it was said.
    let twice = no().on("2026-05-07").when(say_no(ConsentKind::Help)).accepted();
    assert_eq!(open(&twice, "2026-05-07"), [due(HELP_ENDS_OR_OTHER_GROUND, "2026-05-13")]);
    let late = given(opened()).on("2026-05-11").when_on("2026-05-04", say_no(ConsentKind::Help)).accepted();
    assert_eq!(open(&late, "2026-05-11"), [due(HELP_ENDS_OR_OTHER_GROUND, "2026-05-13")]);
    // Told on the 11th that she had said no on the 4th, while she said yes on the 7th: that answered it.
    let answered = given(opened()).on("2026-05-07").when(say_yes(SAMIRA)).accepted().on("2026-05-11");
    assert_eq!(open(&answered.when_on("2026-05-04", say_no(ConsentKind::Help)).accepted(), "2026-05-11"), []);
}

#[test]
fn a_no_that_ends_no_help_starts_no_term() {
    let none = |given: Given<Case>| {
        let given = given.on("2026-05-04").when(say_no(ConsentKind::Help)).accepted();
        assert_eq!(open(&given, "2026-05-04"), []);
    };
    none(given(opened().into_iter().take(4)));
    let withdrawn = ConsentCommand::WithdrawConsent { consent: HELP, reason: None };
    let withdrawn = given(opened()).on("2026-04-01").when(withdrawn).accepted();
    assert_eq!(open(&withdrawn, "2026-04-01").len(), 1);
    let given = withdrawn.on("2026-04-02").when(say_no(ConsentKind::Help)).accepted();
    assert_eq!(open(&given, "2026-04-02").len(), 1, "the withdrawal's own term goes on");
    // Somebody without standing ends nothing; nor does a no to another kind of thing.
    let without = crate::people::Authority::TemporarilyNone;
    none(crate::testing::given(opened()).recorded([crate::fact::Draft::of(authority(ILIAS, without, "2026-03-03"))]));
    let sharing = crate::testing::given(opened()).when(say_no(ConsentKind::Sharing)).accepted();
    assert_eq!(open(&sharing, "2026-03-02"), []);
}

#[test]
fn nothing_waits_in_a_closed_case() {
    let close = LifeCommand::CloseCase { outcome: Outcome::Reassured, explanation: None };
    assert_eq!(open(&gap().when(close).accepted(), "2026-03-04"), []);
    assert_eq!(open_dues(&CaseState::default(), day("2026-03-04")), []);
}
