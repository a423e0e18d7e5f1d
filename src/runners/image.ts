/** The image of this version. `npm version` writes it here as into the pages. */
const published = 'ghcr.io/your-organisation/oauth-understudy:0.1.0';

/** The image of containers: that of UNDERSTUDY_IMAGE, as in compose.yaml, or else the published one. */
export function imageOfRun(): string {
  const { UNDERSTUDY_IMAGE: given = '' } = process.env;
  return given === '' ? published : given;
}
