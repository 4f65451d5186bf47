//! The demo's page to try the API from, as one of its invented people: `/?as=anja`. `serve` has no such page.
//!
//! `GraphiQL` comes from elsewhere. Where that cannot be reached, the page asks with a plain form: a demo needs nothing but itself.

use poem::http::header;
use poem::{Endpoint, Request, Response, Result};
use serde_json::{Value, json};

use super::door::{Door, PageTokens};

/// `GraphiQL` and its parts come from unpkg.com; the page may talk to its own server only.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' https://unpkg.com; \
     style-src 'unsafe-inline' https://unpkg.com; font-src data: https://unpkg.com; img-src data:; \
     worker-src blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const PAGE: &str = include_str!("page.html");

/// Whom the page links to, and what each can ask.
pub const PEOPLE: [&str; 9] = ["anja", "noor", "layla", "joost", "wim", "fenna", "hugo", "ravi", "gerda"];

/// Questions to begin with, each with its title. They need no id.
pub const EXAMPLES: [(&str, &str); 6] = [
    (
        "My caseload, and what needs attention",
        "{\n  me { name role organisation today }\n  caseload {\n    totalCount\n    edges { node {\n      attention { text day }\n      case { id phase people { name role age } director { worker { name } since } }\n    } }\n  }\n}",
    ),
    (
        "Who takes part, and what is open",
        "{\n  caseload { edges { node { case {\n    id\n    households { label protected members { person { name } } }\n    regie {\n      director { worker { name } since openTasks }\n      gap { since parties lastDay }\n      parties { worker { name } organisation expectedEnd overdue can cannot }\n    }\n    departures { ruleText day explanation }\n  } } } }\n}",
    ),
    (
        "One plan or two, who coordinates, and whom was asked for advice",
        "{\n  caseload { edges { node { case {\n    id\n    director { worker { name } }\n    plans {\n      topology since ground\n      households { household { label address } coordinator { worker { name } since } }\n    }\n    divorce {\n      satRequests { team question scope { name } acceptedBy { name } ended { day reason } }\n      donsDuo { representatives { worker { name } } since }\n    }\n  } } } }\n}",
    ),
    (
        "The plan, how the conflict went, and what was promised",
        "{\n  caseload { edges { node { case {\n    id\n    plans {\n      family { goals { words standing } active { activated { day } } evaluationDue }\n      responsibilities { kind due overdue owner { person { name } worker { name } } }\n    }\n    escalation { conflicts { sides { person { name } stageNow wordsForFamily energy { on percent } } } }\n    openPromises { kind made by }\n    contactBalance { person { name } contacts daysSince }\n  } } } }\n}",
    ),
    (
        "The timeline, and how the case looked in March",
        "{\n  caseload(first: 3) { edges { node { case {\n    id\n    timeline(first: 20) { totalCount edges { node {\n      title occurredOn recordedBy { name } words { label text } correction { reason }\n    } } }\n    asOf(recorded: \"2026-03-09\") { phase director { since } regie { gap { since parties lastDay } } }\n  } } } }\n}",
    ),
    (
        "Search by the beginning of a name",
        "{\n  searchPeople(search: { name: \"mor\" }) {\n    totalCount\n    edges { node { person { name birthDate role } case { id } } }\n  }\n}",
    ),
];

/// `/`.
pub(super) struct Page {
    tokens: PageTokens,
}

impl Page {
    /// The page, when this door has one.
    pub(super) fn of<E>(door: &Door<E>) -> Option<Self> {
        door.page.clone().map(|tokens| Self { tokens })
    }
}

impl Endpoint for Page {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let query = request.uri().query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("as=")).unwrap_or_default();
        // Only a name that somebody of the demo has is written into the page.
        let page = match (self.tokens)(asked) {
            Some(token) => fill(asked, &json!({"Authorization": format!("Bearer {token}")}), &json!({"token": token})),
            None => fill("nobody", &json!({}), &json!({})),
        };
        Ok(Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)
            .body(page))
    }
}

fn fill(name: &str, headers: &Value, params: &Value) -> String {
    let people: Vec<String> = PEOPLE.iter().map(|name| format!("<a href=\"/?as={name}\">{name}</a>")).collect();
    let examples: Vec<Value> = EXAMPLES.iter().map(|(title, query)| json!([title, query])).collect();
    PAGE.replace("{{name}}", name)
        .replace("{{people}}", &people.join(" "))
        .replace("{{examples}}", &Value::from(examples).to_string())
        .replace("{{headers}}", &headers.to_string())
        .replace("{{params}}", &params.to_string())
}
