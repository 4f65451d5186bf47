//! Marker values in every personal field of every mutation: readable by who may see them, and in clear nowhere on the disk, also with
//! the outer seal opened, nor in the logs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use api::node::{HISTORY, MASTER_KEY, VAULT};
use eventstore::key::MasterKey;
use eventstore::seal::{Place, Sealed};
use eventstore::vault::{KeyState, Vault};
use serde_json::{Value, json};

use crate::client::Person;
use crate::family::{MUNICIPALITY, made};
use crate::server::{Fresh, events, fresh};
use crate::wide;

static LOGS: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGS.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps what every server of this test binary logs, at the finest level of our own code.
pub fn listen_to_logs() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let filter = "info,api=trace,domain=trace,eventstore=trace,projections=trace,workflows=trace,async_graphql=debug,poem=debug";
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| Kept).init();
    });
}

/// Whether any server of this test binary logged this word.
pub fn logged(word: &str) -> bool {
    let logs = LOGS.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(!logs.is_empty(), "something was logged");
    logs.windows(word.len()).any(|bytes| bytes == word.as_bytes())
}

/// Hands out words that stand nowhere else.
#[derive(Default)]
struct Markers {
    given: Vec<String>,
}

impl Markers {
    fn word(&mut self) -> String {
        let place = self.given.len();
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let word = format!("Zqvx{}{}wkzj", letter(place / 26), letter(place));
        self.given.push(word.clone());
        word
    }

    fn text(&mut self) -> String {
        format!("Er staat {} in deze zin.", self.word())
    }

    fn day(&mut self, day: &str) -> String {
        self.given.push(day.to_owned());
        day.to_owned()
    }
}

const TODAY: &str = "2026-11-16";
/// Somebody who answers for a school.
const OTHER_WORKER: &str = "019a0000-0000-7000-8000-0000000000aa";

async fn opened(noor: &Person, markers: &mut Markers) -> (String, Vec<String>) {
    let signal = noor
        .does("raiseSignal", json!({"municipality": MUNICIPALITY, "place": "SCHOOL", "topic": markers.text()}))
        .await;
    let aside = noor
        .does("raiseSignal", json!({"municipality": MUNICIPALITY, "place": "SCHOOL", "topic": "Nog een signaal."}))
        .await;
    noor.does("setSignalAside", json!({"signal": made(&aside, "SIGNAL")[0], "reason": "Niet nodig."})).await;
    let help = |subject: &str, purpose: String, explained: String| json!({"giver": "mother", "subject": subject, "kind": "HELP", "purpose": purpose, "explained": explained, "evidence": "SPOKEN"});
    let sharing = |subject: &str| json!({"giver": "mother", "subject": subject, "kind": "SHARING", "categories": ["SIGNAL"], "evidence": "SPOKEN"});
    let opening = json!({
        "municipality": MUNICIPALITY, "framework": "VOLUNTARY", "ground": "HELP_CONSENT", "question": markers.text(),
        "signal": made(&signal, "SIGNAL")[0],
        "people": [
            {"key": "mother", "name": markers.word(), "birthDate": markers.day("1971-02-13"), "role": "PARENT"},
            {"key": "son", "name": markers.word(), "birthDate": markers.day("2017-10-29"), "role": "CHILD"},
        ],
        "authority": [{"child": "son", "kind": "ONE_PARENT", "holders": ["mother"], "from": "2017-10-30", "source": "REGISTER"}],
        "consents": [help("son", markers.word(), markers.text()), help("mother", markers.word(), markers.text()), sharing("mother"), sharing("son")],
    });
    let payload = noor.does("openCase", opening).await;
    (made(&payload, "CASE")[0].clone(), made(&payload, "PERSON"))
}

