//! A `DOnS` trajectory and the divorce advice team while both run.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::consent::Category;
use crate::divorce::tests::{ANJA, FENNA, HUGO, ILSE, ROBERT, WIM, directed, offered, share};
use crate::divorce::{
    BarrierKind, DonsCommand, DonsConversationKind, FamilyRepresentative, NewDonsConversation, NewSatAdvice,
    SatCommand, SatEnd, SatMode, SatScope,
};
use crate::fact::Role;
use crate::ids::{AdviceId, ParentGoalId, PersonId, ReviewId, TrajectoryId};
use crate::testing::{Given, day, organisation, text};

const TEAM: &str = "gemeente-huizen";

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

fn by_hugo(command: SatCommand) -> By {
    (HUGO, Role::SatAdvisor, command.into())
}

/// Wim and Fenna accompany, with a goal drafted and a court case in the way; Hugo accepted the question about both and advised once.
struct Busy {
    given: Given<Case>,
    trajectory: TrajectoryId,
    goal: ParentGoalId,
    review: ReviewId,
    advice: AdviceId,
}

fn busy() -> Busy {
    let representatives =
        [WIM, FENNA].map(|worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") });
    let given = offered(directed()).when(share(ILSE, ILSE, &[Category::Plan], &[])).accepted();
    let given = given.when(share(ROBERT, ROBERT, &[Category::Plan], &[])).accepted();
    let assign = DonsCommand::AssignDonsDuo { representatives, from: None, untrained: vec![] };
    let given = given.when(assign).accepted();
    let trajectory = given.state().divorce.duos()[0].trajectory;
    let words = text("nieuws tegelijk");
    let draft = DonsCommand::DraftParentGoal { trajectory, parents: vec![], conversation: None, words };
    let given = given.when(draft).accepted();
    let open = DonsCommand::OpenBarrier { kind: BarrierKind::CourtCase, persons: vec![], words: None };
    let (team, question) = (organisation(TEAM), text("welk spoor past hier"));
    let ask = SatCommand::RequestSat { team, question, scope: SatScope::Named(vec![ILSE, ROBERT]) };
    let given = given.when(open).accepted().when(ask).accepted();
    let review = given.state().divorce.sat_reviews()[0].id;
    let given = given.by(HUGO, Role::SatAdvisor).when(SatCommand::AcceptSat { review }).accepted();
    let position = given.history().revision();
    let given = given.when(advise(review, position)).accepted().by(ANJA, Role::CaseDirector);
    let advice = given.state().divorce.sat_reviews()[0].advices[0].id;
    let goal = given.state().divorce.parent_goals()[0].id;
    Busy { given, trajectory, goal, review, advice }
}

fn advise(review: ReviewId, position: Option<crate::ids::Revision>) -> SatCommand {
    let (conditions, words) = (vec![], text("blijf bij dit spoor"));
    SatCommand::GiveSatAdvice(Box::new(NewSatAdvice { review, position, recommended: None, conditions, words }))
}

fn pair(name: &'static str, meeting: Meeting, one: By, other: By) -> Pair {
    Pair { name, meeting, given: busy().given, on: "2026-05-04", one, other }
}

pub(super) fn pairs() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let Busy { given, trajectory, goal, review, advice } = busy();
    let answer = || by_anja(SatCommand::AnswerSatAdvice { review, advice, follows: true, reason: None });
    let withdraw = || by_anja(SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: None });
    let position = given.history().revision();
    let intervenes = |persons: &[PersonId]| {
        let (mode, until) = (SatMode::Intervention, Some(day("2026-12-31")));
        by_anja(SatCommand::AgreeSatMode { review, mode, from: None, until, persons: persons.to_vec() })
    };
    let intervene = || intervenes(&[ILSE]);
    let fix = || by_anja(DonsCommand::FixParentGoal { goal, conversation: None });
    let barrier = given.state().divorce.barriers()[0].id;
    let lift = || by_anja(DonsCommand::LiftBarrier { barrier, words: None });
    let end = || by_anja(DonsCommand::EndDons { trajectory, last_day: None, reason: text("rechtszaak") });
    let information = || {
        by_anja(DonsCommand::RecordDonsConversation(Box::new(NewDonsConversation {
            trajectory,
            kind: DonsConversationKind::Preparatory,
            present: vec![ILSE],
            apart: false,
            representatives: vec![],
            minutes: 60,
            preparation: 0,
            topics: vec![],
            sub_goals: vec![],
            words: None,
            explanation: None,
        })))
    };
    vec![
        pair("an advice is answered twice", Rivals, answer(), answer()),
        pair("a request is withdrawn while its advice is answered", Rivals, withdraw(), answer()),
        pair("a request is withdrawn while an advisor advises", Bars, withdraw(), by_hugo(advise(review, position))),
        pair("an intervention is agreed twice", Rivals, intervene(), intervene()),
        pair(
            "a safety signal comes while an intervention with both parents is agreed",
            Bars,
            by_anja(crate::safety::tests::signal(&[ILSE])),
            intervenes(&[ILSE, ROBERT]),
        ),
        pair("an advice is answered while an intervention is agreed", Bars, answer(), intervene()),
        pair("a goal of the parents is fixed twice", Rivals, fix(), fix()),
        pair("what stands in the way is lifted twice", Rivals, lift(), lift()),
        pair("a trajectory with both parents ends twice", Rivals, end(), end()),
        pair("a conversation is told while the trajectory ends", Commute, information(), end()),
    ]
}
