//! What may I say? For whoever is about to pick up the phone: what this person may hear today, as data and in plain sentences
//! (`privacy.md`; case 04). A sentence says no more than the data beside it: each is made of what the gate let through.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use domain::ids::{CaseId, PersonId, Subject};
use domain::rejection::Detail;
use domain::request::RequestOutcome;
use projections::views::Kept;
use projections::views::say::{Authority, ChildSay, Hears, OwnNo, RepresentedBy, SayView, Why, what_may_i_say};

use super::case::CaseNode;
use super::contacts::PromiseNode;
use super::enums::ConsentKind;
use super::households::HouseholdNode;
use super::input::Read;
use super::people::PersonNode;
use super::requests::RequestNode;
use super::rulings::RulingNode;
use super::safety::ToldLaterNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, Granted, granted, knows, note_lost, plain, words};
use super::two_plans::AgreementNode;
use super::workers::WorkerNode;
use crate::gate::{Field, Mandate, Topic};

const OPERATION: &str = "whatMayISay";

const SAY: Field = Field::new("say", Topic::People);
const NAME: Field = Field::new("say.name", Topic::People);
const CHILD: Field = Field::new("say.child", Topic::People);
const REPRESENTATIVE: Field = Field::new("say.representative", Topic::People);
const NO: Field = Field::new("say.no", Topic::Consent);
const LOCATING: Field = Field::new("say.locating", Topic::Protection);
const LABEL: Field = Field::new("say.household", Topic::Households);

/// Whether somebody has authority over a child.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "projections::views::say::Authority", name = "AuthorityToday")]
pub enum AuthorityToday {
    /// Yes, alone or with somebody else.
    Holds,
    /// Somebody else has.
    HoldsNot,
    /// Nobody has it over somebody who is of age.
    OfAge,
    /// The record gives no answer that may be acted on: a person must decide.
    PersonMustDecide,
}

/// Whether somebody may hear what concerns a child.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum MayHear {
    /// Yes: has authority over a child under 16.
    Yes,
    /// No: has no authority over the child.
    NoAuthority,
    /// Only if the young person agrees, from 16: ask the young person, no record answers it.
    YoungPersonMustAgree,
    /// No: of age.
    OfAge,
    /// A person must decide.
    PersonMustDecide,
}

impl From<Hears> for MayHear {
    fn from(hears: Hears) -> Self {
        match hears {
            Hears::Yes => Self::Yes,
            Hears::No(Why::NoAuthority) => Self::NoAuthority,
            Hears::No(Why::YoungPersonMustAgree) => Self::YoungPersonMustAgree,
            Hears::No(Why::OfAge) => Self::OfAge,
            Hears::PersonMustDecide => Self::PersonMustDecide,
        }
    }
}

impl MayHear {
    const fn key(self) -> &'static str {
        match self {
            Self::Yes => "say-yes",
            Self::NoAuthority => "say-no-authority",
            Self::YoungPersonMustAgree => "say-young-person-must-agree",
            Self::OfAge => "say-of-age",
            Self::PersonMustDecide => "say-person-must-decide",
        }
    }
}

/// What may be said to somebody today.
pub struct SayNode {
    case: CaseNode,
    view: Granted<SayView>,
}

/// What may be said about a child.
pub struct ChildSayNode {
    case: CaseNode,
    view: Granted<ChildSay>,
}

/// Something a child said no to, or took back, and that still stands.
#[derive(SimpleObject)]
pub struct OpenNoNode {
    /// To what.
    kind: ConsentKind,
    /// Whether it was a yes first.
    withdrawn: bool,
    /// Since which day.
    since: Day,
}

/// Something the person said no to, or took back, and that still stands.
#[derive(SimpleObject)]
pub struct OwnNoNode {
    /// About whom.
    about: Option<PersonNode>,
    /// To what.
    kind: ConsentKind,
    /// Whether it was a yes first.
    withdrawn: bool,
    /// Since which day.
    since: Day,
}

impl SayNode {
    fn new(case: &CaseNode, view: SayView) -> Option<Self> {
        let about = [Subject::Person(view.person.value)];
        let view = granted(case.mandate(), SAY, &about, view, |view| &view.person)?;
        Some(Self { case: case.clone(), view })
    }

