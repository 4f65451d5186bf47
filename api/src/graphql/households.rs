//! Households of a case.

use async_graphql::{Context, ID, Object, Result};
use domain::ids::Subject;
use projections::views::households::HouseholdView;
use projections::views::people::Dated;

use super::case::CaseNode;
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, id, plain, words};
use crate::gate::{Field, Topic};

const HOUSEHOLD: Field = Field::new("household", Topic::Households);
const LABEL: Field = Field::new("household.label", Topic::Households);
const MEMBERS: Field = Field::new("household.members", Topic::Households);
const ADDRESS: Field = Field::new("household.address", Topic::Households);
const PROTECTED: Field = Field::new("household.protected", Topic::Protection);

/// People who live together.
pub struct HouseholdNode {
    case: CaseNode,
    view: HouseholdView,
}

impl HouseholdNode {
    /// A household of this case.
    #[must_use]
    pub fn new(case: &CaseNode, view: HouseholdView) -> Self {
        case.mandate().note_made(HOUSEHOLD, &[Subject::Household(view.household)]);
        Self { case: case.clone(), view }
    }

    const fn subject(&self) -> Subject {
        Subject::Household(self.view.household)
    }
}

/// Somebody who lives in a household.
pub struct MemberNode {
    case: CaseNode,
    member: Dated<domain::ids::PersonId>,
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
        self.member.until.map(Day)
    }
}

/// People who live together. The label is always neutral.
#[Object(name = "Household")]
impl HouseholdNode {
    /// Names the household.
    async fn id(&self) -> ID {
        id(self.view.household)
    }

    /// A neutral label, such as "bij mama".
    async fn label(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(words(&Session::of(ctx)?, self.case.mandate(), LABEL, &self.view.label))
    }

    /// First day.
    async fn since(&self) -> Day {
        Day(self.view.since)
    }

    /// Who lives there on the day looked at.
    async fn members(&self) -> Vec<MemberNode> {
        let shown =
            |member: &&Dated<_>| plain(self.case.mandate(), MEMBERS, &[self.subject()], &member.value).is_some();
        let members = self.view.members.iter().filter(shown);
        members.map(|member| MemberNode { case: self.case.clone(), member: member.clone() }).collect()
    }

    /// Where it is. Locating: for the case director and deputy.
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
