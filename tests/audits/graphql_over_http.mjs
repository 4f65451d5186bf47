// Runs the audits of `graphql-http` against the server at the address given, as the person whose token is in RUSTPUNT_AUDIT_TOKEN: the
// audits know no tokens, and nobody without one is answered here. One line of JSON per audit goes to standard output.
// node tests/audits/graphql_over_http.mjs FOLDER ADDRESS     (FOLDER: where the package was installed)
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, url] = process.argv.slice(2);
const { serverAudits } = createRequire(join(folder, 'node_modules', '/'))('graphql-http');
const bearer = { authorization: `Bearer ${process.env.RUSTPUNT_AUDIT_TOKEN}` };
const fetchFn = (address, init = {}) => fetch(address, { ...init, headers: { ...init.headers, ...bearer } });

for (const audit of serverAudits({ url, fetchFn })) {
  const { id, name, status, reason } = await audit.fn();
  console.log(JSON.stringify({ id, name, status, reason }));
}
