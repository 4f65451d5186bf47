//! Sharing is an act with a ground (`privacy.md`): data about people of the case go to somebody outside it, under consents that name who
//! receives. Here the end of it, that the receiver accepted, and that it is withdrawn; offering, rejecting, releasing a copy and the
//! statutory grounds follow.

use serde::{Deserialize, Serialize};

#[cfg(test)]
pub(crate) mod tests;

use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::consent::{self, Category, ConsentKind, Missing, To};
use crate::decider::{Context, History, Order};
use crate::fact::{Axis, Draft, EventInfo, Fact, FieldInfo, Organisation};
use crate::ids::{ConsentId, EventId, PersonId, ShareId, Subject, WorkerId};
use crate::once::{each_once, each_once_in_order};
use crate::people;
use crate::personal::Personal;
use crate::regie::asked::Asked;
use crate::regie::{Period, Regie};
use crate::rejection::{Code, Detail, Rejection};
use crate::terms::Terms;
use crate::text::Text;
use crate::time::CivilDay;

/// A share is about somebody, and about some kind of data.
pub const SHARE_EMPTY: Code = Code("SHARE_EMPTY");
/// For somebody and some kind of data the sharing consent is not complete. Ask who is named in `still_to_ask`.
pub const SHARING_CONSENT_MISSING: Code = Code("SHARING_CONSENT_MISSING");
/// There is consent to share, but not with this receiver: those in `still_to_ask` did not name them.
pub const RECIPIENT_NOT_NAMED: Code = Code("RECIPIENT_NOT_NAMED");
/// There is no such share in this case.
pub const SHARE_UNKNOWN: Code = Code("SHARE_UNKNOWN");
/// This share was withdrawn before.
pub const SHARE_ALREADY_WITHDRAWN: Code = Code("SHARE_ALREADY_WITHDRAWN");

/// In which capacity somebody receives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// For a school.
    School,
    /// As a volunteer.
    Volunteer,
    /// As a professional who is no party.
    Professional,
}

/// What can happen to a share.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum SharingEvent {
    /// Somebody outside accepted what was offered.
    ShareAccepted {
        /// The share.
        share: ShareId,
        /// Who receives.
        recipient: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// In which capacity.
        capacity: Capacity,
        /// About whom; each once, in order.
        subjects: Vec<PersonId>,
        /// Which data; never none.
        categories: Vec<Category>,
        /// The sharing consents it rests on.
        consents: Vec<ConsentId>,
        /// First day.
        from: CivilDay,
        /// Last day, when agreed.
        until: Option<CivilDay>,
        /// What is shared and why the receiver needs to know it.
        offered: Personal<Text>,
    },
    /// It was withdrawn, from now on: not to be used further. What is known cannot be unknown.
    ShareWithdrawn {
        /// The share.
        share: ShareId,
        /// Why.
        reason: Personal<Text>,
    },
}

/// What can be asked about a share.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum SharingCommand {
    /// Record that somebody outside accepted what was offered.
    RecordAcceptedShare {
        /// Who receives.
        recipient: WorkerId,
        /// For which organisation.
        organisation: Organisation,
        /// In which capacity.
        capacity: Capacity,
        /// About whom.
        subjects: Vec<PersonId>,
        /// Which data.
        categories: Vec<Category>,
        /// First day; today when nothing is said.
        from: Option<CivilDay>,
        /// Last day, when agreed.
        until: Option<CivilDay>,
        /// What is shared and why the receiver needs to know it.
        offered: Text,
    },
    /// Withdraw it.
    WithdrawShare {
        /// The share.
        share: ShareId,
        /// Why.
        reason: Text,
    },
}

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[ACCEPTED, WITHDRAWN];

const SHARE: FieldInfo = FieldInfo::structure("share", "the share");

const ACCEPTED: EventInfo = EventInfo {
    name: "ShareAccepted",
    version: 1,
    outer: "ShareAccepted",
    axis: Axis::Dated,
    may_precede: false,
    audience: "director",
    caused_by: &["recordAcceptedShare"],
    meaning: "Somebody outside the case accepted what was offered about people of it, under consents that name who receives.",
    fields: &[
        SHARE,
        FieldInfo::structure("recipient", "who receives"),
        FieldInfo::structure("organisation", "for which organisation"),
        FieldInfo::structure("capacity", "for a school, as a volunteer or as a professional"),
        FieldInfo::structure("subjects", "about whom"),
        FieldInfo::structure("categories", "which data"),
        FieldInfo::structure("consents", "the sharing consents it rests on"),
        FieldInfo::structure("from", "first day"),
        FieldInfo::structure("until", "last day, when agreed"),
        FieldInfo::personal("offered", "what is shared and why the receiver needs to know it"),
    ],
};

const WITHDRAWN: EventInfo = EventInfo {
    name: "ShareWithdrawn",
    outer: "ShareWithdrawn",
    axis: Axis::Process,
    caused_by: &["withdrawShare"],
    meaning: "What was shared is not to be used further.",
    fields: &[SHARE, FieldInfo::personal("reason", "why")],
    ..ACCEPTED
};

