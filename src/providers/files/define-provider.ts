import { mistakeLimit } from '../../input/mistake.js';
import { userMistakes } from '../user-document.js';
import { applyPolicy } from '../policy/document.js';
import { answersOf, errorsOf } from './answers.js';
import { tellContradictions } from './contradictions.js';
import { readEndpoints } from './endpoints.js';
import { tellIdTokens } from './id-token.js';
import { pagesOf } from './pages.js';
import { parametersOf } from './parameters.js';
import { routedPath } from './path-hosts.js';
import { readReasons } from './reasons.js';
import { readResources } from './resources.js';
import { tellSecondToken } from './second-token.js';
import { generatorOf, tellShapes } from './shape-token.js';
import { TemplateBudget } from './template-budget.js';
import { whyUnreadable } from './unreadable.js';
import { knownMembers, mistakeInVariable } from './variable-members.js';
import type { IsSure } from './is-sure.js';
import type { Mistake } from '../../input/mistake.js';
import type { Policy } from '../../core/policy.js';
import type { ScopeDefinition } from '../../core/realm.js';
import type { Confidence, Fact } from '../fact.js';
import type { Endpoints, Provider } from '../provider.js';
import type { Reader } from './body.js';
import type { ProviderDocument } from './schema/document.js';
import type { TemplateKind } from './variables.js';

/** A provider that is made from a document, or the mistakes of the document. */
export type Defined =
  | { readonly provider: Provider; readonly mistakes: readonly [] }
  | { readonly provider: undefined; readonly mistakes: readonly Mistake[] };

/** The name and the provider that a document is built on. */
export interface Basis {
  /** The name where the document has none. */
  readonly name: string;
  readonly like: Provider;
  /** Finds a built-in provider by name. */
  readonly find: (name: string) => Provider | undefined;
  /** Default: one of its own. */
  readonly budget?: TemplateBudget;
  /** Default: the document is whole, and all of it is sure. */
  readonly isSure?: IsSure;
}

/**
 * Makes a provider from a document that matches the schema. What the document leaves out is as in the provider that it
 * is like.
 */
export function defineProvider(document: ProviderDocument, basis: Basis): Defined {
  const { provider, mistakes } = tryProvider(document, basis);
  return mistakes.length === 0 ? { provider, mistakes: [] } : { provider: undefined, mistakes };
}

/** As `defineProvider`, with the provider as far as it can be made where there are mistakes. It is for no request. */
export function tryProvider(
  document: ProviderDocument,
  basis: Basis,
): { readonly provider: Provider; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const tell = (path: string, message: string): void => {
    mistakes.push({ path, message });
  };
  const { isSure = everything, budget = new TemplateBudget() } = basis;
  let isOver = false;
  const membersOf = knownMembers(document, basis.like, isSure);
  const readByToken = new Set<string>();
  const names = document.parameters?.names ?? basis.like.parameterNames;
  const readerOf = (kind: TemplateKind): Reader => ({
    provider: document.name ?? basis.name,
    mistake: tell,
    mayRead(path) {
      // firstMistakes tells that there are more
      if (isOver || mistakes.length > mistakeLimit) return false;
      budget.spend(1);
      isOver = budget.isOver;
      if (isOver) tell(path, TemplateBudget.message);
      return !isOver;
    },
    checkReads(path, reads) {
      for (const read of reads) {
        if (kind === 'token') readByToken.add(read);
        const message = mistakeInVariable(read, { kind, place: path, membersOf }) ?? whyUnreadable(read, names);
        if (message !== undefined) tell(path, message);
      }
    },
  });
  const provider = assemble(document, basis, readerOf, tell);
  tellContradictions(document, provider, { tell, isSure });
  tellShapes(document, tell);
  // what a wrong template would read is not known
  const isTokenRight = mistakes.every(({ path }) => !path.startsWith('answers.token.'));
  if (isSure('answers', 'like') && isTokenRight) tellSecondToken(document, basis.like, { reads: readByToken, tell });
  if (isSure('answers', 'endpoints', 'scopes', 'like')) tellIdTokens(document, basis.like, provider, tell);
  return { provider, mistakes };
}

const everything: IsSure = () => true;

