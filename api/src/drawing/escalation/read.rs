//! From an answer to what is drawn. The picture asks what anybody may ask over GraphQL, and draws what came back: the same gate, the
//! same trail, the same no.

use std::collections::BTreeMap;

use domain::time::CivilDay;
use serde::Deserialize;
use serde_json::Value;

use super::words::Words;
use super::{Course, Mark, Picture, Row, Shape};
use crate::graphql::EscalationKind;
use crate::locale::Locale;

/// What is asked for a picture of now.
pub const QUERY: &str = concat!(
    "query escalationDrawing($id: ID!) { case(id: $id) { ...drawn } } ",
    "fragment drawn on Case { asOfDay escalation { ",
    "conflicts { id between { id name } daysSinceFlareUp sides { person { id } stageNow daysInStage wordsForFamily } } ",
    "axis { on kind conflictId person { id name } stage level environment body energy until medium form ",
    "networkEffect childSignal signalChange satEnd satFollowed satMode } } }",
);

/// What is asked for a picture of an earlier day.
pub const QUERY_LOOKING_BACK: &str = concat!(
    "query escalationDrawing($id: ID!, $recorded: Day, $about: Day) { ",
    "case(id: $id) { asOf(recorded: $recorded, about: $about) { ...drawn } } } ",
    "fragment drawn on Case { asOfDay escalation { ",
    "conflicts { id between { id name } daysSinceFlareUp sides { person { id } stageNow daysInStage wordsForFamily } } ",
    "axis { on kind conflictId person { id name } stage level environment body energy until medium form ",
    "networkEffect childSignal signalChange satEnd satFollowed satMode } } }",
);

