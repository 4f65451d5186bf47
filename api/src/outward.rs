//! Going out: the one HTTP client of the project towards others, with the bounds that hold whoever they are. Redirects are not followed,
//! and only this machine is spoken to without TLS.

use std::net::IpAddr;
use std::time::Duration;

use reqwest_tls::redirect::Policy;
use reqwest_tls::{Certificate, Client, Url};

/// How long somebody may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Until we are connected.
    pub connect: Duration,
    /// For the whole answer.
    pub answer: Duration,
}

/// No client can be made.
#[derive(Debug)]
pub(crate) enum ClientUnusable {
    /// The text with authorities holds none.
    Authorities,
    /// No TLS, and what the library says of it.
    Tls(String),
}

/// An address that may be spoken to: https, or http on this machine itself; nobody's name or password in it.
pub(crate) fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let nobody = url.username().is_empty() && url.password().is_none();
    let safe = url.scheme() == "https" || is_plain_here(&url);
    (nobody && safe && url.fragment().is_none()).then_some(url)
}

/// Whether this is an address on this machine, without TLS.
pub(crate) fn is_plain_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    url.scheme() == "http" && (host == "localhost" || address.is_ok_and(|address| address.is_loopback()))
}

/// A client for this address. `authorities` (PEM) are believed beside those of the system.
pub(crate) fn client(url: &Url, authorities: Option<&[u8]>, patience: Patience) -> Result<Client, ClientUnusable> {
    let here = is_plain_here(url);
    let mut builder = Client::builder()
        .user_agent("rustpunt")
        .redirect(Policy::none())
        .timeout(patience.answer)
        .connect_timeout(patience.connect)
        .https_only(!here)
        .tls_built_in_webpki_certs(false)
        .tls_built_in_native_certs(!here);
    if here {
        builder = builder.no_proxy();
    }
    for authority in trusted(authorities)? {
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(|error| ClientUnusable::Tls(error.to_string()))
}

/// What lies under an error: `certificate has expired`, `Connection refused`. It names no more than the address does.
pub(crate) fn innermost(error: &reqwest_tls::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

fn trusted(authorities: Option<&[u8]>) -> Result<Vec<Certificate>, ClientUnusable> {
    let Some(pem) = authorities else { return Ok(Vec::new()) };
    let certificates = Certificate::from_pem_bundle(pem).map_err(|_| ClientUnusable::Authorities)?;
    if certificates.is_empty() { Err(ClientUnusable::Authorities) } else { Ok(certificates) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_can_read_along_with_is_an_address() {
        for good in
            ["https://elsewhere.example/a?b=c", "http://localhost:1/", "http://127.0.0.1/x", "http://[::1]:8080"]
        {
            assert!(address(good).is_some(), "{good}");
        }
        for bad in [
            "http://elsewhere.example/",
            "http://127.0.0.1.example/",
            "http://localhost.example/",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "https://name:word@elsewhere.example/",
            "https://name@elsewhere.example/",
            "https://elsewhere.example/#a",
            "elsewhere.example",
            "",
        ] {
            assert!(address(bad).is_none(), "{bad}");
        }
    }
}
