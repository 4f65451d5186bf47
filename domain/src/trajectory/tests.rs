//! Given, when, then for every command of this room, with the family of case 01. Invented people only.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::consent::{
    ConsentCommand, ConsentKind, Evidence, ExceptionGround, HELP_CONSENT_MISSING, NewConsent, NewException, WhoIs,
};
use crate::correction::CORRECTION_BREAKS_HISTORY;
use crate::decider::{DomainCommand as _, DomainEvent as _};
use crate::divorce::tests::{
    A, ANJA, FENNA, ILSE, MORRIS, ROBERT, WIM, apart, appoint, closed, fact_of, still_to_ask, strike,
};
use crate::dues::open_dues;
use crate::fact::{Audience, Draft, FieldClass, NEUTRAL};
use crate::framework::FrameworkCommand;
use crate::ids::ConsentId;
use crate::layers::{Layer, Layers, LayersOf};
use crate::life::{CASE_UNKNOWN, LegalFramework};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN, UNTIL_BEFORE_FROM};
use crate::personal::{MARK, codec_scope};
use crate::plan::catalogue::{GOAL_HISTORY_STAYS, GOAL_UNKNOWN};
use crate::plan::tests::{case, goal};
use crate::plan::{PlanCommand, PlanRef, SaidBy};
use crate::protection::{Locating, ProtectionCommand};
use crate::service::catalogue::ABOUT_NOBODY;
use crate::testing::*;

pub(crate) fn new(goals: &[GoalId]) -> NewTrajectory {
    NewTrajectory {
        product: line("ambulante begeleiding"),
        provider: line("zorggroep de esdoorn"),
        persons: vec![MORRIS],
        goals: goals.to_vec(),
        worker: None,
        from: None,
        until: Some(day("2026-10-21")),
        may_harm: false,
    }
}

pub(crate) fn start(new: NewTrajectory) -> TrajectoryCommand {
    TrajectoryCommand::StartTrajectory(Box::new(new))
}

fn set_goals(trajectory: HelpTrajectoryId, goals: &[GoalId]) -> TrajectoryCommand {
    TrajectoryCommand::SetTrajectoryGoals {
        trajectory,
        goals: goals.to_vec(),
        words: Some(text("het eerste is bereikt")),
    }
}

pub(crate) fn ask(trajectory: HelpTrajectoryId, until: &str) -> TrajectoryCommand {
    TrajectoryCommand::AskExtension { trajectory, until: day(until), reason: text("er is een nieuw doel") }
}

fn view(extension: ExtensionId, role: ReviewRole, worker: WorkerId) -> TrajectoryCommand {
    let (advice, view) = (ExtensionAdvice::DoNotExtend, text("het doel was bereikt; lichter kan"));
    TrajectoryCommand::GiveExtensionView { extension, role, worker, advice, view }
}

pub(crate) fn refuse(extension: ExtensionId) -> TrajectoryCommand {
    decide_as(extension, ExtensionOutcome::Refused, None)
}

fn decide_as(extension: ExtensionId, outcome: ExtensionOutcome, until: Option<&str>) -> TrajectoryCommand {
    let (reason, decided_by) =
        (text("wat bereikt is, gaat lichter verder"), line("college van burgemeester en wethouders"));
    TrajectoryCommand::DecideExtension { extension, outcome, until: until.map(day), reason, decided_by }
}

fn object(extension: ExtensionId, person: PersonId) -> TrajectoryCommand {
    TrajectoryCommand::ObjectToExtension { extension, person, words: Some(text("wij willen nog even door")) }
}

pub(crate) fn end(trajectory: HelpTrajectoryId, last_day: Option<&str>) -> TrajectoryCommand {
    let (last_day, words) = (last_day.map(day), Some(text("de school neemt het over")));
    TrajectoryCommand::EndTrajectory { trajectory, last_day, how: TrajectoryEnding::ScaledDown, words }
}

/// Both parents said yes to help for Morris.
pub(crate) fn consented() -> Given<Case> {
    let yes = |consent, giver| Draft::of(help_consent(ConsentId::from_uuid(Uuid::from_u128(consent)), giver, MORRIS));
    case().recorded([yes(0xE1, ILSE), yes(0xE2, ROBERT)])
}

