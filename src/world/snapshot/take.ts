import { clientToDocument } from '../scenario/client-document.js';
import { policyToDocument } from '../../providers/policy/document.js';
import { snapshotLimitBytes } from './schema.js';
import type { Grant, Instant } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import type { World } from '../world.js';
import type { RealmDocument, Snapshot } from './schema.js';

/** Shortest JSON of a code or token, in bytes: its members are named in full. */
const shortestItem = 80;

/**
 * Whether a world has so many codes and tokens that its snapshot is larger than `snapshotLimitBytes` for certain. It is
 * counted before anything is written, because writing millions takes seconds and gigabytes.
 */
export function isTooLarge(world: World): boolean {
  const counts = world
    .opened()
    .map(({ realm }) => realm.codes.size + realm.accessTokens.size + realm.refreshTokens.size);
  return counts.reduce((sum, count) => sum + count, 0) * shortestItem > snapshotLimitBytes;
}

/** Writes a world as a document. It shares objects with the world: write it as JSON at once. */
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
    // a restored world has an empty journal, so no entry that began the flow, used the code or issued the token
    grants: [...grants].map(({ startedBy: _startedBy, ...rest }) => rest),
    codes: codes.map(({ spentBy: _spentBy, ...code }) => withGrantId(code)),
    accessTokens: accessTokens.map((token) => ({
      ...withGrantId(token),
      expiresAt: expiryToDocument(token.expiresAt),
    })),
    refreshTokens: refreshTokens.map(({ issuedBy: _issuedBy, ...token }) => ({
      ...withGrantId(token),
      expiresAt: expiryToDocument(token.expiresAt),
      ...(token.endsAt === undefined ? {} : { endsAt: expiryToDocument(token.endsAt) }),
    })),
  };
  // members that are undefined are left out by JSON. A copy without them would take as long as the JSON itself
  return document as unknown as RealmDocument;
}

/** JSON has no Infinity: null means never. */
const expiryToDocument = (at: Instant): number | null => (Number.isFinite(at) ? at : null);
