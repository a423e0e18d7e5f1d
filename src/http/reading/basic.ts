import { basicCredentials, decodeBasic } from '../../input/authorization-header.js';
import { formDecode } from '../../world/journal/url-text.js';
import type { CredentialsReading, PresentedCredentials } from '../../core/client.js';
import type { Policy } from '../../core/policy.js';

type Readings = PresentedCredentials['readings'];

/**
 * Reads client id and secret from an Authorization header, in each spelling that the policy accepts. RFC 6749 §2.3.1
 * requires both to be form-encoded. Many clients send them raw, and some encode only one of them.
 *
 * Returns undefined if the header is not Basic with an id and a secret.
 */
export function readBasic(
  header: string,
  policy: Pick<
    Policy,
    'basicWithoutScheme' | 'basicLetterCase' | 'basicDecoding' | 'basicBase64' | 'clientCredentialsTwice'
  >,
): Omit<PresentedCredentials, 'place'> | undefined {
  if (policy.basicLetterCase === 'exact' && !header.startsWith('Basic ') && !policy.basicWithoutScheme) {
    return undefined;
  }
  const credentials = basicCredentials(header.trim(), policy.basicWithoutScheme);
  if (credentials === undefined) return undefined;
  const decoded = decode(credentials, policy);
  if (decoded === undefined) return undefined;

  const all = spellings(decoded.id, decoded.secret);
  switch (policy.basicDecoding) {
    case 'any':
      return { readings: all, otherReadings: [] };
    case 'raw':
      return pick(all, (spelling) => spelling === 'raw');
    case 'form':
      return pick(all, (spelling) => spelling === 'form-encoded');
  }
}

/** Every reading of an id and a secret. Only one if form-decoding changes nothing. */
function spellings(id: string, secret: string | undefined): Readings {
  const decoded = {
    id: formDecode(id) ?? id,
    secret: secret === undefined ? undefined : (formDecode(secret) ?? secret),
  };
  if (decoded.id === id && decoded.secret === secret) return [{ id, secret, spelling: 'plain' }];
  return [
    { ...decoded, spelling: 'form-encoded' },
    { id, secret, spelling: 'raw' },
    { id: decoded.id, secret, spelling: 'half-encoded' },
    { id, secret: decoded.secret, spelling: 'half-encoded' },
  ];
}

function pick(all: Readings, accepted: (spelling: string) => boolean): Omit<PresentedCredentials, 'place'> {
  const [first, ...others] = all;
  if (others.length === 0) return { readings: [first], otherReadings: [] };
  return {
    readings: all.filter(({ spelling }) => accepted(spelling)) as unknown as Readings,
    otherReadings: all.filter(({ spelling }) => !accepted(spelling)),
  };
}

/** What counts as base64: with the padding that RFC 4648 §3.2 asks for, as in Java, or anything without white space. */
const base64: Readonly<Record<Policy['basicBase64'], RegExp>> = {
  rfc4648: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  'padding-optional': /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/,
  lenient: /^\S*$/,
};

/** RFC 7617 §2 with an id, a colon and a secret, unless the provider's framework takes less. */
function decode(
  credentials: string,
  { clientCredentialsTwice, basicBase64 }: Pick<Policy, 'clientCredentialsTwice' | 'basicBase64'>,
): Pick<CredentialsReading, 'id' | 'secret'> | undefined {
  if (clientCredentialsTwice === 'basic-alone') {
    // Ruby's Base64.decode64 passes over what is not base64. Doorkeeper takes an id without a colon, and needs an id.
    const { id, secret } = decodeBasic(rubyBase64(credentials));
    return id.trim() === '' ? undefined : { id, secret };
  }
  const isMalformed = !base64[basicBase64].test(credentials);
  const { id, secret } = decodeBasic(credentials);
  if (!isMalformed && secret !== undefined) return { id, secret };
  // Spring refuses a header that is Basic without an id and a secret, whatever the parameters are
  return clientCredentialsTwice === 'parameters-first' ? { id: '', secret: '' } : undefined;
}

/** The characters that Ruby's decoder reads: it skips what is not base64, and stops at the padding. */
function rubyBase64(text: string): string {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return text;
  let kept = '';
  for (const character of text) {
    if (character === '=' && kept.length % 4 > 1) break;
    if (/[A-Za-z0-9+/]/.test(character)) kept += character;
  }
  return kept;
}
