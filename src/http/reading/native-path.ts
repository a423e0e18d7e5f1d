/** Path of the page that shows a code, for an authorization endpoint (Doorkeeper's `authorize/native`). */
export const nativePath = (authorizePath: string): string => `${authorizePath}/native`;
