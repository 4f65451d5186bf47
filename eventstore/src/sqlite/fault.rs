//! What the medium reports, in words that say what to do.

use rusqlite::ErrorCode;

use crate::port::StoreFault;

/// A fault in reading or writing an open file. `SQLite`'s texts name columns and files, never values.
pub(super) fn fault(error: &rusqlite::Error) -> StoreFault {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreFault::Unwritable(
            "the disk is full; free some space, then try again (reading goes on meanwhile)".to_owned(),
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreFault::Unwritable(
            "this user may not write the file; give it write access to the file and its folder".to_owned(),
        ),
        Some(ErrorCode::SystemIoFailure) => {
            StoreFault::Unwritable(format!("the medium failed: {error}; check the disk"))
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::Unwritable(
            "another program holds the file; close what else has it open, then try again".to_owned(),
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::Other(format!(
            "a page of the file is damaged ({error}); keep the file as it is, run `rustpunt verify`, and restore a backup"
        )),
        _ => StoreFault::Other(error.to_string()),
    }
}

/// Whether an error says that these values were refused, and nothing about the medium.
pub(super) fn is_refusal(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

/// Whether nothing of a failed commit can have reached the disk as a whole. After any other failure it may come back when the
/// log is read again, so the outcome is not known.
pub(super) fn leaves_nothing(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DiskFull | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::ConstraintViolation
        )
    )
}
