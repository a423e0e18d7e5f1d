import type { FastifyLoggerOptions } from 'fastify';

/** Query parameters whose values never reach a log. */
const secretParameters = /([?&](?:client_secret|code|access_token|refresh_token|password|username|token|code_verifier|state)=)[^&]*/gi;

/** A URL without the secrets that providers such as MailUp put into it. */
export function withoutSecrets(url: string): string {
  return url.replaceAll(secretParameters, '$1[hidden]');
}

/** pino, to standard error: standard output belongs to the start-up lines. */
export function logging(level: string): false | (FastifyLoggerOptions & { redact: string[] }) {
  if (level === 'silent') return false;
  return {
    level,
    stream: process.stderr,
    redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    serializers: {
      req: ({ method, url, id }: { method: string; url: string; id: string }) => ({ id, method, url: withoutSecrets(url) }),
    },
  };
}
