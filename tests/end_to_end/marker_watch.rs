//! R22: everyone keeps watching while one fact after another is recorded on every side. Each is delivered to those who may know it by the
//! table, and to nobody else; to nobody else it changes anything that they can ask for, neither a count nor an order nor a cursor.
//!
//! That nothing was delivered is never waited for: another subscription on the same socket is opened afterwards, whose first delivery
//! comes at once, and must come next.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::asked::Schema;
use crate::client::Person;
use crate::family::{MUNICIPALITY, made};
use crate::marked::Marked;
use crate::marker_walk::forbidden;
use crate::oracle::{Marker, Place, ROLES, Role};
use crate::socket::Talk;
use crate::told_of::told_wrong;
use crate::trail_files;

/// Something that is recorded: by whom, and what it is to the table.
struct Told {
    by: &'static str,
    mutation: &'static str,
    input: Value,
    /// What the fact itself is, by which everybody knows or does not know that it happened.
    fact: Marker,
    /// Whose worklist says something else from then on.
    lists: &'static [&'static str],
    /// Who alone of those who watch the case may know of it: who offers the regie to whom is between those two.
    between: Option<&'static str>,
}

/// What a fact is, whatever words it has.
fn fact(topics: &'static [&'static str], place: Place) -> Marker {
    let word = String::new();
    Marker { word, owner: "case", topics, place, director_only: false, only: None, locating: false, class: "ordinary" }
}

impl Told {
    fn by_anja(mutation: &'static str, input: Value, fact: Marker) -> Self {
        Self { by: "anja", mutation, input, fact, lists: &[], between: None }
    }

    fn reaches(&self, role: &Role) -> bool {
        // Which emergencies there are the privacy officer hears by a list of their own; the case stays closed.
        let watches = !["ravi", "kees"].contains(&role.key) && self.fact.place != Place::Elsewhere;
        watches && self.between.is_none_or(|one| one == role.key) && role.may_see(&self.fact, true)
    }
}

impl Marked {
    fn last(&self) -> Marker {
        self.markers.last().unwrap().clone()
    }

    /// A fact that leads nowhere, with words that may.
    fn last_but_its_words(&self) -> Marker {
        Marker { locating: false, ..self.last() }
    }

    /// A fact of every side and about everyone, in the case whose mother must not be found.
    async fn facts_told(&mut self) -> Vec<Told> {
        let mut told = Vec::new();
        for home in ["a", "b"] {
            let address = self.word(home, &["households"], Place::At(home));
            if home == "a" {
                self.locates();
            }
            let input =
                json!({"household": self.id(home), "address": address, "from": "2026-11-16", "source": "REGISTER"});
            told.push(Told::by_anja("recordAddress", self.of(input), self.last()));
        }
        let label = self.word("b", &["households"], Place::Case);
        let input = json!({"household": self.id("b"), "label": label});
        told.push(Told::by_anja("relabelHousehold", self.of(input), self.last()));
        for person in ["mother", "father"] {
            let name = self.word(person, &["people"], Place::Who(person));
            let input = json!({"person": self.id(person), "name": name, "from": "2026-11-16"});
            told.push(Told::by_anja("renamePerson", self.of(input), self.last()));
            for subject in [person, "son"] {
                if person == "father" && subject == "son" {
                    continue;
                }
                let place = if subject == "son" { Place::Child("son") } else { Place::Own(person) };
                let explained = self.word(subject, &["consent"], place);
                self.locates();
                let input = json!({"giver": self.id(person), "subject": self.id(subject), "kind": "SHARING", "categories": ["HEALTH"],
                    "explained": explained, "evidence": "SPOKEN"});
                told.push(Told::by_anja("grantConsent", self.of(input), self.last_but_its_words()));
            }
        }
        for (key, parent) in [("wim", "mother"), ("petra", "father")] {
            let said = self.word("case", &["regie"], Place::Own(parent));
            self.locates();
            let input = json!({"worker": self.server.worker(key), "can": said, "cannot": "Niet meer dan dat."});
            let fact = if parent == "mother" { self.last() } else { self.last_but_its_words() };
            told.push(Told::by_anja("stateContribution", self.of(input), fact));
        }
        let what = self.word("case", &["life", "regie"], Place::Case);
        self.for_director();
        self.locates();
        let input = json!({"rule": "family_decides", "what": what});
        told.push(Told::by_anja("reportDeparture", self.of(input), self.last()));
        let input = json!({"person": self.id("carer"), "birthDate": self.keep("1961-03-14".to_owned(), "carer", &["people"], Place::Home("b")),
            "source": "STATEMENT"});
        told.push(Told::by_anja("recordBirthDate", self.of(input), self.last()));
        let reason = self.word("case", &["exclusion"], Place::Case);
        self.for_director();
        self.locates();
        let input = json!({"worker": self.server.worker("bram"), "ground": "NEIGHBOUR", "reason": reason});
        told.push(Told::by_anja("excludeWorker", self.of(input), self.last()));
        told.extend(self.also_told().await);
        told
    }

