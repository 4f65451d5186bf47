//! Help: steps up and down, bodies that join, trajectories, what was weighed, asked and referred, conditions, and informal support.

use crate::application::tests as apply_for;
use crate::application::{ApplicationCommand, ApplicationKind, NewApplication};
use crate::case::{CaseCommand, CaseEvent};
use crate::framework::tests as condition;
use crate::framework::{FrameworkCommand, NewCondition};
use crate::informal::tests as support;
use crate::informal::{InformalCommand, MeasuredAt, NewMeasure, SupportOutcome};
use crate::life::LegalFramework;
use crate::model::scene::{Dice, Scene, WORKERS};
use crate::plan::{Item, PlanEvent};
use crate::referral::ReferralCommand;
use crate::referral::tests as refer;
use crate::regie::Agreed;
use crate::service::{AdvisedOn, Body, Environment, NewStep, ServiceCommand, ServiceEvent, ServiceLevel};
use crate::testing::*;
use crate::trajectory::tests as run;
use crate::trajectory::{
    ExtensionAdvice, ExtensionOutcome, NewTrajectory, ReviewRole, Trajectory, TrajectoryCommand, TrajectoryEvent,
};
use crate::weighing::tests as weigh;
use crate::weighing::{NewJustification, WeighingCommand};

pub(super) fn help(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    match dice.below(10) {
        0 | 1 => service(scene, dice).map(Into::into),
        2..=5 => trajectory(scene, dice).map(Into::into),
        6 => weighing(scene, dice).map(Into::into),
        7 => Some(application(scene, dice).into()),
        8 => referral(scene, dice).map(Into::into),
        _ => framework(scene, dice).map(Into::into),
    }
}

fn service(scene: &Scene<'_>, dice: &mut Dice) -> Option<ServiceCommand> {
    let joined = scene.told(|event| match event {
        CaseEvent::Service(ServiceEvent::BodyJoined { involvement, .. }) => Some(*involvement),
        _ => None,
    });
    let taken = scene.told(|event| match event {
        CaseEvent::Service(ServiceEvent::ServiceStepTaken { step, .. }) => Some(*step),
        _ => None,
    });
    let reason = text("zo gaat het verder");
    Some(match dice.below(6) {
        0..=2 => ServiceCommand::TakeServiceStep(Box::new(NewStep {
            person: scene.person(dice),
            environment: Environment::Family,
            level: ServiceLevel::new(u8::try_from(dice.below(10) + 1).unwrap()).unwrap(),
            reason,
            decided: vec![Agreed::Person(scene.parent(dice))],
            programme: None,
            provider: None,
            wishes: vec![],
        })),
        3 => ServiceCommand::RecordBodyJoined {
            body: dice.one_of(&[Body::Ret, Body::VeiligThuis, Body::Raad]),
            organisation: None,
            persons: vec![scene.child(dice)],
            reason,
            family_told: None,
        },
        4 => ServiceCommand::RecordBodyLeft { involvement: dice.late_of(&joined)?, reason },
        _ => {
            let (on, advice) = (AdvisedOn::Step(dice.late_of(&taken)?), text("stap terug"));
            ServiceCommand::RecordAdvice { on, source: line("richtlijn"), advice }
        }
    })
}

fn goals(scene: &Scene<'_>) -> Vec<crate::ids::GoalId> {
    scene.told(|event| match event {
        CaseEvent::Plan(PlanEvent::GoalProposed { goal, .. }) => Some(*goal),
        _ => None,
    })
}

fn trajectory(scene: &Scene<'_>, dice: &mut Dice) -> Option<TrajectoryCommand> {
    let all = scene.state().trajectories.all();
    let ids: Vec<_> = all.iter().map(|one| one.id).collect();
    let Some(id) = dice.late_of(&ids).filter(|_| !dice.once_in(8)) else {
        let until = Some(scene.day(dice, 0, 60));
        let persons = vec![scene.child(dice)];
        return Some(run::start(NewTrajectory { persons, until, ..run::new(&dice.some_of(&goals(scene))) }));
    };
    let asked = |reviewed: bool| {
        scene.told(|event| match event {
            CaseEvent::Trajectory(TrajectoryEvent::ExtensionAsked { extension, pseudonym, .. }) => {
                (pseudonym.is_some() || !reviewed).then_some(*extension)
            }
            _ => None,
        })
    };
    let extend = |dice: &mut Dice| {
        let until = scene.day(dice, 0, 200);
        TrajectoryCommand::AskExtension { trajectory: id, until, reason: text("nog nodig") }
    };
    // Goals that changed on the way are looked at by three.
    let changed = |known: &Trajectory| known.goals.len() > 1 && known.extensions.is_empty();
    if scene.state().trajectories.get(id).is_some_and(changed) && dice.once_in(2) {
        return Some(extend(dice));
    }
    let extension = dice.late_of(&asked(false));
    let reviewed = dice.late_of(&asked(true));
    let waits = extension.is_some() && !dice.once_in(3);
    Some(match if waits { 4 + dice.below(9) } else { dice.below(14) } {
        0 | 1 => {
            TrajectoryCommand::SetTrajectoryGoals { trajectory: id, goals: dice.some_of(&goals(scene)), words: None }
        }
        2 | 3 => extend(dice),
        4..=8 => TrajectoryCommand::GiveExtensionView {
            extension: reviewed.or(extension)?,
            role: dice.one_of(&[ReviewRole::CoreTeam, ReviewRole::ContractManager, ReviewRole::LegalAdviser]),
            worker: dice.one_of(&WORKERS),
            advice: ExtensionAdvice::Extend,
            view: text("past bij de doelen"),
        },
        9 | 10 => {
            let granted = dice.once_in(3);
            TrajectoryCommand::DecideExtension {
                extension: extension?,
                outcome: if granted { ExtensionOutcome::Granted } else { ExtensionOutcome::Refused },
                until: granted.then(|| scene.day(dice, 0, 200)),
                reason: text("gewogen"),
                decided_by: line("het college"),
            }
        }
        11 | 12 => {
            TrajectoryCommand::ObjectToExtension { extension: extension?, person: scene.parent(dice), words: None }
        }
        _ => run::end(id, None),
    })
}

