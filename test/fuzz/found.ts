import { adminToken } from './stage.js';
import type { Holdings, Stage } from './stage.js';

/** A request that once caused a 5xx, a leak or a hang. */
export interface Found {
  /** The correct behaviour. */
  readonly fact: string;
  readonly status: number;
  /** In Latin-1; `{head}` stands for the common header lines. */
  readonly bytes: string;
}

/** The requests that the fuzzer found, or that were found while it was written. */
export function foundAt({ holdings, guarded }: Stage): readonly Found[] {
  const [mailup, tinyemail, dottedsign] = ['mailup', 'tinyemail', 'dottedsign'].map((name) =>
    holdings.find(({ provider }) => provider.name === name),
  ) as [Holdings, Holdings, Holdings];
  const admin = guarded ? `Authorization: Bearer ${adminToken}\r\n` : '';
  const json = (line: string, body: string, headers = ''): string =>
    `${line} HTTP/1.1\r\n{head}${headers}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\n{head}${headers}\r\n`;
  const { login } = mailup;
  const loginForm = {
    ...login.form,
    [mailup.provider.loginFields.username]: mailup.username,
    [mailup.provider.loginFields.password]: mailup.password,
  };
  const parts = `${Object.entries(loginForm)
    .map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--x--\r\n`;
  return [
    {
      fact: 'broken JSON at an unknown path is answered with 404',
      status: 404,
      bytes: json('POST /nothing', '('),
    },
    {
      fact: 'broken JSON at a world path inside a world path is answered with 404',
      status: 404,
      bytes: json('POST /w/default/w/default/__admin/worlds', '('),
    },
    {
      fact: 'a deeply nested JSON array is refused',
      status: 400,
      bytes: json('POST /dottedsign/v1/oauth/token', '['.repeat(30_000) + ']'.repeat(30_000)),
    },
    {
      fact: 'a deeply nested JSON object is refused',
      status: 400,
      bytes: json(
        'POST /tinyemail/v1/audiences',
        `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
        `Authorization: Bearer ${tinyemail.accessToken}\r\n`,
      ),
    },
    { fact: 'the journal can be read after deeply nested JSON', status: 200, bytes: get('/__admin/journal', admin) },
    {
      fact: 'the bundle reads multipart',
      status: 303,
      bytes: `POST /mailup${mailup.provider.endpoints.login}?authorization=${login.authorization} HTTP/1.1\r\n{head}Cookie: ${login.cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${parts.length}\r\n\r\n${parts}`,
    },
    ...['{"interaction":{"mode":{"toString":1,"valueOf":2}}}', '{"redirectStatus":{"toString":1,"valueOf":2}}'].map(
      (policy) => ({
        fact: 'an object with its own toString is refused where a string is expected',
        status: 400,
        bytes: json('PATCH /__admin/providers/mailup/policy', policy, admin),
      }),
    ),
    {
      fact: 'secrets in a path with > instead of ? are not logged',
      status: 404,
      bytes: get(
        `/mailup/Authorization/OAuth/LogOn>client_id=x&client_secret=${mailup.clientSecret}&password=${mailup.password}`,
      ),
    },
    {
      fact: 'a token in the path is not logged',
      status: 404,
      bytes: get(
        `/tinyemail/v1/contacts/${tinyemail.accessToken}/members/1`,
        `Authorization: Bearer ${tinyemail.accessToken}\r\n`,
      ),
    },
    {
      fact: 'a token in another header is a fingerprint in the journal',
      status: 401,
      bytes: get('/tinyemail/v1/campaign', `X-Other-Key: ${tinyemail.accessToken}\r\n`),
    },
    {
      fact: 'a token inside a header value is a fingerprint in the journal',
      status: 401,
      bytes: get(
        '/dottedsign/v1/members/me',
        `User-Agent: a client (${dottedsign.accessToken})\r\nAuthorisation: Bearer ${dottedsign.refreshToken}\r\n`,
      ),
    },
    {
      fact: 'a token as the name of a parameter is a fingerprint in the journal',
      status: 401,
      bytes: get(`/dottedsign/v1/members/me?${dottedsign.accessToken}`),
    },
    {
      fact: 'a token as the name of a header is a fingerprint in the journal',
      status: 401,
      bytes: get('/tinyemail/v1/campaign', `${tinyemail.accessToken}: 1\r\n`),
    },
    {
      fact: 'a token as the authentication scheme is a fingerprint in the journal',
      status: 401,
      bytes: get('/tinyemail/v1/campaign', `Authorization: ${tinyemail.accessToken} Bearer\r\n`),
    },
    {
      fact: 'a client secret sent as client_id is a fingerprint in the journal',
      status: 400,
      bytes: get(`/mailup/Authorization/OAuth/LogOn?client_id=${mailup.clientSecret}&response_type=code`),
    },
    {
      fact: 'a cookie without a name is a fingerprint in the journal',
      status: 400,
      bytes: get('/mailup/Authorization/OAuth/Login', `Cookie: ${login.cookie.split('=')[1]!}\r\n`),
    },
    {
      fact: 'a token after a percent sequence is a fingerprint in the journal',
      status: 404,
      bytes: get(`/mailup/API/v1.1/Rest/a%3d${mailup.accessToken}`, `Authorization: Bearer ${mailup.accessToken}\r\n`),
    },
  ];
}
