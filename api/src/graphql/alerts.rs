//! What the system told, proposed and will do by itself in a case. Each is judged by the fact it rests on: whoever may know that may know
//! that it was told.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::alert::{ProposalAbout, Receiver};
use domain::ids::Subject;
use domain::regie::GAP_DUE;
use domain::rejection::Detail;
use domain::time::CivilDay;
use projections::views::alerts::{
    self as views, AlertView, DayView, GroundView, PendingView, PendingWhat, ProposalView,
};

use super::agenda::{shows, topic_of};
use super::case::CaseNode;
use super::enums::{AlertReceiver, ProposalKind};
use super::people::PersonNode;
use super::scalars::{Day, Moment};
use super::session::Session;
use super::show::{Granted, granted, granted_to, id, personal, plain, words};
use super::timeline::TimelineEntryNode;
use super::workers::WorkerNode;
use crate::gate::{Field, Mandate, Topic};
use crate::locale::Locale;

/// What proposals are about, for the policy.
pub const TOPIC: Topic = Topic::Alert;

const PROPOSAL: Field = Field::new("proposal", TOPIC);
const PROPOSAL_PERSONS: Field = Field::new("proposal.persons", Topic::Glasl);
const ANSWER: Field = Field::new("proposal.answer", TOPIC);
const OWN_DAY: Field = Field::new("alert.day", Topic::People);

/// The alerts of what still waits, as far as the viewer may know what they rest on.
pub fn raised(session: &Session<'_>, case: &CaseNode) -> Vec<AlertNode> {
    case.alerts_view(session).iter().filter_map(|view| AlertNode::new(case, view.clone())).collect()
}

/// Proposals that the viewer may know of.
pub fn proposed(session: &Session<'_>, case: &CaseNode) -> Vec<ProposalNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.proposals_view(session).iter().filter_map(|view| ProposalNode::new(case, view.clone())).collect()
}

/// What the system will do by itself, for whoever directs.
pub fn pending(session: &Session<'_>, case: &CaseNode) -> Vec<PendingNode> {
    if !case.mandate().covers(TOPIC) {
        return Vec::new();
    }
    case.read(session, views::pending).into_iter().filter_map(|view| PendingNode::new(case, view)).collect()
}

/// Whom a ground is about; of nobody, the case.
fn about(case: &CaseNode, ground: &GroundView) -> Vec<Subject> {
    let about: Vec<Subject> = ground.persons.iter().map(|person| Subject::Person(*person)).collect();
    if about.is_empty() { vec![case.subject()] } else { about }
}

/// Whether the viewer may know what is waited for: the fact that says so, the one it is about, and of a birthday the birth date.
pub(super) fn may_know(case: &CaseNode, ground: &GroundView) -> bool {
    let (about, mandate) = (about(case, ground), case.mandate());
    let said = mandate.would_show(topic_of(case, ground.said.fact), &ground.said, &about);
    let is_about = ground.about.as_ref().is_none_or(|entry| shows(case, entry));
    let own = match &ground.day {
        DayView::Said(_) => true,
        DayView::Own(day) => mandate.would_show(OWN_DAY.topic(), day, &[day.value.owner()]),
    };
    said && is_about && own
}

/// The day, noted as shown.
fn day_of(mandate: &Mandate, ground: &GroundView) -> Option<CivilDay> {
    match &ground.day {
        DayView::Said(day) => Some(*day),
        DayView::Own(day) => personal(mandate, OWN_DAY, day).known().copied(),
    }
}

