import { realNow, steadyNow } from '../world/clock.js';
import { asksForPassword } from './asks-for-password.js';
import { CannotExamine } from './cannot-examine.js';
import { hintAtRegistration, hintAtState } from './first-flow-hints.js';
import { SeenRequest } from './seen-request.js';
import type { Call, Connection } from './client-under-exam.js';
import type { Stage } from './stage.js';

/** What the first flow showed about the client. */
export interface FirstFlow {
  /** Why the calls of the client prove nothing. Undefined: they use the token. */
  readonly callsProveNothing: string | undefined;
  /** Real time after the end of the flow in which the client exchanged the code, in milliseconds. 0: before its end. */
  readonly lateMs: number;
  /** Whether the client calls the API also without a connection, with a word such as `undefined` as the token. */
  readonly sendsEmptyTokens: boolean;
}

/** Interval of looking for an exchange, in milliseconds. */
const pollMs = 40;

/** Maximum real time that is waited for an exchange in the background, in milliseconds. */
const exchangeWithinMs = 3000;

/**
 * Makes one flow and one call, before any check.
 *
 * @param clientId the id under which the client is registered, if it is known
 * @throws CannotExamine if they do not work, with the reason that the journal knows
 */
export async function tryFirstFlow(stage: Stage, clientId?: string): Promise<FirstFlow> {
  const browser = await stage.newBrowser();
  const early = await stage.call(browser);
  const sendsEmptyTokens = (await stage.requests()).calls.some(({ hasEmptyToken }) => hasEmptyToken);
  const before = await stage.lastId();
  const connection = await stage.connect(browser);
  const [ended, waitedSince] = [realNow(), steadyNow()];
  const exchange = await firstExchangeAfter(stage, before, connection);
  const seenAfterMs = steadyNow() - waitedSince;
  if (connection.failure !== undefined || exchange === undefined) {
    throw new CannotExamine(`the first flow did not work: ${await reasonOf(stage, connection, before, clientId)}`);
  }
  const byClocks = exchange.realAt + (exchange.entry.durationMs ?? 0) - ended;
  // the clock of a server on another machine can be ahead
  const lateMs = Math.max(0, Math.min(byClocks, seenAfterMs));
  // a client that exchanges the code in the background has yet to keep the tokens
  if (lateMs > 0) await stage.rest();
  const connected = await stage.lastId();
  const call = await stage.call(browser);
  const { calls } = await stage.requests(connected);
  if (!call.ok && call.isElsewhere !== true) {
    const refused = calls.findLast(({ status = 0 }) => status >= 400)?.entry.explanation;
    const why = refused === undefined ? '' : `; ${refused}`;
    throw new CannotExamine(`the client connected, but its first call did not succeed: ${call.outcome}${why}`);
  }
  return { callsProveNothing: emptyCall(early, call, calls), lateMs, sendsEmptyTokens };
}

/** The first exchange that gave tokens. A client can make it in the background, after the callback was answered. */
async function firstExchangeAfter(
  stage: Stage,
  before: number,
  { failure, visit }: Connection,
): Promise<SeenRequest | undefined> {
  const canCome = failure === undefined && visit?.callback !== undefined;
  for (let waited = 0; ; waited += pollMs) {
    const { exchanges, succeededExchanges } = await stage.requests(before);
    const [found] = succeededExchanges;
    const isRefused = exchanges.some(({ status }) => status !== undefined && status !== 200);
    if (found !== undefined || isRefused || !canCome || waited >= exchangeWithinMs) return found;
    await stage.pause(pollMs);
  }
}

function emptyCall(early: Call, call: Call, calls: readonly SeenRequest[]): string | undefined {
  if (!call.ok) return `the call was redirected, and used the API without success, or not at all: ${call.outcome}`;
  if (early.ok) return 'the call succeeded before the client was connected, so it proves nothing about the token';
  if (calls.some(({ accessToken }) => accessToken !== undefined)) return undefined;
  return 'the call succeeded without a request of the API with a token, so it proves nothing about the token';
}

/** A flow that did not reach the provider often ends at the login page of the application. */
function whereItEnded(visit: Connection['visit']): string {
  if (visit?.page === undefined) return 'the client visited no URL';
  const { origin, pathname } = new URL(visit.page.url);
  const login = asksForPassword(visit.page) ? ', which asks for a password: use --login' : '';
  return `it ended at ${origin}${pathname} with status ${visit.page.status}${login}`;
}

/** Why the first flow did not work: what the journal says, or else what the browser saw. */
async function reasonOf(
  { world, provider }: Stage,
  { visit, failure }: Connection,
  before: number,
  clientId: string | undefined,
): Promise<string> {
  // a token of an earlier exam can have been refused before the flow
  const entries = (await world.journal.list({ since: before })).map((entry) => new SeenRequest(entry));
  const own = entries.filter(({ entry }) => entry.provider === provider.name);
  const refused = own.findLast(({ status = 0 }) => status >= 400);
  if (refused?.entry.explanation !== undefined) {
    const { request, explanation } = refused.entry;
    const hint = hintAtRegistration(refused, clientId);
    return `${request.method} ${request.path} was refused: ${explanation}${hint}`;
  }
  const [other] = new Set(entries.map(({ entry }) => entry.provider).filter((name) => name !== undefined));
  if (own.length === 0 && other !== undefined) {
    return `the client asked ${other}, not ${provider.name}; examine ${other}, or change the URLs of the client`;
  }
  if (own.length === 0) {
    return `no request reached ${provider.name} at ${provider.info.baseUrl}, and ${failure ?? whereItEnded(visit)}`;
  }
  if (visit?.callback !== undefined && own.every(({ endpoint }) => endpoint !== 'token')) {
    const { origin, pathname } = visit.callback;
    const seen = failure === undefined ? '' : `: ${failure}`;
    const hint = hintAtState(provider, visit.callback, own);
    return `the callback ${origin}${pathname} was visited, but the token endpoint was never called${seen}${hint}`;
  }
  return failure ?? `${own.length} requests reached ${provider.name}, but none exchanged a code`;
}
