use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::{BACKDATED, Decider};
use crate::fact::{Audience, NEUTRAL, Role};
use crate::households::HouseholdEvent;
use crate::households::catalogue::HOUSEHOLD_UNKNOWN;
use crate::ids::WorkerId;
use crate::people::catalogue::PERSON_UNKNOWN;
use crate::regie::RegieEvent;
use crate::testing::*;

const NOBODY: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));
const A: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xA));
const B: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xB));

fn case() -> Given<Case> {
    let formed = |household, label| HouseholdEvent::HouseholdFormed {
        household,
        label: Personal::ordinary(Subject::Household(household), line(label)),
        from: day("2026-03-02"),
    };
    given(opened()).recorded([formed(A, "bij mama"), formed(B, "bij papa")].map(|event| Draft::of(event.into())))
}

fn protect(households: &[HouseholdId]) -> ProtectionCommand {
    ProtectionCommand::ProtectLocatingData {
        person: SAMIRA,
        households: households.to_vec(),
        reason: text("Voelt zich niet veilig"),
    }
}

fn propose() -> ProtectionCommand {
    ProtectionCommand::ProposeLifting { person: SAMIRA, agreed: text("Zegt dat het mag") }
}

fn confirm() -> ProtectionCommand {
    ProtectionCommand::ConfirmLifting { person: SAMIRA }
}

fn protected(case: &Given<Case>) -> Vec<HouseholdId> {
    case.state().protection.protected_households().into_iter().collect()
}

#[test]
fn one_worker_protects_at_once() {
    let case = case().on("2026-03-06").when(protect(&[B, A, A])).then([ProtectionEvent::LocatingDataProtected {
        person: SAMIRA,
        households: vec![A, B],
        reason: words(fresh(1), "Voelt zich niet veilig"),
    }]);
    assert!(case.state().protection.is_protected(SAMIRA));
    assert!(!case.state().protection.is_protected(ILIAS));
    assert_eq!(protected(&case), [A, B]);
}

#[test]
fn protecting_again_extends_and_is_refused_when_nothing_is_new() {
    let once = || case().when(protect(&[A])).accepted();
    once().when(protect(&[A])).then_rejected(ALREADY_PROTECTED);
    once().when(protect(&[])).then_rejected(ALREADY_PROTECTED);
    assert_eq!(protected(&once().when(protect(&[B])).accepted()), [A, B]);
}

#[test]
fn what_is_unknown_is_refused() {
    let elsewhere = HouseholdId::from_uuid(Uuid::from_u128(0xBAD));
    case().when(protect(&[A, elsewhere])).then_rejected(HOUSEHOLD_UNKNOWN);
    for command in [
        ProtectionCommand::ProtectLocatingData { person: NOBODY, households: vec![], reason: text("Veilig") },
        ProtectionCommand::ProposeLifting { person: NOBODY, agreed: text("Mag") },
        ProtectionCommand::ConfirmLifting { person: NOBODY },
    ] {
        case().when(command).then_rejected(PERSON_UNKNOWN);
    }
}

#[test]
fn lifting_takes_two_workers_and_the_protected_person() {
    let once = || case().when(protect(&[A])).accepted();
    case().when(propose()).then_rejected(NOT_PROTECTED);
    case().when(confirm()).then_rejected(NOT_PROTECTED);
    once().when(confirm()).then_rejected(LIFTING_NOT_PROPOSED);
    let agreed = words(fresh(2), "Zegt dat het mag");
    let proposed =
        || once().when(propose()).then([ProtectionEvent::LiftingProposed { person: SAMIRA, agreed: agreed.clone() }]);
    assert!(proposed().state().protection.is_protected(SAMIRA), "a proposal lifts nothing");
    proposed().when(confirm()).then_rejected(SECOND_PERSON_NEEDED);
    proposed().by(JOOST, Role::Supporter).when(propose()).then_rejected(LIFTING_ALREADY_PROPOSED);
    proposed().by(NOOR, Role::CaseDirector).when(confirm()).then_rejected(SECOND_PERSON_NEEDED);
    let lifted = proposed().by(JOOST, Role::CaseDirector).when(confirm());
    let lifted = lifted.then([ProtectionEvent::ProtectionLifted { person: SAMIRA }]);
    assert!(!lifted.state().protection.is_protected(SAMIRA));
    assert!(protected(&lifted).is_empty());
    let lifted = lifted.when(protect(&[A])).accepted();
    lifted.when(confirm()).then_rejected(LIFTING_NOT_PROPOSED);
}

