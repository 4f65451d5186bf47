//! Drafts (concepten): what somebody is writing and has not recorded. With its author only, outside the history, for a day; then its key is
//! destroyed (rule 28). A draft is named by the command under which it will be recorded: given as `commandId`, it goes once that is done.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{CaseId, CommandId, RecordId, Subject, WorkerId};
use domain::personal::Personal;
use domain::rejection::{Code, Detail};
use domain::text::Text;
use domain::time::Timestamp;
use eventstore::drafts::{Draft, Drafts, DraftsFault};
use serde::{Deserialize, Serialize};

use super::carry_out::{DATA_UNAVAILABLE, STORE_UNAVAILABLE};
use super::input::Read;
use super::lists::NOT_AVAILABLE;
use super::refusal::Refusal;
use super::scalars::Moment;
use super::session::Session;
use super::show::{EVERYONE, Granted, granted_to, id};
use crate::gate::{Act, Field, Mandate, Operation, Target, Topic};
use crate::trail::TrailDraft;

/// The word is not one of a mutation.
pub const DRAFT_FOR_NOTHING: Code = Code("DRAFT_FOR_NOTHING");
/// This author has as many drafts as anyone may have.
pub const TOO_MANY_DRAFTS: Code = Code("TOO_MANY_DRAFTS");
/// Codes of drafts.
pub const CODES: &[Code] = &[DRAFT_FOR_NOTHING, TOO_MANY_DRAFTS];

/// How long a draft lives, in hours (rule 28).
const HOURS: u16 = 24;

/// Most drafts of one worker at a time.
const MOST: usize = 100;

const LIST: &str = "myDrafts";
const DRAFT: Field = Field::new("draft", Topic::Draft);
const WORDS: Field = Field::new("draft.words", Topic::Draft);

/// What a draft holds, as it is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    case: Option<CaseId>,
    mutation: String,
    words: String,
}

/// What somebody is writing.
pub struct NewDraft {
    /// The draft that gets other words; a new one when nothing is said.
    pub draft: Option<CommandId>,
    /// In which case it will be recorded.
    pub case: Option<CaseId>,
    /// By which mutation.
    pub mutation: String,
    /// The words.
    pub words: Text,
}

/// A draft, for its author.
pub struct DraftNode {
    mandate: Mandate,
    view: Granted<View>,
}

struct View {
    id: CommandId,
    begun: Timestamp,
    until: Timestamp,
    case: Option<CaseId>,
    mutation: String,
    words: Personal<Text>,
}

impl DraftNode {
    fn new(mandate: &Mandate, draft: &Draft) -> Option<Self> {
        let Content { case, mutation, words } = serde_json::from_slice(&draft.content).ok()?;
        let record = Subject::Record(RecordId::from_uuid(draft.id.as_uuid()));
        let words = Personal::ordinary(record, Text::new(&words).ok()?);
        let about = case.map_or(record, Subject::Case);
        let Draft { id, begun, until, .. } = *draft;
        let view = View { id, begun, until, case, mutation, words };
        let view = granted_to(mandate, DRAFT, &[about], &EVERYONE, view)?;
        Some(Self { mandate: mandate.clone(), view })
    }
}

/// Something you are writing and have not recorded. Nobody else sees it, and it is destroyed when its day is over.
#[Object(name = "Draft")]
impl DraftNode {
    /// Names the draft. Give it as `commandId` with the mutation that records it: the draft goes once that is done.
    async fn id(&self) -> ID {
        id(self.view.id)
    }

    /// In which case you mean to record it, if you said so.
    async fn case_id(&self) -> Option<ID> {
        self.view.case.map(id)
    }

    /// By which mutation you mean to record it, by its name in this API.
    async fn mutation(&self) -> &str {
        &self.view.mutation
    }

    /// The words.
    async fn words(&self) -> Option<String> {
        self.mandate.see(&EVERYONE, WORDS, &self.view.words).known().map(|words| words.as_str().to_owned())
    }

    /// When you began it.
    async fn begun_at(&self) -> Moment {
        Moment(self.view.begun)
    }

    /// The moment from which it is gone.
    async fn until(&self) -> Moment {
        Moment(self.view.until)
    }
}

/// Begins a draft, or puts other words in one of the caller's own.
///
/// # Errors
/// The refusal, in words. A draft of somebody else, one that is over and one that never was are refused alike; so is a case that the
/// caller may not look at.
pub async fn save(ctx: &Context<'_>, new: impl FnOnce() -> Result<NewDraft, Refusal>) -> Result<DraftNode> {
    let session = Session::of(ctx)?;
    let NewDraft { draft, case, mutation, words } = session.read(new)?;
    let mandate = may(&session, "saveDraft")?;
    if let Some(case) = case {
        session.open(case, "saveDraft").await?;
    }
    let content = Content { case, mutation, words: words.as_str().to_owned() };
    let content = serde_json::to_vec(&content).map_err(|error| session.fault(DATA_UNAVAILABLE, &error))?;
    let (author, now) = (session.caller().identity.actor.worker, session.now());
    let begun = draft.unwrap_or_else(|| session.new_command());
    let saved = on_disk(&session, move |drafts| {
        forget(drafts, now);
        if draft.is_some() {
            return Ok(drafts.rewrite(begun, author, &content, now)?.then_some(()).ok_or(NOT_AVAILABLE));
        }
        if drafts.count(author, now)? >= MOST {
            return Ok(Err(TOO_MANY_DRAFTS));
        }
        drafts.begin(begun, author, &content, (now, now.plus_hours(HOURS)))?;
        Ok(Ok(()))
    });
    saved.await?.map_err(|code| {
        let refusal = Refusal::new(code);
        let many = code == TOO_MANY_DRAFTS;
        session.refusal(&if many { refusal.with("limit", Detail::Number(MOST as u64)) } else { refusal })
    })?;
    session.draft().note_nothing_recorded();
    let all = own(&session, author, now).await?;
    let found = all.iter().find(|draft| draft.id == begun).and_then(|draft| DraftNode::new(&mandate, draft));
    found.ok_or_else(|| session.refuse_code(NOT_AVAILABLE))
}

