/** Names of the report formats. */
export const formatNames = ['json', 'junit', 'sarif', 'markdown'] as const;
export type FormatName = (typeof formatNames)[number];
