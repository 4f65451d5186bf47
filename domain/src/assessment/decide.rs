//! The law of this room. All of it is a report: refused is only what makes no sense. What went otherwise than policy says is marked.

use super::catalogue::{
    ASSESSED_NOBODY, ASSESSMENT_UNKNOWN, AUDIENCE_NOT_THEIRS, CONSENT_BEFORE_MEASURING, HYPOTHESIS_UNKNOWN,
    INSTRUMENT_IN_USE, NOTHING_SAID, PART_DOES_NOT_FIT, PART_OF_ANOTHER, PORTRAIT_UNKNOWN, SCORE_OUT_OF_RANGE,
};
use super::content::{in_record, of_person};
use super::{
    AssessmentCommand, AssessmentEvent, Instrument, InstrumentKind, InstrumentVersion, NewAssessment, NewContent,
    NewHypothesis, NewPart, NewRecognition, Part, Score, TestedOn, Told,
};
use crate::case::{Case, CaseCommand, CaseEvent};
use crate::consent::measuring_missing;
use crate::decider::{Context, History, Order};
use crate::fact::{Audience, Draft};
use crate::ids::{AssessmentId, AssessmentPartId, HypothesisId, PersonId};
use crate::layers::audience_of_all;
use crate::once::{check_once, each_once};
use crate::people::check_known;
use crate::regie::asked::{Answer, Asked};
use crate::rejection::{Detail, Rejection};
use crate::voice::check_known_to;

pub(super) fn decide(
    history: &History<Case>,
    order: &Order<CaseCommand>,
    command: &AssessmentCommand,
    context: &mut Context<'_>,
) -> Answer {
    let mut asked = Asked::new(history, order, context);
    match command {
        AssessmentCommand::RecordAssessment(new) => record(&mut asked, new),
        AssessmentCommand::AddToAssessment { assessment, told } => add(&mut asked, *assessment, told),
        AssessmentCommand::StateHypothesis { assessment, hypothesis } => {
            state_later(&mut asked, *assessment, hypothesis)
        }
        AssessmentCommand::TestAssessment { tested, told } => test(&mut asked, *tested, told),
    }
}

/// What an assessment holds, all in one form.
struct Holds {
    instrument: Instrument,
    about: Vec<PersonId>,
    told: Vec<Told<NewPart>>,
    score: Option<Told<Score>>,
    hypotheses: Vec<NewHypothesis>,
}

impl Holds {
    fn of(content: &NewContent) -> Self {
        let of = |instrument, about: &[PersonId], told| Self {
            instrument,
            about: each_once(about),
            told,
            score: None,
            hypotheses: Vec::new(),
        };
        match content {
            NewContent::Giz { variant, about, told } => {
                of(Instrument::Giz(*variant), about, each(told, NewPart::Themes))
            }
            NewContent::ExplanatoryAnalysis { about, told, hypotheses } => Self {
                hypotheses: hypotheses.clone(),
                ..of(Instrument::ExplanatoryAnalysis, about, each(told, NewPart::Story))
            },
            NewContent::Genogram { about, told } => of(Instrument::Genogram, about, each(told, NewPart::Relations)),
            NewContent::LifeworldPortrait(told) => {
                let about = [told.person];
                of(Instrument::LifeworldPortrait, &about, vec![told.clone().map(NewPart::Portrait)])
            }
            NewContent::Resilience(told) => {
                Self { score: Some(told.clone()), ..of(Instrument::Resilience, &[told.person], Vec::new()) }
            }
            NewContent::FuturePlan(told) => {
                of(Instrument::FuturePlan, &[told.person], vec![told.clone().map(NewPart::Future)])
            }
        }
    }

    fn tellers(&self) -> Vec<PersonId> {
        let told = self.told.iter().map(|told| told.person);
        told.chain(self.score.iter().map(|told| told.person)).collect()
    }
}

fn each<T: Clone>(told: &[Told<T>], make: fn(T) -> NewPart) -> Vec<Told<NewPart>> {
    told.iter().map(|told| told.clone().map(make)).collect()
}

