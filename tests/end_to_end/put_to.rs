//! What was put to somebody they read, and nobody else more than before: the question to an advice team, what a school was told.

use serde_json::{Value, json};

use crate::client::{Answer, Person, each};
use crate::family::{Family, made};
use crate::server::{Fresh, fresh};
use crate::socket::Talk;

const TEAM: &str = "scheidingsadviesteam-gooi";
const QUESTION: &str = "Welk spoor past bij dit gezin?";
const OFFERED: &str = "Wie het kind mag ophalen.";
const ASKED: &str =
    "divorce { satRequests { id team question anonymous scope { name } withheld { name } acceptedBy { name } } }";
const SHARED: &str =
    "sharing { shares { id offered subjects { name } categories consentIds recipient { id } withdrawn { reason } } }";

struct Home {
    server: Fresh,
    family: Family,
}

impl Home {
    async fn directed() -> Self {
        let server = fresh("2026-11-16");
        let family = Family::directed(&server).await;
        Self { server, family }
    }

    fn as_(&self, key: &str) -> Person {
        self.server.as_(key)
    }

    async fn does(&self, mutation: &str, input: Value) -> Value {
        self.as_("anja").does(mutation, self.family.input(input)).await
    }

    /// The mother's yes about somebody, for the plan and the conflict. Its id.
    async fn agrees(&self, subject: &str, recipients: &[&str]) -> String {
        let recipients: Vec<String> = recipients.iter().map(|key| self.server.worker(key)).collect();
        let consent = json!({"giver": self.family.mother, "subject": subject, "kind": "SHARING", "categories": ["PLAN", "ESCALATION"],
            "recipients": recipients, "evidence": "SPOKEN"});
        made(&self.does("grantConsent", consent).await, "CONSENT")[0].clone()
    }

    /// A question to a team; about nobody, anonymous.
    async fn asks(&self, team: &str, question: &str, about: &[&str]) -> String {
        let mut input = json!({"team": team, "question": question});
        if !about.is_empty() {
            input["about"] = json!(about);
        }
        made(&self.does("requestSat", input).await, "REVIEW")[0].clone()
    }

    async fn withdraws(&self, consent: &str) {
        self.does("withdrawConsent", json!({"consent": consent, "reason": "Liever niet."})).await;
    }

    async fn protects(&self) {
        self.does("protectLocatingData", json!({"person": self.family.mother, "reason": "Er is angst."})).await;
    }

    /// What is shared with somebody about the son, under a yes of its own.
    async fn shares(&self, key: &str, category: &str, offered: &str) -> (String, String) {
        let consent = json!({"giver": self.family.mother, "subject": self.family.son, "kind": "SHARING", "categories": [category],
            "recipients": [self.server.worker(key)], "evidence": "SPOKEN"});
        let consent = made(&self.does("grantConsent", consent).await, "CONSENT")[0].clone();
        let share = json!({"recipient": self.server.worker(key), "organisation": "basisschool-de-wilg", "capacity": "SCHOOL",
            "subjects": [self.family.son], "categories": [category], "offered": offered});
        (made(&self.does("recordAcceptedShare", share).await, "SHARE")[0].clone(), consent)
    }

    async fn look(&self, who: &Person, fields: &str) -> Answer {
        let query = format!("query($id: ID!) {{ case(id: $id) {{ {fields} }} }}");
        who.ask_with(&query, json!({"id": self.family.case})).await
    }

    async fn asked(&self, who: &Person) -> Vec<Value> {
        let seen = self.look(who, ASKED).await.data("case");
        seen["divorce"]["satRequests"].as_array().unwrap().clone()
    }

    async fn shared_with(&self, who: &Person) -> Vec<Value> {
        let seen = self.look(who, SHARED).await.data("case");
        seen["sharing"]["shares"].as_array().unwrap().clone()
    }

    /// These words reach nobody of these, also not by the timeline.
    async fn reach_nobody(&self, words: &str, others: &[&str]) {
        for other in others {
            for purpose in ["coordination/1", "access/1", "advice/1", "oversight/1", "emergency/1"] {
                let who = self.as_(other).with("Rustpunt-Purpose", purpose);
                let fields = format!("{ASKED} {SHARED} timeline(first: 50) {{ nodes {{ kind words {{ text }} }} }}");
                let seen = self.look(&who, &fields).await;
                assert!(!seen.body.to_string().contains(words), "{other} for {purpose}: {}", seen.body);
            }
        }
    }
}

