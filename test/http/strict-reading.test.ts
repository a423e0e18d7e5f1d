import t from 'tap';
import { start } from '../../src/client/index.js';
import { request } from '../raw.js';
import { demo } from '../support.js';

const server = await start();
t.teardown(() => server.close());

const formType = 'Content-Type: application/x-www-form-urlencoded';
const jsonType = 'Content-Type: application/json';
const grant = `grant_type=authorization_code&code=x&redirect_uri=${demo.redirectUri}`;
const client = `client_id=${demo.id}&client_secret=${demo.secret}`;
const basic = (id: string, secret: string): string =>
  `Authorization: Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

interface Sent {
  readonly query?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** What the RFCs refuse although the providers accept it, and the reason in the journal. */
const refused: Readonly<Record<string, readonly [Sent, string]>> = {
  'a parameter twice': [{ body: `${grant}&${client}&grant_type=authorization_code` }, 'request.parameter-repeated'],
  'an unknown parameter twice': [{ body: `${grant}&${client}&foo=1&foo=2` }, 'request.parameter-repeated'],
  'a broken percent-encoding': [{ body: `${grant}&${client}&x=%zz` }, 'request.parameter-malformed'],
  'bytes that are not UTF-8': [{ body: `${grant}&${client}&x=%ff` }, 'request.parameter-malformed'],
  'a form without Content-Type': [{ headers: [], body: `${grant}&${client}` }, 'request.content-type-unsupported'],
  'a form as text/plain': [
    { headers: ['Content-Type: text/plain'], body: `${grant}&${client}` },
    'request.content-type-unsupported',
  ],
  'a Content-Type that is no media type': [
    { headers: ['Content-Type: form'], body: `${grant}&${client}` },
    'request.content-type-unsupported',
  ],
  JSON: [{ headers: [jsonType], body: '{}' }, 'request.content-type-unsupported'],
  'credentials twice': [
    { headers: [formType, basic(demo.id, demo.secret)], body: `${grant}&${client}` },
    'client.credentials-twice',
  ],
  'an id alone beside Basic of another client': [
    { headers: [formType, basic(demo.id, demo.secret)], body: `${grant}&client_id=nobody` },
    'client.credentials-twice',
  ],
};

/** What the RFCs accept although some of the providers refuse it. */
const accepted: Readonly<Record<string, Sent>> = {
  'Basic, form-encoded': { headers: [formType, basic('understudy%2Dclient', 'understudy%2Dsecret')], body: grant },
  'basic in small letters': { headers: [formType, basic(demo.id, demo.secret).replace('Basic', 'basic')], body: grant },
  'the same id alone beside Basic': {
    headers: [formType, basic(demo.id, demo.secret)],
    body: `${grant}&client_id=${demo.id}`,
  },
  'a name with brackets': { body: `${grant}&${client}&foo[]=1&foo[a]=2` },
};

for (const provider of ['mailup', 'tinyemail', 'dottedsign'] as const) {
  t.test(`${provider} reads a token request strictly in the scenario strict-oauth`, async (t) => {
    await using world = await server.newWorld();
    await world.play('strict-oauth');
    const { tokenUrl } = (await world.info()).providers[provider];
    const reasonOf = async ({ query = '', headers = [formType], body = '' }: Sent): Promise<string | undefined> => {
      const path = tokenUrl.slice(new URL(tokenUrl).origin.length);
      const answer = await request(server.url, `POST ${path}${query}`, headers, body);
      t.ok(answer.status === 400 || answer.status === 401);
      return (await world.journal.list()).at(-1)?.reason;
    };
    for (const [title, [sent, reason]] of Object.entries(refused)) t.equal(await reasonOf(sent), reason, title);
    for (const [title, sent] of Object.entries(accepted)) t.equal(await reasonOf(sent), 'code.unknown', title);
  });
}
