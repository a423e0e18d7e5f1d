// Facts from mailup/rest-samples-php, src/MailUpClient.php: the secret and a raw redirect_uri in the URL of the login,
// the code exchanged by a GET without the client, the refresh by a form without Basic, a refresh after a 401, and a GET
// with Content-type and Content-length. The order of the header fields is that of PHP's curl, which sends no
// User-Agent.
import { bytes, field } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: '5d8d2b3f-9f0e-4a4a-8d0a-7c9d0a1b2c3d',
  secret: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  username: 'ada@example.test',
  password: 'understudy',
};
const callback = 'http://localhost:3000/index.php';

export const mailupPhpSample: RealClient = {
  name: "MailUp's PHP sample",
  provider: 'mailup',
  account,
  redirectUri: callback,
  authorize: `/Authorization/OAuth/LogOn?client_id=${account.id}&client_secret=${account.secret}&response_type=code&redirect_uri=${callback}`,
  obtain: ({ code }) =>
    bytes([
      `GET /Authorization/OAuth/Token?code=${code}&grant_type=authorization_code HTTP/1.1`,
      'Host: services.mailup.com',
      'Accept: */*',
    ]),
  call: ({ accessToken }) =>
    bytes([
      'GET /API/v1.1/Rest/ConsoleService.svc/Console/List/1/Groups HTTP/1.1',
      'Host: services.mailup.com',
      'Content-type: application/json',
      'Content-length: 0',
      'Accept: application/json',
      `Authorization: Bearer ${accessToken}`,
    ]),
  refresh: ({ refreshToken }) => {
    const body = `client_id=${account.id}&client_secret=${account.secret}&refresh_token=${refreshToken}&grant_type=refresh_token`;
    return bytes(
      [
        'POST /Authorization/OAuth/Token HTTP/1.1',
        'Host: services.mailup.com',
        'Content-type: application/x-www-form-urlencoded',
        `Content-length: ${body.length}`,
        'Accept: application/json',
      ],
      body,
    );
  },
  reads: (answer) => field(answer, 'Items.0.idGroup'),
};
