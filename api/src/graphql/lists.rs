//! Lists over many cases: caseload and gaps; search and worklist stand beside it. The scope follows from who asks; every row is judged
//! before its case is opened, and again against the history before it is shown.

use std::collections::HashMap;
use std::num::NonZeroU16;
use std::sync::Arc;

use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Error, Object, OutputType, Result, SimpleObject};
use domain::alert::Receiver;
use domain::case::Case;
use domain::decider::Decider as _;
use domain::fact::Role;
use domain::ids::{CaseId, Subject};
use domain::rejection::{Code, Detail};
use eventstore::loader::Loaded;
use eventstore::port::StreamName;
use projections::lists::{Cursor, ListPage, Listed, Listing, ListsFault, PageRequest, Scope, Tally};
use projections::relations::Relations;

use super::attention::AttentionNode;
use super::case::CaseNode;
use super::opening::CaseloadOpening;
use super::refusal::Refusal;
use super::scalars::Day;
use super::schema::cost_of_rows;
use super::search::{self, FoundPerson, PersonSearch};
use super::session::Session;
use super::show::{EVERYONE, granted_to, knows};
use super::worklist::{self, Worklist};
use crate::gate::{Act, Field, Mandate, Operation, Purpose, Target, Topic};
use crate::trail::TrailDraft;

/// The lists have not caught up with what was recorded before the question.
pub const STALE: Code = Code("STALE");
/// A cursor of another list or somebody else, or not a cursor.
pub const BAD_CURSOR: Code = Code("BAD_CURSOR");
/// More rows than fit a page, or none.
pub const BAD_PAGE: Code = Code("BAD_PAGE");
/// Neither a name nor a birth date to search for.
pub const NOTHING_TO_SEARCH: Code = Code("NOTHING_TO_SEARCH");
/// What does not exist, or is not for whoever asks: as the gate says it.
pub(super) const NOT_AVAILABLE: Code = crate::gate::Refused::NOT_AVAILABLE;
/// Codes of lists.
pub const CODES: &[Code] = &[STALE, BAD_CURSOR, BAD_PAGE, NOTHING_TO_SEARCH];

const GAP: Field = Field::new("gaps.line", Topic::Regie);
/// That a case is in a caseload.
const LINE: Field = Field::new("caseload.line", Topic::Status);

/// Most rows of a page.
pub const MOST_ROWS: u16 = 100;
/// The largest page.
pub(super) const LARGEST: NonZeroU16 = NonZeroU16::MIN.saturating_add(MOST_ROWS - 1);
/// Rows of a page when nothing is said.
pub(super) const USUAL_ROWS: i32 = 25;

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

/// How many cases of a list the caller may see. Cases that are alike in what the gate goes by are judged together; those in which the
/// caller has a part, and those of which not everyone may know, one by one. Nothing of a case is shown, so nothing is noted.
async fn visible(
    session: &Session<'_>,
    list: &'static str,
    opened: &mut Opened,
    listing: Listing,
    tally: &Tally,
) -> Result<u64> {
    let caller = session.caller();
    let looking = Operation::looking(list, Act::Read);
    let stream = StreamName::about(Case::CATEGORY, uuid::Uuid::nil());
    let own = tally.own.iter().filter(|(case, related)| may_look(session, looking, *case, related).is_some());
    let seen = tally.alike.iter().filter(|(standing, _)| {
        let facts = Relations {
            municipality: Some(standing.municipality.clone()),
            director_organisation: standing.director_organisation.clone(),
            ever_directed: standing.ever_directed,
            ..Relations::default()
        };
        let target = Target::Row { stream: &stream, revision: None, facts: &facts };
        let judged = session.services().gate.judge_row(caller, looking, target, &TrailDraft::new());
        // A line of the gaps is about who directs: only who may know that has one.
        judged.is_ok_and(|mandate| listing != Listing::Gaps || mandate.covers(GAP.topic()))
    });
    let mut all = seen.map(|(_, cases)| cases).sum::<u64>() + u64::try_from(own.count()).unwrap_or(u64::MAX);
    let draft = TrailDraft::new();
    let quiet = session.noting_in(&draft);
    for case in &tally.apart {
        let Some(loaded) = opened.case(session, *case).await? else { continue };
        let found = judged_by_history(&quiet, looking, *case, loaded);
        all += u64::from(found.is_some_and(|(case, mandate)| GapLine::seen(&quiet, case, &mandate).is_some()));
    }
    Ok(all)
}

