import { createHash } from 'node:crypto';
import { demo } from '../support.js';
import { basic } from './visit.js';
import type { Provider } from '../../src/providers/provider.js';
import type { JournalEntry } from '../../src/world/journal/entry.js';
import type { TestServer } from '../support.js';

export const verifier = 'v'.repeat(43);
const challenge = {
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};
export const client = { client_id: demo.id, client_secret: demo.secret };
export const right = { authorization: basic(demo.id, demo.secret) };
export type Form = Readonly<Record<string, string | undefined>>;

export const form = (parameters: Form): string =>
  new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();

/** A client of one provider in a world of its own that plays the scenario. */
export class StrictClient {
  private constructor(
    readonly server: TestServer,
    readonly provider: Provider,
    readonly id: string,
  ) {}

  static async at(server: TestServer, provider: Provider): Promise<StrictClient> {
    const id = `strict-${provider.name}`;
    const made = await fetch(`${server.url}/__admin/worlds/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scenario: 'strict-oauth' }),
    });
    if (!made.ok) throw new Error(await made.text());
    return new StrictClient(server, provider, id);
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.server.url}/w/${this.id}/${this.provider.name}${path}`, { redirect: 'manual', ...init });
  }

  entry(): JournalEntry {
    return this.server.lastEntry(this.id);
  }

  /** An authorization, by default one that is granted. */
  authorize(change: Form = {}, suffix = ''): Promise<Response> {
    const asked = { response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri, ...challenge };
    const query = form({ ...asked, state: 's'.repeat(24), ...change });
    return this.fetch(`${this.provider.endpoints.authorize[0]}?${query}${suffix}`);
  }

  async code(): Promise<string> {
    const { headers } = await this.authorize();
    return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  /** The parameters of an exchange with a new code. */
  async exchange(change: Form = {}): Promise<Form> {
    const asked = { grant_type: 'authorization_code', redirect_uri: demo.redirectUri, code_verifier: verifier };
    return { ...asked, code: await this.code(), ...client, ...change };
  }

  token(body: string, { headers = {}, query = '' } = {}): Promise<Response> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.fetch(this.provider.endpoints.token[0] + query, {
      method: 'POST',
      headers: { ...type, ...headers },
      body,
    });
  }

  async accessToken(): Promise<string> {
    const answer = (await (await this.token(form(await this.exchange()))).json()) as { access_token: string };
    return answer.access_token;
  }

  /** A call of the API that needs no parameter. */
  call(headers: Record<string, string>, query = ''): Promise<Response> {
    const [first] = this.provider.resources.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
    return this.fetch(this.provider.endpoints.api[0] + (first?.path ?? '') + query, { headers });
  }
}
