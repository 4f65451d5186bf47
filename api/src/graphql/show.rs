//! From a kept value to what an answer shows: always through a mandate.

use async_graphql::ID;
use domain::fact::{Audience, Organisation};
use domain::ids::Subject;
use domain::personal::{Personal, Presence};
use domain::text::{Line, Name, Text};
use projections::views::Kept;
use projections::views::ends::Ends;
use projections::views::timeline::Words;

use super::scalars::Day;
use super::session::Session;
use crate::gate::{Field, Mandate, Meant, Seen, Sight};

/// A view whose fact its viewer may know, and of which the trail knows that it has its place in the answer. Every node of an answer that
/// stands for a fact holds one, so that no field of it can be reached without the gate and the trail: only [`granted`] and
/// [`granted_to`] make it.
#[derive(Clone, Debug)]
pub struct Granted<V>(V);

impl<V> std::ops::Deref for Granted<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.0
    }
}

/// Which facts the holder of a mandate may know: for what is derived from several. Nothing is noted by asking.
pub fn knows(mandate: &Mandate) -> impl Fn(&Kept<()>) -> bool + '_ {
    |kept| mandate.admits(kept)
}

/// A view, if its viewer may know the fact it stands for.
pub fn granted<V, T>(
    mandate: &Mandate,
    field: Field,
    about: &[Subject],
    view: V,
    fact: impl FnOnce(&V) -> &Kept<T>,
) -> Option<Granted<V>> {
    mandate.makes(fact(&view), field, about).then_some(Granted(view))
}

/// As [`granted`], for a view that rests on a fact it does not hold, or on none and is meant for these viewers.
pub fn granted_to<'m, V>(
    mandate: &Mandate,
    field: Field,
    about: &[Subject],
    meant: impl Into<Meant<'m>>,
    view: V,
) -> Option<Granted<V>> {
    mandate.makes(meant, field, about).then_some(Granted(view))
}

/// A personal value, as far as the mandate allows.
pub fn personal<'v, T>(mandate: &Mandate, field: Field, kept: &'v Kept<Personal<T>>) -> Seen<&'v T> {
    mandate.see(kept, field, &kept.value)
}

/// A value that is not personal by itself, about these subjects.
pub fn plain<T: Clone>(mandate: &Mandate, field: Field, about: &[Subject], kept: &Kept<T>) -> Option<T> {
    mandate.see_plain(kept, field, about, kept.value.clone()).known()
}

/// The last day of something, by the facts that the viewer may know: whoever may not know that it ended reads as if it ran still, or as
/// it ended by what they may know.
pub fn last_day(mandate: &Mandate, field: Field, about: &[Subject], ends: &Ends) -> Option<Day> {
    plain(mandate, field, about, ends.until(knows(mandate))?).map(Day)
}

/// Notes of the values that something follows from which were lost by a fault, as far as the viewer may know them: then the whole answer is
/// refused. What follows from a value that nobody can read is a guess, and a missing key is never a silence.
pub fn note_lost(mandate: &Mandate, field: Field, values: &[Kept<Personal<()>>]) {
    for lost in values.iter().filter(|kept| kept.value.presence() == Presence::Unavailable) {
        personal(mandate, field, lost);
    }
}

/// Words that people typed.
pub trait Said {
    /// As typed.
    fn said(&self) -> &str;
}

impl Said for Text {
    fn said(&self) -> &str {
        self.as_str()
    }
}

impl Said for Line {
    fn said(&self) -> &str {
        self.as_str()
    }
}

impl Said for Name {
    fn said(&self) -> &str {
        self.as_str()
    }
}

/// Words as an answer shows them: the words, or in the reader's language that they were destroyed; nothing when they are not for
/// this reader.
pub fn words<T: Said>(
    session: &Session<'_>,
    mandate: &Mandate,
    field: Field,
    kept: &Kept<Personal<T>>,
) -> Option<String> {
    match personal(mandate, field, kept).into_sight() {
        Sight::Known(words) => Some(words.said().to_owned()),
        Sight::Erased => Some(session.locale().label("seen-erased")),
        Sight::Unavailable | Sight::Withheld => None,
    }
}

/// Words of any length, as a timeline keeps them.
pub fn any_words(
    session: &Session<'_>,
    mandate: &Mandate,
    field: Field,
    meant: Meant<'_>,
    words: &Words,
) -> Option<String> {
    let seen = match words {
        Words::Text(words) => mandate.see(meant, field, words).map(|words| words.said().to_owned()),
        Words::Line(words) => mandate.see(meant, field, words).map(|words| words.said().to_owned()),
        Words::Name(words) => mandate.see(meant, field, words).map(|words| words.said().to_owned()),
        Words::Day(day) => mandate.see(meant, field, day).map(ToString::to_string),
        Words::ProcessDay(day) => mandate.see_plain(meant, field, &[], day.to_string()),
        Words::Authority(authority) => {
            mandate.see(meant, field, authority).map(|authority| authority.kind().as_str().to_uppercase())
        }
        Words::Role(role) => mandate.see(meant, field, role).map(|role| role.as_str().to_uppercase()),
        Words::Exception(ground) => mandate.see(meant, field, ground).map(|ground| ground.as_str().to_uppercase()),
        Words::Ruling(kind) => mandate.see(meant, field, kind).map(|kind| kind.as_str().to_uppercase()),
        Words::Recognised(recognised) => mandate.see(meant, field, recognised).map(ToString::to_string),
    };
    match seen.into_sight() {
        Sight::Known(words) => Some(words),
        Sight::Erased => Some(session.locale().label("seen-erased")),
        Sight::Unavailable | Sight::Withheld => None,
    }
}

/// An id on the wire.
#[must_use]
pub fn id(id: impl std::fmt::Display) -> ID {
    ID(id.to_string())
}

/// An organisation on the wire.
#[must_use]
pub fn organisation(organisation: &Organisation) -> String {
    organisation.as_str().to_owned()
}

/// Everyone with a relation to the case. Only for what rests on no fact that could be told to fewer: where the case stands, and the
/// warning that somebody is protected. What follows from facts is judged by those facts.
pub const EVERYONE: Audience = Audience::Case;
