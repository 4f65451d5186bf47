use super::*;
use crate::consent::ConsentCommand;
use crate::correction::{CORRECTION_BREAKS_HISTORY, CORRECTION_DOES_NOT_FIT, CorrectedContent, CorrectionCommand};
use crate::fact::Departure;
use crate::ids::{RecordId, Subject};
use crate::people::catalogue::UNTIL_BEFORE_FROM;
use crate::personal::Personal;
use crate::regie::SPECIALIST_DUE;
use crate::regie::asked::{BEFORE_CASE_OPENED, FROM_IN_PAST};
use crate::regie::parties::{
    CONSENT_BEFORE_JOINING, CONSENT_TO_JOIN_MISSING, NOTHING_TO_EXPLAIN, PARTY_ABSENT, PARTY_PRESENT,
};
use crate::rejection::Detail;
use crate::terms::{NL_DEFAULT, TermsBook};
use crate::testing::{fresh, words};

#[test]
fn a_professional_joins_with_consent() {
    let given = open_case().on("2026-03-03").when(join(PETRA)).then([joined(PETRA, "2026-03-03")]);
    assert!(regie(&given).is_party_on(PETRA, day("2026-03-03")));
    assert!(!regie(&given).is_party_on(PETRA, day("2026-03-02")));
}

#[test]
fn joining_without_consent_is_refused_and_names_the_worker() {
    let without = NewParty { consents: Vec::new(), ..party(PETRA) };
    let rejection = open_case().when(RegieCommand::JoinParty(without)).then_rejected(CONSENT_TO_JOIN_MISSING);
    assert!(rejection.details.contains(&("worker", Detail::id(PETRA))));
}

#[test]
fn consent_counts_on_the_first_day_only_if_it_stands_then() {
    let later = ConsentId::from_uuid(Uuid::from_u128(0x23));
    let consent = joining_consent(later, &[PETRA], "2026-03-06");
    let given = open_case().on("2026-03-06").recorded([crate::fact::Draft::of(consent)]);
    let early = NewParty { from: Some(day("2026-03-05")), consents: vec![later], ..party(PETRA) };
    given.when_on("2026-03-05", RegieCommand::JoinParty(early)).then_rejected(CONSENT_TO_JOIN_MISSING);
}

#[test]
fn an_earlier_first_day_does_not_get_round_a_withdrawal_or_a_no() {
    let ended = |by: ConsentCommand| open_case().on("2026-03-05").when(by).accepted().on("2026-03-06");
    let withdrawn = || ended(ConsentCommand::WithdrawConsent { consent: JOINING, reason: None });
    let kind = ConsentKind::Joining;
    let refused = || ended(ConsentCommand::RefuseConsent { giver: SAMIRA, subject: ILIAS, kind, reason: None });
    let early = || NewParty { from: Some(day("2026-03-04")), ..party(PETRA) };
    // Told as if it had been agreed before that.
    let rejection = withdrawn().when_on("2026-03-04", join(PETRA)).then_rejected(CONSENT_TO_JOIN_MISSING);
    assert!(rejection.details.contains(&("day", Detail::Day(day("2026-03-06")))));
    refused().when_on("2026-03-04", RegieCommand::JoinParty(early())).then_rejected(CONSENT_TO_JOIN_MISSING);
    // Or just by its first day: an act starts no earlier than it was agreed.
    withdrawn().when(RegieCommand::JoinParty(early())).then_rejected(FROM_IN_PAST);
    open_case().on("2026-03-06").when(RegieCommand::JoinParty(early())).then_rejected(FROM_IN_PAST);
    // Who came in when they might is reported; that departs from nothing.
    let report = RegieCommand::ReportPartyJoined { last_day: None, party: early(), explanation: None };
    assert_eq!(withdrawn().when(report).drafts()[0].departures, []);
}