/// A list with cursors.
pub type Rows<T> = Connection<String, T, Total>;

/// A case in a caseload, with what needs attention, most pressing first.
pub struct CaseloadLine {
    case: CaseNode,
    listed: Listed,
}

/// A case in a caseload, with what needs attention, most pressing first.
#[Object]
impl CaseloadLine {
    /// The case.
    async fn case(&self) -> &CaseNode {
        &self.case
    }

    /// What needs attention today.
    async fn attention(&self, ctx: &Context<'_>) -> Result<Vec<AttentionNode>> {
        Ok(AttentionNode::of(&Session::of(ctx)?, &self.case, &self.listed))
    }
}

impl CaseloadLine {
    /// A line: that it is there says that the case is open, and whose it is.
    fn seen(case: CaseNode, mandate: &Mandate, listed: Listed) -> Self {
        mandate.note_made(LINE, &[Subject::Case(listed.row.case)]);
        Self { case, listed }
    }
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
        let gap = case.regie_view(session).gap(knows(mandate))?;
        let gap = granted_to(mandate, GAP, &[case.subject()], &EVERYONE, gap)?;
        let parties = u32::try_from(gap.parties).unwrap_or(u32::MAX);
        Some(Self { case, since: Day(gap.since), last_day: Day(gap.last_day), parties })
    }
}

/// Lists over many cases.
#[derive(Default)]
pub struct ListQuery;

#[Object]
impl ListQuery {
    /// Your open cases, earliest opened first, with what needs attention: those in which you have a part, and those of your municipality
    /// when you are an access worker or its manager, or of your organisation when you lead a team or are its aandachtsfunctionaris. Whoever
    /// leads a divorce advice team finds what waits for an answer of the team. It opens with what is new, what is for today and what
    /// comes, over all cases that you direct.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn caseload(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, CaseloadLine, CaseloadOpening>> {
        let session = Session::of(ctx)?;
        let lines =
            cases(&session, "caseload", Listing::Caseload, first, after.as_deref(), |_, case, mandate, listed| {
                Some(CaseloadLine::seen(case, mandate, listed))
            });
        let rows = lines.await?;
        let opening = CaseloadOpening::new(rows.additional_fields.total_count);
        let mut caseload = Connection::with_additional_fields(rows.has_previous_page, rows.has_next_page, opening);
        caseload.edges = rows.edges;
        Ok(caseload)
    }

    /// Cases with several parties and no case director, longest first, within your scope.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn gaps(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<Rows<GapLine>> {
        let session = Session::of(ctx)?;
        cases(&session, "gaps", Listing::Gaps, first, after.as_deref(), |session, case, mandate, _| {
            GapLine::seen(session, case, mandate)
        })
        .await
    }

    /// People in your cases by name, birth date or both. Every search stands in the trail.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn search_people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to search for.")] search: PersonSearch,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Rows<FoundPerson>> {
        search::people(&Session::of(ctx)?, &search, first, after.as_deref()).await
    }

    /// Everything that waits for you today, over all your cases: handovers offered to you first, then by case, earliest opened first.
    #[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]
    async fn worklist(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<Worklist> {
        worklist::page(&Session::of(ctx)?, first, after.as_deref()).await
    }
}

/// Whether an answer was refused only because the lists have not caught up.
#[must_use]
pub fn is_stale(error: &Error) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    code.is_some_and(|code| *code == async_graphql::Value::from(STALE.0))
}

