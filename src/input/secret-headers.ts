/** Headers that authenticate, whatever else they are. */
const authenticating = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** Names of headers whose whole value is a secret: those that the policy `bearerHeaders` can have, and X-API-Key. */
export const isWhollySecret = (name: string): boolean => /-(?:token|key)$/.test(name);

/** Whether a header may have a secret. The name is in lower case. */
export const isSecretHeader = (name: string): boolean =>
  authenticating.has(name) || isWhollySecret(name) || /(?:^|-)(?:secret|password|assertion)$/.test(name);
