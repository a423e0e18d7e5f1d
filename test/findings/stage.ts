import { createHash, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { judge } from '../../src/findings/report.js';
import { urlsOf } from '../../src/http/urls.js';
import { findProvider } from '../../src/providers/index.js';
import { atOnce, demo } from '../support.js';
import type { Policy } from '../../src/core/policy.js';
import type { Realm } from '../../src/core/realm.js';
import type { Rule as FaultRule } from '../../src/faults/rule.js';
import type { Report } from '../../src/findings/report.js';
import type { Finding } from '../../src/findings/finding.js';
import type { ProviderUrls } from '../../src/http/urls.js';
import type { RuleId } from '../../src/findings/rules/index.js';
import type { Scenario } from '../../src/world/scenario/schema/scenario.js';
import type { JournalEntry } from '../../src/world/journal/entry.js';
import type { World } from '../../src/world/world.js';
import type { TestServer } from '../support.js';

/** Parameters to add or replace; undefined removes one. */
export type Change = Readonly<Record<string, string | undefined>>;

export interface Call {
  readonly method?: string;
  readonly query?: Change;
  readonly form?: Change;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Timeout of the client, in real milliseconds. */
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Callback {
  readonly url: URL;
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

let worlds = 0;
const filled = (change: Change): [string, string][] =>
  Object.entries(change).filter((pair): pair is [string, string] => pair[1] !== undefined);
export const fresh = (): string => randomBytes(32).toString('base64url');
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** A new world, and a client of one provider that is correct unless a test changes something. */
export class Stage {
  readonly world: World;
  readonly urls: ProviderUrls;
  readonly realm: Realm;
  readonly provider: string;
  /** One connection, so that requests are sent one after the other. */
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #newConnections = new Agent({ keepAlive: false });
  readonly #server: TestServer;

  constructor(server: TestServer, provider: string, scenario: Partial<Scenario> = {}) {
    worlds += 1;
    const id = `stage-${worlds}`;
    this.#server = server;
    this.provider = provider;
    this.world = server.worlds.open({ id, scenario: { ...server.worlds.scenario, ...scenario } });
    this.world.clock.frozen = true;
    this.urls = urlsOf(findProvider(provider)!, server.url, id);
    this.realm = server.realm(provider, id);
    this.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
  }

  policy(change: Partial<Policy>): void {
    this.#server.policy(this.provider, change, this.world.id);
  }

  fault(...rules: readonly FaultRule[]): void {
    this.world.faults.add(rules);
  }

  advance(seconds: number): void {
    this.world.clock.set(this.world.clock.now() + seconds * 1000);
  }

  /** Sends an authorization request as a browser does, and returns the callback. */
  async authorize(change: Change = {}): Promise<Callback> {
    const verifier = fresh();
    const parameters = {
      client_id: demo.id,
      response_type: 'code',
      redirect_uri: demo.redirectUri,
      state: fresh(),
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
      ...change,
    };
    const answer = await this.send(this.urls.authorizeUrl, { query: parameters });
    const url = new URL(answer.headers.location?.toString() ?? 'about:blank', this.urls.baseUrl);
    return { url, code: url.searchParams.get('code') ?? '', verifier, redirectUri: parameters.redirect_uri };
  }

  exchange({ code, verifier, redirectUri }: Callback, change: Change = {}, call: Call = {}): Promise<Answer> {
    return this.token(
      { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, ...change },
      call,
    );
  }

  refresh(refreshToken: unknown, change: Change = {}, call: Call = {}): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: String(refreshToken), ...change }, call);
  }

  token(form: Change, { headers, ...call }: Call = {}): Promise<Answer> {
    const basic = Buffer.from(`${demo.id}:${demo.secret}`).toString('base64');
    return this.send(this.urls.tokenUrl, {
      method: 'POST',
      form,
      headers: headers ?? { authorization: `Basic ${basic}` },
      ...call,
    });
  }

  /** Gets a code and exchanges it. */
  async signIn(change: Change = {}): Promise<Answer['body']> {
    return (await this.exchange(await this.authorize(change))).body;
  }

  /** Calls the provider's API. */
  call(accessToken: unknown, path = resources[this.provider], call: Call = {}): Promise<Answer> {
    return this.send(`${this.urls.apiUrl}${path ?? ''}`, {
      headers: { authorization: `Bearer ${String(accessToken)}` },
      ...call,
    });
  }

  send(
    url: string,
    { method = 'GET', query = {}, form, headers = {}, body, timeoutMs }: Call = {},
    agent = this.#agent,
  ): Promise<Answer> {
    const search = new URLSearchParams(filled(query)).toString();
    const payload = body ?? (form === undefined ? undefined : new URLSearchParams(filled(form)).toString());
    const type =
      form === undefined || body !== undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    return new Promise((resolve, reject) => {
      const sent = request(
        search === '' ? url : `${url}?${search}`,
        { method, agent, headers: { ...type, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: parsed(Buffer.concat(chunks).toString()),
            });
          });
        },
      );
      sent.on('error', reject);
      if (timeoutMs !== undefined) setTimeout(() => sent.destroy(new Error('timeout')), timeoutMs);
      sent.end(payload);
    });
  }

  /** Sends a request on a connection of its own, so that requests run in parallel. */
  sendOnNewConnection(url: string, call: Call = {}): Promise<Answer> {
    return this.send(url, call, this.#newConnections);
  }

  /** Ten parallel requests. Their times are set to 1 ms apart, so that a slow machine does not change the result. */
  async tenAtOnce(url: string, call: Call): Promise<void> {
    await Promise.all(Array.from({ length: 10 }, () => this.sendOnNewConnection(url, call)));
    const entries = this.world.journal.entries().slice(-10) as {
      -readonly [K in keyof JournalEntry]: JournalEntry[K];
    }[];
    const [{ realAt }] = entries as [JournalEntry];
    // The last ones start after the end of the first.
    for (const [i, entry] of entries.entries()) Object.assign(entry, { realAt: realAt + i, durationMs: 3 });
  }

  /** Sets the pauses before the newest entries, in real milliseconds, as if the client had waited. */
  spread(...pausesMs: readonly number[]): void {
    const entries = this.world.journal.entries().slice(-pausesMs.length - 1) as {
      -readonly [K in keyof JournalEntry]: JournalEntry[K];
    }[];
    let end = 0;
    for (const [i, entry] of entries.entries()) {
      entry.realAt = i === 0 ? entry.realAt : end + pausesMs[i - 1]!;
      end = entry.realAt + entry.durationMs!;
    }
  }

  report(): Report {
    return atOnce(judge(this.world));
  }

  /** The severities of the findings of one rule. */
  severities(rule: RuleId): string[] {
    return this.report()
      .findings.filter((finding) => finding.rule === rule)
      .map(({ severity }) => severity);
  }

  /** The severity and rule of each finding. */
  found(): string[] {
    return this.report().findings.map(({ rule, severity }) => `${severity} ${rule}`);
  }

  finding(): Finding {
    return this.report().findings[0]!;
  }

  close(): void {
    this.#agent.destroy();
    this.#newConnections.destroy();
  }
}

/** An API call of each provider. */
const resources: Readonly<Record<string, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/account/customer/reader%40example.test',
  dottedsign: '/members/me',
};

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
}
