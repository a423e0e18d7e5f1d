import { clientOfAssertion } from './client-assertion.js';
import { refuse } from './errors.js';
import type { ClientAssertion } from './client-assertion.js';
import type { Client } from './model.js';
import type { CredentialsPlace, Policy } from './policy.js';
import type { Realm } from './realm.js';

/**
 * One decoding of an id and secret.
 * A Basic header can have several, because clients encode it differently (RFC 6749 §2.3.1).
 */
export interface CredentialsReading {
  readonly id: string;
  readonly secret: string | undefined;
  /** The decoding, for the journal: `form-encoded`, `raw`, `half-encoded`. */
  readonly spelling: string;
}

/** Client credentials in one place of a request. */
export interface PresentedCredentials {
  readonly place: CredentialsPlace;
  readonly readings: readonly [CredentialsReading, ...CredentialsReading[]];
  /** Decodings that the policy does not accept: a refusal says if one of them would have been right. */
  readonly otherReadings: readonly CredentialsReading[];
  /** Only at the place `private-key-jwt`. */
  readonly assertion?: ClientAssertion;
}

/** The client credentials of a request. */
export interface ClientRequest {
  readonly credentials: readonly PresentedCredentials[];
  /** Places that contain credentials, but are not read under this policy. */
  readonly credentialsElsewhere: readonly string[];
}

/** A client, and how it authenticated. */
export interface KnownClient {
  readonly client: Client;
  readonly authenticated: boolean;
  /** The method of authentication: `basic (form-encoded)`, `body`, `query`, `private-key-jwt`, `none`. */
  readonly method: string;
}

/** The credentials by which a request names its client. Of two places, the one that counts by the policy. */
export const countedCredentials = (
  { credentials }: ClientRequest,
  { clientCredentialsTwice }: Policy,
): PresentedCredentials | undefined =>
  // Basic stands before the parameters
  clientCredentialsTwice === 'parameters-first' ? credentials.at(-1) : credentials[0];

/**
 * Authenticates the client of a request (RFC 6749 §2.3, §3.2.1).
 *
 * @throws client.missing, client.unknown, client.secret-missing, client.secret-wrong, client.secret-unknown,
 * client.credentials-twice, client.assertion-*
 */
export function authenticateClient(realm: Realm, request: ClientRequest): KnownClient {
  const known = identifyClient(realm, request);
  if (known === undefined) throw refuse('client.missing', { elsewhere: request.credentialsElsewhere });
  if (!known.authenticated && known.client.confidential) {
    throw refuse('client.secret-missing', { clientId: known.client.id });
  }
  return known;
}

/**
 * Finds the client of a request that needs no client authentication. Credentials that are sent must still be valid.
 *
 * @throws client.unknown, client.secret-wrong, client.secret-unknown, client.credentials-twice, client.assertion-*
 */
export function identifyClient(realm: Realm, request: ClientRequest): KnownClient | undefined {
  // the rules about two places are about Basic beside parameters
  const hasBasic = request.credentials.length > 1 && request.credentials.some(({ place }) => place === 'basic');
  const inTwoPlaces = hasBasic ? realm.policy.clientCredentialsTwice : undefined;
  if (inTwoPlaces === 'basic-alone') return match(realm, basicOf(request));
  if (inTwoPlaces === 'parameters-first') return parametersFirst(realm, request);
  return oneMethod(realm, request);
}

/** The Basic header of a request with credentials in two places: parameters are one place, so one of two is Basic. */
const basicOf = ({ credentials }: ClientRequest): PresentedCredentials =>
  credentials.find(({ place }) => place === 'basic') as PresentedCredentials;

/** Spring Security OAuth: parameters authenticate alone, and a Basic header with another id must be right too. */
function parametersFirst(realm: Realm, request: ClientRequest): KnownClient {
  const basic = basicOf(request);
  const known = match(realm, countedCredentials(request, realm.policy) as PresentedCredentials);
  const isSame = basic.readings.some(({ id }) => id === known.client.id);
  if ((!known.authenticated && known.client.confidential) || isSame) return known;
  throw refuse('client.ids-differ', { inParameters: known.client.id, inBasic: match(realm, basic).client.id });
}

/** RFC 6749 §2.3: one authentication method per request. */
function oneMethod(realm: Realm, request: ClientRequest): KnownClient | undefined {
  const [first, second] = request.credentials;
  if (second === undefined) return first && match(realm, first);
  const withSecret = request.credentials.filter((shown) =>
    shown.readings.some((reading) => reading.secret !== undefined),
  );
  if (withSecret.length > 1) checkTwice(realm, withSecret);
  // A client_id alone beside a Basic header is not a second authentication, but it must name the same client.
  const chosen = withSecret[0] ?? first;
  if (chosen === undefined) return undefined;
  const known = match(realm, chosen);
  for (const other of request.credentials) {
    if (other !== chosen && !other.readings.some((reading) => reading.id === known.client.id)) {
      throw refuse('client.credentials-twice', { methods: [chosen.place, other.place], same: false });
    }
  }
  return known;
}

function checkTwice(realm: Realm, shown: readonly PresentedCredentials[]): void {
  const [first, ...others] = shown as [PresentedCredentials, ...PresentedCredentials[]];
  const same = others.every((other) =>
    other.readings.some((a) => first.readings.some((b) => a.id === b.id && a.secret === b.secret)),
  );
  if (realm.policy.clientCredentialsTwice === 'refused' || !same) {
    throw refuse('client.credentials-twice', { methods: shown.map((each) => each.place), same });
  }
}

function match(realm: Realm, shown: PresentedCredentials): KnownClient {
  const { place, readings, otherReadings, assertion } = shown;
  if (assertion !== undefined) {
    return { client: clientOfAssertion(realm, assertion), authenticated: true, method: place };
  }
  if (place === 'basic-secret-as-user') return bySecret(realm, shown);
  const reading = readings.find(({ id }) => realm.clients.has(id));
  const client = reading && realm.clients.get(reading.id);
  if (client === undefined) {
    const known = [...realm.clients.keys()];
    const otherwise = spellingOfRight(realm, otherReadings);
    throw refuse('client.unknown', { clientId: readings[0].id, method: place, known, otherwise });
  }

  // a client with a key alone has no secret that could be right
  const hasSecret = client.publicKey === undefined || client.secret !== '';
  const right = readings.find(({ id, secret }) => hasSecret && id === client.id && secret === client.secret);
  if (right !== undefined) {
    return { client, authenticated: true, method: place === 'basic' ? `basic (${right.spelling})` : place };
  }
  if (readings.some(({ secret }) => secret !== undefined)) {
    const otherwise = spellingOfRight(realm, otherReadings);
    throw refuse('client.secret-wrong', { clientId: client.id, method: place, otherwise });
  }
  return { client, authenticated: false, method: 'none' };
}

/** Stripe: the secret is the user name of Basic, so it names the client as well. */
function bySecret({ clients }: Realm, { place, readings }: PresentedCredentials): KnownClient {
  const client = [...clients.values()].find((each) => readings.some(({ secret }) => secret === each.secret));
  if (client === undefined) throw refuse('client.secret-unknown', { method: place, secret: readings[0].secret });
  return { client, authenticated: true, method: place };
}

/** The spelling of the reading that is the id and the secret of a client. Undefined if none is. */
function spellingOfRight({ clients }: Realm, readings: readonly CredentialsReading[]): string | undefined {
  const right = readings.find(({ id, secret }) => {
    const client = clients.get(id);
    return client !== undefined && client.secret === secret;
  });
  return right?.spelling;
}
