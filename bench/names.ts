/** The contender that is the reference of all ratios. */
export const floorName = 'bare Fastify';

/**
 * The contender that stands for Understudy where the program counts: it is one program for all providers. Its tokens
 * are the longest.
 */
export const programName = 'Understudy, MailUp';
