//! What can be asked of the lists. Each question waits for what was recorded before it was asked, and carries its scope.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::Organisation;
use domain::ids::{CaseId, HandoverId, NoticeId, PersonId, WorkerId};
use domain::text::Name;
use domain::time::CivilDay;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::attention::{Attention, AttentionLine, Beside, attention};
use super::blind::{SearchKey, Token};
use super::fault::ListsFault;
use super::follower::Lists;
use super::generation::blocking;
use super::page::{Cursor, ListPage, Listing, PageRequest, Parameters, Part, Scope, Standing, Tally};
use super::row::CaseRow;
use super::sql;
use crate::relations::Relations;

/// One case in a caseload, with what needs attention today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The case.
    pub row: CaseRow,
    /// What needs attention, most pressing first.
    pub attention: Vec<AttentionLine>,
}

/// A person found, in one case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The case.
    pub case: CaseId,
    /// The person.
    pub person: PersonId,
    /// What people are to the case: whoever may not look in it is told nothing, without opening it.
    pub related: Relations,
}

/// A notice that waits for its receiver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WaitingNotice {
    /// The line.
    pub line: AttentionLine,
    /// Its place in the history of its case: of one day the first told comes first.
    pub told: u64,
}

/// What somebody searches for: words of a name, a birth date, or both. Debug shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchFor {
    /// Words as typed; each must be a beginning of at least three letters, or a whole word.
    pub words: String,
    /// Exactly this day.
    pub birth_date: Option<CivilDay>,
}

impl std::fmt::Debug for SearchFor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchFor")
    }
}

impl Lists {
    /// The open cases in a scope, earliest opened first, with what needs attention.
    ///
    /// # Errors
    /// [`ListsFault::Stale`] when the lists have not caught up; otherwise when the read database fails.
    pub async fn caseload(&self, scope: Scope, request: PageRequest) -> Result<ListPage<Listed>, ListsFault> {
        let today = self.today();
        let deputies_by = self.sources.rows.deputies_by(today);
        self.ask(move |connection| {
            let key = |row: &CaseRow| row.opened_on;
            let page = cases(connection, &scope, &request, Listing::Caseload, key)?;
            listed(connection, page, today, deputies_by)
        })
        .await
    }

