//! What is said, asked and kept about people: contacts, children's words, statements, requests from outside, assessments, references,
//! reflection, school, and what is shared.

use crate::assessment::{
    AssessmentCommand, Effect, NewAssessment, NewContent, NewHypothesis, NewPart, NewRecognition, Score, TestedOn, Told,
};
use crate::case::{CaseCommand, CaseEvent};
use crate::consent::Category;
use crate::contact::tests as talk;
use crate::contact::{ContactCommand, NewContact, PromiseEnd};
use crate::fact::Audience;
use crate::model::scene::{ANJA, Dice, Scene, WIM};
use crate::plan::SaidBy;
use crate::reference::ReferenceCommand;
use crate::reference::tests as register;
use crate::reflection::tests as reflection;
use crate::request::tests as request;
use crate::request::{NewRequest, RequestCommand, RequestOutcome};
use crate::school::tests as school;
use crate::school::{NewIntake, NewQuestion, NewTriage, SchoolCommand, TriageOutcome};
use crate::sharing::{Capacity, SharingCommand};
use crate::statement::{EstablishedBy, NewFinding, NewSpeaker, NewStatement, Recognised, StatementCommand};
use crate::testing::*;
use crate::voice::VoiceCommand;
use crate::voice::tests as voice;

pub(super) fn said(scene: &Scene<'_>, dice: &mut Dice) -> Option<CaseCommand> {
    match dice.below(9) {
        0 => contact(scene, dice).map(Into::into),
        1 => child(scene, dice).map(Into::into),
        2 => statement(scene, dice).map(Into::into),
        3 => outside(scene, dice).map(Into::into),
        4 => assessment(scene, dice).map(Into::into),
        5 => Some(reference(scene, dice).into()),
        6 => school_of(scene, dice).map(Into::into),
        7 => sharing(scene, dice).map(Into::into),
        _ => {
            let words = vec![
                reflection::said(SaidBy::Worker(ANJA), "het helpt"),
                reflection::said(SaidBy::Worker(WIM), "rust"),
            ];
            Some(reflection::record(reflection::reflect(words)).into())
        }
    }
}

fn contact(scene: &Scene<'_>, dice: &mut Dice) -> Option<ContactCommand> {
    let promises: Vec<_> = scene.state().contacts.promises().iter().map(|one| one.id).collect();
    if dice.once_in(2) {
        let how = dice.one_of(&[PromiseEnd::Kept, PromiseEnd::NoLongerNeeded, PromiseEnd::NotKept]);
        return Some(ContactCommand::SettlePromise { promise: dice.late_of(&promises)?, how, note: None });
    }
    let call_back = talk::call_back(None);
    let promises = if dice.once_in(2) { vec![call_back.clone(), call_back] } else { vec![call_back] };
    Some(talk::record(NewContact { promises, ..talk::talk(&[scene.parent(dice)], "belt over de week") }))
}

fn child(scene: &Scene<'_>, dice: &mut Dice) -> Option<VoiceCommand> {
    let signals: Vec<_> = scene.state().voices.signals().iter().map(|one| one.id).collect();
    let (child, few) = (scene.child(dice), Audience::Workers(vec![ANJA]));
    Some(match dice.below(5) {
        0 | 1 => voice::says(child, "het is druk in mijn hoofd", few),
        2 => voice::sleeps_badly(child, few),
        3 => voice::better(dice.late_of(&signals)?),
        _ => voice::over(dice.late_of(&signals)?),
    })
}

fn statement(scene: &Scene<'_>, dice: &mut Dice) -> Option<StatementCommand> {
    let known: Vec<_> = scene.state().statements.all().iter().map(|one| one.id).collect();
    Some(match dice.below(3) {
        0 => StatementCommand::RecordStatement(Box::new(NewStatement {
            speaker: NewSpeaker::Person(scene.parent(dice)),
            about: vec![scene.person(dice)],
            words: text("het ophalen loopt mis"),
            heard_by: None,
            told_by: None,
            contact: None,
            answers: None,
        })),
        1 => StatementCommand::TestStatement {
            statement: dice.late_of(&known)?,
            with: scene.parent(dice),
            recognised: Recognised::Partly,
            words: None,
        },
        _ => StatementCommand::RecordFinding(Box::new(NewFinding {
            authority: EstablishedBy::VeiligThuis,
            body: None,
            about: vec![scene.person(dice)],
            words: text("geen acute onveiligheid"),
            established: scene.day(dice, 20, 0),
            source: line("brief"),
        })),
    })
}

