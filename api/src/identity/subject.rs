//! Whom an issuer's subject is to us.

use domain::ids::WorkerId;
use uuid::Uuid;
use workflows::reactions::SYSTEM;

use super::Reason;

/// The longest subject (`OpenID` Connect Core 2).
const LONGEST: usize = 255;

/// The worker behind a subject: the subject itself when it is a UUID as everybody writes them, otherwise one that follows from the
/// issuer and the subject, so that the same person is the same worker at every sign-in (decision 0007).
pub(super) fn worker_of(issuer: &str, subject: &str) -> Result<WorkerId, Reason> {
    if subject.trim().is_empty() || subject.len() > LONGEST || is_bsn(subject) {
        return Err(Reason::Subject);
    }
    let written = (subject.len() == 36).then(|| Uuid::try_parse(subject).ok()).flatten();
    let worker = WorkerId::from_uuid(written.unwrap_or_else(|| derived(issuer, subject)));
    if worker == SYSTEM { Err(Reason::Subject) } else { Ok(worker) }
}

fn derived(issuer: &str, subject: &str) -> Uuid {
    let of_issuer = Uuid::new_v5(&Uuid::NAMESPACE_URL, issuer.as_bytes());
    Uuid::new_v5(&of_issuer, subject.as_bytes())
}

/// Whether this can be a citizen service number, which must not be a subject (NL GOV OIDC): nine digits that pass the test of eleven.
fn is_bsn(subject: &str) -> bool {
    let digits: Option<Vec<i64>> = subject.trim().chars().map(|sign| sign.to_digit(10).map(i64::from)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 9) else { return false };
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i64 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    sum % 11 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_the_worker_and_anything_else_names_one_for_good() {
        let uuid = "6f0a3f5e-3d6b-4c53-9d6f-0d9a1b1f7c11";
        assert_eq!(worker_of("https://a.example", uuid).ok().map(|id| id.as_uuid().to_string()), Some(uuid.to_owned()));
        let anja = worker_of("https://a.example", "anja@example").ok();
        assert_eq!(anja.map(|id| id.as_uuid().get_version_num()), Some(5));
        // Stored in histories: it never changes.
        assert_eq!(anja.map(|id| id.as_uuid().to_string()), Some("6cc46c29-7801-5ee0-bffa-787b3aeb8768".to_owned()));
        assert_eq!(anja, worker_of("https://a.example", "anja@example").ok());
        assert_ne!(anja, worker_of("https://b.example", "anja@example").ok(), "another issuer, another person");
        assert_ne!(anja, worker_of("https://a.example", "Anja@example").ok(), "a subject is case-sensitive");
    }

    #[test]
    fn what_must_not_be_a_subject_is_refused() {
        let system = SYSTEM.as_uuid().to_string();
        for subject in ["", "  ", "111222333", "123456782", &"a".repeat(256), &system] {
            assert_eq!(worker_of("https://a.example", subject), Err(Reason::Subject), "{subject}");
        }
        for subject in ["123456789", "12345678", "1112223330", "w111222333"] {
            assert!(worker_of("https://a.example", subject).is_ok(), "{subject} is no citizen service number");
        }
    }
}
