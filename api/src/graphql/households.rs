//! Households of a case.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::{PersonId, Subject};
use projections::views::households::HouseholdView;
use projections::views::people::Dated;

use super::case::CaseNode;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, Granted, granted, id, last_day, words};
use crate::gate::{Field, Topic};

const HOUSEHOLD: Field = Field::new("household", Topic::Households);
const LABEL: Field = Field::new("household.label", Topic::Households);
const MEMBERS: Field = Field::new("household.members", Topic::Households);
const ADDRESS: Field = Field::new("household.address", Topic::Households);
const PROTECTED: Field = Field::new("household.protected", Topic::Protection);

/// People who live together.
pub struct HouseholdNode {
    case: CaseNode,
    view: Granted<HouseholdView>,
}

impl HouseholdNode {
    /// A household of this case, if the viewer may know it.
    #[must_use]
    pub fn new(case: &CaseNode, view: HouseholdView) -> Option<Self> {
        let about = [Subject::Household(view.household.value)];
        let view = granted(case.mandate(), HOUSEHOLD, &about, view, |view| &view.household)?;
        Some(Self { case: case.clone(), view })
    }

    fn subject(&self) -> Subject {
        Subject::Household(self.view.household.value)
    }
}

/// Somebody who lives in a household.
pub struct MemberNode {
    case: CaseNode,
    about: [Subject; 2],
    member: Granted<Dated<PersonId>>,
}

/// Somebody who lives in a household, wholly or partly.
#[Object(name = "Member")]
impl MemberNode {
    /// Who.
    async fn person(&self) -> Option<PersonNode> {
        self.case.person(self.member.value.value)
    }

    /// First day.
    async fn from(&self) -> Day {
        Day(self.member.from)
    }

    /// Last day, when known.
    async fn until(&self) -> Option<Day> {
        last_day(self.case.mandate(), MEMBERS, &self.about, &self.member.until)
    }
}

/// People who live together. The label is always neutral.
#[Object(name = "Household")]
impl HouseholdNode {
    /// Names the household.
    async fn id(&self) -> ID {
        id(self.view.household.value)
    }

    /// A neutral label, such as "bij mama".
    async fn label(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), LABEL, &self.view.label))
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Who lives there on the day looked at. While the household is protected, for the case director, the deputy and who coordinates it.
    async fn members(&self) -> Vec<MemberNode> {
        let shown = |member: &Dated<PersonId>| {
            let about = [self.subject(), Subject::Person(member.value.value)];
            let member = granted(self.case.mandate(), MEMBERS, &about, member.clone(), |member| &member.value)?;
            Some(MemberNode { case: self.case.clone(), about, member })
        };
        self.view.members.iter().filter_map(shown).collect()
    }

    /// Where it is: for the case director, the deputy and who coordinates the household, unless told to others. While the household is
    /// protected, for them only.
    async fn address(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let address = self.view.address.as_ref();
        Ok(address.and_then(|view| words(&session, self.case.mandate(), ADDRESS, &view.address.value)))
    }

    /// Whether it could lead to somebody whose locating data are protected.
    async fn protected(&self) -> Option<bool> {
        self.case.mandate().see_plain(&EVERYONE, PROTECTED, &[self.subject()], self.view.protected).known()
    }
}
