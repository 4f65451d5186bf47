use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::consent::{ConsentKind, Evidence, WhoIs};
use crate::decider::everybody;
use crate::divorce::episode::{EpisodeCommand, EpisodeStep};
use crate::divorce::{
    BarrierKind, CoordinatorCommand, DonsCommand, DonsConversationKind, NewDonsConversation, NewSatAdvice, SatCommand,
    SatEnd, SatScope, SplitGround, TopologyCommand,
};
use crate::ids::{AdviceId, EventId, HandoverId, HouseholdId, ReviewId, ShareId, TrajectoryId, WorkerId};
use crate::life::{LegalFramework, OpeningGround, Outcome};
use crate::people::FamilyRole;
use crate::signal::PlaceKind;
use crate::testing::*;

const NOBODY: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));
const HANNA: PersonId = PersonId::from_uuid(Uuid::from_u128(0x71));

fn state(names: &[(PersonId, &str)]) -> CaseState {
    let people = names.iter().map(|(id, called)| ("2026-03-02", person(*id, called, None, FamilyRole::Parent)));
    given(people.collect::<Vec<_>>()).state().clone()
}

fn saying(words: &str, mentions: &[PersonId]) -> Order<CaseCommand> {
    let command = LifeCommand::ReopenCase { reason: text(words) };
    Order { mentions: mentions.to_vec(), ..Order::now(command.into()) }
}

fn found(names: &[(PersonId, &str)], words: &str) -> Vec<PersonId> {
    found_in(&state(names), words)
}

fn found_in(state: &CaseState, words: &str) -> Vec<PersonId> {
    match check(state, &saying(words, &[]), &everybody) {
        Ok(()) => Vec::new(),
        Err(refusal) => {
            assert_eq!(refusal.code, NAMES_IN_TEXT);
            let ids = state.people.iter().map(|person| person.id);
            ids.filter(|id| format!("{:?}", refusal.details).contains(&id.to_string())).collect()
        }
    }
}

/// Whoever may not know of somebody hears the same of that name as of one that is nowhere; each name is judged by itself.
#[test]
fn a_name_that_the_writer_may_not_know_is_a_word_like_another() {
    let state = state(&[(SAMIRA, "Samira"), (HANNA, "Karel")]);
    let answer = |words: &str, known: &dyn Fn(PersonId, &Name) -> bool| {
        check(&state, &saying(words, &[]), known).map_err(|refusal| (refusal.code, refusal.details))
    };
    let only_samira = |person: PersonId, _: &Name| person == SAMIRA;
    assert_eq!(answer("Karel belde", &only_samira), answer("Quirijn belde", &only_samira));
    assert_eq!(answer("Karel belde", &only_samira), Ok(()));
    let both = answer("Karel en Samira belden", &only_samira).unwrap_err();
    assert_eq!(both, (NAMES_IN_TEXT, vec![("persons", Detail::ids([SAMIRA]))]));
    let by_another_name = |_: PersonId, name: &Name| name.as_str() != "Karel";
    assert_eq!(answer("Karel belde", &by_another_name), Ok(()));
}

#[test]
fn a_name_in_a_text_is_found_however_it_is_written() {
    let zoe = &[(SAMIRA, "Zoë van der Bérg"), (ILIAS, "Bo"), (HANNA, "Anne-Marie O'Neil")];
    for words in ["zoe", "ZOË", "Zoe\u{308}", "Zo\u{AD}ë", "met Zoë's tas", "Zoës tas", "'Berg'", "Zoë2", "(zoë)"]
    {
        assert_eq!(found(zoe, words), [SAMIRA], "{words}");
    }
    for words in ["anne kwam", "de tas van Marie", "mevrouw o'neil"] {
        assert_eq!(found(zoe, words), [HANNA], "{words}");
    }
    assert_eq!(found(zoe, "Zoë en Anne"), [SAMIRA, HANNA]);
    assert_eq!(found(zoe, "Bo komt"), [ILIAS], "a name without longer words counts as it is written");
    for words in ["de bergen", "van der", "op de bodem", "zo", "bo", "annemieke"] {
        assert_eq!(found(zoe, words), [], "{words}");
    }
}

#[test]
fn a_mention_or_a_reference_makes_it_sayable() {
    let state = state(&[(SAMIRA, "Samira"), (ILIAS, "Ilias")]);
    let allowed = |words: &str, mentions: &[PersonId]| check(&state, &saying(words, mentions), &everybody);
    allowed("Samira belt", &[SAMIRA]).unwrap();
    allowed(&format!("{{person:{SAMIRA}}} belt {{person:{ILIAS}}}"), &[]).unwrap();
    assert_eq!(allowed("Samira belt", &[ILIAS]).unwrap_err().code, NAMES_IN_TEXT);
    let both = format!("{{person:{SAMIRA}}} belt: Samira");
    assert_eq!(allowed(&both, &[]).unwrap_err().code, NAMES_IN_TEXT, "a reference excuses no name elsewhere");
}

