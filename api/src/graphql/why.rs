//! Why something was granted or refused (R17): the decisions of one request, with the rules in words, what they rested on, and whether
//! they would be taken again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::case::Case;
use domain::decider::History;
use domain::fact::Actor;
use domain::ids::{CaseId, Revision, Subject};
use domain::time::Timestamp;
use eventstore::key::StreamKeys;
use eventstore::loader::Loaded;
use eventstore::metadata::Metadata;
use eventstore::port::RecordedEvent;
use projections::relations::Relations;
use uuid::Uuid;

use super::accounting::Account;
use super::enums::Role;
use super::input::{BAD_ID, Read};
use super::lists::NOT_AVAILABLE;
use super::refusal::Refusal;
use super::scalars::Moment;
use super::session::Session;
use super::show::{EVERYONE, id, organisation};
use super::workers::WorkerNode;
use crate::gate::{Act, Field, Mandate, Operation, Purpose, Recorded, Relation, Replayed, Situation, Target, Topic};
use crate::trail::{Entry, JudgementEntry, Mark, Trail, TrailDraft, TrailFilter};

const WHY: &str = "why";

/// A decision, explained.
const DECISION: Field = Field::new("why.decision", Topic::Trail);

/// Most operations of one request that are explained; each delivery of a subscription is one.
const MOST: usize = 100;

/// Events of a case that are looked through at a time.
const AT_A_TIME: usize = 500;

/// What came of judging a decision once more.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplayOutcome {
    /// The same answer, by the same rules.
    Same,
    /// Another answer.
    Differs,
    /// It was judged by a policy that is no longer here.
    PolicyGone,
    /// The token did not allow the kind of operation: the policy was never asked.
    ByToken,
    /// What it was judged on cannot be brought back.
    NotReplayed,
}

impl From<Replayed> for ReplayOutcome {
    fn from(replayed: Replayed) -> Self {
        match replayed {
            Replayed::Same => Self::Same,
            Replayed::Differs => Self::Differs,
            Replayed::PolicyUnknown => Self::PolicyGone,
            Replayed::ByToken => Self::ByToken,
        }
    }
}

/// A decision that is judged once more: who took it when, as what, and what is kept of it.
struct Once<'a> {
    actor: &'a Actor,
    at: Timestamp,
    recorded: Recorded<'a>,
    purpose: Option<Purpose>,
    /// The act; `None` for a command, whose event does not say.
    act: Option<Act>,
}

/// A rule of the policy.
#[derive(SimpleObject, Clone)]
pub struct WhyRule {
    /// The rule.
    id: String,
    /// What it says. Absent when the policy of then is no longer here.
    text: Option<String>,
}

/// On which case something was judged, and how far that was.
#[derive(SimpleObject, Clone)]
pub struct WhyPlace {
    /// The case.
    case_id: ID,
    /// Its last entry that was seen; absent when there was nothing. For the privacy officer alone: a number would tell others that
    /// something is hidden from them.
    revision: Option<u64>,
}

/// One decision: what was asked, what came of it, and why.
pub struct WhyDecision {
    at: Timestamp,
    actor: Actor,
    operation: Option<String>,
    granted: bool,
    code: Option<String>,
    purpose: Option<String>,
    /// Why; nothing for somebody who was refused: they hear what they heard then.
    grounds: Option<Grounds>,
    mandate: Mandate,
}

struct Grounds {
    rules: Vec<WhyRule>,
    relation: String,
    consents: Vec<ID>,
    places: Vec<WhyPlace>,
    policy: String,
    version: Option<String>,
    replayed: ReplayOutcome,
}

/// One decision: what was asked, what came of it, and why.
#[Object]
impl WhyDecision {
    /// When it was taken.
    async fn at(&self) -> Moment {
        Moment(self.at)
    }

    /// Who asked.
    async fn who(&self) -> WorkerNode {
        WorkerNode::new(self.actor.worker, self.mandate.clone())
    }

    /// In which role.
    async fn role(&self) -> Role {
        self.actor.role.into()
    }

    /// For which organisation, by its short name.
    async fn organisation(&self) -> String {
        organisation(&self.actor.organisation)
    }

    /// What was asked: the operation's name in this API; for a command that was recorded, the first fact that it recorded. Absent when it
    /// was refused before it could be read.
    async fn operation(&self) -> Option<&String> {
        self.operation.as_ref()
    }

