/** The dashboard in a browser: it knows the published schema, tiles and exports of the hub that served it, and nothing else. */
import { createRoot } from 'react-dom/client';
import 'maplibre-gl/dist/maplibre-gl.css';
import './dashboard.css';
import { Shell } from './shell/shell.tsx';

const place = document.getElementById('dashboard');
if (place !== null) createRoot(place).render(<Shell />);