#[test]
fn a_mention_or_a_reference_leads_to_somebody_of_the_case() {
    let state = state(&[(SAMIRA, "Samira")]);
    let refused =
        |words: &str, mentions: &[PersonId]| check(&state, &saying(words, mentions), &everybody).unwrap_err().code;
    assert_eq!(refused("Rust", &[NOBODY]), PERSON_UNKNOWN);
    assert_eq!(refused(&format!("{{person:{NOBODY}}}"), &[]), PERSON_UNKNOWN);
    assert_eq!(refused("{person:x} belt", &[]), PERSON_UNKNOWN);
    assert_eq!(refused("open {person:", &[]), PERSON_UNKNOWN);
}

#[test]
fn the_id_in_a_reference_is_no_word() {
    let cafe = PersonId::from_uuid(Uuid::from_u128(0xCAFE << 64));
    check(&state(&[(cafe, "Cafe")]), &saying(&format!("{{person:{cafe}}}"), &[]), &everybody).unwrap();
}

#[test]
fn a_former_name_counts_and_an_erased_one_cannot() {
    let renamed = crate::people::PeopleCommand::RenamePerson { person: SAMIRA, name: name("Hanna"), from: None };
    let case = given(opened()).when(renamed).accepted();
    for words in ["Samira", "Hanna"] {
        assert_eq!(check(case.state(), &saying(words, &[]), &everybody).unwrap_err().code, NAMES_IN_TEXT);
    }
}

#[test]
fn what_is_no_free_text_is_free() {
    let state = state(&[(SAMIRA, "Samira Linde")]);
    let label = HouseholdCommand::FormHousehold { label: line("bij Samira"), from: day("2026-03-02"), members: vec![] };
    check(&state, &Order::now(label.into()), &everybody).unwrap();
    let added =
        PeopleCommand::AddPerson { name: name("Hanna Linde"), birth_date: None, role: FamilyRole::Carer, from: None };
    check(&state, &Order::now(added.into()), &everybody).unwrap();
}

fn new_consent() -> NewConsent {
    NewConsent {
        giver: WhoIs::Person(SAMIRA),
        subject: WhoIs::Person(ILIAS),
        kind: ConsentKind::Help,
        purpose: Some(line("A")),
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: Some(text("B")),
        evidence: Evidence::Spoken,
    }
}

fn signal(topic: &str) -> LinkedSignal {
    LinkedSignal {
        signal: crate::ids::SignalId::from_uuid(Uuid::nil()),
        topic: text(topic),
        place: PlaceKind::School,
        raised_at: day("2026-03-01").at(9, 0),
    }
}

fn open_case(question: &str, topic: &str) -> LifeCommand {
    let called = |key: &str, called: &str| NewPerson {
        key: key.to_owned(),
        name: name(called),
        birth_date: None,
        role: FamilyRole::Parent,
    };
    LifeCommand::OpenCase {
        municipality: organisation("gemeente-huizen"),
        framework: LegalFramework::Voluntary,
        ground: OpeningGround::HelpConsent,
        question: text(question),
        signal: Some(signal(topic)),
        people: vec![called("mother", "Samira"), called("son", "Ilias")],
        authority: Vec::new(),
        consents: vec![new_consent()],
    }
}

#[test]
fn opening_a_case_names_nobody_of_its_own_people() {
    let opening =
        |question, topic| check(&CaseState::default(), &Order::now(open_case(question, topic).into()), &everybody);
    opening("Rust in huis", "Zorg om thuis").unwrap();
    for (question, topic, places) in [
        ("Ilias slaapt slecht", "Zorg", vec![2]),
        ("Rust", "Samira belde", vec![1]),
        ("Samira en Ilias", "Zorg", vec![1, 2]),
    ] {
        let refusal = opening(question, topic).unwrap_err();
        let places = Detail::List(places.into_iter().map(Detail::Number).collect());
        assert_eq!((refusal.code, refusal.details), (NAMES_IN_TEXT, vec![("people", places)]));
    }
    let mentioned = Order { mentions: vec![SAMIRA], ..Order::now(open_case("Rust", "Zorg").into()) };
    assert_eq!(check(&CaseState::default(), &mentioned, &everybody).unwrap_err().code, PERSON_UNKNOWN);
}

