import { disconnectForgets } from './disconnect-forgets.js';
import { disconnectRevokes } from './disconnect-revokes.js';
import { disconnectWithoutAnswer } from './disconnect-without-answer.js';
import { reconnectAfterDisconnect } from './reconnect-after-disconnect.js';
import type { Check } from '../../check.js';

/** The checks of the group `end`, in the order in which they run. */
export const endChecks: readonly Check[] = [
  disconnectRevokes,
  disconnectForgets,
  disconnectWithoutAnswer,
  reconnectAfterDisconnect,
];