fn outside(scene: &Scene<'_>, dice: &mut Dice) -> Option<RequestCommand> {
    let known: Vec<_> = scene.state().requests.all().iter().map(|one| one.id).collect();
    let Some(id) = dice.late_of(&known).filter(|_| !dice.once_in(3)) else {
        let (about, answer_by) = (vec![scene.child(dice)], scene.maybe_day(dice, 0, 20));
        return Some(request::ask(NewRequest { about, answer_by, ..request::of_raad() }));
    };
    Some(match dice.below(4) {
        0 => RequestCommand::TellFamilyOfRequest { request: id, persons: scene.parents() },
        1 => RequestCommand::TellFamilyLater {
            request: id,
            ground: text("eerst een veilige plek"),
            review: scene.day(dice, 0, 20),
        },
        _ => RequestCommand::DecideOutsideRequest {
            request: id,
            outcome: RequestOutcome::Refused,
            categories: Vec::new(),
            reason: text("niet nodig"),
            decided_by: vec![ANJA, WIM],
            weighing: None,
        },
    })
}

fn told<T>(person: crate::ids::PersonId, said: T) -> Told<T> {
    Told { person, said, known_to: None, family_may_know: Vec::new() }
}

fn assessment(scene: &Scene<'_>, dice: &mut Dice) -> Option<AssessmentCommand> {
    let all = scene.state().assessments.all();
    let analyses: Vec<_> = all.iter().filter(|one| !one.hypotheses.is_empty()).map(|one| one.id).collect();
    let hypotheses = scene.told(|event| match event {
        CaseEvent::Assessment(crate::assessment::AssessmentEvent::HypothesisStated { hypothesis, .. }) => {
            Some(*hypothesis)
        }
        _ => None,
    });
    let record = |content| {
        let occasion = Some(text("een half jaar verder"));
        let new = NewAssessment { content, version: None, took_part: vec![], by: vec![ANJA], occasion };
        AssessmentCommand::RecordAssessment(Box::new(new))
    };
    let person = scene.person(dice);
    let known = !analyses.is_empty() && dice.once_in(2);
    Some(match if known { 3 + dice.below(3) } else { dice.below(3) } {
        0 => record(NewContent::Resilience(told(person, Score(60)))),
        1 => record(NewContent::ExplanatoryAnalysis {
            about: vec![person],
            told: vec![told(person, text("het begon bij de verhuizing"))],
            hypotheses: vec![NewHypothesis { effect: Effect::Worsens, words: text("weinig slaap") }],
        }),
        2 => record(NewContent::LifeworldPortrait(told(scene.child(dice), text("houdt van buiten")))),
        3 => AssessmentCommand::AddToAssessment {
            assessment: dice.late_of(&analyses)?,
            told: told(person, NewPart::Story(text("ook de school speelde mee"))),
        },
        4 => AssessmentCommand::StateHypothesis {
            assessment: dice.any_of(&analyses)?,
            hypothesis: NewHypothesis { effect: Effect::Keeps, words: text("weinig slaap") },
        },
        _ => AssessmentCommand::TestAssessment {
            tested: TestedOn::Hypothesis(dice.late_of(&hypotheses)?),
            told: told(person, NewRecognition { recognised: Recognised::Yes, words: None }),
        },
    })
}

fn reference(scene: &Scene<'_>, dice: &mut Dice) -> ReferenceCommand {
    let known: Vec<_> = scene.state().references.all().iter().map(|one| one.id).collect();
    match dice.late_of(&known) {
        Some(reference) if dice.once_in(3) => {
            ReferenceCommand::EndExternalReference { reference, last_day: scene.maybe_day(dice, 3, 0), reason: None }
        }
        _ => register::refer(scene.person(dice), dice.one_of(&["vi-1", "vi-2", "vi-3", "vi-4"])),
    }
}

fn school_of(scene: &Scene<'_>, dice: &mut Dice) -> Option<SchoolCommand> {
    let known: Vec<_> = scene.state().school.questions().iter().map(|one| one.id).collect();
    let child = scene.child(dice);
    Some(match dice.below(6) {
        0 => school::hold(NewIntake { child, ..school::intake() }),
        1 => SchoolCommand::TriageArrangement(Box::new(NewTriage {
            child,
            school_can: text("een rustige plek"),
            asked: text("hulp in de klas"),
            home_question: true,
            outcome: TriageOutcome::Arrangement,
            route: None,
        })),
        2 | 3 => {
            let (call_back, owner) = (dice.once_in(2), Some(dice.worker()));
            school::ask(NewQuestion { child, call_back, owner, ..school::question() })
        }
        4 => school::hand_over(dice.late_of(&known)?, dice.worker()),
        _ => school::answer(dice.late_of(&known)?),
    })
}

fn sharing(scene: &Scene<'_>, dice: &mut Dice) -> Option<SharingCommand> {
    let known: Vec<_> = scene.state().sharing.all().iter().map(|one| one.id).collect();
    if dice.once_in(4) {
        return Some(SharingCommand::WithdrawShare { share: dice.late_of(&known)?, reason: text("niet meer nodig") });
    }
    Some(SharingCommand::RecordAcceptedShare {
        recipient: dice.worker(),
        organisation: organisation("school-noord"),
        capacity: Capacity::School,
        subjects: vec![scene.parent(dice)],
        categories: vec![dice.one_of(&[Category::Escalation, Category::Plan])],
        from: None,
        until: scene.maybe_day(dice, 0, 30),
        offered: text("hoe de week verloopt"),
    })
}
