//! The episode of a divorce, conflicts between its people, and `DOnS`.

use crate::case::{CaseCommand, CaseEvent};
use crate::conflict::tests::{assess, energy, flare_up, name_conflict};
use crate::conflict::{ConflictCommand, ConflictEvent, NetworkEffect, ParentingForm, RestKind};
use crate::decider::DomainCommand as _;
use crate::divorce::episode::machine::open_from;
use crate::divorce::episode::tests as episode;
use crate::divorce::episode::{DivorceTrack, Episode, EpisodeCommand, EpisodeState, EpisodeStep, Feature, NewChoice};
use crate::divorce::{
    BarrierKind, DivorceEvent, DonsCommand, DonsConversationKind, DonsEvent, FamilyRepresentative, NewDonsConversation,
};
use crate::ids::TrajectoryId;
use crate::model::scene::{ANJA, Dice, FENNA, ROOS, Scene, TESS, WIM};
use crate::testing::*;

fn choice(scene: &Scene<'_>, dice: &mut Dice) -> NewChoice {
    let tracks = [DivorceTrack::Dons, DivorceTrack::Dons, DivorceTrack::PlanPerHousehold, DivorceTrack::Redirected];
    let mut choice = NewChoice { informed: scene.parents(), ..episode::choice(dice.one_of(&tracks)) };
    if dice.once_in(8) {
        choice.alternatives.clear();
    }
    choice
}

fn recognise(dice: &mut Dice) -> EpisodeCommand {
    let second = dice.one_of(&[Feature::StrainNamed, Feature::DestructiveCommunication, Feature::MutualAccusations]);
    let seen = vec![episode::saw(Feature::KeepsFlaring, ANJA), episode::saw(second, dice.one_of(&[TESS, TESS, ANJA]))];
    EpisodeCommand::RecogniseComplexDivorce { seen, rationale: text("samen gewogen") }
}

/// Mostly what the table has open from where it stands.
pub(super) fn episode(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let stands = scene.state().divorce.episodes().last().map_or(EpisodeState::Quiet, Episode::state);
    let open = open_from(stands);
    let rests = [EpisodeState::Settling, EpisodeState::Rest, EpisodeState::ContactRestoration].contains(&stands);
    let conflicts = scene.state().conflicts.all();
    if let Some(conflict) = conflicts.last().filter(|_| rests && dice.once_in(4)) {
        return Some(flare_up(conflict.id, None).into());
    }
    let steps: Vec<_> = EpisodeStep::ALL.into_iter().filter(|step| open.contains(&step.command())).collect();
    let step = dice.any_of(&steps).filter(|_| !dice.once_in(8)).or_else(|| Some(dice.one_of(&EpisodeStep::ALL)));
    let signal = || episode::signal("spanning bij het ophalen");
    let commands = [
        signal(),
        recognise(dice),
        episode::acknowledge(scene.parent(dice)),
        EpisodeCommand::DecideDivorceTriage(choice(scene, dice)),
        EpisodeCommand::SwitchDivorceTrack(choice(scene, dice)),
        EpisodeCommand::SettleDivorceEpisode {
            look_back: dice.once_in(2).then(|| scene.day(dice, 0, 60)),
            words: text("ieder op eigen wijze"),
        },
        EpisodeCommand::RecordNamedStrain { person: scene.parent(dice), words: text("moe") },
        episode::step(step.unwrap_or(EpisodeStep::Reviewed)),
    ];
    if dice.once_in(8) {
        return Some(dice.one_of(&commands).into());
    }
    let commands = commands.map(CaseCommand::from).into_iter();
    let open: Vec<_> = commands.filter(|command| open.contains(&command.name())).collect();
    Some(dice.any_of(&open).unwrap_or_else(|| signal().into()))
}

