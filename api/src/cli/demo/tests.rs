//! The clock of a demo that is really played: it stands at every moment at which something is due, and goes on when everything had its
//! turn. Invented people only.

use std::collections::BTreeSet;
use std::num::NonZeroU16;
use std::sync::Mutex;

use domain::case::Case;
use domain::decider::History;
use domain::fact::Organisation;
use domain::regie::{GAP_DUE, gap_in_open_case};
use domain::time::CivilDay;
use projections::lists::{Attention, PageRequest, Scope};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::*;
use crate::demo::script::{CASE, local_moment};

const STAFF: &str = r#"
[[staff]]
key = "noor"
name = "Noor"
organisation = "dienst"
roles = ["access_worker"]
[[staff]]
key = "anja"
name = "Anja"
organisation = "jeugd-en-gezin"
roles = ["case_director"]
[[staff]]
key = "petra"
name = "Petra"
organisation = "zorg"
roles = ["supporter"]
[[staff]]
key = "sam"
name = "Sam"
organisation = "school"
roles = ["supporter"]
"#;

/// A mother and her son, opened on Monday 2 March with the consent to whoever joins.
const OPENING: &str = r#"
title = "Small"
municipality = "dienst"
[[step]]
at = "2026-03-02T09:00"
as = "noor"
do = "openCase"
note = ""
creates = { person = ["hanna", "otis"], consent = ["hulp", "deelname"] }
[step.input]
framework = "VOLUNTARY"
ground = "HELP_CONSENT"
question = "Rust."
people = [
  { key = "hanna", name = "Hanna", birthDate = "1990-01-01", role = "PARENT" },
  { key = "otis", name = "Otis", birthDate = "2018-01-01", role = "CHILD" },
]
authority = [{ child = "otis", kind = "ONE_PARENT", holders = ["hanna"], from = "2018-01-01", source = "REGISTER" }]
consents = [
  { giver = "hanna", subject = "otis", kind = "HELP", evidence = "SPOKEN" },
  { giver = "hanna", subject = "hanna", kind = "JOINING", recipients = ["@petra", "@sam"], evidence = "SPOKEN" },
]
"#;

fn join(at: &str, worker: &str, organisation: &str) -> String {
    format!(
        "[[step]]\nat = '{at}'\nas = 'noor'\ndo = 'joinParty'\nnote = ''\n[step.input]\nworker = '@{worker}'\n\
         organisation = '{organisation}'\nspecialist = false\nconsents = ['@deelname']\n"
    )
}

fn assign(at: &str) -> String {
    format!(
        "[[step]]\nat = '{at}'\nas = 'noor'\ndo = 'assignCaseDirector'\nnote = ''\n[step.input]\ndirector = '@anja'\n\
         organisation = 'jeugd-en-gezin'\ntasks = ['OVERVIEW']\nagreed = [{{ person = '@hanna' }}]\n"
    )
}

/// Petra and Sam in, the term of the gap until Monday 9 March, and a director from this moment on.
fn gap_until(director: &str) -> String {
    let joined = [join("2026-03-02T10:00", "petra", "zorg"), join("2026-03-02T11:00", "sam", "school")].concat();
    format!("{OPENING}{joined}{}", assign(director))
}

fn moment(text: &str) -> Timestamp {
    local_moment(text).unwrap()
}

/// Plays, and says where the clock stood; at each stop the lists and the reactions were at the head, and spoke of that day.
async fn stops(folder: &Path, histories: Histories) -> (Played, Vec<Timestamp>) {
    let stood = Mutex::new(Vec::new());
    let look = |node: &Node| {
        let now = node.clock().now();
        let head = block_in_place(|| Handle::current().block_on(node.store().head())).unwrap();
        let lists = node.lists().reached().unwrap();
        assert!(lists.position >= head && lists.day >= now.day(), "{lists:?} at {now}");
        assert!(node.reactions().reached() >= head, "at {now}");
        stood.lock().unwrap().push(now);
    };
    let played = open_watched(folder, histories, &look).await.unwrap();
    (played, stood.into_inner().unwrap())
}