/// What waits, in a sentence.
pub(super) fn sentence(locale: Locale, what: &str, day: Option<CivilDay>, parties: Option<usize>) -> String {
    let mut details: Vec<(&'static str, Detail)> = Vec::new();
    details.extend(day.map(|day| ("day", Detail::Day(day))));
    details.extend(parties.map(|parties| ("number", Detail::Number(u64::try_from(parties).unwrap_or(u64::MAX)))));
    if what == GAP_DUE && parties.is_none() {
        return locale.sentence("alert-no-director", &details);
    }
    for key in [format!("alert-{}", what.replace('_', "-")), format!("due-{}", what.replace('_', "-"))] {
        let said = locale.sentence(&key, &details);
        if said != key {
            return said;
        }
    }
    locale.sentence("alert-other", &details)
}

/// What something rests on that was told, or will be.
struct Ground {
    case: CaseNode,
    view: Granted<GroundView>,
}

impl Ground {
    fn new(case: &CaseNode, view: GroundView) -> Option<Self> {
        if !may_know(case, &view) {
            return None;
        }
        let field = Field::new("alert", topic_of(case, view.said.fact));
        let about = about(case, &view);
        let view = granted(case.mandate(), field, &about, view, |view| &view.said)?;
        Some(Self { case: case.clone(), view })
    }

    fn day(&self) -> Option<Day> {
        day_of(self.case.mandate(), &self.view).map(Day)
    }

    fn text(&self, locale: Locale) -> String {
        sentence(locale, &self.view.what, day_of(self.case.mandate(), &self.view), self.view.parties)
    }

    fn persons(&self) -> Vec<PersonNode> {
        self.view.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    fn recorded(&self) -> Option<TimelineEntryNode> {
        let entry = self.view.about.clone()?;
        let topic = topic_of(&self.case, entry.event);
        TimelineEntryNode::new(&self.case, entry, topic, true)
    }
}

/// That somebody was told.
#[derive(SimpleObject)]
pub struct AlertStep {
    /// Which step of the chain, from 1.
    step: u32,
    /// For whom.
    to: AlertReceiver,
    /// At the step of the owner: which professional.
    worker: Option<WorkerNode>,
    /// When.
    at: Moment,
    /// Names the fact.
    fact_id: ID,
}

/// Something that waits and of which somebody was told.
pub struct AlertNode {
    ground: Ground,
    view: AlertView,
}

impl AlertNode {
    /// For whoever may know what it rests on.
    #[must_use]
    pub fn new(case: &CaseNode, view: AlertView) -> Option<Self> {
        Some(Self { ground: Ground::new(case, view.ground.clone())?, view })
    }
}

/// Something that waits and of which somebody was told: a term that ran out, or a day that comes near. It is over once nothing waits.
#[Object(name = "Alert")]
impl AlertNode {
    /// Names the alert; the same through all its steps.
    async fn id(&self) -> ID {
        id(self.view.id)
    }

    /// What is waited for, as a stable word such as `gap`.
    async fn word(&self) -> &str {
        &self.ground.view.what
    }

    /// What is waited for, in a sentence.
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.ground.text(Session::of(ctx)?.locale()))
    }

    /// The last day, or the day that comes.
    async fn day(&self) -> Option<Day> {
        self.ground.day()
    }

    /// Of a gap: how many parties are in.
    async fn parties(&self) -> Option<u32> {
        self.ground.view.parties.and_then(|parties| u32::try_from(parties).ok())
    }

    /// Whom it concerns.
    async fn persons(&self) -> Vec<PersonNode> {
        self.ground.persons()
    }

    /// What was recorded of it: why.
    async fn recorded(&self) -> Option<TimelineEntryNode> {
        self.ground.recorded()
    }

    /// Who was told, in order.
    async fn steps(&self) -> Vec<AlertStep> {
        let mandate = self.ground.case.mandate();
        let step = |step: &views::StepView| AlertStep {
            step: step.step,
            to: step.to.into(),
            worker: step.owner.map(|worker| WorkerNode::new(worker, mandate.clone())),
            at: Moment(step.at),
            fact_id: id(step.fact),
        };
        self.view.steps.iter().map(step).collect()
    }

    /// When the next in the chain is told, if it still waits then.
    async fn next(&self) -> Option<Moment> {
        self.view.next.map(Moment)
    }
}

/// What a person answered to a proposal.
#[derive(SimpleObject)]
pub struct ProposalAnswer {
    /// Whether it was accepted; else it was dismissed.
    accepted: bool,
    /// In words; why, when it was dismissed.
    words: Option<String>,
    /// Who.
    by: Option<WorkerNode>,
    /// The day.
    day: Day,
}

