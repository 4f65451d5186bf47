//! Who looked at what: the trail, as the privacy officer of the municipality may read it. No content, no names of a family; reading it is
//! in the trail itself.

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::ids::Subject;

use super::accounting::Account;
use super::enums::Role;
use super::input::Read;
use super::invalid::PURPOSE_UNKNOWN;
use super::lists::{BAD_CURSOR, USUAL_ROWS, page_size};
use super::scalars::{Day, Moment};
use super::schema::cost_of_rows;
use super::session::Session;
use super::show::{EVERYONE, id, organisation};
use super::workers::WorkerNode;
use crate::gate::{Act, Field, Mandate, Operation, Purpose, Target, Topic};
use crate::trail::{Entry, Found, JudgementEntry, Mark, Outcome, ShownField, Trail, TrailFilter, TrailPlace};

const LIST: &str = "accessLog";

/// An entry of the trail, shown.
const ENTRY: Field = Field::new("accessLog.entry", Topic::Trail);

/// Counted no further: a log that long is read by a narrower question.
const COUNTED: usize = 1_000;

/// How an operation ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "crate::trail::Outcome")]
pub enum LookOutcome {
    /// It was allowed and answered.
    Granted,
    /// It was refused, or a part of it.
    Refused,
    /// It was no valid request.
    Invalid,
    /// Something in the system failed; nothing was shown.
    Failed,
}

/// How an operation came in.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "crate::trail::OperationKind")]
pub enum LookKind {
    /// A question.
    Query,
    /// A command that showed something, changed nothing, or was refused.
    Mutation,
    /// One delivery of a subscription.
    Subscription,
    /// Somebody at the machine itself.
    CommandLine,
    /// A request that could not be read.
    Unknown,
}

/// What an operation was about, or what a decision was judged on.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum LookSubjectKind {
    /// A person.
    Person,
    /// A household.
    Household,
    /// A case as a whole.
    Case,
    /// A signal.
    Signal,
    /// One text.
    Record,
    /// A worker.
    Worker,
}

/// What an operation was about.
#[derive(SimpleObject)]
pub struct LookSubject {
    /// What it is.
    kind: LookSubjectKind,
    /// Its id.
    id: ID,
}

impl From<&Subject> for LookSubject {
    fn from(subject: &Subject) -> Self {
        let (kind, id) = match subject {
            Subject::Person(person) => (LookSubjectKind::Person, person.to_string()),
            Subject::Household(household) => (LookSubjectKind::Household, household.to_string()),
            Subject::Case(case) => (LookSubjectKind::Case, case.to_string()),
            Subject::Signal(signal) => (LookSubjectKind::Signal, signal.to_string()),
            Subject::Record(record) => (LookSubjectKind::Record, record.to_string()),
            Subject::Worker(worker) => (LookSubjectKind::Worker, worker.to_string()),
        };
        Self { kind, id: ID(id) }
    }
}

/// A kind of data that was shown. Never the data.
#[derive(SimpleObject)]
pub struct LookField {
    /// The field, by its name.
    field: String,
    /// How sensitive: structure (ids, days and states), ordinary, health or criminal.
    class: String,
}

impl From<&ShownField> for LookField {
    fn from(shown: &ShownField) -> Self {
        Self { field: shown.field.clone(), class: shown.class.clone() }
    }
}

/// A place in a history on which something was judged.
#[derive(SimpleObject)]
pub struct LookPlace {
    /// The history: what it is about and its id, such as `case-…`.
    stream: String,
    /// The last entry of it that was seen; absent when there was nothing.
    revision: Option<u64>,
}

/// One decision: what was allowed or refused, by which rule.
#[derive(SimpleObject)]
pub struct LookDecision {
    /// The operation's name in this API.
    operation: String,
    /// For which purpose: a processing activity with its version.
    purpose: String,
    /// What the worker was to it.
    relation: String,
    /// The rules that allowed it; none for a refusal.
    rules: Vec<String>,
    /// The consents on which it rested.
    consent_ids: Vec<ID>,
    /// The code, when it was refused.
    refused: Option<String>,
    /// What it was judged on.
    judged_on: Vec<LookPlace>,
}

impl From<&JudgementEntry> for LookDecision {
    fn from(judged: &JudgementEntry) -> Self {
        let place = |(stream, revision): &(String, Option<domain::ids::Revision>)| LookPlace {
            stream: stream.clone(),
            revision: revision.map(domain::ids::Revision::number),
        };
        Self {
            operation: judged.operation.clone(),
            purpose: judged.purpose.to_string(),
            relation: judged.relation.as_str().to_owned(),
            rules: judged.rules.clone(),
            consent_ids: judged.consents.iter().map(id).collect(),
            refused: judged.refused.clone(),
            judged_on: judged.at.iter().map(place).collect(),
        }
    }
}

