//! Who looked at the data of one person, in words that a family can be told: by role and organisation, with names only of workers that the
//! person knows (`privacy.md`: "Reading is an act too"). A family asks through a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::case::{Case, CaseEvent};
use domain::decider::{DomainEvent as _, History};
use domain::fact::{Organisation, Role as WorkerRole};
use domain::ids::{CaseId, PersonId, Subject, WorkerId};
use domain::personal::DataClass;
use domain::protection::Locating;
use domain::regie::RegieEvent;
use domain::rejection::Detail;
use domain::time::CivilDay;

use super::case::CaseNode;
use super::enums::Role;
use super::input::Read;
use super::lists::NOT_AVAILABLE;
use super::scalars::Day;
use super::session::Session;
use super::show::{EVERYONE, id, organisation};
use super::workers::WorkerNode;
use crate::gate::{Act, Field, Mandate, Operation, Purpose, Relation, Topic};
use crate::locale::Locale;
use crate::trail::{Entry, Found, JudgementEntry, Mark, Outcome, ShownField, Trail, TrailFilter};

const OVERVIEW: &str = "subjectOverview";

/// A line of an overview.
const LINE: Field = Field::new("overview.line", Topic::Trail);

/// Entries that one overview goes through; with more, a shorter period is asked for.
const MOST: usize = 1_000;

/// Which days.
#[derive(InputObject, Default)]
pub struct PeriodInput {
    /// The first day.
    from: Option<Day>,
    /// The last day.
    until: Option<Day>,
}

/// A kind of data, in words that a family can be told.
#[derive(Enum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum OverviewData {
    /// Who somebody is.
    People,
    /// Who lives with whom, and where.
    Households,
    /// Consents.
    Consents,
    /// Who directs and who helps.
    Helpers,
    /// What happened and was agreed.
    Course,
    /// What somebody was worried about.
    Signals,
    /// Who looked.
    Looks,
    /// What a later release showed and this one does not know.
    Other,
}

impl OverviewData {
    /// What a field of this API tells; nothing for what is about workers alone.
    fn of(field: &str) -> Option<Self> {
        let kind = match field.split('.').next().unwrap_or_default() {
            "worker" => return None,
            "person" | "search" | "say" | "representative" => Self::People,
            "household" => Self::Households,
            "consent" | "withdrawalNotice" => Self::Consents,
            "regie" | "gaps" | "exclusion" | "emergency" => Self::Helpers,
            // That a child spoke, or what came up about it, is the child's to tell: it is not told apart from the course.
            "case" | "caseload" | "agenda" | "coordination" | "timeline" | "attention" | "conflict" | "plans"
            | "divorce" | "sharing" | "crisisCard" | "contact" | "voice" | "childSignal" | "statement" | "finding"
            | "request" | "ruling" | "escalation" | "setAside" | "assessment" | "reference" | "informal"
            | "conference" | "reflection" | "school" | "help" | "draft" | "safety" | "steps" | "crisisPlan"
            | "alert" | "proposal" | "dons" | "satQueue" | "satReview" | "satPicture" => Self::Course,
            "signal" => Self::Signals,
            "accessLog" | "overview" | "why" | "toldLater" => Self::Looks,
            _ => Self::Other,
        };
        Some(kind)
    }

    const fn key(self) -> &'static str {
        match self {
            Self::People => "overview-data-people",
            Self::Households => "overview-data-households",
            Self::Consents => "overview-data-consents",
            Self::Helpers => "overview-data-helpers",
            Self::Course => "overview-data-course",
            Self::Signals => "overview-data-signals",
            Self::Looks => "overview-data-looks",
            Self::Other => "overview-data-other",
        }
    }
}

/// Who looked at the data of one person.
#[derive(SimpleObject)]
pub struct SubjectOverview {
    /// The person.
    person_id: ID,
    /// Every look and refused attempt of the period, latest day first. What one worker did on one day is one line.
    looks: Vec<OverviewLine>,
    /// The same in sentences that can be read to the family, in the language of the answer.
    text: String,
    /// Whether there is more than fits: ask for a shorter period.
    more: bool,
}

