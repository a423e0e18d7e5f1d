import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Connection, MustConnect } from './connection.js';
import { NoAnswer, TooLong, Unanswered } from './http.js';
import { BadCallback, beginFlow, readCallback } from './flow.js';
import { GrantRefused, TokenEndpoint, TryLater } from './token-endpoint.js';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Flows, PendingFlow } from './flow.js';
import type { Flawed, Settings } from './settings.js';
import type { Tokens } from './token-endpoint.js';

/** What is kept of one browser. */
interface Session {
  readonly flows: Map<string, PendingFlow>;
  connection: Connection | undefined;
  /** What flaws remember. */
  readonly marks: Marks;
}

/** What flaws of the groups people and end remember of a session. */
interface Marks {
  /** The connections of other sessions when the last flow began. */
  othersAtStart?: readonly Connection[];
  borrowed?: Connection | undefined;
  refuses?: boolean;
}

/** An answer of the application. */
interface Reply {
  readonly status: number;
  readonly text: string;
  readonly location?: string;
}

/** No flaw, but a habit: a callback that is not understood is answered by the next flow, as Passport does. */
export const beginsAnew = 'begins-anew';

/** No flaw, but a habit: the code is exchanged after the callback was answered. */
export const exchangesLate = 'exchanges-late';

/** Maximum number of flows that wait in one session. The oldest is forgotten. */
const mostFlows = 10;

/**
 * A web application that does everything right, at any provider. A flaw, named by the check that finds it, makes it do
 * one thing wrong.
 */
export class CarefulApplication {
  readonly #flawed: Flawed;
  #settings: Settings;
  #endpoint: TokenEndpoint;
  #sessions = new Map<string, Session>();
  readonly #spent = new Set<string>();
  #server: Server | undefined;
  #port = 0;
  /** The last reply, and whether there are no more: for flaws. */
  #busy: Promise<unknown> = Promise.resolve();
  #isGone = false;
  /** What it wrote to its log. */
  readonly log: string[] = [];