#[test]
fn nobody_is_a_party_or_directs_before_the_case_was_opened() {
    let early = || NewParty { from: Some(day("2026-02-27")), ..party(PETRA) };
    open_case().when_on("2026-02-27", RegieCommand::JoinParty(early())).then_rejected(BEFORE_CASE_OPENED);
    let report =
        RegieCommand::ReportPartyJoined { last_day: None, party: early(), explanation: Some(text("kwam al thuis")) };
    let rejection = open_case().when(report).then_rejected(BEFORE_CASE_OPENED);
    assert!(rejection.details.contains(&("opened", Detail::Day(day("2026-03-02")))));
    open_case().when_on("2026-02-27", assign(JOOST)).then_rejected(BEFORE_CASE_OPENED);
    let first = NewParty { from: Some(day("2026-03-02")), ..party(PETRA) };
    let given = open_case().on("2026-03-09").when_on("2026-03-02", RegieCommand::JoinParty(first)).accepted();
    // Nor does a correction move the first day, and with it a gap, before the opening.
    let correction = CorrectionCommand::Correct {
        target: regie(&given).parties()[0].fact,
        reason: text("kwam al thuis"),
        occurred: None,
        content: CorrectedContent::Party { from: day("2026-02-27"), expected_end: None },
    };
    given.when(correction).then_rejected(CORRECTION_BREAKS_HISTORY);
}

#[test]
fn a_report_of_joining_without_consent_is_accepted_marked_and_explained() {
    let without = NewParty { consents: Vec::new(), ..party(PETRA) };
    let explanation = Some(text("zij zat al aan tafel"));
    let when = open_case().when(RegieCommand::ReportPartyJoined { last_day: None, party: without, explanation });
    let expected = Departure {
        rule: CONSENT_BEFORE_JOINING.to_owned(),
        explanation: Some(words(fresh(1), "zij zat al aan tafel")),
    };
    assert_eq!(when.drafts().first().unwrap().departures, vec![expected]);
    assert!(regie(&when.accepted()).is_party_on(PETRA, day("2026-03-02")));
}

#[test]
fn a_report_of_joining_with_consent_departs_from_nothing() {
    let report = |explanation| RegieCommand::ReportPartyJoined { last_day: None, party: party(PETRA), explanation };
    assert!(open_case().when(report(None)).drafts().first().unwrap().departures.is_empty());
    open_case().when(report(Some(text("te laat")))).then_rejected(NOTHING_TO_EXPLAIN);
}

#[test]
fn nobody_is_a_party_twice_at_once() {
    let given = open_case().on("2026-03-03").when(join(PETRA)).accepted().on("2026-03-05");
    given.when(join(PETRA)).then_rejected(PARTY_PRESENT);
    let report = RegieCommand::ReportPartyJoined { last_day: None, party: party(PETRA), explanation: None };
    let given = open_case().on("2026-03-03").when(join(PETRA)).accepted().on("2026-03-05");
    given.when(report).then_rejected(PARTY_PRESENT);
}

#[test]
fn who_left_can_join_again_the_next_day() {
    let given = open_case().on("2026-03-03").when(join(PETRA)).accepted();
    let given = given.on("2026-03-10").when(leave(PETRA)).then([RegieEvent::PartyLeft {
        worker: PETRA,
        last_day: day("2026-03-10"),
        reason: None,
    }]);
    let given = given.on("2026-03-11").when(join(PETRA)).accepted();
    let days = ["2026-03-02", "2026-03-03", "2026-03-10", "2026-03-11"];
    assert_eq!(days.map(|on| regie(&given).is_party_on(PETRA, day(on))), [false, true, true, true]);
    assert_eq!(regie(&given).parties().len(), 2);
}

#[test]
fn who_is_no_party_cannot_leave_or_contribute() {
    open_case().when(leave(PETRA)).then_rejected(PARTY_ABSENT);
    let contribution = RegieCommand::StateContribution { worker: PETRA, can: text("a"), cannot: text("b") };
    open_case().when(contribution).then_rejected(PARTY_ABSENT);
    let change = RegieCommand::ChangeExpectedEnd { worker: PETRA, expected_end: day("2026-09-01"), reason: None };
    open_case().when(change).then_rejected(PARTY_ABSENT);
}

#[test]
fn an_announced_last_day_can_be_moved_forward_but_not_back() {
    let last = |on: &str| RegieCommand::LeaveParty { worker: PETRA, last_day: Some(day(on)), reason: None };
    let given = open_case().when(join(PETRA)).accepted().when(last("2026-03-31")).accepted();
    let given = given.when(last("2026-03-20")).accepted();
    assert!(!regie(&given).is_party_on(PETRA, day("2026-03-21")));
    given.when(last("2026-03-25")).then_rejected(PARTY_ABSENT);
}