/// What one worker did on one day.
pub struct OverviewLine {
    key: LineKey,
    purposes: BTreeSet<Purpose>,
    data: BTreeSet<OverviewData>,
    classes: BTreeSet<String>,
    times: u32,
    shown: Shown,
}

/// Lines alike are one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey {
    day: std::cmp::Reverse<CivilDay>,
    worker: WorkerId,
    role: &'static str,
    organisation: Organisation,
    granted: bool,
    emergency: bool,
}

/// What may be told of who it was, and how.
#[derive(Default)]
struct Shown {
    role: Option<WorkerRole>,
    organisation: bool,
    mandate: Option<Mandate>,
    text: String,
}

/// What one worker did on one day.
#[Object]
impl OverviewLine {
    /// The day.
    async fn day(&self) -> Day {
        Day(self.key.day.0)
    }

    /// In which role the worker looked.
    async fn role(&self) -> Option<Role> {
        self.shown.role.map(Into::into)
    }

    /// For which organisation, by its short name. Absent when that would lead to somebody whose whereabouts are protected.
    async fn organisation(&self) -> Option<String> {
        self.shown.organisation.then(|| organisation(&self.key.organisation))
    }

    /// The worker, when the person knows them: the case director, a deputy, or somebody who came in about this person.
    async fn worker(&self) -> Option<WorkerNode> {
        let mandate = self.shown.mandate.as_ref()?;
        Some(WorkerNode::new(self.key.worker, mandate.clone()))
    }

    /// Which kinds of data were shown.
    async fn data(&self) -> Vec<OverviewData> {
        self.data.iter().copied().collect()
    }

    /// How sensitive: structure (ids, days and states), ordinary, health or criminal.
    async fn classes(&self) -> Vec<&String> {
        self.classes.iter().collect()
    }

    /// For which purposes: processing activities with their version.
    async fn purposes(&self) -> Vec<String> {
        self.purposes.iter().map(ToString::to_string).collect()
    }

    /// Whether it was allowed. What was refused was not shown.
    async fn granted(&self) -> bool {
        self.key.granted
    }

    /// Whether emergency access was used.
    async fn emergency(&self) -> bool {
        self.key.emergency
    }

    /// How many times that day.
    async fn times(&self) -> u32 {
        self.times
    }

    /// The line as a sentence.
    async fn text(&self) -> &str {
        &self.shown.text
    }
}

/// Overviews for a family.
#[derive(Default)]
pub struct OverviewQuery;

#[Object]
impl OverviewQuery {
    /// Who looked at the data of one person, in which role, why, and what kind of data: to be told to that person. For the case director
    /// and deputy, and without any names for the privacy officer of the municipality.
    async fn subject_overview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: ID,
        #[graphql(desc = "The person.")] person_id: ID,
        #[graphql(desc = "Which days; all of them when nothing is said.")] period: Option<PeriodInput>,
    ) -> Result<SubjectOverview> {
        let session = Session::of(ctx)?;
        let case: CaseId = session.read(|| case_id.read("caseId"))?;
        let person: PersonId = session.read(|| person_id.read("personId"))?;
        let asked = [Subject::Person(person)];
        let opened = session.open_for(case, Operation::accounting(OVERVIEW, Act::Overview)).await;
        let (loaded, mandate) = opened.inspect_err(|_| session.draft().note_asked(&asked))?;
        mandate.note_asked(&asked);
        let officer = mandate.relation() == Relation::PrivacyOfficer;
        let node = CaseNode::with(case, Arc::clone(&loaded), mandate.clone(), session.today());
        let there = if officer { loaded.history.state().people.contains(person) } else { node.knows_of(person) };
        if !there {
            return Err(session.refuse_code(NOT_AVAILABLE));
        }
        let period = period.unwrap_or_default();
        let filter = TrailFilter {
            marks: vec![Mark::Person(person)],
            from: period.from.map(|day| day.0.at(0, 0)),
            until: period.until.map(|day| day.0.end()),
        };
        let read = ctx.data::<Arc<Trail>>()?.read(&filter, None, MOST).await;
        let page = read.map_err(|fault| session.unread(&fault))?;
        let about = About::new(&loaded.history, person, officer, session.today());
        let mut looks = Vec::new();
        for mut line in Own::new(&loaded.history, person, session.today()).lines(&page.found) {
            line.shown = shown(ctx, &session, &about, &mandate, &line).await?;
            if mandate.makes(&EVERYONE, LINE, &[Subject::Person(person)]) {
                looks.push(line);
            }
        }
        let text = whole_text(session.locale(), &looks, page.more);
        Ok(SubjectOverview { person_id: id(person), looks, text, more: page.more })
    }
}

