//! The schema put together, with its limits.

use std::sync::Arc;

use async_graphql::{Schema, SchemaBuilder};

use super::introductions::Introductions;
use super::mutations::Mutation;
use super::query::Query;
use super::services::Services;
use super::subscription::SubscriptionRoot;
use super::workers::WorkersOnce;
use crate::telemetry::Metrics;
use crate::trail::TrailExtension;

/// The schema of the API.
pub type RustpuntSchema = Schema<Query, Mutation, SubscriptionRoot>;

/// What a request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Deepest nesting of fields.
    pub depth: usize,
    /// Most fields, each counted once per place.
    pub complexity: usize,
    /// Whether the schema may be asked for.
    pub introspection: bool,
}

impl Default for Limits {
    fn default() -> Self {
        // The widest query of the tour is 7 deep and 120 wide; GraphiQL's own introspection query is 13 deep.
        Self { depth: 14, complexity: 2_000, introspection: true }
    }
}

fn blueprint() -> SchemaBuilder<Query, Mutation, SubscriptionRoot> {
    Schema::build(Query::default(), Mutation::default(), SubscriptionRoot)
}

/// The schema over these services. Every operation leaves its trail entry before its answer leaves.
#[must_use]
pub fn build(services: Arc<Services>, trail: TrailExtension, limits: Limits, metrics: Metrics) -> RustpuntSchema {
    let mut blueprint = blueprint()
        .extension(trail)
        .extension(Introductions::new(Arc::clone(&services)))
        .extension(WorkersOnce)
        .data(services)
        .data(metrics)
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity);
    if !limits.introspection {
        blueprint = blueprint.disable_introspection();
    }
    blueprint.finish()
}

/// The schema as text: the contract with clients, committed as `docs/schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    blueprint().finish().sdl()
}
