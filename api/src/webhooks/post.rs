//! Handing a letter over: a port, and HTTP behind it.

use async_graphql::async_trait::async_trait;
use domain::ids::EventId;
use domain::time::Timestamp;
use reqwest_tls::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest_tls::{Client, Url};

use super::fate::Answer;
use super::secrets::Secrets;
use crate::outward::innermost;

/// Hands letters to one receiver.
#[async_trait]
pub(super) trait Post: Send + Sync {
    /// Hands a letter over at this moment and says what the receiver answered. The same id and body may come again.
    async fn hand_over(&self, id: EventId, body: String, now: Timestamp) -> Answer;
}

/// One POST, signed: `webhook-id`, `webhook-timestamp` and `webhook-signature`, as Standard Webhooks has them.
pub(super) struct HttpPost {
    pub client: Client,
    pub url: Url,
    pub secrets: Secrets,
}

#[async_trait]
impl Post for HttpPost {
    async fn hand_over(&self, id: EventId, body: String, now: Timestamp) -> Answer {
        let (id, at) = (id.to_string(), now.micros().div_euclid(1_000_000).to_string());
        let signature = self.secrets.sign(&id, &at, &body);
        let post = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", id)
            .header("webhook-timestamp", at)
            .header("webhook-signature", signature)
            .body(body);
        match post.send().await {
            // The status says all: the body of an answer is not read, however long it is.
            Ok(answer) => {
                let after = answer.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok());
                Answer::of(answer.status().as_u16(), after, now)
            }
            Err(error) if error.is_timeout() => later("it did not answer in time".to_owned()),
            Err(error) => later(format!("it was not reached ({})", innermost(&error))),
        }
    }
}

const fn later(why: String) -> Answer {
    Answer::Later { why, after: None }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;
    use crate::outward::{Patience, address, client};

    async fn answer_of(place: &str, patience: Duration) -> Answer {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "a secret of at least thirty-two bytes").unwrap();
        let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&file, owner).unwrap();
        let url = address(&format!("http://{place}/hook")).unwrap();
        let client = client(&url, None, Patience { connect: patience, answer: patience }).unwrap();
        let post = HttpPost { client, url, secrets: Secrets::read(&file).unwrap() };
        post.hand_over(EventId::from_uuid(Uuid::nil()), "{}".to_owned(), Timestamp::from_micros(0)).await
    }

    /// Connections are made, and nobody takes them.
    #[tokio::test]
    async fn a_receiver_that_says_nothing_is_asked_again() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let answer = answer_of(&silent.local_addr().unwrap().to_string(), Duration::from_millis(50)).await;
        assert_eq!(answer, later("it did not answer in time".to_owned()));
    }

    #[tokio::test]
    async fn a_receiver_that_is_away_is_asked_again() {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let Answer::Later { why, after: None } = answer_of(&gone.to_string(), Duration::from_secs(5)).await else {
            panic!("it may be there later")
        };
        assert!(why.starts_with("it was not reached"), "{why}");
    }
}
