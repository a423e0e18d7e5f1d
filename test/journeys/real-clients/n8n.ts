// Facts from n8n-io/n8n, packages/@n8n/client-oauth2/src (code-flow.ts, client-oauth2-token.ts, constants.ts,
// utils.ts): the order of the parameters, two types in Accept, Basic without any encoding, no client in the form. The
// header fields are those that axios 1.12.0 sent; which version an n8n has is assumed, and so are the members of state.
import { bytes, field, rawBasic } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: 'n8n-client',
  secret: 's3cr+t/with=marks',
  username: 'ada@example.test',
  password: 'understudy',
};
const callback = 'http://localhost:5678/rest/oauth2-credential/callback';
const state = Buffer.from(JSON.stringify({ token: 'k1ZQ8bXl-0123456789', cid: 'hGq1' })).toString('base64');

const form = (parameters: Readonly<Record<string, string>>): string => {
  const body = new URLSearchParams(parameters).toString();
  return bytes(
    [
      'POST /v1/oauth/token HTTP/1.1',
      'Accept: application/json, application/x-www-form-urlencoded',
      'Content-Type: application/x-www-form-urlencoded',
      `Authorization: ${rawBasic(account)}`,
      'User-Agent: axios/1.12.0',
      `Content-Length: ${body.length}`,
      'Accept-Encoding: gzip, compress, deflate, br',
      'Host: api.dottedsign.com',
      'Connection: keep-alive',
    ],
    body,
  );
};

export const n8n: RealClient = {
  name: "n8n's OAuth2 client",
  provider: 'dottedsign',
  account,
  redirectUri: callback,
  authorize: `/v1/oauth/authorize?${new URLSearchParams({ client_id: account.id, redirect_uri: callback, response_type: 'code', state, scope: 'sign_tasks.general.read files.general.read' }).toString()}`,
  obtain: ({ code = '' }) => form({ code, grant_type: 'authorization_code', redirect_uri: callback }),
  call: ({ accessToken }) =>
    bytes([
      'GET /v1/sign_tasks/list HTTP/1.1',
      'Accept: application/json,text/html,application/xhtml+xml,application/xml,text/*;q=0.9, image/*;q=0.8, */*;q=0.7',
      `Authorization: Bearer ${accessToken}`,
      'User-Agent: axios/1.12.0',
      'Accept-Encoding: gzip, compress, deflate, br',
      'Host: api.dottedsign.com',
      'Connection: keep-alive',
    ]),
  refresh: ({ refreshToken = '' }) => form({ refresh_token: refreshToken, grant_type: 'refresh_token' }),
  reads: (answer) => field(answer, 'data'),
};