#[test]
fn who_acts_for_the_proposer_is_no_second_person() {
    let actor = |worker, behalf: Option<WorkerId>| crate::fact::Actor {
        on_behalf_of: behalf,
        ..crate::testing::actor(worker, Role::Supporter)
    };
    let same = |first, second| super::decide::check_second(&first, &second).is_err();
    assert!(same(actor(NOOR, None), actor(JOOST, Some(NOOR))));
    assert!(same(actor(JOOST, Some(NOOR)), actor(NOOR, None)));
    assert!(same(actor(JOOST, Some(NOOR)), actor(LAYLA, Some(NOOR))));
    assert!(!same(actor(NOOR, None), actor(JOOST, None)));
    assert!(!same(actor(NOOR, None), actor(JOOST, Some(LAYLA))));
}

#[test]
fn protecting_again_stands_against_a_proposal_to_stop() {
    let case = case().when(protect(&[A])).accepted().when(propose()).accepted();
    let case = case.when(protect(&[A])).accepted().by(JOOST, Role::CaseDirector);
    case.when(confirm()).then_rejected(LIFTING_NOT_PROPOSED);
}

#[test]
fn protection_is_never_back_dated() {
    case().on("2026-03-06").when_on("2026-03-05", protect(&[A])).then_rejected(BACKDATED);
    let case = case().on("2026-03-06").when(protect(&[A])).accepted().on("2026-03-08").when_on("2026-03-07", propose());
    let case = case.accepted().by(JOOST, Role::CaseDirector);
    case.when_on("2026-03-07", confirm()).then_rejected(BACKDATED);
}

#[test]
fn where_a_protected_person_lives_is_protected_too() {
    let lives = |household, from, until| HouseholdEvent::MembershipRecorded {
        household,
        person: SAMIRA,
        from: day(from),
        until: Some(day(until)),
    };
    let moves = [lives(A, "2026-03-02", "2026-03-31"), lives(B, "2026-04-01", "2026-12-31")];
    let case = case().recorded(moves.map(|event| Draft::of(event.into()))).when(protect(&[A])).accepted();
    let from = |at| protected_households_from(case.state(), day(at));
    assert_eq!(from("2026-03-02"), BTreeSet::from([A, B]), "where she went since must not show by looking back");
    assert_eq!(from("2026-04-01"), BTreeSet::from([A, B]));
    assert_eq!(
        from("2027-01-01"),
        BTreeSet::from([A, B]),
        "where she lived since stays covered until protection is lifted"
    );
}

/// A report is always taken (rule 0), so it is not what uncovers: a correction that does so is refused.
#[test]
fn a_report_that_somebody_protected_left_uncovers_nothing() {
    let lives = |household, person| HouseholdEvent::MembershipRecorded {
        household,
        person,
        from: day("2026-03-02"),
        until: None,
    };
    let together = [lives(A, SAMIRA), lives(A, ILIAS)].map(|event| Draft::of(event.into()));
    let case = case().recorded(together).on("2026-03-06").when(protect(&[])).accepted().on("2026-03-09");
    let left = |person, last_day| crate::households::HouseholdCommand::EndMembership {
        household: A,
        person,
        last_day: day(last_day),
    };
    let case = case.when(left(SAMIRA, "2026-03-03")).accepted().when(left(ILIAS, "2026-03-03")).accepted();
    let today = day("2026-03-09");
    assert_eq!(protected_households_from(case.state(), today), BTreeSet::from([A]));
    let leads = |case: &Given<Case>, event: &CaseEvent| Locating::on(case.history(), today).leads(event);
    assert!(leads(&case, &lives(A, SAMIRA).into()));
    assert!(leads(&case, &joined(vec![HELP]).into()), "about Ilias, who lived with her");
    let lifted = case.when(propose()).accepted().by(JOOST, Role::CaseDirector).when(confirm()).accepted();
    assert!(!leads(&lifted, &lives(A, SAMIRA).into()), "lifted, nothing is covered");
    let again = lifted.when(protect(&[])).accepted();
    assert!(
        !leads(&again, &lives(A, SAMIRA).into()),
        "where she no longer lives when protection begins leads to nobody"
    );
}

