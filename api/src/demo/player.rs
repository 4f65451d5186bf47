//! Plays case histories through the real mutations, step by step, with the clock told in between.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;

use domain::ids::CaseId;
use domain::time::{CivilDay, Occurred, Timestamp};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Histories;
use super::clock::DemoClock;
use super::deadlines::{Deadlines, Failure};
use super::journal::{Created, Journal, JournalError};
use super::script::{Act, CASE, Command, Look, is_of_a_worker, proposal, reference};
use super::staff::{Staff, StaffMember};
use super::timeline::{Entry, merge};
use crate::graphql::CreatedKind;

/// Command ids are made under this namespace from the name of the file and the number of the step.
const COMMANDS: Uuid = Uuid::from_u128(0x51c3_0d8e_8f0b_4e3c_b1d4_93c9_6a3e_77f2);

/// What an advisor reads of a question before advising on it.
const REVIEWED: &str = "revision people { name } plans { goals { words } actions { what } }
    escalation { conflicts { sides { person { name } stages { on stage observations } } } }";

/// What somebody reads before picking up the phone.
const MAY_SAY: &str = "children { child { name } authority mayHear } rulings { kind scope channel until } sentences";

/// Carries out requests as somebody: the way from the player into the API.
pub trait Play {
    /// Carries out one request as that member of staff. Answers with the value of the one field asked for.
    fn perform(&self, request: &Request<'_>) -> impl Future<Output = Result<Value, Refusal>> + Send;
}

/// A GraphQL request by a member of staff.
#[derive(Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub actor: &'a StaffMember,
    /// The mutation or query.
    pub name: &'a str,
    /// Whether it is a query.
    pub query: bool,
    /// What a look reads of the case besides its id.
    pub fields: &'a str,
    /// The variables: `input` for a mutation, `id`, `search` or `person` for a query.
    pub variables: Value,
}

impl Request<'_> {
    /// The GraphQL text. It asks for ids and revisions only, so that playing leaves no reading in the trail but what a step says was read.
    #[must_use]
    pub fn document(&self) -> String {
        let name = self.name;
        match (self.query, name) {
            (true, "searchPeople") => {
                return format!("query($search: PersonSearch!) {{ {name}(search: $search) {{ totalCount }} }}");
            }
            (true, "satReview") => return format!("query($id: ID!) {{ {name}(id: $id) {{ {REVIEWED} }} }}"),
            (true, "whatMayISay") => {
                return format!(
                    "query($id: ID!, $person: ID!) {{ {name}(caseId: $id, person: $person) {{ {MAY_SAY} }} }}"
                );
            }
            (true, _) => {
                let asked = ["id revision", self.fields].join(" ");
                return format!("query($id: ID!) {{ {name}(id: $id) {{ {} }} }}", asked.trim_end());
            }
            (false, _) => {}
        }
        let input: String = name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect();
        let asked = match name {
            "openCase" => "case { id } created { kind id }",
            name if is_of_a_worker(name) => "workerId",
            _ => "created { kind id }",
        };
        format!("mutation($input: {input}Input!) {{ {name}(input: $input) {{ {asked} }} }}")
    }
}

/// What the API said instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code (`extensions.code`).
    pub code: String,
    /// The message.
    pub message: String,
}

/// Why playing stopped.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// A step went otherwise than its file says.
    #[error("{case}, step {step} ({name}): {problem}")]
    Step {
        /// Short name of the file.
        case: String,
        /// Number of the step.
        step: u32,
        /// The mutation or query.
        name: String,
        /// What went otherwise.
        problem: Surprise,
    },
    /// The journal could not be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The clock could not stop at what is due.
    #[error("between the steps: {0}")]
    Deadline(Failure),
}

/// How a step went otherwise than its file says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Surprise {
    /// It was refused.
    #[error("refused with {0}: {1}")]
    Refused(String, String),
    /// It was not refused.
    #[error("should have been refused with {0}, and was not")]
    NotRefused(String),
    /// It was refused for another reason.
    #[error("should have been refused with {expected}, and was refused with {given}: {message}")]
    RefusedOtherwise {
        /// The code in the file.
        expected: String,
        /// The code given.
        given: String,
        /// Its message.
        message: String,
    },
    /// It made another number of things than there are labels.
    #[error("made {made} of kind {kind:?}, and {labels} have a label")]
    Made {
        /// Of what.
        kind: CreatedKind,
        /// How many were made.
        made: usize,
        /// How many labels there are.
        labels: usize,
    },
    /// A label without an id: the step that makes it was never played.
    #[error("nothing made `{0}` yet")]
    Unknown(String),
    /// An answer without the ids that were asked for.
    #[error("the answer names no ids")]
    NoIds,
}

