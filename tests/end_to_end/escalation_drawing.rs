//! *Verloop: spanning, hulp en rust* as a picture: what it shows of cases 01 and 04, to whom, and what the trail keeps of a look.

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::client::{Answer, Person};
use crate::server::shared;
use crate::trail_files::only;

/// A picture that came, or the refusal in its place.
struct Drawn {
    status: StatusCode,
    kind: String,
    request: String,
    body: String,
    headers: reqwest::header::HeaderMap,
}

impl Drawn {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = |name: &str| headers[name].to_str().unwrap().to_owned();
        let (kind, request) = (text("content-type"), text("x-request-id"));
        Self { status, kind, request, headers, body: response.text().await.unwrap() }
    }

    #[track_caller]
    fn picture(&self) -> &str {
        assert_eq!(
            (self.status, self.kind.as_str()),
            (StatusCode::OK, "image/svg+xml; charset=utf-8"),
            "{}",
            self.body
        );
        &self.body
    }

    #[track_caller]
    fn refusal(&self) -> (u16, String) {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        (self.status.as_u16(), body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned())
    }
}

async fn drawn(person: &Person, case: &str, when: &str) -> Drawn {
    Drawn::of(person.get(&format!("/cases/{case}/escalation.svg{when}")).send().await.unwrap()).await
}

async fn english(person: &Person, case: &str) -> Drawn {
    let request = person.get(&format!("/cases/{case}/escalation.svg")).header("accept-language", "en");
    Drawn::of(request.send().await.unwrap()).await
}

/// 01: five and four on 3 March, three again in September, two in November; two flare-ups; energy that falls; two plans.
#[tokio::test]
async fn the_director_sees_rise_and_calm_of_each_in_one_picture() {
    let demo = shared();
    let seen = drawn(&demo.as_("anja"), &demo.case("01"), "").await;
    let picture = seen.picture();
    for words in [
        "<title id=\"title\">Verloop: spanning, hulp en rust</title>",
        "Robert: spanning, trap 1 tot 9. 10 feb 2026: trap 3; 3 mrt 2026: trap 5; 1 sep 2026: trap 3; 2 nov 2026: trap 2; trap 2; samen",
        "Ilse: spanning, trap 1 tot 9. 10 feb 2026: trap 3; 3 mrt 2026: trap 4",
        "Robert: energie die het kost",
        "Ilse – Robert: opvlamming en rust. 27 feb 2026: opvlamming: app; 15 aug 2026: opvlamming",
        "24 mrt 2026: SAT: advies gegeven; 25 mrt 2026: SAT: advies gevolgd; 1 sep 2026: SAT gevraagd; ",
        "1 sep 2026: SAT: interventie begonnen, tot en met 31 dec 2026",
        "twee plannen",
    ] {
        assert!(picture.contains(words), "{words}: {picture}");
    }
    assert!(!picture.contains("<script") && !picture.contains("href") && !picture.contains("style="), "{picture}");
    assert!(!picture.replace("http://www.w3.org/2000/svg", "").contains("http"), "nothing is fetched: {picture}");
    assert!(!picture.contains("kijk gezet"), "no words of observations");
    let said = english(&demo.as_("anja"), &demo.case("01")).await;
    assert!(said.picture().contains("How it went: tension, help and rest"), "{}", said.body);
    assert_eq!(
        (&said.headers["content-language"], said.picture().contains("lang=\"en\"")),
        (&"en".parse().unwrap(), true)
    );
}

/// 04: the call about Lara: six and five, then five and five.
#[tokio::test]
async fn the_call_about_lara_stands_in_it() {
    let demo = shared();
    let (mehmet, tess, case) = (demo.as_("mehmet"), demo.as_("tess"), demo.case("04"));
    let all = drawn(&mehmet, &case, "").await;
    let yvonne = "Yvonne: spanning, trap 1 tot 9. 2 jun 2026: trap 4; 15 sep 2026: trap 6; 19 okt 2026: trap 5";
    assert!(all.picture().contains(yvonne), "{}", all.body);
    let told = drawn(&tess, &case, "").await;
    assert!(
        told.picture().contains("opvlamming en rust") && !told.picture().contains("spanning, trap"),
        "{}",
        told.body
    );
}

