import { callServer } from '../../api/call.js';
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

let known: Promise<Readonly<Record<string, FieldSchema>>> | undefined;

async function read(): Promise<Readonly<Record<string, FieldSchema>>> {
  const { paths } = await callServer<Document>('GET', '/openapi.json');
  const call = paths['/__admin/providers/{provider}/policy']?.patch;
  return call?.requestBody.content['application/json']?.schema.properties ?? {};
}

/** The schemas of the fields of a policy, from the OpenAPI document. It is large, so it is read once. */
export async function policySchemas(): Promise<Readonly<Record<string, FieldSchema>>> {
  known ??= read();
  try {
    return await known;
  } catch (error) {
    known = undefined;
    throw error;
  }
}
