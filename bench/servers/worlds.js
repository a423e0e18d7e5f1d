/**
 * The worlds that a peer does not have: one server of the peer for each test, in the same process, below `/w/ID`.
 * `PUT /worlds/ID` makes one, `DELETE /worlds/ID` forgets it.
 *
 * @param make makes the listener of requests of a new world; it sees URLs without `/w/ID`
 * @returns the listener of requests; it returns false if a request does not belong to a world
 */
export function worldsOf(make) {
  const all = new Map();
  return async (request, response) => {
    const [, kind, id] = request.url.split('/', 3);
    if (kind === 'worlds') {
      if (request.method === 'PUT') all.set(id, await make());
      else all.delete(id);
      response.end('{}');
      return true;
    }
    const world = kind === 'w' ? all.get(id) : undefined;
    if (world === undefined) return false;
    request.url = request.url.slice(`/w/${id}`.length);
    await world(request, response);
    return true;
  };
}
