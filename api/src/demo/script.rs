//! A case history as a data file: what its steps may say, read and checked before anything is played.
//!
//! A step is an act (`do`, a mutation) or a look (`query`). What a step makes gets a label (`creates`), which later steps use as
//! `@label`; staff are `@key`, the case itself is implied. Moments are civil time in Europe/Amsterdam.

mod commands;
mod problem;

pub use commands::{COMMANDS, is_of_a_worker};
pub use problem::{Problem, ScriptError};

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::Organisation;
use domain::time::{CivilDay, Occurred, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::staff::Staff;
use crate::graphql::CreatedKind;

/// The label of the case, made by `openCase` without being asked.
pub const CASE: &str = "case";

/// Fields of every input that a step says in another way, or not at all.
const IMPLIED: [&str; 5] = ["commandId", "caseId", "occurred", "learnt", "mentions"];

/// What a look asks for.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The case.
    Case,
    /// These fields of the case: what was read stands in the trail.
    Reading(String),
    /// Somebody of this name, in whatever case.
    Search(String),
    /// A question to an advice team, by its label, as its advisor reads it.
    Review(String),
    /// What may be said to this person of the case (`@label`).
    MaySay(String),
}

impl std::fmt::Debug for Look {
    // A name that is looked for does not show.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Look {
    /// The name of the query.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Case | Self::Reading(_) => "case",
            Self::Search(_) => "searchPeople",
            Self::Review(_) => "satReview",
            Self::MaySay(_) => "whatMayISay",
        }
    }

    /// What it reads of the case besides its id, where the step says so.
    #[must_use]
    pub fn fields(&self) -> &str {
        match self {
            Self::Reading(fields) => fields,
            Self::Case | Self::Search(_) | Self::Review(_) | Self::MaySay(_) => "",
        }
    }
}

/// One case, as it went.
#[derive(Debug)]
pub struct CaseHistory {
    /// Short name of its file; part of every command id.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// Whose case it is.
    pub municipality: Organisation,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Debug)]
pub struct Step {
    /// Counted from 1; part of the command id.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// Who does it: a key of the staff.
    pub actor: String,
    /// What.
    pub act: Act,
    /// The code with which it is refused, when the narrative says so.
    pub refused: Option<String>,
    /// Why it is here.
    pub note: String,
}

/// What a step does.
#[derive(Debug)]
pub enum Act {
    /// A mutation.
    Do(Command),
    /// A query.
    Look(Look),
}

impl Act {
    /// The name of the mutation or query.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Do(command) => &command.name,
            Self::Look(look) => look.name(),
        }
    }
}

/// A mutation with its input; references are still labels.
pub struct Command {
    /// One of [`COMMANDS`].
    pub name: String,
    /// The fields of the command.
    pub input: Map<String, Value>,
    /// When it happened, if not at that moment.
    pub occurred: Option<Occurred>,
    /// When we were told, if later than it happened.
    pub learnt: Option<CivilDay>,
    /// Persons (`@label`) whose names may stand in its texts.
    pub mentions: Vec<String>,
    /// Labels for what it makes, per kind in order.
    pub creates: BTreeMap<CreatedKind, Vec<String>>,
}

