/** Names of the report formats. */
export const formatNames = ['json', 'junit', 'sarif', 'markdown', 'text'] as const;
/** The name of a report format. */
export type FormatName = (typeof formatNames)[number];