#[test]
fn where_somebody_protected_comes_to_live_later_is_covered_as_well() {
    let lives = |person, from| HouseholdEvent::MembershipRecorded {
        household: B,
        person,
        from: day(from),
        until: Some(day("2026-03-20")),
    };
    let case = case().when(protect(&[])).accepted().on("2026-03-09");
    let case =
        case.recorded([lives(SAMIRA, "2026-03-09"), lives(ILIAS, "2026-03-15")].map(|event| Draft::of(event.into())));
    let locating = Locating::on(case.history(), day("2026-05-01"));
    assert_eq!(locating.households(), &BTreeSet::from([B]));
    assert!(locating.leads(&joined(vec![HELP]).into()));
}

/// Protection takes two to lift: neither a wider audience nor striking out a narrower one may do it for one.
#[test]
fn who_may_know_where_somebody_protected_lives_is_never_widened_by_one() {
    let address = |household| HouseholdEvent::AddressRecorded {
        household,
        address: Personal::ordinary(Subject::Household(household), line("Dorpsstraat 1")),
        from: day("2026-03-02"),
        source: crate::people::Source::Register,
    };
    let change = |fact, audience| crate::life::LifeCommand::ChangeAudience {
        target: event_id(fact),
        audience,
        reason: text("Op verzoek"),
    };
    let addresses = [A, B].map(|household| Draft::of(address(household).into()).for_audience(Audience::Director));
    let case = || case().recorded(addresses.clone());
    let revision = |case: &Given<Case>, household| {
        let at = |fact: &&crate::fact::Fact<CaseEvent>| fact.event == address(household).into();
        case.history().facts().iter().find(at).unwrap().revision.number()
    };
    let (of_a, of_b) = (revision(&case(), A), revision(&case(), B));
    case().when(change(of_a, Audience::Case)).accepted();
    let guarded = || case().when(protect(&[A])).accepted();
    for audience in [Audience::Case, Audience::Author, Audience::Workers(vec![JOOST]), Audience::Persons(vec![SAMIRA])]
    {
        guarded().when(change(of_a, audience.clone())).then_rejected(crate::life::AUDIENCE_PROTECTED);
        guarded().when(change(of_b, audience)).accepted();
    }
    guarded().when(change(of_a, Audience::Director)).accepted();

    let wide =
        || case().when(change(of_a, Audience::Case)).accepted().when(change(of_a, Audience::Director)).accepted();
    let narrowed = event_id(wide().history().facts().last().unwrap().revision.number());
    let strike = || crate::correction::CorrectionCommand::StrikeOut { target: narrowed, reason: text("Vergissing") };
    wide().when(strike()).accepted();
    let wide = wide().when(protect(&[A])).accepted();
    wide.when(strike()).then_rejected(crate::correction::PROTECTION_WEAKENED);
}

fn joined(consents: Vec<crate::ids::ConsentId>) -> RegieEvent {
    RegieEvent::PartyJoined {
        worker: JOOST,
        organisation: organisation("jeugd-gooi"),
        expertise: None,
        specialist: false,
        expected_end: None,
        from: day("2026-03-02"),
        consents,
    }
}

/// `privacy.md` counts workers' names as locating "of parent *and* child", and "unmarked is locating".
#[test]
fn a_party_leads_to_the_protected_person_it_came_in_about() {
    let lives = |household, person| HouseholdEvent::MembershipRecorded {
        household,
        person,
        from: day("2026-03-02"),
        until: None,
    };
    let leads =
        |case: &Given<Case>, consents| Locating::on(case.history(), day("2026-03-02")).leads(&joined(consents).into());
    assert!(!leads(&case(), vec![]), "nobody is protected");
    let guarded = apart().when(protect(&[])).accepted();
    assert!(!leads(&guarded, vec![HELP]), "about Ilias, who is not protected and lives elsewhere");
    assert!(leads(&guarded, vec![]), "nobody can say about whom");
    assert!(leads(&guarded, vec![HELP, crate::ids::ConsentId::from_uuid(Uuid::from_u128(0xBAD))]), "nor here");
    let both = apart().recorded([Draft::of(lives(A, ILIAS).into())]).when(protect(&[])).accepted();
    assert!(leads(&both, vec![HELP]), "Ilias lives with her as well");
    let named = apart().when(protect(&[B])).accepted();
    assert!(leads(&named, vec![HELP]), "Ilias lives where she could be found");
    let protect = ProtectionCommand::ProtectLocatingData { person: ILIAS, households: vec![], reason: text("Ook hij") };
    assert!(leads(&case().when(protect).accepted(), vec![HELP]));
}

