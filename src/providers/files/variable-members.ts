import { namesInConditions } from '../../core/refresh-conditions.js';
import { suggest } from '../../input/did-you-mean.js';
import { usualClaimNames } from '../id-token.js';
import { serverMetadata } from '../metadata.js';
import { applyPolicy } from '../policy/document.js';
import { standardProvider } from '../standard-provider.js';
import { variablesIn } from './endpoints.js';
import { parametersOf } from './parameters.js';
import { variableNames } from './variables.js';
import type { Provider } from '../provider.js';
import type { IsSure } from './is-sure.js';
import type { ProviderDocument } from './schema/document.js';
import type { TemplateKind } from './variables.js';

/** The members of a variable that a template at a place of the document can read. Undefined: it can have any. */
export type KnownMembers = (variable: string, place: string) => readonly string[] | undefined;

const members = (names: string): readonly string[] => names.split(' ');

/** Variables whose members the client, the user or the reason decides. */
const anyMembers: ReadonlySet<string> = new Set(['parameters', 'query', 'body', 'headers', 'facts']);

/** The members of a variable that has no others. */
const fixedMembers: ReadonlyMap<string, readonly string[]> = new Map([
  ['client', members('id name')],
  ['signing_key', members('kid pem')],
  ['user', members('id username name profile suspended')],
  ['scopes', members('size first last')],
  ['second', members('access_token expires_in expires_at refresh_token scope scopes')],
  ['metadata', metadataNames()],
]);

/** What a template can read of a text. Numbers have nothing of the kind, and a template then makes nothing of it. */
const ofText = members('size');

/** All names that the metadata of a server can have. */
function metadataNames(): readonly string[] {
  const place = { issuer: '', urlOf: (path: string) => path };
  return Object.keys(serverMetadata(standardProvider, standardProvider, place));
}

/** Finds the members that the variables of a document have. What depends on parts that are not sure can be anything. */
export function knownMembers(document: ProviderDocument, like: Provider, isSure: IsSure): KnownMembers {
  const { variables = {}, resources = [], policy = {} } = document;
  const inPaths = isSure('variables', 'like') ? Object.keys({ ...like.variables, ...variables }) : undefined;
  const ofCall = resources.map(({ path = '' }) => variablesIn(path));
  const areParametersSure = isSure('parameters', 'policy', 'answers.idToken', 'like');
  const kept = areParametersSure ? keptParameters(document, like, policy) : undefined;
  const claims = isSure('like') ? [...usualClaimNames, ...(like.idTokens?.claimNames ?? [])] : undefined;
  return (variable, place) => {
    if (anyMembers.has(variable)) return undefined;
    if (variable === 'claims') return claims;
    if (variable === 'authorize') return kept;
    if (variable !== 'path') return fixedMembers.get(variable) ?? ofText;
    const index = /^resources\.(\d+)\./.exec(place)?.[1];
    if (index === undefined || inPaths === undefined) return inPaths;
    return isSure(`resources.${index}.path`) ? [...inPaths, ...(ofCall[Number(index)] ?? [])] : undefined;
  };
}

/** The parameters of an authorization request that a grant keeps. */
function keptParameters(
  document: ProviderDocument,
  like: Provider,
  policy: NonNullable<ProviderDocument['policy']>,
): readonly string[] {
  const { authorizeParameters = {} } = { ...like, ...parametersOf(document, like) };
  const inConditions = namesInConditions(applyPolicy(like.policy, policy).refreshTokenIssuedIf);
  return [...Object.keys(authorizeParameters), ...inConditions];
}

/** What is wrong with the name of a variable, or of its member. Undefined: nothing. */
export function mistakeInVariable(
  read: string,
  { kind, place, membersOf }: { kind: TemplateKind; place: string; membersOf: KnownMembers },
): string | undefined {
  const [name = '', ...rest] = read.split('.');
  const known = variableNames[kind];
  if (!known.includes(name)) return `there is no variable ${JSON.stringify(name)}${suggest(name, known)}`;
  const inside = membersOf(name, place);
  const member = rest.join('.');
  if (member === '' || inside === undefined || isAmong(member, inside)) return undefined;
  if (name === 'scopes' && /^\d+$/.test(rest[0] as string)) return undefined;
  const shown = JSON.stringify(rest[0]);
  if (name === 'path') return `no path or host here has the variable ${shown}${suggest(rest[0] as string, inside)}`;
  return `${JSON.stringify(name)} has no member ${shown}${suggest(rest[0] as string, inside)}`;
}

/** Whether a path begins with one of the names, which can have dots themselves. */
const isAmong = (path: string, names: readonly string[]): boolean =>
  names.some((name) => path === name || path.startsWith(`${name}.`));
