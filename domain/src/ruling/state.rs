//! The rulings of a case, read at a date. One that was replaced stays readable: it explains what was done under it.

use super::{InPlace, RULING_ENDS_DUE, RulingDates, RulingEvent, RulingKind};
use crate::case::CaseEvent;
use crate::consent::ConsentKind;
use crate::fact::{Due, Fact};
use crate::ids::{EventId, PersonId, Revision, RulingId};
use crate::people::{Ruled, Source};
use crate::personal::Personal;
use crate::text::{Line, Text};
use crate::time::CivilDay;

/// A ruling as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Ruling {
    /// Its id.
    pub id: RulingId,
    /// About whom.
    pub person: PersonId,
    /// Whom else it names.
    pub others: Vec<PersonId>,
    /// About what.
    pub kind: Personal<RulingKind>,
    /// What it decides.
    pub scope: Personal<Text>,
    /// By which way people communicate.
    pub channel: Option<Personal<Text>>,
    /// How the court names it.
    pub reference: Option<Personal<Line>>,
    /// In whose place it puts the court or an institution.
    pub in_place: Option<InPlace>,
    /// The day it was pronounced.
    pub pronounced: Option<CivilDay>,
    /// Its other days, as last told.
    pub dates: RulingDates,
    /// Where we know it from.
    pub source: Source,
    /// The earlier ruling whose place it takes.
    pub replaces: Option<RulingId>,
    /// That it ended otherwise than by its last day.
    pub ended: Option<Ended>,
    /// The fact that says so.
    pub fact: EventId,
    /// The fact that last told its days.
    pub dates_told_by: EventId,
    due: Option<Due>,
    revision: Revision,
}

/// That a ruling ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Ended {
    /// Last day.
    pub last_day: CivilDay,
    /// Why.
    pub reason: Option<Personal<Text>>,
    /// The fact that says so.
    pub fact: EventId,
}

impl RulingDates {
    /// These days, with those that were told later in their place.
    #[must_use]
    pub fn with(self, later: Self) -> Self {
        Self {
            sent: later.sent.or(self.sent),
            in_force: later.in_force.or(self.in_force),
            final_on: later.final_on.or(self.final_on),
            until: later.until.or(self.until),
        }
    }
}

impl Ruling {
    /// Whether it names this person, as the one it is about or besides.
    #[must_use]
    pub fn names(&self, person: PersonId) -> bool {
        self.person == person || self.others.contains(&person)
    }

    /// Whether it is of this kind; of one that cannot be read nobody can say, so it counts as any when in doubt means fewer rights.
    fn may_be(&self, is: impl Fn(RulingKind) -> bool) -> bool {
        self.kind.known().is_none_or(|kind| is(*kind))
    }

    /// Whether it puts somebody in this person's place for this kind of consent, as a ruling of this kind.
    fn stands_in(&self, kind: RulingKind, of: PersonId, consent: ConsentKind) -> bool {
        let fits = |place: &InPlace| place.of.contains(&of) && place.kinds.contains(&consent);
        self.kind.known() == Some(&kind) && self.in_place.as_ref().is_some_and(fits)
    }
}

/// The rulings of a case: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rulings {
    all: Vec<Ruling>,
}

impl Rulings {
    /// All of them, in the order told.
    #[must_use]
    pub fn all(&self) -> &[Ruling] {
        &self.all
    }

    /// This ruling.
    #[must_use]
    pub fn get(&self, ruling: RulingId) -> Option<&Ruling> {
        self.all.iter().find(|known| known.id == ruling)
    }

    /// The ruling that takes the place of this one, with the first day on which it does: the earliest when several say so.
    #[must_use]
    pub fn replaced(&self, ruling: RulingId) -> Option<(&Ruling, CivilDay)> {
        let later = self.all.iter().filter(|later| later.replaces == Some(ruling));
        later.filter_map(|later| Some((later, later.dates.in_force?))).min_by_key(|(_, from)| *from)
    }

    /// The last day of a ruling: its own, the one it ended on, or the day before another took its place.
    #[must_use]
    pub fn last_day(&self, ruling: &Ruling) -> Option<CivilDay> {
        let replaced = self.replaced(ruling.id).map(|(_, from)| from.minus_days(1));
        let ended = ruling.ended.as_ref().map(|ended| ended.last_day);
        [ruling.dates.until, ended, replaced].into_iter().flatten().min()
    }

