import { suggest } from '../../input/did-you-mean.js';
import { memberOf } from '../../input/members.js';
import { PolicyChangeSchema } from '../policy/schema.js';
import { callsOf } from './calls.js';
import { tellControlCharacters } from './control-characters.js';
import { tellHiddenCalls } from './hidden-calls.js';
import { tellHosts } from './host-mistake.js';
import { tellPages } from './page-mistakes.js';
import type { Provider } from '../provider.js';
import type { TellMistake } from './body.js';
import type { Telling } from './is-sure.js';
import type { ProviderDocument } from './schema/document.js';
import type { ResourceDocument } from './schema/resource.js';

/** Tells what a document says that the provider made from it cannot do: parts that contradict or hide each other. */
export function tellContradictions(document: ProviderDocument, made: Provider, { tell, isSure }: Telling): void {
  const areScopesSure = isSure('scopes') && (document.scopes !== undefined || isSure('like'));
  const telling = { tell, isSure, areScopesSure };
  tellHosts(document.hosts ?? [], tell);
  tellControlCharacters(document, tell);
  tellResources(document.resources ?? [], made, telling);
  if (isSure('resources', 'endpoints', 'like')) tellHiddenCalls(document, made, tell);
  if (isSure('pages', 'like')) tellPages(document, made, tell);
  tellConventions(document, made, telling);
  const fields = Object.keys(PolicyChangeSchema.properties).filter((field) => field !== 'preset');
  for (const [i, { field }] of (document.facts ?? []).entries()) {
    if (field === undefined || fields.includes(field)) continue;
    tell(
      `facts.${i}.field`,
      `${JSON.stringify(field)} is no field of the policy${suggest(withoutUnit(field), fields)}`,
    );
  }
}

/** The code has durations in seconds under names of their own: `codeSeconds` is `code` in a document. */
const withoutUnit = (field: string): string => field.replace(/Seconds$/, '');

/** Members that a call has only if it is neither a list nor all calls of another provider. */
const ofOneCall = ['method', 'revokes', 'status', 'headers', 'as', 'body', 'cases'];

interface TellingOfScopes extends Telling {
  /** Whether the provider has no other scopes than those that are known. */
  readonly areScopesSure: boolean;
}

function tellResources(
  resources: readonly ResourceDocument[],
  { scopes }: Provider,
  { tell, isSure, areScopesSure }: TellingOfScopes,
): void {
  const seen = new Map<string, string>();
  for (const [i, resource] of resources.entries()) {
    const at = `resources.${i}`;
    const besides = Object.keys(resource);
    if (resource.from !== undefined) {
      for (const name of besides) if (name !== 'from') tell(`${at}.${name}`, 'cannot be beside from');
      continue;
    }
    if (resource.list !== undefined) {
      for (const name of besides) if (ofOneCall.includes(name)) tell(`${at}.${name}`, 'cannot be beside list');
      tellItems(resource.list, `${at}.list`, tell);
    }
    const isCallSure = isSure(...['method', 'path', 'from'].map((name) => `${at}.${name}`));
    for (const call of isCallSure ? callsOf(resource) : []) {
      const other = seen.get(call);
      if (other !== undefined) tell(`${at}.path`, `${call} is already served by ${other}`);
      else seen.set(call, at);
    }
    for (const [k, scope] of (resource.scopes ?? []).entries()) {
      if (areScopesSure && !Object.hasOwn(scopes, scope)) tell(`${at}.scopes.${k}`, noScope(scope, scopes));
    }
  }
}

const noScope = (scope: string, scopes: Provider['scopes']): string =>
  `the provider has no scope ${JSON.stringify(scope)}${suggest(scope, Object.keys(scopes))}`;

function tellItems(
  { key = 'id', items = [] }: NonNullable<ResourceDocument['list']>,
  at: string,
  tell: TellMistake,
): void {
  if (key === '__proto__') tell(`${at}.key`, '"__proto__" cannot name an item: choose another member');
  const seen = new Set<string>();
  for (const [i, item] of items.entries()) {
    const id = textOf(memberOf(item, key));
    if (seen.has(id)) tell(`${at}.items.${i}`, `another item has the ${key} ${JSON.stringify(id)}`);
    seen.add(id);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

function tellConventions(
  { conventions, resources: own }: ProviderDocument,
  { scopes, resources }: Provider,
  { tell, isSure, areScopesSure }: TellingOfScopes,
): void {
  if (conventions === undefined) return;
  const { apiPath, scope = '' } = conventions;
  const asked = apiPath.split('?', 1)[0] as string;
  const areCallsSure = isSure('resources') && (own !== undefined || isSure('like'));
  if (areCallsSure && asked !== '/' && resources.every(({ path }) => !isPathOf(path, asked))) {
    tell('conventions.apiPath', `no call of the API has the path ${asked}`);
  }
  const unknown = scope.split(/[\s,]+/).find((each) => each !== '' && !Object.hasOwn(scopes, each));
  if (areScopesSure && unknown !== undefined) tell('conventions.scope', noScope(unknown, scopes));
}

function isPathOf(route: string, path: string): boolean {
  const segments = path.split('/');
  const own = route.split('/');
  return (
    own.length === segments.length &&
    own.every((each, i) => each === segments[i] || each.startsWith(':') || segments[i]?.startsWith('{'))
  );
}
