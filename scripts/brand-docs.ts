import { readFileSync } from 'node:fs';
import { rowsOfInstalled, rowsOfPrograms } from '../test/journeys/brands/rows.js';
import { table } from './schema-text.js';
import type { Row, Step } from '../test/journeys/brands/rows.js';

const words: Readonly<Record<Step, string>> = {
  login: 'login',
  exchange: 'exchange',
  api: 'API',
  expiry: 'expiry',
  refresh: 'refresh',
  revoke: 'revocation',
};

/** The versions of a lockfile, by package. */
function versionsOf(lockfile: string): (name: string) => string {
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as {
    packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return (name) => String(packages[`node_modules/${name}`]?.version);
}

function tableOf(groups: Readonly<Record<string, readonly Row[]>>, version: (name: string) => string): string {
  const rows = Object.values(groups).flat();
  return table(
    ['client', 'version', 'provider', 'what it did', 'how it told a used code'],
    rows.map(({ client, provider, steps, error }) => [
      `\`${client}\``,
      version(client),
      provider,
      steps.map((step) => words[step]).join(', '),
      `\`${error}\``,
    ]),
  );
}

/** The page about clients of well-known providers, from the rows that their tests expect. */
export function brandsPage(): string {
  return `${[
    '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->',
    '# Clients of well-known providers',
    'Clients from npm that nobody here wrote work with the providers of the shelf, without a change and at the ' +
      'real host names: `understudy run --shelf NAME -- node client.js` leads their connections to Understudy ' +
      '([how](../how-to/unmodified-clients.md#the-client-of-a-well-known-provider)). These tables say which ' +
      'clients, and what each one did. A test compares every row with what the client returned.',
    'No row says that a provider answers like the real one: that is on [the page of each ' +
      'provider](../README.md), with sources.',
    '## With the packages of this repository',
    'Tested by `test/journeys/brands.test.ts`, a part of `npm test`. `simple-oauth2` is a client for any ' +
      'provider; its settings are those that the documentation of each provider asks for.',
    tableOf(rowsOfPrograms, versionsOf('package-lock.json')),
    '## Made for one provider',
    'Tested by `npm run test:brands`, which installs the clients into the folder `brands`.',
    tableOf(rowsOfInstalled, versionsOf('brands/package-lock.json')),
    '## What the words mean',
    table(
      ['word', 'what the test does and asserts'],
      [
        [words.login, 'opens the URL that the client made in a browser, logs in, consents, and gets the callback'],
        [words.exchange, 'the client exchanges the code; what it returns has the members of this provider'],
        [words.api, 'a call at the real host of the API succeeds; by the client, if it makes such calls'],
        [
          words.expiry,
          'the clock of the provider moves past the end of the access token, and the API refuses it; a token ' +
            'without an end is still good after 400 days',
        ],
        [words.refresh, 'the client gets a new access token, which the API takes'],
        [words.revoke, 'the client revokes a token, which is refused from then on'],
        ['a used code', 'the client exchanges the code a second time, and reports the refusal in its own way'],
      ],
    ),
    '## Settings that some clients need',
    [
      '- `github` and `slack` of the shelf are an OAuth app and an app without token rotation: their tokens do ' +
        'not end. For a GitHub App, and for rotation at Slack, a test sets `accessToken` and ' +
        '`refreshTokenIssued` of the policy.',
      '- `google-auth-library` and `@slack/oauth` refresh by the clock of the process, which Understudy does ' +
        'not move. The first has `forceRefreshOnFailure`; the second refreshes a token that ends within two ' +
        'hours, so the test uses shorter ones.',
      '- `simple-oauth2` and `arctic` look at the status only: a refusal with the status 200 (GitHub, Slack, ' +
        'Reddit, Zoho) comes back as a token object without a token. `arctic` knows this of GitHub.',
      '- The calls of the API beside `simple-oauth2` are made with `fetch`. At Shopify the token is in ' +
        '`Authorization`: the header `X-Shopify-Access-Token` is not read.',
    ].join('\n'),
    '## ID tokens',
    'ID tokens are signed. `xero-node` asks for the scope `openid` and checks the ID token of each answer with ' +
      'the key at `jwks_uri`; `intuit-oauth` checks one in `validateIdToken()`, and `google-auth-library` in ' +
      '`verifyIdToken()`. They compare `exp` with the clock of their own machine, and `xero-node` `nbf` as well: ' +
      'after the clock of the world was moved, it is given a `clockTolerance`.',
  ].join('\n\n')}\n`;
}