fn report(party: NewParty, why: &str) -> RegieCommand {
    RegieCommand::ReportPartyJoined { party, last_day: None, explanation: Some(text(why)) }
}

#[test]
fn every_free_text_of_every_command_is_read() {
    let target = EventId::from_uuid(Uuid::nil());
    let handover = HandoverId::from_uuid(Uuid::nil());
    let worker = WorkerId::from_uuid(Uuid::nil());
    let organisation = organisation("gemeente-huizen");
    let on = day("2026-03-02");
    let party = || NewParty {
        worker,
        organisation: organisation.clone(),
        expertise: Some(line("A")),
        specialist: false,
        expected_end: None,
        from: None,
        consents: Vec::new(),
    };
    let (a, some_a) = (text("A"), Some(text("A")));
    let table: Vec<(CaseCommand, &[&str])> = vec![
        (open_case("Q", "T").into(), &["Q", "T", "A", "B"]),
        (LifeCommand::LinkSignal { signal: signal("T") }.into(), &["T"]),
        (LifeCommand::CloseCase { outcome: Outcome::Moved, explanation: some_a.clone() }.into(), &["A"]),
        (LifeCommand::ReportDeparture { rule: "x".to_owned(), what: a.clone(), persons: vec![] }.into(), &["A"]),
        (
            LifeCommand::ChangeAudience { target, audience: crate::fact::Audience::Case, reason: a.clone() }.into(),
            &["A"],
        ),
        (ConsentCommand::GrantConsent(new_consent()).into(), &["A", "B"]),
        (ConsentCommand::WithdrawConsent { consent: HELP, reason: some_a.clone() }.into(), &["A"]),
        (ConsentCommand::ConfirmWithdrawalNotice { notice: crate::ids::NoticeId::from_uuid(Uuid::nil()) }.into(), &[]),
        (
            ProtectionCommand::ProtectLocatingData { person: SAMIRA, households: vec![], reason: a.clone() }.into(),
            &["A"],
        ),
        (ProtectionCommand::ProposeLifting { person: SAMIRA, agreed: a.clone() }.into(), &["A"]),
        (ProtectionCommand::ConfirmLifting { person: SAMIRA }.into(), &[]),
        (RegieCommand::JoinParty(party()).into(), &["A"]),
        (report(party(), "B").into(), &["A", "B"]),
        (RegieCommand::LeaveParty { worker, last_day: None, reason: some_a.clone() }.into(), &["A"]),
        (RegieCommand::StateContribution { worker, can: a.clone(), cannot: text("B") }.into(), &["A", "B"]),
        (
            RegieCommand::OfferHandover {
                successor: worker,
                organisation: organisation.clone(),
                planned: on,
                reason: a.clone(),
                summary: text("B"),
                open_tasks: vec![line("C"), line("D")],
            }
            .into(),
            &["A", "B", "C", "D"],
        ),
        (
            RegieCommand::RecordFamilyWord {
                handover,
                person: SAMIRA,
                agrees: true,
                words: some_a.clone(),
                told_day: on,
            }
            .into(),
            &["A"],
        ),
        (RegieCommand::EndHandover { handover, reason: some_a.clone() }.into(), &["A"]),
        (
            RegieCommand::AppointDeputy {
                deputy: worker,
                organisation: organisation.clone(),
                from: None,
                until: on,
                reason: a.clone(),
            }
            .into(),
            &["A"],
        ),
        (RegieCommand::EndDirectorship { last_day: None, reason: a.clone() }.into(), &["A"]),
        (RegieCommand::HandBackRegie { tasks: vec![], to: SAMIRA, agreement: some_a }.into(), &["A"]),
        (CorrectionCommand::StrikeOut { target, reason: a.clone() }.into(), &["A"]),
        (
            CorrectionCommand::Correct {
                target,
                reason: a.clone(),
                occurred: None,
                content: CorrectedContent::Words(text("B")),
            }
            .into(),
            &["A", "B"],
        ),
        (
            CorrectionCommand::Correct {
                target,
                reason: a,
                occurred: None,
                content: CorrectedContent::Name(name("Samira")),
            }
            .into(),
            &["A"],
        ),
    ];
    for (command, expected) in table {
        assert_eq!(texts(&command), expected, "{command:?}");
    }
}

