import { Type } from 'typebox';

/** A point in virtual time, in an answer. */
export const VirtualTime = Type.String({ format: 'date-time', description: 'Virtual time' });

/** A point in virtual time that may never come, in an answer. */
export const VirtualTimeOrNever = Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
  description: 'Virtual time; null means never',
});
