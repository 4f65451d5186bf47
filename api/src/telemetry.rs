//! What the system tells about itself: log lines that are readable alone, and traces and metrics over OTLP when an endpoint is set.
//! Ids, counts, durations and codes only; never a value about a person, never a query's variables.

use std::sync::Arc;
use std::time::Duration;

use eventstore::kurrent::ConnectionFigures;
use eventstore::sqlite::WriterFigures;
use opentelemetry::metrics::{Counter, Gauge, Histogram, Meter, MeterProvider as _};
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState, TracerProvider as _,
};
use opentelemetry::{Context, KeyValue, global};
use opentelemetry_otlp::{MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::trace::SdkTracerProvider;
use projections::lists::Concerns;
use tracing::level_filters::LevelFilter;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::{LogFormat, TelemetryConfig};
use crate::gate::Trace;
use crate::webhooks::Standing;

const SERVICE: &str = "rustpunt";

/// Where spans come from: what we wrote ourselves, so that nobody else's fields leave. Log levels do not matter to them.
const OURS: [&str; 5] = ["api", "domain", "eventstore", "projections", "workflows"];

/// Upper bounds of the buckets of a duration, in seconds. (Those of the library are made for milliseconds.)
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Keeps traces and metrics flowing; drop it last.
#[must_use = "traces and metrics stop when this is dropped"]
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
    metrics: Option<SdkMeterProvider>,
}

/// The system cannot tell about itself as configured.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `telemetry.log`.
    #[error("`telemetry.log` is not a level or a list of levels such as `info,eventstore=debug`")]
    Filter,
    /// `telemetry.otlp_endpoint`.
    #[error("`telemetry.otlp_endpoint` cannot be used: {0}")]
    Endpoint(String),
    /// Log lines go somewhere else already.
    #[error("log lines were set up before")]
    Twice,
}

impl Telemetry {
    /// Starts log lines (to standard error), and traces and metrics when an endpoint is set. Call it before Tokio runs.
    ///
    /// # Errors
    /// [`TelemetryError`] says what to change.
    pub fn start(config: &TelemetryConfig) -> Result<Self, TelemetryError> {
        let filter = EnvFilter::try_new(&config.log).map_err(|_| TelemetryError::Filter)?;
        let telemetry = match config.otlp_endpoint.as_deref() {
            Some(endpoint) => Self::export_to(endpoint.trim_end_matches('/'))?,
            None => Self { traces: None, metrics: None },
        };
        let spans = telemetry.traces.as_ref().map(|traces| {
            let ours = Targets::new().with_targets(OURS.map(|target| (target, LevelFilter::INFO)));
            tracing_opentelemetry::layer().with_tracer(traces.tracer(SERVICE)).with_filter(ours)
        });
        let lines: Box<dyn Layer<Registry> + Send + Sync> = match config.log_format {
            LogFormat::Json => fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).boxed(),
            LogFormat::Pretty => fmt::layer().compact().with_target(false).with_writer(std::io::stderr).boxed(),
        };
        let subscriber = tracing_subscriber::registry().with(lines.with_filter(filter)).with(spans);
        subscriber.try_init().map_err(|_| TelemetryError::Twice)?;
        Ok(telemetry)
    }

    fn export_to(endpoint: &str) -> Result<Self, TelemetryError> {
        let unusable = |error: opentelemetry_otlp::ExporterBuildError| TelemetryError::Endpoint(error.to_string());
        let resource = Resource::builder()
            .with_service_name(SERVICE)
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let spans = SpanExporter::builder().with_http().with_endpoint(format!("{endpoint}/v1/traces"));
        let traces = SdkTracerProvider::builder()
            .with_resource(resource.clone())
            .with_batch_exporter(spans.build().map_err(unusable)?)
            .build();
        let figures = MetricExporter::builder().with_http().with_endpoint(format!("{endpoint}/v1/metrics"));
        let reader = PeriodicReader::builder(figures.build().map_err(unusable)?).build();
        let metrics = SdkMeterProvider::builder().with_resource(resource).with_reader(reader).build();
        global::set_meter_provider(metrics.clone());
        global::set_tracer_provider(traces.clone());
        Ok(Self { traces: Some(traces), metrics: Some(metrics) })
    }

    /// The figures of this node; they go nowhere when no endpoint is set.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        let meter = match &self.metrics {
            Some(metrics) => metrics.meter(SERVICE),
            None => global::meter(SERVICE),
        };
        Metrics::new(&meter)
    }

    /// Sends what is left. Whoever receives it may be gone: each of the two is given up after 5 seconds, by the library.
    pub fn stop(self) {
        let stopped = [
            self.traces.map(|traces| traces.shutdown().map_err(|error| error.to_string())),
            self.metrics.map(|metrics| metrics.shutdown().map_err(|error| error.to_string())),
        ];
        for error in stopped.into_iter().flatten().filter_map(Result::err) {
            tracing::warn!(error, "the last traces or metrics could not be sent");
        }
    }
}

