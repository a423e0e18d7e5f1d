import { checkKind, checkObject, wrongArgument } from '../arguments.js';
import type { Released } from '../../admin/schemas/faults.js';
import type { FaultState } from '../documents.js';
import type { FaultRule } from '../documents/faults.js';
import type { AdminCall } from '../http.js';

/** The calls about rules that match requests and change their answers. */
export const faultsOf = (call: AdminCall) => ({
  /** Adds a fault after the existing ones. */
  add: async (rule: FaultRule): Promise<FaultState> => {
    checkObject('faults.add', 'the rule', rule, 'an object with match and fault');
    return call('POST', '/faults', rule);
  },
  /** Adds several faults. If one is invalid, none is added. */
  addAll: async (rules: readonly FaultRule[]): Promise<FaultState[]> => {
    if (!Array.isArray(rules)) throw wrongArgument('faults.addAll', 'the argument', rules, 'a list of rules');
    return (await call<{ faults: FaultState[] }>('POST', '/faults', rules)).faults;
  },
  /** Lists the faults, in the order in which they are tried. */
  list: async (): Promise<FaultState[]> => (await call<{ faults: FaultState[] }>('GET', '/faults')).faults,
  /** Reads a fault, and how often it was applied. */
  get: async (id: string): Promise<FaultState> => call('GET', pathOf('faults.get', id)),
  /** Removes a fault. Requests that it holds continue. */
  remove: async (id: string): Promise<void> => {
    await call('DELETE', pathOf('faults.remove', id));
  },
  /** Removes all faults. Requests that they hold continue. */
  clear: async (): Promise<void> => {
    await call('DELETE', '/faults');
  },
  /** Releases the requests that a fault of the kind `hold` keeps waiting, and returns their number. */
  release: async (id: string): Promise<number> =>
    (await call<Released>('POST', `${pathOf('faults.release', id)}/release`)).released,
});

function pathOf(call: string, id: string): string {
  checkKind(call, 'id', id, 'a text');
  return `/faults/${encodeURIComponent(id)}`;
}
