//! Lists over many cases: caseload, gaps, search, worklist. The scope follows from who asks; every row is judged again against the
//! history before it is shown.

use std::collections::HashMap;
use std::num::NonZeroU16;
use std::sync::Arc;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Error, InputObject, Object, Result, SimpleObject};
use domain::case::Case;
use domain::decider::Decider as _;
use domain::fact::Role;
use domain::ids::{CaseId, PersonId, Subject};
use domain::rejection::{Code, Detail};
use eventstore::loader::Loaded;
use eventstore::port::StreamName;
use projections::lists::{
    AttentionLine, CaseRow, Cursor, Found, ListPage, Listing, ListsFault, PageRequest, Scope, SearchFor, Tally,
};
use projections::views;

use super::attention::AttentionNode;
use super::case::CaseNode;
use super::people::PersonNode;
use super::refusal::Refusal;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, granted_to, knows, personal};
use crate::gate::{Act, CaseFacts, Field, Mandate, Operation, Target, Topic};
use crate::trail::TrailDraft;

/// The lists have not caught up with what was recorded before the question.
pub const STALE: Code = Code("STALE");
/// A cursor of another list or somebody else, or not a cursor.
pub const BAD_CURSOR: Code = Code("BAD_CURSOR");
/// More rows than fit a page, or none.
pub const BAD_PAGE: Code = Code("BAD_PAGE");
/// Neither a name nor a birth date to search for.
pub const NOTHING_TO_SEARCH: Code = Code("NOTHING_TO_SEARCH");
/// Codes of lists.
pub const CODES: &[Code] = &[STALE, BAD_CURSOR, BAD_PAGE, NOTHING_TO_SEARCH];

const GAP: Field = Field::new("gaps.line", Topic::Regie);
/// What somebody is found by; noted by who shows the hit.
const FOUND: Field = Field::new("search.found", Topic::People);
/// That a case is in a caseload.
const LINE: Field = Field::new("caseload.line", Topic::Status);

/// Most rows of a page.
pub const MOST_ROWS: u16 = 100;
/// Rows of a page when nothing is said.
const USUAL_ROWS: i32 = 25;

/// What a connection tells besides its rows.
#[derive(SimpleObject)]
pub struct Total {
    /// How many rows you may see, on all pages: the same on every page.
    total_count: u64,
}

impl Total {
    /// So many.
    #[must_use]
    pub const fn new(total_count: u64) -> Self {
        Self { total_count }
    }
}

/// How many cases of a list the caller may see. Cases that are alike in what the gate goes by are judged together, the others one by
/// one; nothing of a case is shown, so nothing is noted.
async fn visible(
    session: &Session<'_>,
    list: &'static str,
    opened: &mut Opened,
    listing: Listing,
    tally: &Tally,
) -> Result<u64> {
    let caller = session.caller();
    let actor = &caller.identity.actor;
    let stream = StreamName::about(Case::CATEGORY, uuid::Uuid::nil());
    let held = |holds: bool| holds.then_some(actor.worker);
    let seen = tally.alike.iter().filter(|(standing, _)| {
        let facts = CaseFacts {
            municipality: standing.in_municipality.then(|| actor.organisation.clone()),
            director: held(standing.directs),
            deputy: held(standing.deputises),
            successor: None,
            ever_directed: standing.ever_directed,
        };
        let target = Target::Row { stream: &stream, revision: None, facts: &facts };
        let looking = Operation::looking(list, Act::Read);
        let judged = session.services().gate.judge_row(caller, looking, target, &TrailDraft::new());
        // A line of the gaps is about who directs: only who may know that has one.
        judged.is_ok_and(|mandate| listing != Listing::Gaps || mandate.covers(GAP.topic()))
    });
    let mut all: u64 = seen.map(|(_, cases)| cases).sum();
    let draft = TrailDraft::new();
    let quiet = session.noting_in(&draft);
    for case in &tally.apart {
        let found = judged(&quiet, list, opened, *case).await?;
        all += u64::from(found.is_some_and(|(case, mandate)| GapLine::seen(&quiet, case, &mandate).is_some()));
    }
    Ok(all)
}

/// A list with cursors.
pub type Rows<T> = Connection<String, T, Total>;

/// A case in a caseload, with what needs attention, most pressing first.
#[derive(SimpleObject)]
pub struct CaseloadLine {
    /// The case.
    case: CaseNode,
    /// What needs attention today.
    attention: Vec<AttentionNode>,
}

