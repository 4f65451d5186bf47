use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use uuid::Uuid;

use super::*;
use crate::case::{Case, CaseEvent};
use crate::consent::{ConsentEvent, ConsentKind};
use crate::correction::{CorrectionEvent, Replacement};
use crate::divorce::{CoordinatorEvent, DivorceEvent, SatEvent};
use crate::fact::{Audience, Draft, Fact, Role};
use crate::households::HouseholdEvent;
use crate::ids::{ConsentId, EventId, ReviewId, Subject, WorkerId};
use crate::life::LifeEvent;
use crate::people::{Authority, FamilyRole, PeopleEvent, Source};
use crate::personal::Personal;
use crate::protection::ProtectionEvent;
use crate::regie::{Agreed, RegieEvent};
use crate::testing::*;

const ROBERT: PersonId = PersonId::from_uuid(Uuid::from_u128(3));
const STEPMOTHER: PersonId = PersonId::from_uuid(Uuid::from_u128(4));
const PETRA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x14));
const OWN_HELP: ConsentId = ConsentId::from_uuid(Uuid::from_u128(0x22));
const A: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xA));
const B: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xB));

fn layers(of: impl IntoIterator<Item = Layer>) -> Layers {
    Layers::of(of)
}

fn joined(worker: WorkerId, consents: &[ConsentId]) -> CaseEvent {
    let consents = consents.to_vec();
    let from = day("2026-03-02");
    RegieEvent::PartyJoined {
        worker,
        organisation: organisation("zorg-vecht"),
        expertise: None,
        specialist: false,
        expected_end: None,
        from,
        consents,
    }
    .into()
}

fn left(worker: WorkerId) -> CaseEvent {
    RegieEvent::PartyLeft { worker, last_day: day("2026-03-05"), reason: None }.into()
}

fn lives(household: HouseholdId, person: PersonId) -> CaseEvent {
    HouseholdEvent::MembershipRecorded { household, person, from: day("2026-03-02"), until: None }.into()
}

fn formed(household: HouseholdId) -> CaseEvent {
    let label = Personal::ordinary(Subject::Household(household), line("huishouden"));
    HouseholdEvent::HouseholdFormed { household, label, from: day("2026-03-02") }.into()
}

fn address(household: HouseholdId) -> CaseEvent {
    let address = Personal::ordinary(Subject::Household(household), line("Dorpsweg 1"));
    HouseholdEvent::AddressRecorded { household, address, from: day("2026-03-02"), source: Source::Statement }.into()
}

fn assigned(agreed: Vec<Agreed>) -> CaseEvent {
    let (organisation, from) = (organisation("gemeente-huizen"), day("2026-03-02"));
    RegieEvent::DirectorAssigned { director: JOOST, organisation, tasks: Vec::new(), agreed, from }.into()
}

fn withdrawn(consent: ConsentId) -> CaseEvent {
    ConsentEvent::ConsentWithdrawn { consent, reason: None }.into()
}

fn corrected(target: EventId, replacement: Option<CaseEvent>) -> CaseEvent {
    let replacement = replacement.map(|event| Replacement(Box::new(event)));
    let reason = words(fresh(1), "vergissing");
    CorrectionEvent::FactCorrected { target, reason, occurred: None, replacement, judged_anew: false }.into()
}

fn told(target: EventId) -> CaseEvent {
    LifeEvent::AudienceChanged { target, audience: Audience::Case, reason: words(fresh(1), "mag iedereen weten") }
        .into()
}

/// Samira and Ilias in one household, Robert and his new wife in another; Robert asks help of his own.
fn family() -> Given<Case> {
    given(opened()).recorded(
        [
            person(ROBERT, "Robert", Some("1988-01-01"), FamilyRole::Parent),
            person(STEPMOTHER, "Fleur", None, FamilyRole::StepParent),
            formed(A),
            formed(B),
            lives(A, SAMIRA),
            lives(A, ILIAS),
            lives(B, ROBERT),
            lives(B, STEPMOTHER),
            help_consent(OWN_HELP, ROBERT, ROBERT),
        ]
        .map(Draft::of),
    )
}

