//! What needs attention in a case, as far as its viewer may know what that rests on.

mod by_itself;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};
use domain::case::Case;
use domain::fact::Audience;
use domain::ids::{CaseId, Subject};
use domain::regie::SPECIALIST_DUE;
use domain::rejection::Detail;
use domain::time::CivilDay;
use eventstore::loader::Loaded;
use projections::lists::{Attention, AttentionLine, Listed};
use projections::views::agenda::Coming;
use projections::views::consents::notices_for;
use projections::views::regie::RegieView;

use super::agenda::AgendaNode;
use super::case::CaseNode;
use super::life::is_seen;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, Granted, granted_to, knows};
use super::workers::WorkerNode;
use crate::gate::{Field, Mandate, Topic};
use crate::trail::TrailDraft;
use by_itself::Said;

/// A kind of thing that needs attention.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttentionKind {
    /// Several parties, no case director, and the term is over.
    GapOverdue,
    /// Somebody was asked to take over and has not answered.
    HandoverWaiting,
    /// A consent ended under which you received data or took part: read what that means, and confirm.
    WithdrawalNotice,
    /// Several parties, no case director yet.
    Gap,
    /// No case director.
    NoDirector,
    /// The deputy's time is nearly over.
    DeputyEnding,
    /// A specialist is still in after the expected end.
    SpecialistOverdue,
    /// Terms ran out while nobody did what they wait for.
    TermsOverdue,
    /// Children whose help lacks a consent.
    ConsentsIncomplete,
    /// Something went otherwise than a rule says, and nobody explained it.
    DeparturesUnexplained,
    /// Something waits of which the system told you.
    Alert,
    /// The system proposed something, and nobody answered.
    Proposal,
}

/// One thing that needs attention: each line is one act.
pub struct AttentionNode {
    case: CaseId,
    what: Granted<Attention>,
    field: Field,
    mandate: Mandate,
    /// Of what the system told or proposed: what to say of it.
    said: Option<Said>,
}

/// What an offered handover shows its successor before anything else: that it is there.
const OFFER: Field = Field::new("attention.offer", Topic::Status);
/// What a notice shows its receiver: that it is there.
const NOTICE: Field = Field::new("attention.notice", Topic::Notice);
const OF_REGIE: Field = Field::new("attention.regie", Topic::Regie);
const OF_HANDOVER: Field = Field::new("attention.handover", Topic::Handover);
const OF_CONSENT: Field = Field::new("attention.consent", Topic::Consent);
const OF_TERMS: Field = Field::new("attention.terms", Topic::Status);
const OF_LIFE: Field = Field::new("attention.life", Topic::Life);

impl AttentionNode {
    /// What needs attention in a case, as far as the viewer may know the facts that each line rests on: the rows of the read database
    /// do not know who may. A gap of which the viewer knows one party only is, to them, a case without a director.
    #[must_use]
    pub fn of(session: &Session<'_>, case: &CaseNode, listed: &Listed) -> Vec<Self> {
        if listed.attention.is_empty() {
            return Vec::new();
        }
        let (row, regie) = (&listed.row, case.regie_view(session));
        let seen = |line: &AttentionLine| told(session, case, regie, row.opened_on, line.what);
        let made = |(field, what, said)| Self { case: row.case, what, field, mandate: case.mandate().clone(), said };
        let line = |(field, what)| made((field, what, None));
        let all = !by_itself::hears_only_what_was_told(case.mandate().relation());
        let mut lines: Vec<Self> = listed.attention.iter().filter(|_| all).filter_map(seen).map(line).collect();
        if listed.attention.iter().any(|line| matches!(line.what, Attention::Told { .. })) {
            lines.extend(by_itself::lines(session, case).into_iter().map(made));
        }
        lines.sort_unstable_by_key(|line| *line.what);
        lines
    }