#[test]
fn an_end_before_the_start_is_refused() {
    let backwards = NewParty { expected_end: Some(day("2026-03-01")), ..party(PETRA) };
    open_case().when(RegieCommand::JoinParty(backwards)).then_rejected(UNTIL_BEFORE_FROM);
    let change = RegieCommand::ChangeExpectedEnd { worker: PETRA, expected_end: day("2026-03-01"), reason: None };
    open_case().when(join(PETRA)).accepted().when(change).then_rejected(UNTIL_BEFORE_FROM);
}

#[test]
fn what_somebody_can_and_cannot_offer_stands_with_the_party_each_in_a_record_of_its_own() {
    let contribution = RegieCommand::StateContribution { worker: PETRA, can: text("luisteren"), cannot: text("regie") };
    let given = open_case().when(join(PETRA)).accepted().when(contribution).then([RegieEvent::ContributionStated {
        worker: PETRA,
        can: words(fresh(1), "luisteren"),
        cannot: words(fresh(2), "regie"),
    }]);
    let contribution = regie(&given).parties().first().unwrap().contribution.clone().unwrap();
    assert_eq!(contribution.can.known(), Some(&text("luisteren")));
    assert_eq!(contribution.stated, day("2026-03-02"));
}

#[test]
fn expertise_is_a_personal_value() {
    let expert = NewParty { expertise: Some(line("trauma")), ..party(PETRA) };
    let given = open_case().when(RegieCommand::JoinParty(expert)).accepted();
    let owner = Subject::Record(RecordId::from_uuid(fresh(1)));
    assert_eq!(regie(&given).parties().first().unwrap().expertise, Some(Personal::ordinary(owner, line("trauma"))));
}

fn specialist(expected_end: Option<&str>) -> RegieCommand {
    RegieCommand::JoinParty(NewParty { specialist: true, expected_end: expected_end.map(day), ..party(SAM) })
}

#[test]
fn a_specialist_is_looked_at_the_working_day_after_the_expected_end() {
    let when = open_case().on("2026-04-20").when(specialist(Some("2026-10-01")));
    let due = when.drafts().first().unwrap().due.iter().find(|due| due.what == SPECIALIST_DUE).unwrap().clone();
    assert_eq!((due.last_day, due.at), (day("2026-10-01"), day("2026-10-02").at(8, 0)));
    let given = when.accepted();
    assert!(regie(&given).overdue_specialists(day("2026-10-01")).is_empty());
    let overdue = regie(&given).overdue_specialists(day("2026-10-02"));
    assert_eq!(overdue.iter().map(|(party, _)| party.worker).collect::<Vec<_>>(), [SAM]);
}

#[test]
fn a_specialist_without_expected_end_is_looked_at_after_six_months() {
    let given = open_case().on("2026-04-20").when(specialist(None)).accepted();
    let review = regie(&given).parties().first().unwrap().review.clone().unwrap();
    assert_eq!((review.last_day, review.at), (day("2026-10-20"), day("2026-10-21").at(8, 0)));
}

#[test]
fn another_expected_end_moves_the_moment_and_leaving_ends_it() {
    let change = RegieCommand::ChangeExpectedEnd { worker: SAM, expected_end: day("2026-12-24"), reason: None };
    let given = open_case().on("2026-04-20").when(specialist(Some("2026-10-01"))).accepted();
    let given = given.on("2026-10-02").when(change).accepted();
    assert!(regie(&given).overdue_specialists(day("2026-12-24")).is_empty());
    // Christmas and the weekend lie between; the day after it counts as late.
    let review = regie(&given).parties().first().unwrap().review.clone().unwrap();
    assert_eq!(review.at, day("2026-12-28").at(8, 0));
    let given = given.when(leave(SAM)).accepted();
    assert!(regie(&given).overdue_specialists(day("2026-12-29")).is_empty());
}

#[test]
fn two_professionals_of_one_organisation_are_two_parties_and_show() {
    let other = NewParty { organisation: organisation("jeugd-gooi"), ..party(WIM) };
    let given = open_case().when(join(PETRA)).accepted().when(join(SAM)).accepted();
    let given = given.when(RegieCommand::JoinParty(other)).accepted();
    assert_eq!(regie(&given).parties_on(day("2026-03-02")).len(), 3);
    assert_eq!(regie(&given).duplicate_organisations(day("2026-03-02")), [(care(), vec![PETRA, SAM])]);
    let given = given.when(leave(SAM)).accepted();
    assert!(regie(&given).duplicate_organisations(day("2026-03-03")).is_empty());
}

