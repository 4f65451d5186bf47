//! What of an entry is told to whom: to whoever answers for a municipality, and to the person whose data were looked at.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::Organisation;
use domain::ids::{Revision, Subject, WorkerId};

use super::entry::{Entry, JudgementEntry, ShownField, ShownTo, case_of};
use super::parts::{Judged, Laid};
use crate::gate::Relation;

/// Whoever reads the trail of a municipality.
#[derive(Clone, Debug)]
pub struct Accountant {
    /// Who it is.
    pub worker: WorkerId,
    /// The municipality whose trail it is.
    pub municipality: Organisation,
    /// The cases that this worker is kept out of, and everybody and everything in them.
    pub kept_out: BTreeSet<Subject>,
}

impl Accountant {
    /// What this reader is told of an entry of the municipality; nothing when it is all of what they are kept out of.
    #[must_use]
    pub fn told_of(&self, entry: &Entry) -> Option<Entry> {
        let own = entry.for_municipality(&self.municipality);
        let mut told = if own.who == self.worker {
            own.with_attempts(|place| self.is_kept_out(place))
        } else {
            own.without(&self.kept_out)?
        };
        // In an order that says nothing of what was there and what was not.
        told.judgements.sort_by(|one, other| (&one.operation, &one.at).cmp(&(&other.operation, &other.at)));
        Some(told)
    }

    fn is_kept_out(&self, stream: &str) -> bool {
        case_of(stream).is_some_and(|case| self.kept_out.contains(&Subject::Case(case)))
    }
}

impl Entry {
    /// The entry as a municipality reads it that it is kept for. What its own workers were refused elsewhere reads as what is not there.
    /// Of what an earlier release kept together for several, each is told who looked and when, and nothing of what: whose it was is not
    /// known any more.
    #[must_use]
    pub fn for_municipality(&self, municipality: &Organisation) -> Self {
        let together = self.municipalities.len() > 1;
        match (together, self.older) {
            (true, true) => Self {
                judgements: self.judgements.iter().filter(|judged| judged.at.is_empty()).cloned().collect(),
                subjects: Vec::new(),
                fields: Vec::new(),
                count: 0,
                ..self.clone()
            },
            (true, false) if *municipality == self.organisation => self.with_attempts(|_| true),
            (false, _) | (true, false) => self.clone(),
        }
    }

    /// The same, with what was refused at such places as of what is not there.
    fn with_attempts(&self, hidden: impl Fn(&str) -> bool) -> Self {
        let is_attempt =
            |judged: &&JudgementEntry| judged.refused.is_some() && judged.at.iter().any(|(stream, _)| hidden(stream));
        if !self.judgements.iter().any(|judged| is_attempt(&judged)) {
            return self.clone();
        }
        let mut judgements: Vec<JudgementEntry> = Vec::new();
        let mut put = |judged: JudgementEntry| {
            let alike =
                |other: &&mut JudgementEntry| JudgementEntry { at: judged.at.clone(), ..(**other).clone() } == judged;
            match judgements.iter_mut().find(alike) {
                Some(other) => {
                    let at: BTreeMap<String, Option<Revision>> = other.at.drain(..).chain(judged.at).collect();
                    other.at = at.into_iter().collect();
                }
                None => judgements.push(judged),
            }
        };
        for judged in &self.judgements {
            let (hidden, open): (Vec<_>, Vec<_>) = judged.at.iter().cloned().partition(|(stream, _)| hidden(stream));
            if judged.refused.is_none() || hidden.is_empty() {
                put(judged.clone());
                continue;
            }
            let at = hidden.into_iter().map(|(stream, _)| (stream, None)).collect();
            put(JudgementEntry {
                relation: Relation::None,
                rules: Vec::new(),
                consents: Vec::new(),
                at,
                ..judged.clone()
            });
            if !open.is_empty() {
                put(JudgementEntry { at: open, ..judged.clone() });
            }
        }
        Self { judgements, ..self.clone() }
    }

    /// The same without these: places, subjects, and what was shown of them. Nothing when nothing else is left.
    fn without(&self, hidden: &BTreeSet<Subject>) -> Option<Self> {
        let is_hidden = |stream: &str| case_of(stream).is_some_and(|case| hidden.contains(&Subject::Case(case)));
        let places = || self.judgements.iter().flat_map(|judged| &judged.at);
        let touched =
            places().any(|(stream, _)| is_hidden(stream)) || self.subjects.iter().any(|one| hidden.contains(one));
        if !touched {
            return Some(self.clone());
        }
        let mut judged = self.judged();
        judged.retain_mut(|judged| {
            let stood_somewhere = !judged.entry.at.is_empty();
            judged.entry.at.retain(|(stream, _)| !is_hidden(stream));
            judged.shown.retain_mut(|(subjects, _)| {
                let named = !subjects.is_empty();
                subjects.retain(|subject| !hidden.contains(subject));
                !named || !subjects.is_empty()
            });
            !stood_somewhere || !judged.entry.at.is_empty()
        });
        let asked = self.asked().into_iter().filter(|subject| !hidden.contains(subject)).collect();
        let Laid { judgements, subjects, fields } = Laid::out(&judged, asked);
        let somebody = subjects.iter().any(|subject| !matches!(subject, Subject::Worker(_)));
        if !somebody && judgements.iter().all(|judged| judged.at.is_empty()) {
            return None;
        }
        // How many values were of whom is not kept: of as many kinds as are still told.
        let left = judgements
            .iter()
            .flat_map(|judged| &judged.shown)
            .map(|ShownTo(of, fields)| of.len().max(1) * fields.len());
        let count = self.count.min(u64::try_from(left.sum::<usize>()).unwrap_or(u64::MAX));
        Some(Self { judgements, subjects, fields, count, ..self.clone() })
    }

    /// The decisions, with what was shown by each.
    fn judged(&self) -> Vec<Judged> {
        let judged = self.judgements.iter().map(|judged| {
            let shown = judged.shown.iter().map(|ShownTo(subjects, fields)| {
                (taken(&self.subjects, subjects).copied().collect(), taken(&self.fields, fields).cloned().collect())
            });
            Judged { entry: judged.clone(), shown: shown.collect() }
        });
        judged.collect()
    }

    /// Whom and what was asked for that stands under no decision; of an earlier release, everybody.
    fn asked(&self) -> BTreeSet<Subject> {
        let shown = self.judgements.iter().flat_map(|judged| &judged.shown);
        let named: BTreeSet<Subject> =
            shown.flat_map(|ShownTo(subjects, _)| taken(&self.subjects, subjects)).copied().collect();
        self.subjects.iter().filter(|subject| !named.contains(subject)).copied().collect()
    }

    /// Which fields a decision showed of any of these; `None` when it was not about them.
    #[must_use]
    pub fn shown_of(&self, judged: &JudgementEntry, of: &BTreeSet<Subject>) -> Option<BTreeSet<&ShownField>> {
        let about = |subjects: &[u32]| taken(&self.subjects, subjects).any(|subject| of.contains(subject));
        let mut theirs = judged.shown.iter().filter(|ShownTo(subjects, _)| about(subjects)).peekable();
        theirs.peek()?;
        Some(theirs.flat_map(|ShownTo(_, fields)| taken(&self.fields, fields)).collect())
    }
}

/// The ones that these numbers name.
fn taken<'l, T>(list: &'l [T], numbers: &[u32]) -> impl Iterator<Item = &'l T> {
    numbers.iter().filter_map(|number| list.get(usize::try_from(*number).ok()?))
}
