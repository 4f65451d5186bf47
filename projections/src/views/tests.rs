//! Views of a real case, told with its dates (case history 05).

use domain::case::{Case, CaseEvent};
use domain::consent::{Missing, WhoIs};
use domain::correction::{CorrectedContent, CorrectionCommand};
use domain::decider::History;
use domain::fact::{Audience, Fact, Role};
use domain::households::HouseholdCommand;
use domain::layers::{Layer, Layers};
use domain::life::{LifeCommand, Phase};
use domain::people::{AuthorityKind, Holders, NewAuthority, PeopleCommand, PeopleEvent, Source};
use domain::personal::Presence;
use domain::protection::ProtectionCommand;
use domain::regie::{NewParty, RegieCommand, RegieTask};
use domain::text::Name;

use super::regie::{HandoverEnd, RegieView, regie};
use super::{Kept, households, life, people, timeline};
use super::{Reading, Rights};
use crate::testing::{JOOST, KOEN, LAYLA, NOOR, Office, PETRA, SAM, case, day, line, organisation, read, terms, text};

fn rights(on: &str) -> Rights {
    Rights { today: day(on), ages: terms().consent_ages }
}

/// As recorded on a day, with the rights of now.
fn as_of<T>(history: &History<Case>, on: &str, view: impl FnOnce(&Reading<'_>) -> T) -> T {
    let then = history.as_recorded_on(day(on));
    view(&Reading::new(&then, history.state(), day(on), &terms(), rights(on)))
}

async fn five_supporters() -> Office {
    let mut office = Office::new();
    office.five_supporters(case(1)).await;
    office
}

#[tokio::test]
async fn regie_shows_the_gap_then_the_director_and_who_is_in() {
    let office = five_supporters().await;
    let history = office.history(case(1));
    let gap = read(history, "2026-03-10", regie);
    assert!(gap.director.is_none());
    let shown = gap.gap(everything).expect("a gap");
    assert_eq!((shown.since, shown.parties, shown.last_day), (day("2026-03-02"), 2, day("2026-03-09")));
    assert_eq!(shown.alert_at, day("2026-03-10").at(8, 0));
    assert_eq!(gap.unowned(everything).len(), 6, "without a director every task is with nobody");
    let directed = read(history, "2026-04-20", regie);
    let director = directed.director.as_ref().expect("a director");
    assert_eq!((director.director.value, director.since), (JOOST, day("2026-03-25")));
    assert_eq!(director.agreed_persons.len() + director.agreed_workers.value.len(), 2);
    assert_eq!(director.open_tasks(everything), [RegieTask::Overview, RegieTask::Plan]);
    assert_eq!(directed.unowned(everything).len(), 4, "what was not agreed is with nobody");
    assert!(directed.gap(everything).is_none());
    assert_eq!(directed.duplicates(everything), [(organisation("jeugd-gooi"), vec![SAM, KOEN])]);
    let overdue = |view: RegieView| {
        let overdue = view.parties.into_iter().filter(|party| party.overdue.value).map(|party| party.worker.value);
        overdue.collect::<Vec<_>>()
    };
    assert_eq!(overdue(read(history, "2026-10-01", regie)), []);
    assert_eq!(overdue(read(history, "2026-10-02", regie)), [KOEN]);
}

#[tokio::test]
async fn a_handover_shows_its_steps_and_looks_back() {
    let mut office = five_supporters().await;
    office.offer_to_layla(case(1)).await;
    let open = read(office.history(case(1)), "2026-06-19", regie);
    let offer = open.handover.expect("an offer");
    assert_eq!((offer.successor, offer.planned, offer.read.is_none()), (LAYLA, day("2026-06-26"), true));
    assert_eq!(offer.summary.value.known().expect("readable").as_str(), "what matters most");
    office.accept_by_layla(case(1)).await;
    let history = office.history(case(1));
    let done = read(history, "2026-06-26", regie);
    assert!(done.handover.is_none());
    assert_eq!(done.director.expect("a director").director.value, LAYLA);
    assert_eq!(done.directors.len(), 2);
    let earlier = &done.earlier_handovers[0];
    assert_eq!(earlier.ended.as_ref().map(|end| &end.value), Some(&HandoverEnd::Accepted(day("2026-06-26"))));
    assert_eq!((earlier.family.len(), earlier.read.as_ref().map(|read| read.value)), (1, Some(day("2026-06-26"))));
    let then = as_of(history, "2026-06-20", regie);
    assert_eq!(then.director.expect("a director").director.value, JOOST);
    assert_eq!(then.handover.expect("an offer").family, []);
}

#[tokio::test]
async fn people_are_read_at_the_day() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.on("2026-05-01").by(NOOR, Role::AccessWorker);
    let (name, from) = (Name::new("Samira El Idrissi").expect("a name"), Some(day("2026-05-01")));
    office.order(case(1), PeopleCommand::RenamePerson { person: samira, name, from }).await;
    let history = office.history(case(1));
    let of = |on: &str| read(history, on, people::people);
    let shown = of("2026-05-01");
    let name = |view: &people::PersonView| {
        view.name.as_ref().and_then(|name| name.value.known()).map(|n| n.as_str().to_owned())
    };
    assert_eq!(name(&shown[0]).as_deref(), Some("Samira El Idrissi"));
    assert_eq!(shown[0].earlier_names.len(), 1);
    assert_eq!(name(&of("2026-04-30")[0]).as_deref(), Some("Samira Boukhari"));
    let ilias = |on: &str| of(on).remove(1);
    let age = |view: &people::PersonView| view.age.as_ref().and_then(|age| age.value.known().copied());
    assert_eq!(
        (age(&ilias("2026-04-30")), age(&ilias("2027-01-08")), age(&ilias("2027-01-09"))),
        (Some(9), Some(9), Some(10))
    );
    let child = ilias("2026-05-01");
    let authority = child.authority.as_ref().expect("a child");
    assert_eq!((authority.holders.clone(), authority.person_must_decide()), (Holders::Known(vec![samira]), false));
    assert_eq!(authority.source, Some(Source::Register));
    assert!(shown[0].authority.is_none() && !shown[0].is_child);
    assert!(!child.help.as_ref().expect("a child").is_incomplete());
    // A birthday changes who must consent, without an event.
    let help = ilias("2029-01-09").help.expect("a child");
    assert_eq!(help.missing(everything), [Missing::Consent(child.person)]);
    assert_eq!(help.missing(|_| false), [Missing::AuthorityUnclear], "as if no authority were recorded");
}

