import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { trustStore } from '../../src/run/trust-store.js';

/** A keytool that appends the certificate to the store, and counts its calls. */
const working = `#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in -file) file="$2" ;; -keystore) store="$2" ;; esac
  shift
done
cat "$file" >> "$store"
echo >> "$(dirname "$0")/calls"
`;

/** Makes a Java installation. */
function install(home: string, library: string, keytool = working): string {
  mkdirSync(join(home, 'bin'), { recursive: true });
  mkdirSync(join(home, library, 'security'), { recursive: true });
  writeFileSync(join(home, library, 'security/cacerts'), 'JAVA ');
  writeFileSync(join(home, 'bin/keytool'), keytool);
  chmodSync(join(home, 'bin/keytool'), 0o755);
  return home;
}

const path = `/usr/bin:/bin`;

void t.test('a truststore has the authorities of Java and that of the server, and is made once', async (t) => {
  const folder = t.testdir();
  const home = install(join(folder, 'java'), 'lib');
  const data = join(folder, 'data');
  const env = { JAVA_HOME: home, PATH: path };
  const [first, second] = [await trustStore('ONE', data, env), await trustStore('ONE', data, env)];
  t.equal(first, second);
  t.equal(readFileSync(String(first), 'utf8'), 'JAVA ONE');
  t.equal(readFileSync(join(home, 'bin/calls'), 'utf8'), '\n', 'keytool ran once');

  const other = await trustStore('TWO', data, env);
  t.not(other, first);
  writeFileSync(join(home, 'lib/security/cacerts'), 'UPDATED ');
  t.equal(readFileSync(String(await trustStore('TWO', data, env)), 'utf8'), 'UPDATED TWO');
  t.equal(readdirSync(data).length, 3, 'no draft is left');
});

void t.test('Java is found on the search path, also through a link, and also version 8', async (t) => {
  const folder = t.testdir({ bin: {}, empty: { keytool: 'not executable' } });
  const home = install(join(folder, 'java 8'), 'jre/lib');
  symlinkSync(join(home, 'bin/keytool'), join(folder, 'bin/keytool'));
  const env = { PATH: ['', join(folder, 'empty'), join(folder, 'bin')].join(':') };
  t.equal(readFileSync(String(await trustStore('ONE', join(folder, 'data'), env)), 'utf8'), 'JAVA ONE');
});

void t.test('without Java there is no truststore', async (t) => {
  const folder = t.testdir();
  t.equal(await trustStore('ONE', folder, {}), undefined);
  const home = install(join(folder, 'java'), 'elsewhere');
  t.equal(await trustStore('ONE', folder, { PATH: join(home, 'bin') }), undefined, 'a keytool without authorities');
});

void t.test('a keytool that fails leaves no truststore', async (t) => {
  const folder = t.testdir();
  const home = install(join(folder, 'java'), 'lib', '#!/bin/sh\nexit 1\n');
  t.equal(await trustStore('ONE', join(folder, 'data'), { JAVA_HOME: home }), undefined);
  t.strictSame(readdirSync(join(folder, 'data')), []);
});
