/** What a list of statuses looks like, in words that follow "expected". */
export const statusesForm = 'statuses such as 2xx or 2xx,304';

const pattern = /^[1-5](?:\d\d|xx)(?:,[1-5](?:\d\d|xx))*$/;

/** Whether a text is a list of statuses. */
export const areStatuses = (text: string): boolean => pattern.test(text);

/** Whether a status is in a list that `areStatuses`. */
export function isStatusIn(list: string, status: number): boolean {
  return list.split(',').some((each) => new RegExp(`^${each.replace('xx', '..')}$`).test(String(status)));
}
