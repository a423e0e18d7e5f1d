import { UsageError } from '../config/option.js';
import type { ProgramConfig } from '../config.js';

/** @throws UsageError for settings of HTTPS that would have no effect */
export function refuseUnusedSettings({ tls, proxy, tlsCert, tlsKey, tlsName, proxyPass }: ProgramConfig): void {
  const unused = [
    [!tls && tlsCert !== undefined, '--tls-cert needs --tls'],
    [!tls && tlsKey !== undefined, '--tls-key needs --tls'],
    [!tls && !proxy && tlsName.length > 0, '--tls-name needs --tls or --proxy'],
    [!proxy && proxyPass.length > 0, '--proxy-pass needs --proxy'],
  ] as const;
  for (const [isUnused, message] of unused) if (isUnused) throw new UsageError(message);
}
