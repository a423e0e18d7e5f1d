import { createHash } from 'node:crypto';
import t from 'tap';
import { Redaction } from '../../src/world/journal/redaction.js';
import { escapeHtml } from '../../src/input/html-text.js';
import { replaceSecretWords } from '../../src/world/journal/secret-words.js';
import { parametersOf } from '../../src/world/journal/url-text.js';

const redaction = (secrets: 'fingerprint' | 'plain' = 'fingerprint'): Redaction =>
  new Redaction({
    secrets,
    fingerprintKey: 'key',
    isIssued: (value) => ['issued-token-0123456789', '0123456789abcdef'].includes(value),
    registeredSecrets: () => new Set(['1234567890', 'a secret, with blanks', 'a"secret\\quoted', 'plus+secret+100%25']),
  });

t.test('a number is redacted only if it is the secret of a client', async (t) => {
  const shown = redaction().members({ code: 401_001, client_secret: 1_234_567_890, count: 1_234_567_890 });
  t.match(shown, { code: 401_001, client_secret: /^fp:/, count: 1_234_567_890 });
});

t.test('nothing is redacted where secrets are shown plain', async (t) => {
  const plain = redaction('plain');
  const text = 'client_secret=issued-token-0123456789';
  for (const shown of [plain.text(text), plain.untrusted(text), plain.value(text), plain.everywhere(text)]) {
    t.equal(shown, text);
  }
  t.equal(plain.secret('1234567890'), '1234567890');
});

t.test('the name of a nested member counts', async (t) => {
  const shown = redaction().members({ 'user[password]': 'x', 'password[of]': 'y' }) as Record<string, string>;
  t.match(shown['user[password]'], /^fp:/);
  t.equal(shown['password[of]'], 'y');
});

t.test('a long secret is found inside a word, and by its start alone, once the entry has it', async (t) => {
  const both = redaction();
  const name = both.secret('wrong-secret-0123456789');
  t.equal(both.everywhere('xwrong-secret-0123456789y wrong-secret-012…'), `x${name}y ${name}…`);
});

t.test('a secret with blanks is found in each spelling', async (t) => {
  const name = redaction().secret('a secret, with blanks');
  for (const text of ['a secret, with blanks', 'a+secret%2C+with+blanks', 'a%20secret%2c%20with%20blanks']) {
    t.equal(redaction().everywhere(`[${text}]`), `[${name}]`);
  }
});

t.test('a repeated parameter is a list', async (t) => {
  t.same(parametersOf('a=1&b=2&a=3&a=4'), { a: ['1', '3', '4'], b: '2' });
});

t.test('a secret between hyphens is one word', async (t) => {
  const name = redaction().secret('1234567890');
  t.equal(
    redaction().untrusted('<!--1234567890--> --1234567890-- 1234567890-x ------'),
    `<!--${name}--> --${name}-- 1234567890-x ------`,
  );
});

t.test('a secret with quotation marks is found where a sentence quotes it', async (t) => {
  const secret = 'a"secret\\quoted';
  const name = redaction().secret(secret);
  const text = JSON.stringify({ explanation: `client ${JSON.stringify(secret)} is not registered` });
  t.equal(redaction().everywhere(text), JSON.stringify({ explanation: `client "${name}" is not registered` }));
});

t.test('a secret is found in the text of a page that quotes it, and where a program decoded it', async (t) => {
  const quoted = redaction().secret('a"secret\\quoted');
  const page = JSON.stringify({ body: escapeHtml(`Client ${JSON.stringify('a"secret\\quoted')} is not registered`) });
  t.equal(redaction().everywhere(page), `{"body":"Client &quot;${quoted}&quot; is not registered"}`);
  const decoded = redaction().secret('plus+secret+100%25');
  t.equal(redaction().everywhere('["plus secret 100%"]'), `["${decoded}"]`);
});

t.test('a long text without a break is looked up whole and decoded once', async (t) => {
  const looked: string[] = [];
  const text = 'abcdefgh'.repeat(1000);
  const lookUp = (word: string): undefined => {
    looked.push(word);
  };
  t.equal(replaceSecretWords(text, lookUp, String), text);
  const decoded = Buffer.from(text, 'base64').toString();
  // as such, by the words of the text, and as base64 with what follows its colon
  t.same(looked, [text, text, decoded, decoded.slice(decoded.indexOf(':') + 1)]);
});

