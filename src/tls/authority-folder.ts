import { X509Certificate, createPrivateKey, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { UsageError, flagOf } from '../config/option.js';
import { shellWord } from '../input/shell-word.js';
import { maySign } from './authority.js';
import { joinNames } from './certificate-names.js';
import { whileLocked } from './while-locked.js';
import type { NameOption } from '../config/option.js';
import type { Authority } from './authority.js';

/** An authority and the file that clients trust. */
export interface OpenedAuthority extends Authority {
  /** The file with its certificate, which clients are given to trust it. */
  readonly file: string;
  /** What was done to the folder now, in words. Undefined: nothing. */
  readonly remark: string | undefined;
}

/** An authority with less time left is made anew, in milliseconds: 60 days. */
const renewBeforeMs = 60 * 24 * 60 * 60 * 1000;

/** Maximum length of the file with the key, in bytes. */
const longestFileBytes = 64 * 1024;

/** File with certificate and key: one file, so that they always belong together. */
const keyFileName = 'ca-key.pem';
/** File with the certificate alone. */
const certificateFileName = 'ca.pem';

const namesLine = /^names: (.*)$/m;

/**
 * The folder of the authority where none is given. A relative XDG_DATA_HOME is ignored, as its specification asks.
 *
 * @throws UsageError if the user has no home
 */
export function defaultFolder(dataHome: string | undefined, nameOption: NameOption = flagOf): string {
  if (dataHome === undefined && !isAbsolute(homedir())) {
    throw unusable('there is no home folder').usageError(nameOption);
  }
  const data = dataHome !== undefined && isAbsolute(dataHome) ? dataHome : join(homedir(), '.local', 'share');
  return join(data, 'understudy', 'ca');
}

/** A folder that another can replace. The message has the name of the option that chooses it. */
class UnusableFolder extends Error {
  readonly #text: (caDir: string) => string;

  constructor(text: (caDir: string) => string) {
    super(text('caDir'));
    this.#text = text;
  }

  usageError(nameOption: NameOption): UsageError {
    return new UsageError(this.#text(nameOption('caDir')));
  }
}

/**
 * Reads the authority of a folder. Makes one if there is none, if it may not sign one of the names, or if it ends soon.
 *
 * @param now milliseconds since the epoch
 * @param nameOption how an error names an option
 * @throws UsageError if the folder cannot be used, or has something else in place of an authority of Understudy
 */
export async function openAuthority(
  folder: string,
  names: readonly string[],
  now: number,
  nameOption: NameOption = flagOf,
): Promise<OpenedAuthority> {
  try {
    return await openedIn(folder, names, now);
  } catch (error) {
    throw error instanceof UnusableFolder ? error.usageError(nameOption) : error;
  }
}

async function openedIn(folder: string, names: readonly string[], now: number): Promise<OpenedAuthority> {
  const keyFile = join(folder, keyFileName);
  const found = await readKeyFile(keyFile);
  if (found !== undefined && whyRenewed(found, names, now) === undefined) {
    return useFolder(folder, () => keep(folder, found));
  }
  return useFolder(folder, () => whileLocked(`${keyFile}.lock`, now, () => openLocked(folder, names, now)));
}

/** Reads the authority again, because another process may have made it meanwhile, and makes one if it is needed. */
async function openLocked(folder: string, names: readonly string[], now: number): Promise<OpenedAuthority> {
  const keyFile = join(folder, keyFileName);
  const found = await readKeyFile(keyFile);
  const reason = found === undefined ? 'there was none' : whyRenewed(found, names, now);
  if (found !== undefined && reason === undefined) return keep(folder, found);
  const { makeAuthority } = await import('./make-certificates.js');
  const made = await makeAuthority(joinNames(names, found?.names ?? []), now);
  // RFC 7468 §2: text outside the blocks is for readers
  const text = `Certificate authority of Understudy\nnames: ${made.names.join(' ')}\n${made.certificate}${made.key}`;
  await replaceFile(keyFile, text, 0o600);
  await writeCertificate(folder, made);
  return {
    ...parseAuthority(text, keyFile),
    file: join(folder, certificateFileName),
    remark: `made now: ${String(reason)}`,
  };
}

async function keep(folder: string, found: Authority): Promise<OpenedAuthority> {
  const replaced = await writeCertificate(folder, found);
  const remark = replaced ? 'written now: the file had another certificate' : undefined;
  return { ...found, file: join(folder, certificateFileName), remark };
}

function whyRenewed(authority: Authority, names: readonly string[], now: number): string | undefined {
  if (authority.endsAt - now < renewBeforeMs) {
    return `the one before ends on ${new Date(authority.endsAt).toISOString().slice(0, 10)}`;
  }
  const missing = names.filter((name) => !maySign(authority, name));
  return missing.length === 0 ? undefined : `the one before may not sign ${missing.join(', ')}`;
}

/** @throws UnusableFolder if the file is no authority that Understudy made; UsageError if others can read it */
async function readKeyFile(file: string): Promise<Authority | undefined> {
  const text = await readPrivately(file);
  return text === undefined ? undefined : parseAuthority(text, file);
}

async function readPrivately(file: string): Promise<string | undefined> {
  const handle = await openFile(file);
  if (handle === undefined) return undefined;
  try {
    const { mode, size } = await handle.stat();
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > longestFileBytes) {
      throw foreign(file, 'it is no regular file, or too large');
    }
    // Windows has no such bits
    if (platform() !== 'win32' && (mode & 0o077) !== 0) {
      throw new UsageError(
        `${file} is a private key that other users can read or change; run: chmod 600 ${shellWord(file)}`,
      );
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<Awaited<ReturnType<typeof open>> | undefined> {
  try {
    // O_NONBLOCK: opening a named pipe would wait
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw unusable(message);
  }
}

/** @throws UnusableFolder if other users can put an authority of their own into the folder */
async function refuseSharedFolder(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  // with the sticky bit, only the owner of a file can replace it
  if (platform() === 'win32' || (mode & 0o022) === 0 || (mode & 0o1000) !== 0) return;
  throw new UnusableFolder(
    (caDir) =>
      `other users can change files in ${folder}; run: chmod go-w ${shellWord(folder)}, ` +
      `or choose another folder with ${caDir}`,
  );
}

const unusable = (why: string): UnusableFolder =>
  new UnusableFolder(
    (caDir) => `the folder of the certificate authority cannot be used: ${why}; ${caDir} chooses another`,
  );

function parseAuthority(text: string, file: string): Authority {
  try {
    const certificate = new X509Certificate(text);
    const key = createPrivateKey(text);
    const names = namesLine.exec(text)?.[1]?.split(' ');
    if (names === undefined || !certificate.ca) throw new Error('Understudy did not make it');
    if (!certificate.checkPrivateKey(key)) throw new Error('its key belongs to another certificate');
    return {
      certificate: certificate.toString(),
      key: String(key.export({ type: 'pkcs8', format: 'pem' })),
      names,
      endsAt: Date.parse(certificate.validTo),
    };
  } catch (error) {
    throw foreign(file, (error as Error).message);
  }
}

const foreign = (file: string, what: string): UnusableFolder =>
  new UnusableFolder(
    (caDir) =>
      `${file} is not a certificate authority of Understudy: ${what}; ` +
      `choose another folder with ${caDir}, or remove the file: a new one is made then`,
  );

/**
 * Writes the file with the certificate, unless it is there: the folder may be one that only can be read. Returns
 * whether it had something else.
 */
async function writeCertificate(folder: string, { certificate }: Authority): Promise<boolean> {
  const file = join(folder, certificateFileName);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === certificate) return false;
  await replaceFile(file, certificate, 0o644);
  return before !== undefined;
}

/** Replaces a file in one step: others read the old text or the new one. */
async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, text, { mode, flag: 'wx' });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function useFolder<T>(folder: string, use: () => Promise<T>): Promise<T> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await refuseSharedFolder(folder);
    return await use();
  } catch (error) {
    if (error instanceof UsageError || error instanceof UnusableFolder) throw error;
    throw unusable((error as Error).message);
  }
}