/// One of every mutation that takes a personal value.
#[expect(clippy::too_many_lines, reason = "one after the other, everything that can be written")]
async fn write_everything(server: &Fresh, markers: &mut Markers) -> (Person, String) {
    let (noor, anja) = (server.as_("noor"), server.as_named("anja", &markers.word()));
    let (case, people) = opened(&noor, markers).await;
    let (mother, son) = (people[0].clone(), people[1].clone());
    let of = |mut input: Value| {
        input["caseId"] = json!(case);
        input
    };
    let org = "jeugd-en-gezin-gooi";
    noor.does("assignCaseDirector", of(json!({"director": server.worker("anja"), "organisation": org, "tasks": ["PLAN", "CALM"], "agreed": [{"person": mother}]}))).await;

    let added = anja
        .does(
            "addPerson",
            of(json!({"name": markers.word(), "birthDate": markers.day("1969-12-03"), "role": "PARENT"})),
        )
        .await;
    let father = made(&added, "PERSON")[0].clone();
    anja.does("renamePerson", of(json!({"person": father, "name": markers.word(), "from": TODAY}))).await;
    let born = anja
        .does(
            "recordBirthDate",
            of(json!({"person": father, "birthDate": markers.day("1968-11-07"), "source": "STATEMENT"})),
        )
        .await;
    anja.does("correctFact", of(json!({"fact": made(&born, "FACT")[0], "reason": markers.text(), "content": {"birthDate": markers.day("1967-08-21")}}))).await;
    let household = made(
        &anja
            .does("formHousehold", of(json!({"label": markers.word(), "from": TODAY, "members": [mother, son]})))
            .await,
        "HOUSEHOLD",
    )[0]
    .clone();
    anja.does("relabelHousehold", of(json!({"household": household, "label": markers.word()}))).await;
    anja.does("recordAddress", of(json!({"household": household, "address": format!("{} 12", markers.word()), "from": TODAY, "source": "REGISTER"}))).await;
    anja.does(
        "protectLocatingData",
        of(json!({"person": mother, "households": [household], "reason": markers.text()})),
    )
    .await;
    anja.does("proposeLiftingProtection", of(json!({"person": mother, "agreed": markers.text()}))).await;

    let consent = json!({"giver": mother, "subject": mother, "kind": "JOINING", "purpose": markers.word(), "explained": markers.text(), "recipients": [server.worker("wim")], "evidence": "SPOKEN"});
    let joining = made(&anja.does("grantConsent", of(consent)).await, "CONSENT")[0].clone();
    let family = Family { case: &case, mother: &mother, father: &father, son: &son };
    family.is_asked(&anja, markers).await;
    anja.does(
        "refuseConsent",
        of(json!({"giver": father, "subject": father, "kind": "HELP", "reason": markers.text()})),
    )
    .await;
    let mut party = json!({"worker": server.worker("wim"), "organisation": "gezinshulp-de-schakel", "expertise": markers.word(), "specialist": true, "expectedEnd": "2027-01-01", "consents": [joining]});
    anja.does("joinParty", of(party.clone())).await;
    party["worker"] = json!(server.worker("fenna"));
    (party["expertise"], party["explanation"], party["consents"]) =
        (json!(markers.word()), json!(markers.text()), json!([]));
    anja.does("reportPartyJoined", of(party)).await;
    anja.does(
        "stateContribution",
        of(json!({"worker": server.worker("wim"), "can": markers.text(), "cannot": markers.text()})),
    )
    .await;
    anja.does(
        "changeExpectedEnd",
        of(json!({"worker": server.worker("wim"), "expectedEnd": "2027-02-01", "reason": markers.text()})),
    )
    .await;
    anja.does("leaveParty", of(json!({"worker": server.worker("fenna"), "reason": markers.text()}))).await;
    anja.does("withdrawConsent", of(json!({"consent": joining, "reason": markers.text()}))).await;

    family.lives_on(&anja, markers).await;
    server.settle().await;
    let proposed = anja.case(&case, "proposals { id waits }").await["proposals"][0].clone();
    anja.does("dismissProposal", of(json!({"proposal": proposed["id"], "reason": markers.text()}))).await;
    family.is_divorcing(&anja, server, markers).await;
    family.is_unsafe(&anja, markers).await;
    anja.does("reportDeparture", of(json!({"rule": "family_decides", "what": markers.text()}))).await;
    anja.does("appointDeputy", of(json!({"deputy": server.worker("joost"), "organisation": org, "until": "2026-11-20", "reason": markers.text()}))).await;
    let offer = json!({"successor": server.worker("layla"), "organisation": org, "planned": "2026-11-20", "reason": markers.text(), "summary": markers.text(), "openTasks": [markers.word()]});
    let handover = made(&anja.does("offerHandover", of(offer)).await, "HANDOVER")[0].clone();
    anja.does("recordFamilyWord", of(json!({"handover": handover, "person": mother, "agrees": true, "words": markers.text(), "toldDay": "2026-11-20"}))).await;
    anja.does("endHandover", of(json!({"handover": handover, "reason": markers.text()}))).await;
    let slip = made(
        &anja.does("reportDeparture", of(json!({"rule": "family_decides", "what": markers.text()}))).await,
        "FACT",
    )[0]
    .clone();
    anja.does(
        "changeAudience",
        of(json!({"fact": slip, "audience": {"workers": [server.worker("anja")]}, "reason": markers.text()})),
    )
    .await;
    anja.does("correctFact", of(json!({"fact": slip, "reason": markers.text(), "content": {"words": markers.text()}})))
        .await;
    let struck = made(
        &anja.does("reportDeparture", of(json!({"rule": "family_decides", "what": markers.text()}))).await,
        "FACT",
    )[0]
    .clone();
    anja.does("strikeOutFact", of(json!({"fact": struck, "reason": markers.text()}))).await;
    anja.does("handBackRegie", of(json!({"tasks": ["PLAN", "CALM"], "to": mother, "agreement": markers.text()}))).await;
    anja.does("closeCase", of(json!({"outcome": "GOOD_ENOUGH", "explanation": markers.text()}))).await;
    anja.does("reopenCase", of(json!({"reason": markers.text()}))).await;
    anja.does("endDirectorship", of(json!({"reason": markers.text()}))).await;
    (anja, case)
}

/// The family of the case of which everything is written.
struct Family<'a> {
    case: &'a str,
    mother: &'a str,
    father: &'a str,
    son: &'a str,
}

