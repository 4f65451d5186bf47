//! Corrections (rule 28): nothing is changed by hand; a mistake is corrected by an event that points at what it corrects and why.

mod content;
mod misplaced;
mod sound;
#[cfg(test)]
mod tests;

pub use sound::{Broken, broken};

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseCommand, CaseEvent};
use crate::decider::{
    Amends, BACKDATED, Context, Correction, DomainEvent, History, LEARNT_OUT_OF_ORDER, OCCURRED_IN_FUTURE, Order,
    Standing, foresee,
};
use crate::emergency::catalogue::EMERGENCY_STAYS;
use crate::exclusion::catalogue::EXCLUSION_WEAKENED;
use crate::fact::{Axis, Departure, Draft, EventInfo, Fact, FieldInfo};
use crate::ids::{EventId, Subject};
use crate::life::{LegalFramework, LifeEvent, OpeningGround};
use crate::personal::Personal;
use crate::plan::catalogue::GOAL_HISTORY_STAYS;
use crate::rejection::{Code, Detail, Rejection};
use crate::safety::SafetyEvent;
use crate::text::Text;
use crate::time::Occurred;
use crate::{consent, exclusion, people, protection, regie};

/// What can happen to an earlier fact.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload")]
pub enum CorrectionEvent {
    /// A fact was struck out, or other content put in its place.
    FactCorrected {
        /// The fact.
        target: EventId,
        /// Why.
        reason: Personal<Text>,
        /// When it really happened, if that was wrong.
        occurred: Option<Occurred>,
        /// What should have stood there; nothing strikes the fact out.
        replacement: Option<Replacement>,
        /// Whether the rules that this correction is marked with take the place of those of the fact: it was judged anew, or
        /// explained later.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        judged_anew: bool,
    },
    /// A fact does not belong in this case: nothing of it is read here any more.
    MisplacedFactSetAside {
        /// The fact.
        target: EventId,
        /// Why it does not belong here.
        reason: Personal<Text>,
    },
    /// A fact that was set aside belongs here after all.
    SetAsideFactBroughtBack {
        /// The event that set it aside.
        set_aside: EventId,
        /// Why it belongs here.
        reason: Personal<Text>,
    },
}

/// Other content for a fact, in the stored form of its own type and version, so that it is upcast like any other event.
#[derive(Clone, PartialEq, Debug)]
pub struct Replacement(pub Box<CaseEvent>);

#[derive(Serialize, Deserialize)]
struct StoredReplacement {
    r#type: String,
    version: u16,
    payload: serde_json::Value,
}

impl Serialize for Replacement {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let payload = self.0.to_payload().map_err(serde::ser::Error::custom)?;
        let info = self.0.info();
        StoredReplacement { r#type: info.name.to_owned(), version: info.version, payload }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Replacement {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = StoredReplacement::deserialize(deserializer)?;
        let event = CaseEvent::from_payload(&stored.r#type, stored.payload).map_err(serde::de::Error::custom)?;
        Ok(Self(Box::new(event)))
    }
}

/// What can be asked about an earlier fact.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "command", content = "input")]
pub enum CorrectionCommand {
    /// Strike a fact out.
    StrikeOut {
        /// The fact.
        target: EventId,
        /// Why.
        reason: Text,
    },
    /// Put other content in its place.
    Correct {
        /// The fact.
        target: EventId,
        /// Why.
        reason: Text,
        /// When it really happened, if that was wrong.
        occurred: Option<Occurred>,
        /// What should have stood there.
        content: CorrectedContent,
    },
    /// Set facts aside that belong in another file.
    SetAside {
        /// The facts.
        targets: Vec<EventId>,
        /// Why they do not belong here.
        reason: Text,
    },
    /// Bring back facts that were set aside by mistake.
    BringBack {
        /// The events that set them aside.
        set_aside: Vec<EventId>,
        /// Why they belong here.
        reason: Text,
    },
}

/// The content that a worker may restate. The person, child or household stays the one of the corrected fact.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectedContent {
    /// The name of a person.
    Name(crate::text::Name),
    /// A birth date.
    BirthDate(crate::time::CivilDay),
    /// Who has authority over the child.
    Authority(crate::people::NewAuthority),
    /// Whether the parent recognised the child, and since when.
    Recognition {
        /// Whether recognised.
        recognised: bool,
        /// First day.
        from: crate::time::CivilDay,
    },
    /// From when until when somebody lived in a household.
    Membership {
        /// First day.
        from: crate::time::CivilDay,
        /// Last day.
        until: Option<crate::time::CivilDay>,
    },
    /// From which day a party took part, and its expected end.
    Party {
        /// First day.
        from: crate::time::CivilDay,
        /// Expected end.
        expected_end: Option<crate::time::CivilDay>,
    },
    /// From which day a director was in charge.
    Director {
        /// First day.
        from: crate::time::CivilDay,
    },
    /// Until which day a director or deputy was in charge, a party took part or somebody lived in a household.
    LastDay {
        /// Last day.
        last_day: crate::time::CivilDay,
    },
    /// On what a case opened, and whether help is voluntary. Not whose case it is: rights hang on that.
    Opening {
        /// Voluntary or compulsory.
        framework: LegalFramework,
        /// On what it rests.
        ground: OpeningGround,
    },
    /// The words of a text.
    Words(Text),
    /// Why it went otherwise than a rule says: for a fact that is marked so, whether or not that was explained before (rule 0).
    Explanation(Text),
}

