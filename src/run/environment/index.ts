import { certificatesPart } from './certificates.js';
import { javaPart } from './java.js';
import { nodePart } from './node.js';
import { phpPart } from './php.js';
import { proxyPart } from './proxy.js';
import { understudyPart } from './understudy.js';
import type { Facts, Outside, Part } from '../facts.js';

/** Every ecosystem. Each reads the same facts; none sets a variable of another. */
const parts: readonly ((facts: Facts, outside: Outside) => Part)[] = [
  proxyPart,
  certificatesPart,
  nodePart,
  phpPart,
  javaPart,
  understudyPart,
];

/** The variables and files of all ecosystems. */
export const partsOf = (facts: Facts, outside: Outside): Part[] => parts.map((part) => part(facts, outside));