    /// The open cases in a scope in which something needs attention, earliest opened first.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn worklist(&self, scope: Scope, request: PageRequest) -> Result<ListPage<Listed>, ListsFault> {
        let today = self.today();
        let deputies_by = self.sources.rows.deputies_by(today);
        self.ask(move |connection| {
            let key = |row: &CaseRow| row.opened_on;
            let (day, notice) = (today.to_string(), deputies_by.to_string());
            let more: Parameters<'_> = vec![(":today", &day), (":deputies_by", &notice)];
            let rows = paged(connection, &scope, &request, include_str!("sql/worklist.sql"), &more, key)?;
            // How much waits is told by the lines, not by a count.
            listed(connection, ListPage::cut(rows, &request, 0), today, deputies_by)
        })
        .await
    }

    /// The tally of a list alone, as its pages have it: for whoever found a case that does not belong there any more.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn tally(&self, scope: Scope, listing: Listing) -> Result<Tally, ListsFault> {
        self.ask(move |connection| tally(connection, &scope, listing)).await
    }

    /// The gaps in a scope, longest first: since when, how many parties, the last day of the term (rule 2).
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn gaps(&self, scope: Scope, request: PageRequest) -> Result<ListPage<CaseRow>, ListsFault> {
        self.ask(move |connection| {
            let key = |row: &CaseRow| row.gap.map_or(row.opened_on, |gap| gap.since);
            cases(connection, &scope, &request, Listing::Gaps, key)
        })
        .await
    }

    /// What waits for this worker in cases that they need not see: offers of a handover, and notices that a consent ended. Of each its
    /// receiver sees the line, not the case.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn waiting_for(&self, worker: WorkerId) -> Result<(Vec<AttentionLine>, Vec<WaitingNotice>), ListsFault> {
        self.ask(move |connection| Ok((offers(connection, worker)?, notices(connection, worker)?))).await
    }

    /// The cases that this worker is kept out of, closed ones included.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn kept_out(&self, worker: WorkerId) -> Result<Vec<CaseId>, ListsFault> {
        self.ask(move |connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/kept_out.sql"))?;
            let worker = worker.as_uuid();
            let cases = statement.query_map([&worker.as_bytes()[..]], |row| Ok(CaseId::from_uuid(sql::id(row, 0)?)))?;
            Ok(cases.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Everyone in a scope, closed cases included, whose name has all these words and whose birth date is this one. Nothing typed
    /// finds nobody.
    ///
    /// # Errors
    /// As [`Lists::caseload`].
    pub async fn search(
        &self,
        scope: Scope,
        search: SearchFor,
        request: PageRequest,
    ) -> Result<ListPage<Found>, ListsFault> {
        let key = std::sync::Arc::clone(&self.key);
        self.ask(move |connection| {
            let (tokens, wanted) = tokens(connection, &scope, &key, &search)?;
            let found = if wanted == 0 { Vec::new() } else { matches(connection, &scope, &tokens, wanted)? };
            let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
            let cursor = |found: &Found| Cursor { key: found.person.to_string(), case: found.case };
            let after = |cursor: &Cursor| {
                request.after.as_ref().is_none_or(|last| (cursor.case, &cursor.key) > (last.case, &last.key))
            };
            let most = usize::from(request.first.get()) + 1;
            let rows = found.into_iter().map(|found| (cursor(&found), found)).filter(|(cursor, _)| after(cursor));
            Ok(ListPage::cut(rows.take(most).collect(), &request, total))
        })
        .await
    }

    /// What people are to a case, as its row says now: it waits for nothing, for whoever finds that the case itself cannot be read.
    /// `None` for a case without a row.
    ///
    /// # Errors
    /// When the read database fails.
    pub async fn relation(&self, case: CaseId) -> Result<Option<Relations>, ListsFault> {
        let Some(generation) = self.generation() else { return Ok(None) };
        let question = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(include_str!("sql/related.sql"))?;
            Ok(statement.query_row([&case.as_uuid().as_bytes()[..]], |row| sql::relations(row, 0)).optional()?)
        };
        blocking(move || generation.file.read(question)).await
    }

    /// Whether somebody with these names and this birth date is found by a search: the index asked again about what the searcher may
    /// know, because it holds more than that.
    #[must_use]
    pub fn finds(
        &self,
        municipality: &Organisation,
        names: &[&Name],
        born: Option<CivilDay>,
        search: &SearchFor,
    ) -> bool {
        let held: BTreeSet<Token> = names.iter().flat_map(|name| self.key.name_tokens(municipality, name)).collect();
        let typed = self.key.typed_tokens(municipality, &search.words);
        typed.is_subset(&held) && search.birth_date.is_none_or(|wanted| born == Some(wanted))
    }

    fn today(&self) -> CivilDay {
        self.sources.clock.now().day()
    }
}

