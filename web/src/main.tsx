/**
 * The query page: GraphiQL with an "Examples" panel.
 *
 * The header is plain HTML in index.html, so it is on screen before this script has loaded.
 * The examples are fetched once, before the first render; they decide which query a first visit shows.
 */
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createRoot } from 'react-dom/client';

import { loadExamples } from './examples';
import { Page } from './page';

const loaded = await loadExamples('examples.json');
createRoot(document.getElementById('page')!).render(<Page loaded={loaded} />);
