//! One request as the gate and the trail know it.

use uuid::Uuid;

use super::purpose::Purpose;
use crate::identity::Identity;

/// Who asks, for what, in which request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who asks.
    pub identity: Identity,
    /// The purpose the caller stated; the operation's own when none.
    pub purpose: Option<Purpose>,
    /// Names the request; answered as `X-Request-Id`, and the correlation of what it causes.
    pub request: Uuid,
    /// The W3C trace the request belongs to.
    pub trace: Trace,
}

/// A W3C trace context, as far as it stands in the history and the trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// 32 lower-case hex digits, the same for all that one original processing causes.
    pub id: String,
    /// 16 lower-case hex digits: the caller's own span.
    pub parent: Option<String>,
}

impl Trace {
    /// Takes over an incoming `traceparent`, or starts a trace of its own. Whether the caller samples does not matter here.
    #[must_use]
    pub fn from_header(traceparent: Option<&str>) -> Self {
        traceparent.and_then(Self::parse).unwrap_or_default()
    }

    /// A new trace.
    #[must_use]
    pub fn new() -> Self {
        Self { id: Uuid::new_v4().simple().to_string(), parent: None }
    }

    fn parse(header: &str) -> Option<Self> {
        let mut parts = header.trim().split('-');
        let (version, id, parent, _flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let hex = |text: &str, length: usize| {
            text.len() == length
                && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
                && text.bytes().any(|byte| byte != b'0')
        };
        let good = version.len() == 2 && version != "ff" && hex(id, 32) && hex(parent, 16);
        good.then(|| Self { id: id.to_owned(), parent: Some(parent.to_owned()) })
    }
}

impl Default for Trace {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incoming_trace_is_kept_also_when_the_caller_does_not_sample() {
        let trace = Trace::from_header(Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"));
        assert_eq!(trace.id, "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(trace.parent.as_deref(), Some("b7ad6b7169203331"));
    }

    #[test]
    fn a_broken_trace_starts_a_new_one() {
        for wrong in [
            None,
            Some(""),
            Some("00-0af7651916cd43dd8448eb211c80319c"),
            Some("00-00000000000000000000000000000000-b7ad6b7169203331-01"),
            Some("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            Some("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"),
        ] {
            let trace = Trace::from_header(wrong);
            assert_eq!((trace.id.len(), trace.parent), (32, None), "{wrong:?}");
        }
    }
}
