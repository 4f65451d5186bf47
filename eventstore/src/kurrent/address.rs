//! Where a cluster is, and under which name this history stands in it.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurrentdb::{ClientSettings, Endpoint};
use tonic::metadata::{Ascii, MetadataValue};

use crate::port::{Filter, StoreFault, StreamName};

/// What the stream names of one history begin with on the server, so that a cluster can be shared and a filter by prefix finds all of
/// it: `rustpunt` makes `rustpunt.case-…`. The chain covers the name without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Namespace(String);

impl Namespace {
    /// Longest namespace, in bytes.
    pub const MAX_LENGTH: usize = 40;

    /// A stream's name on the server.
    pub(super) fn on_server(&self, stream: &StreamName) -> String {
        format!("{}.{stream}", self.0)
    }

    /// The stream a name on the server stands for; `None` when it is none of this history.
    pub(super) fn stream(&self, on_server: &str) -> Option<StreamName> {
        on_server.strip_prefix(&self.0)?.strip_prefix('.')?.parse().ok()
    }

    /// What the names on the server begin with, of all streams that a filter admits.
    pub(super) fn prefixes(&self, filter: &Filter) -> Vec<String> {
        if filter.named().is_empty() {
            return vec![format!("{}.", self.0)];
        }
        filter.named().iter().map(|category| format!("{}.{category}-", self.0)).collect()
    }

    /// The stream that names this history. No stream of facts can have this name.
    pub(super) fn naming(&self) -> String {
        format!("{}:history", self.0)
    }
}

impl Default for Namespace {
    fn default() -> Self {
        Self("rustpunt".to_owned())
    }
}

impl FromStr for Namespace {
    type Err = StoreFault;

    fn from_str(text: &str) -> Result<Self, StoreFault> {
        let named = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && !text.is_empty()
            && text.len() <= Self::MAX_LENGTH;
        if !named {
            return Err(StoreFault::Unopenable(format!(
                "a namespace needs 1 to {} lower-case letters or digits",
                Self::MAX_LENGTH
            )));
        }
        Ok(Self(text.to_owned()))
    }
}

/// The address of a cluster: a connection string with the schemes `esdb`, `kurrentdb` and `+discover` of both. It may hold a password,
/// so it is never shown.
#[derive(Clone)]
pub struct Address {
    settings: ClientSettings,
    /// Everything before the nodes and after them, for the address of a single node.
    around: (String, String),
    authorization: Option<MetadataValue<Ascii>>,
}

impl Address {
    /// The nodes named, without credentials.
    #[must_use]
    pub fn nodes(&self) -> String {
        let nodes: Vec<_> = self.settings.hosts().iter().map(|host| format!("{}:{}", host.host, host.port)).collect();
        nodes.join(", ")
    }

    pub(super) const fn settings(&self) -> &ClientSettings {
        &self.settings
    }

    /// Name and password, as each call carries them.
    pub(super) fn authorization(&self) -> Option<MetadataValue<Ascii>> {
        self.authorization.clone()
    }

    /// Whether one of several nodes must be found first.
    pub(super) fn is_cluster(&self) -> bool {
        self.settings.is_dns_discovery_enabled() || self.settings.hosts().len() > 1
    }

    /// The settings for this node alone.
    pub(super) fn at(&self, node: &Endpoint) -> Option<ClientSettings> {
        let (before, after) = &self.around;
        format!("{before}{}:{}{after}", node.host, node.port).parse().ok()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.nodes())
    }
}

impl FromStr for Address {
    type Err = StoreFault;

