import { render } from 'preact';
import { App } from './shell/app.js';

const place = document.getElementById('app');
if (place !== null) {
  place.replaceChildren();
  render(<App />, place);
}
