import { readFileSync, readdirSync } from 'node:fs';
import { OAuthError, reasons } from '../src/core/errors.js';
import { isCompared, relaxed } from '../src/admin/relaxed-policy.js';
import { demoPerson } from '../src/demo.js';
import { describe } from '../src/http/answering/refusal.js';
import { providers } from '../src/providers/index.js';
import { standardPolicy } from '../src/providers/standard-policy.js';
import { strictPolicy } from '../src/providers/strict.js';
import { policyToDocument } from '../src/providers/policy/document.js';
import { PolicySchema } from '../src/providers/policy/schema.js';
import { builtIn } from '../src/world/scenario/default-scenario.js';
import { knownDifferences } from '../test/oracle/known-differences.js';
import type { Reason } from '../src/core/errors.js';
import type { Policy } from '../src/core/policy.js';
import type { Golden } from '../test/oracle/replay.js';
import type { Fact } from '../src/providers/fact.js';
import type { Provider, Refusal, WireAnswer } from '../src/providers/provider.js';

/** A test that quotes a fact, by having `[its.id]` in its name. */
export interface Quotation {
  readonly id: string;
  /** Below test/. */
  readonly file: string;
  readonly title: string;
}

/** The generated pages, by their names below docs/providers/. */
export function pages(quotations: readonly Quotation[]): ReadonlyMap<string, string> {
  return new Map([
    ...providers.map((provider) => [`${provider.name}.md`, providerPage(provider)] as const),
    ['coverage.md', coveragePage(quotations)],
  ]);
}

const title = /\.test\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
const names = providers.map(({ name }) => name).join('|');
const quotation = new RegExp(` ?\\[((?:${names})\\.[a-z0-9.-]+)\\]`, 'g');

/** Every quotation in the tests below a folder. */
export function findQuotations(folder: string): Quotation[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  return files.flatMap((file) =>
    [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(title)].flatMap(([, , name = '']) =>
      [...name.matchAll(quotation)].map(([, id = '']) => ({
        id,
        file,
        title: name.replaceAll(quotation, '').replaceAll('\\', ''),
      })),
    ),
  );
}

/** The first line of a generated page. */
export const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';