/// Each coordinator sees the own parent; the other one stands nowhere in the picture, not even in what a screen reader says.
#[tokio::test]
async fn nothing_of_one_parent_stands_in_the_picture_of_the_other_household() {
    let demo = shared();
    let case = demo.case("01");
    for (key, own, other, id) in [("fenna", "Robert", "Ilse", "ilse"), ("wim", "Ilse", "Robert", "robert")] {
        let seen = drawn(&demo.as_(key), &case, "").await;
        assert!(seen.picture().contains(own), "{key}: {}", seen.body);
        assert!(!seen.picture().contains(other) && !seen.body.contains(&demo.id("01", id)), "{key}: {}", seen.body);
        assert!(!seen.picture().contains("spanning, trap"), "{key} sees no stage");
        assert!(!seen.picture().contains("SAT"), "{key}: nothing of the advice team");
        assert!(!seen.picture().contains("signalen"), "Dave wants only the director to know how he sleeps");
    }
    let all = drawn(&demo.as_("anja"), &case, "").await;
    assert!(
        all.picture().contains("Dave: signalen. 19 jun 2026: slapen: begonnen; 5 okt 2026: slapen: voorbij."),
        "{}",
        all.body
    );
    let noor = drawn(&demo.as_("noor"), &case, "").await;
    assert!(noor.picture().contains("Er is hier niets om te tekenen"), "{}", noor.body);
}

/// As recorded on 23 March: five and four, and nothing of what came later.
#[tokio::test]
async fn it_is_drawn_of_any_day() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    let then = drawn(&anja, &case, "?recorded=2026-03-23").await;
    let picture = then.picture();
    assert!(picture.contains("Stand op 23-03-2026") && picture.contains("3 mrt 2026: trap 5; trap 5"), "{picture}");
    assert!(!picture.contains("sep 2026") && !picture.contains("twee plannen"), "{picture}");
    assert!(picture.contains("SAT opgepakt") && !picture.contains("advies gegeven"), "{picture}");
    let advised = drawn(&anja, &case, "?recorded=2026-03-24").await;
    assert!(advised.picture().contains("24 mrt 2026: SAT: advies gegeven"), "{}", advised.body);
    let before = drawn(&anja, &case, "?about=2026-02-09").await;
    assert!(before.picture().contains("Er is hier niets om te tekenen"), "{}", before.body);
    let both = drawn(&anja, &case, "?recorded=2026-03-23&about=2026-03-02").await;
    assert!(both.picture().contains("Stand op 02-03-2026"), "{}", both.body);
}

/// The trail keeps of a picture what it keeps of the same question asked over GraphQL.
#[tokio::test]
async fn a_look_at_the_picture_is_in_the_trail_as_any_look() {
    let demo = shared();
    let seen = drawn(&demo.as_("anja"), &demo.case("01"), "").await;
    seen.picture();
    let entry = only(&demo.folder, &seen.request).await;
    assert_eq!(
        (&entry["who"], &entry["kind"], &entry["outcome"]),
        (&json!(demo.worker("anja")), &json!("query"), &json!("granted"))
    );
    let fields = entry["fields"].to_string();
    for field in ["escalation.stage", "escalation.flareUp", "escalation.energy", "person.name", "plans.split"] {
        assert!(fields.contains(&format!("\"{field}\"")), "{field}: {fields}");
    }
    assert!(entry["subjects"].to_string().contains(&demo.id("01", "robert")), "{entry}");
    let refused = drawn(&demo.as_("joost"), &demo.case("01"), "").await;
    let entry = only(&demo.folder, &refused.request).await;
    assert!(
        entry["outcome"].to_string().contains("NOT_AVAILABLE") || entry.to_string().contains("NOT_AVAILABLE"),
        "{entry}"
    );
}

