import { clientToDocument } from '../scenario/client-document.js';
import { policyToDocument } from '../scenario/policy.js';
import type { Grant, Instant } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import type { World } from '../world.js';
import type { RealmDocument, Snapshot } from './schema.js';

/** Writes a world as a document. */
export function takeSnapshot(world: World): Snapshot {
  const { clock } = world;
  return {
    version: 1,
    ...(world.scenarioName === undefined ? {} : { scenarioName: world.scenarioName }),
    scenario: world.scenario,
    own: world.own,
    clock: {
      now: new Date(clock.now()).toISOString(),
      frozen: clock.frozen,
      rate: clock.rate,
      skewSeconds: clock.skewMs / 1000,
      dateHeader: world.dateHeader,
    },
    drawn: world.randomBytesDrawn(),
    faults: world.faults.list(),
    realms: Object.fromEntries(world.opened().map(({ provider, realm }) => [provider.name, realmToDocument(realm)])),
  };
}

function realmToDocument(realm: Realm): RealmDocument {
  const codes = [...realm.codes.values()];
  const accessTokens = [...realm.accessTokens.values()];
  const refreshTokens = [...realm.refreshTokens.values()];
  const grants = new Set([...codes, ...accessTokens, ...refreshTokens].map(({ grant }) => grant));
  const withGrantId = <T extends { grant: Grant }>({ grant, ...rest }: T): Omit<T, 'grant'> & { grantId: string } => ({
    ...rest,
    grantId: grant.id,
  });
  const document = {
    policy: policyToDocument(realm.policy),
    clients: [...realm.clients.values()].map(clientToDocument),
    users: [...realm.users.values()],
    grants: [...grants],
    codes: codes.map(withGrantId),
    accessTokens: accessTokens.map((token) => ({
      ...withGrantId(token),
      expiresAt: expiryToDocument(token.expiresAt),
    })),
    refreshTokens: refreshTokens.map((token) => ({
      ...withGrantId(token),
      expiresAt: expiryToDocument(token.expiresAt),
    })),
  };
  // drops members that are undefined, so that the document equals its JSON
  return JSON.parse(JSON.stringify(document)) as RealmDocument;
}

/** JSON has no Infinity: null means never. */
const expiryToDocument = (at: Instant): number | null => (Number.isFinite(at) ? at : null);
