import { ProviderSchema } from '../providers/files/schema/document.js';
import { PolicyChangeSchema } from '../providers/policy/schema.js';

/** What the text of a new provider file says. */
export interface ProviderFileText {
  readonly name: string;
  readonly like: string;
  /** Whether the file needs the member `name`, because it has another name. */
  readonly saysName: boolean;
}

/** The members that a person needs first, each with an example as lines of YAML. Others are named at the end. */
const examples: readonly (readonly [string, (name: string) => readonly string[]])[] = [
  ['hosts', (name) => [`hosts: [auth.${name}.example, api.${name}.example]`]],
  [
    'endpoints',
    () => [
      'endpoints:',
      '  authorize: /oauth/authorize',
      '  token: /oauth/token',
      '  api: /v1',
      '  userinfo: /userinfo',
      ...comment('For ID tokens (answers.idToken):'),
      '  jwks: /oauth/keys',
      '  metadata: /.well-known/openid-configuration',
    ],
  ],
  [
    'scopes',
    () => ['scopes:', '  openid: Know who you are', '  read: Read your things', '  write: Change your things'],
  ],
  [
    'policy',
    () => [
      'policy:',
      ...policyLines({
        accessToken: '1h',
        refreshToken: '30d',
        refreshRotation: 'keep',
        clientCredentialsIn: '[body]',
        pkce: 'required',
      }),
    ],
  ],
  [
    'parameters',
    () => ['parameters:', '  names: { client_id: client_key }', '  authorize:', '    audience: { required: false }'],
  ],
  [
    'tokens',
    (name) => [
      'tokens:',
      `  accessToken: { shape: alphanumeric, length: 40, prefix: ${name}_ }`,
      '  refreshToken: { shape: uuid }',
    ],
  ],
  [
    'answers',
    () => [
      'answers:',
      '  token:',
      '    body:',
      "      access_token: '{{ access_token }}'",
      '      token_type: bearer',
      "      expires_in: '{{ expires_in }}'",
      "      refresh_token: '{{ refresh_token }}'",
      `      scope: "{{ scopes | join: ' ' }}"`,
      "      id_token: '{{ id_token }}'",
      ...comment('A signed ID token for each login with the scope openid; endpoints.jwks has its key:'),
      '  idToken:',
      '    life: 1h',
      "    claims: { email: '{{ user.username }}' }",
      '  userinfo:',
      "    body: { sub: '{{ user.id }}', name: '{{ user.name }}', email: '{{ user.username }}' }",
    ],
  ],
  [
    'errors',
    () => [
      'errors:',
      '  token:',
      '    status: 400',
      "    body: { error: '{{ error }}', error_description: '{{ description }}' }",
      ...comment('All reasons are in docs/providers/standard.md, below Errors:'),
      '  reasons:',
      '    code.unknown: { error: invalid_grant, description: The code is not known. }',
    ],
  ],
  [
    'resources',
    () => [
      'resources:',
      "  - { path: /me, body: { id: '{{ user.id }}', name: '{{ user.name }}' } }",
      "  - { path: '/things/{id}', body: { id: '{{ path.id }}' } }",
    ],
  ],
  [
    'users',
    () => ['users:', '  - { id: u1, username: ada@example.test, name: Ada Lovelace, profile: { team: Anvils } }'],
  ],
  ['pages', () => ['pages: { colour: teal }']],
  [
    'facts',
    (name) => [
      'facts:',
      '  - behaviour: Access tokens expire after an hour',
      '    field: accessToken',
      `    source: https://${name}.example/docs/tokens`,
      '    confidence: SEEN(d)',
    ],
  ],
];

/** Members that the text begins with. */
const first = ['$schema', 'name', 'title', 'like'];

/**
 * The text of a provider file to begin with. Explanations come from the schema and have one space after `#`.
 * Examples have none or more: a person removes the `#` of those that are needed.
 */
export function providerFileText({ name, like, saysName }: ProviderFileText): string {
  const others = Object.keys(ProviderSchema.properties).filter(
    (member) => !first.includes(member) && examples.every(([each]) => each !== member),
  );
  return [
    '# yaml-language-server: $schema=node_modules/oauth-understudy/schema/provider.schema.json',
    `# The provider ${name}: how it differs from ${like}. What is left out is as there.`,
    '# A line with # and one space is an explanation. Other lines with # are examples: remove the # of those you need.',
    ...(saysName ? [`name: ${yamlText(name)}`] : []),
    `title: ${yamlText(name.charAt(0).toUpperCase() + name.slice(1))}`,
    `like: ${yamlText(like)}`,
    ...examples.flatMap(([member, lines]) => [
      '',
      ...comment(descriptionOf(ProviderSchema, member)),
      ...lines(name).map((line) => (isExplanation(line) ? line : `#${line}`)),
    ]),
    '',
    ...comment(`Further members: ${others.join(', ')}. All are described in docs/reference/provider-files.md.`),
    '',
  ].join('\n');
}

/** Fields of the policy, each below what the schema says of it. */
function policyLines(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).flatMap(([field, value]) => [
    ...comment(`${field}: ${descriptionOf(PolicyChangeSchema, field)}`),
    `  ${field}: ${value}`,
  ]);
}

function descriptionOf({ properties }: { readonly properties: object }, member: string): string {
  const { description = '' } = (new Map(Object.entries(properties)).get(member) ?? {}) as { description?: string };
  return description;
}

/** A name as YAML: three words would be no text (YAML 1.2.2 §10.3.2). */
const yamlText = (text: string): string => (/^(?:true|false|null)$/i.test(text) ? `'${text}'` : text);

/** Longest line of an explanation. */
const longestLine = 110;

const isExplanation = (line: string): boolean => line.startsWith('# ');

/** A text as lines of explanation. */
function comment(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = String(lines.at(-1));
    if (last.length + word.length < longestLine) lines[lines.length - 1] = `${last} ${word}`.trim();
    else lines.push(word);
  }
  return lines.map((line) => `# ${line}`);
}
