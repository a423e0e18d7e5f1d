import type { ConnectTools } from '../../src/library.js';

type Tools = Omit<ConnectTools, 'visit'>;

/** The tokens of a sample client. */
export interface SampleTokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

/** In what a client differs from the plain one. */
export interface Manner {
  /** Parameters of the authorization request. */
  readonly extra?: (tools: Tools) => Readonly<Record<string, string>>;
  /** The authorization URL, if it is not made in the usual way. */
  readonly url?: (tools: Tools) => string;
  /** Asks for tokens. Default: a form with the id and the secret. */
  readonly ask?: (parameters: Readonly<Record<string, string>>, tools: Tools) => Promise<Response>;
  /** Throws, or changes what is kept. */
  readonly keep?: (tokens: SampleTokens) => void;
  /** What it does when the API answers 401, in place of a refresh. */
  readonly refused?: (call: () => Promise<Response>) => Promise<unknown>;
}

const apiPaths = ['/ConsoleService.svc/Console/Authentication/Info', '/contacts', '/members/me'];

/** The functions of a client that does the least, for `exam`. */
export function sampleClient({ extra, url, ask = askByForm, keep, refused }: Manner = {}): {
  readonly connect: (tools: ConnectTools) => Promise<void>;
  readonly call: (tools: Tools) => Promise<void>;
} {
  let tokens: SampleTokens | undefined;
  return {
    async connect(tools) {
      const callback = await tools.visit(url?.(tools) ?? authorizationUrl(tools, extra?.(tools)));
      const code = String(callback.searchParams.get('code'));
      const { redirectUri } = tools.client;
      const given = await granted(ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, tools));
      keep?.(given);
      tokens = given;
    },
    async call(tools) {
      const path = apiPaths.find((_, index) =>
        tools.urls.apiUrl.includes(['mailup', 'tinyemail', 'dottedsign'][index] as string),
      );
      const use = (): Promise<Response> =>
        fetch(`${tools.urls.apiUrl}${String(path)}`, {
          headers: { authorization: `Bearer ${String(tokens?.access_token)}` },
        });
      let answer = await use();
      if (answer.status === 401 && tokens !== undefined) await refused?.(use);
      if (answer.status === 401 && refused === undefined && tokens?.refresh_token !== undefined) {
        tokens = await granted(ask({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, tools));
        answer = await use();
      }
      if (!answer.ok) throw new Error(`the API answered ${answer.status}`);
    },
  };
}

function authorizationUrl({ urls, client }: Tools, extra: Readonly<Record<string, string>> = {}): string {
  const parameters = { response_type: 'code', client_id: client.id, redirect_uri: client.redirectUri, ...extra };
  return `${urls.authorizeUrl}?${new URLSearchParams(parameters).toString()}`;
}

/** Sends a form with the id and the secret. */
export function askByForm(parameters: Readonly<Record<string, string>>, { urls, client }: Tools): Promise<Response> {
  const body = new URLSearchParams({ ...parameters, client_id: client.id, client_secret: client.secret });
  return fetch(urls.tokenUrl, { method: 'POST', body });
}

async function granted(asked: Promise<Response>): Promise<SampleTokens> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status}`);
  return (await answer.json()) as SampleTokens;
}
