import { bareFastify, contenders, resourcePaths, understudyCommand } from './contenders.js';
import { measurePairs } from './pairs.js';
import { processorTimeSource } from './processor-time.js';
import { ServerProcess, load } from './server-process.js';
import { measureRound } from './throughput.js';
import { urlsOf } from '../src/http/urls.js';
import { providers } from '../src/providers/index.js';
import type { Pairs } from './pairs.js';
import type { Provider } from '../src/providers/provider.js';

/** A request of a flow; see flow.js. */
interface Step {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly takes?: Readonly<Record<string, string>>;
}

/** Something that can do the whole flow of a test. */
interface Flow {
  readonly name: string;
  readonly command: readonly string[];
  /** Flows of a round. */
  readonly flows: number;
  readonly steps: readonly Step[];
}

/**
 * The flows of one contender. Costs are processor time of the server for one flow, and for one exchange at bare Fastify
 * before it.
 */
export interface FlowSeries extends Pairs<{ readonly micros: number }> {
  readonly contender: string;
}

const callback = encodeURIComponent('http://localhost:3000/callback');
const credentials = 'client_id=understudy-client&client_secret=understudy-secret';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const bearer = { authorization: 'Bearer {access}' };
const tokens = { access: '"access_token" ?: ?"([^"]+)', refresh: '"refresh_token" ?: ?"([^"]+)' };
const exchange = (path: string): Step => ({
  method: 'POST',
  path,
  headers: form,
  body: `grant_type=authorization_code&code={code}&redirect_uri=${callback}&${credentials}`,
  takes: tokens,
});
const refresh = (path: string): Step => ({
  method: 'POST',
  path,
  headers: form,
  body: `grant_type=refresh_token&refresh_token={refresh}&${credentials}`,
});

/**
 * A world whose pages answer themselves, an authorization request, exchange, call, refresh, and the end of the world.
 */
function understudyFlow(provider: Provider): Flow {
  const { authorizeUrl, tokenUrl, refreshUrl = tokenUrl, apiUrl } = urlsOf(provider, '', '{world}');
  const interaction = { mode: 'auto', user: 'ada@example.test', decision: 'allow' };
  const scenario = { extends: 'default', providers: { [provider.name]: { policy: { interaction } } } };
  const query = `response_type=code&client_id=understudy-client&redirect_uri=${callback}&state=a-state`;
  return {
    name: `Understudy, ${provider.title}`,
    command: understudyCommand,
    flows: 400,
    steps: [
      { method: 'PUT', path: '/__admin/worlds/{world}', headers: json, body: JSON.stringify({ scenario }) },
      { method: 'GET', path: `${authorizeUrl}?${query}`, takes: { code: '[?&]code=([^&\\s]+)' } },
      exchange(tokenUrl),
      { method: 'GET', path: apiUrl + String(resourcePaths[provider.name]), headers: bearer },
      refresh(refreshUrl),
      { method: 'DELETE', path: '/__admin/worlds/{world}' },
    ],
  };
}

const commandOf = (name: string): readonly string[] => contenders.find((each) => each.name === name)?.command ?? [];

/**
 * Peers have no worlds. What is comparable is a server of the peer for each test: bench/servers/worlds.js makes them in
 * one process, which costs much less than a process for each.
 */
const peers: readonly Flow[] = [
  {
    name: 'oidc-provider',
    command: commandOf('oidc-provider'),
    flows: 40,
    steps: [
      { method: 'PUT', path: '/worlds/{world}' },
      // Its pages need a program that answers them, so code and token come from its models.
      { method: 'GET', path: '/w/{world}/flow', takes: { code: '"code":"([^"]+)', own: '"access":"([^"]+)' } },
      exchange('/w/{world}/token'),
      { method: 'GET', path: '/w/{world}/me', headers: { authorization: 'Bearer {own}' } },
      refresh('/w/{world}/token'),
      { method: 'DELETE', path: '/worlds/{world}' },
    ],
  },
  {
    name: 'oauth2-mock-server',
    command: commandOf('oauth2-mock-server'),
    flows: 4,
    steps: [
      { method: 'PUT', path: '/worlds/{world}' },
      {
        method: 'GET',
        path: `/w/{world}/authorize?response_type=code&client_id=understudy-client&redirect_uri=${callback}&scope=read&state=s`,
        takes: { code: '[?&]code=([^&\\s]+)' },
      },
      exchange('/w/{world}/token'),
      { method: 'GET', path: '/w/{world}/userinfo', headers: bearer },
      refresh('/w/{world}/token'),
      { method: 'DELETE', path: '/worlds/{world}' },
    ],
  },
];

export interface FlowOptions {
  readonly withPeers: boolean;
  readonly pairs: number;
  readonly attempts: number;
  /** See `PairOptions`. */
  readonly until?: number;
  readonly tell: (line: string) => void;
}

/** Measures the whole flow of a test at each provider and at the peers. */
export async function measureFlows({ withPeers, pairs, attempts, until, tell }: FlowOptions): Promise<FlowSeries[]> {
  const floor = await ServerProcess.start(bareFastify.command);
  const all: FlowSeries[] = [];
  try {
    const reference = async (): Promise<{ micros: number }> => measureRound(bareFastify, floor, 'exchange', 2000);
    for (let i = 0; i < 4; i += 1) await reference();
    for (const flow of [...providers.map(understudyFlow), ...(withPeers ? peers : [])]) {
      const server = await ServerProcess.start(flow.command);
      try {
        const subject = async (): Promise<{ micros: number }> => measureFlow(flow, server);
        for (let i = 0; i < 3; i += 1) await subject();
        const made = await measurePairs({ pairs, attempts, until, reference, subject, tell });
        all.push({ contender: flow.name, ...made });
        tell(`flow at ${flow.name}`);
      } finally {
        await server.stop();
      }
    }
    return all;
  } finally {
    await floor.stop();
  }
}

async function measureFlow({ flows, steps }: Flow, server: ServerProcess): Promise<{ micros: number }> {
  const [before, begun] = [server.processorMicros, performance.now()];
  await load('flow.js', { url: server.control ?? server.url, flows, connections: Math.min(flows, 10), steps });
  const micros =
    processorTimeSource === undefined ? (performance.now() - begun) * 1000 : server.processorMicros - before;
  return { micros: micros / flows };
}
