//! The case histories of the project, and how they are played.

use std::collections::BTreeMap;
use std::sync::Mutex;

use domain::ids::CaseId;
use domain::time::Timestamp;
use eventstore::clock::Clock;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Histories;
use super::clock::DemoClock;
use super::deadlines::{Deadlines, Failure};
use super::journal::Journal;
use super::player::{Play, PlayError, Played, Player, Refusal, Request, Surprise, present};
use super::script::{Act, CaseHistory, Command, Problem, ScriptError, local_moment};
use super::timeline::merge;

const STAFF: &str = r#"
[[staff]]
key = "noor"
name = "Noor"
organisation = "dienst"
roles = ["access_worker"]
"#;

fn project() -> Histories {
    Histories::of_the_project().unwrap()
}

fn problem_of(steps: &str) -> Problem {
    let source = format!("title = 'Test'\nmunicipality = 'dienst'\n{steps}");
    match Histories::read(STAFF, &[("test", &source)]).unwrap_err() {
        ScriptError::Step { problem, .. } => problem,
        other @ ScriptError::Toml { .. } => panic!("{other}"),
    }
}

fn step(at: &str, rest: &str) -> String {
    format!("[[step]]\nat = '{at}'\nas = 'noor'\nnote = ''\n{rest}\n")
}

#[test]
fn the_histories_of_the_project_are_whole() {
    let histories = project();
    assert_eq!(histories.cases.len(), 8);
    for case in &histories.cases {
        assert!(case.steps.iter().any(|step| step.act.name() == "openCase"), "{} opens", case.name);
        assert!(case.steps.iter().any(|step| step.act.name() == "assignCaseDirector"), "{} has a director", case.name);
        assert!(case.steps.iter().any(|step| step.act.name() == "formHousehold"), "{} has a household", case.name);
        assert!(case.steps.iter().all(|step| !step.note.is_empty()), "{} says why", case.name);
    }
}

#[test]
fn moments_never_go_back_within_a_case_and_end_before_the_present() {
    for case in &project().cases {
        assert!(case.steps.is_sorted_by_key(|step| step.at), "{}", case.name);
        assert!(case.steps.last().unwrap().at < present());
    }
}

#[test]
fn an_organisation_in_a_step_is_that_of_the_worker() {
    let histories = project();
    let mut seen = 0;
    // A duty is for an organisation, whoever has it.
    for command in commands(&histories).filter(|command| command.name != "assignDuty") {
        let worker = ["worker", "director", "successor", "deputy"].iter().find_map(|field| command.input.get(*field));
        let (Some(worker), Some(organisation)) = (worker, command.input.get("organisation")) else { continue };
        let member = histories.staff.get(worker.as_str().unwrap().trim_start_matches('@')).unwrap();
        assert_eq!(organisation, member.organisation.as_str(), "{}", member.key);
        seen += 1;
    }
    assert!(seen > 10);
}

fn commands(histories: &Histories) -> impl Iterator<Item = &Command> {
    histories.cases.iter().flat_map(|case| &case.steps).filter_map(|step| match &step.act {
        Act::Do(command) => Some(command),
        Act::Look(_) => None,
    })
}

#[test]
fn no_text_names_a_person_of_the_case_without_saying_so() {
    for case in &project().cases {
        let mut people = BTreeMap::new();
        for (number, command) in case_commands(case) {
            for (label, name) in added(command) {
                people.insert(label, name);
            }
            for text in texts(&command.input) {
                for (label, name) in &people {
                    let mentioned = command.mentions.contains(&format!("@{label}"));
                    let named =
                        words(&text).any(|word| words(name).any(|part| word == part || word == format!("{part}s")));
                    assert!(mentioned || !named, "{} step {number} names @{label}", case.name);
                }
            }
        }
        assert!(people.len() >= 3);
    }
}

fn case_commands(case: &CaseHistory) -> impl Iterator<Item = (u32, &Command)> {
    case.steps.iter().filter_map(|step| match &step.act {
        Act::Do(command) => Some((step.number, command)),
        Act::Look(_) => None,
    })
}

/// Label and name of everyone the command adds.
fn added(command: &Command) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let labels = command.creates.get(&crate::graphql::CreatedKind::Person).cloned().unwrap_or_default();
    let names = match command.name.as_str() {
        "openCase" => command.input["people"].as_array().unwrap().iter().map(|person| text(&person["name"])).collect(),
        "addPerson" => vec![text(&command.input["name"])],
        _ => Vec::new(),
    };
    assert_eq!(labels.len(), names.len(), "everyone added has a label");
    labels.into_iter().zip(names).collect()
}

