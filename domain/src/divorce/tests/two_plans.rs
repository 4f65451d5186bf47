//! From one plan to two and back: what goes before, where everything goes, who may know it. The story of case 01 from 2026-03-27 on.

use super::*;
use crate::divorce::coordinators::{HOUSEHOLD_WITHOUT_PLAN, PLAN_NOT_SPLIT};
use crate::divorce::episode::EpisodeEvent;
use crate::divorce::topology::catalogue::*;
use crate::fact::Audience;
use crate::ids::{ActionId, EpisodeId, GoalId, ReviewId};
use crate::layers::{Layer, Layers, LayersOf};
use crate::people::PERSON_UNKNOWN;
use crate::plan::catalogue::{ACTION_UNKNOWN, NO_PLAN_TO_OFFER, PLAN_FROZEN};
use crate::plan::tests::{OF_A, OF_B, action, answer, case, goal, offer};
use crate::plan::{self, Answer, GoalHandling, GoalSubject, GoalWarning, Item, Owner, PlanCommand, PlanEvent};
use crate::protection::{Locating, ProtectionCommand};
use crate::rejection::Detail;

const TODAY: &str = "2026-04-21";

fn signalled(given: Given<Case>) -> Given<Case> {
    let episode = EpisodeId::from_uuid(fresh(500));
    let signal = EpisodeEvent::DivorceSignalRecorded {
        episode,
        about: vec![ILSE, ROBERT],
        noticed_by: crate::divorce::episode::NoticedBy::Worker(ANJA),
        words: words(fresh(501), "spanning bij het ophalen"),
    };
    let recognised = EpisodeEvent::ComplexDivorceRecognised {
        episode,
        seen: Vec::new(),
        rationale: words(fresh(502), "geen evenwicht"),
        parents: vec![ILSE, ROBERT],
    };
    given.recorded([signal, recognised].map(|event| Draft::of(CaseEvent::Divorce(event.into()))))
}

fn vision(person: PersonId) -> TopologyCommand {
    TopologyCommand::ShareVision { person, said: Some(text("dat geeft lucht")), effect: Some(text("meer rust")) }
}

fn answers(person: PersonId, answer: OfferAnswer) -> TopologyCommand {
    TopologyCommand::AnswerTwoPlans { person, answer, words: Some(text("nog niet")) }
}

fn wishes(person: PersonId, wish: Wish) -> TopologyCommand {
    TopologyCommand::WishTwoPlans { person, wish, words: Some(text("ieder een plan")) }
}

/// Recognised, heard by each, accepted by each.
fn ready() -> Given<Case> {
    let given =
        [ILSE, ROBERT, MORRIS].into_iter().fold(signalled(case()), |given, who| given.when(vision(who)).accepted());
    let accepts = |given: Given<Case>, who| given.when(answers(who, OfferAnswer::Accepts)).accepted();
    [ILSE, ROBERT].into_iter().fold(given, accepts)
}

fn agreement() -> NewAgreement {
    NewAgreement { topic: text("overdracht op school"), channel: text("schoolmail"), between: vec![ROBERT, ILSE] }
}

fn work() -> TopologyCommand {
    TopologyCommand::WorkWithTwoPlans { reason: text("rust voor de jongen"), households: vec![B, A] }
}

fn splits(ground: SplitGround, assignment: Vec<SplitAssign>) -> TopologyCommand {
    let (reason, households) = (text("eerst rust in ieder huis"), vec![A, B]);
    let wishes = if ground == SplitGround::BothWish { vec![ILSE, ROBERT] } else { Vec::new() };
    TopologyCommand::SplitPlanPerHousehold { ground, reason, households, wishes, assignment, review: None }
}

fn to(item: Item, to: SplitTo) -> SplitAssign {
    SplitAssign { item, to }
}

fn joins(given: &Given<Case>, agreed: &[PersonId]) -> TopologyCommand {
    let all = crate::divorce::topology::running_apart(given.state()).into_iter();
    let assignment = all.map(|item| JoinAssign { item, closed: None }).collect();
    TopologyCommand::JoinPlans { reason: text("het is rustig"), agreed: agreed.to_vec(), assignment }
}

fn goals(given: &Given<Case>) -> Vec<GoalId> {
    let mut all: Vec<_> = given.state().plans.goals().collect();
    all.sort_by_key(|goal| goal.fact);
    all.iter().map(|goal| goal.id).collect()
}

fn actions(given: &Given<Case>) -> Vec<ActionId> {
    let mut all: Vec<_> = given.state().plans.actions().collect();
    all.sort_by_key(|action| action.fact);
    all.iter().map(|action| action.id).collect()
}

/// Case 01: a goal of each parent, swimming lessons, the hand-over at school, and a training for both.
fn with_plan(given: Given<Case>) -> Given<Case> {
    let family = PlanRef::Family;
    given
        .when(goal(family, "weekends zonder gedoe", ROBERT, &[ROBERT, MORRIS]))
        .accepted()
        .when(goal(family, "ontspannen thuis", ILSE, &[ILSE, MORRIS]))
        .accepted()
        .when(action(family, Owner::Person(ROBERT), Some("2026-06-01"), &[MORRIS]))
        .accepted()
        .when(action(family, Owner::Nobody, None, &[ILSE, ROBERT]))
        .accepted()
        .when(action(family, Owner::Nobody, None, &[ILSE, ROBERT]))
        .accepted()
}