/// One operation on personal data: a look, a search, an attempt.
pub struct LookNode {
    entry: Entry,
    mandate: Mandate,
}

/// One operation on personal data: a look, a search, an attempt.
#[Object(name = "Look")]
impl LookNode {
    /// When it ended.
    async fn at(&self) -> Moment {
        Moment(self.entry.at)
    }

    /// Who asked.
    async fn who(&self) -> WorkerNode {
        WorkerNode::new(self.entry.who, self.mandate.clone())
    }

    /// In which role.
    async fn role(&self) -> Role {
        self.entry.role.into()
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.entry.organisation)
    }

    /// On whose behalf, when somebody was represented.
    async fn on_behalf_of(&self) -> Option<WorkerNode> {
        self.entry.on_behalf_of.map(|worker| WorkerNode::new(worker, self.mandate.clone()))
    }

    /// For which purposes.
    async fn purposes(&self) -> Vec<String> {
        distinct(self.entry.judgements.iter().map(|judged| judged.purpose.to_string()))
    }

    /// How it came in.
    async fn kind(&self) -> LookKind {
        self.entry.kind.into()
    }

    /// What was asked for, by the names of this API.
    async fn operations(&self) -> Vec<String> {
        distinct(self.entry.judgements.iter().map(|judged| judged.operation.clone()))
    }

    /// Whom and what it was about.
    async fn subjects(&self) -> Vec<LookSubject> {
        self.entry.subjects.iter().map(Into::into).collect()
    }

    /// Which kinds of data were shown.
    async fn fields(&self) -> Vec<LookField> {
        self.entry.fields.iter().map(Into::into).collect()
    }

    /// How many values were shown, or how many things when only their ids and days were.
    async fn count(&self) -> u64 {
        self.entry.count
    }

    /// How it ended.
    async fn outcome(&self) -> LookOutcome {
        self.entry.outcome.into()
    }

    /// The code that the worker got, when it did not end well.
    async fn code(&self) -> Option<&String> {
        self.entry.code.as_ref()
    }

    /// Whether emergency access was used.
    async fn emergency(&self) -> bool {
        self.entry.judgements.iter().any(JudgementEntry::is_emergency)
    }

    /// Each decision, with its rule and what it was judged on.
    async fn decisions(&self) -> Vec<LookDecision> {
        self.entry.judgements.iter().map(Into::into).collect()
    }

    /// The policy by which it was judged (SHA-256 of its text, hex); absent when it never came to that.
    async fn policy(&self) -> Option<&String> {
        self.entry.policy.as_ref()
    }

    /// The request: what `why` is asked by.
    async fn request(&self) -> ID {
        id(self.entry.request)
    }

    /// The W3C trace id.
    async fn trace(&self) -> &str {
        &self.entry.trace
    }
}

fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    words.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// Which entries to show: all of what is said must hold.
#[derive(InputObject, Default)]
pub struct AccessLogFilter {
    /// From this day on.
    from: Option<Day>,
    /// Up to and with this day.
    until: Option<Day>,
    /// About this person.
    person: Option<ID>,
    /// By this worker, or on behalf of this worker.
    worker: Option<ID>,
    /// For this organisation, by its short name.
    organisation: Option<String>,
    /// About this case.
    case: Option<ID>,
    /// Of this operation, by its name in this API.
    operation: Option<String>,
    /// For this purpose, such as `coordination/1`.
    purpose: Option<String>,
    /// That ended so.
    outcome: Option<LookOutcome>,
    /// Only what was refused, in whole or in part.
    #[graphql(default)]
    refused_only: bool,
    /// Only where emergency access was used.
    #[graphql(default)]
    emergency_only: bool,
}

