//! A case in which every personal value is a word that stands nowhere else.

mod accompanied;
mod apart;
mod assessed;
mod each;
mod episode;
mod help;
mod planned;
mod ruled;
mod safety;
mod said;
mod strife;
mod together;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::family::{MUNICIPALITY, made, opening};
use crate::oracle::{Marker, Place};
use crate::server::{Fresh, fresh};

/// A case of which everything is a marker.
pub struct Marked {
    pub server: Fresh,
    pub case: String,
    pub ids: BTreeMap<&'static str, String>,
    pub markers: Vec<Marker>,
    /// Whom a thing is about, by its id: consents, entries of the timeline, shares, questions; of who represents somebody by the worker.
    pub about: BTreeMap<String, Vec<String>>,
    /// Requests of somebody else than who asks: the director's, and one of another municipality.
    pub requests: Vec<String>,
    /// Words that nobody had written on the first day.
    pub later: Vec<String>,
}

/// The day on which all of it was recorded, and the day after it.
pub const FIRST_DAY: &str = "2026-11-16";
pub const NEXT_DAY: &str = "2026-11-17";

/// Who works for the mother: their names lead to her once she is protected.
pub const HERS: [&str; 2] = ["wim", "olga"];

impl Marked {
    pub fn word(&mut self, owner: &'static str, topics: &'static [&'static str], place: Place) -> String {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let place_of = self.markers.len();
        let word = format!("Qzwv{}{}jkxz", letter(place_of / 26), letter(place_of));
        self.keep(word, owner, topics, place)
    }

    pub fn keep(&mut self, word: String, owner: &'static str, topics: &'static [&'static str], place: Place) -> String {
        self.markers.push(Marker {
            word: word.clone(),
            owner,
            topics,
            place,
            director_only: false,
            only: None,
            locating: false,
            class: "ordinary",
        });
        word
    }

    /// The last marker says something of health, or of what may be a crime.
    pub fn of_class(&mut self, class: &'static str) {
        self.markers.last_mut().unwrap().class = class;
    }

    /// The last marker leads to the mother.
    pub fn locates(&mut self) {
        self.markers.last_mut().unwrap().locating = true;
    }

    /// The last marker is for this worker only.
    fn only_for(&mut self, key: &'static str) {
        self.markers.last_mut().unwrap().only = Some(key);
    }

    /// The last marker is for the director only.
    pub fn for_director(&mut self) {
        self.markers.last_mut().unwrap().director_only = true;
    }

    pub fn of(&self, mut input: Value) -> Value {
        input["caseId"] = json!(self.case);
        input
    }

    pub fn id(&self, label: &str) -> &str {
        &self.ids[label]
    }

    pub async fn played() -> Self {
        let server = fresh(FIRST_DAY);
        let mut marked = Self {
            server,
            case: String::new(),
            ids: BTreeMap::new(),
            markers: Vec::new(),
            about: BTreeMap::new(),
            requests: Vec::new(),
            later: Vec::new(),
        };
        marked.opened().await;
        marked.lived().await;
        // Before a divorce advice team is asked: who was asked is proposed nothing.
        marked.strife().await;
        marked.helped().await;
        marked.ruled().await;
        marked.said().await;
        marked.assessed().await;
        marked.together().await;
        marked.each_person().await;
        marked.help().await;
        marked.episode().await;
        marked.safety().await;
        marked.said_no().await;
        marked.watched_over().await;
        marked.elsewhere().await;
        marked.far().await;
        marked.learn().await;
        marked
    }

    /// Every name of somebody, also of other cases.
    pub fn names(&self) -> Vec<&str> {
        self.of_people().filter(|word| word.starts_with("Qz")).collect()
    }

    /// Every birth date.
    pub fn births(&self) -> Vec<&str> {
        self.of_people().filter(|word| !word.starts_with("Qz")).collect()
    }

    fn of_people(&self) -> impl Iterator<Item = &str> {
        self.markers.iter().filter(|marker| marker.topics.contains(&"people")).map(|marker| marker.word.as_str())
    }

    /// What an id is called here.
    pub fn label(&self, id: &String) -> String {
        let known = self.ids.iter().find(|(_, known)| *known == id);
        known.map_or_else(|| id.clone(), |(label, _)| (*label).to_owned())
    }

    /// A night passes. The mother moved, each parent agrees to something, and the emergency access is over: Joost opens another.
    pub async fn a_day_later(&mut self) {
        let before = self.markers.len();
        self.server.tell(NEXT_DAY);
        let address = self.word("a", &["households"], Place::At("a"));
        self.locates();
        let address = json!({"household": self.id("a"), "address": format!("{address} 7"), "from": NEXT_DAY, "source": "REGISTER"});
        self.server.as_("anja").does("recordAddress", self.of(address)).await;
        for (giver, subject) in [("father", "father"), ("mother", "son")] {
            self.agrees(giver, subject, json!({"kind": "SHARING", "categories": ["HEALTH"]})).await;
        }
        self.joost_is_needed().await;
        self.later = self.markers[before..].iter().map(|marker| marker.word.clone()).collect();
    }

    /// The mother must not be found from here on.
    pub async fn protected(&self) {
        let protect = json!({"person": self.id("mother"), "households": [self.id("a")], "reason": "Er is angst."});
        self.server.as_("anja").does("protectLocatingData", self.of(protect)).await;
    }

    async fn opened(&mut self) {
        let noor = self.server.as_("noor");
        // Whatever somebody wrote and nobody marked as safe to share: here, in a consent, in the director's reasons.
        let topic = self.word("case", &["signal"], Place::Case);
        self.locates();
        let signal =
            noor.does("raiseSignal", json!({"municipality": MUNICIPALITY, "place": "SCHOOL", "topic": topic})).await;
        let question = self.word("case", &["life"], Place::Case);
        self.locates();
        let person = |marked: &mut Self, key: &'static str, born: &str, role: &str| {
            let shown: &[&str] = if key == "son" { &["people", "crisis"] } else { &["people"] };
            let name = marked.word(key, shown, Place::Who(key));
            let born = marked.keep(born.to_owned(), key, &["people"], Place::Who(key));
            json!({"key": key, "name": name, "birthDate": born, "role": role})
        };
        let people = [
            person(self, "mother", "1971-02-13", "PARENT"),
            person(self, "father", "1969-12-03", "PARENT"),
            person(self, "son", "2017-10-29", "CHILD"),
        ];
        let help = self.word("son", &["consent"], Place::Child("son"));
        self.locates();
        let own = self.word("mother", &["consent"], Place::Own("mother"));
        self.locates();
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
            let address = self.word(home, &["households"], Place::At(home));
            if home == "a" {
                self.locates();
            }
            let address = json!({"household": self.id(home), "address": format!("{address} 12"), "from": "2026-11-16", "source": "REGISTER"});
            anja.does("recordAddress", self.of(address)).await;
        }
        let name = self.word("carer", &["people"], Place::Home("b"));
        let added = anja.does("addPerson", self.of(json!({"name": name, "role": "NETWORK_MEMBER"}))).await;
        self.ids.insert("carer", made(&added, "PERSON")[0].clone());
        let lives = json!({"household": self.id("b"), "person": self.id("carer"), "from": "2026-11-16"});
        anja.does("recordMembership", self.of(lives)).await;
        let goal = self.word("son", &["plan"], Place::Child("son"));
        self.locates();
        let goal =
            json!({"words": goal, "proposedBy": {"worker": self.server.worker("anja")}, "concerns": [self.id("son")]});
        let proposed = made(&anja.does("proposeGoal", self.of(goal)).await, "GOAL")[0].clone();
        self.towards_two_plans().await;
        let reason = self.word("case", &["divorce"], Place::Case);
        self.locates();
        let split = json!({"ground": "BOTH_WISH", "reason": reason, "households": [self.id("a"), self.id("b")],
            "assignment": [{"item": {"goal": proposed}, "to": {"children": true}}]});
        anja.does("splitPlanPerHousehold", self.of(split)).await;
        for (home, key) in [("a", "wim"), ("b", "fenna")] {
            let appoint =
                json!({"household": self.id(home), "worker": self.server.worker(key), "organisation": "zorg-bv"});
            anja.does("appointPlanCoordinator", self.of(appoint)).await;
        }
        self.planned("a", "mother").await;
        self.planned("b", "father").await;
    }

