import { wasGranted } from '../flow.js';
import { defineRule } from '../rule.js';
import { escapedNames } from './html-escaped-parameters.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'code.redirect-uri-differs':
      'The exchange was refused: its redirect_uri differs from that of the authorization request.',
    'code.redirect-uri-missing': 'The exchange was refused: it has no redirect_uri.',
  }),
);

export const redirectUriDiffers = defineRule({
  id: 'redirect-uri-differs',
  severity: 'error',
  verdict: 'The redirect_uri of the token request differs from that of the authorization request.',
  clause: 'RFC 6749 §4.1.3',
  advice: 'Send exactly the same redirect_uri in both requests. Store it together with the state.',
  spares: 'A note if the provider compares less strictly and accepted the request.',
  judge: (evidence) => [...refused(evidence), ...tolerated(evidence)],
});

function refused({ exchanges, flows }: Evidence): Proof[] {
  return exchanges.flatMap((exchange) => {
    const says = reasons.get(exchange.entry.reason ?? '');
    const request = flows.find((flow) => flow.exchanges.includes(exchange))?.request;
    return says === undefined || escapedNames(exchange).includes('redirect_uri')
      ? []
      : [{ by: [request, exchange].filter((seen): seen is ObservedRequest => seen !== undefined), says }];
  });
}

function tolerated({ flows }: Evidence): Proof[] {
  return flows.flatMap(({ request, exchanges }) => {
    const [first, second] = [request.parameter('redirect_uri'), exchanges.find(wasGranted)?.parameter('redirect_uri')];
    if (first === undefined || second === undefined || first === second) return [];
    return [
      {
        by: [request, ...exchanges.filter(wasGranted)],
        roles: ['the authorization request', 'the token request'],
        severity: 'note',
        says: 'The two values differ, and the provider accepted them as equal.',
      } as const,
    ];
  });
}
