//! The calls of case histories 04 and 06, as far as facts exist.

use domain::case::Case;
use domain::consent::{Category, ConsentCommand, ConsentKind, Evidence, NewConsent, WhoIs};
use domain::decider::History;
use domain::households::HouseholdCommand;
use domain::ids::PersonId;
use domain::life::{LegalFramework, LifeCommand, OpeningGround};
use domain::people::{AuthorityKind, FamilyRole, NewAuthority, NewPerson, PeopleCommand, Source};
use domain::protection::ProtectionCommand;
use domain::representation::{RepresentationCommand, RepresentativeKind};
use domain::text::Name;

use super::*;
use crate::testing::{LAYLA, Office, case, day, line, organisation, terms, text};
use crate::views::Rights;

fn rights(on: &str) -> Rights {
    Rights { today: day(on), ages: terms().consent_ages }
}

/// Who somebody is: key and name, born, role.
type Someone = (&'static str, Option<&'static str>, FamilyRole);

/// A case with these people, in which the holders have authority over the child from its birth on.
async fn opened(people: &[Someone], child: &str, kind: AuthorityKind, holders: &[&str]) -> Office {
    let key = |key: &str| WhoIs::Key(key.to_owned());
    let person = |(name, born, role): &Someone| NewPerson {
        key: (*name).to_owned(),
        name: Name::new(name).expect("a name"),
        birth_date: born.map(day),
        role: *role,
    };
    let born = people.iter().find(|(name, ..)| *name == child).and_then(|(_, born, _)| *born).expect("a birth date");
    let given = |giver: &&str| NewConsent {
        giver: key(giver),
        subject: key(child),
        kind: ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    };
    let mut office = Office::new();
    let open = LifeCommand::OpenCase {
        municipality: organisation("gemeente-huizen"),
        framework: LegalFramework::Voluntary,
        ground: OpeningGround::HelpConsent,
        question: text("rest at home"),
        signal: None,
        people: people.iter().map(person).collect(),
        authority: vec![NewAuthority {
            child: key(child),
            kind,
            holders: holders.iter().copied().map(key).collect(),
            from: day(born),
            until: None,
            source: Source::Register,
        }],
        consents: holders.iter().map(given).collect(),
    };
    office.order(case(1), open).await;
    office
}

async fn lara() -> Office {
    let people = [
        ("Lara", Some("2012-08-01"), FamilyRole::Child),
        ("Henk", None, FamilyRole::Parent),
        ("Yvonne", None, FamilyRole::Parent),
    ];
    let mut office = opened(&people, "Lara", AuthorityKind::JointParents, &["Henk", "Yvonne"]).await;
    let members = ["Lara", "Henk"].map(|name| office.person(case(1), name)).to_vec();
    let home = HouseholdCommand::FormHousehold { label: line("bij papa"), from: day("2026-03-02"), members };
    office.order(case(1), home).await;
    office
}

async fn noah() -> Office {
    let people = [
        ("Noah", Some("2026-01-22"), FamilyRole::Child),
        ("Kim", Some("2007-06-11"), FamilyRole::Parent),
        ("Dion", Some("2005-01-30"), FamilyRole::Parent),
    ];
    opened(&people, "Noah", AuthorityKind::OneParent, &["Kim"]).await
}

async fn authority(office: &mut Office, on: &str, kind: AuthorityKind, holders: &[&str], from: &str) {
    let person = |name: &&str| WhoIs::Person(office.person(case(1), name));
    let recorded = NewAuthority {
        child: WhoIs::Person(office.person(case(1), "Noah")),
        kind,
        holders: holders.iter().map(person).collect(),
        from: day(from),
        until: None,
        source: Source::Register,
    };
    office.on(on).order(case(1), PeopleCommand::RecordAuthority(recorded)).await;
}

fn say(history: &History<Case>, on: &str, to: PersonId) -> SayView {
    let terms = terms();
    let reading = Reading::new(history, history.state(), day(on), &terms, rights(on));
    what_may_i_say(&reading, to).expect("somebody of the case")
}

/// What may be said to somebody about the one child, to a reader who knows all.
fn about_child(office: &Office, on: &str, to: &str) -> (Authority, Hears) {
    let view = say(office.history(case(1)), on, office.person(case(1), to));
    let [child] = view.children.as_slice() else { panic!("one child: {view:?}") };
    (child.authority(everything), child.layer(everything))
}

const fn everything(_: &Kept<()>) -> bool {
    true
}

