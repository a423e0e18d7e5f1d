import { once } from 'node:events';
import { createServer } from 'node:http';
import { start } from '../../src/client/index.js';
import { exam } from '../../src/library.js';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { ProviderUrls } from '../../src/client/index.js';
import type { ExamOptions, ExamResult } from '../../src/library.js';

/** What an application answers: a page, or a redirect. */
export interface Answer {
  readonly status?: number;
  readonly text?: string;
  readonly location?: string;
}

/** What a page of the application gets. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly urls: ProviderUrls;
  readonly redirectUri: string;
  /** The access token of the one connection that the application has. */
  readonly token: () => string | undefined;
  readonly keep: (token: string | undefined) => void;
}

/** Pages by their path. */
export type Pages = Readonly<Record<string, (asked: Asked) => Answer | Promise<Answer>>>;

const client = { client_id: 'understudy-client', client_secret: 'understudy-secret' };

/** Calls the API of tinyEmail with the token, also with none. */
export async function callApi({ urls, token }: Asked): Promise<boolean> {
  const answer = await fetch(`${urls.apiUrl}/contacts`, { headers: { authorization: `Bearer ${String(token())}` } });
  return answer.ok;
}

/** Exchanges the code of a callback, and keeps the token of the answer, whatever it is. */
export async function exchange({ url, urls, redirectUri, keep }: Asked): Promise<Answer> {
  const code = String(url.searchParams.get('code'));
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...client });
  const answer = await fetch(urls.tokenUrl, { method: 'POST', body });
  if (!answer.ok) return { status: 502 };
  keep(((await answer.json()) as { access_token?: string }).access_token);
  return { text: 'connected' };
}

/** Pages of an application with one connection for everybody. */
const plainPages: Pages = {
  '/': () => ({ text: 'home' }),
  '/connect': ({ urls, redirectUri }) => {
    const query = { response_type: 'code', client_id: client.client_id, redirect_uri: redirectUri, state: 'of-a-flow' };
    return { location: `${urls.authorizeUrl}?${new URLSearchParams(query).toString()}` };
  },
  '/callback': exchange,
  '/lists': async (asked) => {
    if (asked.token() === undefined) return { status: 401 };
    return { status: (await callApi(asked)) ? 200 : 502 };
  },
};

/** Examines an application at a provider, with other pages than the plain ones. */
export async function examOfPages(
  t: Test,
  pages: Pages,
  options: Partial<ExamOptions> & { readonly path?: string },
): Promise<ExamResult> {
  const { path = '/lists', provider = 'tinyemail', ...rest } = options;
  await using server = await start();
  const world = server.world();
  const { providers } = await world.info();
  const urls = (providers as unknown as Record<string, ProviderUrls>)[provider] as ProviderUrls;
  let kept: string | undefined;
  const all = { ...plainPages, ...pages };
  const application = createServer((request, response) => {
    const url = new URL(String(request.url), origin);
    const asked: Asked = {
      method: String(request.method),
      url,
      urls,
      redirectUri: `${origin}/callback`,
      token: () => kept,
      keep: (token) => (kept = token),
    };
    void Promise.resolve(all[url.pathname]?.(asked) ?? { status: 404 }).then(({ status, text, location }) => {
      response.writeHead(status ?? (location === undefined ? 200 : 302), {
        'content-type': 'text/html',
        ...(location === undefined ? {} : { location }),
      });
      response.end(text);
    });
  });
  await once(application.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  t.teardown(() => application.close());
  const redirectUri = `${origin}/callback`;
  const disconnect = '/disconnect' in pages ? { disconnect: `${origin}/disconnect` } : {};
  const means = { connect: `${origin}/connect`, call: origin + path, ...disconnect };
  return await exam({ provider, world, client: { redirectUri }, ...means, ...rest });
}
