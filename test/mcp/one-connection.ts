import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { ProviderUrls } from '../../src/client/index.js';

/** An application that is connected at MailUp for everybody, and never refreshes its token: a common mistake. */
export interface OneConnection {
  readonly url: string;
  readonly redirectUri: string;
  /** The paths that were requested. */
  readonly seen: readonly string[];
  /** Resolves when a request of this path has come. */
  readonly asked: (path: string) => Promise<void>;
  /** Resolves when the connection of a request of `/slow` is closed before its answer. */
  readonly abandoned: Promise<unknown>;
  /** Sets the URLs of the provider, as a person writes them into the settings of an application. */
  readonly configure: (urls: ProviderUrls) => void;
}

const credentials = `Basic ${btoa('understudy-client:understudy-secret')}`;

/** Starts the application on a free port, until the test ends. */
export async function oneConnection(t: Test): Promise<OneConnection> {
  let urls: ProviderUrls;
  let accessToken: string | undefined;
  let delayMs = 0;
  const seen: string[] = [];

  async function page({ pathname, searchParams }: URL): Promise<{ status: number; location?: string; text?: string }> {
    if (pathname === '/connect') {
      const query = { response_type: 'code', client_id: 'understudy-client', redirect_uri: redirectUri };
      return { status: 302, location: `${urls.authorizeUrl}?${new URLSearchParams(query).toString()}` };
    }
    if (pathname === '/callback') {
      const code = String(searchParams.get('code'));
      const answer = await fetch(urls.tokenUrl, {
        method: 'POST',
        headers: { authorization: credentials },
        body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
      });
      if (!answer.ok) return { status: 502, text: 'no token' };
      accessToken = ((await answer.json()) as { access_token: string }).access_token;
      return { status: 200, text: 'connected' };
    }
    if (pathname === '/slow') delayMs = 60_000;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
    const answer = await fetch(`${urls.apiUrl}/ConsoleService.svc/Console/Authentication/Info`, {
      headers: { authorization: `Bearer ${String(accessToken)}` },
    });
    return { status: answer.ok ? 200 : 502, text: answer.ok ? 'lists' : 'not connected' };
  }

  let abandon: () => void;
  const abandoned = new Promise<void>((resolve) => (abandon = resolve));
  const server = createServer((request, response) => {
    seen.push(String(request.url));
    server.emit('seen');
    response.once('close', () => {
      if (!response.writableFinished) abandon();
    });
    void page(new URL(String(request.url), url)).then(({ status, location, text }) => {
      response.writeHead(status, location === undefined ? {} : { location }).end(text);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${url}/callback`;
  const asked = async (path: string): Promise<void> => {
    while (!seen.includes(path)) await once(server, 'seen');
  };
  return { url, redirectUri, seen, asked, abandoned, configure: (given) => (urls = given) };
}