    /// Whether the gate let it through. A command may be refused after that, by the case itself: then it has a code.
    async fn granted(&self) -> bool {
        self.granted
    }

    /// The code that was answered, when it did not end well.
    async fn code(&self) -> Option<&String> {
        self.code.as_ref()
    }

    /// For which purpose: a processing activity with its version. Absent when nothing was judged.
    async fn purpose(&self) -> Option<&String> {
        self.purpose.as_ref()
    }

    /// The rules that allowed it. Of a refusal there are none: nothing allowed it.
    async fn rules(&self) -> Vec<WhyRule> {
        self.grounds.as_ref().map(|grounds| grounds.rules.clone()).unwrap_or_default()
    }

    /// What the worker was to the case. Of a refusal for the privacy officer alone.
    async fn relation(&self) -> Option<&String> {
        self.grounds.as_ref().map(|grounds| &grounds.relation)
    }

    /// The consents on which it rested.
    async fn consent_ids(&self) -> Vec<ID> {
        self.grounds.as_ref().map(|grounds| grounds.consents.clone()).unwrap_or_default()
    }

    /// What it was judged on.
    async fn judged_on(&self) -> Vec<WhyPlace> {
        self.grounds.as_ref().map(|grounds| grounds.places.clone()).unwrap_or_default()
    }

    /// The policy (SHA-256 of its text, hex).
    async fn policy(&self) -> Option<&String> {
        self.grounds.as_ref().map(|grounds| &grounds.policy)
    }

    /// The version of the policy, by its own name; absent when it is no longer here.
    async fn policy_version(&self) -> Option<&String> {
        self.grounds.as_ref()?.version.as_ref()
    }

    /// What comes of judging it once more, on the case as it was and by the same policy.
    async fn replayed(&self) -> Option<ReplayOutcome> {
        self.grounds.as_ref().map(|grounds| grounds.replayed)
    }
}

/// Asking why.
#[derive(Default)]
pub struct WhyQuery;

#[Object]
impl WhyQuery {
    /// Why a request was granted or refused: each decision, by which rule, on what. For whoever made the request, and for the privacy
    /// officer of the municipality. A request that does not exist and one that is not yours give the same answer.
    async fn why(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request, as `X-Request-Id` named it.")] request: ID,
        #[graphql(desc = "The case, for a command that was recorded in it.")] case_id: Option<ID>,
    ) -> Result<Vec<WhyDecision>> {
        let session = Session::of(ctx)?;
        let own = &session.caller().identity.actor.organisation;
        let judged = session.judge(Operation::accounting(WHY, Act::Why), Target::New(own));
        let mandate = judged.map_err(|refused| session.refuse(refused))?;
        let request = session
            .read(|| request.as_str().parse::<Uuid>().map_err(|_| Refusal::new(BAD_ID).with("field", "request")))?;
        let case: Option<CaseId> = session.read(|| case_id.map(|given| given.read("caseId")).transpose())?;
        mandate.note_asked(&case.map(Subject::Case).into_iter().collect::<Vec<_>>());
        let asking = Asking { session, mandate: &mandate, cases: Vec::new() };
        let decisions = asking.decisions(ctx.data::<Arc<Trail>>()?, request, case).await?;
        if decisions.is_empty() {
            return Err(session.refuse_code(NOT_AVAILABLE));
        }
        Ok(decisions)
    }
}

/// One question, with the cases it has opened to judge again.
struct Asking<'a> {
    session: Session<'a>,
    mandate: &'a Mandate,
    cases: Vec<(CaseId, Option<Arc<Loaded<Case>>>)>,
}

