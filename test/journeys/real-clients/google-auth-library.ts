// Facts from googleapis/google-auth-library-nodejs, src/auth/oauth2client.ts, with `endpoints` set to DottedSign's: the
// order of the parameters, PKCE with a verifier of 128 characters that can have `~`, the client in the form, and the
// options `access_type` and `prompt` of its documentation in the authorization URL. The header fields are those that
// version 10.3.0 sent on Node 20.20.2: gaxios sends with node-fetch 3, which sorts the names and writes them in lower
// case.
import { createHash } from 'node:crypto';
import { bytes, field } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: '123456789012-abcdefghijklmnop.apps.example',
  secret: 'GOCSPX-0123456789abcdefghijklmn',
  username: 'ada@example.test',
  password: 'understudy',
};
const callback = 'http://localhost:3000/oauth2callback';
const verifier = `${'aB3~'.repeat(31)}-_x0`;
const challenge = createHash('sha256').update(verifier).digest('base64url');

const form = (parameters: Readonly<Record<string, string>>): string => {
  const body = new URLSearchParams(parameters).toString();
  return bytes(
    [
      'POST /v1/oauth/token HTTP/1.1',
      'accept: */*',
      'accept-encoding: gzip, deflate, br',
      `content-length: ${body.length}`,
      'content-type: application/x-www-form-urlencoded;charset=UTF-8',
      'user-agent: google-api-nodejs-client/10.3.0',
      'x-goog-api-client: gl-node/20.20.2',
      'Host: api.dottedsign.com',
      'Connection: keep-alive',
    ],
    body,
  );
};

export const googleAuthLibrary: RealClient = {
  name: 'google-auth-library',
  provider: 'dottedsign',
  account,
  redirectUri: callback,
  authorize: `/v1/oauth/authorize?access_type=offline&scope=${encodeURIComponent('sign_tasks.general.read')}&prompt=consent&code_challenge_method=S256&code_challenge=${challenge}&response_type=code&client_id=${account.id}&redirect_uri=${encodeURIComponent(callback)}`,
  obtain: ({ code = '' }) =>
    form({
      client_id: account.id,
      code_verifier: verifier,
      code,
      grant_type: 'authorization_code',
      redirect_uri: callback,
      client_secret: account.secret,
    }),
  call: ({ accessToken }) =>
    bytes([
      'GET /v1/sign_tasks/list HTTP/1.1',
      'accept: */*',
      'accept-encoding: gzip, deflate, br',
      `authorization: Bearer ${accessToken}`,
      'user-agent: google-api-nodejs-client/10.3.0',
      'x-goog-api-client: gl-node/20.20.2',
      'Host: api.dottedsign.com',
      'Connection: keep-alive',
    ]),
  refresh: ({ refreshToken = '' }) =>
    form({
      refresh_token: refreshToken,
      client_id: account.id,
      client_secret: account.secret,
      grant_type: 'refresh_token',
    }),
  reads: (answer) => field(answer, 'data'),
};