fn weighing(scene: &Scene<'_>, dice: &mut Dice) -> Option<WeighingCommand> {
    let known: Vec<_> = scene.state().weighings.all().iter().map(|one| one.id).collect();
    let ahead = scene.day(dice, 0, 30).to_string();
    Some(match dice.below(3) {
        0 => WeighingCommand::JustifyHarmfulHelp(Box::new(NewJustification {
            persons: vec![scene.child(dice)],
            help: line("opname met verlof"),
            trajectory: None,
            benefit: text("rust"),
            harm: text("weg van huis"),
            lighter: None,
            justification: text("lichter hielp niet"),
            child_interest: None,
            decided: vec![Agreed::Person(scene.parent(dice))],
            review: Some(scene.day(dice, 0, 30)),
        })),
        1 => weigh::wait(&[scene.person(dice)], &ahead),
        _ => weigh::look(dice.late_of(&known)?, dice.once_in(2).then_some(ahead.as_str())),
    })
}

fn application(scene: &Scene<'_>, dice: &mut Dice) -> ApplicationCommand {
    let known: Vec<_> = scene.state().applications.all().iter().map(|one| one.id).collect();
    let ahead = scene.day(dice, 0, 30);
    match (dice.below(3), dice.late_of(&known)) {
        (0, Some(known)) => apply_for::answer(known),
        (1, Some(known)) => apply_for::delay(known, Some(&ahead.to_string())),
        _ => ApplicationCommand::MakeApplication(Box::new(NewApplication {
            kind: dice.one_of(&[ApplicationKind::Decision, ApplicationKind::MaterialAid]),
            persons: vec![scene.person(dice)],
            what: text("begeleiding thuis"),
            of_whom: line("gemeente"),
            concern: None,
            trajectory: None,
            answer_by: Some(ahead),
        })),
    }
}

fn referral(scene: &Scene<'_>, dice: &mut Dice) -> Option<ReferralCommand> {
    let known: Vec<_> = scene.state().referrals.all().iter().map(|one| one.id).collect();
    if dice.once_in(2) {
        return Some(refer::record(&scene.parents()));
    }
    let item = Item::Goal(dice.late_of(&goals(scene))?);
    Some(ReferralCommand::PlanReferral { referral: dice.late_of(&known)?, item })
}

fn framework(scene: &Scene<'_>, dice: &mut Dice) -> Option<FrameworkCommand> {
    let known: Vec<_> = scene.state().conditions.all().iter().map(|one| one.id).collect();
    Some(match dice.below(5) {
        0 => {
            let framework = dice.one_of(&[LegalFramework::Voluntary, LegalFramework::Compulsory]);
            FrameworkCommand::ChangeLegalFramework { framework, from: scene.maybe_day(dice, 10, 0), ruling: None }
        }
        1 | 2 => {
            let child = vec![scene.child(dice)];
            FrameworkCommand::SetCondition(Box::new(NewCondition {
                persons: child.clone(),
                what: text("elke ochtend naar school"),
                why: text("zonder school geen rust"),
                set_by: line("toegang van de gemeente"),
                until: scene.day(dice, 0, 60),
                explained: child,
            }))
        }
        3 => condition::says(dice.late_of(&known)?, scene.child(dice), !dice.once_in(3)),
        _ => condition::over(dice.late_of(&known)?),
    })
}

pub(super) fn informal(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let all: Vec<_> = scene.state().informal.all().iter().map(|one| one.id).collect();
    let Some(id) = dice.late_of(&all).filter(|_| !dice.once_in(8)) else {
        return Some(support::matched(&[scene.child(dice)]).into());
    };
    let (ahead, words) = (scene.maybe_day(dice, 0, 60), text("het loopt"));
    let command = match dice.below(9) {
        0 => support::sign(id),
        1 => InformalCommand::RecordSupportCertificate { support: id, issued: scene.day(dice, 20, 0) },
        2 => InformalCommand::StartSupportTrial { support: id, until: ahead },
        3 => InformalCommand::EvaluateSupportTrial { support: id, outcome: SupportOutcome::GoesOn, words },
        4 => InformalCommand::AgreeSupportTerm { support: id, from: None, until: ahead, agreements: None },
        5 => InformalCommand::ReviewSupport {
            support: id,
            took_part: scene.parents(),
            outcome: SupportOutcome::GoesOn,
            words,
            next: ahead,
        },
        6 | 7 => {
            let moment = dice.one_of(&[MeasuredAt::Baseline, MeasuredAt::Interim]);
            let person = scene.person(dice);
            let measure = NewMeasure { person, moment, benefit: None, formal_help: None, words: None };
            InformalCommand::MeasureSupport { support: id, measure }
        }
        _ => support::stop(id, None),
    };
    Some(command.into())
}