/// Rule 28: the timeline shows both, also of what is no words: days and states.
#[tokio::test]
async fn a_corrected_authority_shows_what_stands_and_what_stood() {
    let mut office = five_supporters().await;
    let recorded =
        |fact: &&Fact<CaseEvent>| matches!(fact.event, CaseEvent::People(PeopleEvent::AuthorityRecorded { .. }));
    let target = office.history(case(1)).facts().iter().find(recorded).expect("authority").clone();
    let CaseEvent::People(PeopleEvent::AuthorityRecorded { child, from, .. }) = target.event.clone() else {
        panic!("authority")
    };
    office.on("2026-05-02").by(JOOST, Role::CaseDirector);
    let authority = NewAuthority {
        child: WhoIs::Person(child),
        kind: AuthorityKind::Undetermined,
        holders: Vec::new(),
        from,
        until: None,
        source: Source::Register,
    };
    let correct = CorrectionCommand::Correct {
        target: target.id,
        reason: text("the register says otherwise"),
        occurred: None,
        content: CorrectedContent::Authority(authority),
    };
    office.order(case(1), correct).await;
    let shown = entry(office.history(case(1)), &target);
    let said = |content: &timeline::Content| {
        content
            .words
            .iter()
            .filter_map(|(_, words)| words.known().map(std::borrow::Cow::into_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&shown.content), ["undetermined".to_owned(), from.to_string()]);
    let stood = shown.amendment.expect("a correction").was.expect("what stood there");
    assert_eq!(said(&stood), ["one_parent".to_owned(), from.to_string()]);
}

#[tokio::test]
async fn an_erased_person_is_shown_as_erased() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.erase(case(1), samira).await;
    let history = office.history(case(1));
    let shown = read(history, "2026-05-01", people::people);
    assert_eq!(shown[0].name.as_ref().expect("a name was recorded").value.presence(), Presence::Erased);
    assert_eq!(shown[0].birth_date.as_ref().expect("a date was recorded").value.presence(), Presence::Erased);
    assert_eq!(shown[0].age.as_ref().expect("an age follows").value.presence(), Presence::Erased);
    assert!(read(history, "2026-05-01", regie).director.is_some(), "the process stays readable");
}

