// Facts from PostHog/posthog, the tinyEmail source of its warehouse (settings.py, tinyemail.py) and its rest_client.py
// and paginators.py: X-API-KEY, campaigns are counted from page 0 and members from page 1, 20 and 100 a page, the size
// stands before the page. The header fields and their order are those of python-requests; the version in User-Agent is
// assumed. The client is given its key and cannot refresh; the test gives it an access token as the key.
import { bytes, field } from './client.js';
import type { RealClient } from './client.js';

const get = (target: string, key = ''): string =>
  bytes([
    `GET ${target} HTTP/1.1`,
    'Host: api.tinyemail.com',
    'User-Agent: python-requests/2.31.0',
    'Accept-Encoding: gzip, deflate',
    'Accept: application/json',
    'Connection: keep-alive',
    `X-API-KEY: ${key}`,
  ]);

const account = { id: 'posthog', secret: 'posthog-secret', username: 'ada@example.test', password: 'understudy' };

export const posthog: RealClient = {
  name: "PostHog's source of tinyEmail, members",
  provider: 'tinyemail',
  account,
  call: ({ accessToken }) => get('/v1/contacts/1/members?size=100&page=1', accessToken),
  reads: (answer) => field(answer, 'members.content.0.email'),
};

export const posthogCampaigns: RealClient = {
  ...posthog,
  name: "PostHog's source of tinyEmail, campaigns",
  call: ({ accessToken }) => get('/v1/campaign?size=20&page=0', accessToken),
  reads: (answer) => field(answer, 'campaigns.content.0.id'),
};