/// Every code this room refuses with, besides those of `people` and `regie`.
pub const CODES: &[Code] =
    &[SHARE_EMPTY, SHARING_CONSENT_MISSING, RECIPIENT_NOT_NAMED, SHARE_UNKNOWN, SHARE_ALREADY_WITHDRAWN];

impl SharingEvent {
    /// What holds for this event's type.
    #[must_use]
    pub const fn info(&self) -> &'static EventInfo {
        match self {
            Self::ShareAccepted { .. } => &ACCEPTED,
            Self::ShareWithdrawn { .. } => &WITHDRAWN,
        }
    }

    /// The people it is about and the record it holds. A withdrawal leaves about whom to the share itself.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::ShareAccepted { subjects, offered, .. } => {
                subjects.iter().copied().map(Subject::Person).chain([offered.owner()]).collect()
            }
            Self::ShareWithdrawn { reason, .. } => vec![reason.owner()],
        }
    }
}

impl SharingCommand {
    /// Its name in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordAcceptedShare { .. } => "recordAcceptedShare",
            Self::WithdrawShare { .. } => "withdrawShare",
        }
    }

    /// Whether it gives somebody rights. Withdrawing takes them away: that is always possible.
    pub(crate) const fn is_act(&self) -> bool {
        matches!(self, Self::RecordAcceptedShare { .. })
    }
}

/// Data about people of the case that somebody outside received.
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    /// The share.
    pub id: ShareId,
    /// Who receives.
    pub recipient: WorkerId,
    /// For which organisation.
    pub organisation: Organisation,
    /// In which capacity.
    pub capacity: Capacity,
    /// About whom.
    pub subjects: Vec<PersonId>,
    /// Which data.
    pub categories: Vec<Category>,
    /// The sharing consents it rests on.
    pub consents: Vec<ConsentId>,
    /// The days on which it is open, as far as the consents stand.
    pub period: Period,
    /// What is shared and why.
    pub offered: Personal<Text>,
    /// That it was withdrawn.
    pub withdrawn: Option<WithdrawnShare>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That a share was withdrawn.
#[derive(Clone, PartialEq, Debug)]
pub struct WithdrawnShare {
    /// The day; from then on it is closed.
    pub on: CivilDay,
    /// Why.
    pub reason: Personal<Text>,
    /// The fact that says so.
    pub fact: EventId,
}

/// A share as far as it is open.
#[derive(Clone, PartialEq, Debug)]
pub struct OpenShare<'a> {
    /// The share.
    pub share: &'a Share,
    /// Those whose consents stand; never nobody.
    pub subjects: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// This room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sharing {
    shares: Vec<Share>,
}

impl Sharing {
    /// Every share, open or not, in the order told.
    #[must_use]
    pub fn all(&self) -> &[Share] {
        &self.shares
    }

    /// This share.
    #[must_use]
    pub fn get(&self, share: ShareId) -> Option<&Share> {
        self.shares.iter().find(|known| known.id == share)
    }
}

/// The shares that are open on this day, each with those whose consents it rests on still stand, for all that it holds. A withdrawn
/// consent closes that person's part at once; one given later opens no part again, but a new share does.
#[must_use]
pub fn shares_on<'a>(state: &'a CaseState, day: CivilDay, terms: &Terms) -> Vec<OpenShare<'a>> {
    let open = state.sharing.shares.iter().filter(|share| share.period.holds_on(day));
    let standing = |share: &'a Share| {
        let (mut subjects, mut consents) = (Vec::new(), Vec::new());
        for subject in &share.subjects {
            if let Some(standing) = standing_for(state, share, *subject, day, terms) {
                subjects.push(*subject);
                consents.extend(standing);
            }
        }
        (!subjects.is_empty()).then(|| OpenShare { share, subjects, consents: each_once(&consents) })
    };
    open.filter_map(standing).collect()
}

/// The consents that still carry somebody's part; `None` when for some kind of data they no longer do.
fn standing_for(
    state: &CaseState,
    share: &Share,
    subject: PersonId,
    day: CivilDay,
    terms: &Terms,
) -> Option<Vec<ConsentId>> {
    let to = To::Named(share.recipient);
    let mut consents = Vec::new();
    for category in &share.categories {
        consents.extend(consent::still_shared(state, (subject, *category), to, &share.consents, day, terms)?);
    }
    Some(consents)
}

/// Decides.
pub(crate) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &SharingCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let mut asked = Asked::new(history, order, context);
    let event = match command {
        SharingCommand::RecordAcceptedShare { .. } => accepted(&mut asked, command)?,
        SharingCommand::WithdrawShare { share, reason } => {
            check_standing(&asked.state.sharing, *share)?;
            SharingEvent::ShareWithdrawn { share: *share, reason: asked.context.in_record(reason.clone()) }
        }
    };
    Ok(vec![Draft::of(CaseEvent::Sharing(event))])
}

