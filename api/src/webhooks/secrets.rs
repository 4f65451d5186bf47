//! The secrets that letters to one receiver are signed with.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The shortest secret, in bytes.
const SHORTEST: usize = 32;
/// The most secrets at a time: the new one, and the one that goes.
const MOST: usize = 2;

/// A file with secrets that cannot be used. What stands in it is not repeated.
#[derive(Debug, thiserror::Error)]
pub enum SecretUnusable {
    /// Not there, not readable, or no text.
    #[error("cannot be read ({0}): check the path and its rights")]
    Unreadable(std::io::Error),
    /// Others can read it.
    #[error("can be read by others than its owner: `chmod 600` it")]
    OpenToOthers,
    /// Nothing in it, something too short, or too much.
    #[error("must hold a secret of at least 32 bytes on a line of its own, and at most two of them")]
    Wrong,
}

/// Makes signatures. The secrets themselves are nowhere to be seen.
pub(super) struct Secrets(Vec<Hmac<Sha256>>);

impl Secrets {
    /// Reads a text file that nobody else may read: a secret on each line.
    pub fn read(file: &Path) -> Result<Self, SecretUnusable> {
        let mode = fs::metadata(file).map_err(SecretUnusable::Unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(SecretUnusable::OpenToOthers);
        }
        Self::parse(&fs::read_to_string(file).map_err(SecretUnusable::Unreadable)?)
    }

    fn parse(text: &str) -> Result<Self, SecretUnusable> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() || lines.len() > MOST || lines.iter().any(|line| line.len() < SHORTEST) {
            return Err(SecretUnusable::Wrong);
        }
        let macs = lines.into_iter().map(|line| Hmac::<Sha256>::new_from_slice(line.as_bytes()));
        macs.collect::<Result<_, _>>().map(Self).map_err(|_| SecretUnusable::Wrong)
    }

    /// The value of `webhook-signature`: `v1,` and HMAC-SHA-256 in base64 over id, time and body, once for each secret.
    pub fn sign(&self, id: &str, at: &str, body: &str) -> String {
        let signature = |mac: &Hmac<Sha256>| {
            let mut mac = mac.clone();
            for part in [id, ".", at, ".", body] {
                mac.update(part.as_bytes());
            }
            format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
        };
        self.0.iter().map(signature).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    /// Made by `openssl dgst -sha256 -hmac` over `id.1.{}`, so that a receiver can follow the documentation to the letter.
    #[test]
    fn a_signature_is_hmac_sha_256_over_id_time_and_body() {
        let one = Secrets::parse(&format!("{SECRET}\n")).unwrap();
        assert_eq!(one.sign("id", "1", "{}"), "v1,SFovJ76pAmyvCOGUPHB/2KkEtlexNEbH358gyXbITgQ=");
        let other = "another secret of at least thirty-two bytes";
        let both = Secrets::parse(&format!("{other}\n\n  {SECRET}\n")).unwrap().sign("id", "1", "{}");
        let (first, second) = both.split_once(' ').unwrap();
        assert_eq!(second, one.sign("id", "1", "{}"), "both while one takes the place of the other");
        assert_ne!(first, second);
        for (id, at, body) in [("ie", "1", "{}"), ("id", "2", "{}"), ("id", "1", "[]")] {
            assert_ne!(one.sign(id, at, body), second);
        }
    }

    #[test]
    fn a_secret_that_is_short_open_to_others_or_not_there_is_refused_without_repeating_it() {
        let short = SECRET[1..].to_owned();
        for text in [
            String::new(),
            "\n \n".to_owned(),
            short.clone(),
            format!("{SECRET}\n{short}"),
            format!("{SECRET}\n").repeat(3),
        ] {
            let refused = Secrets::parse(&text).err().unwrap();
            assert!(matches!(refused, SecretUnusable::Wrong), "{refused}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        assert!(matches!(Secrets::read(&file), Err(SecretUnusable::Unreadable(_))));
        fs::write(&file, SECRET).unwrap();
        for (mode, good) in [(0o640, false), (0o604, false), (0o600, true), (0o400, true)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(Secrets::read(&file).is_ok(), good, "{mode:o}");
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&file, [0xff; 40]).unwrap();
        assert!(matches!(Secrets::read(&file), Err(SecretUnusable::Unreadable(_))), "no text");
    }
}