impl Family<'_> {
    fn of(&self, mut input: Value) -> Value {
        input["caseId"] = json!(self.case);
        input
    }

    async fn is_set_aside(&self, anja: &Person, markers: &mut Markers) {
        let told = anja.does("recordContact", self.of(json!({"with": [self.mother], "said": "Zomaar een zin."}))).await;
        let aside = json!({"facts": [made(&told, "FACT")[0]], "reason": markers.text()});
        let aside = anja.does("setAsideFacts", self.of(aside)).await;
        let back = json!({"setAside": [made(&aside, "FACT")[0]], "reason": markers.text()});
        anja.does("bringBackFacts", self.of(back)).await;
    }

    async fn lives_on(&self, anja: &Person, markers: &mut Markers) {
        self.is_set_aside(anja, markers).await;
        self.is_ruled_about(anja, markers).await;
        self.is_talked_about(anja, markers).await;
        self.is_at_odds(anja, markers).await;
        self.comes_together(anja, markers).await;
        self.is_worked_with(anja, markers).await;
        self.is_helped(anja, markers).await;
        self.waits_and_agrees(anja, markers).await;
        self.plans(anja, markers).await;
        self.is_assessed(anja, markers).await;
        self.is_supported(anja, markers).await;
    }

    async fn is_assessed(&self, anja: &Person, markers: &mut Markers) {
        let theme = json!({"theme": markers.word(), "kind": "NEED", "words": markers.text()});
        let themes = json!({"person": self.mother, "themes": [theme], "leftOut": [markers.word()]});
        let giz = json!({"giz": {"variant": "EXTENDED", "about": [self.son], "told": [themes]}});
        anja.does("recordAssessment", self.of(json!({"content": giz, "occasion": markers.text()}))).await;
        let stated = json!([{"effect": "CAUSES", "words": markers.text()}]);
        let story = json!([{"person": self.father, "words": markers.text()}]);
        let analysis = json!({"explanatoryAnalysis": {"about": [self.son], "told": story, "hypotheses": stated}});
        let stated =
            made(&anja.does("recordAssessment", self.of(json!({"content": analysis}))).await, "HYPOTHESIS")[0].clone();
        let tested = json!({"tested": {"hypothesis": stated}, "person": self.father, "recognised": "NO", "words": markers.text()});
        anja.does("testAssessment", self.of(tested)).await;
        let relation = json!({"from": {"other": markers.word()}, "kind": "GRANDPARENT_OF", "to": {"person": self.son}, "words": markers.text()});
        let genogram =
            json!({"genogram": {"about": [self.son], "told": [{"person": self.mother, "relations": [relation]}]}});
        anja.does("recordAssessment", self.of(json!({"content": genogram}))).await;
        let portrait = json!({"lifeworldPortrait": {"person": self.son, "words": markers.text()}});
        anja.does("recordAssessment", self.of(json!({"content": portrait}))).await;
        let topics = json!([{"topic": markers.word(), "discussed": true, "wish": markers.text()}]);
        let future = json!({"futurePlan": {"person": self.son, "topics": topics}});
        anja.does("recordAssessment", self.of(json!({"content": future}))).await;
        let number = markers.word();
        let reference = json!({"person": self.son, "register": "SCHOOL", "number": number, "keeper": markers.word()});
        let reference =
            made(&anja.does("recordExternalReference", self.of(reference)).await, "EXTERNAL_REFERENCE")[0].clone();
        anja.does("endExternalReference", self.of(json!({"reference": reference, "reason": markers.text()}))).await;
    }

    async fn is_supported(&self, anja: &Person, markers: &mut Markers) {
        let matched = json!({"kind": "BUDDY", "persons": [self.son], "volunteer": markers.word(), "organisation": markers.word(),
            "question": markers.text(), "tasks": markers.text()});
        let support = made(&anja.does("matchSupport", self.of(matched)).await, "INFORMAL_SUPPORT")[0].clone();
        let of = |mut input: Value| {
            input["support"] = json!(support);
            self.of(input)
        };
        anja.does("signSupportHouseRules", of(json!({"signedBy": [self.mother], "rules": markers.text()}))).await;
        anja.does("recordSupportCertificate", of(json!({"issued": "2026-10-05"}))).await;
        anja.does("startSupportTrial", of(json!({}))).await;
        anja.does("evaluateSupportTrial", of(json!({"outcome": "GOES_ON", "words": markers.text()}))).await;
        anja.does("agreeSupportTerm", of(json!({"agreements": markers.text()}))).await;
        anja.does("reviewSupport", of(json!({"outcome": "ADJUSTED", "words": markers.text()}))).await;
        anja.does("measureSupport", of(json!({"person": self.mother, "moment": "END", "words": markers.text()}))).await;
        anja.does("endSupport", of(json!({"endedBy": "FAMILY", "words": markers.text()}))).await;
    }

    async fn is_asked(&self, anja: &Person, markers: &mut Markers) {
        let asked = json!({"giver": self.father, "subject": self.father, "kind": "JOINING", "purpose": markers.word(), "explained": markers.text()});
        anja.does("askConsent", self.of(asked)).await;
        let excepted = json!({"subject": self.son, "ground": "URGENT", "reason": markers.text()});
        let excepted = made(&anja.does("recordConsentException", self.of(excepted)).await, "EXCEPTION")[0].clone();
        let ended = json!({"exception": excepted, "reason": markers.text()});
        anja.does("endConsentException", self.of(ended)).await;
    }

    async fn is_ruled_about(&self, anja: &Person, markers: &mut Markers) {
        let ruling = json!({"person": self.son, "others": [self.mother], "kind": "CONTACT", "scope": markers.text(), "channel": markers.text(),
            "reference": markers.word(), "inForceFrom": TODAY, "source": "COURT"});
        let ruling = made(&anja.does("recordRuling", self.of(ruling)).await, "RULING")[0].clone();
        anja.does("endRuling", self.of(json!({"ruling": ruling, "reason": markers.text()}))).await;
    }

    async fn is_talked_about(&self, anja: &Person, markers: &mut Markers) {
        let promised = json!([{"kind": "OTHER", "what": markers.text(), "by": "2026-12-01"}]);
        let contact = json!({"with": [self.mother], "other": markers.word(), "said": markers.text(), "asked": markers.text(), "answer": "GIVEN",
            "answered": markers.text(), "promises": promised});
        let promise = made(&anja.does("recordContact", self.of(contact)).await, "PROMISE")[0].clone();
        anja.does("settlePromise", self.of(json!({"promise": promise, "how": "KEPT", "note": markers.text()}))).await;
        let director = json!({"director": true});
        let voice = json!({"child": self.son, "words": markers.text(), "setting": markers.text(), "knownTo": director});
        anja.does("recordChildVoice", self.of(voice)).await;
        let signal = json!({"child": self.son, "domain": "MOOD", "change": "WORSE", "words": markers.text(), "knownTo": director});
        let signal = made(&anja.does("openChildSignal", self.of(signal)).await, "CHILD_SIGNAL")[0].clone();
        let change = json!({"signal": signal, "change": "BETTER", "words": markers.text()});
        anja.does("changeChildSignal", self.of(change)).await;
        anja.does("closeChildSignal", self.of(json!({"signal": signal, "words": markers.text()}))).await;
        let said = json!({"speaker": {"outside": markers.word()}, "about": [self.father], "words": markers.text()});
        let said = made(&anja.does("recordStatement", self.of(said)).await, "STATEMENT")[0].clone();
        let tested = json!({"statement": said, "with": self.father, "recognised": "NO", "words": markers.text()});
        anja.does("testStatement", self.of(tested)).await;
        let finding = json!({"authority": "OTHER", "body": markers.word(), "about": [self.son], "words": markers.text(), "established": TODAY,
            "source": markers.word()});
        anja.does("recordFinding", self.of(finding)).await;
        let request = json!({"requester": "RAAD", "who": markers.word(), "about": [self.son], "asked": markers.text(), "article": markers.word(),
            "inWriting": true});
        anja.does("recordOutsideRequest", self.of(request)).await;
    }

    async fn comes_together(&self, anja: &Person, markers: &mut Markers) {
        let guest = json!([{"who": {"person": self.mother}}, {"who": {"outside": markers.word()}, "consents": [{"person": self.mother, "agrees": true}]}]);
        let called = json!({"kind": "NETWORK_MEETING", "occasion": markers.text(), "purpose": markers.text(), "expected": markers.text(),
            "about": [self.mother], "invited": guest});
        let called = made(&anja.does("callConference", self.of(called)).await, "CONFERENCE")[0].clone();
        let came = json!([{"who": {"person": self.mother}, "leftEarly": markers.text()}, {"who": {"outside": markers.word()}}]);
        let held = json!({"conference": called, "came": came, "agreed": [{"what": markers.text()}], "yielded": markers.text(),
            "explanation": markers.text()});
        anja.does("recordConference", self.of(held)).await;
        anja.does("stopConference", self.of(json!({"conference": called, "reason": markers.text()}))).await;
        let said = json!([{"by": {"person": self.mother}, "rightThing": markers.text(), "together": markers.text()}]);
        anja.does("recordReflection", self.of(json!({"said": said, "changes": markers.text()}))).await;
        let present = json!([{"who": {"outside": markers.word()}, "side": "SCHOOL"}]);
        let intake = json!({"child": self.son, "present": present, "contactForms": markers.text(), "feedback": markers.text(),
            "expectations": [{"side": "SCHOOL", "what": markers.text()}], "words": markers.text()});
        anja.does("recordIntake", self.of(intake)).await;
        let triage = json!({"child": self.son, "schoolCan": markers.text(), "asked": markers.text(), "homeQuestion": false,
            "outcome": "OTHER_ROUTE", "route": markers.text()});
        anja.does("triageArrangement", self.of(triage)).await;
        let question = json!({"child": self.son, "askedBy": {"outside": markers.word()}, "asked": markers.text()});
        let question = made(&anja.does("askSchoolQuestion", self.of(question)).await, "SCHOOL_QUESTION")[0].clone();
        let over = json!({"question": question, "to": OTHER_WORKER, "note": markers.text()});
        anja.does("handOverSchoolQuestion", self.of(over)).await;
        let ended = json!({"question": question, "how": "REFUSED", "words": markers.text()});
        anja.does("answerSchoolQuestion", self.of(ended)).await;
        let own = json!({"words": markers.text()});
        anja.send_for("writeOwnReflection", own, "repeated").await.data("writeOwnReflection");
    }

    async fn is_divorcing(&self, anja: &Person, server: &Fresh, markers: &mut Markers) {
        for person in [&self.mother, &self.father, &self.son] {
            let screened = json!({"person": person, "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "words": markers.text()});
            anja.does("recordSafetyScreening", self.of(screened)).await;
        }
        let signal = json!({"noticedBy": {"outside": markers.word()}, "words": markers.text()});
        anja.does("recordDivorceSignal", self.of(signal)).await;
        let forms = json!({"parents": [self.mother, self.father], "form": "PARALLEL", "basis": markers.text()});
        anja.does("assessParentingForm", self.of(forms)).await;
        anja.does("settleDivorceEpisode", self.of(json!({"words": markers.text()}))).await;
        anja.does("stepDivorceEpisodeBack", self.of(json!({"words": markers.text()}))).await;
        anja.does("recordNamedStrain", self.of(json!({"person": self.mother, "words": markers.text()}))).await;
        let seen = json!([
            {"feature": "KEEPS_FLARING", "seenBy": OTHER_WORKER, "what": markers.text()},
            {"feature": "STRAIN_NAMED", "seenBy": "019a0000-0000-7000-8000-0000000000ab", "what": markers.text()},
        ]);
        anja.does("recogniseComplexDivorce", self.of(json!({"seen": seen, "rationale": markers.text()}))).await;
        for person in [&self.mother, &self.father] {
            anja.does("acknowledgeComplexDivorce", self.of(json!({"person": person, "words": markers.text()}))).await;
        }
        let chosen = |track: &str, other: &str, markers: &mut Markers| {
            json!({"track": track, "reason": markers.text(), "alternatives": [{"track": other, "reason": markers.text()}],
                "informed": [self.mother], "notInformed": markers.text()})
        };
        anja.does("decideDivorceTriage", self.of(chosen("DONS", "REDIRECTED", markers))).await;
        self.is_accompanied(anja, server, markers).await;
        anja.does("switchDivorceTrack", self.of(chosen("REDIRECTED", "DONS", markers))).await;
        anja.does("holdDivorceReview", self.of(json!({"words": markers.text()}))).await;
        anja.does("recordRestReached", self.of(json!({"words": markers.text()}))).await;
    }

    async fn is_accompanied(&self, anja: &Person, server: &Fresh, markers: &mut Markers) {
        let organisation = "jeugd-en-gezin-gooi";
        let lead = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": organisation});
        server.as_("olivier").send_for("assignDuty", lead, "repeated").await.data("assignDuty");
        for key in ["hanna", "youssef"] {
            let trained =
                json!({"worker": server.worker(key), "duty": "FAMILY_REPRESENTATIVE", "organisation": organisation});
            server.as_("gerda").send_for("assignDuty", trained, "repeated").await.data("assignDuty");
        }
        let [one, other] =
            ["hanna", "youssef"].map(|key| json!({"worker": server.worker(key), "organisation": organisation}));
        let duo = self.of(json!({"one": one, "other": other}));
        let trajectory = made(&anja.does("assignDonsDuo", duo).await, "TRAJECTORY")[0].clone();
        let held = json!({"trajectory": trajectory, "kind": "FOUR_WAY", "present": [self.mother], "topics": [markers.word()],
            "words": markers.text(), "explanation": markers.text()});
        let held = made(&anja.does("recordDonsConversation", self.of(held)).await, "DONS_CONVERSATION")[0].clone();
        let not_held =
            json!({"trajectory": trajectory, "kind": "FOUR_WAY", "absent": [self.father], "reason": markers.text()});
        anja.does("recordDonsNotHeld", self.of(not_held)).await;
        let goal = json!({"trajectory": trajectory, "conversation": held, "words": markers.text()});
        let goal = made(&anja.does("draftParentGoal", self.of(goal)).await, "PARENT_GOAL")[0].clone();
        anja.does("adjustParentGoal", self.of(json!({"goal": goal, "words": markers.text()}))).await;
        let open = json!({"kind": "HOUSING", "persons": [self.father], "words": markers.text()});
        let barrier = made(&anja.does("openBarrier", self.of(open)).await, "BARRIER")[0].clone();
        anja.does("liftBarrier", self.of(json!({"barrier": barrier, "words": markers.text()}))).await;
        let done = json!({"trajectory": trajectory, "communication": markers.text(), "contact": markers.text(), "agreements": markers.text()});
        anja.does("completeDons", self.of(done)).await;
        self.is_advised(anja, server, markers).await;
    }

    /// Asked, passed on, accepted, advised on, answered.
    async fn is_advised(&self, anja: &Person, server: &Fresh, markers: &mut Markers) {
        let hugo = server.as_("hugo");
        let ask = self.of(json!({"team": "scheidingsadviesteam-gooi", "question": markers.text()}));
        let review = made(&anja.does("requestSat", ask).await, "REVIEW")[0].clone();
        hugo.does("saySatNotMe", self.of(json!({"review": review, "reason": markers.text()}))).await;
        hugo.does("acceptSat", self.of(json!({"review": review}))).await;
        let advice = json!({"review": review, "words": markers.text(), "conditions": [markers.text()]});
        let advice = made(&hugo.does("giveSatAdvice", self.of(advice)).await, "ADVICE")[0].clone();
        let answer = json!({"review": review, "advice": advice, "follows": false, "reason": markers.text()});
        anja.does("answerSatAdvice", self.of(answer)).await;
    }

    async fn is_unsafe(&self, anja: &Person, markers: &mut Markers) {
        let screened = json!({"person": self.mother, "alone": false, "oneSidedControl": true, "outcome": "SIGNAL", "words": markers.text(),
            "explanation": markers.text()});
        anja.does("recordSafetyScreening", self.of(screened)).await;
        let outside = |word: String| json!({"outside": word});
        let signal = json!({"concerns": [self.mother, self.son], "kind": "NEGLECT", "facts": markers.text(), "judgement": markers.text(),
            "reportedBy": outside(markers.word()), "observedBy": outside(markers.word()), "toldBy": outside(markers.word())});
        let lane = made(&anja.does("recordSafetySignal", self.of(signal)).await, "SAFETY_LANE")[0].clone();
        anja.does("recordSafetyMapping", self.of(json!({"lane": lane, "words": markers.text()}))).await;
        let asked = json!({"lane": lane, "veiligThuis": true, "words": markers.text()});
        anja.does("recordSafetyConsultation", self.of(asked)).await;
        let judged = json!({"lane": lane, "person": self.mother, "safe": false, "words": markers.text()});
        anja.does("judgeSafetyTalk", self.of(judged)).await;
        let talked = json!({"lane": lane, "person": self.mother, "alone": true, "words": markers.text(), "explanation": markers.text()});
        anja.does("recordSafetyTalk", self.of(talked)).await;
        let weighed = json!({"lane": lane, "suspected": true, "acute": false, "structural": false, "words": markers.text(),
            "explanation": markers.text()});
        anja.does("weighSafety", self.of(weighed)).await;
        let decided = json!({"lane": lane, "reportNeeded": true, "helpPossible": true, "help": markers.text(), "words": markers.text()});
        anja.does("decideSafety", self.of(decided)).await;
        anja.does("recordReportToVeiligThuis", self.of(json!({"lane": lane, "words": markers.text()}))).await;
        let answer = json!({"lane": lane, "established": TODAY, "source": markers.word(), "words": markers.text()});
        anja.does("recordVeiligThuisAnswer", self.of(answer)).await;
        let later = json!({"lane": lane, "person": self.father, "ground": "PROTECTION_OF_OTHERS", "consulted": OTHER_WORKER,
            "review": "2026-12-01", "words": markers.text()});
        let later = made(&anja.does("decideToTellLater", self.of(later)).await, "TOLD_LATER")[0].clone();
        let look = json!({"toldLater": later, "review": "2026-12-08", "words": markers.text()});
        anja.does("reviewTellingLater", self.of(look)).await;
        anja.does("recordPersonTold", self.of(json!({"toldLater": later, "words": markers.text()}))).await;
    }

    async fn is_worked_with(&self, anja: &Person, markers: &mut Markers) {
        let guest = json!([{"who": {"person": self.mother}}]);
        let called = json!({"kind": "MDO", "occasion": markers.text(), "purpose": markers.text(), "expected": markers.text(),
            "about": [self.mother], "invited": guest});
        let stopped = made(&anja.does("callConference", self.of(called.clone())).await, "CONFERENCE")[0].clone();
        anja.does("stopConference", self.of(json!({"conference": stopped, "reason": markers.text()}))).await;
        let heard =
            json!({"conference": stopped, "person": self.mother, "listener": OTHER_WORKER, "words": markers.text()});
        anja.does("recordHearing", self.of(heard)).await;
        let came = json!([{"who": {"person": self.mother}, "leftEarly": markers.text()}, {"who": {"outside": markers.word()}}]);
        let resumed = json!({"conference": stopped, "came": came, "agreed": [{"what": markers.text()}], "yielded": markers.text(),
            "explanation": markers.text()});
        anja.does("resumeConference", self.of(resumed)).await;
        let ended = made(&anja.does("callConference", self.of(called)).await, "CONFERENCE")[0].clone();
        anja.does("stopConference", self.of(json!({"conference": ended, "reason": "Het liep vast."}))).await;
        anja.does("endStoppedConference", self.of(json!({"conference": ended, "reason": markers.text()}))).await;
        let step = json!({"person": self.mother, "step": "REALITY", "words": markers.text()});
        anja.does("recordConversationStep", self.of(step)).await;
        let option = json!({"person": self.mother, "author": {"person": self.mother}, "words": markers.text()});
        let option = made(&anja.does("recordOption", self.of(option)).await, "OPTION")[0].clone();
        let tried = json!({"option": option, "effect": "MORE_REST", "words": markers.text()});
        anja.does("recordOptionTried", self.of(tried)).await;
        let face = json!({"person": self.mother, "who": {"outside": markers.word()}, "words": markers.text()});
        let face = made(&anja.does("nameTrustedContact", self.of(face)).await, "TRUSTED_CONTACT")[0].clone();
        let answer = json!({"trusted": face, "agrees": true, "words": markers.text()});
        anja.does("answerTrustedPresence", self.of(answer)).await;
        anja.does("endTrustedContact", self.of(json!({"trusted": face, "reason": markers.text()}))).await;
        let plan = json!({"children": [self.son], "signs": markers.text(), "actions": [{"what": markers.text()}]});
        anja.does("writeCrisisPlan", self.of(plan)).await;
        anja.does("reviewCrisisPlan", self.of(json!({"words": markers.text()}))).await;
        let asked = json!({"organisation": "ret-gooi", "children": [self.son], "stuck": markers.text(),
            "told": {"persons": [self.mother], "words": markers.text()}});
        let ret = made(&anja.does("askRet", self.of(asked)).await, "RET")[0].clone();
        anja.does("endRet", self.of(json!({"ret": ret, "words": markers.text()}))).await;
    }

    async fn is_at_odds(&self, anja: &Person, markers: &mut Markers) {
        let named = json!({"between": [self.mother, self.father], "about": markers.text()});
        let conflict = made(&anja.does("nameConflict", self.of(named)).await, "CONFLICT")[0].clone();
        let experienced = json!([{"person": self.mother, "stage": 5, "observations": markers.text()}]);
        anja.does("assessConflict", self.of(json!({"conflict": conflict, "experienced": experienced}))).await;
        let form = json!({"parents": [self.father], "form": "PARALLEL", "basis": markers.text()});
        anja.does("assessParentingForm", self.of(form)).await;
        let added = anja.does("addPerson", self.of(json!({"name": markers.word(), "role": "NETWORK_MEMBER"}))).await;
        let assessed = json!({"conflict": conflict, "person": made(&added, "PERSON")[0], "effect": "FEEDS", "basis": markers.text()});
        anja.does("assessNetworkEffect", self.of(assessed)).await;
        let reactions = json!([{"person": self.mother, "acts": markers.text()}]);
        let flared = json!({"conflict": conflict, "medium": "APP", "trigger": markers.text(), "reactions": reactions});
        anja.does("recordFlareUp", self.of(flared)).await;
        let calm = json!({"person": self.mother, "from": "2026-11-01", "words": markers.text()});
        anja.does("reportCalmPeriod", self.of(calm)).await;
        let rested = json!({"conflict": conflict, "kind": "RESTING", "reason": markers.text()});
        anja.does("restConflict", self.of(rested)).await;
        let wishes = json!([{"person": self.mother, "wish": markers.text()}]);
        let step = json!({"person": self.son, "environment": "FAMILY", "level": 3, "reason": markers.text(), "decided": [{"person": self.mother}],
            "programme": markers.word(), "provider": markers.word(), "wishes": wishes});
        anja.does("takeServiceStep", self.of(step)).await;
        let joined = json!({"body": "RET", "organisation": markers.word(), "persons": [self.son], "reason": markers.text(),
            "familyTold": markers.text()});
        let joined = made(&anja.does("recordBodyJoined", self.of(joined)).await, "INVOLVEMENT")[0].clone();
        anja.does("recordBodyLeft", self.of(json!({"involvement": joined, "reason": markers.text()}))).await;
        let advice = json!({"on": {"conflict": conflict}, "source": markers.word(), "advice": markers.text()});
        anja.does("recordAdvice", self.of(advice)).await;
    }

    async fn is_helped(&self, anja: &Person, markers: &mut Markers) {
        let goal = json!({"words": markers.text(), "proposedBy": {"person": self.mother}, "concerns": [self.son]});
        let goal = made(&anja.does("proposeGoal", self.of(goal)).await, "GOAL")[0].clone();
        let started = json!({"product": markers.word(), "provider": markers.word(), "persons": [self.son], "until": "2027-05-01",
            "mayHarm": true});
        let trajectory = made(&anja.does("startTrajectory", self.of(started)).await, "HELP_TRAJECTORY")[0].clone();
        let goals = json!({"trajectory": trajectory, "goals": [goal], "words": markers.text()});
        anja.does("setTrajectoryGoals", self.of(goals)).await;
        let asked = json!({"trajectory": trajectory, "until": "2027-11-01", "reason": markers.text()});
        let extension = made(&anja.does("askExtension", self.of(asked)).await, "EXTENSION")[0].clone();
        let view = json!({"extension": extension, "role": "CORE_TEAM", "worker": trajectory, "advice": "EXTEND", "view": markers.text()});
        anja.does("giveExtensionView", self.of(view)).await;
        let decided = json!({"extension": extension, "outcome": "REFUSED", "reason": markers.text(), "decidedBy": markers.word()});
        anja.does("decideExtension", self.of(decided)).await;
        let objects = json!({"extension": extension, "person": self.mother, "words": markers.text()});
        anja.does("objectToExtension", self.of(objects)).await;
        let justified = json!({"persons": [self.son], "help": markers.word(), "trajectory": trajectory, "benefit": markers.text(),
            "harm": markers.text(), "lighter": markers.text(), "justification": markers.text(), "childInterest": markers.text(),
            "decided": [{"person": self.mother}]});
        let weighing = made(&anja.does("justifyHarmfulHelp", self.of(justified)).await, "WEIGHING")[0].clone();
        let looked = json!({"weighing": weighing, "goesOn": false, "finding": markers.text()});
        anja.does("reviewWeighing", self.of(looked)).await;
        let ended = json!({"trajectory": trajectory, "how": "BY_FAMILY", "words": markers.text()});
        anja.does("endTrajectory", self.of(ended)).await;
        let referred = json!({"persons": [self.mother], "by": "GP", "who": markers.word(), "provider": markers.word(),
            "help": markers.word(), "agreed": [self.mother]});
        let referral = made(&anja.does("recordReferral", self.of(referred)).await, "REFERRAL")[0].clone();
        anja.does("planReferral", self.of(json!({"referral": referral, "item": {"goal": goal}}))).await;
    }

    async fn waits_and_agrees(&self, anja: &Person, markers: &mut Markers) {
        let waits = json!({"persons": [self.son], "what": markers.text(), "reason": markers.text(), "decided": [{"person": self.mother}],
            "review": "2026-12-01"});
        anja.does("decideToWait", self.of(waits)).await;
        let asked = json!({"kind": "MATERIAL_AID", "persons": [self.son], "what": markers.text(), "ofWhom": markers.word(),
            "concern": markers.text()});
        let application = made(&anja.does("makeApplication", self.of(asked)).await, "APPLICATION")[0].clone();
        anja.does("delayApplication", self.of(json!({"application": application, "reason": markers.text()}))).await;
        let answer = json!({"application": application, "outcome": "GIVEN", "words": markers.text()});
        anja.does("answerApplication", self.of(answer)).await;
        let condition = json!({"persons": [self.son], "what": markers.text(), "why": markers.text(), "setBy": markers.word(),
            "until": "2027-01-31", "explained": [self.son]});
        let condition = made(&anja.does("setCondition", self.of(condition)).await, "CONDITION")[0].clone();
        let answer = json!({"condition": condition, "person": self.son, "accepts": true, "words": markers.text()});
        anja.does("answerCondition", self.of(answer)).await;
        anja.does("endCondition", self.of(json!({"condition": condition, "reason": markers.text()}))).await;
    }

    async fn plans(&self, anja: &Person, markers: &mut Markers) {
        let goal = json!({"words": markers.text(), "proposedBy": {"person": self.mother}, "concerns": [self.son]});
        let goal = made(&anja.does("proposeGoal", self.of(goal)).await, "GOAL")[0].clone();
        let reworded = json!({"goal": goal, "words": markers.text(), "proposedBy": {"person": self.mother}});
        anja.does("rewordGoal", self.of(reworded)).await;
        let action = json!({"what": markers.text(), "concerns": [self.son]});
        let action = made(&anja.does("agreeAction", self.of(action)).await, "ACTION")[0].clone();
        let moved = json!({"action": action, "due": "2026-12-01", "reason": markers.text()});
        anja.does("moveAction", self.of(moved)).await;
        let over = json!({"action": action, "outcome": "DONE", "words": markers.text()});
        anja.does("endAction", self.of(over)).await;
        let version = made(&anja.does("offerPlan", self.of(json!({}))).await, "PLAN_VERSION")[0].clone();
        let no = json!({"version": version, "person": self.mother, "answer": "REFUSED", "words": markers.text()});
        anja.does("answerPlan", self.of(no)).await;
        let evaluated = json!({"tookPart": [self.mother], "outcome": "ADJUSTED", "words": markers.text()});
        anja.does("evaluatePlan", self.of(evaluated)).await;
        anja.does("reachGoal", self.of(json!({"goal": goal, "saidBy": self.mother, "words": markers.text()}))).await;
        anja.does("resumeGoal", self.of(json!({"goal": goal, "words": markers.text()}))).await;
        anja.does("withdrawGoal", self.of(json!({"goal": goal, "words": markers.text()}))).await;
        let waived = json!({"parents": [self.mother], "maker": "MUNICIPALITY", "reason": markers.text()});
        anja.does("waiveOwnPlan", self.of(waived)).await;
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn assert_none_in(place: &str, bytes: &[u8], markers: &[String]) {
    let small = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    for marker in markers {
        assert!(!small.contains(&marker.to_ascii_lowercase()), "{marker} stands in clear in {place}");
    }
}

fn assert_none_on_disk(folder: &Path, markers: &[String]) {
    let all = files(folder);
    for name in [HISTORY, VAULT, "reactions.db", "deadlines.db"] {
        assert!(all.iter().any(|file| file.ends_with(name)), "{name} is searched");
    }
    for file in all.iter().filter(|file| file.extension().is_none_or(|ext| ext != "sock")) {
        assert_none_in(&file.display().to_string(), &fs::read(file).unwrap(), markers);
    }
}

/// The words of every entry, however many there are.
async fn whole_timeline(person: &Person, case: &str) -> String {
    let page =
        "nodes { words { text } correction { reason earlierWords { text } } } pageInfo { hasNextPage endCursor }";
    let (mut all, mut after) = (String::new(), String::new());
    loop {
        let fields = format!("timeline(first: 100{after}) {{ {page} }} people {{ birthDate earlierNames {{ name }} }}");
        let seen = person.case(case, &fields).await;
        all.push_str(&seen.to_string());
        if seen["timeline"]["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        after = format!(", after: {}", seen["timeline"]["pageInfo"]["endCursor"]);
    }
}

/// `privacy.md`, "Sealed, and forgettable". The values are read back first: a search for what was never there proves nothing.
#[tokio::test]
async fn no_personal_value_stands_in_clear_on_the_disk_or_in_the_logs() {
    let server = fresh("2026-11-16");
    let mut markers = Markers::default();
    let (anja, case) = write_everything(&server, &mut markers).await;
    let typed = anja
        .ask_with(
            "query($name: String!) { searchPeople(search: {name: $name}) { nodes { person { name } } } }",
            json!({"name": markers.given[2]}),
        )
        .await;
    anja.send("addPerson", json!({"caseId": case, "name": format!("{}\u{202E}", markers.given[0]), "role": "PARENT"}))
        .await;

    let seen = format!(
        "{} {} {} {} {}",
        anja.case(&case, wide::CASE).await,
        whole_timeline(&anja, &case).await,
        typed.body,
        anja.ask("{ me { name } }").await.body,
        anja.ask("{ ownReflections { words } }").await.body,
    );
    let unread: Vec<&String> = markers.given.iter().filter(|marker| !seen.contains(marker.as_str())).collect();
    assert_eq!(unread, Vec::<&String>::new(), "of {}", markers.given.len());
    assert!(markers.given.len() >= 50);

    assert_none_on_disk(&server.folder, &markers.given);
    let folder = server.stop();
    assert_none_on_disk(folder.path(), &markers.given);
    assert!(!LOGS.lock().unwrap().is_empty(), "something was logged");
    assert_none_in("the logs", &LOGS.lock().unwrap(), &markers.given);
    assert_none_under_the_outer_seal(folder.path(), &markers.given).await;
}

async fn assert_none_under_the_outer_seal(folder: &Path, markers: &[String]) {
    let master = MasterKey::from_file(&folder.join(MASTER_KEY)).unwrap();
    let vault = Vault::open(&folder.join(VAULT), master).unwrap();
    let mut opened = 0;
    for event in events(&folder.join(HISTORY)).await {
        let Ok(sealed) = Sealed::from_bytes(&event.data) else {
            assert_eq!(event.stream.category(), "vault", "only the notes about the vault are not sealed");
            continue;
        };
        let KeyState::Known(key) = vault.get(sealed.key()).unwrap() else { panic!("the key of {}", event.stream) };
        let body = sealed.open(&key, Place { event: event.id, pointer: "" }).unwrap();
        assert!(serde_json::from_slice::<Value>(&body).unwrap().is_object());
        assert_none_in(&format!("the body of event {} of {}", event.revision, event.stream), &body, markers);
        opened += 1;
    }
    assert!(opened > 40, "{opened}");
}
