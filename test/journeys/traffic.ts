import { Agent, request as httpRequest } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { urlsOf } from '../../src/http/urls.js';
import { providers } from '../../src/providers/index.js';
import type { Provider } from '../../src/providers/provider.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Heap in use after a garbage collection, in MiB. */
export function liveMiB(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

export interface TrafficOptions {
  readonly url: string;
  /** Total number of requests. */
  readonly requests: number;
  /** Number of parallel clients, each in its own world. */
  readonly clients: number;
  /** Size of a hostile body. Every third sign-in is followed by one. */
  readonly hostileBytes: number;
  /** Called after each tenth of the requests. */
  readonly tenth?: (done: number) => void | Promise<void>;
}

/** The result: answers by status, and connections that faults closed. */
export interface TrafficSeen {
  readonly statuses: Map<number, number>;
  cut: number;
}

const callback = 'http://localhost:3000/callback';
const credentials = { client_id: 'understudy-client', client_secret: 'understudy-secret' };
const resources: Readonly<Record<string, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/contacts',
  dottedsign: '/members/me',
};
const faults = [
  { kind: 'status', status: 503 },
  { kind: 'cut' },
  { kind: 'drop' },
  { kind: 'truncate' },
  { kind: 'garble' },
  { kind: 'delay', for: '2ms' },
  { kind: 'rate-limit' },
  { kind: 'oauth-error', error: 'invalid_grant' },
  { kind: 'patch', set: { expires_in: '3600' } },
  { kind: 'replay' },
  { kind: 'hold', until: 2, atMost: '5ms' },
];

/** Bodies that once took much memory or time, of about `bytes` bytes. */
const hostile: readonly ((bytes: number) => string)[] = [
  (bytes) => `[${'{},'.repeat(bytes / 3)}{}]`,
  (bytes) => JSON.stringify({ token: Array.from({ length: bytes / 10 }, (_, i) => i.toString(36).padStart(6, 'q')) }),
  (bytes) => JSON.stringify({ client_secret: `\ud800${'x'.repeat(bytes)}` }),
  (bytes) => JSON.stringify({ x: Array(Math.floor(bytes / 3)).fill('') }),
];

interface Heard {
  /** Undefined if the connection was closed without an answer. */
  readonly status: number | undefined;
  readonly body: string;
  readonly location: string;
}

/** Mixed traffic: sign-ins, calls and refreshes with clock changes and faults, in worlds that are reset and dropped. */
export async function traffic({ url, requests, clients, hostileBytes, tenth }: TrafficOptions): Promise<TrafficSeen> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients * 2 });
  const seen: TrafficSeen = { statuses: new Map(), cut: 0 };
  let done = 0;

  const ask = (target: string, method = 'GET', headers: Record<string, string> = {}, body = ''): Promise<Heard> =>
    new Promise((resolve) => {
      const heard = (status: number | undefined, text: string, location = ''): void => {
        done += 1;
        const isTenth = tenth !== undefined && done % Math.floor(requests / 10) === 0;
        if (status === undefined) seen.cut += 1;
        else seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1);
        const answer = { status, body: text, location };
        if (!isTenth) resolve(answer);
        else {
          void Promise.resolve(tenth(done)).then(() => {
            resolve(answer);
          });
        }
      };
      const request = httpRequest(
        target,
        { agent, method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.on('end', () => {
            heard(answer.statusCode, text, answer.headers.location);
          });
          // An incomplete body ends with `error`, not with `end`.
          answer.on('error', () => {
            heard(undefined, text);
          });
        },
      );
      request
        .on('error', () => {
          heard(undefined, '');
        })
        .end(body);
    });
  const admin = (world: string, call: string, body?: object): Promise<Heard> => {
    const [method = 'GET', path = ''] = call.split(' ');
    return ask(
      `${url}${world === '' ? '' : `/w/${world}`}/__admin${path}`,
      method,
      { 'content-type': 'application/json' },
      body === undefined ? '' : JSON.stringify(body),
    );
  };
  const token = (tokenUrl: string, form: Record<string, string>): Promise<Heard> =>
    ask(
      tokenUrl,
      'POST',
      { 'content-type': 'application/x-www-form-urlencoded' },
      new URLSearchParams({ ...form, ...credentials }).toString(),
    );

  /** One sign-in, with calls and refreshes. */
  async function session(world: string, provider: Provider, turn: number): Promise<void> {
    const { authorizeUrl, tokenUrl, apiUrl } = urlsOf(provider, url, world);
    const { location } = await ask(
      `${authorizeUrl}?${new URLSearchParams({ response_type: 'code', client_id: credentials.client_id, redirect_uri: callback, state: String(turn) }).toString()}`,
    );
    const code = /[?&]code=([^&]+)/.exec(location)?.[1];
    if (code === undefined) return;
    let { access_token: access = 'x', refresh_token: refresh = 'x' } = members(
      await token(tokenUrl, { grant_type: 'authorization_code', code, redirect_uri: callback }),
    );
    for (let call = 0; call < 8; call += 1) {
      await ask(apiUrl + String(resources[provider.name]), 'GET', { authorization: `Bearer ${access}` });
      if (call % 3 === 2) {
        ({ access_token: access = access, refresh_token: refresh = refresh } = members(
          await token(tokenUrl, { grant_type: 'refresh_token', refresh_token: refresh }),
        ));
      }
      if (call === 5) await admin(world, 'POST /clock/advance', { by: '3d' });
    }
  }

  /** One client, which uses several worlds one after the other. */
  async function client(number: number): Promise<void> {
    for (let life = 0; done < requests; life += 1) {
      const world = `soak-${String(number)}-${String(life)}`;
      await admin('', `PUT /worlds/${world}`, {
        seed: `${String(number)} ${String(life)}`,
        ...(life % 2 === 0 ? { clock: { frozen: true } } : {}),
      });
      for (const { name } of providers) {
        await admin(world, `PATCH /providers/${name}/policy`, {
          interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' },
        });
      }
      for (let turn = 0; turn < 12 && done < requests; turn += 1) {
        if (turn % 3 === 1) {
          await admin(world, 'POST /faults', {
            match: { endpoint: turn % 2 === 0 ? 'token' : 'resource' },
            times: 2,
            fault: faults[(turn + life) % faults.length],
          });
        }
        const provider = providers[turn % providers.length] as Provider;
        await session(world, provider, turn);
        if (turn % 3 === 2) {
          const body = (hostile[(turn + life) % hostile.length] as (typeof hostile)[0])(hostileBytes);
          await ask(urlsOf(provider, url, world).tokenUrl, 'POST', { 'content-type': 'application/json' }, body);
          await admin(world, 'GET /journal?limit=5');
        }
        if (turn === 6) await admin(world, 'POST /reset');
        if (turn === 6) {
          for (const { name } of providers) {
            await admin(world, `PATCH /providers/${name}/policy`, {
              interaction: { mode: 'auto', user: 'grace@example.test', decision: 'allow' },
            });
          }
        }
      }
      await admin(world, 'GET /findings');
      await admin('', `DELETE /worlds/${world}`);
    }
  }

  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  agent.destroy();
  return seen;
}

function members({ body }: Heard): { access_token?: string; refresh_token?: string } {
  try {
    return (JSON.parse(body) as { access_token?: string; refresh_token?: string } | null) ?? {};
  } catch {
    // A fault changed the body.
    return {};
  }
}