/// Two goals of the plan, in the order proposed.
fn with_goals() -> (Given<Case>, [GoalId; 2]) {
    let given = consented().when(goal(PlanRef::Family, "slapen gaat goed", ILSE, &[MORRIS])).accepted();
    let first = given.state().plans.goals().next().unwrap().id;
    let given = given.when(goal(PlanRef::Family, "vriendjes op school", ILSE, &[MORRIS])).accepted();
    let second = given.state().plans.goals().map(|goal| goal.id).find(|goal| *goal != first).unwrap();
    (given, [first, second])
}

/// Help runs for the first goal since 2026-04-21, until 2026-10-21.
pub(crate) fn running() -> (Given<Case>, HelpTrajectoryId, [GoalId; 2]) {
    let (given, goals) = with_goals();
    let given = given.when(start(new(&goals[..1]))).accepted();
    let trajectory = given.state().trajectories.all()[0].id;
    (given, trajectory, goals)
}

/// The first goal was reached on 2026-08-31 and another came in its place; on 2026-10-12 six months more were asked.
pub(crate) fn asked() -> (Given<Case>, ExtensionId) {
    let (given, trajectory, goals) = running();
    let reach = PlanCommand::ReachGoal { goal: goals[0], said_by: ILSE, words: None };
    let given = given.on("2026-08-31").when(reach).accepted().when(set_goals(trajectory, &goals[1..])).accepted();
    let given = given.on("2026-10-12").when(ask(trajectory, "2027-04-21")).accepted();
    let extension = given.state().trajectories.all()[0].extensions[0].id;
    (given, extension)
}

fn all_views(given: Given<Case>, extension: ExtensionId) -> Given<Case> {
    let speakers = [ANJA, FENNA, WIM];
    let given_by = ReviewRole::ALL.into_iter().zip(speakers);
    given_by.fold(given, |given, (role, worker)| given.when(view(extension, role, worker)).accepted())
}

fn only(given: &Given<Case>) -> (&Trajectory, &Extension) {
    let trajectory = &given.state().trajectories.all()[0];
    (trajectory, &trajectory.extensions[0])
}

fn departures(given: &Given<Case>) -> Vec<String> {
    given.state().life.departures.iter().map(|one| one.rule.clone()).collect()
}

fn waits(given: &Given<Case>, on: &str) -> Vec<(String, String)> {
    let dues = open_dues(given.state(), day(on)).into_iter();
    let ours = dues.filter(|due| [TRAJECTORY_DUE, EXTENSION_DUE, JUSTIFICATION_DUE].contains(&due.what.as_str()));
    ours.map(|due| (due.what, due.last_day.to_string())).collect()
}

fn wait(what: &str, last_day: &str) -> (String, String) {
    (what.to_owned(), last_day.to_owned())
}

/// Rule 13, case 05 (2026-10-12): reached, replaced, asked; three roles; the college refuses, objection is open; scaled down.
#[test]
fn extending_after_the_goals_changed_is_reviewed_by_three_roles() {
    let (given, extension) = asked();
    let (trajectory, known) = only(&given);
    assert_eq!(known.changed.len(), 2, "the one that was reached and the one that came");
    assert!(known.pseudonym.as_ref().is_some_and(|name| name.starts_with("traject-")));
    assert_eq!(known.missing(), ReviewRole::ALL);
    assert_eq!(waits(&given, "2026-10-12"), [wait(TRAJECTORY_DUE, "2026-10-21"), wait(EXTENSION_DUE, "2026-12-07")]);
    let id = trajectory.id;
    let given = all_views(given, extension).on("2026-11-02").when(refuse(extension)).accepted();
    assert_eq!(departures(&given), [] as [&str; 0]);
    let decided = &only(&given).1.decisions[0];
    assert_eq!((decided.outcome, decided.until), (ExtensionOutcome::Refused, None));
    assert_eq!(decided.objection_until, day("2026-12-14"), "six weeks, from the day after (Awb 6:7, 6:8)");
    assert_eq!(waits(&given, "2026-11-02"), [wait(TRAJECTORY_DUE, "2026-10-21")], "no longer than was agreed");
    let given = given.when(end(id, None)).accepted();
    assert_eq!(waits(&given, "2026-11-02"), []);
    given.when(end(id, None)).then_rejected(TRAJECTORY_OVER);
}

