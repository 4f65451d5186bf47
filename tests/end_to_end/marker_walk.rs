//! R22: a case in which every personal value is a word that stands nowhere else, asked for by every field that the schema leads to, by
//! everyone who is something to it. Each word that leaves must be allowed by a table that knows nothing of the gate.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::client::Person;
use crate::family::{MUNICIPALITY, made};
use crate::server::{Fresh, fresh};
use crate::trail_files;

/// Deepest nesting of objects under a field of the case.
const DEEP: usize = 4;

/// Where a value stands: of the case, who somebody is, or in the layer of a child, a household or a person.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Place {
    Case,
    Who(&'static str),
    Child(&'static str),
    Home(&'static str),
    Own(&'static str),
    /// About several people of different layers: for nobody who does not reach all of the case.
    Nobodys,
}

/// A value: its word, whose it is, about what, where it stands, for whom, and whether it leads to the mother once she is protected.
#[derive(Clone, Debug)]
struct Marker {
    word: String,
    owner: &'static str,
    topics: &'static [&'static str],
    place: Place,
    director_only: bool,
    locating: bool,
}

/// What somebody is to the case, and what that may see. `director`: also what is for the director only. `around`: works for a few people;
/// of the case as a whole sees what is around them. `finds`: also what locates.
#[expect(clippy::struct_excessive_bools, reason = "a table reads best as a table")]
struct Role {
    key: &'static str,
    purpose: &'static str,
    topics: &'static [&'static str],
    places: &'static [Place],
    all: bool,
    director: bool,
    /// Of which topics also what is for the director only.
    told: &'static [&'static str],
    around: bool,
    finds: bool,
}

const EVERY: &[&str] = &[
    "status",
    "regie",
    "handover",
    "staff",
    "life",
    "people",
    "households",
    "protection",
    "consent",
    "signal",
    "crisis",
    "divorce",
    "sat",
    "sharing",
    "exclusion",
    "emergency",
    "ruling",
];
const AROUND: &[&str] = &["status", "regie", "staff", "sat", "sharing"];
const COORDINATES: &[&str] =
    &["status", "regie", "staff", "life", "people", "households", "protection", "consent", "divorce", "ruling"];

const NOBODY: Role = Role {
    key: "kees",
    purpose: "coordination/1",
    topics: &[],
    places: &[],
    all: false,
    director: false,
    told: &[],
    around: false,
    finds: false,
};

/// The oracle.
const ROLES: &[Role] = &[
    Role { key: "anja", topics: EVERY, all: true, director: true, finds: true, ..NOBODY },
    Role { key: "layla", topics: EVERY, all: true, director: true, finds: true, ..NOBODY },
    Role { key: "noor", purpose: "access/1", topics: &["status", "regie", "staff"], all: true, ..NOBODY },
    Role {
        key: "wim",
        topics: COORDINATES,
        places: &[Place::Child("son"), Place::Home("a"), Place::Own("mother")],
        ..NOBODY
    },
    Role {
        key: "fenna",
        topics: COORDINATES,
        places: &[Place::Child("son"), Place::Home("b"), Place::Own("father")],
        ..NOBODY
    },
    Role {
        key: "petra",
        topics: &["status", "regie", "staff", "people", "protection", "consent", "divorce", "ruling"],
        places: &[Place::Child("son"), Place::Own("father")],
        ..NOBODY
    },
    Role {
        key: "olga",
        topics: &["status", "regie", "staff", "people", "consent", "divorce", "ruling"],
        places: &[Place::Own("mother")],
        around: true,
        ..NOBODY
    },
    Role {
        key: "marloes",
        topics: &["status", "staff", "sharing", "people"],
        places: &[Place::Child("son")],
        around: true,
        ..NOBODY
    },
    Role { key: "chantal", topics: &["status", "staff", "sharing"], around: true, ..NOBODY },
    Role {
        key: "hugo",
        purpose: "advice/1",
        topics: &["status", "regie", "staff", "people", "consent", "sat"],
        places: &[Place::Child("son"), Place::Own("father")],
        around: true,
        ..NOBODY
    },
    Role {
        key: "joost",
        purpose: "emergency/1",
        topics: &[
            "status",
            "regie",
            "staff",
            "life",
            "people",
            "households",
            "protection",
            "consent",
            "signal",
            "crisis",
            "divorce",
            "emergency",
            "ruling",
        ],
        all: true,
        told: &["crisis", "emergency"],
        finds: true,
        ..NOBODY
    },
    Role {
        key: "gerda",
        purpose: "oversight/1",
        topics: &["status", "regie", "staff", "emergency"],
        told: &["emergency"],
        ..NOBODY
    },
    Role { key: "ravi", purpose: "oversight/1", ..NOBODY },
    NOBODY,
];

