//! Searching for people. Rights go before paging here: a hit that is left out later would still tell, by a count or a cursor, that
//! somebody of this name is there. And they go before opening: a case in which the searcher may not look takes no time.

use async_graphql::connection::Edge;
use async_graphql::{InputObject, Result, SimpleObject};
use domain::ids::Subject;
use domain::text::Name;
use projections::lists::{Cursor, Found, ListPage, PageRequest, SearchFor};
use projections::views::people::PersonView;

use super::case::CaseNode;
use super::input::Read;
use super::lists::{
    LARGEST, NOTHING_TO_SEARCH, Opened, Rows, connection, failed, judged, may_look, page_request, scope, sealed,
};
use super::people::PersonNode;
use super::scalars::Day;
use super::session::Session;
use super::show::personal;
use crate::gate::{Act, Field, Operation, Target, Topic};
use crate::trail::TrailDraft;

const LIST: &str = "searchPeople";
const LOOKING: Operation = Operation::looking(LIST, Act::Read);

/// What somebody is found by; noted by who shows the hit.
const FOUND: Field = Field::new("search.found", Topic::People);

/// Somebody found.
#[derive(SimpleObject)]
pub struct FoundPerson {
    /// The case in which the person was found.
    case: CaseNode,
    /// The person.
    person: PersonNode,
}

/// Whom to search for.
#[derive(InputObject)]
pub struct PersonSearch {
    /// Words of the name; of each at least the first three letters.
    name: Option<String>,
    /// The birth date.
    birth_date: Option<Day>,
}

impl PersonSearch {
    fn read(&self, session: &Session<'_>) -> Result<SearchFor> {
        let typed = self.name.as_ref().filter(|typed| !typed.trim().is_empty());
        let name: Option<Name> = session.read(|| typed.map(|typed| typed.read("name")).transpose())?;
        if name.is_none() && self.birth_date.is_none() {
            return Err(session.refuse_code(NOTHING_TO_SEARCH));
        }
        let words = name.map(|name| name.as_str().to_owned()).unwrap_or_default();
        Ok(SearchFor { words, birth_date: self.birth_date.map(|day| day.0) })
    }
}

/// A page of the people found.
///
/// # Errors
/// When nothing was typed, the lists have not caught up, or the gate refuses.
pub async fn people(
    session: &Session<'_>,
    search: &PersonSearch,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Rows<FoundPerson>> {
    session.own(LIST, Act::Search)?;
    let wanted = search.read(session)?;
    let request = page_request(session, LIST, first, after)?;
    let mut opened = Opened::default();
    let page = findable(session, &mut opened, &wanted, &request).await?;
    let mut edges = Vec::new();
    for (cursor, found) in page.rows {
        let Some((case, _)) = judged(session, LOOKING, &mut opened, found.case, &found.related).await? else {
            continue;
        };
        let Some(person) = case.person(found.person) else { continue };
        edges.push(Edge::new(sealed(session, LIST, &cursor), FoundPerson { case, person }));
    }
    Ok(connection(edges, page.more, page.total))
}

/// The hits whose people the caller may see, a page of them.
async fn findable(
    session: &Session<'_>,
    opened: &mut Opened,
    wanted: &SearchFor,
    request: &PageRequest,
) -> Result<ListPage<Found>> {
    let (mut all, mut visible) = (PageRequest::first(LARGEST), Vec::new());
    loop {
        let page = session.services().lists.search(scope(session), wanted.clone(), all).await;
        let page = page.map_err(|fault| failed(session, &fault))?;
        let last = page.rows.last().map(|(cursor, _)| cursor.clone());
        for (cursor, found) in page.rows {
            if may_find(session, opened, wanted, &found).await? {
                visible.push((cursor, found));
            }
        }
        match last.filter(|_| page.more) {
            Some(cursor) => all = PageRequest { after: Some(cursor), ..PageRequest::first(LARGEST) },
            None => break,
        }
    }
    let total = u64::try_from(visible.len()).unwrap_or(u64::MAX);
    let after =
        |cursor: &Cursor| request.after.as_ref().is_none_or(|last| (cursor.case, &cursor.key) > (last.case, &last.key));
    let beyond = usize::from(request.first.get()) + 1;
    let rows = visible.into_iter().filter(|(cursor, _)| after(cursor)).take(beyond);
    Ok(ListPage::cut(rows.collect(), request, total))
}

/// Whether the caller may know the name and birth date that a hit was found by: the index holds what others may know as well. Nothing
/// is shown yet, so nothing is noted.
async fn may_find(session: &Session<'_>, opened: &mut Opened, wanted: &SearchFor, found: &Found) -> Result<bool> {
    let sees_people =
        may_look(session, LOOKING, found.case, &found.related).is_some_and(|seen| seen.covers(FOUND.topic()));
    if !sees_people {
        return Ok(false);
    }
    let Some(loaded) = opened.case(session, found.case).await? else { return Ok(false) };
    let target = Target::Case(found.case, &loaded.history);
    let judged = session.services().gate.judge_row(session.caller(), LOOKING, target, &TrailDraft::new());
    let Ok(mandate) = judged else { return Ok(false) };
    let case = CaseNode::with(found.case, loaded, mandate.clone(), session.today());
    let Some(opening) = &case.history().state().life.opening else { return Ok(false) };
    let people = case.people_view(session);
    let about = [Subject::Person(found.person)];
    let may_know = |view: &&PersonView| mandate.would_show(FOUND.topic(), &view.added, &about);
    let told = people.iter().find(|view| view.person == found.person).filter(may_know);
    let Some(person) = told else { return Ok(false) };
    let names: Vec<_> = person.called.iter().filter_map(|kept| personal(&mandate, FOUND, kept).known()).collect();
    let born = person.birth_date.as_ref().and_then(|kept| personal(&mandate, FOUND, kept).known().copied());
    Ok(!names.is_empty() && session.services().lists.finds(&opening.municipality, &names, born, wanted))
}
