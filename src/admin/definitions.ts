import { ProviderSchema } from '../providers/files/schema/document.js';
import { inDocument, providersOf } from '../world/definitions.js';
import { definitionLimit } from '../world/scenario/schema/scenario.js';
import { AdminError, conflict, invalid } from './admin-error.js';
import { providerView } from './providers.js';
import { brokenOwn } from './own-definitions.js';
import { NoContent, defineRoute } from './route.js';
import { ProviderView } from './schemas/providers.js';
import type { Provider } from '../providers/provider.js';
import type { ProviderDocument } from '../providers/files/schema/document.js';
import type { MakeDefinitions } from '../world/definitions.js';
import type { ProviderDocuments } from '../world/scenario/schema/scenario.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';

const tag = 'providers';

interface Defining {
  readonly worlds: Worlds;
  readonly world: World;
}

/** The world's own documents, with one more or another one. The order is that of their first definition. */
function withDocument(world: World, name: string, document: ProviderDocument): ProviderDocuments {
  const documents = new Map(Object.entries(world.own.definitions ?? {})).set(name, document);
  if (documents.size <= definitionLimit) return Object.fromEntries(documents);
  throw conflict(
    'Too many providers',
    `This world has ${definitionLimit} providers of its own, which is the limit: remove one, or replace one.`,
  );
}

/** Sets the world's own documents. Nothing changes if one of them has a mistake. */
function define(
  { worlds, world }: Defining,
  name: string,
  document: ProviderDocument,
  make: MakeDefinitions,
): Provider {
  const documents = withDocument(world, name, document);
  const { providers, bad } = make(documents, providersOf(world.scenario.definitions));
  const own = bad.get(name) ?? [];
  const mistakes = [...own, ...brokenOwn([...bad].filter(([other]) => other !== name))];
  if (mistakes.length > 0) throw invalid(mistakes);
  worlds.define(world, documents);
  return providers.find((each) => each.name === name) as Provider;
}

function undefine({ worlds, world }: Defining, name: string, make: MakeDefinitions): void {
  const documents = new Map(Object.entries(world.own.definitions ?? {}));
  if (!documents.delete(name)) {
    const known = [...documents.keys()];
    const shown = known.join(', ') || 'none';
    const detail = `This world has no provider ${JSON.stringify(name)} of its own. Known: ${shown}.`;
    throw new AdminError(404, 'Unknown provider', detail, undefined, { known });
  }
  const left = documents.size === 0 ? undefined : Object.fromEntries(documents);
  const bad = left === undefined ? [] : [...make(left, providersOf(world.scenario.definitions)).bad];
  const [first] = bad.flatMap(([other, mistakes]) => mistakes.map((mistake) => inDocument(other, mistake)));
  if (first !== undefined) {
    const others = bad.map(([other]) => JSON.stringify(other)).join(', ');
    throw conflict(
      'Provider in use',
      `Without ${JSON.stringify(name)}, ${first}. Remove or change the providers that need it first: ${others}.`,
    );
  }
  worlds.define(world, left);
}

function refuseBuiltIn(name: string, builtIn: readonly Provider[]): void {
  if (builtIn.every((each) => each.name !== name)) return;
  throw conflict(
    'Built-in provider',
    `${JSON.stringify(name)} is a built-in provider: choose another name, and say "like": "${name}". ` +
      `PATCH /__admin/providers/${name}/policy changes its policy.`,
  );
}

/** As an empty file: a client that forgot the document would get a provider that nobody described. */
function refuseMissing(document: unknown): void {
  if (document !== undefined) return;
  throw invalid([{ path: '', message: 'is empty; write {} for a provider that is like standard' }]);
}

async function refuseName(name: string): Promise<void> {
  const { nameMistake } = await import('../providers/files/source.js');
  const message = nameMistake(name);
  if (message === undefined) return;
  throw new AdminError(400, 'Invalid request', `the name in the path: ${message}`, [{ path: 'provider', message }]);
}

/** Calls about the providers that one world has beside those of the server. */
export const definitionRoutes = [
  defineRoute({
    method: 'PUT',
    path: '/providers/:provider',
    tag,
    summary:
      'Make a provider of this world from a document, as in a provider file, or replace it. It stays until the world ' +
      'ends, also when the world is reset or plays another scenario',
    definesProvider: true,
    body: ProviderSchema,
    // with the mistakes in its templates
    checksBody: true,
    answers: { 200: ProviderView },
    async handle(context) {
      const { body, params, worlds, library } = context;
      refuseBuiltIn(params.provider, worlds.builtIn);
      refuseMissing(body);
      const make = await library.definitions.load();
      await refuseName(params.provider);
      // from here on without a pause: of two calls, none undoes the other
      const world = worlds.current(context.world);
      return providerView(define({ worlds, world }, params.provider, body, make), { ...context, world });
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/providers/:provider',
    tag,
    summary: 'Remove a provider that this world has of its own, with its clients, users and tokens',
    definesProvider: true,
    answers: { 204: NoContent },
    async handle({ params, world, worlds, library }) {
      refuseBuiltIn(params.provider, worlds.builtIn);
      const make = await library.definitions.load();
      undefine({ worlds, world: worlds.current(world) }, params.provider, make);
      return null;
    },
  }),
];
