import { basePathOf, routedHost } from './addressing.js';
import { baseOf } from './request-world.js';
import { ignoreForwarded } from './forwarded.js';
import type { FastifyInstance } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { OAuthError } from '../core/errors.js';
import type { Realm } from '../core/realm.js';
import type { Endpoint, JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { ActiveFault } from './faulting/active-fault.js';
import type { ReadForwarded } from './forwarded.js';
import type { GrantsTaken } from './reading/grant-type.js';
import type { Parameters } from './reading/parameters.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** World, provider and realm of the request. Set by http/request-world.ts. */
    world: World;
    provider: Provider;
    realm: Realm;
    /** Prefix of the provider's paths in URLs for this client: `/mailup`, `/w/x/mailup`, or empty. */
    readonly base: string;
    /** The host that the client asked for, with port: that of an absolute URL, of a trusted proxy, or of Host. */
    readonly publicHost: string | undefined;
    /** The URL of this server for this client: the base URL, or that of the request. */
    readonly serverUrl: string;
    /** The URL of the provider for this client: its issuer (RFC 8414 §2). At the provider's own host, that host. */
    readonly providerUrl: string;
    /** The URL at which this process reaches the server. */
    readonly ownUrl: string;
    /** Whether the admin API accepts all callers, those with the token, or none. */
    readonly adminMode: AdminMode;
    /** Whether browsers reach this server by https: directly, or by the proxy of the base URL. */
    readonly isSecure: boolean;
    /** Length of the body, in characters or bytes; 0 if its parser does not tell it. Set by http/reading/body.ts. */
    bodyLength: number;
    /** Why the body cannot be read, where the provider's framework looks for a route first. */
    unreadableBody: OAuthError | undefined;
    /** The journal entry. Set by http/journal.ts. */
    entry: JournalEntry;
    /** Arrival time by the monotonic clock, in milliseconds. Set by http/journal.ts. */
    startedAt: number;
    /** The parameters of a token, revocation or introspection request, once they are read. */
    parameters: Parameters | undefined;
    /** The fault of this request. Set by http/faulting/active-fault.ts. */
    activeFault: ActiveFault | undefined;
    /** Headers to add to the answer, whatever the answer is. Set by http/extra-headers.ts. */
    extraHeaders: Readonly<Record<string, string>> | undefined;
  }
  interface FastifyContextConfig {
    /** The endpoint of a route of a provider. Left out: `other`. */
    endpoint?: Endpoint;
    /** True at the token info endpoint, whose refusals can have a form of their own. */
    tokenInfo?: boolean;
    /** The grant types that a path of the token endpoint takes. Left out: all. */
    grantsTaken?: GrantsTaken;
    /** False for requests of Understudy's own pages: no client sends them, and the journal leaves them out. */
    journaled?: boolean;
  }
}

/** Who may use the admin API: all callers, callers with the token, or none. */
export type AdminMode = 'open' | 'token' | 'off';

/** What the properties of a request depend on beside the request. */
export interface ContextOptions {
  /** The URL of this server for its clients. Default: the URL of each request. */
  readonly baseUrl?: string | undefined;
  readonly forwarded?: ReadForwarded;
  readonly adminMode?: AdminMode;
  /** The URLs at which this process reaches the server: HTTP, then the others. */
  readonly listensAt?: () => readonly [string, ...string[]];
}

/**
 * Declares the properties that hooks set on a request. V8 reads objects of one shape faster, so all exist from the
 * start.
 */
export function decorateRequests(
  app: FastifyInstance,
  { baseUrl, forwarded = ignoreForwarded, adminMode = 'off', listensAt = () => [''] }: ContextOptions = {},
): void {
  const publicUrl = {
    host: baseUrl === undefined ? undefined : new URL(baseUrl).hostname,
    basePath: basePathOf(baseUrl),
  };
  for (const name of [
    'world',
    'provider',
    'realm',
    'entry',
    'startedAt',
    'parameters',
    'unreadableBody',
    'activeFault',
    'extraHeaders',
  ]) {
    app.decorateRequest(name, undefined);
  }
  app.decorateRequest('bodyLength', 0);
  app.decorateRequest('adminMode', adminMode);
  app.decorateRequest('ownUrl', {
    getter() {
      return listensAt()[0];
    },
  });
  const isSecure = baseUrl?.startsWith('https:') === true;
  app.decorateRequest('isSecure', {
    getter() {
      return isSecure || (forwarded(this.raw).protocol ?? this.protocol) === 'https';
    },
  });
  app.decorateRequest('publicHost', {
    getter() {
      return routedHost(this.originalUrl, forwarded(this.raw).host ?? this.headers.host);
    },
  });
  app.decorateRequest('serverUrl', {
    getter() {
      return baseUrl ?? `${forwarded(this.raw).protocol ?? this.protocol}://${this.publicHost ?? this.host}`;
    },
  });
  const publicOrigin = baseUrl === undefined ? undefined : new URL(baseUrl).origin;
  app.decorateRequest('providerUrl', {
    getter() {
      const { base } = this;
      const isBelow = base !== '' && publicOrigin !== undefined;
      const origin = `${this.isSecure ? 'https' : 'http'}://${this.publicHost ?? this.host}`;
      return (isBelow ? publicOrigin : origin) + base;
    },
  });
  // computed on access: only pages and redirects need it
  app.decorateRequest('base', {
    getter() {
      return baseOf(this, publicUrl);
    },
  });
}
