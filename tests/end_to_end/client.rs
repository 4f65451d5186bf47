//! Somebody with a token, who asks over HTTP.

use std::net::SocketAddr;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// Somebody who asks. Each has connections of their own, so that a test can stop its server.
#[derive(Clone)]
pub struct Person {
    pub address: SocketAddr,
    pub token: String,
    http: Client,
    headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub request: String,
}

impl Person {
    pub fn new(address: SocketAddr, token: String) -> Self {
        let http = Client::builder().pool_max_idle_per_host(0).build().unwrap();
        Self { address, token, http, headers: Vec::new() }
    }

    /// The same person, who also sends this header.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((name, value.to_owned()));
        Self { headers, ..self.clone() }
    }

    /// A POST to the API that still needs a body.
    pub fn post(&self) -> RequestBuilder {
        let post = self.http.post(format!("http://{}/graphql", self.address)).bearer_auth(&self.token);
        self.headers.iter().fold(post, |post, (name, value)| post.header(*name, value))
    }

    pub fn get(&self, path_and_query: &str) -> RequestBuilder {
        self.http.get(format!("http://{}{path_and_query}", self.address)).bearer_auth(&self.token)
    }

    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({"query": query, "variables": variables}).to_string();
        Answer::of(self.post().header("content-type", "application/json").body(body)).await
    }

    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Fields of one case.
    pub async fn case(&self, case: &str, fields: &str) -> Value {
        let query = format!("query($id: ID!) {{ case(id: $id) {{ {fields} }} }}");
        self.ask_with(&query, json!({"id": case})).await.data("case")
    }

    /// Fields of one case as now known about a day.
    pub async fn about(&self, case: &str, day: &str, fields: &str) -> Value {
        self.case(case, &format!("asOf(about: \"{day}\") {{ {fields} }}")).await["asOf"].clone()
    }

    /// Fields of one case as recorded by the end of a day.
    pub async fn recorded(&self, case: &str, day: &str, fields: &str) -> Value {
        self.case(case, &format!("asOf(recorded: \"{day}\") {{ {fields} }}")).await["asOf"].clone()
    }

    /// A mutation that asks for ids only.
    pub async fn send(&self, mutation: &str, input: Value) -> Answer {
        self.send_for(mutation, input, "repeated created { kind id }").await
    }

    /// A mutation that asks for this of its payload.
    pub async fn send_for(&self, mutation: &str, input: Value, fields: &str) -> Answer {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {fields} }} }}");
        self.ask_with(&query, json!({"input": input})).await
    }

    /// A mutation that must go well; answers with its payload.
    pub async fn does(&self, mutation: &str, input: Value) -> Value {
        self.send(mutation, input).await.data(mutation)
    }

    /// The code of a mutation that must not go well.
    pub async fn refused(&self, mutation: &str, input: Value) -> String {
        self.send(mutation, input).await.code()
    }
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let status = response.status();
        let request = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let text = response.text().await.unwrap();
        Self { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)), request }
    }

    /// The value of a field of an answer without errors.
    #[track_caller]
    pub fn data(&self, field: &str) -> Value {
        assert!(self.body.get("errors").is_none(), "{}", self.body);
        self.body["data"][field].clone()
    }

    /// The stable code of the only error.
    #[track_caller]
    pub fn code(&self) -> String {
        let codes: Vec<&Value> =
            self.body["errors"].as_array().into_iter().flatten().map(|error| &error["extensions"]["code"]).collect();
        assert_eq!(codes.len(), 1, "one refusal: {}", self.body);
        codes[0].as_str().unwrap_or("no code").to_owned()
    }

    /// The facts of the only error.
    pub fn details(&self) -> Value {
        self.body["errors"][0]["extensions"]["details"].clone()
    }

    pub fn message(&self) -> String {
        self.body["errors"][0]["message"].as_str().unwrap_or_default().to_owned()
    }
}

/// The values of one field of each object in a list.
pub fn each(list: &Value, field: &str) -> Vec<Value> {
    list.as_array().unwrap().iter().map(|entry| entry[field].clone()).collect()
}

/// The nodes of a list of rows whose field has this value.
pub fn find<'a>(list: &'a Value, field: &str, value: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|entry| entry[field] == value);
    found.unwrap_or_else(|| panic!("{field} = {value} in {list}"))
}
