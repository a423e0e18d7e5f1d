// Facts from lotrekagency/mailupy, mailupy/client.py: password grant, all parameters in the form, a refresh after a
// 401, every GET says that it is JSON. The header fields and their order are those of python-requests; the version in
// User-Agent is assumed.
import { bytes, field } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: '2f0c2d1e-7b1c-4d0b-9a4e-0c6f6b1b2a3d',
  secret: 'b6a0a4de-58b5-4b73-9a39-3a1d2f6f0a11',
  username: 'ada@example.test',
  password: 'understudy',
};
const form = (body: string): string =>
  bytes(
    [
      'POST /Authorization/OAuth/Token HTTP/1.1',
      'Host: services.mailup.com',
      'User-Agent: python-requests/2.31.0',
      'Accept-Encoding: gzip, deflate',
      'Accept: */*',
      'Connection: keep-alive',
      `Content-Length: ${body.length}`,
      'Content-Type: application/x-www-form-urlencoded',
    ],
    body,
  );

export const mailupy: RealClient = {
  name: 'mailupy',
  provider: 'mailup',
  account,
  obtain: () =>
    form(
      `grant_type=password&client_id=${account.id}&client_secret=${account.secret}&username=ada%40example.test&password=understudy`,
    ),
  call: ({ accessToken }) =>
    bytes([
      'GET /API/v1.1/Rest/ConsoleService.svc/Console/List/1/Recipients/EmailOptins?pageNumber=0 HTTP/1.1',
      'Host: services.mailup.com',
      'User-Agent: python-requests/2.31.0',
      'Accept-Encoding: gzip, deflate',
      'Accept: */*',
      'Connection: keep-alive',
      'Content-type: application/json',
      `Authorization: Bearer ${accessToken}`,
    ]),
  refresh: ({ refreshToken }) =>
    form(
      `grant_type=refresh_token&client_id=${account.id}&client_secret=${account.secret}&refresh_token=${refreshToken}`,
    ),
  reads: (answer) => field(answer, 'Items.0.idRecipient'),
};
