//! Working with each person.

use async_graphql::Enum;

/// A step in a conversation with one person, by its name. They may be taken in any order, and again.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::steps::ConversationStep")]
pub enum ConversationStep {
    /// The vision was shared: rest first, not who is right.
    ShareVision,
    /// What somebody lives through was acknowledged; that is not agreeing.
    Acknowledge,
    /// What happens between them was looked at: what sets it off, what follows.
    Dynamics,
    /// What somebody needs and wishes.
    NeedAndDesire,
    /// What is so, whether one likes it or not.
    Reality,
    /// What somebody can do themself.
    Options,
}

/// What came of trying an option.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::steps::OptionEffect")]
pub enum OptionEffect {
    /// It gave more rest.
    MoreRest,
    /// Nothing changed.
    NoChange,
    /// It gave more strife.
    MoreStrife,
}
