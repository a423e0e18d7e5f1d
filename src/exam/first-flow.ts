import { CannotExamine } from './cannot-examine.js';
import { SeenRequest } from './seen-request.js';
import type { Connection } from './client-under-exam.js';
import type { Stage } from './stage.js';

/** What the first flow showed about the client. */
export interface FirstFlow {
  /** Why the calls of the client prove nothing. Undefined: they use the token. */
  readonly callsProveNothing: string | undefined;
}

/**
 * Makes one flow and one call, before any check.
 *
 * @throws CannotExamine if they do not work, with the reason that the journal knows
 */
export async function tryFirstFlow(stage: Stage): Promise<FirstFlow> {
  const browser = await stage.newBrowser();
  const early = await stage.call(browser);
  const before = await stage.lastId();
  const connection = await stage.connect(browser);
  await stage.rest();
  const { succeededExchanges } = await stage.requests(before);
  if (connection.failure !== undefined || succeededExchanges.length === 0) {
    throw new CannotExamine(`the first flow did not work: ${await reasonOf(stage, connection)}`);
  }
  const connected = await stage.lastId();
  const call = await stage.call(browser);
  const { calls } = await stage.requests(connected);
  if (!call.ok) {
    const refused = calls.findLast(({ status = 0 }) => status >= 400)?.entry.explanation;
    const why = refused === undefined ? '' : `; ${refused}`;
    throw new CannotExamine(`the client connected, but its first call did not succeed: ${call.outcome}${why}`);
  }
  return { callsProveNothing: emptyCall(early.ok, calls) };
}

function emptyCall(worksEarly: boolean, calls: readonly SeenRequest[]): string | undefined {
  if (worksEarly) return 'the call succeeded before the client was connected, so it proves nothing about the token';
  if (calls.some(({ accessToken }) => accessToken !== undefined)) return undefined;
  return 'the call succeeded without a request of the API with a token, so it proves nothing about the token';
}

/** Why the first flow did not work: what the journal says, or else what the browser saw. */
async function reasonOf({ world, provider }: Stage, { visit, failure }: Connection): Promise<string> {
  const entries = (await world.journal.list()).map((entry) => new SeenRequest(entry));
  const own = entries.filter(({ entry }) => entry.provider === provider.name);
  const refused = own.findLast(({ status = 0 }) => status >= 400);
  if (refused?.entry.explanation !== undefined) {
    return `${refused.entry.request.method} ${refused.entry.request.path} was refused: ${refused.entry.explanation}`;
  }
  const [other] = new Set(entries.map(({ entry }) => entry.provider).filter((name) => name !== undefined));
  if (own.length === 0 && other !== undefined) {
    return `the client asked ${other}, not ${provider.name}; use --provider ${other}, or change the URLs of the client`;
  }
  if (own.length === 0) {
    const seen = failure ?? `its last page has status ${String(visit?.page?.status)}`;
    return `no request reached ${provider.name} at ${provider.info.baseUrl}, and ${seen}`;
  }
  if (visit?.callback !== undefined && own.every(({ endpoint }) => endpoint !== 'token')) {
    const { origin, pathname } = visit.callback;
    const seen = failure === undefined ? '' : `: ${failure}`;
    return `the callback ${origin}${pathname} was visited, but the token endpoint was never called${seen}`;
  }
  return failure ?? `the client made ${own.length} requests, but none of them exchanged a code`;
}
