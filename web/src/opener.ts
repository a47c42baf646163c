import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { Kind, parse } from 'graphql';

import { type Example, isUnedited, type TabText, variablesText } from './examples';

/**
 * useOpener returns a function that shows an example in a tab and runs it, or undefined while the editors
 * are loading. One tab is enough for reading examples: a tab that is empty or holds an example unedited is
 * reused. A query that the reader wrote or changed is never overwritten; then a new tab opens.
 */
export function useOpener(examples: Example[]): ((example: Example) => void) | undefined {
  const actions = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor, responseEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    responseEditor: state.responseEditor,
  }));
  if (!queryEditor || !variableEditor || !responseEditor) {
    return undefined;
  }

  /** current lists the tabs as they are now; GraphiQL copies the editors to the active tab with a delay. */
  function current(): TabText[] {
    const active = { query: queryEditor!.getValue(), variables: variableEditor!.getValue() };
    return tabs.map((tab, index) => (index === activeTabIndex ? active : tab));
  }

  /** show selects the tab with the given index, or a new one if the index is -1. */
  function show(index: number) {
    if (index < 0) {
      actions.addTab();
    } else if (index !== activeTabIndex) {
      actions.changeTab(index);
    }
  }

  function fill(example: Example) {
    const text = { query: example.query, variables: variablesText(example) };
    queryEditor!.setValue(text.query);
    variableEditor!.setValue(text.variables);
    // Without waiting for the delay, so that the tab is complete if the reader leaves it at once.
    actions.updateActiveTabValues(text);
  }

  return (example) => {
    show(tabFor(example, examples, current(), activeTabIndex));
    fill(example);
    // For the same delay, GraphiQL would send the operation name of the query that was open before.
    actions.setOperationFacts(operationFacts(example.query));
    actions.run();
  };
}

/** tabFor is the index of the tab to show an example in, or -1 if every tab holds the reader's own work. */
function tabFor(example: Example, examples: Example[], tabs: TabText[], active: number): number {
  const free = (tab?: TabText) => !tab?.query?.trim() || examples.some((e) => isUnedited(tab, e));
  const same = tabs.findIndex((tab) => isUnedited(tab, example));
  if (same >= 0) {
    return same;
  }
  return free(tabs[active]) ? active : tabs.findIndex(free);
}

function operationFacts(query: string) {
  try {
    const documentAST = parse(query);
    const operations = documentAST.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
    return { documentAST, operations, operationName: operations[0]?.name?.value };
  } catch {
    // The server explains a query that does not parse better than this page could.
    return {};
  }
}
