//! What courts ruled, and what of it is in force on a day.

use domain::ids::{PersonId, RulingId};
use domain::people::Source;
use domain::personal::Personal;
use domain::ruling::{InPlace, Ruling, RulingDates, RulingKind};
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::ends::Ends;
use super::{Kept, Reading};

/// A ruling about somebody of the case.
#[derive(Clone, PartialEq, Debug)]
pub struct RulingView {
    /// The ruling, with who may know of it.
    pub ruling: Kept<RulingId>,
    /// About whom.
    pub person: PersonId,
    /// Whom else it names.
    pub others: Vec<PersonId>,
    /// About what.
    pub kind: Kept<Personal<RulingKind>>,
    /// What it decides.
    pub scope: Kept<Personal<Text>>,
    /// By which way people communicate.
    pub channel: Option<Kept<Personal<Text>>>,
    /// How the court names it.
    pub reference: Option<Kept<Personal<Line>>>,
    /// In whose place it puts the court or an institution.
    pub in_place: Option<InPlace>,
    /// The day it was pronounced.
    pub pronounced: Option<CivilDay>,
    /// Its other days, as last told.
    pub dates: Kept<RulingDates>,
    /// Its last day, by the facts that say so.
    pub until: Ends,
    /// Why it ended, when it ended otherwise than by its last day.
    pub ended: Option<Kept<Personal<Text>>>,
    /// Where we know it from.
    pub source: Source,
    /// The earlier ruling whose place it takes.
    pub replaces: Option<RulingId>,
    /// The ruling that takes its place.
    pub replaced_by: Option<Kept<RulingId>>,
    day: CivilDay,
}

impl RulingView {
    /// Whether it is in force on the day, to a reader who knows these facts: what they may not know counts as not told.
    pub fn is_in_force(&self, knows: impl Fn(&Kept<()>) -> bool) -> bool {
        let begun = self.dates.value.in_force.is_some_and(|from| from <= self.day);
        begun && knows(&self.dates.bare()) && self.until.reach(self.day, knows)
    }
}

/// Every ruling that was pronounced, sent or in force by the day, in the order told: also those that are over, because they explain what
/// was done under them.
#[must_use]
pub fn rulings(reading: &Reading<'_>) -> Vec<RulingView> {
    let known = reading.state().rulings.all().iter().filter(|ruling| was_there(reading, ruling));
    known.map(|ruling| view(reading, ruling)).collect()
}

/// Whether it was there on the day: by its own days, or where it has none by the day it was told.
fn was_there(reading: &Reading<'_>, ruling: &Ruling) -> bool {
    let days = [ruling.pronounced, ruling.dates.sent, ruling.dates.in_force];
    let told = || reading.facts.get(&ruling.fact).map(|fact| fact.occurred.day());
    days.into_iter().flatten().min().or_else(told).is_none_or(|first| first <= reading.day())
}

pub(super) fn view(reading: &Reading<'_>, ruling: &Ruling) -> RulingView {
    let text = |words: &Personal<Text>| reading.kept_words(words.clone(), ruling.fact);
    let replaced = reading.state().rulings.replaced(ruling.id);
    let told = ruling.dates.until.map(|until| (until, ruling.dates_told_by));
    let ended = ruling.ended.as_ref().map(|ended| (ended.last_day, ended.fact));
    let by = replaced.map(|(by, from)| (from.minus_days(1), by.fact));
    RulingView {
        ruling: reading.kept(ruling.id, ruling.fact),
        person: ruling.person,
        others: reading.by_joining(&ruling.others),
        kind: reading.kept(ruling.kind.clone(), ruling.fact),
        scope: text(&ruling.scope),
        channel: ruling.channel.as_ref().map(text),
        reference: ruling.reference.clone().map(|words| reading.kept_words(words, ruling.fact)),
        in_place: ruling.in_place.clone(),
        pronounced: ruling.pronounced,
        dates: reading.kept(ruling.dates, ruling.dates_told_by),
        until: Ends::by(reading, [told, ended, by].into_iter().flatten()),
        ended: ruling.ended.as_ref().and_then(|ended| Some(reading.kept_words(ended.reason.clone()?, ended.fact))),
        source: ruling.source,
        replaces: ruling.replaces,
        replaced_by: replaced.map(|(by, _)| reading.kept(by.id, by.fact)),
        day: reading.day(),
    }
}

#[cfg(test)]
mod tests {
    use domain::ruling::{NewRuling, RulingCommand};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, terms, text};

    async fn ruled(kind: RulingKind) -> (Office, PersonId) {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let ruling = NewRuling {
            person: child,
            others: Vec::new(),
            kind,
            scope: text("om het weekend"),
            channel: Some(text("per schoolmail")),
            reference: None,
            in_place: None,
            pronounced: Some(day("2026-02-20")),
            dates: RulingDates {
                in_force: Some(day("2026-03-10")),
                until: Some(day("2026-06-30")),
                ..RulingDates::default()
            },
            source: Source::Court,
            replaces: None,
            authority: None,
        };
        office.order(case(1), RulingCommand::RecordRuling(Box::new(ruling))).await;
        (office, child)
    }

    fn seen(office: &Office, today: &str) -> Vec<RulingView> {
        on(office, today, rulings)
    }

    #[tokio::test]
    async fn a_ruling_is_in_force_from_its_first_day_until_its_last() {
        let (office, child) = ruled(RulingKind::Contact).await;
        assert!(seen(&office, "2026-02-19").is_empty(), "not pronounced yet");
        for (today, holds) in [
            ("2026-02-20", false),
            ("2026-03-09", false),
            ("2026-03-10", true),
            ("2026-06-30", true),
            ("2026-07-01", false),
        ] {
            let seen = seen(&office, today);
            assert_eq!(seen[0].is_in_force(|_| true), holds, "{today}");
            assert_eq!((seen[0].person, seen[0].channel.is_some()), (child, true));
        }
        assert!(!seen(&office, "2026-04-01")[0].is_in_force(|_| false), "to whom may not know its days");
    }

    /// A ban is for the director alone.
    #[tokio::test]
    async fn who_may_know_a_ruling_follows_from_what_it_is_about() {
        use domain::fact::Audience;
        let (office, child) = ruled(RulingKind::Contact).await;
        assert_eq!(seen(&office, "2026-04-01")[0].ruling.audience, Audience::Child(child));
        let (office, _) = ruled(RulingKind::Ban).await;
        assert_eq!(seen(&office, "2026-04-01")[0].ruling.audience, Audience::Director);
    }
}
