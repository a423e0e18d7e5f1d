// @hubspot/api-client: HubSpot's own client.
import assert from 'node:assert/strict';
import { Client } from '@hubspot/api-client';
import { client, play, redirectUri, rejection } from '../test/journeys/brands/brand.ts';

const { id, secret } = client;

await play('@hubspot/api-client', {
  hubspot: async (brand) => {
    const hubspot = new Client();
    const { tokensApi } = hubspot.oauth;
    const url = hubspot.oauth.getAuthorizationUrl(id, redirectUri, 'oauth crm.objects.contacts.read');
    const code = await brand.code(url);
    const first = await tokensApi.create('authorization_code', code, redirectUri, id, secret);
    assert.equal(first.expiresIn, 1800);
    brand.did('exchange');

    hubspot.setAccessToken(first.accessToken);
    const contacts = () => hubspot.crm.contacts.basicApi.getPage(1);
    assert.ok(Array.isArray((await contacts()).results));
    const info = await hubspot.oauth.accessTokensApi.get(first.accessToken);
    assert.equal(info.token, first.accessToken);
    brand.did('api');

    await brand.advance('31m');
    assert.equal((await rejection(contacts())).code, 401);
    const none = undefined;
    const second = await tokensApi.create('refresh_token', none, none, id, secret, first.refreshToken);
    assert.notEqual(second.accessToken, first.accessToken);
    hubspot.setAccessToken(second.accessToken);
    assert.ok(Array.isArray((await contacts()).results));
    brand.did('refresh');

    const error = await rejection(tokensApi.create('authorization_code', code, redirectUri, id, secret));
    return `ApiException ${error.code}: ${JSON.parse(JSON.stringify(error.body)).status ?? error.body.category}`;
  },
});
