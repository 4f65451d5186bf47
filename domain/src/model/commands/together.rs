//! What is done together: conferences that are held, stopped and resumed; crisis plan and card; the regional team; steps with each person.

use crate::case::{CaseCommand, CaseEvent};
use crate::conference::tests as meet;
use crate::conference::{ConferenceCommand, NewConference};
use crate::crisis::{CrisisCommand, NewCard};
use crate::crisisplan::CrisisPlanCommand;
use crate::crisisplan::NewCrisisPlan;
use crate::crisisplan::tests as crisis_plan;
use crate::fact::Audience;
use crate::ids::ConferenceId;
use crate::model::scene::{ANJA, Dice, FENNA, Scene, TESS, WIM};
use crate::plan::Owner;
use crate::ret::tests as regional;
use crate::ret::{NewRet, NewTold, RetCommand};
use crate::steps::tests as with_each;
use crate::steps::{ConversationStep, OptionEffect, StepsCommand, StepsEvent};
use crate::testing::*;

fn guests(scene: &Scene<'_>, dice: &mut Dice) -> Vec<crate::conference::NewGuest> {
    let mut there = vec![meet::person_there(scene.parent(dice))];
    if dice.once_in(2) {
        there = scene.parents().into_iter().map(meet::person_there).collect();
    }
    if dice.once_in(2) {
        there.push(meet::worker_there(WIM, &[(scene.parent(dice), Some(true))]));
    }
    there
}

pub(super) fn conferences(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    let all: Vec<_> = scene.state().conferences.all().iter().map(|one| one.id).collect();
    let Some(conference) = dice.late_of(&all).filter(|_| !dice.once_in(4)) else {
        let planned = scene.maybe_day(dice, 0, 10);
        let new = NewConference { planned, ..meet::meeting(&[scene.person(dice)], guests(scene, dice)) };
        return Some(meet::call(new).into());
    };
    Some(goes_on(scene, conference, dice).into())
}

fn goes_on(scene: &Scene<'_>, conference: ConferenceId, dice: &mut Dice) -> ConferenceCommand {
    let listeners = [WIM, FENNA, TESS, ANJA];
    let hearings: Vec<_> = scene.parents().into_iter().zip([WIM, FENNA]).collect();
    let held = meet::held(conference, guests(scene, dice));
    match dice.below(8) {
        0 | 1 => meet::hold(held),
        2 => meet::stop(conference, &hearings),
        3 => meet::stopped::plan(conference, &hearings),
        4 | 5 => meet::stopped::hear(conference, scene.parent(dice), dice.one_of(&listeners)),
        6 => meet::stopped::resume(held),
        _ => meet::stopped::end(conference),
    }
}

pub(super) fn crisis(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    match dice.below(7) {
        0 | 1 => {
            let owners = [Owner::Worker(WIM), Owner::Person(scene.parent(dice)), Owner::Nobody];
            let plan = NewCrisisPlan { children: vec![scene.child(dice)], ..crisis_plan::plan(&dice.some_of(&owners)) };
            Some(crisis_plan::write(plan).into())
        }
        2 => Some(CrisisPlanCommand::ReviewCrisisPlan { words: None }.into()),
        3 => Some(card(scene, dice).into()),
        _ => ret(scene, dice).map(Into::into),
    }
}

fn card(scene: &Scene<'_>, dice: &mut Dice) -> CrisisCommand {
    CrisisCommand::WriteCrisisCard(Box::new(NewCard {
        child: scene.child(dice),
        sleeps: Some(text("bij mama")),
        call: text("achterwacht"),
        do_not_call: None,
        agreements: None,
        rulings: None,
        expires: scene.day(dice, 0, 20),
    }))
}

fn ret(scene: &Scene<'_>, dice: &mut Dice) -> Option<RetCommand> {
    let all: Vec<_> = scene.state().ret.all().iter().map(|one| one.id).collect();
    let told = NewTold { persons: scene.parents(), words: text("wat dit team niet doet") };
    let Some(ret) = dice.late_of(&all) else {
        let told = dice.once_in(2).then_some(told);
        return Some(regional::ask(NewRet { children: vec![scene.child(dice)], told, ..regional::question() }));
    };
    Some(match dice.below(5) {
        0 | 1 => RetCommand::TellFamilyOfRet { ret, told },
        2 | 3 => regional::join(ret, &[dice.worker()]),
        _ => regional::end(ret),
    })
}

pub(super) fn steps(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    use ConversationStep as S;
    let person = if dice.once_in(3) { scene.child(dice) } else { scene.parent(dice) };
    let known_to = scene.children().contains(&person).then(|| Audience::Workers(vec![ANJA]));
    let options = scene.told(|event| match event {
        CaseEvent::Steps(StepsEvent::OptionAuthored { option, .. }) => Some(*option),
        _ => None,
    });
    let faces = scene.told(|event| match event {
        CaseEvent::Steps(StepsEvent::TrustedContactNamed { trusted, .. }) => Some(*trusted),
        _ => None,
    });
    let command = match dice.below(8) {
        0 | 1 => {
            let step =
                dice.one_of(&[S::ShareVision, S::Acknowledge, S::Dynamics, S::NeedAndDesire, S::Reality, S::Options]);
            with_each::take(crate::steps::NewTaken { known_to, ..with_each::taken(person, step) })
        }
        2 | 3 => {
            with_each::author(crate::steps::NewOption { known_to, ..with_each::option(person, "elke avond wandelen") })
        }
        4 => {
            let effect = dice.one_of(&[OptionEffect::MoreRest, OptionEffect::NoChange, OptionEffect::MoreStrife]);
            with_each::tried(dice.late_of(&options)?, effect)
        }
        5 => with_each::name_face(person, known_to),
        6 => {
            let (trusted, agrees) = (dice.late_of(&faces)?, !dice.once_in(3));
            StepsCommand::AnswerTrustedPresence { trusted, agrees, on: None, words: None }
        }
        _ => with_each::end_face(dice.late_of(&faces)?),
    };
    Some(command.into())
}
