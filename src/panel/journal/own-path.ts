/** What the path of a request is read from. */
export interface Requested {
  readonly provider?: string | undefined;
  readonly request: { readonly path: string };
}

/** The provider's own path of a request: without `/w/{world}` and the name of the provider. */
export function ownPath({ provider, request: { path } }: Requested): string {
  const inWorld = path.replace(/^\/w\/[^/]*(?=\/)/i, '');
  const prefix = `/${provider ?? ''}/`;
  return inWorld.toLowerCase().startsWith(prefix.toLowerCase()) ? inWorld.slice(prefix.length - 1) : inWorld;
}
