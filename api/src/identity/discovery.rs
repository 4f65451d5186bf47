//! Asking an issuer for its keys (`OpenID` Connect Discovery 4): first for its document, then for the keys that it names.

use std::net::IpAddr;
use std::time::Duration;

use reqwest_tls::redirect::Policy;
use reqwest_tls::{Certificate, Client, Url};
use serde::Deserialize;

use super::keys::{KeySet, KeysUnusable};

/// How long an issuer may take to answer one question.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long it may take until it is connected.
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(3);

/// The largest answer, in bytes. Documents are a few KiB; a set of 64 keys is about 40.
const LARGEST_ANSWER: usize = 256 * 1024;

/// Where the document stands, after the address of the issuer.
const DOCUMENT: &str = ".well-known/openid-configuration";

/// An issuer, and a way to ask it.
pub(super) struct IssuerAddress {
    issuer: String,
    document: Url,
    http: Client,
}

/// An address that no issuer can have, or a file that is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum IssuerUnusable {
    /// Not an address, or one that anybody can read along with.
    #[error(
        "`identity.issuer` must be an https address without query (http only on this machine itself), as the issuer \
         writes it; for an issuer that cannot be reached from here, give its keys in `identity.keys`"
    )]
    Address,
    /// The file with authorities.
    #[error("`identity.ca_file` must hold certificates of authorities (PEM)")]
    Authorities,
    /// No TLS.
    #[error("no TLS can be spoken ({0}): install the system's list of authorities, or check `identity.ca_file`")]
    Tls(String),
}

/// What an issuer answered instead of its keys. Nothing of a token or a person stands in it.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchFault {
    #[error("{0} cannot be asked ({1}): check the network, its certificate, and `identity.ca_file`")]
    Away(Url, String),
    #[error("{0} does not answer within {seconds} seconds", seconds = PATIENCE.as_secs())]
    Slow(Url),
    #[error("{0} answers {1}: check `identity.issuer` (who sends us elsewhere is not followed)")]
    Status(Url, u16),
    #[error("{0} answers more than {largest} KiB", largest = LARGEST_ANSWER / 1024)]
    TooLarge(Url),
    #[error("{0} is no discovery document")]
    NoDocument(Url),
    #[error("{0} says that it is another issuer: write `identity.issuer` exactly as the issuer writes it")]
    AnotherIssuer(Url),
    #[error("{0} names keys at an address that cannot be trusted: it must be https")]
    UnsafeKeys(Url),
    #[error("{0}: {1}")]
    Keys(Url, KeysUnusable),
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    jwks_uri: String,
}

impl IssuerAddress {
    /// An issuer by its name, which is its address. `authorities` (PEM) are believed beside those of the system.
    pub(super) fn new(issuer: &str, authorities: Option<&[u8]>) -> Result<Self, IssuerUnusable> {
        let document = format!("{}/{DOCUMENT}", issuer.strip_suffix('/').unwrap_or(issuer));
        let document = Url::parse(&document).map_err(|_| IssuerUnusable::Address)?;
        let plain = document.query().is_none() && document.fragment().is_none();
        let nobody = document.username().is_empty() && document.password().is_none();
        if !plain || !nobody || !(document.scheme() == "https" || is_plain_here(&document)) {
            return Err(IssuerUnusable::Address);
        }
        let http = client(&document, authorities)?;
        Ok(Self { issuer: issuer.to_owned(), document, http })
    }

    /// The keys that the issuer names now.
    pub(super) async fn key_set(&self) -> Result<KeySet, FetchFault> {
        let at = || self.document.clone();
        let document = self.ask(&self.document).await?;
        let document: Document = serde_json::from_slice(&document).map_err(|_| FetchFault::NoDocument(at()))?;
        if document.issuer != self.issuer {
            return Err(FetchFault::AnotherIssuer(at()));
        }
        let keys = Url::parse(&document.jwks_uri).map_err(|_| FetchFault::UnsafeKeys(at()))?;
        // Plain http only from an issuer on this machine to itself: nobody from outside sends us around in here.
        if keys.scheme() != "https" && !(is_plain_here(&self.document) && is_plain_here(&keys)) {
            return Err(FetchFault::UnsafeKeys(at()));
        }
        KeySet::parse_real(&self.ask(&keys).await?).map_err(|fault| FetchFault::Keys(keys, fault))
    }

    async fn ask(&self, url: &Url) -> Result<Vec<u8>, FetchFault> {
        let fault = |error: reqwest_tls::Error| fault_of(url, &error);
        let mut response =
            self.http.get(url.clone()).header("accept", "application/json").send().await.map_err(fault)?;
        if response.status().as_u16() != 200 {
            return Err(FetchFault::Status(url.clone(), response.status().as_u16()));
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if answer.len() + chunk.len() > LARGEST_ANSWER {
                return Err(FetchFault::TooLarge(url.clone()));
            }
            answer.extend_from_slice(&chunk);
        }
        Ok(answer)
    }
}

fn fault_of(url: &Url, error: &reqwest_tls::Error) -> FetchFault {
    if error.is_timeout() {
        return FetchFault::Slow(url.clone());
    }
    FetchFault::Away(url.clone(), innermost(error))
}

/// What lies under an error: `certificate has expired`, `Connection refused`. It names no more than the address does.
fn innermost(error: &reqwest_tls::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

fn client(document: &Url, authorities: Option<&[u8]>) -> Result<Client, IssuerUnusable> {
    let here = is_plain_here(document);
    let mut builder = Client::builder()
        .user_agent("rustpunt")
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .connect_timeout(PATIENCE_TO_CONNECT)
        .https_only(!here)
        .tls_built_in_webpki_certs(false)
        .tls_built_in_native_certs(!here);
    if here {
        builder = builder.no_proxy();
    }
    for authority in trusted(authorities)? {
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(|error| IssuerUnusable::Tls(error.to_string()))
}

fn trusted(authorities: Option<&[u8]>) -> Result<Vec<Certificate>, IssuerUnusable> {
    let Some(pem) = authorities else { return Ok(Vec::new()) };
    let certificates = Certificate::from_pem_bundle(pem).map_err(|_| IssuerUnusable::Authorities)?;
    if certificates.is_empty() { Err(IssuerUnusable::Authorities) } else { Ok(certificates) }
}

/// Whether this is an address on this machine, without TLS.
fn is_plain_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    url.scheme() == "http" && (host == "localhost" || address.is_ok_and(|address| address.is_loopback()))
}
