import { resolve } from 'node:path';
import { defaultFolder, openAuthority } from '../tls/authority-folder.js';
import { certificateNames } from '../tls/certificate-names.js';
import { readOwnCertificate } from '../tls/own-certificate.js';
import { realNow } from '../world/clock.js';
import { domainOf, isWildcard } from '../input/host-name.js';
import type { NameOption } from '../config/option.js';
import type { ProgramConfig } from '../config.js';
import type { Provider } from '../providers/provider.js';
import type { OpenedAuthority } from '../tls/authority-folder.js';
import type { CertificateSource } from '../tls/host-contexts.js';

/**
 * Domains that are nobody's (RFC 2606 §2). A provider that a file or a world brings later can have any host in them:
 * an authority signs no name that it was not made for.
 */
const testDomains = ['example', 'test'];

/** The certificates of a server with HTTPS or a proxy. */
export interface Certificates extends CertificateSource {
  readonly authority: OpenedAuthority | undefined;
}

/**
 * Reads the certificates, or makes an authority for them. With a certificate of the user's own there is no authority,
 * unless the proxy needs it for the hosts of the providers.
 *
 * @param nameOption how an error names an option
 * @throws UsageError
 */
export async function openCertificates(
  config: ProgramConfig,
  providers: readonly Provider[],
  nameOption: NameOption,
): Promise<Certificates> {
  const own = config.tls ? readOwnCertificate(config.tlsCert, config.tlsKey, realNow(), nameOption) : undefined;
  const needsAuthority = own === undefined || config.proxy;
  const names = certificateNames(
    [...testDomains, ...providers.flatMap(({ hosts }) => hosts.map(domainOf)).filter((name) => name !== undefined)],
    [...config.tlsName, ...ownHosts(config)],
    nameOption,
  );
  // absolute: programs that trust the authority may run in another folder
  const folder = config.caDir === undefined ? defaultFolder(config.dataHome, nameOption) : resolve(config.caDir);
  const authority = needsAuthority ? await openAuthority(folder, names, realNow(), nameOption) : undefined;
  return { own, authority, now: realNow };
}

/** The hosts that other settings name. */
function ownHosts({ host, baseUrl, internalUrl }: ProgramConfig): string[] {
  const urls = [baseUrl, internalUrl].filter((url) => url !== undefined);
  return [...(isWildcard(host) ? [] : [host]), ...urls.map((url) => new URL(url).hostname)];
}
