//! Where a cluster is, and under which name this history stands in it.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurrentdb::{ClientSettings, Credentials, Endpoint};
use tonic::metadata::{Ascii, MetadataValue};

use super::wire::host_of;
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
    /// Everything after the nodes, for the address of a single node.
    after: String,
    /// Name and password, as the account has them.
    user: Option<(String, String)>,
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

    /// Name and password for the calls of the client. It is told with each: in an address it would send them as they are written there.
    pub(super) fn credentials(&self) -> Option<Credentials> {
        self.user.clone().map(|(name, password)| Credentials::new(name, password))
    }

    /// Name and password, as each call of our own carries them.
    pub(super) fn authorization(&self) -> Option<MetadataValue<Ascii>> {
        self.authorization.clone()
    }

    /// Whether one of several nodes must be found first.
    pub(super) fn is_cluster(&self) -> bool {
        self.settings.is_dns_discovery_enabled() || self.settings.hosts().len() > 1
    }

    /// The settings for this node alone, without credentials.
    pub(super) fn at(&self, node: &Endpoint) -> Option<ClientSettings> {
        format!("esdb://{}:{}{}", host_of(&node.host), node.port, self.after).parse().ok()
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
        let (scheme, rest) = place.split_once("://").unwrap_or_default();
        let (user, nodes) = rest.rsplit_once('@').map_or((None, rest), |(user, nodes)| (Some(user), nodes));
        // The parser's own message repeats the whole text.
        let settings =
            format!("{scheme}://{nodes}{after}").parse().map_err(|_| unusable("check host, port and settings"))?;
        let user = user.map(credentials).transpose()?;
        let authorization = user.as_ref().map(|(name, password)| {
            let shown = STANDARD.encode(format!("{name}:{password}"));
            format!("Basic {shown}").parse().map(|mut value: MetadataValue<Ascii>| {
                value.set_sensitive(true);
                value
            })
        });
        let authorization = authorization.transpose().map_err(|_| unusable("check name and password"))?;
        Ok(Self { settings, after, user, authorization })
    }
}

/// Name and password, whose special characters may be written as `%` and two hexadecimal digits.
fn credentials(user: &str) -> Result<(String, String), StoreFault> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let decoded = (decoded(name), decoded(password));
    let (Some(name), Some(password)) = decoded else { return Err(unusable("check name and password")) };
    Ok((name, password))
}

/// Text with each `%` and two hexadecimal digits as the byte they stand for; nothing when that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let (byte, others) = match (first, others) {
            (b'%', [high, low, others @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (hexadecimal(*high) * 16 + hexadecimal(*low), others)
            }
            _ => (*first, others),
        };
        bytes.push(byte);
        rest = others;
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(digit: u8) -> u8 {
    match digit {
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => digit - b'0',
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
        let direct = "esdb://one:7?tls=false&keepAliveInterval=20000&nodePreference=leader&discoveryInterval=10";
        assert_eq!(one, direct.parse().unwrap());
    }

    #[test]
    fn a_node_named_by_a_bare_ipv6_address_can_be_addressed() {
        let address: Address = "esdb://one:1,two:2?tls=false".parse().unwrap();
        let node = Endpoint { host: "fd00::7".to_owned(), port: 2113 };
        let hosts: Vec<_> = address.at(&node).unwrap().hosts().iter().map(|at| at.host.clone()).collect();
        assert_eq!(hosts, ["[fd00::7]"]);
        assert!(address.at(&Endpoint { host: "no host".to_owned(), port: 1 }).is_none());
    }

    #[test]
    fn a_password_is_read_once_whatever_stands_in_it() {
        for (written, meant) in [
            ("a=b;c^d|e[f]", "a=b;c^d|e[f]"),
            ("a%40b%3Ac%2Fd%3F%25", "a@b:c/d?%"),
            ("100%", "100%"),
            ("a,b", "a,b"),
            ("x%2540", "x%40"),
        ] {
            let address: Address = format!("esdb://anja:{written}@one:1,two:2?tls=false").parse().unwrap();
            assert_eq!(address.nodes(), "one:1, two:2");
            assert_eq!(address.credentials().unwrap(), Credentials::new("anja", meant));
            let shown = address.authorization().unwrap();
            let basic = format!("Basic {}", STANDARD.encode(format!("anja:{meant}")));
            assert_eq!(shown.to_str().unwrap(), basic);
        }
        assert!("esdb://anja:%ff@one:1".parse::<Address>().is_err());
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
        for bad in ["", "Drenthe", "drenthé", "a b", "$", "a.b", &"x".repeat(41)] {
            assert!(bad.parse::<Namespace>().is_err(), "{bad}");
        }
    }
}
