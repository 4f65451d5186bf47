//! The people of a case.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::case::Case;
use domain::consent::Missing;
use domain::decider::History;
use domain::ids::{PersonId, Subject};
use domain::people::Holders;
use domain::text::Name;
use projections::views::people::{AuthorityView, PersonView, RecognitionView, people};
use projections::views::{Kept, Reading};

use super::case::CaseNode;
use super::enums::{AuthorityKind, FamilyRole, Source, WayOpen};
use super::households::HouseholdNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, Granted, granted, granted_to, id, knows, last_day, note_lost, personal, plain, words};
use crate::gate::{Field, Mandate, Seen, Sight, Topic};

const NAME: Field = Field::new("person.name", Topic::People);
const BIRTH_DATE: Field = Field::new("person.birthDate", Topic::People);
const AGE: Field = Field::new("person.age", Topic::People);
const ROLE: Field = Field::new("person.role", Topic::People);
const PERSON: Field = Field::new("person", Topic::People);
const AUTHORITY: Field = Field::new("person.authority", Topic::People);
const RECOGNITION: Field = Field::new("person.recognition", Topic::People);
const HOUSEHOLDS: Field = Field::new("person.households", Topic::Households);
const PROTECTED: Field = Field::new("person.protected", Topic::Protection);
const HELP_MISSING: Field = Field::new("person.helpMissing", Topic::Consent);

/// Whether the holder of the mandate may know somebody of the case by this name: that they are in it, and that they are called so. Nothing is
/// shown by asking, so nothing is noted.
#[must_use]
pub fn knows_name(
    session: &Session<'_>,
    history: &History<Case>,
    mandate: &Mandate,
    person: PersonId,
    name: &Name,
) -> bool {
    let (day, about) = (session.today(), [Subject::Person(person)]);
    let terms = session.services().cases.office().terms.terms_on(day);
    let reading = Reading::new(history, history.state(), day, terms, session.rights());
    let views = people(&reading);
    let seen = |view: &&PersonView| mandate.would_show(PERSON.topic(), &view.added, &about);
    let Some(view) = views.iter().find(|view| view.person == person).filter(seen) else { return false };
    let mut called = view.called.iter().filter(|kept| kept.value.known() == Some(name));
    called.any(|kept| mandate.would_show(NAME.topic(), kept, &about))
}

/// Somebody of the case.
pub struct PersonNode {
    case: CaseNode,
    person: Granted<PersonId>,
}

impl PersonNode {
    /// Somebody of this case, for a viewer who may know the fact that they are in it; read when asked.
    #[must_use]
    pub fn new(case: &CaseNode, person: PersonId, added: &Kept<()>) -> Option<Self> {
        let person = granted_to(case.mandate(), PERSON, &[Subject::Person(person)], added, person)?;
        Some(Self { case: case.clone(), person })
    }

    /// The view; `None` when the person was not in the case at the moment looked at.
    fn view(&self, session: &Session<'_>) -> Option<&PersonView> {
        self.case.people_view(session).iter().find(|view| view.person == *self.person)
    }

    /// Who it is.
    #[must_use]
    pub fn whom(&self) -> PersonId {
        *self.person
    }

    fn subject(&self) -> Subject {
        Subject::Person(*self.person)
    }
}

/// A name that somebody had before.
#[derive(SimpleObject)]
pub struct EarlierName {
    /// The name.
    name: String,
    /// First day.
    from: Day,
    /// Last day.
    until: Option<Day>,
}

/// What help for a child lacks.
#[derive(SimpleObject)]
pub struct MissingConsent {
    /// Who has not agreed, or said no. Absent when it is not known who must be asked.
    person: Option<PersonNode>,
    /// Whether that person said no.
    refused: bool,
    /// Whether a person must decide, because authority or age is not known.
    person_must_decide: bool,
}

