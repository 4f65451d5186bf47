//! Every assessment with what was said in it.

use super::{AssessmentEvent, Effect, Instrument, InstrumentVersion, Part, TestedOn};
use crate::case::CaseEvent;
use crate::fact::Fact;
use crate::ids::{AssessmentId, AssessmentPartId, EventId, HypothesisId, PersonId, WorkerId};
use crate::personal::Personal;
use crate::regie::insert_ordered;
use crate::statement::Recognised;
use crate::text::Text;
use crate::time::CivilDay;

/// That somebody was assessed.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    /// The assessment.
    pub id: AssessmentId,
    /// With what.
    pub instrument: Instrument,
    /// In which version.
    pub version: InstrumentVersion,
    /// About whom.
    pub about: Vec<PersonId>,
    /// Who of the case took part.
    pub took_part: Vec<PersonId>,
    /// By which workers.
    pub by: Vec<WorkerId>,
    /// Why it was done.
    pub occasion: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// What each said, in order of the day.
    pub parts: Vec<ToldPart>,
    /// What may explain it, in order of the day.
    pub hypotheses: Vec<Hypothesis>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What one person said.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldPart {
    /// This part.
    pub id: AssessmentPartId,
    /// Who.
    pub person: PersonId,
    /// What.
    pub content: Part,
    /// Who of the family may know, as that person said.
    pub family_may_know: Vec<PersonId>,
    /// The day.
    pub on: CivilDay,
    /// Of a portrait: with whom it was tested.
    pub tested: Vec<TestedBy>,
    /// The fact that says so.
    pub fact: EventId,
}

/// What may explain what is hard.
#[derive(Clone, PartialEq, Debug)]
pub struct Hypothesis {
    /// The hypothesis.
    pub id: HypothesisId,
    /// What the factor does.
    pub effect: Personal<Effect>,
    /// In words.
    pub words: Personal<Text>,
    /// The day.
    pub on: CivilDay,
    /// With whom it was tested.
    pub tested: Vec<TestedBy>,
    /// The fact that says so.
    pub fact: EventId,
}

/// That something was tested with somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct TestedBy {
    /// With whom.
    pub person: PersonId,
    /// Whether they recognise it.
    pub recognised: Personal<Recognised>,
    /// In their words.
    pub words: Option<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// The fact that says so.
    pub fact: EventId,
}

impl Assessment {
    /// Whether this is a hypothesis or a portrait of it.
    #[must_use]
    pub fn holds(&self, tested: TestedOn) -> bool {
        match tested {
            TestedOn::Hypothesis(id) => self.hypotheses.iter().any(|known| known.id == id),
            TestedOn::Portrait(id) => {
                self.parts.iter().any(|known| known.id == id && matches!(known.content, Part::Portrait(_)))
            }
        }
    }

    fn tested_mut(&mut self, tested: TestedOn) -> Option<&mut Vec<TestedBy>> {
        match tested {
            TestedOn::Hypothesis(id) => {
                self.hypotheses.iter_mut().find(|known| known.id == id).map(|known| &mut known.tested)
            }
            TestedOn::Portrait(id) => self.parts.iter_mut().find(|known| known.id == id).map(|known| &mut known.tested),
        }
    }
}

/// This room's slice of the state, in order of the day.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Assessments {
    all: Vec<Assessment>,
}

impl Assessments {
    /// Every assessment.
    #[must_use]
    pub fn all(&self) -> &[Assessment] {
        &self.all
    }

    /// This assessment.
    #[must_use]
    pub fn get(&self, assessment: AssessmentId) -> Option<&Assessment> {
        self.all.iter().find(|known| known.id == assessment)
    }

    /// The assessment of a hypothesis or portrait.
    #[must_use]
    pub fn of_tested(&self, tested: TestedOn) -> Option<&Assessment> {
        self.all.iter().find(|known| known.holds(tested))
    }

    /// The fact in which this hypothesis or portrait was told.
    #[must_use]
    pub fn told_in(&self, tested: TestedOn) -> Option<EventId> {
        let known = self.of_tested(tested)?;
        match tested {
            TestedOn::Hypothesis(id) => known.hypotheses.iter().find(|one| one.id == id).map(|one| one.fact),
            TestedOn::Portrait(id) => known.parts.iter().find(|one| one.id == id).map(|one| one.fact),
        }
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &AssessmentEvent) {
        let (on, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            AssessmentEvent::AssessmentRecorded { assessment, instrument, version, about, took_part, by, occasion } => {
                let recorded = Assessment {
                    id: assessment,
                    instrument,
                    version,
                    about,
                    took_part,
                    by,
                    occasion,
                    on,
                    parts: Vec::new(),
                    hypotheses: Vec::new(),
                    fact: id,
                };
                insert_ordered(&mut self.all, recorded, |one| (one.on, one.id));
            }
            AssessmentEvent::AssessmentPartTold { assessment, part, person, content, family_may_know } => {
                let told = ToldPart { id: part, person, content, family_may_know, on, tested: Vec::new(), fact: id };
                self.change(assessment, |known| insert_ordered(&mut known.parts, told, |one| (one.on, one.id)));
            }
            AssessmentEvent::HypothesisStated { assessment, hypothesis, effect, words } => {
                let stated = Hypothesis { id: hypothesis, effect, words, on, tested: Vec::new(), fact: id };
                self.change(assessment, |known| insert_ordered(&mut known.hypotheses, stated, |one| (one.on, one.id)));
            }
            AssessmentEvent::AssessmentTested { assessment, tested, person, recognised, words } => {
                let by = TestedBy { person, recognised, words, on, fact: id };
                self.change(assessment, |known| {
                    if let Some(all) = known.tested_mut(tested) {
                        insert_ordered(all, by, |one| (one.on, one.fact));
                    }
                });
            }
        }
    }

    fn change(&mut self, id: AssessmentId, change: impl FnOnce(&mut Assessment)) {
        if let Some(known) = self.all.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }
}
