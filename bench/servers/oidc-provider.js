// oidc-provider for plain OAuth2, set up to be fast: opaque tokens, no ID token to sign, state in maps.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { ready } from './fixed.js';
import { worldsOf } from './worlds.js';

const client = {
  client_id: 'understudy-client',
  client_secret: 'understudy-secret',
  redirect_uris: ['http://localhost:3000/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_post',
};

/** A provider with a store of its own. The store replaces its memory adapter, which keeps only a thousand entries. */
function newProvider() {
  const stores = new Map();
  class Maps {
    #entries;
    constructor(name) {
      if (!stores.has(name)) stores.set(name, new Map());
      this.#entries = stores.get(name);
    }
    async upsert(id, payload) {
      this.#entries.set(id, payload);
    }
    async find(id) {
      return this.#entries.get(id);
    }
    async findByUid() {
      return undefined;
    }
    async consume(id) {
      this.#entries.get(id).consumed = Math.floor(Date.now() / 1000);
    }
    async destroy(id) {
      this.#entries.delete(id);
    }
    async revokeByGrantId() {}
  }
  const provider = new Provider('http://127.0.0.1', {
    adapter: Maps,
    clients: [client],
    scopes: ['openid', 'offline_access', 'read'],
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    pkce: { required: () => false },
    rotateRefreshToken: false,
    features: { devInteractions: { enabled: false } },
  });
  provider.on('server_error', (_context, error) => process.stderr.write(`${error.stack}\n`));
  return provider;
}

/** Authorization codes, access and refresh tokens without a browser. */
async function mint(provider, kind) {
  const found = await provider.Client.find(client.client_id);
  const grant = new provider.Grant({ accountId: 'ada', clientId: client.client_id });
  grant.addOIDCScope('openid offline_access read');
  const grantId = await grant.save();
  const common = { accountId: 'ada', client: found, grantId, gty: 'authorization_code' };
  if (kind === 'access') return new provider.AccessToken({ ...common, scope: 'openid' }).save();
  if (kind === 'refresh') return new provider.RefreshToken({ ...common, scope: 'offline_access read' }).save();
  return new provider.AuthorizationCode({
    ...common,
    redirectUri: client.redirect_uris[0],
    scope: 'offline_access read',
  }).save();
}

/** What a flow needs: its userinfo endpoint takes only tokens with the scope openid, and a code with that would sign an ID token. */
const mintForFlow = async (provider) => ({
  code: await mint(provider, 'code'),
  access: await mint(provider, 'access'),
});

/** Answers requests of one provider: `/mint/KIND?n=N`, `/flow` and everything of the provider itself. */
function listenerOf(provider) {
  const handle = provider.callback();
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://bench');
    if (pathname === '/flow') return response.end(JSON.stringify(await mintForFlow(provider)));
    if (!pathname.startsWith('/mint/')) return handle(request, response);
    const values = [];
    for (let i = 0; i < Number(searchParams.get('n')); i += 1) {
      values.push(await mint(provider, pathname.slice('/mint/'.length)));
    }
    response.end(JSON.stringify(values));
  };
}

const listener = listenerOf(newProvider());
const worlds = worldsOf(() => listenerOf(newProvider()));
const server = createServer(async (request, response) => {
  if (!(await worlds(request, response))) await listener(request, response);
});
server.listen(0, '127.0.0.1', () => ready(server.address().port));
