import t from 'tap';
import { stateUnguessable } from '../../src/exam/checks/request/state-unguessable.js';
import type { Judgement } from '../../src/exam/judgement.js';
import type { OrdinaryRun } from '../../src/exam/ordinary-run.js';

/** The judgement of two flows whose states differ in nothing. */
function judged(state: string): Judgement {
  const authorization = { query: (name: string) => (name === 'state' ? state : undefined) };
  const flows = [{ authorization }, { authorization }] as unknown as OrdinaryRun['flows'];
  if (!('judge' in stateUnguessable)) throw new Error('the check is not passive');
  return stateUnguessable.judge({ flows } as OrdinaryRun);
}

for (const [kind, state, bits] of [
  ['sixteen bytes as base64url', 'CdqJIgpR44tgSlyWEHC_bw', 132],
  ['sixteen bytes as base64url with hyphens', 'Cd-JI-pR44t-SlyWEHC-bw', 132],
  ['a UUID', '0f8fad5b-d9cb-469f-a165-70867728950e', 122],
  ['sixteen bytes as hexadecimal digits', '0f8fad5bd9cb469fa16570867728950e', 128],
  ['forty decimal digits', '1234567890123456789012345678901234567890', 132],
] as const) {
  t.test(`${kind} cannot be guessed`, async (t) => {
    t.match(judged(state), { verdict: 'passed', explanation: `The state has room for ${bits} random bits.` });
  });
}

for (const [kind, state, bits] of [
  ['a time in milliseconds', '1795910400000', 43],
  ['digits in groups', '1795-9104-0000', 39],
  ['eight bytes as hexadecimal digits in groups', '0f8fad5b-d9cb469f', 64],
  ['eight letters', 'abcdefgh', 48],
] as const) {
  t.test(`${kind} can be guessed`, async (t) => {
    const explanation = `The state has room for ${bits} random bits; at least 122 are required.`;
    t.match(judged(state), { verdict: 'failed', explanation });
  });
}