#[test]
fn a_consent_that_is_not_in_the_case_is_refused_also_in_a_report() {
    let unknown = ConsentId::from_uuid(Uuid::from_u128(0x99));
    let party = NewParty { consents: vec![unknown], ..party(PETRA) };
    let report = RegieCommand::ReportPartyJoined { last_day: None, party, explanation: None };
    open_case().when(report).then_rejected(crate::consent::CONSENT_UNKNOWN);
}

#[test]
fn a_corrected_first_day_moves_the_gap_and_the_specialists_term() {
    let given = open_case().when(join(PETRA)).accepted().on("2026-03-05");
    let given = given.when(specialist(None)).accepted();
    let fact = regie(&given).parties().iter().find(|party| party.worker == SAM).unwrap().fact;
    let correction = CorrectionCommand::Correct {
        target: fact,
        reason: text("een dag eerder"),
        occurred: None,
        content: CorrectedContent::Party { from: day("2026-03-04"), expected_end: None },
    };
    let given = given.on("2026-03-06").when(correction).accepted();
    let gap = regie(&given).gap_on(day("2026-03-06")).unwrap();
    assert_eq!((gap.since, gap.last_day), (day("2026-03-04"), day("2026-03-11")));
    let sam = regie(&given).parties().iter().find(|party| party.worker == SAM).unwrap();
    assert_eq!(sam.review.as_ref().unwrap().last_day, day("2026-09-04"));
}

#[test]
fn a_corrected_date_of_an_old_party_keeps_the_terms_of_its_day() {
    let old = NL_DEFAULT.to_owned();
    let newer = old.replacen("nl-default-1", "stricter", 1).replacen("2015-01-01", "2026-07-01", 1);
    let newer = newer.replacen("specialist_warning = \"6 months\"", "specialist_warning = \"3 months\"", 1);
    let newer = newer.replacen("gap = \"5 working days\"", "gap = \"2 working days\"", 1);
    let book = TermsBook::parse(&format!("{old}\n{newer}")).unwrap();
    let given = open_case().when(join(PETRA)).accepted().on("2026-03-05");
    let given = given.when(specialist(None)).accepted().on("2026-08-03").under(book);
    assert_eq!(given.terms().version.as_str(), "stricter");
    let target = regie(&given).parties().iter().find(|party| party.worker == SAM).unwrap().fact;
    let content = CorrectedContent::Party { from: day("2026-03-04"), expected_end: None };
    let reason = text("een dag eerder");
    let given = given.when(CorrectionCommand::Correct { target, reason, occurred: None, content }).accepted();
    let gap = regie(&given).gap_on(day("2026-03-06")).unwrap();
    assert_eq!((gap.since, gap.last_day), (day("2026-03-04"), day("2026-03-11")));
    let sam = regie(&given).parties().iter().find(|party| party.worker == SAM).unwrap();
    assert_eq!(sam.review.as_ref().unwrap().last_day, day("2026-09-04"));
}

/// Petra under a consent that Samira gave on 2026-03-06 only; told as it was, with a mark where it departs.
fn joined_under_a_later_consent(from: &str) -> Given<Case> {
    let later = ConsentId::from_uuid(Uuid::from_u128(0x23));
    let consent = joining_consent(later, &[PETRA], "2026-03-06");
    let given = open_case().on("2026-03-06").recorded([crate::fact::Draft::of(consent)]);
    let party = NewParty { from: Some(day(from)), consents: vec![later], ..party(PETRA) };
    let explanation = (from < "2026-03-06").then(|| text("zij zat al aan tafel"));
    given.when(RegieCommand::ReportPartyJoined { last_day: None, party, explanation }).accepted()
}

fn starts(given: Given<Case>, from: &str) -> Given<Case> {
    let target = regie(&given).parties()[0].fact;
    let content = CorrectedContent::Party { from: day(from), expected_end: None };
    given.when(CorrectionCommand::Correct { target, reason: text("andere dag"), occurred: None, content }).accepted()
}

