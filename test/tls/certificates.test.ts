import { X509Certificate } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { maySign } from '../../src/tls/authority.js';
import { certificateNames, joinNames } from '../../src/tls/certificate-names.js';
import { HostContexts } from '../../src/tls/host-contexts.js';
import { certificateMaker, makeAuthority } from '../../src/tls/make-certificates.js';
import type { Authority, Credentials } from '../../src/tls/authority.js';
import { readOwnCertificate } from '../../src/tls/own-certificate.js';

const now = Date.parse('2026-01-02T03:04:05Z');
const names = ['localhost', '127.0.0.1', '::1', 'services.mailup.com'];
const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

const makeCertificate = async (authority: Authority, signed: readonly string[], at: number): Promise<Credentials> =>
  (await certificateMaker(authority))(signed, at);

/** The output of openssl, and what it says of an error. */
function openssl(...args: string[]): string {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return String((error as { stderr: unknown }).stderr);
  }
}
const hasOpenssl = openssl('version').startsWith('OpenSSL');

t.test('limit "names of certificates": this machine, the hosts of the providers, and given ones', (t) => {
  const made = certificateNames(['services.mailup.com'], ['App.Test.', '[::2]', '10.0.0.1']);
  t.strictSame(made.slice(0, 3), ['localhost', '127.0.0.1', '::1']);
  t.ok(made.includes(hostname().toLowerCase()));
  t.equal(certificateNames([], [], undefined, 'no name').length, 3, 'a machine whose name is no host name');
  t.strictSame(made.slice(-4), ['services.mailup.com', 'app.test', '::2', '10.0.0.1']);
  for (const wrong of ['http://x', 'a:443', '*.x.test', 'ä.test', '-a', '300.1.1.1', '']) {
    t.throws(() => certificateNames([], [wrong]), { message: `--tls-name is ${JSON.stringify(wrong)}` }, wrong);
  }
  const many = Array.from({ length: 201 }, (_, index) => `n${index}`);
  t.throws(
    () => certificateNames([], many),
    / and --tls-name are 20[4-9] names; a certificate is made for at most 200/,
  );
  t.equal(joinNames(['a'], many).length, 200, 'earlier names are dropped first');
  t.end();
});

t.test('an authority signs its names and their subdomains', (t) => {
  for (const name of [...names, 'app.localhost', 'a.b.services.mailup.com']) t.ok(maySign({ names }, name), name);
  for (const name of ['mailup.com', 'xlocalhost', '1.127.0.0.1', '127.0.0.2', '', 'a b.localhost']) {
    t.notOk(maySign({ names }, name), name);
  }
  t.end();
});

t.test(
  'openssl accepts chain, names and constraints',
  { skip: hasOpenssl ? false : 'there is no openssl' },
  async (t) => {
    const authority = await makeAuthority(names, Date.now());
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, authority.certificate);
    const text = openssl('x509', '-in', ca, '-noout', '-text');
    t.match(text, /Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+IP:127\.0\.0\.1\/255\.255\.255\.255/);
    t.match(text, /CA:TRUE, pathlen:0/);
    const verify = async (signed: readonly string[], ...how: string[]): Promise<string> => {
      const file = join(folder, 'cert.pem');
      writeFileSync(file, (await makeCertificate(authority, signed, Date.now())).cert);
      return openssl('verify', '-CAfile', ca, '-purpose', 'sslserver', ...how, file);
    };
    t.match(await verify(names, '-verify_hostname', 'services.mailup.com'), /OK/);
    t.match(await verify(names, '-verify_ip', '::1'), /OK/);
    t.match(await verify(names, '-verify_hostname', 'api.tinyemail.com'), /hostname mismatch/);
    t.match(await verify(['api.tinyemail.com']), /permitted subtree violation/);
    t.match(await verify(['10.0.0.1']), /permitted subtree violation/);
  },
);

t.test('a certificate ends before its authority', async (t) => {
  const authority = await makeAuthority(names, now);
  t.equal(new X509Certificate(authority.certificate).validFrom, 'Jan  1 03:04:05 2026 GMT', 'a day before');
  t.equal(authority.endsAt, Date.parse(new X509Certificate(authority.certificate).validTo));
  const late = await makeCertificate(authority, names, authority.endsAt - 1000);
  t.equal(Date.parse(new X509Certificate(late.cert).validTo), authority.endsAt);
});

