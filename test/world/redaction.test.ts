import t from 'tap';
import { Redaction } from '../../src/world/journal/redaction.js';
import { escapeHtml } from '../../src/input/html-text.js';
import { replaceSecretWords } from '../../src/world/journal/secret-words.js';
import { parametersOf } from '../../src/world/journal/url-text.js';

const redaction = (secrets: 'fingerprint' | 'plain' = 'fingerprint'): Redaction =>
  new Redaction({
    secrets,
    fingerprintKey: 'key',
    isIssued: (value) => value === 'issued-token-0123456789',
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
