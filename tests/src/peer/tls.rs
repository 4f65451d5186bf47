//! Certificates made at the start: an authority, what the peer shows, and what a caller may show.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::options::{ServerCertificate, TlsOptions};

/// What a TLS peer holds: how it accepts, and the files its callers need.
pub(super) struct Tls {
    pub acceptor: TlsAcceptor,
    files: TempDir,
}

impl Tls {
    pub fn new(options: TlsOptions) -> Result<Self, Box<dyn Error>> {
        let authority = authority()?;
        let files = TempDir::new()?;
        std::fs::write(files.path().join("ca.pem"), authority.pem())?;
        user(&authority, files.path())?;
        let acceptor = acceptor(&authority, options)?;
        Ok(Self { acceptor, files })
    }

    /// What to add to a connection string.
    pub fn query(&self, user_certificate: bool) -> String {
        let file = |name: &str| self.files.path().join(name).display().to_string();
        let authority = format!("tls=true&tlsCAFile={}", file("ca.pem"));
        if user_certificate {
            return format!("{authority}&userCertFile={}&userKeyFile={}", file("user.pem"), file("user.key"));
        }
        authority
    }
}

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Result<Authority, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn user(authority: &Authority, folder: &Path) -> Result<(), Box<dyn Error>> {
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(vec!["a-caller".to_owned()])?.signed_by(&key, authority)?;
    std::fs::write(folder.join("user.pem"), certificate.pem())?;
    std::fs::write(folder.join("user.key"), key.serialize_pem())?;
    Ok(())
}

fn acceptor(authority: &Authority, options: TlsOptions) -> Result<TlsAcceptor, Box<dyn Error>> {
    let host = if options.certificate == ServerCertificate::OtherHost { "another.example" } else { "127.0.0.1" };
    let mut params = CertificateParams::new(vec![host.to_owned()])?;
    if options.certificate == ServerCertificate::Expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    }
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, authority)?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = if options.require_user_certificate {
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone())?;
        builder
            .with_client_cert_verifier(WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?)
    } else {
        builder.with_no_client_auth()
    };
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let mut config = builder.with_single_cert(vec![certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