/// The trace a request belongs to: the caller's, whose span becomes the parent of ours, or that of our own span. Without exported
/// spans it still has one: history and trail are joined by it. Call it before the span is entered.
#[must_use]
pub fn trace_of(span: &tracing::Span, traceparent: Option<&str>) -> Trace {
    let said = Trace::from_header(traceparent);
    if let Some(parent) = remote(&said) {
        // Fails only when spans go nowhere.
        let _ = span.set_parent(Context::new().with_remote_span_context(parent));
        return said;
    }
    let context = span.context();
    let ours = context.span().span_context().clone();
    if ours.is_valid() { Trace { id: ours.trace_id().to_string(), ..said } } else { said }
}

fn remote(trace: &Trace) -> Option<SpanContext> {
    let id = TraceId::from_hex(&trace.id).ok()?;
    let parent = SpanId::from_hex(trace.parent.as_ref()?).ok()?;
    let flags = if trace.sampled { TraceFlags::SAMPLED } else { TraceFlags::NOT_SAMPLED };
    Some(SpanContext::new(id, parent, flags, true, TraceState::NONE))
}

/// The figures of a node. Names and units stay: dashboards hang on them.
#[derive(Clone)]
pub struct Metrics {
    commands: Histogram<f64>,
    requests: Histogram<f64>,
    unauthenticated: Counter<u64>,
    rate_limited: Counter<u64>,
    lag_events: Gauge<u64>,
    lag_seconds: Gauge<u64>,
    ready: Gauge<u64>,
    quarantined: Gauge<u64>,
    names_missing: Gauge<u64>,
    webhooks_waiting: Gauge<u64>,
    webhooks_dead: Gauge<u64>,
    meter: Meter,
}

impl Metrics {
    fn new(meter: &Meter) -> Self {
        Self {
            commands: meter
                .f64_histogram("rustpunt.command.handling.duration")
                .with_unit("s")
                .with_description("Time from taking a command on to its durable effect or its refusal")
                .with_boundaries(BUCKETS.to_vec())
                .build(),
            requests: meter
                .f64_histogram("rustpunt.request.duration")
                .with_unit("s")
                .with_description("Time from the first byte of a request to its answer")
                .with_boundaries(BUCKETS.to_vec())
                .build(),
            unauthenticated: meter
                .u64_counter("rustpunt.request.unauthenticated")
                .with_description("Requests without a valid token, by reason")
                .build(),
            rate_limited: meter
                .u64_counter("rustpunt.request.rate_limited")
                .with_description("Requests refused because their sender asks too much, by kind")
                .build(),
            lag_events: meter
                .u64_gauge("rustpunt.processor.lag.events")
                .with_unit("{event}")
                .with_description("Events recorded that the processor has not handled")
                .build(),
            lag_seconds: meter
                .u64_gauge("rustpunt.processor.lag.seconds")
                .with_unit("s")
                .with_description("Age of the oldest event that the processor has not handled; 0 when it handled all")
                .build(),
            ready: meter
                .u64_gauge("rustpunt.ready")
                .with_description("1 while a check of /readyz is fine, 0 while it is not")
                .build(),
            quarantined: meter
                .u64_gauge("rustpunt.lists.quarantined")
                .with_unit("{stream}")
                .with_description("Streams that cannot be read and were set aside")
                .build(),
            names_missing: meter
                .u64_gauge("rustpunt.lists.names_missing")
                .with_unit("{case}")
                .with_description("Cases with a name whose key is missing")
                .build(),
            webhooks_waiting: meter
                .u64_gauge("rustpunt.webhooks.waiting")
                .with_unit("{letter}")
                .with_description("Letters that wait for their receiver")
                .build(),
            webhooks_dead: meter
                .u64_gauge("rustpunt.webhooks.dead")
                .with_unit("{letter}")
                .with_description("Letters that nobody took and that are laid aside")
                .build(),
            meter: meter.clone(),
        }
    }