/// A step that was refused, as its file says, in the words that were heard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusedStep {
    /// Short name of the file.
    pub case: String,
    /// Number of the step.
    pub step: u32,
    /// The mutation or query.
    pub name: String,
    /// What was said.
    pub refusal: Refusal,
}

/// How many steps were carried out now, and how many had been before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Played {
    /// Carried out now.
    pub now: usize,
    /// Found in the journal.
    pub before: usize,
}

/// The moment from which the clock of a fresh demo runs on: 2026-11-16 09:00 in Amsterdam.
#[must_use]
pub fn present() -> Timestamp {
    CivilDay::from_ymd(2026, 11, 16).map_or(Timestamp::from_micros(0), |day| day.at(9, 0))
}

/// A progress bar on standard error, hidden when that is no terminal.
#[must_use]
pub fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("Playing case histories {bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// Plays histories into one system.
#[derive(Debug)]
pub struct Player<'a, P> {
    histories: &'a Histories,
    play: P,
    clock: &'a DemoClock,
    journal: Journal,
    progress: ProgressBar,
    labels: HashMap<&'a str, BTreeMap<String, Uuid>>,
    refused: Vec<RefusedStep>,
}

impl<'a, P: Play> Player<'a, P> {
    /// A player of these histories, that goes on where the journal ends.
    pub fn new(
        histories: &'a Histories,
        play: P,
        clock: &'a DemoClock,
        journal: Journal,
        progress: ProgressBar,
    ) -> Self {
        Self { histories, play, clock, journal, progress, labels: HashMap::new(), refused: Vec::new() }
    }

    /// Plays every step that was not played yet, then lets the clock run on from the present, or from what was recorded last when that
    /// is later. On its way the clock stops at each deadline.
    ///
    /// # Errors
    /// When a step goes otherwise than its file says, the journal cannot be written, or a deadline cannot be waited for. What was
    /// played stays played.
    pub async fn play(
        &mut self,
        last_recorded: Option<Timestamp>,
        deadlines: &impl Deadlines,
    ) -> Result<Played, PlayError> {
        let entries = merge(self.histories);
        self.progress.set_length(u64::try_from(entries.len()).unwrap_or(u64::MAX));
        let mut reached = last_recorded;
        let mut played = Played { now: 0, before: 0 };
        for entry in entries {
            self.progress.set_message(entry.case.title.clone());
            if let Some(created) = self.journal.played(&entry.case.name, entry.step.number).cloned() {
                self.label(&entry, &created).map_err(|problem| surprise(&entry, problem))?;
                played.before += 1;
            } else {
                self.pass(reached, entry.step.at, deadlines).await?;
                self.find_proposals(&entry, deadlines).await?;
                let created = self.carry_out(&entry).await.map_err(|problem| surprise(&entry, problem))?;
                self.journal.note(&entry.case.name, entry.step.number, created)?;
                played.now += 1;
            }
            reached = reached.max(Some(entry.step.at));
            self.progress.inc(1);
        }
        self.progress.finish_and_clear();
        self.pass(reached, present(), deadlines).await?;
        self.clock.run_from(present().max(last_recorded.unwrap_or(present())));
        Ok(played)
    }

    /// The id behind a label of a case, once it was played.
    #[must_use]
    pub fn id(&self, case: &str, label: &str) -> Option<Uuid> {
        self.labels.get(case)?.get(label).copied()
    }

    /// The steps that were refused now, in order.
    pub fn take_refused(&mut self) -> Vec<RefusedStep> {
        std::mem::take(&mut self.refused)
    }

    /// Every id behind a label, by the short name of the case.
    #[must_use]
    pub fn into_labels(self) -> BTreeMap<String, BTreeMap<String, Uuid>> {
        self.labels.into_iter().map(|(case, labels)| (case.to_owned(), labels)).collect()
    }

    /// Moves the clock, stopping at each deadline on the way. What is due is asked again after each stop: what had its turn there may
    /// have changed it.
    async fn pass(&self, from: Option<Timestamp>, to: Timestamp, deadlines: &impl Deadlines) -> Result<(), PlayError> {
        let cases = self.cases();
        if from.is_some() {
            deadlines.settle().await.map_err(PlayError::Deadline)?;
        }
        let mut reached = from;
        while let Some(after) = reached {
            let next = deadlines.next(&cases, after).await.map_err(PlayError::Deadline)?;
            let Some(deadline) = next.filter(|at| after < *at && *at <= to) else { break };
            self.clock.tell(deadline);
            deadlines.have_turn().await.map_err(PlayError::Deadline)?;
            reached = Some(deadline);
        }
        self.clock.tell(to);
        Ok(())
    }

