//! Tokens that a client holds and cannot read or make: viewer-bound revisions, and cursors.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::case::{Case, CaseEvent};
use domain::correction::CorrectionEvent;
use domain::decider::{DomainEvent as _, History};
use domain::fact::{Audience, Fact};
use domain::ids::{CaseId, Revision, Subject, WorkerId};
use hmac::{Hmac, KeyInit as _, Mac as _};
use projections::views::{Facts, Kept, Rights};
use sha2::Sha256;

use crate::gate::{Mandate, Topic};

/// Makes and checks tokens under a key of the node.
pub struct Seals {
    key: [u8; 32],
}

/// Bytes of the check that precedes a cursor's content.
const CHECK: usize = 16;

impl Seals {
    /// Seals under this key.
    #[must_use]
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The revision of a case for one viewer. It changes exactly when something that this viewer may see changes.
    #[must_use]
    pub fn revision(
        &self,
        viewer: WorkerId,
        case: CaseId,
        history: &History<Case>,
        mandate: &Mandate,
        rights: Rights,
    ) -> String {
        let mut mac = self.revision_of_nothing(viewer, case);
        for fact in visible(history, mandate, rights) {
            mac.update(fact.id.as_uuid().as_bytes());
        }
        token(mac)
    }

    /// The facts by which this viewer sees another case than when the revision was `seen`, in order. `None` when it is not a revision of
    /// this viewer, or what the viewer may see of earlier facts has changed since.
    #[must_use]
    pub fn changes_since<'h>(
        &self,
        viewer: WorkerId,
        case: CaseId,
        history: &'h History<Case>,
        mandate: &Mandate,
        rights: Rights,
        seen: &str,
    ) -> Option<Vec<&'h Fact<CaseEvent>>> {
        let mut mac = self.revision_of_nothing(viewer, case);
        let mut facts = visible(history, mandate, rights);
        while token(mac.clone()) != seen {
            mac.update(facts.next()?.id.as_uuid().as_bytes());
        }
        Some(facts.collect())
    }

    /// The place of the last fact that this viewer saw when the revision was `seen`. `None` when it is no revision of this viewer, or one at
    /// which the viewer saw nothing.
    #[must_use]
    pub fn seen_up_to(
        &self,
        viewer: WorkerId,
        case: CaseId,
        history: &History<Case>,
        mandate: &Mandate,
        rights: Rights,
        seen: &str,
    ) -> Option<Revision> {
        let mut mac = self.revision_of_nothing(viewer, case);
        let mut facts = visible(history, mandate, rights);
        let mut last = None;
        while token(mac.clone()) != seen {
            let fact = facts.next()?;
            mac.update(fact.id.as_uuid().as_bytes());
            last = Some(fact.revision);
        }
        last
    }

    fn revision_of_nothing(&self, viewer: WorkerId, case: CaseId) -> Hmac<Sha256> {
        let mut mac = self.mac(b"revision", viewer);
        mac.update(case.as_uuid().as_bytes());
        mac
    }

    /// A cursor that only this viewer can use, and only in this list.
    #[must_use]
    pub fn cursor(&self, viewer: WorkerId, list: &str, content: &str) -> String {
        let mut bytes = self.check(viewer, list, content.as_bytes());
        bytes.extend(self.masked(viewer, list, &bytes, content.as_bytes()));
        BASE64.encode(bytes)
    }

    /// What a cursor holds; `None` when it is not one of this viewer and list.
    #[must_use]
    pub fn open_cursor(&self, viewer: WorkerId, list: &str, cursor: &str) -> Option<String> {
        let bytes = BASE64.decode(cursor).ok()?;
        let (check, masked) = bytes.split_at_checked(CHECK)?;
        let content = self.masked(viewer, list, check, masked);
        let genuine = self.check(viewer, list, &content) == check;
        genuine.then(|| String::from_utf8(content).ok()).flatten()
    }

    fn check(&self, viewer: WorkerId, list: &str, content: &[u8]) -> Vec<u8> {
        let mut mac = self.mac(b"cursor", viewer);
        mac.update(list.as_bytes());
        mac.update(&[0]);
        mac.update(content);
        mac.finalize().into_bytes()[..CHECK].to_vec()
    }

    /// XOR with a key stream that depends on the check (as in a synthetic-IV construction): the same content has the same cursor,
    /// and nothing of it can be read.
    fn masked(&self, viewer: WorkerId, list: &str, check: &[u8], content: &[u8]) -> Vec<u8> {
        let block = |number: usize| {
            let mut mac = self.mac(b"mask", viewer);
            mac.update(list.as_bytes());
            mac.update(&[0]);
            mac.update(check);
            mac.update(&(number as u64).to_be_bytes());
            mac.finalize().into_bytes()
        };
        content
            .chunks(32)
            .enumerate()
            .flat_map(|(number, chunk)| chunk.iter().zip(block(number)).map(|(a, b)| a ^ b).collect::<Vec<u8>>())
            .collect()
    }

    fn mac(&self, what: &[u8], viewer: WorkerId) -> Hmac<Sha256> {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new((&block).into());
        mac.update(what);
        mac.update(&[0]);
        mac.update(viewer.as_uuid().as_bytes());
        mac
    }
}