/// Ends a draft of the caller's own before its time.
///
/// # Errors
/// The refusal, in words: the same for a draft of somebody else, one that is over and one that never was.
pub async fn discard(ctx: &Context<'_>, draft: &ID) -> Result<ID> {
    let session = Session::of(ctx)?;
    let ended: CommandId = session.read(|| draft.read("draft"))?;
    may(&session, "discardDraft")?;
    let (author, now) = (session.caller().identity.actor.worker, session.now());
    let done = on_disk(&session, move |drafts| drafts.discard(ended, author, now)).await?;
    session.draft().note_nothing_recorded();
    if done { Ok(id(ended)) } else { Err(session.refuse_code(NOT_AVAILABLE)) }
}

/// A command was recorded: its draft, if there was one of the same author, is over. A fault here takes nothing back of what was recorded;
/// the draft ends with its time.
pub(super) async fn recorded(session: &Session<'_>, command: CommandId) {
    let drafts = Arc::clone(&session.services().drafts);
    if !drafts.holds(command) {
        return;
    }
    let (author, now) = (session.caller().identity.actor.worker, session.now());
    let ended = tokio::task::spawn_blocking(move || drafts.discard(command, author, now)).await;
    if !matches!(ended, Ok(Ok(_))) {
        tracing::warn!(request = %session.caller().request, "a draft that was recorded could not be ended: it ends with its time");
    }
}

fn may(session: &Session<'_>, name: &'static str) -> Result<Mandate> {
    let operation = Operation::doing(name, Act::Draft);
    session.judge(operation, Target::Own).map_err(|refused| session.refuse(refused))
}

async fn own(session: &Session<'_>, author: WorkerId, now: Timestamp) -> Result<Vec<Draft>> {
    on_disk(session, move |drafts| {
        forget(drafts, now);
        drafts.of(author, now)
    })
    .await
}

/// What is over goes when anybody looks, besides at every beat of the node. It is not shown, whether or not that can be done now.
fn forget(drafts: &Drafts, now: Timestamp) {
    if let Err(fault) = drafts.forget(now) {
        tracing::warn!(%fault, "drafts that are over are not destroyed yet: they will be at the next beat");
    }
}

async fn on_disk<T: Send + 'static>(
    session: &Session<'_>,
    work: impl FnOnce(&Drafts) -> Result<T, DraftsFault> + Send + 'static,
) -> Result<T> {
    let drafts = Arc::clone(&session.services().drafts);
    let done = tokio::task::spawn_blocking(move || work(&drafts)).await;
    let done = done.map_err(|error| session.fault(STORE_UNAVAILABLE, &error))?;
    done.map_err(|fault| session.fault(STORE_UNAVAILABLE, &fault))
}

/// One's own drafts.
#[derive(Default)]
pub struct DraftQuery;

#[Object]
impl DraftQuery {
    /// What you are writing and have not recorded, first begun first. Only your own; what you began about a case that you may no longer
    /// look at is not shown.
    async fn my_drafts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those about this case.")] case_id: Option<ID>,
    ) -> Result<Vec<DraftNode>> {
        let session = Session::of(ctx)?;
        let only: Option<CaseId> = session.read(|| case_id.read("caseId"))?;
        let mandate = session.own(LIST, Act::List)?;
        let all = own(&session, session.caller().identity.actor.worker, session.now()).await?;
        let mut shown = Vec::new();
        for draft in &all {
            let about = serde_json::from_slice::<Content>(&draft.content).ok().and_then(|content| content.case);
            if only.is_some() && about != only {
                continue;
            }
            if let Some(case) = about
                && !may_look(&session, case).await
            {
                continue;
            }
            shown.extend(DraftNode::new(&mandate, draft));
        }
        Ok(shown)
    }
}

/// Whether the caller may look at this case now. A case that cannot be read may be looked at by nobody.
async fn may_look(session: &Session<'_>, case: CaseId) -> bool {
    let Ok(loaded) = session.services().cases.load(case.as_uuid()).await else { return false };
    let (quiet, looking) = (TrailDraft::new(), Operation::looking(LIST, Act::Read));
    let target = Target::Case(case, &loaded.history);
    session.services().gate.judge_row(session.caller(), looking, target, &quiet).is_ok()
}
