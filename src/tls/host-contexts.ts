import { createSecureContext } from 'node:tls';
import { maySign } from './authority.js';
import type { SecureContext } from 'node:tls';
import type { Authority, Credentials } from './authority.js';
import type { OwnCertificate } from './own-certificate.js';

/** Maximum number of certificates that are kept for single names. */
const mostKept = 200;

/** Stands for the certificate of clients that ask for no name. */
const anyName = '';

/** A certificate is made anew after this time, in milliseconds: a day. */
const keptMs = 24 * 60 * 60 * 1000;

interface Kept {
  readonly credentials: Promise<Credentials>;
  readonly context: Promise<SecureContext>;
  readonly madeAt: number;
}

/** What the certificates come from: an authority, a certificate of the user's own, or both. */
export interface CertificateSource {
  readonly authority?: Authority | undefined;
  readonly own?: OwnCertificate | undefined;
  /** The real time, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** The certificates of a server, by the name that a client asks for. They are made when they are first asked for. */
export class HostContexts {
  readonly #source: CertificateSource;
  #maker: Promise<(names: readonly string[], now: number) => Promise<Credentials>> | undefined;
  /** In the order of the last use. */
  readonly #kept = new Map<string, Kept>();

  constructor(source: CertificateSource) {
    this.#source = source;
  }

  /** Whether there is a certificate for this name. */
  knows(name: string): boolean {
    const { authority, own } = this.#source;
    return own?.covers(name) === true || (authority !== undefined && maySign(authority, name));
  }

  /**
   * The certificate for a name that a client asks for (RFC 6066 §3). For an unknown name it is that of
   * `withoutName`, so that the client can say which name it misses.
   */
  contextFor(name: string): Promise<SecureContext> {
    const { authority, own } = this.#source;
    const isOwn = authority === undefined || own?.covers(name) === true;
    return (isOwn || !maySign(authority, name) ? this.#shared() : this.#keep(name, [name])).context;
  }

  /** The certificate for a client that asks for no name: the user's own, or one with all names. */
  withoutName(): Promise<Credentials> {
    return this.#shared().credentials;
  }

  #shared(): Kept {
    return this.#keep(anyName, this.#source.authority?.names ?? []);
  }

  #keep(key: string, names: readonly string[]): Kept {
    const now = this.#source.now();
    const before = this.#kept.get(key);
    const kept = before !== undefined && now - before.madeAt < keptMs ? before : this.#make(key, names, now);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return kept;
  }

  #make(key: string, names: readonly string[], madeAt: number): Kept {
    const { own } = this.#source;
    const credentials =
      key === anyName && own !== undefined ? Promise.resolve(own.credentials) : this.#sign(names, madeAt);
    const context = credentials.then(createSecureContext);
    // the caller gets the error; the next handshake tries again
    context.catch(() => {
      this.#maker = undefined;
      this.#kept.delete(key);
    });
    return { credentials, context, madeAt };
  }

  async #sign(names: readonly string[], now: number): Promise<Credentials> {
    this.#maker ??= import('./make-certificates.js').then(({ certificateMaker }) =>
      certificateMaker(this.#source.authority as Authority),
    );
    return (await this.#maker)(names, now);
  }
}
