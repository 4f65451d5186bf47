//! R22: every list and every question by every argument that it takes, with every value there is, also of those of whom the asker must not
//! know. Neither what an answer holds nor how much of it there is, where it ends or in which order it stands tells of anything else; and to
//! ask by what is there and not one's own is answered as to ask by what is nowhere.
//!
//! No list takes an order: there is no argument to ask one by. If one came, the walk would ask by each of its values.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt as _, stream};
use serde_json::Value;

use crate::asked::{Schema, UNKNOWN, Way, named};
use crate::client::{Answer, Person};
use crate::family::MUNICIPALITY;
use crate::marked::Marked;
use crate::marker_walk::{AT_ONCE, codes, forbidden};
use crate::oracle::{ROLES, Role};
use crate::told_of::{Asked, untold};
use crate::trail_files;

/// As many rows as no list of the marked cases has, but for the log.
const PAGE: &str = "first: 10";

/// One answer to one way of asking.
struct Got {
    way: Way,
    answer: Answer,
}

impl Got {
    fn of(&self, road: &str) -> &Value {
        &self.answer.body["data"][road]
    }
}

/// What is asked of a road: of a list its rows with their places, how many there are and whether there are more.
fn asks(schema: &Schema, road: &Value, way: &Way, page: &str) -> String {
    let (name, of) = (road["name"].as_str().unwrap(), named(&road["type"]));
    let Some(edges) = of.ends_with("Connection").then(|| schema.named_field(of, "edges")) else {
        let deep = if of == "Case" { 1 } else { 3 };
        return format!(
            "{{ {name}{} {{ {} }} }}",
            way.text(""),
            schema.selection(road, deep).replace("first: 50", "first: 20")
        );
    };
    let node = named(&schema.named_field(named(&edges["type"]), "node")["type"]);
    let under = schema.under(node, 2).replace("first: 50", "first: 2");
    let count = if schema.has(of, "totalCount") { "totalCount" } else { "" };
    let about = format!("{count} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}");
    format!("{{ {name}{} {{ {about} edges {{ cursor node {{ __typename {under} }} }} }} }}", way.text(page))
}

/// Whom and what a role may know that can be asked by.
struct Knows<'a> {
    of: &'a Marked,
    role: &'a Role,
    protected: bool,
}

impl Knows<'_> {
    /// A case, or the question to an advice team about it.
    fn case(&self, id: &str) -> bool {
        // Of each case of the municipality its privacy officer may ask who looked.
        let officer = self.role.key == "ravi";
        let own = id == self.of.id("case") && self.role.key != "kees";
        let reviewed = id == self.of.id("review") && ["anja", "layla", "hugo"].contains(&self.role.key);
        own || reviewed
            || (id == self.of.id("other") && (officer || ["noor", "gerda", "sam", "frits"].contains(&self.role.key)))
    }

    fn person(&self, case: &str, id: &str) -> bool {
        let names = self.of.markers.iter().filter(|marker| marker.topics.contains(&"people"));
        let theirs: Vec<_> = names.filter(|marker| self.of.ids[marker.owner] == id).collect();
        let strange = ["stranger", "strangers-son"].map(|label| self.of.id(label)).contains(&id);
        let there = !theirs.is_empty() && (case == self.of.id("other")) == strange;
        let officer = self.role.key == "ravi";
        there && (officer || theirs.iter().any(|marker| self.role.may_see(marker, self.protected)))
    }

    fn word(&self, word: &str) -> bool {
        self.of.markers.iter().any(|marker| marker.word == word && self.role.may_see(marker, self.protected))
    }

    fn request(&self, id: &str) -> bool {
        // The first is of another municipality.
        self.of.requests.iter().skip(1).any(|request| request == id) && ["anja", "ravi"].contains(&self.role.key)
    }

    /// The same way of asking by what is nowhere, if it names anything that the role may not know; it is then answered alike.
    fn as_unknown(&self, way: &Way) -> Option<Way> {
        let mut given = way.0.clone();
        let of = |name: &str| way.0.get(name).map(|value| value.trim_matches('"').to_owned());
        let case = of("id").or(of("caseId"));
        let case_known = case.as_deref().is_none_or(|case| self.case(case));
        let request_known = of("request").is_none_or(|request| self.request(&request));
        let mut hide = |name: &str| {
            if let Some(value) = given.get_mut(name) {
                *value = format!("\"{UNKNOWN}\"");
            }
        };
        if !request_known || (!case_known && of("request").is_none()) {
            ["id", "caseId", "person", "personId", "child", "request"].into_iter().for_each(&mut hide);
        } else if !case_known {
            hide("caseId");
        }
        for name in ["person", "personId", "child"] {
            if of(name).is_some_and(|person| !self.person(case.as_deref().unwrap_or_default(), &person)) {
                hide(name);
            }
        }
        if let Some(search) = way.0.get("search") {
            let words: Vec<&str> = search.split('"').skip(1).step_by(2).collect();
            if words.iter().any(|word| !self.word(word)) {
                given.insert("search".to_owned(), "{name: \"Qzwvzzjkxz\"}".to_owned());
            }
        }
        (given != way.0).then_some(Way(given))
    }
}