    async fn also_told(&mut self) -> Vec<Told> {
        let call = self.word("case", &["crisis"], Place::Case);
        self.for_director();
        self.locates();
        let input = json!({"child": self.id("son"), "call": call, "expires": "2026-12-16"});
        // The card is read by whoever it is shown to; that one was written stands in the case, for its director.
        let card = Told::by_anja("writeCrisisCard", self.of(input), Marker { topics: &["life"], ..self.last() });
        let summary = self.word("case", &["handover"], Place::Case);
        self.for_director();
        let input = json!({"successor": self.server.worker("kees"), "organisation": "wijkteam-hilversum", "planned": "2026-11-30",
            "reason": summary, "summary": summary, "openTasks": []});
        let handover = Told::by_anja("offerHandover", self.of(input), self.last());
        let handover = Told { lists: &["anja", "kees"], between: Some("anja"), ..handover };
        let topic = self.word("case", &["signal"], Place::Case);
        self.locates();
        let raised = json!({"municipality": MUNICIPALITY, "place": "SCHOOL", "topic": topic});
        let signal = made(&self.server.as_("noor").does("raiseSignal", raised).await, "SIGNAL")[0].clone();
        let signal = Told {
            by: "noor",
            ..Told::by_anja("linkSignal", self.of(json!({"signal": signal})), self.last_but_its_words())
        };
        let reason = self.word("case", &["emergency_words"], Place::Case);
        self.for_director();
        self.locates();
        let ground = json!({"vitalInterest": true});
        let open = |case: &str| json!({"caseId": case, "ground": ground, "reason": reason, "hours": 4});
        let emergency =
            |case: &str, fact| Told { by: "bram", ..Told::by_anja("openEmergencyAccess", open(case), fact) };
        let own = Told { by: "lotte", ..emergency(self.id("case"), self.last()) };
        let far = emergency(self.id("far"), fact(&[], Place::Far));
        let name = self.word("stranger", &["people"], Place::Elsewhere);
        let input = json!({"caseId": self.id("other"), "name": name, "role": "PARENT"});
        // Noor sees to that case; it is not the one that she watches.
        let elsewhere = Told { by: "noor", ..Told::by_anja("addPerson", input, fact(&[], Place::Elsewhere)) };
        let leaves = json!({"household": self.id("b"), "person": self.id("son"), "lastDay": "2026-11-16"});
        let left = Told::by_anja("endMembership", self.of(leaves), fact(&["households"], Place::Child("son")));
        vec![card, handover, signal, own, far, elsewhere, left]
    }
}

/// What somebody hears while they watch all there is to watch.
struct Watch {
    role: &'static Role,
    person: Person,
    talk: Talk,
    /// What they were answered last, by what they asked.
    answers: BTreeMap<&'static str, Value>,
    /// Every delivery of the case, in order.
    heard: Vec<Value>,
    probes: usize,
}

/// Long enough for a slow machine: what did not come by then is missed.
const PATIENCE: Duration = Duration::from_secs(15);

/// What can be watched, by its name.
const CASE: &str = "caseChanged";
const LIST: &str = "worklist";
const EMERGENCIES: &str = "emergencies";

impl Watch {
    async fn begun(of: &Marked, fields: &str, role: &'static Role) -> Self {
        let person = of.server.as_(role.key).with("Rustpunt-Purpose", role.purpose);
        let mut talk = Talk::for_purpose(&person, role.purpose).await;
        let case = format!("subscription($id: ID!) {{ caseChanged(caseId: $id) {{ {fields} }} }}");
        talk.subscribe_as(CASE, &case, json!({"id": of.case})).await;
        talk.subscribe_as(LIST, "subscription { worklist { caseId kind text day number } }", json!({})).await;
        let lines = "subscription { emergencies { id caseId reason open reviewed workerName } }";
        talk.subscribe_as(EMERGENCIES, lines, json!({})).await;
        Self { role, person, talk, answers: BTreeMap::new(), heard: Vec::new(), probes: 0 }
    }

