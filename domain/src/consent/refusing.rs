//! A no, and a yes that is taken back (rule 32). In whose words stands with the director alone. Whoever knew something under a consent that
//! ends so is told, in the same append ([`super::notices`]).

use super::notices::with_notices;
use super::standing::{capacity, said_yes_to_help};
use super::{
    CONSENT_ALREADY_WITHDRAWN, CONSENT_NOT_GRANTED, CONSENT_UNKNOWN, ConsentEvent, ConsentKind, Giver,
    HELP_ENDS_OR_OTHER_GROUND, Standing, Voice, WhoIs, known_person,
};
use crate::case::{Case, CaseCommand, CaseEvent};
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Axis, Draft, Due, EventInfo, FieldInfo};
use crate::ids::{ConsentId, PersonId, WorkerId};
use crate::rejection::{Detail, Rejection};
use crate::terms::Terms;
use crate::text::Text;
use crate::time::CivilDay;

pub(super) const REFUSED: EventInfo = EventInfo {
    name: "ConsentRefused",
    version: 1,
    outer: "ConsentRefused",
    axis: Axis::Dated,
    may_precede: true,
    audience: "case",
    caused_by: &["refuseConsent"],
    meaning: "Somebody refused consent; with their words only the director may know it.",
    fields: &[
        FieldInfo::structure("consent", "this refusal"),
        FieldInfo::structure("giver", "who refused"),
        FieldInfo::structure("subject", "whose help or data it is about"),
        FieldInfo::structure("kind", "help, sharing or joining"),
        FieldInfo::personal("reason", "in their words"),
        FieldInfo::structure("by", "who spoke in the giver's place, as their representative").optional(),
        FieldInfo::structure("standing", "of who spoke in the giver's place: in which capacity, as judged on that day")
            .optional(),
    ],
};

pub(super) const WITHDRAWN: EventInfo = EventInfo {
    name: "ConsentWithdrawn",
    version: 1,
    outer: "ConsentWithdrawn",
    axis: Axis::Dated,
    may_precede: false,
    audience: "case",
    caused_by: &["withdrawConsent"],
    meaning: "A consent was withdrawn, from now on; with their words only the director may know it.",
    fields: &[
        FieldInfo::structure("consent", "which consent"),
        FieldInfo::personal("reason", "in their words; nobody has to say why"),
    ],
};

pub(super) fn refuse(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    (giver, by, subject): (PersonId, Option<WorkerId>, PersonId),
    (kind, reason): (ConsentKind, Option<&Text>),
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let (state, said) = (history.state(), order.happened(context.today()));
    known_person(state, &WhoIs::Person(giver))?;
    known_person(state, &WhoIs::Person(subject))?;
    // Whoever says no for somebody else must be one who may: a stranger's no takes nothing from anybody.
    let standing = by.map(|_| capacity(state, context.terms.consent_ages, (giver, by), subject, kind, said));
    let counts = standing != Some(Standing::Undetermined);
    let voice = if by.is_some() { Voice::Represented } else { Voice::Own };
    let giver_of_help = Giver { person: giver, voice };
    let ends_help =
        counts && kind == ConsentKind::Help && said_yes_to_help(state, giver_of_help, subject, said, context.terms);
    let consent = ConsentId::from_uuid(context.new_id());
    let reason = reason.cloned().map(|reason| context.in_record(reason));
    let quoted = reason.is_some();
    let event = ConsentEvent::ConsentRefused { consent, giver, subject, kind, reason, by, standing };
    let draft = in_their_words(event, quoted);
    let draft = if ends_help { draft.with_due(help_ends(context.terms, said)) } else { draft };
    Ok(with_notices(history, consent, (draft, order.occurred), context))
}

pub(super) fn withdraw(
    history: &History<Case>,
    id: ConsentId,
    reason: Option<&Text>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let state = history.state();
    let refused = |code| Err(Rejection::new(code).with("consent", Detail::id(id)));
    let Some(consent) = state.consents.get(id) else { return refused(CONSENT_UNKNOWN) };
    if consent.refused {
        return refused(CONSENT_NOT_GRANTED);
    }
    if consent.withdrawn.is_some() {
        return refused(CONSENT_ALREADY_WITHDRAWN);
    }
    let ends_help = consent.kind == ConsentKind::Help && state.consents.spoke_with_standing(consent);
    let reason = reason.cloned().map(|reason| context.in_record(reason));
    let quoted = reason.is_some();
    let draft = in_their_words(ConsentEvent::ConsentWithdrawn { consent: id, reason }, quoted);
    let draft = if ends_help { draft.with_due(help_ends(context.terms, context.today())) } else { draft };
    Ok(with_notices(history, id, (draft, None), context))
}

/// A no ends help as a withdrawal does, also one that is told late: the term runs from the day it was said.
fn help_ends(terms: &Terms, said: CivilDay) -> Due {
    let term = terms.withdrawn_help;
    Due {
        what: HELP_ENDS_OR_OTHER_GROUND.to_owned(),
        last_day: terms.last_day(term, said),
        at: terms.follows_at(term, said),
    }
}

/// That somebody said no concerns everyone in the case; in which words they said it does not.
fn in_their_words(event: ConsentEvent, quoted: bool) -> Draft<CaseEvent> {
    let draft = Draft::of(CaseEvent::Consent(event));
    if quoted { draft.for_audience(Audience::Director) } else { draft }
}