fn record(asked: &mut Asked<'_, '_>, new: &NewAssessment) -> Answer {
    let holds = Holds::of(&new.content);
    let tellers = holds.tellers();
    check_all_known(asked, holds.about.iter().chain(&tellers).chain(&new.took_part))?;
    check_once(&tellers)?;
    if holds.about.is_empty() {
        return Err(Rejection::new(ASSESSED_NOBODY));
    }
    if tellers.is_empty() && holds.hypotheses.is_empty() {
        return Err(Rejection::new(NOTHING_SAID));
    }
    let (version, in_use) = version(asked, holds.instrument.kind(), new.version.as_ref());
    if let Some(told) = &holds.score {
        check_score(asked, told.said)?;
    }
    let assessment = AssessmentId::from_uuid(asked.context.new_id());
    let by = if new.by.is_empty() { vec![asked.context.actor.worker] } else { each_once(&new.by) };
    let event = AssessmentEvent::AssessmentRecorded {
        assessment,
        instrument: holds.instrument,
        version,
        about: holds.about.clone(),
        took_part: each_once(&[tellers.as_slice(), &new.took_part].concat()),
        by,
        occasion: new.occasion.clone().map(|occasion| in_record(occasion, asked.context)),
    };
    let mut head = draft(event).for_audience(of_all(asked, &holds.about));
    if !in_use {
        head = head.departing(INSTRUMENT_IN_USE, None);
    }
    let measured = holds.score.as_ref().map(|told| told.person);
    let agreed = |person: PersonId| {
        measuring_missing(asked.state, person, asked.happened(), asked.context.book.terms_on(asked.happened()))
            .is_empty()
    };
    if measured.is_some_and(|person| !agreed(person)) {
        head = head.departing(CONSENT_BEFORE_MEASURING, None);
    }
    let mut drafts = vec![head];
    for told in &holds.told {
        drafts.push(tell(asked, assessment, told)?);
    }
    if let Some(told) = &holds.score {
        let said = Part::Score(of_person(told.person, told.said));
        drafts.push(part(asked, assessment, &told.clone().map(|_| said))?);
    }
    for hypothesis in &holds.hypotheses {
        drafts.push(stated(asked, assessment, hypothesis));
    }
    Ok(drafts)
}

fn add(asked: &mut Asked<'_, '_>, id: AssessmentId, told: &Told<NewPart>) -> Answer {
    let known = asked.state.assessments.get(id).ok_or_else(|| unknown(id))?;
    check_all_known(asked, [told.person].iter())?;
    let kind = known.instrument.kind();
    if told.said.kind() != kind {
        let refused = Rejection::new(PART_DOES_NOT_FIT).with("instrument", kind.as_str());
        return Err(refused.with("given", told.said.kind().as_str()));
    }
    let of_one = matches!(kind, InstrumentKind::LifeworldPortrait | InstrumentKind::FuturePlan);
    if of_one && !known.about.contains(&told.person) {
        return Err(Rejection::new(PART_OF_ANOTHER).with("person", Detail::id(told.person)));
    }
    Ok(vec![tell(asked, id, told)?])
}

fn state_later(asked: &mut Asked<'_, '_>, id: AssessmentId, hypothesis: &NewHypothesis) -> Answer {
    let known = asked.state.assessments.get(id).ok_or_else(|| unknown(id))?;
    let kind = known.instrument.kind();
    if kind != InstrumentKind::ExplanatoryAnalysis {
        return Err(Rejection::new(PART_DOES_NOT_FIT).with("instrument", kind.as_str()).with("given", "hypothesis"));
    }
    Ok(vec![stated(asked, id, hypothesis)])
}

fn test(asked: &mut Asked<'_, '_>, tested: TestedOn, told: &Told<NewRecognition>) -> Answer {
    let known = asked.state.assessments.of_tested(tested).ok_or_else(|| match tested {
        TestedOn::Hypothesis(id) => Rejection::new(HYPOTHESIS_UNKNOWN).with("hypothesis", Detail::id(id)),
        TestedOn::Portrait(id) => Rejection::new(PORTRAIT_UNKNOWN).with("portrait", Detail::id(id)),
    })?;
    let (assessment, person) = (known.id, told.person);
    check_all_known(asked, [person].iter().chain(&told.family_may_know))?;
    let audience = audience(asked, told)?;
    let event = AssessmentEvent::AssessmentTested {
        assessment,
        tested,
        person,
        recognised: of_person(person, told.said.recognised),
        words: told.said.words.clone().map(|words| in_record(words, asked.context)),
    };
    Ok(vec![draft(event).for_audience(audience)])
}

fn tell(
    asked: &mut Asked<'_, '_>,
    assessment: AssessmentId,
    told: &Told<NewPart>,
) -> Result<Draft<CaseEvent>, Rejection> {
    check_all_known(asked, told.said.persons().iter())?;
    if told.said.is_empty() {
        return Err(Rejection::new(NOTHING_SAID).with("person", Detail::id(told.person)));
    }
    let said = told.said.clone().keep(told.person, asked.context);
    part(asked, assessment, &told.clone().map(|_| said))
}