#[tokio::test]
async fn protection_is_of_now_also_when_looking_back() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.on("2026-04-21").by(NOOR, Role::AccessWorker);
    let household = office.at_mothers(case(1), samira, "2026-04-01").await;
    let address = HouseholdCommand::RecordAddress {
        household,
        address: line("Lindestraat 1"),
        from: day("2026-04-01"),
        source: Source::Statement,
    };
    office.order(case(1), address).await;
    let shown = read(office.history(case(1)), "2026-04-21", households::households);
    assert!(!shown[0].protected);
    let found = shown[0].address.as_ref().expect("an address");
    assert!(!found.address.value.locating, "nobody is protected yet");
    let of_home = Layers::of([Layer::Whereabouts(household)]);
    assert_eq!((&found.address.value.audience, &found.address.value.layers), (&Audience::Case, &of_home));
    assert_eq!((shown[0].members.len(), shown[0].label.audience.clone()), (1, Audience::Case));
    office.on("2026-05-06");
    let protect =
        ProtectionCommand::ProtectLocatingData { person: samira, households: Vec::new(), reason: text("afraid") };
    office.order(case(1), protect).await;
    let history = office.history(case(1));
    let then = as_of(history, "2026-04-21", households::households);
    assert!(then[0].protected, "content of then, rights of now");
    assert!(then[0].members[0].value.locating && then[0].address.as_ref().expect("an address").address.value.locating);
    assert!(!then[0].label.locating, "a label is neutral");
    let samira = &as_of(history, "2026-04-21", people::people)[0];
    assert!(samira.protected && samira.households[0].locating);
    let leads = |entry: &timeline::TimelineEntry| entry.kept.locating.then_some(entry.content.type_name);
    let entries = read(history, "2026-05-06", timeline::timeline);
    let leading: Vec<_> = entries.iter().filter_map(leads).collect();
    assert_eq!(leading, ["MembershipRecorded", "AddressRecorded", "LocatingDataProtected"]);
    let opening = as_of(history, "2026-04-21", life::life).opening.expect("an opening");
    assert!(opening.question.locating && !opening.ground.locating, "nobody marked what was written");
    let opened = entries.iter().find(|entry| entry.content.type_name == "CaseOpened").expect("an opening");
    assert!(opened.content.spoken.locating && !opened.content.told.locating && !opened.kept.locating);
}

/// A reader who may know every fact.
const fn everything(_: &Kept<()>) -> bool {
    true
}

fn entry(history: &History<Case>, fact: &Fact<CaseEvent>) -> timeline::TimelineEntry {
    let entries = read(history, "2026-11-16", timeline::timeline);
    entries.into_iter().find(|entry| entry.event == fact.id).expect("an entry")
}

