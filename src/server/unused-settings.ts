import { UsageError } from '../config/option.js';
import type { ProgramConfig } from '../config.js';

/** @throws UsageError for settings of HTTPS and the proxy that would have no effect, and for an empty folder */
export function refuseUnusedSettings({ tls, proxy, tlsCert, tlsKey, tlsName, proxyPass, caDir }: ProgramConfig): void {
  const unused = [
    [!tls && tlsCert !== undefined, '--tls-cert needs --tls'],
    [!tls && tlsKey !== undefined, '--tls-key needs --tls'],
    [!tls && !proxy && tlsName.length > 0, '--tls-name needs --tls or --proxy'],
    [
      tlsCert !== undefined && !proxy && tlsName.length > 0,
      '--tls-name has no effect with --tls-cert: it has its own names',
    ],
    [!proxy && proxyPass.length > 0, '--proxy-pass needs --proxy'],
  ] as const;
  if (caDir === '') throw new UsageError('--ca-dir is empty; expected a folder');
  for (const [isUnused, message] of unused) if (isUnused) throw new UsageError(message);
}
