//! Who may come in, and over what.

use kurrentdb::{Error, StreamState};
use tests::peer::{PeerOptions, ProtocolPeer, ServerCertificate, TlsOptions};

use crate::caller::{append, bodies, client};

async fn with_tls(certificate: ServerCertificate, require_user_certificate: bool) -> ProtocolPeer {
    let tls = Some(TlsOptions { certificate, require_user_certificate });
    ProtocolPeer::start(PeerOptions { tls, ..PeerOptions::default() }).await
}

#[tokio::test]
async fn wrong_credentials_are_refused() {
    let credentials = Some(("writer".to_owned(), "right".to_owned()));
    let peer = ProtocolPeer::start(PeerOptions { credentials, ..PeerOptions::default() }).await;
    append(&client(&peer.url_with("writer", "right")), "case-1", StreamState::NoStream, &[1]).await.unwrap();
    for url in [peer.url_with("writer", "wrong"), peer.url()] {
        let error = bodies(&client(&url), "case-1").await.unwrap_err();
        assert!(matches!(error, Error::AccessDenied), "{error}");
    }
}

#[tokio::test]
async fn a_certificate_counts_while_it_is_valid_and_for_its_host() {
    let valid = with_tls(ServerCertificate::Valid, false).await;
    append(&client(&valid.url()), "case-1", StreamState::NoStream, &[1]).await.unwrap();
    for certificate in [ServerCertificate::Expired, ServerCertificate::OtherHost] {
        let peer = with_tls(certificate, false).await;
        let error = append(&client(&peer.url()), "case-1", StreamState::NoStream, &[1]).await.unwrap_err();
        assert!(matches!(error, Error::GrpcConnectionError(_)), "{certificate:?}: {error}");
        assert!(peer.events().is_empty());
    }
}

#[tokio::test]
async fn a_user_certificate_can_be_asked_for() {
    let peer = with_tls(ServerCertificate::Valid, true).await;
    append(&client(&peer.url_with_user_certificate()), "case-1", StreamState::NoStream, &[1]).await.unwrap();
    append(&client(&peer.url()), "case-1", StreamState::StreamRevision(0), &[2]).await.unwrap_err();
}