    /// An offer to the viewer, as long as it is told to them.
    #[must_use]
    pub fn offered(
        session: &Session<'_>,
        own: &Mandate,
        loaded: Arc<Loaded<Case>>,
        line: AttentionLine,
    ) -> Option<Self> {
        let Attention::HandoverWaiting { handover, .. } = line.what else { return None };
        if keeps_out(&loaded, own) {
            return None;
        }
        let case = CaseNode::with(line.case, loaded, own.clone(), session.today());
        let offer = case.regie_view(session).handover.as_ref().filter(|view| view.handover.value == handover)?;
        let what = granted_to(own, OFFER, &[Subject::Case(line.case)], &offer.handover, line.what)?;
        Some(Self { case: line.case, what, field: OFFER, mandate: own.clone(), said: None })
    }

    /// A notice to the viewer, as long as it waits for them. Whose consent it was, about whom and to what, stands nowhere in it.
    #[must_use]
    pub fn notified(
        session: &Session<'_>,
        own: &Mandate,
        loaded: Arc<Loaded<Case>>,
        line: AttentionLine,
    ) -> Option<Self> {
        let Attention::WithdrawalNotice { on, notice } = line.what else { return None };
        if keeps_out(&loaded, own) {
            return None;
        }
        let receiver = own.actor().worker;
        let case = CaseNode::with(line.case, loaded, own.clone(), session.today());
        let waiting = case.read(session, |reading| notices_for(reading, receiver));
        if !waiting.contains(&(notice, on)) {
            return None;
        }
        let told = Audience::Workers(vec![receiver]);
        let what = granted_to(own, NOTICE, &[Subject::Case(line.case)], &told, line.what)?;
        Some(Self { case: line.case, what, field: NOTICE, mandate: own.clone(), said: None })
    }

    /// The same line in an answer: for one that was made to see whether it is to be shown.
    #[must_use]
    pub fn shown_to(self, mandate: &Mandate) -> Self {
        mandate.note_made(self.field, &[Subject::Case(self.case)]);
        Self { mandate: mandate.clone(), ..self }
    }

    /// The same line, for an answer whose trail entry is made elsewhere.
    #[must_use]
    pub fn noting_in(self, draft: &TrailDraft) -> Self {
        Self { mandate: self.mandate.noting_in(draft), ..self }
    }

    /// The line as the lists have it.
    #[must_use]
    pub fn line(&self) -> AttentionLine {
        AttentionLine { case: self.case, what: *self.what }
    }

    /// Where it stands among the lines of its case, as a text that sorts like them: no two are alike.
    #[must_use]
    pub fn place(&self) -> String {
        let day = self.what.day().map(|day| day.to_string()).unwrap_or_default();
        let which = match *self.what {
            Attention::SpecialistOverdue { worker, .. } => worker.to_string(),
            Attention::Alert { alert, .. } => alert.to_string(),
            Attention::Proposal { proposal, .. } => proposal.to_string(),
            _ => String::new(),
        };
        format!("{:02}{day}{which}", kind_of(&self.what) as u8)
    }
}

/// Whether the holder is kept out of this case, or acts for somebody who is. What is told from `own` alone asks no relation to the case, so it
/// asks this.
fn keeps_out(loaded: &Loaded<Case>, own: &Mandate) -> bool {
    let mut excluded = loaded.history.state().exclusions.excluded();
    excluded.any(|worker| own.actor().is_or_acts_for(worker))
}

/// The last days of the terms that ran out, as far as the viewer may know of each; that of a specialist has a line of its own.
fn overdue<'c>(session: &Session<'_>, case: &'c CaseNode) -> impl Iterator<Item = CivilDay> + 'c {
    let today = case.day();
    let terms = case.agenda_view(session).iter().filter(move |line| line.is_overdue(today));
    let terms = terms.filter(|line| matches!(&line.what, Coming::Term(word) if word != SPECIALIST_DUE));
    terms.filter(|line| AgendaNode::would_show(case, line)).map(|line| line.day)
}