    fn from_str(text: &str) -> Result<Self, StoreFault> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.trim_end_matches("+discover"));
        if !matches!(scheme, Some("esdb" | "kurrentdb")) {
            return Err(unusable("begin with esdb://, kurrentdb://, or one of them with +discover"));
        }
        let (place, query) = text.split_once('?').unwrap_or((text, ""));
        let query: Vec<&str> = query.split('&').filter(|setting| !setting.is_empty()).collect();
        let setting = |name: &str| {
            let named = query.iter().filter_map(|setting| setting.split_once('='));
            named.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_lowercase()).next()
        };
        // Commands decide on what they read, so they read where it is written: the leader.
        if setting("nodePreference").is_some_and(|preference| preference != "leader") {
            return Err(unusable("nodePreference must be leader or left out: a follower may be behind"));
        }
        if setting("tlsVerifyCert").is_some_and(|verify| verify != "true") {
            return Err(unusable("tlsVerifyCert must be true or left out: name the authority with tlsCAFile instead"));
        }
        let led = setting("nodePreference").is_none().then_some("nodePreference=leader");
        // The client waits this long before its first attempt; pauses between attempts are made here.
        let at_once = setting("discoveryInterval").is_none().then_some("discoveryInterval=10");
        let query: Vec<&str> = query.iter().copied().chain(led).chain(at_once).collect();
        let after = format!("?{}", query.join("&"));
        // The parser's own message repeats the whole text, with its password.
        let settings = format!("{place}{after}").parse().map_err(|_| unusable("check host, port and settings"))?;
        let user = place.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map(|(user, _)| user);
        let authorization = user.map(|user| {
            let user = if user.contains(':') { user.to_owned() } else { format!("{user}:") };
            format!("Basic {}", STANDARD.encode(user)).parse().map(|mut value: MetadataValue<Ascii>| {
                value.set_sensitive(true);
                value
            })
        });
        let authorization = authorization.transpose().map_err(|_| unusable("check name and password"))?;
        let before = user.map_or_else(|| "esdb://".to_owned(), |user| format!("esdb://{user}@"));
        Ok(Self { settings, around: (before, after), authorization })
    }
}

fn unusable(what: &str) -> StoreFault {
    StoreFault::Unopenable(format!("the address of the event store cannot be used: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_nodes_and_hides_its_password() {
        for text in [
            "esdb://anja:geheim@one:2113?tls=false",
            "kurrentdb://anja:geheim@one:2113?tls=true&nodePreference=leader",
            "esdb+discover://anja:geheim@one:2113",
            "kurrentdb+discover://anja:geheim@one",
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.nodes(), "one:2113", "{text}");
            assert_eq!(format!("{address:?}"), "Address(one:2113)");
            assert_eq!(address.settings().node_preference(), kurrentdb::NodePreference::Leader);
        }
        let cluster: Address = "esdb://one:1,two:2,three:3?tls=false".parse().unwrap();
        assert_eq!(cluster.nodes(), "one:1, two:2, three:3");
        assert!(cluster.is_cluster());
    }

    #[test]
    fn the_address_of_one_node_keeps_everything_else() {
        let cluster: Address =
            "kurrentdb+discover://anja:geheim@all:1?tls=false&keepAliveInterval=20000".parse().unwrap();
        assert!(cluster.is_cluster());
        let one = cluster.at(&Endpoint { host: "one".to_owned(), port: 7 }).unwrap();
        let direct =
            "esdb://anja:geheim@one:7?tls=false&keepAliveInterval=20000&nodePreference=leader&discoveryInterval=10";
        assert_eq!(one, direct.parse().unwrap());
    }

    #[test]
    fn what_is_no_address_is_refused_without_being_repeated() {
        for text in [
            "",
            "one:2113",
            "http://geheim@one:2113",
            "esdb://geheim@one:port",
            "esdb://geheim@one:2113?nodePreference=follower",
            "esdb://geheim@one:2113?tls=maybe",
            "esdb://geheim@one:2113?userCertFile=a.pem",
            "esdb://geheim@one:2113?tlsVerifyCert=false",
        ] {
            let refused = text.parse::<Address>().unwrap_err().to_string();
            assert!(!refused.contains("geheim"), "{refused}");
        }
    }

    #[test]
    fn a_namespace_stands_before_every_stream_and_a_category_is_no_prefix() {
        let namespace: Namespace = "drenthe".parse().unwrap();
        let stream: StreamName = "case-1".parse().unwrap();
        assert_eq!(namespace.on_server(&stream), "drenthe.case-1");
        assert_eq!(namespace.stream("drenthe.case-1"), Some(stream));
        for other in ["case-1", "drenthe2.case-1", "drenthe.Case-1", "$drenthe.case-1", &namespace.naming()] {
            assert_eq!(namespace.stream(other), None, "{other}");
        }
        assert_eq!(namespace.prefixes(&Filter::all()), ["drenthe."]);
        assert_eq!(namespace.prefixes(&Filter::categories(["worker", "case"])), ["drenthe.case-", "drenthe.worker-"]);
        for bad in ["", "Drenthe", "a b", "$", "a.b", &"x".repeat(41)] {
            assert!(bad.parse::<Namespace>().is_err(), "{bad}");
        }
    }
}