fn explain(given: Given<Case>, why: &str) -> crate::testing::When<Case> {
    let target = regie(&given).parties()[0].fact;
    let content = CorrectedContent::Explanation(text(why));
    given.when(CorrectionCommand::Correct { target, reason: text("uitleg"), occurred: None, content })
}

/// The rules departed from, as the director sees them, with why.
fn departed(given: &Given<Case>) -> Vec<(String, Option<String>)> {
    let why = |words: &Personal<crate::text::Text>| words.known().unwrap().as_str().to_owned();
    let departures = given.state().life.departures.iter();
    departures.map(|found| (found.rule.clone(), found.explanation.as_ref().map(why))).collect()
}

fn mark(why: Option<&str>) -> Vec<(String, Option<String>)> {
    vec![(CONSENT_BEFORE_JOINING.to_owned(), why.map(str::to_owned))]
}

#[test]
fn a_first_day_that_is_moved_before_the_consent_leaves_a_mark() {
    let given = joined_under_a_later_consent("2026-03-06");
    assert_eq!(departed(&given), []);
    let given = starts(given, "2026-03-05");
    assert_eq!(departed(&given), mark(None));
    // What does not move the day again keeps the mark; back on the first day it goes.
    let target = regie(&given).parties()[0].fact;
    let content = CorrectedContent::Party { from: day("2026-03-05"), expected_end: Some(day("2026-09-01")) };
    let ends = CorrectionCommand::Correct { target, reason: text("einde"), occurred: None, content };
    let given = given.when(ends).accepted();
    assert_eq!(departed(&given), mark(None));
    assert_eq!(departed(&starts(given, "2026-03-06")), []);
}

#[test]
fn a_mark_that_no_longer_holds_goes_and_comes_back_with_its_explanation() {
    let given = joined_under_a_later_consent("2026-03-05");
    assert_eq!(departed(&given), mark(Some("zij zat al aan tafel")));
    let given = starts(given, "2026-03-06");
    assert_eq!(departed(&given), []);
    let given = starts(given, "2026-03-04");
    assert_eq!(departed(&given), mark(Some("zij zat al aan tafel")));
}

/// Rule 0: an explanation may follow later.
#[test]
fn what_departs_from_a_rule_is_explained_afterwards() {
    let given =
        explain(starts(joined_under_a_later_consent("2026-03-06"), "2026-03-05"), "een dag te vroeg").accepted();
    assert_eq!(departed(&given), mark(Some("een dag te vroeg")));
    let given = starts(given, "2026-03-04");
    assert_eq!(departed(&given), mark(Some("een dag te vroeg")), "another day, the same explanation");
    let given = explain(given, "twee dagen te vroeg").accepted();
    assert_eq!(departed(&given), mark(Some("twee dagen te vroeg")));
    explain(joined_under_a_later_consent("2026-03-06"), "niets").then_rejected(CORRECTION_DOES_NOT_FIT);
}

#[test]
fn an_earlier_stay_that_is_over_is_reported_of_somebody_who_is_in_again() {
    let stay = |from: &str, last_day: Option<&str>| RegieCommand::ReportPartyJoined {
        party: NewParty { from: Some(day(from)), ..party(PETRA) },
        last_day: last_day.map(day),
        explanation: None,
    };
    let given = open_case().on("2026-04-07").when(join(PETRA)).accepted();
    let given = given.when(stay("2026-03-03", None)).refused_but(PARTY_PRESENT);
    let given = given.when(stay("2026-03-03", Some("2026-04-07"))).refused_but(PARTY_PRESENT);
    let given = given.when(stay("2026-03-03", Some("2026-03-02"))).refused_but(UNTIL_BEFORE_FROM);
    let left = RegieEvent::PartyLeft { worker: PETRA, last_day: day("2026-03-20"), reason: None };
    let given = given.when(stay("2026-03-03", Some("2026-03-20"))).then([joined(PETRA, "2026-03-03"), left]);
    let days = ["2026-03-02", "2026-03-03", "2026-03-20", "2026-03-21", "2026-04-06", "2026-04-07", "2026-04-08"];
    let expected = [false, true, true, false, false, true, true];
    assert_eq!(days.map(|on| regie(&given).is_party_on(PETRA, day(on))), expected);
    assert_eq!(crate::correction::broken(given.history()), []);
    given.when(stay("2026-03-20", Some("2026-03-31"))).then_rejected(PARTY_PRESENT);
}
