import { CaseGroup } from '../case.js';
import { basic, credentials, pairs, uriOf } from '../wire.js';
import { callback, exchange } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import type { DottedSign } from '../dotted-sign.js';
import type { Answer } from '../wire.js';

const group = new CaseGroup();
const { add, one } = group;

/** The grant authorization_code. */
export const tokenCodeCases = group.cases;

function atCode(name: string, ask: (server: DottedSign, code: string) => Promise<Answer>): void {
  add(`token/code/${name}`, async (server, observe) => {
    const code = await server.code();
    observe('answer', await ask(server, code));
  });
}

atCode('form', (server, code) => server.token(exchange(code)));
atCode('Basic', (server, code) =>
  server.token(
    { grant_type: 'authorization_code', code, redirect_uri: callback },
    { headers: basic('app', 'app-secret') },
  ),
);
atCode('code in the query', (server, code) => server.post(`/oauth/token?code=${code}`, exchange(undefined)));
atCode('with a scope that is unknown', (server, code) => server.token(exchange(code, { scope: 'unheard.of' })));
atCode('with a narrower scope', (server, code) => server.token(exchange(code, { scope: 'files.general.read' })));
atCode('redirect_uri missing', (server, code) => server.token(exchange(code, { redirect_uri: undefined })));
atCode('redirect_uri empty', (server, code) => server.token(exchange(code, { redirect_uri: '' })));
atCode('redirect_uri another registered one', (server, code) =>
  server.token(exchange(code, { redirect_uri: 'http://127.0.0.1:3000/callback' })),
);
atCode('redirect_uri with a trailing slash', (server, code) =>
  server.token(exchange(code, { redirect_uri: `${callback}/` })),
);
atCode('redirect_uri with an empty query', (server, code) =>
  server.token(exchange(code, { redirect_uri: `${callback}?` })),
);
atCode('redirect_uri with a fragment', (server, code) =>
  server.token(exchange(code, { redirect_uri: `${callback}#x` })),
);
atCode('redirect_uri, host in capitals', (server, code) =>
  server.token(exchange(code, { redirect_uri: 'https://CLIENT.example/cb' })),
);
atCode('redirect_uri, default port written', (server, code) =>
  server.token(exchange(code, { redirect_uri: 'https://client.example:443/cb' })),
);
atCode('redirect_uri percent-encoded once too often', (server, code) =>
  server.token(exchange(code, { redirect_uri: encodeURIComponent(callback) })),
);
atCode('code of another client', (server, code) => server.token(exchange(code, credentials('other'))));
atCode('wrong secret', (server, code) => server.token(exchange(code, { client_secret: 'x' })));
atCode('unknown client', (server, code) => server.token(exchange(code, { client_id: 'nobody' })));
atCode('wrong secret and redirect_uri missing', (server, code) =>
  server.token(exchange(code, { client_secret: 'x', redirect_uri: undefined })),
);
atCode('wrong secret and wrong redirect_uri', (server, code) =>
  server.token(exchange(code, { client_secret: 'x', redirect_uri: 'https://evil.example/' })),
);
atCode('code with blanks around', (server, code) => server.token(exchange(` ${code} `)));
atCode('code twice', (server, code) => server.token([['code', 'x'], ...pairs(exchange(code))]));
one('token/code/code empty', (server) => server.token(exchange('')));
one('token/code/code missing, with state', (server) => server.token(exchange(undefined, { state: 'xyz' })));
one('token/code/code missing, wrong secret', (server) => server.token(exchange(undefined, { client_secret: 'x' })));
one('token/code/code unknown', (server) => server.token(exchange('nonsense')));
one('token/code/code unknown, redirect_uri missing', (server) =>
  server.token(exchange('nonsense', { redirect_uri: undefined })),
);
add('token/code/loopback: another port at the exchange', async (server, observe) => {
  const code = await server.code({ redirect_uri: 'http://127.0.0.1:3000/callback' });
  observe('answer', await server.token(exchange(code, { redirect_uri: 'http://127.0.0.1:4999/callback' })));
});
add('token/code/localhost: another port at the exchange', async (server, observe) => {
  const code = await server.code({ redirect_uri: 'http://localhost:3000/callback' });
  observe('answer', await server.token(exchange(code, { redirect_uri: 'http://localhost:4999/callback' })));
});
add('token/code/order of the query changed at the exchange', async (server, observe) => {
  const code = await server.code({ redirect_uri: 'https://client.example/q?a=1&b=2' });
  observe('answer', await server.token(exchange(code, { redirect_uri: 'https://client.example/q?b=2&a=1' })));
});
add('token/code/replay', async (server, observe) => {
  const code = await server.code();
  const bought = pairOf(await server.token(exchange(code)));
  observe('again', await server.token(exchange(code)));
  observe.fact('access token', await server.peek(bought.access_token));
  observe.fact('refresh token', await server.peek(bought.refresh_token));
  observe('third time, another client', await server.token(exchange(code, credentials('other'))), {
    only: ['status', 'body'],
  });
  observe('refresh', await server.refresh(bought.refresh_token), { only: ['status', 'body'] });
});
add('token/code/expired', async (server, observe) => {
  const code = await server.code();
  await server.age(601);
  observe('after 601 s', await server.token(exchange(code)));
});
add('token/code/just alive', async (server, observe) => {
  const code = await server.code();
  await server.age(595);
  observe('after 595 s', await server.token(exchange(code)), { only: ['status', 'body'] });
});
add('token/code/two codes at once', async (server, observe) => {
  const one = await server.code();
  const two = await server.code();
  observe('second', await server.token(exchange(two)), { only: ['status'] });
  observe('first', await server.token(exchange(one)), { only: ['status'] });
});
add('token/code/public client, with some secret', async (server, observe) => {
  const code = await server.code({ client: 'public' });
  observe(
    'answer',
    await server.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: uriOf('public'),
      client_id: 'public',
      client_secret: 'x',
    }),
  );
});
add('token/code/narrow client', async (server, observe) => {
  const code = await server.code({ client: 'narrow' });
  observe(
    'answer',
    await server.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: uriOf('narrow'),
      ...credentials('narrow'),
    }),
  );
});
add('token/code/code as a refresh token', async (server, observe) => {
  const code = await server.code();
  observe('answer', await server.refresh(code));
});
