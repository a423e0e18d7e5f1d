import t from 'tap';
import { UnderstudyError, connect, start } from '../../src/client/index.js';
import type { Understudy } from '../../src/client/index.js';

/** Sets variables of this process during a test. */
function withVariables(t: { teardown: (undo: () => void) => void }, variables: Record<string, string>): void {
  Object.assign(process.env, variables);
  t.teardown(() => {
    for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
  });
}

/** The status of a refused call. */
async function statusOf(server: Understudy): Promise<number | undefined> {
  const error: unknown = await server
    .world()
    .info()
    .catch((reason: unknown) => reason);
  return error instanceof UnderstudyError ? error.status : undefined;
}

void t.test('below `understudy run`, connect() needs neither URL nor token', async (t) => {
  const server = await start({ adminToken: 'secret' });
  t.teardown(() => server.close());
  withVariables(t, {
    UNDERSTUDY_URL: `${server.url}/`,
    UNDERSTUDY_ADMIN_TOKEN: 'secret',
    UNDERSTUDY_TLS_URL: 'https://127.0.0.1:1',
    UNDERSTUDY_PROXY_URL: 'http://127.0.0.1:2',
  });

  t.match(connect(), { url: server.url, tlsUrl: 'https://127.0.0.1:1', proxyUrl: 'http://127.0.0.1:2' });
  t.equal(connect('http://127.0.0.1:3').proxyUrl, undefined, 'that of another server is unknown');
  t.equal((await connect().world().info()).id, 'default');
  t.equal((await connect(server.url).world().info()).id, 'default', 'the URL of the same server');
  t.equal(await statusOf(connect(undefined, { token: 'other' })), 401);
});

void t.test('the token of a run is not sent to another server', async (t) => {
  const other = await start({ adminToken: 'secret' });
  t.teardown(() => other.close());
  withVariables(t, { UNDERSTUDY_URL: 'http://127.0.0.1:1', UNDERSTUDY_ADMIN_TOKEN: 'secret' });
  t.equal(await statusOf(connect(other.url)), 401);
});

void t.test('without the variables, connect() requires a URL', async (t) => {
  t.throws(() => connect(), {
    message:
      'connect() got no URL, and UNDERSTUDY_URL is not set; give the URL, or run the program with understudy run',
  });
});

void t.test('connect() takes a URL as an object, and tells where a URL that is none came from', async (t) => {
  t.equal(connect(new URL('http://127.0.0.1:1/base/')).url, 'http://127.0.0.1:1/base');
  withVariables(t, { UNDERSTUDY_URL: 'nope' });
  const message = 'connect: UNDERSTUDY_URL is "nope"; expected a URL such as http://127.0.0.1:8080';
  t.throws(() => connect(), { message });
  t.throws(() => connect('ftp://127.0.0.1'), { message: /^connect: url is "ftp:\/\/127\.0\.0\.1"; expected a URL / });
});