fn of(case: &Given<Case>, today: &str, event: &CaseEvent) -> Layers {
    LayersOf::on(case.history(), day(today), ages()).of(event)
}

fn now(case: &Given<Case>, event: &CaseEvent) -> Layers {
    of(case, "2026-03-05", event)
}

#[test]
fn each_layer_holds_what_the_design_gives_it() {
    let case = family();
    let expect = |event: CaseEvent, expected: &[Layer]| {
        assert_eq!(now(&case, &event), layers(expected.iter().copied()), "{event:?}");
    };
    let (ilias, own) = (Layer::Child(ILIAS), Layer::Person(ROBERT));
    expect(assigned(Vec::new()), &[Layer::Case]);
    expect(formed(B), &[Layer::Case]);
    expect(authority(ILIAS, Authority::OneParent(SAMIRA), "2017-01-09"), &[ilias]);
    expect(help_consent(HELP, SAMIRA, ILIAS), &[ilias]);
    expect(help_consent(OWN_HELP, ROBERT, ROBERT), &[own]);
    expect(withdrawn(HELP), &[ilias]);
    expect(withdrawn(OWN_HELP), &[own]);
    expect(lives(A, ILIAS), &[ilias, Layer::Household(A)]);
    expect(lives(B, ROBERT), &[Layer::Household(B)]);
    expect(address(B), &[Layer::Household(B)]);
    expect(ProtectionEvent::ProtectionLifted { person: SAMIRA }.into(), &[Layer::Person(SAMIRA)]);
    expect(joined(PETRA, &[HELP, OWN_HELP]), &[ilias, own]);
    expect(joined(PETRA, &[]), &[Layer::Case]);
}

#[test]
fn of_whom_neither_parent_nor_child_only_the_own_household_knows() {
    let case = family();
    let renamed = |person| {
        let name = Personal::ordinary(Subject::Person(person), name("Fleur"));
        CaseEvent::from(PeopleEvent::PersonRenamed { person, name, from: day("2026-03-02") })
    };
    assert_eq!(now(&case, &renamed(ROBERT)), Layers::case());
    assert_eq!(now(&case, &renamed(ILIAS)), Layers::case());
    assert_eq!(now(&case, &renamed(STEPMOTHER)), layers([Layer::Household(B)]));
    let ended = HouseholdEvent::MembershipEnded { household: B, person: STEPMOTHER, last_day: day("2026-03-03") };
    let moved = case.recorded([Draft::of(ended.into())]);
    assert_eq!(now(&moved, &renamed(STEPMOTHER)), layers([Layer::Household(B)]), "who lived there once too");
    let neighbour = PersonId::from_uuid(Uuid::from_u128(5));
    let known = moved.recorded([Draft::of(person(neighbour, "Gerda", None, FamilyRole::NetworkMember))]);
    assert_eq!(now(&known, &renamed(neighbour)), Layers::case(), "who lives with nobody of the family");
}

#[test]
fn a_child_comes_of_age_without_an_event() {
    let case = family();
    let help = help_consent(HELP, SAMIRA, ILIAS);
    assert_eq!(of(&case, "2035-01-08", &help), layers([Layer::Child(ILIAS)]));
    assert_eq!(of(&case, "2035-01-09", &help), layers([Layer::Person(ILIAS)]));
    assert_eq!(of(&case, "2035-01-09", &lives(A, ILIAS)), layers([Layer::Household(A)]));
}

#[test]
fn a_child_without_a_birth_date_is_a_child() {
    let nobody_knows = PersonId::from_uuid(Uuid::from_u128(5));
    let case = family().recorded([Draft::of(person(nobody_knows, "Mila", None, FamilyRole::Child))]);
    assert_eq!(now(&case, &help_consent(HELP, SAMIRA, nobody_knows)), layers([Layer::Child(nobody_knows)]));
    assert_eq!(now(&case, &help_consent(HELP, SAMIRA, STEPMOTHER)), layers([Layer::Person(STEPMOTHER)]));
}

