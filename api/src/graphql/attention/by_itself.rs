//! What the system told and proposed, as lines for those they are for. Whoever may know what something rests on reads what it is; who sees no
//! content (the team lead, the access workers once somebody directs, the privacy officer) reads that a term ran out, and of which only where
//! the word itself tells nothing, or where it is what they are there for: the aandachtsfunctionaris reads which step of the meldcode.

use domain::alert::{ProposalKind, Receiver};
use domain::ids::Subject;
use domain::time::CivilDay;
use projections::lists::Attention;
use projections::views::alerts::{AlertView, DayView, ProposalView};

use super::super::agenda::topic_of;
use super::super::alerts::{may_know, sentence};
use super::super::case::CaseNode;
use super::super::session::Session;
use super::super::show::{EVERYONE, Granted, granted_to};
use crate::gate::{Field, Mandate, Relation, Topic};
use crate::locale::Locale;

const OF_PROPOSAL: Field = Field::new("attention.proposal", Topic::Alert);
const OF_TERM: Field = Field::new("attention.alert", Topic::Status);

/// What a line says.
pub(super) enum Said {
    /// That something waits.
    Told {
        /// What, as far as that is for the viewer.
        word: Option<String>,
        /// The last day, or the day that comes.
        day: Option<CivilDay>,
        /// Of a gap: how many parties.
        parties: Option<usize>,
    },
    /// What is proposed.
    Proposed(ProposalKind),
}

impl Said {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Told { word, .. } => word.as_deref(),
            Self::Proposed(_) => None,
        }
    }

    pub(super) fn text(&self, locale: Locale) -> String {
        match self {
            Self::Told { word, day, parties } => sentence(locale, word.as_deref().unwrap_or_default(), *day, *parties),
            Self::Proposed(kind) => locale.sentence(&format!("proposal-{}", kind.as_str().replace('_', "-")), &[]),
        }
    }
}

type Line = (Field, Granted<Attention>, Option<Said>);

/// The lines for this viewer.
pub(super) fn lines(session: &Session<'_>, case: &CaseNode) -> Vec<Line> {
    let told = case.alerts_view(session).iter().filter_map(|alert| told(case, alert));
    let proposed = case.proposals_view(session).iter().filter_map(|proposal| proposed(case, proposal));
    told.chain(proposed).collect()
}

fn told(case: &CaseNode, view: &AlertView) -> Option<Line> {
    let mandate = case.mandate();
    if !is_for(mandate, view) {
        return None;
    }
    let first = view.steps.first()?.at.day();
    let what = Attention::Alert { told: first, alert: view.id };
    let ground = &view.ground;
    if may_know(case, ground) {
        let field = Field::new("attention.alert", topic_of(case, ground.said.fact));
        let persons: Vec<_> = ground.persons.iter().map(|person| Subject::Person(*person)).collect();
        let about = if persons.is_empty() { vec![case.subject()] } else { persons };
        let what = granted_to(mandate, field, &about, &ground.said, what)?;
        let day = match &ground.day {
            DayView::Said(day) => Some(*day),
            DayView::Own(day) => mandate.admits(day).then(|| day.value.known().copied()).flatten(),
        };
        let said = Said::Told { word: Some(ground.what.clone()), day, parties: ground.parties };
        return Some((field, what, Some(said)));
    }
    let what = granted_to(mandate, OF_TERM, &[case.subject()], &EVERYONE, what)?;
    let named = ground.plain || receiver_of(mandate.relation()).is_some_and(|me| ground.named_to.contains(&me));
    let word = named.then(|| ground.what.clone());
    let day = match ground.day {
        DayView::Said(day) if named => Some(day),
        DayView::Said(_) | DayView::Own(_) => None,
    };
    // How many parties there are depends on who reads: of a gap it is not said.
    Some((OF_TERM, what, Some(Said::Told { word, day, parties: None })))
}

/// Whether it was told to whoever looks: by what they are to the case today.
fn is_for(mandate: &Mandate, view: &AlertView) -> bool {
    let to = |receiver: Receiver| view.steps.iter().any(|step| step.to == receiver);
    let me = |step: &projections::views::alerts::StepView| {
        step.owner.is_some_and(|owner| mandate.actor().is_or_acts_for(owner))
    };
    view.steps.iter().any(me)
        || match mandate.relation() {
            // Whoever directs knows of everything that waits in the case, whoever was told.
            Relation::Director | Relation::Deputy => true,
            // While nobody directs they carry the case.
            Relation::AccessWorker => to(Receiver::AccessWorkers) || mandate.covers(Topic::Alert),
            relation => receiver_of(relation).is_some_and(to),
        }
}

/// As whom somebody is told who neither directs nor carries the case.
const fn receiver_of(relation: Relation) -> Option<Receiver> {
    match relation {
        Relation::TeamLead => Some(Receiver::TeamLead),
        Relation::AttentionOfficer => Some(Receiver::AttentionOfficer),
        Relation::PrivacyOfficer | Relation::Manager => Some(Receiver::PrivacyOfficerAndManager),
        Relation::SatAdvisor | Relation::SatTeam => Some(Receiver::Sat),
        Relation::SatTeamLead => Some(Receiver::SatTeamLead),
        _ => None,
    }
}

/// Whether nothing of a case waits for somebody but what was told to them: everything else there waits for others.
pub(super) const fn hears_only_what_was_told(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::AttentionOfficer | Relation::PrivacyOfficer | Relation::Manager | Relation::SatTeamLead
    )
}

fn proposed(case: &CaseNode, view: &ProposalView) -> Option<Line> {
    let what = Attention::Proposal { made: view.on, proposal: view.proposal.value };
    let what =
        view.waits.then(|| granted_to(case.mandate(), OF_PROPOSAL, &[case.subject()], &view.proposal, what))??;
    Some((OF_PROPOSAL, what, Some(Said::Proposed(view.kind))))
}
