export { examFormatNames } from '../../admin/schemas/exam-words.js';
export type { ExamFormatName } from '../../admin/schemas/exam-words.js';