/// That help for a child lacks a consent.
#[derive(SimpleObject)]
pub struct HelpIncomplete {
    /// First day on which something was missing.
    since: Day,
    /// Last day on which help that was running may go on: see to it before. Absent when nothing was running.
    running_until: Option<Day>,
    /// What stays open.
    ways_open: Vec<WayOpenNode>,
}

/// Something that stays open.
#[derive(SimpleObject)]
pub struct WayOpenNode {
    /// What.
    way: WayOpen,
    /// The same in words.
    text: String,
}

impl WayOpenNode {
    /// A way that is open, with its words in the reader's language.
    pub fn new(session: &Session<'_>, way: domain::consent::WayOpen) -> Self {
        let text = session.locale().label(&format!("way-{}", way.as_str().replace('_', "-")));
        Self { way: way.into(), text }
    }
}

/// Somebody of the case. Being involved is not having authority.
#[Object(name = "Person")]
impl PersonNode {
    /// Names the person, in this case only.
    async fn id(&self) -> ID {
        id(*self.person)
    }

    /// As people call them.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let kept = self.view(&session).and_then(|view| view.name.as_ref());
        Ok(kept.and_then(|kept| words(&session, self.case.mandate(), NAME, kept)))
    }

    /// Names before.
    async fn earlier_names(&self, ctx: &Context<'_>) -> Result<Vec<EarlierName>> {
        let session = Session::of(ctx)?;
        let (mandate, about) = (self.case.mandate(), [self.subject()]);
        let names = self.view(&session).into_iter().flat_map(|view| &view.earlier_names);
        let shown = names.filter_map(|dated| {
            let name = words(&session, mandate, NAME, &dated.value)?;
            let until = last_day(mandate, NAME, &about, &dated.until);
            Some(EarlierName { name, from: Day(dated.from), until })
        });
        Ok(shown.collect())
    }

    /// The birth date, if known.
    async fn birth_date(&self, ctx: &Context<'_>) -> Result<Option<Day>> {
        let session = Session::of(ctx)?;
        let kept = self.view(&session).and_then(|view| view.birth_date.as_ref());
        Ok(kept.and_then(|kept| personal(self.case.mandate(), BIRTH_DATE, kept).known().map(|day| Day(*day))))
    }

    /// Completed years on the day looked at.
    async fn age(&self, ctx: &Context<'_>) -> Result<Option<u32>> {
        let session = Session::of(ctx)?;
        let kept = self.view(&session).and_then(|view| view.age.as_ref());
        Ok(kept.and_then(|kept| personal(self.case.mandate(), AGE, kept).known().copied()))
    }

    /// Who they are in this family.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<FamilyRole>> {
        let session = Session::of(ctx)?;
        let dated = self.view(&session).and_then(|view| view.role.as_ref());
        Ok(dated.and_then(|dated| personal(self.case.mandate(), ROLE, &dated.value).known().map(|role| (*role).into())))
    }

    /// Whether something about this person was destroyed by decision, so that a missing value is not a gap in the record.
    async fn erased(&self, ctx: &Context<'_>) -> Result<bool> {
        let session = Session::of(ctx)?;
        let kept = self.view(&session).and_then(|view| view.name.as_ref());
        let sight = kept.map(|kept| matches!(personal(self.case.mandate(), NAME, kept).into_sight(), Sight::Erased));
        Ok(sight.unwrap_or(false))
    }

    /// Where they live on the day looked at: a child may belong to several households.
    async fn households(&self, ctx: &Context<'_>) -> Result<Vec<HouseholdNode>> {
        let session = Session::of(ctx)?;
        let Some(view) = self.view(&session) else { return Ok(Vec::new()) };
        let lives = |kept| plain(self.case.mandate(), HOUSEHOLDS, &[self.subject()], kept);
        let own: Vec<_> = view.households.iter().filter_map(lives).collect();
        let all = self.case.households_view(&session).iter();
        let nodes = all.filter(|household| own.contains(&household.household.value));
        Ok(nodes.filter_map(|view| HouseholdNode::new(&self.case, view.clone())).collect())
    }

    /// For a child: who has authority (gezag) on the day looked at.
    async fn authority(&self, ctx: &Context<'_>) -> Result<Option<AuthorityNode>> {
        let session = Session::of(ctx)?;
        Ok(self.view(&session).and_then(|view| AuthorityNode::new(&self.case, view)))
    }

    /// For a child: which parents recognised it (erkenning).
    async fn recognitions(&self, ctx: &Context<'_>) -> Result<Vec<RecognitionNode>> {
        let session = Session::of(ctx)?;
        let views = self.view(&session).into_iter().flat_map(|view| &view.recognitions);
        let node = |view: &RecognitionView| RecognitionNode::new(&self.case, *self.person, view.clone());
        Ok(views.filter_map(node).collect())
    }

    /// Whether locating data of this person are protected now.
    async fn protected(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let session = Session::of(ctx)?;
        let Some(view) = self.view(&session) else { return Ok(None) };
        let mandate = self.case.mandate();
        Ok(mandate.see_plain(&EVERYONE, PROTECTED, &[self.subject()], view.protected).known())
    }

    /// For a child: whose consent to help is missing on the day looked at. Empty when complete.
    async fn help_missing(&self, ctx: &Context<'_>) -> Result<Option<Vec<MissingConsent>>> {
        let session = Session::of(ctx)?;
        let Some(view) = self.view(&session) else { return Ok(None) };
        let mandate = self.case.mandate();
        // Judged fact by fact: what the viewer may not know counts as not recorded.
        let missing = view.help.as_ref().map(|help| {
            note_lost(mandate, HELP_MISSING, &help.values);
            help.missing(knows(mandate))
        });
        let missing = mandate.see_plain(&EVERYONE, HELP_MISSING, &[self.subject()], missing.unwrap_or_default());
        Ok(missing.known().map(|missing| missing.into_iter().map(|lacks| self.lacks(lacks)).collect()))
    }

    /// For a child whose help lacks a consent on the day looked at: since when, until when help that was running may go on, and what stays
    /// open. Help does not start until it is complete.
    async fn help_incomplete(&self, ctx: &Context<'_>) -> Result<Option<HelpIncomplete>> {
        Ok(self.standing(&Session::of(ctx)?))
    }
}