/// Where everything goes on 2026-04-21.
fn placed(given: &Given<Case>) -> Vec<SplitAssign> {
    let (goals, actions) = (goals(given), actions(given));
    vec![
        to(Item::Goal(goals[0]), SplitTo::Household(B)),
        to(Item::Goal(goals[1]), SplitTo::Household(A)),
        to(Item::Action(actions[0]), SplitTo::Child),
        to(Item::Action(actions[1]), SplitTo::Agreement(agreement())),
        to(Item::Action(actions[2]), SplitTo::Closed(Some(text("niet meer nodig")))),
    ]
}

/// Case 01 on 2026-04-21, after the switch.
fn switched() -> Given<Case> {
    let given = with_plan(ready());
    let assignment = placed(&given);
    given.when(splits(SplitGround::Recognition, assignment)).accepted()
}

fn protect(given: Given<Case>) -> Given<Case> {
    let reason = text("veilig");
    given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![A], reason }).accepted()
}

fn mark(what: Shareable) -> TopologyCommand {
    TopologyCommand::MarkSafeToShare { what }
}

fn the_agreement(given: &Given<Case>) -> crate::ids::AgreementId {
    given.state().divorce.agreements()[0].id
}

/// Each event of this subject, all that is optional said; at the end the plans are apart.
pub(super) fn through() -> Given<Case> {
    let ask = SatCommand::RequestSat {
        team: organisation("gemeente-huizen"),
        question: text("welk spoor past hier"),
        scope: SatScope::Anonymous,
    };
    let given = case().when(ask).accepted();
    let review = Some(given.state().divorce.sat_reviews()[0].id);
    let advise = TopologyCommand::AdviseTwoPlans { review, words: text("twee plannen geven rust") };
    let given = given.when(advise).accepted().when(vision(ILSE)).accepted();
    let given = given.when(answers(ROBERT, OfferAnswer::Declines)).accepted().when(work()).accepted();
    let given = [ILSE, ROBERT].into_iter().fold(given, |given, who| given.when(wishes(who, Wish::Wishes)).accepted());
    let apart = |given: &Given<Case>| {
        let running = given.state().plans.running_items(|plan| plan == PlanRef::Family).into_iter();
        let assignment = running.map(|item| to(item, SplitTo::Agreement(agreement()))).collect();
        let TopologyCommand::SplitPlanPerHousehold { ground, reason, households, .. } =
            splits(SplitGround::Safety, Vec::new())
        else {
            panic!("a split")
        };
        let wishes = Vec::new();
        TopologyCommand::SplitPlanPerHousehold { ground, reason, households, wishes, assignment, review }
    };
    let given = given.when(action(PlanRef::Family, Owner::Nobody, None, &[MORRIS])).accepted();
    let first = apart(&given);
    let given = given.when(first).accepted();
    let what = Shareable::Agreement(the_agreement(&given));
    let given = given.when(mark(what)).accepted();
    let revoke = TopologyCommand::RevokeSafeToShare { what, reason: Some(text("toch niet")) };
    let given = given.when(revoke).accepted();
    let agreement = the_agreement(&given);
    let end = TopologyCommand::EndSharedAgreement { agreement, words: Some(text("klaar")) };
    let given = given.when(end).accepted();
    let join = joins(&given, &[ILSE, ROBERT]);
    let given = given.when(join).accepted();
    let again = apart(&given);
    given.when(again).accepted().on("2026-05-04")
}

#[test]
fn the_vision_is_known_when_each_parent_and_child_heard_it() {
    let open = |given: &Given<Case>| StillOpen::on(given.state(), day(TODAY), ages());
    let given = signalled(case());
    assert_eq!(open(&given).to_hear, [ILSE, ROBERT, MORRIS]);
    let given = given.when_on("2026-03-27", vision(ILSE)).accepted().when_on("2026-03-30", vision(ROBERT)).accepted();
    assert_eq!(open(&given).to_hear, [MORRIS]);
    let given = given.when_on("2026-04-01", vision(MORRIS)).accepted().when_on("2026-04-02", vision(ILSE)).accepted();
    assert!(open(&given).vision_known());
    assert!(!StillOpen::on(given.state(), day("2026-03-31"), ages()).vision_known(), "on an earlier day not yet");
    assert_eq!(given.state().divorce.offer().visions().len(), 4, "repeated, each time kept");
    case().when(vision(PersonId::from_uuid(fresh(99)))).then_rejected(PERSON_UNKNOWN);
}

