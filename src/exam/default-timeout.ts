/** Maximum real time of one answer of the application, unless it is told. */
export const defaultTimeout = '10s';
