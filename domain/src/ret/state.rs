//! Regional expert teams that were asked, and who of them reads.

use super::RetEvent;
use crate::case::{CaseEvent, CaseState};
use crate::consent::named_on;
use crate::fact::{Due, Fact, Organisation};
use crate::ids::{ConsentId, EventId, PersonId, RetId, WorkerId};
use crate::personal::Personal;
use crate::regie::{Period, Regie};
use crate::terms::Terms;
use crate::text::Text;
use crate::time::CivilDay;

/// The involvement of a team.
#[derive(Clone, PartialEq, Debug)]
pub struct Ret {
    /// The involvement.
    pub id: RetId,
    /// Which team.
    pub organisation: Organisation,
    /// About which children.
    pub children: Vec<PersonId>,
    /// Why regular help is stuck.
    pub stuck: Personal<Text>,
    /// The day on which it was asked.
    pub asked: CivilDay,
    /// What the family was told, in the order told: the day, who, in which words, the fact.
    pub told: Vec<(CivilDay, Vec<PersonId>, Personal<Text>, EventId)>,
    /// Who of it is in, as it was said last.
    pub joined: Option<JoinedRet>,
    /// That it is over: the day, with what result, the fact.
    pub ended: Option<(CivilDay, Personal<Text>, EventId)>,
    /// By when something follows.
    due: Option<Due>,
    /// The fact that it was asked.
    pub fact: EventId,
}

/// Who of a team is in.
#[derive(Clone, PartialEq, Debug)]
pub struct JoinedRet {
    /// Who.
    pub members: Vec<WorkerId>,
    /// From when until when.
    pub period: Period,
    /// The fact that says so.
    pub fact: EventId,
}

/// Somebody of a team who reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RetMember {
    /// Who.
    pub worker: WorkerId,
    /// About these children: those whose consent names the member today.
    pub children: Vec<PersonId>,
    /// The consents that say so.
    pub consents: Vec<ConsentId>,
}

/// Regional expert teams, in the order told: this room's slice of the state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rets {
    all: Vec<Ret>,
}

impl Rets {
    /// Every involvement.
    #[must_use]
    pub fn all(&self) -> &[Ret] {
        &self.all
    }

    /// This involvement.
    #[must_use]
    pub fn get(&self, ret: RetId) -> Option<&Ret> {
        self.all.iter().find(|known| known.id == ret)
    }

    /// Those asked of which nothing came yet: nobody joined and it is not over.
    pub(crate) fn open_dues(&self) -> impl Iterator<Item = Due> {
        let waits = self.all.iter().filter(|ret| ret.joined.is_none() && ret.ended.is_none());
        waits.filter_map(|ret| ret.due.clone())
    }

    pub(super) fn apply(&mut self, regie: &Regie, fact: &Fact<CaseEvent>, event: &RetEvent) {
        let (day, id) = (fact.occurred.day(), fact.id);
        match event.clone() {
            RetEvent::RetAsked { ret, organisation, children, stuck } => self.all.push(Ret {
                id: ret,
                organisation,
                children,
                stuck,
                asked: day,
                told: Vec::new(),
                joined: None,
                ended: None,
                due: fact.due.first().cloned(),
                fact: id,
            }),
            RetEvent::RetFamilyTold { ret, told, words } => {
                self.change(ret, |known| known.told.push((day, told, words, id)));
            }
            RetEvent::RetJoined { ret, members } => {
                let period = regie.ended_with_the_case(Period::since(day));
                self.change(ret, |known| known.joined = Some(JoinedRet { members, period, fact: id }));
            }
            RetEvent::RetEnded { ret, words } => self.change(ret, |known| {
                known.ended = Some((day, words, id));
                if let Some(joined) = &mut known.joined {
                    joined.period.end(day.minus_days(1));
                }
            }),
        }
    }

    fn change(&mut self, id: RetId, change: impl FnOnce(&mut Ret)) {
        if let Some(known) = self.all.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }
}

/// The case was closed, or opened again: what the members may read ends as the roles in it do.
pub(crate) fn end_with_the_case(rets: &mut Rets, regie: &Regie) {
    for joined in rets.all.iter_mut().filter_map(|ret| ret.joined.as_mut()) {
        joined.period = regie.ended_with_the_case(joined.period);
    }
}

/// Who of a team reads on this day, of which children: members of one that joined and is not over, as far as somebody's consent names them.
#[must_use]
pub fn ret_members_on(state: &CaseState, day: CivilDay, terms: &Terms) -> Vec<RetMember> {
    let in_then =
        |ret: &Ret| ret.joined.clone().filter(|joined| joined.period.holds_on(day)).map(|joined| joined.members);
    let member = |ret: &Ret, worker: WorkerId| {
        let named = named_on(state, worker, day, terms);
        let (children, consents): (Vec<_>, Vec<_>) =
            named.into_iter().filter(|(person, _)| ret.children.contains(person)).unzip();
        let consents = consents.into_iter().flatten().collect();
        (!children.is_empty()).then_some(RetMember { worker, children, consents })
    };
    let rets = state.ret.all().iter();
    rets.flat_map(|ret| in_then(ret).unwrap_or_default().into_iter().filter_map(move |worker| member(ret, worker)))
        .collect()
}