    fn about_children(&self) -> Vec<ChildSayNode> {
        let node = |view: &ChildSay| {
            let about = [Subject::Person(view.child.value), Subject::Person(self.view.person.value)];
            let view = granted(self.case.mandate(), CHILD, &about, view.clone(), |view| &view.child)?;
            Some(ChildSayNode { case: self.case.clone(), view })
        };
        self.view.children.iter().filter_map(node).collect()
    }

    /// The last thing promised to the person, of what the viewer may know.
    fn last_promise(&self) -> Option<PromiseNode> {
        self.view.promises.iter().find_map(|view| PromiseNode::new(&self.case, view.clone()))
    }

    /// The same in a sentence.
    fn last_promise_told(&self, session: &Session<'_>, person: &str) -> Option<String> {
        let promise = self.last_promise()?;
        let locale = session.locale();
        let calls = domain::contact::PromiseKind::CallBack == promise.said().kind;
        let what = promise.promised(session).or_else(|| calls.then(|| locale.label("say-call-back")))?;
        let mut details = vec![
            ("person", Detail::Id(person.to_owned())),
            ("what", Detail::Id(what)),
            ("made", Detail::Day(promise.said().made)),
        ];
        let waits = promise.waits();
        details.extend(promise.said().by.filter(|_| waits).map(|by| ("by", Detail::Day(by))));
        let key = match (waits, promise.said().by) {
            (true, Some(_)) => "say-last-promise-by",
            (true, None) => "say-last-promise",
            (false, _) => "say-last-promise-ended",
        };
        Some(locale.sentence(key, &details))
    }

    /// Promises to the person that wait, as far as the viewer may know, the last made first.
    fn waiting(&self) -> Vec<PromiseNode> {
        let promises = self.view.promises.iter().filter_map(|view| PromiseNode::new(&self.case, view.clone()));
        promises.filter(PromiseNode::waits).collect()
    }

    fn said_no(&self) -> Vec<OwnNoNode> {
        let no = |kept: &Kept<OwnNo>| {
            if !self.case.knows_of(kept.value.about) {
                return None;
            }
            let about = [Subject::Person(self.view.person.value), Subject::Person(kept.value.about)];
            let OwnNo { about: whom, no } = granted(self.case.mandate(), NO, &about, kept.clone(), |kept| kept)?.value;
            let about = self.case.person(whom);
            Some(OwnNoNode { about, kind: no.kind.into(), withdrawn: no.withdrawn, since: Day(no.since) })
        };
        self.view.noes.iter().filter_map(no).collect()
    }

    fn asked(&self) -> Vec<RequestNode> {
        self.view.requests.iter().filter_map(|view| RequestNode::new(&self.case, view.clone())).collect()
    }

    /// The last request of the person on which the viewer may know what was decided.
    fn answered(&self) -> Option<RequestNode> {
        let mut nodes = self.view.decided.iter().filter_map(|view| RequestNode::new(&self.case, view.clone()));
        nodes.find(|node| node.decided().is_some())
    }

    fn agreed(&self) -> Vec<AgreementNode> {
        self.view.agreements.iter().filter_map(|view| AgreementNode::new(&self.case, view)).collect()
    }

    fn kept_for_now(&self) -> Vec<ToldLaterNode> {
        self.view.told_later.iter().filter_map(|view| ToldLaterNode::new(&self.case, view)).collect()
    }

    fn must_not_be_found(&self) -> bool {
        let about = [Subject::Person(self.view.person.value)];
        let seen = self.view.is_protected.as_ref().map(|kept| plain(self.case.mandate(), LOCATING, &about, kept));
        seen.flatten().is_some()
    }

    /// In force on the day, as far as the viewer may know their days.
    fn ruled(&self) -> Vec<RulingNode> {
        let mandate = self.case.mandate();
        let in_force = self.view.rulings.iter().filter(|ruling| ruling.is_in_force(knows(mandate)));
        in_force.filter_map(|ruling| RulingNode::new(&self.case, ruling.clone())).collect()
    }