/// What a party says or does later leads where its coming in does; who it was may not show by who agreed to a director either.
#[test]
fn what_a_party_does_later_leads_as_its_coming_in() {
    let left = |worker| RegieEvent::PartyLeft { worker, last_day: day("2026-03-05"), reason: None };
    let assigned = |worker| RegieEvent::DirectorAssigned {
        director: LAYLA,
        organisation: organisation("gemeente-huizen"),
        tasks: vec![],
        agreed: vec![crate::regie::Agreed::Worker(worker)],
        from: day("2026-03-05"),
    };
    let came = |consents| case().recorded([Draft::of(joined(consents).into())]).when(protect(&[])).accepted();
    let (about_her, about_him) = (came(vec![]), came(vec![HELP]));
    let locating = |case: &Given<Case>, event: RegieEvent| {
        let locating = Locating::on(case.history(), day("2026-03-05"));
        let event = CaseEvent::from(event);
        (locating.leads(&event), locating.workers_lead(&event))
    };
    assert_eq!(locating(&about_her, left(JOOST)), (true, true));
    assert_eq!(locating(&about_him, left(JOOST)), (false, false));
    assert_eq!(locating(&about_him, left(LAYLA)), (true, true), "nobody can say about whom she came in");
    assert_eq!(locating(&about_her, assigned(JOOST)), (false, true));
    assert_eq!(locating(&about_him, assigned(JOOST)), (false, false));
    assert_eq!(locating(&about_her, assigned(NOOR)), (false, false));
}

/// Samira and Ilias each in a home of their own, and Samira must not be found.
fn apart() -> Given<Case> {
    let lives = |household, person| HouseholdEvent::MembershipRecorded {
        household,
        person,
        from: day("2026-03-02"),
        until: None,
    };
    case().recorded([lives(A, SAMIRA), lives(B, ILIAS)].map(|event| Draft::of(event.into())))
}

/// What nobody marked as safe to share is locating (`privacy.md`), whomever the fact is about: a yes about a child says where its mother
/// went as well as anything. The fact itself stays, and so does what those read who work with her.
#[test]
fn what_somebody_wrote_leads_while_anybody_is_protected() {
    use crate::divorce::{SplitGround, TopologyEvent};
    use crate::life::{LifeEvent, Outcome};

    let said = |record| words(fresh(record), "Zij zit in Almere");
    let written: Vec<CaseEvent> = vec![
        LifeEvent::CaseClosed { outcome: Outcome::Reassured, explanation: Some(said(91)) }.into(),
        LifeEvent::CaseReopened { reason: said(92) }.into(),
        RegieEvent::DeputyAppointed {
            deputy: LAYLA,
            organisation: organisation("jeugd-gooi"),
            from: day("2026-03-05"),
            until: day("2026-03-09"),
            reason: said(93),
        }
        .into(),
        RegieEvent::RegieHandedBack { tasks: vec![], to: ILIAS, agreement: Some(said(94)), from: day("2026-03-05") }
            .into(),
        RegieEvent::DirectorEnded { director: LAYLA, last_day: day("2026-03-05"), reason: said(95) }.into(),
        joined(vec![HELP]).into(),
        TopologyEvent::PlanSplitPerHousehold {
            ground: SplitGround::BothWish,
            reason: said(96),
            households: vec![A, B],
            wishes: vec![],
            assignment: vec![],
            review: None,
        }
        .into(),
    ];
    let leads = |locating: &Locating<'_>, event: &CaseEvent| (locating.leads(event), locating.words_lead(event));
    let of_opening = |event: &CaseEvent| matches!(event, CaseEvent::Life(_) | CaseEvent::Consent(_));
    let (free, guarded) = (apart(), apart().when(protect(&[A])).accepted());
    let told = guarded.history().facts().iter().map(|fact| &fact.event).filter(|event| of_opening(event));
    let (today, quiet) = (day("2026-03-05"), Locating::on(free.history(), day("2026-03-05")));
    let locating = Locating::on(guarded.history(), today);
    let at_home = locating.beyond(A, today);
    let elsewhere = locating.beyond(B, today);
    assert!(locating.explanation_leads() && !quiet.explanation_leads() && !at_home.explanation_leads());
    for event in told.chain(&written) {
        assert_eq!(leads(&quiet, event), (false, false), "nobody is protected: {event:?}");
        assert_eq!(leads(&locating, event), (false, true), "{event:?}");
        assert_eq!(leads(&elsewhere, event), (false, true), "for who works where she does not live: {event:?}");
        assert_eq!(leads(&at_home, event), (false, false), "for who works where she lives: {event:?}");
    }
    // Who is asked to direct has read the summary before they answer; it is told to them on purpose, and to nobody else.
    let offered = RegieEvent::HandoverOffered {
        handover: crate::ids::HandoverId::from_uuid(fresh(97)),
        successor: LAYLA,
        organisation: organisation("jeugd-gooi"),
        planned: day("2026-03-09"),
        reason: said(98),
        summary: said(99),
        open_tasks: vec![],
    };
    assert_eq!(leads(&locating, &offered.into()), (false, false));
}