fn request(review: ReviewId, scope: &[PersonId], withheld: &[PersonId]) -> CaseEvent {
    let (scope, withheld, consents) = (scope.to_vec(), withheld.to_vec(), Vec::new());
    let (team, question) = (organisation("sat-gooi"), words(fresh(1), "Wat past hier?"));
    let anonymous = scope.is_empty();
    DivorceEvent::from(SatEvent::SatRequested { review, team, question, anonymous, scope, withheld, consents }).into()
}

fn advised(review: ReviewId) -> CaseEvent {
    DivorceEvent::from(SatEvent::SatAccepted { review, advisor: PETRA }).into()
}

/// A question says something of everyone it names; what becomes of it stands where the question stands.
#[test]
fn a_question_to_the_advice_team_is_for_whoever_reaches_all_whom_it_names() {
    let review = |number| ReviewId::from_uuid(Uuid::from_u128(number));
    let case = family().recorded(
        [request(review(1), &[], &[]), request(review(2), &[ROBERT], &[]), request(review(3), &[ROBERT], &[SAMIRA])]
            .map(Draft::of),
    );
    let found = [1, 2, 3, 4].map(|number| now(&case, &advised(review(number))));
    assert_eq!(found, [Layers::case(), layers([Layer::Person(ROBERT)]), Layers::nobodys(), Layers::nobodys()]);
}

#[test]
fn who_coordinates_a_household_is_for_that_household() {
    let coordinator = CoordinatorEvent::PlanCoordinatorAppointed {
        household: A,
        worker: PETRA,
        organisation: organisation("zorg-vecht"),
        from: day("2026-03-02"),
        until: None,
    };
    assert_eq!(now(&family(), &DivorceEvent::from(coordinator).into()), layers([Layer::Household(A)]));
}

/// What somebody says of their work stands where they came in, each time anew.
#[test]
fn a_party_stands_where_it_came_in_last() {
    let case = family()
        .recorded([joined(PETRA, &[HELP]), left(PETRA), joined(PETRA, &[OWN_HELP]), left(PETRA)].map(Draft::of));
    let facts = case.history().facts();
    let of = LayersOf::on(case.history(), day("2026-03-05"), ages());
    let found: Vec<_> = facts.iter().rev().take(4).map(|fact| of.of_fact(fact)).collect();
    let (child, own) = (layers([Layer::Child(ILIAS)]), layers([Layer::Person(ROBERT)]));
    assert_eq!(found, [own.clone(), own, child.clone(), child]);
    assert_eq!(of.of(&left(LAYLA)), Layers::nobodys(), "who never came in may have come for anybody");
    assert_eq!(of.of(&joined(PETRA, &[ConsentId::from_uuid(Uuid::nil())])), Layers::nobodys());
}

/// Who directs is for everyone; that Robert has help of his own is not, though his helper agreed to the director.
#[test]
fn the_names_of_professionals_stand_where_they_came_in() {
    let agreed = vec![Agreed::Worker(PETRA), Agreed::Person(SAMIRA)];
    let case = family().recorded([joined(PETRA, &[OWN_HELP]), assigned(agreed)].map(Draft::of));
    let of = LayersOf::on(case.history(), day("2026-03-05"), ages());
    let fact = case.history().facts().last().expect("a fact");
    assert_eq!((of.of_fact(fact), of.of_workers(fact)), (Layers::case(), layers([Layer::Person(ROBERT)])));
}