/// A case with several parties and no case director.
#[derive(SimpleObject)]
pub struct GapLine {
    /// The case.
    case: CaseNode,
    /// First day of the gap.
    since: Day,
    /// Last day of the term within which there must be a director.
    last_day: Day,
    /// How many parties.
    parties: u32,
}

impl GapLine {
    /// The gap of a case, with as many parties as the viewer may know of; none when those are not several.
    fn seen(session: &Session<'_>, case: CaseNode, mandate: &Mandate) -> Option<Self> {
        let gap = case.read(session, views::regie::regie).gap(knows(mandate))?;
        let gap = granted_to(mandate, GAP, &[case.subject()], &EVERYONE, gap)?;
        let parties = u32::try_from(gap.parties).unwrap_or(u32::MAX);
        Some(Self { case, since: Day(gap.since), last_day: Day(gap.last_day), parties })
    }
}

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

/// Lists over many cases.
#[derive(Default)]
pub struct ListQuery;

#[Object]
impl ListQuery {
    /// Your open cases, earliest opened first, with what needs attention: those you direct or stand in for, or those of your
    /// municipality too when you are an access worker.
    async fn caseload(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Rows<CaseloadLine>> {
        let session = Session::of(ctx)?;
        session.own("caseload", Act::List)?;
        let request = page_request(&session, "caseload", first, after.as_deref())?;
        let page = session.services().lists.caseload(scope(&session), request).await;
        let page = page.map_err(|fault| failed(&session, &fault))?;
        rows(
            &session,
            "caseload",
            Opened::default(),
            Some(Listing::Caseload),
            page,
            |listed| listed.row.case,
            |case, mandate, listed| {
                mandate.note_made(LINE, &[Subject::Case(listed.row.case)]);
                let attention = AttentionNode::of(&session, &case, listed);
                Some(CaseloadLine { case, attention })
            },
        )
        .await
    }

    /// Cases with several parties and no case director, longest first, within your scope.
    async fn gaps(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<Rows<GapLine>> {
        let session = Session::of(ctx)?;
        session.own("gaps", Act::List)?;
        let request = page_request(&session, "gaps", first, after.as_deref())?;
        let page = session.services().lists.gaps(scope(&session), request).await;
        let page = page.map_err(|fault| failed(&session, &fault))?;
        let line = |case, mandate: &_, _| GapLine::seen(&session, case, mandate);
        rows(&session, "gaps", Opened::default(), Some(Listing::Gaps), page, |row: &CaseRow| row.case, line).await
    }

    /// People in your cases by name, birth date or both. Every search stands in the trail.
    async fn search_people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to search for.")] search: PersonSearch,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Rows<FoundPerson>> {
        let session = Session::of(ctx)?;
        session.own("searchPeople", Act::Search)?;
        let wanted =
            SearchFor { words: search.name.unwrap_or_default(), birth_date: search.birth_date.map(|day| day.0) };
        if wanted.words.trim().is_empty() && wanted.birth_date.is_none() {
            return Err(session.refuse_code(NOTHING_TO_SEARCH));
        }
        let request = page_request(&session, "searchPeople", first, after.as_deref())?;
        let mut opened = Opened::default();
        let page = findable(&session, &mut opened, &wanted, &request).await?;
        rows(
            &session,
            "searchPeople",
            opened,
            None,
            page,
            |found| found.case,
            |case, _, found| {
                let person: PersonId = found.person;
                case.person(person).map(|person| FoundPerson { case, person })
            },
        )
        .await
    }

    /// Everything that waits for you today, over all your cases: handovers offered to you first.
    async fn worklist(&self, ctx: &Context<'_>) -> Result<Vec<AttentionNode>> {
        worklist(&Session::of(ctx)?).await
    }
}

/// What waits for the caller. The successor of an offered handover sees the offer, not the case.
///
/// # Errors
/// When the lists have not caught up, or the gate refuses.
pub async fn worklist(session: &Session<'_>) -> Result<Vec<AttentionNode>> {
    let own = session.own("worklist", Act::List)?;
    let services = session.services();
    let worker = session.caller().identity.actor.worker;
    let waiting = services.lists.handovers_waiting(worker).await.map_err(|fault| failed(session, &fault))?;
    let mut opened = Opened::default();
    let mut nodes = Vec::new();
    for line in waiting {
        let Some(loaded) = opened.case(session, line.case).await? else { continue };
        nodes.extend(AttentionNode::offered(session, &own, loaded, line));
    }
    let mut request = PageRequest::first(NonZeroU16::new(MOST_ROWS).unwrap_or(NonZeroU16::MIN));
    loop {
        let page = services.lists.worklist(scope(session), request.clone()).await;
        let page = page.map_err(|fault| failed(session, &fault))?;
        request.after = page.rows.last().map(|(cursor, _)| cursor.clone());
        for (_, listed) in page.rows {
            let Some((case, _)) = judged(session, "worklist", &mut opened, listed.row.case).await? else { continue };
            nodes.extend(AttentionNode::of(session, &case, listed));
        }
        if !page.more || request.after.is_none() {
            return Ok(nodes);
        }
    }
}

/// The text of a worklist by which a change is noticed.
#[must_use]
pub fn outline(nodes: &[AttentionNode]) -> Vec<AttentionLine> {
    nodes.iter().map(AttentionNode::line).collect()
}

/// Whether an answer was refused only because the lists have not caught up.
#[must_use]
pub fn is_stale(error: &Error) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    code.is_some_and(|code| *code == async_graphql::Value::from(STALE.0))
}