    /// Whether a ruling is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, ruling: &Ruling, day: CivilDay) -> bool {
        let begun = ruling.dates.in_force.is_some_and(|from| from <= day);
        begun && self.last_day(ruling).is_none_or(|last| day <= last)
    }

    /// Those in force on a day, in the order told.
    pub fn in_force(&self, day: CivilDay) -> impl Iterator<Item = &Ruling> {
        self.all.iter().filter(move |ruling| self.is_in_force(ruling, day))
    }

    /// The ruling by which the court says yes in this person's place about that subject on a day (substitute consent).
    #[must_use]
    pub fn says_yes_for(
        &self,
        giver: PersonId,
        subject: PersonId,
        kind: ConsentKind,
        day: CivilDay,
    ) -> Option<&Ruling> {
        let is =
            |ruling: &&Ruling| ruling.person == subject && ruling.stands_in(RulingKind::SubstituteConsent, giver, kind);
        self.in_force(day).find(is)
    }

    /// The ruling by which an institution has this person's part of authority over that child on a day, so that its worker is asked.
    #[must_use]
    pub fn asks_instead_of(
        &self,
        holder: PersonId,
        child: PersonId,
        kind: ConsentKind,
        day: CivilDay,
    ) -> Option<&Ruling> {
        let is = |ruling: &&Ruling| ruling.person == child && ruling.stands_in(RulingKind::Authority, holder, kind);
        self.in_force(day).find(is)
    }

    /// What was ruled about who has authority, with the days on which it is in force. An institution's part of authority leaves it with
    /// whoever has it.
    pub(super) fn about_authority(&self) -> Vec<Ruled> {
        let about = |ruling: &&Ruling| ruling.in_place.is_none() && ruling.may_be(RulingKind::is_about_authority);
        let ruled = |ruling: &Ruling| {
            let from = ruling.dates.in_force?;
            let (child, until, revision) = (ruling.person, self.last_day(ruling), ruling.revision);
            Some(Ruled { ruling: ruling.id, child, from, until, revision })
        };
        self.all.iter().filter(about).filter_map(ruled).collect()
    }

    /// Rulings that end, from the day on which somebody looks ahead until the last day.
    pub(crate) fn open_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.ends().filter(move |due| today <= due.last_day)
    }

    /// Rulings that ended by their last day, before this one.
    pub(crate) fn passed_dues(&self, today: CivilDay) -> impl Iterator<Item = Due> {
        self.ends().filter(move |due| due.last_day < today)
    }

    /// The ends that the facts carry and that stand.
    fn ends(&self) -> impl Iterator<Item = Due> {
        self.all.iter().filter_map(|ruling| {
            let due = ruling.due.as_ref()?;
            (self.last_day(ruling) == Some(due.last_day)).then(|| due.clone())
        })
    }

    /// Whether what this speaks of is there, and not ended yet.
    pub(super) fn stands(&self, event: &RulingEvent) -> bool {
        match event {
            RulingEvent::RulingRecorded { .. } => true,
            RulingEvent::RulingDatesRecorded { ruling, .. } => self.get(*ruling).is_some(),
            RulingEvent::RulingEnded { ruling, .. } => self.get(*ruling).is_some_and(|ruling| ruling.ended.is_none()),
        }
    }

    pub(super) fn apply(&mut self, fact: &Fact<CaseEvent>, event: &RulingEvent) {
        let due = fact.due.iter().find(|due| due.what == RULING_ENDS_DUE).cloned();
        match event.clone() {
            RulingEvent::RulingRecorded {
                ruling,
                person,
                others,
                kind,
                scope,
                channel,
                reference,
                in_place,
                pronounced,
                dates,
                source,
                replaces,
            } => self.all.push(Ruling {
                id: ruling,
                person,
                others,
                kind,
                scope,
                channel,
                reference,
                in_place,
                pronounced,
                dates,
                source,
                replaces,
                ended: None,
                fact: fact.id,
                dates_told_by: fact.id,
                due,
                revision: fact.revision,
            }),
            RulingEvent::RulingDatesRecorded { ruling, dates, .. } => self.change(ruling, |known| {
                known.dates = known.dates.with(dates);
                known.dates_told_by = fact.id;
                known.due = due.or(known.due.take());
            }),
            RulingEvent::RulingEnded { ruling, last_day, reason, .. } => self.change(ruling, |known| {
                if known.ended.is_none() {
                    known.ended = Some(Ended { last_day, reason, fact: fact.id });
                }
            }),
        }
    }

    fn change(&mut self, ruling: RulingId, change: impl FnOnce(&mut Ruling)) {
        if let Some(known) = self.all.iter_mut().find(|known| known.id == ruling) {
            change(known);
        }
    }
}
