//! The measured look at a case without the gate and the trail: the same door, token, GraphQL, desk and views, and the same answer in
//! shape. What the two cost is the distance to it. The product reads nothing without them; this stands nowhere but here.

use std::net::SocketAddr;
use std::sync::Arc;

use api::graphql::services::Services;
use api::identity::TokenVerifier;
use async_graphql::{Context, EmptyMutation, EmptySubscription, ID, Object, Request, Schema, SimpleObject};
use domain::ids::WorkerId;
use domain::life::Phase;
use domain::personal::Personal;
use poem::http::StatusCode;
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::web::Data;
use poem::web::headers::authorization::Bearer;
use poem::web::headers::{Authorization, HeaderMapExt};
use poem::{EndpointExt, Route, Server, handler, post};
use projections::views::people::{Dated, PersonView};
use projections::views::regie::{DirectorView, PartyView, RegieView};
use projections::views::{Reading, Rights, households, people, regie};
use tokio::sync::watch;
use uuid::Uuid;

/// The schema of the measured look, and nothing else.
type Ungated = Schema<Look, EmptyMutation, EmptySubscription>;

/// Serves on a loopback address until `stopped` says so.
pub async fn serve(
    services: Arc<Services>,
    verifier: Arc<TokenVerifier>,
    mut stopped: watch::Receiver<bool>,
) -> SocketAddr {
    let schema = Schema::build(Look, EmptyMutation, EmptySubscription).data(services).finish();
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
    let address = *acceptor.local_addr()[0].as_socket_addr().unwrap();
    let route = Route::new().at("/graphql", post(answer)).data(schema).data(verifier);
    let until = async move {
        stopped.wait_for(|stop| *stop).await.unwrap();
    };
    tokio::spawn(Server::new_with_acceptor(acceptor).run_with_graceful_shutdown(route, until, None));
    address
}

#[handler]
async fn answer(
    Data(schema): Data<&Ungated>,
    Data(verifier): Data<&Arc<TokenVerifier>>,
    request: &poem::Request,
    body: Vec<u8>,
) -> poem::Result<Vec<u8>> {
    let bearer: Option<Authorization<Bearer>> = request.headers().typed_get();
    let bearer = bearer.ok_or_else(|| poem::Error::from_status(StatusCode::UNAUTHORIZED))?;
    let known = verifier.verify(bearer.token()).await;
    known.map_err(|_| poem::Error::from_status(StatusCode::UNAUTHORIZED))?;
    let asked: Request = serde_json::from_slice(&body).map_err(poem::error::BadRequest)?;
    serde_json::to_vec(&schema.execute(asked).await).map_err(poem::error::InternalServerError)
}

struct Look;

#[Object]
impl Look {
    async fn case(&self, ctx: &Context<'_>, id: ID) -> async_graphql::Result<Case> {
        let services: &Arc<Services> = ctx.data()?;
        let desk = &services.cases;
        let loaded = desk.load(id.parse::<Uuid>()?).await?;
        let (history, day) = (&loaded.history, desk.office().clock.now().day());
        let book = &desk.office().terms;
        let reading = Reading::new(history, history.state(), day, book.terms_on(day), Rights::on(day, book));
        let regie = Regie::of(services, &regie::regie(&reading)).await?;
        Ok(Case {
            revision: history.facts().len().to_string(),
            phase: if matches!(history.state().life.phase, Phase::Open(_)) { "OPEN" } else { "CLOSED" },
            people: people::people(&reading).iter().map(Person::of).collect(),
            households: households::households(&reading).iter().map(Household::of).collect(),
            regie,
        })
    }
}

#[derive(SimpleObject)]
struct Case {
    revision: String,
    phase: &'static str,
    people: Vec<Person>,
    households: Vec<Household>,
    regie: Regie,
}

#[derive(SimpleObject)]
struct Person {
    id: ID,
    name: Option<String>,
    birth_date: Option<String>,
    role: Option<String>,
    authority: Option<Authority>,
}

#[derive(SimpleObject)]
struct Authority {
    kind: Option<String>,
    from: Option<String>,
    holders: Vec<OnlyId>,
}

#[derive(SimpleObject)]
struct OnlyId {
    id: ID,
}

#[derive(SimpleObject)]
struct Household {
    id: ID,
    label: Option<String>,
    since: String,
    members: Vec<Member>,
}

#[derive(SimpleObject)]
struct Member {
    person: OnlyId,
    from: String,
    until: Option<String>,
}

