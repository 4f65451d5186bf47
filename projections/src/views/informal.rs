//! Informal support as it stood by the day (rule 24): each step of its life with who may know of it.

use domain::ids::{EventId, PersonId, SupportId};
use domain::informal::{EndedBy, MeasuredAt, Support, SupportKind, SupportOutcome};
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, Reading};

/// Support of a volunteer.
#[derive(Clone, PartialEq, Debug)]
pub struct SupportView {
    /// The support, with who may know of it.
    pub support: Kept<SupportId>,
    /// Of which kind.
    pub kind: SupportKind,
    /// Whom it is for, in order of joining.
    pub persons: Vec<PersonId>,
    /// Who gives it.
    pub volunteer: Kept<Personal<Line>>,
    /// By way of which organisation.
    pub organisation: Option<Kept<Personal<Line>>>,
    /// What it is for.
    pub question: Kept<Personal<Text>>,
    /// What the volunteer does, and what not.
    pub tasks: Option<Kept<Personal<Text>>>,
    /// The day of the match.
    pub since: CivilDay,
    /// House rules that were signed.
    pub signed: Vec<Kept<SignedView>>,
    /// The day on which a certificate of conduct was seen, with the day on which it was issued.
    pub certificate: Option<(Kept<CivilDay>, Kept<Personal<CivilDay>>)>,
    /// The trial.
    pub trial: Option<TrialView>,
    /// Terms for which it was agreed.
    pub terms: Vec<Kept<TermView>>,
    /// When it was looked at together.
    pub reviews: Vec<Kept<ReviewView>>,
    /// Measures.
    pub measures: Vec<MeasureView>,
    /// That it ended.
    pub ended: Option<Kept<EndedView>>,
}

/// That house rules were signed.
#[derive(Clone, PartialEq, Debug)]
pub struct SignedView {
    /// The day.
    pub on: CivilDay,
    /// Who of the family signed.
    pub by: Vec<PersonId>,
    /// What they say that is not usual.
    pub rules: Option<Kept<Personal<Text>>>,
}

/// That they try it.
#[derive(Clone, PartialEq, Debug)]
pub struct TrialView {
    /// First day.
    pub from: Kept<CivilDay>,
    /// Last day.
    pub until: CivilDay,
    /// The day on which it was looked at, and what came of it.
    pub evaluated: Option<Kept<(CivilDay, SupportOutcome)>>,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// A term.
#[derive(Clone, PartialEq, Debug)]
pub struct TermView {
    /// First day.
    pub from: CivilDay,
    /// Last day.
    pub until: CivilDay,
    /// What was agreed.
    pub agreements: Option<Kept<Personal<Text>>>,
}

/// A look together.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewView {
    /// The day.
    pub on: CivilDay,
    /// Who of the family took part.
    pub took_part: Vec<PersonId>,
    /// What came of it.
    pub outcome: SupportOutcome,
    /// In words.
    pub words: Kept<Personal<Text>>,
    /// The day of the next.
    pub next: Option<CivilDay>,
}

/// A measure for one person.
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// The day.
    pub on: CivilDay,
    /// Whose.
    pub person: PersonId,
    /// When.
    pub moment: MeasuredAt,
    /// Whether it does that person good.
    pub benefit: Option<Kept<Personal<bool>>>,
    /// Whether that person has formal help beside it.
    pub formal_help: Option<Kept<Personal<bool>>>,
    /// In own words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// That it ended.
