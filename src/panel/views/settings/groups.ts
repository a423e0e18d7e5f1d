/** A group of fields, by the pattern of their names. */
interface Group {
  readonly title: string;
  readonly has: RegExp;
}

/** The groups in their order. A field belongs to the first whose pattern it matches. */
const groups: readonly Group[] = [
  { title: 'Lifetimes', has: /^(?:code|accessToken|refreshToken|refreshToken(?:Idle|Absolute)|refreshGrace)$/ },
  { title: 'Login and consent pages', has: /^(?:interaction|consent|loginPage|usernameM|pageC|refusalPage)/ },
  {
    title: 'Refresh',
    has: /^(?:refreshRot|refreshRev|refreshTokenI(?!ntro)|refreshTokenF|previous|refusedR|narrowed)/,
  },
  {
    title: 'Codes and tokens',
    has: /^(?:failedExch|replay|accessTokenReused|expiredTokens|(?:access|refresh)TokensPerUser)/,
  },
  { title: 'Grants', has: /^(?:grants|implicit|passwordGrant|clientCredentialsGrant)/ },
  { title: 'PKCE', has: /^pkce/ },
  { title: 'Redirect URI', has: /^redirectUri/ },
  { title: 'Scopes', has: /^(?:scope(?!Challenge)|scopes)/ },
  {
    title: 'Authorization endpoint',
    has: /^(?:authorize|passwordAtA|secretAtA|echoState$|tokenTypeInR|expiresInR|issuerIn|redirect|responseM|outOfB)/,
  },
  { title: 'Client authentication', has: /^(?:client|assertion|basic|authorizationTwice|secretInUrl)/ },
  {
    title: 'Token endpoint',
    has: /^(?:token(?!Caching|Parameter(?!s)|TypeHint)|allowAt|unread|parameter|empty|blank|broken|echoStateAt)/,
  },
  {
    title: 'Revocation and introspection',
    has: /^(?:tokenParameterM|tokenTypeHint|revoke|introspect|refreshTokenIntro)/,
  },
  { title: 'API', has: /^(?:bearer|api|accessToken.*Checked$|callsPer|scopeChallenge)/ },
  { title: 'HTTP', has: /^(?:cors|path|rawBytes|accept|unknownPaths|tokenCaching)/ },
  { title: 'Errors', has: /^(?:errors|answerFormat|description)/ },
];

/** The title for fields that no group knows. */
export const otherTitle = 'Other';

/** The title of the group of a field. */
export const groupOf = (field: string): string => groups.find(({ has }) => has.test(field))?.title ?? otherTitle;

/** Fields by group, in the order of the groups. Groups without a field are left out. */
export function grouped<T extends { readonly field: string }>(fields: readonly T[]): { title: string; fields: T[] }[] {
  return [...groups.map(({ title }) => title), otherTitle]
    .map((title) => ({ title, fields: fields.filter(({ field }) => groupOf(field) === title) }))
    .filter((group) => group.fields.length > 0);
}