    fn said_of(&self, session: &Session<'_>, ruling: &RulingNode) -> Option<String> {
        let locale = session.locale();
        let about = called(session, &self.case, ruling.about()).unwrap_or_else(|| locale.label("say-somebody"));
        let kind = locale.label(&format!("ruling-{}", ruling.what()?.as_str().replace('_', "-")));
        let mut details = vec![("about", Detail::Id(about)), ("kind", Detail::Id(kind))];
        details.push(("scope", Detail::Id(ruling.decides(session)?)));
        let Some(channel) = ruling.way(session) else { return Some(locale.sentence("say-ruling", &details)) };
        details.push(("channel", Detail::Id(channel)));
        Some(locale.sentence("say-ruling-by-channel", &details))
    }

    fn minds_locating(&self) -> bool {
        let seen = self.case.mandate().see_plain(&EVERYONE, LOCATING, &[self.case.subject()], self.view.mind_locating);
        // Whoever may not know whether somebody is protected says nothing of where anybody is.
        seen.known().unwrap_or(true)
    }

    /// Labels of the households whose layer is theirs to hear.
    fn labels(&self, session: &Session<'_>) -> Vec<String> {
        let label = |kept: &Kept<domain::ids::HouseholdId>| {
            let view = self.case.households_view(session).iter().find(|view| view.household.value == kept.value)?;
            self.case.mandate().admits(kept).then(|| words(session, self.case.mandate(), LABEL, &view.label))?
        };
        self.view.households.iter().filter_map(label).collect()
    }
}

impl ChildSayNode {
    fn mandate(&self) -> &Mandate {
        self.case.mandate()
    }

    fn has_authority(&self) -> Authority {
        note_lost(self.mandate(), CHILD, &self.view.values);
        self.view.authority(knows(self.mandate()))
    }

    fn hears(&self) -> MayHear {
        note_lost(self.mandate(), CHILD, &self.view.values);
        self.view.layer(knows(self.mandate())).into()
    }

    fn said_no(&self) -> Vec<OpenNoNode> {
        let about = [Subject::Person(self.view.child.value)];
        let no = |kept: &Kept<projections::views::say::OpenNo>| {
            let no = granted(self.mandate(), NO, &about, kept.clone(), |kept| kept)?.value;
            Some(OpenNoNode { kind: no.kind.into(), withdrawn: no.withdrawn, since: Day(no.since) })
        };
        self.view.noes.iter().filter_map(no).collect()
    }

    fn name(&self, session: &Session<'_>) -> Option<String> {
        called(session, &self.case, self.view.child.value)
    }
}

const fn kind_key(kind: ConsentKind) -> &'static str {
    match kind {
        ConsentKind::Help => "say-kind-help",
        ConsentKind::Sharing => "say-kind-sharing",
        ConsentKind::Joining => "say-kind-joining",
        ConsentKind::Measuring => "say-kind-measuring",
    }
}

/// What was decided on a request, and why as far as the viewer may read it.
fn told_of_decision(session: &Session<'_>, request: &RequestNode, person: &str) -> Vec<String> {
    let locale = session.locale();
    let Some((outcome, decided)) = request.decided() else { return Vec::new() };
    let details = [
        ("person", Detail::Id(person.to_owned())),
        ("day", Detail::Day(request.asked_on())),
        ("decided", Detail::Day(decided)),
    ];
    let what = locale.sentence(outcome_key(outcome), &details);
    let why =
        request.why(session).map(|reason| locale.sentence("say-request-reason", &[("reason", Detail::Id(reason))]));
    std::iter::once(what).chain(why).collect()
}

const fn outcome_key(outcome: RequestOutcome) -> &'static str {
    match outcome {
        RequestOutcome::Given => "say-request-given",
        RequestOutcome::PartlyGiven => "say-request-partly-given",
        RequestOutcome::Refused => "say-request-refused",
    }
}

fn called(session: &Session<'_>, case: &CaseNode, person: PersonId) -> Option<String> {
    let view = case.people_view(session).iter().find(|view| view.person == person)?;
    words(session, case.mandate(), NAME, view.name.as_ref()?)
}