#[derive(Clone, PartialEq, Debug)]
pub struct EndedView {
    /// The last day.
    pub last_day: CivilDay,
    /// Who ended it.
    pub by: EndedBy,
    /// Whether they stay in touch.
    pub in_touch: Option<bool>,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// All support matched by the day, in order of the day of the match.
#[must_use]
pub fn informal(reading: &Reading<'_>) -> Vec<SupportView> {
    let mut all: Vec<_> = reading.state().informal.all().iter().filter(|one| one.since <= reading.day()).collect();
    all.sort_by_key(|one| (one.since, reading.recorded(one.fact)));
    all.into_iter().map(|one| view(reading, one)).collect()
}

fn view(reading: &Reading<'_>, one: &Support) -> SupportView {
    let certificate = one.certificate.as_ref().filter(|seen| seen.on <= reading.day());
    SupportView {
        support: reading.kept(one.id, one.fact),
        kind: one.kind,
        persons: reading.by_joining(&one.persons),
        volunteer: reading.kept(one.volunteer.clone(), one.fact),
        organisation: one.organisation.clone().map(|line| reading.kept(line, one.fact)),
        question: reading.kept(one.question.clone(), one.fact),
        tasks: one.tasks.clone().map(|tasks| reading.kept(tasks, one.fact)),
        since: one.since,
        signed: signed(reading, one),
        certificate: certificate
            .map(|seen| (reading.kept(seen.on, seen.fact), reading.kept(seen.issued.clone(), seen.fact))),
        trial: trial(reading, one),
        terms: terms(reading, one),
        reviews: reviews(reading, one),
        measures: measures(reading, one),
        ended: ended(reading, one),
    }
}

fn signed(reading: &Reading<'_>, one: &Support) -> Vec<Kept<SignedView>> {
    let mut all: Vec<_> = one.signed.iter().filter(|signed| signed.on <= reading.day()).collect();
    all.sort_by_key(|signed| (signed.on, reading.recorded(signed.fact)));
    let view = |signed: &domain::informal::Signed| {
        let rules = signed.rules.clone().map(|rules| reading.kept(rules, signed.fact));
        reading.kept(SignedView { on: signed.on, by: reading.by_joining(&signed.by), rules }, signed.fact)
    };
    all.into_iter().map(view).collect()
}

fn trial(reading: &Reading<'_>, one: &Support) -> Option<TrialView> {
    let trial = one.trial.as_ref().filter(|trial| trial.from <= reading.day())?;
    let evaluated = trial.evaluated.as_ref().filter(|evaluated| evaluated.on <= reading.day());
    Some(TrialView {
        from: reading.kept(trial.from, trial.fact),
        until: trial.until,
        evaluated: evaluated.map(|said| reading.kept((said.on, said.outcome), said.fact)),
        words: evaluated.map(|said| reading.kept(said.words.clone(), said.fact)),
    })
}

fn terms(reading: &Reading<'_>, one: &Support) -> Vec<Kept<TermView>> {
    let mut all: Vec<_> = one.terms.iter().filter(|term| term.from <= reading.day()).collect();
    all.sort_by_key(|term| (term.from, reading.recorded(term.fact)));
    let view = |term: &domain::informal::AgreedTerm| {
        let agreements = term.agreements.clone().map(|words| reading.kept(words, term.fact));
        reading.kept(TermView { from: term.from, until: term.until, agreements }, term.fact)
    };
    all.into_iter().map(view).collect()
}

fn reviews(reading: &Reading<'_>, one: &Support) -> Vec<Kept<ReviewView>> {
    let mut all: Vec<_> = one.reviews.iter().filter(|review| review.on <= reading.day()).collect();
    all.sort_by_key(|review| (review.on, reading.recorded(review.fact)));
    let view = |review: &domain::informal::Review| {
        let words = reading.kept(review.words.clone(), review.fact);
        let took_part = reading.by_joining(&review.took_part);
        let (on, outcome, next) = (review.on, review.outcome, review.next);
        reading.kept(ReviewView { on, took_part, outcome, words, next }, review.fact)
    };
    all.into_iter().map(view).collect()
}

fn measures(reading: &Reading<'_>, one: &Support) -> Vec<MeasureView> {
    let mut all: Vec<_> = one.measures.iter().filter(|measure| measure.on <= reading.day()).collect();
    all.sort_by_key(|measure| (measure.on, reading.recorded(measure.fact)));
    let view = |measure: &domain::informal::Measure| MeasureView {
        fact: reading.kept(measure.fact, measure.fact),
        on: measure.on,
        person: measure.person,
        moment: measure.moment,
        benefit: measure.benefit.clone().map(|value| reading.kept(value, measure.fact)),
        formal_help: measure.formal_help.clone().map(|value| reading.kept(value, measure.fact)),
        words: measure.words.clone().map(|words| reading.kept(words, measure.fact)),
    };
    all.into_iter().map(view).collect()
}

fn ended(reading: &Reading<'_>, one: &Support) -> Option<Kept<EndedView>> {
    let ended = one.ended.as_ref().filter(|ended| ended.last_day <= reading.day())?;
    let words = ended.words.clone().map(|words| reading.kept(words, ended.fact));
    let view = EndedView { last_day: ended.last_day, by: ended.by, in_touch: ended.in_touch, words };
    Some(reading.kept(view, ended.fact))
}

#[cfg(test)]
mod tests {
    use domain::fact::Audience;
    use domain::informal::{InformalCommand, NewMatch};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, line, on, text};

    #[tokio::test]
    async fn it_shows_its_life_by_the_day_looked_at() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let person = office.history(case(1)).state().people.iter().next().unwrap().id;
        let new = NewMatch {
            kind: SupportKind::HomeVisitor,
            persons: vec![person],
            volunteer: line("Kwartel"),
            organisation: None,
            question: text("even op adem komen"),
            tasks: None,
        };
        office.order(case(1), InformalCommand::MatchSupport(Box::new(new))).await;
        let support = office.history(case(1)).state().informal.all()[0].id;
        let certificate = InformalCommand::RecordSupportCertificate { support, issued: day("2026-01-05") };
        office.on("2026-03-10").order(case(1), certificate).await;
        let trial = InformalCommand::StartSupportTrial { support, until: Some(day("2026-04-01")) };
        office.on("2026-03-20").order(case(1), trial).await;
        let seen = |today: &str| on(&office, today, informal);
        assert_eq!(seen("2026-03-01"), []);
        assert!(seen("2026-03-09")[0].certificate.is_none() && seen("2026-03-19")[0].trial.is_none());
        let (on, _) = seen("2026-03-20").remove(0).certificate.unwrap();
        assert_eq!((on.value, on.audience), (day("2026-03-10"), Audience::Director));
        assert_eq!(seen("2026-03-20")[0].trial.as_ref().unwrap().until, day("2026-04-01"));
    }
}
