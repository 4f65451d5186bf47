//! What a caseload opens with, over all cases that its reader directs: what others recorded since they last looked, what is for today, and
//! what comes in the days ahead. Each line is one act. Asking changes nothing: what was read is marked by who read it.

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, ID, Object, Result, SelectionField, SimpleObject};
use domain::ids::{CaseId, EventId, Revision};
use domain::time::CivilDay;
use domain::worker::SeenCase;
use projections::lists::{Cursor, PageRequest, Scope};
use projections::relations::Relations;
use projections::views::agenda::{AHEAD_DAYS, AgendaLine};
use projections::views::timeline::{Amendment, TimelineEntry};
use tokio::sync::OnceCell;

use super::agenda::{AgendaNode, topic_of};
use super::case::CaseNode;
use super::invalid::INVALID_REQUEST;
use super::lists::{BAD_CURSOR, LARGEST, Opened, Rows, Total, USUAL_ROWS, failed, judged, page_size};
use super::refusal::Refusal;
use super::schema::{Limits, cost_of_rows};
use super::session::Session;
use super::show::id;
use super::timeline::TimelineEntryNode;
use crate::gate::{Act, Operation, Relation};
use crate::trail::TrailDraft;

const LOOKING: Operation = Operation::looking("caseload", Act::Read);
const TODAY: &str = "caseload.today";
const AHEAD: &str = "caseload.ahead";
const NEWS: &str = "caseload.news";
const SEEN: &str = "caseload.seen";

/// A case that the reader directs, or in which they stand in.
struct OwnCase {
    case: CaseNode,
    related: Relations,
    /// The day on which the case was opened, or opened again.
    opened_on: CivilDay,
}

/// What a caseload tells besides its rows.
pub struct CaseloadOpening {
    total_count: u64,
    own: OnceCell<Vec<OwnCase>>,
}

impl CaseloadOpening {
    /// Before anything of it is asked for.
    #[must_use]
    pub fn new(total_count: u64) -> Self {
        Self { total_count, own: OnceCell::new() }
    }

    /// The cases that the reader directs or in which they stand in, earliest opened first. Worked out once for the answer, and unseen:
    /// what takes its place in it is judged again.
    async fn own(&self, session: &Session<'_>) -> Result<&[OwnCase]> {
        let own = self.own.get_or_try_init(|| directed(session)).await?;
        Ok(own)
    }
}

async fn directed(session: &Session<'_>) -> Result<Vec<OwnCase>> {
    let unseen = TrailDraft::new();
    let quiet = session.noting_in(&unseen);
    let worker = session.caller().identity.actor.worker;
    let (mut request, mut opened, mut own) = (PageRequest::first(LARGEST), Opened::default(), Vec::new());
    loop {
        let page = session.services().lists.caseload(Scope::Worker(worker), request.clone()).await;
        let page = page.map_err(|fault| failed(session, &fault))?;
        let end: Option<Cursor> = page.rows.last().map(|(cursor, _)| cursor.clone());
        for (_, listed) in page.rows {
            let (id, related) = (listed.row.case, listed.row.relations);
            let Some((case, mandate)) = judged(&quiet, LOOKING, &mut opened, id, &related).await? else { continue };
            if matches!(mandate.relation(), Relation::Director | Relation::Deputy) {
                own.push(OwnCase { case, related, opened_on: listed.row.opened_on });
            }
        }
        match end.filter(|_| page.more) {
            Some(end) => request = PageRequest { after: Some(end), counted: false, ..request },
            None => return Ok(own),
        }
    }
}

/// What a section costs does not grow with the rows of the caseload that it stands beside, as a field of those rows does: so it is not
/// part of that cost, and refused here when it alone is too much.
fn check_size(ctx: &Context<'_>, session: &Session<'_>, first: Option<i32>) -> Result<()> {
    let cost = cost_of_rows(first, USUAL_ROWS, fields_under(ctx.field()));
    if cost <= ctx.data::<Limits>()?.complexity {
        return Ok(());
    }
    Err(session.refusal(&Refusal::new(INVALID_REQUEST).with("what", "size").with("place", "unknown")))
}