    /// Figures that go nowhere.
    #[must_use]
    pub fn nowhere() -> Self {
        Self::new(&global::meter(SERVICE))
    }

    /// A command was handled. `outcome` is a stable word: `appended`, `repeated`, `nothing`, `rejected`, `refused` or `failed`.
    pub fn command_handled(&self, command: &'static str, outcome: &'static str, took: Duration) {
        let labels = [KeyValue::new("command", command), KeyValue::new("outcome", outcome)];
        self.commands.record(took.as_secs_f64(), &labels);
    }

    /// A request was answered.
    pub fn request_answered(&self, route: &'static str, status: u16, took: Duration) {
        let labels = [KeyValue::new("route", route), KeyValue::new("status", i64::from(status))];
        self.requests.record(took.as_secs_f64(), &labels);
    }

    pub(crate) fn unauthenticated(&self, reason: &'static str) {
        self.unauthenticated.add(1, &[KeyValue::new("reason", reason)]);
    }

    pub(crate) fn rate_limited(&self, kind: &'static str) {
        self.rate_limited.add(1, &[KeyValue::new("kind", kind)]);
    }

    /// Watches the writer of a history: events appended, batches, commits (so batch sizes), time in commits, and what waits. The
    /// figures alone: they outlive the store, so that the last ones are told as well, and keep nothing open.
    pub fn watch_writer(&self, figures: &Arc<WriterFigures>) {
        self.grows("rustpunt.append.events", "{event}", "Events made durable", figures, WriterFigures::events);
        self.grows("rustpunt.append.batches", "{batch}", "Batches made durable", figures, WriterFigures::batches);
        let commits = "Waits for the disk; batches share them";
        self.grows("rustpunt.append.commits", "{commit}", commits, figures, WriterFigures::commits);
        let time = "Time spent waiting for the disk";
        self.grows("rustpunt.append.commit.time", "us", time, figures, WriterFigures::commit_micros);
        let figures = Arc::clone(figures);
        let waiting = self.meter.u64_observable_gauge("rustpunt.append.queued").with_unit("{batch}");
        waiting
            .with_description("Batches that wait for the writer now")
            .with_callback(move |observer| observer.observe(figures.queued(), &[]))
            .build();
    }

    /// How often the cluster was lost, and what that cost.
    pub fn watch_connection(&self, figures: &Arc<ConnectionFigures>) {
        let clients = "Connections to the event store begun; more than one means that it was lost";
        self.grows("rustpunt.store.connections", "{connection}", clients, figures, ConnectionFigures::clients);
        let resent = "Appends sent again because their outcome was unknown";
        self.grows("rustpunt.store.resent", "{append}", resent, figures, ConnectionFigures::resent);
        let failed = "Calls to the event store that failed for another reason than a conflict";
        self.grows("rustpunt.store.failed", "{call}", failed, figures, ConnectionFigures::failed);
        let again = "Subscriptions that ended and were made anew";
        self.grows("rustpunt.store.subscriptions", "{subscription}", again, figures, ConnectionFigures::subscriptions);
    }

    fn grows<F: Send + Sync + 'static>(
        &self,
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        figures: &Arc<F>,
        read: fn(&F) -> u64,
    ) {
        let figures = Arc::clone(figures);
        let counter = self.meter.u64_observable_counter(name).with_unit(unit).with_description(meaning);
        counter.with_callback(move |observer| observer.observe(read(&figures), &[])).build();
    }

    /// How far something that follows the history is behind now: events it has not handled, and the age of the oldest in seconds.
    pub fn behind(&self, processor: &'static str, events: u64, seconds: u64) {
        let labels = [KeyValue::new("processor", processor)];
        self.lag_events.record(events, &labels);
        self.lag_seconds.record(seconds, &labels);
    }

    /// What an operator has to look into now.
    pub fn concerns(&self, found: Concerns) {
        self.quarantined.record(found.quarantined, &[]);
        self.names_missing.record(found.names_missing, &[]);
    }

    /// How a receiver of webhooks stands now, by its configured name.
    pub(crate) fn webhooks(&self, standing: &Standing) {
        let labels = [KeyValue::new("receiver", standing.receiver.clone())];
        self.webhooks_waiting.record(standing.waiting, &labels);
        self.webhooks_dead.record(standing.dead, &labels);
    }

    /// Whether a check of `/readyz` finds its part of the node able to work now.
    pub fn checked(&self, check: &'static str, able: bool) {
        self.ready.record(u64::from(able), &[KeyValue::new("check", check)]);
    }
}
