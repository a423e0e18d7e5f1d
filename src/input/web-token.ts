/** The parts of a JSON Web Token (RFC 7519 §3). */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What is signed: the first two parts as they stand. */
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** Splits a JSON Web Token in compact form, without checking it. Undefined if it is none. */
export function splitWebToken(text: string): TokenParts | undefined {
  const found = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(text);
  if (found === null) return undefined;
  const [, first, second, third] = found as unknown as [string, string, string, string];
  const header = objectIn(first);
  const claims = objectIn(second);
  if (header === undefined || claims === undefined) return undefined;
  return { header, claims, signed: `${first}.${second}`, signature: Buffer.from(third, 'base64url') };
}

function objectIn(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
