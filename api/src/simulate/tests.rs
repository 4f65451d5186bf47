//! Regions: what the law says of their stories, what comes out twice the same, what a folder may be. Invented people only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::case::{Case, CaseEvent};
use domain::correction::CorrectionEvent;
use domain::decider::{Context, DomainEvent as _, History, decide};
use domain::fact::{Audience, CommandRef, Draft, Fact, Role};
use domain::ids::{CaseId, CommandId, EventId, Revision};
use domain::life::Phase;
use domain::rejection::Rejection;
use domain::time::{Occurred, Timestamp};
use tempfile::{TempDir, tempdir};
use uuid::Uuid;

use super::region::Region;
use super::story::{Given, Story, case_id};
use super::words::{FAMILIES, HERE, MEN, PLACES, STREETS, WOMEN};
use super::*;
use crate::cli::demo;
use crate::demo::Histories;
use crate::demo::clock::DemoClock;
use crate::node::unserved::Desks;
use crate::node::{FolderKind, HISTORY, HistoryPlace, NodeOptions};

/// Cases that the law judges.
const JUDGED: u32 = 2_000;

fn region(seed: u64, cases: u32) -> Region {
    Region::of(Asked { cases, seed, steps: None }, &Histories::of_the_project().unwrap().staff).unwrap()
}

