//! Regional expert teams that were asked (rule 21): why regular help is stuck, what the family was told, who joined, how it ended.

use domain::fact::Organisation;
use domain::ids::{PersonId, RetId, WorkerId};
use domain::personal::Personal;
use domain::ret::Ret;
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, Reading};

/// The involvement of a team.
#[derive(Clone, PartialEq, Debug)]
pub struct RetView {
    /// The involvement, with who may know of it.
    pub ret: Kept<RetId>,
    /// Which team.
    pub organisation: Organisation,
    /// About which children, in order of joining.
    pub children: Vec<PersonId>,
    /// Why regular help is stuck.
    pub stuck: Kept<Personal<Text>>,
    /// The day on which it was asked.
    pub asked: CivilDay,
    /// What the family was told, in the order of the days.
    pub told: Vec<Kept<ToldView>>,
    /// Who joined, by the day.
    pub joined: Option<Kept<RetJoinedView>>,
    /// That it is over by the day.
    pub ended: Option<Kept<RetEndedView>>,
}

/// What the family was told.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldView {
    /// The day.
    pub day: CivilDay,
    /// Who was told, in order of joining.
    pub persons: Vec<PersonId>,
    /// In which words.
    pub words: Kept<Personal<Text>>,
}

/// Who joined.
#[derive(Clone, PartialEq, Debug)]
pub struct RetJoinedView {
    /// From which day on.
    pub since: CivilDay,
    /// Who, in the order told.
    pub members: Vec<WorkerId>,
}

/// That it is over.
#[derive(Clone, PartialEq, Debug)]
pub struct RetEndedView {
    /// The day.
    pub day: CivilDay,
    /// With what result, or why.
    pub words: Kept<Personal<Text>>,
}

/// Every team asked by the day, in the order of the days.
#[must_use]
pub fn rets(reading: &Reading<'_>) -> Vec<RetView> {
    let mut asked: Vec<&Ret> = reading.state().ret.all().iter().filter(|ret| ret.asked <= reading.day()).collect();
    asked.sort_by_key(|ret| ret.asked);
    asked.into_iter().map(|ret| view(reading, ret)).collect()
}

fn view(reading: &Reading<'_>, ret: &Ret) -> RetView {
    let day = reading.day();
    let mut told: Vec<_> = ret.told.iter().filter(|(on, ..)| *on <= day).collect();
    told.sort_by_key(|(on, ..)| *on);
    let told = told.into_iter().map(|(on, persons, words, fact)| {
        let words = reading.kept(words.clone(), *fact);
        reading.kept(ToldView { day: *on, persons: reading.by_joining(persons), words }, *fact)
    });
    let joined = ret.joined.as_ref().filter(|joined| joined.period.since <= day).map(|joined| {
        let view = RetJoinedView { since: joined.period.since, members: joined.members.clone() };
        reading.kept(view, joined.fact)
    });
    let ended = ret.ended.as_ref().filter(|(on, ..)| *on <= day).map(|(on, words, fact)| {
        reading.kept(RetEndedView { day: *on, words: reading.kept(words.clone(), *fact) }, *fact)
    });
    RetView {
        ret: reading.kept(ret.id, ret.fact),
        organisation: ret.organisation.clone(),
        children: reading.by_joining(&ret.children),
        stuck: reading.kept(ret.stuck.clone(), ret.fact),
        asked: ret.asked,
        told: told.collect(),
        joined,
        ended,
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::{Audience, Organisation};
    use domain::ret::{NewRet, NewTold, RetCommand};

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, terms, text};

    fn seen(office: &Office, today: &str) -> Vec<RetView> {
        on(office, today, rets)
    }

    #[tokio::test]
    async fn it_shows_as_it_stood_on_the_day() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let child = office.history(case(1)).state().people.children_on(day("2026-03-02"), terms().consent_ages)[0];
        let ask = NewRet {
            organisation: Organisation::new("ret-gooi").unwrap(),
            children: vec![child],
            stuck: text("Niemand ziet een weg."),
            told: None,
        };
        office.order(case(1), RetCommand::AskRet(Box::new(ask))).await;
        let ret = seen(&office, "2026-03-02")[0].ret.value;
        let told = NewTold { persons: vec![child], words: text("Zij lossen het niet op.") };
        office.on("2026-03-04").order(case(1), RetCommand::TellFamilyOfRet { ret, told }).await;
        office.on("2026-03-06").order(case(1), RetCommand::EndRet { ret, words: text("Niet meer nodig.") }).await;
        let [then] = &seen(&office, "2026-03-03")[..] else { panic!("one team") };
        assert!(then.told.is_empty() && then.joined.is_none() && then.ended.is_none());
        assert_eq!(then.ret.audience, Audience::Child(child));
        let now = seen(&office, "2026-03-06").remove(0);
        assert_eq!(
            (now.told[0].value.persons.as_slice(), now.ended.unwrap().value.day),
            (&[child][..], day("2026-03-06"))
        );
    }
}
