//! What one operation showed, by the decision that allowed it and by whom it was of; and which entries come of it: one for each
//! municipality that it concerns, so that whoever answers for one of them reads nothing of another.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::fact::Organisation;
use domain::ids::{ConsentId, Subject};

use super::entry::{JudgementEntry, ShownField, ShownTo};
use crate::gate::{Act, Field, JudgedAt, Purpose, Relation, Shown};

/// A decision of the gate, but for the place it was taken at: what is shown is noted under it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Decided {
    /// The operation judged.
    pub operation: &'static str,
    /// The act it was judged as.
    pub act: Act,
    /// The purpose it was judged for.
    pub purpose: Purpose,
    /// What the worker was to it.
    pub relation: Relation,
    /// Whose case or file it was about; nothing of what belongs to no municipality, or is not there.
    pub municipality: Option<Organisation>,
    /// The rules that allowed it; none for a refusal.
    pub rules: Vec<String>,
    /// The consents on which it rested.
    pub consents: Vec<ConsentId>,
    /// The code, when refused.
    pub refused: Option<&'static str>,
}

impl Decided {
    /// A refusal as it reads where nobody may hear whether there was anything: as of what is not there.
    fn as_absent(&self) -> Self {
        Self { relation: Relation::None, municipality: None, rules: Vec::new(), consents: Vec::new(), ..self.clone() }
    }
}

/// A decision under which things are noted, shared by all that notes them.
#[derive(Clone, Debug)]
pub struct Noted(Arc<Decided>);

impl From<Decided> for Noted {
    fn from(decided: Decided) -> Self {
        Self(Arc::new(decided))
    }
}

impl PartialEq for Noted {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Noted {}

impl PartialOrd for Noted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Noted {
    /// The same one is not read through: each value that is shown asks.
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

/// What came of one decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// The places it was judged at.
    places: BTreeSet<JudgedAt>,
    /// What was shown, by whom it was of. Nothing of somebody who was only asked for.
    shown: BTreeMap<Subject, BTreeSet<(Field, Shown)>>,
    /// What was shown that is of nobody: a count.
    of_nobody: BTreeSet<(Field, Shown)>,
    /// How many values.
    values: u64,
    /// How many things took their place in an answer.
    made: u64,
}

impl Part {
    fn note(&mut self, about: &[Subject], field: Field, class: Shown) {
        if about.is_empty() {
            self.of_nobody.insert((field, class));
        }
        for subject in about {
            self.shown.entry(*subject).or_default().insert((field, class));
        }
    }

    fn absorb(&mut self, other: Self) {
        self.places.extend(other.places);
        for (subject, fields) in other.shown {
            self.shown.entry(subject).or_default().extend(fields);
        }
        self.of_nobody.extend(other.of_nobody);
        self.values += other.values;
        self.made += other.made;
    }

    fn shows_anything(&self) -> bool {
        !self.of_nobody.is_empty() || self.shown.values().any(|fields| !fields.is_empty())
    }

    /// Whether it is about anybody or anything of a family.
    fn names_somebody(&self) -> bool {
        self.shown.keys().any(|subject| !matches!(subject, Subject::Worker(_)))
    }

    /// The same as of what is not there: where it was asked for, and nothing of what stood there.
    fn as_absent(&self) -> Self {
        let places = self.places.iter().map(|place| JudgedAt { revision: None, ..place.clone() });
        Self { places: places.collect(), ..Self::default() }
    }

    /// The same without whom it was of: that a list was asked for.
    fn of_the_asking(&self) -> Self {
        Self { places: self.places.clone(), of_nobody: self.of_nobody.clone(), ..Self::default() }
    }
}

/// What an operation was judged and showed so far.
#[derive(Debug, Default)]
pub(super) struct Parts(BTreeMap<Noted, Part>);

impl Parts {
    pub(super) fn judged(&mut self, noted: &Noted, place: Option<&JudgedAt>) {
        self.0.entry(noted.clone()).or_default().places.extend(place.cloned());
    }

