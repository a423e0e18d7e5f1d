import { exchangeFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import type { Browser } from '../../../client/browser.js';
import type { Call, Connection } from '../../client-under-exam.js';
import type { Fault } from '../../endpoint-faults.js';
import type { Judgement } from '../../judgement.js';
import type { SeenRequest } from '../../seen-request.js';
import type { Stage } from '../../stage.js';

/** What a client did after an odd answer to its exchange. */
export interface OddFlow {
  readonly browser: Browser;
  readonly connection: Connection;
  readonly exchanges: readonly SeenRequest[];
  /** The call after the flow, and the requests of the API that it made. */
  readonly call: Call;
  readonly calls: readonly SeenRequest[];
  /** Tokens that the client had kept from earlier connections. */
  readonly kept: ReadonlySet<string | undefined>;
}

/**
 * Answers the exchange of one flow with a fault, and makes a call afterwards.
 *
 * @throws NotSeen if the client exchanges no code, or if its calls do not use the token
 */
export async function answerExchange(stage: Stage, fault: Fault): Promise<OddFlow> {
  const browser = await stage.newBrowser();
  // a client with one connection for everybody learns here that its old one has ended
  await stage.call(browser);
  const kept = new Set((await stage.requests()).calls.map(({ accessToken }) => accessToken));
  await stage.fault(exchangeFault(fault));
  const before = await stage.lastId();
  const connection = await stage.connect(browser);
  await stage.rest();
  const { exchanges } = await stage.requests(before);
  if (exchanges.length === 0) throw new NotSeen(`the client exchanged no code: ${String(connection.failure)}`);
  const call = await stage.call(browser);
  const { calls } = await stage.requests(before);
  return { browser, connection, exchanges, call, calls, kept };
}

/** The calls that the API answered with success. */
export const successesOf = (calls: readonly SeenRequest[]): SeenRequest[] =>
  calls.filter(({ accessToken, status }) => accessToken !== undefined && status === 200);

/**
 * Judges an answer that has a usable token, however odd it is.
 *
 * @param what the answer in a few words: `an answer without expires_in`
 * @param refused the judgement on a client that does not use the token
 */
export async function judgeUsable(stage: Stage, what: string, fault: Fault, refused = failed): Promise<Judgement> {
  const { connection, exchanges, call, calls } = await answerExchange(stage, fault);
  const withoutPage = noPage(what, connection, exchanges);
  if (withoutPage !== undefined) return withoutPage;
  const successes = successesOf(calls);
  return successes.length > 0
    ? passed(`After ${what}, the client used the token.`, [...exchanges, ...successes])
    : refused(`After ${what}, the client did not use the token: ${call.outcome}.`, [...exchanges, ...calls]);
}

/**
 * Judges an answer that has no usable token: the person gets a page, and no later call has a token that nobody gave. A
 * client that repeats the exchange, or that reads a token all the same, also passes.
 *
 * @throws NotSeen also if a word such as `undefined` in place of a token says nothing about the answer
 */
export async function judgeUnusable(stage: Stage, what: string, fault: Fault): Promise<Judgement> {
  const { browser, connection, exchanges, calls, kept } = await answerExchange(stage, fault);
  const withoutPage = noPage(what, connection, exchanges);
  if (withoutPage !== undefined) return withoutPage;
  const given = exchanges.map(({ entry }) => JSON.stringify(entry.response?.body)).join();
  const refused = calls.filter(({ status }) => status !== 200);
  const empty = refused.filter(({ hasEmptyToken }) => hasEmptyToken);
  const read = refused.filter(
    ({ hasEmptyToken, accessToken: token = '' }) =>
      !hasEmptyToken && token !== '' && !kept.has(token) && given.includes(token),
  );
  if (stage.sendsEmptyTokens && read.length === 0 && empty.length > 0) {
    throw new NotSeen('the client calls the API with a word in place of a token also before it was connected');
  }
  if (empty.length + read.length > 0) {
    return failed(`After ${what}, the client called the API with a token that it had made of it.`, [
      ...exchanges,
      ...empty,
      ...read,
    ]);
  }
  const again = await stage.connect(browser);
  return (
    noPage(what, again, exchanges) ?? passed(`After ${what}, the client went on, and made no token of it.`, exchanges)
  );
}

/** A failure, if the browser got no page: no answer, or redirects without end. */
function noPage(what: string, { visit }: Connection, exchanges: readonly SeenRequest[]): Judgement | undefined {
  return visit?.failure === undefined
    ? undefined
    : failed(`After ${what}, the person got no page: ${visit.failure}.`, exchanges);
}

/**
 * Judges whether a client repeats an exchange that was refused for some time. Two are no loop: some clients try both
 * ways of authentication, and some begin twice.
 */
export async function judgeRepetition(stage: Stage, what: string, fault: Fault): Promise<Judgement> {
  await stage.fault(exchangeFault(fault, 50));
  const { failure, visit } = await stage.connect(await stage.newBrowser());
  await stage.rest();
  const { exchanges } = await stage.requests();
  if (exchanges.length > 2) {
    return failed(`After ${what}, the client asked for tokens ${exchanges.length} times.`, exchanges);
  }
  if (exchanges.length === 0) throw new NotSeen(`the client exchanged no code: ${String(failure)}`);
  // it may wait in the callback, as it was asked to
  if (visit?.failure !== undefined) throw new NotSeen(`the flow did not end: ${visit.failure}`);
  return passed(`After ${what}, the number of exchanges was ${exchanges.length}.`, exchanges);
}
