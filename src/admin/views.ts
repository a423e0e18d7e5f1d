import { Type } from 'typebox';
import { statusOf } from '../core/issue.js';
import type { AccessToken, AuthorizationCode, Instant, RefreshToken } from '../core/model.js';
import type { Pending } from '../core/authorization.js';
import type { Realm } from '../core/realm.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import { urlsOf } from '../http/urls.js';

/** A point in virtual time as it is written; what never comes is null. */
export const instant = (at: Instant | undefined): string | null =>
  at === undefined || !Number.isFinite(at) ? null : new Date(at).toISOString();

export const InstantView = Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
  description: 'Virtual time; null means never',
});

export const WorldView = Type.Object({
  id: Type.String(),
  scenario: Type.Union([Type.String(), Type.Null()], {
    description: 'The name of the scenario; null for one that came inline',
  }),
  seed: Type.Union([Type.String(), Type.Null()]),
  baseUrl: Type.String(),
  providers: Type.Record(
    Type.String(),
    Type.Object({
      baseUrl: Type.String(),
      authorizeUrl: Type.String(),
      tokenUrl: Type.String(),
      apiUrl: Type.String(),
    }),
  ),
  adminUrl: Type.String(),
  clock: Type.Unsafe<ReturnType<typeof clockView>>(
    Type.Object({
      now: Type.String(),
      frozen: Type.Boolean(),
      rate: Type.Number(),
      skewSeconds: Type.Number(),
      dateHeader: Type.String(),
    }),
  ),
});

export function worldView(world: World, worlds: Worlds, serverUrl: string): object {
  const baseUrl = world.id === 'default' ? serverUrl : `${serverUrl}/w/${world.id}`;
  return {
    id: world.id,
    scenario: world.scenarioName ?? null,
    seed: world.seed ?? null,
    baseUrl,
    providers: Object.fromEntries(
      worlds.providers.map((provider) => [provider.name, urlsOf(provider, serverUrl, world.id)]),
    ),
    adminUrl: `${baseUrl}/__admin`,
    clock: clockView(world),
  };
}

export function clockView({ clock, dateHeader }: World): {
  now: string;
  frozen: boolean;
  rate: number;
  skewSeconds: number;
  dateHeader: 'real' | 'virtual';
} {
  return {
    now: new Date(clock.now()).toISOString(),
    frozen: clock.frozen,
    rate: clock.rate,
    skewSeconds: clock.skewMs / 1000,
    dateHeader,
  };
}

export const ClientView = Type.Object({
  id: Type.String(),
  secret: Type.String(),
  name: Type.String(),
  redirectUris: Type.Array(Type.String()),
  grants: Type.Optional(Type.Array(Type.String(), { description: "Left out: all of the provider's" })),
  scopes: Type.Optional(Type.Array(Type.String())),
  confidential: Type.Boolean(),
});

export const UserView = Type.Object({
  id: Type.String(),
  username: Type.String(),
  password: Type.String(),
  name: Type.String(),
  suspended: Type.Boolean(),
  profile: Type.Object({}, { additionalProperties: true }),
});

export const TokenView = Type.Object({
  kind: Type.Union([Type.Literal('access'), Type.Literal('refresh')]),
  token: Type.String(),
  status: Type.String({ description: 'live, expired, revoked or replaced' }),
  clientId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  scopes: Type.Array(Type.String()),
  grantId: Type.String({ description: 'The family that it belongs to' }),
  issuedAt: InstantView,
  expiresAt: InstantView,
  firstUsedAt: Type.Optional(InstantView),
  revokedAt: Type.Optional(InstantView),
  because: Type.Optional(Type.String()),
  partner: Type.Union([Type.String(), Type.Null()], {
    description: 'The token of the other kind that was answered beside it',
  }),
  replacedBy: Type.Optional(Type.String()),
});

export function accessTokenView(realm: Realm, token: AccessToken): object {
  return {
    kind: 'access',
    ...commonView(realm, token),
    firstUsedAt: token.firstUsedAt === undefined ? undefined : instant(token.firstUsedAt),
    partner: token.refreshToken ?? null,
  };
}

export function refreshTokenView(realm: Realm, token: RefreshToken): object {
  return { kind: 'refresh', ...commonView(realm, token), partner: token.accessToken, replacedBy: token.replacedBy };
}

function commonView(realm: Realm, token: AccessToken | RefreshToken): object {
  const { grant } = token;
  const revokedAt = token.revokedAt ?? grant.revokedAt;
  return {
    token: token.token,
    status: statusOf(realm, token),
    clientId: grant.clientId,
    userId: grant.userId ?? null,
    scopes: token.scopes,
    grantId: grant.id,
    issuedAt: instant(token.issuedAt),
    expiresAt: instant(token.expiresAt),
    revokedAt: revokedAt === undefined ? undefined : instant(revokedAt),
    because: token.revokedBecause ?? grant.revokedBecause,
  };
}

export const CodeView = Type.Object({
  code: Type.String(),
  status: Type.String({ description: 'live, spent, expired or revoked' }),
  clientId: Type.String(),
  userId: Type.String(),
  scopes: Type.Array(Type.String()),
  grantId: Type.String(),
  redirectUri: Type.String(),
  issuedAt: InstantView,
  expiresAt: InstantView,
  spentAt: Type.Optional(InstantView),
});

export function codeView(realm: Realm, code: AuthorizationCode): object {
  const { grant, spentAt } = code;
  const ended = spentAt !== undefined ? 'spent' : grant.revokedAt !== undefined ? 'revoked' : 'expired';
  const live = ended === 'expired' && realm.checkedAt() < code.expiresAt;
  return {
    code: code.code,
    status: live ? 'live' : ended,
    clientId: grant.clientId,
    userId: grant.userId,
    scopes: grant.scopes,
    grantId: grant.id,
    redirectUri: code.redirectUri,
    issuedAt: instant(code.issuedAt),
    expiresAt: instant(code.expiresAt),
    spentAt: spentAt === undefined ? undefined : instant(spentAt),
  };
}

export const AuthorizationView = Type.Object({
  id: Type.String(),
  status: Type.String({ description: 'waiting, answered or expired' }),
  clientId: Type.String(),
  scopes: Type.Array(Type.String()),
  redirectUri: Type.String(),
  state: Type.Union([Type.String(), Type.Null()]),
  createdAt: InstantView,
  expiresAt: InstantView,
});

export function authorizationView(realm: Realm, pending: Pending): object {
  const status =
    pending.answer !== undefined ? 'answered' : realm.checkedAt() < pending.expiresAt ? 'waiting' : 'expired';
  return {
    id: pending.id,
    status,
    clientId: pending.client.id,
    scopes: pending.scopes,
    redirectUri: pending.redirectUri,
    state: pending.state ?? null,
    createdAt: instant(pending.createdAt),
    expiresAt: instant(pending.expiresAt),
  };
}
