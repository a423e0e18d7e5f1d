// Facts from doorkeeper-gem/doorkeeper-devise-client (lib/omniauth/strategies/doorkeeper.rb, Gemfile.lock: omniauth
// 1.9.1, omniauth-oauth2 1.7.0, oauth2 1.4.4, faraday 1.0.1): a state of 48 hex digits, the query of the callback in
// redirect_uri, the client in the form, sorted parameters. The path of the API call is DottedSign's; the order of the
// header fields is that of Ruby's Net::HTTP.
import { bytes, faradayEscape, field } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: 'Rk9mD0LkS4n4v0k6mC5x2oQm1k3p5s7u9w1y3A5C7E9',
  secret: 'p-Q_r1S2t3U4v5W6x7Y8z9A0b1C2d3E4f5G6h7I8j9K',
  username: 'ada@example.test',
  password: 'understudy',
};
const callback = 'http://localhost:3000/users/auth/doorkeeper/callback';
const state = '0123456789abcdef0123456789abcdef0123456789abcdef';
const client = `client_id=${account.id}&client_secret=${account.secret}`;

const form = (body: string): string =>
  bytes(
    [
      'POST /oauth/token HTTP/1.1',
      'User-Agent: Faraday v1.0.1',
      'Content-Type: application/x-www-form-urlencoded',
      'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
      'Accept: */*',
      'Connection: close',
      'Host: api.dottedsign.com',
      `Content-Length: ${body.length}`,
    ],
    body,
  );

export const doorkeeperSample: RealClient = {
  name: "Doorkeeper's sample client",
  provider: 'dottedsign',
  account,
  redirectUri: callback,
  authorize: `/oauth/authorize?client_id=${account.id}&redirect_uri=${faradayEscape(callback)}&response_type=code&state=${state}`,
  obtain: ({ code = '', callback: opened = '' }) =>
    form(`${client}&code=${code}&grant_type=authorization_code&redirect_uri=${faradayEscape(opened)}`),
  call: ({ accessToken }) =>
    bytes([
      'GET /v1/members/me HTTP/1.1',
      'User-Agent: Faraday v1.0.1',
      `Authorization: Bearer ${accessToken}`,
      'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
      'Accept: */*',
      'Connection: close',
      'Host: api.dottedsign.com',
    ]),
  refresh: ({ refreshToken }) => form(`${client}&grant_type=refresh_token&refresh_token=${refreshToken}`),
  reads: (answer) => field(answer, 'data.email'),
};