pub(super) fn conflict(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let known = scene.told(|event| match event {
        CaseEvent::Conflict(ConflictEvent::ConflictNamed { conflict, .. }) => Some(*conflict),
        _ => None,
    });
    let (person, parents) = (scene.parent(dice), scene.parents());
    let Some(conflict) = dice.late_of(&known).filter(|_| !dice.once_in(12)) else {
        return Some(name_conflict(&parents).into());
    };
    let command = match dice.below(13) {
        0..=3 => {
            let stage = u8::try_from(dice.below(9) + 1).unwrap();
            assess(conflict, &[(person, (!dice.once_in(10)).then_some(stage))])
        }
        4 | 5 => {
            let form = dice.one_of(&[ParentingForm::Cooperative, ParentingForm::Parallel, ParentingForm::Conflict]);
            ConflictCommand::AssessParentingForm { parents, form, basis: text("een gesprek"), by: None }
        }
        6 | 7 => flare_up(conflict, dice.once_in(2).then_some(person)),
        8 => energy(conflict, person, u8::try_from(dice.below(101)).unwrap()),
        9 | 10 => {
            let effect = dice.one_of(&[NetworkEffect::Feeds, NetworkEffect::Calms, NetworkEffect::Unknown]);
            let person = if dice.once_in(8) { person } else { ROOS };
            ConflictCommand::AssessNetworkEffect { conflict, person, effect, basis: text("een gesprek"), by: None }
        }
        11 => {
            let (from, conflict) = (scene.day(dice, 20, 0), dice.once_in(2).then_some(conflict));
            ConflictCommand::ReportCalmPeriod { person, conflict, from, until: None, words: None }
        }
        _ => {
            let kind = dice.one_of(&[RestKind::Resting, RestKind::Ended]);
            ConflictCommand::RestConflict { conflict, kind, reason: text("rustig") }
        }
    };
    Some(command.into())
}

fn duo(scene: &Scene<'_>, dice: &mut Dice) -> DonsCommand {
    let other = if dice.once_in(6) { WIM } else { FENNA };
    let representatives =
        [WIM, other].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    DonsCommand::AssignDonsDuo { representatives, from: scene.maybe_day(dice, 5, 5), untrained: vec![] }
}

pub(super) fn dons(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let divorce = &scene.state().divorce;
    let trajectories: Vec<_> = divorce.duos().iter().map(|duo| duo.trajectory).collect();
    let Some(trajectory) = dice.late_of(&trajectories).filter(|_| !dice.once_in(12)) else {
        let theirs = divorce.track_on(scene.today()) == Some(DivorceTrack::Dons);
        return (theirs || dice.once_in(10)).then(|| duo(scene, dice).into());
    };
    let goals = scene.told(|event| match event {
        CaseEvent::Divorce(DivorceEvent::Dons(DonsEvent::ParentGoalDrafted { goal, .. })) => Some(*goal),
        _ => None,
    });
    let (goal, barriers) = (dice.late_of(&goals), divorce.barriers().iter().map(|one| one.id).collect::<Vec<_>>());
    let (conversation, words) = (None, text("nieuws tegelijk"));
    if let Some(barrier) = dice.late_of(&barriers).filter(|_| dice.once_in(3)) {
        return Some(DonsCommand::LiftBarrier { barrier, words: None }.into());
    }
    let command = match dice.below(16) {
        0..=4 => conversation_of(scene, trajectory, dice),
        5 => DonsCommand::RecordDonsNotHeld {
            trajectory,
            kind: DonsConversationKind::FourWay,
            absent: vec![scene.parent(dice)],
            preparation: 20,
            reason: text("ziek"),
        },
        6 | 7 => DonsCommand::DraftParentGoal { trajectory, parents: vec![], conversation, words },
        8 => DonsCommand::AdjustParentGoal { goal: goal?, conversation, words },
        9 | 10 => DonsCommand::FixParentGoal { goal: goal?, conversation },
        11 | 12 => {
            DonsCommand::OpenBarrier { kind: BarrierKind::CourtCase, persons: vec![scene.parent(dice)], words: None }
        }
        13 if dice.once_in(2) => {
            let last_day = scene.maybe_day(dice, 3, 0);
            DonsCommand::EndDons { trajectory, last_day, reason: text("rechtszaak") }
        }
        14 => DonsCommand::CompleteDons {
            trajectory,
            last_day: None,
            communication: Some(text("beter")),
            contact: None,
            agreements: None,
        },
        _ => duo(scene, dice),
    };
    Some(command.into())
}

fn conversation_of(scene: &Scene<'_>, trajectory: TrajectoryId, dice: &mut Dice) -> DonsCommand {
    use DonsConversationKind::{FourWay, Information, Preparatory, ProcessGuidance};
    let kind = dice.one_of(&[Information, Preparatory, FourWay, ProcessGuidance]);
    let present = if kind == Preparatory { vec![scene.parent(dice)] } else { scene.parents() };
    DonsCommand::RecordDonsConversation(Box::new(NewDonsConversation {
        trajectory,
        kind,
        present,
        apart: kind == Information,
        representatives: vec![],
        minutes: 60,
        preparation: 30,
        topics: vec![],
        sub_goals: vec![],
        words: None,
        explanation: None,
    }))
}