#[test]
fn every_free_text_of_the_divorce_and_of_sharing_is_read() {
    let household = HouseholdId::from_uuid(Uuid::nil());
    let (review, trajectory) = (ReviewId::from_uuid(Uuid::nil()), TrajectoryId::from_uuid(Uuid::nil()));
    let (share, worker) = (ShareId::from_uuid(Uuid::nil()), WorkerId::from_uuid(Uuid::nil()));
    let advice = AdviceId::from_uuid(Uuid::nil());
    let (a, b) = (text("A"), text("B"));
    let table: Vec<(CaseCommand, &[&str])> = vec![
        (
            TopologyCommand::SplitPlanPerHousehold {
                assignment: Vec::new(),
                review: None,
                ground: SplitGround::Safety,
                reason: a.clone(),
                households: vec![],
                wishes: vec![],
            }
            .into(),
            &["A"],
        ),
        (
            CoordinatorCommand::EndPlanCoordinator { household, worker, last_day: None, reason: a.clone() }.into(),
            &["A"],
        ),
        (
            SatCommand::RequestSat { team: organisation("sat-vecht"), question: a.clone(), scope: SatScope::Anonymous }
                .into(),
            &["A"],
        ),
        (SatCommand::AcceptSat { review }.into(), &[]),
        (SatCommand::EndSat { review, reason: SatEnd::Answered, explanation: Some(a.clone()) }.into(), &["A"]),
        (DonsCommand::EndDons { trajectory, last_day: None, reason: a.clone() }.into(), &["A"]),
        (SatCommand::SayNotMe { review, reason: Some(a.clone()) }.into(), &["A"]),
        (SatCommand::AnswerSatAdvice { review, advice, follows: true, reason: Some(a.clone()) }.into(), &["A"]),
        (SatCommand::EndSatMode { review, last_day: None, reason: Some(a.clone()) }.into(), &["A"]),
        (
            SatCommand::GiveSatAdvice(Box::new(NewSatAdvice {
                review,
                position: None,
                recommended: None,
                conditions: vec![b.clone()],
                words: a.clone(),
            }))
            .into(),
            &["B", "A"],
        ),
        (
            DonsCommand::RecordDonsConversation(Box::new(NewDonsConversation {
                trajectory,
                kind: DonsConversationKind::FourWay,
                present: vec![],
                apart: false,
                representatives: vec![],
                minutes: 0,
                preparation: 0,
                topics: vec![line("B")],
                sub_goals: vec![],
                words: Some(a.clone()),
                explanation: Some(b.clone()),
            }))
            .into(),
            &["B", "A", "B"],
        ),
        (
            DonsCommand::DraftParentGoal { trajectory, parents: vec![], conversation: None, words: a.clone() }.into(),
            &["A"],
        ),
        (
            DonsCommand::OpenBarrier { kind: BarrierKind::Language, persons: vec![], words: Some(a.clone()) }.into(),
            &["A"],
        ),
        (
            DonsCommand::CompleteDons {
                trajectory,
                last_day: None,
                communication: Some(a.clone()),
                contact: None,
                agreements: Some(b.clone()),
            }
            .into(),
            &["A", "B"],
        ),
        (crate::sharing::tests::offer(&[], &[]).into(), &["hoe de week verloopt, om in de klas rust te houden"]),
        (EpisodeCommand::TakeDivorceStep { step: EpisodeStep::Closed, words: a.clone() }.into(), &["A"]),
        (SharingCommand::WithdrawShare { share, reason: a }.into(), &["A"]),
    ];
    for (command, expected) in table {
        assert_eq!(texts(&command), expected, "{command:?}");
    }
}

#[test]
fn the_rule_holds_for_an_order_as_a_whole() {
    let protect = |words: &str| ProtectionCommand::ProtectLocatingData {
        person: SAMIRA,
        households: Vec::new(),
        reason: text(words),
    };
    given(opened()).when(protect("Samira is bang")).then_rejected(NAMES_IN_TEXT);
    let order = Order { mentions: vec![SAMIRA], ..Order::now(protect("Samira is bang").into()) };
    given(opened()).when_ordered(order).accepted();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn an_exact_whole_word_name_is_never_missed(
        name in "[\\p{L}]{3,12}",
        before in "[^{\\p{L}\\p{M}\\p{C}]{0,8}",
        after in "[^{\\p{L}\\p{M}\\p{C}]{0,8}",
        around in "([a-z]{1,9} ){0,3}",
    ) {
        let words = format!("{around}{before} {name} {after}{around}");
        prop_assume!(!is_particle(&name.to_lowercase()) && Text::new(&words).is_ok());
        let state = state(&[(SAMIRA, &name)]);
        prop_assert_eq!(found_in(&state, &words), [SAMIRA]);
        prop_assert_eq!(found_in(&state, &words.to_uppercase()), [SAMIRA]);
    }

    #[test]
    fn other_words_are_free(words in "([b-m]{1,9} ){1,9}x") {
        prop_assert_eq!(found(&[(SAMIRA, "Nora van den Pot")], &words), []);
    }
}