#[test]
fn extending_while_the_goals_are_the_same_asks_no_review() {
    let (given, trajectory, _) = running();
    let given = given.on("2026-10-12").when(ask(trajectory, "2027-04-21")).accepted();
    let (_, known) = only(&given);
    assert_eq!((known.changed.as_slice(), &known.pseudonym), (&[][..], &None));
    let extension = known.id;
    let given = given.when(view(extension, ReviewRole::CoreTeam, ANJA)).refused_but(EXTENSION_NOT_REVIEWED);
    let shorter = decide_as(extension, ExtensionOutcome::Granted, Some("2027-01-21"));
    let given = given.when(shorter).accepted();
    assert_eq!(departures(&given), [] as [&str; 0]);
    let known = &given.state().trajectories.all()[0];
    assert_eq!(known.until_on(day("2026-10-11")), Some(day("2026-10-21")), "as it stood before");
    assert_eq!(known.until_on(day("2026-10-12")), Some(day("2027-01-21")));
    assert_eq!(waits(&given, "2026-10-12"), [wait(TRAJECTORY_DUE, "2027-01-21")]);
    given.when(ask(trajectory, "2027-01-21")).then_rejected(EXTENSION_NO_LONGER);
}

/// Neither a wording that is told late, nor one of an earlier day, nor goals that were told after the beginning slip through.
#[test]
fn a_goal_that_changed_on_paper_only_counts_as_changed() {
    let reviewed = |given: Given<Case>, trajectory| {
        let given = given.on("2026-10-12").when(ask(trajectory, "2027-04-21")).accepted();
        only(&given).1.pseudonym.is_some()
    };
    let reword = |goal, words| PlanCommand::RewordGoal { goal, words: text(words), proposed_by: SaidBy::Person(ILSE) };
    let (given, trajectory, goals) = running();
    assert!(reviewed(given.when_on("2026-02-01", reword(goals[0], "slapen en eten")).accepted(), trajectory));
    let (given, trajectory, goals) = running();
    assert!(!reviewed(given.when(reword(goals[1], "iets anders")).accepted(), trajectory), "of another goal");
    let (given, goals) = with_goals();
    let given = given.when(start(new(&[]))).accepted();
    assert_eq!(departures(&given), [GOALS_AT_START]);
    let trajectory = given.state().trajectories.all()[0].id;
    assert!(reviewed(given.when(set_goals(trajectory, &goals[..1])).accepted(), trajectory));
    let (given, goals) = with_goals();
    let given = given.on("2026-05-11").when(reword(goals[0], "slapen en eten")).accepted();
    let late = NewTrajectory { from: Some(day("2026-04-01")), ..new(&goals[..1]) };
    let given = given.when(start(late)).accepted();
    let trajectory = given.state().trajectories.all()[0].id;
    assert!(reviewed(given, trajectory), "told late, it began before the goal was said otherwise");
}

#[test]
fn a_decision_without_three_views_departs_from_the_rule() {
    let (given, extension) = asked();
    let early = given.when(refuse(extension)).accepted();
    assert_eq!(departures(&early), [REVIEWED_BY_THREE]);
    let (given, extension) = asked();
    let speak = |given: Given<Case>, role| given.when(view(extension, role, ANJA)).accepted();
    let one_for_all = ReviewRole::ALL.into_iter().fold(given, speak);
    assert_eq!(departures(&one_for_all), [REVIEWED_BY_THREE, REVIEWED_BY_THREE], "no three roles in one person");
    assert!(!only(&one_for_all).1.is_reviewed());
}