impl PersonNode {
    /// Since when something is missing and what stays open, as far as all it follows from is for the viewer.
    fn standing(&self, session: &Session<'_>) -> Option<HelpIncomplete> {
        let mandate = self.case.mandate();
        let help = self.view(session)?.help.as_ref()?;
        note_lost(mandate, HELP_MISSING, &help.values);
        let (incomplete, ways) = help.standing(knows(mandate))?;
        mandate.see_plain(&EVERYONE, HELP_MISSING, &[self.subject()], ()).known()?;
        Some(HelpIncomplete {
            since: Day(incomplete.since),
            running_until: incomplete.goes_on_until.map(Day),
            ways_open: ways.iter().map(|way| WayOpenNode::new(session, *way)).collect(),
        })
    }

    /// Whoever must be asked and is not known to the viewer is as if not recorded: then a person must decide.
    fn lacks(&self, missing: Missing) -> MissingConsent {
        let asked = missing.person().and_then(|person| self.case.person(person));
        let person_must_decide = asked.is_none();
        let refused = !person_must_decide && matches!(missing, Missing::Refused(_));
        MissingConsent { person: asked, refused, person_must_decide }
    }
}

/// Who has authority over a child.
pub struct AuthorityNode {
    case: CaseNode,
    child: Subject,
    view: Granted<AuthorityView>,
}