#[tokio::test]
async fn a_correction_shows_what_stood_there_who_changed_it_and_why() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.on("2026-05-01").by(NOOR, Role::AccessWorker);
    let rename =
        PeopleCommand::RenamePerson { person: samira, name: Name::new("Samira Bukari").expect("a name"), from: None };
    let renamed = office.order(case(1), rename).await.remove(0);
    office.on("2026-05-02").by(JOOST, Role::CaseDirector);
    let correct = CorrectionCommand::Correct {
        target: renamed.id,
        reason: text("misheard"),
        occurred: None,
        content: CorrectedContent::Name(Name::new("Samira Boukhari-Smit").expect("a name")),
    };
    office.order(case(1), correct).await;
    let shown = entry(office.history(case(1)), &renamed);
    let words = |content: &timeline::Content| {
        content
            .words
            .iter()
            .filter_map(|(_, words)| words.known().map(std::borrow::Cow::into_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&shown.content), ["Samira Boukhari-Smit"]);
    assert_eq!((shown.content.type_name, shown.content.persons.clone()), ("PersonRenamed", vec![samira]));
    let amendment = shown.amendment.expect("a correction");
    assert_eq!(words(amendment.was.as_ref().expect("what stood there")), ["Samira Bukari"]);
    assert_eq!(amendment.author.as_ref().expect("somebody").value, JOOST);
    assert_eq!(
        amendment.reason.as_ref().and_then(|why| why.value.known()).map(|why| why.as_str().to_owned()).as_deref(),
        Some("misheard")
    );
    let strike = CorrectionCommand::StrikeOut { target: renamed.id, reason: text("was never said") };
    office.order(case(1), strike).await;
    let shown = entry(office.history(case(1)), &renamed);
    assert!(shown.amendment.as_ref().expect("a correction").struck_out());
    assert_eq!(words(&shown.content), ["Samira Bukari"], "what stood there stays to be read");
    let name = read(office.history(case(1)), "2026-11-16", people::people).remove(0).name.expect("a name");
    assert_eq!(name.value.known().expect("readable").as_str(), "Samira Boukhari");
    let then = as_of(office.history(case(1)), "2026-05-01", timeline::timeline);
    assert!(then.iter().all(|entry| entry.amendment.is_none()), "as recorded before the correction");
}

#[tokio::test]
async fn entries_stand_in_recorded_order_and_say_who_and_when() {
    let office = five_supporters().await;
    let history = office.history(case(1));
    let entries = read(history, "2026-11-16", timeline::timeline);
    let ids: Vec<_> = history.facts().iter().map(|fact| fact.id).collect();
    assert_eq!(entries.iter().map(|entry| entry.event).collect::<Vec<_>>(), ids);
    let joined = entries.iter().filter(|entry| entry.content.type_name == "PartyJoined").collect::<Vec<_>>();
    assert_eq!(joined.iter().map(|entry| entry.content.workers.value[0]).collect::<Vec<_>>(), [PETRA, SAM, KOEN]);
    assert!(joined.iter().all(|entry| entry.author.value == NOOR && !entry.due.is_empty()));
    assert_eq!(joined[0].content.words[0].0, "expertise");
}

#[tokio::test]
async fn a_changed_audience_holds_also_for_what_was_recorded_before() {
    let mut office = five_supporters().await;
    let opened = office.history(case(1)).facts().iter().find(|fact| matches!(&fact.event, CaseEvent::Life(_)));
    let opened = opened.expect("an opening").clone();
    office.on("2026-05-01").by(JOOST, Role::CaseDirector);
    let hide = LifeCommand::ChangeAudience {
        target: opened.id,
        audience: Audience::Workers(vec![JOOST]),
        reason: text("too much"),
    };
    office.order(case(1), hide).await;
    let history = office.history(case(1));
    let hidden = Audience::Workers(vec![JOOST]);
    assert_eq!(entry(history, &opened).kept.audience, hidden);
    let then = as_of(history, "2026-03-02", life::life);
    assert_eq!(then.opening.expect("an opening").question.audience, hidden, "rights of now");
    assert_eq!(then.phase, Phase::Open(day("2026-03-02")));
}

