import { setTimeout } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { authorize, start } from '../../src/client/index.js';
import { providers } from '../../src/providers/index.js';
import { basic } from '../providers/visit.js';
import { demo } from '../support.js';
import type { ClientInfo, StartOptions, Understudy, World } from '../../src/client/index.js';
import type { ProviderName } from '../../src/providers/index.js';
import type { Test } from 'tap';

const callback = 'http://localhost:5000/callback';
const builtInUris = [demo.redirectUri, 'http://127.0.0.1:3000/callback'];

async function serve(t: Test, options: StartOptions): Promise<Understudy> {
  const server = await start(options);
  t.teardown(() => server.close());
  return server;
}

const clientsOf = (world: World, provider: ProviderName = 'mailup'): Promise<ClientInfo[]> =>
  world.clients.list({ provider });

/** What a test looks at: id, secret and redirect URIs of each client. */
const seen = (clients: readonly ClientInfo[]): unknown[] =>
  clients.map(({ id, secret, redirectUris }) => [id, secret, redirectUris]);

void t.test('with a client id', async (t) => {
  void t.test('every provider of every world knows the client, which signs in like any other', async (t) => {
    const server = await serve(t, { clientId: 'mine', clientSecret: 's & t', redirectUri: callback });
    for (const world of [server.world(), await server.newWorld()]) {
      const info = await world.info();
      for (const { name, endpoints } of providers) {
        const { authorizeUrl, baseUrl } = info.providers[name];
        const query = new URLSearchParams({ response_type: 'code', client_id: 'mine', redirect_uri: callback });
        const { code, redirectTo } = await authorize(`${authorizeUrl}?${query.toString()}`);
        t.ok(redirectTo.startsWith(`${callback}?`), redirectTo);
        const answer = await fetch(baseUrl + endpoints.token[0], {
          method: 'POST',
          headers: { authorization: basic('mine', 's & t') },
          body: new URLSearchParams({ grant_type: 'authorization_code', code: String(code), redirect_uri: callback }),
        });
        t.match(await answer.json(), { access_token: String }, name);
      }
    }
  });

  void t.test(
    'it is the first client, and has the built-in secret and the redirect URIs of the scenario',
    async (t) => {
      const world = (await serve(t, { clientId: ['mine'] })).world();
      t.strictSame(seen(await clientsOf(world)), [
        ['mine', demo.secret, builtInUris],
        [demo.id, demo.secret, builtInUris],
      ]);
    },
  );

  void t.test('a client of the scenario is changed: what is not given stays', async (t) => {
    const server = await serve(t, { clientId: 'app', redirectUri: `${callback} ${demo.redirectUri}` });
    const app = { id: 'app', secret: 'own', name: 'App', redirectUris: [demo.redirectUri], scopes: ['read'] };
    const world = await server.newWorld({
      scenario: {
        providers: {
          tinyemail: { clients: [{ id: 'first' }, { ...app, scopes: [] }] },
          mailup: { clients: [{ id: 'first' }] },
        },
      },
    });
    const [first, ...others] = await clientsOf(world, 'tinyemail');
    t.match(first, { id: 'app', secret: 'own', name: 'App', redirectUris: [callback, demo.redirectUri], scopes: [] });
    t.strictSame(
      others.map(({ id }) => id),
      ['first'],
    );
    t.strictSame(seen(await clientsOf(world)), [
      ['app', demo.secret, [callback, demo.redirectUri]],
      ['first', '', []],
    ]);
    t.strictSame(seen(await clientsOf(world, 'dottedsign')), [['app', demo.secret, [callback, demo.redirectUri]]]);
  });

  void t.test('a client without any redirect URI is possible', async (t) => {
    const server = await serve(t, { clientId: 'mine' });
    const world = await server.newWorld({ scenario: {} });
    t.strictSame(seen(await clientsOf(world)), [['mine', demo.secret, []]]);
    await world.reset();
    t.strictSame(seen(await clientsOf(world)), [['mine', demo.secret, []]], 'also after a reset');
  });
});

void t.test('without a client id, the first client of the scenario changes', async (t) => {
  void t.test('it has the redirect URIs in addition, and the secret in place of its own', async (t) => {
    const server = await serve(t, { clientSecret: 'changed', redirectUri: [callback, `mailup=${demo.redirectUri}`] });
    t.strictSame(seen(await clientsOf(server.world())), [
      [demo.id, 'changed', [callback, demo.redirectUri, builtInUris[1]]],
    ]);
    const world = await server.newWorld({
      scenario: {
        providers: {
          mailup: { clients: [{ id: 'public', confidential: false }, { id: 'second' }] },
          tinyemail: { clients: [{ id: 'lax', secret: 'x', confidential: false }] },
        },
      },
    });
    const clients = await clientsOf(world);
    t.strictSame(seen(clients), [
      ['public', 'changed', [callback, demo.redirectUri]],
      ['second', '', []],
    ]);
    t.equal(clients[0]?.confidential, true, 'a public client authenticates with its first secret');
    t.match(await clientsOf(world, 'tinyemail'), [{ secret: 'changed', confidential: false }]);
    t.strictSame(await clientsOf(world, 'dottedsign'), [], 'there is no client to change');
  });

  void t.test('the secret alone, and a redirect URI alone', async (t) => {
    const secret = await serve(t, { clientSecret: 'changed' });
    t.strictSame(seen(await clientsOf(secret.world())), [[demo.id, 'changed', builtInUris]]);
    const uri = await serve(t, { redirectUri: callback });
    t.strictSame(seen(await clientsOf(uri.world())), [[demo.id, demo.secret, [callback, ...builtInUris]]]);
  });
});

