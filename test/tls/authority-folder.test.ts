import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { defaultFolder, openAuthority } from '../../src/tls/authority-folder.js';
import { certificateMaker, makeAuthority } from '../../src/tls/make-certificates.js';

const dayMs = 24 * 60 * 60 * 1000;
const now = Date.now();
const names = ['localhost', '127.0.0.1'];
const root = mkdtempSync(join(tmpdir(), 'authority-'));
t.teardown(() => {
  rmSync(root, { recursive: true });
});

let count = 0;
const newFolder = (): string => join(root, String((count += 1)), 'deep', 'ca');
const modeOf = (file: string): number => statSync(file).mode & 0o777;

t.test('the default folder is in the XDG data directory', (t) => {
  t.equal(defaultFolder('/data'), join('/data', 'understudy', 'ca'));
  const inHome = join(homedir(), '.local', 'share', 'understudy', 'ca');
  t.equal(defaultFolder(undefined), inHome);
  t.equal(defaultFolder('relative'), inHome, 'a relative path is ignored');
  const { HOME } = process.env;
  process.env.HOME = '';
  t.throws(() => defaultFolder(undefined), /there is no home folder; --ca-dir chooses another/);
  process.env.HOME = HOME;
  t.end();
});

t.test('an authority is made once, in a folder that others cannot read', async (t) => {
  const folder = newFolder();
  const made = await openAuthority(folder, names, now);
  t.equal(made.remark, 'made now: there was none');
  t.equal(modeOf(folder), 0o700);
  t.equal(modeOf(join(folder, 'ca-key.pem')), 0o600);
  t.equal(readFileSync(made.file, 'utf8'), made.certificate);
  t.notMatch(made.certificate, /PRIVATE/);
  const again = await openAuthority(folder, names, now);
  t.equal(again.key, made.key);
  t.strictSame(again, { ...made, remark: undefined });
  t.strictSame(readdirSync(folder).sort(), ['ca-key.pem', 'ca.pem'], 'nothing else is left there');
});

t.test('a name that comes later makes a new authority, which keeps the earlier names', async (t) => {
  const folder = newFolder();
  const first = await openAuthority(folder, names, now);
  const second = await openAuthority(folder, [...names, 'app.test', '10.0.0.1'], now);
  t.equal(second.remark, 'made now: the one before may not sign app.test, 10.0.0.1');
  t.not(second.certificate, first.certificate);
  const third = await openAuthority(folder, names, now);
  t.strictSame(third.names, [...names, 'app.test', '10.0.0.1']);
  t.equal(third.remark, undefined);
});

t.test('an authority is made anew before it ends, and after', async (t) => {
  const folder = newFolder();
  const { endsAt } = await openAuthority(folder, names, now);
  t.equal((await openAuthority(folder, names, endsAt - 61 * dayMs)).remark, undefined);
  const day = new Date(endsAt).toISOString().slice(0, 10);
  const renewed = await openAuthority(folder, names, endsAt - 59 * dayMs);
  t.equal(renewed.remark, `made now: the one before ends on ${day}`);
  t.match((await openAuthority(folder, names, renewed.endsAt + dayMs)).remark, /the one before ends on/);
});

t.test('processes that start at once share one authority', async (t) => {
  const folder = newFolder();
  const all = await Promise.all(Array.from({ length: 8 }, () => openAuthority(folder, names, now)));
  t.equal(new Set(all.map(({ certificate }) => certificate)).size, 1);
});

t.test('processes that need different names at once end with one authority for all of them', async (t) => {
  const folder = newFolder();
  const all = await Promise.all(
    ['a.test', 'b.test', 'c.test'].map((name) => openAuthority(folder, [...names, name], now)),
  );
  for (const [index, name] of ['a.test', 'b.test', 'c.test'].entries()) t.ok(all[index]!.names.includes(name));
  const last = await openAuthority(folder, [...names, 'a.test', 'b.test', 'c.test'], now);
  t.equal(last.remark, undefined);
  t.equal(readFileSync(last.file, 'utf8'), last.certificate, 'both files are of one authority');
});

