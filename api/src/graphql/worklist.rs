//! Everything that waits for somebody, line by line over all their cases. The scope follows from who asks; a case is opened only when
//! its row says that the caller may look in it, and no more cases than the page needs.

use std::num::NonZeroU16;

use async_graphql::Result;
use async_graphql::connection::{Connection, Edge};
use domain::ids::CaseId;
use domain::time::CivilDay;
use projections::lists::{Attention, AttentionLine, Cursor, Listed, PageRequest, WaitingNotice};

use super::attention::AttentionNode;
use super::case::CaseNode;
use super::lists::{BAD_CURSOR, LARGEST, Opened, failed, hearing, judged, page_size, scope_of_waiting};
use super::session::Session;
use crate::gate::{Act, Mandate};
use crate::trail::TrailDraft;

const LIST: &str = "worklist";

/// A worklist with cursors.
pub type Worklist = Connection<String, AttentionNode>;

/// Where a line stands: offers first, then notices, then the lines of each case.
#[derive(Clone, PartialEq, Eq)]
enum Place {
    /// An offered handover, by the day it is meant to pass.
    Offer { planned: CivilDay, case: CaseId },
    /// A notice that a consent ended, by the day it was made and its place in the history of its case.
    Notice { on: CivilDay, case: CaseId, told: u64 },
    /// A line of a case, by the day the case was opened and the place among its lines.
    Line { opened_on: CivilDay, case: CaseId, line: String },
}