/// Something that the system proposed.
pub struct ProposalNode {
    case: CaseNode,
    view: Granted<ProposalView>,
}

impl ProposalNode {
    /// For whoever may know of it.
    #[must_use]
    pub fn new(case: &CaseNode, view: ProposalView) -> Option<Self> {
        let view = granted(case.mandate(), PROPOSAL, &[case.subject()], view, |view| &view.proposal)?;
        Some(Self { case: case.clone(), view })
    }
}

/// Something that the system proposed: a person accepts or dismisses it. Nothing about a family is decided by the machine.
#[Object(name = "Proposal")]
impl ProposalNode {
    /// Names the proposal.
    async fn id(&self) -> ID {
        id(self.view.proposal.value)
    }

    /// Names the fact.
    async fn fact_id(&self) -> ID {
        id(self.view.proposal.fact)
    }

    /// What.
    async fn kind(&self) -> ProposalKind {
        self.view.kind.into()
    }

    /// What, in a sentence.
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        let key = format!("proposal-{}", self.view.kind.as_str().replace('_', "-"));
        Ok(Session::of(ctx)?.locale().sentence(&key, &[]))
    }

    /// The conflict it is about.
    async fn conflict_id(&self) -> Option<ID> {
        match self.view.about {
            ProposalAbout::Conflict(conflict) => Some(id(conflict)),
            ProposalAbout::Conference(_) | ProposalAbout::Episode => None,
        }
    }

    /// The conference it is about.
    async fn conference_id(&self) -> Option<ID> {
        match self.view.about {
            ProposalAbout::Conference(conference) => Some(id(conference)),
            ProposalAbout::Conflict(_) | ProposalAbout::Episode => None,
        }
    }

    /// Whom it concerns, as far as that is for you.
    async fn persons(&self) -> Vec<PersonNode> {
        let about: Vec<_> = self.view.persons.value.iter().map(|person| Subject::Person(*person)).collect();
        let persons = plain(self.case.mandate(), PROPOSAL_PERSONS, &about, &self.view.persons).unwrap_or_default();
        persons.into_iter().filter_map(|person| self.case.person(person)).collect()
    }

    /// What was recorded that caused it.
    async fn recorded(&self) -> Option<TimelineEntryNode> {
        let entry = self.view.cause.clone()?;
        let topic = topic_of(&self.case, entry.event);
        TimelineEntryNode::new(&self.case, entry, topic, true)
    }

    /// The day on which it was made.
    async fn day(&self) -> Day {
        Day(self.view.on)
    }

    /// Whether it waits for an answer: nobody gave one, and what it rests on stands.
    async fn waits(&self) -> bool {
        self.view.waits
    }

    /// What a person answered.
    async fn answer(&self, ctx: &Context<'_>) -> Result<Option<ProposalAnswer>> {
        let session = Session::of(ctx)?;
        let mandate = self.case.mandate();
        let Some(answer) = &self.view.answer else { return Ok(None) };
        let Some(accepted) = plain(mandate, ANSWER, &[self.case.subject()], &answer.accepted) else { return Ok(None) };
        let by = plain(mandate, ANSWER, &[Subject::Worker(answer.by.value)], &answer.by);
        Ok(Some(ProposalAnswer {
            accepted,
            words: answer.words.as_ref().and_then(|kept| words(&session, mandate, ANSWER, kept)),
            by: by.map(|worker| WorkerNode::new(worker, mandate.clone())),
            day: Day(answer.on),
        }))
    }
}

/// What the system will do by itself, if nothing changes.
pub struct PendingNode {
    what: Coming,
    view: PendingView,
}

enum Coming {
    Told { ground: Box<Ground>, step: u32, to: Receiver },
    Proposed { kind: domain::alert::ProposalKind },
}

