//! Mutations of drafts. They record nothing.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::super::drafts::{DRAFT_FOR_NOTHING, DraftNode, NewDraft, discard, save};
use super::super::input::Read;
use super::super::refusal::Refusal;

/// Keeps what you are writing.
#[derive(InputObject)]
pub struct SaveDraftInput {
    /// The draft that gets these words in place of what stood there; a new one when absent. Its day goes on.
    draft: Option<ID>,
    /// In which case you mean to record it.
    case_id: Option<ID>,
    /// By which mutation you mean to record it, by its name in this API, such as `recordContact`.
    mutation: String,
    /// The words.
    words: String,
}

/// Ends a draft before its time.
#[derive(InputObject)]
pub struct DiscardDraftInput {
    /// The draft.
    draft: ID,
}

/// What became of a draft.
#[derive(SimpleObject)]
pub struct DiscardedDraft {
    /// The draft that is gone.
    id: ID,
}

/// Drafts.
#[derive(Default)]
pub struct DraftMutation;

#[Object]
impl DraftMutation {
    /// Keeps what you are writing, for you alone, for 24 hours from when you began it. Nothing of it is recorded: record it with the
    /// draft's id as `commandId`, and the draft goes.
    async fn save_draft(&self, ctx: &Context<'_>, input: SaveDraftInput) -> Result<DraftNode> {
        save(ctx, || {
            Ok(NewDraft {
                draft: input.draft.read("draft")?,
                case: input.case_id.read("caseId")?,
                mutation: named(&input.mutation)?,
                words: input.words.read("words")?,
            })
        })
        .await
    }

    /// Ends a draft of yours before its time.
    async fn discard_draft(&self, ctx: &Context<'_>, input: DiscardDraftInput) -> Result<DiscardedDraft> {
        Ok(DiscardedDraft { id: discard(ctx, &input.draft).await? })
    }
}

/// The name of a mutation is a word of letters; whether there is one of that name shows when it is sent.
fn named(mutation: &str) -> Result<String, Refusal> {
    let small = mutation.starts_with(|first: char| first.is_ascii_lowercase());
    let letters = mutation.len() <= 60 && mutation.chars().all(|letter| letter.is_ascii_alphabetic());
    if small && letters { Ok(mutation.to_owned()) } else { Err(Refusal::new(DRAFT_FOR_NOTHING)) }
}