/// Every string that is words, not a name, a key, a reference or a stable word.
fn texts(fields: &serde_json::Map<String, Value>) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) if !text.starts_with('@') => found.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
            Value::Object(fields) => walk(fields, found),
            _ => {}
        }
    }
    fn walk(fields: &serde_json::Map<String, Value>, found: &mut Vec<String>) {
        const NO_WORDS: [&str; 7] = ["name", "key", "giver", "subject", "child", "holders", "organisation"];
        fields
            .iter()
            .filter(|(field, _)| !NO_WORDS.contains(&field.as_str()))
            .for_each(|(_, value)| collect(value, found));
    }
    let mut found = Vec::new();
    walk(fields, &mut found);
    found
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[test]
fn unknown_keys_are_refused_with_the_place() {
    let source = format!(
        "title = 'Test'\nmunicipality = 'dienst'\n{}colour = 'red'",
        step("2026-01-01T10:00", "query = 'case'")
    );
    let error = Histories::read(STAFF, &[("test", &source)]).unwrap_err().to_string();
    assert!(error.starts_with("test.toml cannot be read") && error.contains("colour"), "{error}");
}

#[test]
fn a_step_that_cannot_be_played_is_refused() {
    let open = step("2026-01-01T10:00", "do = 'openCase'\ncreates = { person = ['mila'] }");
    let after = |rest: &str| problem_of(&format!("{open}{}", step("2026-01-02T10:00", rest)));
    assert_eq!(problem_of(&step("2026-01-01", "query = 'case'")), Problem::Moment("2026-01-01".to_owned()));
    assert_eq!(problem_of(&step("2026-01-01T10:00", "do = 'closeCase'")), Problem::UnknownLabel("case".to_owned()));
    assert_eq!(problem_of(&format!("{open}{}", step("2025-12-31T10:00", "query = 'case'"))), Problem::OutOfOrder);
    assert_eq!(after("do = 'openDoor'"), Problem::UnknownCommand("openDoor".to_owned()));
    assert_eq!(after("do = 'addPerson'\ninput = { x = [{ y = '@sam' }] }"), Problem::UnknownLabel("sam".to_owned()));
    assert_eq!(after("do = 'addPerson'\nmentions = ['@sam']"), Problem::UnknownLabel("sam".to_owned()));
    assert_eq!(after("do = 'addPerson'\ninput = { caseId = '1' }"), Problem::Implied("caseId".to_owned()));
    assert_eq!(after("do = 'addPerson'\ncreates = { person = ['mila'] }"), Problem::LabelTwice("mila".to_owned()));
    assert_eq!(after("do = 'addPerson'\ncreates = { person = ['noor'] }"), Problem::LabelTwice("noor".to_owned()));
    assert_eq!(after("do = 'addPerson'\nrefused = 'NO'\ncreates = { person = ['x'] }"), Problem::RefusedMakes);
    assert_eq!(after("do = 'addPerson'\nquery = 'case'"), Problem::NotOneAct);
    assert_eq!(after("query = 'case'\nlearnt = '2026-01-01'"), Problem::LookWithInput);
}