#[test]
fn what_is_said_of_a_fact_stands_where_the_fact_stands() {
    let case = family();
    let place = case.history().facts().len();
    let own_help = event_id(u64::try_from(place).expect("few") - 1);
    let own = layers([Layer::Person(ROBERT)]);
    assert_eq!(now(&case, &told(own_help)), own);
    assert_eq!(now(&case, &corrected(own_help, None)), own);
    let case = case.recorded([Draft::of(corrected(own_help, None))]);
    let correction = event_id(u64::try_from(place).expect("few"));
    assert_eq!(now(&case, &told(correction)), own, "also of what was said of it");
    assert_eq!(now(&case, &withdrawn(OWN_HELP)), own, "also when it was struck out");
    assert_eq!(now(&case, &told(event_id(999))), Layers::nobodys());
    let wider = corrected(own_help, Some(assigned(Vec::new())));
    assert_eq!(now(&case, &wider), own, "what takes its place does not open it");
    let narrower = corrected(event_id(0), Some(address(B)));
    assert_eq!(now(&case, &narrower), layers([Layer::Household(B)]));
    let other = corrected(own_help, Some(address(A)));
    assert_eq!(now(&case, &other), Layers::nobodys(), "two layers that share no reader");
}

#[test]
fn whoever_looks_back_reads_with_the_layers_of_now() {
    let before = family();
    let case = before.on("2026-03-05").recorded([Draft::of(lives(A, STEPMOTHER))]);
    let then = case.history().as_recorded_on(day("2026-03-02"));
    let of = LayersOf::looking_back(case.history().state(), &then, day("2026-03-05"), ages());
    let added = |fact: &&Fact<CaseEvent>| {
        matches!(fact.event, CaseEvent::People(PeopleEvent::PersonAdded { person: STEPMOTHER, .. }))
    };
    let fact = then.facts().iter().find(added).expect("a fact");
    assert_eq!(of.of_fact(fact), layers([Layer::Household(A), Layer::Household(B)]));
}

#[test]
fn a_meeting_of_layers_widens_neither() {
    let (child, own, house) = (Layer::Child(ILIAS), Layer::Person(ROBERT), Layer::Household(A));
    assert_eq!(Layers::case().meet(&layers([child, own])), layers([child, own]));
    assert_eq!(layers([child, house]).meet(&layers([child, own])), layers([child]));
    assert_eq!(layers([child]).meet(&layers([own])), Layers::nobodys());
    assert!(Layers::nobodys().is_within(&layers([child])));
    assert!(layers([child]).is_within(&Layers::case()) && !Layers::case().is_within(&layers([child])));
}

/// One random fact, told in few ids so that facts meet each other.
fn event() -> impl Strategy<Value = CaseEvent> {
    let people = || prop::sample::select(vec![SAMIRA, ILIAS, ROBERT, STEPMOTHER]);
    let households = || prop::sample::select(vec![A, B]);
    let consents = || prop::sample::select(vec![HELP, OWN_HELP, ConsentId::from_uuid(Uuid::from_u128(0x23))]);
    let workers = || prop::sample::select(vec![JOOST, LAYLA, PETRA]);
    let role = prop::sample::select(vec![FamilyRole::Parent, FamilyRole::Child, FamilyRole::StepParent]);
    prop_oneof![
        (people(), role).prop_map(|(who, role)| person(who, "Iemand", None, role)),
        people().prop_map(|who| authority(who, Authority::Undetermined, "2017-01-09")),
        households().prop_map(formed),
        households().prop_map(address),
        (households(), people()).prop_map(|(household, who)| lives(household, who)),
        (consents(), people(), people()).prop_map(|(id, giver, about)| help_consent(id, giver, about)),
        (consents(), people()).prop_map(|(consent, giver)| {
            let (subject, kind) = (giver, ConsentKind::Help);
            let (reason, by, standing) = (None, None, None);
            ConsentEvent::ConsentRefused { consent, giver, subject, kind, reason, by, standing }.into()
        }),
        consents().prop_map(withdrawn),
        (workers(), prop::collection::vec(consents(), 0..3)).prop_map(|(who, rests_on)| joined(who, &rests_on)),
        workers().prop_map(left),
        workers().prop_map(|worker| assigned(vec![Agreed::Worker(worker)])),
        people().prop_map(|person| ProtectionEvent::ProtectionLifted { person }.into()),
    ]
}