fn token(mac: Hmac<Sha256>) -> String {
    BASE64.encode(&mac.finalize().into_bytes()[..CHECK])
}

/// The facts that change something the holder may see.
fn visible<'h>(
    history: &'h History<Case>,
    mandate: &Mandate,
    rights: Rights,
) -> impl Iterator<Item = &'h Fact<CaseEvent>> {
    let facts = Facts::of(history, rights);
    history.facts().iter().filter(move |fact| changes_something_visible(history, fact, &facts, mandate))
}

/// Whether what a fact changed shows under the mandate: itself, with whether it departs from a rule, or what it corrects.
fn changes_something_visible(
    history: &History<Case>,
    fact: &Fact<CaseEvent>,
    facts: &Facts<'_>,
    mandate: &Mandate,
) -> bool {
    let kept = &facts.kept(fact);
    let put_to_holder = |fact: &Fact<CaseEvent>| {
        let told = facts.told_to_readers(fact);
        told.is_some_and(|told| mandate.would_show(Topic::of(&fact.event), &told, &[]))
    };
    let touches = |event: &CaseEvent| {
        let about = persons_of(event);
        Topic::touched_by(event, |topic| mandate.would_show(topic, kept, &about))
    };
    let corrected = match &fact.event {
        CaseEvent::Correction(CorrectionEvent::FactCorrected { target, .. }) => history.fact(*target),
        _ => None,
    };
    touches(&fact.event)
        || put_to_holder(fact)
        || corrected.is_some_and(|corrected| touches(&corrected.event) || put_to_holder(corrected))
        || shows_by_topic(&fact.event, kept, mandate)
}

/// Whether this is about an emergency access, which shows by its topic whatever the audience of its facts (`views::emergency`).
fn shows_by_topic(event: &CaseEvent, kept: &Kept<()>, mandate: &Mandate) -> bool {
    let told = Kept { audience: Audience::Case, ..kept.clone() };
    matches!(event, CaseEvent::Emergency(_)) && mandate.would_show(Topic::Emergency, &told, &[])
}

/// Whom an event is about, as its entry in the timeline is judged.
#[must_use]
pub fn persons_of(event: &CaseEvent) -> Vec<Subject> {
    event.subjects().into_iter().filter(|subject| matches!(subject, Subject::Person(_))).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn viewer(number: u128) -> WorkerId {
        WorkerId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn a_cursor_opens_for_its_viewer_and_list_only() {
        let seals = Seals::new([7; 32]);
        let content = "2026-03-02|".repeat(9);
        let cursor = seals.cursor(viewer(1), "caseload", &content);
        assert_eq!(seals.open_cursor(viewer(1), "caseload", &cursor), Some(content));
        assert_eq!(seals.open_cursor(viewer(2), "caseload", &cursor), None);
        assert_eq!(seals.open_cursor(viewer(1), "gaps", &cursor), None);
        assert_eq!(Seals::new([8; 32]).open_cursor(viewer(1), "caseload", &cursor), None);
        assert_eq!(seals.open_cursor(viewer(1), "caseload", "nonsense"), None);
    }

    #[test]
    fn a_cursor_shows_nothing_of_what_it_holds() {
        let cursor = Seals::new([7; 32]).cursor(viewer(1), "caseload", "2026-03-02");
        let bytes = BASE64.decode(cursor).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"2026"));
    }
}