/// Every event of this room.
pub const CATALOGUE: &[EventInfo] = &[CORRECTED, misplaced::SET_ASIDE, misplaced::BROUGHT_BACK];

const CORRECTED: EventInfo = EventInfo {
    name: "FactCorrected",
    version: 1,
    outer: "FactCorrected",
    axis: Axis::Process,
    may_precede: false,
    audience: "case",
    caused_by: &["strikeOutFact", "correctFact"],
    meaning: "An earlier fact was struck out, or other content put in its place; whoever may know that fact may know this.",
    fields: &[
        FieldInfo::structure("target", "the fact"),
        FieldInfo::personal("reason", "why"),
        FieldInfo::structure("occurred", "when it really happened, if that was wrong"),
        FieldInfo::structure(
            "replacement",
            "what should have stood there, in the form of its own type; nothing strikes the fact out",
        ),
        FieldInfo::structure(
            "judged_anew",
            "whether the departures of this correction take the place of those of the fact",
        )
        .optional(),
    ],
};

/// There is no such fact in this case.
pub const FACT_UNKNOWN: Code = Code("FACT_UNKNOWN");
/// The fact is struck out already. To restore it, strike out the correction.
pub const FACT_STRUCK_OUT: Code = Code("FACT_STRUCK_OUT");
/// This correction no longer counts: a later one of the same fact took its place. Strike that one out first.
pub const CORRECTION_SUPERSEDED: Code = Code("CORRECTION_SUPERSEDED");
/// Without this fact there would be no case, or no safety lane: that is cleared by a second person.
pub const FACT_CANNOT_BE_STRUCK_OUT: Code = Code("FACT_CANNOT_BE_STRUCK_OUT");
/// A fact of this type does not hold such content.
pub const CORRECTION_DOES_NOT_FIT: Code = Code("CORRECTION_DOES_NOT_FIT");
/// What the fact says stays the same.
pub const CORRECTION_CHANGES_NOTHING: Code = Code("CORRECTION_CHANGES_NOTHING");
/// A part of the fact that should stay was erased and cannot be written again: strike the fact out and record it anew.
pub const CORRECTION_OF_ERASED: Code = Code("CORRECTION_OF_ERASED");
/// A part of the fact that should stay cannot be read: a fault, not an erasure. Repair that first.
pub const CORRECTION_OF_UNREADABLE: Code = Code("CORRECTION_OF_UNREADABLE");
/// What was recorded since would no longer make sense.
pub const CORRECTION_BREAKS_HISTORY: Code = Code("CORRECTION_BREAKS_HISTORY");

/// Somebody's locating data would be less protected. That takes two workers and the protected person: propose lifting with that
/// person's agreement, and let a colleague confirm it. To correct where somebody protected lives, protect that person again with the
/// household named: then it stays protected whoever lives there.
pub const PROTECTION_WEAKENED: Code = Code("PROTECTION_WEAKENED");

