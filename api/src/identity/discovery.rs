//! Asking an issuer for its keys (`OpenID` Connect Discovery 4): first for its document, then for the keys that it names.

use std::time::Duration;

use reqwest_tls::{Client, Url};
use serde::Deserialize;

use super::keys::{KeySet, KeysUnusable};
use crate::outward::{self, ClientUnusable, Patience, innermost, is_plain_here};

/// How long an issuer may take to answer one question.
const PATIENCE: Patience = Patience { connect: Duration::from_secs(3), answer: Duration::from_secs(5) };

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

impl From<ClientUnusable> for IssuerUnusable {
    fn from(unusable: ClientUnusable) -> Self {
        match unusable {
            ClientUnusable::Authorities => Self::Authorities,
            ClientUnusable::Tls(what) => Self::Tls(what),
        }
    }
}

/// What an issuer answered instead of its keys. Nothing of a token or a person stands in it.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchFault {
    #[error("{0} cannot be asked ({1}): check the network, its certificate, and `identity.ca_file`")]
    Away(Url, String),
    #[error("{0} does not answer within {seconds} seconds", seconds = PATIENCE.answer.as_secs())]
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
        let document = outward::address(&document).ok_or(IssuerUnusable::Address)?;
        if document.query().is_some() {
            return Err(IssuerUnusable::Address);
        }
        let http = outward::client(&document, authorities, PATIENCE)?;
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