/// A story told to the law alone.
struct Told {
    history: History<Case>,
    /// What was refused, at which step.
    refused: Vec<(&'static str, Rejection)>,
}

fn tell(region: &Region, case: u32) -> Told {
    let story = Story::of(region, case);
    let (mut history, mut refused, mut fresh) = (History::<Case>::default(), Vec::new(), 0_u128);
    for step in 0..story.length() {
        let now = story.when(step).unwrap();
        let terms = region.terms.terms_on(now.day());
        let Some(Given { by, order }) = story.tell(step, &history, now.day(), terms) else { continue };
        let mut ids = || {
            fresh += 1;
            Uuid::from_u128(fresh)
        };
        let id = case_id(region.seed, case);
        let mut context = Context { id, now, actor: &by, terms, book: &region.terms, ids: &mut ids };
        match decide::<Case>(&history, &order, &mut context) {
            Ok(drafts) => {
                let count = u32::try_from(drafts.len()).unwrap();
                for (index, draft) in (0..count).zip(drafts) {
                    let command = CommandRef { id: story.command(step), digest: String::new(), index, count };
                    history.push(fact(&history, draft, &by, command, now, &terms.version.to_string()));
                }
            }
            Err(rejection) => refused.push((story.what(step), rejection)),
        }
    }
    Told { history, refused }
}

fn fact(
    history: &History<Case>,
    draft: Draft<CaseEvent>,
    by: &domain::fact::Actor,
    command: CommandRef,
    now: Timestamp,
    terms: &str,
) -> Fact<CaseEvent> {
    let revision = history.revision().map_or(Revision::FIRST, Revision::next);
    Fact {
        id: EventId::from_uuid(Uuid::from_u128(u128::from(revision.number()) + 1)),
        revision,
        recorded_at: now,
        occurred: draft.occurred.unwrap_or(Occurred::At(now)),
        learnt: draft.learnt,
        actor: by.clone(),
        audience: draft.audience.unwrap_or(Audience::Case),
        command,
        terms: terms.to_owned(),
        due: draft.due,
        departures: draft.departures,
        event: draft.event,
    }
}

/// What the cases of a region come to.
#[derive(Default)]
struct Counted {
    facts: Vec<usize>,
    open: u32,
    types: BTreeMap<&'static str, u32>,
}

fn count(region: &Region) -> Counted {
    let (mut counted, mut refused) = (Counted::default(), BTreeMap::<_, (u32, u32)>::new());
    for case in 0..region.cases {
        let told = tell(region, case);
        for (step, rejection) in told.refused {
            refused.entry((step, rejection.code.0)).or_insert((0, case)).0 += 1;
        }
        counted.facts.push(told.history.facts().len());
        counted.open += u32::from(matches!(told.history.state().life.phase, Phase::Open(_)));
        let types: BTreeSet<_> = told.history.facts().iter().map(|fact| fact.event.info().name).collect();
        for name in types {
            *counted.types.entry(name).or_default() += 1;
        }
    }
    assert!(refused.is_empty(), "refused, by step and code: how often, and the first case: {refused:?}");
    counted.facts.sort_unstable();
    counted
}

#[test]
fn the_law_accepts_every_order_of_two_thousand_cases_and_they_are_a_believable_region() {
    let region = region(7, JUDGED);
    let Counted { facts, open, types } = count(&region);
    let (sum, middle, most) = (facts.iter().sum::<usize>(), facts[facts.len() / 2], facts[facts.len() - 1]);
    let mean = sum / facts.len();
    let share = |name: &str| f64::from(*types.get(name).unwrap_or(&0)) * 100.0 / f64::from(JUDGED);
    let told: Vec<_> = types.keys().map(|name| format!("{name} {:.1}", share(name))).collect();
    let found = format!("mean {mean}, middle {middle}, most {most}, open {open}; of a hundred cases: {told:?}");
    // A long tail: most are short, some are many times as long.
    assert!((25..=36).contains(&mean) && middle <= mean && most > 100, "{found}");
    let long = facts.iter().filter(|facts| **facts >= 70).count() * 100 / facts.len();
    assert!((3..=15).contains(&long), "{long} of a hundred have seventy facts or more: {found}");
    let wanted = f64::from(super::shares::OPEN_AT_THE_END);
    assert!((f64::from(open) * 100.0 / f64::from(JUDGED) - wanted).abs() < 4.0, "{found}");
    // Nothing that a chapter tells stays out.
    for name in [
        "ConsentRefused",
        "ConsentWithdrawn",
        "ShareAccepted",
        "DeputyAppointed",
        "HandoverAccepted",
        "DirectorEnded",
        "LocatingDataProtected",
        "PlanSplitPerHousehold",
        "DonsDuoAssigned",
        "SatRequested",
        "SatAccepted",
        "FactCorrected",
        "CaseClosed",
        "CaseReopened",
        "PlanCoordinatorAppointed",
        "CrisisCardWritten",
        "PartyLeft",
        "WorkerExcluded",
        "RepresentativeNamed",
        "AuthorityRecorded",
        "RecognitionRecorded",
        "DepartureReported",
        "GoalProposed",
        "GoalReworded",
        "GoalReached",
        "ActionAgreed",
        "ActionOwned",
        "ActionMoved",
        "ActionEnded",
        "PlanOffered",
        "PlanAnswered",
        "PlanActivated",
        "PlanEvaluated",
        "ReflectionHeld",
        "ContactRecorded",
        "PromiseSettled",
        "ConflictNamed",
        "GlaslStageAssessed",
        "ParentingFormAssessed",
        "FlareUpRecorded",
        "ConflictEnergyReported",
        "CalmPeriodReported",
        "ConflictRested",
        "RulingRecorded",
        "RulingDatesRecorded",
        "RulingEnded",
        "TrajectoryStarted",
        "ExtensionAsked",
        "ExtensionViewGiven",
        "ExtensionDecided",
        "TrajectoryEnded",
        "ServiceStepTaken",
        "ConferenceCalled",
        "ConferenceHeld",
        "ConferenceStopped",
        "HeardApart",
        "ConferenceResumed",
        "ChildVoiceRecorded",
        "ChildSignalClosed",
        "SupportMatched",
        "SupportTermAgreed",
        "SupportReviewed",
    ] {
        assert!(share(name) > 0.0, "{name}: {found}");
    }
    assert!((1.0..5.0).contains(&share("LocatingDataProtected")), "{found}");
}

/// What a very large region is measured with: the same stories, each broken off.
#[test]
fn a_story_that_breaks_off_begins_like_the_whole_one() {
    let whole = region(7, JUDGED);
    let asked = Asked { cases: JUDGED, seed: 7, steps: Some(4) };
    let brief = Region::of(asked, &Histories::of_the_project().unwrap().staff).unwrap();
    let mut facts = 0;
    for case in 0..JUDGED {
        let (begun, all) = (tell(&brief, case), tell(&whole, case));
        assert!(begun.refused.is_empty(), "case {case}: {:?}", begun.refused);
        let (begun, all) = (begun.history.facts(), all.history.facts());
        assert_eq!(begun, &all[..begun.len()], "case {case}");
        facts += begun.len();
    }
    let mean = facts / usize::try_from(JUDGED).unwrap();
    assert!((8..=12).contains(&mean), "{mean}");
}

#[test]
fn a_director_has_a_caseload_of_about_thirty() {
    let cases = 1_500;
    let region = region(3, cases);
    let mut loads = BTreeMap::<_, u32>::new();
    for case in 0..cases {
        let told = tell(&region, case);
        let state = told.history.state();
        if let (Phase::Open(_), Some(director)) = (state.life.phase, state.regie.director_on(end().day())) {
            *loads.entry(director.worker).or_default() += 1;
        }
    }
    let mean = loads.values().sum::<u32>() / u32::try_from(loads.len()).unwrap();
    assert!((22..=35).contains(&mean), "{loads:?}");
    let anja = Histories::of_the_project().unwrap().staff.get("anja").unwrap().worker();
    assert!(loads.contains_key(&anja), "the staff of the demo direct too");
}

/// Numbers that the sources give, and that no decision of ours may stand in for.
const SOURCED: [&str; 13] = [
    "SAT_ASKED",
    "SAT_NAMED",
    "SPLIT",
    "PARENTING",
    "ENERGY",
    "RESTS",
    "RESUMED",
    "REFLECTED",
    "SPECIALIST_STAYS",
    "SUPPORT_FAMILY",
    "BUDDY",
    "HOME_VISITS",
    "IN_TOUCH",
];

#[test]
fn every_share_and_length_says_where_it_comes_from() {
    let sourced = |source: &str| {
        let numbers = source.split_once(':').filter(|(seed, _)| ["001", "002", "003", "004"].contains(seed));
        let lines = numbers.map(|(_, lines)| lines);
        lines.is_some_and(|lines| lines.split([',', '-']).all(|line| line.trim().parse::<u32>().is_ok()))
    };
    for (name, source) in super::shares::SOURCES {
        assert!(sourced(source) || *source == "PD", "{name}: {source}");
    }
    for name in SOURCED {
        let found = super::shares::SOURCES.iter().find(|(known, _)| *known == name);
        assert!(found.is_some_and(|(_, source)| sourced(source)), "{name}: {found:?}");
    }
}

/// The law keeps names out of texts; the names of these people are none of the words that are used.
#[test]
fn no_name_is_a_word_of_a_text() {
    let folded = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3);
        words.map(str::to_lowercase).collect()
    };
    let names: BTreeSet<String> = [WOMEN, MEN, FAMILIES].concat().into_iter().flat_map(folded).collect();
    let addresses =
        HERE.iter().flat_map(|first| [STREETS, PLACES].concat().into_iter().map(move |last| [*first, last].concat()));
    let sources = [
        include_str!("words.rs").split_once("/// What somebody who joins").unwrap().1,
        include_str!("chapters/regie.rs"),
        include_str!("chapters/help.rs"),
        include_str!("chapters/divorce.rs"),
        include_str!("chapters/consents.rs"),
        include_str!("chapters/otherwise.rs"),
        include_str!("chapters/life.rs"),
        include_str!("chapters/plan.rs"),
        include_str!("chapters/contacts.rs"),
        include_str!("chapters/conflict.rs"),
        include_str!("chapters/rulings.rs"),
        include_str!("chapters/trajectory.rs"),
        include_str!("chapters/conference.rs"),
        include_str!("chapters/voice.rs"),
        include_str!("chapters/informal.rs"),
    ];
    let written = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2).map(str::to_owned));
    for text in addresses.chain(written) {
        let clash: Vec<_> = folded(&text).into_iter().filter(|word| names.contains(word)).collect();
        assert!(clash.is_empty(), "{clash:?} in {text}");
    }
}