/// A no says who speaks for somebody as a yes does; and what somebody protected says about a child that lives elsewhere names them too.
#[test]
fn who_a_consent_names_leads_to_who_gave_it_and_to_whom_they_work_for() {
    use crate::consent::{ConsentEvent, ConsentKind, Evidence, Standing};

    let consent = crate::ids::ConsentId::from_uuid(fresh(90));
    let no = |giver, subject| -> CaseEvent {
        let (kind, by) = (ConsentKind::Joining, Some(JOOST));
        ConsentEvent::ConsentRefused { consent, giver, subject, kind, reason: None, by, standing: None }.into()
    };
    let yes = |giver, subject, recipients: &[WorkerId], by| -> CaseEvent {
        ConsentEvent::ConsentGranted {
            consent,
            giver,
            standing: Standing::Parent,
            subject,
            kind: ConsentKind::Joining,
            purpose: None,
            categories: vec![],
            recipients: recipients.to_vec(),
            from: day("2026-03-05"),
            until: None,
            explained: None,
            evidence: Evidence::Spoken,
            by,
        }
        .into()
    };
    let asked = |giver, subject| -> CaseEvent {
        ConsentEvent::ConsentAsked {
            giver,
            subject,
            kind: ConsentKind::Joining,
            purpose: None,
            categories: vec![],
            recipients: vec![JOOST],
            explained: None,
            answer_by: None,
        }
        .into()
    };
    let leads =
        |given: &Given<Case>, event: &CaseEvent| Locating::on(given.history(), day("2026-03-05")).workers_lead(event);
    let hers = [
        no(SAMIRA, SAMIRA),
        no(SAMIRA, ILIAS),
        yes(SAMIRA, ILIAS, &[JOOST], None),
        yes(ILIAS, SAMIRA, &[JOOST], None),
        asked(SAMIRA, ILIAS),
    ];
    let his =
        [no(ILIAS, ILIAS), yes(ILIAS, ILIAS, &[JOOST], None), yes(ILIAS, ILIAS, &[], Some(JOOST)), asked(ILIAS, ILIAS)];
    let guarded = apart().when(protect(&[A])).accepted();
    for event in &hers {
        assert!(!leads(&apart(), event), "nobody is protected: {event:?}");
        assert!(leads(&guarded, event), "{event:?}");
    }
    assert!(his.iter().all(|event| !leads(&guarded, event)), "who works for nobody hidden");
    // Nobody can say about whom Joost came in.
    let came = apart().recorded([Draft::of(joined(vec![]).into())]).when(protect(&[A])).accepted();
    for event in &his {
        assert!(leads(&came, event), "who works for her: {event:?}");
    }
}

