//! Given these events, when this command, then these events or this rejection. For the tests of every room; invented people only.

pub(crate) mod world;

use uuid::Uuid;

use crate::case::{Case, CaseEvent};
use crate::consent::{ConsentEvent, ConsentKind, Evidence, Standing};
use crate::decider::{Context, Decider, History, Order, decide, everybody};
use crate::fact::{Actor, Audience, CommandRef, Draft, Fact, Organisation, Role};
use crate::ids::{CommandId, ConsentId, EventId, PersonId, RecordId, Revision, Subject, WorkerId};
use crate::life::{LegalFramework, LifeEvent, OpeningGround, Origin};
use crate::people::{Authority, FamilyRole, PeopleEvent, Source};
use crate::personal::Personal;
use crate::rejection::{Code, Rejection};
use crate::terms::{ConsentAges, Terms, TermsBook};
use crate::text::{Line, Name, Text};
use crate::time::{CivilDay, Occurred, Timestamp};

pub(crate) const SAMIRA: PersonId = PersonId::from_uuid(Uuid::from_u128(1));
pub(crate) const ILIAS: PersonId = PersonId::from_uuid(Uuid::from_u128(2));
/// Works at the access desk; the actor when nothing else is said.
pub(crate) const NOOR: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x11));
pub(crate) const JOOST: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x12));
pub(crate) const LAYLA: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x13));
/// Samira's help consent for Ilias in [`opened`].
pub(crate) const HELP: ConsentId = ConsentId::from_uuid(Uuid::from_u128(0x21));

/// What the stream of every test is about.
pub(crate) const STREAM: Uuid = Uuid::from_u128(0xCA5E);

/// A history, a present moment and an actor.
#[derive(Clone)]
pub(crate) struct Given<D: Decider> {
    history: History<D>,
    now: Timestamp,
    actor: Actor,
    terms: Terms,
    book: TermsBook,
    fresh: u128,
    commands: u128,
}

/// What a command led to.
pub(crate) struct When<D: Decider> {
    before: Given<D>,
    order: Order<D::Command>,
    outcome: Result<Vec<Draft<D::Event>>, Rejection>,
}