function providerPage(provider: Provider): string {
  const { title: name, origin } = provider;
  return (
    [
      generated,
      `# ${name}`,
      provider.hosts.length > 0
        ? `Stands in for \`${origin}\`. Nothing here was measured at the live service: every fact has its source ` +
          `and its confidence.`
        : 'Stands in for any OAuth 2.0 server: no real service is behind it. It does what the RFCs ask, and ' +
          'every fact names its clause.',
      '## Start',
      ...start(provider),
      '## Endpoints',
      endpointTable(provider),
      '## Policy',
      'Every field can be changed by a scenario or `PATCH /__admin/providers/{provider}/policy`. Where the ' +
        'default differs from the strict reading of the RFCs, the last column has the strict value.',
      policyTable(provider),
      '## API calls',
      `Below ${provider.endpoints.api.map(code).join(' and ')}.`,
      callTable(provider),
      '## Facts',
      confidenceWords,
      factTable(provider.facts),
      '## Errors',
      'The answer for each reason of the journal; `<name>` is a value of the request. The policy field ' +
        '`errors` changes any row.',
      errorTable(provider),
      ...(comparisons.get(provider.name)?.() ?? []),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** What a client needs, and one flow from the login to the tokens. A test runs it. */
function start({ name, origin, hosts, endpoints }: Provider): string[] {
  const [authorize, token] = [endpoints.authorize[0], endpoints.token[0]];
  const { username, password } = demoPerson;
  return [
    hosts.length > 0
      ? `In the settings of your client, replace \`${origin}\` by \`http://127.0.0.1:8080/${name}\`. The rest of ` +
        `each URL stays the same.`
      : `The issuer is \`http://127.0.0.1:8080/${name}\`: a client that knows RFC 8414 finds all URLs from it, ` +
        `others get them from the table below.`,
    table(
      ['setting', 'value'],
      [
        ['client_id, client_secret', `\`understudy-client\`, \`${builtIn.secret}\``],
        ['redirect_uri', '`http://localhost:3000/callback`, or [your own](../how-to/own-redirect-uri.md)'],
        ['login of a person', `\`${username}\`, \`${password}\``],
      ],
    ),
    'A whole flow with curl, in a world whose scenario answers the login URL without a page. In the default ' +
      'world, a browser gets the pages:',
    `\`\`\`sh
curl -s -o /dev/null -X PUT http://127.0.0.1:8080/__admin/worlds/first -H 'Content-Type: application/json' -d '{"scenario":"happy-path"}'
${name}=http://127.0.0.1:8080/w/first/${name}
callback=http://localhost:3000/callback
state=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')
login="$${name}${authorize}?response_type=code&client_id=understudy-client&redirect_uri=$callback&state=$state"
code=$(curl -s -o /dev/null -w '%{redirect_url}' "$login" | sed 's/.*code=\\([^&]*\\).*/\\1/')
curl -s -u understudy-client:${builtIn.secret} "$${name}${token}" -d grant_type=authorization_code -d "code=$code" -d "redirect_uri=$callback"
\`\`\``,
    `\`\`\`json output
{ "access_token": "…", "refresh_token": "…", "…": "…" }
\`\`\``,
    'In a test, the library does the same: [Test your first client](../tutorial/test-your-first-client.md).',
  ];
}

/** The comparison of a provider with answers that were recorded from its framework, by the provider's name. */
const comparisons: ReadonlyMap<string, () => string[]> = new Map([['dottedsign', comparisonWithDoorkeeper]]);

function comparisonWithDoorkeeper(): string[] {
  const { cases, version } = JSON.parse(readFileSync('test/oracle/golden.json', 'utf8')) as Golden;
  const differing = Object.entries(knownDifferences);
  return [
    '## Differences from Doorkeeper',
    `\`test/oracle/\` replays ${Object.keys(cases).length} cases and compares each answer, headers included, ` +
      `with the recorded answer of Doorkeeper ${String(version.doorkeeper)} on Rails ${String(version.rails)} ` +
      `with the published settings of DottedSign. These differ:`,
    differing.length === 0 ? 'None.' : table(['case', 'reason'], differing),
  ];
}

/** What the confidences of facts mean. */
export const confidenceWords = [
  '| confidence | meaning |',
  '|---|---|',
  "| SEEN(d) | in the provider's own documentation or own published code; *old*: in a version of it that no " +
    'longer exists |',
  '| SEEN(c×n) | done or expected by n independent real clients |',
  "| MEASURED | obtained by running the provider's framework with its published settings |",
  '| INFERRED | follows from the framework that the provider appears to use |',
  '| GUESS | no source: assumed |',
].join('\n');

/** A table of Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

/** A value as code. */
export const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
/** Values as code, or a dash for none. */
export const codes = (values: readonly unknown[]): string => values.map(code).join(', ') || '–';

/** The paths of each endpoint. */
export function endpointTable({ endpoints, hosts }: Provider): string {
  const { authorize, token, refresh = [], revoke, introspect, tokenInfo, userinfo } = endpoints;
  const { metadata, jwks = [], login, api } = endpoints;
  return table(
    ['endpoint', 'paths'],
    [
      ['Host', codes(hosts)],
      ['authorize', codes(authorize)],
      ['login page', code(login)],
      ['token', codes(token)],
      ...(refresh.length === 0 ? [] : [['refresh', codes(refresh)]]),
      ['revoke', codes(revoke)],
      ['introspect', codes(introspect)],
      ['token info', codes(tokenInfo)],
      ['userinfo', codes(userinfo)],
      ['metadata', codes(metadata)],
      ...(jwks.length === 0 ? [] : [['keys', codes(jwks)]]),
      ['API base', codes(api)],
    ],
  );
}

/** Policy fields in seconds, by their names in documents, where they are durations. */
const documentNames: Partial<Record<keyof Policy, string>> = {
  codeSeconds: 'code',
  accessTokenSeconds: 'accessToken',
  refreshTokenSeconds: 'refreshToken',
  refreshTokenIdleSeconds: 'refreshTokenIdle',
  refreshTokenAbsoluteSeconds: 'refreshTokenAbsolute',
  refreshGraceSeconds: 'refreshGrace',
  refreshRotationAfterSeconds: 'refreshRotationAfter',
};
const documentName = (field: keyof Policy): string => documentNames[field] ?? field;

function policyTable({ policy, facts }: Provider): string {
  const own: Readonly<Record<string, unknown>> = policyToDocument(policy);
  const strict: Readonly<Record<string, unknown>> = policyToDocument(standardPolicy);
  const narrow: Readonly<Record<string, unknown>> = policyToDocument(strictPolicy(policy));
  const laxer = relaxed(policy).map(({ field }) => documentName(field as keyof Policy));
  const compared = (Object.keys(policy) as (keyof Policy)[]).filter(isCompared).map(documentName);
  const isStricter = (field: string): boolean =>
    !laxer.includes(field) &&
    (compared.includes(field) || JSON.stringify(own[field]) === JSON.stringify(narrow[field]));
  const rows = Object.keys(PolicySchema.properties).map((field) => {
    const quoted = facts.filter(
      (fact) => fact.field !== undefined && documentName(fact.field) === field && field !== 'errors',
    );
    const same = JSON.stringify(own[field]) === JSON.stringify(strict[field]);
    return [
      code(field),
      code(own[field]),
      allowed(field),
      quoted.map(({ id }) => id).join(', '),
      same || isStricter(field) ? '' : code(strict[field]),
    ];
  });
  return table(['field', 'default', 'may be', 'facts', 'RFC'], rows);
}

/** The policy fields in which a provider differs from the strict reading of the RFCs. */
export function policyDifferences({ policy }: Provider): string {
  const own: Readonly<Record<string, unknown>> = policyToDocument(policy);
  const strict: Readonly<Record<string, unknown>> = policyToDocument(standardPolicy);
  const rows = Object.keys(PolicySchema.properties)
    .filter((field) => JSON.stringify(own[field]) !== JSON.stringify(strict[field]))
    .map((field) => [code(field), code(own[field]), code(strict[field])]);
  return rows.length === 0 ? 'None.' : table(['field', 'here', 'RFC'], rows);
}

interface Values {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Values;
}

function allowed(field: string): string {
  const schema = (PolicySchema.properties as unknown as Readonly<Record<string, Values>>)[field] ?? {};
  if (schema.enum !== undefined) return codes(schema.enum);
  if (schema.items?.enum !== undefined) return `a list of ${codes(schema.items.enum)}`;
  if (schema.type === 'boolean') return codes([true, false]);
  return others[field] ?? 'a duration, `never`';
}

const others: Readonly<Record<string, string>> = {
  code: 'a duration',
  interaction: '`{"mode":"manual"}`, `{"mode":"auto","user":…,"decision":"allow"}`, `"deny"`',
  refreshGrace: 'a duration',
  assertionAudiences: 'a list of texts',
  bearerAliases: 'a list of texts',
  bearerHeaders: 'a list of texts',
  refreshTokenIssuedIf: 'a list of `{"parameter":{…}}`, `{"scope":…}`, `{"consent":"first"}`',
  refreshTokensPerUser: '`unlimited`, a number',
  accessTokensPerUser: '`unlimited`, a number',
  callsPerSecond: '`unlimited`, a number',
  errors: '`{ reason: { status, error, description } }`',
};

/** The calls of the API: one row a path. */
export function callTable({ resources }: Provider): string {
  const methods = new Map<string, string[]>();
  for (const { method, path } of resources) methods.set(path, [...(methods.get(path) ?? []), method]);
  return table(
    ['path', 'methods'],
    [...methods].map(([path, of]) => [code(path), of.join(', ')]),
  );
}

/** Facts with their sources. */
export function factTable(facts: readonly Fact[]): string {
  return table(
    ['id', 'behaviour', 'policy field', 'source', 'confidence'],
    facts.map(({ id, behaviour, field, source, confidence, measured }) => [
      id,
      behaviour,
      field === undefined ? '' : code(documentName(field)),
      source,
      measured === undefined ? confidence : `${confidence}: ${codes(measured)}`,
    ]),
  );
}

/** Placeholder for the values of a refusal: each value is its own name. */
const placeholders = new Proxy(
  {},
  { get: (_, name) => (lists.has(String(name)) ? [`<${String(name)}>`] : `<${String(name)}>`) },
);
const lists = new Set(['allowed', 'needed']);

/** The answers for reasons. Default: for all. */
export function errorTable(provider: Provider, only = Object.keys(reasons) as readonly Reason[]): string {
  const rows = only.map((reason) => {
    const refusal = describe(provider, provider.policy, OAuthError.of(reason, placeholders));
    // a placeholder would be taken for HTML, and not be shown
    const description = refusal.description.replaceAll('<', '&lt;');
    return [code(reason), String(refusal.status), code(refusal.error), description, body(provider, refusal)];
  });
  return table(['reason', 'status', 'error', 'description', 'body'], rows);
}

function body(provider: Provider, refusal: Refusal): string {
  const { reason } = refusal;
  if (reason === 'request.path-unknown' || reason === 'request.path-malformed') return "Understudy's own";
  if (reason.startsWith('page.')) return 'a page';
  const { authorizeRefusals } = provider.policy;
  if (reason === 'authorize.denied' || (afterTrust.test(reason) && authorizeRefusals === 'redirect')) {
    return (
      `in the redirect: ` +
      `\`${decodeURIComponent(new URLSearchParams(provider.redirectRefusal(refusal, {})).toString().replaceAll('+', ' '))}\``
    );
  }
  if (reason.startsWith('authorize.') || afterTrust.test(reason)) return 'a page';
  const answer: WireAnswer = /^(bearer|resource)\./.test(reason)
    ? provider.bearerRefusal(refusal)
    : provider.tokenRefusal(refusal);
  return answer.body === '' ? 'empty' : code(answer.body);
}

/** Reasons of the authorization endpoint that may be answered by redirect. */
const afterTrust = /^(authorize\.(response-type|grant)|pkce\.(challenge|method))/;

function coveragePage(quotations: readonly Quotation[]): string {
  return (
    [
      generated,
      '# Which test asserts which fact',
      'A test quotes a fact by having its id in its name. Every fact is quoted, and no test quotes one that ' +
        'does not exist: a test asserts both.',
      ...providers.flatMap(({ title: name, facts }) => [
        `## ${name}`,
        table(
          ['fact', 'test'],
          facts.map(({ id }) => [
            id,
            quotations
              .filter((each) => each.id === id)
              .map((each) => `${each.file}: ${each.title}`)
              .join('<br>') || '**none**',
          ]),
        ),
      ]),
    ].join('\n\n') + '\n'
  );
}
