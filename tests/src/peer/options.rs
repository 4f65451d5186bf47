//! How a peer starts.

/// The server's own default (`MaxAppendSize`).
const MAX_APPEND_SIZE: usize = 1024 * 1024;

/// How a peer starts.
#[derive(Debug, Clone)]
pub struct PeerOptions {
    /// Bytes one append may hold (data, custom metadata, and twice the length of the type per event); the server's default is 1 MiB.
    pub max_append_size: usize,
    /// Events per page of a read or of catching up; the server's is 32.
    pub page_size: usize,
    /// After every so many appends the peer writes a `$stats` event of its own, so that nobody relies on being alone on the log.
    pub system_event_every: Option<u64>,
    /// The only name and password that may come in; without it nobody is asked.
    pub credentials: Option<(String, String)>,
    /// Speak TLS.
    pub tls: Option<TlsOptions>,
    /// Where gossip says that the nodes are; without it, where they are.
    pub advertised_host: Option<String>,
}

impl Default for PeerOptions {
    fn default() -> Self {
        Self {
            max_append_size: MAX_APPEND_SIZE,
            page_size: 32,
            system_event_every: Some(3),
            credentials: None,
            tls: None,
            advertised_host: None,
        }
    }
}

/// How a peer speaks TLS; certificates are made at the start.
#[derive(Debug, Clone, Copy, Default)]
pub struct TlsOptions {
    /// The certificate the peer shows.
    pub certificate: ServerCertificate,
    /// Whether callers must show a certificate of the same authority.
    pub require_user_certificate: bool,
}

/// The certificate a peer shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ServerCertificate {
    /// For this host, valid now.
    #[default]
    Valid,
    /// For this host, no longer valid.
    Expired,
    /// Valid, for another host.
    OtherHost,
}