#[test]
fn a_region_grows_by_municipalities_and_everyone_there_is_somebody() {
    for (cases, few, many) in [(50, 5, 40), (3_000, 60, 250), (60_000, 1_000, 4_000)] {
        let region = region(1, cases);
        let staff = region.staff();
        assert!((few..=many).contains(&staff.len()), "{cases} cases: {}", staff.len());
        let workers: BTreeSet<_> = staff.iter().map(|member| member.worker()).collect();
        assert_eq!(workers.len(), staff.len());
    }
}

async fn written(folder: &Path, asked: Asked) -> Written {
    write_quietly(folder, asked).await.unwrap()
}

/// Everything that people did in the cases of a region, but what the engine stamps and seals: ids of bytes, keyed digests. What the system
/// tells by itself comes when time goes on.
async fn canonical(folder: &Path, asked: Asked) -> Vec<Vec<Fact<CaseEvent>>> {
    let options = NodeOptions {
        folder: folder.to_path_buf(),
        kind: FolderKind::Demo,
        history: HistoryPlace::Folder,
        master_key_file: None,
        terms: domain::terms::TermsBook::nl_default().unwrap(),
        clock: std::sync::Arc::new(DemoClock::at(end())),
    };
    let desks = Desks::open(options, std::sync::Arc::new(Uuid::new_v4)).await.unwrap();
    let mut all = Vec::new();
    for case in cases(asked) {
        let loaded = desks.cases.load(case).await.unwrap();
        let facts = loaded.history.facts();
        let place = |id: EventId| {
            let revision = facts.iter().find(|fact| fact.id == id).unwrap().revision.number();
            EventId::from_uuid(Uuid::from_u128(u128::from(revision)))
        };
        let plain = |fact: &Fact<CaseEvent>| {
            let mut fact = Fact { id: place(fact.id), ..fact.clone() };
            fact.command.digest.clear();
            if let CaseEvent::Correction(CorrectionEvent::FactCorrected { target, .. }) = &mut fact.event {
                *target = place(*target);
            }
            fact
        };
        all.push(facts.iter().filter(|fact| fact.actor.role != Role::System).map(plain).collect());
    }
    desks.close().await;
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_and_number_give_the_same_facts_and_another_seed_gives_others() {
    let asked = Asked { cases: 40, seed: 11, steps: None };
    let (one, other, different) = (tempdir().unwrap(), tempdir().unwrap(), tempdir().unwrap());
    let first = written(one.path(), asked).await;
    assert!(first.whole && first.refused.is_empty());
    assert_eq!(written(other.path(), asked).await, first);
    let facts = canonical(one.path(), asked).await;
    assert_eq!(facts.iter().map(Vec::len).sum::<usize>(), usize::try_from(first.facts).unwrap());
    assert_eq!(facts, canonical(other.path(), asked).await);
    let asked = Asked { seed: 12, ..asked };
    written(different.path(), asked).await;
    assert_ne!(facts, canonical(different.path(), asked).await);
    // The law alone says the same as the desk.
    let region = region(11, 40);
    let alone: Vec<usize> = (0..40).map(|case| tell(&region, case).history.facts().len()).collect();
    assert_eq!(alone, facts.iter().map(Vec::len).collect::<Vec<_>>());
    // Once more changes nothing.
    assert_eq!(written(one.path(), Asked { seed: 11, ..asked }).await, first);
}

/// What happens before this day.
async fn written_until(folder: &Path, asked: Asked, day: &str) {
    let until = day.parse::<domain::time::CivilDay>().unwrap().at(0, 0);
    let stopped = write(folder, asked, &ProgressBar::hidden(), &move |moment| moment >= until).await.unwrap();
    assert!(!stopped.whole, "{day}");
}

/// As if the note of how far it is had been lost, and the work done before.
fn lose_the_note(folder: &Path) {
    let mut note = note::Note::read(folder).unwrap().unwrap();
    (note.whole, note.done) = (false, i64::MIN);
    note.keep(folder).unwrap();
}

/// Stopped at many places, and gone on with: the same facts as in one go. Also what had nothing to do has its turn once: in one of these
/// families a child is asked nothing on the day meant, and would be asked on a later one.
#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_goes_on_from_there() {
    let asked = Asked { cases: 31, seed: 4, steps: None };
    let (whole, parts) = (tempdir().unwrap(), tempdir().unwrap());
    let first = written(whole.path(), asked).await;
    for day in ["2023-01-01", "2023-09-01", "2024-03-15", "2024-09-24", "2025-02-01", "2025-07-07"] {
        written_until(parts.path(), asked, day).await;
        lose_the_note(parts.path());
    }
    for _ in 0..2 {
        assert_eq!(written(parts.path(), asked).await, first);
        lose_the_note(parts.path());
    }
    assert_eq!(canonical(whole.path(), asked).await, canonical(parts.path(), asked).await);
}