impl Asking<'_> {
    async fn decisions(mut self, trail: &Trail, request: Uuid, case: Option<CaseId>) -> Result<Vec<WhyDecision>> {
        let mut found = Vec::new();
        // What belongs to no municipality stands in the entry of each that the request concerned, and what was refused in two.
        let mut told: BTreeSet<(Timestamp, String)> = BTreeSet::new();
        for entry in self.looks(trail, request).await? {
            for judged in &entry.judgements {
                if told.insert((entry.at, self.known_by(judged))) {
                    found.extend(self.of_look(&entry, judged).await?);
                }
            }
            found.extend(self.at_the_door(&entry));
        }
        if let Some(case) = case {
            for metadata in self.recorded(case, request).await? {
                found.extend(self.of_command(case, &metadata).await?);
            }
        }
        let place = |decision: &WhyDecision| {
            (decision.at, decision.operation.clone(), decision.purpose.clone(), !decision.granted)
        };
        found.sort_by_key(place);
        Ok(found)
    }

    /// By what a decision is known from others. Of refusals whoever was refused hears one for each thing that they asked, whether there was
    /// anything or not.
    fn known_by(&self, judged: &JudgementEntry) -> String {
        if !self.is_officer() && judged.refused.is_some() {
            return format!("{} {:?} {} {:?}", judged.operation, judged.act, judged.purpose, judged.refused);
        }
        format!("{:?}", JudgementEntry { shown: Vec::new(), ..judged.clone() })
    }

    /// What the request left in the trail: for the privacy officer as far as they are told of it.
    async fn looks(&self, trail: &Trail, request: Uuid) -> Result<Vec<Entry>> {
        let filter = self.filter(request);
        let found = if self.is_officer() {
            Account::of(self.session, trail).await?.read(&filter, None, MOST).await?.0
        } else {
            trail.read(&filter, None, MOST).await.map_err(|fault| self.session.unread(&fault))?.found
        };
        Ok(found.into_iter().map(|found| found.entry).collect())
    }

    /// The privacy officer asks about everybody, in the own municipality; everybody else about themselves.
    fn filter(&self, request: Uuid) -> TrailFilter {
        let actor = &self.session.caller().identity.actor;
        let scope =
            if self.is_officer() { Mark::Municipality(actor.organisation.clone()) } else { Mark::Worker(actor.worker) };
        TrailFilter { marks: vec![Mark::Request(request), scope], ..TrailFilter::default() }
    }

    fn is_officer(&self) -> bool {
        self.mandate.relation() == Relation::PrivacyOfficer
    }

    /// Whether the one who asks is told about what this actor asked.
    fn may_hear_of(&self, actor: &Actor) -> bool {
        self.is_officer() || actor.worker == self.mandate.actor().worker
    }

    /// What was refused, or failed, before anything was judged.
    fn at_the_door(&self, entry: &Entry) -> Option<WhyDecision> {
        let actor = actor_of(entry);
        let unjudged = entry.judgements.is_empty() && self.may_hear_of(&actor);
        let decision = WhyDecision {
            at: entry.at,
            actor,
            operation: None,
            granted: false,
            code: entry.code.clone(),
            purpose: None,
            grounds: None,
            mandate: self.mandate.clone(),
        };
        (unjudged && self.mandate.makes(&EVERYONE, DECISION, &[])).then_some(decision)
    }

    async fn of_look(&mut self, entry: &Entry, judged: &JudgementEntry) -> Result<Option<WhyDecision>> {
        let actor = actor_of(entry);
        if !self.may_hear_of(&actor) {
            return Ok(None);
        }
        let policy = entry.policy.clone().unwrap_or_default();
        let act = judged.act.as_deref().and_then(|word| Act::ALL.into_iter().find(|act| act.as_str() == word));
        let recorded = Recorded::in_trail(&policy, judged);
        let once = Once { actor: &actor, at: entry.at, recorded, purpose: Some(judged.purpose), act };
        let grounds = if self.is_officer() || judged.refused.is_none() {
            let mut replayed = Vec::new();
            for (stream, revision) in &judged.at {
                replayed.push(self.replay(&once, stream, *revision).await?);
            }
            if judged.at.is_empty() {
                replayed.push(self.replay_own(&once).await);
            }
            let places = judged.at.iter().filter_map(|(stream, revision)| self.place(stream, *revision));
            Some(Grounds {
                rules: self.explained(&policy, &judged.rules),
                relation: judged.relation.as_str().to_owned(),
                consents: judged.consents.iter().map(id).collect(),
                places: places.collect(),
                version: self.version(&policy),
                replayed: worst(&replayed),
                policy,
            })
        } else {
            None
        };
        let decision = WhyDecision {
            at: entry.at,
            actor,
            operation: Some(judged.operation.clone()),
            granted: judged.refused.is_none(),
            code: judged.refused.clone().or_else(|| entry.code.clone()),
            purpose: Some(judged.purpose.to_string()),
            grounds,
            mandate: self.mandate.clone(),
        };
        Ok(self.mandate.makes(&EVERYONE, DECISION, &[]).then_some(decision))
    }

    async fn of_command(&mut self, case: CaseId, of: &OfCommand) -> Result<Option<WhyDecision>> {
        let Metadata { actor, activity, decision, .. } = &of.metadata;
        if !self.may_hear_of(actor) {
            return Ok(None);
        }
        let seen = decision.judged_at.as_ref().map(|place| place.revision);
        let purpose = activity.parse::<Purpose>().ok();
        let once = Once { actor, at: of.at, recorded: Recorded::from(decision), purpose, act: None };
        let replayed = match seen {
            Some(revision) => self.replay_on(&once, case, Some(revision)).await?,
            // Nothing was there yet: the command opened the case.
            None => self.replay_own(&once).await,
        };
        let grounds = Grounds {
            rules: self.explained(&decision.policy, &decision.rules),
            relation: decision.relation.clone(),
            consents: decision.consents.iter().map(id).collect(),
            places: self.place(&format!("case-{case}"), seen).into_iter().collect(),
            version: self.version(&decision.policy),
            replayed,
            policy: decision.policy.clone(),
        };
        let decision = WhyDecision {
            at: of.at,
            actor: actor.clone(),
            operation: Some(of.outer_type.clone()),
            granted: true,
            code: None,
            purpose: Some(activity.clone()),
            grounds: Some(grounds),
            mandate: self.mandate.clone(),
        };
        Ok(self.mandate.makes(&EVERYONE, DECISION, &[Subject::Case(case)]).then_some(decision))
    }

    fn place(&self, stream: &str, revision: Option<Revision>) -> Option<WhyPlace> {
        let case: CaseId = case_of(stream)?;
        let revision = revision.filter(|_| self.is_officer()).map(Revision::number);
        Some(WhyPlace { case_id: id(case), revision })
    }

    fn explained(&self, policy: &str, rules: &[String]) -> Vec<WhyRule> {
        let here = self.version(policy).is_some();
        let text = |rule: &String| here.then(|| explain(&self.session, rule)).flatten();
        rules.iter().map(|rule| WhyRule { id: rule.clone(), text: text(rule) }).collect()
    }

    fn version(&self, policy: &str) -> Option<String> {
        let known = self.session.services().gate.policy();
        (known.digest() == policy).then(|| known.version().to_owned())
    }

    /// Judges again what was judged on a stream. Signals and the like are not brought back.
    async fn replay(&mut self, once: &Once<'_>, stream: &str, revision: Option<Revision>) -> Result<ReplayOutcome> {
        match case_of(stream) {
            Some(case) => self.replay_on(once, case, revision).await,
            None => Ok(ReplayOutcome::NotReplayed),
        }
    }

    /// What was somebody's own work, in their own organisation: a list, a search, something new.
    async fn replay_own(&self, once: &Once<'_>) -> ReplayOutcome {
        let facts = Relations { municipality: Some(once.actor.organisation.clone()), ..Relations::default() };
        match self.judged_again(once, &facts, true).await {
            ReplayOutcome::Differs => self.judged_again(once, &Relations::default(), true).await,
            other => other,
        }
    }

    async fn judged_again(&self, once: &Once<'_>, facts: &Relations, own: bool) -> ReplayOutcome {
        let (gate, actor) = (&self.session.services().gate, once.actor);
        let Ok(duties) = self.session.services().duties_of(actor.worker, once.at.day()).await else {
            return ReplayOutcome::NotReplayed;
        };
        let then = Situation { facts, own, actor, duties: &duties, now: once.at };
        let replayed = match (once.act, once.purpose) {
            (Some(act), Some(purpose)) => gate.replay(&once.recorded, &then, Operation::doing(WHY, act), purpose),
            (None, purpose) if once.recorded.refused.is_none() => gate.replay_event(&once.recorded, &then, purpose),
            _ => return ReplayOutcome::NotReplayed,
        };
        replayed.into()
    }

    async fn replay_on(&mut self, once: &Once<'_>, case: CaseId, revision: Option<Revision>) -> Result<ReplayOutcome> {
        let day = once.at.day();
        let facts = match revision {
            None => Relations::default(),
            Some(revision) => {
                let Some(loaded) = self.loaded(case).await else { return Ok(ReplayOutcome::NotReplayed) };
                let book = Arc::clone(&self.session.services().cases.office().terms);
                Relations::of(loaded.history.as_judged_at(revision).state(), day, book.terms_on(day))
            }
        };
        Ok(self.judged_again(once, &facts, false).await)
    }

    /// The case, opened once. Nothing of it is shown.
    async fn loaded(&mut self, case: CaseId) -> Option<Arc<Loaded<Case>>> {
        if let Some((_, loaded)) = self.cases.iter().find(|(known, _)| *known == case) {
            return loaded.clone();
        }
        let loaded = match self.session.services().cases.load(case.as_uuid()).await {
            Ok(loaded) => Some(loaded),
            Err(error) => {
                tracing::error!(%error, "a decision cannot be judged again: its case cannot be read");
                None
            }
        };
        self.cases.push((case, loaded.clone()));
        loaded
    }

    /// The decisions that a request left in the history of a case: one for each command.
    async fn recorded(&mut self, case: CaseId, request: Uuid) -> Result<Vec<OfCommand>> {
        let Some(loaded) = self.loaded(case).await else { return Ok(Vec::new()) };
        if !self.may_ask_about(case, &loaded.history) {
            return Ok(Vec::new());
        }
        let cases = &self.session.services().cases;
        let (store, stream) = (&cases.office().store, cases.stream(case.as_uuid()));
        let (mut commands, mut keys) = (BTreeMap::new(), StreamKeys::default());
        let mut from = Revision::FIRST;
        loop {
            let page = store.read_stream(&stream, from, AT_A_TIME).await;
            let page = page.map_err(|fault| self.session.fault(super::carry_out::DATA_UNAVAILABLE, &fault))?;
            let Some(last) = page.last() else { break };
            from = last.revision.next();
            for event in page.iter().filter(|event| is_of_request(event, request)) {
                let opened = cases.office().codec.open(event, &mut keys);
                let metadata = opened
                    .map_err(|error| self.session.fault(super::carry_out::DATA_UNAVAILABLE, &error))?
                    .exact_metadata();
                let (command, outer_type) = (metadata.command.id, event.outer_type.clone());
                commands.entry(command).or_insert(OfCommand { at: event.recorded_at, outer_type, metadata });
            }
        }
        Ok(commands.into_values().collect())
    }

    /// Whether the history of this case may be asked: by who sees it, and by the privacy officer. Nothing of it is shown by that.
    fn may_ask_about(&self, case: CaseId, history: &History<Case>) -> bool {
        let (gate, caller, unseen) = (&self.session.services().gate, self.session.caller(), TrailDraft::new());
        let target = Target::Case(case, history);
        if self.is_officer() {
            return gate.judge(caller, Operation::accounting(WHY, Act::Why), target, &unseen).is_ok();
        }
        gate.judge_row(caller, Operation::looking(WHY, Act::Read), target, &unseen).is_ok()
    }
}