/// No fact was named to set aside or to bring back.
pub const NOTHING_SET_ASIDE: Code = Code("NOTHING_SET_ASIDE");
/// That something was set aside stays. To undo it, bring the fact back.
pub const SET_ASIDE_STAYS: Code = Code("SET_ASIDE_STAYS");
/// Nothing is set aside by this event, or it was brought back already.
pub const SET_ASIDE_UNKNOWN: Code = Code("SET_ASIDE_UNKNOWN");

/// Every code this room refuses with.
pub const CODES: &[Code] = &[
    FACT_UNKNOWN,
    FACT_STRUCK_OUT,
    CORRECTION_SUPERSEDED,
    FACT_CANNOT_BE_STRUCK_OUT,
    CORRECTION_DOES_NOT_FIT,
    CORRECTION_CHANGES_NOTHING,
    CORRECTION_OF_ERASED,
    CORRECTION_OF_UNREADABLE,
    CORRECTION_BREAKS_HISTORY,
    PROTECTION_WEAKENED,
    NOTHING_SET_ASIDE,
    SET_ASIDE_STAYS,
    SET_ASIDE_UNKNOWN,
];

impl CorrectionEvent {
    /// What holds for this event's type.
    #[must_use]
    pub fn info(&self) -> &'static EventInfo {
        match self {
            Self::FactCorrected { .. } => &CORRECTED,
            Self::MisplacedFactSetAside { .. } => &misplaced::SET_ASIDE,
            Self::SetAsideFactBroughtBack { .. } => &misplaced::BROUGHT_BACK,
        }
    }

    /// The earlier event it names, and what becomes of that.
    #[must_use]
    pub(crate) fn correction(&self) -> Correction<CaseEvent> {
        match self {
            Self::FactCorrected { target, replacement: None, .. } => {
                Correction { target: *target, amends: Amends::StrikesOut }
            }
            Self::FactCorrected { target, replacement: Some(replacement), occurred, judged_anew, .. } => {
                let event = (*replacement.0).clone();
                let amends = Amends::Replaces { event, occurred: *occurred, judged_anew: *judged_anew };
                Correction { target: *target, amends }
            }
            Self::MisplacedFactSetAside { target, .. } => Correction { target: *target, amends: Amends::SetsAside },
            Self::SetAsideFactBroughtBack { set_aside, .. } => {
                Correction { target: *set_aside, amends: Amends::StrikesOut }
            }
        }
    }

    /// Everyone and everything it is about: as the content that takes its place. A fact that was struck out says itself about whom; of
    /// one that was set aside nothing is said here.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        match self {
            Self::FactCorrected { replacement, .. } => {
                replacement.as_ref().map(|replacement| replacement.0.subjects()).unwrap_or_default()
            }
            Self::MisplacedFactSetAside { .. } | Self::SetAsideFactBroughtBack { .. } => Vec::new(),
        }
    }
}

impl CorrectionCommand {
    /// Its name in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::StrikeOut { .. } => "strikeOutFact",
            Self::Correct { .. } => "correctFact",
            Self::SetAside { .. } => "setAsideFacts",
            Self::BringBack { .. } => "bringBackFacts",
        }
    }
}