function assemble(
  document: ProviderDocument,
  { name: usualName, like, find, isSure = everything }: Basis,
  readerOf: (kind: TemplateKind) => Reader,
  tell: Reader['mistake'],
): Provider {
  const { name = usualName, answers = {}, errors = {}, pages, conventions } = document;
  const identity = identityOf(document, name, like);
  const { endpoints, pathHosts } = readEndpoints(document, like, { allHosts: identity.hosts, tell, isSure });
  return {
    ...like,
    name,
    ...identity,
    endpoints,
    pathHosts,
    variables: { ...like.variables, ...examplesOf(document.variables ?? {}) },
    policy: policyOf(document, like, endpoints),
    scopes: document.scopes === undefined ? like.scopes : scopesOf(document.scopes),
    generators: generatorsOf(document, like),
    reasons: { ...like.reasons, ...readReasons(errors.reasons ?? {}, readerOf('error')) },
    resources:
      document.resources === undefined
        ? like.resources
        : readResources(document.resources, {
            reader: readerOf('resource'),
            find,
            isSure,
            names: document.parameters?.names ?? like.parameterNames,
          }),
    ...usersIn(document, tell),
    ...parametersOf(document, like),
    ...(conventions === undefined
      ? conventionsOf(like, document)
      : { conventions: withoutUndefined({ ...conventions, apiPath: routedPath(conventions.apiPath) }) }),
    ...pagesOf(pages ?? {}, like),
    ...answersOf(answers, readerOf, like, isSure),
    ...errorsOf(errors, readerOf('error')),
  };
}

/** What a provider has not from another one, unless it takes the place of that one under the same name. */
function identityOf(
  document: ProviderDocument,
  name: string,
  like: Provider,
): Pick<Provider, 'title' | 'origin' | 'hosts' | 'facts'> {
  const usual =
    like.name === name ? like : { title: name, origin: `https://${name}.example`, hosts: [], facts: [] as const };
  return {
    title: document.title ?? usual.title,
    origin: document.origin ?? usual.origin,
    hosts: document.hosts ?? usual.hosts,
    facts: document.facts?.map((fact, i) => factOf(fact, `${name}.${i + 1}`)) ?? usual.facts,
  };
}

const examplesOf = (variables: NonNullable<ProviderDocument['variables']>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).map(([key, { example }]) => [key, example]));

/** RFC 9207 §3: metadata say that redirects have iss, so a provider without them sends it only if its file says so. */
function policyOf({ policy = {} }: ProviderDocument, like: Provider, { metadata }: Endpoints): Policy {
  const base: Policy = metadata.length > 0 ? like.policy : { ...like.policy, issuerInRedirect: 'absent' };
  return applyPolicy(base, policy);
}

function usersIn({ users }: ProviderDocument, tell: Reader['mistake']): Pick<Provider, 'users'> {
  if (users === undefined) return {};
  for (const { path, message } of userMistakes(users, 'users')) tell(path, message);
  return { users };
}

function generatorsOf({ tokens = {}, answers = {} }: ProviderDocument, like: Provider): Provider['generators'] {
  return (random) => {
    const usual = like.generators(random);
    const { accessToken, refreshToken, code } = tokens;
    const second = answers.secondToken?.shape;
    return {
      accessToken: accessToken === undefined ? usual.accessToken : generatorOf(accessToken, random),
      refreshToken: refreshToken === undefined ? usual.refreshToken : generatorOf(refreshToken, random),
      code: code === undefined ? usual.code : generatorOf(code, random),
      secondToken: second === undefined ? usual.secondToken : generatorOf(second, random),
    };
  };
}

function scopesOf(scopes: NonNullable<ProviderDocument['scopes']>): Readonly<Record<string, ScopeDefinition>> {
  return Object.fromEntries(
    Object.entries(scopes).map(([scope, said]) => {
      if (typeof said === 'string') return [scope, { words: said }];
      const { words, grants, onlyIfNamed } = said;
      return [
        scope,
        {
          words,
          ...(grants === undefined ? {} : { grants }),
          ...(onlyIfNamed === true ? { onlyIfNamed: true as const } : {}),
        },
      ];
    }),
  );
}

function factOf(
  { id, behaviour, field, source, confidence }: NonNullable<ProviderDocument['facts']>[number],
  usualId: string,
): Fact {
  return {
    id: id ?? usualId,
    behaviour,
    source,
    confidence: confidence as Confidence,
    ...(field === undefined ? {} : { field: field as NonNullable<Fact['field']> }),
  };
}

/** The conventions of the other provider hold as long as its API is served. */
function conventionsOf({ conventions }: Provider, { resources }: ProviderDocument): Partial<Provider> {
  return resources === undefined || conventions === undefined ? {} : { conventions: { ...conventions, apiPath: '/' } };
}

function withoutUndefined<T extends { readonly scope?: string | undefined }>({
  scope,
  ...rest
}: T): Omit<T, 'scope'> & { scope?: string } {
  return scope === undefined ? rest : { ...rest, scope };
}