/// The reason of a correction, or of another audience, says what the fact did: where somebody is, or where instead.
#[test]
fn what_is_said_of_a_fact_leads_where_the_fact_does() {
    use crate::correction::CorrectionCommand::StrikeOut;
    let lives = |household, person, until| HouseholdEvent::MembershipRecorded {
        household,
        person,
        from: day("2026-03-02"),
        until,
    };
    let told = |target| crate::life::LifeCommand::ChangeAudience {
        target,
        audience: Audience::Case,
        reason: text("Noor ging mee naar Almere"),
    };
    let strike = |target| StrikeOut { target, reason: text("Niet bij oma maar in de opvang in Almere") };
    let last = |case: &Given<Case>| case.history().facts().last().unwrap().id;
    let wider = |case: Given<Case>| {
        let target = last(&case);
        let seen = case.history().fact(target).unwrap().event.clone();
        let locating = Locating::on(case.history(), day("2026-03-04"));
        assert!(locating.leads(&seen) && locating.concerns(&seen), "{seen:?}");
        case.when(told(target)).then_rejected(crate::life::AUDIENCE_PROTECTED);
    };
    let narrow = |event: HouseholdEvent| Draft::of(event.into()).for_audience(Audience::Director);

    // Struck out while she is protected: Ilias's stay in her household.
    let home = || case().recorded([narrow(lives(A, SAMIRA, None)), narrow(lives(A, ILIAS, None))]);
    let guarded = || home().when(protect(&[])).accepted();
    let of_ilias = last(&home());
    wider(guarded().when(strike(of_ilias)).accepted());
    // Struck out before she was, so that no household is protected: her own stay.
    let before = || home().when(strike(event_id(last_but_one(&home())))).accepted();
    let struck = last(&before());
    let guarded_later = before().when(protect(&[])).accepted();
    let locating = Locating::on(guarded_later.history(), day("2026-03-04"));
    let reason = &guarded_later.history().fact(struck).unwrap().event;
    assert!(locating.leads(reason) && locating.concerns(reason));
    assert!(locating.households().is_empty());
    // The correction of that correction, and another audience.
    let twice = guarded().when(strike(of_ilias)).accepted();
    let first = last(&twice);
    wider(twice.when(strike(first)).accepted());
    let audience = crate::life::LifeCommand::ChangeAudience {
        target: of_ilias,
        audience: Audience::Director,
        reason: text("Zij zit in Almere"),
    };
    wider(guarded().when(audience).accepted());
    // What is said of anything else leads to nobody.
    let name = home().when(protect(&[])).accepted().when(strike(event_id(4))).accepted();
    let said = &name.history().facts().last().unwrap().event;
    assert!(!Locating::on(name.history(), day("2026-03-04")).leads(said));
}

/// The revision of the last fact but one.
fn last_but_one(case: &Given<Case>) -> u64 {
    case.history().facts().last().unwrap().revision.number() - 1
}

/// An address that is told after the label may show that the label gives the place away: it is taken and marked, so it must be hidden.
#[test]
fn a_label_that_gives_a_protected_address_away_leads_to_it() {
    let owner = Subject::Household(A);
    let relabelled =
        |label| HouseholdEvent::HouseholdRelabelled { household: A, label: Personal::ordinary(owner, line(label)) };
    let lives = |address, from| HouseholdEvent::AddressRecorded {
        household: A,
        address: Personal::ordinary(owner, line(address)),
        from: day(from),
        source: crate::people::Source::Register,
    };
    let told = [
        relabelled("bij oma Blaricum"),
        lives("Dorpsstraat 1 Blaricum", "2026-03-02"),
        lives("Dorpsstraat 1 Almere", "2026-03-04"),
        relabelled("bij oma"),
    ];
    let case = || case().recorded(told.clone().map(|event| Draft::of(event.into())));
    let leads = |case: &Given<Case>, event: HouseholdEvent| {
        Locating::on(case.history(), day("2026-03-06")).leads(&event.into())
    };
    assert!(!leads(&case(), relabelled("bij oma Blaricum")), "nobody is protected");
    let guarded = case().when(protect(&[A])).accepted();
    assert!(leads(&guarded, relabelled("bij oma Blaricum")), "also once it has another label and moved");
    assert!(leads(&guarded, relabelled("bij Almere")));
    assert!(!leads(&guarded, relabelled("bij oma")));
    let formed = |household, label| HouseholdEvent::HouseholdFormed {
        household,
        label: Personal::ordinary(owner, line(label)),
        from: day("2026-03-02"),
    };
    assert!(leads(&guarded, formed(A, "huis dorpsstraat")));
    assert!(!leads(&guarded, formed(B, "huis dorpsstraat")), "a household that is not protected");
    let elsewhere = case().when(protect(&[B])).accepted();
    assert!(!leads(&elsewhere, relabelled("bij oma Blaricum")));
}

