//! Assessments as they stood by the day (rule 23): with what, about whom, and what each person said, each part with its own readers. Nothing is
//! counted or compared: of what is hidden no trace may stay.

use domain::assessment::{Assessment, Effect, Instrument, InstrumentVersion, Part, TestedBy, ToldPart};
use domain::fact::Audience;
use domain::ids::{AssessmentId, AssessmentPartId, HypothesisId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::statement::Recognised;
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// That somebody was assessed.
#[derive(Clone, PartialEq, Debug)]
pub struct AssessmentView {
    /// The assessment, with who may know of it.
    pub assessment: Kept<AssessmentId>,
    /// With what.
    pub instrument: Instrument,
    /// In which version.
    pub version: InstrumentVersion,
    /// About whom, in order of joining.
    pub about: Vec<PersonId>,
    /// Who took part, in order of joining.
    pub took_part: Vec<PersonId>,
    /// By which workers.
    pub by: Kept<Vec<WorkerId>>,
    /// Why it was done.
    pub occasion: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
    /// What each said, in order of the day.
    pub parts: Vec<PartView>,
    /// What may explain it, in order of the day.
    pub hypotheses: Vec<HypothesisView>,
}

/// What one person said.
#[derive(Clone, PartialEq, Debug)]
pub struct PartView {
    /// This part, with who may know of it.
    pub part: Kept<AssessmentPartId>,
    /// In which assessment.
    pub assessment: AssessmentId,
    /// With what.
    pub instrument: Instrument,
    /// Who.
    pub person: PersonId,
    /// What.
    pub content: Part,
    /// For which workers only; none when it is for the director, or for who works for that person.
    pub known_to: Vec<WorkerId>,
    /// Who of the family may know, in order of joining.
    pub family_may_know: Vec<PersonId>,
    /// The day.
    pub on: CivilDay,
    /// Of a portrait: with whom it was tested.
    pub tested: Vec<TestView>,
}

/// What may explain what is hard.
#[derive(Clone, PartialEq, Debug)]
pub struct HypothesisView {
    /// The hypothesis, with who may know of it.
    pub hypothesis: Kept<HypothesisId>,
    /// What the factor does.
    pub effect: Kept<Personal<Effect>>,
    /// In words.
    pub words: Kept<Personal<Text>>,
    /// The day.
    pub on: CivilDay,
    /// With whom it was tested.
    pub tested: Vec<TestView>,
}

/// That something was tested with somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct TestView {
    /// With whom.
    pub person: PersonId,
    /// Whether they recognise it.
    pub recognised: Kept<Personal<Recognised>>,
    /// In their words.
    pub words: Option<Kept<Personal<Text>>>,
    /// The day.
    pub on: CivilDay,
}

/// Every assessment made by the day, in order of the day.
#[must_use]
pub fn assessments(reading: &Reading<'_>) -> Vec<AssessmentView> {
    let mut made: Vec<_> = reading.state().assessments.all().iter().filter(|made| made.on <= reading.day()).collect();
    made.sort_by_key(|made| (made.on, reading.recorded(made.fact)));
    made.into_iter().map(|made| view(reading, made)).collect()
}

fn view(reading: &Reading<'_>, made: &Assessment) -> AssessmentView {
    let mut parts: Vec<_> = made.parts.iter().filter(|part| part.on <= reading.day()).collect();
    parts.sort_by_key(|part| (part.on, reading.recorded(part.fact)));
    let mut hypotheses: Vec<_> = made.hypotheses.iter().filter(|one| one.on <= reading.day()).collect();
    hypotheses.sort_by_key(|one| (one.on, reading.recorded(one.fact)));
    AssessmentView {
        assessment: reading.kept(made.id, made.fact),
        instrument: made.instrument,
        version: made.version.clone(),
        about: reading.by_joining(&made.about),
        took_part: reading.by_joining(&made.took_part),
        by: reading.kept_workers(made.by.clone(), made.fact),
        occasion: made.occasion.clone().map(|occasion| reading.kept(occasion, made.fact)),
        on: made.on,
        parts: parts.into_iter().map(|part| told(reading, made, part)).collect(),
        hypotheses: hypotheses
            .into_iter()
            .map(|one| HypothesisView {
                hypothesis: reading.kept(one.id, one.fact),
                effect: reading.kept(one.effect.clone(), one.fact),
                words: reading.kept(one.words.clone(), one.fact),
                on: one.on,
                tested: tested(reading, &one.tested),
            })
            .collect(),
    }
}

