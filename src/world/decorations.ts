/** A way in which a client can alter a value as a whole, and how to undo it. */
interface Decoration {
  /** How the value is altered. Ends a sentence about it. */
  readonly words: string;
  /** The value without the alteration. Undefined or the same value: it is not altered in this way. */
  readonly strip: (value: string) => string | undefined;
}

/** Alterations that occur in practice. Each is undone by itself. */
export const decorations: readonly Decoration[] = [
  { words: 'with white space around it', strip: (value) => value.trim() },
  { words: 'in quotation marks', strip: (value) => /^\s*(["'`])(.*)\1\s*$/s.exec(value)?.[2] },
  { words: 'in brackets', strip: withoutBrackets },
  {
    words: 'with the name of a scheme before it',
    strip: (value) => /^(?:bearer|basic|token)[ :=]+(.*)$/is.exec(value)?.[1],
  },
  { words: 'with a name before it', strip: (value) => /^[\w-]{1,50}=(.*)$/s.exec(value)?.[1] },
  { words: 'in percent-encoding', strip: percentDecode },
  { words: 'in base64', strip: (value) => Buffer.from(value, 'base64').toString('utf8') },
  { words: 'with the secret, as for Basic, in base64', strip: (value) => beforeColon(Buffer.from(value, 'base64')) },
];

// two steps, because one pattern for both ends takes cubic time for a value of brackets
function withoutBrackets(value: string): string | undefined {
  if (!/^[<{[(].*[>}\])]$/s.test(value)) return undefined;
  return value.replace(/^[<{[(]+/, '').replace(/[>}\])]+$/, '');
}

function percentDecode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function beforeColon(decoded: Buffer): string | undefined {
  return /^([^:]+):/.exec(decoded.toString('utf8'))?.[1];
}
