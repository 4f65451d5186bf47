use proptest::prelude::*;
use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::decider::Decider;
use crate::people::catalogue::{PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::testing::*;

const NOBODY: PersonId = PersonId::from_uuid(Uuid::from_u128(0xBAD));
const NOWHERE: HouseholdId = HouseholdId::from_uuid(Uuid::from_u128(0xBAD));

/// The household that the first command of a test forms.
fn first() -> HouseholdId {
    HouseholdId::from_uuid(fresh(1))
}

fn of(household: HouseholdId, words: &str) -> Personal<Line> {
    Personal::ordinary(Subject::Household(household), line(words))
}

fn form(label: &str, members: &[PersonId]) -> HouseholdCommand {
    HouseholdCommand::FormHousehold { label: line(label), from: day("2026-03-02"), members: members.to_vec() }
}

fn lives(person: PersonId, from: &str, until: Option<&str>) -> HouseholdCommand {
    HouseholdCommand::RecordMembership { household: first(), person, from: day(from), until: until.map(day) }
}

fn leaves(person: PersonId, last_day: &str) -> HouseholdCommand {
    HouseholdCommand::EndMembership { household: first(), person, last_day: day(last_day) }
}

fn address(household: HouseholdId, words: &str, from: &str) -> HouseholdCommand {
    HouseholdCommand::RecordAddress { household, address: line(words), from: day(from), source: Source::Register }
}

#[test]
fn a_household_is_formed_with_its_members_in_one_append() {
    let joined = |person| HouseholdEvent::MembershipRecorded {
        household: first(),
        person,
        from: day("2026-03-02"),
        until: None,
    };
    let formed =
        HouseholdEvent::HouseholdFormed { household: first(), label: of(first(), "bij mama"), from: day("2026-03-02") };
    let given = given(opened()).when(form("bij mama", &[SAMIRA, ILIAS])).then([formed, joined(SAMIRA), joined(ILIAS)]);
    let households = &given.state().households;
    assert_eq!(households.members_on(first(), day("2026-03-02")), [SAMIRA, ILIAS]);
    assert_eq!(households.members_on(first(), day("2026-03-01")), []);
    assert_eq!(households.households_of(ILIAS, day("2030-01-01")), [first()]);
    assert_eq!(households.label(first()).and_then(Personal::known), Some(&line("bij mama")));
}

#[test]
fn what_is_unknown_is_refused_everywhere() {
    given(opened()).when(form("bij mama", &[NOBODY])).then_rejected(PERSON_UNKNOWN);
    given(opened()).when(form("bij mama", &[ILIAS, ILIAS])).then_rejected(MEMBERSHIP_OVERLAPS);
    for command in [
        HouseholdCommand::RelabelHousehold { household: NOWHERE, label: line("bij mama") },
        lives(ILIAS, "2026-03-02", None),
        leaves(ILIAS, "2026-03-02"),
        address(NOWHERE, "Lindestraat 1", "2026-03-02"),
    ] {
        given(opened()).when(command).then_rejected(HOUSEHOLD_UNKNOWN);
    }
    let formed = || given(opened()).when(form("bij mama", &[])).accepted();
    formed().when(lives(NOBODY, "2026-03-02", None)).then_rejected(PERSON_UNKNOWN);
    formed().when(leaves(NOBODY, "2026-03-02")).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn a_label_must_be_neutral() {
    for label in ["bij papa", "bij mama thuis", "huishouden A", "bij Kim", "bij Dion", "bij Van Dijk", "bij opa en oma"]
    {
        given(opened()).when(form(label, &[])).accepted();
    }
    for label in [
        "Lindestraat",
        "bij mama in de LINDESTRAAT",
        "Havenweg",
        "Bosweg",
        "Lange weg",
        "Kerklaan",
        "Dorpsplein",
        "Nieuwe Gracht",
        "Prinsengracht",
        "Waalkade",
        "Begijnhof",
        "Korte Steeg",
        "Zeedijk",
        "Línde-stráat",
        "huis 12",
        "1404 AB",
        "bij mama ⅸ",
    ] {
        given(opened()).when(form(label, &[])).then_rejected(LABEL_NOT_NEUTRAL);
    }
}

#[test]
fn a_label_is_used_once_in_a_case() {
    let formed = given(opened()).when(form("bij mama", &[])).accepted();
    let both = formed.when(form("bij papa", &[])).accepted();
    let relabel = |label| HouseholdCommand::RelabelHousehold { household: first(), label: line(label) };
    let refusal = both.when(relabel("Bij Papa")).then_rejected(LABEL_TAKEN);
    assert_eq!(refusal.details, [("household", crate::rejection::Detail::id(HouseholdId::from_uuid(fresh(2))))]);
    let formed = given(opened()).when(form("bij mama", &[])).accepted();
    formed.when(form("bij  mama!", &[])).then_rejected(LABEL_TAKEN);
    let formed = given(opened()).when(form("bij mama", &[])).accepted();
    let event = HouseholdEvent::HouseholdRelabelled { household: first(), label: of(first(), "Bij mama") };
    formed.when(relabel("Bij mama")).then([event]).when(form("bij oma", &[])).accepted();
}

#[test]
fn a_label_holds_no_word_of_an_address_and_an_address_that_is_in_a_label_is_marked() {
    let case = || {
        let formed = given(opened()).when(form("bij mama", &[])).accepted();
        formed.when(address(first(), "Ter Aar 3, 1404 AB Bussum", "2026-03-02")).accepted()
    };
    case().when(form("huishouden bussum", &[])).then_rejected(LABEL_NOT_NEUTRAL);
    case().when(form("bij oma ter veen", &[])).accepted();
    let formed = given(opened()).when(form("huishouden Bussum", &[])).accepted();
    let when = formed.when(address(first(), "Iep 1, Bussum", "2026-03-02"));
    assert_eq!(when.drafts().first().unwrap().departures.first().unwrap().rule, NEUTRAL_LABEL);
    let formed = given(opened()).when(form("bij mama", &[])).accepted();
    assert_eq!(formed.when(address(first(), "Iep 1", "2026-03-02")).drafts().first().unwrap().departures, []);
}

#[test]
fn an_address_holds_from_its_day() {
    let case = given(opened()).when(form("bij mama", &[])).accepted();
    let case = case.when(address(first(), "Lindestraat 1", "2026-03-02")).accepted();
    let case = case.when(address(first(), "Havenweg 2", "2026-05-01")).accepted();
    let on = |at| case.state().households.address_on(first(), day(at)).and_then(Personal::known).map(Line::as_str);
    assert_eq!(
        [on("2026-03-01"), on("2026-04-30"), on("2026-05-01")],
        [None, Some("Lindestraat 1"), Some("Havenweg 2")]
    );
}

#[test]
fn nobody_lives_twice_in_one_household_but_in_several_yes() {
    let case = || given(opened()).when(form("bij mama", &[])).accepted();
    let stayed = || case().when(lives(ILIAS, "2026-03-10", Some("2026-03-20"))).accepted();
    for (from, until) in [
        ("2026-03-20", None),
        ("2026-03-01", Some("2026-03-10")),
        ("2026-03-12", Some("2026-03-13")),
        ("2026-03-01", None),
    ] {
        stayed().when(lives(ILIAS, from, until)).then_rejected(MEMBERSHIP_OVERLAPS);
    }
    stayed().when(lives(ILIAS, "2026-03-22", Some("2026-03-21"))).then_rejected(UNTIL_BEFORE_FROM);
    stayed().when(lives(ILIAS, "2026-03-21", None)).accepted();
    stayed().when(lives(ILIAS, "2026-03-01", Some("2026-03-09"))).accepted();
    stayed().when(lives(SAMIRA, "2026-03-10", None)).accepted();
    let given = stayed().when(form("bij papa", &[ILIAS, SAMIRA])).accepted();
    let homes = given.state().households.households_of(ILIAS, day("2026-03-15"));
    assert_eq!(homes, [first(), HouseholdId::from_uuid(fresh(2))]);
}

#[test]
fn a_membership_ends_with_its_last_day() {
    let case = || given(opened()).when(form("bij mama", &[ILIAS])).accepted();
    case().when(leaves(SAMIRA, "2026-03-10")).then_rejected(NOT_A_MEMBER);
    case().when(leaves(ILIAS, "2026-03-01")).then_rejected(MEMBERSHIP_NOT_BEGUN);
    let ended = HouseholdEvent::MembershipEnded { household: first(), person: ILIAS, last_day: day("2026-03-10") };
    let left = case().when(leaves(ILIAS, "2026-03-10")).then([ended]);
    let on = |at| left.state().households.members_on(first(), day(at)).len();
    assert_eq!([on("2026-03-10"), on("2026-03-11")], [1, 0]);
    let left = left.when(leaves(ILIAS, "2026-03-08")).accepted();
    let case = || case().when(leaves(ILIAS, "2026-03-10")).accepted();
    case().when(leaves(ILIAS, "2026-03-10")).then_rejected(MEMBERSHIP_ALREADY_ENDED);
    case().when(leaves(ILIAS, "2026-03-11")).then_rejected(NOT_A_MEMBER);
    left.when(lives(ILIAS, "2026-03-09", None)).accepted();
}

#[test]
fn facts_about_no_household_change_nothing() {
    let before = given(opened());
    let state = before.state().clone();
    let events = [
        HouseholdEvent::HouseholdRelabelled { household: NOWHERE, label: of(NOWHERE, "bij mama") },
        HouseholdEvent::MembershipEnded { household: NOWHERE, person: ILIAS, last_day: day("2026-03-10") },
    ];
    assert_eq!(*before.recorded(events.map(|event| Draft::of(event.into()))).state(), state);
}

#[test]
fn a_label_that_was_erased_takes_no_name_and_an_address_no_word() {
    let lost = || {
        let mark = serde_json::json!({"$personal": {"of": Subject::Household(first()), "erased": true}});
        serde_json::from_value::<Personal<Line>>(mark).unwrap()
    };
    let from = day("2026-03-02");
    let case = given(opened()).recorded(
        [
            HouseholdEvent::HouseholdFormed { household: first(), label: lost(), from },
            HouseholdEvent::AddressRecorded { household: first(), address: lost(), from, source: Source::Register },
        ]
        .map(|event| Draft::of(event.into())),
    );
    assert_eq!(case.state().households.label(first()).unwrap().known(), None);
    case.when(address(first(), "Iep 1", "2026-03-03")).accepted().when(form("bij mama", &[])).accepted();
}

#[test]
fn addresses_are_for_the_director_and_every_field_is_listed() {
    let case = given(opened()).when(form("bij mama", &[ILIAS])).accepted();
    let case =
        case.when(address(first(), "Iep 1", "2026-03-03")).accepted().when(leaves(ILIAS, "2026-03-10")).accepted();
    for fact in case.history().facts() {
        let CaseEvent::Households(event) = &fact.event else { continue };
        let payload = crate::personal::codec_scope(|| crate::decider::payload_of(event)).unwrap();
        let mut written: Vec<_> = payload.as_object().unwrap().keys().map(String::as_str).collect();
        let mut listed: Vec<_> = event.info().fields.iter().map(|field| field.name).collect();
        written.sort_unstable();
        listed.sort_unstable();
        assert_eq!(written, listed);
        let address = matches!(event, HouseholdEvent::AddressRecorded { .. });
        assert_eq!(event.info().audience, if address { "director" } else { "case" });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_label_with_a_house_number_is_refused(words in "[a-z]{1,8}( [a-z]{1,8}){0,2}", number in 1_u16..2000, tail in "[ a-c]{0,2}") {
        let label = format!("{words} {number}{tail}");
        given(opened()).when(form(&label, &[])).then_rejected(LABEL_NOT_NEUTRAL);
    }

    #[test]
    fn the_order_in_which_disjoint_memberships_are_told_does_not_matter(
        periods in proptest::collection::vec((0_u64..20, 0_u64..20), 1..8),
        open_end in any::<bool>(),
        order in any::<u64>(),
    ) {
        let mut next = day("2026-01-01");
        let mut told: Vec<_> = periods.iter().map(|(gap, length)| {
            let from = next.plus_days(*gap);
            let until = from.plus_days(*length);
            next = until.plus_days(1);
            (from, Some(until))
        }).collect();
        if open_end && let Some(last) = told.last_mut() {
            last.1 = None;
        }
        let live = |told: &[(CivilDay, Option<CivilDay>)]| {
            let case = given(opened()).when(form("bij mama", &[])).accepted();
            let case = told.iter().fold(case, |case, (from, until)| {
                let (household, person) = (first(), ILIAS);
                case.when(HouseholdCommand::RecordMembership { household, person, from: *from, until: *until }).accepted()
            });
            let days = (0..400).map(|days| case.state().households.households_of(ILIAS, day("2026-01-01").plus_days(days)));
            days.collect::<Vec<_>>()
        };
        let straight = live(&told);
        told.sort_by_key(|(from, _)| from.to_string().bytes().fold(order | 1, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)));
        prop_assert_eq!(live(&told), straight);
    }

    #[test]
    fn replay_equals_state(steps in proptest::collection::vec((0_u8..5, 0_u64..60, proptest::option::of(0_u64..60)), 0..30)) {
        let mut case = given(opened()).when(form("bij mama", &[])).accepted();
        for (kind, from, until) in steps {
            let at = |days| day("2026-03-02").plus_days(days);
            let (household, person) = (first(), if from % 2 == 0 { ILIAS } else { SAMIRA });
            case = case.when(match kind {
                0 => HouseholdCommand::RecordMembership { household, person, from: at(from), until: until.map(at) },
                1 => HouseholdCommand::EndMembership { household, person, last_day: at(from) },
                2 => address(household, "Iep 1", "2026-03-04"),
                3 => HouseholdCommand::RelabelHousehold { household, label: line(if from > 30 { "bij oma" } else { "bij opa" }) },
                _ => form("bij tante", &[person]),
            }).settled();
        }
        let mut state = CaseState::default();
        for fact in case.history().facts() {
            Case::apply(&mut state, fact);
        }
        prop_assert_eq!(&state, case.state());
    }
}
