import type { Fact } from './provider.js';

export const tinyemailFacts: readonly Fact[] = [];
