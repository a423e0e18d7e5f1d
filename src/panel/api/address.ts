const folder = '/__admin/ui/';

/** The URL of the server, without a slash at its end. A proxy may have added a path before `/__admin/ui/`. */
export const serverUrl = location.origin + location.pathname.slice(0, location.pathname.lastIndexOf(folder));

/** The URL of a world: base of its providers and of its admin API. */
export const worldUrl = (world: string): string =>
  world === 'default' ? serverUrl : `${serverUrl}/w/${encodeURIComponent(world)}`;

/** The URL of the folder of the panel, with a slash at its end. */
export const panelUrl = serverUrl + folder;
