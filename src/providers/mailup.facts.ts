import type { Fact } from './provider.js';

export const mailupFacts: readonly Fact[] = [];
