//! R22: the trail entry lists exactly the subjects that left, and of whom what was how sensitive.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::marked::Marked;
use crate::oracle::Marker;
use crate::trail_files;

/// What somebody asked, what came of it, and by which request.
pub struct Asked {
    pub who: &'static str,
    pub question: String,
    pub data: Value,
    pub request: String,
    /// Whom the question itself names: asking about somebody is told whatever there is to show.
    pub by: Vec<String>,
}

/// The words in an answer.
pub fn seen<'m>(answer: &str, markers: &'m [Marker]) -> Vec<&'m Marker> {
    markers.iter().filter(|marker| answer.contains(&marker.word)).collect()
}

/// People and households whom an answer is about, besides those whose words stand in it. Those that stand in it by their id; and whom a
/// thing is about that stands in it, whether or not its reader may know of them: who gave a consent and about whom, who is in an entry of the
/// timeline, in a share, in a question to the advice team, whom a consent was about that somebody was told had ended, from whom something is kept, who is represented, whose plan it is (`privacy.md`, "Reading is an act too": what leaves about somebody is told of them,
/// also when they do not stand in it by name).
pub fn about(of: &Marked, answer: &Value, found: &mut BTreeSet<String>) {
    match answer {
        Value::Array(values) => values.iter().for_each(|value| about(of, value, found)),
        Value::Object(fields) => {
            fields.values().for_each(|value| about(of, value, found));
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            match text("__typename").unwrap_or_default() {
                "Person" | "Household" => found.extend(text("id").or(text("personid")).map(str::to_owned)),
                "Consent" | "TimelineEntry" | "Share" | "SatRequest" | "ToldLaterLine" => {
                    let whom = text("id").and_then(|id| of.about.get(id));
                    found.extend(whom.into_iter().flatten().cloned());
                }
                "WithdrawalNotice" => {
                    let whom = text("consentId").and_then(|id| of.about.get(id));
                    found.extend(whom.into_iter().flatten().cloned());
                }
                "AgendaLine" | "RecordedAct" => {
                    let whom = text("factId").and_then(|id| of.about.get(id));
                    found.extend(whom.into_iter().flatten().cloned());
                }
                "Representative" => {
                    let whom = fields["worker"]["id"].as_str().and_then(|worker| of.about.get(worker));
                    found.extend(whom.into_iter().flatten().cloned());
                }
                "CrisisCard" => found.extend(text("childId").map(str::to_owned)),
                // Each household has its plan, in the order of the split.
                "Plans" => {
                    let plans = fields.get("households").and_then(Value::as_array).map_or(0, Vec::len);
                    found.extend(["a", "b"].iter().take(plans).map(|home| of.id(home).to_owned()));
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// What the trail entries of answers lack or have too much: each names whose data left, nobody else, and how sensitive they were.
pub async fn untold(of: &Marked, asked: &[Asked]) -> BTreeSet<String> {
    let entries = trail_files::all(&of.server.folder).await;
    // One for each municipality that it concerned.
    let mut by_request: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for entry in &entries {
        by_request.entry(entry["request"].as_str().unwrap_or_default()).or_default().push(entry);
    }
    let mut wrong = BTreeSet::new();
    for Asked { who, question, data, request, by } in asked {
        let entries = by_request.get(request.as_str()).unwrap_or_else(|| panic!("an entry of {question}"));
        let short: String = question.chars().take(110).collect();
        wrong.extend(told_wrong(of, entries, data, by).into_iter().map(|wrong| format!("{who}: {wrong}, by {short}")));
    }
    wrong
}

/// Of whom each class of data was shown, as an entry says: by subject.
fn classes_by_subject<'e>(entries: &[&'e Value]) -> BTreeMap<&'e str, BTreeSet<&'e str>> {
    let list = |value: &'e Value| value.as_array().into_iter().flatten();
    let at = |value: &'e Value, number: &'e Value| &value[usize::try_from(number.as_u64().unwrap()).unwrap()];
    let mut by_subject: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in entries {
        let (subjects, fields) = (&entry["subjects"], &entry["fields"]);
        for shown in list(&entry["judgements"]).flat_map(|judged| list(&judged["shown"])) {
            let classes: Vec<&str> =
                list(&shown[1]).map(|field| at(fields, field)["class"].as_str().unwrap()).collect();
            for subject in list(&shown[0]) {
                by_subject.entry(at(subjects, subject).as_str().unwrap()).or_default().extend(&classes);
            }
        }
    }
    by_subject
}

/// Words that left and that are not told of as what they are: of whose word it is, or of a text. Each text has a record of its own, so as
/// many records were shown to be of health or crime as there are such words.
fn misnoted(of: &Marked, entries: &[&Value], left: &[&Marker]) -> Vec<String> {
    let by_subject = classes_by_subject(entries);
    let is_text = |subject: &str| !subject.starts_with("person:") && !subject.starts_with("household:");
    let (written, own): (Vec<&Marker>, Vec<&Marker>) = left.iter().copied().partition(|marker| marker.owner == "case");
    let shown = |marker: &&Marker| {
        let whose = of.id(marker.owner);
        let told = |subject: &str| subject.ends_with(whose) || is_text(subject);
        by_subject.iter().any(|(subject, classes)| told(subject) && classes.contains(marker.class))
    };
    let untold = own.into_iter().filter(|marker| !shown(marker));
    let mut wrong: Vec<String> = untold.map(|marker| format!("{marker:?} is not told of as what it is")).collect();
    for class in ["ordinary", "health", "criminal"] {
        let words = written.iter().filter(|marker| marker.class == class).count();
        let told = by_subject.iter().filter(|(subject, classes)| is_text(subject) && classes.contains(class)).count();
        // What is ordinary may be of the case as a whole, or of a signal, with other words.
        let least = if class == "ordinary" { words.min(1) } else { words };
        if told < least {
            wrong.push(format!("{words} words of {class} left, and {told} are told of"));
        }
    }
    wrong
}

/// What the entries of one answer lack of it, or have too much.
pub fn told_wrong(of: &Marked, entries: &[&Value], data: &Value, by: &[String]) -> Vec<String> {
    let all = |name: &'static str| entries.iter().flat_map(move |entry| entry[name].as_array().into_iter().flatten());
    let subjects: BTreeSet<&str> = all("subjects").map(|subject| subject.as_str().unwrap()).collect();
    let fields = Value::from(all("fields").cloned().collect::<Vec<_>>()).to_string();
    let mut wrong = Vec::new();
    let text = data.to_string();
    let left = seen(&text, &of.markers);
    for marker in &left {
        // What is written about the case as a whole is of a record of it.
        let owner = of.id(marker.owner);
        let named = subjects.iter().any(|subject| subject.ends_with(owner))
            || (marker.owner == "case" && subjects.iter().any(|subject| subject.starts_with("record:")));
        if !named {
            wrong.push(format!("{marker:?} left untold: {subjects:?} {fields}"));
        }
    }
    wrong.extend(misnoted(of, entries, &left));
    let owners = left.iter().filter(|marker| marker.owner != "case");
    let mut whom: BTreeSet<String> = owners.map(|marker| of.id(marker.owner).to_owned()).collect();
    about(of, data, &mut whom);
    let told: BTreeSet<String> = subjects
        .iter()
        .filter_map(|subject| subject.strip_prefix("person:").or(subject.strip_prefix("household:")))
        .map(str::to_owned)
        .collect();
    let name = |id: &String| of.label(id);
    let untold: Vec<String> = whom.difference(&told).map(name).collect();
    let too_much: Vec<String> = told.difference(&whom).filter(|id| !by.contains(id)).map(name).collect();
    if !untold.is_empty() {
        wrong.push(format!("{untold:?} left untold: {fields}"));
    }
    if !too_much.is_empty() {
        wrong.push(format!("{too_much:?} did not leave: {fields}"));
    }
    let classes: BTreeSet<&str> = all("fields").map(|shown| shown["class"].as_str().unwrap()).collect();
    if !classes.is_subset(&classes_of(&text, &left)) {
        wrong.push(format!("{classes:?} left"));
    }
    wrong
}

/// How sensitive what stands in an answer may be at most: how a child fares and how heavy help is say something of health; what an authority
/// established and what a court forbade may be about a crime. A bound and no equality: not every value is a word that can be found in an
/// answer again (a level, a yes, a day), and some words that are no markers stand beside one.
fn classes_of(answer: &str, left: &[&Marker]) -> BTreeSet<&'static str> {
    let any = |topics: &[&str], kinds: &[&str]| {
        left.iter().any(|marker| marker.topics.iter().any(|topic| topics.contains(topic)))
            || kinds.iter().any(|kind| answer.contains(kind))
    };
    let health = any(
        &["voice", "service", "school", "assessment", "reference", "informal", "strain"],
        &[
            "\"ChildSignal",
            "\"ServiceStep",
            "\"Involvement",
            "\"ArrangementTriage",
            "\"HelpTrajectory",
            "\"Weighing",
            "\"DirectReferral",
            "\"Assessment",
            "\"ExternalReference",
            "\"InformalMeasure",
            "\"NamedStrain",
        ],
    );
    let criminal = any(
        &["statement", "ruling", "service", "safety"],
        &["\"Finding", "\"Ruling", "\"InformalCertificate", "\"Safety", "\"ToldLater"],
    );
    let sensitive = [("health", health), ("criminal", criminal)].into_iter().filter(|(_, may)| *may);
    ["structure", "ordinary"].into_iter().chain(sensitive.map(|(class, _)| class)).collect()
}
