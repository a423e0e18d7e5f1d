/** Names of the formats of an exam's result. */
export const examFormatNames = ['text', 'json', 'junit', 'sarif', 'markdown', 'html'] as const;
/** The name of a format of an exam's result. */
export type ExamFormatName = (typeof examFormatNames)[number];
