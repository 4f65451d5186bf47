//! Something that takes OTLP over HTTP and keeps every byte.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::metrics::v1::Metric;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::Span;
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{Endpoint, Request, Response, Server};
use prost_otlp::Message as _;
use tokio::sync::Notify;

/// More than a delivery takes.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Default)]
struct Kept {
    traces: Mutex<Vec<Vec<u8>>>,
    metrics: Mutex<Vec<Vec<u8>>>,
    came: Notify,
}

/// A receiver that runs as long as the test.
pub struct Otlp {
    address: SocketAddr,
    kept: Arc<Kept>,
}

struct Taking(Arc<Kept>);

impl Endpoint for Taking {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        assert_eq!(request.header("content-type"), Some("application/x-protobuf"));
        let body = request.take_body().into_vec().await?;
        match request.uri().path() {
            "/v1/traces" => self.0.traces.lock().unwrap().push(body),
            "/v1/metrics" => self.0.metrics.lock().unwrap().push(body),
            other => panic!("nothing is sent to {other}"),
        }
        self.0.came.notify_one();
        Ok(Response::builder().content_type("application/x-protobuf").finish())
    }
}

impl Otlp {
    pub async fn start() -> Self {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
        let kept = Arc::new(Kept::default());
        tokio::spawn(Server::new_with_acceptor(acceptor).run(Taking(Arc::clone(&kept))));
        Self { address, kept }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until something that came makes this true.
    pub async fn until(&self, enough: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !enough(self) {
                self.kept.came.notified().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("what is waited for arrives");
    }

    /// Every byte that came.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.kept.traces, &self.kept.metrics].into_iter().flat_map(|kept| kept.lock().unwrap().concat()).collect()
    }

    fn traces(&self) -> Vec<ExportTraceServiceRequest> {
        let kept = self.kept.traces.lock().unwrap();
        kept.iter().map(|body| ExportTraceServiceRequest::decode(body.as_slice()).unwrap()).collect()
    }

    fn deliveries(&self) -> Vec<ExportMetricsServiceRequest> {
        let kept = self.kept.metrics.lock().unwrap();
        kept.iter().map(|body| ExportMetricsServiceRequest::decode(body.as_slice()).unwrap()).collect()
    }

    /// Every span.
    pub fn spans(&self) -> Vec<Span> {
        let resources = self.traces().into_iter().flat_map(|request| request.resource_spans);
        resources.flat_map(|spans| spans.scope_spans).flat_map(|spans| spans.spans).collect()
    }

    /// Every metric, as often as it came.
    pub fn metrics(&self) -> Vec<Metric> {
        let resources = self.deliveries().into_iter().flat_map(|request| request.resource_metrics);
        resources.flat_map(|metrics| metrics.scope_metrics).flat_map(|metrics| metrics.metrics).collect()
    }

    /// Who says so, in every delivery.
    pub fn services(&self) -> BTreeSet<String> {
        let traces = self.traces().into_iter().flat_map(|request| request.resource_spans).map(|spans| spans.resource);
        let metrics = self.deliveries().into_iter().flat_map(|request| request.resource_metrics);
        traces.chain(metrics.map(|metrics| metrics.resource)).map(|resource| service(&resource.unwrap())).collect()
    }

    /// The latest value of a gauge or a counter with this label, or without any.
    pub fn value(&self, name: &str, label: Option<(&str, &str)>) -> Option<i64> {
        use opentelemetry_proto::tonic::metrics::v1::number_data_point::Value;
        let latest = self.metrics().into_iter().rfind(|metric| metric.name == name)?;
        let points = match latest.data? {
            Data::Gauge(gauge) => gauge.data_points,
            Data::Sum(sum) => sum.data_points,
            other => panic!("{name} is {other:?}"),
        };
        let point = points.into_iter().find(|point| match label {
            None => point.attributes.is_empty(),
            Some((key, word)) => text(&point.attributes, key).as_deref() == Some(word),
        })?;
        match point.value? {
            Value::AsInt(value) => Some(value),
            Value::AsDouble(value) => panic!("{name} is {value}"),
        }
    }
}

/// The text of an attribute.
pub fn text(attributes: &[opentelemetry_proto::tonic::common::v1::KeyValue], key: &str) -> Option<String> {
    let found = attributes.iter().find(|attribute| attribute.key == key)?;
    match found.value.clone()?.value? {
        Any::StringValue(text) => Some(text),
        _ => None,
    }
}

fn service(resource: &Resource) -> String {
    text(&resource.attributes, "service.name").expect("service.name")
}