/// What an answer to [`QUERY`] or [`QUERY_LOOKING_BACK`] shows; nothing when it is none. A day looked back at stands in `asOf`.
#[must_use]
pub fn read(answer: &Value, locale: Locale) -> Option<Picture> {
    let case = answer.get("case")?;
    let drawn = case.get("asOf").unwrap_or(case);
    let seen = Seen::deserialize(drawn).ok()?;
    Some(seen.picture(Words { locale }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    as_of_day: CivilDay,
    escalation: Escalation,
}

#[derive(Deserialize)]
struct Escalation {
    conflicts: Vec<Conflict>,
    axis: Vec<Point>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conflict {
    id: String,
    between: Vec<Person>,
    days_since_flare_up: Option<i64>,
    sides: Vec<Side>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Side {
    person: Option<Whom>,
    stage_now: Option<i32>,
    days_in_stage: Option<i64>,
    words_for_family: Option<String>,
}

#[derive(Deserialize)]
struct Whom {
    id: String,
}

#[derive(Deserialize, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Person {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Point {
    on: CivilDay,
    kind: EscalationKind,
    conflict_id: Option<String>,
    person: Option<Person>,
    stage: Option<i32>,
    level: Option<i32>,
    environment: Option<String>,
    body: Option<String>,
    energy: Option<i32>,
    until: Option<CivilDay>,
    medium: Option<String>,
    form: Option<String>,
    network_effect: Option<String>,
    child_signal: Option<String>,
    signal_change: Option<String>,
    sat_end: Option<String>,
    sat_followed: Option<bool>,
    sat_mode: Option<String>,
}

impl Seen {
    fn picture(&self, words: Words) -> Picture {
        let mut rows: Vec<Row> = Vec::new();
        for conflict in &self.escalation.conflicts {
            rows.extend(self.conflict(conflict, words));
        }
        rows.extend(self.network(words));
        rows.extend(self.calm(words));
        rows.extend(self.help(words));
        rows.extend(self.around(words));
        rows.extend(self.children(words));
        rows.extend(self.forms(words));
        let mut apart = self.of_kinds(&[EscalationKind::PlansApart]);
        Picture { day: self.as_of_day, rows, apart: apart.next().map(|point| point.on) }
    }

    fn of_kinds<'s>(&'s self, kinds: &'s [EscalationKind]) -> impl Iterator<Item = &'s Point> {
        self.escalation.axis.iter().filter(move |point| kinds.contains(&point.kind))
    }

    /// Points of these kinds for each person, in order of the first; of whom nobody may be named, together.
    fn by_person<'s>(&'s self, kinds: &'s [EscalationKind]) -> Vec<(Option<&'s Person>, Vec<&'s Point>)> {
        let mut found: Vec<(Option<&Person>, Vec<&Point>)> = Vec::new();
        for point in self.of_kinds(kinds) {
            let whose = point.person.as_ref();
            match found.iter_mut().find(|(person, _)| *person == whose) {
                Some((_, points)) => points.push(point),
                None => found.push((whose, vec![point])),
            }
        }
        found
    }

    /// Stages and energy of each in it, and then when it flared up and came to rest.
    fn conflict(&self, conflict: &Conflict, words: Words) -> Vec<Row> {
        let mut rows = Vec::new();
        let of_it = |point: &&Point| point.conflict_id.as_ref() == Some(&conflict.id);
        let kinds = [EscalationKind::Stage];
        for person in &conflict.between {
            let of_them = |point: &&Point| of_it(point) && point.person.as_ref() == Some(person);
            let stages: Vec<_> = self.of_kinds(&kinds).filter(of_them).map(|point| (point.on, point.stage)).collect();
            let energy = self.of_kinds(&[EscalationKind::Energy]).filter(of_them);
            let energy: Vec<_> = energy.filter_map(|point| Some((point.on, point.energy?))).collect();
            if !stages.is_empty() {
                let now =
                    conflict.sides.iter().find(|side| side.person.as_ref().is_some_and(|whom| whom.id == person.id));
                let now = now.map(|side| side.now(words)).unwrap_or_default();
                rows.push(Row {
                    name: named(Some(person), "drawing-row-stages", words),
                    now,
                    course: Course::Conflict(stages),
                });
            }
            if let Some((_, last)) = energy.last() {
                let now = vec![format!("{last}%")];
                rows.push(Row {
                    name: named(Some(person), "drawing-row-energy", words),
                    now,
                    course: Course::Energy(energy),
                });
            }
        }
        let marks: Vec<Mark> = self
            .of_kinds(&[EscalationKind::FlareUp, EscalationKind::Rest])
            .filter(of_it)
            .map(|point| point.mark(words))
            .collect();
        if !marks.is_empty() {
            let names: Vec<&str> = conflict.between.iter().filter_map(|person| person.name.as_deref()).collect();
            let name = format!("{}: {}", names.join(" – "), words.label("drawing-row-flare-ups"));
            let now = conflict.days_since_flare_up.map(|days| words.of_days("drawing-since-flare-up", days));
            rows.push(Row { name, now: now.into_iter().collect(), course: Course::Marks(marks) });
        }
        rows
    }

    /// What each of the network does to each conflict, from one assessment to the next.
    fn network(&self, words: Words) -> Vec<Row> {
        let mut rows = Vec::new();
        for (person, points) in self.by_person(&[EscalationKind::NetworkEffect]) {
            let mut conflicts: Vec<Option<&String>> = Vec::new();
            for conflict in points.iter().map(|point| point.conflict_id.as_ref()) {
                if !conflicts.contains(&conflict) {
                    conflicts.push(conflict);
                }
            }
            let said = |point: &&Point| (point.on, word_or_unknown("network", point.network_effect.as_deref(), words));
            rows.extend(conflicts.into_iter().map(|conflict| {
                let of_it = points.iter().filter(|point| point.conflict_id.as_ref() == conflict);
                Row {
                    name: named(person, "drawing-row-network", words),
                    now: Vec::new(),
                    course: Course::Phases(of_it.map(said).collect()),
                }
            }));
        }
        rows
    }

    fn calm(&self, words: Words) -> Vec<Row> {
        let row = |(person, points): (Option<&Person>, Vec<&Point>)| {
            let now = points.iter().filter(|point| point.until.is_none()).map(|point| point.on).min();
            let now = now.map(|from| words.of_days("drawing-calm-for", self.as_of_day.days_since(from) + 1));
            Row {
                name: named(person, "drawing-row-calm", words),
                now: now.into_iter().collect(),
                course: Course::Calm(points.iter().map(|point| (point.on, point.until)).collect()),
            }
        };
        self.by_person(&[EscalationKind::Calm]).into_iter().map(row).collect()
    }

    /// How heavy help is, for each person in each environment.
    fn help(&self, words: Words) -> Vec<Row> {
        let mut rows = Vec::new();
        for (person, points) in self.by_person(&[EscalationKind::ServiceStep]) {
            let mut places: BTreeMap<&str, Vec<(CivilDay, Option<i32>)>> = BTreeMap::new();
            for point in points {
                places
                    .entry(point.environment.as_deref().unwrap_or_default())
                    .or_default()
                    .push((point.on, point.level));
            }
            for (place, levels) in places {
                let name = named(person, "drawing-row-help", words);
                let name =
                    if place.is_empty() { name } else { format!("{name}, {}", word("environment", place, words)) };
                let now = levels.last().and_then(|(_, level)| *level);
                let now = now.map(|level| format!("{} {level}", words.label("drawing-level")));
                rows.push(Row { name, now: now.into_iter().collect(), course: Course::Help(levels) });
            }
        }
        rows
    }

    /// What the advice team was asked and advised, how that was answered, when it stepped in; what others advised, which bodies came and
    /// went.
    fn around(&self, words: Words) -> Option<Row> {
        let kinds = [
            EscalationKind::SatRequested,
            EscalationKind::SatAccepted,
            EscalationKind::SatAdvised,
            EscalationKind::SatAnswered,
            EscalationKind::SatModeBegun,
            EscalationKind::SatModeEnded,
            EscalationKind::SatEnded,
            EscalationKind::Advice,
            EscalationKind::BodyJoined,
            EscalationKind::BodyLeft,
        ];
        let marks: Vec<Mark> = self.of_kinds(&kinds).map(|point| point.mark(words)).collect();
        let name = words.label("drawing-row-around");
        (!marks.is_empty()).then_some(Row { name, now: Vec::new(), course: Course::Marks(marks) })
    }

    fn children(&self, words: Words) -> Vec<Row> {
        let kinds =
            [EscalationKind::ChildSignalOpened, EscalationKind::ChildSignalChanged, EscalationKind::ChildSignalClosed];
        let row = |(person, points): (Option<&Person>, Vec<&Point>)| Row {
            name: named(person, "drawing-row-signals", words),
            now: Vec::new(),
            course: Course::Marks(points.iter().map(|point| point.mark(words)).collect()),
        };
        self.by_person(&kinds).into_iter().map(row).collect()
    }

    fn forms(&self, words: Words) -> Vec<Row> {
        let row = |(person, points): (Option<&Person>, Vec<&Point>)| {
            let said = |point: &&Point| (point.on, word_or_unknown("form", point.form.as_deref(), words));
            let course = Course::Phases(points.iter().map(said).collect());
            Row { name: named(person, "drawing-row-form", words), now: Vec::new(), course }
        };
        self.by_person(&[EscalationKind::ParentingForm]).into_iter().map(row).collect()
    }
}

impl Side {
    fn now(&self, words: Words) -> Vec<String> {
        let stage = self.stage_now.map(|stage| format!("{} {stage}", words.label("drawing-stage")));
        let days = self.days_in_stage.map(|days| words.of_days("drawing-days", days));
        stage.into_iter().chain(self.words_for_family.clone()).chain(days).collect()
    }
}

impl Point {
    /// As what it is drawn, and in words: what its shape says they say as well, for whoever hears the picture and does not see it.
    fn mark(&self, words: Words) -> Mark {
        let label = |key: &str| words.label(key);
        let (shape, said) = match self.kind {
            EscalationKind::FlareUp => {
                let medium = self.medium.as_deref().map(|medium| format!(": {}", word("medium", medium, words)));
                (Shape::Star, format!("{}{}", label("drawing-flare-up"), medium.unwrap_or_default()))
            }
            EscalationKind::Rest => (Shape::Waves, label("drawing-rest")),
            EscalationKind::Advice => (Shape::Advice, label("drawing-advice")),
            EscalationKind::BodyJoined => (Shape::In, self.of_body("drawing-joined", words)),
            EscalationKind::BodyLeft => (Shape::Out, self.of_body("drawing-left", words)),
            EscalationKind::ChildSignalOpened => (Shape::Opened, self.of_signal(&label("drawing-opened"), words)),
            EscalationKind::ChildSignalClosed => (Shape::Closed, self.of_signal(&label("drawing-closed"), words)),
            EscalationKind::ChildSignalChanged => {
                let change = self.signal_change.as_deref();
                let shape = match change {
                    Some("WORSE") => Shape::Up,
                    Some("BETTER") => Shape::Down,
                    _ => Shape::Dot,
                };
                (shape, self.of_signal(&word("change", change.unwrap_or("SAME"), words), words))
            }
            _ => self.of_sat(words),
        };
        Mark { day: self.on, shape, words: said }
    }

    /// That a body came or went.
    fn of_body(&self, key: &str, words: Words) -> String {
        let body = self.body.as_deref().map_or_else(String::new, |body| word("body", body, words));
        format!("{body} {}", words.label(key))
    }

    /// What became of a signal about how a child fares.
    fn of_signal(&self, how: &str, words: Words) -> String {
        let of = self.child_signal.as_deref();
        let of = of.map_or_else(|| words.label("drawing-signal"), |of| word("signal", of, words));
        format!("{of}: {how}")
    }

    /// What the advice team was asked and did.
    fn of_sat(&self, words: Words) -> (Shape, String) {
        let label = |key: &str| words.label(key);
        match self.kind {
            EscalationKind::SatRequested => (Shape::Asked, label("drawing-sat-asked")),
            EscalationKind::SatAccepted => (Shape::Accepted, label("drawing-sat-accepted")),
            EscalationKind::SatAdvised => (Shape::Advice, label("drawing-sat-advised")),
            EscalationKind::SatAnswered => {
                let departed = self.sat_followed == Some(false);
                (Shape::Closed, label(if departed { "drawing-sat-departed" } else { "drawing-sat-followed" }))
            }
            EscalationKind::SatModeBegun => {
                let begun = self.of_mode("begun", words);
                let until = self.until.map(|day| format!(", {} {}", label("drawing-until"), words.whole_day(day)));
                (Shape::In, format!("{begun}{}", until.unwrap_or_default()))
            }
            EscalationKind::SatModeEnded => (Shape::Out, self.of_mode("over", words)),
            EscalationKind::SatEnded => {
                let how = self.sat_end.as_deref().map(|how| word("sat-end", how, words));
                (Shape::Closed, how.unwrap_or_else(|| label("drawing-sat-ended")))
            }
            _ => (Shape::Dot, String::new()),
        }
    }

    /// That the advice team began to be there in some way, or that this is over.
    fn of_mode(&self, how: &str, words: Words) -> String {
        let mode = self.sat_mode.as_deref().unwrap_or("CONSULTATION");
        words.label(&format!("drawing-sat-mode-{}-{how}", mode.to_ascii_lowercase().replace('_', "-")))
    }
}

/// The name of a row: as the viewer knows the person.
fn named(person: Option<&Person>, key: &str, words: Words) -> String {
    let somebody = || words.label("drawing-somebody");
    let name = person.and_then(|person| person.name.clone()).unwrap_or_else(somebody);
    format!("{name}: {}", words.label(key))
}

/// The word for a value of the API that may be there no more.
fn word_or_unknown(of: &str, value: Option<&str>, words: Words) -> String {
    value.map_or_else(|| words.label("drawing-unknown"), |value| word(of, value, words))
}

/// The word for a value of the API: `VEILIG_THUIS` of a body is `drawing-body-veilig-thuis`.
pub(super) fn word(of: &str, value: &str, words: Words) -> String {
    words.label(&format!("drawing-{of}-{}", value.to_ascii_lowercase().replace('_', "-")))
}