/// People whom a question names whom it is told of that they were asked for.
fn asked_by(road: &str, way: &Way) -> Vec<String> {
    if !["subjectOverview", "accessLog"].contains(&road) {
        return Vec::new();
    }
    way.0.values().flat_map(|value| value.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The rows of a list, by their places.
fn rows(list: &Value) -> Vec<&Value> {
    list["edges"].as_array().into_iter().flatten().collect()
}

/// Whether what a list says of itself is what stands in it.
fn counted(got: &Got, road: &str) -> Option<String> {
    let list = got.of(road);
    let rows = rows(list);
    let info = list.get("pageInfo")?;
    if rows.len() < 10 {
        let all = list.get("totalCount").is_none_or(|total| *total == rows.len()) && info["hasNextPage"] == false;
        let ends = [rows.first(), rows.last()].map(|row| row.map_or(Value::Null, |row| row["cursor"].clone()));
        let placed = [&info["startCursor"], &info["endCursor"]] == [&ends[0], &ends[1]];
        return (!all || !placed).then(|| format!("{list} is not what it says of itself"));
    }
    None
}

/// Whether a list asked for row by row is the list asked for at once.
async fn row_by_row(schema: &Schema, person: &Person, road: &Value, got: &Got) -> Option<String> {
    let name = road["name"].as_str().unwrap();
    let whole = rows(got.of(name));
    if whole.len() < 2 || name == "accessLog" {
        return None;
    }
    let mut after = String::new();
    for (place, row) in whole.iter().enumerate() {
        let answer = person.ask(&asks(schema, road, &got.way, &format!("first: 1{after}"))).await;
        let page = &answer.body["data"][name];
        let alike = rows(page) == [*row] && page.get("totalCount") == got.of(name).get("totalCount");
        if !alike || page["pageInfo"]["hasNextPage"] != (place + 1 < whole.len()) {
            return Some(format!("row {place} of {name}{} is {page}, not {row}", got.way.text("")));
        }
        after = format!(", after: {}", row["cursor"]);
    }
    None
}

/// Each yes and no of a filter together are the list without it, in its order.
fn parted(road: &str, got: &[Got]) -> Vec<String> {
    let by_way: BTreeMap<&Way, &Got> = got.iter().map(|got| (&got.way, got)).collect();
    let mut wrong = Vec::new();
    for one in got {
        for (name, value) in &one.way.0 {
            if value != "true" {
                continue;
            }
            let without = one.way.without(name);
            let mut no = one.way.clone();
            no.0.insert(name.clone(), "false".to_owned());
            let (Some(all), Some(no)) = (by_way.get(&without), by_way.get(&no)) else { continue };
            let [all, yes, no] = [all, &one, no].map(|got| rows(got.of(road)));
            let whole: Vec<&&Value> = all.iter().filter(|row| yes.contains(row) != no.contains(row)).collect();
            if whole.len() != all.len()
                || yes.len() + no.len() != all.len()
                || !in_order(&yes, &all)
                || !in_order(&no, &all)
            {
                wrong.push(format!("{road} by {name} and the rest is not the whole: {:?}", one.way));
            }
        }
    }
    wrong
}

fn in_order(part: &[&Value], whole: &[&Value]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|row| rest.any(|other| other == row))
}

/// What every way of asking gives one role that it should not.
async fn ask_all(of: &Marked, schema: &Schema, role: &'static Role, protected: bool) -> (BTreeSet<String>, Vec<Asked>) {
    let person = of.server.as_(role.key).with("Rustpunt-Purpose", role.purpose);
    let knows = Knows { of, role, protected };
    let (mut holes, mut asked) = (BTreeSet::new(), Vec::new());
    for road in schema.roads() {
        let name = road["name"].as_str().unwrap();
        // The log is read below, against the files of the trail; whoever may not read it gets one answer whatever they ask by. Who is
        // protected is nothing to it.
        if name == "accessLog" && (role.key == "ravi" || protected) {
            continue;
        }
        let mut got = Vec::new();
        for way in schema.ways(road, of) {
            let question = asks(schema, road, &way, PAGE);
            let answer = person.ask(&question).await;
            let wrong = codes(&answer.body);
            assert!(wrong.iter().all(|code| code == "\"NOT_AVAILABLE\""), "{}: {question}: {}", role.key, answer.body);
            let data = answer.body["data"].clone();
            holes.extend(forbidden(of, role, protected, &data.to_string(), &question));
            let by = asked_by(name, &way);
            asked.push(Asked { who: role.key, question, data, request: answer.request.clone(), by });
            got.push(Got { way, answer });
        }
        holes.extend(
            got.iter().filter_map(|got| counted(got, name)).map(|wrong| format!("{}: {name}: {wrong}", role.key)),
        );
        holes.extend(parted(name, &got).into_iter().map(|wrong| format!("{}: {wrong}", role.key)));
        for one in &got {
            if let Some(wrong) = row_by_row(schema, &person, road, one).await {
                holes.insert(format!("{}: {wrong}", role.key));
            }
            let like = if name == "accessLog" { Some(Way::default()) } else { knows.as_unknown(&one.way) };
            let Some(like) = like else { continue };
            let same = match got.iter().find(|other| other.way == like) {
                Some(asked) => asked.answer.clone(),
                None => person.ask(&asks(schema, road, &like, PAGE)).await,
            };
            if same.body != one.answer.body {
                holes.insert(format!(
                    "{} learns by asking {name}{}: {} instead of {}",
                    role.key,
                    one.way.text(""),
                    one.answer.body,
                    same.body
                ));
            }
        }
    }
    (holes, asked)
}

/// Whatever anybody asks by, they get what they may see, all of it, and nothing that tells of anything else.
#[tokio::test]
async fn no_argument_tells_of_what_the_asker_may_not_see() {
    let of = Marked::played().await;
    let schema = Schema::of(&of.server.as_("anja")).await;
    let mut holes = BTreeSet::new();
    for protected in [false, true] {
        if protected {
            of.protected().await;
        }
        let all = stream::iter(ROLES).map(|role| ask_all(&of, &schema, role, protected));
        let mut asked = Vec::new();
        for (wrong, questions) in all.buffer_unordered(AT_ONCE).collect::<Vec<_>>().await {
            holes.extend(wrong.into_iter().map(|hole| format!("protected {protected}: {hole}")));
            asked.extend(questions);
        }
        holes.extend(untold(&of, &asked).await.into_iter().map(|hole| format!("protected {protected}: {hole}")));
    }
    assert!(holes.is_empty(), "{} holes: {holes:#?}", holes.len());
}

/// The entries that a filter of the log asks for, as their requests, newest first: worked out from the files alone.
fn expected(entries: &[Value], filter: &str) -> Vec<Value> {
    let inner = filter.trim_matches(['{', '}']);
    let (name, value) = inner.split_once(": ").unwrap_or(("", ""));
    let value = value.trim_matches('"');
    let judged =
        |entry: &Value, test: &dyn Fn(&Value) -> bool| entry["judgements"].as_array().unwrap().iter().any(test);
    let refused =
        |entry: &Value| entry["outcome"] == "refused" || judged(entry, &|judged| judged.get("refused").is_some());
    let has = |list: &Value, one: &str| list.as_array().into_iter().flatten().any(|entry| entry == one);
    let day = |entry: &Value| entry["at"].to_string().trim_matches('"').chars().take(10).collect::<String>();
    let admits = |entry: &&Value| match name {
        "" => true,
        "person" => has(&entry["subjects"], &format!("person:{value}")),
        "case" => {
            let stream = format!("case-{value}");
            has(&entry["subjects"], &format!("case:{value}"))
                || judged(entry, &|judged| {
                    judged["at"].as_array().unwrap().iter().any(|place| place[0] == stream.as_str())
                })
        }
        "worker" => entry["who"] == value || entry["on_behalf_of"] == value,
        "organisation" => entry["organisation"] == value,
        "operation" => judged(entry, &|judged| judged["operation"] == value),
        "purpose" => judged(entry, &|judged| judged["purpose"] == value),
        "outcome" => entry["outcome"] == value.to_lowercase(),
        "refusedOnly" => value == "false" || refused(entry),
        "emergencyOnly" => {
            let emergency = |judged: &Value| {
                judged.get("refused").is_none()
                    && judged["relation"].as_str().is_some_and(|relation| relation.starts_with("emergency"))
            };
            value == "false" || judged(entry, &emergency)
        }
        "from" => day(entry).as_str() >= value,
        "until" => day(entry).as_str() <= value,
        other => panic!("say which entries {other} asks for"),
    };
    let own = |entry: &&Value| {
        let told = entry["municipalities"].as_array().is_some_and(|list| !list.is_empty());
        if told { has(&entry["municipalities"], MUNICIPALITY) } else { entry["organisation"] == MUNICIPALITY }
    };
    entries.iter().filter(own).filter(admits).map(|entry| entry["request"].clone()).rev().collect()
}

/// The log by each of its filters: what the files of the trail hold of the municipality, all of it, and nothing of another.
#[tokio::test]
async fn the_log_by_each_filter_is_what_the_trail_holds() {
    let of = Marked::played().await;
    let schema = Schema::of(&of.server.as_("anja")).await;
    for role in ROLES {
        let person = of.server.as_(role.key).with("Rustpunt-Purpose", role.purpose);
        for case in ["case", "other", "far"] {
            person.ask(&format!("{{ case(id: \"{}\") {{ people {{ name }} }} }}", of.id(case))).await;
        }
    }
    let ravi = of.server.as_("ravi");
    let road = schema.named_field("Query", "accessLog");
    let (mut holes, mut shown) = (BTreeSet::new(), 0);
    for way in schema.ways(road, &of) {
        let entries = trail_files::all(&of.server.folder).await;
        let filter = way.0.get("filter").map_or("{}", String::as_str);
        let text = way.text("first: 100");
        let question = format!(
            "{{ accessLog{text} {{ totalCount atLeast pageInfo {{ hasNextPage }} nodes {{ request subjects {{ id }} }} }} }}"
        );
        let answer = ravi.ask(&question).await;
        let log = answer.data("accessLog");
        let expected = expected(&entries, filter);
        assert!(expected.len() < 1_000, "counted no further");
        let nodes = log["nodes"].as_array().unwrap();
        let requests: Vec<Value> = nodes.iter().map(|node| node["request"].clone()).collect();
        let same = requests.iter().eq(expected.iter().take(100)) && log["totalCount"] == expected.len();
        if !same || log["pageInfo"]["hasNextPage"] != (expected.len() > 100) {
            holes.insert(format!("{filter}: {} entries instead of {}", log["totalCount"], expected.len()));
        }
        if log.to_string().contains(of.id("far-person")) {
            holes.insert(format!("{filter}: somebody of another municipality"));
        }
        shown += usize::from(!expected.is_empty());
        let kept = trail_files::only(&of.server.folder, &answer.request).await;
        let named: Vec<String> = asked_by("accessLog", &way);
        let persons =
            kept["subjects"].as_array().unwrap().iter().filter_map(|subject| subject.as_str()?.strip_prefix("person:"));
        let by_person = filter.starts_with("{person");
        if persons.collect::<Vec<_>>() != named.iter().filter(|_| by_person).map(String::as_str).collect::<Vec<_>>() {
            holes.insert(format!("{filter}: told of {}", kept["subjects"]));
        }
    }
    assert!(shown > 20, "filters that find something: {shown}");
    assert!(holes.is_empty(), "{holes:#?}");
    assert!(of.requests.len() >= 2, "one of another municipality, and the pages that were learnt from");
}