#[test]
fn an_objection_opens_a_decision_again() {
    let (given, extension) = asked();
    given.when(object(extension, ILSE)).then_rejected(EXTENSION_NOT_DECIDED);
    let (given, extension) = asked();
    let given = all_views(given, extension).when(refuse(extension)).accepted();
    let given = given.when(refuse(extension)).refused_but(EXTENSION_DECIDED);
    let given = given.on("2026-11-02").when(object(extension, ILSE)).accepted();
    assert_eq!(departures(&given), [] as [&str; 0]);
    let given = given.when(object(extension, ILSE)).refused_but(OBJECTED_ALREADY);
    let given = given.on("2026-11-24").when(object(extension, ROBERT)).accepted();
    assert_eq!(departures(&given), [OBJECTION_IN_TIME], "the term ended on 2026-11-23");
    let given = given.when(decide_as(extension, ExtensionOutcome::Granted, None)).accepted();
    let known = &given.state().trajectories.all()[0];
    assert_eq!(known.until_on(day("2026-11-24")), Some(day("2027-04-21")), "as asked");
    given.when(refuse(extension)).then_rejected(EXTENSION_DECIDED);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (stranger, nowhere) = (PersonId::from_uuid(Uuid::from_u128(0xBAD)), GoalId::from_uuid(Uuid::from_u128(0xBAD)));
    let refused = |new: NewTrajectory, code| case().when(start(new)).then_rejected(code);
    refused(NewTrajectory { persons: vec![], ..new(&[]) }, ABOUT_NOBODY);
    refused(NewTrajectory { persons: vec![stranger], ..new(&[]) }, PERSON_UNKNOWN);
    refused(new(&[nowhere]), GOAL_UNKNOWN);
    refused(NewTrajectory { until: Some(day("2026-04-20")), ..new(&[]) }, UNTIL_BEFORE_FROM);
    refused(NewTrajectory { product: line("rust voor Morris"), ..new(&[]) }, NAMES_IN_TEXT);
    given(Vec::<(&str, CaseEvent)>::new()).when(start(new(&[]))).then_rejected(CASE_UNKNOWN);
    let no_trajectory = HelpTrajectoryId::from_uuid(Uuid::from_u128(0xBAD));
    let no_extension = ExtensionId::from_uuid(Uuid::from_u128(0xBAD));
    case().when(ask(no_trajectory, "2027-01-01")).then_rejected(TRAJECTORY_UNKNOWN);
    case().when(end(no_trajectory, None)).then_rejected(TRAJECTORY_UNKNOWN);
    case().when(refuse(no_extension)).then_rejected(EXTENSION_UNKNOWN);
    let (given, trajectory, goals) = running();
    let given = given.when(set_goals(trajectory, &goals[..1])).refused_but(SAME_GOALS);
    let given = given.when(end(trajectory, Some("2026-04-20"))).refused_but(UNTIL_BEFORE_FROM);
    given.when(ask(trajectory, "2026-10-21")).then_rejected(EXTENSION_NO_LONGER);
    let (given, extension) = asked();
    let trajectory = only(&given).0.id;
    let given = given.when(ask(trajectory, "2028-01-01")).refused_but(EXTENSION_OPEN);
    let given =
        given.when(decide_as(extension, ExtensionOutcome::Refused, Some("2027-01-01"))).refused_but(REFUSED_UNTIL);
    given.when(object(extension, stranger)).then_rejected(PERSON_UNKNOWN);
}

/// Help goes on whatever the case does: told late, about the time before the case, and of a closed one.
#[test]
fn help_is_told_late_and_of_a_closed_case() {
    let early = NewTrajectory { from: Some(day("2025-09-01")), ..new(&[]) };
    let given = case().when_on("2026-03-01", start(early)).accepted();
    assert_eq!(given.state().trajectories.all()[0].from, day("2025-09-01"));
    assert_eq!(
        departures(&given),
        ["trajectory_goals_at_start"],
        "whom they asked before the case stands nowhere here"
    );
    let ahead = NewTrajectory { from: Some(day("2026-06-01")), ..new(&[]) };
    consented().when(start(ahead)).accepted();
    let (given, trajectory, _) = running();
    let given = closed(given, "2026-05-04").when(end(trajectory, None)).accepted();
    assert!(given.state().trajectories.all()[0].ended.is_some());
    assert_eq!(waits(&given, "2026-11-01"), [], "nothing waits in a closed case");
}

