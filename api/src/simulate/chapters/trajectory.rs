//! Help of a provider that runs, for goals of the plan: with a step on the ladder of help, until it ends or is extended (rule 13).

use domain::consent;
use domain::regie::Agreed;
use domain::service::{Environment, NewStep, NewWish, ServiceCommand, ServiceLevel};
use domain::time::Timestamp;
use domain::trajectory::{
    ExtensionAdvice, ExtensionOutcome, NewTrajectory, Trajectory, TrajectoryCommand, TrajectoryEnding,
};

use super::plan::goals_now;
use crate::demo::staff::StaffMember;
use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, line, text};
use crate::simulate::words;

pub(super) fn trajectory(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("trajectory");
    if plot.going == Going::Brief || !(plot.is_heavy() || dice.falls(shares::TRAJECTORY)) {
        return;
    }
    for (member, _) in plot.supporters(1 + usize::from(plot.going == Going::Extreme), &mut dice) {
        let days = 25 + dice.days(shares::UNTIL_HELP);
        let begins = plot.days_in(days, &mut dice);
        one(plot, begins, member, &mut dice);
    }
}

fn one(plot: &mut Plot<'_>, begins: Timestamp, member: &StaffMember, dice: &mut Dice) {
    let children: Vec<usize> = plot.family.children().collect();
    let child = children.get(dice.place(children.len())).copied().unwrap_or_default();
    let (product, runs) = (dice.word(words::PRODUCTS), dice.days(shares::HELP_RUNS));
    starts(plot, begins, (child, product, runs), member);
    let stepped = dice.falls(shares::STEP_TAKEN);
    if stepped {
        let when = plot.later(begins, 0, dice);
        let level = dice.between(3..=6);
        step(plot, when, (child, level, dice.word(words::STEPS_UP)), member, running);
    }
    let extended = dice.falls(shares::EXTENSION);
    if extended {
        let asked = plot.later(begins, runs.saturating_sub(21).max(1), dice);
        extension(plot, asked, member, dice);
    }
    let days = runs + if extended { dice.between(40..=80) } else { 0 };
    let ends = plot.later(begins, days.max(2), dice);
    ended(plot, ends, member, dice);
    if stepped {
        let when = plot.later(ends, 0, dice);
        let level = dice.between(1..=2);
        step(plot, when, (child, level, dice.word(words::STEPS_DOWN)), member, latest);
    }
}

