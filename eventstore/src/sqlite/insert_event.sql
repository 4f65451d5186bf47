INSERT INTO events (
    position, stream, revision, id, outer_type, version, recorded_at, batch_end, command_id, command_index,
    previous, hash, metadata_digest, data_digest, metadata, data
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