fn offers(connection: &Connection, successor: WorkerId) -> Result<Vec<AttentionLine>, ListsFault> {
    let mut statement = connection.prepare_cached(include_str!("sql/handovers_waiting.sql"))?;
    let lines = statement.query_map([&successor.as_uuid().as_bytes()[..]], |row| {
        let (handover, planned) = (HandoverId::from_uuid(sql::id(row, 1)?), sql::day(row, 2)?);
        let what = Attention::HandoverWaiting { planned, handover, successor };
        Ok(AttentionLine { case: CaseId::from_uuid(sql::id(row, 0)?), what })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

fn notices(connection: &Connection, receiver: WorkerId) -> Result<Vec<WaitingNotice>, ListsFault> {
    let mut statement = connection.prepare_cached(include_str!("sql/notices_waiting.sql"))?;
    let lines = statement.query_map([&receiver.as_uuid().as_bytes()[..]], |row| {
        let (notice, on) = (NoticeId::from_uuid(sql::id(row, 1)?), sql::day(row, 2)?);
        let line = AttentionLine {
            case: CaseId::from_uuid(sql::id(row, 0)?),
            what: Attention::WithdrawalNotice { on, notice },
        };
        Ok(WaitingNotice { line, told: row.get::<_, i64>(3)?.cast_unsigned() })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

fn cases(
    connection: &Connection,
    scope: &Scope,
    request: &PageRequest,
    listing: Listing,
    key: impl Fn(&CaseRow) -> CivilDay,
) -> Result<ListPage<CaseRow>, ListsFault> {
    let sql = match listing {
        Listing::Caseload => include_str!("sql/caseload.sql"),
        Listing::Gaps => include_str!("sql/gaps.sql"),
    };
    let tally = if request.counted { tally(connection, scope, listing)? } else { Tally::default() };
    let rows = paged(connection, scope, request, sql, &Vec::new(), key)?;
    Ok(ListPage { total: tally.total(), tally, ..ListPage::cut(rows, request, 0) })
}

fn tally(connection: &Connection, scope: &Scope, listing: Listing) -> Result<Tally, ListsFault> {
    let alike = standings(connection, scope, listing)?;
    Ok(match listing {
        Listing::Caseload => Tally { own: own(connection, scope)?, alike, apart: Vec::new() },
        Listing::Gaps => Tally { own: Vec::new(), alike, apart: gaps_apart(connection, scope)? },
    })
}

fn own(connection: &Connection, scope: &Scope) -> Result<Vec<(CaseId, Relations)>, ListsFault> {
    let few = scope.few();
    if few.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(&scope.within(&few, include_str!("sql/own.sql")))?;
    let bound = scope.bound();
    let parameters = bound.of(&statement, &Vec::new())?;
    let cases =
        statement.query_map(&*parameters, |row| Ok((CaseId::from_uuid(sql::id(row, 0)?), sql::relations(row, 1)?)))?;
    Ok(cases.collect::<Result<_, _>>()?)
}

fn gaps_apart(connection: &Connection, scope: &Scope) -> Result<Vec<CaseId>, ListsFault> {
    let (bound, mut found) = (scope.bound(), BTreeSet::new());
    for part in scope.parts() {
        let mut statement = connection.prepare_cached(&scope.within(&[*part], include_str!("sql/gaps_apart.sql")))?;
        let parameters = bound.of(&statement, &Vec::new())?;
        for case in statement.query_map(&*parameters, |row| Ok(CaseId::from_uuid(sql::id(row, 0)?)))? {
            found.insert(case?);
        }
    }
    Ok(found.into_iter().collect())
}

fn standings(connection: &Connection, scope: &Scope, listing: Listing) -> Result<Vec<(Standing, u64)>, ListsFault> {
    let parts = scope.many();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = match listing {
        Listing::Caseload => include_str!("sql/standings.sql"),
        Listing::Gaps => include_str!("sql/gap_standings.sql"),
    };
    let mut statement = connection.prepare_cached(&scope.within(&parts, sql))?;
    let bound = scope.bound();
    let parameters = bound.of(&statement, &Vec::new())?;
    let rows = statement.query_map(&*parameters, |row| {
        let (municipality, director_organisation): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let standing = Standing {
            municipality: sql::short_name(&municipality, 0)?,
            director_organisation: director_organisation.map(|name| sql::short_name(&name, 1)).transpose()?,
            ever_directed: row.get(2)?,
        };
        Ok((standing, row.get::<_, i64>(3)?.cast_unsigned()))
    })?;
    let mut standings = BTreeMap::new();
    for row in rows {
        let (standing, cases) = row?;
        *standings.entry(standing).or_default() += cases;
    }
    Ok(standings.into_iter().collect())
}

/// One row more than wanted. Each part of a scope has an index in the order of the list, or few rows: together they are merged.
fn paged(
    connection: &Connection,
    scope: &Scope,
    request: &PageRequest,
    sql: &str,
    more: &Parameters<'_>,
    key: impl Fn(&CaseRow) -> CivilDay,
) -> Result<Vec<(Cursor, CaseRow)>, ListsFault> {
    let place = |row: CaseRow| (Cursor { key: key(&row).to_string(), case: row.case }, row);
    let (after, case, limit) = (request.after_key(), request.after_case(), request.limit());
    let mut page: Parameters<'_> = vec![(":key", &after), (":case", &case), (":limit", &limit)];
    page.extend(more);
    let (bound, mut found) = (scope.bound(), Vec::new());
    for part in scope.parts() {
        let mut statement = connection.prepare_cached(&scope.within(&[*part], sql))?;
        let parameters = bound.of(&statement, &page)?;
        for row in statement.query_map(&*parameters, sql::case_row)? {
            found.push(place(row?));
        }
    }
    found.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    found.dedup_by(|(a, _), (b, _)| a == b);
    found.truncate(usize::from(request.first.get()) + 1);
    Ok(found)
}

fn listed(
    connection: &Connection,
    page: ListPage<CaseRow>,
    today: CivilDay,
    deputies_by: CivilDay,
) -> Result<ListPage<Listed>, ListsFault> {
    let beside = beside(connection, page.rows.iter().map(|(_, row)| row.case), today)?;
    let nothing = Beside::default();
    Ok(page.map(|row| {
        let attention = attention(&row, beside.get(&row.case).unwrap_or(&nothing), today, deputies_by);
        Listed { row, attention }
    }))
}

/// What stands beside the rows of these cases, asked at once.
fn beside(
    connection: &Connection,
    cases: impl Iterator<Item = CaseId>,
    today: CivilDay,
) -> Result<BTreeMap<CaseId, Beside>, ListsFault> {
    let cases: Vec<String> = cases.map(|case| format!("\"{}\"", case.as_uuid().simple())).collect();
    let cases = format!("[{}]", cases.join(","));
    let mut found = BTreeMap::<CaseId, Beside>::new();
    let mut statement = connection.prepare_cached(include_str!("sql/specialists.sql"))?;
    let specialists = statement.query_map(named_params! { ":cases": cases }, |row| {
        Ok((CaseId::from_uuid(sql::id(row, 0)?), (WorkerId::from_uuid(sql::id(row, 1)?), sql::day(row, 2)?)))
    })?;
    for row in specialists {
        let (case, specialist) = row?;
        found.entry(case).or_default().specialists.push(specialist);
    }
    let mut statement = connection.prepare_cached(include_str!("sql/overdue.sql"))?;
    let overdue = statement.query_map(named_params! { ":cases": cases, ":today": today.to_string() }, |row| {
        Ok((CaseId::from_uuid(sql::id(row, 0)?), (sql::day(row, 1)?, row.get(2)?)))
    })?;
    for row in overdue {
        let (case, terms) = row?;
        found.entry(case).or_default().overdue = Some(terms);
    }
    Ok(found)
}

/// The tokens for every municipality in the scope, and how many of them one person must have.
fn tokens(
    connection: &Connection,
    scope: &Scope,
    key: &SearchKey,
    search: &SearchFor,
) -> Result<(BTreeSet<Token>, usize), ListsFault> {
    let (mut all, mut wanted) = (BTreeSet::new(), 0);
    for municipality in municipalities(connection, scope)? {
        let mut tokens = key.typed_tokens(&municipality, &search.words);
        tokens.extend(search.birth_date.map(|day| key.birth_token(&municipality, day)));
        wanted = tokens.len();
        all.extend(tokens);
    }
    Ok((all, wanted))
}

/// Every municipality with cases in the scope: of the one that the scope names nobody looks through all.
fn municipalities(connection: &Connection, scope: &Scope) -> Result<BTreeSet<Organisation>, ListsFault> {
    let (bound, mut found) = (scope.bound(), BTreeSet::new());
    for part in scope.parts() {
        if let (Part::Municipality, Some(named)) = (part, scope.organisation()) {
            found.insert(named.clone());
            continue;
        }
        let mut statement =
            connection.prepare_cached(&scope.within(&[*part], include_str!("sql/municipalities.sql")))?;
        let parameters = bound.of(&statement, &Vec::new())?;
        for name in statement.query_map(&*parameters, |row| row.get::<_, String>(0))? {
            found.insert(Organisation::new(&name?).map_err(|_| ListsFault::Misread("municipality"))?);
        }
    }
    Ok(found)
}

fn matches(
    connection: &Connection,
    scope: &Scope,
    tokens: &BTreeSet<Token>,
    wanted: usize,
) -> Result<Vec<Found>, ListsFault> {
    let hex: Vec<String> = tokens.iter().map(|token| format!("\"{:032x}\"", u128::from_be_bytes(token.0))).collect();
    let tokens = format!("[{}]", hex.join(","));
    let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&scope.within(scope.parts(), include_str!("sql/search.sql")))?;
    let bound = scope.bound();
    let parameters = bound.of(&statement, &vec![(":tokens", &tokens), (":wanted", &wanted)])?;
    let rows = statement.query_map(&*parameters, |row| {
        let (case, person) = (CaseId::from_uuid(sql::id(row, 0)?), PersonId::from_uuid(sql::id(row, 1)?));
        Ok(Found { case, person, related: sql::relations(row, 2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
