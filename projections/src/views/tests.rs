//! Views of a real case, told with its dates (case history 05).

use domain::case::{Case, CaseEvent};
use domain::consent::{Missing, WhoIs};
use domain::correction::{CorrectedContent, CorrectionCommand};
use domain::decider::History;
use domain::fact::{Audience, Fact, Role};
use domain::households::HouseholdCommand;
use domain::life::{LifeCommand, Phase};
use domain::people::{AuthorityKind, Holders, NewAuthority, PeopleCommand, PeopleEvent, Source};
use domain::personal::Presence;
use domain::protection::ProtectionCommand;
use domain::regie::RegieTask;
use domain::text::Name;

use super::Reading;
use super::regie::{HandoverEnd, RegieView, regie};
use super::{Kept, households, life, people, timeline};
use crate::testing::{JOOST, KOEN, LAYLA, NOOR, Office, PETRA, SAM, case, day, line, organisation, terms, text};

/// What a history says on a day, as now known.
fn read<T>(history: &History<Case>, on: &str, view: impl FnOnce(&Reading<'_>) -> T) -> T {
    view(&Reading::new(history, history.state(), day(on), &terms()))
}

/// As recorded on a day, with the rights of now.
fn as_of<T>(history: &History<Case>, on: &str, view: impl FnOnce(&Reading<'_>) -> T) -> T {
    let then = history.as_recorded_on(day(on));
    view(&Reading::new(&then, history.state(), day(on), &terms()))
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
    assert_eq!((director.director.value, director.period.since), (JOOST, day("2026-03-25")));
    assert_eq!(director.agreed.len(), 2);
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
    assert_eq!((offer.successor, offer.planned, offer.read), (LAYLA, day("2026-06-26"), None));
    assert_eq!(offer.summary.value.known().expect("readable").as_str(), "what matters most");
    office.accept_by_layla(case(1)).await;
    let history = office.history(case(1));
    let done = read(history, "2026-06-26", regie);
    assert!(done.handover.is_none());
    assert_eq!(done.director.expect("a director").director.value, LAYLA);
    assert_eq!(done.directors.len(), 2);
    let earlier = &done.earlier_handovers[0];
    assert_eq!(earlier.ended, Some(HandoverEnd::Accepted(day("2026-06-26"))));
    assert_eq!((earlier.family.len(), earlier.read), (1, Some(day("2026-06-26"))));
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
    assert!(shown[0].age.is_none());
    assert!(read(history, "2026-05-01", regie).director.is_some(), "the process stays readable");
}

#[tokio::test]
async fn protection_is_of_now_also_when_looking_back() {
    let mut office = five_supporters().await;
    let samira = office.person(case(1), "Samira Boukhari");
    office.on("2026-04-21").by(NOOR, Role::AccessWorker);
    let form =
        HouseholdCommand::FormHousehold { label: line("bij mama"), from: day("2026-04-01"), members: vec![samira] };
    office.order(case(1), form).await;
    let household = office.history(case(1)).state().households.iter().next().expect("a household").id;
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
    assert_eq!(found.address.value.audience, Audience::Director);
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
    assert_eq!(amendment.actor.as_ref().expect("somebody").worker, JOOST);
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
    assert!(joined.iter().all(|entry| entry.actor.worker == NOOR && !entry.due.is_empty()));
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
