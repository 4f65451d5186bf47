//! One plan or two, and who helps with the divorce; what is shared with somebody outside.

use super::{By, Meeting, Pair};
use crate::case::{Case, CaseCommand};
use crate::consent::Category;
use crate::divorce::episode::tests as episode;
use crate::divorce::episode::{DivorceTrack, EpisodeStep};
use crate::divorce::tests::{
    A, ANJA, B, FENNA, HUGO, ILSE, ROBERT, TESS, WIM, apart, appoint, close, consent_of, directed, end_coordinator,
    offered, refuse_sharing, share, split, strike, withdraw,
};
use crate::divorce::{
    DonsCommand, FamilyRepresentative, NewAgreement, OfferAnswer, SatCommand, SatEnd, SatScope, Shareable, SplitGround,
    TopologyCommand,
};
use crate::fact::Role;
use crate::ids::WorkerId;
use crate::protection::ProtectionCommand;
use crate::regie::{RegieCommand, RegieTask};
use crate::sharing::SharingCommand;
use crate::sharing::tests::offer;
use crate::testing::{Given, organisation, text};

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

fn duo(one: WorkerId, other: WorkerId) -> By {
    let representative = |worker| FamilyRepresentative { worker, organisation: organisation("zorg-vecht") };
    let representatives = [one, other].map(representative);
    by_anja(DonsCommand::AssignDonsDuo { representatives, from: None, untrained: vec![] })
}

fn ask() -> SatCommand {
    let (team, question) = (organisation("gemeente-huizen"), text("welk spoor past hier"));
    SatCommand::RequestSat { team, question, scope: SatScope::Named(vec![ILSE]) }
}

/// The plans are apart, Wim coordinates that of household A, and `DOnS` was offered. Ilse lets the conflict and the plan be shared with Tess and Hugo; the
/// team is asked, something was shared with Tess, and all tasks of the director are back.
fn busy() -> Given<Case> {
    let back = RegieCommand::HandBackRegie { tasks: vec![RegieTask::Overview], to: ILSE, agreement: None };
    let given = offered(apart()).when(appoint(A, WIM)).accepted();
    let given = given.when(share(ILSE, ILSE, &[Category::Escalation, Category::Plan], &[TESS, HUGO])).accepted();
    let given = given.when(ask()).accepted().when(offer(&[ILSE], &[Category::Plan])).accepted();
    given.when(back).accepted()
}

fn pair(name: &'static str, meeting: Meeting, one: By, other: By) -> Pair {
    Pair { name, meeting, given: busy(), on: "2026-05-04", one, other }
}

pub(super) fn pairs() -> Vec<Pair> {
    [plans(), team_and_duo(), shares(), episodes()].into_iter().flatten().collect()
}

fn plans() -> Vec<Pair> {
    use Meeting::{Bars, Commute, LastTold, Rivals};
    let answers = |answer| by_anja(TopologyCommand::AnswerTwoPlans { person: ILSE, answer, words: None });
    let joins = || {
        let agreed = vec![ILSE, ROBERT];
        by_anja(TopologyCommand::JoinPlans { reason: text("het is rustig"), agreed, assignment: Vec::new() })
    };
    let (topic, channel) = (text("overdracht op school"), text("schoolmail"));
    let agreement = NewAgreement { topic, channel, between: vec![ILSE, ROBERT] };
    let agrees = by_anja(TopologyCommand::MakeSharedAgreement { agreement });
    let marks = || by_anja(TopologyCommand::MarkSafeToShare { what: Shareable::Director(ANJA) });
    let apart_for = |ground| by_anja(split(ground, &[A, B], &[ILSE, ROBERT]));
    let stops = || by_anja(end_coordinator(A, WIM, None));
    let uncoordinated = |pair| Pair { given: apart(), ..pair };
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![B], reason: text("veilig") };
    vec![
        Pair {
            given: directed(),
            ..pair("the plans go apart twice", Rivals, apart_for(SplitGround::Safety), apart_for(SplitGround::BothWish))
        },
        uncoordinated(pair(
            "two households get a coordinator",
            Commute,
            by_anja(appoint(A, WIM)),
            by_anja(appoint(B, FENNA)),
        )),
        pair("two coordinators for one household", Rivals, by_anja(appoint(B, TESS)), by_anja(appoint(B, FENNA))),
        pair("a coordinator stops twice on a day", Commute, stops(), stops()),
        pair("one coordinator stops while another comes", Commute, stops(), by_anja(appoint(B, FENNA))),
        uncoordinated(pair(
            "that the plans went apart is struck out while a coordinator comes",
            Rivals,
            by_anja(strike(&apart(), "PlanSplitPerHousehold")),
            by_anja(appoint(A, WIM)),
        )),
        pair("closing meets a coordinator who comes", Bars, by_anja(close()), by_anja(appoint(B, FENNA))),
        pair(
            "a parent answers the offer of two plans twice on a day",
            LastTold,
            answers(OfferAnswer::Accepts),
            answers(OfferAnswer::Declines),
        ),
        uncoordinated(pair("the plans are joined twice", Rivals, joins(), joins())),
        uncoordinated(pair("the plans are joined while a coordinator comes", Bars, joins(), by_anja(appoint(A, WIM)))),
        Pair {
            given: crate::plan::tests::two_plans(),
            ..pair("the plans are joined while an agreement is made", Rivals, joins(), agrees)
        },
        pair("one thing is marked as safe to share twice", Rivals, marks(), marks()),
        pair("somebody is protected while a coordinator comes", Commute, by_anja(protect), by_anja(appoint(B, FENNA))),
    ]
}