    /// What came by now, by what it is of. Whatever must come is waited for; then what is asked for last must come last.
    async fn hears(&mut self, must: &[&'static str]) -> BTreeMap<String, Vec<Value>> {
        let mut came: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let missing = |came: &BTreeMap<String, Vec<Value>>| must.iter().any(|name| !came.contains_key(*name));
        while missing(&came) && timeout(PATIENCE, self.takes(&mut came)).await.is_ok() {}
        self.probes += 1;
        let probe = format!("probe-{}", self.probes);
        self.talk.subscribe_as(&probe, "subscription { worklist { kind } }", json!({})).await;
        while !came.contains_key(&probe) {
            self.takes(&mut came).await;
        }
        self.talk.say(json!({"type": "complete", "id": probe})).await;
        came.retain(|name, _| !name.starts_with("probe"));
        came
    }

    async fn takes(&mut self, came: &mut BTreeMap<String, Vec<Value>>) {
        let message = self.talk.hear().await;
        let id = message["id"].as_str().unwrap_or_else(|| panic!("{}: {message}", self.role.key)).to_owned();
        if message["type"] != "complete" {
            came.entry(id).or_default().push(message["payload"].clone());
        }
    }

    /// Everything that can be asked of lists, counts, orders and cursors, now.
    async fn asks(&self, of: &Marked) -> BTreeMap<&'static str, Value> {
        let (case, page) = (&of.case, "totalCount pageInfo { hasNextPage startCursor endCursor } edges { cursor node");
        let mut questions = vec![
            ("caseload", format!("{{ caseload {{ {page} {{ case {{ id revision }} attention {{ kind text }} }} }} }} }}")),
            ("gaps", format!("{{ gaps {{ {page} {{ case {{ id revision }} parties }} }} }} }}")),
            (LIST, format!("{{ worklist {{ {} {{ caseId kind text day number }} }} }} }}", page.replace("totalCount", ""))),
            ("case", format!(
                "{{ case(id: \"{case}\") {{ revision people {{ id name birthDate }} households {{ id label address members {{ person {{ id }} until }} }}
                    consents {{ id words }} timeline(first: 3) {{ {page} {{ id kind }} }} }} }} }}"
            )),
        ];
        let names: Vec<String> = of.names().iter().enumerate()
            .map(|(at, name)| format!("n{at}: searchPeople(search: {{name: \"{name}\"}}) {{ totalCount pageInfo {{ startCursor endCursor }} }}"))
            .collect();
        questions.push(("search", format!("{{ {} }}", names.join(" "))));
        let filters = [
            "open: true",
            "open: false",
            "unreviewed: true",
            "unreviewed: false",
            "overdue: true",
            "overdue: false",
            "first: 1",
        ];
        let lists = filters
            .iter()
            .enumerate()
            .map(|(at, filter)| format!("e{at}: emergencies({filter}) {{ {page} {{ id open }} }} }}"));
        questions.push((EMERGENCIES, format!("{{ {} }}", lists.collect::<Vec<_>>().join(" "))));
        let mut answers = BTreeMap::new();
        for (name, question) in questions {
            let body = self.person.ask(&question).await.body;
            assert!(
                !body.to_string().contains("TOO_COMPLEX") && !body.to_string().contains("INVALID"),
                "{question}: {body}"
            );
            answers.insert(name, body);
        }
        answers
    }

    /// What is wrong with what somebody hears, and is answered, after something was recorded.
    async fn after(&mut self, of: &Marked, told: &Told, at: usize) -> Vec<String> {
        let reaches = told.reaches(self.role);
        let officer =
            ["ravi", "frits"].contains(&self.role.key) && told.mutation == "openEmergencyAccess" && told.by == "lotte";
        let listed = told.lists.contains(&self.role.key);
        let musts = [(CASE, reaches), (LIST, listed), (EMERGENCIES, officer)];
        let must: Vec<&'static str> = musts.into_iter().filter_map(|(name, must)| must.then_some(name)).collect();
        let came = self.hears(&must).await;
        let mut wrong = Vec::new();
        for (name, must) in musts {
            if must != came.contains_key(name) {
                wrong.push(format!("{name} {}", if must { "did not come" } else { "came" }));
            }
        }
        let asked = self.asks(of).await;
        let nothing_to_see = must.is_empty() && (told.between.is_some() || !self.role.may_see(&told.fact, true));
        if nothing_to_see && asked != self.answers {
            let changed = asked.iter().filter(|(name, answer)| self.answers[*name] != **answer);
            wrong.extend(
                changed.map(|(name, answer)| format!("{name} changed to {answer} from {}", self.answers[name])),
            );
        }
        if let Some(delivered) = came.get(CASE) {
            let last = &delivered.last().unwrap()["data"][CASE];
            if last["revision"] != asked["case"]["data"]["case"]["revision"] || delivered.len() != 1 {
                wrong.push(format!("{} deliveries, the last is of another revision", delivered.len()));
            }
            let word = &told.fact.word;
            let reads = of.markers.iter().any(|marker| marker.word == *word && self.role.may_see(marker, true));
            if reads && told.mutation != "writeCrisisCard" && reaches && !last.to_string().contains(word) {
                wrong.push("without what was recorded".to_owned());
            }
            self.heard.extend(delivered.iter().map(|payload| payload["data"].clone()));
        }
        for (name, payloads) in &came {
            let text = json!(payloads).to_string();
            wrong.extend(self.forbidden(of, told, &text, name));
        }
        self.answers = asked;
        wrong.into_iter().map(|wrong| format!("{} after {} ({at}): {wrong}", self.role.key, told.mutation)).collect()
    }

    /// Each word that came and is not for this role by the table.
    fn forbidden(&self, of: &Marked, told: &Told, text: &str, name: &str) -> Vec<String> {
        let mut wrong = forbidden(of, self.role, true, text, name);
        if told.between.is_some_and(|one| one != self.role.key) && text.contains(&told.fact.word) {
            wrong.push(format!("{name} says what is between others"));
        }
        wrong
    }

    /// What is wrong with what the trail tells of each delivery of the case.
    fn untold(&self, of: &Marked, entries: &[Value]) -> Vec<String> {
        let worker = of.server.worker(self.role.key);
        let watched = |entry: &&Value| {
            let judged = &entry["judgements"][0]["operation"];
            entry["kind"] == "subscription"
                && entry["who"] == worker.as_str()
                && *judged == CASE
                && entry["outcome"] == "granted"
        };
        let kept: Vec<&Value> = entries.iter().filter(watched).collect();
        if kept.len() != self.heard.len() {
            return vec![format!("{}: {} entries of {} deliveries", self.role.key, kept.len(), self.heard.len())];
        }
        let told = kept.iter().zip(&self.heard).enumerate();
        let wrong = told.flat_map(|(at, (entry, data))| {
            told_wrong(of, &[*entry], data, &[]).into_iter().map(move |wrong| format!("delivery {at}: {wrong}"))
        });
        wrong.map(|wrong| format!("{}: {wrong}", self.role.key)).collect()
    }
}