/// Rule 13: which goals a trajectory served cannot be struck out, so neither can the trajectory that had them.
#[test]
fn the_goals_it_served_cannot_be_rewritten() {
    let (given, ..) = running();
    let goals = strike(&given, "TrajectoryGoalsSet");
    let given = given.when(goals).refused_but(GOAL_HISTORY_STAYS);
    let started = strike(&given, "TrajectoryStarted");
    given.when(started).then_rejected(CORRECTION_BREAKS_HISTORY);
    let (given, _) = asked();
    let mistaken = strike(&given, "ExtensionAsked");
    let given = given.when(mistaken).accepted();
    assert_eq!(given.state().trajectories.all()[0].extensions, [], "an extension nobody asked can be");
}

/// Rule 11: help that may harm waits for its justification.
#[test]
fn help_that_may_harm_waits_for_a_justification() {
    let given = consented().when(start(NewTrajectory { may_harm: true, ..new(&[]) })).accepted();
    let trajectory = given.state().trajectories.all()[0].id;
    let both = [wait(JUSTIFICATION_DUE, "2026-04-29"), wait(TRAJECTORY_DUE, "2026-10-21")];
    assert_eq!(waits(&given, "2026-04-21"), both, "five working days, without the King's day");
    let justified = crate::weighing::tests::justify(Some(trajectory));
    let given = given.when(justified).accepted();
    assert_eq!(waits(&given, "2026-04-21"), [wait(TRAJECTORY_DUE, "2026-10-21")]);
}

/// Rule 22: what is missing blocks the start of help. Whoever is missing is named; help of a grown-up asks nobody else.
#[test]
fn help_does_not_start_while_a_consent_is_missing() {
    let rejection = case().when(start(new(&[]))).then_rejected(HELP_CONSENT_MISSING);
    assert!(still_to_ask(&rejection, &[ILSE, ROBERT]), "{rejection:?}");
    let yes = |consent, giver| Draft::of(help_consent(ConsentId::from_uuid(Uuid::from_u128(consent)), giver, MORRIS));
    let half = case().recorded([yes(0xE1, ILSE)]).when(start(new(&[]))).then_rejected(HELP_CONSENT_MISSING);
    assert!(still_to_ask(&half, &[ROBERT]), "{half:?}");
    let told_late = || case().when_on("2026-04-14", start(NewTrajectory { from: Some(day("2026-04-21")), ..new(&[]) }));
    told_late().then_rejected(HELP_CONSENT_MISSING);
    case().when(start(NewTrajectory { persons: vec![ILSE], ..new(&[]) })).accepted();
}

/// Case 03 in this family: twelve on 2027-05-14. From that day on the child is asked too; what runs goes on.
#[test]
fn from_the_birthday_on_new_help_waits_for_the_child_and_running_help_goes_on() {
    let (given, trajectory, goals) = running();
    let started = |from: &str| start(NewTrajectory { from: Some(day(from)), until: None, ..new(&[]) });
    let given = given.on("2027-05-13").when(started("2027-05-13")).accepted();
    let rejection = given.when(started("2027-05-14")).then_rejected(HELP_CONSENT_MISSING);
    assert!(still_to_ask(&rejection, &[MORRIS]), "asked on the first day of the help: {rejection:?}");
    let (given, ..) = running();
    let given = given.on("2027-05-14").when(start(NewTrajectory { until: None, ..new(&[]) }));
    let given = given.refused_but(HELP_CONSENT_MISSING);
    given.when(set_goals(trajectory, &goals[1..])).accepted();
    let (given, ..) = running();
    let yes = NewConsent {
        giver: WhoIs::Person(MORRIS),
        subject: WhoIs::Person(MORRIS),
        kind: ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    };
    let given = given.on("2027-05-20").when(ConsentCommand::GrantConsent(yes)).accepted();
    given.when(started("2027-05-20")).accepted();
}

