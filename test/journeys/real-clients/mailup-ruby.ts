// Facts from mailup/mailup-ruby, lib/mailup.rb and README.md, and from tatemae-consultancy/omniauth-mailup, which gets
// its tokens: oauth2 1.4 sends the client in the form, Faraday sorts the parameters, omniauth-oauth2 1.7 puts the query
// of the callback into redirect_uri and sends a state of 48 hex digits, and each GET says that it is JSON. A token is
// refreshed by its expires_at. The gems have no lock file: the versions in User-Agent (mailup 1.1.1, faraday 1.0.1) are
// assumed, and the order of the header fields is that of Ruby's Net::HTTP. MailUp returns no state, so the site sets
// provider_ignores_state.
import { bytes, faradayEscape, field } from './client.js';
import type { Account, RealClient } from './client.js';

const account: Account = {
  id: 'b4a7b0ea-5b0b-4b0c-8a3c-1d3e5f7a9b0c',
  secret: 'c0ffee00-1111-4222-8333-444455556666',
  username: 'ada@example.test',
  password: 'understudy',
};
const callback = 'http://localhost:3000/auth/mailup/callback';
const state = 'fedcba9876543210fedcba9876543210fedcba9876543210';
const client = `client_id=${account.id}&client_secret=${account.secret}`;
const form = (body: string): string =>
  bytes(
    [
      'POST /Authorization/OAuth/Token HTTP/1.1',
      'User-Agent: Faraday v1.0.1',
      'Content-Type: application/x-www-form-urlencoded',
      'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
      'Accept: */*',
      'Connection: close',
      'Host: services.mailup.com',
      `Content-Length: ${body.length}`,
    ],
    body,
  );

export const mailupRuby: RealClient = {
  name: 'mailup-ruby',
  provider: 'mailup',
  account,
  redirectUri: callback,
  authorize: `/Authorization/OAuth/LogOn?client_id=${account.id}&redirect_uri=${faradayEscape(callback)}&response_type=code&state=${state}`,
  obtain: ({ code = '', callback: opened = '' }) =>
    form(`${client}&code=${code}&grant_type=authorization_code&redirect_uri=${faradayEscape(opened)}`),
  call: ({ accessToken }) =>
    bytes([
      'GET /API/v1.1/Rest/ConsoleService.svc/Console/User/Lists HTTP/1.1',
      'User-Agent: mailup-ruby-1.1.1',
      'Content-Type: application/json; charset=utf-8',
      'Accept: application/json',
      `Authorization: Bearer ${accessToken}`,
      'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
      'Connection: close',
      'Host: services.mailup.com',
    ]),
  refresh: ({ refreshToken }) => form(`${client}&grant_type=refresh_token&refresh_token=${refreshToken}`),
  reads: (answer) => field(answer, 'Items.0.idList'),
};
