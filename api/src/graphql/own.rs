//! What a worker wrote about the own part: for the worker alone, whatever anybody is to a case. It stands in the worker's own stream.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::decider::Order;
use domain::fact::Audience;
use domain::ids::{CaseId, CommandId};
use domain::mentions::names_somebody;
use domain::text::{Name, Text};
use domain::worker::{NamesFound, OwnReflection, WorkerCommand};

use super::carry_out::on_worker;
use super::input::Read;
use super::people::knows_name;
use super::scalars::Day;
use super::session::Session;
use super::show::id;
use crate::gate::{Act, Field, Mandate, Meant, Operation, Sight, Target, Topic};

const REFLECTION: Field = Field::new("worker.reflection", Topic::OwnReflection);

const LOOKS: Operation = Operation::looking("ownReflections", Act::List);
const WRITES: Operation = Operation::doing("writeOwnReflection", Act::Reflect);

/// A reflection of yours on your own part.
#[derive(SimpleObject)]
pub struct OwnReflectionNode {
    /// Names the fact.
    id: ID,
    /// The day.
    day: Day,
    /// In your own words.
    words: Option<String>,
}

/// Writes down a reflection on your own part, for you alone.
#[derive(InputObject)]
pub struct WriteOwnReflectionInput {
    /// Names this intention: the same id has one effect and one answer, however often it is sent. Made for you when absent.
    command_id: Option<ID>,
    /// In your own words. They name nobody.
    words: String,
    /// A case in which you work: the names in it that you know are looked for in your words. Which case it was is not kept.
    case_id: Option<ID>,
}

/// What you wrote, after writing.
#[derive(SimpleObject)]
pub struct OwnReflectionPayload {
    /// You.
    worker_id: ID,
    /// Your reflections, in the order written.
    reflections: Vec<OwnReflectionNode>,
    /// Whether the command had been carried out before.
    repeated: bool,
}

/// Own reflections.
#[derive(Default)]
pub struct OwnQuery;

#[Object]
impl OwnQuery {
    /// What you wrote about your own part, in the order written. Nobody else reads it, whatever their role or duty.
    async fn own_reflections(&self, ctx: &Context<'_>) -> Result<Vec<OwnReflectionNode>> {
        let session = Session::of(ctx)?;
        let mandate = session.judge(LOOKS, Target::Own).map_err(|refused| session.refuse(refused))?;
        let me = session.caller().identity.actor.worker;
        let loaded = session.services().workers.load(me.as_uuid()).await;
        let loaded = loaded.map_err(|error| session.unreadable(&error))?;
        Ok(nodes(&session, &mandate, &loaded.history.state().reflections))
    }
}

/// Own reflections.
#[derive(Default)]
pub struct OwnMutation;

#[Object]
impl OwnMutation {
    /// Writes down a reflection on your own part (on roles in the drama triangle, for instance). It belongs to you: nobody else reads it,
    /// and it stands in no case. It names nobody.
    async fn write_own_reflection(
        &self,
        ctx: &Context<'_>,
        input: WriteOwnReflectionInput,
    ) -> Result<OwnReflectionPayload> {
        let session = Session::of(ctx)?;
        let (command_id, words, case): (Option<CommandId>, Text, Option<CaseId>) = session.read(|| {
            let command_id = input.command_id.read("commandId")?;
            Ok((command_id, input.words.read("words")?, input.case_id.read("caseId")?))
        })?;
        let names = match case {
            Some(case) => found(&session, case, &words).await?,
            None => NamesFound::None,
        };
        let order = Order::now(WorkerCommand::WriteOwnReflection { words, names });
        let me = session.caller().identity.actor.worker;
        let receipt = on_worker(&session, me, command_id, &order, WRITES, Target::Own, None).await?;
        let mandate = session.judge(LOOKS, Target::Own).map_err(|refused| session.refuse(refused))?;
        let reflections = nodes(&session, &mandate, &receipt.loaded.history.state().reflections);
        Ok(OwnReflectionPayload { worker_id: id(me), reflections, repeated: receipt.repeated })
    }
}

/// Whether the words hold the name of somebody of this case whom the writer may know.
async fn found(session: &Session<'_>, case: CaseId, words: &Text) -> Result<NamesFound> {
    let (loaded, mandate) = session.open(case, "writeOwnReflection").await?;
    let knows = |person, name: &Name| knows_name(session, &loaded.history, &mandate, person, name);
    let named = names_somebody(loaded.history.state(), words, knows);
    Ok(if named { NamesFound::Somebody } else { NamesFound::None })
}

/// Only what the caller wrote stands in the caller's stream; the mandate is asked all the same, and notes that it left.
fn nodes(session: &Session<'_>, mandate: &Mandate, written: &[OwnReflection]) -> Vec<OwnReflectionNode> {
    let me = session.caller().identity.actor.worker;
    let audience = Audience::Author;
    let meant = Meant { audience: &audience, author: Some(me), locating: false, at_home: &[], layers: Meant::case() };
    let node = |written: &OwnReflection| {
        let words = match mandate.see(meant, REFLECTION, &written.words).into_sight() {
            Sight::Known(words) => Some(words.as_str().to_owned()),
            Sight::Erased => Some(session.locale().label("seen-erased")),
            Sight::Unavailable => None,
            Sight::Withheld => return None,
        };
        Some(OwnReflectionNode { id: id(written.fact), day: Day(written.day), words })
    };
    written.iter().filter_map(node).collect()
}