impl Role {
    fn may_see(&self, marker: &Marker, protected: bool) -> bool {
        let topics: Vec<&&str> = marker.topics.iter().filter(|topic| self.topics.contains(topic)).collect();
        let own = |person| self.places.contains(&Place::Child(person)) || self.places.contains(&Place::Own(person));
        let reached = match marker.place {
            _ if self.all => true,
            Place::Nobodys => false,
            Place::Case => !self.around || topics.iter().any(|topic| AROUND.contains(*topic)),
            Place::Who(person) => !self.around || own(person),
            place => self.places.contains(&place),
        };
        !topics.is_empty()
            && reached
            && (self.director || !marker.director_only || topics.iter().any(|topic| self.told.contains(*topic)))
            && (self.finds || !(protected && marker.locating))
    }
}

/// A case of which everything is a marker.
struct Marked {
    server: Fresh,
    case: String,
    ids: BTreeMap<&'static str, String>,
    markers: Vec<Marker>,
}

impl Marked {
    fn word(&mut self, owner: &'static str, topics: &'static [&'static str], place: Place) -> String {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let place_of = self.markers.len();
        let word = format!("Qzwv{}{}jkxz", letter(place_of / 26), letter(place_of));
        self.keep(word, owner, topics, place)
    }

    fn keep(&mut self, word: String, owner: &'static str, topics: &'static [&'static str], place: Place) -> String {
        self.markers.push(Marker { word: word.clone(), owner, topics, place, director_only: false, locating: false });
        word
    }

    /// The last marker leads to the mother.
    fn locates(&mut self) {
        self.markers.last_mut().unwrap().locating = true;
    }

    /// The last marker is for the director only.
    fn for_director(&mut self) {
        self.markers.last_mut().unwrap().director_only = true;
    }

    fn of(&self, mut input: Value) -> Value {
        input["caseId"] = json!(self.case);
        input
    }

    fn id(&self, label: &str) -> &str {
        &self.ids[label]
    }

    async fn played() -> Self {
        let server = fresh("2026-11-16");
        let mut marked = Self { server, case: String::new(), ids: BTreeMap::new(), markers: Vec::new() };
        marked.opened().await;
        marked.lived().await;
        marked.helped().await;
        marked
    }

    async fn opened(&mut self) {
        let noor = self.server.as_("noor");
        let topic = self.word("case", &["signal"], Place::Case);
        let signal =
            noor.does("raiseSignal", json!({"municipality": MUNICIPALITY, "place": "SCHOOL", "topic": topic})).await;
        let question = self.word("case", &["life"], Place::Case);
        let person = |marked: &mut Self, key: &'static str, born: &str, role: &str| {
            let name = marked.word(key, &["people"], Place::Who(key));
            let born = marked.keep(born.to_owned(), key, &["people"], Place::Who(key));
            json!({"key": key, "name": name, "birthDate": born, "role": role})
        };
        let people = [
            person(self, "mother", "1971-02-13", "PARENT"),
            person(self, "father", "1969-12-03", "PARENT"),
            person(self, "son", "2017-10-29", "CHILD"),
        ];
        let help = self.word("son", &["consent"], Place::Child("son"));
        let own = self.word("mother", &["consent"], Place::Own("mother"));
        let sharing = |subject: &str| json!({"giver": "mother", "subject": subject, "kind": "SHARING", "categories": ["SIGNAL"], "evidence": "SPOKEN"});
        let opening = json!({
            "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT", "question": question,
            "signal": made(&signal, "SIGNAL")[0], "people": people,
            "authority": [{"child": "son", "kind": "ONE_PARENT", "holders": ["mother"], "from": "2017-10-30", "source": "REGISTER"}],
            "consents": [
                {"giver": "mother", "subject": "son", "kind": "HELP", "explained": help, "evidence": "SPOKEN"},
                {"giver": "mother", "subject": "mother", "kind": "HELP", "explained": own, "evidence": "SPOKEN"},
                {"giver": "father", "subject": "father", "kind": "SHARING", "categories": ["SIGNAL"], "evidence": "SPOKEN"},
                sharing("mother"), sharing("son"),
            ],
        });
        let payload = noor.does("openCase", opening).await;
        self.case.clone_from(&made(&payload, "CASE")[0]);
        let persons = made(&payload, "PERSON");
        self.ids.extend(["mother", "father", "son"].into_iter().zip(persons));
        self.ids.insert("case", self.case.clone());
        let assign = json!({"director": self.server.worker("anja"), "organisation": "jeugd-en-gezin-gooi", "tasks": ["PLAN"],
            "agreed": [{"person": self.id("mother")}]});
        noor.does("assignCaseDirector", self.of(assign)).await;
    }

    async fn lived(&mut self) {
        let anja = self.server.as_("anja");
        for (home, grown_up) in [("a", "mother"), ("b", "father")] {
            let label = self.word(home, &["households"], Place::Case);
            let formed = json!({"label": label, "from": "2026-11-16", "members": [self.id(grown_up), self.id("son")]});
            let household = made(&anja.does("formHousehold", self.of(formed)).await, "HOUSEHOLD")[0].clone();
            self.ids.insert(home, household);
            let address = self.word(home, &["households"], Place::Home(home));
            self.for_director();
            if home == "a" {
                self.locates();
            }
            let address = json!({"household": self.id(home), "address": format!("{address} 12"), "from": "2026-11-16", "source": "REGISTER"});
            anja.does("recordAddress", self.of(address)).await;
        }
        let name = self.word("carer", &["people"], Place::Home("b"));
        let added = anja.does("addPerson", self.of(json!({"name": name, "role": "CARER"}))).await;
        self.ids.insert("carer", made(&added, "PERSON")[0].clone());
        let lives = json!({"household": self.id("b"), "person": self.id("carer"), "from": "2026-11-16"});
        anja.does("recordMembership", self.of(lives)).await;
        let reason = self.word("case", &["divorce"], Place::Case);
        let split = json!({"ground": "RECOGNITION", "reason": reason, "households": [self.id("a"), self.id("b")]});
        anja.does("splitPlanPerHousehold", self.of(split)).await;
        for (home, key) in [("a", "wim"), ("b", "fenna")] {
            let appoint =
                json!({"household": self.id(home), "worker": self.server.worker(key), "organisation": "zorg-bv"});
            anja.does("appointPlanCoordinator", self.of(appoint)).await;
        }
    }

    /// A yes of somebody about somebody, whose explanation is a marker.
    async fn agrees(&mut self, giver: &'static str, subject: &'static str, more: Value) -> String {
        let place = if subject == "son" { Place::Child(subject) } else { Place::Own(subject) };
        let explained = self.word(subject, &["consent"], place);
        let mut consent =
            json!({"giver": self.id(giver), "subject": self.id(subject), "explained": explained, "evidence": "SPOKEN"});
        for (field, value) in more.as_object().unwrap() {
            consent[field] = value.clone();
        }
        let payload = self.server.as_("anja").does("grantConsent", self.of(consent)).await;
        made(&payload, "CONSENT")[0].clone()
    }

    /// Of the son for who works for him, of the mother for who works for her, and a ban for the director.
    async fn ruled(&mut self) {
        let anja = self.server.as_("anja");
        for (owner, place, kind) in [
            ("son", Place::Child("son"), "CONTACT"),
            ("mother", Place::Own("mother"), "AUTHORITY"),
            ("son", Place::Child("son"), "BAN"),
        ] {
            let mut words = Vec::new();
            for _ in 0..3 {
                words.push(self.word(owner, &["ruling"], place));
                self.locates();
                if kind == "BAN" {
                    self.for_director();
                }
            }
            let ruling = json!({"person": self.id(owner), "kind": kind, "scope": words[0], "channel": words[1], "reference": words[2],
                "inForceFrom": "2026-11-16", "source": "COURT"});
            anja.does("recordRuling", self.of(ruling)).await;
        }
    }

    async fn helped(&mut self) {
        let anja = self.server.as_("anja");
        for (parent, key, locating) in [("mother", "wim", true), ("father", "petra", false)] {
            let joining = json!({"kind": "JOINING", "recipients": [self.server.worker(key)]});
            let consent = self.agrees(parent, parent, joining).await;
            let expertise = self.word("case", &["regie"], Place::Own(parent));
            if locating {
                self.locates();
            }
            let party = json!({"worker": self.server.worker(key), "organisation": "zorg-bv", "expertise": expertise, "specialist": false,
                "consents": [consent]});
            anja.does("joinParty", self.of(party)).await;
        }
        let named = json!({"person": self.id("mother"), "worker": self.server.worker("olga"), "organisation": "wijkteam-hilversum",
            "kind": "MENTOR", "from": "2026-11-01", "source": "COURT"});
        anja.does("nameRepresentative", self.of(named)).await;

        self.ruled().await;

        let sharing =
            json!({"kind": "SHARING", "categories": ["IDENTITY"], "recipients": [self.server.worker("marloes")]});
        self.agrees("mother", "son", sharing).await;
        let offered = self.word("case", &["sharing"], Place::Child("son"));
        self.for_director();
        self.locates();
        let share = json!({"recipient": self.server.worker("marloes"), "organisation": "basisschool-de-wilg", "capacity": "SCHOOL",
            "subjects": [self.id("son")], "categories": ["IDENTITY"], "offered": offered});
        anja.does("recordAcceptedShare", self.of(share)).await;

        // How it goes at school is not who somebody is.
        let sharing =
            json!({"kind": "SHARING", "categories": ["SCHOOL"], "recipients": [self.server.worker("chantal")]});
        self.agrees("mother", "son", sharing).await;
        let share = json!({"recipient": self.server.worker("chantal"), "organisation": "gemeente-huizen", "capacity": "SCHOOL",
            "subjects": [self.id("son")], "categories": ["SCHOOL"], "offered": "Hoe het op school gaat."});
        anja.does("recordAcceptedShare", self.of(share)).await;

        for (giver, subject) in [("father", "father"), ("mother", "son")] {
            self.agrees(giver, subject, json!({"kind": "SHARING", "categories": ["PLAN", "ESCALATION"]})).await;
        }
        let question = self.word("case", &["sat"], Place::Nobodys);
        self.for_director();
        self.locates();
        let asked = json!({"team": "scheidingsadviesteam-gooi", "question": question, "about": [self.id("father"), self.id("son")]});
        let review = made(&anja.does("requestSat", self.of(asked)).await, "REVIEW")[0].clone();
        self.server.as_("hugo").does("acceptSat", self.of(json!({"review": review}))).await;

        let what = self.word("case", &["life", "regie"], Place::Case);
        self.for_director();
        anja.does("reportDeparture", self.of(json!({"rule": "family_decides", "what": what}))).await;
        let reason = self.word("case", &["exclusion"], Place::Case);
        self.for_director();
        self.locates();
        let out = json!({"worker": self.server.worker("daan"), "ground": "NEIGHBOUR", "reason": reason});
        anja.does("excludeWorker", self.of(out)).await;
        let reason = self.word("case", &["regie"], Place::Case);
        let deputy = json!({"deputy": self.server.worker("layla"), "organisation": "jeugd-en-gezin-gooi", "until": "2026-11-20", "reason": reason});
        anja.does("appointDeputy", self.of(deputy)).await;
        let reason = self.word("case", &["emergency"], Place::Case);
        self.for_director();
        self.locates();
        let open = json!({"ground": {"vitalInterest": true}, "reason": reason, "hours": 4});
        self.server.as_("joost").does("openEmergencyAccess", self.of(open)).await;
        let duty =
            json!({"worker": self.server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": "jeugd-en-gezin-gooi"});
        self.server.as_("olivier").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
    }
}

/// The types of the schema, by name, as introspection tells them.
struct Schema(BTreeMap<String, Value>);

fn named(of: &Value) -> &str {
    of["name"].as_str().unwrap_or_else(|| named(&of["ofType"]))
}

impl Schema {
    async fn of(person: &Person) -> Self {
        let of = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let query = format!(
            "{{ __schema {{ types {{ kind name possibleTypes {{ name }} fields {{ name type {{ {of} }} args {{ name type {{ kind }} }} }} }} }} }}"
        );
        let types = person.ask(&query).await.data("__schema")["types"].clone();
        let types = types.as_array().unwrap().iter();
        Self(types.map(|one| (one["name"].as_str().unwrap().to_owned(), one.clone())).collect())
    }

    fn fields(&self, name: &str) -> impl Iterator<Item = &Value> {
        let fields = self.0[name]["fields"].as_array().into_iter().flatten();
        fields.filter(|field| field["args"].as_array().unwrap().iter().all(|arg| arg["type"]["kind"] != "NON_NULL"))
    }

    /// The field with everything under it, so many objects deep; nothing when there is nothing to ask for.
    fn field(&self, field: &Value, deep: usize) -> Option<String> {
        let (name, of) = (field["name"].as_str().unwrap(), named(&field["type"]));
        let takes = |arg: &str| field["args"].as_array().unwrap().iter().any(|one| one["name"] == arg);
        let args = match (takes("first"), takes("recorded")) {
            (true, _) => "(first: 50)",
            (_, true) => return None,
            _ => "",
        };
        match self.0[of]["kind"].as_str().unwrap() {
            "OBJECT" | "UNION" if deep == 0 => None,
            "OBJECT" => {
                let under = self.under(of, deep - 1);
                (!under.is_empty()).then(|| format!("{name}{args} {{ {under} }}"))
            }
            "UNION" => {
                let kinds = self.0[of]["possibleTypes"].as_array().unwrap().iter().map(named);
                // What two kinds both have goes by other names here, or the fields could not stand side by side.
                let of_kind = |kind: &str| {
                    let leaf = |one: &Value| {
                        let name = one["name"].as_str().unwrap();
                        self.field(one, 0).map(|leaf| format!("{}{name}: {leaf}", kind.to_lowercase()))
                    };
                    format!("... on {kind} {{ {} }}", self.fields(kind).filter_map(leaf).collect::<Vec<_>>().join(" "))
                };
                Some(format!("{name}{args} {{ __typename {} }}", kinds.map(of_kind).collect::<Vec<_>>().join(" ")))
            }
            _ => Some(name.to_owned()),
        }
    }

    fn under(&self, name: &str, deep: usize) -> String {
        self.fields(name).filter_map(|field| self.field(field, deep)).collect::<Vec<_>>().join(" ")
    }

    /// One question for each field of a case, with everything it leads to.
    fn of_case(&self, deep: usize) -> Vec<String> {
        self.fields("Case").filter_map(|field| self.field(field, deep)).collect()
    }

    /// Every question of the walk: each field now and both ways back, and the lists.
    fn walk(&self, of: &Marked) -> Vec<String> {
        let case = &of.case;
        let about = |fields: &str| format!("{{ case(id: \"{case}\") {{ id {fields} }} }}");
        let mut questions = Vec::new();
        for fields in self.of_case(DEEP) {
            questions.push(about(&fields));
            for back in ["recorded", "about"] {
                questions.push(about(&format!("asOf({back}: \"2026-11-16\") {{ {fields} }}")));
            }
        }
        for fields in self.of_case(2) {
            let fields = fields.replace("first: 50", "first: 3");
            questions.push(format!(
                "{{ caseload {{ totalCount nodes {{ case {{ id {fields} }} attention {{ kind text }} }} }} }}"
            ));
        }
        let person = self.under("Person", 2);
        for marker in of.markers.iter().filter(|marker| marker.topics == ["people"]) {
            let search = if marker.word.starts_with("Qz") {
                format!("name: \"{}\"", marker.word)
            } else {
                format!("birthDate: \"{}\"", marker.word)
            };
            questions.push(format!("{{ searchPeople(search: {{ {search} }}) {{ totalCount nodes {{ case {{ id }} person {{ {person} }} }} }} }}"));
        }
        questions
    }
}

/// The words in an answer.
fn seen<'m>(answer: &str, markers: &'m [Marker]) -> Vec<&'m Marker> {
    markers.iter().filter(|marker| answer.contains(&marker.word)).collect()
}

/// Whether something is about people or households that do not stand in it: the lists do not go so deep; an entry of the timeline and a
/// consent are also about people whom their reader may not know, and of a plan of others shows no more than that it is there.
fn leaves_people_out(question: &str, answer: &str) -> bool {
    let of_others = ["{ caseload", "timeline", "consents {", "plans {"].iter().any(|field| question.contains(field));
    of_others || answer.contains("\"members\":[{\"from\"")
}

/// What the trail entries of answers lack or have too much: each names whose data left, nobody else, and that they were personal.
async fn untold(of: &Marked, who: &str, asked: &[(String, String, String)]) -> BTreeSet<String> {
    let entries = trail_files::all(&of.server.folder).await;
    let by_request: BTreeMap<&str, &Value> =
        entries.iter().map(|entry| (entry["request"].as_str().unwrap_or_default(), entry)).collect();
    let mut wrong = BTreeSet::new();
    for (question, answer, request) in asked {
        let entry = by_request.get(request.as_str()).unwrap_or_else(|| panic!("an entry of {question}"));
        let (subjects, fields) = (entry["subjects"].to_string(), entry["fields"].to_string());
        let asked: String = question.chars().take(110).collect();
        for marker in seen(answer, &of.markers) {
            // What is written about the case as a whole is of a record of it.
            let named =
                subjects.contains(of.id(marker.owner)) || (marker.owner == "case" && subjects.contains("record:"));
            if !named || !fields.contains("\"ordinary\"") {
                wrong.insert(format!("{who}: {marker:?} left untold by {asked}: {subjects} {fields}"));
            }
        }
        for label in ["mother", "father", "son", "carer", "a", "b"] {
            let id = of.id(label);
            if subjects.contains(id) && !answer.contains(id) && !leaves_people_out(question, answer) {
                wrong.insert(format!("{who}: {label} did not leave by {asked}: {fields}"));
            }
        }
    }
    wrong
}

/// Whether a search finds nobody, also by its count.
fn finds_nobody(answer: &Value) -> bool {
    let found = &answer["searchPeople"];
    found.is_null() || (found["totalCount"] == 0 && found["nodes"] == json!([]))
}

/// What left that the table does not allow, what did not that it does, and what the trail does not tell.
async fn walk(of: &Marked, schema: &Schema, protected: bool) -> BTreeSet<String> {
    let questions = schema.walk(of);
    assert!(questions.len() > 80, "{}", questions.len());
    let mut holes = BTreeSet::new();
    for role in ROLES {
        let person = of.server.as_(role.key).with("Rustpunt-Purpose", role.purpose);
        let (mut found, mut asked) = (BTreeSet::new(), Vec::new());
        for question in &questions {
            let answer = person.ask(question).await;
            let codes =
                answer.body["errors"].as_array().into_iter().flatten().map(|error| error["extensions"]["code"].clone());
            let codes: BTreeSet<String> = codes.map(|code| code.to_string()).collect();
            assert!(
                codes.iter().all(|code| code.contains("NOT_AVAILABLE") || code.contains("STALE")),
                "{}: {question}: {codes:?}",
                role.key
            );
            let text = answer.body["data"].to_string();
            for marker in seen(&text, &of.markers) {
                found.insert(marker.word.clone());
                if !role.may_see(marker, protected) {
                    holes.insert(format!(
                        "{} sees {marker:?} by {}",
                        role.key,
                        question.chars().take(90).collect::<String>()
                    ));
                }
            }
            let by = of.markers.iter().find(|marker| question.contains(&format!("\"{}\"", marker.word)));
            if by.is_some_and(|marker| !role.may_see(marker, protected)) && !finds_nobody(&answer.body["data"]) {
                holes.insert(format!("{} finds somebody by {by:?}", role.key));
            }
            asked.push((question.clone(), text, answer.request));
        }
        let may: BTreeSet<String> = of
            .markers
            .iter()
            .filter(|marker| role.may_see(marker, protected))
            .map(|marker| marker.word.clone())
            .collect();
        for word in may.difference(&found) {
            let marker = of.markers.iter().find(|marker| marker.word == *word);
            holes.insert(format!("{} does not see {marker:?}", role.key));
        }
        holes.extend(untold(of, role.key, &asked).await);
    }
    holes
}

/// Everything that anybody may see by the table is found by the walk, and nothing else; the director sees every word.
#[tokio::test]
async fn every_word_that_leaves_is_allowed_by_the_table() {
    let of = Marked::played().await;
    let director = &ROLES[0];
    assert!(of.markers.iter().all(|marker| director.may_see(marker, true)), "so the walk reaches each of them");
    let schema = Schema::of(&of.server.as_("anja")).await;
    let mut holes = walk(&of, &schema, false).await;
    let protect = json!({"person": of.id("mother"), "households": [of.id("a")], "reason": "Er is angst."});
    of.server.as_("anja").does("protectLocatingData", of.of(protect)).await;
    holes.extend(walk(&of, &schema, true).await.into_iter().map(|hole| format!("once protected: {hole}")));
    assert!(holes.is_empty(), "{holes:#?}");
}
