import { refuse } from '../../core/errors.js';
import { splitWebToken } from '../../input/web-token.js';
import { ownPath } from '../../world/journal/provider-path.js';
import { splitOnce } from '../../world/journal/url-text.js';
import { readBasic } from './basic.js';
import { Parameters } from './parameters.js';
import { checkOneAuthorization } from './strict-checks.js';
import type { FastifyRequest } from 'fastify';
import type { CredentialsReading, PresentedCredentials } from '../../core/client.js';
import type { TokenRequest } from '../../core/grants/grant.js';
import type { Policy } from '../../core/policy.js';

const noPlaces: readonly string[] = [];

/** Reads client credentials from the Authorization header only. */
export function readBasicCredentials(
  request: FastifyRequest,
  policy: Policy,
): Pick<TokenRequest, 'credentials' | 'credentialsElsewhere'> {
  return readCredentials(request, policy, new Parameters(policy));
}

/** Reads client credentials from the places that the policy allows. */
export function readCredentials(
  request: FastifyRequest,
  policy: Policy,
  parameters: Parameters,
): Pick<TokenRequest, 'credentials' | 'credentialsElsewhere'> {
  let credentials: readonly PresentedCredentials[] = [];
  let elsewhere: readonly string[] = noPlaces;
  const { authorization } = request.headers;
  checkOneAuthorization(request, policy);
  const basic = authorization === undefined ? undefined : readBasic(authorization, policy);
  if (basic !== undefined) {
    const place = basicPlace(policy, basic);
    if (place === 'basic') credentials = [{ place, ...basic }];
    else if (place !== undefined) credentials = [{ place, ...asSecret(basic) }];
    else elsewhere = ['Authorization header'];
  } else if (authorization !== undefined) {
    elsewhere = ['Authorization header, which is not Basic with an id and a secret in base64'];
  }
  const assertion = policy.clientCredentialsIn.includes('private-key-jwt')
    ? readAssertion(request, policy, parameters)
    : undefined;
  if (assertion !== undefined) credentials = [...credentials, assertion];
  const id = parameters.get('client_id');
  const place = parameters.place('client_secret') ?? parameters.place('client_id');
  const isBesideAssertion = assertion !== undefined && parameters.place('client_secret') === undefined;
  if (id !== undefined && place !== undefined && !isBesideAssertion) {
    if (policy.clientCredentialsIn.includes(place)) {
      const secret = parameters.get('client_secret');
      credentials = [...credentials, { place, readings: [{ id, secret, spelling: place }], otherReadings: [] }];
    } else elsewhere = [...elsewhere, place];
  }
  checkOneMethod(authorization, credentials, policy, parameters);
  noteTwice(credentials, policy, parameters.notes);
  // only a request without credentials needs the other places
  return {
    credentials,
    credentialsElsewhere: credentials.length > 0 ? noPlaces : [...elsewhere, ...parameters.elsewhere('client_id')],
  };
}

type Basic = Omit<PresentedCredentials, 'place'>;

/** What a Basic header holds: an id and a secret, or a secret as its user name and no password, as Stripe reads it. */
function basicPlace(
  { clientCredentialsIn }: Policy,
  { readings }: Basic,
): 'basic' | 'basic-secret-as-user' | undefined {
  const [{ id, secret }] = readings;
  const isSecretAlone = id !== '' && !secret && clientCredentialsIn.includes('basic-secret-as-user');
  if (isSecretAlone) return 'basic-secret-as-user';
  return clientCredentialsIn.includes('basic') ? 'basic' : undefined;
}

function asSecret({ readings, otherReadings }: Basic): Basic {
  const [first, ...others] = readings.map(({ id, spelling }) => ({ id: '', secret: id, spelling }));
  return { readings: [first as CredentialsReading, ...others], otherReadings };
}

/** Client authentication by a signed token (RFC 7523 §2.2). Undefined if neither of its parameters was sent. */
function readAssertion(
  { providerUrl, provider, entry }: FastifyRequest,
  policy: Policy,
  parameters: Parameters,
): PresentedCredentials | undefined {
  const type = parameters.get('client_assertion_type');
  const text = parameters.get('client_assertion');
  if (type === undefined && text === undefined) return undefined;
  const token = text === undefined ? undefined : splitWebToken(text);
  const clientId = parameters.get('client_id');
  // RFC 7523 §3: the token endpoint; the issuer is common too. A path can have variables, so that of the request counts
  const sentTo = ownPath({ provider: provider.name, request: { path: splitOnce(entry.url, '?')[0] } });
  const paths = [...provider.endpoints.token, sentTo, ''];
  const audiences = [providerUrl, provider.origin].flatMap((origin) => paths.map((path) => origin + path));
  const id = clientId ?? (typeof token?.claims.sub === 'string' ? token.claims.sub : '');
  return {
    place: 'private-key-jwt',
    readings: [{ id, secret: text ?? '', spelling: 'private-key-jwt' }],
    otherReadings: [],
    assertion: { type, token, clientId, audiences: [...new Set([...audiences, ...policy.assertionAudiences])] },
  };
}

/**
 * RFC 6749 §2.3: beside an Authorization header there is no client_secret, whatever the header holds. The core compares
 * two complete pairs of id and secret.
 */
function checkOneMethod(
  authorization: string | undefined,
  { length }: readonly PresentedCredentials[],
  { clientCredentialsTwice }: Policy,
  parameters: Parameters,
): void {
  if (!authorization || clientCredentialsTwice !== 'refused' || length > 1) return;
  const place = parameters.place('client_secret');
  if (place === undefined) return;
  throw refuse('client.credentials-twice', { methods: ['the Authorization header', place], same: false });
}

function noteTwice(
  credentials: readonly PresentedCredentials[],
  { clientCredentialsTwice }: Policy,
  notes: Parameters['notes'],
): void {
  const [basic, other] = credentials;
  if (basic === undefined || other === undefined) return;
  if (clientCredentialsTwice === 'basic-alone' || clientCredentialsTwice === 'parameters-first') {
    const counted = clientCredentialsTwice === 'basic-alone' ? basic : other;
    notes.about(`credentials were sent by ${basic.place} and by ${other.place}; those of ${counted.place} count`);
  }
}