/// It begins when everyone who must be asked about this child said yes, and there are goals for it.
fn starts(
    plot: &mut Plot<'_>,
    when: Timestamp,
    (child, product, runs): (usize, &'static str, u64),
    member: &StaffMember,
) {
    let (member, access) = (member.clone(), plot.home.access.clone());
    plot.at(when, "help starts", move |scene| {
        scene.open()?;
        scene.may_take_part(&member)?;
        let (person, goals) = (scene.person(child)?, goals_now(scene));
        let missing = consent::help_missing(scene.state, person, scene.day, scene.terms);
        if goals.is_empty() || !missing.is_empty() {
            return None;
        }
        let trajectory = NewTrajectory {
            product: line(product)?,
            provider: line(member.organisation.as_str())?,
            persons: vec![person],
            goals,
            worker: Some(member.worker()),
            from: None,
            until: Some(scene.day.plus_days(runs)),
            may_harm: false,
        };
        let command = TrajectoryCommand::StartTrajectory(Box::new(trajectory));
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// The trajectory in which this one gives help, while it runs.
fn running<'a>(scene: &'a Scene<'_>, member: &StaffMember) -> Option<&'a Trajectory> {
    let all = scene.state.trajectories.all().iter();
    all.rev().find(|one| one.worker == Some(member.worker()) && one.ended.is_none())
}

/// The last one in which this one gave help, also when it ended today.
fn latest<'a>(scene: &'a Scene<'_>, member: &StaffMember) -> Option<&'a Trajectory> {
    let all = scene.state.trajectories.all().iter();
    all.rev().find(|one| one.worker == Some(member.worker()))
}

/// Help goes up or down where the child is: at home, at the nursery, at school.
fn step(
    plot: &mut Plot<'_>,
    when: Timestamp,
    (child, level, reason): (usize, u64, &'static str),
    member: &StaffMember,
    reason_for: for<'a> fn(&'a Scene<'_>, &StaffMember) -> Option<&'a Trajectory>,
) {
    let (member, access) = (member.clone(), plot.home.access.clone());
    plot.at(when, "step", move |scene| {
        scene.open()?;
        reason_for(scene, &member)?;
        let environment = match scene.age(child)? {
            0..=1 => Environment::Family,
            2..=3 => Environment::Childcare,
            4..=11 => Environment::PrimarySchool,
            _ => Environment::SecondarySchool,
        };
        let parent = scene.person(0)?;
        let step = NewStep {
            person: scene.person(child)?,
            environment,
            level: ServiceLevel::new(u8::try_from(level).ok()?).ok()?,
            reason: text(reason)?,
            decided: vec![Agreed::Person(parent), Agreed::Worker(member.worker())],
            programme: None,
            provider: line(member.organisation.as_str()),
            wishes: vec![NewWish { person: parent, wish: text("Zo licht als het kan, zo dichtbij als het kan.")? }],
        };
        Some(Given::by(scene.in_charge(&access), ServiceCommand::TakeServiceStep(Box::new(step))))
    });
}

/// The provider asks for longer; when goals changed since it began three roles look; the college decides.
fn extension(plot: &mut Plot<'_>, asked: Timestamp, member: &StaffMember, dice: &mut Dice) {
    let (access, reason, days) = (plot.home.access.clone(), dice.word(words::EXTENDED), dice.between(60..=180));
    let (by, provider) = (access.clone(), member.clone());
    plot.at(asked, "extension asked", move |scene| {
        scene.open()?;
        let known = running(scene, &provider).filter(|known| known.waiting().is_none())?;
        let (trajectory, until) = (known.id, known.until_on(scene.day)?.max(scene.day).plus_days(days));
        let command = TrajectoryCommand::AskExtension { trajectory, until, reason: text(reason)? };
        Some(Given::by(scene.in_charge(&by), command))
    });
    let speakers = [plot.home.access.clone(), plot.home.lead.clone(), plot.home.sat.clone()];
    let mut when = asked;
    for speaker in speakers {
        when = plot.later(when, dice.between(2..=6), dice);
        let (by, member) = (access.clone(), member.clone());
        plot.at(when, "view on extension", move |scene| {
            scene.open()?;
            let extension = running(scene, &member)?.waiting()?;
            let command = TrajectoryCommand::GiveExtensionView {
                extension: extension.id,
                role: extension.missing().first().copied()?,
                worker: speaker.worker(),
                advice: ExtensionAdvice::Extend,
                view: text("Past bij de doelen zoals ze nu zijn.")?,
            };
            Some(Given::by(scene.in_charge(&by), command))
        });
    }
    when = plot.later(when, dice.between(3..=12), dice);
    let granted = dice.falls(shares::GRANTED);
    let (member, outcome) =
        (member.clone(), if granted { ExtensionOutcome::Granted } else { ExtensionOutcome::Refused });
    plot.at(when, "extension decided", move |scene| {
        scene.open()?;
        let extension = running(scene, &member)?.waiting()?.id;
        let (reason, decided_by) = (text("Gewogen met wat nog open staat.")?, line("het college")?);
        let command = TrajectoryCommand::DecideExtension { extension, outcome, until: None, reason, decided_by };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

fn ended(plot: &mut Plot<'_>, ends: Timestamp, member: &StaffMember, dice: &mut Dice) {
    let endings = [
        TrajectoryEnding::Enough,
        TrajectoryEnding::ScaledDown,
        TrajectoryEnding::OtherHelp,
        TrajectoryEnding::ByFamily,
        TrajectoryEnding::ByProvider,
    ];
    let how = endings.get(dice.weighted(shares::HELP_ENDS.of)).copied().unwrap_or(TrajectoryEnding::Enough);
    let (member, access) = (member.clone(), plot.home.access.clone());
    plot.at(ends, "help ends", move |scene| {
        scene.open()?;
        let trajectory = running(scene, &member)?.id;
        let command = TrajectoryCommand::EndTrajectory { trajectory, last_day: None, how, words: None };
        Some(Given::by(scene.in_charge(&access), command))
    });
}