/// How many fields stand under a field, at any depth.
fn fields_under(field: SelectionField<'_>) -> usize {
    field.selection_set().map(|field| 1 + fields_under(field)).sum()
}

/// A line in the making: whose case, and where it stands in its section.
struct Placed<'o, T> {
    own: &'o OwnCase,
    /// Sorts like the lines: no two are alike.
    place: String,
    line: T,
}

/// Part of a section: the lines of a page, and whether there are more.
struct Part<'o, T> {
    /// The lines before the page.
    before: usize,
    lines: Vec<Placed<'o, T>>,
    more: bool,
    total: u64,
}

/// The lines after a cursor, as many as are asked for.
fn part<'o, T>(
    session: &Session<'_>,
    section: &str,
    (first, after): (Option<i32>, Option<String>),
    mut lines: Vec<Placed<'o, T>>,
) -> Result<Part<'o, T>> {
    let (viewer, seals) = (session.caller().identity.actor.worker, &session.services().seals);
    let first = usize::from(page_size(session, first)?.get());
    let open = |cursor: String| seals.open_cursor(viewer, section, &cursor);
    let after = after.map(|cursor| open(cursor).ok_or_else(|| session.refuse_code(BAD_CURSOR))).transpose()?;
    lines.sort_by(|a, b| a.place.cmp(&b.place));
    let total = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let before = lines.iter().filter(|line| after.as_ref().is_some_and(|after| line.place <= *after)).count();
    let more = lines.len() > before + first;
    lines.truncate(before + first);
    Ok(Part { before, lines, more, total })
}

/// The case of a line that takes its place in the answer: judged once more, and noted.
async fn shown(session: &Session<'_>, opened: &mut Opened, own: &OwnCase) -> Result<Option<CaseNode>> {
    let found = judged(session, LOOKING, opened, own.case.case_id(), &own.related).await?;
    Ok(found.map(|(_, mandate)| own.case.under(&mandate)))
}

/// Lines of the agenda by their day: those up to this one, or those after it.
fn agenda<'o>(session: &Session<'_>, own: &'o [OwnCase], is_for_today: bool) -> Vec<Placed<'o, AgendaLine>> {
    let today = session.today();
    let of_case = |own: &'o OwnCase| {
        let lines = own.case.agenda_view(session).iter().enumerate();
        let wanted = lines.filter(move |(_, line)| (line.day <= today) == is_for_today);
        let seen = wanted.filter(|(_, line)| AgendaNode::would_show(&own.case, line));
        seen.map(|(number, line)| {
            let place = format!("{}|{}|{}|{number:06}", line.day, own.opened_on, own.case.case_id());
            Placed { own, place, line: line.clone() }
        })
    };
    own.iter().flat_map(of_case).collect()
}

async fn agenda_page(
    session: &Session<'_>,
    section: &str,
    page: (Option<i32>, Option<String>),
    lines: Vec<Placed<'_, AgendaLine>>,
) -> Result<Rows<AgendaNode>> {
    let part = part(session, section, page, lines)?;
    let (viewer, seals) = (session.caller().identity.actor.worker, &session.services().seals);
    let (mut opened, mut edges) = (Opened::default(), Vec::new());
    for placed in part.lines.into_iter().skip(part.before) {
        let Some(case) = shown(session, &mut opened, placed.own).await? else { continue };
        if let Some(node) = AgendaNode::new(&case, placed.line) {
            edges.push(Edge::new(seals.cursor(viewer, section, &placed.place), node));
        }
    }
    let mut connection = Connection::with_additional_fields(part.before > 0, part.more, Total::new(part.total));
    connection.edges = edges;
    Ok(connection)
}

/// Something that others recorded: one act.
struct News {
    entry: TimelineEntry,
    /// Whether it is news that it was corrected.
    corrected: bool,
    /// How many more facts the same act recorded, of which the reader may know.
    also: u32,
    /// The last fact of it, by its place.
    up_to: Revision,
}