impl AuthorityNode {
    /// Authority over a child, if the viewer may know that it is one. What was recorded for others only shows as not recorded: then a
    /// person must decide.
    fn new(case: &CaseNode, view: &PersonView) -> Option<Self> {
        let (mandate, person) = (case.mandate(), view.person);
        let about = [Subject::Person(person)];
        let authority = view.authority.as_ref()?;
        let recorded = authority.recorded.as_ref().map(|recorded| recorded.value.bare());
        let told = recorded.and_then(|fact| granted_to(mandate, AUTHORITY, &about, &fact, authority.clone()));
        let unrecorded = || {
            let role = view.role.iter().map(|role| role.value.bare());
            let mut child_by = role.chain(view.birth_date.iter().map(Kept::bare));
            child_by.find_map(|fact| granted_to(mandate, AUTHORITY, &about, &fact, AuthorityView::NOTHING))
        };
        let view = told.or_else(unrecorded)?;
        Some(Self { case: case.clone(), child: Subject::Person(person), view })
    }
}

/// Who has authority (gezag) over a child on a day.
#[Object(name = "Authority")]
impl AuthorityNode {
    /// What was recorded. Absent when nothing was for that day.
    async fn kind(&self) -> Option<AuthorityKind> {
        let recorded = self.view.recorded.as_ref()?;
        let authority = personal(self.case.mandate(), AUTHORITY, &recorded.value).known()?;
        Some(authority.kind().into())
    }

    /// First day of what was recorded.
    async fn from(&self) -> Option<Day> {
        self.view.recorded.as_ref().map(|recorded| Day(recorded.from))
    }

    /// Last day of what was recorded, when known.
    async fn until(&self) -> Option<Day> {
        let recorded = self.view.recorded.as_ref()?;
        last_day(self.case.mandate(), AUTHORITY, &[self.child], &recorded.until)
    }

    /// Where it comes from.
    async fn source(&self) -> Option<Source> {
        self.view.source.map(Into::into)
    }

    /// The ruling it rests on, when one on record says so.
    async fn ruling_id(&self) -> Option<ID> {
        self.view.ruling.map(id)
    }

    /// Who must be asked. Empty when a person must decide.
    async fn holders(&self) -> Vec<PersonNode> {
        note_lost(self.case.mandate(), AUTHORITY, &self.view.values);
        let Some(holders) = self.asked() else { return Vec::new() };
        // They follow from what was recorded: whoever may not read that, by class or because it was erased, does not read it here.
        let seen =
            self.view.recorded.as_ref().map(|recorded| personal(self.case.mandate(), AUTHORITY, &recorded.value));
        if seen.and_then(Seen::known).is_none() {
            return Vec::new();
        }
        holders.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// Whether the record gives no answer that may be acted on: a person must decide.
    async fn person_must_decide(&self) -> bool {
        note_lost(self.case.mandate(), AUTHORITY, &self.view.values);
        self.asked().is_none()
    }
}

impl AuthorityNode {
    /// Who must be asked; `None` when a person must decide, also because the viewer may not know that one of them is in the case.
    fn asked(&self) -> Option<&[PersonId]> {
        match &self.view.holders {
            Holders::Known(holders) if holders.iter().all(|holder| self.case.knows_of(*holder)) => Some(holders),
            _ => None,
        }
    }
}

/// Whether a parent recognised a child.
pub struct RecognitionNode {
    case: CaseNode,
    view: Granted<RecognitionView>,
}

impl RecognitionNode {
    fn new(case: &CaseNode, child: PersonId, view: RecognitionView) -> Option<Self> {
        let about = [Subject::Person(child), Subject::Person(view.parent)];
        let view = granted(case.mandate(), RECOGNITION, &about, view, |view| &view.recognised.value)?;
        Some(Self { case: case.clone(), view })
    }
}

/// Whether a parent recognised (erkende) a child. Recognition is not authority.
#[Object(name = "Recognition")]
impl RecognitionNode {
    /// The parent.
    async fn parent(&self) -> Option<PersonNode> {
        self.case.person(self.view.parent)
    }

    /// Whether recognised.
    async fn recognised(&self) -> Option<bool> {
        personal(self.case.mandate(), RECOGNITION, &self.view.recognised.value).known().copied()
    }

    /// First day.
    async fn from(&self) -> Day {
        Day(self.view.recognised.from)
    }

    /// Where it comes from.
    async fn source(&self) -> Source {
        self.view.source.into()
    }
}
