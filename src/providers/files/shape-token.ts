import { alphanumeric, base62Pairs, base64url, uuid, uuidHex } from '../text.js';
import type { Generate, RandomBytes } from '../../core/realm.js';
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