void t.test('a value for one provider precedes one for all, and only the name of a provider is a prefix', async (t) => {
  const server = await serve(t, {
    clientId: ['mailup=only-there', 'all', 'tinyemail=x', 'tinyemail=y'],
    clientSecret: ['mailup=a', 'other=b'],
    redirectUri: [`tinyemail=${callback}`, 'app:/all'],
  });
  const world = server.world();
  const first = async (name: ProviderName): Promise<unknown> => seen(await clientsOf(world, name))[0];
  t.strictSame(await first('mailup'), ['only-there', 'a', ['app:/all']]);
  t.strictSame(await first('tinyemail'), ['y', 'other=b', [callback, 'app:/all']]);
  t.strictSame(await first('dottedsign'), ['all', 'other=b', ['app:/all']]);

  const one = (await serve(t, { clientId: 'dottedsign=mine' })).world();
  t.equal((await clientsOf(one)).length, 1);
  t.equal((await clientsOf(one, 'dottedsign')).length, 2);
});

void t.test('whatever the world plays', async (t) => {
  const server = await serve(t, { clientId: 'mine', redirectUri: callback });
  const mine = ['mine', demo.secret, [callback]];

  void t.test('by name, inline, and after a reset', async (t) => {
    const world = await server.newWorld({ scenario: 'happy-path' });
    t.strictSame(seen(await clientsOf(world))[0], mine);
    await world.play({ extends: 'default', providers: { mailup: { clients: [{ id: 'mine', name: 'Theirs' }] } } });
    t.match((await clientsOf(world))[0], { id: 'mine', name: 'Theirs', secret: '', redirectUris: [callback] });
    await world.reset();
    t.match((await clientsOf(world))[0], { id: 'mine', name: 'Theirs', secret: '', redirectUris: [callback] });
    await world.play('strict-oauth');
    t.strictSame(seen(await clientsOf(world))[0], mine);
  });

  void t.test('scenarios are shown as they are written', async (t) => {
    const scenario = await server.scenario('default');
    t.strictSame(
      scenario.providers?.mailup?.clients?.map(({ id }) => id),
      [demo.id],
    );
  });

  void t.test('a snapshot is restored as it is, and a reset of that world registers the client', async (t) => {
    const plain = await serve(t, {});
    const world = await server.newWorld();
    await world.snapshot.restore(await plain.world().snapshot.take());
    t.strictSame(seen(await clientsOf(world)), [[demo.id, demo.secret, builtInUris]]);
    await world.reset();
    t.strictSame(seen(await clientsOf(world))[0], mine);
  });

  void t.test('the file is read again', async (t) => {
    const fixtures = t.testdir({ 'story.yaml': 'extends: default\nseed: 1\n' });
    const world = (await serve(t, { fixtures, scenario: 'story', clientId: 'mine', redirectUri: callback })).world();
    writeFileSync(join(fixtures, 'story.yaml'), 'extends: default\nseed: 2\n');
    for (let i = 0; i < 100 && (await world.info()).seed !== '2'; i += 1) await setTimeout(50);
    t.equal((await world.info()).seed, '2');
    t.strictSame(seen(await clientsOf(world))[0], mine);
  });
});

void t.test('a mistake prevents the start, in the words of a scenario, with the option', async (t) => {
  const wrong: [StartOptions, string][] = [
    [{ redirectUri: `${callback}#here` }, `redirectUri: "${callback}#here" has a fragment, which RFC 6749`],
    [{ redirectUri: 'mailup=nonsense' }, 'redirectUri: "nonsense" is not an absolute URI'],
    [{ redirectUri: 'mailup=' }, 'redirectUri: "" has characters that must be percent-encoded'],
    [{ redirectUri: 'javascript:alert(1)' }, 'redirectUri: "javascript:alert(1)" has the scheme javascript:'],
    [{ clientId: 'café' }, 'clientId: expected: visible ASCII characters: the client_id (RFC 6749, appendix A.1)'],
    [{ clientId: '' }, 'clientId: expected: visible ASCII characters'],
    [{ clientId: 'x'.repeat(201) }, 'clientId: has more than 200 characters'],
    [{ clientSecret: 'tinyemail=schlüssel' }, 'clientSecret: expected: visible ASCII characters'],
  ];
  for (const [options, message] of wrong) {
    const { message: shown } = (await start(options).catch((thrown: unknown) => thrown)) as Error;
    t.ok(shown.startsWith(message), shown);
    t.notMatch(shown, 'schlüssel', 'a secret is not shown');
  }
});

void t.test('a misspelt provider is told, and how a value is given that looks like one', async (t) => {
  const wrong: [StartOptions, string][] = [
    [{ clientId: 'mailpu=abc' }, 'clientId: there is no provider "mailpu"; did you mean "mailup"?'],
    [{ clientSecret: ['x', 'TinyEmail=hidden'] }, 'clientSecret: there is no provider "TinyEmail"; did you mean'],
    [{ redirectUri: `app:/ok dotted-sign=${callback}` }, 'redirectUri: there is no provider "dotted-sign"; did you'],
  ];
  for (const [options, message] of wrong) {
    const { message: shown } = (await start(options).catch((thrown: unknown) => thrown)) as Error;
    t.ok(shown.startsWith(message), shown);
    t.match(shown, /A value that itself begins with "[\w-]+=" has to name its provider: mailup=[\w-]+=…$/);
    t.notMatch(shown, /hidden|abc/, 'the value is not shown');
  }
  const literal = await serve(t, { clientSecret: ['mailup=mailpu=abc', 'c2VjcmV0=', 'a=b=c'] });
  t.equal((await clientsOf(literal.world()))[0]?.secret, 'mailpu=abc');
  t.equal((await clientsOf(literal.world(), 'tinyemail'))[0]?.secret, 'a=b=c');
});
