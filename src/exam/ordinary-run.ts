import { NotSeen } from './judgement.js';
import type { Finding } from '../client/index.js';
import type { Call } from './client-under-exam.js';
import type { ExaminedProvider } from './examined-provider.js';
import type { SeenRequest, SeenRequests } from './seen-request.js';
import type { Stage } from './stage.js';

/** One flow of the ordinary run. */
export interface ObservedFlow {
  readonly authorization: SeenRequest;
  /** The exchange of its code. Undefined: the client made none. */
  readonly exchange: SeenRequest | undefined;
}

/** An ordinary use of the client, in which nothing odd happens. All passive checks look at it. */
export interface OrdinaryRun {
  readonly provider: ExaminedProvider;
  readonly requests: SeenRequests;
  /** The redirect URIs that are registered at the provider. */
  readonly redirectUris: readonly string[];
  /** Two flows of the same person in different browsers. */
  readonly flows: readonly ObservedFlow[];
  readonly calls: readonly Call[];
  /** What the client showed in its pages and answers, as texts. */
  readonly shown: readonly string[];
  /** What it wrote to its standard output. Undefined: that cannot be seen. */
  readonly output: string | undefined;
  /** What the rules of `src/findings` say of the run. */
  readonly findings: readonly Finding[];
}

/**
 * Takes the client through it: connects, calls, calls after the access token expired, connects in a second browser,
 * calls.
 *
 * @throws NotSeen if the client does not connect
 */
export async function liveOrdinarily(stage: Stage): Promise<OrdinaryRun> {
  const first = await stage.connected();
  // also a call that proves nothing shows requests
  const calls = [await stage.callAnyway(first)];
  await stage.expireAccessTokens();
  calls.push(await stage.callAnyway(first));
  const second = await stage.connected();
  calls.push(await stage.callAnyway(second));
  const requests = await stage.requests();
  const clients = await stage.world.clients.list({ provider: stage.provider.name });
  const { findings } = await stage.world.findings();
  return {
    provider: stage.provider,
    requests,
    redirectUris: clients.flatMap(({ redirectUris }) => redirectUris),
    flows: flowsOf(requests),
    calls,
    shown: [...stage.pages, ...calls.map(({ text }) => text)],
    output: stage.client.output?.(),
    findings: findings.filter(({ provider }) => provider === stage.provider.name),
  };
}

function flowsOf({ authorizations, exchanges }: SeenRequests): ObservedFlow[] {
  return authorizations.map((authorization) => ({
    authorization,
    exchange: exchanges.find(({ entry }) => entry.flow !== undefined && entry.flow === authorization.entry.flow),
  }));
}

/**
 * The first flow, for checks that look at one of its requests.
 *
 * @throws NotSeen
 */
export function firstFlow({ flows }: OrdinaryRun): ObservedFlow {
  const [flow] = flows;
  if (flow === undefined) throw new NotSeen('the client began no flow');
  return flow;
}

/**
 * The exchange of the first flow.
 *
 * @throws NotSeen
 */
export function firstExchange(run: OrdinaryRun): SeenRequest {
  const exchange = run.flows.find((flow) => flow.exchange !== undefined)?.exchange;
  if (exchange === undefined) throw new NotSeen('the client exchanged no code');
  return exchange;
}

/** The state of a flow, wherever the provider's clients put it. Undefined: there is none. */
export function stateOf({ authorization }: ObservedFlow): string | undefined {
  const inUri = URL.canParse(authorization.query('redirect_uri') ?? '')
    ? (new URL(String(authorization.query('redirect_uri'))).searchParams.get('state') ?? undefined)
    : undefined;
  return authorization.query('state') ?? inUri;
}
