//! The timeline of a case: who, when, why, and how it was corrected. Entries are rendered per audience and never numbered.

use std::collections::HashMap;

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::ids::{EventId, Subject, WorkerId};
use domain::rejection::Detail;
use domain::time::Occurred;
use projections::views::Kept;
use projections::views::timeline::{Amendment, Content, TimelineEntry};

use super::case::CaseNode;
use super::life::shows_rule;
use super::lists::{BAD_CURSOR, BAD_PAGE, MOST_ROWS, Rows, Total};
use super::people::PersonNode;
use super::refusal::Refusal;
use super::scalars::{Day, Moment};
use super::session::Session;
use super::show::{Granted, any_words, granted, id, plain, words};
use super::statements::{AnswerNode, answers_to};
use super::workers::WorkerNode;
use crate::gate::{Field, Meant, Topic};
use crate::locale::Locale;
use crate::trail::TrailDraft;

/// How many entries there are for the viewer.
const COUNT: Field = Field::new("timeline", Topic::Status);

/// Entries of a page when nothing is said.
pub const USUAL_ROWS: i32 = 50;

/// A page of the timeline, latest first: only what the viewer may know, counted and ordered as if the rest were not there.
///
/// # Errors
/// When the page or the cursor is not one.
pub fn page(
    ctx: &Context<'_>,
    case: &CaseNode,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Rows<TimelineEntryNode>> {
    let session = &Session::of(ctx)?;
    // Cursors and counts need the rows; only who asks for the entries sees them.
    let asked = ctx.look_ahead();
    let looked_at = asked.field("nodes").exists() || asked.field("edges").field("node").exists();
    let wanted = usize::try_from(first.unwrap_or(USUAL_ROWS)).unwrap_or(0);
    if wanted == 0 || wanted > usize::from(MOST_ROWS) {
        return Err(session.refusal(&Refusal::new(BAD_PAGE).with("limit", Detail::Number(u64::from(MOST_ROWS)))));
    }
    // An entry is about what its fact is about, whatever a correction put there.
    let facts = case.history().facts().iter();
    let topics: HashMap<EventId, Topic> = facts.map(|fact| (fact.id, Topic::of(&fact.event))).collect();
    let entries = case.timeline_view(session).iter().rev();
    let entries = entries.filter_map(|entry| Some((entry, *topics.get(&entry.event)?)));
    let visible: Vec<(&TimelineEntry, Topic)> = entries.filter(|(entry, topic)| shows(case, entry, *topic)).collect();
    let viewer = session.caller().identity.actor.worker;
    let seals = &session.services().seals;
    let start = match after {
        None => 0,
        Some(cursor) => {
            let last = seals.open_cursor(viewer, "timeline", cursor);
            let place = last.and_then(|last| visible.iter().position(|(entry, _)| entry.event.to_string() == last));
            place.ok_or_else(|| session.refuse_code(BAD_CURSOR))? + 1
        }
    };
    let total = visible.len();
    case.mandate().note_made(COUNT, &[case.subject()]);
    let more = total > start + wanted;
    let mut connection =
        Connection::with_additional_fields(start > 0, more, Total::new(u64::try_from(total).unwrap_or(u64::MAX)));
    let rows = visible.into_iter().skip(start).take(wanted);
    connection.edges = rows
        .filter_map(|(entry, topic)| {
            let cursor = seals.cursor(viewer, "timeline", &entry.event.to_string());
            Some(Edge::new(cursor, TimelineEntryNode::new(case, entry.clone(), topic, looked_at)?))
        })
        .collect();
    Ok(connection)
}

/// As the entry itself is judged: what would not stand on a page is not counted, and no place to go on from.
fn shows(case: &CaseNode, entry: &TimelineEntry, topic: Topic) -> bool {
    case.mandate().would_show(topic, &entry.kept, &about(case, entry))
}

/// Whom an entry is about; of nobody, the case.
fn about(case: &CaseNode, entry: &TimelineEntry) -> Vec<Subject> {
    let about: Vec<Subject> = entry.content.persons.iter().map(|person| Subject::Person(*person)).collect();
    if about.is_empty() { vec![case.subject()] } else { about }
}

/// Something that was recorded.
pub struct TimelineEntryNode {
    case: CaseNode,
    entry: Granted<TimelineEntry>,
    topic: Topic,
    about: Vec<Subject>,
}

/// Words in an entry.
#[derive(SimpleObject)]
pub struct LabelledWords {
    /// What they are, as a stable word: `reason`, `question`, `summary`, `from`, `authority`.
    label: String,
    /// The words; a day as YYYY-MM-DD, a state as its enum value.
    text: String,
}

/// Something that must follow.
#[derive(SimpleObject)]
pub struct DueNode {
    /// What, as a stable word.
    what: String,
    /// Last day of the term.
    last_day: Day,
    /// When the system acts if nothing followed.
    at: Moment,
}

impl TimelineEntryNode {
    /// An entry, if the viewer may know of it. One that nobody looks at is not told of.
    #[must_use]
    pub(super) fn new(case: &CaseNode, entry: TimelineEntry, topic: Topic, looked_at: bool) -> Option<Self> {
        let about = about(case, &entry);
        let unseen = TrailDraft::new();
        let noting = if looked_at { case.mandate().clone() } else { case.mandate().noting_in(&unseen) };
        let entry = granted(&noting, Field::new("timeline.entry", topic), &about, entry, |entry| &entry.kept)?;
        Some(Self { case: case.clone(), entry, topic, about })
    }

    /// Who recorded something: also where the rest leads to nobody, a name may. Who recorded it knows that.
    fn author(&self, author: &Kept<WorkerId>) -> Option<WorkerNode> {
        let mandate = self.case.mandate();
        let own = mandate.actor().worker == author.value;
        let seen = own || mandate.would_show(self.topic, author, &self.about);
        seen.then(|| WorkerNode::new(author.value, mandate.clone()))
    }

    fn words_of(&self, session: &Session<'_>, content: &Content) -> Vec<LabelledWords> {
        let field = Field::new("timeline.words", self.topic);
        let labelled = content.words.iter().filter_map(|(label, said)| {
            let text = any_words(session, self.case.mandate(), field, Meant::from(content.readers(said)), said)?;
            Some(LabelledWords { label: (*label).to_owned(), text })
        });
        labelled.collect()
    }
}

/// Something that was recorded: who, when, why, and how it was corrected.
#[Object(name = "TimelineEntry")]
impl TimelineEntryNode {
    /// Names the fact: what a correction or a change of audience may name.
    async fn id(&self) -> ID {
        id(self.entry.event)
    }

    /// What kind of fact it is: the stable name of its type.
    async fn kind(&self) -> &'static str {
        self.entry.content.type_name
    }

    /// What kind of fact it is, in words.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(title_of(Session::of(ctx)?.locale(), &self.entry))
    }

    /// The day it happened.
    async fn occurred_on(&self) -> Day {
        Day(self.entry.content.occurred.day())
    }

    /// The moment it happened, when that was recorded.
    async fn occurred_at(&self) -> Option<Moment> {
        match self.entry.content.occurred {
            Occurred::At(moment) => Some(Moment(moment)),
            Occurred::Day(_) => None,
        }
    }

    /// The day we were told, if later than it happened.
    async fn learnt(&self) -> Option<Day> {
        self.entry.learnt.map(Day)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> Moment {
        Moment(self.entry.recorded_at)
    }

    /// Who recorded it. Absent when that would lead to somebody who must not be found: who works for them.
    async fn recorded_by(&self) -> Option<WorkerNode> {
        self.author(&self.entry.author)
    }

    /// The words in it.
    async fn words(&self, ctx: &Context<'_>) -> Result<Vec<LabelledWords>> {
        Ok(self.words_of(&Session::of(ctx)?, &self.entry.content))
    }

    /// The people it is about.
    async fn persons(&self) -> Vec<PersonNode> {
        self.entry.content.persons.iter().filter_map(|person| self.case.person(*person)).collect()
    }

    /// The professionals it is about.
    async fn workers(&self) -> Vec<WorkerNode> {
        let workers = &self.entry.content.workers;
        let field = Field::new("timeline.workers", self.topic);
        let seen = plain(self.case.mandate(), field, &[self.case.subject()], workers).unwrap_or_default();
        seen.into_iter().map(|worker| WorkerNode::new(worker, self.case.mandate().clone())).collect()
    }

    /// What must follow, by when.
    async fn due(&self) -> Vec<DueNode> {
        let node = |due: &domain::fact::Due| DueNode {
            what: due.what.clone(),
            last_day: Day(due.last_day),
            at: Moment(due.at),
        };
        self.entry.due.iter().map(node).collect()
    }

    /// Rules that reality did not follow, as stable words.
    async fn departs_from(&self) -> Vec<String> {
        let shows = |rule: &String| shows_rule(self.case.mandate(), rule, &self.entry.kept, &self.about);
        self.entry.departures.iter().map(|departure| departure.rule.clone()).filter(shows).collect()
    }

    /// The version of municipal and legal policy it was decided under.
    async fn terms(&self) -> &str {
        &self.entry.terms
    }

    /// What somebody of the case says in answer to it.
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<AnswerNode>> {
        answers_to(ctx, &self.case, self.entry.event, self.topic, &self.about)
    }

    /// How it was corrected, if it was and you may know that.
    async fn correction(&self) -> Option<CorrectionNode<'_>> {
        let (field, about) = (Field::new("timeline.correction", self.topic), [self.case.subject()]);
        let amendment = self.entry.amendment.as_ref()?;
        let amendment = granted(self.case.mandate(), field, &about, amendment, |amendment| &amendment.by)?;
        Some(CorrectionNode { entry: self, amendment })
    }
}