/// What others recorded in a case since its reader last looked, act by act, as far as the reader may know.
fn news<'o>(session: &Session<'_>, own: &'o OwnCase, seen: Option<Revision>) -> Vec<Placed<'o, News>> {
    let (case, viewer) = (&own.case, session.caller().identity.actor.worker);
    let history = case.history();
    let since = since(session, case);
    let is_news = |fact: EventId| {
        let fact = history.fact(fact).filter(|fact| !fact.actor.is_or_acts_for(viewer))?;
        let new = seen.map_or_else(|| fact.recorded_day() >= since, |seen| fact.revision > seen);
        new.then_some(fact)
    };
    let mut lines = Vec::<Placed<'o, News>>::new();
    let (mut last, mut corrections) = (None, Vec::<EventId>::new());
    for entry in case.timeline_view(session).iter().filter(|entry| super::agenda::shows(case, entry)) {
        // A correction is told with what it corrected, once.
        if corrections.contains(&entry.event) {
            continue;
        }
        let struck_out = entry.amendment.as_ref().is_some_and(Amendment::struck_out);
        let corrected = entry.amendment.as_ref().filter(|amendment| {
            case.mandate().would_show(topic_of(case, entry.event), &amendment.by, &[case.subject()])
        });
        let told = corrected.and_then(|amendment| is_news(amendment.by.value));
        let recorded = is_news(entry.event).filter(|_| !struck_out || corrected.is_none());
        if let (Some(fact), Some(line)) = (recorded, lines.last_mut()) {
            // The facts of one act stand beside each other.
            if last == Some(fact.command.id) && !line.line.corrected {
                line.line.also = line.line.also.saturating_add(1);
                line.line.up_to = fact.revision;
                continue;
            }
        }
        let Some((fact, corrected)) = recorded.map(|fact| (fact, false)).or(told.map(|fact| (fact, true))) else {
            continue;
        };
        last = Some(fact.command.id).filter(|_| !corrected);
        corrections.extend(corrected.then_some(fact.id));
        let (at, id, number) = (fact.recorded_at.micros(), case.case_id(), fact.revision.number());
        let line = News { entry: entry.clone(), corrected, also: 0, up_to: fact.revision };
        // Of two acts that were corrected at once each has its own place.
        lines.push(Placed { own, place: format!("{at:020}|{id}|{number:010}|{}", entry.event), line });
    }
    lines
}

/// From which day on everything is news to somebody who never marked anything of a case as seen: the first day on which they direct it or
/// stand in, or else as far back as the screen looks ahead.
fn since(session: &Session<'_>, case: &CaseNode) -> CivilDay {
    let (viewer, today) = (session.caller().identity.actor.worker, session.today());
    let regie = &case.history().state().regie;
    let directs = regie.director_on(today).filter(|found| found.worker == viewer).map(|found| found.period.since);
    let deputises = regie.deputy_on(today).filter(|found| found.worker == viewer).map(|found| found.period.since);
    directs.or(deputises).unwrap_or_else(|| today.minus_days(AHEAD_DAYS))
}

/// Something that others recorded since you last looked: one act.
pub struct RecordedActNode {
    case: CaseId,
    entry: TimelineEntryNode,
    fact: EventId,
    corrected: bool,
    also: u32,
}

/// Something that others recorded since you last looked: one act.
#[Object(name = "RecordedAct")]
impl RecordedActNode {
    /// In which case.
    async fn case_id(&self) -> ID {
        id(self.case)
    }

    /// Names the fact.
    async fn fact_id(&self) -> ID {
        id(self.fact)
    }

    /// Whether you saw it before, and it was corrected since.
    async fn corrected(&self) -> bool {
        self.corrected
    }

    /// How many more facts were recorded in the same act.
    async fn also(&self) -> u32 {
        self.also
    }

    /// What was recorded: what it is, when, by whom, about whom.
    async fn recorded(&self) -> &TimelineEntryNode {
        &self.entry
    }
}

/// What a list of news tells besides its lines.
#[derive(SimpleObject)]
pub struct NewsEnd {
    /// How many acts there are, on all pages: the same on every page.
    total_count: u64,
    /// Give this to `markCaseloadSeen` once everything up to the end of this page was read. Absent when nothing is new.
    seen_up_to: Option<String>,
}