fn told(reading: &Reading<'_>, made: &Assessment, part: &ToldPart) -> PartView {
    let kept = reading.kept(part.id, part.fact);
    let known_to = match &kept.audience {
        Audience::Workers(workers) => workers.clone(),
        _ => Vec::new(),
    };
    PartView {
        part: kept,
        assessment: made.id,
        instrument: made.instrument,
        person: part.person,
        content: part.content.clone(),
        known_to,
        family_may_know: reading.by_joining(&part.family_may_know),
        on: part.on,
        tested: tested(reading, &part.tested),
    }
}

fn tested(reading: &Reading<'_>, all: &[TestedBy]) -> Vec<TestView> {
    let mut all: Vec<_> = all.iter().filter(|one| one.on <= reading.day()).collect();
    all.sort_by_key(|one| (one.on, reading.recorded(one.fact)));
    let test = |one: &TestedBy| TestView {
        person: one.person,
        recognised: reading.kept(one.recognised.clone(), one.fact),
        words: one.words.clone().map(|words| reading.kept(words, one.fact)),
        on: one.on,
    };
    all.into_iter().map(test).collect()
}

#[cfg(test)]
mod tests {
    use domain::assessment::{AssessmentCommand, NewAssessment, NewContent, NewPart, NewRecognition, TestedOn, Told};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, terms, text};

    fn told<T>(person: PersonId, said: T) -> Told<T> {
        Told { person, said, known_to: None, family_may_know: vec![] }
    }

    #[tokio::test]
    async fn a_portrait_shows_its_drafts_and_who_recognised_each_by_the_day_looked_at() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let known_to = Some(Audience::Workers(vec![JOOST]));
        let draft = Told { known_to, ..told(child, text("Altijd op de fiets.")) };
        let new = NewAssessment {
            content: NewContent::LifeworldPortrait(draft),
            version: None,
            took_part: vec![],
            by: vec![],
            occasion: None,
        };
        office.order(case(1), AssessmentCommand::RecordAssessment(Box::new(new))).await;
        let first = on(&office, "2026-03-02", assessments).remove(0);
        assert_eq!((first.about.as_slice(), first.version.as_str()), (&[child][..], "portrait-1"));
        assert_eq!(first.parts[0].known_to, [JOOST]);
        let (assessment, draft) = (first.assessment.value, first.parts[0].part.value);
        let recognised = NewRecognition { recognised: Recognised::Partly, words: None };
        let test =
            AssessmentCommand::TestAssessment { tested: TestedOn::Portrait(draft), told: told(child, recognised) };
        office.on("2026-03-10").order(case(1), test).await;
        let next = told(child, NewPart::Portrait(text("Vaak op de fiets.")));
        office.on("2026-03-20").order(case(1), AssessmentCommand::AddToAssessment { assessment, told: next }).await;
        let seen = |today| on(&office, today, assessments).remove(0).parts;
        assert_eq!((seen("2026-03-09")[0].tested.len(), seen("2026-03-10")[0].tested.len()), (0, 1));
        assert_eq!((seen("2026-03-19").len(), seen("2026-03-20").len()), (1, 2));
        assert_eq!(seen("2026-03-20")[1].part.audience, Audience::Director);
        assert_eq!(on(&office, "2026-03-01", assessments), []);
    }
}