const knowing = (...secrets: string[]): Redaction =>
  new Redaction({
    secrets: 'fingerprint',
    fingerprintKey: 'key',
    isIssued: (value) => secrets.includes(value),
    registeredSecrets: () => new Set(),
  });

t.test('a secret that is a part of a word is found, with separators of its own too', async (t) => {
  const encode = (content: string | Buffer): string => Buffer.from(content).toString('base64url');
  const signature = encode(
    Buffer.concat(['a', 'b', 'c', 'd'].map((part) => createHash('sha512').update(part).digest())),
  );
  const token = `${encode('{"alg":"RS256"}')}.${encode('{"sub":"ada@example.test","jti":"?>?>?>"}')}.${signature}`;
  for (const secret of ['issued-token-0123456789', '0123456789abcdef', '_miS4PKpl3Pz4ab', 'miS4PKpl3Pz4ab-', token]) {
    const name = redaction().secret(secret);
    const show = (text: string): string => knowing(secret).untrusted(text);
    for (const text of [
      `a-${secret}-b`,
      `${secret}.b`,
      `x_${secret}_y`,
      `req-1-${secret}-2.json`,
      `~${secret}~`,
      `a/b-${secret}/c`,
      `${'a-'.repeat(20)}${secret}`,
      `abc%ab-${secret}`,
      `50%de-${secret}/x`,
      `${'0b9c4c9e-8a46-4d0c-9f4e-4f1f6f3f8a11,'.repeat(120)}id-${secret}-1`,
    ]) {
      t.equal(show(text), text.replace(secret, name), text);
    }
    const encoded = encodeURIComponent(encodeURIComponent(secret)).replaceAll('0', '%30');
    t.equal(show(`a-${encoded}-b`), `a-${name}-b`);
  }
});

t.test('a short secret is no part of a word', async (t) => {
  const weak = new Redaction({
    secrets: 'fingerprint',
    fingerprintKey: 'key',
    isIssued: () => false,
    registeredSecrets: () => new Set(['password']),
  });
  t.equal(weak.untrusted('/reset-password/password_hint'), '/reset-password/password_hint');
  t.equal(weak.untrusted('a password'), `a ${weak.secret('password')}`);
});

t.test('a secret in a text in base64 is found, in a JSON Web Token and in two encodings too', async (t) => {
  const name = redaction().secret('1234567890');
  const encode = (text: string): string => Buffer.from(text).toString('base64url');
  const claims = JSON.stringify({ token: '1234567890' });
  const shown = JSON.stringify({ token: name });
  t.equal(redaction().untrusted(encode(claims)), shown);
  t.equal(
    redaction().untrusted(`${encode('{"alg":"none"}')}.${encode(claims)}.x`),
    `${encode('{"alg":"none"}')}.${shown}.x`,
  );
  t.equal(redaction().untrusted(encode(encode('1234567890'))), name);
  for (const secret of ['Ab18Q~Zs0fK2-pQ7~vXw1', 'what?is?this?secret>x', 'understudy-secret']) {
    for (const before of ['', 'a', 'ab', '\u{1f600}', '>?~']) {
      const payload = JSON.stringify({ u: before, t: secret });
      const found = new Redaction({
        secrets: 'fingerprint',
        fingerprintKey: 'key',
        isIssued: () => false,
        registeredSecrets: () => new Set([secret]),
      });
      const text = `${encode('{"alg":"none"}')}.${encode(payload)}.`;
      t.equal(found.untrusted(text), `${encode('{"alg":"none"}')}.${payload.replace(secret, found.secret(secret))}.`);
    }
  }
  t.equal(redaction().untrusted(`a-${encode('1234567890')}-b`), `a-${name}-b`);
});

t.test('what a text costs is bounded, whatever it is made of', async (t) => {
  const texts: Record<string, string> = {
    'many parts': 'a-'.repeat(30_000),
    'many long parts': 'abcdef-'.repeat(8_000),
    slashes: 'abcdefgh/'.repeat(7_000),
  };
  let nested = 'abcdefgh';
  while (nested.length < 60_000) nested = Buffer.from(nested).toString('base64').replaceAll(/.{8}/g, '$&.');
  texts['base64 in base64'] = nested;
  for (const [name, text] of Object.entries(texts)) {
    let characters = 0;
    const lookUp = (word: string): undefined => {
      characters += word.length;
    };
    replaceSecretWords(text, lookUp, String);
    t.ok(characters < 60 * text.length, `${name}: ${characters} of ${text.length}`);
  }
});
