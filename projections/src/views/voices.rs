//! What children said, in their own words, and how each fares (rule 16). Each stands beside who may know it; nothing of it is counted,
//! because a count of what is hidden would be a trace of it.

use domain::fact::Audience;
use domain::ids::{ChildSignalId, EventId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::CivilDay;
use domain::voice::{Change, ChildSignal, SignalDomain, Voice};

use super::{Kept, Reading};

/// What a child said.
#[derive(Clone, PartialEq, Debug)]
pub struct VoiceView {
    /// The fact, with who may know of it.
    pub fact: Kept<EventId>,
    /// The child.
    pub child: PersonId,
    /// The day.
    pub day: CivilDay,
    /// In its own words.
    pub words: Kept<Personal<Text>>,
    /// Who listened.
    pub listener: WorkerId,
    /// How it came about.
    pub setting: Option<Kept<Personal<Text>>>,
    /// For which workers only; none when it is for the director, or for who works for the child.
    pub known_to: Vec<WorkerId>,
    /// Who of the family may know, as the child said.
    pub family_may_know: Vec<PersonId>,
}

/// A signal about how a child fares.
#[derive(Clone, PartialEq, Debug)]
pub struct ChildSignalView {
    /// The signal, with who may know of it.
    pub signal: Kept<ChildSignalId>,
    /// The child.
    pub child: PersonId,
    /// About what.
    pub domain: Kept<Personal<SignalDomain>>,
    /// Who of the family told it.
    pub told_by: Option<PersonId>,
    /// Which worker noticed or was told.
    pub worker: WorkerId,
    /// The day on which it was opened.
    pub opened: CivilDay,
    /// How it went, in the order of the days.
    pub steps: Vec<StepView>,
    /// That it is over by the day, with the words.
    pub closed: Option<Kept<ClosedView>>,
}

/// How it went on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct StepView {
    /// The day.
    pub day: CivilDay,
    /// How it went.
    pub change: Kept<Personal<Change>>,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// That a signal is over.
#[derive(Clone, PartialEq, Debug)]
pub struct ClosedView {
    /// The day.
    pub day: CivilDay,
    /// In words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// Everything a child said by the day, in the order of the days.
#[must_use]
pub fn voices(reading: &Reading<'_>) -> Vec<VoiceView> {
    let heard = reading.state().voices.heard().iter().filter(|voice| voice.day <= reading.day());
    let mut voices: Vec<_> = heard.map(|voice| heard_as(reading, voice)).collect();
    voices.sort_by_key(|voice| voice.day);
    voices
}

fn heard_as(reading: &Reading<'_>, voice: &Voice) -> VoiceView {
    let fact = reading.kept(voice.fact, voice.fact);
    let known_to = match &fact.audience {
        Audience::Workers(workers) => workers.clone(),
        _ => Vec::new(),
    };
    VoiceView {
        child: voice.child,
        day: voice.day,
        words: reading.kept(voice.words.clone(), voice.fact),
        listener: voice.listener,
        setting: voice.setting.clone().map(|setting| reading.kept(setting, voice.fact)),
        known_to,
        family_may_know: reading.by_joining(&voice.family_may_know),
        fact,
    }
}

/// Every signal opened by the day, in the order of the days.
#[must_use]
pub fn child_signals(reading: &Reading<'_>) -> Vec<ChildSignalView> {
    let all = reading.state().voices.signals().iter();
    let mut signals: Vec<_> = all.filter_map(|signal| signalled(reading, signal)).collect();
    signals.sort_by_key(|signal| signal.opened);
    signals
}

fn signalled(reading: &Reading<'_>, signal: &ChildSignal) -> Option<ChildSignalView> {
    let day = reading.day();
    let mut steps: Vec<_> = signal.steps.iter().filter(|step| step.day <= day).collect();
    let opened = signal.steps.iter().find(|step| step.fact == signal.fact).map(|step| step.day)?;
    steps.sort_by_key(|step| step.day);
    let closed = signal.closed.as_ref().filter(|closed| closed.day <= day);
    (opened <= day).then(|| ChildSignalView {
        signal: reading.kept(signal.id, signal.fact),
        child: signal.child,
        domain: reading.kept(signal.domain.clone(), signal.fact),
        told_by: signal.told_by,
        worker: signal.worker,
        opened,
        steps: steps
            .into_iter()
            .map(|step| StepView {
                day: step.day,
                change: reading.kept(step.change.clone(), step.fact),
                words: step.words.clone().map(|words| reading.kept(words, step.fact)),
            })
            .collect(),
        closed: closed.map(|closed| {
            let words = closed.words.clone().map(|words| reading.kept(words, closed.fact));
            reading.kept(ClosedView { day: closed.day, words }, closed.fact)
        }),
    })
}

#[cfg(test)]
mod tests {
    use domain::voice::VoiceCommand;

    use super::*;
    use crate::testing::{JOOST, NOOR, Office, case, day, on, terms, text};

    async fn heard() -> (Office, PersonId) {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let known_to = Audience::Workers(vec![JOOST]);
        let says = VoiceCommand::RecordChildVoice {
            child,
            words: text("Ik wil gewoon rust."),
            listener: Some(NOOR),
            setting: None,
            known_to: known_to.clone(),
            family_may_know: vec![],
        };
        office.order(case(1), says).await;
        let opens = VoiceCommand::OpenChildSignal {
            child,
            domain: SignalDomain::Physical,
            change: Change::Worse,
            words: Some(text("Buikpijn voor het wisselen.")),
            told_by: Some(child),
            worker: None,
            known_to,
        };
        office.order(case(1), opens).await;
        (office, child)
    }

    #[tokio::test]
    async fn it_says_for_whom_it_is() {
        let (office, child) = heard().await;
        let voice = on(&office, "2026-03-02", voices).remove(0);
        assert_eq!((voice.child, voice.listener, voice.known_to.as_slice()), (child, NOOR, &[JOOST][..]));
        assert_eq!(voice.words.audience, Audience::Workers(vec![JOOST]));
        assert_eq!(on(&office, "2026-03-01", voices), []);
    }

    #[tokio::test]
    async fn a_signal_is_open_until_it_is_closed_as_looked_at() {
        let (mut office, _) = heard().await;
        let signal = on(&office, "2026-03-02", child_signals).remove(0).signal.value;
        let changes = VoiceCommand::ChangeChildSignal { signal, change: Change::Better, words: None };
        office.on("2026-03-10").order(case(1), changes).await;
        office.on("2026-03-20").order(case(1), VoiceCommand::CloseChildSignal { signal, words: None }).await;
        let seen = |today| on(&office, today, child_signals).remove(0);
        assert_eq!((seen("2026-03-09").steps.len(), seen("2026-03-10").steps.len()), (1, 2));
        assert!(seen("2026-03-19").closed.is_none());
        assert_eq!(seen("2026-03-20").closed.unwrap().value.day, day("2026-03-20"));
        assert_eq!(seen("2026-03-20").steps[1].change.value.known(), Some(&Change::Better));
    }
}
