import { atHost } from '../at-host.js';
import { beginning, openFile } from './open-file.js';
import type { Test } from 'tap';
import type { AnswerAtHost } from '../at-host.js';
import type { AuthorizeOptions, AuthorizeResult, Understudy, World } from '../../../src/client/index.js';

/** The client of the default scenario. */
export const client = { client_id: 'understudy-client', client_secret: 'understudy-secret' };
/** Its redirect URI. */
export const redirect_uri = 'http://localhost:3000/callback';
/** Its credentials in a Basic header. */
export const basic = `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`;

type Parameters = Readonly<Record<string, string>>;

/** A provider of the shelf in a world of its own. */
export interface Served {
  readonly server: Understudy;
  readonly world: World;
  /** Base URL of the provider. */
  readonly base: string;
  /** The URL of the authorization endpoint with a request. */
  readonly authorizeUrl: (parameters?: Parameters) => URL;
  /** Plays the person. */
  readonly authorize: (parameters?: Parameters, options?: AuthorizeOptions) => Promise<AuthorizeResult>;
  /** Logs in, and returns a code. */
  readonly code: (parameters?: Parameters) => Promise<string>;
  /** Posts a form to a path below the base. */
  readonly post: (path: string, body: Parameters, headers?: Parameters) => Promise<Response>;
  /** Sends a GET request to a real host, without the prefix of the provider. */
  readonly at: (host: string, path: string) => Promise<AnswerAtHost>;
  /** Calls the API with an access token. */
  readonly get: (path: string, token?: string, scheme?: string) => Promise<Response>;
}

/**
 * Serves a file of the folder `providers`, and other files beside it, by their names without `.yaml`.
 *
 * @param name the provider that the helpers speak to
 */
export async function serve(
  t: Test,
  file: string,
  { name = file, more = {}, at }: { name?: string; more?: Readonly<Record<string, string>>; at?: string } = {},
): Promise<Served> {
  const server = await openFile(t, file, more);
  const world = await server.newWorld({ clock: { now: beginning, frozen: true } });
  const { authorizeUrl: shown, baseUrl: base } = (await world.info()).providers[name]!;
  const authorizeUrl = (parameters: Parameters = {}): URL => {
    const url = new URL(at === undefined ? shown : base + at);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri,
      state: 'a b',
      ...parameters,
    }).toString();
    return url;
  };
  const authorize: Served['authorize'] = (parameters, options) => world.authorize(authorizeUrl(parameters), options);
  return {
    server,
    world,
    base,
    authorizeUrl,
    authorize,
    code: async (parameters) => String((await authorize(parameters)).code),
    post: (path, body, headers = {}) =>
      fetch(base + path, { method: 'POST', headers, body: new URLSearchParams({ ...body }) }),
    at: (host, path) => atHost(server.url, host, path),
    get: (path, token, scheme = 'Bearer') =>
      fetch(base + path, { headers: token === undefined ? {} : { authorization: `${scheme} ${token}` } }),
  };
}

/** The status and the text of an answer. */
export const seen = async (answer: Response | Promise<Response>): Promise<readonly [number, string]> => {
  const { status } = await answer;
  return [status, await (await answer).text()];
};
