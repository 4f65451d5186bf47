//! Given, when, then for every transition and guard of an episode.