/// Whether a field shows something of a lane of safety.
fn is_of_safety(field: &str) -> bool {
    matches!(field.split('.').next(), Some("safety" | "toldLater"))
}

/// Whose overview it is: whatever is of them and of nobody else.
struct Own {
    subjects: BTreeSet<Subject>,
    /// Whether something of a lane of safety is kept from the person. Told later: nothing of it shows to whom it is kept from (privacy.md).
    kept: bool,
}

/// What one look was of this person: by what was allowed in the same way.
#[derive(Default)]
struct Part<'e> {
    purposes: BTreeSet<Purpose>,
    fields: BTreeSet<&'e ShownField>,
}

impl Own {
    /// The person, where they live, and each text of what was recorded about nobody but them: what is of somebody else as well may be
    /// that one's to tell.
    fn new(history: &History<Case>, person: PersonId, today: CivilDay) -> Self {
        let state = history.state();
        let mut subjects = BTreeSet::from([Subject::Person(person)]);
        subjects.extend(state.households.households_of(person, today).into_iter().map(Subject::Household));
        for fact in history.facts() {
            let about = fact.event.subjects();
            let mut persons = about.iter().filter(|subject| matches!(subject, Subject::Person(_))).peekable();
            let alone = persons.peek().is_some() && persons.all(|one| *one == Subject::Person(person));
            let texts = about.iter().filter(|subject| alone && matches!(subject, Subject::Record(_)));
            subjects.extend(texts);
        }
        let kept = state.safety.kept_on(today).any(|(_, one)| one.person == person);
        Self { subjects, kept }
    }

    /// A line for each worker and day. What was no valid request, or failed, showed nothing to anybody.
    fn lines(&self, found: &[Found]) -> Vec<OverviewLine> {
        let mut lines: BTreeMap<LineKey, OverviewLine> = BTreeMap::new();
        let told = |outcome| matches!(outcome, Outcome::Granted | Outcome::Refused);
        for entry in found.iter().map(|found| &found.entry).filter(|entry| told(entry.outcome)) {
            for (key, part) in self.parts(entry) {
                let line = lines.entry(key.clone()).or_insert_with(|| OverviewLine {
                    key,
                    purposes: BTreeSet::new(),
                    data: BTreeSet::new(),
                    classes: BTreeSet::new(),
                    times: 0,
                    shown: Shown { role: Some(entry.role), ..Shown::default() },
                });
                line.purposes.extend(part.purposes);
                line.data.extend(part.fields.iter().filter_map(|shown| OverviewData::of(&shown.field)));
                // The words of a lane stand in the timeline as well: how grave they are would tell of it.
                let grave = DataClass::Criminal.as_str();
                let classes = part.fields.iter().map(|shown| shown.class.clone());
                line.classes.extend(classes.filter(|class| !self.kept || class != grave));
                line.times += 1;
            }
        }
        lines.into_values().collect()
    }