fn represented(case: &CaseNode, person: PersonId, held: &[Kept<RepresentedBy>]) -> Vec<WorkerNode> {
    let about = [Subject::Person(person)];
    let node = |kept: &Kept<RepresentedBy>| {
        let kept = granted(case.mandate(), REPRESENTATIVE, &about, kept.clone(), |kept| kept)?;
        Some(WorkerNode::new(kept.value.worker, case.mandate().clone()))
    };
    held.iter().filter_map(node).collect()
}

/// What may be said about a child of the family.
#[Object(name = "MaySayOfChild")]
impl ChildSayNode {
    /// The child.
    async fn child(&self) -> Option<PersonNode> {
        self.case.person(self.view.child.value)
    }

    /// Whether the person has authority over the child today.
    async fn authority(&self) -> AuthorityToday {
        self.has_authority().into()
    }

    /// Whether the person may hear what concerns the child. Where a ruling in force may forbid what authority allows, a person must decide.
    async fn may_hear(&self) -> MayHear {
        self.hears()
    }

    /// What the child itself said no to, from the age at which that counts: it stands, whoever has authority.
    async fn noes(&self) -> Vec<OpenNoNode> {
        self.said_no()
    }

    /// Who represents the child: to be asked as well, or instead.
    async fn represented_by(&self) -> Vec<WorkerNode> {
        represented(&self.case, self.view.child.value, &self.view.representatives)
    }
}