fn actor_of(entry: &Entry) -> Actor {
    Actor {
        worker: entry.who,
        role: entry.role,
        organisation: entry.organisation.clone(),
        on_behalf_of: entry.on_behalf_of,
    }
}

/// A command that was recorded: the type in clear of its first fact, and all that was decided, also where the clear part does not say.
struct OfCommand {
    at: Timestamp,
    outer_type: String,
    metadata: Metadata,
}

fn is_of_request(event: &RecordedEvent, request: Uuid) -> bool {
    Metadata::from_bytes(&event.metadata).is_ok_and(|metadata| metadata.correlation.as_uuid() == request)
}

/// The case of a stream.
fn case_of(stream: &str) -> Option<CaseId> {
    stream.strip_prefix("case-")?.parse().ok()
}

/// What a rule says, in the language of the answer.
fn explain(session: &Session<'_>, rule: &str) -> Option<String> {
    let said = session.services().gate.policy().explain(rule)?;
    Some(session.locale().of(&said.nl, &said.en).to_owned())
}

/// Of what was judged on several places: the worst.
fn worst(replayed: &[ReplayOutcome]) -> ReplayOutcome {
    use ReplayOutcome::{ByToken, Differs, NotReplayed, PolicyGone, Same};
    let worst_first = [Differs, PolicyGone, NotReplayed, ByToken];
    worst_first.into_iter().find(|worst| replayed.contains(worst)).unwrap_or(Same)
}
