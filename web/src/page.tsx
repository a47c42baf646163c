import { useGraphiQL } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect, useMemo, useRef } from 'react';

import { type Example, isUnedited, type Loaded, variablesText } from './examples';
import { fetcher } from './fetcher';
import { useOpener } from './opener';
import { examplesPlugin } from './panel';

/** Page is GraphiQL with our panel open. */
export function Page({ loaded }: { loaded: Loaded }) {
  const panel = useMemo(() => examplesPlugin(loaded), [loaded]);
  const plugins = useMemo(() => [panel, HISTORY_PLUGIN], [panel]);
  const hasVariables = loaded.examples.some((example) => variablesText(example) !== '');
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      visiblePlugin={panel}
      defaultQuery=""
      defaultEditorToolsVisibility={hasVariables ? 'variables' : false}
      // The endpoint is public and reads no headers of its own.
      isHeadersEditorEnabled={false}
      showPersistHeadersSettings={false}
    >
      <Start examples={loaded.examples} />
    </GraphiQL>
  );
}

/**
 * Start runs an example when the page opens: the one in the active tab, or the first one when that tab is
 * empty. A reader sees an answer with its sentence before doing anything. A query of the reader's own is
 * left alone.
 */
function Start({ examples }: { examples: Example[] }) {
  const open = useOpener(examples);
  const { tab, queryEditor } = useGraphiQL((state) => ({
    tab: state.tabs[state.activeTabIndex],
    queryEditor: state.queryEditor,
  }));
  const started = useRef(false);
  useEffect(() => {
    if (!open || started.current) {
      return;
    }
    started.current = true;
    // The editor is narrow beside the panel and would cut off a line with several arguments.
    queryEditor?.updateOptions({ wordWrap: 'on' });
    const shown = examples.find((example) => isUnedited(tab, example));
    const first = tab?.query?.trim() ? shown : examples[0];
    if (first) {
      open(first);
    }
  });
  return null;
}
