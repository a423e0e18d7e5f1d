import { ProviderSchema } from '../src/providers/files/schema/document.js';
import { AnswerSchema } from '../src/providers/files/schema/answer.js';
import { ResourceSchema } from '../src/providers/files/schema/resource.js';
import { TokenShapeSchema } from '../src/providers/files/schema/token-shape.js';
import { PolicyChangeSchema } from '../src/providers/policy/schema.js';
import { variableMeanings } from '../src/providers/files/variable-meanings.js';
import { variableNames } from '../src/providers/files/variables.js';
import { UserSchema } from '../src/providers/user-document.js';
import { memberTable, placeKey, table } from './schema-text.js';
import type { Schema } from './json-schema.js';

const example = `# providers/acme.yaml
title: Acme
hosts: [auth.acme.example, api.acme.example]
endpoints: { authorize: /oauth/authorize, token: /oauth/token, api: /v2 }
policy: { accessToken: 30m, refreshRotation: keep }
tokens:
  accessToken: { shape: alphanumeric, length: 36, prefix: acme_ }
answers:
  token:
    body:
      ok: true
      access_token: '{{ access_token }}'
      expires_in: '{{ expires_in }}'
      refresh_token: '{{ refresh_token }}'
      scope: "{{ scopes | join: ',' }}"
errors:
  token: { status: 200, body: { ok: false, error: '{{ error }}' } }
  reasons:
    code.unknown: { error: bad_code }
scopes: { read: Read your anvils }
resources:
  - { path: '/anvils/{id}', scopes: [read], body: { id: '{{ path.id }}', owner: '{{ user.name }}' } }
facts:
  - { behaviour: Errors have the status 200, source: https://acme.example/docs/errors, confidence: SEEN(d) }`;

const idTokenExample = `# providers/login.yaml
endpoints: { metadata: /.well-known/openid-configuration, jwks: /keys, userinfo: /userinfo }
scopes: { openid: Know who you are }
answers:
  idToken:
    life: 10m
    claims: { email: '{{ user.username }}', at_hash: null }`;

const secondTokenExample = `# providers/chat.yaml
parameters: { authorize: { user_scope: {} } }
scopes: { post: Write messages, search: Search messages }
answers:
  secondToken:
    when: authorize.user_scope
    scopes: '{{ authorize.user_scope }}'
    shape: { shape: alphanumeric, length: 32, prefix: user- }
  token:
    body:
      access_token: '{{ access_token }}'
      refresh_token: '{{ refresh_token }}'
      kind: '{% if is_second %}user{% else %}bot{% endif %}'
      user: { access_token: '{{ second.access_token }}', refresh_token: '{{ second.refresh_token }}' }`;

/** The members whose templates read the variables of a kind, where that is not the answer of its name. */
const membersOfKind: ReadonlyMap<string, string> = new Map([
  ['error', 'errors'],
  ['resource', 'resources'],
  ['idToken', 'answers.idToken.claims'],
]);