    /// Finds what the system proposed in the meantime, where a step answers it: nobody made that, so no step labels it.
    async fn find_proposals(&mut self, entry: &Entry<'a>, deadlines: &impl Deadlines) -> Result<(), PlayError> {
        let Act::Do(command) = &entry.step.act else { return Ok(()) };
        let labels = self.labels.entry(&entry.case.name).or_default();
        let Some(case) = labels.get(CASE).copied().map(CaseId::from_uuid) else { return Ok(()) };
        for value in command.input.values() {
            let Some((label, number)) = value.as_str().and_then(reference).and_then(proposal) else { continue };
            let found = deadlines.proposal(case, number).await.map_err(PlayError::Deadline)?;
            labels.extend(found.map(|id| (label.to_owned(), id)));
        }
        Ok(())
    }

    /// The cases opened so far.
    fn cases(&self) -> Vec<CaseId> {
        self.labels.values().filter_map(|labels| labels.get(CASE)).copied().map(CaseId::from_uuid).collect()
    }

    async fn carry_out(&mut self, entry: &Entry<'a>) -> Result<Created, Surprise> {
        let staff = &self.histories.staff;
        let Some(actor) = staff.get(&entry.step.actor) else {
            return Err(Surprise::Unknown(entry.step.actor.clone()));
        };
        let labels = self.labels.entry(&entry.case.name).or_default();
        let variables = Filler { entry, staff, labels }.variables()?;
        let (query, fields) = match &entry.step.act {
            Act::Look(look) => (true, look.fields()),
            Act::Do(_) => (false, ""),
        };
        let variables = looked_at(&self.play, actor, labels.get(CASE), variables).await?;
        let request = Request { actor, name: entry.step.act.name(), query, fields, variables };
        let answer = self.play.perform(&request).await;
        let refusal = answer.as_ref().err().cloned();
        let Some(answer) = as_told(answer, entry.step.refused.as_deref())? else {
            let (case, step, name) = (entry.case.name.clone(), entry.step.number, request.name.to_owned());
            self.refused.extend(refusal.map(|refusal| RefusedStep { case, step, name, refusal }));
            return Ok(Created::new());
        };
        if query || is_of_a_worker(request.name) {
            return Ok(Created::new());
        }
        let created = created(&answer)?;
        self.label(entry, &created)?;
        Ok(created)
    }

    /// Gives what was made the labels of the step. Kinds without a label are passed over.
    fn label(&mut self, entry: &Entry<'a>, created: &Created) -> Result<(), Surprise> {
        let Act::Do(command) = &entry.step.act else { return Ok(()) };
        let labels = self.labels.entry(&entry.case.name).or_default();
        let opened = (command.name == "openCase").then(|| (CreatedKind::Case, vec![CASE.to_owned()]));
        for (kind, names) in command.creates.clone().into_iter().chain(opened) {
            let made: Vec<Uuid> = created.iter().filter(|(made, _)| *made == kind).map(|(_, id)| *id).collect();
            if made.len() != names.len() {
                return Err(Surprise::Made { kind, made: made.len(), labels: names.len() });
            }
            labels.extend(names.into_iter().zip(made));
        }
        Ok(())
    }
}

/// What stands in a step for the case as its actor sees it at that moment.
const SEEN_NOW: &str = "as seen now";

/// The same input with the revision of the case in the place of [`SEEN_NOW`]: only whoever looks has it.
async fn looked_at<P: Play>(
    play: &P,
    actor: &StaffMember,
    case: Option<&Uuid>,
    mut variables: Value,
) -> Result<Value, Surprise> {
    let Some(place) = variables.pointer_mut("/input/position").filter(|place| **place == SEEN_NOW) else {
        return Ok(variables);
    };
    let case = case.ok_or_else(|| Surprise::Unknown(CASE.to_owned()))?;
    let look = Request { actor, name: "case", query: true, fields: "", variables: json!({ "id": case }) };
    let answer = as_told(play.perform(&look).await, None)?;
    *place = answer.and_then(|answer| answer.get("revision").cloned()).unwrap_or_default();
    Ok(variables)
}

fn surprise(entry: &Entry<'_>, problem: Surprise) -> PlayError {
    let (case, name) = (entry.case.name.clone(), entry.step.act.name().to_owned());
    PlayError::Step { case, step: entry.step.number, name, problem }
}

