import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, copyFile, mkdir, readFile, realpath, rename, rm, access, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../config/option.js';

/** Java's own password of its truststore, which holds nothing secret. */
export const trustStorePassword = 'changeit';

const execute = promisify(execFile);

/** The longest time that keytool may take, in milliseconds. */
const keytoolMs = 30_000;

/** A Java installation. */
interface Java {
  readonly keytool: string;
  /** Its truststore. */
  readonly authorities: string;
}

/**
 * Makes a truststore with the authorities of Java and that of Understudy, in a folder that outlives the run: keytool
 * takes a second. Returns undefined if there is no Java, or its keytool fails: then no Java program is tested.
 */
export async function trustStore(caCertificate: string, folder: string, env: Environment): Promise<string | undefined> {
  const java = await findJava(env);
  if (java === undefined) return undefined;
  const hash = createHash('sha256')
    .update(caCertificate)
    .update(await readFile(java.authorities));
  const file = join(folder, `truststore-${hash.digest('hex').slice(0, 16)}`);
  if (await exists(file)) return file;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return makeTrustStore(java, caCertificate, file);
}

async function makeTrustStore(
  { keytool, authorities }: Java,
  caCertificate: string,
  file: string,
): Promise<string | undefined> {
  // runs that start at the same time make the same file
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  const certificate = `${draft}.pem`;
  const make = async (): Promise<string> => {
    await copyFile(authorities, draft);
    await writeFile(certificate, caCertificate);
    await importCertificate(keytool, certificate, draft);
    await rename(draft, file);
    return file;
  };
  const made = await make().catch(() => undefined);
  await Promise.all([draft, certificate].map((each) => rm(each, { force: true })));
  return made;
}

async function importCertificate(keytool: string, certificate: string, store: string): Promise<void> {
  const args = ['-importcert', '-noprompt', '-trustcacerts', '-alias', 'understudy-ca', '-file', certificate];
  await execute(keytool, [...args, '-keystore', store, '-storepass', trustStorePassword], { timeout: keytoolMs });
}

/** The Java of JAVA_HOME, or that of the search path. */
async function findJava({ JAVA_HOME = '', PATH = '' }: Environment): Promise<Java | undefined> {
  const folders = [...(JAVA_HOME === '' ? [] : [join(JAVA_HOME, 'bin')]), ...PATH.split(delimiter)];
  for (const folder of folders.filter((each) => each !== '')) {
    for (const name of ['keytool', 'keytool.exe']) {
      const keytool = join(folder, name);
      const java = (await exists(keytool, constants.X_OK)) ? await javaOf(await realpath(keytool)) : undefined;
      if (java !== undefined) return java;
    }
  }
  return undefined;
}

/** Java 8 has its libraries in a folder `jre`. */
async function javaOf(keytool: string): Promise<Java | undefined> {
  const home = dirname(dirname(keytool));
  for (const library of ['lib', 'jre/lib']) {
    const authorities = join(home, library, 'security/cacerts');
    if (await exists(authorities)) return { keytool, authorities };
  }
  return undefined;
}

const exists = (path: string, mode: number = constants.R_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
