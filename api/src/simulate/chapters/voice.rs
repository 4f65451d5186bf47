//! What children say, in their own words, and how they fare (rule 16). For who works for the child, or for the director alone.

use domain::fact::Audience;
use domain::voice::{Change, SignalDomain, VoiceCommand};

use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, text};
use crate::simulate::words;

/// A child is heard.
pub(super) fn voice(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("voice");
    let child = one_of(plot, &mut dice);
    let times = u64::from(dice.falls(shares::VOICE)) + if plot.is_heavy() { dice.between(0..=2) } else { 0 };
    if plot.going == Going::Brief {
        return;
    }
    for _ in 0..times {
        let (when, words) = (plot.some_time(&mut dice), dice.word(words::VOICES));
        let (wide, parent) = (dice.place(3) > 0, dice.place(4) == 0);
        let access = plot.home.access.clone();
        plot.at(when, "child heard", move |scene| {
            scene.open()?;
            heard_from(scene, child, shares::HEARD_FROM)?;
            let child = scene.person(child)?;
            let command = VoiceCommand::RecordChildVoice {
                child,
                words: text(words)?,
                listener: None,
                setting: text("Op school, na de les, met z'n tweeën."),
                known_to: if wide { Audience::Child(child) } else { Audience::Director },
                family_may_know: if parent { vec![scene.person(0)?] } else { Vec::new() },
            };
            Some(Given::by(scene.in_charge(&access), command))
        });
    }
}

fn one_of(plot: &Plot<'_>, dice: &mut Dice) -> usize {
    plot.family.children().start + dice.place(plot.family.children)
}

/// Goes on while the child is of this age, and a child.
fn heard_from(scene: &Scene<'_>, child: usize, age: u32) -> Option<()> {
    let now = scene.age(child)?;
    (age <= now && now < scene.terms.consent_ages.adult()).then_some(())
}

/// A signal about how a child fares: opened, followed, over.
pub(super) fn signal(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("child signal");
    let child = one_of(plot, &mut dice);
    if plot.going == Going::Brief || !(plot.going == Going::Extreme || dice.falls(shares::CHILD_SIGNAL)) {
        return;
    }
    let domains = [SignalDomain::Sleeping, SignalDomain::Eating, SignalDomain::Mood, SignalDomain::Behaviour];
    let domain = domains.get(dice.place(domains.len())).copied().unwrap_or(SignalDomain::Mood);
    let (mut when, words) = (plot.some_time(&mut dice), dice.word(words::SIGNALS));
    let access = plot.home.access.clone();
    let by = access.clone();
    plot.at(when, "child signal", move |scene| {
        scene.open()?;
        heard_from(scene, child, 0)?;
        let child = scene.person(child)?;
        let command = VoiceCommand::OpenChildSignal {
            child,
            domain,
            change: Change::Worse,
            words: text(words),
            told_by: scene.person(0),
            worker: None,
            known_to: Audience::Child(child),
        };
        Some(Given::by(scene.in_charge(&by), command))
    });
    for change in [Change::Same, Change::Better] {
        when = plot.later(when, dice.between(14..=60), &mut dice);
        let by = access.clone();
        plot.at(when, "child fares", move |scene| {
            scene.open()?;
            let signal = scene.state.voices.signals().iter().find(|signal| signal.closed.is_none())?.id;
            let command = VoiceCommand::ChangeChildSignal { signal, change, words: None };
            Some(Given::by(scene.in_charge(&by), command))
        });
    }
    when = plot.later(when, dice.between(14..=60), &mut dice);
    plot.at(when, "child signal over", move |scene| {
        scene.open()?;
        let signal = scene.state.voices.signals().iter().find(|signal| signal.closed.is_none())?.id;
        Some(Given::by(scene.in_charge(&access), VoiceCommand::CloseChildSignal { signal, words: None }))
    });
}
