//! One request as the gate and the trail know it.

use domain::fact::Organisation;
use uuid::Uuid;

use super::purpose::Purpose;
use crate::identity::Identity;
use domain::worker::Duty;

/// Who asks, for what, in which request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who asks.
    pub identity: Identity,
    /// The duties the caller has today, each for an organisation: read from the worker's own stream.
    pub duties: Vec<(Duty, Organisation)>,
    /// The purpose the caller stated; the operation's own when none.
    pub purpose: Option<Purpose>,
    /// Names the request; answered as `X-Request-Id`, and the correlation of what it causes.
    pub request: Uuid,
    /// The W3C trace the request belongs to.
    pub trace: Trace,
}

/// A W3C trace context. Of it, the id stands in the history, and id and parent in the trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// 32 lower-case hex digits, the same for all that one original processing causes.
    pub id: String,
    /// 16 lower-case hex digits: the caller's own span.
    pub parent: Option<String>,
    /// Whether the caller keeps this trace. Only spans follow that: history and trail are never sampled.
    pub sampled: bool,
}

impl Trace {
    /// Takes over an incoming `traceparent`, or starts a trace of its own when there is none, or one that is none.
    #[must_use]
    pub fn from_header(traceparent: Option<&str>) -> Self {
        traceparent.and_then(Self::parse).unwrap_or_default()
    }

    /// A new trace.
    #[must_use]
    pub fn new() -> Self {
        Self { id: Uuid::new_v4().simple().to_string(), parent: None, sampled: true }
    }

    /// Reads a `traceparent` (W3C Trace Context 1, section 3.2).
    fn parse(header: &str) -> Option<Self> {
        let mut parts = header.trim().split('-');
        let (version, id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let named = |text: &str, length| is_hex(text, length) && text.bytes().any(|byte| byte != b'0');
        // A later version may say more behind the flags; this one may not.
        let known = is_hex(version, 2) && version != "ff" && (version != "00" || parts.next().is_none());
        if !known || !named(id, 32) || !named(parent, 16) || !is_hex(flags, 2) {
            return None;
        }
        let sampled = u8::from_str_radix(flags, 16).ok()? & 1 == 1;
        Some(Self { id: id.to_owned(), parent: Some(parent.to_owned()), sampled })
    }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
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
        assert_eq!((trace.parent.as_deref(), trace.sampled), (Some("b7ad6b7169203331"), false));
        assert!(Trace::from_header(Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03")).sampled);
        let later = Trace::from_header(Some("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"));
        assert_eq!(later.id, trace.id, "a later version may say more");
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
            Some("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"),
            Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"),
            Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-xx"),
            Some("zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ] {
            let trace = Trace::from_header(wrong);
            assert_eq!((trace.id.len(), trace.parent), (32, None), "{wrong:?}");
        }
    }
}