#[test]
fn a_no_stays_beside_a_later_yes() {
    let given = case().when_on("2026-04-09", answers(ROBERT, OfferAnswer::Declines)).accepted();
    let given = given.when_on("2026-04-20", answers(ROBERT, OfferAnswer::Accepts)).accepted();
    let offer = given.state().divorce.offer();
    assert_eq!(offer.answers().len(), 2);
    assert_eq!(offer.answer_on(ROBERT, day("2026-04-19")), Some(OfferAnswer::Declines));
    assert_eq!(offer.answer_on(ROBERT, day("2026-04-20")), Some(OfferAnswer::Accepts));
    case().when(answers(MORRIS, OfferAnswer::Accepts)).then_rejected(NOT_A_PARENT);
}

#[test]
fn the_advice_names_a_question_that_was_asked() {
    let advise = |review| TopologyCommand::AdviseTwoPlans { review, words: text("twee plannen") };
    case().when(advise(Some(ReviewId::from_uuid(fresh(99))))).then_rejected(ADVICE_UNKNOWN);
    let given = case().when_on("2026-03-25", advise(None)).accepted();
    assert_eq!(given.state().divorce.offer().advised()[0].on, day("2026-03-25"));
}

#[test]
fn on_recognition_what_stays_open_is_named() {
    let refused = |given: Given<Case>| {
        let rejection = given.when(splits(SplitGround::Recognition, vec![])).then_rejected(TWO_PLANS_NOT_READY);
        let of = |name| rejection.details.iter().find(|(key, _)| *key == name).unwrap().1.clone();
        (of("open"), of("still_to_hear"), of("still_to_accept"))
    };
    let words = |words: &[&'static str]| Detail::List(words.iter().map(|word| Detail::Word(word)).collect());
    let (open, hear, accept) = refused(case());
    assert_eq!(open, words(&["recognition", "vision", "acceptance"]));
    assert_eq!((hear, accept), (Detail::ids([ILSE, ROBERT, MORRIS]), Detail::ids([ILSE, ROBERT])));
    let given = [ILSE, MORRIS].into_iter().fold(signalled(case()), |given, who| given.when(vision(who)).accepted());
    let given = given.when(answers(ILSE, OfferAnswer::Accepts)).accepted();
    let given = given.when(answers(ROBERT, OfferAnswer::Declines)).accepted();
    let (open, hear, accept) = refused(given);
    assert_eq!((open, hear, accept), (words(&["vision", "acceptance"]), Detail::ids([ROBERT]), Detail::ids([ROBERT])));
    ready().when(splits(SplitGround::Recognition, vec![])).accepted();
    let taken_back = ready().when(answers(ILSE, OfferAnswer::Declines)).accepted();
    assert_eq!(refused(taken_back).2, Detail::ids([ILSE]));
}

#[test]
fn a_wish_is_a_fact_and_can_be_taken_back() {
    let given = [ILSE, ROBERT].into_iter().fold(case(), |given, who| given.when(wishes(who, Wish::Wishes)).accepted());
    let given = given.when(split(SplitGround::BothWish, &[A, B], &[]));
    assert_eq!(given.drafts().len(), 1, "each wish was told before");
    assert_eq!(given.accepted().state().divorce.split_on(day(TODAY)).unwrap().wishes, [ILSE, ROBERT]);
    let given = case().when(wishes(ILSE, Wish::Wishes)).accepted().when(wishes(ILSE, Wish::NoLonger)).accepted();
    let rejection = given.when(split(SplitGround::BothWish, &[A, B], &[ROBERT])).then_rejected(WISH_MISSING);
    assert!(still_to_ask(&rejection, &[ILSE]));
    let said = case().when(split(SplitGround::BothWish, &[A, B], &[ILSE, ROBERT]));
    assert_eq!(said.drafts().len(), 3, "who says so now is told with it");
    case().when(wishes(MORRIS, Wish::Wishes)).then_rejected(NOT_A_PARENT);
}

#[test]
fn for_safety_nothing_more_is_needed_and_the_director_decides() {
    case().when(splits(SplitGround::Safety, vec![])).accepted();
    case().by(NOOR, Role::AccessWorker).when(splits(SplitGround::Safety, vec![])).then_rejected(FOR_THE_DIRECTOR);
}

/// One append: everything goes somewhere, once, and where it can stand.
#[test]
fn everything_that_runs_is_given_one_place() {
    let given = with_plan(ready());
    let all = placed(&given);
    let refused = |assignment: Vec<SplitAssign>, code| {
        with_plan(ready()).when(splits(SplitGround::Recognition, assignment)).then_rejected(code)
    };
    let left = refused(all[..3].to_vec(), ITEM_UNASSIGNED);
    assert_eq!(left.details, [("items", Detail::ids(&actions(&given)[1..]))]);
    refused([all.clone(), vec![all[0].clone()]].concat(), ITEM_ASSIGNED_TWICE);
    let strange = to(Item::Goal(GoalId::from_uuid(fresh(99))), SplitTo::Child);
    refused([all.clone(), vec![strange]].concat(), ITEM_NOT_RUNNING);
    let instead = |place: usize, at: SplitTo| {
        let mut other = all.clone();
        other[place].to = at;
        other
    };
    refused(instead(0, SplitTo::Household(C)), HOUSEHOLD_WITHOUT_PLAN);
    refused(instead(3, SplitTo::Child), CHILD_LAYER_WITHOUT_CHILD);
    let alone = NewAgreement { between: vec![ILSE, MORRIS], ..agreement() };
    refused(instead(3, SplitTo::Agreement(alone)), AGREEMENT_BINDS_TOO_FEW);
    let named = NewAgreement { topic: text("Robert haalt op"), ..agreement() };
    refused(instead(3, SplitTo::Agreement(named)), crate::people::catalogue::NAMES_IN_TEXT);
    given.when(splits(SplitGround::Recognition, all)).accepted();
}

/// A household's layer never crosses: what concerns the other parent only does not go there.
#[test]
fn what_is_of_one_household_only_does_not_go_to_the_other() {
    let given = ready().when(goal(PlanRef::Family, "op tijd slapen", ROBERT, &[ROBERT])).accepted();
    let item = Item::Goal(goals(&given)[0]);
    let given = given.when(splits(SplitGround::Recognition, vec![to(item, SplitTo::Household(A))]));
    let rejection = given.then_rejected(ITEM_OF_ANOTHER_HOUSEHOLD);
    assert_eq!(rejection.details.len(), 1);
}

#[test]
fn after_the_switch_each_stands_where_it_went_and_the_family_plan_is_read() {
    let given = switched();
    let state = given.state();
    let (goals, actions) = (goals(&given), actions(&given));
    let stands = |item| state.plans.plan_of(item).unwrap();
    let agreement = the_agreement(&given);
    assert_eq!(stands(Item::Goal(goals[0])), OF_B);
    assert_eq!(stands(Item::Goal(goals[1])), OF_A);
    assert_eq!(stands(Item::Action(actions[0])), PlanRef::Child);
    assert_eq!(stands(Item::Action(actions[1])), PlanRef::Agreement(agreement));
    assert!(!state.plans.runs(Item::Action(actions[2])), "closed");
    assert!(state.plans.running_items(|plan| plan == PlanRef::Family).is_empty());
    assert!(state.plans.goals().all(|goal| goal.belongs_to(PlanRef::Family)), "still read there");
    assert_eq!(plan::plans_on(state, day(TODAY)), [PlanRef::Family, OF_A, OF_B]);
    assert!(plan::is_frozen(state, PlanRef::Family, day(TODAY)));
    let split = state.divorce.split_on(day(TODAY)).unwrap();
    assert_eq!(split.assignment.len(), 5);
    let stored = crate::personal::codec_scope(|| serde_json::to_value(&split.assignment)).unwrap();
    assert_eq!(stored[4]["to"], "closed");
}

/// Rule 9 per household: the parents of that household endorse.
#[test]
fn each_household_plan_becomes_active_by_its_own_parents() {
    let given = switched().on("2026-05-04").when(offer(OF_B)).accepted();
    let version = given.state().plans.last_version(OF_B).unwrap();
    assert_eq!(version.asks(), [ROBERT]);
    let id = version.id;
    let given = given.when(answer(id, ROBERT, Answer::Endorsed)).accepted();
    let given = given.when(PlanCommand::ActivatePlan { version: id, reason: None, interest: None }).accepted();
    assert!(given.state().plans.active_version(OF_B).is_some());
    assert!(given.state().plans.active_version(OF_A).is_none());
    given.when(offer(PlanRef::Child)).then_rejected(NO_PLAN_TO_OFFER);
}

#[test]
fn in_the_layer_of_the_children_something_new_concerns_a_child() {
    let given = switched();
    let new = |concerns: &[PersonId]| action(PlanRef::Child, Owner::Nobody, None, concerns);
    let given = given.when(new(&[MORRIS])).accepted();
    given.when(new(&[ILSE])).then_rejected(CHILD_LAYER_WITHOUT_CHILD);
    case().when(new(&[MORRIS])).then_rejected(PLAN_NOT_SPLIT);
    let of_agreement = PlanRef::Agreement(the_agreement(&switched()));
    switched().when(action(of_agreement, Owner::Nobody, None, &[MORRIS])).then_rejected(PLAN_FROZEN);
}

/// A coordinator works in the own plan; the layer of the children is the director's, and reads as not there.
#[test]
fn a_coordinator_changes_nothing_in_the_layer_of_the_children() {
    let given = switched().on("2026-05-04").when(appoint(B, FENNA)).accepted().by(FENNA, Role::Supporter);
    let end = |action| PlanCommand::EndAction { action, outcome: plan::ActionOutcome::Done, words: None };
    let swimming = actions(&given)[0];
    given.when(end(swimming)).then_rejected(ACTION_UNKNOWN);
}

#[test]
fn an_agreement_is_made_later_too_and_ends_with_what_it_came_from() {
    let make = || TopologyCommand::MakeSharedAgreement { agreement: agreement() };
    case().when(make()).then_rejected(PLAN_NOT_SPLIT);
    let given = switched().when(make()).accepted();
    assert_eq!(given.state().divorce.agreements().len(), 2);
    assert_eq!(given.state().divorce.agreements()[1].households, [A, B]);
    let id = the_agreement(&given);
    let end = || TopologyCommand::EndSharedAgreement { agreement: id, words: None };
    let given = given.when(end()).accepted();
    assert!(!given.state().plans.runs(Item::Action(actions(&given)[1])));
    given.when(end()).then_rejected(AGREEMENT_UNKNOWN);
}

#[test]
fn the_professionals_work_with_two_plans_while_a_parent_declines() {
    case().when(work()).then_rejected(NOBODY_DECLINES);
    let declined = || case().when(answers(ROBERT, OfferAnswer::Declines)).accepted();
    declined().by(NOOR, Role::AccessWorker).when(work()).then_rejected(FOR_THE_DIRECTOR);
    let when = declined().when(work());
    assert_eq!(when.drafts()[0].audience, Some(Audience::Director), "who declines is not everyone's to know");
    let given = when.accepted();
    let state = given.state();
    assert_eq!(state.divorce.topology_on(day(TODAY)), PlanTopology::OneFamilyOnePlan, "the family keeps its plan");
    assert_eq!(state.divorce.professionals_apart_on(day(TODAY)).unwrap().invited, [ROBERT]);
    assert_eq!(plan::plans_on(state, day(TODAY)), [PlanRef::Family, OF_A, OF_B]);
    assert!(!plan::is_frozen(state, PlanRef::Family, day(TODAY)));
    let given = given.when(work()).refused_but(PROFESSIONALS_ALREADY_APART);
    let given = given.when(goal(OF_A, "rust thuis", ILSE, &[ILSE])).accepted();
    let given = given.when(goal(PlanRef::Family, "samen eten", ROBERT, &[ROBERT])).accepted();
    let given = given.when(appoint(A, WIM)).accepted();
    // They put the plans together themselves: no parent has to agree.
    let join = joins(&given, &[]);
    let given = given.when(join).accepted();
    assert!(given.state().divorce.professionals_apart_on(day(TODAY)).is_none());
    assert_eq!(given.state().plans.running_items(|plan| plan == PlanRef::Family).len(), 2);
}

#[test]
fn the_plans_are_joined_again_and_nothing_is_lost() {
    case().when(joins(&case(), &[ILSE, ROBERT])).then_rejected(PLANS_NOT_APART);
    let given = switched().on("2026-05-04").when(appoint(A, WIM)).accepted().on("2026-11-16");
    let given = given.when(TopologyCommand::MakeSharedAgreement { agreement: agreement() }).accepted();
    let one = joins(&given, &[ILSE]);
    let given = given.when(one).refused_but(JOINING_NOT_AGREED);
    let TopologyCommand::JoinPlans { reason, agreed, mut assignment } = joins(&given, &[ILSE, ROBERT]) else {
        panic!("a joining")
    };
    let few = TopologyCommand::JoinPlans {
        reason: reason.clone(),
        agreed: agreed.clone(),
        assignment: assignment[1..].to_vec(),
    };
    let given = given.when(few).refused_but(ITEM_UNASSIGNED);
    assignment[0].closed = Some(None);
    let given = given.when(TopologyCommand::JoinPlans { reason, agreed, assignment }).accepted();
    let (state, today) = (given.state(), day("2026-11-16"));
    assert_eq!(state.divorce.topology_on(today), PlanTopology::OneFamilyOnePlan);
    assert_eq!(state.divorce.topology_on(day("2026-11-15")), PlanTopology::PlanPerHousehold, "as it was");
    assert_eq!(plan::plans_on(state, today), [PlanRef::Family]);
    assert_eq!(state.plans.running_items(|plan| plan == PlanRef::Family).len(), 3);
    assert!(state.plans.running_items(|plan| plan != PlanRef::Family).is_empty());
    assert_eq!(state.divorce.coordinators_on(day("2026-11-17")).count(), 0, "who coordinated stops");
    let agreements = state.divorce.agreements();
    assert!(agreements[0].ended.is_some(), "what it came from is in the one plan again");
    assert!(agreements[1].ended.is_none(), "an agreement of its own stands");
    let given = given.when(goal(PlanRef::Family, "samen verder", ROBERT, &[MORRIS])).accepted();
    let again = split_to(&given, SplitGround::BothWish, &SplitTo::Household(B));
    assert!(given.when(again).accepted().state().divorce.split_on(today).is_some(), "and apart again");
}

fn layers(given: &Given<Case>, event: &PlanEvent) -> Layers {
    LayersOf::on(given.history(), day(TODAY), ages()).of(&CaseEvent::Plan(event.clone()))
}

fn told(given: &Given<Case>, wanted: impl Fn(&PlanEvent) -> bool) -> Vec<PlanEvent> {
    let events = given.history().facts().iter().filter_map(|fact| match &fact.event {
        CaseEvent::Plan(event) if wanted(event) => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

#[test]
fn what_went_to_a_household_is_of_that_household_and_stays_there_after_joining() {
    let given = switched();
    let proposed = told(&given, |event| matches!(event, PlanEvent::GoalProposed { .. }));
    let agreed = told(&given, |event| matches!(event, PlanEvent::ActionAgreed { .. }));
    assert_eq!(layers(&given, &proposed[0]), Layers::of([Layer::Household(B)]));
    assert_eq!(layers(&given, &proposed[1]), Layers::of([Layer::Household(A)]));
    assert_eq!(layers(&given, &agreed[0]), Layers::of([Layer::Child(MORRIS)]));
    assert_eq!(layers(&given, &agreed[1]), Layers::nobodys(), "the agreement speaks for it");
    // What is said in the plan of a household while it is there never comes to the other, also not when the plans are one again.
    let id = goals(&given)[1];
    let given = given.when(goal(OF_A, "papa komt niet aan de deur", ILSE, &[ROBERT])).accepted();
    let reword = PlanCommand::RewordGoal { goal: id, words: text("rust"), proposed_by: plan::SaidBy::Person(ILSE) };
    let given = given.when(reword).accepted();
    let join = joins(&given, &[ILSE, ROBERT]);
    let given = given.when(join).accepted();
    let of = LayersOf::on(given.history(), day(TODAY), ages());
    let facts = given.history().facts().iter().filter(|fact| match &fact.event {
        CaseEvent::Plan(PlanEvent::GoalReworded { .. }) => true,
        CaseEvent::Plan(PlanEvent::GoalProposed { plan, .. }) => *plan == OF_A,
        _ => false,
    });
    let found: Vec<_> = facts.map(|fact| of.of_fact(fact)).collect();
    assert_eq!(found, [Layers::of([Layer::Household(A)]), Layers::of([Layer::Household(A)])]);
}

#[test]
fn an_agreement_is_for_both_households_and_what_somebody_said_their_own() {
    let given = switched();
    let of = LayersOf::on(given.history(), day(TODAY), ages());
    let found: Vec<_> = given
        .history()
        .facts()
        .iter()
        .filter_map(|fact| match &fact.event {
            CaseEvent::Divorce(DivorceEvent::Topology(event)) => Some((event.info().name, of.of_fact(fact))),
            _ => None,
        })
        .collect();
    let named =
        |name| found.iter().filter(|(found, _)| *found == name).map(|(_, layers)| layers.clone()).collect::<Vec<_>>();
    assert_eq!(named("SharedAgreementMade"), [Layers::of([Layer::Household(A), Layer::Household(B)])]);
    assert_eq!(named("PlanSplitPerHousehold"), [Layers::case()]);
    let own = |person| Layers::of([Layer::Person(person)]);
    assert_eq!(named("VisionShared"), [own(ILSE), own(ROBERT), own(MORRIS)]);
    assert_eq!(named("TwoPlansAnswered"), [own(ILSE), own(ROBERT)]);
}

/// privacy.md: unmarked is locating.
#[test]
fn what_is_shared_is_locating_until_the_director_marked_it() {
    let given = protect(switched());
    let leads = |given: &Given<Case>, wanted: &dyn Fn(&CaseEvent) -> bool| {
        let locating = Locating::on(given.history(), day(TODAY));
        let mut facts = given.history().facts().iter().filter(|fact| wanted(&fact.event));
        facts.any(|fact| locating.leads(&fact.event))
    };
    let made = |event: &CaseEvent| {
        matches!(event, CaseEvent::Divorce(DivorceEvent::Topology(TopologyEvent::SharedAgreementMade { .. })))
    };
    let swimming = actions(&given)[0];
    let swims = move |event: &CaseEvent| match event {
        CaseEvent::Plan(PlanEvent::ActionAgreed { action, .. } | PlanEvent::ActionOwned { action, .. }) => {
            *action == swimming
        }
        _ => false,
    };
    assert!(leads(&given, &made) && leads(&given, &swims));
    let (agreement, action) = (Shareable::Agreement(the_agreement(&given)), Shareable::Action(swimming));
    let given = given.when(mark(agreement)).accepted().when(mark(action)).accepted();
    assert!(!leads(&given, &made) && !leads(&given, &swims));
    let given = given.when(mark(action)).refused_but(ALREADY_SAFE);
    // Whoever changes it takes the mark away, until the director looks again.
    let changed = PlanCommand::OwnAction { action: swimming, owner: Owner::Person(ILSE) };
    let given = given.when(changed).accepted();
    assert!(leads(&given, &swims));
    let given = given.when(mark(action)).accepted();
    assert!(!leads(&given, &swims));
    let revoke = |what| TopologyCommand::RevokeSafeToShare { what, reason: None };
    let given = given.when(revoke(agreement)).accepted();
    assert!(leads(&given, &made));
    given.when(revoke(agreement)).then_rejected(NOT_MARKED_SAFE);
}

#[test]
fn other_words_by_a_correction_take_the_mark_away() {
    use crate::correction::{CorrectedContent, CorrectionCommand};
    let given = protect(switched());
    let swimming = actions(&given)[0];
    let given = given.when(mark(Shareable::Action(swimming))).accepted();
    let target = given.state().plans.action(swimming).unwrap().fact;
    let content = CorrectedContent::Words(text("zwemles in het bad om de hoek"));
    let correct = CorrectionCommand::Correct { target, reason: text("tikfout"), occurred: None, content };
    let given = given.when(correct).accepted();
    let locating = Locating::on(given.history(), day(TODAY));
    let of = |event: &CaseEvent| matches!(event, CaseEvent::Plan(PlanEvent::ActionAgreed { action, .. }) if *action == swimming);
    let fact = given.history().facts().iter().find(|fact| of(&fact.event)).unwrap();
    assert!(locating.leads(&fact.event));
}

#[test]
fn the_director_marks_what_is_shared_and_nothing_else() {
    let given = switched();
    let of_a = Shareable::Goal(goals(&given)[1]);
    let given = given.when(mark(of_a)).refused_but(NOT_SHAREABLE);
    let given = given.when(mark(Shareable::Director(WIM))).refused_but(NOT_SHAREABLE);
    let when = given.when(mark(Shareable::Director(ANJA)));
    assert_eq!(when.drafts()[0].audience, Some(Audience::Director), "that one thing is marked says another is not");
    let given = when.accepted().when(appoint(B, FENNA)).accepted();
    let what = Shareable::Agreement(the_agreement(&given));
    given.by(FENNA, Role::Supporter).when(mark(what)).then_rejected(FOR_THE_DIRECTOR);
}

/// What came out of the family's plan in the words of somebody hidden does not show the other household where they are.
#[test]
fn what_went_to_a_household_leads_to_who_does_not_live_there() {
    let family = |by| case().when(goal(PlanRef::Family, "rust", by, &[ROBERT, MORRIS])).accepted();
    let leads = |by| {
        let given = family(by);
        let apart = split_to(&given, SplitGround::BothWish, &SplitTo::Household(B));
        let given = protect(given.when(apart).accepted());
        let proposed = told(&given, |event| matches!(event, PlanEvent::GoalProposed { .. }));
        Locating::on(given.history(), day(TODAY)).leads(&CaseEvent::Plan(proposed[0].clone()))
    };
    assert!(leads(ILSE), "in her words");
    assert!(!leads(ROBERT));
}

/// T R36, R38.
#[test]
fn a_goal_about_the_other_or_about_contact_carries_a_warning_and_is_never_refused() {
    let warns = |given: &Given<Case>, place: usize| {
        let found = goals(given)[place];
        plan::warning(given.state(), given.state().plans.goal(found).unwrap(), day(TODAY))
    };
    let given = switched().when(goal(OF_B, "moeder houdt zich aan afspraken", ROBERT, &[ILSE])).accepted();
    let departs = |given: &Given<Case>| !given.history().facts().last().unwrap().departures.is_empty();
    assert!(!departs(&given), "there is nothing to explain");
    assert_eq!(warns(&given, 2), Some(GoalWarning::AboutOtherParent));
    let given = given.when(goal(OF_B, "ik weet waar ik aan toe ben", ROBERT, &[ROBERT])).accepted();
    assert_eq!(warns(&given, 3), None);
    let choose = |goal, subject, handling| PlanCommand::ChooseGoalSubject { goal, subject, handling };
    let id = goals(&given)[3];
    let given = given.when(choose(id, GoalSubject::Contact, None)).accepted();
    assert!(!departs(&given));
    assert_eq!(warns(&given, 3), Some(GoalWarning::ContactBeforeRest));
    let given = given.when(choose(id, GoalSubject::Contact, Some(GoalHandling::Wish))).accepted();
    assert_eq!(warns(&given, 3), None, "a wish asks nothing of anybody");
    let given = given.when(offer(OF_B)).accepted();
    let version = given.state().plans.last_version(OF_B).unwrap();
    assert!(!version.lines.iter().any(|line| line.item == Item::Goal(id)), "nobody is asked to endorse a wish");
    let safety = given.when(choose(id, GoalSubject::OtherParent, Some(GoalHandling::Safety)));
    assert_eq!(safety.drafts()[0].audience, Some(Audience::Director));
}

#[test]
fn an_event_of_before_has_no_assignment_and_reads_as_it_did() {
    let before = include_str!("../../../../tests/history/PlanSplitPerHousehold.v1.json");
    let stored: serde_json::Value = serde_json::from_str(before).unwrap();
    let event = DivorceEvent::read("PlanSplitPerHousehold", stored["payload"].clone()).unwrap();
    let again = crate::personal::codec_scope(|| serde_json::to_value(&event)).unwrap();
    assert_eq!(again["payload"], stored["payload"], "its bytes are what they were");
    let family = goal(PlanRef::Family, "rust", ROBERT, &[MORRIS]);
    let given = case().when(family).accepted().recorded([Draft::of(CaseEvent::Divorce(event))]);
    assert_eq!(given.state().divorce.topology_on(day(TODAY)), PlanTopology::PlanPerHousehold);
    assert_eq!(given.state().plans.running_items(|plan| plan == PlanRef::Family).len(), 1, "it stays where it was");
}

mod everywhere {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    const ABOUT: [&[PersonId]; 4] = [&[ILSE], &[ROBERT], &[MORRIS], &[ILSE, ROBERT, MORRIS]];

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Goal(usize, usize),
        Action(usize, usize),
        End(usize),
        Agree,
        Split(u64),
        Join(u64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            3 => (0..4_usize, 0..4_usize).prop_map(|(plan, about)| Step::Goal(plan, about)),
            3 => (0..4_usize, 0..4_usize).prop_map(|(plan, about)| Step::Action(plan, about)),
            1 => (0..5_usize).prop_map(Step::End),
            1 => Just(Step::Agree),
            2 => any::<u64>().prop_map(Step::Split),
            1 => any::<u64>().prop_map(Step::Join),
        ];
        prop::collection::vec(step, 1..25)
    }

    const PLANS: [PlanRef; 4] = [PlanRef::Family, OF_A, OF_B, PlanRef::Child];

    fn command(given: &Given<Case>, step: Step) -> Option<CaseCommand> {
        let running = given.state().plans.running_items(|_| true);
        Some(match step {
            Step::Goal(plan, about) => goal(PLANS[plan], "rust", ILSE, ABOUT[about]).into(),
            Step::Action(plan, about) => action(PLANS[plan], Owner::Nobody, None, ABOUT[about]).into(),
            Step::End(which) => match running.get(which)? {
                Item::Goal(goal) => PlanCommand::WithdrawGoal { goal: *goal, words: None }.into(),
                Item::Action(action) => {
                    let outcome = plan::ActionOutcome::Done;
                    PlanCommand::EndAction { action: *action, outcome, words: None }.into()
                }
            },
            Step::Agree => TopologyCommand::MakeSharedAgreement { agreement: agreement() }.into(),
            Step::Split(dice) => {
                let items = given.state().plans.running_items(|plan| plan == PlanRef::Family);
                let places = |place: usize| match (dice >> (2 * (place % 32))) & 3 {
                    0 => SplitTo::Household(A),
                    1 => SplitTo::Household(B),
                    2 => SplitTo::Child,
                    _ => SplitTo::Agreement(agreement()),
                };
                let assignment = items.into_iter().enumerate().map(|(place, item)| to(item, places(place))).collect();
                splits(SplitGround::BothWish, assignment).into()
            }
            Step::Join(dice) => {
                let TopologyCommand::JoinPlans { reason, agreed, mut assignment } = joins(given, &[ILSE, ROBERT])
                else {
                    return None;
                };
                for (place, given) in assignment.iter_mut().enumerate() {
                    given.closed = ((dice >> (place % 64)) & 1 == 1).then_some(None);
                }
                TopologyCommand::JoinPlans { reason, agreed, assignment }.into()
            }
        })
    }

    /// Every running goal and action stands in exactly one place, and in one that is there.
    fn check(given: &Given<Case>) {
        let state = given.state();
        let apart = state.divorce.split_on(day(TODAY)).is_some();
        let plans = plan::plans_on(state, day(TODAY));
        for item in state.plans.running_items(|_| true) {
            let stands = state.plans.plan_of(item).unwrap();
            let there = match stands {
                PlanRef::Family => !apart,
                PlanRef::Household(_) => plans.contains(&stands),
                PlanRef::Child => apart,
                PlanRef::Agreement(agreement) => state
                    .divorce
                    .agreement(agreement)
                    .is_some_and(|made| made.ended.is_none() && made.item == Some(item)),
            };
            assert!(there, "{item:?} stands in {stands:?}");
            let held = [PlanRef::Family, OF_A, OF_B, PlanRef::Child].into_iter();
            let places = held.filter(|plan| state.plans.running_items(|of| of == *plan).contains(&item)).count();
            let agreements = state.divorce.agreements().iter();
            let agreements = agreements.filter(|made| made.ended.is_none() && made.item == Some(item)).count();
            assert_eq!(places + agreements, 1, "{item:?} stands in one place");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, rng_seed: RngSeed::Fixed(6), ..ProptestConfig::default() })]

        /// R03: whatever happened, going apart gives everything one place and joining loses nothing.
        #[test]
        fn nothing_is_lost(steps in steps()) {
            let mut given = case();
            for step in steps {
                let Some(order) = command(&given, step) else { continue };
                let before: BTreeSet<_> = given.state().plans.running_items(|_| true).into_iter().collect();
                let closed: BTreeSet<_> = match &order {
                    CaseCommand::Divorce(DivorceCommand::Topology(TopologyCommand::JoinPlans { assignment, .. })) => {
                        let closed = assignment.iter().filter(|given| given.closed.is_some());
                        closed.filter_map(|given| given.item.item()).collect()
                    }
                    _ => BTreeSet::new(),
                };
                let moved = matches!(step, Step::Split(_) | Step::Join(_));
                let count = given.history().facts().len();
                given = given.when(order).accepted_or_not();
                let accepted = given.history().facts().len() > count;
                check(&given);
                if moved && accepted {
                    let after: BTreeSet<_> = given.state().plans.running_items(|_| true).into_iter().collect();
                    prop_assert_eq!(after, before.difference(&closed).copied().collect::<BTreeSet<_>>());
                }
            }
        }
    }
}
