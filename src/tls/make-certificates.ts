// first: the libraries below need it when they are loaded
import 'reflect-metadata';
import { isIP } from 'node:net';
import { randomBytes, webcrypto } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  NameConstraints,
  id_ce_nameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import type { Authority, Credentials } from './authority.js';

/** Lifetime of an authority, in days: two years. */
const authorityDays = 730;
/** Lifetime of a certificate of a server, in days. */
const certificateDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

x509.cryptoProvider.set(webcrypto as never);

/** Makes an authority that may sign certificates for these names only. `now`: milliseconds since the epoch. */
export async function makeAuthority(names: readonly string[], now: number): Promise<Authority> {
  const keys = await makeKeys();
  // a certificate has whole seconds
  const endsAt = Math.floor(now / 1000) * 1000 + authorityDays * dayMs;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // with a part of its own: programs tell certificates apart by name and number
    name: `O=Understudy, CN=Understudy test CA ${randomBytes(4).toString('hex')}`,
    ...validity(now, endsAt),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      nameConstraints(names),
    ],
  });
  return { certificate: pemText(certificate), key: await keyText(keys), names, endsAt };
}

/** Makes certificates that are signed by one authority. All have one key: making a key takes longer than signing. */
export async function certificateMaker(
  authority: Authority,
): Promise<(names: readonly string[], now: number) => Promise<Credentials>> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const [keys, signingKey] = await Promise.all([makeKeys(), importKey(authority.key)]);
  const key = await keyText(keys);
  const identifiers = [
    await x509.AuthorityKeyIdentifierExtension.create(issuer),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  return async (names, now) => {
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: 'O=Understudy',
      issuer: issuer.subjectName,
      // it ends before the authority does
      ...validity(now, Math.min(now + certificateDays * dayMs, authority.endsAt)),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
        ),
        ...identifiers,
      ],
    });
    return { cert: pemText(certificate), key };
  };
}

/** Only these names are permitted; critical, as RFC 5280 §4.2.1.10 asks. */
function nameConstraints(names: readonly string[]): x509.Extension {
  const permitted = names.map((name) => {
    const version = isIP(name);
    const base = version === 0 ? { dNSName: name } : { iPAddress: `${name}/${version === 4 ? 32 : 128}` };
    return new GeneralSubtree({ base: new GeneralName(base) });
  });
  const value = new NameConstraints({ permittedSubtrees: new GeneralSubtrees(permitted) });
  return new x509.Extension(id_ce_nameConstraints, true, AsnConvert.serialize(value));
}

/** From a day before now: the clock of a client in a virtual machine can be behind. */
const validity = (now: number, endsAt: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - dayMs),
  notAfter: new Date(endsAt),
});

/** A random positive number of 16 bytes, in hexadecimal (RFC 5280 §4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const makeKeys = async (): Promise<webcrypto.CryptoKeyPair> =>
  await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** With a line end, so that blocks can follow each other. */
const pemText = (certificate: x509.X509Certificate): string => `${certificate.toString('pem').trim()}\n`;

async function keyText({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const [bytes] = x509.PemConverter.decode(pem);
  return webcrypto.subtle.importKey('pkcs8', bytes as ArrayBuffer, algorithm, false, ['sign']);
}