#[tokio::test]
async fn a_parent_with_authority_hears_the_childs_layer_until_sixteen_and_no_household_but_their_own() {
    let office = lara().await;
    assert_eq!(about_child(&office, "2026-10-12", "Yvonne"), (Authority::Holds, Hears::Yes));
    let from_sixteen = (Authority::Holds, Hears::No(Why::YoungPersonMustAgree));
    assert_eq!(about_child(&office, "2028-07-31", "Yvonne"), (Authority::Holds, Hears::Yes));
    assert_eq!(about_child(&office, "2028-08-01", "Yvonne"), from_sixteen);
    assert_eq!(about_child(&office, "2030-08-01", "Yvonne"), (Authority::OfAge, Hears::No(Why::OfAge)));
    let history = office.history(case(1));
    let households = |name| say(history, "2026-10-12", office.person(case(1), name)).households.len();
    assert_eq!((households("Yvonne"), households("Henk")), (0, 1));
    let own = say(history, "2026-10-12", office.person(case(1), "Lara"));
    assert!(own.children.is_empty(), "to Lara herself her own layer");
    let terms = terms();
    let reading = Reading::new(history, history.state(), day("2026-10-12"), &terms, rights("2026-10-12"));
    assert_eq!(what_may_i_say(&reading, PersonId::from_uuid(uuid::Uuid::nil())), None);
}

#[tokio::test]
async fn what_the_young_person_said_no_to_stands_until_a_later_yes() {
    let mut office = lara().await;
    let (lara, yvonne) = (office.person(case(1), "Lara"), office.person(case(1), "Yvonne"));
    let noes = |office: &Office, on: &str| -> Vec<OpenNo> {
        let view = say(office.history(case(1)), on, yvonne);
        view.children[0].noes.iter().map(|no| no.value).collect()
    };
    assert_eq!(noes(&office, "2026-03-02"), []);
    let no = ConsentCommand::RefuseConsent { giver: lara, subject: lara, kind: ConsentKind::Sharing, reason: None };
    office.on("2026-09-10").order(case(1), no).await;
    let refused = OpenNo { kind: ConsentKind::Sharing, withdrawn: false, since: day("2026-09-10") };
    assert_eq!((noes(&office, "2026-09-09"), noes(&office, "2026-10-12")), (vec![], vec![refused]));
    let yes = NewConsent {
        giver: WhoIs::Person(lara),
        subject: WhoIs::Person(lara),
        kind: ConsentKind::Sharing,
        purpose: Some(line("tell mother")),
        categories: vec![Category::School],
        recipients: vec![LAYLA],
        from: None,
        until: None,
        explained: Some(text("what is told")),
        evidence: Evidence::Spoken,
    };
    office.on("2026-11-02").order(case(1), ConsentCommand::GrantConsent(yes)).await;
    assert_eq!(noes(&office, "2026-11-02"), []);
    let consent = office.consent(case(1), ConsentKind::Sharing);
    let consents = office.history(case(1)).state().consents.all();
    let granted = consents.iter().find(|one| one.giver == lara && !one.refused).map_or(consent, |one| one.id);
    let withdraw = ConsentCommand::WithdrawConsent { consent: granted, reason: None };
    office.on("2026-11-09").order(case(1), withdraw).await;
    let withdrawn = OpenNo { kind: ConsentKind::Sharing, withdrawn: true, since: day("2026-11-09") };
    assert_eq!(noes(&office, "2026-11-10"), [refused, withdrawn], "with the yes gone the earlier no stands again");
}

#[tokio::test]
async fn without_authority_nothing_is_told_and_what_is_unclear_a_person_decides() {
    let mut office = noah().await;
    assert_eq!(about_child(&office, "2026-03-02", "Dion"), (Authority::HoldsNot, Hears::No(Why::NoAuthority)));
    assert_eq!(about_child(&office, "2026-03-02", "Kim"), (Authority::Holds, Hears::Yes));
    let recognised = PeopleCommand::RecordRecognition {
        child: office.person(case(1), "Noah"),
        parent: office.person(case(1), "Dion"),
        recognised: true,
        from: day("2026-04-08"),
        source: Source::Deed,
    };
    let unclear = (Authority::PersonMustDecide, Hears::PersonMustDecide);
    office.on("2026-04-08").order(case(1), recognised).await;
    assert_eq!(about_child(&office, "2026-04-08", "Dion"), unclear);
    assert_eq!(about_child(&office, "2026-04-08", "Kim"), unclear);
    authority(&mut office, "2026-04-09", AuthorityKind::OneParent, &["Kim"], "2026-04-08").await;
    assert_eq!(about_child(&office, "2026-04-09", "Dion"), (Authority::HoldsNot, Hears::No(Why::NoAuthority)));
    authority(&mut office, "2026-06-30", AuthorityKind::JointParents, &["Kim", "Dion"], "2026-07-01").await;
    assert_eq!(about_child(&office, "2026-06-30", "Dion").0, Authority::HoldsNot);
    assert_eq!(about_child(&office, "2026-07-01", "Dion"), (Authority::Holds, Hears::Yes));
    authority(&mut office, "2026-08-10", AuthorityKind::UnderInvestigation, &[], "2026-08-10").await;
    assert_eq!(about_child(&office, "2026-08-10", "Dion"), unclear);
    authority(&mut office, "2026-08-19", AuthorityKind::JointParents, &["Kim", "Dion"], "2026-08-19").await;
    assert_eq!(about_child(&office, "2026-08-19", "Dion"), (Authority::Holds, Hears::Yes));
}

