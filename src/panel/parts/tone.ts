/** What a colour means. A badge always has a word as well. */
export type Tone = 'good' | 'danger' | 'warning' | 'info' | 'fault' | 'quiet';