fn part(asked: &mut Asked<'_, '_>, assessment: AssessmentId, told: &Told<Part>) -> Result<Draft<CaseEvent>, Rejection> {
    check_all_known(asked, told.family_may_know.iter())?;
    let audience = audience(asked, told)?;
    let event = AssessmentEvent::AssessmentPartTold {
        assessment,
        part: AssessmentPartId::from_uuid(asked.context.new_id()),
        person: told.person,
        content: told.said.clone(),
        family_may_know: each_once(&told.family_may_know),
    };
    Ok(draft(event).for_audience(audience))
}

/// A professional's own reading: for the director, until it was tested.
fn stated(asked: &mut Asked<'_, '_>, assessment: AssessmentId, new: &NewHypothesis) -> Draft<CaseEvent> {
    let hypothesis = HypothesisId::from_uuid(asked.context.new_id());
    let words = in_record(new.words.clone(), asked.context);
    let effect = crate::personal::Personal::new(words.owner(), crate::personal::DataClass::Health, new.effect);
    let event = AssessmentEvent::HypothesisStated { assessment, hypothesis, effect, words };
    draft(event).for_audience(Audience::Director)
}

/// For whom it is, exactly. Of somebody who is or may be a child nothing is assumed: for the director, unless the child said more; and
/// never for a parent's own layer or a household.
fn audience<T>(asked: &Asked<'_, '_>, told: &Told<T>) -> Result<Audience, Rejection> {
    let person = told.person;
    if may_be_child(asked, person) {
        let known_to = told.known_to.clone().unwrap_or(Audience::Director);
        check_known_to(&known_to, person)?;
        return Ok(known_to);
    }
    let Some(known_to) = &told.known_to else { return Ok(Audience::Persons(vec![person])) };
    let fits = match known_to {
        Audience::Director => true,
        Audience::Workers(workers) => !workers.is_empty(),
        Audience::Persons(persons) => *persons == [person],
        Audience::Case | Audience::Child(_) | Audience::Households(_) | Audience::Author => false,
    };
    if fits {
        Ok(known_to.clone())
    } else {
        Err(Rejection::new(AUDIENCE_NOT_THEIRS).with("person", Detail::id(person)))
    }
}

/// A child when it spoke, or now.
fn may_be_child(asked: &Asked<'_, '_>, person: PersonId) -> bool {
    let ages = asked.context.terms.consent_ages;
    let known = asked.state.people.person(person);
    known.is_none_or(|known| {
        known.may_be_child_on(asked.happened(), ages) || known.may_be_child_on(asked.context.today(), ages)
    })
}

/// The version, and whether it is one that policy uses on the day; the usual one when nothing is said.
fn version(
    asked: &Asked<'_, '_>,
    kind: InstrumentKind,
    given: Option<&InstrumentVersion>,
) -> (InstrumentVersion, bool) {
    let terms = asked.context.book.terms_on(asked.happened());
    let policy = terms.instruments.iter().find(|policy| policy.instrument == kind);
    match (given, policy) {
        (Some(given), policy) => (given.clone(), policy.is_some_and(|policy| policy.uses(given))),
        (None, Some(policy)) => (policy.version.clone(), true),
        (None, None) => (InstrumentVersion::unstated(), false),
    }
}

fn check_score(asked: &Asked<'_, '_>, score: Score) -> Result<(), Rejection> {
    let terms = asked.context.book.terms_on(asked.happened());
    let policy = terms.instruments.iter().find(|policy| policy.instrument == InstrumentKind::Resilience);
    let Some(policy) = policy.filter(|policy| !policy.admits(score)) else { return Ok(()) };
    Err(Rejection::new(SCORE_OUT_OF_RANGE)
        .with("lowest", u64::from(policy.lowest.unwrap_or_default()))
        .with("highest", u64::from(policy.highest.unwrap_or(u16::MAX))))
}

fn check_all_known<'p>(
    asked: &Asked<'_, '_>,
    mut persons: impl Iterator<Item = &'p PersonId>,
) -> Result<(), Rejection> {
    persons.try_for_each(|person| check_known(&asked.state.people, *person))
}

fn of_all(asked: &Asked<'_, '_>, persons: &[PersonId]) -> Audience {
    audience_of_all(asked.state, persons, asked.context.today(), asked.context.terms.consent_ages)
}

const fn draft(event: AssessmentEvent) -> Draft<CaseEvent> {
    Draft::of(CaseEvent::Assessment(event))
}

fn unknown(assessment: AssessmentId) -> Rejection {
    Rejection::new(ASSESSMENT_UNKNOWN).with("assessment", Detail::id(assessment))
}