/// What the lists of the caller are about: every case to which they have a relation of their own; for who works for access, and for the
/// manager, also those of the municipality, and for a team lead and the aandachtsfunctionaris those that the organisation directs.
pub(super) fn scope(session: &Session<'_>) -> Scope {
    let actor = &session.caller().identity.actor;
    match actor.role {
        Role::AccessWorker | Role::Manager => Scope::WorkerOrMunicipality(actor.worker, actor.organisation.clone()),
        Role::TeamLead | Role::AttentionOfficer => {
            Scope::WorkerOrOrganisation(actor.worker, actor.organisation.clone())
        }
        _ => Scope::Worker(actor.worker),
    }
}

/// What waits for the caller is looked for in the same cases; for an advisor also in those that wait for an answer of the team, and for who
/// hears only of what was told to them, in those where they were told.
pub(super) fn scope_of_waiting(session: &Session<'_>) -> Scope {
    let actor = &session.caller().identity.actor;
    let told = |receiver| Scope::Told(actor.worker, receiver, actor.organisation.clone());
    match actor.role {
        Role::AttentionOfficer => told(Receiver::AttentionOfficer),
        Role::SatAdvisor => Scope::WorkerOrAsked(actor.worker, actor.organisation.clone()),
        Role::Manager | Role::PrivacyOfficer => told(Receiver::PrivacyOfficerAndManager),
        _ => scope(session),
    }
}

/// Hearing of a case what was told of it: for the privacy officer, who reads no case, that is giving account of who looked.
pub(super) fn hearing(session: &Session<'_>, list: &'static str) -> Operation {
    match session.caller().identity.actor.role {
        Role::PrivacyOfficer => Operation { name: list, act: Act::AccessLog, purposes: &[Purpose::Oversight] },
        _ => Operation::looking(list, Act::Read),
    }
}

