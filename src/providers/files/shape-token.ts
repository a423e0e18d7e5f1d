import { alphanumeric, base62Pairs, base64url, uuid, uuidHex } from '../text.js';
import type { Generate, RandomBytes } from '../../core/realm.js';
import type { TellMistake } from './body.js';
import type { ProviderDocument } from './schema/document.js';
import type { TokenShape } from './schema/token-shape.js';

const defaultLength = 43;

type Draw = (random: RandomBytes, length: number) => string;

const hex: Draw = (random, length) =>
  Buffer.from(random(Math.ceil(length / 2)))
    .toString('hex')
    .slice(0, length);
const url: Draw = (random, length) => base64url(random, Math.ceil((length * 3) / 4)).slice(0, length);

/** The header of a token that nobody signed, as those of JOSE look (RFC 7515 §3.1). */
const jwtHeader = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');

const draws: Readonly<Record<TokenShape['shape'], (shape: TokenShape) => Draw>> = {
  alphanumeric: () => alphanumeric,
  digits: () => among('0123456789'),
  hex: () => hex,
  base64url: () => url,
  'base62-pairs': () => (random, length) => base62Pairs(random, Math.ceil(length / 2)).slice(0, length),
  uuid: () => uuid,
  'uuid-hex': () => uuidHex,
  jwt: () => (random, length) => `${jwtHeader}.${url(random, length)}.${url(random, 86)}`,
  characters: ({ alphabet = '0123456789' }) => among(alphabet),
};

/** Makes the generator of tokens or codes of a shape. */
export function generatorOf(shape: TokenShape, random: RandomBytes): Generate {
  const { prefix = '', suffix = '', length = defaultLength } = shape;
  const draw = draws[shape.shape](shape);
  return () => `${prefix}${draw(random, length)}${suffix}`;
}

/** Characters of an alphabet, uniformly distributed. */
function among(alphabet: string): Draw {
  // the largest multiple of the size of the alphabet in a byte: larger values would make some characters more likely
  const end = 256 - (256 % alphabet.length);
  return (random, length) => {
    let text = '';
    while (text.length < length) {
      for (const byte of random(length - text.length)) {
        if (byte < end) text += alphabet[byte % alphabet.length] as string;
      }
    }
    return text;
  };
}

/** Fewest values of a token, as a power of two. Tokens are drawn without a look at those that there are. */
const tokenBits = 40;

/** Fewest values of a code: six digits. A code is drawn again if there is one like it. */
const codeBits = Math.log2(10 ** 6);

/** Bits of chance of each character of a shape. Those that are not here do not depend on the length. */
const bitsOf: ReadonlyMap<TokenShape['shape'], number> = new Map([
  ['alphanumeric', Math.log2(62)],
  ['digits', Math.log2(10)],
  ['hex', 4],
  ['base64url', 6],
  // two characters have one byte
  ['base62-pairs', 4],
  ['jwt', 6],
]);

/** Tells members of a shape that it does not read. */
function tellUnread({ shape, length, alphabet }: TokenShape, at: string, tell: TellMistake): void {
  if (length !== undefined && shape.startsWith('uuid')) tell(`${at}.length`, `the shape ${shape} has its own length`);
  if (alphabet !== undefined && shape !== 'characters') {
    tell(`${at}.alphabet`, `the shape ${shape} has its own alphabet: it is for the shape characters`);
  }
}

/** Tells what shapes do not read, and those with so few values that two tokens, or two codes, would be the same. */
export function tellShapes({ tokens = {}, answers = {} }: ProviderDocument, tell: TellMistake): void {
  const { accessToken, refreshToken, code } = tokens;
  const shapes = [
    ['tokens.accessToken', accessToken, 'tokens', tokenBits],
    ['tokens.refreshToken', refreshToken, 'tokens', tokenBits],
    ['tokens.code', code, 'codes', codeBits],
    ['answers.secondToken.shape', answers.secondToken?.shape, 'tokens', tokenBits],
  ] as const;
  for (const [at, shape, what, bits] of shapes) {
    if (shape === undefined) continue;
    tellUnread(shape, at, tell);
    const each = bitsOfCharacter(shape);
    if (each === undefined) continue;
    const { length = defaultLength } = shape;
    if (each * length >= bits) continue;
    const { place, needed } = need(shape, Math.ceil(bits / each));
    tell(`${at}.${place}`, `gives so few values that two ${what} would be the same: ${needed}`);
  }
}

function bitsOfCharacter({ shape, alphabet = '0123456789' }: TokenShape): number | undefined {
  return shape === 'characters' ? Math.log2(new Set(alphabet).size) : bitsOf.get(shape);
}

/** What a shape needs, and the member that lacks it. */
function need({ shape, alphabet = '' }: TokenShape, length: number): { place: string; needed: string } {
  if (shape === 'characters' && new Set(alphabet).size === 1) {
    return { place: 'alphabet', needed: 'the alphabet needs two characters or more that differ' };
  }
  return { place: 'length', needed: `this shape needs a length of ${length} or more` };
}
