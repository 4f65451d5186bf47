//! The schema put together, with its limits.

use std::sync::Arc;

use async_graphql::{Data, Executor, Request, Response, Schema, SchemaBuilder};
use futures_util::stream::BoxStream;

use super::introductions::Introduces;
use super::lists::MOST_ROWS;
use super::mutations::Mutation;
use super::query::Query;
use super::services::Services;
use super::subscription::SubscriptionRoot;
use crate::telemetry::Metrics;
use crate::trail::{Keeper, Kept};

/// The types of the API, with nobody before them.
pub type BareSchema = Schema<Query, Mutation, SubscriptionRoot>;

/// The schema of the API. Every operation leaves its trail entry before its answer leaves, and every caller is introduced: there is no
/// other way in.
#[derive(Clone)]
pub struct RustpuntSchema(Kept<Introduces<BareSchema>>);

impl Executor for RustpuntSchema {
    async fn execute(&self, request: Request) -> Response {
        self.0.execute(request).await
    }

    fn execute_stream(&self, request: Request, connection: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        self.0.execute_stream(request, connection)
    }
}

/// What a request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Deepest nesting of fields.
    pub depth: usize,
    /// Most fields, each counted once per place, and within a list once per row that is asked for ([`cost_of_rows`]).
    pub complexity: usize,
    /// Whether the schema may be asked for.
    pub introspection: bool,
}

impl Default for Limits {
    fn default() -> Self {
        // The widest query of the tour is 7 deep; GraphiQL's own introspection query is 13 deep. Everything of a case with a full page of
        // its timeline costs near 5,000; a full page of cases with a full page of the timeline of each costs more than is allowed.
        Self { depth: 14, complexity: 20_000, introspection: true }
    }
}

/// What a list costs: its fields, once for each row that is asked for. For the `complexity` of every field that gives rows:
/// `#[graphql(complexity = "cost_of_rows(first, USUAL_ROWS, child_complexity)")]`. A page that is refused anyway for its size counts as a
/// full one.
#[must_use]
pub fn cost_of_rows(first: Option<i32>, usual: i32, of_one: usize) -> usize {
    let rows = usize::try_from(first.unwrap_or(usual)).unwrap_or(1).clamp(1, usize::from(MOST_ROWS));
    rows.saturating_mul(of_one).saturating_add(1)
}

fn blueprint() -> SchemaBuilder<Query, Mutation, SubscriptionRoot> {
    Schema::build(Query::default(), Mutation::default(), SubscriptionRoot)
}

/// The schema over these services.
#[must_use]
pub fn build(services: Arc<Services>, keeper: Keeper, limits: Limits, metrics: Metrics) -> RustpuntSchema {
    let mut blueprint = blueprint()
        .data(Arc::clone(&services))
        .data(keeper.trail())
        .data(metrics)
        .data(limits)
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity);
    if !limits.introspection {
        blueprint = blueprint.disable_introspection();
    }
    RustpuntSchema(keeper.around(Introduces::new(services, blueprint.finish())))
}

/// The schema with nothing behind it: what a request asks is checked, and every field then fails. For whoever tries requests out.
#[must_use]
pub fn unconnected(limits: Limits) -> BareSchema {
    blueprint().limit_depth(limits.depth).limit_complexity(limits.complexity).finish()
}

/// The schema as text: the contract with clients, committed as `docs/schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    blueprint().finish().sdl()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_costs_its_fields_once_for_each_row_asked_for() {
        assert_eq!(cost_of_rows(Some(10), 50, 7), 71);
        assert_eq!(cost_of_rows(None, 50, 7), 351, "the usual page");
        for (refused, rows) in [(-1, 1), (0, 1), (i32::MAX, 100)] {
            assert_eq!(cost_of_rows(Some(refused), 50, 7), rows * 7 + 1, "first: {refused}");
        }
        assert_eq!(cost_of_rows(Some(100), 50, usize::MAX), usize::MAX);
    }
}