/// A line as the viewer may know it, judged by the facts it rests on. Every line is named: a new one does not compile until somebody
/// has said which those are.
fn told(
    session: &Session<'_>,
    case: &CaseNode,
    regie: &RegieView,
    opened_on: CivilDay,
    what: Attention,
) -> Option<(Field, Granted<Attention>)> {
    let (mandate, about) = (case.mandate(), [case.subject()]);
    let everyone = |field, what| Some((field, granted_to(mandate, field, &about, &EVERYONE, what)?));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let parties = || regie.gap(knows(mandate)).map(|gap| count(gap.parties));
    match what {
        Attention::NoDirector { .. } => everyone(OF_REGIE, what),
        Attention::GapOverdue { last_day, since, .. } => {
            let gap = |parties| Attention::GapOverdue { last_day, since, parties };
            everyone(OF_REGIE, parties().map_or(Attention::NoDirector { opened_on }, gap))
        }
        Attention::Gap { last_day, since, .. } => {
            let gap = |parties| Attention::Gap { last_day, since, parties };
            everyone(OF_REGIE, parties().map_or(Attention::NoDirector { opened_on }, gap))
        }
        Attention::HandoverWaiting { handover, .. } => {
            let offer = regie.handover.as_ref().filter(|view| view.handover.value == handover)?;
            Some((OF_HANDOVER, granted_to(mandate, OF_HANDOVER, &about, &offer.handover, what)?))
        }
        Attention::DeputyEnding { deputy, .. } => {
            let standing_in = regie.deputy.as_ref().filter(|view| view.deputy.value == deputy)?;
            Some((OF_REGIE, granted_to(mandate, OF_REGIE, &about, &standing_in.deputy, what)?))
        }
        Attention::SpecialistOverdue { worker, .. } => {
            let party = regie.parties.iter().find(|party| party.worker.value == worker && party.overdue.value)?;
            let known = mandate.admits(&party.overdue);
            let line = known.then(|| granted_to(mandate, OF_REGIE, &about, &party.worker, what)).flatten();
            Some((OF_REGIE, line?))
        }
        // A term is told by the facts it rests on: how many there are depends on who reads.
        Attention::TermsOverdue { .. } => {
            let known: Vec<CivilDay> = overdue(session, case).collect();
            let last_day = known.iter().min().copied()?;
            everyone(OF_TERMS, Attention::TermsOverdue { last_day, terms: count(known.len()) })
        }
        Attention::ConsentsIncomplete { .. } => {
            let people = case.people_view(session).iter();
            let incomplete = people.filter_map(|person| person.help.as_ref()).filter(|help| help.is_incomplete());
            let children = incomplete.filter(|help| help.is_known(knows(mandate))).count();
            let line = Attention::ConsentsIncomplete { children: count(children) };
            (children > 0).then(|| everyone(OF_CONSENT, line)).flatten()
        }
        // Departures are facts of any room, for the director by default: so is how many there are.
        Attention::DeparturesUnexplained { .. } => {
            let departures = &case.life_view(session).departures;
            let unexplained = departures.iter().filter(|departure| departure.explanation.is_none());
            let known =
                unexplained.filter(|departure| mandate.admits(&departure.rule) && is_seen(case, departure)).count();
            let line = Attention::DeparturesUnexplained { count: count(known) };
            (known > 0).then(|| everyone(OF_LIFE, line)).flatten()
        }
        // Each is judged by what it rests on, as a line of its own.
        Attention::Told { .. }
        | Attention::Alert { .. }
        | Attention::Proposal { .. }
        | Attention::WithdrawalNotice { .. } => None,
    }
}

/// One thing that needs attention: each line is one act.
#[Object(name = "AttentionLine")]
impl AttentionNode {
    /// In which case.
    async fn case_id(&self) -> ID {
        ID(self.case.to_string())
    }

