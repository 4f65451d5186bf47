//! Who may come in, over what; and what is never said.

use std::io::Write;
use std::sync::{Arc, Mutex};

use eventstore::kurrent::{Address, ConnectionState, Patience, Trouble};
use eventstore::port::{AppendError, EventStore, Expected, StoreFault};
use tests::peer::{PeerOptions, ProtocolPeer, ServerCertificate, TlsOptions};
use tokio::time::Instant;

use super::{alone, connect, open_with, patience, troubled, until_clients};
use crate::samples::{batch, stream};

const PASSWORD: &str = "zeer-geheim-7719";

async fn guarded() -> ProtocolPeer {
    let credentials = Some(("rustpunt".to_owned(), PASSWORD.to_owned()));
    ProtocolPeer::start(PeerOptions { credentials, ..PeerOptions::default() }).await
}

async fn with_tls(certificate: ServerCertificate, require_user_certificate: bool) -> ProtocolPeer {
    let tls = Some(TlsOptions { certificate, require_user_certificate });
    ProtocolPeer::start(PeerOptions { tls, ..PeerOptions::default() }).await
}

/// What stands in the way of opening at this address, while attempts go on with growing pauses.
async fn stands_in_the_way(url: &str) -> Trouble {
    let opening = connect(url, patience());
    let (figures, state, begun) = (opening.figures(), opening.state(), Instant::now());
    let opened = tokio::spawn(opening.open());
    until_clients(&figures, 6).await;
    let now = state.borrow().clone();
    let ConnectionState::Troubled(trouble) = now else { panic!("{now:?} at {url}") };
    assert!(begun.elapsed().as_millis() >= (10 + 20 + 40 + 80 + 100) / 2, "no busy loop");
    assert!(!opened.is_finished());
    opened.abort();
    trouble
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_credentials_are_told_and_tried_slowly() {
    let peer = guarded().await;
    for url in [peer.url_with("rustpunt", "other"), peer.url()] {
        let trouble = stands_in_the_way(&url).await;
        assert_eq!(trouble, Trouble::Credentials);
        assert!(trouble.to_string().contains("correct them in the address"), "{trouble}");
    }
    let store = open_with(&peer.url_with("rustpunt", PASSWORD), patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    assert_eq!(store.read_stream(&stream("case-1"), domain::ids::Revision::FIRST, 1).await.unwrap().len(), 1);
}

/// Each call shows the same one, be it ours or the client's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_with_special_characters_reads_and_appends() {
    for (meant, written) in [("a=b;c^d|e[f]", "a=b;c^d|e[f]"), ("p@ss:w/ord?%", "p%40ss:w%2Ford%3F%25")] {
        let credentials = Some(("rustpunt".to_owned(), meant.to_owned()));
        let peer = ProtocolPeer::start(PeerOptions { credentials, ..PeerOptions::default() }).await;
        let store = open_with(&peer.url_with("rustpunt", written), patience()).await;
        let name = stream("case-1");
        store.append(&name, Expected::NoStream, batch(1)).await.unwrap();
        assert_eq!(store.read_stream(&name, domain::ids::Revision::FIRST, 1).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_is_not_believed_is_told() {
    for certificate in [ServerCertificate::Expired, ServerCertificate::OtherHost] {
        let peer = with_tls(certificate, false).await;
        let trouble = stands_in_the_way(&peer.url()).await;
        assert!(matches!(trouble, Trouble::Certificate(_)), "{certificate:?}: {trouble:?}");
        let words = trouble.to_string();
        assert!(words.contains("not believed") && words.contains("tlsCAFile"), "{words}");
    }
    let valid = with_tls(ServerCertificate::Valid, false).await;
    let store = open_with(&valid.url(), patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_, authority) = valid.url().split_once("tlsCAFile=").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let none = folder.path().join("none.pem").display().to_string();
    let junk = folder.path().join("junk.pem").display().to_string();
    std::fs::write(&junk, "no certificate at all").unwrap();
    let other = with_tls(ServerCertificate::Valid, false).await;
    let (_, others) = other.url().split_once("tlsCAFile=").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    for file in [none, junk, others] {
        let trouble = stands_in_the_way(&valid.url().replace(&authority, &file)).await;
        assert!(matches!(trouble, Trouble::Certificate(_)), "{file}: {trouble:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_certificate_that_is_asked_for_must_be_shown() {
    let peer = with_tls(ServerCertificate::Valid, true).await;
    let store = open_with(&peer.url_with_user_certificate(), patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    let trouble = stands_in_the_way(&peer.url()).await;
    assert!(trouble.to_string().contains("user certificate"), "{trouble:?}");
    // A key that is none: the client's own code stops half-way over it.
    let folder = tempfile::tempdir().unwrap();
    let junk = folder.path().join("junk.pem").display().to_string();
    std::fs::write(&junk, "no key at all").unwrap();
    let key = peer.url_with_user_certificate().rsplit_once('=').unwrap().1.to_owned();
    let trouble = stands_in_the_way(&peer.url_with_user_certificate().replace(&key, &junk)).await;
    assert!(trouble.needs_operator(), "{trouble:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_do_not_wait_for_what_only_an_operator_can_do() {
    let peer = guarded().await;
    let url = peer.url_with("rustpunt", PASSWORD);
    let store = open_with(&url, Patience { whole: std::time::Duration::from_hours(1), ..patience() }).await;
    peer.stop_listener().await;
    troubled(&mut store.state()).await;
    // Another server at the same place, which does not know us.
    let stranger = ProtocolPeer::start_at(
        &peer.address(),
        PeerOptions { credentials: Some(("else".to_owned(), "else".to_owned())), ..PeerOptions::default() },
    )
    .await;
    store.state().wait_for(|state| *state == ConnectionState::Troubled(Trouble::Credentials)).await.unwrap();
    assert!(matches!(store.head().await, Err(StoreFault::Unreachable(words)) if words.contains("password")));
    let append = store.append(&stream("case-1"), Expected::NoStream, batch(1)).await;
    assert!(matches!(append, Err(AppendError::Fault(StoreFault::Unreachable(_)))), "{append:?}");
    stranger.stop_listener().await;
    peer.start_listener().await;
    store.state().wait_for(|state| *state == ConnectionState::Connected).await.unwrap();
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
}

#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Alone, because what is logged is of a whole process.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_never_said() {
    if !alone("kurrent::secure::a_password_is_never_said") {
        return;
    }
    let said = Said::default();
    let writer = said.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let peer = guarded().await;
    let store = open_with(&peer.url_with("rustpunt", PASSWORD), patience()).await;
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap();
    store.append(&stream("case-1"), Expected::NoStream, batch(1)).await.unwrap_err();
    peer.stop_listener().await;
    let trouble = troubled(&mut store.state()).await;
    drop(store);
    peer.start_listener().await;
    let wrong = format!("{PASSWORD}-wrong");
    let refused = stands_in_the_way(&peer.url_with("rustpunt", &wrong)).await;
    let address: Address = peer.url_with("rustpunt", PASSWORD).parse().unwrap();
    let unusable = format!("{}&tls=maybe", peer.url_with("rustpunt", PASSWORD)).parse::<Address>().unwrap_err();
    let shown = format!("{trouble} {refused:?} {refused} {address:?} {unusable} {unusable:?}");
    let logged = String::from_utf8_lossy(&said.0.lock().unwrap()).into_owned();
    assert!(logged.contains("the event store answers") && logged.contains("the event store is not reached"));
    let encoded = |password: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(format!("rustpunt:{password}"))
    };
    for secret in [PASSWORD.to_owned(), encoded(PASSWORD), encoded(&wrong)] {
        for line in shown.lines().chain(logged.lines()) {
            assert!(!line.contains(&secret), "{line}");
        }
    }
}
