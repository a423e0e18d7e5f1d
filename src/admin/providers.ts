import { Type } from 'typebox';
import { reasons } from '../core/errors.js';
import { urlsOf } from '../http/urls.js';
import { standardPolicy } from '../providers/standard.js';
import { applyPolicy, contradictions, policyToDocument } from '../world/scenario/policy.js';
import { PolicySchema } from '../world/scenario/schema/policy.js';
import { AnyObject, defineRoute, invalid, listOf } from './route.js';
import type { Provider } from '../providers/provider.js';
import type { Policy } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { World } from '../world/world.js';

/** Fields in which a policy is laxer than the strict reading of the RFCs: whoever switches one is told so. */
const strictest: Partial<Record<keyof Policy, string>> = {
  redirectUriMatching: 'RFC 9700 §2.1 wants exact string matching',
  redirectUriAtToken: 'RFC 6749 §4.1.3 requires redirect_uri again where it was sent before',
  redirectUriAtTokenMatching: 'RFC 6749 §4.1.3 wants identical values',
  clientAtCodeExchange: 'RFC 6749 §3.2.1 requires client authentication',
  clientCredentialsTwice: 'RFC 6749 §2.3 allows one way of authentication a request',
  basicWithoutScheme: 'RFC 9110 §11.6.2 requires the scheme',
  echoState: 'RFC 6749 §4.1.2 requires state back',
  pkce: 'RFC 9700 §2.1.1 asks servers to support PKCE',
  replayRevokesTokens: 'RFC 6749 §4.1.2 asks to revoke what a replayed code bought',
  accessTokenExpiryChecked: 'RFC 6750 §3.1 refuses expired tokens',
  scopeParameter: 'RFC 6749 §3.3 gives scope a meaning',
};

function relaxed(policy: Policy): object[] {
  return Object.entries(strictest).flatMap(([field, clause]) => {
    const name = field as keyof Policy;
    return policy[name] === standardPolicy[name] ||
      (name === 'pkce' && policy.pkce === 'required') ||
      (name === 'redirectUriAtToken' && policy.redirectUriAtToken === 'required')
      ? []
      : [{ field, value: policy[name], strict: standardPolicy[name], clause }];
  });
}

function errorRows(provider: Provider): object[] {
  return Object.entries(reasons).map(([reason, row]) => {
    const own = provider.reasons[reason as keyof typeof reasons];
    const description =
      typeof own?.description === 'function' ? '(names what was sent)' : (own?.description ?? row.description);
    return { reason, status: own?.status ?? row.status, error: own?.error ?? row.error, description };
  });
}

function providerView(provider: Provider, realm: Realm, world: World, serverUrl: string): object {
  const { name, title, origin, hosts, endpoints, scopes, facts } = provider;
  const policy = policyToDocument(realm.policy);
  return {
    name,
    title,
    origin,
    hosts,
    ...urlsOf(provider, serverUrl, world.id),
    paths: endpoints,
    scopes: Object.fromEntries(Object.entries(scopes).map(([scope, { words }]) => [scope, words])),
    policy,
    relaxed: relaxed(realm.policy),
    quirks: facts.map((fact) => ({
      ...fact,
      ...(fact.field === undefined ? {} : { value: realm.policy[fact.field] }),
    })),
    errors: errorRows(provider),
  };
}

const ProviderView = Type.Object(
  {
    name: Type.String(),
    title: Type.String(),
    origin: Type.String(),
    policy: PolicySchema,
    relaxed: Type.Array(AnyObject),
    quirks: Type.Array(AnyObject),
    errors: Type.Array(AnyObject),
  },
  { additionalProperties: true },
);

/** The providers, every quirk of theirs with its source and confidence, and the rules that a test may switch. */
export const providerRoutes = [
  defineRoute({
    method: 'GET',
    path: '/providers',
    tag: 'providers',
    summary: 'List the providers',
    answers: { 200: listOf('providers', AnyObject) },
    handle({ world, worlds, serverUrl }) {
      const list = worlds.providers.map((provider) => ({
        name: provider.name,
        title: provider.title,
        origin: provider.origin,
        ...urlsOf(provider, serverUrl, world.id),
        policy: policyToDocument(world.realm(provider).policy),
      }));
      return { providers: list, total: list.length };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/providers/:provider',
    tag: 'providers',
    summary: 'Describe a provider: paths, policy, error table, and every quirk with its source and confidence',
    answers: { 200: ProviderView },
    handle({ provider: find, world, serverUrl }) {
      const { provider, realm } = find();
      return providerView(provider, realm, world, serverUrl);
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/providers/:provider/policy',
    tag: 'providers',
    summary: "Change a realm's rules: lifetimes, rotation, interaction, quirks. What is left out stays",
    body: PolicySchema,
    answers: { 200: Type.Object({ policy: PolicySchema, relaxed: Type.Array(AnyObject) }) },
    handle({ provider: find, body }) {
      const { realm } = find();
      const policy = applyPolicy(realm.policy, body);
      const found = contradictions(policy, realm);
      if (found.length > 0) throw invalid(found.map(({ member, message }) => ({ path: member, message })));
      realm.policy = policy;
      return { policy: policyToDocument(policy), relaxed: relaxed(policy) };
    },
  }),
];
