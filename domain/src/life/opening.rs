//! Opening a case: its people, their authority and the consents that allow it, in one append (rule 22).

use std::collections::BTreeMap;

use super::{
    CASE_WITHOUT_CHILD, CASE_WITHOUT_PEOPLE, LegalFramework, LifeEvent, LinkedSignal, OPENING_WITHOUT_CONSENT,
    OpeningGround, Origin, PERSON_KEY_TWICE, PERSON_KEY_UNKNOWN, draft, link_signal,
};
use crate::case::{Case, CaseEvent, CaseState};
use crate::consent::{self, ConsentKind, NewConsent, WhoIs, counts, granted};
use crate::decider::{Context, History, foresee};
use crate::fact::{Draft, Organisation};
use crate::ids::PersonId;
use crate::mentions::fold_words;
use crate::people::{self, NewAuthority, NewPerson};
use crate::rejection::{Detail, Rejection};
use crate::terms::ConsentAges;
use crate::text::Text;
use crate::time::{CivilDay, Occurred};

/// What a case is opened with.
pub(super) struct Asked<'a> {
    pub(super) municipality: &'a Organisation,
    pub(super) framework: LegalFramework,
    pub(super) ground: OpeningGround,
    pub(super) question: &'a Text,
    pub(super) signal: Option<&'a LinkedSignal>,
}

/// Around whom it is opened.
pub(super) struct Family<'a> {
    pub(super) people: &'a [NewPerson],
    pub(super) authority: &'a [NewAuthority],
    pub(super) consents: &'a [NewConsent],
}

/// The ids that the keys of this command stand for.
struct Keys<'a>(BTreeMap<&'a str, PersonId>);

impl<'a> Keys<'a> {
    fn of(people: &'a [NewPerson], context: &mut Context<'_>) -> Result<Self, Rejection> {
        let mut keys = BTreeMap::new();
        for (place, person) in (0_u64..).zip(people) {
            let id = PersonId::from_uuid(context.new_id());
            if keys.insert(person.key.as_str(), id).is_some() {
                return Err(Rejection::new(PERSON_KEY_TWICE).with("place", place));
            }
        }
        Ok(Self(keys))
    }

    /// A key may be a name in the caller's hands: the refusal tells its list and place instead.
    fn find(&self, who: &WhoIs, list: &'static str, place: u64) -> Result<PersonId, Rejection> {
        let found = match who {
            WhoIs::Key(key) => self.0.get(key.as_str()).copied(),
            WhoIs::Person(_) => None,
        };
        found.ok_or_else(|| Rejection::new(PERSON_KEY_UNKNOWN).with("list", list).with("place", place))
    }
}

/// Decides on opening.
pub(super) fn open(
    history: &History<Case>,
    asked: &Asked<'_>,
    family: &Family<'_>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    if family.people.is_empty() {
        return Err(Rejection::new(CASE_WITHOUT_PEOPLE));
    }
    let keys = Keys::of(family.people, context)?;
    let mut drafts = vec![opened(asked, context)];
    drafts.extend(persons(family.people, &keys, context.today())?);
    drafts.extend(authorities(family, &keys, context.terms.consent_ages)?);
    // Standing follows from the people and authority of this very command.
    let ahead = foresee(history, &drafts, context);
    let children = ahead.state().people.children_on(context.today(), context.terms.consent_ages);
    if children.is_empty() {
        return Err(Rejection::new(CASE_WITHOUT_CHILD));
    }
    let consents = consents(&ahead, family.consents, &keys, context)?;
    let ahead = foresee(&ahead, &consents, context);
    check_ground(asked.ground, &children, ahead.state(), context)?;
    let link = match asked.signal {
        Some(signal) => Some(link_signal(ahead.state(), signal, context)?),
        None => None,
    };
    drafts.extend(consents);
    drafts.extend(link);
    Ok(drafts)
}

fn opened(asked: &Asked<'_>, context: &mut Context<'_>) -> Draft<CaseEvent> {
    draft(LifeEvent::CaseOpened {
        municipality: asked.municipality.clone(),
        framework: asked.framework,
        origin: asked.signal.map_or(Origin::Request, |signal| Origin::Signal(signal.signal)),
        ground: asked.ground,
        question: context.in_record(asked.question.clone()),
    })
}