/// Rule 0: what took place is taken and marked, also where nobody was asked.
#[test]
fn help_that_began_without_consent_is_reported_and_marked() {
    let began = |from: &str| start(NewTrajectory { from: Some(day(from)), ..new(&[]) });
    let given = case().when(began("2026-04-20")).accepted();
    assert!(departures(&given).contains(&"consent_before_help".to_owned()), "{:?}", departures(&given));
    let given = case().when_on("2026-04-20", start(new(&[]))).accepted();
    assert!(departures(&given).contains(&"consent_before_help".to_owned()), "on the day it is said to have happened");
    let (given, _, goals) = running();
    let given = given.on("2026-05-04").when(start(NewTrajectory { from: Some(day("2026-04-22")), ..new(&goals) }));
    assert_eq!(departures(&given.accepted()), Vec::<String>::new());
}

/// A measure is another ground; once help is voluntary again it asks again. An exception with its ground does too.
#[test]
fn a_measure_or_an_exception_is_another_ground() {
    let change = |framework| FrameworkCommand::ChangeLegalFramework { framework, from: None, ruling: None };
    let given = case().when(change(LegalFramework::Compulsory)).accepted().when(start(new(&[]))).accepted();
    let given = given.on("2026-05-04").when(change(LegalFramework::Voluntary)).accepted();
    let later = || start(NewTrajectory { until: None, ..new(&[]) });
    let given = given.when(later()).refused_but(HELP_CONSENT_MISSING);
    let except = ConsentCommand::RecordConsentException(NewException {
        subject: MORRIS,
        ground: ExceptionGround::Urgent,
        reason: text("het kan niet wachten"),
        from: None,
        until: None,
    });
    given.when(except).accepted().when(later()).accepted();
}

/// The reviewers see goals, dates and product; no names, no family, no provider.
#[test]
fn the_sheet_of_the_reviewers_names_nobody() {
    let by = PlanCommand::ProposeGoal {
        plan: PlanRef::Family,
        words: text(&format!("{{person:{MORRIS}}} slaapt, ook bij Ilse, en mórris is blij")),
        proposed_by: SaidBy::Person(ILSE),
        concerns: vec![MORRIS],
    };
    let order = Order { mentions: vec![ILSE, MORRIS], ..Order::now(by.into()) };
    let given = consented().when_ordered(order).accepted();
    let goal = given.state().plans.goals().next().unwrap().id;
    let given = given.when(start(new(&[goal]))).accepted();
    let trajectory = given.state().trajectories.all()[0].id;
    let reach = PlanCommand::ReachGoal { goal, said_by: ILSE, words: None };
    let given = given.on("2026-08-31").when(reach).accepted().when(ask(trajectory, "2027-04-21")).accepted();
    let (trajectory, extension) = only(&given);
    let sheet = sheet(given.state(), trajectory, extension, day("2026-10-12")).unwrap();
    assert_eq!(sheet.product.known().map(Line::as_str), Some("ambulante begeleiding"));
    assert_eq!(
        (sheet.from, sheet.until, sheet.asked_until),
        (day("2026-04-21"), Some(day("2026-10-21")), day("2027-04-21"))
    );
    let [goal] = &sheet.goals[..] else { panic!("one goal") };
    assert_eq!(goal.wordings[0].1.known().map(Text::as_str), Some("… slaapt, ook bij …, en … is blij"));
    assert_eq!((goal.reached, goal.changed), (Some(day("2026-08-31")), true));
}

fn stands(given: &Given<Case>, name: &str) -> Layers {
    let layers = LayersOf::on(given.history(), day("2026-10-12"), ages());
    layers.of_fact(given.history().fact(fact_of(given, name)).unwrap())
}

fn told_to(given: &Given<Case>, name: &str) -> Audience {
    given.history().fact(fact_of(given, name)).unwrap().audience.clone()
}

