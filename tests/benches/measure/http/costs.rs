//! Where the time of one request goes: each layer by itself, one request at a time.

use std::future::Future;
use std::sync::Arc;

use async_graphql::{Executor as _, Request, Variables};
use serde_json::{Value, json};
use tests::cases;
use tests::measure::{Options, Runs, Samples, Table, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::site::{Site, check};
use super::{asked, open_cases, read};
use crate::desk::give;
use crate::stored::note;

/// Cases that are there; each is asked about in turn.
const CASES: usize = 32;

/// The layers in the order in which they are measured, with what each took in each run.
#[derive(Default)]
struct Layers(Vec<(&'static str, [Runs; 2])>);

impl Layers {
    fn note(&mut self, layer: &'static str, samples: &Samples) {
        let known = self.0.iter().position(|(name, _)| *name == layer);
        let place = known.unwrap_or_else(|| {
            self.0.push((layer, <[Runs; 2]>::default()));
            self.0.len() - 1
        });
        note(&mut self.0[place].1, samples);
    }
}

pub fn measure(options: &Options, runtime: &Runtime) {
    let mut layers = Layers::default();
    for _ in 0..options.runs {
        let folder = folder().unwrap();
        let site = Site::open(folder.path());
        one_run(&mut layers, &site, options.work(320), runtime);
        site.close();
    }
    let mut table = Table::new("One request at a time: what each layer takes (µs)", ["layer", "p50", "p99"]);
    for (layer, [p50, p99]) in &layers.0 {
        table.row([(*layer).to_owned(), p50.spread(), p99.spread()]);
    }
    table.print();
}

fn one_run(layers: &mut Layers, site: &Site, times: usize, clients: &Runtime) {
    let cases = open_cases(site, clients, CASES);
    site.settle();
    door(layers, site, times, clients);
    mutations(layers, site, &cases, times, clients);
    reads(layers, site, &cases, times, clients);
}

/// Takes the time of one thing after another; `pause` is not timed.
fn timed<F: Future>(
    runtime: &Runtime,
    cases: &Arc<Vec<Uuid>>,
    times: usize,
    pause: impl Fn(),
    mut what: impl FnMut(Uuid) -> F,
) -> Samples {
    let mut samples = Samples::default();
    for case in cases.iter().copied().cycle().take(times) {
        let doing = what(case);
        samples.time(|| runtime.block_on(doing));
        pause();
    }
    samples
}

fn door(layers: &mut Layers, site: &Site, times: usize, clients: &Runtime) {
    let (visitor, schema, verifier) =
        (site.visitor(&site.joost), site.runtime().block_on(async { site.schema() }), site.verifier());
    let nobody = Arc::new(vec![Uuid::nil()]);
    clients.block_on(visitor.alive());
    layers.note("HTTP alone: `GET /healthz`", &timed(clients, &nobody, times, || (), |_| visitor.alive()));

    let mut believing = Samples::default();
    for _ in 0..times {
        believing.time(|| clients.block_on(verifier.verify(&site.joost))).unwrap();
    }
    layers.note("the token verified, in process", &believing);

    let caller = site.caller(&site.joost);
    let nothing = |_| schema.execute(Request::new(asked::NOTHING).data(caller.clone()));
    // The first introduces the worker.
    site.runtime().block_on(nothing(Uuid::nil()));
    let samples = timed(site.runtime(), &nobody, times, || (), nothing);
    layers.note("`{ __typename }` in process: GraphQL alone", &samples);

    let body = format!(r#"{{"query":"{}"}}"#, asked::NOTHING);
    let samples = timed(clients, &nobody, times, || (), |_| visitor.post(body.clone()));
    layers.note("`{ __typename }` over HTTP: HTTP, token, GraphQL", &samples);
}

fn mutations(layers: &mut Layers, site: &Site, cases: &Arc<Vec<Uuid>>, times: usize, clients: &Runtime) {
    let visitor = site.visitor(&site.joost);
    clients.block_on(visitor.alive());
    let ask = |case| {
        let visitor = visitor.clone();
        async move { check(&visitor.post(asked::contribution(case)).await) }
    };
    layers.note("mutation over HTTP, one after another", &timed(clients, cases, times, || (), ask));
    site.settle();
    let samples = timed(clients, cases, times, || site.settle(), ask);
    layers.note("mutation over HTTP, each after the lists followed", &samples);

    let (schema, caller) = (site.runtime().block_on(async { site.schema() }), site.caller(&site.joost));
    let ask = |case| {
        let request = request(asked::contribution_document(), &asked::contribution_input(case));
        let asked = schema.execute(request.data(caller.clone()));
        async move { assert!(asked.await.errors.is_empty()) }
    };
    // The first introduces the worker.
    site.runtime().block_on(ask(cases[0]));
    let samples = timed(site.runtime(), cases, times, || site.settle(), ask);
    layers.note("mutation in process: GraphQL, gate, desk", &samples);

    let (services, order, before) = (site.services(), cases::contribution(), site.commits());
    let ask = |case| give(&services.cases, case, &order);
    let samples = timed(site.runtime(), cases, times, || site.settle(), ask);
    layers.note("mutation at the desk: decide, seal, append, read back", &samples);
    let mut commit = Samples::default();
    commit.push(site.commits().mean_since(&before));
    layers.note("mutation: the history's commit alone (mean)", &commit);
}

fn reads(layers: &mut Layers, site: &Site, cases: &Arc<Vec<Uuid>>, times: usize, clients: &Runtime) {
    let visitor = site.visitor(&site.joost);
    clients.block_on(visitor.alive());
    let ask = |case| {
        let visitor = visitor.clone();
        async move { check(&visitor.post(asked::look(case)).await) }
    };
    layers.note("`case` over HTTP", &timed(clients, cases, times, || (), ask));

    let (schema, caller) = (site.runtime().block_on(async { site.schema() }), site.caller(&site.joost));
    let ask = |case: Uuid| {
        let asked = schema.execute(request(asked::case_document(), &json!(case)).data(caller.clone()));
        async move { assert!(asked.await.errors.is_empty()) }
    };
    site.runtime().block_on(ask(cases[0]));
    layers.note("`case` in process: GraphQL, gate, views, trail", &timed(site.runtime(), cases, times, || (), ask));

    let services = site.services();
    let samples = timed(site.runtime(), cases, times, || (), |case| read(&services.cases, case));
    layers.note("`case`: desk and views in process", &samples);
}

fn request(document: &str, input: &Value) -> Request {
    Request::new(document).variables(Variables::from_json(json!({"input": input})))
}
