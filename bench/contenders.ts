import { Agent, request as httpRequest } from 'node:http';
import { floorName } from './names.js';
import { nodeCommand } from './server-process.js';
import { providers } from '../src/providers/index.js';
import { urlsOf } from '../src/http/urls.js';
import type { Provider } from '../src/providers/provider.js';

/** The measured kinds of work of a client. */
export const works = ['exchange', 'refresh', 'bearer'] as const;
export type Work = (typeof works)[number];

/** Parts of one request that differ from the other requests of its job. */
export interface Item {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests of one kind. */
export interface Job {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly items: readonly Item[];
}

/** A server that is measured. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  /** Maximum of requests per round and of the warm-up, for a slow server. */
  readonly requests?: number;
  /** Prepares n requests of a kind; undefined if the server does not support it. */
  readonly job: (work: Work, url: string, n: number) => Promise<Job | undefined>;
}

const callback = 'http://localhost:3000/callback';
const credentials = 'client_id=understudy-client&client_secret=understudy-secret';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const exchangeBody = (code: string): string =>
  `grant_type=authorization_code&code=${code}&redirect_uri=${encodeURIComponent(callback)}&${credentials}`;
const refreshBody = (token: string): string => `grant_type=refresh_token&refresh_token=${token}&${credentials}`;
const tokenJob = (url: string, bodies: readonly string[]): Job => ({
  url,
  method: 'POST',
  headers: form,
  items: bodies.map((body) => ({ body })),
});
const resourceJob = (url: string, token: string): Job => ({
  url,
  method: 'GET',
  headers: { authorization: `Bearer ${token}` },
  items: [{}],
});

const agent = new Agent({ keepAlive: true, maxSockets: 20 });

/** Calls a server and reads its JSON. */
export async function call<T>(url: string, method = 'GET', body?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent, method, headers: { 'content-type': 'application/json' } }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => (text += part))
        .on('end', () => {
          if ((response.statusCode as number) < 300) resolve((text === '' ? undefined : JSON.parse(text)) as T);
          else reject(new Error(`${method} ${url}: ${String(response.statusCode)} ${text}`));
        });
    });
    request.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** A path of each provider's API that a client would call. */
export const resourcePaths: Readonly<Record<string, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/contacts',
  dottedsign: '/members/me',
  standard: '/me',
};

/** The jobs of one provider in one world. */
export async function understudyJob(
  provider: Provider,
  work: Work,
  serverUrl: string,
  n: number,
  world = 'default',
): Promise<Job> {
  const urls = urlsOf(provider, serverUrl, world);
  const admin = `${serverUrl}/w/${world}/__admin/providers/${provider.name}`;
  const party = { clientId: 'understudy-client', userId: 'ada@example.test' };
  switch (work) {
    case 'exchange': {
      const codes = await Promise.all(
        Array.from({ length: n }, () =>
          call<{ code: string }>(`${admin}/codes`, 'POST', { ...party, redirectUri: callback }),
        ),
      );
      return tokenJob(
        urls.tokenUrl,
        codes.map(({ code }) => exchangeBody(code)),
      );
    }
    case 'refresh': {
      const pairs = await Promise.all(
        Array.from({ length: n }, () => call<{ refreshToken: string }>(`${admin}/tokens`, 'POST', party)),
      );
      return tokenJob(
        urls.tokenUrl,
        pairs.map(({ refreshToken }) => refreshBody(refreshToken)),
      );
    }
    case 'bearer': {
      const { accessToken } = await call<{ accessToken: string }>(`${admin}/tokens`, 'POST', party);
      return resourceJob(urls.apiUrl + String(resourcePaths[provider.name]), accessToken);
    }
  }
}

export const understudyCommand = nodeCommand('dist/main.js', 'serve', '--port', '0');

function floor(name: string, script: string): Contender {
  return {
    name,
    command: nodeCommand(`bench/servers/${script}`),
    async job(work, url) {
      if (work === 'bearer') return resourceJob(`${url}/resource`, 'a'.repeat(43));
      return tokenJob(`${url}/token`, [
        work === 'exchange' ? exchangeBody('c'.repeat(43)) : refreshBody('r'.repeat(43)),
      ]);
    },
  };
}

const oidcProvider: Contender = {
  name: 'oidc-provider',
  command: nodeCommand('bench/servers/oidc-provider.js'),
  requests: 1000,
  async job(work, url, n) {
    const mint = (kind: string, count: number): Promise<string[]> => call(`${url}/mint/${kind}?n=${String(count)}`);
    if (work === 'bearer') return resourceJob(`${url}/me`, (await mint('access', 1))[0] as string);
    if (work === 'exchange') return tokenJob(`${url}/token`, (await mint('code', n)).map(exchangeBody));
    return tokenJob(`${url}/token`, (await mint('refresh', 1)).map(refreshBody));
  },
};

const oauth2MockServer: Contender = {
  name: 'oauth2-mock-server',
  command: nodeCommand('bench/servers/oauth2-mock-server.js'),
  requests: 200,
  async job(work, url) {
    // Its userinfo endpoint does not check the token.
    if (work === 'bearer') return undefined;
    return tokenJob(`${url}/token`, [work === 'exchange' ? exchangeBody('c'.repeat(43)) : refreshBody('r'.repeat(43))]);
  },
};

export const bareFastify = floor(floorName, 'bare-fastify.js');

/**
 * The measured servers; first the floors, which do the least possible work. Bare Fastify is measured against itself,
 * which shows the error of the method.
 */
export const contenders: readonly Contender[] = [
  floor('bare node:http', 'bare-http.js'),
  bareFastify,
  ...providers.map((provider): Contender => ({
    name: `Understudy, ${provider.title}`,
    command: understudyCommand,
    job: (work, url, n) => understudyJob(provider, work, url, n),
  })),
  oidcProvider,
  oauth2MockServer,
];
