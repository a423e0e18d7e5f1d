import type { Fact } from './provider.js';

export const dottedsignFacts: readonly Fact[] = [];
