import { reasons } from '../core/errors.js';
import { urlsOf } from '../http/urls.js';
import { rowOf } from '../providers/answer-format.js';
import { applyPolicy, contradictions, policyToDocument } from '../providers/policy/document.js';
import { PolicyChangeSchema } from '../providers/policy/schema.js';
import { invalid } from './admin-error.js';
import { sourceInWords } from './source-in-words.js';
import { relaxed } from './relaxed-policy.js';
import { defineRoute } from './route.js';
import { conventionsOf } from './snippets/client-setup.js';
import { PolicyView, ProviderView, ProvidersView } from './schemas/providers.js';
import type { Policy } from '../core/policy.js';
import type { Provider } from '../providers/provider.js';
import type { JsonSource } from './json-source.js';
import type { AdminContext } from './route.js';
import type { ProviderAnswer, ProviderSummary } from './schemas/providers.js';

const tag = 'providers';

type Viewed = Pick<AdminContext<unknown, unknown>, 'world' | 'serverUrl' | 'internalUrl'>;

function summaryView(provider: Provider, { world, serverUrl, internalUrl }: Viewed): JsonSource<ProviderSummary> {
  const { name, title, origin, hosts } = provider;
  const { policy } = world.realm(provider);
  return {
    name,
    title,
    origin,
    ...urlsOf(provider, serverUrl, world.id),
    ...(internalUrl === undefined ? {} : { internal: urlsOf(provider, internalUrl, world.id) }),
    hosts,
    policy: policyToDocument(policy),
    conventions: conventionsOf(provider, policy),
  };
}

/** Describes a provider of a world. */
export function providerView(provider: Provider, viewed: Viewed): JsonSource<ProviderAnswer> {
  const { endpoints, scopes, facts } = provider;
  const { policy } = viewed.world.realm(provider);
  return {
    ...summaryView(provider, viewed),
    defaults: policyToDocument(provider.policy),
    paths: { ...endpoints, refresh: endpoints.refresh ?? [], jwks: endpoints.jwks ?? [] },
    scopes: Object.fromEntries(Object.entries(scopes).map(([scope, { words }]) => [scope, words])),
    relaxed: relaxed(policy),
    quirks: facts.map((fact) => ({
      ...fact,
      evidence: sourceInWords(fact),
      ...(fact.field === undefined ? {} : { value: policy[fact.field] }),
    })),
    errors: errorRows(provider, policy),
  };
}

/** The error table of a provider. A description that depends on the request is shown as `(contains the sent value)`. */
function errorRows(provider: Provider, policy: Policy): ProviderAnswer['errors'] {
  return Object.entries(reasons).map(([reason, row]) => {
    const own = rowOf(provider, policy, reason as keyof typeof reasons);
    const description =
      typeof own?.description === 'function' ? '(contains the sent value)' : (own?.description ?? row.description);
    return { reason, status: own?.status ?? row.status, error: own?.error ?? row.error, description };
  });
}

/** Calls about the providers: paths, quirks with sources, and policies. */
export const providerRoutes = [
  defineRoute({
    method: 'GET',
    path: '/providers',
    tag,
    summary: 'List the providers',
    answers: { 200: ProvidersView },
    handle(context) {
      const providers = context.world.providers.map((provider) => summaryView(provider, context));
      return { providers, total: providers.length };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/providers/:provider',
    tag,
    summary: 'Describe a provider: paths, policy, error table, and every quirk with its source and confidence',
    answers: { 200: ProviderView },
    handle: (context) => providerView(context.provider().provider, context),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/providers/:provider/policy',
    tag,
    summary: "Change a realm's policy: lifetimes, rotation, interaction, quirks. Omitted fields are unchanged",
    body: PolicyChangeSchema,
    answers: { 200: PolicyView },
    handle({ provider, body }) {
      const { realm } = provider();
      const policy = applyPolicy(realm.policy, body);
      const found = contradictions(policy, realm);
      if (found.length > 0) throw invalid(found.map(({ member, message }) => ({ path: member, message })));
      realm.policy = policy;
      return { policy: policyToDocument(policy), relaxed: relaxed(policy) };
    },
  }),
];