#[tokio::test]
async fn a_team_that_is_asked_reads_the_question_and_not_the_case() {
    let home = Home::directed().await;
    let (mother, son) = (home.family.mother.clone(), home.family.son.clone());
    home.agrees(&mother, &[]).await;
    home.agrees(&son, &[]).await;
    let hugo = home.as_("hugo");
    assert_eq!(home.look(&hugo, "phase").await.code(), "NOT_AVAILABLE", "nobody asked them anything");
    let review = home.asks(TEAM, QUESTION, &[&mother, &son]).await;
    let seen = home
        .look(&hugo, &format!("phase {ASKED} people {{ id }} consents {{ id }} households {{ id }} director {{ since }} timeline {{ totalCount }}"))
        .await;
    let case = seen.data("case");
    let waiting = json!({"id": review, "team": TEAM, "question": QUESTION, "anonymous": false, "scope": [], "withheld": [],
        "acceptedBy": Value::Null});
    assert_eq!((&case["phase"], &case["divorce"]["satRequests"]), (&json!("OPEN"), &json!([waiting])));
    assert_eq!((&case["people"], &case["consents"], &case["households"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!((&case["director"], &case["timeline"]["totalCount"]), (&Value::Null, &json!(0)));
    let elsewhere = home.server.as_at("hugo", "scheidingsadviesteam-vecht");
    assert_eq!(home.look(&elsewhere, "phase").await.code(), "NOT_AVAILABLE", "another team");
    home.reach_nobody(QUESTION, &["noor", "kees", "joost", "ravi", "gerda", "petra"]).await;

    hugo.does("acceptSat", home.family.input(json!({"review": review}))).await;
    let seen = home.asked(&hugo).await;
    assert_eq!((&seen[0]["question"], each(&seen[0]["scope"], "name").len()), (&json!(QUESTION), 2));
    assert_eq!(seen[0]["acceptedBy"]["name"], "Hugo");
    assert_eq!(
        home.look(&hugo, "timeline(first: 50) { nodes { words { text } } }").await.body.to_string().find(QUESTION),
        None
    );
    home.reach_nobody(QUESTION, &["noor", "kees", "joost", "ravi", "gerda", "petra"]).await;

    home.does("endSat", json!({"review": review, "reason": "ANSWERED"})).await;
    assert_eq!(home.look(&hugo, ASKED).await.code(), "NOT_AVAILABLE", "on the next request");
}

/// Each question is by itself: of another team, or of those who said no, nothing shows beside one's own.
#[tokio::test]
async fn an_advisor_reads_the_own_questions_and_no_others() {
    let home = Home::directed().await;
    let (mother, son) = (home.family.mother.clone(), home.family.son.clone());
    home.agrees(&mother, &[]).await;
    let review = home.asks(TEAM, QUESTION, &[&mother, &son]).await;
    let hugo = home.as_("hugo");
    hugo.does("acceptSat", home.family.input(json!({"review": review}))).await;
    let revision = async || home.look(&hugo, "revision").await.data("case")["revision"].clone();
    let before = revision().await;
    home.asks("scheidingsadviesteam-vecht", "Alleen voor een ander team.", &[]).await;
    assert_eq!(revision().await, before, "no news to him");
    let seen = home.asked(&hugo).await;
    assert_eq!(
        (seen.len(), each(&seen[0]["scope"], "name"), &seen[0]["withheld"]),
        (1, vec![json!("Wilhelmina")], &json!([]))
    );
    home.asks(TEAM, "En zonder namen?", &[]).await;
    assert_ne!(revision().await, before);
    let seen = home.asked(&hugo).await;
    assert_eq!(each(&json!(seen), "question"), [json!(QUESTION), json!("En zonder namen?")]);
    let all = home.asked(&home.as_("anja")).await;
    assert_eq!(
        (all.len(), &all[0]["withheld"]),
        (3, &json!([{"name": "Bartholomeus"}])),
        "who directs knows who said no"
    );
}

/// A no hides that person's part; when nobody's part is left, the words go too. Before and after somebody accepted.
#[tokio::test]
async fn a_question_closes_with_the_last_consent_that_carries_it() {
    for accepted in [false, true] {
        let home = Home::directed().await;
        let (mother, son) = (home.family.mother.clone(), home.family.son.clone());
        let consents = [home.agrees(&mother, &[]).await, home.agrees(&son, &[]).await];
        let review = home.asks(TEAM, QUESTION, &[&mother, &son]).await;
        let hugo = home.as_("hugo");
        if accepted {
            hugo.does("acceptSat", home.family.input(json!({"review": review}))).await;
        }
        home.withdraws(&consents[0]).await;
        let seen = home.asked(&hugo).await;
        let scope = if accepted { json!([{"name": "Bartholomeus"}]) } else { json!([]) };
        assert_eq!((&seen[0]["question"], &seen[0]["scope"]), (&json!(QUESTION), &scope));
        home.withdraws(&consents[1]).await;
        assert_eq!(home.asked(&hugo).await, Vec::<Value>::new());
    }
}

/// Consent that names one advisor is no consent for a colleague, also not to read what is asked.
#[tokio::test]
async fn a_consent_that_names_somebody_else_tells_a_team_nothing() {
    let home = Home::directed().await;
    let mother = home.family.mother.clone();
    home.agrees(&mother, &["petra"]).await;
    home.asks(TEAM, QUESTION, &[&mother]).await;
    assert_eq!(home.asked(&home.as_("hugo")).await, Vec::<Value>::new());
    home.agrees(&mother, &["hugo"]).await;
    home.asks(TEAM, "Nu wel voor hem.", &[&mother]).await;
    assert_eq!(each(&json!(home.asked(&home.as_("hugo")).await), "question"), ["Nu wel voor hem."]);
}

#[tokio::test]
async fn who_received_something_reads_what_it_was_until_it_is_withdrawn() {
    let home = Home::directed().await;
    let (first, consent) = home.shares("marloes", "IDENTITY", OFFERED).await;
    home.shares("chantal", "SCHOOL", "Hoe het op school gaat.").await;
    let (second, _) = home.shares("marloes", "IDENTITY", "Wie er mee mag.").await;
    let (marloes, chantal) = (home.as_("marloes"), home.as_("chantal"));
    let seen = home.shared_with(&marloes).await;
    assert_eq!(each(&json!(seen), "offered"), [OFFERED, "Wie er mee mag."]);
    let own = json!({"id": first, "offered": OFFERED, "subjects": [{"name": "Bartholomeus"}], "categories": ["IDENTITY"],
        "consentIds": [], "recipient": {"id": home.server.worker("marloes")}, "withdrawn": Value::Null});
    assert_eq!(seen[0], own);
    let seen = home.shared_with(&chantal).await;
    assert_eq!(
        (each(&json!(seen), "offered"), &seen[0]["subjects"]),
        (vec![json!("Hoe het op school gaat.")], &json!([]))
    );
    home.reach_nobody(OFFERED, &["noor", "chantal", "kees", "hugo", "ravi"]).await;

    let mut talk = Talk::of(&marloes).await;
    let watch = format!("subscription($id: ID!) {{ caseChanged(caseId: $id) {{ {SHARED} }} }}");
    talk.subscribe(&watch, json!({"id": home.family.case})).await;
    talk.delivery("caseChanged").await;
    home.does("withdrawShare", json!({"share": second, "reason": "Niet meer nodig."})).await;
    assert_eq!(each(&talk.delivery("caseChanged").await["sharing"]["shares"], "id"), std::slice::from_ref(&first));
    assert_eq!(each(&json!(home.shared_with(&marloes).await), "id"), [first]);
    home.withdraws(&consent).await;
    assert_eq!(home.look(&marloes, SHARED).await.code(), "NOT_AVAILABLE", "nothing is left of what she was");
    assert_eq!(home.shared_with(&home.as_("anja")).await.len(), 3, "explained for who directs");
}

/// While anybody is protected free text may give them away: that it was put to them they see, and not the words.
#[tokio::test]
async fn words_that_may_locate_somebody_are_kept_from_their_readers() {
    let home = Home::directed().await;
    let (mother, son) = (home.family.mother.clone(), home.family.son.clone());
    home.agrees(&mother, &[]).await;
    home.agrees(&son, &[]).await;
    let review = home.asks(TEAM, QUESTION, &[&mother, &son]).await;
    home.asks(TEAM, "En zonder namen?", &[]).await;
    let (share, _) = home.shares("marloes", "IDENTITY", OFFERED).await;
    home.protects().await;
    let (hugo, marloes) = (home.as_("hugo"), home.as_("marloes"));
    for accepted in [false, true] {
        if accepted {
            hugo.does("acceptSat", home.family.input(json!({"review": review}))).await;
        }
        let seen = home.asked(&hugo).await;
        assert_eq!((&seen[0]["id"], each(&json!(seen), "question")), (&json!(review), vec![Value::Null; 2]));
        assert_eq!(each(&seen[0]["scope"], "name").len(), if accepted { 2 } else { 0 });
    }
    let seen = home.shared_with(&marloes).await;
    assert_eq!((&seen[0]["id"], &seen[0]["offered"]), (&json!(share), &Value::Null));
    for words in [QUESTION, OFFERED, "En zonder namen?"] {
        home.reach_nobody(words, &["hugo", "marloes", "noor"]).await;
    }
    assert_eq!(home.asked(&home.as_("anja")).await[0]["question"], QUESTION);
}

/// Whoever reads is told of in the trail: the operation, and about whom.
#[tokio::test]
async fn what_was_read_stands_in_the_trail() {
    let home = Home::directed().await;
    let (share, consent) = home.shares("marloes", "IDENTITY", OFFERED).await;
    let answer = home.look(&home.as_("marloes"), SHARED).await;
    assert!(answer.body.to_string().contains(&share));
    let entry = crate::trail_files::only(&home.server.folder, &answer.request).await;
    assert!(entry["subjects"].to_string().contains(&home.family.son), "{entry}");
    assert!(entry["fields"].to_string().contains("sharing.share.offered"), "{entry}");
    assert!(entry["judgements"][0]["consents"].to_string().contains(&consent), "{entry}");
}