/// The end of something is told by facts of its own: whoever may not know one of them reads as if it had not been recorded.
#[tokio::test]
async fn an_end_is_for_whoever_may_know_the_fact_that_ended_it() {
    let mut office = five_supporters().await;
    office.on("2026-06-01").by(JOOST, Role::CaseDirector);
    office.order(case(1), RegieCommand::LeaveParty { worker: SAM, last_day: None, reason: None }).await;
    office.on("2026-06-08");
    let deputy = RegieCommand::AppointDeputy {
        deputy: LAYLA,
        organisation: organisation("gemeente-huizen"),
        from: None,
        until: day("2026-07-10"),
        reason: text("holiday"),
    };
    office.order(case(1), deputy).await;
    office.order(case(1), RegieCommand::EndDeputy { last_day: Some(day("2026-06-30")) }).await;
    office.on("2026-07-01");
    let ended = RegieCommand::EndDirectorship { last_day: None, reason: text("another job") };
    office.order(case(1), ended).await;
    office.on("2026-08-03").by(NOOR, Role::AccessWorker);
    let close = LifeCommand::CloseCase { outcome: domain::life::Outcome::Reassured, explanation: None };
    office.order(case(1), close).await;
    let history = office.history(case(1));
    let named = |name: &str| {
        let fact = history.facts().iter().find(|fact| domain::decider::DomainEvent::info(&fact.event).name == name);
        fact.expect("recorded").id
    };
    let but = |name: &str| {
        let hidden = named(name);
        move |kept: &Kept<()>| kept.fact != hidden
    };
    let until = |ends: &super::ends::Ends, knows: &dyn Fn(&Kept<()>) -> bool| ends.until(knows).map(|end| end.value);

    let after = read(history, "2026-08-04", regie);
    let joost = &after.directors[0];
    assert_eq!(until(&joost.until, &everything), Some(day("2026-07-01")));
    assert_eq!(until(&joost.until, &but("DirectorEnded")), Some(day("2026-08-03")), "the closing is known");
    assert_eq!(until(&joost.until, &|_| false), None);
    let state = &history.state().regie;
    for (shown, party) in after.parties_to(everything).1.into_iter().zip(state.parties()) {
        assert_eq!(until(&shown.until, &everything), party.period.until, "what ended it is what the facts say");
    }

    let within = |view: &RegieView, knows: &dyn Fn(&Kept<()>) -> bool| {
        view.parties_to(knows).0.into_iter().map(|party| party.worker.value).collect::<Vec<_>>()
    };
    let before = read(history, "2026-06-15", regie);
    assert_eq!(within(&before, &everything), [PETRA, KOEN]);
    assert_eq!(within(&before, &but("PartyLeft")), [PETRA, SAM, KOEN], "as if Sam had not left");
    assert_eq!(before.duplicates(but("PartyLeft")).len(), 1);
    let standing_in = &before.deputy.as_ref().expect("a deputy").until;
    assert_eq!(until(standing_in, &everything), Some(day("2026-06-30")));
    assert_eq!(until(standing_in, &but("DeputyEnded")), Some(day("2026-07-10")), "as agreed");
}

/// Who left a household, and who has another name or authority since, is told by what came after.
#[tokio::test]
async fn the_end_of_a_dated_value_is_for_whoever_may_know_what_ended_it() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.on("2026-04-21").by(NOOR, Role::AccessWorker);
    let household = office.at_mothers(case(1), samira, "2026-04-01").await;
    let leaves = HouseholdCommand::EndMembership { household, person: samira, last_day: day("2026-05-31") };
    let left = office.order(case(1), leaves).await.remove(0);
    let name = Name::new("Samira El Idrissi").expect("a name");
    let rename = PeopleCommand::RenamePerson { person: samira, name, from: Some(day("2026-04-21")) };
    let renamed = office.order(case(1), rename).await.remove(0);
    let history = office.history(case(1));
    let homes = read(history, "2026-04-22", households::households);
    let until = |ends: &super::ends::Ends, but: &Fact<CaseEvent>| {
        let all = ends.until(everything).map(|end| end.value);
        (all, ends.until(|kept| kept.fact != but.id).map(|end| end.value))
    };
    assert_eq!(until(&homes[0].members[0].until, &left), (Some(day("2026-05-31")), None));
    let people = read(history, "2026-04-22", people::people);
    assert_eq!(until(&people[0].earlier_names[0].until, &renamed), (Some(day("2026-04-20")), None));
}