impl std::fmt::Debug for Command {
    // The input holds names and words: nothing of it shows.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Command").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The moment at which the clock in Amsterdam shows this, for instance `2026-03-02T10:15`.
///
/// # Errors
/// When it is no such text.
pub fn local_moment(text: &str) -> Result<Timestamp, Problem> {
    let read = || {
        let (day, time) = text.split_once('T')?;
        let (hour, minute) = time.split_once(':')?;
        let two = |digits: &str, limit: u32| {
            let number = digits.parse().ok().filter(|number| *number < limit)?;
            (digits.len() == 2).then_some(number)
        };
        Some(CivilDay::given(day).ok()?.at(two(hour, 24)?, two(minute, 60)?))
    };
    read().ok_or_else(|| Problem::Moment(text.chars().take(40).collect()))
}

/// The text behind `@`, when a string is a reference.
#[must_use]
pub fn reference(text: &str) -> Option<&str> {
    text.strip_prefix('@')
}

/// The label of what the system proposed, with its number in the case from 1: `proposal-1`.
#[must_use]
pub fn proposal(label: &str) -> Option<(&str, usize)> {
    let number = label.strip_prefix("proposal-")?.parse().ok()?;
    Some((label, number))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHistory {
    title: String,
    municipality: Organisation,
    step: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    at: String,
    r#as: String,
    r#do: Option<String>,
    query: Option<Look>,
    #[serde(default)]
    input: Map<String, Value>,
    occurred: Option<RawOccurred>,
    learnt: Option<CivilDay>,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    creates: BTreeMap<CreatedKind, Vec<String>>,
    refused: Option<String>,
    note: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawOccurred {
    Day(CivilDay),
    At(String),
}

impl CaseHistory {
    /// Reads and checks one file.
    ///
    /// # Errors
    /// A [`ScriptError`] that names the step and what is wrong.
    pub fn read(name: &str, content: &str, staff: &Staff) -> Result<Self, ScriptError> {
        let raw: RawHistory = toml::from_str(content).map_err(|error| ScriptError::toml(name, &error))?;
        if Organisation::new(raw.municipality.as_str()).is_err() {
            return Err(ScriptError::step(name, 0, Problem::Organisation));
        }
        let mut check = Check { staff, labels: BTreeSet::new(), last: None };
        let mut steps = Vec::with_capacity(raw.step.len());
        for (index, raw) in raw.step.into_iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let wrong = |problem| ScriptError::step(name, index + 1, problem);
            let step = understand(number, raw).map_err(wrong)?;
            check.take(&step).map_err(wrong)?;
            steps.push(step);
        }
        Ok(Self { name: name.to_owned(), title: raw.title, municipality: raw.municipality, steps })
    }
}

fn understand(number: u32, raw: RawStep) -> Result<Step, Problem> {
    let RawStep { at, r#as: actor, r#do, query, input, occurred, learnt, mentions, creates, refused, note } = raw;
    let at = local_moment(&at)?;
    let act = match (r#do, query) {
        (Some(name), None) => {
            let occurred = occurred.map(RawOccurred::read).transpose()?;
            Act::Do(Command { name, input, occurred, learnt, mentions, creates })
        }
        (None, Some(look)) => {
            let dates = occurred.is_some() || learnt.is_some();
            if dates || !input.is_empty() || !mentions.is_empty() || !creates.is_empty() {
                return Err(Problem::LookWithInput);
            }
            Act::Look(look)
        }
        _ => return Err(Problem::NotOneAct),
    };
    Ok(Step { number, at, actor, act, refused, note })
}

impl RawOccurred {
    fn read(self) -> Result<Occurred, Problem> {
        match self {
            Self::Day(day) => Ok(Occurred::Day(day)),
            Self::At(text) => local_moment(&text).map(Occurred::At),
        }
    }
}

/// Checks step after step against what the steps above made.
struct Check<'a> {
    staff: &'a Staff,
    labels: BTreeSet<String>,
    last: Option<Timestamp>,
}

impl Check<'_> {
    fn take(&mut self, step: &Step) -> Result<(), Problem> {
        if self.last.is_some_and(|last| step.at < last) {
            return Err(Problem::OutOfOrder);
        }
        self.last = Some(step.at);
        if self.staff.get(&step.actor).is_none() {
            return Err(Problem::UnknownStaff(step.actor.clone()));
        }
        match &step.act {
            Act::Look(Look::Case | Look::Reading(_)) => self.known(CASE),
            Act::Look(Look::Search(_)) => Ok(()),
            Act::Look(Look::Review(label) | Look::MaySay(label)) => self.known(reference(label).unwrap_or(label)),
            Act::Do(command) => self.command(command, step.refused.is_some()),
        }
    }

    fn command(&mut self, command: &Command, refused: bool) -> Result<(), Problem> {
        if !COMMANDS.contains(&command.name.as_str()) {
            return Err(Problem::UnknownCommand(command.name.clone()));
        }
        if let Some(field) = IMPLIED.iter().find(|field| command.input.contains_key(**field)) {
            return Err(Problem::Implied((*field).to_owned()));
        }
        if command.is_on_a_case() {
            self.known(CASE)?;
        }
        let mut used = Vec::new();
        for value in command.input.values() {
            references(value, &mut used);
        }
        used.extend(command.mentions.iter().map(|mention| reference(mention).unwrap_or(mention)));
        for label in used {
            self.known(label)?;
        }
        self.makes(command, refused)
    }

    fn known(&self, label: &str) -> Result<(), Problem> {
        let known = self.labels.contains(label) || self.staff.get(label).is_some() || proposal(label).is_some();
        if known { Ok(()) } else { Err(Problem::UnknownLabel(label.to_owned())) }
    }

    fn makes(&mut self, command: &Command, refused: bool) -> Result<(), Problem> {
        if refused {
            return if command.creates.is_empty() { Ok(()) } else { Err(Problem::RefusedMakes) };
        }
        let case = (command.name == "openCase").then(|| CASE.to_owned());
        for label in command.creates.values().flatten().cloned().chain(case) {
            if self.staff.get(&label).is_some() || !self.labels.insert(label.clone()) {
                return Err(Problem::LabelTwice(label));
            }
        }
        Ok(())
    }
}

impl Command {
    /// Whether it acts on the case; a signal has no case, a duty and an own reflection are a worker's, and `openCase` makes one.
    #[must_use]
    pub fn is_on_a_case(&self) -> bool {
        !matches!(self.name.as_str(), "openCase" | "raiseSignal" | "setSignalAside") && !is_of_a_worker(&self.name)
    }

    /// Whether its input names whose municipality it is for.
    #[must_use]
    pub fn names_the_municipality(&self) -> bool {
        matches!(self.name.as_str(), "openCase" | "raiseSignal")
    }
}

/// Every label that a value refers to.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.extend(reference(text)),
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