#[test]
fn a_moment_is_civil_time_in_amsterdam() {
    assert_eq!(local_moment("2026-03-02T10:15").unwrap().to_string(), "2026-03-02T09:15:00.000000Z");
    assert_eq!(local_moment("2026-06-26T09:00").unwrap().to_string(), "2026-06-26T07:00:00.000000Z");
    for wrong in ["2026-03-02T24:00", "2026-03-02T9:00", "2026-03-02 09:00", "2026-02-30T09:00"] {
        assert!(local_moment(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn all_cases_are_on_one_timeline_and_equal_moments_keep_the_order_of_the_files() {
    let both = step("2026-01-02T10:00", "do = 'openCase'");
    let first = format!("title = 'A'\nmunicipality = 'dienst'\n{both}");
    let second = format!(
        "title = 'B'\nmunicipality = 'dienst'\n{}{}",
        step("2026-01-01T10:00", "do = 'openCase'"),
        step("2026-01-02T10:00", "query = 'case'")
    );
    let histories = Histories::read(STAFF, &[("a", &first), ("b", &second)]).unwrap();
    let order: Vec<_> = merge(&histories).iter().map(|entry| (entry.case.name.clone(), entry.step.number)).collect();
    assert_eq!(order, [("b".to_owned(), 1), ("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let project = project();
    assert!(merge(&project).is_sorted_by_key(|entry| entry.step.at));
}

/// Answers every request as the file expects, and remembers what was asked, by whom and when.
struct Recorder<'a> {
    clock: &'a DemoClock,
    histories: &'a Histories,
    asked: Mutex<Vec<(Timestamp, String, String, Value)>>,
    stop_after: Option<usize>,
}

impl<'a> Recorder<'a> {
    fn new(histories: &'a Histories, clock: &'a DemoClock) -> Self {
        Self { clock, histories, asked: Mutex::default(), stop_after: None }
    }

    /// What the step of this place on the timeline expects.
    fn answer(&self, place: usize, request: &Request<'_>) -> Result<Value, Refusal> {
        let entry = merge(self.histories)[place];
        if let Some(code) = &entry.step.refused {
            return Err(Refusal { code: code.clone(), message: String::new() });
        }
        let Act::Do(command) = &entry.step.act else { return Ok(json!({ "id": request.variables["id"] })) };
        let mut created = Vec::new();
        for (kind, labels) in &command.creates {
            let name = serde_json::to_value(kind).unwrap().as_str().unwrap().to_uppercase();
            for label in labels {
                created.push(json!({ "kind": name, "id": made(&entry.case.name, label) }));
            }
        }
        let mut answer = json!({ "created": created });
        if command.name == "openCase" {
            answer["case"] = json!({ "id": made(&entry.case.name, "case") });
        }
        Ok(answer)
    }
}

fn made(case: &str, label: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{case}/{label}").as_bytes())
}

/// Nothing is ever due.
struct NothingDue;

impl Deadlines for NothingDue {
    async fn next(&self, _cases: &[CaseId], _after: Timestamp) -> Result<Option<Timestamp>, Failure> {
        Ok(None)
    }

    async fn have_turn(&self) -> Result<(), Failure> {
        Err("nothing is due".into())
    }

    async fn proposal(&self, case: CaseId, number: usize) -> Result<Option<Uuid>, Failure> {
        Ok(Some(made(&case.to_string(), &format!("proposal-{number}"))))
    }
}

/// These moments are due as soon as a case is open. Remembers where the clock stood at each turn.
struct Told<'a> {
    due: Vec<Timestamp>,
    clock: &'a DemoClock,
    stood: Mutex<Vec<Timestamp>>,
}

impl Deadlines for Told<'_> {
    async fn next(&self, cases: &[CaseId], after: Timestamp) -> Result<Option<Timestamp>, Failure> {
        Ok(self.due.iter().copied().find(|due| *due > after && !cases.is_empty()))
    }

    async fn have_turn(&self) -> Result<(), Failure> {
        self.stood.lock().unwrap().push(self.clock.now());
        Ok(())
    }

    async fn proposal(&self, case: CaseId, number: usize) -> Result<Option<Uuid>, Failure> {
        Ok(Some(made(&case.to_string(), &format!("proposal-{number}"))))
    }
}

/// A recorder that starts at a place of the timeline.
struct From<'r, 'a>(&'r Recorder<'a>, usize);

impl Play for From<'_, '_> {
    async fn perform(&self, request: &Request<'_>) -> Result<Value, Refusal> {
        let mut asked = self.0.asked.lock().unwrap();
        if self.0.stop_after == Some(asked.len()) {
            return Err(Refusal { code: "INTERRUPTED".to_owned(), message: String::new() });
        }
        let place = self.1 + asked.len();
        // Whoever says on what they advise looks at it first.
        let at_an_act = merge(self.0.histories).get(place).is_some_and(|entry| matches!(entry.step.act, Act::Do(_)));
        let looks_first = at_an_act && request.name == "case";
        if looks_first {
            return Ok(json!({ "id": request.variables["id"], "revision": "seen" }));
        }
        let answer = self.0.answer(place, request);
        asked.push((self.0.clock.now(), request.actor.key.clone(), request.name.to_owned(), request.variables.clone()));
        answer
    }
}

#[tokio::test]
async fn every_step_is_played_at_its_moment_by_its_worker_and_then_the_clock_runs_on() {
    let histories = project();
    let clock = DemoClock::at(Timestamp::from_micros(0));
    let recorder = Recorder::new(&histories, &clock);
    let mut player = Player::new(&histories, From(&recorder, 0), &clock, Journal::in_memory(), ProgressBar::hidden());
    let entries = merge(&histories);
    assert_eq!(player.play(None, &NothingDue).await.unwrap(), Played { now: entries.len(), before: 0 });
    let asked = recorder.asked.lock().unwrap();
    for (entry, (at, actor, name, _)) in entries.iter().zip(asked.iter()) {
        assert_eq!(
            (entry.step.at, entry.step.actor.as_str(), entry.step.act.name()),
            (*at, actor.as_str(), name.as_str())
        );
    }
    let accepted = asked.iter().find(|(_, _, name, _)| name == "acceptHandover").unwrap();
    assert_eq!(accepted.3["input"]["handover"], json!(made("05-five-supporters", "overdracht")));
    assert_eq!(accepted.3["input"]["caseId"], json!(made("05-five-supporters", "case")));
    let departure = asked.iter().find(|(_, _, name, _)| name == "reportDeparture").unwrap();
    assert_eq!(departure.3["input"]["occurred"], json!({ "day": "2025-11-12" }));
    assert_eq!(player.id("05-five-supporters", "samira"), Some(made("05-five-supporters", "samira")));
    assert!(clock.now() >= present());
}

#[tokio::test]
async fn a_restart_in_the_middle_repeats_nothing() {
    let histories = project();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.journal");
    let journal = || Journal::open(&path, &histories.digest).unwrap();
    let all = merge(&histories).len();

    let clock = DemoClock::at(Timestamp::from_micros(0));
    let first = Recorder { stop_after: Some(40), ..Recorder::new(&histories, &clock) };
    let mut player = Player::new(&histories, From(&first, 0), &clock, journal(), ProgressBar::hidden());
    assert!(matches!(player.play(None, &NothingDue).await, Err(PlayError::Step { .. })));

    let second = Recorder::new(&histories, &clock);
    let mut player = Player::new(&histories, From(&second, 40), &clock, journal(), ProgressBar::hidden());
    assert_eq!(player.play(Some(clock.now()), &NothingDue).await.unwrap(), Played { now: all - 40, before: 40 });

    let third = Recorder::new(&histories, &clock);
    let mut player = Player::new(&histories, From(&third, all), &clock, journal(), ProgressBar::hidden());
    assert_eq!(player.play(Some(present()), &NothingDue).await.unwrap(), Played { now: 0, before: all });
    assert_eq!(player.id("02-dons-to-the-end", "mila"), Some(made("02-dons-to-the-end", "mila")));

    let mut ids: Vec<_> = [&first, &second].iter().flat_map(|recorder| command_ids(recorder)).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "every command id was used once");
}

fn command_ids(recorder: &Recorder<'_>) -> Vec<String> {
    let asked = recorder.asked.lock().unwrap();
    asked.iter().filter_map(|(.., variables)| Some(variables["input"]["commandId"].as_str()?.to_owned())).collect()
}

#[tokio::test]
async fn after_a_restart_the_clock_goes_on_from_what_was_recorded_last() {
    let histories = Histories::read(STAFF, &[]).unwrap();
    let later = local_moment("2026-12-01T12:00").unwrap();
    let clock = DemoClock::at(Timestamp::from_micros(0));
    let recorder = Recorder::new(&histories, &clock);
    let mut player = Player::new(&histories, From(&recorder, 0), &clock, Journal::in_memory(), ProgressBar::hidden());
    player.play(Some(later), &NothingDue).await.unwrap();
    assert!(clock.now() >= later);
}

#[tokio::test]
async fn between_steps_the_clock_stops_at_every_deadline() {
    let source = format!(
        "title = 'A'\nmunicipality = 'dienst'\n{}{}",
        step("2026-01-01T10:00", "do = 'openCase'"),
        step("2026-01-09T10:00", "query = 'case'")
    );
    let histories = Histories::read(STAFF, &[("a", &source)]).unwrap();
    let moments = ["2025-12-01T08:00", "2026-01-05T08:00", "2026-01-09T10:00", "2026-01-12T08:00", "2026-12-01T08:00"];
    let due = moments.map(|text| local_moment(text).unwrap()).to_vec();
    let clock = DemoClock::at(Timestamp::from_micros(0));
    let recorder = Recorder::new(&histories, &clock);
    let told = Told { due: due.clone(), clock: &clock, stood: Mutex::default() };
    let mut player = Player::new(&histories, From(&recorder, 0), &clock, Journal::in_memory(), ProgressBar::hidden());
    player.play(None, &told).await.unwrap();
    assert_eq!(told.stood.into_inner().unwrap(), due[1..4], "neither before a case is open nor after the present");
    let last = recorder.asked.into_inner().unwrap().last().map(|(at, ..)| *at);
    assert_eq!(last, Some(due[2]), "what is due at the moment of a step comes first");
}

/// Answers everything the same way.
struct Always(Result<Value, Refusal>);

impl Play for Always {
    async fn perform(&self, _request: &Request<'_>) -> Result<Value, Refusal> {
        self.0.clone()
    }
}

async fn surprise_of(rest: &str, answer: Result<Value, &str>) -> Surprise {
    let source = format!("title = 'A'\nmunicipality = 'dienst'\n{}", step("2026-01-01T10:00", rest));
    let histories = Histories::read(STAFF, &[("a", &source)]).unwrap();
    let clock = DemoClock::at(Timestamp::from_micros(0));
    let answer = answer.map_err(|code| Refusal { code: code.to_owned(), message: "words".to_owned() });
    let mut player = Player::new(&histories, Always(answer), &clock, Journal::in_memory(), ProgressBar::hidden());
    match player.play(None, &NothingDue).await.unwrap_err() {
        PlayError::Step { problem, .. } => problem,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_step_that_goes_otherwise_than_told_stops_the_play() {
    let none = || json!({ "created": [] });
    let refused = "do = 'raiseSignal'\nrefused = 'NO'";
    assert_eq!(surprise_of(refused, Ok(none())).await, Surprise::NotRefused("NO".to_owned()));
    assert!(matches!(surprise_of(refused, Err("OTHER")).await, Surprise::RefusedOtherwise { .. }));
    assert!(matches!(surprise_of("do = 'raiseSignal'", Err("NO")).await, Surprise::Refused(..)));
    assert_eq!(surprise_of("do = 'raiseSignal'", Ok(json!({}))).await, Surprise::NoIds);
    assert!(matches!(surprise_of("do = 'openCase'", Ok(none())).await, Surprise::Made { made: 0, labels: 1, .. }));
}

#[test]
fn a_request_asks_for_ids_only() {
    let histories = project();
    let actor = histories.staff.get("noor").unwrap();
    let reading = |name, query, fields| Request { actor, name, query, fields, variables: Value::Null }.document();
    let document = |name, query| reading(name, query, "");
    assert_eq!(
        document("openCase", false),
        "mutation($input: OpenCaseInput!) { openCase(input: $input) { case { id } created { kind id } } }"
    );
    assert_eq!(
        document("raiseSignal", false),
        "mutation($input: RaiseSignalInput!) { raiseSignal(input: $input) { created { kind id } } }"
    );
    assert_eq!(
        document("assignDuty", false),
        "mutation($input: AssignDutyInput!) { assignDuty(input: $input) { workerId } }"
    );
    assert_eq!(document("case", true), "query($id: ID!) { case(id: $id) { id revision } }");
    assert_eq!(
        reading("case", true, "people { name }"),
        "query($id: ID!) { case(id: $id) { id revision people { name } } }",
        "unless a step says what is read"
    );
    assert_eq!(
        document("searchPeople", true),
        "query($search: PersonSearch!) { searchPeople(search: $search) { totalCount } }"
    );
}

/// What was read by whoever advises, and by whoever picks up the phone, is part of the history: it stands in the trail.
#[test]
fn a_look_that_reads_names_what_it_is_about_and_what_it_reads() {
    let histories = project();
    let actor = histories.staff.get("hugo").unwrap();
    let document = |name| Request { actor, name, query: true, fields: "", variables: Value::Null }.document();
    let review = document("satReview");
    assert!(review.starts_with("query($id: ID!) { satReview(id: $id) { revision people { name }"), "{review}");
    let say = document("whatMayISay");
    assert!(say.contains("whatMayISay(caseId: $id, person: $person)") && say.contains("sentences"), "{say}");
    let open = step("2026-01-01T10:00", "do = 'openCase'\ncreates = { person = ['mila'] }");
    let looks = |look: &str| format!("{open}{}", step("2026-01-02T10:00", &format!("query = {{ {look} }}")));
    for look in ["may_say = '@sam'", "review = '@sam'"] {
        assert_eq!(problem_of(&looks(look)), Problem::UnknownLabel("sam".to_owned()), "{look}");
    }
    let source = format!("title = 'Test'\nmunicipality = 'dienst'\n{}", looks("may_say = '@mila'"));
    let read = Histories::read(STAFF, &[("test", &source)]).unwrap();
    assert_eq!(read.cases[0].steps[1].act.name(), "whatMayISay");
}
