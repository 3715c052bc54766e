/** The dashboard in a browser: it knows the published schema, tiles and exports of the hub that served it, and nothing else. */
import { createRoot } from 'react-dom/client';
import 'maplibre-gl/dist/maplibre-gl.css';
import './dashboard.css';
import { speakIn } from './shell/language-choice.tsx';
import { Shell } from './shell/shell.tsx';
import { chosenLanguage } from './words/language.ts';

const place = document.getElementById('dashboard');
if (place !== null) {
  const root = createRoot(place);
  // Nothing is said before it can be said in the language that was chosen.
  speakIn(chosenLanguage())
    .finally(() => root.render(<Shell />))
    .catch(() => undefined);
}
