import { readOpenApi } from '../../api/openapi.js';
import type { FieldSchema } from './control.js';

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly patch?: {
          readonly requestBody: { readonly content: Readonly<Record<string, { readonly schema: FieldSchema }>> };
        };
      }
    >
  >;
}

/** The schemas of the fields of a policy, from the OpenAPI document. */
export async function policySchemas(): Promise<Readonly<Record<string, FieldSchema>>> {
  const { paths } = await readOpenApi<Document>();
  const call = paths['/__admin/providers/{provider}/policy']?.patch;
  return call?.requestBody.content['application/json']?.schema.properties ?? {};
}
