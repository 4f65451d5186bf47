//! The law of this room. Reports are taken as they come and marked where the steps went otherwise than the meldcode advises.

use super::catalogue::{CONSULTED_NOBODY, LANE_CLEARED, LANE_UNKNOWN, SAFETY_AUDIENCE};
use super::{
    CHILD_FIRST, CONSULT_DUE, CONTROL_SCREENED, DECIDE_DUE, DECIDED_BEFORE_REPORT, JUDGED_SAFE_FIRST, Lane, MAP_DUE,
    MELDCODE_ORDER, NewAnswers, NewSignal, SCREENED_ALONE, SafetyCommand, SafetyEvent, TALK_DUE, TALKED_ALONE,
    WEIGH_DUE, asked, clearing, told_later,
};
use crate::calendar::Term;
use crate::case::{Case, CaseCommand, CaseEvent, CaseState};
use crate::conference::catalogue::EXPLANATION_WITHOUT_DEPARTURE;
use crate::decider::{Context, History, OCCURRED_IN_FUTURE, Order};
use crate::fact::{Audience, Draft, Due};
use crate::ids::{LaneId, PersonId, RecordId, Subject, WorkerId};
use crate::once::{check_once, each_once, each_once_in_order};
use crate::people::check_known;
use crate::personal::{DataClass, Personal};
use crate::rejection::{Code, Detail, Rejection};
use crate::service::catalogue::ABOUT_NOBODY;
use crate::statement::{NewSpeaker, Speaker};
use crate::text::Text;
use crate::time::{CivilDay, Occurred};

pub(super) type Answer = Result<Vec<Draft<CaseEvent>>, Rejection>;

/// An order about safety, in the light of the history.
pub(super) struct Asked<'a, 'c> {
    pub history: &'a History<Case>,
    pub state: &'a CaseState,
    pub context: &'a mut Context<'c>,
    /// The day on which it happened.
    pub on: CivilDay,
    /// The day on which it was known here: terms run from then.
    known: CivilDay,
}

pub(super) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &SafetyCommand,
    context: &mut Context<'_>,
) -> Answer {
    let on = order.occurred.map_or(context.today(), Occurred::day);
    let known = order.learnt.unwrap_or(on);
    let mut asked = Asked { history, state: history.state(), context, on, known };
    match command {
        SafetyCommand::RecordSafetyScreening { .. } => asked.screened(command),
        SafetyCommand::RecordSafetySignal(new) => asked.signalled(new),
        SafetyCommand::RecordSafetyTalk { .. } | SafetyCommand::JudgeSafetyTalk { .. } => asked.talked(command),
        SafetyCommand::WeighSafety { .. } | SafetyCommand::DecideSafety { .. } => asked.weighed(command),
        SafetyCommand::RecordSafetyMapping { .. }
        | SafetyCommand::RecordSafetyConsultation { .. }
        | SafetyCommand::RecordReportToVeiligThuis { .. }
        | SafetyCommand::RecordVeiligThuisAnswer { .. } => asked.taken(command),
        SafetyCommand::DecideToTellLater { .. }
        | SafetyCommand::ReviewTellingLater { .. }
        | SafetyCommand::RecordPersonTold { .. } => told_later::decide(&mut asked, command),
        SafetyCommand::ClearSafetyLane { lane, words } => clearing::clear(&mut asked, *lane, words),
    }
}