/// The answer; `None` when it was refused as the file says.
fn as_told(answer: Result<Value, Refusal>, refused: Option<&str>) -> Result<Option<Value>, Surprise> {
    match (answer, refused) {
        (Ok(answer), None) => Ok(Some(answer)),
        (Ok(_), Some(code)) => Err(Surprise::NotRefused(code.to_owned())),
        (Err(refusal), None) => Err(Surprise::Refused(refusal.code, refusal.message)),
        (Err(refusal), Some(code)) if refusal.code == code => Ok(None),
        (Err(Refusal { code: given, message }), Some(expected)) => {
            Err(Surprise::RefusedOtherwise { expected: expected.to_owned(), given, message })
        }
    }
}

/// What an answer says was made, in order. The case itself may be named by either field of the payload.
fn created(answer: &Value) -> Result<Created, Surprise> {
    let id = |value: &Value| value.get("id").and_then(Value::as_str).and_then(|id| Uuid::try_parse(id).ok());
    let mut found = Created::new();
    for thing in answer.get("created").and_then(Value::as_array).ok_or(Surprise::NoIds)? {
        let kind = thing.get("kind").and_then(Value::as_str).ok_or(Surprise::NoIds)?;
        if let Some(kind) = CreatedKind::from_graphql(kind) {
            found.push((kind, id(thing).ok_or(Surprise::NoIds)?));
        }
    }
    let case = answer.get("case").and_then(id);
    if let Some(case) = case.filter(|case| !found.contains(&(CreatedKind::Case, *case))) {
        found.push((CreatedKind::Case, case));
    }
    Ok(found)
}

/// Turns a step into variables, with ids for labels.
struct Filler<'a> {
    entry: &'a Entry<'a>,
    staff: &'a Staff,
    labels: &'a BTreeMap<String, Uuid>,
}

impl Filler<'_> {
    fn variables(&self) -> Result<Value, Surprise> {
        match &self.entry.step.act {
            Act::Look(Look::Case | Look::Reading(_)) => Ok(json!({ "id": self.id(CASE)? })),
            Act::Look(Look::Search(name)) => Ok(json!({ "search": { "name": name } })),
            Act::Look(Look::Review(label)) => Ok(json!({ "id": self.id(reference(label).unwrap_or(label))? })),
            Act::Look(Look::MaySay(label)) => {
                let person = self.id(reference(label).unwrap_or(label))?;
                Ok(json!({ "id": self.id(CASE)?, "person": person }))
            }
            Act::Do(command) => Ok(json!({ "input": self.input(command)? })),
        }
    }

    fn input(&self, command: &Command) -> Result<Map<String, Value>, Surprise> {
        let mut input = Map::new();
        for (field, value) in &command.input {
            input.insert(field.clone(), self.fill(value)?);
        }
        let mut say = |field: &str, value: Value| input.insert(field.to_owned(), value);
        say("commandId", json!(self.command_id()));
        if command.is_on_a_case() {
            say("caseId", json!(self.id(CASE)?));
        } else if command.names_the_municipality() {
            say("municipality", json!(self.entry.case.municipality));
        }
        match command.occurred {
            Some(Occurred::Day(day)) => drop(say("occurred", json!({ "day": day }))),
            Some(Occurred::At(moment)) => drop(say("occurred", json!({ "at": moment }))),
            None => {}
        }
        if let Some(learnt) = command.learnt {
            say("learnt", json!(learnt));
        }
        if !command.mentions.is_empty() {
            let ids = command.mentions.iter().map(|text| self.id(reference(text).unwrap_or(text)));
            say("mentions", json!(ids.collect::<Result<Vec<_>, _>>()?));
        }
        Ok(input)
    }

    /// The same for the same step in every run, so that a restart in the middle repeats nothing.
    fn command_id(&self) -> Uuid {
        Uuid::new_v5(&COMMANDS, format!("{}#{}", self.entry.case.name, self.entry.step.number).as_bytes())
    }

    fn fill(&self, value: &Value) -> Result<Value, Surprise> {
        Ok(match value {
            Value::String(text) => match reference(text) {
                Some(label) => json!(self.id(label)?),
                None => value.clone(),
            },
            Value::Array(values) => values.iter().map(|value| self.fill(value)).collect::<Result<_, _>>()?,
            Value::Object(fields) => {
                let filled = fields.iter().map(|(field, value)| Ok((field.clone(), self.fill(value)?)));
                Value::Object(filled.collect::<Result<_, Surprise>>()?)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        })
    }

    fn id(&self, label: &str) -> Result<Uuid, Surprise> {
        let worker = || self.staff.get(label).map(|member| member.worker().as_uuid());
        let id = self.labels.get(label).copied().or_else(worker);
        id.ok_or_else(|| Surprise::Unknown(label.to_owned()))
    }
}