  constructor(settings: Settings, flaws: readonly string[] = []) {
    this.#flawed = (id) => flaws.includes(id);
    this.#settings = settings;
    this.#endpoint = new TokenEndpoint(settings, this.#flawed);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get redirectUri(): string {
    return `${this.url}/callback`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** Ends it and starts it again. Sessions are kept, as a database would keep them. */
  async restart(): Promise<void> {
    const server = this.#server as Server;
    const closed = once(server, 'close');
    this.close();
    await closed;
    if (this.#flawed('restart-keeps-connection')) this.#sessions = new Map();
    await this.start();
  }

  /** Uses another id and secret from now on. */
  useCredentials(clientId: string, clientSecret: string): void {
    this.#settings = { ...this.#settings, clientId, clientSecret };
    this.#endpoint = new TokenEndpoint(this.#settings, this.#flawed);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [id, session] = this.#sessionOf(request);
    const url = new URL(String(request.url), this.url);
    if (this.#isGone) return void response.destroy();
    if (this.#flawed('hanging-answer-blocks-nobody')) await this.#busy;
    const replying = this.#reply(request, url, session).catch((error: unknown) => this.#replyTo(error));
    this.#busy = replying;
    const reply = await replying;
    if (reply === silence) return void response.destroy();
    response.writeHead(reply.status, {
      'content-type': 'text/html; charset=utf-8',
      'set-cookie': `session=${id}; HttpOnly; SameSite=Lax; Path=/`,
      ...(reply.location === undefined ? {} : { location: reply.location }),
    });
    const text = this.#flawed('error-text-escaped') ? reply.text : escaped(reply.text);
    response.end(`<!doctype html><title>Careful</title><p>${text}`);
  }

  async #reply(request: IncomingMessage, url: URL, session: Session): Promise<Reply> {
    // a look ahead has no effect: the person has not come yet
    const isPrefetch = String(request.headers['sec-purpose']).includes('prefetch');
    const looksAhead =
      (request.method === 'HEAD' && !this.#flawed('callback-head')) ||
      (isPrefetch && !this.#flawed('callback-prefetched'));
    switch (url.pathname) {
      case '/connect':
        return looksAhead ? nothing : this.#connect(session);
      case '/callback':
        return looksAhead
          ? nothing
          : this.#callback(url.searchParams, session).catch((error: unknown) => {
              if (error instanceof BadCallback && error.error === undefined && this.#flawed(beginsAnew)) {
                return this.#connect(session);
              }
              throw error;
            });
      case '/call':
        return this.#call(session);
      case '/disconnect':
        return this.#disconnect(session);
      default:
        return { status: url.pathname === '/' ? 200 : 404, text: 'Careful application' };
    }
  }

  #connect({ flows, marks }: Session): Reply {
    if (this.#flawed('two-tabs')) flows.clear();
    marks.othersAtStart = this.#others(marks);
    if (this.#flawed('second-person')) marks.borrowed = marks.othersAtStart.at(-1);
    const { url, pending } = beginFlow(this.#settings, this.redirectUri, this.#flows(flows), this.#flawed);
    flows.set(pending.state, pending);
    for (const state of [...flows.keys()].slice(0, -mostFlows)) flows.delete(state);
    return { status: 302, text: 'To the provider', location: url.href };
  }

  #flows(own: Session['flows']): Flows {
    return {
      own,
      spent: this.#spent,
      all: () => [...this.#sessions.values()].flatMap(({ flows }) => [...flows.values()]),
    };
  }

  async #callback(query: URLSearchParams, session: Session): Promise<Reply> {
    if (query.get('error') === 'access_denied' && this.#flawed('denied-then-allowed')) session.marks.refuses = true;
    if (query.get('error') === 'access_denied' && this.#flawed('denied-no-token-request')) {
      await this.#endpoint.ask({ grant_type: 'authorization_code', code: '' }).catch(() => undefined);
    }
    const { code, pending } = readCallback(query, this.#flows(session.flows), this.#settings, this.#flawed);
    if (this.#flawed(exchangesLate)) {
      void setTimeout(300)
        .then(() => this.#connectWith(code, pending, session))
        .catch((error: unknown) => this.log.push(String(error)));
      return { status: 200, text: 'Connecting' };
    }
    const tokens = await this.#connectWith(code, pending, session);
    const next = this.#flawed('no-open-redirect') ? query.get('next') : null;
    if (next !== null) return { status: 302, text: 'On', location: next };
    return { status: 200, text: this.#flawed('token-not-shown') ? `Connected: ${tokens.accessToken}` : 'Connected' };
  }

  async #connectWith(code: string, pending: PendingFlow, session: Session): Promise<Tokens> {
    const tokens = await this.#exchange(code, pending);
    if (this.#flawed('no-password')) {
      await this.#endpoint.ask({ grant_type: 'password', username: 'ada', password: 'unknown' }).catch(() => undefined);
    }
    if (this.#flawed('no-secret-in-output')) this.log.push(`connected with ${tokens.accessToken}`);
    await this.#keep(new Connection(tokens, this.#settings, this.#endpoint, this.#flawed), session);
    return tokens;
  }

  async #exchange(code: string, { redirectUri, verifier }: PendingFlow): Promise<Tokens> {
    if (this.#flawed('code-used-soon') && this.#sessions.size === 2) await setTimeout(5100);
    if (this.#flawed('grant-type-known')) await this.#endpoint.ask({ grant_type: 'code', code }).catch(() => undefined);
    const exchange = (): Promise<Tokens> =>
      this.#endpoint.ask({
        grant_type: 'authorization_code',
        code,
        ...(this.#flawed('redirect-uri-sent') ? {} : { redirect_uri: redirectUri }),
        ...(this.#flawed('redirect-uri-repeated') ? { redirect_uri: `${redirectUri}&again` } : {}),
        ...(this.#flawed('pkce-sent') ? {} : { code_verifier: verifier }),
        ...(this.#flawed('verifier-sent') ? { code_verifier: randomBytes(32).toString('base64url') } : {}),
      });
    const repeat = async (error: unknown): Promise<Tokens> => {
      if (this.#flawed('waits-in-callback')) await setTimeout(1500);
      if (this.#flawed('refused-exchange-not-repeated') && error instanceof GrantRefused) return exchange();
      if (this.#flawed('exchange-429-not-repeated') && error instanceof TryLater) return exchange();
      throw error;
    };
    const tokens = await exchange().catch(repeat).catch(repeat);
    if (this.#flawed('code-used-once')) await exchange().catch(() => undefined);
    return tokens;
  }

  async #keep(connection: Connection, session: Session): Promise<void> {
    const { connection: old, marks } = session;
    const news = this.#others(marks).filter((other) => marks.othersAtStart?.includes(other) === false);
    const [faster] = this.#flawed('two-people-at-once') ? news : [];
    session.connection = faster ?? connection;
    if (old?.wasLost === true && this.#flawed('lost-refresh-answer')) marks.refuses = true;
    if (old?.wasRefused === true && !old.wasLost && this.#flawed('reconnect-after-refusal')) marks.refuses = true;
    if (old === undefined || old.isDead) return;
    const isSamePerson = async (): Promise<boolean> => (await old.call()).body === (await connection.call()).body;
    if (this.#flawed('reconnect-replaces') && (await isSamePerson())) session.connection = old;
    if (this.#flawed('other-person-same-browser') && !(await isSamePerson())) session.connection = old;
  }

  /** The living connections of other sessions. */
  #others(marks: Marks): Connection[] {
    return [...this.#sessions.values()]
      .filter((session) => session.marks !== marks)
      .flatMap(({ connection }) => (connection?.isDead === false ? [connection] : []));
  }

  async #call({ connection, marks }: Session): Promise<Reply> {
    const borrowed = marks.borrowed;
    marks.borrowed = undefined;
    if (borrowed !== undefined) {
      const foreign = await borrowed.callOnce();
      if (foreign.status === 200) return { status: 200, text: foreign.body };
    }
    if (connection === undefined || marks.refuses === true) throw new MustConnect('you are not connected');
    const tokens = connection.tokens;
    const { status, body } = await connection.call();
    if (tokens !== connection.tokens && this.#flawed('connections-kept-apart')) {
      for (const session of this.#sessions.values()) {
        if (session.connection?.isDead === false) session.connection = connection;
      }
    }
    return {
      status: status === 200 ? 200 : status === 403 ? 403 : 502,
      text: status === 200 ? body : 'The API refused',
    };
  }

  async #disconnect(session: Session): Promise<Reply> {
    await session.connection?.end();
    if (this.#flawed('reconnect-after-disconnect')) session.marks.refuses = true;
    if (session.connection?.isDead === true) session.connection = undefined;
    return { status: 200, text: 'Disconnected' };
  }

  /** What went wrong, in words without secrets. */
  #replyTo(error: unknown): Reply {
    this.log.push(error instanceof Error ? error.message : 'unknown error');
    if (error instanceof BadCallback) {
      const sent = error.error === undefined ? '' : ` (${error.error})`;
      return { status: 400, text: `Not connected: ${error.message}${sent}` };
    }
    const hasCrashed = error instanceof Unanswered && this.#flawed('exchange-reset-survived');
    if (hasCrashed || error instanceof RangeError) return silence;
    this.#isGone ||= this.#flawed('megabyte-answer-survived') && error instanceof TooLong;
    if (error instanceof MustConnect) return { status: 401, text: `Please connect: ${error.message}` };
    const isExpected = error instanceof NoAnswer || error instanceof TryLater || error instanceof GrantRefused;
    return isExpected ? { status: 503, text: `Please try again: ${error.message}` } : { status: 500, text: 'Broken' };
  }

  #sessionOf({ headers }: IncomingMessage): [string, Session] {
    const [, given = ''] = /\bsession=([\w-]+)/.exec(headers.cookie ?? '') ?? [];
    const id = this.#sessions.has(given) ? given : randomBytes(16).toString('base64url');
    const session = this.#sessions.get(id) ?? {
      flows: new Map<string, PendingFlow>(),
      connection: undefined,
      marks: {},
    };
    this.#sessions.set(id, session);
    return [id, session];
  }
}

const nothing: Reply = { status: 204, text: '' };

/** The connection is closed without a reply. */
const silence: Reply = { status: 500, text: '' };

const escaped = (text: string): string => text.replaceAll(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