fn accepted(asked: &mut Asked<'_, '_>, command: &SharingCommand) -> Result<SharingEvent, Rejection> {
    let SharingCommand::RecordAcceptedShare {
        recipient,
        organisation,
        capacity,
        subjects,
        categories,
        from,
        until,
        offered,
    } = command
    else {
        return Err(Rejection::new(SHARE_EMPTY));
    };
    let from = asked.start_of_act(*from)?;
    people::check_order(from, *until)?;
    let subjects = each_once(subjects);
    let categories = each_once_in_order(categories);
    subjects.iter().try_for_each(|person| people::check_known(&asked.state.people, *person))?;
    if subjects.is_empty() || categories.is_empty() {
        return Err(Rejection::new(SHARE_EMPTY));
    }
    let mut consents = Vec::new();
    for subject in &subjects {
        for category in &categories {
            consents.extend(check_consent(asked, (*subject, *category), *recipient, from)?);
        }
    }
    Ok(SharingEvent::ShareAccepted {
        share: ShareId::from_uuid(asked.context.new_id()),
        recipient: *recipient,
        organisation: organisation.clone(),
        capacity: *capacity,
        subjects,
        categories,
        consents: each_once(&consents),
        from,
        until: *until,
        offered: asked.context.in_record(offered.clone()),
    })
}

/// The consents of an act that shares: on its first day and today, as for who joins.
fn check_consent(
    asked: &Asked<'_, '_>,
    about: (PersonId, Category),
    recipient: WorkerId,
    from: CivilDay,
) -> Result<Vec<ConsentId>, Rejection> {
    let (state, terms) = (asked.state, asked.context.terms);
    let mut consents = Vec::new();
    for day in [from, from.max(asked.today())] {
        let refused = |code, missing: Vec<Missing>| {
            let lacks = |_| missing.clone();
            let open = consent::open_ways(state, &[about.0], ConsentKind::Sharing, (day, terms), lacks);
            let persons: Vec<_> = missing.into_iter().filter_map(Missing::person).collect();
            Rejection::new(code)
                .with("subject", Detail::id(about.0))
                .with("category", about.1.as_str())
                .with("day", day)
                .with("still_to_ask", Detail::ids(each_once(&persons)))
                .with("ways_open", open)
        };
        consent::shared(state, about, To::Anybody, day, terms)
            .map_err(|missing| refused(SHARING_CONSENT_MISSING, missing))?;
        let named = consent::shared(state, about, To::Named(recipient), day, terms);
        consents.extend(named.map_err(|missing| refused(RECIPIENT_NOT_NAMED, missing))?);
    }
    Ok(consents)
}

fn check_standing(sharing: &Sharing, share: ShareId) -> Result<(), Rejection> {
    let refused = |code| Rejection::new(code).with("share", Detail::id(share));
    let known = sharing.get(share).ok_or_else(|| refused(SHARE_UNKNOWN))?;
    match &known.withdrawn {
        Some(withdrawn) => Err(refused(SHARE_ALREADY_WITHDRAWN).with("on", withdrawn.on)),
        None => Ok(()),
    }
}

/// Takes a fact into the state. Total.
pub(crate) fn apply(state: &mut CaseState, fact: &Fact<CaseEvent>, event: &SharingEvent) {
    match event.clone() {
        SharingEvent::ShareAccepted {
            share,
            recipient,
            organisation,
            capacity,
            subjects,
            categories,
            consents,
            from,
            until,
            offered,
        } => {
            let period = state.regie.within_the_case(Period { since: from, until });
            let (id, withdrawn, fact) = (share, None, fact.id);
            state.sharing.shares.push(Share {
                id,
                recipient,
                organisation,
                capacity,
                subjects,
                categories,
                consents,
                period,
                offered,
                withdrawn,
                fact,
            });
        }
        SharingEvent::ShareWithdrawn { share, reason } => {
            let on = fact.occurred.day();
            let known = state.sharing.shares.iter_mut().find(|known| known.id == share && known.withdrawn.is_none());
            if let Some(known) = known {
                known.period.end(on.minus_days(1));
                known.withdrawn = Some(WithdrawnShare { on, reason, fact: fact.id });
            }
        }
    }
}

/// The case was closed, or opened again: every share ends as the roles in it do.
pub(crate) fn end_with_the_case(sharing: &mut Sharing, regie: &Regie) {
    for share in &mut sharing.shares {
        share.period = regie.ended_with_the_case(share.period);
    }
}

/// Whether this fact rests on what is there: a share is withdrawn once, and starts in a case that is open.
pub(crate) fn stands(state: &CaseState, event: &SharingEvent) -> bool {
    match event {
        SharingEvent::ShareAccepted { from, .. } => !state.regie.is_closed() && !state.regie.opened_again_after(*from),
        SharingEvent::ShareWithdrawn { share, .. } => check_standing(&state.sharing, *share).is_ok(),
    }
}
