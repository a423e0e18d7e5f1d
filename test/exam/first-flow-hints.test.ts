import t from 'tap';
import { CannotExamine } from '../../src/exam/cannot-examine.js';
import { hintAtRegistration, hintAtState } from '../../src/exam/first-flow-hints.js';
import { SeenRequest } from '../../src/exam/seen-request.js';
import { examOfPages } from './plain-application.js';
import type { ExaminedProvider } from '../../src/exam/examined-provider.js';
import type { EntryView } from '../../src/client/index.js';

/** A client that compares the state of the callback. */
const comparesState = { '/callback': () => ({ status: 400 }) };

t.test('a client that needs the state is told of a provider that does not return it', async (t) => {
  const examined = examOfPages(t, comparesState, { provider: 'mailup', only: ['state-sent'] });
  const hint = 'the callback had no state: MailUp does not return it (see docs/providers/mailup.md)';
  const message = `the token endpoint was never called: the last page has status 400; ${hint}`;
  const error = (await examined.catch((each: unknown) => each)) as Error;
  t.type(error, CannotExamine);
  t.ok(error.message.endsWith(message), error.message);
});

t.test('a provider that returns the state is not blamed', async (t) => {
  const examined = examOfPages(t, comparesState, { only: ['state-sent'] });
  await t.rejects(examined, { message: /the token endpoint was never called: the last page has status 400$/ });
});

t.test('a refusal that the registration does not explain has no hint', (t) => {
  const refused = (endpoint: string, query: Record<string, string>): SeenRequest =>
    new SeenRequest({ endpoint, request: { query }, reason: 'authorize.scope-unknown' } as unknown as EntryView);
  t.equal(hintAtRegistration(refused('token', { client_id: 'other' }), 'own'), '');
  t.equal(hintAtRegistration(refused('authorize', {}), 'own'), '');
  const mailup = { info: { policy: { echoState: false } } } as unknown as ExaminedProvider;
  const callback = new URL('http://client.test/callback');
  t.equal(hintAtState(mailup, callback, [refused('authorize', { client_id: 'own' })]), '', 'no state was sent');
  t.equal(hintAtRegistration(refused('authorize', { client_id: 'own', redirect_uri: 'http://x/' }), 'own'), '');
  t.end();
});