    /// What an entry is of this person: what was shown of them, and by which decisions. Where nothing was, they were asked for by name.
    fn parts<'e>(&self, entry: &'e Entry) -> BTreeMap<LineKey, Part<'e>> {
        let mut parts: BTreeMap<LineKey, Part<'e>> = BTreeMap::new();
        let mut named = false;
        for judged in &entry.judgements {
            let Some(all) = entry.shown_of(judged, &self.subjects) else { continue };
            named = true;
            let told: BTreeSet<_> = all.iter().copied().filter(|shown| self.may_hear_of(shown)).collect();
            if told.is_empty() && !all.is_empty() {
                continue;
            }
            let granted = !told.is_empty() || entry.outcome == Outcome::Granted;
            let part = parts.entry(key_of(entry, granted, judged.is_emergency())).or_default();
            part.purposes.insert(judged.purpose);
            part.fields.extend(told);
        }
        if !named {
            parts.extend(self.unpaired(entry));
        }
        parts
    }

    /// An entry that does not say what of it was of this person: of whom was asked for and refused, and of an earlier release. Then it is
    /// told that they were looked at; what was shown only where it was of nobody else, and why and how only where it was all the same.
    fn unpaired<'e>(&self, entry: &'e Entry) -> Option<(LineKey, Part<'e>)> {
        let all = || entry.judgements.iter();
        let own = entry.older && entry.subjects.iter().all(|subject| self.subjects.contains(subject));
        let fields: BTreeSet<&ShownField> =
            entry.fields.iter().filter(|shown| own && self.may_hear_of(shown)).collect();
        if own && fields.is_empty() && !entry.fields.is_empty() {
            return None;
        }
        let mut purposes: BTreeSet<Purpose> = all().map(|judged| judged.purpose).collect();
        if !own && purposes.len() > 1 {
            purposes.clear();
        }
        let emergency =
            if own { all().any(JudgementEntry::is_emergency) } else { all().all(JudgementEntry::is_emergency) };
        let granted = entry.outcome == Outcome::Granted;
        let emergency = emergency && !entry.judgements.is_empty();
        Some((key_of(entry, granted, emergency), Part { purposes, fields }))
    }

    fn may_hear_of(&self, shown: &ShownField) -> bool {
        !self.kept || !is_of_safety(&shown.field)
    }
}

fn key_of(entry: &Entry, granted: bool, emergency: bool) -> LineKey {
    LineKey {
        day: std::cmp::Reverse(entry.at.day()),
        worker: entry.who,
        role: entry.role.as_str(),
        organisation: entry.organisation.clone(),
        granted,
        emergency,
    }
}

/// What the overview of this person may tell of workers.
struct About<'h> {
    history: &'h History<Case>,
    locating: Locating<'h>,
    /// Whether anybody but this person must not be located.
    others_hidden: bool,
    known: BTreeSet<WorkerId>,
    officer: bool,
}

impl<'h> About<'h> {
    fn new(history: &'h History<Case>, person: PersonId, officer: bool, today: CivilDay) -> Self {
        let state = history.state();
        let about = |consent| state.consents.get(consent).is_some_and(|consent| consent.subject == person);
        let directed = state.regie.directorships().iter().map(|held| held.worker);
        let stood_in = state.regie.deputyships().iter().map(|held| held.worker);
        let came_in = state.regie.parties().iter().filter(|party| party.consents.iter().any(|id| about(*id)));
        let known = directed.chain(stood_in).chain(came_in.map(|party| party.worker));
        Self {
            history,
            locating: Locating::on(history, today),
            others_hidden: state.protection.protected_persons().any(|hidden| hidden != person),
            known: known.collect(),
            officer,
        }
    }

    /// Whether the organisation of a worker leads to nobody else. Who directs must show, or nobody can be called (rule 2); of the others
    /// only what is known to lead nowhere: the municipality itself, who stood in, and parties who came in about nobody hidden.
    fn may_tell_organisation(&self, worker: WorkerId, of: &Organisation) -> bool {
        let state = self.history.state();
        if !self.others_hidden || state.regie.directorships().iter().any(|held| held.worker == worker) {
            return true;
        }
        let joined = |event: &&CaseEvent| matches!(event, CaseEvent::Regie(RegieEvent::PartyJoined { worker: who, .. }) if *who == worker);
        let mut joined = self.history.facts().iter().map(|fact| &fact.event).filter(joined).peekable();
        let is_party = joined.peek().is_some();
        if joined.any(|event| self.locating.workers_lead(event)) {
            return false;
        }
        let municipality = state.life.opening.as_ref().map(|opening| &opening.municipality);
        let stood_in = state.regie.deputyships().iter().any(|held| held.worker == worker);
        is_party || stood_in || municipality == Some(of)
    }
}