    /// A yes of somebody about somebody, whose explanation is a marker.
    pub async fn agrees(&mut self, giver: &'static str, subject: &'static str, more: Value) -> String {
        let place = if subject == "son" { Place::Child(subject) } else { Place::Own(subject) };
        let explained = self.word(subject, &["consent"], place);
        self.locates();
        let mut consent =
            json!({"giver": self.id(giver), "subject": self.id(subject), "explained": explained, "evidence": "SPOKEN"});
        for (field, value) in more.as_object().unwrap() {
            consent[field] = value.clone();
        }
        let payload = self.server.as_("anja").does("grantConsent", self.of(consent)).await;
        made(&payload, "CONSENT")[0].clone()
    }

    async fn helped(&mut self) {
        let anja = self.server.as_("anja");
        for (parent, key) in [("mother", "wim"), ("father", "petra")] {
            let joining = json!({"kind": "JOINING", "recipients": [self.server.worker(key)]});
            let consent = self.agrees(parent, parent, joining).await;
            let expertise = self.word("case", &["regie"], Place::Own(parent));
            self.locates();
            let party = json!({"worker": self.server.worker(key), "organisation": "zorg-bv", "expertise": expertise, "specialist": false,
                "consents": [consent]});
            anja.does("joinParty", self.of(party)).await;
        }
        let named = json!({"person": self.id("mother"), "worker": self.server.worker("olga"), "organisation": "wijkteam-hilversum",
            "kind": "MENTOR", "from": "2026-11-01", "source": "COURT"});
        anja.does("nameRepresentative", self.of(named)).await;

        let sharing =
            json!({"kind": "SHARING", "categories": ["IDENTITY"], "recipients": [self.server.worker("marloes")]});
        self.agrees("mother", "son", sharing).await;
        let offered = self.word("case", &["sharing"], Place::PutTo("marloes"));
        self.locates();
        let share = json!({"recipient": self.server.worker("marloes"), "organisation": "basisschool-de-wilg", "capacity": "SCHOOL",
            "subjects": [self.id("son")], "categories": ["IDENTITY"], "offered": offered});
        anja.does("recordAcceptedShare", self.of(share)).await;

        // How it goes at school is not who somebody is.
        let sharing =
            json!({"kind": "SHARING", "categories": ["SCHOOL"], "recipients": [self.server.worker("chantal")]});
        self.agrees("mother", "son", sharing).await;
        let offered = self.word("case", &["sharing"], Place::PutTo("chantal"));
        self.locates();
        let share = json!({"recipient": self.server.worker("chantal"), "organisation": "gemeente-huizen", "capacity": "SCHOOL",
            "subjects": [self.id("son")], "categories": ["SCHOOL"], "offered": offered});
        anja.does("recordAcceptedShare", self.of(share)).await;

        for (giver, subject) in [("father", "father"), ("mother", "son")] {
            self.agrees(giver, subject, json!({"kind": "SHARING", "categories": ["PLAN", "ESCALATION"]})).await;
        }
        // Kees hears that it was withdrawn: that is all he is to the case.
        let naming = json!({"kind": "SHARING", "categories": ["PLAN"], "recipients": [self.server.worker("kees")]});
        let consent = self.agrees("father", "father", naming).await;
        anja.does("withdrawConsent", self.of(json!({"consent": consent}))).await;
        let question = self.word("case", &["sat"], Place::PutTo("hugo"));
        self.locates();
        let asked = json!({"team": "scheidingsadviesteam-gooi", "question": question, "about": [self.id("father"), self.id("son")]});
        let review = made(&anja.does("requestSat", self.of(asked)).await, "REVIEW")[0].clone();
        self.server.as_("hugo").does("acceptSat", self.of(json!({"review": review}))).await;
        self.ids.insert("review", review);
        // Nobody of Hugo's team is asked this; and this they are asked, and nobody answered yet.
        for (team, to) in [("scheidingsadviesteam-vecht", "vecht"), ("scheidingsadviesteam-gooi", "hugo")] {
            let question = self.word("case", &["sat"], Place::PutTo(to));
            self.locates();
            anja.does("requestSat", self.of(json!({"team": team, "question": question}))).await;
        }

        let what = self.word("case", &["life", "regie"], Place::Case);
        self.for_director();
        self.locates();
        anja.does("reportDeparture", self.of(json!({"rule": "family_decides", "what": what}))).await;
        let reason = self.word("case", &["exclusion"], Place::Case);
        self.for_director();
        self.locates();
        let out = json!({"worker": self.server.worker("daan"), "ground": "NEIGHBOUR", "reason": reason});
        anja.does("excludeWorker", self.of(out)).await;
        let reason = self.word("case", &["regie"], Place::Case);
        self.locates();
        let deputy = json!({"deputy": self.server.worker("layla"), "organisation": "jeugd-en-gezin-gooi", "until": "2026-11-20", "reason": reason});
        anja.does("appointDeputy", self.of(deputy)).await;
        self.joost_is_needed().await;
        for (key, organisation) in [("gerda", "jeugd-en-gezin-gooi"), ("jitske", "scheidingsadviesteam-gooi")] {
            let duty = json!({"worker": self.server.worker(key), "duty": "TEAM_LEAD", "organisation": organisation});
            self.server.as_("olivier").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
        }
    }