    /// What it is.
    async fn kind(&self) -> AttentionKind {
        kind_of(&self.what)
    }

    /// What to do, in a sentence.
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        if let Some(said) = &self.said {
            return Ok(said.text(Session::of(ctx)?.locale()));
        }
        let mut details = Vec::new();
        if let Some(day) = self.what.day() {
            details.push(("day", Detail::Day(day)));
        }
        if let Some(number) = number_of(&self.what) {
            details.push(("number", Detail::Number(u64::from(number))));
        }
        let key = format!("attention-{}", self.what.word().replace('_', "-"));
        Ok(Session::of(ctx)?.locale().sentence(&key, &details))
    }

    /// The day it is about.
    async fn day(&self) -> Option<Day> {
        self.what.day().map(Day)
    }

    /// How many parties, terms, children or departures it is about.
    async fn number(&self) -> Option<u32> {
        number_of(&self.what)
    }

    /// The worker it is about: who was asked, who stands in, which specialist.
    async fn worker(&self) -> Option<WorkerNode> {
        let worker = match *self.what {
            Attention::HandoverWaiting { successor, .. } => successor,
            Attention::DeputyEnding { deputy, .. } => deputy,
            Attention::SpecialistOverdue { worker, .. } => worker,
            _ => return None,
        };
        Some(WorkerNode::new(worker, self.mandate.clone()))
    }

    /// The alert it is about.
    async fn alert_id(&self) -> Option<ID> {
        match *self.what {
            Attention::Alert { alert, .. } => Some(ID(alert.to_string())),
            _ => None,
        }
    }

    /// The proposal it is about.
    async fn proposal_id(&self) -> Option<ID> {
        match *self.what {
            Attention::Proposal { proposal, .. } => Some(ID(proposal.to_string())),
            _ => None,
        }
    }

    /// Of an alert: what is waited for, as a stable word, as far as that is for you.
    async fn word(&self) -> Option<&str> {
        self.said.as_ref().and_then(Said::word)
    }

    /// The handover it is about.
    async fn handover_id(&self) -> Option<ID> {
        match *self.what {
            Attention::HandoverWaiting { handover, .. } => Some(ID(handover.to_string())),
            _ => None,
        }
    }

    /// The notice it is about: what you confirm.
    async fn notice_id(&self) -> Option<ID> {
        match *self.what {
            Attention::WithdrawalNotice { notice, .. } => Some(ID(notice.to_string())),
            _ => None,
        }
    }
}

const fn kind_of(what: &Attention) -> AttentionKind {
    match what {
        Attention::GapOverdue { .. } => AttentionKind::GapOverdue,
        Attention::HandoverWaiting { .. } => AttentionKind::HandoverWaiting,
        Attention::WithdrawalNotice { .. } => AttentionKind::WithdrawalNotice,
        Attention::Gap { .. } => AttentionKind::Gap,
        Attention::NoDirector { .. } => AttentionKind::NoDirector,
        Attention::DeputyEnding { .. } => AttentionKind::DeputyEnding,
        Attention::TermsOverdue { .. } => AttentionKind::TermsOverdue,
        Attention::SpecialistOverdue { .. } => AttentionKind::SpecialistOverdue,
        Attention::ConsentsIncomplete { .. } => AttentionKind::ConsentsIncomplete,
        Attention::DeparturesUnexplained { .. } => AttentionKind::DeparturesUnexplained,
        Attention::Told { .. } | Attention::Alert { .. } => AttentionKind::Alert,
        Attention::Proposal { .. } => AttentionKind::Proposal,
    }
}

const fn number_of(what: &Attention) -> Option<u32> {
    match what {
        Attention::GapOverdue { parties: number, .. }
        | Attention::Gap { parties: number, .. }
        | Attention::TermsOverdue { terms: number, .. }
        | Attention::ConsentsIncomplete { children: number }
        | Attention::DeparturesUnexplained { count: number } => Some(*number),
        _ => None,
    }
}
