import { dirname } from 'node:path';
import type { ProxiedServer } from '../run/environment-of.js';
import type { Server } from '../server.js';
import type { OpenedAuthority } from '../tls/authority-folder.js';

/** A server with what its settings `tls` and `proxy` give it: HTTPS, a proxy and an authority. */
export function proxied({ url, tlsUrl, proxyUrl, authority, worlds }: Server): ProxiedServer {
  const { certificate, file } = authority as OpenedAuthority;
  return {
    url,
    worlds,
    tlsUrl: String(tlsUrl),
    proxyUrl: String(proxyUrl),
    caCertificate: certificate,
    caFolder: dirname(file),
  };
}