/** The page about provider files. */
export function providerFilesPage(generated: string): string {
  const parts: readonly (readonly [string, string, unknown])[] = [
    ['an answer', 'an-answer', AnswerSchema],
    ['a shape', 'a-shape', TokenShapeSchema],
    ['a call of the API', 'a-call-of-the-api', ResourceSchema],
  ];
  const places = new Map([
    ...parts.map(([title, anchor, schema]) => [placeKey(schema as object), `[${title}](#${anchor})`] as const),
    [placeKey(PolicyChangeSchema), '[a policy](fixtures.md#a-policy)'] as const,
    [placeKey(UserSchema), '[a user](fixtures.md#a-user)'] as const,
  ]);
  const section = ([title, , schema]: (typeof parts)[number]): string =>
    `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${memberTable(schema as Schema, places)}`;
  return `${[
    generated,
    '# Provider files',
    'A provider file makes a provider: a YAML or JSON file that says how it differs from the provider that it ' +
      'is `like`. Without `like` that is `standard`, a server that does what the RFCs say. What a file leaves ' +
      'out is as there. The name of the provider is the name of the file.',
    'Three things are inherited only by a file without `endpoints`: paths of `metadata`, of `userinfo` and of ' +
      '`jwks`. A file that says where its endpoints are has those three only if it names them, so that no client ' +
      'finds an endpoint that the real provider does not have. `issuerInRedirect` of the other provider holds ' +
      'for a file with metadata (RFC 9207 §3); without metadata it is `absent` unless the file says otherwise.',
    `\`\`\`yaml\n${example}\n\`\`\``,
    '`understudy --providers DIR` serves the files of a folder at `/acme/…` and under their own hosts, with ' +
      'everything that the built-in providers have: worlds, faults, journal, findings, exam. The image reads ' +
      '`/providers`; the library takes `start({ providers: DIR })`, or documents: `start({ providers: [document, ' +
      '…] })`, each with its `name`. `understudy providers new NAME` writes a file to begin with. When a file ' +
      'changes, it is read again: its clients, users and tokens begin anew. A file with a mistake leaves its ' +
      'last good version in force. Providers of worlds and scenarios that are `like` a file follow it; what can ' +
      'no longer be made stays as it was, and the log says why. `understudy check FILE…` prints every mistake ' +
      'with its line and column, those in templates beside those in members. It tells a provider file from a ' +
      'scenario by their members. With `--shelf NAMES`, as for the server, it knows what is served beside the ' +
      'files: a host that two providers have is a mistake.',
    'The same document makes a provider of one world, while it runs (`PUT ' +
      '/w/{world}/__admin/providers/{name}`), or of one scenario (its member `definitions`): see [Bring your own ' +
      'provider](../how-to/bring-your-own-provider.md). It can be `like` another document of the same source, a ' +
      'file of the server, a built-in provider, or one of the shelf. One that is `like` its own name changes the ' +
      'provider of that name for its world.',
    'This package brings a shelf of files for well-known providers, the folder `providers`. They are served ' +
      'where they are asked for: `--shelf github,slack` or `--shelf all`, `UNDERSTUDY_SHELF`, `start({ shelf: ' +
      '["github"] })`. Any file can be `like` one of them, whether it is served or not: the other files of its ' +
      'folder come first, then the built-in providers, then the shelf. A file of a folder takes the place of the ' +
      'one of the shelf with its name; in it, `like` with that name means the one of the shelf. `understudy ' +
      'providers` lists the shelf.',
    'A provider that a scenario does not name has the client and the users of the scenario `default`, but not ' +
      'its policy: its own policy holds. `users` of the file are added to them. One replaces those with its id or ' +
      'username, and one whose id is its username; users of the scenario do the same with both. Users of one list ' +
      'replace none of each other. The members of `profile` are for templates: ' +
      '`{{ user.profile.workspace_name }}`. ' +
      'Clients have no member here: others are registered in a scenario (`providers: { acme: { clients: […] } }`), ' +
      'while the server runs (`POST /w/{world}/__admin/providers/acme/clients`), or for all providers with ' +
      '`--client-id`.',
    'The JSON Schema in the package gives completion in an editor. At the top of a file: `# ' +
      'yaml-language-server: $schema=node_modules/oauth-understudy/schema/provider.schema.json`.',
    '## Members',
    memberTable(ProviderSchema as unknown as Schema, places),
    'The reasons for `errors.reasons`, such as `code.expired`, are the rows of the error table: [all of them, with status and error code](../providers/standard.md#errors). `errors.token` answers at the token, revocation and introspection endpoints, unless `errors.revoke` or `errors.introspect` does; `errors.api` at the API and the userinfo endpoint.',
    'A path may have variables: `/{tenant}/oauth/token`. Each must be among `variables`, whose `example` is in the URLs that are shown. A host may have them too: `{shop}.acme.example`. Its last two labels have none. An IP address and a name below `localhost` are no hosts of a provider: the server itself answers there.',
    'A path can stand after its host, which is one of `hosts`: `token: tokens.acme.example/token`. A request with that path at another host of the provider is then refused as any unknown path, as it is at a provider with a host for each endpoint; the journal says where the path is. With several hosts it is in the list once for each. A path without a host answers at all of them. Where the path names the provider (`/acme/token`), every path answers. Metadata at a real host name the host of each endpoint. Calls of the API are at the hosts of their base (`api`). The login page is at every host. A client reaches the hosts by `understudy run` or the proxy; a request with the header `Host: tokens.acme.example` does so too.',
    'Paths are written as clients send them: without `.` and `..` as segments, and without percent-encoding. A shape of tokens needs 2^40 values or more, one of codes a million, so that none comes twice.',
    'What a file leaves out is as in the provider that it is `like`, except for `title`, `origin`, `hosts` and `facts`: those are inherited only by a file that is like its own name, and takes the place of that provider.',
    '## A second access token',
    'Some providers answer with two access tokens at once: one of a bot and one of the person, each with scopes of its own (Slack). `answers.secondToken` makes the second one. It is a token as any other: the API takes it, it is in the list of tokens, it ends by `policy.accessToken`, and it can be revoked. It belongs to the same grant, so a code that is used again ends both. If the policy gives refresh tokens, it has one of its own, and the answer to that refresh has a token of the same kind alone: `is_second` is true there. `policy.accessTokensPerUser` and `policy.refreshTokensPerUser` count the two kinds by themselves. Its scopes are not compared with `scopes`.',
    `\`\`\`yaml\n${secondTokenExample}\n\`\`\``,
    '## ID tokens',
    '`answers: { idToken: {} }` gives each answer to a login or a refresh with the scope `openid` a signed ID ' +
      'token (OpenID Connect Core §2). It is the variable `id_token` of `answers.token`; without `answers.token` ' +
      'it is the last member of the answer, which has to be JSON or a form. Its claims are `iss` (the URL of the ' +
      'provider), `sub` (`profile.sub` of the user, or the id), `aud` (the id of the client), `exp` and `iat` by ' +
      'the clock of the world, `at_hash`, `nonce` if the authorization request had one and this is no refresh, ' +
      'and `auth_time` if it had `max_age`. `claims` adds to them and replaces some, so a test can send a client ' +
      'a wrong `aud`, `iss` or `nonce`; `null` takes a claim away. A file that is `like` another one changes the ' +
      'claims of that one.',
    'The key is RSA with 2048 bits. It is made at first need, once for the process, so tokens of an earlier ' +
      'process are not good any more. `endpoints.jwks` serves the public key (RFC 7517), without authentication; ' +
      'its `kid` is the thumbprint of RFC 7638. In the journal, and for faults, a request for it is one to the ' +
      'endpoint `metadata`. `endpoints.metadata` can be `/.well-known/openid-configuration`; with ID tokens the ' +
      'metadata have `jwks_uri` and what else OpenID Connect Discovery 1.0 §3 asks for. The journal shows an ID ' +
      'token as a fingerprint.',
    `\`\`\`yaml\n${idTokenExample}\n\`\`\``,
    ...parts.map(section),
    '## Templates',
    "Texts of answers are templates of [Liquid](https://liquidjs.com): `'{{ scopes | join: \",\" }}'`, `'{% if " +
      'error == "x" %}…{% endif %}\'`. A text that is one output alone keeps the type of its value: `\'{{ ' +
      "expires_in }}'` is a number, `'{{ expires_in | append: \"\" }}'` is text. If it has no value, its member " +
      'is left out; `| or_null` sends `null`. Any other text that comes out empty is left out, too. A condition ' +
      '(`when`) is what stands after `if`.',
    'The filters are those of Liquid without dates and chance, and `quoted` (a quoted-string of a header), ' +
      '`iso` (milliseconds as a date), `html_entities`, `single_spaces` and `or_null`. The tags are `if`, ' +
      '`unless`, `case`, `for`, `assign`, `capture`, `comment`, `raw` and `tablerow`. A template reads no file, ' +
      'no secret of a client and no password. One that takes longer than a second, or grows without end, ends the ' +
      'request with the status 500. If it makes a value with other characters than visible ASCII and blanks for a ' +
      'header, a question mark is sent in place of each, and the journal has a note.',
    '### Variables',
    table(
      ['templates of', 'variables'],
      Object.entries(variableNames).map(([kind, names]) => [
        `\`${membersOfKind.get(kind) ?? `answers.${kind}`}\``,
        names.map((name) => `\`${name}\``).join(' ') || 'none',
      ]),
    ),
    table(
      ['variable', 'what it is'],
      Object.entries(variableMeanings).map(([name, meaning]) => [`\`${name}\``, meaning]),
    ),
  ].join('\n\n')}\n`;
}
