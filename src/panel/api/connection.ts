import { signal } from '@preact/signals';

/**
 * What the page knows of the server: `connecting` at the start, `live` while the stream is open, `lost` while it tries
 * again, `gone` if the world does not exist any more, `refused` if the admin API refuses the page.
 */
export type ConnectionState = 'connecting' | 'live' | 'lost' | 'gone' | 'refused';

/** When the server was started while this tab was open, in real time, ISO 8601. */
export const restartedAt = signal<string>();

/** The state of the connection of this tab. */
export const connection = signal<ConnectionState>('connecting');
