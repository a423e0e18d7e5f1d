import { signal } from '@preact/signals';
import { ApiError } from '../api/api-error.js';

/** The first error of the program itself, if there was one. An error of the API is shown where it was called. */
export const failure = signal<string>();

const keep = (reason: unknown): void => {
  if (!(reason instanceof ApiError)) failure.value ??= `${String(reason)}.`;
};

addEventListener('unhandledrejection', ({ reason }) => {
  keep(reason);
});
addEventListener('error', ({ error }) => {
  // without an error object, it is a notice of the browser
  if (error instanceof Error) keep(error);
});
