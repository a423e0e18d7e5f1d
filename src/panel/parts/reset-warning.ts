/** What a reset does to a world, for a question. */
export const resetWarning =
  'This resets the world: its tokens, codes, faults, changed settings and its journal are gone.';