#[tokio::test]
async fn to_who_may_not_know_what_it_rests_on_a_person_must_decide() {
    let office = noah().await;
    let view = say(office.history(case(1)), "2026-03-02", office.person(case(1), "Kim"));
    for hidden in &view.children[0].rests_on {
        let knows = |fact: &Kept<()>| fact.fact != hidden.fact;
        assert_eq!(view.children[0].authority(knows), Authority::PersonMustDecide);
        assert_eq!(view.children[0].layer(knows), Hears::PersonMustDecide);
    }
    assert!(view.children[0].rests_on.len() >= 2, "that Noah is there, and authority");
}

#[tokio::test]
async fn it_warns_of_protection_without_naming_and_shows_who_represents() {
    let mut office = lara().await;
    let (lara, henk, yvonne) =
        (office.person(case(1), "Lara"), office.person(case(1), "Henk"), office.person(case(1), "Yvonne"));
    let protect = ProtectionCommand::ProtectLocatingData { person: henk, households: vec![], reason: text("not safe") };
    office.on("2026-03-06").order(case(1), protect).await;
    let represent = RepresentationCommand::NameRepresentative {
        person: lara,
        worker: LAYLA,
        organisation: organisation("gi-midden"),
        kind: RepresentativeKind::Jeugdbeschermer,
        from: day("2026-03-02"),
        until: None,
        source: Source::Court,
    };
    office.order(case(1), represent).await;
    let history = office.history(case(1));
    let to_yvonne = say(history, "2026-10-12", yvonne);
    assert!(to_yvonne.mind_locating);
    assert_eq!(to_yvonne.protected.iter().map(|kept| kept.value).collect::<Vec<_>>(), [henk]);
    assert!(to_yvonne.protected.iter().all(|kept| kept.locating), "for who may know what locates");
    let by = &to_yvonne.children[0].representatives[0];
    assert_eq!((by.value.worker, by.value.kind.known()), (LAYLA, Some(&RepresentativeKind::Jeugdbeschermer)));
    assert!(by.locating, "Lara lives with Henk");
    assert!(to_yvonne.representatives.is_empty());
    assert!(!say(history, "2026-10-12", henk).mind_locating, "nobody but Henk himself");
}

#[tokio::test]
async fn an_age_or_authority_that_was_lost_is_never_a_yes() {
    let mut office = noah().await;
    let (noah, kim) = (office.person(case(1), "Noah"), office.person(case(1), "Kim"));
    office.lose(case(1), noah).await;
    let view = say(office.history(case(1)), "2026-03-02", kim);
    assert_eq!(view.children[0].layer(everything), Hears::PersonMustDecide);
    assert!(view.children[0].values.iter().any(|value| value.value.known().is_none()));
}

/// Nothing is adjudicated here: a ruling that may forbid is named, and a person decides.
#[tokio::test]
async fn a_ruling_in_force_is_named_with_its_channel_and_may_forbid_what_authority_allows() {
    use domain::ruling::{NewRuling, RulingCommand, RulingDates, RulingKind};
    let hears = |view: &SayView| view.children[0].layer(|_| true);
    for (kind, expected) in [
        (RulingKind::Contact, Hears::Yes),
        (RulingKind::InformationRule, Hears::PersonMustDecide),
        (RulingKind::Ban, Hears::PersonMustDecide),
    ] {
        let mut office = lara().await;
        let [lara, henk, yvonne] = ["Lara", "Henk", "Yvonne"].map(|name| office.person(case(1), name));
        let ruling = NewRuling {
            person: lara,
            others: vec![henk],
            kind,
            scope: text("wat er mag"),
            channel: Some(text("per schoolmail")),
            reference: None,
            in_place: None,
            pronounced: None,
            dates: RulingDates { in_force: Some(day("2026-03-02")), ..RulingDates::default() },
            source: Source::Court,
            replaces: None,
            authority: None,
        };
        office.order(case(1), RulingCommand::RecordRuling(Box::new(ruling))).await;
        let (history, terms) = (office.history(case(1)), terms());
        let on = |person, at: &str| {
            let reading = Reading::new(history, history.state(), day(at), &terms, rights(at));
            what_may_i_say(&reading, person).expect("in the case")
        };
        assert_eq!(hears(&on(henk, "2026-03-02")), expected, "{kind:?}");
        assert_eq!(hears(&on(yvonne, "2026-03-02")), Hears::Yes, "it is not about her");
        assert_eq!(hears(&on(henk, "2026-03-01")), Hears::Yes, "not in force yet");
        assert_eq!((on(yvonne, "2026-03-02").rulings.len(), on(henk, "2026-03-01").rulings.len()), (1, 0));
        assert!(on(henk, "2026-03-02").rulings[0].channel.is_some());
    }
}