async fn history(played: &Played, case: &str) -> History<Case> {
    let id = played.labels[case][CASE];
    played.node.services().cases.load(id).await.unwrap().history.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_stands_at_the_moment_a_gap_is_over_its_term_and_at_none_that_was_filled_before() {
    let folder = tempfile::tempdir().unwrap();
    let late = gap_until("2026-03-16T10:00");
    let (played, stood) = stops(folder.path(), Histories::read(STAFF, &[("late", &late)]).unwrap()).await;
    assert_eq!(stood, [moment("2026-03-10T08:00")]);
    played.node.close().await;

    let folder = tempfile::tempdir().unwrap();
    let in_time = gap_until("2026-03-09T17:00");
    let (played, stood) = stops(folder.path(), Histories::read(STAFF, &[("in-time", &in_time)]).unwrap()).await;
    assert_eq!(stood, []);
    played.node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_stop_the_caseload_shows_what_became_overdue() {
    let folder = tempfile::tempdir().unwrap();
    let late = gap_until("2026-03-16T10:00");
    let seen = Mutex::new(Vec::new());
    let look = |node: &Node| {
        let scope = Scope::Municipality(Organisation::new("dienst").unwrap());
        let request = PageRequest::first(NonZeroU16::MIN);
        let page = block_in_place(|| Handle::current().block_on(node.lists().caseload(scope, request))).unwrap();
        let lines = page.rows.into_iter().flat_map(|(_, listed)| listed.attention);
        seen.lock().unwrap().extend(lines.map(|line| (node.clock().now(), line.what)));
    };
    let histories = Histories::read(STAFF, &[("late", &late)]).unwrap();
    open_watched(folder.path(), histories, &look).await.unwrap().node.close().await;
    let days = (day("2026-03-09"), day("2026-03-02"));
    let overdue = Attention::GapOverdue { last_day: days.0, since: days.1, parties: 2 };
    assert!(seen.into_inner().unwrap().contains(&(moment("2026-03-10T08:00"), overdue)));
}

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

/// Every moment at which a gap was over its term: told by each fact that carries one, and looked up in what was recorded before it.
fn gap_deadlines(history: &History<Case>) -> BTreeSet<Timestamp> {
    let carried = history.facts().iter().flat_map(|fact| &fact.due).filter(|due| due.what == GAP_DUE);
    let over = |at: Timestamp| {
        let before = history.facts().iter().take_while(|fact| fact.recorded_at < at).cloned().collect();
        gap_in_open_case(History::<Case>::fold(before).state(), at.day()).is_some_and(|gap| gap.alert_at == at)
    };
    carried.map(|due| due.at).filter(|at| *at <= present() && over(*at)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_stands_at_every_gap_of_its_cases_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (played, stood) = stops(folder.path(), Histories::of_the_project().unwrap()).await;
    assert!(stood.array_windows().all(|[one, next]| one < next), "never backwards, none twice: {stood:?}");
    let mut expected = BTreeSet::new();
    for case in played.labels.keys() {
        expected.extend(gap_deadlines(&history(&played, case).await));
    }
    assert!(expected.contains(&moment("2026-03-10T08:00")), "the alert of case 05: {expected:?}");
    assert!(expected.iter().all(|at| stood.contains(at)), "{expected:?} in {stood:?}");
    // The specialist of case 05 is looked at after 1 October.
    assert!(stood.contains(&moment("2026-10-02T08:00")), "{stood:?}");
    played.node.close().await;

    // Everything was played: from what was recorded last to the present the clock goes the same way again.
    let last = last_recorded(folder.path()).await.unwrap().unwrap();
    let (played, again) = stops(folder.path(), Histories::of_the_project().unwrap()).await;
    assert_eq!(played.steps.now, 0);
    assert_eq!(again, stood.into_iter().filter(|at| *at > last).collect::<Vec<_>>());
    played.node.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_in_the_middle_the_clock_stands_where_it_would_have_stood() {
    let all = || Histories::of_the_project().unwrap();
    let only_05 = |mut histories: Histories| {
        histories.cases.retain(|case| case.name.starts_with("05"));
        histories
    };
    let folder = tempfile::tempdir().unwrap();
    let (played, whole) = stops(folder.path(), only_05(all())).await;
    played.node.close().await;
    assert!(whole.len() > 1);

    for until in ["2026-03-09T00:00", "2026-03-20T00:00"].map(moment) {
        let folder = tempfile::tempdir().unwrap();
        let mut beginning = only_05(all());
        beginning.cases[0].steps.retain(|step| step.at < until);
        let (played, _) = stops(folder.path(), beginning).await;
        let (first, last) = (played.steps.now, last_recorded(folder.path()).await.unwrap().unwrap());
        played.node.close().await;
        let (played, rest) = stops(folder.path(), only_05(all())).await;
        assert_eq!(played.steps.before, first);
        assert_eq!(rest, whole.iter().copied().filter(|at| *at > last).collect::<Vec<_>>());
        played.node.close().await;
    }
}

/// Somebody who has enough of it need not wait for the last step.
#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_while_it_plays_it_closes_and_goes_on_from_there_later() {
    let folder = tempfile::tempdir().unwrap();
    let histories = || Histories::read(STAFF, &[("small", OPENING)]).unwrap();
    let (tell, told) = watch::channel(true);
    let stopped =
        play_on(folder.path(), histories(), None, |_| HistoryPlace::Folder, &|_| {}, Some(told)).await.unwrap();
    assert!(stopped.is_none());
    drop(tell);
    let played = open_with(folder.path(), histories()).await.unwrap();
    assert_eq!(played.steps.before + played.steps.now, 1);
    played.node.close().await;
}