impl AccessLogFilter {
    fn read(&self, session: &Session<'_>) -> Result<TrailFilter> {
        let id = |given: &Option<ID>| given.clone();
        let mut marks = Vec::new();
        marks
            .extend(session.read(|| id(&self.person).map(|given| given.read("person")).transpose())?.map(Mark::Person));
        marks
            .extend(session.read(|| id(&self.worker).map(|given| given.read("worker")).transpose())?.map(Mark::Worker));
        marks.extend(session.read(|| id(&self.case).map(|given| given.read("case")).transpose())?.map(Mark::Case));
        marks.extend(
            session
                .read(|| self.organisation.as_ref().map(|given| given.read("organisation")).transpose())?
                .map(Mark::Organisation),
        );
        let purpose = self.purpose.as_ref().map(|given| given.parse::<Purpose>()).transpose();
        marks.extend(purpose.map_err(|_| session.refuse_code(PURPOSE_UNKNOWN))?.map(Mark::Purpose));
        marks.extend(self.operation.clone().map(Mark::Operation));
        marks.extend(self.outcome.map(|outcome| Mark::Outcome(Outcome::from(outcome))));
        marks.extend(self.refused_only.then_some(Mark::Refused));
        marks.extend(self.emergency_only.then_some(Mark::Emergency));
        let (from, until) = (self.from.map(|day| day.0.at(0, 0)), self.until.map(|day| day.0.end()));
        Ok(TrailFilter { marks, from, until })
    }
}

/// Whom and what a filter names: reading the log about them is a look at them.
fn named(filter: &TrailFilter) -> Vec<Subject> {
    let subject = |mark: &Mark| match mark {
        Mark::Person(person) => Some(Subject::Person(*person)),
        Mark::Case(case) => Some(Subject::Case(*case)),
        Mark::Worker(worker) => Some(Subject::Worker(*worker)),
        _ => None,
    };
    filter.marks.iter().filter_map(subject).collect()
}

/// How long the log is.
#[derive(SimpleObject)]
pub struct LogTotal {
    /// How many entries there are, on all pages.
    total_count: u64,
    /// Whether there are more than that: nobody counts further.
    at_least: bool,
}

/// A page of the log.
pub type Log = Connection<String, LookNode, LogTotal>;

/// The trail.
#[derive(Default)]
pub struct TrailQuery;

#[Object]
impl TrailQuery {
    /// Who looked at what, newest first: for the privacy officer of the municipality. No content and no names of a family. That you read
    /// it stands in the log too.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn access_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entries; all of them when nothing is said.")] filter: Option<AccessLogFilter>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Log> {
        let session = Session::of(ctx)?;
        let municipality = &session.caller().identity.actor.organisation;
        let reading = Operation::accounting(LIST, Act::AccessLog);
        let judged = session.judge(reading, Target::New(municipality));
        let mandate = judged.map_err(|refused| session.refuse(refused))?;
        let mut filter = filter.unwrap_or_default().read(&session)?;
        filter.marks.push(Mark::Municipality(municipality.clone()));
        mandate.note_asked(&named(&filter));
        let account = Account::of(session, ctx.data::<std::sync::Arc<Trail>>()?).await?;
        page(&session, &account, &mandate, &filter, first, after.as_deref()).await
    }
}

async fn page(
    session: &Session<'_>,
    account: &Account<'_>,
    mandate: &Mandate,
    filter: &TrailFilter,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Log> {
    let most = usize::from(page_size(session, first)?.get());
    let after = after.map(|cursor| place_of(session, cursor)).transpose()?;
    let (found, more) = account.read(filter, after, most).await?;
    let counted = account.count(filter, COUNTED + 1).await?;
    let total =
        LogTotal { total_count: counted.min(COUNTED).try_into().unwrap_or(u64::MAX), at_least: counted > COUNTED };
    let mut connection = Connection::with_additional_fields(false, more, total);
    let nodes = found.into_iter().filter_map(|found| edge(session, mandate, found));
    connection.edges.extend(nodes);
    Ok(connection)
}

fn edge(
    session: &Session<'_>,
    mandate: &Mandate,
    found: Found,
) -> Option<Edge<String, LookNode, async_graphql::connection::EmptyFields>> {
    // Whom the entry is about is not shown again to whom it was shown then: what is noted is that the log was read.
    let shown = mandate.makes(&EVERYONE, ENTRY, &[]);
    let viewer = session.caller().identity.actor.worker;
    let cursor = session.services().seals.cursor(viewer, LIST, &found.place.to_text());
    shown.then(|| Edge::new(cursor, LookNode { entry: found.entry, mandate: mandate.clone() }))
}

fn place_of(session: &Session<'_>, cursor: &str) -> Result<TrailPlace> {
    let viewer = session.caller().identity.actor.worker;
    let content = session.services().seals.open_cursor(viewer, LIST, cursor);
    let place = content.as_deref().and_then(TrailPlace::from_text);
    place.ok_or_else(|| session.refuse_code(BAD_CURSOR))
}
