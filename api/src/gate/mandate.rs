//! What one caller may see and do in one operation. Everything that leaves passes through here, and is noted on its way.

use std::fmt;
use std::sync::{Arc, LazyLock};

use domain::fact::{Actor, Audience};
use domain::ids::{ConsentId, HouseholdId, Revision, Subject, WorkerId};
use domain::layers::Layers;
use domain::personal::{DataClass, Personal, Presence};
use eventstore::metadata::FactRef;
use eventstore::port::StreamName;
use projections::views::Kept;

use super::policy::{AudienceKind, Data, Grant, Leads};
use super::purpose::Purpose;
use super::reach::Reach;
use super::relation::Relation;
use super::seen::{Field, Seen, Shown, Sight, Topic};
use crate::trail::{Noted, TrailDraft};

/// On what a grant or refusal rested. A granted command carries it in its events, a read in its trail entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// SHA-256 of the policy text, in hex.
    pub policy: Arc<str>,
    /// The rules that allowed it; empty for a refusal.
    pub rules: Vec<String>,
    /// What the actor was to the case.
    pub relation: Relation,
    /// What was judged and at which revision of it; `None` when no stream was asked about.
    pub judged_at: Option<JudgedAt>,
    /// The consents that the relation rests on; empty for a refusal.
    pub consents: Vec<ConsentId>,
}

impl From<&Decision> for eventstore::metadata::Decision {
    /// The same, as an event carries it.
    fn from(decision: &Decision) -> Self {
        let judged_at = decision
            .judged_at
            .as_ref()
            .and_then(|place| Some(FactRef { stream: place.stream.clone(), revision: place.revision? }));
        Self {
            policy: decision.policy.to_string(),
            rules: decision.rules.clone(),
            relation: decision.relation.as_str().to_owned(),
            judged_at,
            consents: decision.consents.clone(),
        }
    }
}

/// A place in the history: a stream and the last revision that was read of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct JudgedAt {
    /// The stream.
    pub stream: StreamName,
    /// Its last revision; `None` when there was nothing.
    pub revision: Option<Revision>,
}

/// For whom a value was meant, in which layers it stands, who wrote it down, and whether it leads to somebody protected.
#[derive(Clone, Copy, Debug)]
pub struct Meant<'a> {
    /// The audience of the fact.
    pub audience: &'a Audience,
    /// Who recorded it; only needed for what is meant for its author.
    pub author: Option<WorkerId>,
    /// Whether it leads to somebody whose locating data are protected now.
    pub locating: bool,
    /// If so: the households to which alone it leads.
    pub at_home: &'a [HouseholdId],
    /// The layers of the case it stands in.
    pub layers: &'a Layers,
}

static CASE: LazyLock<Layers> = LazyLock::new(Layers::case);

impl Meant<'_> {
    /// The layers of what is everyone's who has a relation to the case.
    #[must_use]
    pub fn case() -> &'static Layers {
        &CASE
    }
}

/// What no fact of a case stands behind, and so leads to nobody: a state everyone may know, a name of staff.
impl<'a> From<&'a Audience> for Meant<'a> {
    fn from(audience: &'a Audience) -> Self {
        Self { audience, author: None, locating: false, at_home: &[], layers: Self::case() }
    }
}

impl<'a, T> From<&'a Kept<T>> for Meant<'a> {
    fn from(kept: &'a Kept<T>) -> Self {
        let Kept { audience, author, locating, at_home, layers, .. } = kept;
        Self { audience, author: Some(*author), locating: *locating, at_home, layers }
    }
}

/// What one caller may see and do in one operation, decided by [`super::Gate`] and by nobody else. It holds for one answer: whoever
/// goes on for longer asks the gate again at every delivery.
#[derive(Clone)]
pub struct Mandate {
    inner: Arc<Inner>,
}

struct Inner {
    actor: Actor,
    purpose: Purpose,
    grant: Arc<Grant>,
    reach: Reach,
    decision: Decision,
    /// The decision as the trail knows it, and where what is shown by it is noted.
    noted: Noted,
    draft: TrailDraft,
}

impl Inner {
    fn place(&self) -> Option<&JudgedAt> {
        self.decision.judged_at.as_ref()
    }

    fn note_shown(&self, about: &[Subject], field: Field, class: Shown) {
        self.draft.note_shown(&self.noted, self.place(), (about, field, class));
    }
}

impl Mandate {
    pub(super) fn new(
        actor: Actor,
        purpose: Purpose,
        (grant, reach): (Arc<Grant>, Reach),
        decision: Decision,
        (noted, draft): (Noted, TrailDraft),
    ) -> Self {
        Self { inner: Arc::new(Inner { actor, purpose, grant, reach, decision, noted, draft }) }
    }