/// A case in which these events were recorded at nine o'clock on these days, in this order. The present is the last of those days.
pub(crate) fn given<E: Into<CaseEvent>>(events: impl IntoIterator<Item = (&'static str, E)>) -> Given<Case> {
    given_of(events.into_iter().map(|(day, event)| (day, event.into())))
}

/// The same for any decider: `given_of::<Signal>([...])`.
pub(crate) fn given_of<D: Decider>(events: impl IntoIterator<Item = (&'static str, D::Event)>) -> Given<D> {
    let book = TermsBook::nl_default().unwrap();
    let terms = book.terms_on(day("2026-03-02")).clone();
    let start = Given {
        history: History::default(),
        now: day("2026-03-02").at(9, 0),
        actor: actor(NOOR, Role::AccessWorker),
        terms,
        book,
        fresh: 0,
        commands: 0,
    };
    events.into_iter().fold(start, |given, (on, event)| given.on(on).recorded([Draft::of(event)]))
}

impl<D: Decider> Given<D> {
    /// The clock moves to nine o'clock on this day.
    pub(crate) fn on(mut self, at: &str) -> Self {
        self.now = day(at).at(9, 0);
        self
    }

    /// The clock moves to this moment.
    pub(crate) fn at(mut self, moment: Timestamp) -> Self {
        self.now = moment;
        self
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// The policy becomes that of this book on the present day.
    pub(crate) fn under(mut self, book: TermsBook) -> Self {
        self.terms = book.terms_on(self.now.day()).clone();
        self.book = book;
        self
    }

    /// Somebody else acts from now on.
    pub(crate) fn by(mut self, worker: WorkerId, role: Role) -> Self {
        self.actor = actor(worker, role);
        self
    }

    /// The same person acts for this organisation from now on.
    pub(crate) fn of(mut self, short: &str) -> Self {
        self.actor.organisation = organisation(short);
        self
    }

    /// These drafts were recorded, as one command.
    pub(crate) fn recorded(mut self, drafts: impl IntoIterator<Item = Draft<D::Event>>) -> Self {
        let drafts: Vec<_> = drafts.into_iter().collect();
        self.commands += 1;
        let count = u32::try_from(drafts.len()).unwrap();
        for (index, draft) in (0..count).zip(drafts) {
            let fact = self.fact(draft, index, count);
            self.history.push(fact);
        }
        self
    }

    fn fact(&self, draft: Draft<D::Event>, index: u32, count: u32) -> Fact<D::Event> {
        let revision = self.history.revision().map_or(Revision::FIRST, Revision::next);
        let command = CommandId::from_uuid(Uuid::from_u128(0xC000_0000 + self.commands));
        Fact {
            id: event_id(revision.number()),
            revision,
            recorded_at: self.now,
            occurred: draft.occurred.unwrap_or(Occurred::At(self.now)),
            learnt: draft.learnt,
            actor: self.actor.clone(),
            audience: draft.audience.unwrap_or(Audience::Case),
            command: CommandRef { id: command, digest: command.to_string(), index, count },
            terms: self.terms.version.to_string(),
            due: draft.due,
            departures: draft.departures,
            event: draft.event,
        }
    }

    /// Somebody gives this command now.
    pub(crate) fn when(self, command: impl Into<D::Command>) -> When<D> {
        self.when_ordered(Order::now(command.into()))
    }

    /// Somebody gives this command about an earlier day.
    pub(crate) fn when_on(self, occurred: &str, command: impl Into<D::Command>) -> When<D> {
        let order = Order { occurred: Some(Occurred::Day(day(occurred))), ..Order::now(command.into()) };
        self.when_ordered(order)
    }

    /// Somebody gives this order now.
    pub(crate) fn when_ordered(mut self, order: Order<D::Command>) -> When<D> {
        let mut fresh = self.fresh;
        let mut ids = || {
            fresh += 1;
            self::fresh(fresh)
        };
        let mut context = Context {
            id: STREAM,
            now: self.now,
            actor: &self.actor,
            terms: &self.terms,
            book: &self.book,
            ids: &mut ids,
            knows: &everybody,
        };
        let outcome = decide(&self.history, &order, &mut context);
        self.fresh = fresh;
        When { before: self, order, outcome }
    }

    /// How many ids the commands made so far: the next one is [`fresh`] of one more.
    pub(crate) const fn ids_made(&self) -> u128 {
        self.fresh
    }

    /// What was recorded so far.
    pub(crate) fn history(&self) -> &History<D> {
        &self.history
    }

    /// What follows from it.
    pub(crate) fn state(&self) -> &D::State {
        self.history.state()
    }

    /// The policy of these tests.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }
}

impl<D: Decider> When<D> {
    /// Exactly these events follow.
    #[track_caller]
    pub(crate) fn then<E: Into<D::Event>>(self, expected: impl IntoIterator<Item = E>) -> Given<D> {
        let events: Vec<_> = self.drafts().iter().map(|draft| draft.event.clone()).collect();
        assert_eq!(events, expected.into_iter().map(Into::into).collect::<Vec<_>>());
        self.accepted()
    }

    /// It is accepted, and there was nothing to write.
    #[track_caller]
    pub(crate) fn then_nothing(self) -> Given<D> {
        self.then([] as [D::Event; 0])
    }

    /// It is refused with this code.
    #[track_caller]
    pub(crate) fn then_rejected(self, code: Code) -> Rejection {
        match self.outcome {
            Err(rejection) if rejection.code == code => rejection,
            other => panic!("expected {code}, got {other:?} for {:?}", self.order.command),
        }
    }

    /// It is refused with this code; nothing changed, and the next command follows.
    #[track_caller]
    pub(crate) fn refused_but(self, code: Code) -> Given<D> {
        assert_eq!(self.outcome.as_ref().map_err(|rejection| rejection.code), Err(code));
        self.before
    }

    /// It is accepted and recorded; the next command follows on it.
    #[track_caller]
    pub(crate) fn accepted(self) -> Given<D> {
        let drafts = self.drafts().to_vec();
        self.before.recorded(drafts)
    }

    /// It is recorded if it was accepted; otherwise nothing happened.
    pub(crate) fn settled(self) -> Given<D> {
        match self.outcome {
            Ok(drafts) => self.before.recorded(drafts),
            Err(_) => self.before,
        }
    }

    /// Whatever became of it: recorded when it was accepted.
    pub(crate) fn accepted_or_not(self) -> Given<D> {
        match self.outcome {
            Ok(drafts) => self.before.recorded(drafts),
            Err(_) => self.before,
        }
    }

    /// What was decided.
    #[track_caller]
    pub(crate) fn drafts(&self) -> &[Draft<D::Event>] {
        match &self.outcome {
            Ok(drafts) => drafts,
            Err(rejection) => panic!("refused with {rejection:?}: {:?}", self.order.command),
        }
    }
}

/// The n-th id that the commands of one test made, counted from 1.
pub(crate) fn fresh(number: u128) -> Uuid {
    Uuid::from_u128(0xF000_0000 + number)
}

/// The id of the recorded event with this revision.
pub(crate) fn event_id(revision: u64) -> EventId {
    EventId::from_uuid(Uuid::from_u128(0xE000_0000 + u128::from(revision)))
}

pub(crate) fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

pub(crate) fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

pub(crate) fn line(words: &str) -> Line {
    Line::new(words).unwrap()
}

pub(crate) fn name(words: &str) -> Name {
    Name::new(words).unwrap()
}

/// A text in a record of its own; `record` as [`fresh`] gave it.
pub(crate) fn words(record: Uuid, words: &str) -> Personal<Text> {
    Personal::ordinary(Subject::Record(RecordId::from_uuid(record)), text(words))
}

/// The ages of the policy of these tests.
pub(crate) fn ages() -> ConsentAges {
    TermsBook::nl_default().unwrap().terms_on(day("2026-03-02")).consent_ages
}

/// A value of this owner that cannot be read by a fault.
pub(crate) fn lost<T: serde::de::DeserializeOwned>(owner: Subject) -> Personal<T> {
    serde_json::from_value(serde_json::json!({ "$personal": { "of": owner } })).unwrap()
}

pub(crate) fn organisation(short: &str) -> Organisation {
    Organisation::new(short).unwrap()
}

pub(crate) fn actor(worker: WorkerId, role: Role) -> Actor {
    Actor { worker, role, organisation: organisation("gemeente-huizen"), on_behalf_of: None }
}

pub(crate) fn person(id: PersonId, called: &str, birth: Option<&str>, role: FamilyRole) -> CaseEvent {
    let owner = Subject::Person(id);
    PeopleEvent::PersonAdded {
        person: id,
        name: Personal::ordinary(owner, name(called)),
        birth_date: birth.map(|birth| Personal::ordinary(owner, day(birth))),
        role: Personal::ordinary(owner, role),
        from: day("2026-03-02"),
    }
    .into()
}

pub(crate) fn authority(child: PersonId, authority: Authority, from: &str) -> CaseEvent {
    PeopleEvent::AuthorityRecorded {
        child,
        authority: Personal::ordinary(Subject::Person(child), authority),
        from: day(from),
        until: None,
        source: Source::Register,
        ruling: None,
    }
    .into()
}

/// Help consent of a parent for a child, from 2026-03-02.
pub(crate) fn help_consent(consent: ConsentId, giver: PersonId, subject: PersonId) -> CaseEvent {
    ConsentEvent::ConsentGranted {
        consent,
        giver,
        standing: Standing::Parent,
        subject,
        kind: ConsentKind::Help,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: day("2026-03-02"),
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
        by: None,
    }
    .into()
}

/// The case of Samira (sole authority) and her son Ilias (2017-01-09), opened on 2026-03-02 by Noor with Samira's consent: revisions
/// 0 (opened), 1 and 2 (people), 3 (authority), 4 (consent).
pub(crate) fn opened() -> Vec<(&'static str, CaseEvent)> {
    let opened = LifeEvent::CaseOpened {
        municipality: organisation("gemeente-huizen"),
        framework: LegalFramework::Voluntary,
        origin: Origin::Request,
        ground: OpeningGround::HelpConsent,
        question: words(Uuid::from_u128(0x31), "Rust in huis"),
    };
    [
        opened.into(),
        person(SAMIRA, "Samira", Some("1990-05-05"), FamilyRole::Parent),
        person(ILIAS, "Ilias", Some("2017-01-09"), FamilyRole::Child),
        authority(ILIAS, Authority::OneParent(SAMIRA), "2017-01-09"),
        help_consent(HELP, SAMIRA, ILIAS),
    ]
    .map(|event| ("2026-03-02", event))
    .to_vec()
}

#[test]
fn the_harness_tells_what_was_recorded() {
    let given = given(opened());
    assert_eq!(given.history().facts().len(), 5);
    assert_eq!(given.history().facts().last().map(|fact| fact.id), Some(event_id(4)));
}