impl PendingNode {
    /// For whoever may know what it rests on.
    #[must_use]
    pub fn new(case: &CaseNode, view: PendingView) -> Option<Self> {
        let what = match &view.what {
            PendingWhat::Alert { ground, step, to } => {
                Coming::Told { ground: Box::new(Ground::new(case, (**ground).clone())?), step: *step, to: *to }
            }
            PendingWhat::Proposal { kind, cause } => {
                let kind = granted_to(case.mandate(), PROPOSAL, &[case.subject()], cause, *kind)?;
                Coming::Proposed { kind: *kind }
            }
        };
        Some(Self { what, view })
    }

    fn ground(&self) -> Option<&Ground> {
        match &self.what {
            Coming::Told { ground, .. } => Some(ground),
            Coming::Proposed { .. } => None,
        }
    }
}

/// What the system will do by itself when its moment comes, if it still waits then: visible before it happens.
#[Object(name = "PendingDeadline")]
impl PendingNode {
    /// When.
    async fn at(&self) -> Moment {
        Moment(self.view.at)
    }

    /// What is waited for, as a stable word. Absent for a proposal.
    async fn word(&self) -> Option<&str> {
        self.ground().map(|ground| ground.view.what.as_str())
    }

    /// What will be told or proposed, in a sentence.
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        let locale = Session::of(ctx)?.locale();
        Ok(match &self.what {
            Coming::Told { ground, .. } => ground.text(locale),
            Coming::Proposed { kind } => locale.sentence(&format!("proposal-{}", kind.as_str().replace('_', "-")), &[]),
        })
    }

    /// The last day, or the day that comes.
    async fn day(&self) -> Option<Day> {
        self.ground().and_then(Ground::day)
    }

    /// Which step of the chain, from 1.
    async fn step(&self) -> Option<u32> {
        match self.what {
            Coming::Told { step, .. } => Some(step),
            Coming::Proposed { .. } => None,
        }
    }

    /// Who will be told.
    async fn to(&self) -> Option<AlertReceiver> {
        match self.what {
            Coming::Told { to, .. } => Some(to.into()),
            Coming::Proposed { .. } => None,
        }
    }

    /// What will be proposed.
    async fn proposal(&self) -> Option<ProposalKind> {
        match self.what {
            Coming::Told { .. } => None,
            Coming::Proposed { kind } => Some(kind.into()),
        }
    }

    /// Whom it concerns.
    async fn persons(&self) -> Vec<PersonNode> {
        self.ground().map(Ground::persons).unwrap_or_default()
    }

    /// What was recorded of it: why.
    async fn recorded(&self) -> Option<TimelineEntryNode> {
        self.ground().and_then(Ground::recorded)
    }
}

impl CaseNode {
    /// What was told and still waits, worked out once for the answer.
    pub fn alerts_view(&self, session: &Session<'_>) -> &[AlertView] {
        self.views().alerts.get(|| self.read(session, views::alerts))
    }

    /// What was proposed, worked out once for the answer.
    pub fn proposals_view(&self, session: &Session<'_>) -> &[ProposalView] {
        self.views().proposals.get(|| self.read(session, views::proposals))
    }
}

#[cfg(test)]
mod tests {
    use domain::alert::table::TABLE;

    use super::*;

    /// Sentences that blame nobody: what waits, and by when.
    #[test]
    fn what_the_system_says_has_words_in_both_languages() {
        let proposals = ["sat-consultation", "rest-review", "separate-conversations", "step-back"];
        for locale in Locale::ALL {
            for kind in proposals {
                let key = format!("proposal-{kind}");
                assert_ne!(locale.sentence(&key, &[]), key, "add {key} to api/locales/{}.ftl", locale.tag());
            }
            let other = sentence(locale, "a term of a later release", None, None);
            for (word, line) in TABLE.iter().filter(|(_, line)| !line.chain.is_empty()) {
                let said = sentence(locale, word, CivilDay::from_ymd(2026, 11, 16), Some(3));
                assert_ne!(said, other, "add alert-{} to api/locales/{}.ftl", word.replace('_', "-"), locale.tag());
                assert!(!line.chain.is_empty());
            }
        }
    }
}