    async fn joost_is_needed(&mut self) {
        let reason = self.word("case", &["emergency_words"], Place::Case);
        self.for_director();
        self.locates();
        let open = json!({"ground": {"vitalInterest": true}, "reason": reason, "hours": 4});
        self.server.as_("joost").does("openEmergencyAccess", self.of(open)).await;
    }

    /// The mother says no, and who represents her says so for her: a no without words, which everybody who reaches her may know of.
    async fn said_no(&mut self) {
        let no = json!({"giver": self.id("mother"), "subject": self.id("mother"), "kind": "MEASURING",
            "spokenBy": self.server.worker("olga")});
        self.server.as_("anja").does("refuseConsent", self.of(no)).await;
    }

    /// A card for the night, and somebody on call who may read it.
    async fn watched_over(&mut self) {
        let call = self.word("case", &["crisis"], Place::Case);
        self.for_director();
        self.locates();
        let card = json!({"child": self.id("son"), "call": call, "expires": "2026-12-16"});
        self.server.as_("anja").does("writeCrisisCard", self.of(card)).await;
        let lead = json!({"worker": self.server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": MUNICIPALITY});
        self.server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
        let duty = json!({"worker": self.server.worker("sam"), "duty": "ON_CALL", "organisation": MUNICIPALITY, "until": "2026-11-20"});
        self.server.as_("gerda").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
    }

    /// A case that somebody opened for somebody of whom nobody else knows.
    async fn strange(&mut self, by: &str, municipality: &str, place: Place) -> (String, Vec<String>) {
        let mut opening = opening();
        opening["municipality"] = json!(municipality);
        opening["question"] = json!(self.word("case", &["life"], place));
        let years = [("stranger", 1981), ("strangers-son", 2014)];
        for (at, (owner, year)) in years.into_iter().enumerate() {
            opening["people"][at]["name"] = json!(self.word(owner, &["people"], place));
            let born = format!("{year}-01-{}", 10 + self.markers.len() % 19);
            opening["people"][at]["birthDate"] = json!(self.keep(born, owner, &["people"], place));
        }
        let payload = self.server.as_(by).does("openCase", opening).await;
        (made(&payload, "CASE")[0].clone(), made(&payload, "PERSON"))
    }

    /// A gap in the same municipality: two who help and nobody who directs.
    async fn elsewhere(&mut self) {
        let (case, people) = self.strange("noor", MUNICIPALITY, Place::Elsewhere).await;
        for key in ["esra", "tess"] {
            let party = json!({"caseId": case, "worker": self.server.worker(key), "organisation": "zorg-bv", "specialist": false});
            self.server.as_("noor").does("reportPartyJoined", party).await;
        }
        self.ids.insert("other", case);
        self.ids.extend(["stranger", "strangers-son"].into_iter().zip(people));
    }

    /// An emergency in another municipality, of which its own privacy officer hears, and no other.
    async fn far(&mut self) {
        let (case, people) = self.strange("marit", "gemeente-hilversum", Place::Far).await;
        let reason = self.word("case", &["emergency_words"], Place::Far);
        let open = json!({"caseId": case, "ground": {"vitalInterest": true}, "reason": reason, "hours": 4});
        self.server.as_("mehmet").does("openEmergencyAccess", open).await;
        self.ids.insert("far-person", people[0].clone());
        let look = self.server.as_("marit").ask(&format!("{{ case(id: \"{case}\") {{ people {{ name }} }} }}")).await;
        look.data("case");
        self.requests.push(look.request);
        self.ids.insert("far", case);
    }

    /// Whom things are about, as the director reads it, who knows everybody.
    pub async fn learn(&mut self) {
        let query = "query($id: ID!, $after: String) { case(id: $id) { consents { id giver { id } subject { id } }
            timeline(first: 100, after: $after) { nodes { id persons { id } } pageInfo { hasNextPage endCursor } }
            sharing { shares { id subjects { id } } } divorce { satRequests { id scope { id } } }
            representatives { worker { id } person { id } } } }";
        let (mut after, mut entries) = (Value::Null, Vec::new());
        let case = loop {
            let answer = self.server.as_("anja").ask_with(query, json!({"id": self.case, "after": after})).await;
            self.requests.push(answer.request.clone());
            let case = answer.data("case").clone();
            entries.extend(case["timeline"]["nodes"].as_array().unwrap().iter().cloned());
            if case["timeline"]["pageInfo"]["hasNextPage"] == false {
                break case;
            }
            after = case["timeline"]["pageInfo"]["endCursor"].clone();
        };
        let entries = Value::Array(entries);
        let lists = [
            &case["consents"],
            &entries,
            &case["sharing"]["shares"],
            &case["divorce"]["satRequests"],
            &case["representatives"],
        ];
        for one in lists.into_iter().flat_map(|list| list.as_array().unwrap()) {
            let id = one["id"].as_str().or(one["worker"]["id"].as_str()).unwrap().to_owned();
            let mut whom = Vec::new();
            ids_in(one, &mut whom);
            whom.retain(|person| *person != id);
            self.about.insert(id, whom);
        }
    }
}

fn ids_in(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| ids_in(value, found)),
        Value::Object(fields) => {
            found.extend(fields.get("id").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| ids_in(value, found));
        }
        _ => {}
    }
}