#[test]
fn a_childs_help_is_the_childs_and_what_a_role_finds_is_the_directors() {
    let (given, extension) = asked();
    let given = all_views(given, extension).when(refuse(extension)).accepted().when(object(extension, ILSE)).accepted();
    let child = Layers::of([Layer::Child(MORRIS)]);
    for name in ["TrajectoryStarted", "TrajectoryGoalsSet", "ExtensionAsked", "ExtensionViewGiven", "ExtensionDecided"]
    {
        assert_eq!(stands(&given, name), child, "{name}");
    }
    assert_eq!(stands(&given, "ExtensionObjected"), Layers::of([Layer::Person(ILSE)]));
    assert_eq!(told_to(&given, "TrajectoryStarted"), Audience::Child(MORRIS));
    assert_eq!(told_to(&given, "ExtensionViewGiven"), Audience::Director);
    assert_eq!(told_to(&given, "ExtensionObjected"), Audience::Persons(vec![ILSE]));
    let of_two = NewTrajectory { persons: vec![ILSE, MORRIS], ..new(&[]) };
    let both = consented().when(start(of_two)).accepted();
    let each = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!(stands(&both, "TrajectoryStarted"), each, "for whoever reaches both");
}

#[test]
fn help_of_somebody_hidden_leads_to_them() {
    let given = apart().when(appoint(A, WIM)).accepted();
    let given = given.when(start(NewTrajectory { persons: vec![ILSE], ..new(&[]) })).accepted();
    let of_robert = NewTrajectory { persons: vec![ROBERT], worker: Some(WIM), ..new(&[]) };
    let leads = |given: &Given<Case>, person| {
        let of = |fact: &&Fact<CaseEvent>| match &fact.event {
            CaseEvent::Trajectory(TrajectoryEvent::TrajectoryStarted { persons, .. }) => persons == &[person],
            _ => false,
        };
        let event = given.history().facts().iter().find(of).unwrap().event.clone();
        let locating = Locating::on(given.history(), day("2026-05-04"));
        (locating.leads(&event), locating.words_lead(&event), locating.workers_lead(&event))
    };
    let given = given.when(start(of_robert)).accepted();
    assert_eq!((leads(&given, ILSE), leads(&given, ROBERT)), ((false, false, false), (false, false, false)));
    let (households, reason) = (vec![A], text("veilig"));
    let given = given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households, reason }).accepted();
    assert_eq!((leads(&given, ILSE), leads(&given, ROBERT)), ((true, true, true), (false, true, true)));
}

/// Every type of event of this room, each through a real command.
fn every_event() -> Vec<CaseEvent> {
    let (given, extension) = asked();
    let given = all_views(given, extension).when(refuse(extension)).accepted().when(object(extension, ILSE)).accepted();
    let trajectory = only(&given).0.id;
    let given = given.when(end(trajectory, None)).accepted();
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    facts.filter(|event| matches!(event, CaseEvent::Trajectory(_))).collect()
}

#[test]
fn every_type_stands_in_the_catalogue_with_its_fields_classes_and_subjects() {
    check_catalogue(&every_event(), CATALOGUE);
    let any = end(HelpTrajectoryId::from_uuid(Uuid::nil()), None);
    assert!(!CaseCommand::from(any).needs_all(), "all of it is a report");
}

/// Each of these is of the catalogue, and each of the catalogue is there: fields, classes, subjects, and nothing in clear.
pub(crate) fn check_catalogue(events: &[CaseEvent], catalogue: &[EventInfo]) {
    let mut seen = BTreeSet::new();
    for event in events {
        let info = event.info();
        assert_eq!(info.outer, NEUTRAL, "nothing in clear tells of help");
        seen.insert(info.name);
        let stored = codec_scope(|| event.to_payload()).unwrap();
        let fields: BTreeSet<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, info.fields.iter().map(|field| field.name).collect::<BTreeSet<_>>(), "{}", info.name);
        for field in info.fields {
            let value = &stored[field.name];
            let personal = value.to_string().contains(MARK);
            let of_person = matches!(field.class, FieldClass::Personal(_));
            assert!(personal == of_person || value.is_null(), "{}.{}", info.name, field.name);
        }
        assert_eq!(CaseEvent::from_payload(info.name, stored.clone()).unwrap(), *event, "reads what it wrote");
        let stored = stored.to_string();
        let owners = stored.split("\"of\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let subjects: Vec<_> = event.subjects().iter().map(ToString::to_string).collect();
        for owner in owners {
            assert!(subjects.iter().any(|subject| subject == owner), "{owner} of {}", info.name);
        }
    }
    assert_eq!(seen, catalogue.iter().map(|info| info.name).collect());
}
