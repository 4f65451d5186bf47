//! What the system tells about itself: log lines that are readable alone, and traces and metrics over OTLP when an endpoint is set.
//! Ids, counts, durations and codes only; never a value about a person, never a query's variables.

use std::sync::Arc;
use std::time::Duration;

use eventstore::sqlite::SqliteStore;
use opentelemetry::metrics::{Counter, Histogram, Meter, MeterProvider as _};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::{LogFormat, TelemetryConfig};

const SERVICE: &str = "rustpunt";

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
        global::set_text_map_propagator(TraceContextPropagator::new());
        let spans =
            telemetry.traces.as_ref().map(|traces| tracing_opentelemetry::layer().with_tracer(traces.tracer(SERVICE)));
        let lines: Box<dyn Layer<Registry> + Send + Sync> = match config.log_format {
            LogFormat::Json => fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).boxed(),
            LogFormat::Pretty => fmt::layer().compact().with_target(false).with_writer(std::io::stderr).boxed(),
        };
        let subscriber = tracing_subscriber::registry().with(lines).with(spans).with(filter);
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

    /// Sends what is left.
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

/// The figures of a node. Names and units stay: dashboards hang on them.
#[derive(Clone)]
pub struct Metrics {
    commands: Histogram<f64>,
    requests: Histogram<f64>,
    unauthenticated: Counter<u64>,
    meter: Meter,
}

impl Metrics {
    fn new(meter: &Meter) -> Self {
        Self {
            commands: meter
                .f64_histogram("rustpunt.command.handling.duration")
                .with_unit("s")
                .with_description("Time from taking a command on to its durable effect or its refusal")
                .build(),
            requests: meter
                .f64_histogram("rustpunt.request.duration")
                .with_unit("s")
                .with_description("Time from the first byte of a request to its answer")
                .build(),
            unauthenticated: meter
                .u64_counter("rustpunt.request.unauthenticated")
                .with_description("Requests without a valid token, by reason")
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

    /// Watches the writer of a history: events appended, batches, commits (so batch sizes), and time in commits.
    pub fn watch_store(&self, store: &Arc<SqliteStore>) {
        type Read = fn(&eventstore::sqlite::WriterFigures) -> u64;
        let figures: [(&'static str, &'static str, &'static str, Read); 4] = [
            ("rustpunt.append.events", "{event}", "Events made durable", |figures| figures.events()),
            ("rustpunt.append.batches", "{batch}", "Batches made durable", |figures| figures.batches()),
            ("rustpunt.append.commits", "{commit}", "Waits for the disk; batches share them", |figures| {
                figures.commits()
            }),
            ("rustpunt.append.commit.time", "us", "Time spent waiting for the disk", |figures| figures.commit_micros()),
        ];
        for (name, unit, meaning, read) in figures {
            let store = Arc::downgrade(store);
            self.meter
                .u64_observable_counter(name)
                .with_unit(unit)
                .with_description(meaning)
                .with_callback(move |observer| {
                    let store = store.upgrade();
                    if let Some(figures) = store.as_ref().and_then(|store| store.figures()) {
                        observer.observe(read(figures), &[]);
                    }
                })
                .build();
        }
    }

    /// Watches how far something that follows the history is behind, in events.
    pub fn watch_lag(&self, processor: &'static str, lag: impl Fn() -> Option<u64> + Send + Sync + 'static) {
        self.meter
            .u64_observable_gauge("rustpunt.processor.lag.events")
            .with_unit("{event}")
            .with_description("Events recorded that the processor has not handled")
            .with_callback(move |observer| {
                if let Some(events) = lag() {
                    observer.observe(events, &[KeyValue::new("processor", processor)]);
                }
            })
            .build();
    }
}