async fn shown(
    ctx: &Context<'_>,
    session: &Session<'_>,
    about: &About<'_>,
    mandate: &Mandate,
    line: &OverviewLine,
) -> Result<Shown> {
    let organisation = about.may_tell_organisation(line.key.worker, &line.key.organisation);
    let named = !about.officer && organisation && about.known.contains(&line.key.worker);
    let mandate = named.then(|| mandate.clone());
    let name = match &mandate {
        Some(mandate) => WorkerNode::new(line.key.worker, mandate.clone()).known_name(ctx).await?,
        None => None,
    };
    let shown = Shown { role: line.shown.role, organisation, mandate, text: String::new() };
    let text = sentence(session.locale(), line, &shown, name);
    Ok(Shown { text, ..shown })
}

fn sentence(locale: Locale, line: &OverviewLine, shown: &Shown, name: Option<String>) -> String {
    let role = locale.label(&format!("overview-role-{}", line.key.role.replace('_', "-")));
    let mut details = vec![("role", Detail::Id(role))];
    if shown.organisation {
        details.push(("organisation", Detail::Id(organisation(&line.key.organisation))));
    }
    let who = match name {
        Some(name) => {
            details.push(("name", Detail::Id(name)));
            "overview-who-named"
        }
        None if shown.organisation => "overview-who",
        None => "overview-who-role",
    };
    let who = locale.sentence(who, &details);
    let listed = |words: Vec<String>| Detail::List(words.into_iter().map(Detail::Id).collect());
    let data = if line.data.is_empty() {
        vec![locale.label("overview-data-presence")]
    } else {
        line.data.iter().map(|data| locale.label(data.key())).collect()
    };
    let mut why: Vec<String> =
        line.purposes.iter().map(|purpose| locale.label(&format!("overview-purpose-{}", purpose.name()))).collect();
    if why.is_empty() {
        why.push(locale.label("overview-purpose-several"));
    }
    let details =
        [("day", Detail::Day(line.key.day.0)), ("who", Detail::Id(who)), ("data", listed(data)), ("why", listed(why))];
    let said = locale.sentence(
        match (line.key.granted, line.key.emergency) {
            (false, _) => "overview-refused",
            (true, true) => "overview-emergency",
            (true, false) => "overview-look",
        },
        &details,
    );
    let sensitive = ["health", "criminal"].into_iter().filter(|class| line.classes.contains(*class));
    sensitive.fold(said, |said, class| format!("{said} {}", locale.label(&format!("overview-class-{class}"))))
}