fn persons(people: &[NewPerson], keys: &Keys<'_>, today: CivilDay) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let added = |(place, new): (u64, &NewPerson)| {
        people::check_birth_date(new.birth_date, today)?;
        check_once(people, new, place)?;
        let person = keys.find(&WhoIs::Key(new.key.clone()), "people", place)?;
        let event = people::added(person, &new.name, new.birth_date, new.role, today);
        Ok(Draft::of(CaseEvent::People(event)))
    };
    (0..).zip(people).map(added).collect()
}

/// Whether nobody before this one in the list is exactly the same: nobody could tell them apart.
fn check_once(people: &[NewPerson], new: &NewPerson, place: u64) -> Result<(), Rejection> {
    let same = |(_, other): &(u64, &NewPerson)| {
        other.birth_date == new.birth_date && fold_words(other.name.as_str()) == fold_words(new.name.as_str())
    };
    match (0..place).zip(people).find(same) {
        Some((other, _)) => {
            let places = Detail::List(vec![Detail::Number(other), Detail::Number(place)]);
            Err(Rejection::new(people::PERSON_ALREADY_IN_CASE).with("places", places))
        }
        None => Ok(()),
    }
}

fn authorities(family: &Family<'_>, keys: &Keys<'_>, ages: ConsentAges) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let birth = |(place, new): (u64, &NewPerson)| {
        let person = keys.find(&WhoIs::Key(new.key.clone()), "people", place)?;
        Ok(new.birth_date.map(|birth| (person, birth)))
    };
    let births: Result<Vec<_>, Rejection> = (0..).zip(family.people).map(birth).collect();
    let births: BTreeMap<_, _> = births?.into_iter().flatten().collect();
    let recorded = |(place, new): (u64, &NewAuthority)| {
        for who in new.holders.iter().chain([&new.child]) {
            keys.find(who, "authority", place)?;
        }
        let find = |who: &WhoIs| keys.find(who, "authority", place).ok();
        let event = people::authority_recorded(new, ages, find, |person| births.get(&person).copied())?;
        Ok(Draft::of(CaseEvent::People(event)))
    };
    (0..).zip(family.authority).map(recorded).collect()
}

/// Each consent as it was given: on its own first day, when that lies before the opening.
fn consents(
    ahead: &History<Case>,
    all: &[NewConsent],
    keys: &Keys<'_>,
    context: &mut Context<'_>,
) -> Result<Vec<Draft<CaseEvent>>, Rejection> {
    let mut drafts = Vec::new();
    for (place, new) in (0_u64..).zip(all) {
        let parties = (keys.find(&new.giver, "consents", place)?, keys.find(&new.subject, "consents", place)?);
        let given = new.from.map_or(context.today(), |from| from.min(context.today()));
        let mut draft = Draft::of(granted(ahead.state(), new, parties, given, context)?);
        draft.occurred = (given < context.today()).then_some(Occurred::Day(given));
        drafts.push(draft);
    }
    Ok(drafts)
}

/// One help consent for each child that counts today, or another named ground: its giver had standing when it was said and has it
/// still. What else is missing shows as incomplete and blocks the start of help, not the opening.
fn check_ground(
    ground: OpeningGround,
    children: &[PersonId],
    ahead: &CaseState,
    context: &Context<'_>,
) -> Result<(), Rejection> {
    if ground != OpeningGround::HelpConsent {
        return Ok(());
    }
    let without: Vec<_> = children.iter().copied().filter(|child| !carries(ahead, *child, context)).collect();
    if without.is_empty() {
        return Ok(());
    }
    let when = (context.today(), context.terms);
    let lacks = |child| consent::help_missing(ahead, child, when.0, when.1);
    Err(Rejection::new(OPENING_WITHOUT_CONSENT)
        .with("children_without", without.len() as u64)
        .with("other_grounds", Detail::List(vec!["meldcode_decision".into(), "measure".into()]))
        .with("ways_open", consent::open_ways(ahead, &without, ConsentKind::Help, when, lacks)))
}

fn carries(ahead: &CaseState, child: PersonId, context: &Context<'_>) -> bool {
    let mut consents = ahead.consents.all().iter();
    consents.any(|consent| {
        let help = consent.kind == ConsentKind::Help && consent.subject == child;
        help && counts(ahead, consent.id, context.today(), context.terms)
    })
}
