import { UsageError } from '../config/option.js';
import type { NameOption } from '../config/option.js';
import type { ProgramConfig } from '../config.js';

/** @throws UsageError for settings of HTTPS and the proxy that would have no effect, and for an empty folder */
export function refuseUnusedSettings(config: ProgramConfig, name: NameOption): void {
  const { tls, proxy, tlsCert, tlsKey, tlsName, proxyPass, caDir } = config;
  const unused = [
    [!tls && tlsCert !== undefined, `${name('tlsCert')} needs ${name('tls')}`],
    [!tls && tlsKey !== undefined, `${name('tlsKey')} needs ${name('tls')}`],
    [!tls && !proxy && tlsName.length > 0, `${name('tlsName')} needs ${name('tls')} or ${name('proxy')}`],
    [
      tlsCert !== undefined && !proxy && tlsName.length > 0,
      `${name('tlsName')} has no effect with ${name('tlsCert')}: it has its own names`,
    ],
    [!proxy && proxyPass.length > 0, `${name('proxyPass')} needs ${name('proxy')}`],
  ] as const;
  if (caDir === '') throw new UsageError(`${name('caDir')} is empty; expected a folder`);
  for (const [isUnused, message] of unused) if (isUnused) throw new UsageError(message);
}