#[test]
fn nothing_in_clear_tells_what_happened() {
    let case = case().when(protect(&[A])).accepted().when(propose()).accepted().by(JOOST, Role::CaseDirector);
    let case = case.when(confirm()).accepted();
    let mut seen = 0;
    for fact in case.history().facts() {
        let CaseEvent::Protection(event) = &fact.event else { continue };
        seen += 1;
        let info = event.info();
        assert_eq!((info.outer, info.audience), (NEUTRAL, "director"));
        assert_eq!(event.subjects(), [Subject::Person(SAMIRA)]);
        let payload = crate::personal::codec_scope(|| crate::decider::payload_of(event)).unwrap();
        let mut written: Vec<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
        let mut listed: Vec<_> = info.fields.iter().map(|field| field.name).collect();
        written.sort_unstable();
        listed.sort_unstable();
        assert_eq!(written, listed);
    }
    assert_eq!(seen, 3);
    let mut state = CaseState::default();
    case.history().facts().iter().for_each(|fact| Case::apply(&mut state, fact));
    assert_eq!(state, *case.state());
}

#[test]
fn a_change_of_the_past_that_weakens_protection_is_noticed() {
    let state = |case: Given<Case>| case.state().protection.clone();
    let none = state(case());
    let one = state(case().when(protect(&[A])).accepted());
    let two = state(case().when(protect(&[A, B])).accepted());
    let proposed = state(case().when(protect(&[A])).accepted().when(propose()).accepted());
    for (before, after, weaker) in [
        (&none, &one, false),
        (&one, &two, false),
        (&proposed, &one, false),
        (&one, &one, false),
        (&one, &none, true),
        (&two, &one, true),
        (&one, &proposed, true),
    ] {
        assert_eq!(is_weakened(before, after), weaker);
    }
}

/// Whoever works for all who live in a household may find them there, and nobody else who is protected.
#[test]
fn what_leads_to_one_household_alone_is_told_from_what_leads_elsewhere() {
    let today = day("2026-05-01");
    let lives = |household, person, until: Option<&str>| HouseholdEvent::MembershipRecorded {
        household,
        person,
        from: day("2026-03-02"),
        until: until.map(day),
    };
    let homes = |left: Option<&str>| {
        let stays = [lives(A, SAMIRA, left), lives(A, ILIAS, None), lives(B, ILIAS, None)];
        case().recorded(stays.map(|event| Draft::of(event.into())))
    };
    let guarded = |case: Given<Case>, person, households: &[HouseholdId]| {
        let protect = ProtectionCommand::ProtectLocatingData {
            person,
            households: households.to_vec(),
            reason: text("Voelt zich niet veilig"),
        };
        case.when(protect).accepted()
    };
    // Whether somebody who lives elsewhere is led to, by who lives in each: seen from A, and from B.
    let leads = |case: &Given<Case>, household| {
        let event = lives(household, ILIAS, None).into();
        let all = Locating::on(case.history(), today);
        assert!(all.leads(&event), "it locates");
        [A, B].map(|home| all.beyond(home, today).leads(&event))
    };
    for named in [&[A][..], &[]] {
        assert_eq!(leads(&guarded(homes(None), SAMIRA, named), A), [false, true], "she lives in A alone");
    }
    assert_eq!(leads(&guarded(homes(None), ILIAS, &[A]), A), [false, true], "he is protected against B");
    assert_eq!(leads(&guarded(homes(None), ILIAS, &[]), A), [true, true], "nobody said against which");
    let both = guarded(guarded(homes(None), SAMIRA, &[A]), ILIAS, &[B]);
    assert_eq!(
        (leads(&both, A), leads(&both, B)),
        ([true, true], [true, false]),
        "he is in A too, protected against it"
    );
    let left = guarded(homes(Some("2026-04-30")), SAMIRA, &[A]);
    assert_eq!(leads(&left, A), [true, true], "by what is known today she lives in A no more");
}
