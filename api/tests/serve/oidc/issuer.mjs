// An OpenID Connect issuer on loopback, for the tests of `serve`: `oidc-provider` with invented workers as its clients.
//
//   node issuer.mjs MODULE PORT CERTIFICATE KEY
//
// MODULE is the entry file of the installed package, PORT may be 0, the other two are PEM files. It says `{"issuer": …}` in one line once
// it listens. It hears, one word a line: `rotate` (sign with a new key; the old ones stay), `retire` (only the newest key stays). It
// answers each with that word. It ends when nobody speaks any more.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, port, certificate, secret] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(module));

const AUDIENCE = "urn:rustpunt:api";
const SCOPES = "rustpunt:read rustpunt:write";

// Who gets a token for which name. Roles stand nested and in the issuer's own words.
const WORKERS = {
  noor: { given: "Noor", realm: { groups: ["medewerkers", "Toegang"] } },
  deputy: { given: "Ilse", realm: { groups: ["Toegang"] }, represents: { sub: "mila" } },
  chain: { given: "Ilse", realm: { groups: ["Toegang"] }, represents: { sub: "mila", represents: { sub: "robert" } } },
  stranger: { given: "Iemand", realm: { groups: ["Toegang"] } },
  nobody: { given: "Niemand", realm: { groups: ["medewerkers"] } },
};

// One key of each kind that is believed, in turn.
const KINDS = [
  { alg: "ES256", pair: () => generateKeyPairSync("ec", { namedCurve: "P-256" }) },
  { alg: "RS256", pair: () => generateKeyPairSync("rsa", { modulusLength: 2048 }) },
  { alg: "PS256", pair: () => generateKeyPairSync("rsa", { modulusLength: 2048 }) },
];
let made = 0;
let keys = [];
let answer;

function addKey() {
  const { alg, pair } = KINDS[made % KINDS.length];
  made += 1;
  keys.unshift({ ...pair().privateKey.export({ format: "jwk" }), kid: `key-${made}`, alg, use: "sig" });
}

// A provider's keys are fixed, so each set of keys gets a provider of its own under the same name.
function open(issuer) {
  const { kid, alg } = keys[0];
  const provider = new Provider(issuer, {
    jwks: { keys },
    clients: Object.keys(WORKERS).map((client_id) => ({
      client_id,
      client_secret: "for-tests-only",
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: alg,
    })),
    scopes: SCOPES.split(" "),
    ttl: { ClientCredentials: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: () => ({
          scope: SCOPES,
          audience: AUDIENCE,
          accessTokenTTL: 600,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg, kid } },
        }),
      },
    },
    extraTokenClaims: (_, token) => ({
      nbf: Math.floor(Date.now() / 1000),
      azp: token.clientId,
      organisation: "uitvoeringsdienst-gooi",
      ...WORKERS[token.clientId],
    }),
  });
  answer = provider.callback();
}

addKey();
const tls = { cert: readFileSync(certificate), key: readFileSync(secret) };
const server = createServer(tls, (request, response) => answer(request, response));
server.listen(Number(port), "127.0.0.1", () => {
  const issuer = `https://127.0.0.1:${server.address().port}`;
  open(issuer);
  console.log(JSON.stringify({ issuer }));
  const heard = createInterface({ input: process.stdin });
  heard.on("line", (word) => {
    if (word === "rotate") addKey();
    if (word === "retire") keys = keys.slice(0, 1);
    open(issuer);
    console.log(word);
  });
  heard.on("close", () => process.exit(0));
});