/// A look back at a day shows what was told later about it, and nothing of what came after.
#[tokio::test]
async fn what_is_now_known_about_a_day_holds_nothing_of_after_it() {
    let mut office = five_supporters().await;
    office.on("2026-05-01").by(NOOR, Role::AccessWorker);
    let joined = NewParty {
        worker: LAYLA,
        organisation: organisation("zorg-vecht"),
        expertise: None,
        specialist: false,
        expected_end: None,
        from: None,
        consents: Vec::new(),
    };
    let reported = RegieCommand::ReportPartyJoined { party: joined, last_day: None, explanation: None };
    office.order(case(1), reported).await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.at_mothers(case(1), samira, "2026-03-02").await;
    office.on("2026-11-01");
    let stops = RegieCommand::EndDirectorship { last_day: None, reason: text("done") };
    office.order(case(1), stops).await;
    office.on("2026-11-02");
    let close = LifeCommand::CloseCase { outcome: domain::life::Outcome::Reassured, explanation: None };
    office.order(case(1), close).await;
    let history = office.history(case(1));
    let about = |on: &str| {
        let (known, terms) = (history.as_known_about(day(on)), terms());
        let reading = Reading::new(&known, history.state(), day(on), &terms, rights(on));
        let entries = timeline::timeline(&reading).into_iter().map(|entry| entry.content.type_name);
        (entries.collect::<Vec<_>>(), life::life(&reading).departures.len())
    };
    let (entries, departures) = about("2026-03-02");
    for later in ["CaseClosed", "DirectorAssigned"] {
        assert!(!entries.contains(&later), "{later} came after: {entries:?}");
    }
    assert_eq!(entries.iter().filter(|name| **name == "PartyJoined").count(), 2, "Koen and Layla came after");
    assert!(entries.contains(&"MembershipRecorded"), "told later about that day");
    assert_eq!(departures, 0, "what went otherwise came after");
    let (entries, departures) = about("2026-11-02");
    assert_eq!((entries.len(), departures), (history.facts().len(), 1));
}

/// That something was corrected is for whoever may know the correcting fact.
#[tokio::test]
async fn a_correction_says_who_may_know_that_there_was_one() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.on("2026-05-01").by(NOOR, Role::AccessWorker);
    let name = |called: &str| Name::new(called).expect("a name");
    let rename = PeopleCommand::RenamePerson { person: samira, name: name("Samira Bukari"), from: None };
    let renamed = office.order(case(1), rename).await.remove(0);
    let correct = CorrectionCommand::Correct {
        target: renamed.id,
        reason: text("misheard"),
        occurred: None,
        content: CorrectedContent::Name(name("Samira Boukhari-Smit")),
    };
    let corrected = office.order(case(1), correct).await.remove(0);
    let hide =
        LifeCommand::ChangeAudience { target: corrected.id, audience: Audience::Director, reason: text("too much") };
    office.order(case(1), hide).await;
    let shown = entry(office.history(case(1)), &renamed);
    assert_eq!(shown.kept.audience, Audience::Case);
    assert_eq!(shown.amendment.expect("a correction").by.audience, Audience::Director);
}

/// Who is in the case is a fact with readers of its own.
#[tokio::test]
async fn a_person_carries_who_may_know_that_they_are_there() {
    let mut office = five_supporters().await;
    let father = office.person(case(1), "Karim");
    let added = office.history(case(1)).state().people.person(father).expect("a person").added_by;
    office.on("2026-05-01").by(NOOR, Role::AccessWorker);
    let hide = LifeCommand::ChangeAudience { target: added, audience: Audience::Director, reason: text("too much") };
    office.order(case(1), hide).await;
    let history = office.history(case(1));
    let then = as_of(history, "2026-03-02", people::people);
    let audiences: Vec<_> = then.iter().map(|view| view.added.audience.clone()).collect();
    assert_eq!(audiences, [Audience::Case, Audience::Case, Audience::Director], "rights of now");
    let now = super::present(history, day("2026-05-01"));
    assert_eq!((now.len(), &now[&father].audience, now[&father].locating), (3, &Audience::Director, false));
}

