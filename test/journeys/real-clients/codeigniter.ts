// Facts from a public CodeIgniter 3 controller of DottedSign's cloud, Oauth.php (class Oauth, Guzzle 7): JSON at the
// token endpoint with the parameters in this order, and the order and the names of the query of sign_tasks/list. PHP
// escapes the slashes of JSON. The controller is given the code by a form, so any authorization URL leads to it. The
// order of the header fields is that of Guzzle (psr7 Utils::modifyRequest puts User-Agent before the given ones) and of
// its curl handler.
import { bytes, field } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: 'b7f1c5a0e9d84c3fa6b2d8e7f1a0c9b8',
  secret: 'd2c4b6a8f0e1d3c5b7a9f1e0d2c4b6a8',
  username: 'ada@example.test',
  password: 'understudy',
};
const callback = 'http://localhost:3000/Oauth/create_token';

const json = (parameters: Readonly<Record<string, unknown>>): string => {
  const body = JSON.stringify(parameters).replaceAll('/', '\\/');
  return bytes(
    [
      'POST /v1/oauth/token HTTP/1.1',
      'Host: api.dottedsign.com',
      'User-Agent: GuzzleHttp/7',
      'accept: application/json',
      'content-type: application/json',
      `Content-Length: ${body.length}`,
    ],
    body,
  );
};

export const codeIgniter: RealClient = {
  name: 'a CodeIgniter controller',
  provider: 'dottedsign',
  account,
  redirectUri: callback,
  authorize: `/v1/oauth/authorize?client_id=${account.id}&response_type=code&redirect_uri=${encodeURIComponent(callback)}`,
  obtain: ({ code }) =>
    json({
      grant_type: 'authorization_code',
      client_id: account.id,
      client_secret: account.secret,
      code,
      redirect_uri: callback,
    }),
  call: ({ accessToken }) =>
    bytes([
      'GET /v1/sign_tasks/list?page=1&per_page=10&order_by=desc&sort_type=updated_at&status= HTTP/1.1',
      'Host: api.dottedsign.com',
      'User-Agent: GuzzleHttp/7',
      `Authorization: Bearer ${accessToken}`,
      'Accept: application/json',
    ]),
  refresh: ({ refreshToken }) =>
    json({
      grant_type: 'refresh_token',
      client_id: account.id,
      client_secret: account.secret,
      refresh_token: refreshToken,
    }),
  reads: (answer) => field(answer, 'data'),
};