/// Which part of a list of cases or people is asked for.
pub(super) fn page_request(
    session: &Session<'_>,
    list: &str,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<PageRequest> {
    let first = page_size(session, first)?;
    let after = after.map(|cursor| open_cursor(session, list, cursor)).transpose()?;
    Ok(PageRequest { after, ..PageRequest::first(first) })
}

/// How many rows are asked for.
pub(super) fn page_size(session: &Session<'_>, first: Option<i32>) -> Result<NonZeroU16> {
    let given = first.unwrap_or(USUAL_ROWS);
    let first = u16::try_from(given).ok().filter(|first| *first <= MOST_ROWS).and_then(NonZeroU16::new);
    first.ok_or_else(|| session.refusal(&Refusal::new(BAD_PAGE).with("limit", Detail::Number(u64::from(MOST_ROWS)))))
}

/// The place of a row, sealed for the caller.
pub(super) fn sealed(session: &Session<'_>, list: &str, cursor: &Cursor) -> String {
    let viewer = session.caller().identity.actor.worker;
    session.services().seals.cursor(viewer, list, &format!("{}|{}", cursor.key, cursor.case))
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
pub(super) struct Opened(HashMap<CaseId, Option<Arc<Loaded<Case>>>>);

impl Opened {
    /// The case, read at most once.
    pub(super) async fn case(&mut self, session: &Session<'_>, case: CaseId) -> Result<Option<Arc<Loaded<Case>>>> {
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

/// What the caller may do in a case, by its row alone. What may not be seen is not opened either: that would take time by which to tell
/// that it is there. Nothing is shown yet, so nothing is noted.
pub(super) fn may_look(
    session: &Session<'_>,
    looking: Operation,
    case: CaseId,
    related: &Relations,
) -> Option<Mandate> {
    let stream = StreamName::about(Case::CATEGORY, case.as_uuid());
    let target = Target::Row { stream: &stream, revision: None, facts: related };
    session.services().gate.judge_row(session.caller(), looking, target, &TrailDraft::new()).ok()
}

/// The case of a row, if the caller may look in it: by the row, and then by its history.
pub(super) async fn judged(
    session: &Session<'_>,
    looking: Operation,
    opened: &mut Opened,
    case: CaseId,
    related: &Relations,
) -> Result<Option<(CaseNode, Mandate)>> {
    if may_look(session, looking, case, related).is_none() {
        return Ok(None);
    }
    let Some(loaded) = opened.case(session, case).await? else { return Ok(None) };
    Ok(judged_by_history(session, looking, case, loaded))
}

fn judged_by_history(
    session: &Session<'_>,
    looking: Operation,
    case: CaseId,
    loaded: Arc<Loaded<Case>>,
) -> Option<(CaseNode, Mandate)> {
    let target = Target::Case(case, &loaded.history);
    let mandate = session.services().gate.judge_row(session.caller(), looking, target, session.draft()).ok()?;
    Some((CaseNode::with(case, loaded, mandate.clone(), session.today()), mandate))
}

/// A page of a list of cases: as many rows as are asked for, of those that the caller may see. The others neither end the list nor show
/// that they are there: whether there is another page is whether one more row was found that may be seen.
async fn cases<T: OutputType>(
    session: &Session<'_>,
    list: &'static str,
    listing: Listing,
    first: Option<i32>,
    after: Option<&str>,
    line: fn(&Session<'_>, CaseNode, &Mandate, Listed) -> Option<T>,
) -> Result<Rows<T>> {
    session.own(list, Act::List)?;
    let asked = page_request(session, list, first, after)?;
    let (wanted, looking) = (usize::from(asked.first.get()), Operation::looking(list, Act::Read));
    let unseen = TrailDraft::new();
    let quiet = session.noting_in(&unseen);
    let mut request = PageRequest { first: asked.first.saturating_add(1), ..asked };
    let (mut opened, mut edges, mut more, mut tally) = (Opened::default(), Vec::new(), false, None);
    while !more {
        let page = page_of(session, listing, request.clone()).await?;
        tally.get_or_insert(page.tally);
        let end = page.rows.last().map(|(cursor, _)| cursor.clone());
        for (cursor, listed) in page.rows {
            // The row after the last one is looked at, and not shown.
            let session = if edges.len() < wanted { session } else { &quiet };
            let (case, related) = (listed.row.case, &listed.row.relations);
            let Some((case, mandate)) = judged(session, looking, &mut opened, case, related).await? else { continue };
            let Some(node) = line(session, case, &mandate, listed) else { continue };
            if edges.len() == wanted {
                more = true;
                break;
            }
            edges.push(Edge::new(sealed(session, list, &cursor), node));
        }
        match end.filter(|_| page.more) {
            Some(end) => request = PageRequest { after: Some(end), counted: false, ..request },
            None => break,
        }
    }
    let total = count(session, list, &mut opened, listing, tally.unwrap_or_default()).await?;
    Ok(connection(edges, more, total))
}

async fn page_of(session: &Session<'_>, listing: Listing, request: PageRequest) -> Result<ListPage<Listed>> {
    let (lists, scope) = (&session.services().lists, scope(session));
    let page = match listing {
        Listing::Caseload => lists.caseload(scope, request).await,
        Listing::Gaps => {
            let page = lists.gaps(scope, request).await;
            page.map(|page| page.map(|row| Listed { row, attention: Vec::new() }))
        }
    };
    page.map_err(|fault| failed(session, &fault))
}

async fn count(
    session: &Session<'_>,
    list: &'static str,
    opened: &mut Opened,
    listing: Listing,
    tally: Tally,
) -> Result<u64> {
    if !opened.lacks_one() {
        return visible(session, list, opened, listing, &tally).await;
    }
    // It was counted before it was set aside.
    let tally = session.services().lists.tally(scope(session), listing).await;
    let tally = tally.map_err(|fault| failed(session, &fault))?;
    visible(session, list, opened, listing, &tally).await
}

/// A page that begins where it was asked to.
pub(super) fn connection<T: OutputType>(edges: Vec<Edge<String, T, EmptyFields>>, more: bool, total: u64) -> Rows<T> {
    let mut connection = Connection::with_additional_fields(false, more, Total::new(total));
    connection.edges = edges;
    connection
}

/// A fault of the lists, in words.
pub(super) fn failed(session: &Session<'_>, fault: &ListsFault) -> Error {
    match fault {
        ListsFault::Stale(_) => session.refuse_code(STALE),
        fault => session.fault(super::carry_out::DATA_UNAVAILABLE, fault),
    }
}