fn whole_text(locale: Locale, looks: &[OverviewLine], more: bool) -> String {
    let mut sentences: Vec<String> = looks.iter().map(|line| line.shown.text.clone()).collect();
    if sentences.is_empty() {
        sentences.push(locale.label("overview-nobody"));
    }
    if more {
        sentences.push(locale.label("overview-more"));
    }
    sentences.join("\n")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_word_of_an_overview_is_there_in_both_languages() {
        let roles = WorkerRole::ALL.iter().map(|role| format!("overview-role-{}", role.as_str().replace('_', "-")));
        let purposes = Purpose::ALL.iter().map(|purpose| format!("overview-purpose-{}", purpose.name()));
        let fields = ["person", "household", "consent", "regie", "case", "signal", "why", "new"];
        let data = fields.into_iter().filter_map(OverviewData::of).map(|data| data.key().to_owned());
        let others = [
            "who-named",
            "who",
            "who-role",
            "look",
            "emergency",
            "refused",
            "nobody",
            "more",
            "data-presence",
            "purpose-several",
            "class-health",
            "class-criminal",
        ];
        let others = others.into_iter().map(|key| format!("overview-{key}"));
        for key in roles.chain(purposes).chain(data).chain(others) {
            for locale in Locale::ALL {
                assert_ne!(locale.label(&key), key, "add {key} to api/locales/{}.ftl", locale.tag());
            }
        }
    }

    fn sources(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let text = |path: std::path::PathBuf| {
            if path.is_dir() { sources(&path) } else { fs::read_to_string(&path).unwrap_or_default() }
        };
        entries.map(text).collect()
    }

    /// A family that asks hears *other data* only of what a later release wrote.
    #[test]
    fn every_field_that_can_be_shown_has_words_for_a_family() {
        let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/graphql"));
        let name = |after: &str| after.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned);
        let names: Vec<String> = sources.split(concat!("Field", "::new(")).skip(1).filter_map(name).collect();
        let unknown = names.iter().filter(|name| OverviewData::of(name) == Some(OverviewData::Other));
        assert_eq!(
            unknown.collect::<BTreeSet<_>>(),
            BTreeSet::new(),
            "say in `OverviewData::of` of which kind each is"
        );
        assert!(names.len() > 100, "the sources were read");
    }

    /// An entry as the first release wrote it.
    fn older(subjects: &[PersonId]) -> Found {
        let judged = |purpose: &str, relation: &str| serde_json::json!({"operation": "case", "purpose": purpose, "relation": relation, "rules": [], "at": []});
        let entry = serde_json::json!({
            "at": "2026-11-16T12:00:00Z", "who": WorkerId::from_uuid(uuid::Uuid::from_u128(1)), "role": "case_director",
            "organisation": "jeugd-en-gezin-gooi", "kind": "query", "outcome": "granted",
            "judgements": [judged("coordination/1", "director"), judged("emergency/1", "emergency")],
            "subjects": subjects.iter().map(|one| Subject::Person(*one)).collect::<Vec<_>>(),
            "fields": [{"field": "signal.facts", "class": "criminal"}, {"field": "person", "class": "structure"}],
            "count": 2, "request": uuid::Uuid::from_u128(2), "trace": "",
        });
        let mut entry: Entry = serde_json::from_value(entry).unwrap();
        entry.older = true;
        let place = "2026-11|1795000000000000|trail-2026-11.db|1";
        Found { place: crate::trail::TrailPlace::from_text(place).unwrap(), entry }
    }

    /// What it showed of whom an older entry does not say: of one person all of it is theirs, of several none is told to any.
    #[test]
    fn an_older_entry_tells_a_person_what_was_shown_only_when_it_was_about_nobody_else() {
        let [one, other] = [1, 2].map(|number| PersonId::from_uuid(uuid::Uuid::from_u128(number)));
        let own = Own { subjects: BTreeSet::from([Subject::Person(one)]), kept: false };
        let alone = own.lines(&[older(&[one])]);
        let [line] = &alone[..] else { panic!("one line") };
        assert_eq!(line.data, BTreeSet::from([OverviewData::People, OverviewData::Signals]));
        assert!(line.classes.contains("criminal") && line.key.emergency && line.purposes.len() == 2);
        let together = own.lines(&[older(&[one, other])]);
        let [line] = &together[..] else { panic!("that somebody looked is told") };
        assert!(line.data.is_empty() && line.classes.is_empty() && line.purposes.is_empty() && !line.key.emergency);
        assert!(line.key.granted);
    }

    #[test]
    fn every_field_has_a_kind_and_those_about_workers_alone_none() {
        assert_eq!(OverviewData::of("household.address"), Some(OverviewData::Households));
        assert_eq!(OverviewData::of("person"), Some(OverviewData::People));
        assert_eq!(OverviewData::of("worker.name"), None);
        assert_eq!(OverviewData::of("something.new"), Some(OverviewData::Other));
    }
}