    /// Who holds it.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.inner.actor
    }

    /// For what.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.inner.purpose
    }

    /// What the holder is to the case.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.inner.decision.relation
    }

    /// On what it rests.
    #[must_use]
    pub fn decision(&self) -> &Decision {
        &self.inner.decision
    }

    /// The same mandate, for an answer whose trail entry is made elsewhere: by whoever first looks whether there is anything to say.
    #[must_use]
    pub fn noting_in(&self, draft: &TrailDraft) -> Self {
        let Inner { actor, purpose, grant, reach, decision, noted, .. } = &*self.inner;
        let noting = (noted.clone(), draft.clone());
        Self::new(actor.clone(), *purpose, (Arc::clone(grant), reach.clone()), decision.clone(), noting)
    }

    /// How far it reaches into the case.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.inner.reach
    }

    /// Whether facts that are meant so may be seen at all.
    #[must_use]
    pub fn admits<'m>(&self, meant: impl Into<Meant<'m>>) -> bool {
        let meant = meant.into();
        self.inner.grant.admits(AudienceKind::of(meant.audience), self.leads(meant))
            && self.is_for_holder(meant)
            && self.inner.reach.reaches(meant.layers)
    }

    /// Whether facts about this may be seen, as far as their audience and layers allow.
    #[must_use]
    pub fn covers(&self, topic: Topic) -> bool {
        self.inner.grant.covers(topic) && self.inner.reach.topics.has(&topic)
    }

    /// Whether something about this, of these subjects, may be seen. Nothing is noted by asking. What is not personal by itself counts
    /// as ordinary.
    #[must_use]
    pub fn would_show<'m>(&self, topic: Topic, meant: impl Into<Meant<'m>>, about: &[Subject]) -> bool {
        self.shows(topic, meant.into(), DataClass::Ordinary, about)
    }

    fn shows(&self, topic: Topic, meant: Meant<'_>, class: DataClass, about: &[Subject]) -> bool {
        let data = Data { topic, audience: AudienceKind::of(meant.audience), class, leads: self.leads(meant) };
        self.inner.grant.sees(data) && self.is_for_holder(meant) && self.inner.reach.knows(topic, meant.layers, about)
    }

    /// Whether it leads to somebody protected, as the holder stands to them.
    fn leads(&self, meant: Meant<'_>) -> Leads {
        match meant.locating {
            false => Leads::Nowhere,
            true if meant.at_home.iter().any(|home| self.inner.reach.homes.has(home)) => Leads::Home,
            true => Leads::Elsewhere,
        }
    }

    /// Whether the holder is among those for whom it was recorded.
    fn is_for_holder(&self, meant: Meant<'_>) -> bool {
        let worker = self.inner.actor.worker;
        match meant.audience {
            Audience::Workers(workers) => workers.contains(&worker),
            Audience::Author => meant.author == Some(worker),
            named => self.inner.reach.admits(named),
        }
    }

    /// A personal value, as far as the holder may see it. What is shown is noted for the trail; a value lost by a fault makes the
    /// whole answer fail.
    pub fn see<'m, 'v, T>(&self, meant: impl Into<Meant<'m>>, field: Field, value: &'v Personal<T>) -> Seen<&'v T> {
        let meant = meant.into();
        if !self.would_show(field.topic(), meant, &[value.owner()]) {
            return Seen::new(Sight::Withheld);
        }
        match (value.presence(), value.known(), value.class()) {
            (Presence::Known, Some(known), Some(class))
                if self.shows(field.topic(), meant, class, &[value.owner()]) =>
            {
                self.inner.note_shown(&[value.owner()], field, Shown::Personal(class));
                Seen::new(Sight::Known(known))
            }
            (Presence::Known, ..) => Seen::new(Sight::Withheld),
            (Presence::Erased, ..) => Seen::new(Sight::Erased),
            (Presence::Unavailable, ..) => {
                self.inner.draft.note_unavailable(value.owner(), field);
                Seen::new(Sight::Unavailable)
            }
        }
    }

    /// Whether something of these subjects may take its place in an answer. If so that is noted, so that nothing leaves unnoted, also
    /// when only ids and days of it are asked for.
    #[must_use]
    pub fn makes<'m>(&self, meant: impl Into<Meant<'m>>, field: Field, about: &[Subject]) -> bool {
        let may = self.would_show(field.topic(), meant, about);
        if may {
            self.note_made(field, about);
        }
        may
    }

    /// Notes that something of these subjects takes its place in an answer: for what is not judged by itself, such as a count, or a
    /// worker whom something names that was judged.
    pub fn note_made(&self, field: Field, about: &[Subject]) {
        self.inner.draft.note_made(&self.inner.noted, self.inner.place(), (about, field));
    }

    /// Notes whom and what was asked for by name, whatever there is to show of it.
    pub fn note_asked(&self, about: &[Subject]) {
        self.inner.draft.note_asked_by(&self.inner.noted, self.inner.place(), about);
    }

    /// Notes that more is asked of the case than its id and revision.
    pub fn note_opened(&self) {
        self.inner.draft.note_opened();
    }

    /// A value that is not personal by itself (an id, a day, a state) about these subjects, as far as the holder may see it.
    pub fn see_plain<'m, T>(&self, meant: impl Into<Meant<'m>>, field: Field, about: &[Subject], value: T) -> Seen<T> {
        if !self.would_show(field.topic(), meant, about) {
            return Seen::new(Sight::Withheld);
        }
        self.inner.note_shown(about, field, Shown::Structure);
        Seen::new(Sight::Known(value))
    }
}

impl fmt::Debug for Mandate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mandate")
            .field("worker", &self.inner.actor.worker)
            .field("purpose", &self.inner.purpose)
            .field("decision", &self.inner.decision)
            .finish_non_exhaustive()
    }
}