    pub(super) fn asked(&mut self, noted: &Noted, place: Option<&JudgedAt>, about: &[Subject]) {
        let part = self.part(noted, place);
        for subject in about {
            part.shown.entry(*subject).or_default();
        }
    }

    pub(super) fn shown(
        &mut self,
        noted: &Noted,
        place: Option<&JudgedAt>,
        (about, field, class): (&[Subject], Field, Shown),
    ) {
        let part = self.part(noted, place);
        part.note(about, field, class);
        part.values += 1;
    }

    pub(super) fn made(&mut self, noted: &Noted, place: Option<&JudgedAt>, (about, field): (&[Subject], Field)) {
        let part = self.part(noted, place);
        part.note(about, field, Shown::Structure);
        part.made += 1;
    }

    pub(super) fn absorb(&mut self, other: Self) {
        for (noted, part) in other.0 {
            self.0.entry(noted).or_default().absorb(part);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn shows_anything(&self) -> bool {
        self.0.values().any(Part::shows_anything)
    }

    /// What goes under a decision, which stands there also where it was judged for another draft.
    fn part(&mut self, noted: &Noted, place: Option<&JudgedAt>) -> &mut Part {
        let part = || Part { places: place.cloned().into_iter().collect(), ..Part::default() };
        self.0.entry(noted.clone()).or_insert_with(part)
    }

    /// What each entry tells. `asked`: what was asked for by name and refused.
    pub(super) fn told(self, own: &Organisation, asked: &BTreeSet<Subject>) -> Vec<Told> {
        let Sorted { mut of, common, attempts } = self.sorted(own);
        if !attempts.0.is_empty() && only_attempts(&of, own) {
            // One attempt is one entry, for both: to whom it is nothing of theirs it reads as of what is not there.
            return of
                .into_iter()
                .map(|(municipality, parts)| {
                    Told::new([municipality, own.clone()].into(), parts.with(&common), asked.clone())
                })
                .collect();
        }
        if of.is_empty() || !attempts.0.is_empty() || !asked.is_empty() {
            of.entry(own.clone()).or_default().absorb(attempts);
        }
        let parts = of.into_iter().map(|(municipality, parts)| {
            let asked = if municipality == *own { asked.clone() } else { BTreeSet::new() };
            Told::new([municipality].into(), parts.with(&common), asked)
        });
        parts.collect()
    }

    fn sorted(self, own: &Organisation) -> Sorted {
        let mut sorted = Sorted::default();
        for (noted, part) in self.0 {
            let elsewhere = noted.0.municipality.clone();
            let attempted = noted.0.refused.is_some() && !part.places.is_empty();
            if attempted && elsewhere.as_ref().is_some_and(|municipality| municipality != own) {
                sorted.attempts.put(noted.0.as_absent().into(), part.as_absent());
            }
            match elsewhere {
                Some(municipality) => sorted.of.entry(municipality).or_default().put(noted, part),
                // What was shown of nobody's case, and what is not there.
                None if part.names_somebody() || !part.places.is_empty() => {
                    sorted.common.put(noted.clone(), part.of_the_asking());
                    sorted.of.entry(own.clone()).or_default().put(noted, part);
                }
                None => sorted.common.put(noted, part),
            }
        }
        sorted.common.0.retain(|_, part| part.places.is_empty());
        sorted
    }

    fn put(&mut self, noted: Noted, part: Part) {
        self.0.entry(noted).or_default().absorb(part);
    }

    /// The same, with what everybody is told who answers for a part of it.
    fn with(mut self, common: &Self) -> Self {
        for (noted, part) in &common.0 {
            self.0.entry(noted.clone()).or_insert_with(|| part.clone());
        }
        self
    }
}

/// What an operation was, by municipality.
#[derive(Default)]
struct Sorted {
    of: BTreeMap<Organisation, Parts>,
    /// That a list was asked for, and what is of nobody.
    common: Parts,
    /// What was refused of another municipality, as of what is not there.
    attempts: Parts,
}

/// Whether an operation came to nothing but refusals in one municipality that is not the worker's own.
fn only_attempts(of: &BTreeMap<Organisation, Parts>, own: &Organisation) -> bool {
    let refused =
        |parts: &Parts| parts.0.iter().all(|(noted, part)| noted.0.refused.is_some() && part.shown.is_empty());
    of.len() == 1 && of.iter().all(|(municipality, parts)| municipality != own && refused(parts))
}

/// What one entry tells.
pub(super) struct Told {
    pub(super) municipalities: BTreeSet<Organisation>,
    pub(super) count: u64,
    pub(super) laid: Laid,
}

impl Told {
    fn new(municipalities: BTreeSet<Organisation>, parts: Parts, asked: BTreeSet<Subject>) -> Self {
        let sum = |of: fn(&Part) -> u64| parts.0.values().map(of).sum::<u64>();
        let count = sum(|part| part.values).max(sum(|part| part.made));
        let judged: Vec<_> = parts.0.into_iter().map(|(noted, part)| Judged::from((&*noted.0, part))).collect();
        Self { municipalities, count, laid: Laid::out(&judged, asked) }
    }
}

/// A decision with what was shown by it, whoever it was of.
pub(super) struct Judged {
    pub(super) entry: JudgementEntry,
    pub(super) shown: Vec<(BTreeSet<Subject>, BTreeSet<ShownField>)>,
}

impl From<(&Decided, Part)> for Judged {
    fn from((decided, part): (&Decided, Part)) -> Self {
        let entry = JudgementEntry {
            operation: decided.operation.to_owned(),
            act: Some(decided.act.as_str().to_owned()),
            purpose: decided.purpose,
            relation: decided.relation,
            rules: decided.rules.clone(),
            consents: decided.consents.clone(),
            refused: decided.refused.map(str::to_owned),
            at: part.places.into_iter().map(|place| (place.stream.to_string(), place.revision)).collect(),
            shown: Vec::new(),
        };
        // Whoever was shown the same of is named together: each stands there once.
        let mut alike: BTreeMap<BTreeSet<(Field, Shown)>, BTreeSet<Subject>> = BTreeMap::new();
        for (subject, fields) in part.shown {
            alike.entry(fields).or_default().insert(subject);
        }
        let of_nobody = Some((part.of_nobody, BTreeSet::new())).filter(|(fields, _)| !fields.is_empty());
        let named = |fields: BTreeSet<(Field, Shown)>| fields.into_iter().map(ShownField::from).collect();
        let shown = alike.into_iter().chain(of_nobody).map(|(fields, subjects)| (subjects, named(fields)));
        Self { entry, shown: shown.collect() }
    }
}

/// Decisions with what was shown by them, as an entry keeps it: subjects and fields once, and numbers that say which go together.
pub(super) struct Laid {
    pub(super) judgements: Vec<JudgementEntry>,
    pub(super) subjects: Vec<Subject>,
    pub(super) fields: Vec<ShownField>,
}

impl Laid {
    pub(super) fn out(judged: &[Judged], asked: BTreeSet<Subject>) -> Self {
        let groups = || judged.iter().flat_map(|judged| &judged.shown);
        let named = groups().flat_map(|(subjects, _)| subjects).copied();
        let subjects: Vec<Subject> = named.chain(asked).collect::<BTreeSet<_>>().into_iter().collect();
        let shown = groups().flat_map(|(_, fields)| fields).cloned();
        let fields: Vec<ShownField> = shown.collect::<BTreeSet<_>>().into_iter().collect();
        let together = |group: &(BTreeSet<Subject>, BTreeSet<ShownField>)| {
            ShownTo(numbers(&subjects, &group.0), numbers(&fields, &group.1))
        };
        let judgements = judged
            .iter()
            .map(|judged| JudgementEntry { shown: judged.shown.iter().map(together).collect(), ..judged.entry.clone() })
            .collect();
        Self { judgements, subjects, fields }
    }
}

/// Where these stand in a list that is in order and has them all.
fn numbers<T: Ord>(list: &[T], of: &BTreeSet<T>) -> Vec<u32> {
    of.iter().filter_map(|one| u32::try_from(list.binary_search(one).ok()?).ok()).collect()
}
