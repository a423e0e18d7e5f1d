import type { ResourceDocument } from './schema/resource.js';

/** Method and path of each call of a resource, whatever the variables are called: `GET /x/{}`. */
export function callsOf({ method = 'GET', path = '', list }: ResourceDocument): readonly string[] {
  const shape = path.replaceAll(/\{\w+\}/g, '{}');
  if (list === undefined) return [`${method} ${shape}`];
  return [
    ...['GET', 'POST'].map((each) => `${each} ${shape}`),
    ...['GET', 'PUT', 'PATCH', 'DELETE'].map((each) => `${each} ${shape}/{}`),
  ];
}