/// A case that is not there and one that is not for somebody: the same status, words and headers.
#[tokio::test]
async fn absent_and_forbidden_are_the_same() {
    let demo = shared();
    let joost = demo.as_("joost");
    let forbidden = drawn(&joost, &demo.case("01"), "").await;
    let absent = drawn(&joost, "00000000-0000-4000-8000-000000000000", "").await;
    assert_eq!(forbidden.refusal(), (404, "NOT_AVAILABLE".to_owned()));
    assert_eq!((forbidden.refusal(), &forbidden.body), (absent.refusal(), &absent.body));
}

#[tokio::test]
async fn what_is_no_such_request_is_refused_with_what_to_do() {
    let demo = shared();
    let (anja, case) = (demo.as_("anja"), demo.case("01"));
    assert_eq!(drawn(&anja, &case, "?about=2027-06-01").await.refusal(), (400, "DAY_IN_FUTURE".to_owned()));
    for when in ["?about=gisteren", "?about=2026-02-30"] {
        assert_eq!(drawn(&anja, &case, when).await.status, StatusCode::BAD_REQUEST, "{when}");
    }
    for when in ["?name=Robert", "?about=2026-03-01&about=2026-03-02"] {
        assert_eq!(drawn(&anja, &case, when).await.refusal(), (400, "BAD_REQUEST".to_owned()), "{when}");
    }
    assert_eq!(drawn(&anja, "geen-id", "").await.status, StatusCode::BAD_REQUEST);
    let mut nobody = anja.clone();
    nobody.token = "none".to_owned();
    let refused = drawn(&nobody, &case, "").await;
    assert_eq!(
        (refused.refusal(), &refused.headers["www-authenticate"]),
        ((401, "UNAUTHENTICATED".to_owned()), &"Bearer".parse().unwrap())
    );
    let refused = Drawn::of(
        anja.get(&format!("/cases/{case}/escalation.svg")).header("accept", "image/png").send().await.unwrap(),
    )
    .await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    let url = format!("http://{}/cases/{case}/escalation.svg", anja.address);
    let posted = reqwest::Client::new().post(url).bearer_auth(&anja.token).send().await.unwrap();
    assert_eq!(
        (posted.status(), &posted.headers()["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"GET".parse().unwrap())
    );
}

/// The headers of every other answer: nothing is kept, framed, sniffed or run.
#[tokio::test]
async fn a_picture_carries_the_headers_of_every_answer() {
    let demo = shared();
    let seen = drawn(&demo.as_("anja"), &demo.case("01"), "").await;
    let header = |name: &str| seen.headers[name].to_str().unwrap();
    assert_eq!(
        [header("cache-control"), header("x-content-type-options"), header("x-frame-options")],
        ["no-store", "nosniff", "DENY"]
    );
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
}

/// How children fare stands on the axis for whom it is for, and nowhere for others.
#[tokio::test]
async fn the_axis_tells_how_a_child_fares_and_what_the_advice_team_did() {
    let demo = shared();
    let axis = "escalation { axis { on kind person { name } childSignal signalChange satEnd } }";
    let seen = demo.as_("anja").case(&demo.case("01"), axis).await["escalation"]["axis"].clone();
    let kinds: Vec<&str> = seen.as_array().unwrap().iter().map(|point| point["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"SAT_REQUESTED"), "{kinds:?}");
    let query = "query($id: ID!) { case(id: $id) { childSignals { child { name } } escalation { axis { kind } } } }";
    for (key, case) in [("anja", "01"), ("fenna", "01"), ("mehmet", "04"), ("tess", "04"), ("hugo", "01")] {
        let answer: Answer = demo.as_(key).ask_with(query, json!({"id": demo.case(case)})).await;
        let case = answer.data("case");
        let opened = case["escalation"]["axis"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|point| point["kind"] == "CHILD_SIGNAL_OPENED");
        assert_eq!(opened.count(), case["childSignals"].as_array().unwrap().len(), "{key}: {case}");
    }
}