/// Each fact is delivered to whom the table allows it and to nobody else, and changes nothing else for anybody.
#[tokio::test]
async fn what_somebody_may_not_know_is_not_delivered_and_changes_nothing() {
    let mut of = Marked::played().await;
    of.protected().await;
    let facts = of.facts_told().await;
    let schema = Schema::of(&of.server.as_("anja")).await;
    let fields = format!("__typename {}", schema.of_case(2).join(" "));
    let mut holes = BTreeSet::new();
    let mut watches = Vec::new();
    for role in ROLES {
        let mut watch = Watch::begun(&of, &fields, role).await;
        let came = watch.hears(&[CASE, LIST, EMERGENCIES]).await;
        let refused = json!(came[CASE]).to_string().contains("NOT_AVAILABLE");
        assert_eq!(refused, ["ravi", "kees"].contains(&role.key), "{}: {:?}", role.key, came[CASE]);
        if !refused {
            watch.heard.extend(came[CASE].iter().map(|payload| payload["data"].clone()));
        }
        holes.extend(forbidden(&of, role, true, &json!(came).to_string(), "the first delivery"));
        watch.answers = watch.asks(&of).await;
        watches.push(watch);
    }
    let mut reached = 0;
    for (at, told) in facts.iter().enumerate() {
        of.server.as_(told.by).does(told.mutation, told.input.clone()).await;
        reached += watches.iter().filter(|watch| told.reaches(watch.role)).count();
        for watch in &mut watches {
            holes.extend(watch.after(&of, told, at).await);
        }
    }
    assert!(reached > 60, "deliveries that are allowed: {reached}");
    of.learn().await;
    let entries = trail_files::all(&of.server.folder).await;
    for watch in &watches {
        holes.extend(watch.untold(&of, &entries));
    }
    assert!(holes.is_empty(), "{} holes: {holes:#?}", holes.len());
}
