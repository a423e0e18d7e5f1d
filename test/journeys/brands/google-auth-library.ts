// Google's own client: its URLs are in it, and it refreshes by itself.
import assert from 'node:assert/strict';
import { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import { call, client, play, redirectUri, rejection } from './brand.js';
import type { Brand } from './brand.js';

const scope = 'https://www.googleapis.com/auth/userinfo.email';
const userinfo = 'https://www.googleapis.com/oauth2/v2/userinfo';

await play('google-auth-library', {
  google: async (brand: Brand) => {
    const { id: clientId, secret: clientSecret } = client;
    // its clock is that of this machine, so only a refused call tells it that the token has expired
    const oauth = new OAuth2Client({ clientId, clientSecret, redirectUri, forceRefreshOnFailure: true });
    const { codeVerifier, codeChallenge = '' } = await oauth.generateCodeVerifierAsync();
    const nonce = 'n-0123456789';
    const asked = { access_type: 'offline', scope: `openid ${scope}`, nonce, state: 'of-the-session-0123456789' };
    const challenge = { code_challenge_method: CodeChallengeMethod.S256, code_challenge: codeChallenge };
    const code = await brand.code(oauth.generateAuthUrl({ ...asked, ...challenge }));

    const { tokens } = await oauth.getToken({ code, codeVerifier });
    assert.equal(tokens.scope, `openid ${scope}`);
    const ticket = await oauth.verifyIdToken({ idToken: String(tokens.id_token), audience: clientId });
    assert.equal(ticket.getPayload()?.nonce, nonce);
    const forged = String(tokens.id_token).replace(/.{8}$/, 'AAAAAAAA');
    await rejection(oauth.verifyIdToken({ idToken: forged, audience: clientId }));
    assert.ok(tokens.refresh_token, 'with access_type=offline');
    brand.did('exchange');
    // a client that mixes up the hosts meets what it would meet at Google
    assert.equal((await call('https://accounts.google.com/token', {}, { method: 'POST' })).status, 404);

    oauth.setCredentials(tokens);
    const { data } = await oauth.request<{ email: string }>({ url: userinfo });
    assert.equal(data.email, 'ada@example.test');
    const info = await oauth.getTokenInfo(String(tokens.access_token));
    assert.deepEqual(info.scopes, ['openid', scope]);
    brand.did('api');

    // the answer 401 makes it refresh and call again
    await brand.advance('61m');
    assert.equal((await oauth.request<{ email: string }>({ url: userinfo })).data.email, 'ada@example.test');
    assert.notEqual(oauth.credentials.access_token, tokens.access_token);
    assert.equal(oauth.credentials.refresh_token, tokens.refresh_token, 'Google keeps the refresh token');
    brand.did('refresh');

    await oauth.revokeCredentials();
    brand.did('revoke');
    const error = await rejection(oauth.getToken({ code, codeVerifier }));
    const { status, data: body } = (error as Error & { response: { status: number; data: { error: string } } })
      .response;
    return `${error.constructor.name} ${status}: ${body.error}`;
  },
});
