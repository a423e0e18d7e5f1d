// intuit-oauth: Intuit's own client, which checks an ID token if it is asked to.
import assert from 'node:assert/strict';
import OAuthClient from 'intuit-oauth';
import { client, play, redirectUri, rejection } from '../test/journeys/brands/brand.ts';

await play('intuit-oauth', {
  quickbooks: async (brand) => {
    const oauth = new OAuthClient({
      clientId: client.id,
      clientSecret: client.secret,
      environment: 'production',
      redirectUri,
    });
    const state = 'of-the-session-0123456789';
    const callback = await brand.login(
      oauth.authorizeUri({ scope: [OAuthClient.scopes.Accounting, OAuthClient.scopes.OpenId], state }),
    );
    const first = (await oauth.createToken(callback.href)).getJson();
    assert.ok(oauth.isAccessTokenValid());
    assert.equal(oauth.getToken().realmId, callback.searchParams.get('realmId'));
    assert.ok(await oauth.validateIdToken());
    brand.did('exchange');

    const { realmId } = oauth.getToken();
    const company = { url: `v3/company/${realmId}/companyinfo/${realmId}` };
    assert.equal((await oauth.makeApiCall(company)).json.CompanyInfo.Id, realmId);
    brand.did('api');

    await brand.advance('61m');
    assert.equal((await rejection(oauth.makeApiCall(company))).code, '401');
    const second = (await oauth.refresh()).getJson();
    assert.notEqual(second.access_token, first.access_token);
    assert.equal((await oauth.makeApiCall(company)).status, 200);
    brand.did('refresh');

    await oauth.revoke({ refresh_token: second.refresh_token });
    assert.equal((await rejection(oauth.refreshUsingToken(second.refresh_token))).error, 'invalid_grant');
    brand.did('revoke');
    const error = await rejection(oauth.createToken(callback.href));
    return `Error ${error.authResponse.status()}: ${error.error}`;
  },
});