impl Place {
    fn text(&self) -> String {
        match self {
            Self::Offer { planned, case } => format!("offer|{planned}|{case}|"),
            Self::Notice { on, case, told } => format!("notice|{on}|{case}|{told}"),
            Self::Line { opened_on, case, line } => format!("line|{opened_on}|{case}|{line}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let parts: [&str; 4] = text.splitn(4, '|').collect::<Vec<_>>().try_into().ok()?;
        let [kind, day, case, line] = parts;
        let (day, case) = (day.parse().ok()?, case.parse().ok()?);
        match kind {
            "offer" => Some(Self::Offer { planned: day, case }),
            "notice" => Some(Self::Notice { on: day, case, told: line.parse().ok()? }),
            "line" => Some(Self::Line { opened_on: day, case, line: line.to_owned() }),
            _ => None,
        }
    }
}

/// A page of what waits for the caller, after a cursor.
///
/// # Errors
/// When the lists have not caught up, or the gate refuses.
pub async fn page(session: &Session<'_>, first: Option<i32>, after: Option<&str>) -> Result<Worklist> {
    let own = session.own(LIST, Act::List)?;
    let first = page_size(session, first)?;
    let (viewer, seals) = (session.caller().identity.actor.worker, &session.services().seals);
    let place = |cursor: &str| {
        let content = seals.open_cursor(viewer, LIST, cursor);
        content.as_deref().and_then(Place::read).ok_or_else(|| session.refuse_code(BAD_CURSOR))
    };
    let after = after.map(place).transpose()?;
    let unseen = TrailDraft::new();
    let mut making = Making::new(session, &unseen, &own, first);
    making.fill(after).await?;
    let mut connection = Connection::new(false, making.more);
    let edge = |(place, line): (Place, AttentionNode)| Edge::new(seals.cursor(viewer, LIST, &place.text()), line);
    connection.edges = making.lines.into_iter().map(edge).collect();
    Ok(connection)
}

/// The first lines of what waits for the caller: as many as the largest page has.
///
/// # Errors
/// As [`page`].
pub async fn first_lines(session: &Session<'_>) -> Result<Vec<AttentionNode>> {
    let own = session.own(LIST, Act::List)?;
    let unseen = TrailDraft::new();
    let mut making = Making::new(session, &unseen, &own, LARGEST);
    making.fill(None).await?;
    Ok(making.lines.into_iter().map(|(_, line)| line).collect())
}

/// A page in the making. Each line is first made unseen; what takes its place in the answer is noted then, and no other.
struct Making<'m, 's> {
    session: &'m Session<'s>,
    quiet: Session<'m>,
    own: &'m Mandate,
    own_quiet: Mandate,
    first: NonZeroU16,
    opened: Opened,
    lines: Vec<(Place, AttentionNode)>,
    /// Whether another line was found than fits.
    more: bool,
}

impl<'m, 's: 'm> Making<'m, 's> {
    fn new(session: &'m Session<'s>, unseen: &'m TrailDraft, own: &'m Mandate, first: NonZeroU16) -> Self {
        Self {
            session,
            quiet: session.noting_in(unseen),
            own,
            own_quiet: own.noting_in(unseen),
            first,
            opened: Opened::default(),
            lines: Vec::new(),
            more: false,
        }
    }

    async fn fill(&mut self, after: Option<Place>) -> Result<()> {
        if !matches!(after, Some(Place::Line { .. })) {
            self.apart(after.as_ref()).await?;
        }
        self.cases(after.filter(|place| matches!(place, Place::Line { .. }))).await
    }

    /// Whether the line fits; one that does not shows that there are more.
    fn fits(&mut self) -> bool {
        self.more = self.lines.len() >= usize::from(self.first.get());
        !self.more
    }

    /// What waits for the caller in cases that they need not see.
    async fn apart(&mut self, after: Option<&Place>) -> Result<()> {
        let worker = self.session.caller().identity.actor.worker;
        let waiting = self.session.services().lists.waiting_for(worker).await;
        let (offers, notices) = waiting.map_err(|fault| failed(self.session, &fault))?;
        if !matches!(after, Some(Place::Notice { .. })) {
            self.offers(offers, after).await?;
        }
        if self.more {
            return Ok(());
        }
        self.notices(notices, after).await
    }

    /// Notices that a consent ended, to whoever knew something under it. What they see is the notice, not the case.
    async fn notices(&mut self, waiting: Vec<WaitingNotice>, after: Option<&Place>) -> Result<()> {
        for WaitingNotice { line, told } in waiting {
            let Some(on) = line.what.day() else { continue };
            let shown = |day, case, last| (on, line.case, told) <= (day, case, last);
            if matches!(after, Some(Place::Notice { on, case, told }) if shown(*on, *case, *told)) {
                continue;
            }
            let Some(loaded) = self.opened.case(self.session, line.case).await? else { continue };
            let Some(notice) = AttentionNode::notified(&self.quiet, &self.own_quiet, loaded, line) else { continue };
            if !self.fits() {
                return Ok(());
            }
            self.lines.push((Place::Notice { on, case: line.case, told }, notice.shown_to(self.own)));
        }
        Ok(())
    }

    /// Handovers offered to the caller. The successor of an offered handover sees the offer, not the case.
    async fn offers(&mut self, waiting: Vec<AttentionLine>, after: Option<&Place>) -> Result<()> {
        for line in waiting {
            let Some(planned) = line.what.day() else { continue };
            if matches!(after, Some(Place::Offer { planned: day, case }) if (planned, line.case) <= (*day, *case)) {
                continue;
            }
            let Some(offer) = self.offered(line).await? else { continue };
            if !self.fits() {
                return Ok(());
            }
            self.lines.push((Place::Offer { planned, case: line.case }, offer.shown_to(self.own)));
        }
        Ok(())
    }

    async fn offered(&mut self, line: AttentionLine) -> Result<Option<AttentionNode>> {
        let Some(loaded) = self.opened.case(self.session, line.case).await? else { return Ok(None) };
        Ok(AttentionNode::offered(&self.quiet, &self.own_quiet, loaded, line))
    }

    /// The lines of the caller's cases, as far as they fit.
    async fn cases(&mut self, after: Option<Place>) -> Result<()> {
        let mut request = PageRequest::first(self.first.saturating_add(1));
        let shown = match after {
            // Of this case some lines were shown; it may have more.
            Some(Place::Line { opened_on, case, line }) => {
                request.after = Some(Cursor::before(opened_on.to_string(), case));
                Some((case, line))
            }
            _ => None,
        };
        while !self.more {
            let scope = scope_of_waiting(self.session);
            let page = self.session.services().lists.worklist(scope, request.clone()).await;
            let page = page.map_err(|fault| failed(self.session, &fault))?;
            request.after = page.rows.last().map(|(cursor, _)| cursor.clone());
            for (_, listed) in page.rows {
                self.case(&listed, shown.as_ref()).await?;
                if self.more {
                    return Ok(());
                }
            }
            if !page.more || request.after.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn case(&mut self, listed: &Listed, shown: Option<&(CaseId, String)>) -> Result<()> {
        let (id, related) = (listed.row.case, &listed.row.relations);
        let hearing = hearing(self.session, LIST);
        let Some((case, _)) = judged(&self.quiet, hearing, &mut self.opened, id, related).await? else { return Ok(()) };
        let mut fitting = Vec::new();
        for line in self.of_case(&case, listed).await? {
            let place = line.place();
            if shown.is_some_and(|(case, last)| *case == id && place <= *last) {
                continue;
            }
            self.more = self.lines.len() + fitting.len() >= usize::from(self.first.get());
            if self.more {
                break;
            }
            fitting.push((Place::Line { opened_on: listed.row.opened_on, case: id, line: place }, line));
        }
        if fitting.is_empty() {
            return Ok(());
        }
        // Judged once more, now that something of it is shown.
        let Some((case, _)) = judged(self.session, hearing, &mut self.opened, id, related).await? else {
            return Ok(());
        };
        self.lines.extend(fitting.into_iter().map(|(place, line)| (place, line.shown_to(case.mandate()))));
        Ok(())
    }

    /// The lines of a case, without the offer that stands among the offers already: a deputy may be asked to take over.
    async fn of_case(&mut self, case: &CaseNode, listed: &Listed) -> Result<Vec<AttentionNode>> {
        let worker = self.session.caller().identity.actor.worker;
        let mut lines = Vec::new();
        for node in AttentionNode::of(&self.quiet, case, listed) {
            let line = node.line();
            let to_caller = matches!(line.what, Attention::HandoverWaiting { successor, .. } if successor == worker);
            if !to_caller || self.offered(line).await?.is_none() {
                lines.push(node);
            }
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_as_it_was_written() {
        let case: CaseId = "0191f9a0-0000-7000-8000-000000000001".parse().unwrap();
        let day: CivilDay = "2026-11-20".parse().unwrap();
        let line = Place::Line { opened_on: day, case, line: "52026-11-16|x".to_owned() };
        for place in [Place::Offer { planned: day, case }, Place::Notice { on: day, case, told: 12 }, line] {
            assert!(Place::read(&place.text()) == Some(place));
        }
        let no_number = "notice|2026-11-20|0191f9a0-0000-7000-8000-000000000001|x";
        for text in
            ["", no_number, "offer|2026-11-20", "gap|2026-11-20|0191f9a0-0000-7000-8000-000000000001|", "line|x|y|z"]
        {
            assert!(Place::read(text).is_none(), "{text}");
        }
    }
}
