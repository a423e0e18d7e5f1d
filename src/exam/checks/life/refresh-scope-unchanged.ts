import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';

const scopesOf = (scope: unknown): string[] =>
  (typeof scope === 'string' ? scope : '').split(/[ ,+]+/).filter((each) => each !== '');

/** A refresh cannot widen what the person allowed. */
export const refreshScopeUnchanged = defineCheck({
  id: 'refresh-scope-unchanged',
  group: 'life',
  title: 'A refresh asks for no wider scope',
  clause: 'RFC 6749 §6',
  severity: 'error',
  stages: 'Ordinary refreshes.',
  looksAt: 'The scope of the refresh, beside that of the authorization request.',
  advice: 'Leave the scope out of a refresh.',
  notFor: withoutRefresh,
  judge({ requests: { refreshes }, flows }) {
    if (refreshes.length === 0) throw new NotSeen('the client did not refresh');
    const allowed = new Set(
      flows.flatMap(({ authorization, exchange }) => [
        ...scopesOf(authorization.query('scope')),
        ...scopesOf(exchange?.answer('scope')),
      ]),
    );
    const wider = refreshes.filter((refresh) =>
      scopesOf(refresh.parameter('scope')).some((scope) => allowed.size > 0 && !allowed.has(scope)),
    );
    return wider.length === 0
      ? passed(`${refreshes.length} refreshes asked for no wider scope.`, refreshes)
      : failed('A refresh asked for a scope that the person was not asked for.', wider);
  },
});
