// xero-node: Xero's own client. It begins with the discovery document, and checks the ID token of each answer.
import assert from 'node:assert/strict';
import { XeroClient } from 'xero-node';
import { client, play, redirectUri, rejection } from '../test/journeys/brands/brand.ts';

await play('xero-node', {
  xero: async (brand) => {
    const state = 'of-the-session-0123456789';
    const xero = new XeroClient({
      clientId: client.id,
      clientSecret: client.secret,
      redirectUris: [redirectUri],
      scopes: ['openid', 'profile', 'email', 'accounting.settings', 'offline_access'],
      state,
      httpTimeout: 20_000,
      // the clock of the provider goes ahead of that of this process, and nbf with it
      clockTolerance: 3600,
    });
    const callback = await brand.login(await xero.buildConsentUrl());
    const first = await xero.apiCallback(callback.href);
    assert.equal(first.token_type, 'Bearer');
    assert.equal(first.claims().preferred_username, 'ada@example.test');
    brand.did('exchange');
    const [tenant] = await xero.updateTenants(false);
    const organisation = async () => (await xero.accountingApi.getOrganisations(tenant.tenantId)).body.organisations[0];
    assert.equal((await organisation()).organisationID, tenant.tenantId);
    brand.did('api');

    await brand.advance('31m');
    const expired = await rejection(xero.updateTenants(false).catch((error) => Promise.reject(asError(error))));
    assert.match(expired.message, /401/);
    const old = first.refresh_token;
    const second = await xero.refreshToken();
    assert.notEqual(second.access_token, first.access_token);
    assert.equal((await xero.updateTenants(false)).length, 1);
    // the second way of this client, for a process that keeps the refresh token alone; the old one is good for 30 minutes
    const third = await xero.refreshWithRefreshToken(client.id, client.secret, old);
    assert.notEqual(third.access_token, second.access_token);
    brand.did('refresh');

    await xero.revokeToken();
    brand.did('revoke');
    const error = await rejection(xero.apiCallback(callback.href));
    return `${error.name}: ${error.error}`;
  },
});

/** The calls of this client reject with an object that has the response. */
function asError(reason) {
  return reason instanceof Error ? reason : new Error(JSON.stringify(reason));
}