/// A mark of what was seen of each case, as text.
fn mark(lines: &[Placed<'_, News>]) -> String {
    let mut furthest = std::collections::BTreeMap::<CaseId, Revision>::new();
    for placed in lines {
        let seen = furthest.entry(placed.own.case.case_id()).or_insert(placed.line.up_to);
        *seen = placed.line.up_to.max(*seen);
    }
    let marks = furthest.into_iter().map(|(case, revision)| format!("{}:{revision}", case.as_uuid().simple()));
    marks.collect::<Vec<_>>().join(",")
}

/// The mark that a mutation gives back.
///
/// # Errors
/// When it is none of this reader.
pub fn read_mark(session: &Session<'_>, up_to: &str) -> Result<Vec<SeenCase>> {
    let viewer = session.caller().identity.actor.worker;
    let content = session.services().seals.open_cursor(viewer, SEEN, up_to);
    let seen = |text: &str| {
        let (case, revision) = text.split_once(':')?;
        let case = CaseId::from_uuid(case.parse().ok()?);
        Some(SeenCase { case, up_to: Revision::new(revision.parse().ok()?) })
    };
    let seen = content.as_deref().and_then(|content| content.split(',').map(seen).collect());
    seen.ok_or_else(|| session.refuse_code(BAD_CURSOR))
}

/// What a caseload opens with, besides its rows.
#[Object]
impl CaseloadOpening {
    /// How many rows you may see, on all pages: the same on every page.
    async fn total_count(&self) -> u64 {
        self.total_count
    }

    /// What others recorded in the cases that you direct, since you last said that you had seen it: first recorded first, each line one
    /// act. Asking changes nothing; give `seenUpTo` to `markCaseloadSeen` when it was read.
    #[graphql(complexity = 1)]
    async fn since_last_looked(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<String, RecordedActNode, NewsEnd>> {
        let session = &Session::of(ctx)?;
        check_size(ctx, session, first)?;
        let (viewer, seals) = (session.caller().identity.actor.worker, &session.services().seals);
        let loaded = session.services().workers.load(viewer.as_uuid()).await;
        let loaded = loaded.map_err(|error| session.unreadable(&error))?;
        let seen = &loaded.history.state().seen;
        let own = self.own(session).await?;
        let lines = own.iter().flat_map(|own| news(session, own, seen.up_to(own.case.case_id()))).collect();
        let part = part(session, NEWS, (first, after), lines)?;
        let seen_up_to = (!part.lines.is_empty()).then(|| seals.cursor(viewer, SEEN, &mark(&part.lines)));
        let (mut opened, mut edges) = (Opened::default(), Vec::new());
        for placed in part.lines.into_iter().skip(part.before) {
            let Some(case) = shown(session, &mut opened, placed.own).await? else { continue };
            let News { entry, corrected, also, .. } = placed.line;
            let (fact, topic) = (entry.event, topic_of(&case, entry.event));
            let Some(entry) = TimelineEntryNode::new(&case, entry, topic, true) else { continue };
            let node = RecordedActNode { case: case.case_id(), entry, fact, corrected, also };
            edges.push(Edge::new(seals.cursor(viewer, NEWS, &placed.place), node));
        }
        let end = NewsEnd { total_count: part.total, seen_up_to };
        let mut connection = Connection::with_additional_fields(part.before > 0, part.more, end);
        connection.edges = edges;
        Ok(connection)
    }

    /// What is to be done today in the cases that you direct, and what is overdue, longest first.
    #[graphql(complexity = 1)]
    async fn today(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<Rows<AgendaNode>> {
        let session = &Session::of(ctx)?;
        check_size(ctx, session, first)?;
        let lines = agenda(session, self.own(session).await?, true);
        agenda_page(session, TODAY, (first, after), lines).await
    }

    /// What comes in the next 14 days in the cases that you direct: terms that end, rulings, birthdays that change who must consent,
    /// evaluations, help that is expected to end.
    #[graphql(complexity = 1)]
    async fn next_days(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Rows<AgendaNode>> {
        let session = &Session::of(ctx)?;
        check_size(ctx, session, first)?;
        let lines = agenda(session, self.own(session).await?, false);
        agenda_page(session, AHEAD, (first, after), lines).await
    }
}
