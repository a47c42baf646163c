/** An Example is a worked query, as the server lists it in examples.json. */
export interface Example {
  name: string;
  title: string;
  about: string;
  query: string;
  /** JSON text, as the variables editor shows it. "{}" or "" mean that the query takes none. */
  variables: string;
}

/** Loaded is the list of examples, or the reason why there is none. */
export interface Loaded {
  examples: Example[];
  problem?: string;
}

/** loadExamples never rejects: without examples the page is still a working GraphiQL. */
export async function loadExamples(url: string): Promise<Loaded> {
  try {
    const response = await fetch(url);
    if (!response.ok) {
      return { examples: [], problem: `the server answered ${response.status}` };
    }
    return { examples: (await response.json()) as Example[] };
  } catch (error) {
    return { examples: [], problem: String(error) };
  }
}

/** variablesText is what belongs in the variables editor: nothing for a query that takes none. */
export function variablesText(example: Example): string {
  return /^\s*(\{\s*\})?\s*$/.test(example.variables ?? '') ? '' : example.variables;
}

/** TabText is what an editor tab holds, as far as an example is concerned. */
export interface TabText {
  query: string | null;
  variables?: string | null;
}

/** isUnedited tells whether a tab still holds the example as the server wrote it. */
export function isUnedited(tab: TabText | undefined, example: Example): boolean {
  return (
    (tab?.query ?? '').trim() === example.query.trim() &&
    (tab?.variables ?? '').trim() === variablesText(example).trim()
  );
}
