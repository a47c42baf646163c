import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';

import { isUnedited, type Loaded } from './examples';
import { useOpener } from './opener';

/** examplesPlugin is the "Examples" panel in GraphiQL's sidebar, beside the documentation and the history. */
export function examplesPlugin(loaded: Loaded): GraphiQLPlugin {
  return { title: 'Examples', icon: ListIcon, content: () => <Panel loaded={loaded} /> };
}

function Panel({ loaded }: { loaded: Loaded }) {
  const open = useOpener(loaded.examples);
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]);
  const documentation = useGraphiQL((state) => state.referencePlugin);
  const { setVisiblePlugin } = useGraphiQLActions();
  return (
    <section className="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">Examples</h2>
      {loaded.problem && <p role="alert">The examples could not be loaded: {loaded.problem}.</p>}
      <ul>
        {loaded.examples.map((example) => (
          <li key={example.name}>
            <button
              type="button"
              data-example={example.name}
              aria-current={isUnedited(tab, example) || undefined}
              disabled={!open}
              onClick={() => open?.(example)}
            >
              <strong>{example.title}</strong>
              <span>{example.about}</span>
            </button>
          </li>
        ))}
      </ul>
      <p>
        Change a query and run it again with Ctrl+Enter. The{' '}
        <button type="button" className="link" onClick={() => setVisiblePlugin(documentation)}>
          documentation
        </button>{' '}
        lists every field. Programs send the same queries to <code>/graphql</code>.
      </p>
    </section>
  );
}

function ListIcon() {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M7.5 4.5h10M7.5 10h10M7.5 15.5h10M3 4.5h.01M3 10h.01M3 15.5h.01" />
    </svg>
  );
}
