/** How a report can be written. */
export const formatNames = ['json', 'junit', 'sarif', 'markdown'] as const;
export type FormatName = (typeof formatNames)[number];
