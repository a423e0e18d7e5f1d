import { UsageError } from '../config/option.js';
import { didYouMean } from '../input/did-you-mean.js';
import type { NameOption } from '../config/option.js';
import type { ProgramConfig } from '../config.js';
import type { Provider } from '../providers/provider.js';
import type { RegisteredClient, RegisteredClients } from '../world/scenario/with-clients.js';

type ClientSettings = Pick<ProgramConfig, 'clientId' | 'clientSecret' | 'redirectUri'>;

/** The option that sets each member of a client. */
const settingOf: ReadonlyMap<string, string> = new Map([
  ['id', 'clientId'],
  ['secret', 'clientSecret'],
  ['redirectUris', 'redirectUri'],
]);

/**
 * Reads the settings of a client of one's own. Each value is for every provider, or for one: `mailup=VALUE`. A value
 * for one provider precedes one for all; redirect URIs of both kinds are registered.
 *
 * @param nameOption how an error names an option
 * @throws UsageError if a value is invalid in a scenario, or is for a provider whose name is misspelt
 */
export async function registeredClients(
  { clientId, clientSecret, redirectUri }: ClientSettings,
  providers: readonly Provider[],
  nameOption: NameOption,
): Promise<RegisteredClients> {
  const names = providers.map(({ name }) => name);
  // a redirect URI has no spaces, so that one variable of the environment can hold several
  const uris = redirectUri.flatMap((text) => text.trim().split(/\s+/));
  const read = (texts: readonly string[]): Addressed[] => texts.map((text) => addressed(text, names));
  for (const [option, texts] of Object.entries({ clientId, clientSecret, redirectUri: uris })) {
    for (const text of texts) refuseMisspelt(text, names, nameOption(option));
  }
  const [ids, secrets, addressedUris] = [read(clientId), read(clientSecret), read(uris)] as const;
  const clients = names.map((name): readonly [string, RegisteredClient] => [
    name,
    {
      id: valueFor(name, ids),
      secret: valueFor(name, secrets),
      redirectUris: [...new Set(addressedUris.filter(isFor(name)).map(({ value }) => value))],
    },
  ]);
  const given = clients.filter(
    ([, { id, secret, redirectUris }]) => id !== undefined || secret !== undefined || redirectUris.length > 0,
  );
  for (const [, client] of given) await checkClient(client, nameOption);
  return new Map(given);
}

/** The id of a client of one's own at one of the providers. Undefined: none is given. */
export const registeredId = (
  texts: readonly string[],
  provider: string,
  providers: readonly Pick<Provider, 'name'>[],
): string | undefined => {
  const names = providers.map(({ name }) => name);
  return valueFor(
    provider,
    texts.map((text) => addressed(text, names)),
  );
};

/** A value with the provider that it is for. Undefined: every provider. */
interface Addressed {
  readonly provider: string | undefined;
  readonly value: string;
}

function addressed(text: string, names: readonly string[]): Addressed {
  const provider = names.find((name) => text.startsWith(`${name}=`));
  return { provider, value: provider === undefined ? text : text.slice(provider.length + 1) };
}

/** A secret may contain `=`: only a name that is near one of a provider is a mistake. The value is not shown. */
function refuseMisspelt(text: string, names: readonly string[], option: string): void {
  const [, name = ''] = /^([a-z][a-z0-9-]*)=/i.exec(text) ?? [];
  const hint = didYouMean(name, names);
  if (hint === '' || names.includes(name)) return;
  throw new UsageError(
    `${option}: there is no provider ${JSON.stringify(name)}${hint} ` +
      `A value that itself begins with ${JSON.stringify(`${name}=`)} has to name its provider: ` +
      `${String(names[0])}=${name}=…`,
  );
}

const isFor =
  (name: string) =>
  ({ provider }: Addressed): boolean =>
    provider === undefined || provider === name;

/** The last value for this provider, or else the last for every provider. */
function valueFor(name: string, given: readonly Addressed[]): string | undefined {
  const own = given.filter(({ provider }) => provider === name);
  return (own.at(-1) ?? given.filter(isFor(name)).at(-1))?.value;
}

async function checkClient({ id, secret, redirectUris }: RegisteredClient, nameOption: NameOption): Promise<void> {
  // loads the validator: a start without these settings does not need it
  const [{ check }, { ClientSchema }] = await Promise.all([
    import('../world/check-document.js'),
    import('../world/scenario/schema/scenario.js'),
  ]);
  const document = { id: id ?? 'unchanged', ...(secret === undefined ? {} : { secret }), redirectUris };
  const [mistake] = check(ClientSchema, document);
  if (mistake === undefined) return;
  const option = String(settingOf.get(String(mistake.path.split('.')[0])));
  throw new UsageError(`${nameOption(option)}: ${mistake.message}`);
}
