import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../src/client/index.js';
import { ProviderFiles } from '../../../src/providers/files/library.js';
import type { Test } from 'tap';
import type { Understudy, World } from '../../../src/client/index.js';
import type { ProviderDocument } from '../../../src/providers/files/schema/document.js';

type Parameters = Readonly<Record<string, string | undefined>>;

/** An answer with its body. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. Empty if it is none. */
  readonly json: Readonly<Record<string, string>>;
}

/** A folder with provider files, by name. It is removed after the test. */
export function folderOf(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-files-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The mistakes of files, as `line:column path: message`. */
export const mistakesOf = (t: Test, files: Readonly<Record<string, string>>): string[] =>
  new ProviderFiles(folderOf(t, files))
    .read()
    .map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);

/** A served provider of a document, with a client of it. Nobody has to log in. */
export class Shop {
  static readonly redirectUri = 'http://localhost:3000/callback';
  static readonly client = { id: 'understudy-client', secret: 'understudy-secret' };
  readonly server: Understudy;
  readonly world: World;
  /** The URL of the provider. */
  readonly url: string;
  readonly authorizePath: string;

  private constructor(server: Understudy, world: World, url: string, authorizePath: string) {
    this.server = server;
    this.world = world;
    this.url = url;
    this.authorizePath = authorizePath;
  }

  /** Starts a server with the document as the provider `shop`. */
  static async open(t: Test, { policy, ...document }: ProviderDocument): Promise<Shop> {
    const whole: ProviderDocument = {
      ...document,
      policy: { interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' }, ...policy },
    };
    const server = await start({ providers: folderOf(t, { 'shop.json': JSON.stringify(whole) }) });
    t.teardown(() => server.close());
    const world = server.world();
    const { baseUrl, authorizeUrl } = (await world.info()).providers.shop as { baseUrl: string; authorizeUrl: string };
    return new Shop(server, world, baseUrl, authorizeUrl.slice(baseUrl.length));
  }

  /** Asks for authorization. Gives the parameters of the redirect back. */
  async callback(parameters: Parameters = {}, path = this.authorizePath): Promise<URLSearchParams> {
    const query = encoded({
      response_type: 'code',
      client_id: Shop.client.id,
      redirect_uri: Shop.redirectUri,
      state: 's',
      ...parameters,
    });
    const answer = await fetch(`${this.url}${path}?${query.toString()}`, { redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`no redirect: ${String(answer.status)} ${await answer.text()}`);
    return new URL(location).searchParams;
  }

  /** A new code. */
  async code(parameters: Parameters = {}): Promise<string> {
    return String((await this.callback(parameters)).get('code'));
  }

  /** Posts a form, with the client's id and secret by HTTP Basic. */
  post(path: string, parameters: Parameters, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.send(path, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${Shop.client.id}:${Shop.client.secret}`)}`, ...headers },
      body: encoded(parameters),
    });
  }

  /** The tokens of a new code. */
  async tokens(parameters: Parameters = {}, path = '/token'): Promise<Answered['json']> {
    const code = await this.code(parameters);
    const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri, code };
    return (await this.post(path, exchange)).json;
  }

  get(path: string, token?: string): Promise<Answered> {
    return this.send(path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  }

  async send(path: string, init: RequestInit): Promise<Answered> {
    const answer = await fetch(this.url + path, { redirect: 'manual', ...init });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: jsonOf(text) };
  }

  /** The newest entry of the journal. */
  async newest() {
    const [entry] = await this.world.journal.list({ provider: 'shop', order: 'newest' });
    if (entry === undefined) throw new Error('the journal is empty');
    return entry;
  }
}

const encoded = (parameters: Parameters): URLSearchParams =>
  new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined));

function jsonOf(text: string): Answered['json'] {
  try {
    return Object(JSON.parse(text)) as Answered['json'];
  } catch {
    return {};
  }
}