/// What may be said to somebody on the phone, today.
#[Object(name = "MaySay")]
impl SayNode {
    /// To whom. Their own personal layer is theirs to hear, and nobody else's.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.view.person.value)
    }

    /// For each other child of the family.
    async fn children(&self) -> Vec<ChildSayNode> {
        self.about_children()
    }

    /// The households they live in: what concerns those is theirs to hear, and of no other.
    async fn households(&self, ctx: &Context<'_>) -> Result<Vec<HouseholdNode>> {
        let session = Session::of(ctx)?;
        let theirs = |id| self.view.households.iter().any(|kept| kept.value == id && self.case.mandate().admits(kept));
        let views = self.case.households_view(&session).iter().filter(|view| theirs(view.household.value));
        Ok(views.filter_map(|view| HouseholdNode::new(&self.case, view.clone())).collect())
    }

    /// Who represents the person.
    async fn represented_by(&self) -> Vec<WorkerNode> {
        represented(&self.case, self.view.person.value, &self.view.representatives)
    }

    /// The last thing that was promised to them in a contact.
    #[graphql(name = "lastPromise")]
    async fn promised_last(&self) -> Option<PromiseNode> {
        self.last_promise()
    }

    /// Everything that was promised to them and still waits, the last made first.
    async fn open_promises(&self) -> Vec<PromiseNode> {
        self.waiting()
    }

    /// What the person said no to, or took back, and that still stands.
    async fn noes(&self) -> Vec<OwnNoNode> {
        self.said_no()
    }

    /// What the person asked for in a request that nobody decided on yet.
    async fn open_requests(&self) -> Vec<RequestNode> {
        self.asked()
    }

    /// The last request of the person that was decided on: a refusal holds until something else is decided.
    async fn last_decided_request(&self) -> Option<RequestNode> {
        self.answered()
    }

    /// The minimal shared agreements that bind the person: by which way people communicate, about what.
    async fn agreements(&self) -> Vec<AgreementNode> {
        self.agreed()
    }

    /// What is kept from the person for now, as far as you may know of it: say nothing of it, nor that there is anything.
    async fn told_later(&self) -> Vec<ToldLaterNode> {
        self.kept_for_now()
    }

    /// Whether the person must not be found: make sure who is on the phone, and tell nobody that they called.
    async fn is_protected(&self) -> bool {
        self.must_not_be_found()
    }

    /// Who else must not be found, as far as you may know.
    async fn protected(&self) -> Vec<PersonNode> {
        let seen = |kept: &Kept<PersonId>| {
            if !self.case.knows_of(kept.value) {
                return None;
            }
            let person = plain(self.case.mandate(), LOCATING, &[Subject::Person(kept.value)], kept)?;
            self.case.person(person)
        };
        self.view.protected.iter().filter_map(seen).collect()
    }

    /// The rulings in force that the person has to do with: what they decide, and by which way people communicate.
    async fn rulings(&self) -> Vec<RulingNode> {
        self.ruled()
    }

    /// Whether somebody else must not be found: then say nothing of where anybody is.
    async fn mind_locating(&self) -> bool {
        self.minds_locating()
    }

    /// The same in plain sentences, in the language of the request: to read while the phone rings.
    async fn sentences(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let session = Session::of(ctx)?;
        let locale = session.locale();
        let person =
            called(&session, &self.case, self.view.person.value).unwrap_or_else(|| locale.label("say-somebody"));
        let mut said = Vec::new();
        if self.minds_locating() {
            said.push(locale.label("say-mind-locating"));
        }
        if self.must_not_be_found() {
            said.push(locale.sentence("say-is-protected", &[("person", Detail::Id(person.clone()))]));
        }
        for kept in self.kept_for_now() {
            let details = [("person", Detail::Id(person.clone())), ("review", Detail::Day(kept.review_on()))];
            said.push(locale.sentence("say-told-later", &details));
        }
        for child in self.about_children() {
            let name = child.name(&session).unwrap_or_else(|| locale.label("say-a-child"));
            let details = [("person", Detail::Id(person.clone())), ("child", Detail::Id(name.clone()))];
            said.push(locale.sentence(child.hears().key(), &details));
            for no in child.said_no() {
                let to = Detail::Id(locale.label(kind_key(no.kind)));
                let details = [("child", Detail::Id(name.clone())), ("kind", to), ("since", Detail::Day(no.since.0))];
                said.push(locale.sentence("say-child-no", &details));
            }
        }
        said.extend(self.ruled().into_iter().filter_map(|ruling| self.said_of(&session, &ruling)));
        for (topic, channel) in self.agreed().iter().filter_map(|agreement| agreement.said(&session)) {
            let details = [("person", person.clone()), ("topic", topic), ("channel", channel)];
            said.push(locale.sentence("say-agreement", &details.map(|(key, words)| (key, Detail::Id(words)))));
        }
        let labels = self.labels(&session);
        if !labels.is_empty() {
            let details = [("person", Detail::Id(person.clone())), ("households", Detail::Id(labels.join(", ")))];
            said.push(locale.sentence("say-own-household", &details));
        }
        for no in self.said_no() {
            let about = no.about.as_ref().and_then(|about| called(&session, &self.case, about.whom()));
            let about = about.unwrap_or_else(|| locale.label("say-somebody"));
            let (kind, since) = (Detail::Id(locale.label(kind_key(no.kind))), Detail::Day(no.since.0));
            let details = [
                ("person", Detail::Id(person.clone())),
                ("about", Detail::Id(about)),
                ("kind", kind),
                ("since", since),
            ];
            said.push(locale.sentence("say-own-no", &details));
        }
        for request in self.asked() {
            let details = [("person", Detail::Id(person.clone())), ("day", Detail::Day(request.asked_on()))];
            said.push(locale.sentence("say-open-request", &details));
        }
        said.extend(self.answered().map(|request| told_of_decision(&session, &request, &person)).unwrap_or_default());
        said.extend(self.last_promise_told(&session, &person));
        said.push(locale.sentence("say-own", &[("person", Detail::Id(person))]));
        Ok(said)
    }
}

/// What may be said.
#[derive(Default)]
pub struct SayQuery;

#[Object]
impl SayQuery {
    /// What you may say to this person on the phone, today: by authority, age, the child's own no and protection. Ask before you pick up.
    /// Nothing for somebody who is not in the case, or of whom you may not know that they are.
    async fn what_may_i_say(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
        #[graphql(desc = "Who is on the phone.")] person: ID,
    ) -> Result<Option<SayNode>> {
        let session = Session::of(ctx)?;
        let (case, person) = session.read(|| {
            let case: CaseId = case_id.read("caseId")?;
            let person: PersonId = person.read("person")?;
            Ok((case, person))
        })?;
        let (loaded, mandate) = session.open(case, OPERATION).await?;
        let node = CaseNode::with(case, loaded, mandate, session.today());
        let view = node.read(&session, |reading| what_may_i_say(reading, person));
        Ok(view.and_then(|view| SayNode::new(&node, view)))
    }
}