fn team_and_duo() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let review = busy().state().divorce.sat_reviews()[0].id;
    let accept = |advisor| (advisor, Role::SatAdvisor, SatCommand::AcceptSat { review }.into());
    let end = SatCommand::EndSat { review, reason: SatEnd::NotNeeded, explanation: None };
    let own = || by_anja(withdraw(consent_of(&busy(), ILSE, ILSE)));
    vec![
        pair("two advisors accept one request", Rivals, accept(HUGO), accept(FENNA)),
        pair("a request to the team ends while it is accepted", Bars, by_anja(end), accept(HUGO)),
        // The part of who withdrew closes; the question stays.
        pair("consent to share is withdrawn while an advisor accepts", Commute, own(), accept(HUGO)),
        pair("sharing is refused while the team is asked", Bars, by_anja(refuse_sharing(ILSE, ILSE)), by_anja(ask())),
        pair("two duos", Rivals, duo(WIM, FENNA), duo(TESS, FENNA)),
        pair(
            "another track is chosen while a duo comes",
            Bars,
            by_anja(episode::switch(DivorceTrack::Redirected)),
            duo(WIM, FENNA),
        ),
        pair("a duo comes while a coordinator comes", Commute, duo(WIM, FENNA), by_anja(appoint(B, FENNA))),
    ]
}

fn shares() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let share = busy().state().sharing.all()[0].id;
    let back = || by_anja(SharingCommand::WithdrawShare { share, reason: text("niet meer nodig") });
    let again = || by_anja(offer(&[ILSE], &[Category::Plan]));
    let own = by_anja(withdraw(consent_of(&busy(), ILSE, ILSE)));
    vec![
        pair("a share is withdrawn twice", Rivals, back(), back()),
        pair("consent to share is withdrawn while something is shared", Bars, own, again()),
        pair("closing meets something that is shared", Bars, by_anja(close()), again()),
        pair("closing meets a share that is withdrawn", Commute, by_anja(close()), back()),
    ]
}

fn episodes() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let at = |given: Given<Case>, pair: Pair| Pair { given, ..pair };
    let take = |step| by_anja(episode::step(step));
    let told = |person| by_anja(episode::acknowledge(person));
    let chosen = |track| by_anja(episode::triage(track));
    let reviewed = || episode::in_review(DivorceTrack::Dons);
    let raised = by_anja(crate::safety::tests::signal(&[ILSE]));
    vec![
        at(
            episode::recognised(),
            pair("what was recognised is acknowledged to two parents", Commute, told(ILSE), told(ROBERT)),
        ),
        at(
            episode::acknowledged(),
            pair("two tracks are chosen", Rivals, chosen(DivorceTrack::Dons), chosen(DivorceTrack::PlanPerHousehold)),
        ),
        at(
            episode::signalled(),
            pair(
                "a complex divorce is recognised twice",
                Rivals,
                by_anja(episode::recognise()),
                by_anja(episode::recognise()),
            ),
        ),
        at(
            episode::signalled(),
            pair(
                "a safety signal comes while a complex divorce is recognised",
                Bars,
                raised.clone(),
                by_anja(episode::recognise()),
            ),
        ),
        at(
            reviewed(),
            pair(
                "a safety signal comes while shared parenting goes on",
                Bars,
                raised,
                take(EpisodeStep::TrackContinued),
            ),
        ),
        at(
            reviewed(),
            pair(
                "rest is reached while the track goes on",
                Rivals,
                take(EpisodeStep::RestReached),
                take(EpisodeStep::TrackContinued),
            ),
        ),
        at(
            episode::at_rest(),
            pair("an episode is closed twice", Rivals, take(EpisodeStep::Closed), take(EpisodeStep::Closed)),
        ),
        at(
            episode::signalled(),
            pair(
                "somebody else notices something while a track is chosen",
                Commute,
                by_anja(episode::signal("Ook op school.")),
                chosen(DivorceTrack::Dons),
            ),
        ),
    ]
}
