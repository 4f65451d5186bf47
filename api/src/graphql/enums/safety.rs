//! Safety.

use async_graphql::Enum;

/// What came out of a screening for safety.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::safety::ScreeningOutcome")]
pub enum ScreeningOutcome {
    /// Nothing points to unsafety now.
    NoSignal,
    /// Something does: record a safety signal.
    Signal,
}

/// About what a safety signal is, in broad words.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::safety::SafetyKind")]
pub enum SafetyKind {
    /// Violence.
    Violence,
    /// Neglect.
    Neglect,
    /// One-sided control.
    OneSidedControl,
    /// Other unsafety.
    Other,
}

/// On which ground somebody is told later.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::safety::ToldLaterGround")]
pub enum ToldLaterGround {
    /// Telling now would do serious harm (Jeugdwet 7.3.2(4)).
    SeriousHarm,
    /// A good helper keeps it from this parent in the interest of the child (Jeugdwet 7.3.11(3)).
    ChildsInterest,
    /// To protect whom it concerns, or the rights of others (AVG 23).
    ProtectionOfOthers,
}
