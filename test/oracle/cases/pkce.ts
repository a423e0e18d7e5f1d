import { CaseGroup } from '../case.js';
import { credentials } from '../wire.js';
import { callback, exchange, verifier, s256, S256, plain } from '../requests.js';
import type { Parameters } from '../wire.js';

const group = new CaseGroup();
const { add } = group;

/** Proof Key for Code Exchange, at both endpoints. */
export const pkceCases = group.cases;

function exchanging(name: string, challenge: Parameters, tries: Readonly<Record<string, Parameters>>): void {
  add(`pkce/${name}`, async (server, observe) => {
    const code = await server.code(challenge);
    for (const [label, more] of Object.entries(tries)) {
      observe(label, await server.token(exchange(code, more)), { only: ['status', 'body', 'www-authenticate'] });
    }
  });
}

exchanging('plain, right', plain, { right: { code_verifier: verifier } });
exchanging('S256, missing then right', S256, { missing: {}, right: { code_verifier: verifier } });
exchanging('S256, empty verifier', S256, { empty: { code_verifier: '' } });
exchanging('S256, wrong then right', S256, {
  wrong: { code_verifier: 'b'.repeat(43) },
  right: { code_verifier: verifier },
});
exchanging('S256, the challenge itself as verifier', S256, { challenge: { code_verifier: s256(verifier) } });
exchanging(
  'S256, long verifier that fits',
  { code_challenge: s256('a'.repeat(200)), code_challenge_method: 'S256' },
  { long: { code_verifier: 'a'.repeat(200) } },
);
exchanging(
  'S256, verifier with odd characters that fits',
  { code_challenge: s256('ö /+=' + verifier), code_challenge_method: 'S256' },
  { odd: { code_verifier: 'ö /+=' + verifier } },
);
exchanging('S256, missing verifier and wrong secret', S256, { both: { client_secret: 'x' } });
exchanging('S256, missing verifier and no client', S256, { both: { client_id: undefined, client_secret: undefined } });
exchanging('S256, missing verifier and wrong redirect_uri', S256, { both: { redirect_uri: 'https://evil.example/' } });
exchanging('S256, missing verifier and another client', S256, { both: credentials('other') });
exchanging('plain, wrong', plain, { wrong: { code_verifier: 'b'.repeat(43) } });
exchanging('no challenge, verifier sent', {}, { sent: { code_verifier: verifier } });
exchanging('method without challenge', { code_challenge_method: 'S256' }, { none: {} });
exchanging(
  'method without challenge, verifier sent',
  { code_challenge_method: 'S256' },
  { sent: { code_verifier: verifier } },
);
exchanging('empty challenge with a method', { code_challenge: '', code_challenge_method: 'S256' }, { none: {} });
add('pkce/spent code, verifier missing', async (server, observe) => {
  const code = await server.code(S256);
  await server.token(exchange(code, { code_verifier: verifier }));
  observe('again without', await server.token(exchange(code)), { only: ['status', 'body'] });
  observe('again with', await server.token(exchange(code, { code_verifier: verifier })), { only: ['status', 'body'] });
});
const challenges: Readonly<Record<string, Parameters>> = {
  'no method': { code_challenge: s256(verifier) },
  'method unknown': { code_challenge: s256(verifier), code_challenge_method: 'S512' },
  'method in small letters': { code_challenge: s256(verifier), code_challenge_method: 's256' },
  'method Plain': { code_challenge: verifier, code_challenge_method: 'Plain' },
  'short challenge, plain': { code_challenge: 'abc', code_challenge_method: 'plain' },
  'short challenge, S256': { code_challenge: 'abc', code_challenge_method: 'S256' },
  'long challenge': { code_challenge: 'a'.repeat(200), code_challenge_method: 'plain' },
  'challenge with odd characters': { code_challenge: 'ö /+=' + verifier, code_challenge_method: 'plain' },
};
for (const [name, challenge] of Object.entries(challenges)) {
  add(`pkce/authorize: ${name}`, async (server, observe) => {
    await server.reset();
    const path = server.authorizePath({
      response_type: 'code',
      client_id: 'app',
      redirect_uri: callback,
      state: 'st',
      ...challenge,
    });
    observe('page', await server.visit(path), { page: true });
  });
}
add('pkce/short plain challenge, exchanged', async (server, observe) => {
  const code = await server.code({ code_challenge: 'abc', code_challenge_method: 'plain' });
  observe('answer', await server.token(exchange(code, { code_verifier: 'abc' })), { only: ['status', 'body'] });
});