t.test('a lock that was left is removed after its time', async (t) => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'ca-key.pem.lock');
  writeFileSync(lock, '');
  utimesSync(lock, new Date(now - 60_000), new Date(now - 60_000));
  t.equal((await openAuthority(folder, names, now)).remark, 'made now: there was none');
  t.notOk(existsSync(lock));
});

t.test('a certificate file that is missing or differs is written again', async (t) => {
  const folder = newFolder();
  const { file, certificate } = await openAuthority(folder, names, now);
  unlinkSync(file);
  t.equal((await openAuthority(folder, names, now)).remark, undefined);
  t.equal(readFileSync(file, 'utf8'), certificate);
  writeFileSync(file, 'another');
  t.equal((await openAuthority(folder, names, now)).remark, 'written now: the file had another certificate');
  t.equal(readFileSync(file, 'utf8'), certificate);
});

t.test('a key that others can read is refused, with the command that fixes it', async (t) => {
  const folder = newFolder();
  await openAuthority(folder, names, now);
  const key = join(folder, 'ca-key.pem');
  chmodSync(key, 0o640);
  await t.rejects(openAuthority(folder, names, now), {
    message: `${key} is a private key that other users can read or change; run: chmod 600 ${key}`,
  });
  const odd = join(root, "it's odd");
  await openAuthority(odd, names, now);
  chmodSync(join(odd, 'ca-key.pem'), 0o604);
  await t.rejects(openAuthority(odd, names, now), /run: chmod 600 '.*it'\\''s odd\/ca-key.pem'$/);
});

t.test('a folder with something else is refused, and nothing in it changes', async (t) => {
  const good = await openAuthority(newFolder(), names, now);
  const goodKey = readFileSync(good.file.replace('ca.pem', 'ca-key.pem'), 'utf8');
  const other = await makeAuthority(names, now);
  const leaf = await (await certificateMaker(other))(names, now);
  const header = 'names: localhost 127.0.0.1\n';
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /is not a certificate authority of Understudy/],
    ['noise', 'hello', /choose another folder with --ca-dir, or remove the file/],
    ['half', goodKey.slice(0, goodKey.length / 2), /is not a certificate authority/],
    ['of another program', other.certificate + other.key, /Understudy did not make it/],
    ['no authority', header + leaf.cert + leaf.key, /Understudy did not make it/],
    ['a foreign key', header + other.certificate + leaf.key, /its key belongs to another certificate/],
    ['too large', goodKey + ' '.repeat(64 * 1024), /it is no regular file, or too large/],
  ];
  for (const [what, text, expected] of wrong) {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca-key.pem'), text, { mode: 0o600 });
    await t.rejects(openAuthority(folder, names, now), expected, what);
    t.equal(readFileSync(join(folder, 'ca-key.pem'), 'utf8'), text, what);
    t.notOk(existsSync(join(folder, 'ca.pem')), what);
  }
});

t.test('a folder that cannot be used is a usage error', async (t) => {
  const shared = newFolder();
  mkdirSync(shared, { recursive: true });
  chmodSync(shared, 0o777);
  await t.rejects(openAuthority(shared, names, now), /other users can change files in .*; run: chmod go-w /);
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  await t.rejects(openAuthority(file, names, now), /the folder of the certificate authority cannot be used/);
  const folder = newFolder();
  mkdirSync(join(folder, 'ca-key.pem'), { recursive: true });
  await t.rejects(openAuthority(folder, names, now), /it is no regular file/);
  const blocked = newFolder();
  const lock = join(blocked, 'ca-key.pem.lock');
  mkdirSync(lock, { recursive: true });
  utimesSync(lock, new Date(now - 60_000), new Date(now - 60_000));
  await t.rejects(openAuthority(blocked, names, now), /the folder of the certificate authority cannot be used/);
  // nobody can write there, not even root
  if (existsSync('/proc/self')) await t.rejects(openAuthority('/proc/self', names, now), /cannot be used: E/);
  const dangling = newFolder();
  mkdirSync(dangling, { recursive: true });
  symlinkSync(join(root, 'nowhere'), join(dangling, 'ca-key.pem'));
  t.equal((await openAuthority(dangling, names, now)).remark, 'made now: there was none');
  t.notOk(existsSync(join(root, 'nowhere')), 'the link is replaced, not followed');
});