t.test('certificates by name', async (t) => {
  const authority = await makeAuthority(names, now);
  const time = { now };
  const contexts = new HostContexts({ authority, now: () => time.now });
  const mailup = await contexts.contextFor('services.mailup.com');
  t.equal(await contexts.contextFor('services.mailup.com'), mailup, 'is kept');
  t.not(await contexts.contextFor('localhost'), mailup);
  t.equal(await contexts.contextFor('evil.test'), await contexts.contextFor('10.1.1.1'), 'unknown names share one');
  const { cert } = await contexts.withoutName();
  for (const name of names.slice(1, 3)) t.ok(new X509Certificate(cert).checkIP(name), name);
  for (const name of [names[0]!, names[3]!]) t.ok(new X509Certificate(cert).checkHost(name), name);

  time.now += 24 * 60 * 60 * 1000;
  t.not(await contexts.contextFor('services.mailup.com'), mailup, 'is made anew after a day');
});

t.test('limit "certificates in memory": 250 names keep 200', async (t) => {
  const authority = await makeAuthority(names, now);
  const contexts = new HostContexts({ authority, now: () => now });
  const first = await contexts.contextFor('n0.localhost');
  t.equal(await contexts.contextFor('n0.localhost'), first);
  for (let index = 0; index < 250; index += 1) void contexts.contextFor(`n${index}.localhost`);
  t.not(await contexts.contextFor('n0.localhost'), first);
});

t.test('a certificate of your own', async (t) => {
  const authority = await makeAuthority(['own.test', '127.0.0.1'], Date.now());
  const { cert, key } = await makeCertificate(authority, ['own.test', '127.0.0.1'], Date.now());
  const files = { cert: join(folder, 'own.pem'), key: join(folder, 'own-key.pem') };
  writeFileSync(files.cert, cert + authority.certificate);
  writeFileSync(files.key, key);
  const own = readOwnCertificate(files.cert, files.key, Date.now())!;
  t.ok(own.covers('own.test'));
  t.ok(own.covers('127.0.0.1'));
  t.notOk(own.covers('services.mailup.com'));
  t.equal(readOwnCertificate(undefined, undefined, Date.now()), undefined);

  const alone = new HostContexts({ own, now: () => now });
  t.strictSame(await alone.withoutName(), own.credentials);
  t.equal(await alone.contextFor('services.mailup.com'), await alone.contextFor('own.test'), 'it is the only one');
  t.notOk(alone.knows('services.mailup.com'));
  const both = new HostContexts({ own, authority: await makeAuthority(names, now), now: () => now });
  t.not(await both.contextFor('services.mailup.com'), await both.contextFor('own.test'));
  t.ok(both.knows('own.test') && both.knows('services.mailup.com'));

  const other = await makeCertificate(authority, ['own.test'], Date.now());
  writeFileSync(join(folder, 'other-key.pem'), other.key);
  const old = await makeCertificate(await makeAuthority(['own.test'], now - 1e11), ['own.test'], now - 1e11);
  writeFileSync(join(folder, 'old.pem'), old.cert);
  writeFileSync(join(folder, 'old-key.pem'), old.key);
  writeFileSync(
    join(folder, 'broken-chain.pem'),
    `${cert}-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n`,
  );
  const at = (name: string): string => join(folder, name);
  for (const [certFile, keyFile, expected] of [
    [files.cert, undefined, /belong together/],
    [undefined, files.key, /belong together/],
    [at('missing.pem'), files.key, /--tls-cert ".*missing.pem" cannot be used: ENOENT/],
    [files.key, files.key, /--tls-cert .* cannot be used/],
    [files.cert, files.cert, /--tls-key .* cannot be used/],
    [files.cert, at('other-key.pem'), /is not the key of the certificate/],
    [at('old.pem'), at('old-key.pem'), /expired on/],
    [at('broken-chain.pem'), files.key, /--tls-cert .* cannot be used/],
  ] as const) {
    t.throws(() => readOwnCertificate(certFile, keyFile, Date.now()), expected, String(expected));
  }
});