/// What the lists of the caller are about. Whoever works for access may direct or stand in elsewhere too.
fn scope(session: &Session<'_>) -> Scope {
    let actor = &session.caller().identity.actor;
    match actor.role {
        Role::AccessWorker => Scope::DirectorOrMunicipality(actor.worker, actor.organisation.clone()),
        _ => Scope::Director(actor.worker),
    }
}

fn page_request(session: &Session<'_>, list: &str, first: Option<i32>, after: Option<&str>) -> Result<PageRequest> {
    let given = first.unwrap_or(USUAL_ROWS);
    let first = u16::try_from(given).ok().filter(|first| *first <= MOST_ROWS).and_then(NonZeroU16::new);
    let first = first
        .ok_or_else(|| session.refusal(&Refusal::new(BAD_PAGE).with("limit", Detail::Number(u64::from(MOST_ROWS)))))?;
    let after = after.map(|cursor| open_cursor(session, list, cursor)).transpose()?;
    Ok(PageRequest { first, after })
}

fn open_cursor(session: &Session<'_>, list: &str, cursor: &str) -> Result<Cursor> {
    let viewer = session.caller().identity.actor.worker;
    let content = session.services().seals.open_cursor(viewer, list, cursor);
    let parsed = content.as_deref().and_then(|content| {
        let (key, case) = content.split_once('|')?;
        Some(Cursor { key: key.to_owned(), case: case.parse().ok()? })
    });
    parsed.ok_or_else(|| session.refuse_code(BAD_CURSOR))
}

/// The cases that one list has opened: each is read once, however many of its rows stand in the list. Nothing stands for a case that
/// cannot be read.
#[derive(Default)]
struct Opened(HashMap<CaseId, Option<Arc<Loaded<Case>>>>);

impl Opened {
    async fn case(&mut self, session: &Session<'_>, case: CaseId) -> Result<Option<Arc<Loaded<Case>>>> {
        if let Some(loaded) = self.0.get(&case) {
            return Ok(loaded.clone());
        }
        let loaded = readable(session, case).await?;
        self.0.insert(case, loaded.clone());
        Ok(loaded)
    }

    /// Whether a case was found that cannot be read.
    fn lacks_one(&self) -> bool {
        self.0.values().any(Option::is_none)
    }
}

/// The case of a row. One that cannot be read any more is set aside and left out; the others go on.
async fn readable(session: &Session<'_>, case: CaseId) -> Result<Option<Arc<Loaded<Case>>>> {
    let services = session.services();
    match services.cases.load(case.as_uuid()).await {
        Ok(loaded) => Ok(Some(loaded)),
        Err(error) if error.is_of_one_stream() => {
            if let Err(fault) = services.lists.refresh(case).await {
                tracing::error!(%fault, %error, "a case that cannot be read could not be set aside");
            }
            Ok(None)
        }
        Err(error) => Err(session.unreadable(&error)),
    }
}