/// Two households, each with what is its own: every value carries where it stands, whatever the audience it was recorded with.
#[tokio::test]
async fn every_value_carries_the_layers_it_stands_in() {
    let mut office = five_supporters().await;
    let [samira, ilias] = ["Samira Boukhari", "Ilias Boukhari"].map(|name| office.person(case(1), name));
    let home = office.at_mothers(case(1), samira, "2026-03-02").await;
    let lives =
        HouseholdCommand::RecordMembership { household: home, person: ilias, from: day("2026-03-02"), until: None };
    office.order(case(1), lives).await;
    let history = office.history(case(1));
    let child = || Layers::of([Layer::Child(ilias)]);
    let regie = read(history, "2026-05-01", regie);
    let director = regie.director.as_ref().expect("a director");
    assert_eq!(director.director.layers, Layers::case());
    assert_eq!(director.agreed_workers.layers, child(), "Petra came in for Ilias");
    assert!(regie.parties.iter().all(|party| party.worker.layers == child()));
    let consents = read(history, "2026-05-01", super::consents::consents);
    assert!(consents.iter().all(|consent| consent.consent.layers == child()));
    let shown = read(history, "2026-05-01", households::households);
    let [household] = &shown[..] else { panic!("one household") };
    assert_eq!(household.household.layers, Layers::case());
    let own = |person| {
        let layers = [Layer::Household(home)].into_iter().chain((person == ilias).then_some(Layer::Child(ilias)));
        (person, Layers::of(layers))
    };
    let members: Vec<_> =
        household.members.iter().map(|member| (member.value.value, member.value.layers.clone())).collect();
    assert_eq!(members, [own(samira), own(ilias)]);
    let facts = super::Facts::of(history, rights("2026-05-01"));
    for entry in read(history, "2026-05-01", timeline::timeline) {
        let fact = history.fact(entry.event).expect("a fact");
        assert_eq!(facts.kept(fact).layers, entry.kept.layers, "{}", entry.content.type_name);
    }
    let there = super::present(history, day("2026-05-01"));
    assert_eq!(there[&samira].layers, Layers::case());
}

/// A missing key is a fault: what follows from the value is lost with it, and says so.
#[tokio::test]
async fn what_follows_from_a_lost_value_is_lost_and_no_silence() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    let ilias = office.person(case(1), "Ilias Boukhari");
    let lost = |values: &[Kept<domain::personal::Personal<()>>]| {
        values.iter().filter(|kept| kept.value.presence() == Presence::Unavailable).count()
    };
    let of = |history: &History<Case>, person| {
        let shown = read(history, "2026-05-01", people::people);
        shown.into_iter().find(|view| view.person == person).expect("a person")
    };
    let before = of(office.history(case(1)), ilias);
    assert_eq!(lost(&before.help.expect("a child").values), 0);
    office.lose(case(1), ilias).await;
    let history = office.history(case(1));
    let child = of(history, ilias);
    assert_eq!(child.age.expect("an age that is lost").value.presence(), Presence::Unavailable);
    assert_eq!(lost(&child.help.expect("may be a child").values), 2, "authority and age");
    assert_eq!(lost(&child.authority.expect("may be a child").values), 1);
    let help = read(history, "2026-05-01", super::consents::consents).remove(0);
    assert!(lost(&help.values) > 0 && !help.counts, "that it does not count is a guess");
    assert_eq!(of(history, samira).age.expect("an age").value.presence(), Presence::Known);
}

/// However many views ask by which fact a value was recorded, the history is gone through once.
#[tokio::test]
async fn what_stands_is_worked_out_once() {
    let office = five_supporters().await;
    let history = office.history(case(1));
    let terms = terms();
    let reading = Reading::new(history, history.state(), day("2026-05-01"), &terms, rights("2026-05-01"));
    assert_eq!(people::people(&reading).len(), 3);
    let first = reading.standing().as_ptr();
    assert!(regie(&reading).director.is_some() && life::life(&reading).opening.is_some());
    assert!(std::ptr::eq(first, reading.standing().as_ptr()));
}