/// Decides. A withdrawn consent may be struck out like any fact: it may stand in the wrong file, and a record must be able to be
/// right; the reason and both versions stay in the timeline.
pub(crate) fn decide(
    history: &History<Case>,
    _order: &Order<CaseCommand>,
    command: &CorrectionCommand,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let (target, reason) = match command {
        CorrectionCommand::StrikeOut { target, reason } | CorrectionCommand::Correct { target, reason, .. } => {
            (*target, reason)
        }
        CorrectionCommand::SetAside { targets, reason } => {
            return misplaced::set_aside(history, targets, reason, context);
        }
        CorrectionCommand::BringBack { set_aside, reason } => {
            return misplaced::bring_back(history, set_aside, reason, context);
        }
    };
    let (recorded, stands) = standing(history, target)?;
    let of_trajectory = matches!(&recorded.event, CaseEvent::Trajectory(event) if event.is_goal_history());
    if of_trajectory || matches!(&recorded.event, CaseEvent::Plan(event) if event.is_goal_history()) {
        return Err(Rejection::new(GOAL_HISTORY_STAYS).with("fact", Detail::id(target)));
    }
    if matches!(recorded.event, CaseEvent::Emergency(_)) {
        return Err(Rejection::new(EMERGENCY_STAYS).with("fact", Detail::id(target)));
    }
    let restated = if let CorrectionCommand::Correct { occurred, content, .. } = command {
        Some(restate(history, (recorded, &stands), *occurred, content, context)?)
    } else {
        check_strike_out(history, recorded)?;
        None
    };
    let mut draft = corrected(target, restated, recorded, context.in_record(reason.clone()), context);
    draft.audience = Some(history.state().life.audience_of(recorded).clone());
    check_sound(history, std::slice::from_ref(&draft), context)?;
    Ok(vec![draft])
}

/// A fact as it should have been recorded.
struct Restated {
    occurred: Option<Occurred>,
    event: CaseEvent,
    departures: Vec<Departure>,
}

fn restate(
    history: &History<Case>,
    (recorded, stands): (&Fact<CaseEvent>, &Fact<CaseEvent>),
    occurred: Option<Occurred>,
    right: &CorrectedContent,
    context: &mut Context<'_>,
) -> Result<Restated, Rejection> {
    check_occurred(recorded, occurred)?;
    let mut event = content::replace(&stands.event, right, history.state(), context)?;
    let day = occurred.unwrap_or(stands.occurred).day();
    if let CaseEvent::Consent(event) = &mut event
        && day != stands.occurred.day()
    {
        consent::said_on_another_day(event, day, history.state(), context.book);
    }
    let departures = match right {
        CorrectedContent::Explanation(words) => content::explained(stands, words, context)?,
        _ => content::judged(&event, (recorded, stands), history.state(), context),
    };
    let same_day = occurred.is_none_or(|occurred| occurred == stands.occurred);
    if event == stands.event && departures == stands.departures && same_day {
        return Err(Rejection::new(CORRECTION_CHANGES_NOTHING).with("fact", Detail::id(stands.id)));
    }
    if departures != recorded.departures {
        departures.iter().try_for_each(|departure| content::kept(departure.explanation.as_ref()))?;
    }
    // A date that was corrected before stays corrected.
    let before = (stands.occurred != recorded.occurred).then_some(stands.occurred);
    Ok(Restated { occurred: occurred.or(before), event, departures })
}

/// The correction, with what must follow by the dates that are right now, and with the marks of the fact where they changed.
fn corrected(
    target: EventId,
    restated: Option<Restated>,
    recorded: &Fact<CaseEvent>,
    reason: Personal<Text>,
    context: &Context<'_>,
) -> Draft<CaseEvent> {
    let Some(Restated { occurred, event, departures }) = restated else {
        let event =
            CorrectionEvent::FactCorrected { target, reason, occurred: None, replacement: None, judged_anew: false };
        return Draft::of(CaseEvent::Correction(event));
    };
    let due = match &event {
        CaseEvent::Regie(event) => regie::dues_by_dates(event, context.terms_of(recorded)),
        _ => Vec::new(),
    };
    let judged_anew = departures != recorded.departures;
    let replacement = Some(Replacement(Box::new(event)));
    let event = CorrectionEvent::FactCorrected { target, reason, occurred, replacement, judged_anew };
    let mut draft = Draft::of(CaseEvent::Correction(event));
    draft.due = due;
    draft.departures = if judged_anew { departures } else { Vec::new() };
    draft
}

/// The fact as recorded, and as it reads after the corrections so far.
fn standing(history: &History<Case>, target: EventId) -> Result<(&Fact<CaseEvent>, Fact<CaseEvent>), Rejection> {
    let refused = |code| Rejection::new(code).with("fact", Detail::id(target));
    let place = history.facts().iter().position(|fact| fact.id == target).ok_or_else(|| refused(FACT_UNKNOWN))?;
    match (history.facts().get(place), history.standing().into_iter().nth(place)) {
        (Some(recorded), Some(Standing::Original(fact))) => Ok((recorded, fact.clone())),
        (Some(recorded), Some(Standing::Replaced(fact, _))) => Ok((recorded, *fact)),
        (_, Some(Standing::Voided(_, by))) => Err(refused(FACT_STRUCK_OUT).with("by", Detail::id(by))),
        _ => Err(refused(FACT_UNKNOWN)),
    }
}