/// The hits whose people the caller may see, a page of them. Rights go before paging here: a hit that is left out later would still
/// tell, by a count or a cursor, that somebody of this name is there.
async fn findable(
    session: &Session<'_>,
    opened: &mut Opened,
    wanted: &SearchFor,
    request: &PageRequest,
) -> Result<ListPage<Found>> {
    let most = NonZeroU16::new(MOST_ROWS).unwrap_or(NonZeroU16::MIN);
    let (mut all, mut visible) = (PageRequest::first(most), Vec::new());
    loop {
        let page = session.services().lists.search(scope(session), wanted.clone(), all).await;
        let page = page.map_err(|fault| failed(session, &fault))?;
        let last = page.rows.last().map(|(cursor, _)| cursor.clone());
        for (cursor, found) in page.rows {
            if may_find(session, opened, wanted, found).await? {
                visible.push((cursor, found));
            }
        }
        match last.filter(|_| page.more) {
            Some(cursor) => all = PageRequest { first: most, after: Some(cursor) },
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
async fn may_find(session: &Session<'_>, opened: &mut Opened, wanted: &SearchFor, found: Found) -> Result<bool> {
    let Some(loaded) = opened.case(session, found.case).await? else { return Ok(false) };
    let looking = Operation::looking("searchPeople", Act::Read);
    let target = Target::Case(found.case, &loaded.history);
    let judged = session.services().gate.judge_row(session.caller(), looking, target, &TrailDraft::new());
    let Ok(mandate) = judged else { return Ok(false) };
    let case = CaseNode::with(found.case, loaded, mandate.clone(), session.today());
    let Some(opening) = &case.history().state().life.opening else { return Ok(false) };
    let people = case.read(session, views::people::people);
    let Some(person) = people.iter().find(|view| view.person == found.person) else { return Ok(false) };
    let names: Vec<_> = person.called.iter().filter_map(|kept| personal(&mandate, FOUND, kept).known()).collect();
    let born = person.birth_date.as_ref().and_then(|kept| personal(&mandate, FOUND, kept).known().copied());
    Ok(!names.is_empty() && session.services().lists.finds(&opening.municipality, &names, born, wanted))
}

async fn judged(
    session: &Session<'_>,
    operation: &'static str,
    opened: &mut Opened,
    case: CaseId,
) -> Result<Option<(CaseNode, Mandate)>> {
    let Some(loaded) = opened.case(session, case).await? else { return Ok(None) };
    let looking = Operation::looking(operation, Act::Read);
    let target = Target::Case(case, &loaded.history);
    let Ok(mandate) = session.services().gate.judge_row(session.caller(), looking, target, session.draft()) else {
        return Ok(None);
    };
    Ok(Some((CaseNode::with(case, loaded, mandate.clone(), session.today()), mandate)))
}

/// Makes a connection of a page. A row whose right has gone since it was written is left out. Of a list of cases what the caller may see
/// is counted, of people it was counted before.
async fn rows<R, T: async_graphql::OutputType>(
    session: &Session<'_>,
    list: &'static str,
    mut opened: Opened,
    listing: Option<Listing>,
    page: ListPage<R>,
    case_of: impl Fn(&R) -> CaseId,
    node: impl Fn(CaseNode, &Mandate, R) -> Option<T>,
) -> Result<Rows<T>> {
    let viewer = session.caller().identity.actor.worker;
    let mut edges = Vec::new();
    for (cursor, row) in page.rows {
        let made = match judged(session, list, &mut opened, case_of(&row)).await? {
            Some((case, mandate)) => node(case, &mandate, row),
            None => None,
        };
        if let Some(node) = made {
            let content = format!("{}|{}", cursor.key, cursor.case);
            edges.push(Edge::new(session.services().seals.cursor(viewer, list, &content), node));
        }
    }
    let total = match listing {
        None => page.total,
        // Counted before it was set aside.
        Some(listing) if opened.lacks_one() => {
            let tally = session.services().lists.tally(scope(session), listing).await;
            let tally = tally.map_err(|fault| failed(session, &fault))?;
            visible(session, list, &mut opened, listing, &tally).await?
        }
        Some(listing) => visible(session, list, &mut opened, listing, &page.tally).await?,
    };
    let mut connection = Connection::with_additional_fields(false, page.more, Total::new(total));
    connection.edges = edges;
    Ok(connection)
}

fn failed(session: &Session<'_>, fault: &ListsFault) -> Error {
    match fault {
        ListsFault::Stale(_) => session.refuse_code(STALE),
        fault => session.fault(super::carry_out::DATA_UNAVAILABLE, fault),
    }
}