#[derive(SimpleObject)]
struct Regie {
    director: Option<Director>,
    parties: Vec<Party>,
    gap: Option<Gap>,
}

#[derive(SimpleObject)]
struct Gap {
    since: String,
    parties: usize,
}

#[derive(SimpleObject)]
struct Worker {
    id: ID,
    name: Option<String>,
}

#[derive(SimpleObject)]
struct Director {
    worker: Worker,
    organisation: String,
    since: String,
    tasks: Vec<String>,
}

#[derive(SimpleObject)]
struct Party {
    worker: Worker,
    organisation: String,
    since: String,
    expertise: Option<String>,
    can: Option<String>,
    cannot: Option<String>,
}

fn said<T>(value: &Personal<T>, words: impl FnOnce(&T) -> String) -> Option<String> {
    value.known().map(words)
}

fn only(id: impl std::fmt::Display) -> OnlyId {
    OnlyId { id: ID(format!("{id}")) }
}

fn until<T>(dated: &Dated<T>) -> Option<String> {
    dated.until.until(|_| true).map(|until| until.value.to_string())
}

impl Person {
    fn of(view: &PersonView) -> Self {
        let recorded = view.authority.as_ref().and_then(|authority| authority.recorded.as_ref());
        let authority = recorded.map(|recorded| Authority {
            kind: said(&recorded.value.value, |authority| authority.kind().as_str().to_owned()),
            from: Some(recorded.from.to_string()),
            holders: recorded
                .value
                .value
                .known()
                .into_iter()
                .flat_map(domain::people::Authority::holders)
                .map(only)
                .collect(),
        });
        Self {
            id: ID(view.person.to_string()),
            name: view.name.as_ref().and_then(|name| said(&name.value, |name| name.as_str().to_owned())),
            birth_date: view.birth_date.as_ref().and_then(|born| said(&born.value, ToString::to_string)),
            role: view.role.as_ref().and_then(|role| said(&role.value.value, |role| role.as_str().to_owned())),
            authority,
        }
    }
}

impl Household {
    fn of(view: &households::HouseholdView) -> Self {
        let member = |dated: &Dated<_>| Member {
            person: only(dated.value.value),
            from: dated.from.to_string(),
            until: until(dated),
        };
        Self {
            id: ID(view.household.value.to_string()),
            label: said(&view.label.value, |label| label.as_str().to_owned()),
            since: view.since.to_string(),
            members: view.members.iter().map(member).collect(),
        }
    }
}

impl Worker {
    async fn of(services: &Services, worker: WorkerId) -> async_graphql::Result<Self> {
        let loaded = services.workers.load(worker.as_uuid()).await?;
        let name =
            loaded.history.state().known.as_ref().and_then(|known| said(&known.name, |name| name.as_str().to_owned()));
        Ok(Self { id: ID(worker.to_string()), name })
    }
}

impl Regie {
    async fn of(services: &Services, view: &RegieView) -> async_graphql::Result<Self> {
        let director = match &view.director {
            Some(director) => Some(Director::of(services, director).await?),
            None => None,
        };
        let mut parties = Vec::new();
        for party in &view.parties {
            parties.push(Party::of(services, party).await?);
        }
        let gap = view.gap(|_| true).map(|gap| Gap { since: gap.since.to_string(), parties: gap.parties });
        Ok(Self { director, parties, gap })
    }
}

impl Director {
    async fn of(services: &Services, view: &DirectorView) -> async_graphql::Result<Self> {
        Ok(Self {
            worker: Worker::of(services, view.director.value).await?,
            organisation: view.organisation.as_str().to_owned(),
            since: view.since.to_string(),
            tasks: view.tasks.iter().map(|task| format!("{task:?}")).collect(),
        })
    }
}

impl Party {
    async fn of(services: &Services, view: &PartyView) -> async_graphql::Result<Self> {
        let contribution = view.contribution.as_ref();
        Ok(Self {
            worker: Worker::of(services, view.worker.value).await?,
            organisation: view.organisation.as_str().to_owned(),
            since: view.since.to_string(),
            expertise: view.expertise.as_ref().and_then(|line| said(&line.value, |line| line.as_str().to_owned())),
            can: contribution.and_then(|stated| said(&stated.can.value, |text| text.as_str().to_owned())),
            cannot: contribution.and_then(|stated| said(&stated.cannot.value, |text| text.as_str().to_owned())),
        })
    }
}
