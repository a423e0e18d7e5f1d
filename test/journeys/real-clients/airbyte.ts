// Facts from airbytehq/airbyte, airbyte-integrations/connectors/source-tinyemail/manifest.yaml: X-API-KEY, campaigns
// from page 0 with 20 a page, ids are text, a campaign has campaign.name, contacts and members without paging. The rest
// is python-requests; the version in User-Agent is assumed. The client is given its key and cannot refresh; the test
// gives it an access token as the key.
import { bytes, field } from './client.js';
import type { RealClient } from './client.js';

const account = { id: 'airbyte', secret: 'airbyte-secret', username: 'ada@example.test', password: 'understudy' };

const get = (target: string, key = ''): string =>
  bytes([
    `GET ${target} HTTP/1.1`,
    'Host: api.tinyemail.com',
    'User-Agent: python-requests/2.31.0',
    'Accept-Encoding: gzip, deflate',
    'Accept: */*',
    'Connection: keep-alive',
    `X-API-KEY: ${key}`,
  ]);

export const airbyte: RealClient = {
  name: "Airbyte's source of tinyEmail",
  provider: 'tinyemail',
  account,
  call: ({ accessToken }) => get('/v1/campaign?page=0&size=20', accessToken),
  reads: (answer) =>
    typeof field(answer, 'campaigns.content.0.id') === 'string'
      ? field(answer, 'campaigns.content.0.campaign.name')
      : undefined,
};