fn check_strike_out(history: &History<Case>, recorded: &Fact<CaseEvent>) -> Result<(), Rejection> {
    match &recorded.event {
        // A lane ends by a second person, never by one who strikes its signal out.
        CaseEvent::Life(LifeEvent::CaseOpened { .. })
        | CaseEvent::Safety(SafetyEvent::SafetySignalRecorded { opens: true, .. }) => {
            Err(Rejection::new(FACT_CANNOT_BE_STRUCK_OUT).with("event", recorded.event.info().name))
        }
        CaseEvent::Correction(CorrectionEvent::FactCorrected { target, .. }) => match in_force(history, *target) {
            Some(by) if by != recorded.id => Err(Rejection::new(CORRECTION_SUPERSEDED)
                .with("fact", Detail::id(recorded.id))
                .with("by", Detail::id(by))),
            _ => Ok(()),
        },
        CaseEvent::Correction(_) => Err(Rejection::new(SET_ASIDE_STAYS).with("fact", Detail::id(recorded.id))),
        _ => Ok(()),
    }
}

/// The correction that counts of this fact.
fn in_force(history: &History<Case>, target: EventId) -> Option<EventId> {
    history.standing().into_iter().find_map(|standing| match standing {
        Standing::Replaced(fact, by) if fact.id == target => Some(by),
        Standing::Voided(fact, by) if fact.id == target => Some(by),
        _ => None,
    })
}

/// A fact cannot have happened after it was recorded or told, and what is never back-dated is not back-dated by a correction either.
fn check_occurred(recorded: &Fact<CaseEvent>, occurred: Option<Occurred>) -> Result<(), Rejection> {
    let Some(occurred) = occurred else { return Ok(()) };
    let (day, written) = (occurred.day(), recorded.recorded_day());
    let refused = |code| Err(Rejection::new(code).with("occurred", day).with("recorded", written));
    if day > written || matches!(occurred, Occurred::At(moment) if moment > recorded.recorded_at) {
        return refused(OCCURRED_IN_FUTURE);
    }
    if day < written && !recorded.event.info().may_precede {
        return refused(BACKDATED);
    }
    match recorded.learnt.filter(|learnt| *learnt < day) {
        Some(learnt) => Err(Rejection::new(LEARNT_OUT_OF_ORDER).with("occurred", day).with("learnt", learnt)),
        None => Ok(()),
    }
}

/// Folds the history as it would be, and refuses what would break it. What is broken already (a report of what went otherwise,
/// rule 0) does not keep anything from being corrected.
fn check_sound(history: &History<Case>, drafts: &[Draft<CaseEvent>], context: &Context<'_>) -> Result<(), Rejection> {
    let ahead = foresee(history, drafts, context);
    let (now, then) = (history.state(), ahead.state());
    let shown = protection::is_shown_wider(history, &ahead, context.today());
    let uncovered = protection::uncovers_household(now, then);
    if shown || uncovered || protection::is_weakened(&now.protection, &then.protection) {
        return Err(Rejection::new(PROTECTION_WEAKENED));
    }
    if exclusion::is_weakened(&now.exclusions, &then.exclusions) {
        return Err(Rejection::new(EXCLUSION_WEAKENED));
    }
    people::check_births(&now.people, &then.people, context.terms.consent_ages)?;
    let before = broken(history);
    let after = broken(&ahead);
    let new: Vec<_> = after.into_iter().filter(|broken| !before.contains(broken)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let rules = new.iter().map(|broken| Detail::Word(broken.word())).collect();
    let facts = new.iter().filter_map(Broken::fact).map(Detail::id).collect();
    Err(Rejection::new(CORRECTION_BREAKS_HISTORY)
        .with("broken", Detail::List(rules))
        .with("facts", Detail::List(facts)))
}