/// How a fact was corrected.
pub struct CorrectionNode<'a> {
    entry: &'a TimelineEntryNode,
    amendment: Granted<&'a Amendment>,
}

/// How a fact was corrected. What stood there before stays readable.
#[Object(name = "Correction")]
impl CorrectionNode<'_> {
    /// Names the correcting fact.
    async fn id(&self) -> ID {
        id(self.amendment.by.value)
    }

    /// Whether the fact was struck out.
    async fn struck_out(&self) -> bool {
        self.amendment.struck_out()
    }

    /// When.
    async fn at(&self) -> Option<Moment> {
        self.amendment.at.map(Moment)
    }

    /// Who corrected it. Absent when that would lead to somebody who must not be found.
    async fn by(&self) -> Option<WorkerNode> {
        self.entry.author(self.amendment.author.as_ref()?)
    }

    /// Why.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let session = Session::of(ctx)?;
        let field = Field::new("timeline.correction.reason", self.entry.topic);
        Ok(self.amendment.reason.as_ref().and_then(|kept| words(&session, self.entry.case.mandate(), field, kept)))
    }

    /// The words that stood there before.
    async fn earlier_words(&self, ctx: &Context<'_>) -> Result<Vec<LabelledWords>> {
        let session = Session::of(ctx)?;
        let earlier = self.amendment.was.as_ref();
        Ok(earlier.map(|content| self.entry.words_of(&session, content)).unwrap_or_default())
    }

    /// The day that stood there before.
    async fn earlier_occurred_on(&self) -> Option<Day> {
        self.amendment.was.as_ref().map(|content| Day(content.occurred.day()))
    }
}

/// What kind of fact an entry is, in words.
pub(super) fn title_of(locale: Locale, entry: &TimelineEntry) -> String {
    locale.label(&format!("event-{}", kebab(entry.content.type_name)))
}

/// `DirectorAssigned` is `director-assigned` in the locale files.
fn kebab(type_name: &str) -> String {
    let mut key = String::with_capacity(type_name.len() + 4);
    for (place, letter) in type_name.chars().enumerate() {
        if letter.is_ascii_uppercase() && place > 0 {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
    }
    key
}

#[cfg(test)]
mod tests {
    use domain::case::CaseEvent;
    use domain::decider::DomainEvent as _;

    use super::*;

    #[test]
    fn every_event_has_a_title_in_both_languages() {
        for info in CaseEvent::catalogue() {
            let key = format!("event-{}", kebab(info.name));
            for locale in Locale::ALL {
                assert_ne!(locale.label(&key), key, "add {key} to api/locales/{}.ftl", locale.tag());
            }
        }
    }
}