/// What is recorded next: a fact, a correction of an earlier one, or that others may know it.
#[derive(Clone, Debug)]
enum Step {
    Tell(CaseEvent),
    Correct(u64, Option<CaseEvent>),
    Open(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => event().prop_map(Step::Tell),
        2 => (0_u64..30, prop::option::of(event())).prop_map(|(target, instead)| Step::Correct(target, instead)),
        1 => (0_u64..30).prop_map(Step::Open),
    ]
}

fn play(steps: Vec<Step>) -> Given<Case> {
    steps.into_iter().fold(given(opened()).by(NOOR, Role::AccessWorker), |case, step| {
        let event = match step {
            Step::Tell(event) => event,
            Step::Correct(target, instead) => corrected(event_id(target), instead),
            Step::Open(target) => told(event_id(target)),
        };
        case.recorded([Draft::of(event)])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(44), ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_a_fact_is_never_for_more_than_the_fact(steps in prop::collection::vec(step(), 1..30)) {
        let case = play(steps);
        let history = case.history();
        let of = LayersOf::on(history, day("2026-03-05"), ages());
        for fact in history.facts() {
            let stands = of.of_fact(fact);
            prop_assert!(stands.iter().next().is_some(), "{:?} stands nowhere", fact.event);
            prop_assert!(of.of_workers(fact).is_within(&stands));
            let (CaseEvent::Correction(CorrectionEvent::FactCorrected { target, .. })
            | CaseEvent::Life(LifeEvent::AudienceChanged { target, .. })) = &fact.event
            else {
                continue;
            };
            let is_it = |earlier: &&Fact<CaseEvent>| earlier.id == *target && earlier.revision < fact.revision;
            let target = history.facts().iter().find(is_it);
            let at_most = target.map_or_else(Layers::nobodys, |earlier| of.of_fact(earlier));
            prop_assert!(stands.is_within(&at_most));
        }
    }

    #[test]
    fn a_meeting_of_layers_is_for_the_readers_of_both(first in event(), second in event()) {
        let case = family();
        let (one, other) = (now(&case, &first), now(&case, &second));
        let both = one.meet(&other);
        prop_assert!(both.is_within(&one) && both.is_within(&other));
        prop_assert_eq!(both, other.meet(&one));
    }
}

#[test]
fn what_is_said_of_several_is_for_whoever_reaches_each() {
    let (one, other) = (Layer::Person(SAMIRA), Layer::Person(ROBERT));
    let both = Layers::each_of([one, other, Layer::Case]);
    let reads = |reached: &[Layer]| both.reached_by(|layer| reached.contains(&layer));
    assert_eq!([reads(&[one]), reads(&[other]), reads(&[one, other])], [false, false, true]);
    assert_eq!(Layers::each_of([one]), layers([one]));
    assert_eq!(Layers::each_of([]), Layers::case());
    assert!(both.is_within(&layers([one])) && both.is_within(&layers([one, other])) && both.is_within(&Layers::case()));
    assert!(!layers([one]).is_within(&both) && !layers([one, other]).is_within(&both) && both.is_within(&both));
    assert!(Layers::nobodys().is_within(&both) && !both.is_within(&Layers::nobodys()));
    assert_eq!(both.meet(&layers([one])), both);
    assert_eq!(Layers::case().meet(&both), both);
    let third = Layer::Child(ILIAS);
    let all = both.meet(&layers([third]));
    assert_eq!(all, Layers::each_of([one, other, third]));
    assert!(all.is_within(&both) && all.is_within(&layers([third])));
    assert!(both.meet(&Layers::nobodys()).is_within(&Layers::nobodys()));
}