impl<'a> Asked<'a, '_> {
    fn screened(&mut self, command: &SafetyCommand) -> Answer {
        let SafetyCommand::RecordSafetyScreening { person, by, alone, control, outcome, words, explanation, known_to } =
            command
        else {
            return Ok(Vec::new());
        };
        check_known(&self.state.people, *person)?;
        let audience = known_to.clone().unwrap_or(Audience::Director);
        check_audience(&audience)?;
        let rules = [(!alone).then_some(SCREENED_ALONE), (!control).then_some(CONTROL_SCREENED)];
        let words = self.grave(words);
        let event = SafetyEvent::SafetyScreened {
            person: *person,
            by: self.who(*by),
            alone: *alone,
            control: *control,
            outcome: Personal::new(words.owner(), DataClass::Criminal, *outcome),
            words,
        };
        self.departing(of(event, audience), &rules, explanation.as_ref())
    }

    fn signalled(&mut self, new: &NewSignal) -> Answer {
        let spoke = [&new.reported_by, &new.observed_by, &new.told_by].into_iter().flatten();
        let persons = spoke.filter_map(|speaker| match speaker {
            NewSpeaker::Person(person) => Some(*person),
            NewSpeaker::Worker(_) | NewSpeaker::Outside(_) => None,
        });
        new.concerns.iter().copied().chain(persons).try_for_each(|person| check_known(&self.state.people, person))?;
        check_once(&new.concerns)?;
        if new.concerns.is_empty() {
            return Err(Rejection::new(ABOUT_NOBODY));
        }
        let joins = new.lane.map(|lane| self.open_lane(lane)).transpose()?;
        let audience = self.audience_of_signal(joins, new.known_to.as_ref())?;
        let lane = joins.map_or_else(|| LaneId::from_uuid(self.context.new_id()), |lane| lane.id);
        let facts = self.grave(&new.facts);
        let event = SafetyEvent::SafetySignalRecorded {
            lane,
            opens: joins.is_none(),
            concerns: each_once(&new.concerns),
            children: each_once(&new.concerns).into_iter().filter(|person| self.has_role_of_child(*person)).collect(),
            kind: Personal::new(facts.owner(), DataClass::Criminal, new.kind),
            facts,
            judgement: new.judgement.as_ref().map(|words| self.grave(words)),
            reported_by: new
                .reported_by
                .as_ref()
                .map_or(Speaker::Worker(self.context.actor.worker), |who| self.speaker(who)),
            observed_by: new.observed_by.as_ref().map(|who| self.speaker(who)),
            told_by: new.told_by.as_ref().map(|who| self.speaker(who)),
        };
        let mut draft = of(event, audience);
        if joins.is_none() {
            draft.due = self.steps_due();
        }
        Ok(vec![draft])
    }

    /// What follows an open lane is for whoever knows that lane.
    fn audience_of_signal(&self, joins: Option<&Lane>, known_to: Option<&Audience>) -> Result<Audience, Rejection> {
        let Some(lane) = joins else {
            let audience = known_to.cloned().unwrap_or(Audience::Director);
            check_audience(&audience)?;
            return Ok(audience);
        };
        let audience = self.audience_of(lane);
        if known_to.is_some_and(|known_to| *known_to != audience) {
            return Err(Rejection::new(SAFETY_AUDIENCE));
        }
        Ok(audience)
    }

    /// The steps of the meldcode, each with its term (rule 19).
    fn steps_due(&self) -> Vec<Due> {
        let terms = self.context.terms;
        let steps = [
            (MAP_DUE, terms.meldcode_first),
            (CONSULT_DUE, terms.meldcode_first),
            (TALK_DUE, terms.meldcode_talk),
            (WEIGH_DUE, terms.meldcode_decision),
            (DECIDE_DUE, terms.meldcode_decision),
        ];
        let due = |(what, term): (&str, Term)| Due {
            what: what.to_owned(),
            last_day: terms.last_day(term, self.known),
            at: terms.follows_at(term, self.known),
        };
        steps.into_iter().map(due).collect()
    }

    /// With the child first and alone, and with a parent only once that was judged safe.
    fn talked(&mut self, command: &SafetyCommand) -> Answer {
        match command {
            SafetyCommand::JudgeSafetyTalk { lane, person, by, safe, words } => {
                check_known(&self.state.people, *person)?;
                let audience = self.audience_of(self.lane(*lane)?);
                let words = self.grave(words);
                let safe = Personal::new(words.owner(), DataClass::Criminal, *safe);
                let by = self.who(*by);
                let event = SafetyEvent::SafetyTalkJudged { lane: *lane, person: *person, by, safe, words };
                Ok(vec![of(event, audience)])
            }
            SafetyCommand::RecordSafetyTalk { lane, person, by, alone, words, explanation, known_to } => {
                check_known(&self.state.people, *person)?;
                let known = self.lane(*lane)?;
                let audience = known_to.clone().unwrap_or_else(|| self.audience_of(known));
                check_audience(&audience)?;
                let child = self.has_role_of_child(*person);
                let parent = !child && self.state.people.person(*person).is_some_and(asked::is_parent);
                let rules = [
                    (!alone).then_some(TALKED_ALONE),
                    (parent && !known.safe_to_talk(*person, self.on)).then_some(JUDGED_SAFE_FIRST),
                    (parent && !known.children.is_empty() && !known.heard_by(self.on)).then_some(CHILD_FIRST),
                ];
                let event = SafetyEvent::SafetyTalkHeld {
                    lane: *lane,
                    person: *person,
                    child,
                    alone: *alone,
                    by: self.who(*by),
                    words: self.grave(words),
                };
                self.departing(of(event, audience), &rules, explanation.as_ref())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Steps 4 and 5.
    fn weighed(&mut self, command: &SafetyCommand) -> Answer {
        match command {
            SafetyCommand::WeighSafety { lane, by, with, officer, answers, words, explanation } => {
                let known = self.lane(*lane)?;
                let audience = self.audience_of(known);
                let consulted = known.consulted.iter().any(|one| one.on <= self.on);
                let ready = consulted && known.heard_by(self.on);
                let words = self.grave(words);
                let answers: NewAnswers = *answers;
                let event = SafetyEvent::SafetyWeighed {
                    lane: *lane,
                    by: self.who(*by),
                    with: each_once_in_order(with),
                    officer: *officer,
                    answers: Personal::new(words.owner(), DataClass::Criminal, answers),
                    words,
                };
                self.departing(of(event, audience), &[(!ready).then_some(MELDCODE_ORDER)], explanation.as_ref())
            }
            SafetyCommand::DecideSafety {
                lane,
                decided_by,
                report_needed,
                help_possible,
                help,
                words,
                explanation,
            } => {
                let known = self.lane(*lane)?;
                let audience = self.audience_of(known);
                let ready = known.weighed.iter().any(|one| one.on <= self.on);
                let decided_by = each_once_in_order(decided_by);
                let words = self.grave(words);
                let grave = |value| Personal::new(words.owner(), DataClass::Criminal, value);
                let event = SafetyEvent::SafetyDecided {
                    lane: *lane,
                    decided_by: if decided_by.is_empty() { vec![self.context.actor.worker] } else { decided_by },
                    report_needed: grave(*report_needed),
                    help_possible: grave(*help_possible),
                    help: help.as_ref().map(|words| self.grave(words)),
                    words,
                };
                self.departing(of(event, audience), &[(!ready).then_some(MELDCODE_ORDER)], explanation.as_ref())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Mapped, consulted, reported, answered.
    fn taken(&mut self, command: &SafetyCommand) -> Answer {
        let Some(lane) = command.lane() else { return Ok(Vec::new()) };
        let known = self.lane(lane)?;
        let audience = self.audience_of(known);
        let event = match command {
            SafetyCommand::RecordSafetyMapping { by, words, .. } => {
                SafetyEvent::SafetyMapped { lane, by: self.who(*by), words: self.grave(words) }
            }
            SafetyCommand::RecordSafetyConsultation { by, colleagues, veilig_thuis, words, .. } => {
                let (by, colleagues, veilig_thuis) = (self.who(*by), each_once_in_order(colleagues), *veilig_thuis);
                if !veilig_thuis && !colleagues.iter().any(|one| *one != by) {
                    return Err(refused(CONSULTED_NOBODY, lane));
                }
                SafetyEvent::SafetyConsulted { lane, by, colleagues, veilig_thuis, words: self.grave(words) }
            }
            SafetyCommand::RecordVeiligThuisAnswer { established, source, words, .. } => {
                if *established > self.context.today() {
                    let refused = Rejection::new(OCCURRED_IN_FUTURE).with("occurred", *established);
                    return Err(refused.with("now", self.context.now));
                }
                let source = self.context.in_record(source.clone());
                SafetyEvent::VeiligThuisAnswered { lane, established: *established, source, words: self.grave(words) }
            }
            SafetyCommand::RecordReportToVeiligThuis { by, at_once, words, explanation, .. } => {
                let needed = |one: &super::Decided| one.on <= self.on && one.report_needed.known() != Some(&false);
                let ready = *at_once || known.decided.iter().any(needed);
                let (by, words) = (self.who(*by), self.grave(words));
                let draft = of(SafetyEvent::ReportedToVeiligThuis { lane, by, at_once: *at_once, words }, audience);
                return self.departing(draft, &[(!ready).then_some(DECIDED_BEFORE_REPORT)], explanation.as_ref());
            }
            _ => return Ok(Vec::new()),
        };
        Ok(vec![of(event, audience)])
    }

    /// Words about violence, neglect or control, in a record of their own and kept as if they were about crime (AVG 10).
    pub(super) fn grave<T: Clone>(&mut self, words: &T) -> Personal<T> {
        let record = Subject::Record(RecordId::from_uuid(self.context.new_id()));
        Personal::new(record, DataClass::Criminal, words.clone())
    }

    pub(super) fn who(&self, named: Option<WorkerId>) -> WorkerId {
        named.unwrap_or(self.context.actor.worker)
    }

    pub(super) fn lane(&self, lane: LaneId) -> Result<&'a Lane, Rejection> {
        self.state.safety.lane(lane).ok_or_else(|| refused(LANE_UNKNOWN, lane))
    }

    pub(super) fn open_lane(&self, lane: LaneId) -> Result<&'a Lane, Rejection> {
        let known = self.lane(lane)?;
        match &known.cleared {
            Some(cleared) => Err(refused(LANE_CLEARED, lane).with("since", cleared.on)),
            None => Ok(known),
        }
    }

    /// Who may know what follows a lane: whoever may know the signal that opened it.
    pub(super) fn audience_of(&self, lane: &Lane) -> Audience {
        let opened = self.history.fact(lane.fact);
        opened.map_or(Audience::Director, |fact| self.state.life.audience_of(fact).clone())
    }

    fn has_role_of_child(&self, person: PersonId) -> bool {
        let ages = self.context.terms.consent_ages;
        self.state.people.person(person).is_some_and(|known| known.is_child_on(self.on, ages))
    }

    fn speaker(&mut self, given: &NewSpeaker) -> Speaker {
        match given {
            NewSpeaker::Person(person) => Speaker::Person(*person),
            NewSpeaker::Worker(worker) => Speaker::Worker(*worker),
            NewSpeaker::Outside(who) => Speaker::Outside(self.context.in_record(who.clone())),
        }
    }

    /// The draft, marked with each rule that it did not follow.
    fn departing(
        &mut self,
        draft: Draft<CaseEvent>,
        rules: &[Option<&'static str>],
        explanation: Option<&Text>,
    ) -> Answer {
        let mut rules = rules.iter().flatten().peekable();
        if rules.peek().is_none() && explanation.is_some() {
            return Err(Rejection::new(EXPLANATION_WITHOUT_DEPARTURE));
        }
        let mark = |draft: Draft<CaseEvent>, rule: &&'static str| {
            draft.departing(rule, explanation.map(|words| self.context.in_record(words.clone())))
        };
        Ok(vec![rules.fold(draft, mark)])
    }
}

pub(super) fn of(event: SafetyEvent, audience: Audience) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Safety(event)).for_audience(audience)
}

pub(super) fn refused(code: Code, lane: LaneId) -> Rejection {
    Rejection::new(code).with("lane", Detail::id(lane))
}

/// The director, or named workers: nobody is let in by a layer.
pub(crate) fn check_audience(audience: &Audience) -> Result<(), Rejection> {
    let fits = match audience {
        Audience::Director => true,
        Audience::Workers(workers) => !workers.is_empty(),
        Audience::Case | Audience::Child(_) | Audience::Households(_) | Audience::Persons(_) | Audience::Author => {
            false
        }
    };
    if fits { Ok(()) } else { Err(Rejection::new(SAFETY_AUDIENCE)) }
}