async fn refused(folder: &Path, asked: Asked) -> String {
    write_quietly(folder, asked).await.unwrap_err().to_string()
}

fn folder_with(file: &str, content: &str) -> TempDir {
    let folder = tempdir().unwrap();
    std::fs::write(folder.path().join(file), content).unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_something_else_is_left_alone_and_told_what_to_do() {
    let asked = Asked { cases: 3, seed: 1, steps: None };
    let folder = tempdir().unwrap();
    written(folder.path(), asked).await;
    let other = refused(folder.path(), Asked { seed: 2, ..asked }).await;
    assert!(other.contains("`--cases 3 --seed 1`"), "{other}");
    assert!(refused(folder.path(), Asked { steps: Some(2), ..asked }).await.contains("`--cases 3 --seed 1`"));
    let note = note::Note { stories: "others".to_owned(), ..note::Note::read(folder.path()).unwrap().unwrap() };
    note.keep(folder.path()).unwrap();
    assert!(refused(folder.path(), asked).await.contains("another version"));

    let real = folder_with(HISTORY, "");
    assert!(refused(real.path(), asked).await.contains("real history"));
    let damaged = folder_with("region.json", "{");
    assert!(refused(damaged.path(), asked).await.contains("damaged"));
    let demo = folder_with("DEMO", "");
    std::fs::write(demo.path().join(HISTORY), "").unwrap();
    assert!(refused(demo.path(), asked).await.contains("holds a demo"));
    let file = folder_with("file", "");
    assert!(refused(&file.path().join("file"), asked).await.contains("cannot be used"));
}

/// The stories of the demo begin where every region ends.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_plays_on_top_and_after_it_no_region_goes_on() {
    let asked = Asked { cases: 60, seed: 2, steps: None };
    let folder = tempdir().unwrap();
    let before = written(folder.path(), asked).await;
    rebuild(folder.path(), &|_| {}).await.unwrap();
    let facts = canonical(folder.path(), asked).await;
    let played = Box::pin(demo::open(folder.path())).await.unwrap();
    assert!(played.steps.now > 0);
    // The lists know the families of the region beside those of the stories.
    let anja = played.histories.staff.get("anja").unwrap().worker();
    let scope = projections::lists::Scope::Worker(anja);
    let page = projections::lists::PageRequest::first(std::num::NonZeroU16::new(100).unwrap());
    let load = played.node.lists().caseload(scope, page).await.unwrap();
    let region: BTreeSet<_> = cases(asked).map(CaseId::from_uuid).collect();
    let (here, there): (Vec<_>, Vec<_>) = load.rows.iter().partition(|(_, listed)| region.contains(&listed.row.case));
    assert!(here.len() >= 10 && !there.is_empty(), "{} and {}", here.len(), there.len());
    played.node.close().await;
    assert_eq!(canonical(folder.path(), asked).await, facts);
    assert_eq!(written(folder.path(), asked).await.whole, before.whole);

    let mut note = note::Note::read(folder.path()).unwrap().unwrap();
    note.whole = false;
    note.keep(folder.path()).unwrap();
    assert!(refused(folder.path(), asked).await.contains("time never goes back"));
}

#[test]
fn a_command_is_named_by_seed_case_and_step() {
    let named = |seed, case, step| Story::of(&region(seed, 5), case).command(step);
    let all: BTreeSet<CommandId> = [named(1, 0, 0), named(1, 0, 1), named(1, 1, 0), named(2, 0, 0)].into();
    assert_eq!(all.len(), 4);
    assert_eq!(named(1, 4, 2), named(1, 4, 2));
}
